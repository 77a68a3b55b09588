// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/rules.hpp"
#include "mailwire/core/utf8.hpp"
#include "mailwire/pop3/grammar/quirks.hpp"

// RFC 2449 3 and RFC 1939 3: what commands and responses are made of. Where an RFC says a thing in prose only, the ABNF
// above the rule is ours and tagged "Prose:".
namespace mailwire::pop3::grammar {

using pegtl::at;
using pegtl::not_at;
using pegtl::opt;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;
using pegtl::success;

// SP = %x20 ; exactly one, RFC 1939 3
struct sp : ch<' '> {};

// CRLF = %x0D.0A
struct crlf : sor<exact<"\r\n">, quirk<quirks::bare_line_feed, ch<'\n'>>> {};

// cchar = %x21-2D / %x2F-7F ; printable ASCII, excluding "."
inline constexpr char_class cchar = octet_range(0x21, 0x7f) - octets(".");

// Defect: the RFC leaves SP out of gchar and schar; "+OK 2 messages" would match neither.
// gchar = %x21-3B / %x3D-7F ; printable ASCII, excluding "<"
inline constexpr char_class gchar = octet_range(0x20, 0x7f) - octets("<");

// schar = %x21-5A / %x5C-7F ; printable ASCII, excluding "["
// RFC 2449 6.4 speaks of a "[" that a text begins with; behind its first octet it is a character like others.
inline constexpr char_class schar = octet_range(0x20, 0x7f);

// rchar = %x21-2E / %x30-5C / %x5E-7F ; printable ASCII, excluding "/" and "]"
inline constexpr char_class rchar = octet_range(0x21, 0x7f) - octets("/]");

// CHAR = %x01-7F, as far as it can stand in a line
inline constexpr char_class line_char = char_ - octets("\r\n");

inline constexpr char_class digit_nz = octet_range('1', '9');

// Not in the RFC: at least Min octets of a class, and where the input allows it UTF-8 beside them (RFC 6856 2).
template <char_class Class, std::size_t Min = 1> struct octets_of {
    using rule_t = octets_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* begin = in.current();
        const char* p = skip_class<Class>(begin, in.end());
        while (p != in.end() && in.rules().utf8 && static_cast<unsigned char>(*p) >= 0x80) {
            const std::size_t size = utf8_decode_one(p, in.end()).size;
            if (size == 0) break;
            p = skip_class<Class>(p + size, in.end());
        }
        in.advance_to(p);
        return static_cast<std::size_t>(p - begin) >= Min;
    }
};

// Not in the RFC: Min to Max octets of a class, and no further octet of it behind them.
template <char_class Class, std::size_t Min, std::size_t Max> struct few_of {
    using rule_t = few_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* begin = in.current();
        const char* p = skip_class<Class>(begin, in.end());
        const auto n = static_cast<std::size_t>(p - begin);
        in.advance_to(n > Max ? begin + Max : p);
        return n >= Min && n <= Max;
    }
};

// Not in the RFC: matches nothing, where no octet of a class follows.
template <char_class Class> struct not_before {
    using rule_t = not_before;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) { return in.empty() || !Class.contains(*in.current()); }
};

// param = 1*VCHAR
struct param : octets_of<vchar> {};

// Not in the RFC, which repeats it: the arguments of a line.
//   params = param *(SP param)
struct params : separated<param, sp> {};

// Prose: RFC 1939 4 and 5, "message-number", counted from 1, decimal.
//   msg = nz-digit *DIGIT
struct msg : number_up_to<4294967295U, digit_nz> {};

// Prose: RFC 1939 5, a count of messages or, in TOP, of lines.
//   count = 1*DIGIT
struct count : number_up_to<4294967295U> {};

// Prose: RFC 1939 5, "the exact size of the message in octets".
//   size = 1*DIGIT
struct size : number_up_to<18446744073709551615U> {};

// Prose: RFC 1939 7, one to 70 characters in the range 0x21 to 0x7E.
//   unique-id = 1*70VCHAR
struct unique_id : few_of<vchar, 1, 70> {};

// sasl-mech = 1*20mech-char ; RFC 4422 3.1
// mech-char = UPPER-ALPHA / DIGIT / HYPHEN / UNDERSCORE
// Quirk: mechanism_in_any_case.
inline constexpr char_class mech_char = octet_range('A', 'Z') | digit | octets("-_");
struct sasl_mech : sor<seq<few_of<mech_char, 1, 20>, not_before<alpha>>,
                       quirk<quirks::mechanism_in_any_case, few_of<mech_char | alpha, 1, 20>>> {};

// base64          = base64-terminal / ( 1*(4base64-char) [base64-terminal] ) ; RFC 5034 5
// base64-char     = ALPHA / DIGIT / "+" / "/"
// base64-terminal = (2base64-char "==") / (3base64-char "=")
inline constexpr char_class base64_char = alpha | digit | octets("+/");
struct base64 {
    using rule_t = base64;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        auto mark = in.template mark<rewind_mode::required>();
        const char* begin = in.current();
        const char* end = skip_class<base64_char | octets("=")>(begin, in.end());
        const base64_result text = base64_check({begin, static_cast<std::size_t>(end - begin)});
        in.advance_to(begin + text.offset);
        return mark(text && begin != end);
    }
};

// Prose: RFC 6856 3.2, a language tag (RFC 5646) in the form all of them have.
//   lang-tag = 1*8ALPHA *("-" 1*8(ALPHA / DIGIT))
struct lang_tag : seq<few_of<alpha, 1, 8>, star<ch<'-'>, few_of<alpha | digit, 1, 8>>> {};

// Prose: RFC 6856 3.2, a basic language range (RFC 4647 2.1).
//   lang-range = lang-tag / "*"
struct lang_range : sor<lang_tag, ch<'*'>> {};

// resp-code  = "[" resp-level *("/" resp-level) "]"
// resp-level = 1*rchar
struct resp_level : run_of<rchar> {};
struct resp_levels : separated<resp_level, ch<'/'>> {};

// atext of RFC 5322 3.2.3
inline constexpr char_class atext = alpha | digit | octets("!#$%&'*+-/=?^_`{|}~");

// dtext of RFC 5322 3.4.1
inline constexpr char_class dtext = vchar - octets("[]\\");

// timestamp = "<" *VCHAR ">" ; MUST conform to RFC-822 msg-id
// RFC 5322 3.6.4, without its obsolete forms:
//   msg-id = "<" dot-atom-text "@" (dot-atom-text / "[" *dtext "]") ">"
struct dot_atom_text : separated<run_of<atext>, ch<'.'>> {};
struct no_fold_literal : seq<ch<'['>, run_of<dtext, 0>, ch<']'>> {};
struct timestamp : seq<ch<'<'>, dot_atom_text, ch<'@'>, sor<dot_atom_text, no_fold_literal>, ch<'>'>> {};

} // namespace mailwire::pop3::grammar
