// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/list_data.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

// What IMAP4rev1 (RFC 3501) has and RFC 9051 has dropped, in force with forms::rev1. The responses RECENT and SEARCH
// are no part of it: RFC 9051 still knows them.
namespace mailwire::imap {

namespace rev1 {

// An alternative that is a word and nothing else.
template <typename Slot, fixed_string Word> struct bare_word {
    using word = mailwire::word<Slot, Word>;
    using tail = form<forms::rev1, pegtl::success>;
    static constexpr std::string_view rfc = "RFC 3501 9";

    static bare_word read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const bare_word&, const bare_word&) = default;
};

} // namespace rev1

namespace grammar {

// lsub = "LSUB" SP mailbox SP list-mailbox (RFC 3501 9)
// PEG: the slot takes the word.
struct lsub : seq<sp, mailbox, sp, list_mailbox> {
    static constexpr std::string_view rfc = "RFC 3501 6.3.9";
};

namespace detail {

// The mailbox-list of RFC 3501, which ends with the mailbox.
struct lsub_data : seq<sp, list_tok<seq<lp, opt<mbx_list_flags>, rp>>, sp, delimiter, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 3501 7.2.3";
};

} // namespace detail
} // namespace grammar

// A checkpoint of the selected mailbox. NOOP does as well, and is what RFC 9051 has kept.
struct check {
    using word = mailwire::word<slot::command, "CHECK">;
    using tail = form<forms::rev1, pegtl::success>;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 3501 6.4.1";

    static check read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const check&, const check&) = default;
};

// The mailboxes a user is subscribed to; LIST (SUBSCRIBED) in RFC 9051.
struct lsub {
    using word = mailwire::word<slot::command, "LSUB">;
    using tail = form<forms::rev1, grammar::lsub>;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr std::string_view rfc = "RFC 3501 6.3.9";
    text reference = {};
    text pattern = {};

    static lsub read(cursor& c) {
        const text root = c.text();
        return {root, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(reference).sp().list_mailbox(pattern); }
    friend bool operator==(const lsub&, const lsub&) = default;
};

// "LSUB" SP mailbox-list. A nil delimiter means that the name has no hierarchy.
struct lsub_data {
    using word = mailwire::word<slot::response_data, "LSUB">;
    using tail = form<forms::rev1, grammar::detail::lsub_data>;
    static constexpr std::string_view rfc = "RFC 3501 7.2.3";
    seq_of<text> attributes = {};
    text delimiter = text::nil();
    text mailbox = {};

    static lsub_data read(cursor& c) {
        lsub_data l;
        l.attributes = seq_of<text>(c.enter());
        l.delimiter = c.text();
        l.mailbox = c.text();
        return l;
    }
    void write(auto& out) const {
        write_attributes(out.sp(), attributes);
        write_delimiter(out.sp(), delimiter);
        out.sp().mailbox(mailbox);
    }
    friend bool operator==(const lsub_data&, const lsub_data&) = default;
};

// fetch-att: "RFC822" / "RFC822.HEADER" / "RFC822.TEXT", as BODY[], BODY.PEEK[HEADER] and BODY[TEXT]
using fetch_rfc822 = rev1::bare_word<slot::fetch_att, "RFC822">;
using fetch_rfc822_header = rev1::bare_word<slot::fetch_att, "RFC822.HEADER">;
using fetch_rfc822_text = rev1::bare_word<slot::fetch_att, "RFC822.TEXT">;

// msg-att-static: "RFC822" [".HEADER" / ".TEXT"] SP nstring
template <fixed_string Word> struct rfc822_part {
    using word = mailwire::word<slot::msg_att, Word>;
    using tail = form<forms::rev1, grammar::seq<grammar::sp, grammar::nstring>>;
    static constexpr std::string_view rfc = "RFC 3501 7.4.2";
    text value = text::nil();

    static rfc822_part read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { detail::write_octets(out.sp(), value); }
    friend bool operator==(const rfc822_part&, const rfc822_part&) = default;
};
using rfc822 = rfc822_part<"RFC822">;
using rfc822_header = rfc822_part<"RFC822.HEADER">;
using rfc822_text = rfc822_part<"RFC822.TEXT">;

namespace key {

using new_ = rev1::bare_word<slot::search_key, "NEW">;
using old = rev1::bare_word<slot::search_key, "OLD">;
using recent = rev1::bare_word<slot::search_key, "RECENT">;

} // namespace key

// status-att "RECENT", in the answer with a number
using status_recent = rev1::bare_word<slot::status_att, "RECENT">;
using recent_count = status_number<"RECENT", form<forms::rev1, grammar::number>>;

// "UNSEEN" SP nz-number: the number of the first message that was not seen
using code_unseen = code_number<"UNSEEN", form<forms::rev1, grammar::seq<grammar::sp, grammar::nz_number>>>;

struct imap4rev1
    : extension<check, lsub, lsub_data, fetch_rfc822, fetch_rfc822_header, fetch_rfc822_text, rfc822, rfc822_header,
                rfc822_text, key::new_, key::old, key::recent, status_recent, recent_count, code_unseen> {
    static constexpr std::string_view capability = "IMAP4rev1";
};

} // namespace mailwire::imap
