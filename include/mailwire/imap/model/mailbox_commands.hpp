// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/text.hpp"
#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// Commands on mailboxes (RFC 9051 6.3).
namespace mailwire::imap {

// A command on one mailbox: select, examine, create, delete.
template <fixed_string Word, command_effect Effect = command_effect::none> struct mailbox_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::seq<grammar::sp, grammar::mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = Effect;
    text mailbox = {};

    static mailbox_command read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
};

using select = mailbox_command<"SELECT", command_effect::selects>;
using examine = mailbox_command<"EXAMINE", command_effect::selects>;
using create = mailbox_command<"CREATE">;
using delete_ = mailbox_command<"DELETE">;

// rename = "RENAME" SP mailbox SP mailbox
struct rename {
    using word = mailwire::word<slot::command, "RENAME">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox, grammar::sp, grammar::mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    text from = {};
    text to = {};

    static rename read(cursor& c) {
        const text old_name = c.text();
        return {old_name, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(from).sp().mailbox(to); }
};

struct mailbox_commands : extension<select, examine, create, delete_, rename> {};

} // namespace mailwire::imap
