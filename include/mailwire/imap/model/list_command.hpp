// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/text.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// list = "LIST" SP mailbox SP list-mailbox, the form of RFC 3501
struct list {
    using word = mailwire::word<slot::command, "LIST">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox, grammar::sp, grammar::list_mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    text reference = {};
    text pattern = {};

    static list read(cursor& c) {
        const text root = c.text();
        return {root, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(reference).sp().list_mailbox(pattern); }
};

} // namespace mailwire::imap
