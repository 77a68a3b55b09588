// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// What a STORE does with its flags (RFC 9051 6.4.6).
enum class store_action : std::uint8_t { replace, add, remove };

// store = "STORE" SP sequence-set SP store-att-flags
template <fixed_string Word> struct store_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::store_rest;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};
    store_action action = store_action::replace;
    bool silent = false;
    seq_of<text> flags = {};

    static store_command read(cursor& c) {
        store_command s;
        s.messages = sequence_set::read(c);
        if (!c.skip_absent()) s.action = c.raw() == "+" ? store_action::add : store_action::remove;
        s.silent = !c.at_absent();
        c.skip();
        s.flags = seq_of<text>(c.enter());
        return s;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        out.sp();
        if (action == store_action::add) out.raw("+");
        if (action == store_action::remove) out.raw("-");
        out.raw("FLAGS");
        if (silent) out.raw(".SILENT");
        out.sp().template flags<grammar::flag_text>(flags);
    }
};
using store = store_command<"STORE">;
using uid_store = store_command<"UID STORE">;

struct store_commands : extension<store, uid_store> {};

} // namespace mailwire::imap
