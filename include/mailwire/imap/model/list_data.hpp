// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// "LIST" SP mailbox-list. A nil delimiter means that the name has no hierarchy.
struct list_data {
    using word = mailwire::word<slot::response_data, "LIST">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox_list>;
    seq_of<text> attributes = {};
    text delimiter = text::nil();
    text mailbox = {};
    std::string_view extended = {}; // mbox-list-extended with its parentheses, as it stands on the wire; empty: none

    static list_data read(cursor& c) {
        list_data l;
        l.attributes = seq_of<text>(c.enter());
        l.delimiter = c.text();
        l.mailbox = c.text();
        l.extended = c.raw();
        return l;
    }
    void write(auto& out) const {
        out.sp().template flags<grammar::flag_extension>(attributes).sp();
        if (delimiter.is_nil()) {
            out.raw("NIL");
        } else {
            out.require(delimiter.size() == 1);
            out.quoted_only(delimiter);
        }
        out.sp().mailbox(mailbox);
        if (!extended.empty()) out.sp().template judged<grammar::mbox_list_extended>(extended);
    }
    friend bool operator==(const list_data&, const list_data&) = default;
};

} // namespace mailwire::imap
