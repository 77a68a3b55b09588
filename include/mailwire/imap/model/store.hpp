// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// What a STORE does with its flags (RFC 9051 6.4.6).
enum class store_action : std::uint8_t { replace, add, remove };

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags
// Modifiers are an extension's (RFC 4466 2.5), such as UNCHANGEDSINCE.
template <fixed_string Word, typename Tail> struct store_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.6";
    sequence_set messages = {};
    store_action action = store_action::replace;
    bool silent = false;
    seq_of<text> flags = {};
    items<slot::store_modifier> modifiers = {};

    static store_command read(cursor& c) {
        store_command s;
        s.messages = sequence_set::read(c);
        if (!c.skip_absent()) s.modifiers = items<slot::store_modifier>(c.enter());
        if (!c.skip_absent()) s.action = c.raw() == "+" ? store_action::add : store_action::remove;
        s.silent = !c.at_absent();
        c.skip();
        s.flags = seq_of<text>(c.enter());
        return s;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        if (!modifiers.empty()) out.raw(" (").items(modifiers).raw(")");
        out.sp();
        if (action == store_action::add) out.raw("+");
        if (action == store_action::remove) out.raw("-");
        out.raw("FLAGS");
        if (silent) out.raw(".SILENT");
        out.sp().template flags<grammar::flag_text>(flags);
    }
};
using store = store_command<"STORE", form<forms::message_numbers, grammar::store>>;
using uid_store = store_command<"UID STORE", grammar::store>;

struct store_commands : extension<store, uid_store> {};

} // namespace mailwire::imap
