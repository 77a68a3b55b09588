// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: the SEARCH of a client.
namespace mailwire::imap::grammar {

// search-key = ... / sequence-set / "(" search-key *(SP search-key) ")"
// PEG: the keys that begin with a word are a slot, and asked before a set: no word begins with a digit, "*" or "$".
// RFC 9586: where message numbers are out of force, "$" is left of the sets.
struct search_key
    : sor<slot_rule<slot::search_key>, form<forms::message_numbers, sequence_set>,
          nested<'(', list_tok<seq<lp, separated<search_key, sp>, rp>>>, tok<token_kind::raw, seq_last_command>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

namespace detail {

// The search-key of "NOT" SP search-key and of "OR": each of them is a level deeper.
struct deeper_key : deeper<search_key> {};

} // namespace detail

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
struct search_program
    : seq<sor<seq<keyword<"CHARSET">, sp, charset, sp>, absent_tok>, list_tok<separated<search_key, sp>>> {};

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / search-ret-opt-ext
struct search_return_opt : slot_rule<slot::search_return_opt> {};

// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
struct search_return_opts
    : seq<sp, keyword<"RETURN">, sp, list_tok<seq<lp, opt<separated<search_return_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

// search = "SEARCH" [search-return-opts] SP search-program
// PEG: the slot takes the word.
struct search : seq<maybe<search_return_opts>, sp, search_program> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

} // namespace mailwire::imap::grammar
