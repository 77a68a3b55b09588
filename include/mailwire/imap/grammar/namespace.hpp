// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/delimiter.hpp"

// RFC 9051 9: the NAMESPACE response.
namespace mailwire::imap::grammar {

// namespace-response-extension = SP string SP "(" string *(SP string) ")"
struct namespace_response_extension : seq<sp, string, sp, list_tok<seq<lp, separated<string, sp>, rp>>> {};

// namespace-response-extensions = *namespace-response-extension
struct namespace_response_extensions : list_tok<star<namespace_response_extension>> {};

// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [namespace-response-extensions] ")"
struct namespace_descr : list_tok<seq<lp, string, sp, detail::delimiter, namespace_response_extensions, rp>> {};

namespace detail {

// Lenient: more spaces than the one there is, or than none (quirks::namespace_spaces).
struct namespace_spaces : sor<quirk<quirks::namespace_spaces, plus<sp>>, pegtl::success> {};

} // namespace detail

// namespace = nil / "(" 1*namespace-descr ")"
// Lenient: "()" for NIL (quirks::empty_list).
struct namespace_ : when_next<'(',
                              sor<list_tok<seq<lp, plus<namespace_descr, detail::namespace_spaces>, rp>>,
                                  quirk<quirks::empty_list, list_tok<seq<lp, rp>>>>,
                              nil> {
    using island = void;
};

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace
// PEG: the slot takes the word.
struct namespace_response
    : seq<sp, namespace_, sp, detail::namespace_spaces, namespace_, sp, detail::namespace_spaces, namespace_> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.2";
};

} // namespace mailwire::imap::grammar
