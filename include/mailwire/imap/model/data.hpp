// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

// Untagged data of a server (RFC 9051 7.2 to 7.5).
namespace mailwire::imap {

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
// Which revision is in it is for the client to judge.
struct capability_data {
    using word = mailwire::word<slot::response_data, "CAPABILITY">;
    using tail = list_tok<grammar::plus<grammar::sp, grammar::capability>>;
    seq_of<text> capabilities = {};

    static capability_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const capability_data&, const capability_data&) = default;
};

// "FLAGS" SP flag-list: the flags a mailbox knows
struct flags_data {
    using word = mailwire::word<slot::response_data, "FLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_list>;
    seq_of<text> flags = {};

    static flags_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_text>(flags); }
    friend bool operator==(const flags_data&, const flags_data&) = default;
};

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

// "STATUS" SP mailbox SP "(" [status-att-list] ")"
struct status_data {
    using word = mailwire::word<slot::response_data, "STATUS">;
    using tail = grammar::seq<
        grammar::sp, grammar::mailbox, grammar::sp,
        list_tok<grammar::seq<grammar::lp, grammar::opt<separated<slot_rule<slot::status_att_val>, grammar::sp>>,
                              grammar::rp>>>;
    text mailbox = {};
    items<slot::status_att_val> values = {};

    static status_data read(cursor& c) {
        const text name = c.text();
        return {name, items<slot::status_att_val>(c.enter())};
    }
    void write(auto& out) const { out.sp().mailbox(mailbox).raw(" (").items(values).raw(")"); }
};

// obsolete-search-response = "SEARCH" *(SP nz-number)
struct search_data {
    using word = mailwire::word<slot::response_data, "SEARCH">;
    using tail = grammar::number_list;
    number_list numbers = {};

    static search_data read(cursor& c) { return {number_list::read(c)}; }
    void write(auto& out) const { numbers.write(out); }
    friend bool operator==(const search_data&, const search_data&) = default;
};

// number SP "EXISTS" and obsolete-recent-response = number SP "RECENT"
template <fixed_string Word> struct count_data {
    using word = mailwire::word<slot::counted_data, Word>;
    using tail = pegtl::success;
    std::uint32_t value = 0;

    static count_data read(cursor& c) { return {c.number32()}; }
    void write_lead(auto& out) const { out.number(value).sp(); }
    void write(auto&) const {}
    friend bool operator==(const count_data&, const count_data&) = default;
};
using exists = count_data<"EXISTS">;
using recent = count_data<"RECENT">;

// nz-number SP "EXPUNGE"
struct expunge_data {
    using word = mailwire::word<slot::message_data, "EXPUNGE">;
    using tail = pegtl::success;
    std::uint32_t number = 0;

    static expunge_data read(cursor& c) { return {c.number32()}; }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto&) const {}
    friend bool operator==(const expunge_data&, const expunge_data&) = default;
};

// nz-number SP "FETCH" SP msg-att
struct fetch_data {
    using word = mailwire::word<slot::message_data, "FETCH">;
    using tail = grammar::seq<grammar::sp, grammar::msg_att>;
    std::uint32_t number = 0;
    items<slot::msg_att> att = {};

    static fetch_data read(cursor& c) {
        const std::uint32_t n = c.number32();
        return {n, items<slot::msg_att>(c.enter())};
    }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

struct response_datas : extension<capability_data, flags_data, list_data, status_data, search_data, exists, recent,
                                  expunge_data, fetch_data> {};

} // namespace mailwire::imap
