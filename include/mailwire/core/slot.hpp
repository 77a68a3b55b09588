// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/control.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/rules.hpp"

// Productions that RFCs extend with "=/" lines. Such a production is a slot, each of its lines an alternative:
//
//   struct uid {                                           // msg-att-static =/ "UID" SP uniqueid
//       using word = mailwire::word<slot::msg_att, "UID">;
//       using tail = seq<sp, uniqueid>;                    // an alias, so that equal tails are compiled once
//       std::uint32_t value = 0;
//       static uid read(cursor& c) { return {c.number32()}; }
//       void write(auto& out) const { out.sp().number(value); }
//   };
//
// An extension lists alternatives, a profile lists extensions. A slot's rule asks its input for the profile.
namespace mailwire {

template <typename Slot, fixed_string Word> struct word {
    using slot = Slot;
    static constexpr std::string_view text = Word.view();
};

template <typename T>
concept alternative = requires {
    typename T::word::slot;
    typename T::tail;
};

// The alternatives one RFC adds. `Parts` are alternatives or other extensions.
template <typename... Parts> struct extension { using parts = pegtl::type_list<Parts...>; };

// What one program speaks. Name it as a struct of your own: struct mine : profile<preview, rfc9051> {};
template <typename... Parts> struct profile { using parts = pegtl::type_list<Parts...>; };

namespace detail {

template <typename... Lists> struct concat;
template <> struct concat<> { using type = pegtl::type_list<>; };
template <typename... A> struct concat<pegtl::type_list<A...>> { using type = pegtl::type_list<A...>; };
template <typename... A, typename... B, typename... Rest>
struct concat<pegtl::type_list<A...>, pegtl::type_list<B...>, Rest...> : concat<pegtl::type_list<A..., B...>, Rest...> {
};

template <typename Slot, typename Part> struct collect;
template <typename Slot, typename... Parts>
struct collect<Slot, pegtl::type_list<Parts...>> : concat<typename collect<Slot, Parts>::type...> {};
template <typename Slot, typename Part>
requires requires { typename Part::parts; }
struct collect<Slot, Part> : collect<Slot, typename Part::parts> {};
template <typename Slot, alternative Part> struct collect<Slot, Part> {
    using type =
        std::conditional_t<std::is_same_v<Slot, typename Part::word::slot>, pegtl::type_list<Part>, pegtl::type_list<>>;
};

// The name of a type as the compiler spells it, to tell two alternatives with one word apart.
template <typename T> constexpr std::string_view type_name() { return __PRETTY_FUNCTION__; }

constexpr std::uint32_t hash(std::string_view text, std::uint32_t seed) {
    for (const char c : text)
        seed = (seed ^ static_cast<unsigned char>(c)) * 16777619U;
    return seed;
}

} // namespace detail

// The alternatives of a slot in a profile, as a type_list.
template <typename Slot, typename Profile> using alternatives_of = typename detail::collect<Slot, Profile>::type;

// What an item token carries for an alternative: a number that depends on the type and its word alone, so that a view
// needs no profile. 0 is a word the profile does not know.
template <alternative Alt>
inline constexpr std::uint32_t
    id_of = detail::hash(Alt::word::text, detail::hash(detail::type_name<Alt>(), 2166136261U)) | 1U;
inline constexpr std::uint32_t unknown_id = 0;

namespace detail {

template <typename In> struct row {
    std::string_view word;
    std::uint32_t id = 0;
    bool (*tail)(In&) = nullptr;
    bool open_ended = false;
};

constexpr char first_letter(std::string_view word) { return to_upper(word.front()); }

// A letter's words lie together, the longest first: BODYSTRUCTURE is tried before BODY.
template <typename Row> constexpr bool row_before(const Row& a, const Row& b) {
    if (first_letter(a.word) != first_letter(b.word)) return first_letter(a.word) < first_letter(b.word);
    return a.word.size() > b.word.size();
}

template <apply_mode A, typename Tail, typename In> bool match_tail(In& in) {
    return lean<Tail>::template match<A, rewind_mode::active, pegtl::nothing, lean>(in);
}

// A word ends where no further octet of an atom follows (RFC 9051 9, ATOM-CHAR: "UNSEEN/X" is another word than
// "UNSEEN"); a word that ends in a bracket ("BODY[") ends there.
inline constexpr char_class word_octets = vchar - octets("(){%*\"\\]");

template <apply_mode A, typename In, typename... Alts> constexpr auto make_rows(pegtl::type_list<Alts...>) {
    std::array<row<In>, sizeof...(Alts)> rows{row<In>{
        Alts::word::text, id_of<Alts>, &match_tail<A, typename Alts::tail, In>, Alts::word::text.back() == '['}...};
    for (std::size_t i = 1; i < rows.size(); ++i) {
        for (std::size_t k = i; k != 0 && row_before(rows[k], rows[k - 1]); --k)
            std::swap(rows[k], rows[k - 1]);
    }
    return rows;
}

// The words of a slot in a profile as data: rows by first letter, and where each letter begins.
template <typename Slot, typename In, apply_mode A> struct dispatch {
    static constexpr auto rows = make_rows<A, In>(alternatives_of<Slot, typename In::profile>{});
    static constexpr auto starts = [] {
        std::array<std::uint8_t, 257> table{};
        std::size_t next = 0;
        for (std::size_t c = 0; c != 256; ++c) {
            table[c] = static_cast<std::uint8_t>(next);
            while (next != rows.size() && static_cast<unsigned char>(first_letter(rows[next].word)) == c)
                ++next;
        }
        table[256] = static_cast<std::uint8_t>(rows.size());
        return table;
    }();
    static_assert(rows.size() < 256, "a slot holds at most 255 words");

    static const row<In>* find(const In& in) {
        if (in.empty()) return nullptr;
        const auto letter = static_cast<unsigned char>(to_upper(*in.current()));
        for (std::size_t i = starts[letter]; i != starts[letter + 1U]; ++i) {
            if (begins_with(in, rows[i])) return &rows[i];
        }
        return nullptr;
    }

private:
    static bool begins_with(const In& in, const row<In>& candidate) {
        const std::size_t n = candidate.word.size();
        if (in.size() < n || !equal_ignoring_case({in.current(), n}, candidate.word)) return false;
        if (candidate.open_ended || in.size() == n) return true;
        return !octet_table<word_octets>[static_cast<unsigned char>(in.current()[n])];
    }
};

} // namespace detail

// One alternative of a slot: its word, then its tail. Recorded as an item token that holds what the tail records.
//
// A slot is a struct with
//   using other = rule;   what an unknown word looks like (name, then the rest), or void where none is allowed
//   using lead = rule;    optional: what stands before the word and belongs to the alternative (a message number)
template <typename Slot> struct slot_rule {
    using rule_t = slot_rule;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        static_assert(
            requires { typename In::profile; }, "a grammar with slots needs an input that names a profile");
        auto mark = in.template mark<rewind_mode::required>();
        const std::uint32_t opened = open<A>(in);
        if constexpr (requires { typename Slot::lead; }) {
            if (!Control<typename Slot::lead>::template match<A, rewind_mode::active, Action, Control>(in)) {
                return mark(false);
            }
        }
        std::uint32_t id = unknown_id;
        if (const auto* found = detail::dispatch<Slot, In, A>::find(in)) {
            id = found->id;
            name<A>(in, opened, id);
            in.bump(found->word.size());
            if (!found->tail(in)) return mark(false);
        } else if constexpr (std::is_void_v<typename Slot::other>) {
            return mark(false);
        } else {
            using other = typename Slot::other;
            if (!Control<other>::template match<A, rewind_mode::active, Action, Control>(in)) return mark(false);
        }
        if constexpr (A == apply_mode::action) in.tape().close(opened, token_kind::item, id);
        return mark(true);
    }

private:
    template <apply_mode A, typename In> static std::uint32_t open(In& in) {
        if constexpr (A == apply_mode::action) {
            return in.tape().open(token_kind::item, unknown_id);
        } else {
            return 0;
        }
    }
    template <apply_mode A, typename In> static void name(In& in, std::uint32_t opened, std::uint32_t id) {
        if constexpr (A == apply_mode::action) in.tape().name(opened, id);
    }
};

// An input that carries a profile.
template <typename Profile, typename Base> struct input_for : Base {
    using profile = Profile;
    using Base::Base;
};

} // namespace mailwire
