// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

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
template <fixed_string Word, typename Tail> struct copy_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 9051 6.4.7";
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
using copy = copy_command<"COPY", form<forms::message_numbers, grammar::copy>>;
using uid_copy = copy_command<"UID COPY", grammar::copy>;
using move = copy_command<"MOVE", form<forms::message_numbers, grammar::move>>;
using uid_move = copy_command<"UID MOVE", grammar::move>;

// uid-expunge = "EXPUNGE" SP sequence-set
struct uid_expunge {
    using word = mailwire::word<slot::command, "UID EXPUNGE">;
    using tail = grammar::uid_expunge;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 9051 6.4.9";
    sequence_set messages = {};

    static uid_expunge read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { messages.write(out.sp()); }
};

struct selected_commands : extension<close, unselect, expunge, uid_expunge, copy, uid_copy, move, uid_move> {};

} // namespace mailwire::imap
