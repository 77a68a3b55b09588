// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: commands on mailboxes. The slot takes the word of each; what stands here is what follows it.
namespace mailwire::imap::grammar {

// create = "CREATE" SP mailbox
struct create : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.4";
};

// delete = "DELETE" SP mailbox
struct delete_ : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.5";
};

// select-param = select-param-name [SP select-param-value] ; RFC 4466 3
struct select_param : slot_rule<slot::select_param> {};

// select-params = SP "(" select-param *(SP select-param) ")" ; RFC 4466 3
struct select_params : seq<sp, list_tok<seq<lp, separated<select_param, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.1";
};

// examine = "EXAMINE" SP mailbox [select-params] ; RFC 4466 3 adds the parameters
struct examine : seq<sp, mailbox, maybe<select_params>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.3";
};

// rename = "RENAME" SP mailbox SP mailbox
struct rename : seq<sp, mailbox, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.6";
};

// select = "SELECT" SP mailbox [select-params] ; RFC 4466 3 adds the parameters
struct select : seq<sp, mailbox, maybe<select_params>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.2";
};

// subscribe = "SUBSCRIBE" SP mailbox
struct subscribe : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.7";
};

// unsubscribe = "UNSUBSCRIBE" SP mailbox
struct unsubscribe : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.8";
};

} // namespace mailwire::imap::grammar
