// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: which part of a message.
namespace mailwire::imap::grammar {

// header-fld-name = astring
struct header_fld_name : astring {};

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
struct header_list : list_tok<seq<lp, separated<header_fld_name, sp>, rp>> {};

// section-part = nz-number *("." nz-number)
// PEG: a "." is taken only where a digit follows, since it also precedes section-text.
struct section_part : tok<token_kind::raw, seq<nz_number, star<ch<'.'>, nz_number>>> {};

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
// PEG: the slot takes the bracket with the word before it ("BODY["). Three fields, each of which may be absent: the
// part numbers, the word behind them, and the names of header fields.
struct section : seq<sor<section_spec, seq<absent_tok, absent_tok, absent_tok>>, ch<']'>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5.1";
};

// section-binary = "[" [section-part] "]"
// PEG: the slot takes the bracket with the word before it ("BINARY[").
struct section_binary : seq<maybe<section_part>, ch<']'>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

// partial = "<" number64 "." nz-number64 ">"
struct partial : seq<ch<'<'>, number64, ch<'.'>, nz_number64, ch<'>'>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

namespace detail {

// ["<" number ">"] of msg-att-static. RFC 9051 lets a request start beyond 32 bits, so the answer may as well.
struct origin : maybe<seq<ch<'<'>, number64, ch<'>'>>> {};

} // namespace detail

} // namespace mailwire::imap::grammar
