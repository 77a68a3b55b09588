// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/envelope.hpp"

// RFC 9051 9: the structure of a message. Each body is one list token.
namespace mailwire::imap::grammar {

struct body;

// body-extension = nstring / number / number64 / "(" body-extension *(SP body-extension) ")"
struct body_extension : sor<nstring, number64, nested<'(', list_tok<seq<lp, separated<body_extension, sp>, rp>>>> {
    using island = void;
};

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
struct body_fld_param : sor<list_tok<seq<lp, separated<seq<string, sp, string>, sp>, rp>>, nil> {
    using island = void;
};

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
struct body_fld_dsp : sor<list_tok<seq<lp, string, sp, body_fld_param, rp>>, nil> {
    using island = void;
};

// body-fld-lang = nstring / "(" string *(SP string) ")"
struct body_fld_lang : sor<nstring, list_tok<seq<lp, separated<string, sp>, rp>>> {
    using island = void;
};

// body-fld-enc = (DQUOTE ("7BIT" / "8BIT" / "BINARY" / "BASE64"/ "QUOTED-PRINTABLE") DQUOTE) / string
struct body_fld_enc : string {};

// body-fld-octets = number ; the prose says 63 bits
struct body_fld_octets : number64 {};

// body-fld-lines = number64
struct body_fld_lines : number64 {};

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
// body-fld-id and body-fld-desc are nstring.
struct body_fields : seq<body_fld_param, sp, nstring, sp, nstring, sp, body_fld_enc, sp, body_fld_octets> {
    using island = void;
};

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
// body-fld-md5 and body-fld-loc are nstring.
struct body_ext_rest : opt<sp, body_fld_dsp, opt<sp, body_fld_lang, opt<sp, nstring, star<sp, body_extension>>>> {};
struct body_ext_1part : seq<nstring, body_ext_rest> {
    using island = void;
};
struct body_ext_mpart : seq<body_fld_param, body_ext_rest> {};

// A media type with a meaning of its own, between its quotes.
template <typename Words> struct media : seq<ch<'"'>, tok<token_kind::quoted, Words>, ch<'"'>> {};

// media-subtype = string
struct media_subtype : string {};

// media-basic = ((DQUOTE ("APPLICATION" / "AUDIO" / "IMAGE" / "FONT" / "MESSAGE" / "MODEL" / "VIDEO" ) DQUOTE) /
//               string) SP media-subtype
struct media_basic : seq<string, sp, media_subtype> {};

// media-message = DQUOTE "MESSAGE" DQUOTE SP DQUOTE ("RFC822" / "GLOBAL") DQUOTE
struct media_message : seq<media<kw<"MESSAGE">>, sp, media<sor<kw<"RFC822">, kw<"GLOBAL">>>> {};

// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
struct media_text : seq<media<kw<"TEXT">>, sp, media_subtype> {};

// body-type-basic = media-basic SP body-fields
struct body_type_basic : seq<media_basic, sp, body_fields> {};

// body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
struct body_type_msg : seq<media_message, sp, body_fields, sp, envelope, sp, body, sp, body_fld_lines> {};

// body-type-text = media-text SP body-fields SP body-fld-lines
struct body_type_text : seq<media_text, sp, body_fields, sp, body_fld_lines> {};

// body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
// PEG: the special forms come first, since media-basic takes any string.
struct body_type_1part : seq<sor<body_type_text, body_type_msg, body_type_basic>, opt<sp, body_ext_1part>> {};

// body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
struct body_type_mpart : seq<plus<body>, sp, media_subtype, opt<sp, body_ext_mpart>> {};

// body = "(" (body-type-1part / body-type-mpart) ")"
struct body : nested<'(', list_tok<seq<lp, sor<body_type_mpart, body_type_1part>, rp>>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
