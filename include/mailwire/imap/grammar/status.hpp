// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: what STATUS asks for and answers.
namespace mailwire::imap::grammar {

// status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN" / "DELETED" / "SIZE"
struct status_att : slot_rule<slot::status_att> {};

// status-att-val = ("MESSAGES" SP number) / ("UIDNEXT" SP nz-number) / ("UIDVALIDITY" SP nz-number) /
//                  ("UNSEEN" SP number) / ("DELETED" SP number) / ("SIZE" SP number64)
struct status_att_val : slot_rule<slot::status_att_val> {};

// status-att-list = status-att-val *(SP status-att-val)
struct status_att_list : separated<status_att_val, sp> {};

namespace detail {

// "(" status-att *(SP status-att) ")"
struct status_atts : list_tok<seq<lp, separated<status_att, sp>, rp>> {};

// SP mailbox SP "(" [status-att-list] ")", which is in mailbox-data behind its "STATUS"
struct status_data : seq<sp, mailbox, sp, list_tok<seq<lp, opt<status_att_list>, rp>>> {};

} // namespace detail

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
// PEG: the slot takes the word.
struct status : seq<sp, mailbox, sp, detail::status_atts> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.11";
};

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
// PEG: the slot takes the word.
struct status_option : seq<sp, detail::status_atts> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.8";
};

} // namespace mailwire::imap::grammar
