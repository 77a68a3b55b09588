// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/text.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

// Commands on the selected mailbox (RFC 9051 6.4).
namespace mailwire::imap {

using close = plain_command<"CLOSE", legal_in::selected, command_effect::deselects>;
using unselect = plain_command<"UNSELECT", legal_in::selected, command_effect::deselects>;
using expunge = plain_command<"EXPUNGE", legal_in::selected>;

// copy = "COPY" SP sequence-set SP mailbox and move = "MOVE" SP sequence-set SP mailbox
template <fixed_string Word> struct copy_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::copy_rest;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};
    text mailbox = {};

    static copy_command read(cursor& c) {
        const sequence_set set = sequence_set::read(c);
        return {set, c.text()};
    }
    void write(auto& out) const {
        messages.write(out.sp());
        out.sp().mailbox(mailbox);
    }
};
using copy = copy_command<"COPY">;
using uid_copy = copy_command<"UID COPY">;
using move = copy_command<"MOVE">;
using uid_move = copy_command<"UID MOVE">;

// uid-expunge = "EXPUNGE" SP sequence-set
struct uid_expunge {
    using word = mailwire::word<slot::command, "UID EXPUNGE">;
    using tail = grammar::seq<grammar::sp, grammar::sequence_set>;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};

    static uid_expunge read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { messages.write(out.sp()); }
};

struct selected_commands : extension<close, unselect, expunge, uid_expunge, copy, uid_copy, move, uid_move> {};

} // namespace mailwire::imap
