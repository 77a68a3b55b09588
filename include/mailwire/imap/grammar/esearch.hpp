// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9 and RFC 7162 7: what a search has found.
namespace mailwire::imap::grammar {

// tag-string = astring
struct tag_string : astring {};

// search-correlator = SP "(" "TAG" SP tag-string ")"
struct search_correlator : seq<sp, lp, keyword<"TAG">, sp, tag_string, rp> {};

// search-return-data = "MIN" SP nz-number / "MAX" SP nz-number / "ALL" SP sequence-set / "COUNT" SP number /
//                      search-ret-data-ext
// PEG: "UID" stands before the data and is none of it.
struct search_return_data : seq<not_at<keyword<"UID">>, slot_rule<slot::search_return_data>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
};

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
// PEG: the slot takes the word.
struct esearch_response : seq<maybe<search_correlator>, maybe<seq<sp, tok<token_kind::raw, keyword<"UID">>>>,
                              list_tok<star<sp, search_return_data>>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
};

namespace detail {

inline constexpr std::uint64_t largest_mod_sequence = 9223372036854775807U;

} // namespace detail

// mod-sequence-value = 1*DIGIT ; 1 to 2^63 - 1, whatever the revision of IMAP
struct mod_sequence_value
    : tok<token_kind::number, seq<star<ch<'0'>>, number_up_to<detail::largest_mod_sequence, digit_nz>>> {};

// search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")"
struct search_sort_mod_seq : seq<lp, keyword<"MODSEQ">, sp, mod_sequence_value, rp> {
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
};

namespace detail {

struct found_numbers : tok<token_kind::raw, plus<sp, nz_number>> {
    using island = void;
};

} // namespace detail

// obsolete-search-response = "SEARCH" *(SP nz-number)
// RFC 7162: "SEARCH" [1*(SP nz-number) SP search-sort-mod-seq]
// PEG: the slot takes the word. The numbers are one token.
struct obsolete_search_response : sor<seq<detail::found_numbers, maybe<seq<sp, search_sort_mod_seq>>>,
                                      seq<tok<token_kind::raw, pegtl::success>, absent_tok>> {
    static constexpr std::string_view rfc = "RFC 3501 7.2.5";
};

} // namespace mailwire::imap::grammar
