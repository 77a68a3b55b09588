// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: flags. A flag is one token with its backslash.
namespace mailwire::imap::grammar {

// obsolete-flag-recent = "\Recent"
struct obsolete_flag_recent : seq<ch<'\\'>, keyword<"Recent">> {};

// flag-extension = "\" atom
struct flag_extension : seq<ch<'\\'>, run_of<atom_char>> {};

// flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" / "$NotJunk" / "$Phishing" / atom
struct flag_keyword : run_of<atom_char> {};

namespace detail {

// The octets of a flag, without the token.
struct flag_text : sor<seq<not_at<obsolete_flag_recent>, flag_extension>, flag_keyword> {};

// The flags with names of their own have the form of a flag-extension, \Recent as well.
struct flag_fetch_text : sor<flag_extension, flag_keyword> {};

struct flag_perm_text : sor<exact<"\\*">, flag_text> {};

// What servers send as a flag that is none.
struct odd_flag
    : tok<token_kind::atom,
          seq<not_at<obsolete_flag_recent>, opt<ch<'\\'>>, run_of<atom_char | list_wildcards | resp_specials>>> {};
struct odd_flag_fetch : tok<token_kind::atom, seq<opt<ch<'\\'>>, run_of<atom_char | list_wildcards | resp_specials>>> {
};

// "(" [flag *(SP flag)] ")"
// Lenient: flags with octets an atom cannot have (quirks::flag_octets).
template <typename Flag, typename Odd>
struct flags_in_parens : sor<list_tok<seq<lp, opt<separated<Flag, sp>>, rp>>,
                             quirk<quirks::flag_octets, list_tok<seq<lp, separated<Odd, sp>, rp>>>> {};

} // namespace detail

// What a writer asks for.
using detail::flag_fetch_text;
using detail::flag_perm_text;
using detail::flag_text;

// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
//        ; Does not include "\Recent"
// The flags with names of their own have the form of a flag-extension; what they mean is told by comparing.
struct flag : tok<token_kind::atom, flag_text> {};

// flag-fetch = flag / obsolete-flag-recent
struct flag_fetch : tok<token_kind::atom, flag_fetch_text> {};

// flag-list = "(" [flag *(SP flag)] ")"
struct flag_list : detail::flags_in_parens<flag, detail::odd_flag> {
    using island = void;
};

// flag-perm = flag / "\*"
struct flag_perm : tok<token_kind::atom, flag_perm_text> {};

namespace detail {

// The list of msg-att-dynamic: "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
struct flag_fetch_list : flags_in_parens<flag_fetch, odd_flag_fetch> {
    using island = void;
};

// The list of "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")"
struct flag_perm_list : flags_in_parens<flag_perm, odd_flag> {};

} // namespace detail

using detail::flag_fetch_list;
using detail::flag_perm_list;

} // namespace mailwire::imap::grammar
