// SPDX-License-Identifier: BSL-1.0
// What a rule is to one who walks the grammar: how it joins the rules it is made of, or which octets it takes.

#pragma once

#include "mailwire/core/rules.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/grammar/strings.hpp"

#include <tao/pegtl/rules.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailwire::test {

enum class rule_kind : std::uint8_t {
    seq,    // all children in turn
    sor,    // the first child that matches
    star,   // the child, any number of times
    plus,   // the same, at least once
    opt,    // the child or nothing
    rep,    // the child, leaf.least to leaf.most times
    at,     // takes nothing: what the child matches follows
    not_at, // takes nothing: what the child matches does not follow
    form,   // the child, where the form leaf.bit is in force
    utf8,   // the child, where UTF-8 may stand
    quirk,  // the child, where the deviation leaf.bit is tolerated
    deeper, // the child, one level deeper
    slot,   // a word and the tail of its alternative
    leaf,   // octets
    custom, // a rule nobody has described here: its children in turn, if they match it
};

enum class leaf_kind : std::uint8_t {
    none,
    nothing,      // takes no octets
    exact,        // the octets of `word`
    word,         // the same in any case
    octets,       // `least` to `most` octets of `set`
    number,       // digits with a value up to `greatest`, the first of them of `set`
    wide_number,  // the same, 32 bits where the form rev2 is not in force
    quoted,       // between quotes
    literal,      // behind its size
    literal8,     // the same with NUL among the octets
    text,         // up to the end of a line
    rest_of_unit, // whatever is no CRLF that ends the unit
    base64,       // at least four octets of it
    utf8_octets,  // `least` to `most` octets of `set`, and UTF-8
};

struct rule_leaf {
    leaf_kind kind = leaf_kind::none;
    std::string_view word = {};
    char_class set = {};
    std::size_t least = 0;
    std::size_t most = 0;
    std::uint64_t greatest = 0;
    std::uint32_t bit = 0;
};

inline constexpr std::size_t any_number = static_cast<std::size_t>(-1);

// A template argument has no address; this copy of it has one.
template <fixed_string Word> inline constexpr auto kept_word = Word;

template <rule_kind Kind, typename Subs> struct branch_shape {
    static constexpr rule_kind kind = Kind;
    static constexpr rule_leaf leaf = {};
    using subs = Subs;
};

struct leaf_shape {
    static constexpr rule_kind kind = rule_kind::leaf;
    using subs = pegtl::type_list<>;
};

template <leaf_kind Kind> struct plain_leaf_shape : leaf_shape { static constexpr rule_leaf leaf = {.kind = Kind}; };

template <char_class Set, std::size_t Least, std::size_t Most> struct octets_shape : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::octets, .set = Set, .least = Least, .most = Most};
};

// How a rule is to be seen that shows itself as another one.
template <typename Rule> struct own_rule { using type = typename Rule::rule_t; };

// Specialise it for each rule that matches octets itself or joins rules in a way of its own.
template <typename Rule, typename Subs> struct rule_shape : branch_shape<rule_kind::custom, Subs> {};

// PEGTL's combinators.
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::seq<R...>, S> : branch_shape<rule_kind::seq, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::sor<R...>, S> : branch_shape<rule_kind::sor, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::star<R...>, S> : branch_shape<rule_kind::star, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::plus<R...>, S> : branch_shape<rule_kind::plus, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::opt<R...>, S> : branch_shape<rule_kind::opt, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::at<R...>, S> : branch_shape<rule_kind::at, S> {};
template <typename... R, typename S>
struct rule_shape<tao::pegtl::internal::not_at<R...>, S> : branch_shape<rule_kind::not_at, S> {};
template <unsigned N, typename... R, typename S>
struct rule_shape<tao::pegtl::internal::rep<N, R...>, S> : branch_shape<rule_kind::rep, S> {
    static constexpr rule_leaf leaf = {.least = N, .most = N};
};
template <unsigned Least, unsigned Most, typename... R, typename S>
struct rule_shape<tao::pegtl::internal::rep_min_max<Least, Most, R...>, S> : branch_shape<rule_kind::rep, S> {
    static constexpr rule_leaf leaf = {.least = Least, .most = Most};
};
template <unsigned Most, typename... R, typename S>
struct rule_shape<tao::pegtl::internal::rep_opt<Most, R...>, S> : branch_shape<rule_kind::rep, S> {
    static constexpr rule_leaf leaf = {.least = 0, .most = Most};
};
template <typename S> struct rule_shape<tao::pegtl::internal::success, S> : plain_leaf_shape<leaf_kind::nothing> {};

// The library's, of core/rules.hpp and core/slot.hpp.
template <typename R, typename S> struct rule_shape<at<R>, S> : branch_shape<rule_kind::at, S> {};
template <typename R, typename S> struct rule_shape<not_at<R>, S> : branch_shape<rule_kind::not_at, S> {};
template <char C, typename R, typename E, typename S>
struct rule_shape<when_next<C, R, E>, S> : branch_shape<rule_kind::sor, S> {};
template <typename R, typename S> struct rule_shape<deeper<R>, S> : branch_shape<rule_kind::deeper, S> {};
template <token_kind K, typename R, typename S> struct rule_shape<tok<K, R>, S> : branch_shape<rule_kind::seq, S> {};
template <typename R, typename S> struct rule_shape<list_tok<R>, S> : branch_shape<rule_kind::seq, S> {};
template <std::uint32_t Bit, typename R, typename S>
struct rule_shape<form<Bit, R>, S> : branch_shape<rule_kind::form, S> {
    static constexpr rule_leaf leaf = {.bit = Bit};
};
template <std::uint32_t Bit, typename R, typename S>
struct rule_shape<quirk<Bit, R>, S> : branch_shape<rule_kind::quirk, S> {
    static constexpr rule_leaf leaf = {.bit = Bit};
};
template <typename Slot, typename S> struct rule_shape<slot_rule<Slot>, S> { using slot = Slot; };
template <typename Slot, typename S>
struct rule_shape<no_word_of<Slot>, S> : branch_shape<rule_kind::not_at, pegtl::type_list<>> {};
template <typename S> struct rule_shape<absent_tok, S> : plain_leaf_shape<leaf_kind::nothing> {};
template <typename S> struct rule_shape<at_end, S> : plain_leaf_shape<leaf_kind::nothing> {};
template <char C, typename S> struct rule_shape<ch<C>, S> : leaf_shape {
    static constexpr char octet[] = {C};
    static constexpr rule_leaf leaf = {.kind = leaf_kind::exact, .word = {octet, 1}};
};
template <char_class Set, typename S> struct rule_shape<one_of<Set>, S> : octets_shape<Set, 1, 1> {};
template <char_class Set, std::size_t Least, typename S>
struct rule_shape<run_of<Set, Least>, S> : octets_shape<Set, Least, any_number> {};
template <char_class Set, std::size_t N, typename S>
struct rule_shape<exactly_of<Set, N>, S> : octets_shape<Set, N, N> {};
template <fixed_string Word, typename S> struct rule_shape<kw<Word>, S> : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::word, .word = kept_word<Word>.view()};
};
template <fixed_string Word, typename S> struct rule_shape<exact<Word>, S> : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::exact, .word = kept_word<Word>.view()};
};
template <std::uint64_t Max, char_class First, typename S> struct rule_shape<number_up_to<Max, First>, S> : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::number, .set = First, .greatest = Max};
};

// IMAP's own.
namespace imap_grammar = imap::grammar;
template <char_class First, typename S> struct rule_shape<imap_grammar::detail::wide_number<First>, S> : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::wide_number, .set = First, .greatest = 9223372036854775807U};
};
template <typename R> struct own_rule<imap_grammar::detail::where_utf8<R>> {
    using type = imap_grammar::detail::where_utf8<R>;
};
template <typename R, typename S>
struct rule_shape<imap_grammar::detail::where_utf8<R>, S> : branch_shape<rule_kind::utf8, S> {};
template <typename S> struct rule_shape<imap_grammar::quoted, S> : plain_leaf_shape<leaf_kind::quoted> {};
template <typename S>
struct rule_shape<imap_grammar::detail::any_literal<false>, S> : plain_leaf_shape<leaf_kind::literal> {};
template <typename S>
struct rule_shape<imap_grammar::detail::any_literal<true>, S> : plain_leaf_shape<leaf_kind::literal8> {};
template <typename S> struct rule_shape<imap_grammar::text, S> : plain_leaf_shape<leaf_kind::text> {};
template <typename S> struct rule_shape<imap_grammar::rest_of_unit, S> : plain_leaf_shape<leaf_kind::rest_of_unit> {};

} // namespace mailwire::test
