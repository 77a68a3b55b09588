// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
// The message is text::streamed(octets) where its octets follow through the session.
struct append {
    using word = mailwire::word<slot::command, "APPEND">;
    using tail = grammar::append;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr std::string_view rfc = "RFC 9051 6.3.12";
    text mailbox = {};
    seq_of<text> flags = {};
    std::string_view date = {}; // empty: the server's own; else as internal_date::value
    text message = {};

    static append read(cursor& c) {
        append a;
        a.mailbox = c.text();
        if (!c.skip_absent()) a.flags = seq_of<text>(c.enter());
        if (!c.skip_absent()) a.date = c.raw();
        a.message = c.text();
        return a;
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        if (!flags.empty()) out.sp().template flags<grammar::flag_text>(flags);
        if (!date.empty()) out.sp().date_time(date);
        out.sp().literal(message);
    }
};

} // namespace mailwire::imap
