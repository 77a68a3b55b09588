// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/envelope.hpp"

// RFC 9051 9: the structure of a message. Each body is one list token.
namespace mailwire::imap::grammar {

struct body;

// body-extension = nstring / number / number64 / "(" body-extension *(SP body-extension) ")"
struct body_extension : sor<nstring, number64, nested<'(', list_tok<seq<lp, separated<body_extension, sp>, rp>>>> {
    using island = void;
};

// body-fld-desc = nstring
struct body_fld_desc : detail::same_as<nstring> {};

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
// Lenient: "()" for NIL (quirks::empty_list).
struct body_fld_param : when_next<'(',
                                  sor<list_tok<seq<lp, separated<seq<string, sp, string>, sp>, rp>>,
                                      quirk<quirks::empty_list, list_tok<seq<lp, rp>>>>,
                                  nil> {
    using island = void;
};

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
struct body_fld_dsp : sor<list_tok<seq<lp, string, sp, body_fld_param, rp>>, nil> {
    using island = void;
};

// body-fld-enc = (DQUOTE ("7BIT" / "8BIT" / "BINARY" / "BASE64"/ "QUOTED-PRINTABLE") DQUOTE) / string
// Lenient: NIL (quirks::nil_encoding).
struct body_fld_enc : sor<string, quirk<quirks::nil_encoding, nil>> {};

// body-fld-id = nstring
struct body_fld_id : detail::same_as<nstring> {};

// body-fld-lang = nstring / "(" string *(SP string) ")"
struct body_fld_lang : sor<nstring, list_tok<seq<lp, separated<string, sp>, rp>>> {
    using island = void;
};

// body-fld-lines = number64
struct body_fld_lines : number64 {};

// body-fld-loc = nstring
struct body_fld_loc : detail::same_as<nstring> {};

// body-fld-md5 = nstring
struct body_fld_md5 : detail::same_as<nstring> {};

// body-fld-octets = number ; the prose says 63 bits
struct body_fld_octets : number64 {};

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
struct body_fields : seq<body_fld_param, sp, body_fld_id, sp, body_fld_desc, sp, body_fld_enc, sp, body_fld_octets> {
    using island = void;
};

namespace detail {

// [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_more : opt<sp, body_fld_dsp, opt<sp, body_fld_lang, opt<sp, body_fld_loc, star<sp, body_extension>>>> {
};

} // namespace detail

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_1part : seq<body_fld_md5, detail::body_ext_more> {
    using island = void;
};

// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_mpart : seq<body_fld_param, detail::body_ext_more> {};

namespace detail {

// A media type with a meaning of its own, between its quotes.
template <typename Words> struct media : seq<ch<'"'>, tok<token_kind::quoted, Words>, ch<'"'>> {};

} // namespace detail

// media-subtype = string
struct media_subtype : detail::same_as<string> {};

// media-basic = ((DQUOTE ("APPLICATION" / "AUDIO" / "IMAGE" / "FONT" / "MESSAGE" / "MODEL" / "VIDEO" ) DQUOTE) /
//               string) SP media-subtype
struct media_basic : seq<string, sp, media_subtype> {};

// media-message = DQUOTE "MESSAGE" DQUOTE SP DQUOTE ("RFC822" / "GLOBAL") DQUOTE
struct media_message : seq<detail::media<kw<"MESSAGE">>, sp, detail::media<sor<kw<"RFC822">, kw<"GLOBAL">>>> {};

// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
struct media_text : seq<detail::media<kw<"TEXT">>, sp, media_subtype> {};

// body-type-basic = media-basic SP body-fields
//                   ; MESSAGE subtype MUST NOT be "RFC822" or "GLOBAL"
// PEG: media-basic takes any string, so what has a form of its own is kept out.
struct body_type_basic : seq<not_at<sor<detail::media<kw<"TEXT">>, media_message>>, media_basic, sp, body_fields> {};

// body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
struct body_type_msg : seq<media_message, sp, body_fields, sp, envelope, sp, body, sp, body_fld_lines> {};

// body-type-text = media-text SP body-fields SP body-fld-lines
struct body_type_text : seq<media_text, sp, body_fields, sp, body_fld_lines> {};

// body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
// PEG: the special forms come first, so that what they refuse is not asked twice.
// Lenient: a text without its lines, a message without what it encloses (quirks::incomplete_body).
struct body_type_1part : seq<sor<body_type_text, body_type_msg, body_type_basic,
                                 quirk<quirks::incomplete_body, seq<media_basic, sp, body_fields>>>,
                             opt<sp, body_ext_1part>> {};

// body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
struct body_type_mpart : seq<plus<body>, sp, media_subtype, opt<sp, body_ext_mpart>> {};

// body = "(" (body-type-1part / body-type-mpart) ")"
struct body : nested<'(', list_tok<seq<lp, sor<body_type_mpart, body_type_1part>, rp>>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar
