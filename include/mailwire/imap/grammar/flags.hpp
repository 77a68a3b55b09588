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

// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
//        ; Does not include "\Recent"
// The flags with names of their own have the form of a flag-extension; what they mean is told by comparing.
struct flag_text : sor<seq<not_at<obsolete_flag_recent>, flag_extension>, flag_keyword> {};
struct flag : tok<token_kind::atom, flag_text> {};

// flag-fetch = flag / obsolete-flag-recent
struct flag_fetch_text : sor<flag_extension, flag_keyword> {};
struct flag_fetch : tok<token_kind::atom, flag_fetch_text> {};

// flag-list = "(" [flag *(SP flag)] ")"
struct flag_list : list_tok<seq<lp, opt<separated<flag, sp>>, rp>> {
    using island = void;
};

// The list of msg-att-dynamic: "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
struct flag_fetch_list : list_tok<seq<lp, opt<separated<flag_fetch, sp>>, rp>> {
    using island = void;
};

// flag-perm = flag / "\*"
struct flag_perm_text : sor<exact<"\\*">, flag_text> {};
struct flag_perm : tok<token_kind::atom, flag_perm_text> {};

// The list of "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")"
struct flag_perm_list : list_tok<seq<lp, opt<separated<flag_perm, sp>>, rp>> {};

} // namespace mailwire::imap::grammar
