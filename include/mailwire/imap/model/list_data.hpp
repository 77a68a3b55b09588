// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/model/delimiter.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// childinfo-extended-item: mailboxes below this one match the options (RFC 9051 6.3.9.6).
struct childinfo {
    using word = mailwire::word<slot::mbox_list_extended_item, "CHILDINFO">;
    using tail = grammar::childinfo_extended_item;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.6";
    seq_of<text> options = {};

    static childinfo read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!options.empty());
        out.sp().parens(options, [&out](const text& option) { out.raw("\"").atom(option).raw("\""); });
    }
    friend bool operator==(const childinfo&, const childinfo&) = default;
};

// oldname-extended-item: what the mailbox was called before, or what the client called it (RFC 9051 6.3.9.7).
struct oldname {
    using word = mailwire::word<slot::mbox_list_extended_item, "OLDNAME">;
    using tail = grammar::oldname_extended_item;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.7";
    text mailbox = {};

    static oldname read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.raw(" (").mailbox(mailbox).raw(")"); }
    friend bool operator==(const oldname&, const oldname&) = default;
};

// Writes the attributes of a mailbox between parentheses. Refuses those that exclude each other.
void write_attributes(auto& out, const seq_of<text>& attributes) {
    grammar::detail::attributes_so_far before;
    for (const text& one : attributes)
        out.require(before.add(one));
    out.template flags<grammar::flag_extension>(attributes);
}

// "LIST" SP mailbox-list. A nil delimiter means that the name has no hierarchy.
struct list_data {
    using word = mailwire::word<slot::response_data, "LIST">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
    seq_of<text> attributes = {};
    text delimiter = text::nil();
    text mailbox = {};
    items<slot::mbox_list_extended_item> extended = {};

    static list_data read(cursor& c) {
        list_data l;
        l.attributes = seq_of<text>(c.enter());
        l.delimiter = c.text();
        l.mailbox = c.text();
        if (!c.skip_absent()) l.extended = items<slot::mbox_list_extended_item>(c.enter());
        return l;
    }
    void write(auto& out) const {
        write_attributes(out.sp(), attributes);
        write_delimiter(out.sp(), delimiter);
        out.sp().mailbox(mailbox);
        if (!extended.empty()) out.raw(" (").items(extended).raw(")");
    }

    // Whether the attributes have this one, in any case.
    bool has(std::string_view attribute) const {
        for (const text& one : attributes) {
            if (one.equal_ignoring_case(attribute)) return true;
        }
        return false;
    }

    // \HasChildren or \HasNoChildren; neither of them, or both, say nothing (RFC 9051 7.3.1).
    std::optional<bool> has_children() const {
        const bool yes = has("\\HasChildren");
        if (yes == has("\\HasNoChildren")) return std::nullopt;
        return yes;
    }
};

struct list_datas : extension<list_data, childinfo, oldname> {};

} // namespace mailwire::imap
