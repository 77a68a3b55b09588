// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/control.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/parts_of.hpp"
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
// An extension lists alternatives, a profile lists extensions. A slot's rule asks its input for the profile. An alternative
// may say where it stands, for messages: static constexpr std::string_view rfc = "RFC 8970 6";
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
struct any_slot {};
template <typename Slot, alternative Part> struct collect<Slot, Part> {
    static constexpr bool wanted = std::is_same_v<Slot, any_slot> || std::is_same_v<Slot, typename Part::word::slot>;
    using type = std::conditional_t<wanted, pegtl::type_list<Part>, pegtl::type_list<>>;
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

// The alternatives of all slots in a profile.
template <typename Profile> using all_alternatives_of = typename detail::collect<detail::any_slot, Profile>::type;

// What an item token carries for an alternative: a number that depends on the type and its word alone, so that a view
// needs no profile. 0 is a word the profile does not know.
template <alternative Alt>
inline constexpr std::uint32_t
    id_of = detail::hash(Alt::word::text, detail::hash(detail::type_name<Alt>(), 2166136261U)) | 1U;
inline constexpr std::uint32_t unknown_id = 0;

namespace detail {

// The first eight octets of a text; fewer leave zeros. As a number, so that they are compared at once.
constexpr std::uint64_t first_octets(std::string_view text) {
    if (std::is_constant_evaluated() || text.size() < 8) {
        std::array<char, 8> octets{};
        std::copy_n(text.begin(), std::min<std::size_t>(text.size(), 8), octets.begin());
        return std::bit_cast<std::uint64_t>(octets);
    }
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data(), 8);
    return octets;
}

// The bits in which the first eight octets of a word and of its other spellings agree.
constexpr std::uint64_t word_mask(std::string_view word) {
    std::array<char, 8> mask{};
    for (std::size_t i = 0; i != std::min<std::size_t>(word.size(), 8); ++i) {
        mask[i] = static_cast<char>(alpha.contains(word[i]) ? 0xdf : 0xff);
    }
    return std::bit_cast<std::uint64_t>(mask);
}

template <typename In> struct row {
    std::string_view word;
    std::uint64_t key = 0; // the word's first octets, without the bits that mask lacks
    std::uint64_t mask = 0;
    std::uint32_t id = 0;
    bool (*tail)(In&) noexcept = nullptr;
    bool open_ended = false;
};

constexpr char first_letter(std::string_view word) { return to_upper(word.front()); }

// A letter's words lie together, the longest first: BODYSTRUCTURE is tried before BODY.
template <typename Row> constexpr bool row_before(const Row& a, const Row& b) {
    if (first_letter(a.word) != first_letter(b.word)) return first_letter(a.word) < first_letter(b.word);
    return a.word.size() > b.word.size();
}

// Tails run under the control of the parse. An input that is made for another one than `lean` runs them itself.
template <apply_mode A, typename Tail, typename In> bool match_tail(In& in) noexcept {
    if constexpr (requires { in.template run_tail<Tail, A>(); }) {
        return in.template run_tail<Tail, A>();
    } else {
        return lean<Tail>::template match<A, rewind_mode::active, pegtl::nothing, lean>(in);
    }
}

// A word ends where no further octet of an atom follows (RFC 9051 9, ATOM-CHAR: "UNSEEN/X" is another word than
// "UNSEEN"); a word that ends in a bracket ("BODY[") ends there.
inline constexpr char_class word_octets = vchar - octets("(){%*\"\\]");

template <typename Alt, apply_mode A, typename In> constexpr row<In> make_row() {
    constexpr std::string_view word = Alt::word::text;
    constexpr std::uint64_t mask = word_mask(word);
    return {
        word, first_octets(word) & mask, mask, id_of<Alt>, &match_tail<A, typename Alt::tail, In>, word.back() == '['};
}

template <apply_mode A, typename In, typename... Alts> constexpr auto make_rows(pegtl::type_list<Alts...>) {
    std::array<row<In>, sizeof...(Alts)> rows{make_row<Alts, A, In>()...};
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
        const std::uint64_t octets = first_octets({in.current(), in.size()});
        for (std::size_t i = starts[letter]; i != starts[letter + 1U]; ++i) {
            if ((octets & rows[i].mask) == rows[i].key && goes_on(in, rows[i])) return &rows[i];
        }
        return nullptr;
    }

private:
    // Whether the rest of the word follows where its first eight octets stand, and ends there.
    static bool goes_on(const In& in, const row<In>& candidate) {
        const std::size_t n = candidate.word.size();
        if (n > 8) {
            if (in.size() < n || !equal_ignoring_case({in.current() + 8, n - 8}, tail_of(candidate.word, 8)))
                return false;
        }
        if (candidate.open_ended || in.size() == n) return true;
        return !octet_table<word_octets>[static_cast<unsigned char>(in.current()[n])];
    }
};

// A word that stands here, and its octets with the quotes it may have.
template <typename In> struct word_here {
    const row<In>* known = nullptr;
    std::size_t octets = 0;
};

template <typename Slot, apply_mode A, typename In> word_here<In> find_word(In& in) {
    if (const auto* known = dispatch<Slot, In, A>::find(in)) return {known, known->word.size()};
    if constexpr (requires { typename Slot::maybe_quoted; }) {
        if (in.empty() || *in.current() != '"') return {};
        const char* quote = in.current();
        in.bump(1);
        const auto* known = dispatch<Slot, In, A>::find(in);
        const bool closed =
            known != nullptr && in.size() > known->word.size() && in.current()[known->word.size()] == '"';
        in.advance_to(quote);
        if (closed) return {known, known->word.size() + 2};
    }
    return {};
}

// An input that explains is told which alternative is being read, for as long as the answer lives.
template <typename Slot, typename In> auto reading_alternative(In& in, std::uint32_t id) {
    if constexpr (requires { in.template reading<Slot>(id); }) {
        return in.template reading<Slot>(id);
    } else {
        return id;
    }
}

} // namespace detail

// One alternative of a slot: its word, then its tail. Recorded as an item token that holds what the tail records.
//
// A slot is a struct with
//   using other = rule;   what an unknown word looks like (name, then the rest), or void where none is allowed
//   using lead = rule;    optional: what stands before the word and belongs to the alternative (a message number)
//   using maybe_quoted = void;   optional: a word may stand between quotes
template <typename Slot> struct slot_rule {
    using rule_t = slot_rule;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        static_assert(
            requires { typename In::profile; }, "a grammar with slots needs an input that names a profile");
        auto mark = in.template mark<rewind_mode::required>();
        std::uint32_t opened = 0;
        if constexpr (requires { typename Slot::lead; }) {
            opened = open<A>(in, unknown_id);
            if (!Control<typename Slot::lead>::template match<A, rewind_mode::active, Action, Control>(in)) {
                return mark(false);
            }
        }
        const auto found = detail::find_word<Slot, A>(in);
        const std::uint32_t id = found.known == nullptr ? unknown_id : found.known->id;
        if constexpr (requires { typename Slot::lead; }) {
            name<A>(in, opened, id);
        } else {
            opened = open<A>(in, id);
        }
        [[maybe_unused]] const auto reading = detail::reading_alternative<Slot>(in, id);
        if (found.known != nullptr) {
            in.bump(found.octets);
            if (!found.known->tail(in)) return mark(false);
        } else if constexpr (std::is_void_v<typename Slot::other>) {
            return mark(false);
        } else {
            using other = typename Slot::other;
            if (!Control<other>::template match<A, rewind_mode::active, Action, Control>(in)) return mark(false);
        }
        if constexpr (A == apply_mode::action) in.tape().close(opened, token_kind::item);
        return mark(true);
    }

private:
    template <apply_mode A, typename In> static std::uint32_t open(In& in, std::uint32_t id) {
        if constexpr (A == apply_mode::action) {
            return in.tape().open(token_kind::item, id);
        } else {
            return 0;
        }
    }
    template <apply_mode A, typename In> static void name(In& in, std::uint32_t opened, std::uint32_t id) {
        if constexpr (A == apply_mode::action) in.tape().name(opened, id);
    }
};

// Matches nothing, and only where no word of the slot follows.
template <typename Slot> struct no_word_of {
    using rule_t = no_word_of;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        return detail::dispatch<Slot, In, A>::find(in) == nullptr;
    }
};

// An input that carries a profile.
template <typename Profile, typename Base> struct input_for : Base {
    using profile = Profile;
    using Base::Base;
};

} // namespace mailwire
