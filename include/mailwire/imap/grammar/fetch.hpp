// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9 and RFC 4466: the FETCH of a client and the items of the answer.
namespace mailwire::imap::grammar {

// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822.SIZE" / "BODY" ["STRUCTURE"] / "UID" /
//             "BODY" section [partial] / "BODY.PEEK" section [partial] / "BINARY" [".PEEK"] section-binary [partial] /
//             "BINARY.SIZE" section-binary
struct fetch_att : slot_rule<slot::fetch_att> {};

namespace detail {

// fetch-att / "(" fetch-att *(SP fetch-att) ")" as a list of items either way; a macro stands alone.
struct fetch_list : list_tok<seq<lp, separated<fetch_att, sp>, rp>> {};
struct fetch_macro : tok<token_kind::raw, sor<keyword<"ALL">, keyword<"FULL">, keyword<"FAST">>> {};
struct fetch_what : sor<fetch_list, fetch_macro, list_tok<fetch_att>> {};

} // namespace detail

// fetch-modifier = fetch-modifier-name [SP fetch-modif-params]
struct fetch_modifier : slot_rule<slot::fetch_modifier> {
    static constexpr std::string_view rfc = "RFC 4466 2.4";
};

// fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
struct fetch_modifiers : seq<sp, list_tok<seq<lp, separated<fetch_modifier, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.4";
};

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [fetch-modifiers]
// PEG: the slot takes the word.
struct fetch : seq<sp, sequence_set, sp, detail::fetch_what, maybe<fetch_modifiers>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
// msg-att-dynamic and msg-att-static are one slot: what tells them apart is no syntax.
struct msg_att : list_tok<seq<lp, separated<slot_rule<slot::msg_att>, sp>, rp>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar
