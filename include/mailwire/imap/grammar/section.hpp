// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: which part of a message. Recorded as three fields, each of which may be absent: the part numbers, the
// word behind them, and the names of header fields. The opening bracket belongs to the word before ("BODY[").
namespace mailwire::imap::grammar {

// header-fld-name = astring
struct header_fld_name : astring {};

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
struct header_list : list_tok<seq<lp, separated<header_fld_name, sp>, rp>> {};

// section-part = nz-number *("." nz-number)
// PEG: a "." is taken only where a digit follows, since it also precedes section-text.
struct section_part
    : tok<token_kind::raw,
          seq<number_up_to<4294967295U, digit_nz>, star<ch<'.'>, number_up_to<4294967295U, digit_nz>>>> {};

// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
// PEG: the longer word comes first.
struct section_msgtext
    : sor<seq<tok<token_kind::atom, sor<kw<"HEADER.FIELDS.NOT">, kw<"HEADER.FIELDS">>>, sp, header_list>,
          seq<tok<token_kind::atom, sor<kw<"HEADER">, kw<"TEXT">>>, absent_tok>> {};

// section-text = section-msgtext / "MIME"
struct section_text : sor<section_msgtext, seq<tok<token_kind::atom, kw<"MIME">>, absent_tok>> {};

// section-spec = section-msgtext / (section-part ["." section-text])
struct section_spec : sor<seq<absent_tok, section_msgtext>,
                          seq<section_part, sor<seq<ch<'.'>, section_text>, seq<absent_tok, absent_tok>>>> {};

// section = "[" [section-spec] "]"
struct section_rest : seq<sor<section_spec, seq<absent_tok, absent_tok, absent_tok>>, ch<']'>> {
    using island = void;
};

// partial = "<" number64 "." nz-number64 ">"
struct partial : seq<ch<'<'>, number64, ch<'.'>, nz_number64, ch<'>'>> {};

// ["<" number ">"] of msg-att-static. RFC 9051 lets a request start beyond 32 bits, so the answer may as well.
struct origin : sor<seq<ch<'<'>, number64, ch<'>'>>, absent_tok> {};

} // namespace mailwire::imap::grammar
