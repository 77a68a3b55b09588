// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "mailwire/core/input.hpp"
#include "mailwire/core/rules.hpp"
#include "mailwire/core/utf8.hpp"
#include "mailwire/imap/grammar/forms.hpp"
#include "mailwire/imap/grammar/quirks.hpp"

// RFC 9051 9: the atoms, strings and numbers everything else is made of.
namespace mailwire::imap::grammar {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

namespace detail {

// A production that is another one under a name of its own. Costs nothing: where R is called, this is not.
template <typename R> struct same_as {
    using rule_t = typename pegtl::seq<R>::rule_t;
    using subs_t = typename pegtl::seq<R>::subs_t;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return Control<R>::template match<A, M, Action, Control>(in);
    }
};

// R, where UTF-8 may stand in quoted strings.
template <typename R> struct where_utf8 {
    using rule_t = typename pegtl::seq<R>::rule_t;
    using subs_t = typename pegtl::seq<R>::subs_t;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        return in.rules().utf8 && Control<R>::template match<A, M, Action, Control>(in);
    }
};

} // namespace detail

// SP = %x20, exactly one (RFC 9051 9, note 2)
struct sp : ch<' '> {};

// CRLF = CR LF
struct crlf : exact<"\r\n"> {};

struct lp : ch<'('> {};
struct rp : ch<')'> {};

// list-wildcards = "%" / "*"
inline constexpr char_class list_wildcards = octets("%*");

// quoted-specials = DQUOTE / "\"
inline constexpr char_class quoted_specials = octets("\"\\");

// resp-specials = "]"
inline constexpr char_class resp_specials = octets("]");

// atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
inline constexpr char_class atom_specials = octets("(){ ") | ctl | list_wildcards | quoted_specials | resp_specials;

// ATOM-CHAR = <any CHAR except atom-specials>
inline constexpr char_class atom_char = char_ - atom_specials;

// ASTRING-CHAR = ATOM-CHAR / resp-specials
inline constexpr char_class astring_char = atom_char | resp_specials;

// list-char = ATOM-CHAR / list-wildcards / resp-specials
inline constexpr char_class list_char = atom_char | list_wildcards | resp_specials;

// TEXT-CHAR = <any CHAR except CR and LF>
inline constexpr char_class text_char = char_ - octets("\r\n");

// digit-nz = %x31-39
inline constexpr char_class digit_nz = octet_range('1', '9');

// A word of a production that ends where an atom would end.
template <fixed_string Word> struct keyword : seq<kw<Word>, not_at<one_of<atom_char>>> {};

// atom = 1*ATOM-CHAR
struct atom : tok<token_kind::atom, run_of<atom_char>> {};

// number = 1*DIGIT ; unsigned 32-bit integer
struct number : tok<token_kind::number, number_up_to<4294967295U>> {};

namespace detail {

// 63 bits, and 32 in a session of revision 1 alone (RFC 3501 9, number).
template <char_class First> struct wide_number {
    using rule_t = wide_number;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* first = in.current();
        if (!number_up_to<9223372036854775807U, First>::match(in)) return false;
        if (in.current() - first < 10 || in.form_allowed(forms::rev2)) return true;
        in.advance_to(first);
        return number_up_to<4294967295U, First>::match(in);
    }
};

} // namespace detail

// number64 = 1*DIGIT ; unsigned 63-bit integer
struct number64 : tok<token_kind::number, detail::wide_number<digit>> {};

// nz-number = digit-nz *DIGIT ; non-zero unsigned 32-bit integer
struct nz_number : tok<token_kind::number, number_up_to<4294967295U, digit_nz>> {};

// nz-number64 = digit-nz *DIGIT ; unsigned 63-bit integer
struct nz_number64 : tok<token_kind::number, detail::wide_number<digit_nz>> {};

// nil = "NIL"
struct nil : tok<token_kind::nil, keyword<"NIL">> {};

// UTF8-2 = %xC2-DF UTF8-tail (RFC 3629 4)
namespace detail {
struct utf8_tail : one_of<octet_range(0x80, 0xbf)> {};
} // namespace detail
struct utf8_2 : seq<one_of<octet_range(0xc2, 0xdf)>, detail::utf8_tail> {};

// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
struct utf8_3 : sor<seq<ch<'\xe0'>, one_of<octet_range(0xa0, 0xbf)>, detail::utf8_tail>,
                    seq<one_of<octet_range(0xe1, 0xec)>, detail::utf8_tail, detail::utf8_tail>,
                    seq<ch<'\xed'>, one_of<octet_range(0x80, 0x9f)>, detail::utf8_tail>,
                    seq<one_of<octet_range(0xee, 0xef)>, detail::utf8_tail, detail::utf8_tail>> {};

// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
struct utf8_4 : sor<seq<ch<'\xf0'>, one_of<octet_range(0x90, 0xbf)>, detail::utf8_tail, detail::utf8_tail>,
                    seq<one_of<octet_range(0xf1, 0xf3)>, detail::utf8_tail, detail::utf8_tail, detail::utf8_tail>,
                    seq<ch<'\xf4'>, one_of<octet_range(0x80, 0x8f)>, detail::utf8_tail, detail::utf8_tail>> {};

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
// The character alone as a token, for the places where exactly one stands between quotes. `quoted` scans many at once.
struct quoted_char : sor<tok<token_kind::quoted, one_of<text_char - quoted_specials>>,
                         seq<ch<'\\'>, tok<token_kind::quoted, one_of<quoted_specials>>>,
                         detail::where_utf8<tok<token_kind::quoted, sor<utf8_2, utf8_3, utf8_4>>>> {};

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
struct quoted {
    using rule_t = quoted;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || *in.current() != '"') return false;
        const char* begin = in.current() + 1;
        const char* stop = find_quoted_stop(begin, in.end());
        if (stop == in.end() || *stop != '"') return slow<A>(in, begin, stop);
        return accept<A>(in, begin, stop, token_kind::quoted);
    }

private:
    template <apply_mode A, typename In>
    static bool accept(In& in, const char* begin, const char* end, token_kind kind) {
        if constexpr (A == apply_mode::action) {
            in.tape().push(kind, in.offset_of(begin), static_cast<std::uint32_t>(end - begin));
        }
        in.advance_to(end + 1);
        return true;
    }

    // An escape, an octet above 127, or the end of the unit came before the closing quote.
    template <apply_mode A, typename In>
    [[gnu::noinline, gnu::cold]] static bool slow(In& in, const char* begin, const char* stop) {
        token_kind kind = token_kind::quoted;
        bool eight_bit = false;
        while (stop != in.end() && *stop != '"') {
            if (*stop == '\\') {
                kind = token_kind::escaped;
                if (in.end() - stop >= 2 && quoted_specials.contains(stop[1])) {
                    ++stop;
                } else if (!tolerate(in, quirks::stray_backslash)) {
                    return refuse(in, stop + 1);
                }
            } else if (static_cast<unsigned char>(*stop) < 0x80 ||
                       !(in.rules().utf8 || tolerate(in, quirks::eight_bit))) {
                return refuse(in, stop);
            } else {
                eight_bit = true;
            }
            stop = find_quoted_stop(stop + 1, in.end());
        }
        if (stop == in.end()) return refuse(in, stop);
        if (eight_bit) {
            const char* bad = find_invalid_utf8(begin, stop);
            if (bad != stop && !tolerate(in, quirks::eight_bit)) return refuse(in, bad);
        }
        return accept<A>(in, begin, stop, kind);
    }

    template <typename In> static bool tolerate(In& in, std::uint32_t quirk) {
        if (!in.quirk_allowed(quirk)) return false;
        in.quirk_fired(quirk);
        return true;
    }

    template <typename In> static bool refuse(In& in, const char* where) {
        in.reached(std::min(where, in.end()));
        return false;
    }
};

namespace detail {

// The header of a literal: "{" number64 ["+"] "}" CRLF, with "~" before it for a literal8.
struct literal_header {
    std::uint64_t octets = 0;
    const char* end = nullptr;  // behind CRLF; null where there is no header
    const char* stop = nullptr; // where the header is wrong
    bool non_synchronizing = false;
    bool too_big = false;
};

inline literal_header read_literal_header(const char* p, const char* end) {
    literal_header result;
    const char* digits = ++p;
    constexpr std::uint64_t max = 9223372036854775807U;
    for (; p != end && *p >= '0' && *p <= '9'; ++p) {
        const auto d = static_cast<std::uint64_t>(*p - '0');
        if (result.octets > (max - d) / 10) result.too_big = true;
        result.octets = result.octets * 10 + d;
    }
    result.stop = p;
    if (p == digits) return result;
    if (p != end && *p == '+') {
        result.non_synchronizing = true;
        ++p;
    }
    for (const char c : {'}', '\r', '\n'}) {
        result.stop = p;
        if (p == end || *p != c) return result;
        ++p;
    }
    result.end = p;
    return result;
}

// A literal whose octets stand behind its header, or were handed on elsewhere, or are still to come.
template <bool Binary> struct any_literal {
    using rule_t = any_literal;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        const char* open = begin + (Binary ? 1 : 0);
        if (in.size() < (Binary ? 2U : 1U) || *open != '{' || (Binary && *begin != '~')) return false;
        const literal_header header = read_literal_header(open, in.end());
        if (header.end == nullptr) return refuse(in, header.stop);
        if (header.too_big) {
            in.fail(errc::number_too_big, 0, 9223372036854775807U);
            return false;
        }
        if (header.non_synchronizing && !allowed(in, header)) return false;
        if (header.octets > 4294967295U && !in.form_allowed(forms::rev2)) {
            in.fail(errc::number_too_big, header.octets, 4294967295U);
            return false;
        }
        if (!in.enter_literal(in.offset())) return false;
        if (const int index = elided_index(in, begin); index >= 0) {
            push<A>(in, token_kind::streamed, begin, static_cast<std::size_t>(index));
            in.advance_to(header.end);
            return true;
        }
        if (in.prefix() && header.end == in.end()) {
            in.stop_at_literal();
            return false;
        }
        return whole<A>(in, header);
    }

private:
    // RFC 9051 4.3: never from a server, and up to 4096 octets unless the peer speaks LITERAL+ (RFC 7888).
    template <typename In> static bool allowed(In& in, const literal_header& header) {
        if (in.rules().from == side::server || in.rules().literals == literal_form::synchronizing) {
            return refuse(in, header.end - 4);
        }
        if (in.rules().literals == literal_form::plus || header.octets <= 4096) return true;
        in.fail(errc::literal_too_big, header.octets, 4096);
        return false;
    }

    template <apply_mode A, typename In> static bool whole(In& in, const literal_header& header) {
        if (header.octets > static_cast<std::uint64_t>(in.end() - header.end)) return refuse(in, in.end());
        const auto size = static_cast<std::size_t>(header.octets);
        if constexpr (!Binary) {
            const void* nul = size == 0 ? nullptr : std::memchr(header.end, '\0', size);
            if (nul != nullptr) return refuse(in, static_cast<const char*>(nul));
        }
        push<A>(in, token_kind::literal, header.end, size);
        in.advance_to(header.end + size);
        return true;
    }

    template <apply_mode A, typename In> static void push(In& in, token_kind kind, const char* at, std::size_t size) {
        if constexpr (A == apply_mode::action) {
            in.tape().push(kind, in.offset_of(at), static_cast<std::uint32_t>(size));
        }
    }

    template <typename In> static bool refuse(In& in, const char* where) {
        in.reached(where);
        return false;
    }

    template <typename In> static int elided_index(const In& in, const char* header) {
        const auto& offsets = in.elided();
        for (std::size_t i = 0; i != offsets.size(); ++i) {
            if (offsets[i] == in.offset_of(header)) return static_cast<int>(i);
        }
        return -1;
    }
};

} // namespace detail

// literal = "{" number64 ["+"] "}" CRLF *CHAR8 ; CHAR8 is any octet except NUL
struct literal : detail::any_literal<false> {
    using island = void;
};

// literal8 = "~{" number64 "}" CRLF *OCTET ; RFC 7888 6 adds ["+"]
struct literal8 : detail::any_literal<true> {
    using island = void;
};

// string = quoted / literal
struct string : when_next<'"', quoted, literal> {
    using island = void;
};

// nstring = string / nil
struct nstring : when_next<'"', quoted, sor<nil, literal>> {
    using island = void;
};

// astring = 1*ASTRING-CHAR / string
struct astring : sor<tok<token_kind::atom, run_of<astring_char>>, string> {};

// tag = 1*<any ASTRING-CHAR except "+">
struct tag : tok<token_kind::atom, run_of<astring_char - octets("+")>> {};

// mailbox = "INBOX" / astring
// INBOX is recognised by whoever compares names: any of its spellings is an astring.
struct mailbox : astring {};

// list-mailbox = 1*list-char / string
struct list_mailbox : sor<tok<token_kind::atom, run_of<list_char>>, string> {};

// charset = atom / quoted
struct charset : sor<atom, quoted> {};

// text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4)
struct text {
    using rule_t = text;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        const char* stop = find_text_stop(begin, in.end());
        if (stop != in.end() && static_cast<unsigned char>(*stop) >= 0x80 && in.rules().utf8) {
            while (stop != in.end() && static_cast<unsigned char>(*stop) >= 0x80)
                stop = find_text_stop(stop + 1, in.end());
            const char* bad = find_invalid_utf8(begin, stop);
            if (bad != stop) {
                in.reached(bad);
                return false;
            }
        }
        if (stop == begin) return false;
        if constexpr (A == apply_mode::action) {
            in.tape().push(token_kind::raw, in.offset_of(begin), static_cast<std::uint32_t>(stop - begin));
        }
        in.advance_to(stop);
        return true;
    }
};

// base64-char     = ALPHA / DIGIT / "+" / "/"
// base64-terminal = (2base64-char "==") / (3base64-char "=")
// base64          = *(4base64-char) [base64-terminal]
inline constexpr char_class base64_char = alpha | digit | octets("+/");
struct base64_terminal : sor<seq<exactly_of<base64_char, 2>, exact<"==">>, seq<exactly_of<base64_char, 3>, ch<'='>>> {};
struct base64 : seq<star<exactly_of<base64_char, 4>>, opt<base64_terminal>> {};

} // namespace mailwire::imap::grammar
