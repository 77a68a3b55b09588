// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/mailbox_command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// Commands on mailboxes (RFC 9051 6.3).
namespace mailwire::imap {

// A command on one mailbox. Tail is its production.
template <fixed_string Word, typename Tail> struct mailbox_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = Tail::rfc;
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};

    static mailbox_command read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
    friend bool operator==(const mailbox_command&, const mailbox_command&) = default;
};
using create = mailbox_command<"CREATE", grammar::create>;
using delete_ = mailbox_command<"DELETE", grammar::delete_>;
using subscribe = mailbox_command<"SUBSCRIBE", grammar::subscribe>;
using unsubscribe = mailbox_command<"UNSUBSCRIBE", grammar::unsubscribe>;

// select = "SELECT" SP mailbox [select-params], and examine, which opens the mailbox read-only
template <fixed_string Word, typename Tail> struct select_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = Tail::rfc;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = command_effect::selects;
    text mailbox = {};
    items<slot::select_param> parameters = {}; // only what the server offers (RFC 4466 2.1)

    static select_command read(cursor& c) {
        select_command s;
        s.mailbox = c.text();
        if (!c.skip_absent()) s.parameters = items<slot::select_param>(c.enter());
        return s;
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        if (!parameters.empty()) out.raw(" (").items(parameters).raw(")");
    }
};
using select = select_command<"SELECT", grammar::select>;
using examine = select_command<"EXAMINE", grammar::examine>;

// rename = "RENAME" SP mailbox SP mailbox
struct rename {
    using word = mailwire::word<slot::command, "RENAME">;
    using tail = grammar::rename;
    static constexpr std::string_view rfc = "RFC 9051 6.3.6";
    static constexpr legal_in legal = legal_in::authenticated;
    text from = {};
    text to = {};

    static rename read(cursor& c) {
        const text old_name = c.text();
        return {old_name, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(from).sp().mailbox(to); }
    friend bool operator==(const rename&, const rename&) = default;
};

struct mailbox_commands : extension<select, examine, create, delete_, rename, subscribe, unsubscribe> {};

} // namespace mailwire::imap
