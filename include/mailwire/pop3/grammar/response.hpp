// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/input.hpp"
#include "mailwire/pop3/grammar/slots.hpp"

// What a server sends, line by line (RFC 2449 3; RFC 1939 4, 5 and 7). Which rule a line has to match depends on the
// command it answers.
namespace mailwire::pop3 {

// Whether a "[" that begins a text is a response code (RFC 2449 6.4).
enum class response_codes : std::uint8_t {
    unknown,   // nobody has said so: what looks like a code is one, the rest is text
    absent,    // the server lists capabilities, RESP-CODES not among them: it is text
    announced, // it is a code, and a text that begins with "[" and is none is refused
};

// The input of the rules below.
struct response_input : input {
    using input::input;
    response_codes codes = response_codes::unknown;
};

namespace grammar {

// Not in the RFC: true where the input knows this of the server.
template <response_codes Codes> struct codes_are {
    using rule_t = codes_are;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) { return in.codes == Codes; }
};

// resp-code = "[" resp-level *("/" resp-level) "]"
struct resp_code : seq<ch<'['>, tok<token_kind::raw, resp_levels>, ch<']'>> {};

// text = *schar / resp-code *CHAR
struct coded_text : seq<not_at<codes_are<response_codes::absent>>, resp_code, opt<sp>,
                        tok<token_kind::raw, octets_of<line_char, 0>>> {};
struct plain_text : seq<not_at<codes_are<response_codes::announced>, ch<'['>>, absent_tok,
                        tok<token_kind::raw, octets_of<schar, 0>>> {};
struct text : sor<coded_text, plain_text> {};

// status = "+OK" / "-ERR" ; upper case, RFC 1939 3
template <fixed_string Word>
struct status : tok<token_kind::atom, sor<exact<Word>, quirk<quirks::status_in_any_case, kw<Word>>>> {};
struct ok : status<"+OK"> {};
struct err : status<"-ERR"> {};

// single-line = status [SP text] CRLF ; 512 octets maximum
struct optional_text : sor<seq<sp, text>, seq<absent_tok, absent_tok>> {};
struct err_line : seq<err, optional_text, crlf, at_end> {};
struct single_line : seq<sor<ok, err>, optional_text, crlf, at_end> {};

// Prose: RFC 1939 5, STAT and LIST: "makes no requirement on what follows" the size.
//   extra = [SP *schar]
struct extra : sor<seq<sp, tok<token_kind::raw, octets_of<schar, 0>>>, absent_tok> {};

// Prose: RFC 1939 5, STAT.
//   drop-listing = count SP size extra
struct drop_listing : seq<tok<token_kind::number, count>, sp, tok<token_kind::number, size>, extra> {};

// Prose: RFC 1939 5, LIST.
//   scan-listing = msg SP size extra
// Quirk: incomplete_listing, a line without a size, or with something else in its place: that is then its "extra".
struct sized : seq<sp, tok<token_kind::number, size>, extra> {};
struct not_sized : quirk<quirks::incomplete_listing, seq<absent_tok, extra>> {};
struct scan_listing : seq<tok<token_kind::number, msg>, sor<sized, not_sized>> {};

// Prose: RFC 1939 7, UIDL: "No information follows the unique-id".
//   unique-id-listing = msg SP unique-id
// Quirk: incomplete_listing, a line without an id.
struct named : seq<sp, tok<token_kind::atom, unique_id>> {};
struct not_named : quirk<quirks::incomplete_listing, seq<absent_tok, opt<sp>, at<crlf>>> {};
struct unique_id_listing : seq<tok<token_kind::number, msg>, sor<named, not_named>> {};

// The same, as the answer to UIDL msg.
// Quirk: unique_id_without_number.
struct id_alone : quirk<quirks::unique_id_without_number, seq<absent_tok, tok<token_kind::atom, unique_id>>> {};
struct unique_id_answer : sor<unique_id_listing, id_alone> {};

// Prose: RFC 6856 3.2, the answer to LANG with an argument. The "text" is in UTF-8.
//   language = lang-tag SP *schar
struct language : seq<tok<token_kind::atom, lang_tag>, sp, tok<token_kind::raw, octets_of<schar, 0>>> {};

// Prose: the answers to STAT, to LIST msg, to UIDL msg and to LANG with an argument.
//   data-line = ("+OK" SP listing CRLF) / single-line ; the latter with "-ERR" only
template <typename Listing> struct data_line : sor<err_line, seq<ok, sp, Listing, crlf, at_end>> {};

// Prose: the lines of the multi-line answers to LIST and to UIDL.
struct scan_listing_line : seq<scan_listing, crlf, at_end> {};
struct unique_id_line : seq<unique_id_listing, crlf, at_end> {};

// Prose: RFC 6856 3.2, "the language tag, optionally followed by a single space and a human-readable description".
//   language-listing = lang-tag [SP *schar]
struct language_line : seq<tok<token_kind::atom, lang_tag>,
                           sor<seq<sp, tok<token_kind::raw, octets_of<schar, 0>>>, absent_tok>, crlf, at_end> {};

// Prose: the lines of the answer to AUTH without a mechanism, which no RFC has.
struct mechanism_line : seq<tok<token_kind::atom, sasl_mech>, crlf, at_end> {};

// continue-req = "+" SP [base64] CRLF ; RFC 5034 5
struct challenge_without_space : quirk<quirks::challenge_without_space, absent_tok> {};
struct continue_req
    : seq<ch<'+'>, sor<seq<sp, maybe<tok<token_kind::raw, base64>>>, challenge_without_space>, crlf, at_end> {};

// capability = capa-tag *(SP param) CRLF ; 512 octets maximum
// The arguments of each tag are the tail beside its struct in model/.
struct capability : seq<slot_rule<slot::capability>, crlf, at_end> {};

// greeting = "+OK" [resp-code] *gchar [timestamp] *gchar CRLF
// Defect: the RFC leaves out the SP behind "+OK", and that the line may end there. Nothing is known of the server yet:
// what looks like a response code is one.
struct gchars : tok<token_kind::raw, octets_of<gchar, 0>> {};
struct greeting_code : sor<seq<resp_code, opt<sp>>, absent_tok> {};
struct greeting_text : seq<greeting_code, gchars, maybe<tok<token_kind::raw, timestamp>>, gchars, crlf> {};
struct loose_greeting_text : seq<greeting_code, tok<token_kind::raw, octets_of<schar, 0>>, absent_tok, gchars, crlf> {};
struct greeting : seq<ok,
                      sor<seq<sp, sor<greeting_text, quirk<quirks::angle_bracket_in_greeting, loose_greeting_text>>>,
                          seq<absent_tok, gchars, absent_tok, gchars, crlf>>,
                      at_end> {};

} // namespace grammar
} // namespace mailwire::pop3
