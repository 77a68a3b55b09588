// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/control.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/pegtl.hpp"
#include "mailwire/core/scan.hpp"
#include "mailwire/core/tape.hpp"

// The leaf rules grammars are made of, and the few rules that record tokens. All combinators are PEGTL's.
namespace mailwire {

// One given octet.
template <char C> struct ch {
    using rule_t = ch;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || *in.current() != C) return false;
        in.bump(1);
        return true;
    }
};

// One octet of a class.
template <char_class Class> struct one_of {
    using rule_t = one_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || !octet_table<Class>[static_cast<unsigned char>(*in.current())]) return false;
        in.bump(1);
        return true;
    }
};

// At least `Min` octets of a class, as many as there are.
template <char_class Class, std::size_t Min = 1> struct run_of {
    using rule_t = run_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* stop = skip_class<Class>(in.current(), in.end());
        if (static_cast<std::size_t>(stop - in.current()) < Min) return false;
        in.advance_to(stop);
        return true;
    }
};

// Exactly `N` octets of a class.
template <char_class Class, std::size_t N> struct exactly_of {
    using rule_t = exactly_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* p = in.current();
        for (std::size_t i = 0; i != N; ++i, ++p) {
            if (p == in.end() || !octet_table<Class>[static_cast<unsigned char>(*p)]) {
                in.reached(p);
                return false;
            }
        }
        in.advance_to(p);
        return true;
    }
};

namespace detail {

// Compares the octets of a word from `Offset` on, as many as an Unsigned holds, at once. ASCII case is folded where the
// word has a letter.
template <fixed_string Word, typename Unsigned, std::size_t Offset>
[[gnu::always_inline]] inline bool equal_part(const char* p) {
    constexpr auto pattern = [] {
        std::array<char, sizeof(Unsigned)> key{};
        std::array<char, sizeof(Unsigned)> fold{};
        for (std::size_t i = 0; i != sizeof(Unsigned); ++i) {
            key[i] = Word.text[Offset + i];
            fold[i] = alpha.contains(key[i]) ? char{0x20} : char{0};
        }
        struct {
            Unsigned key, fold;
        } result{std::bit_cast<Unsigned>(key), std::bit_cast<Unsigned>(fold)};
        return result;
    }();
    Unsigned octets = 0;
    std::memcpy(&octets, p + Offset, sizeof octets);
    return static_cast<Unsigned>((octets ^ pattern.key) & ~pattern.fold) == 0;
}

// Compares a word from `Offset` on in parts of one size; the last of them may overlap the one before it.
template <fixed_string Word, typename Unsigned, std::size_t Offset = 0>
[[gnu::always_inline]] inline bool equal_parts(const char* p) {
    constexpr std::size_t left = Word.size() - Offset;
    if constexpr (left <= sizeof(Unsigned)) {
        return equal_part<Word, Unsigned, Word.size() - sizeof(Unsigned)>(p);
    } else {
        return equal_part<Word, Unsigned, Offset>(p) && equal_parts<Word, Unsigned, Offset + sizeof(Unsigned)>(p);
    }
}

template <fixed_string Word> [[gnu::always_inline]] inline bool equal_word(const char* p) {
    if constexpr (Word.size() >= 8) {
        return equal_parts<Word, std::uint64_t>(p);
    } else if constexpr (Word.size() >= 4) {
        return equal_parts<Word, std::uint32_t>(p);
    } else if constexpr (Word.size() >= 2) {
        return equal_parts<Word, std::uint16_t>(p);
    } else {
        return equal_part<Word, std::uint8_t, 0>(p);
    }
}

} // namespace detail

// A word of the protocol in any case (RFC 5234 2.3: strings in ABNF are case-insensitive).
template <fixed_string Word> struct kw {
    using rule_t = kw;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.size() < Word.size() || !detail::equal_word<Word>(in.current())) return false;
        in.bump(Word.size());
        return true;
    }
};

// A word in just this case.
template <fixed_string Word> struct exact {
    using rule_t = exact;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.size() < Word.size() || std::memcmp(in.current(), Word.text, Word.size()) != 0) return false;
        in.bump(Word.size());
        return true;
    }
};

// The end of the unit.
struct at_end {
    using rule_t = at_end;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) { return in.empty(); }
};

// Digits whose value is at most `Max`. `First` restricts the first digit (RFC 9051: nz-number starts with digit-nz).
// All digits are taken before the value is judged: a number that is too big is no shorter number.
template <std::uint64_t Max, char_class First = digit> struct number_up_to {
    using rule_t = number_up_to;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* p = in.current();
        if (p == in.end() || !octet_table<First>[static_cast<unsigned char>(*p)]) return false;
        const char* const first = p;
        std::uint64_t value = 0;
        for (; p != in.end(); ++p) {
            const unsigned d = static_cast<unsigned char>(*p) - unsigned{'0'};
            if (d > 9) break;
            value = value * 10 + d;
        }
        // The value is exact up to 19 digits; more make it wrap around.
        if (p - first > 19 ? !is_small({first, p}) : value > Max) {
            in.fail(errc::number_too_big, 0, Max);
            return false;
        }
        in.advance_to(p);
        return true;
    }

private:
    // With zeros in front even a long number may be small.
    static bool is_small(std::string_view digits) {
        std::uint64_t value = 0;
        for (const char c : digits) {
            const auto d = static_cast<std::uint64_t>(c - '0');
            if (value > (Max - d) / 10) return false;
            value = value * 10 + d;
        }
        return true;
    }
};

// Whether R would match here. What is only looked at ahead does not count as the place a unit was understood to.
template <typename R> struct at {
    using rule_t = at;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode, rewind_mode, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        const char* place = in.current();
        const bool result = Control<R>::template match<apply_mode::nothing, rewind_mode::active, Action, Control>(in);
        in.advance_to(place);
        return result;
    }
};

// Whether R would not match here.
template <typename R> struct not_at {
    using rule_t = not_at;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return !at<R>::template match<A, M, Action, Control>(in);
    }
};

// R where the next octet is `First`, otherwise Else. Says what sor<R, Else> says as long as nothing of Else begins with
// that octet; but a text that begins with it and is not R is refused at once, so that nothing has to be kept to go back.
template <char First, typename R, typename Else> struct when_next {
    using rule_t = when_next;
    using subs_t = pegtl::type_list<R, Else>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if (!in.empty() && *in.current() == First) return Control<R>::template match<A, M, Action, Control>(in);
        return Control<Else>::template match<A, M, Action, Control>(in);
    }
};

// R, one level deeper.
template <typename R> struct deeper {
    using rule_t = deeper;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if (!in.enter()) return false;
        const bool result = Control<R>::template match<A, M, Action, Control>(in);
        in.leave();
        return result;
    }
};

// R, which starts with `First`, one level deeper. The limit is noted only where R would really begin.
template <char First, typename R> struct nested : pegtl::seq<at<ch<First>>, deeper<R>> {};

// R, where the form `Bit` is in force: a part of the grammar that only one revision has, or that a session has agreed on.
template <std::uint32_t Bit, typename R> struct form {
    using rule_t = form;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return in.form_allowed(Bit) && Control<R>::template match<A, M, Action, Control>(in);
    }
};

// R, where the input tolerates the deviation `Bit`. Where it fires, the input remembers.
template <std::uint32_t Bit, typename R> struct quirk {
    using rule_t = quirk;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if (!in.quirk_allowed(Bit) || !Control<R>::template match<A, M, Action, Control>(in)) return false;
        in.quirk_fired(Bit);
        return true;
    }
};

// Records what R matched as one token. Inside R nothing is recorded.
template <token_kind Kind, typename R> struct tok {
    using rule_t = tok;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        const char* begin = in.current();
        if (!Control<R>::template match<apply_mode::nothing, M, Action, Control>(in)) return false;
        if constexpr (A == apply_mode::action) {
            in.tape().push(Kind, in.offset_of(begin), static_cast<std::uint32_t>(in.current() - begin));
        }
        return true;
    }
};

// Records one token that holds what R records.
template <typename R> struct list_tok {
    using rule_t = list_tok;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if constexpr (A == apply_mode::nothing) {
            return Control<R>::template match<A, M, Action, Control>(in);
        } else {
            const std::uint32_t before = in.tape().count();
            const std::uint32_t opened = in.tape().open(token_kind::list, in.offset());
            if (!Control<R>::template match<A, M, Action, Control>(in)) {
                in.tape().rewind(before);
                return false;
            }
            in.tape().close(opened, token_kind::list);
            return true;
        }
    }
};

// Matches nothing and records that an optional field is not there.
struct absent_tok {
    using rule_t = absent_tok;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if constexpr (A == apply_mode::action) in.tape().push(token_kind::absent, in.offset(), 0);
        return true;
    }
};

// R or, on the tape, its absence: a reader always finds one field here.
template <typename R> struct maybe : pegtl::sor<R, absent_tok> {};

// One or more R with one separator between each two.
template <typename R, typename Separator> struct separated : pegtl::seq<R, pegtl::star<Separator, R>> {};

} // namespace mailwire
