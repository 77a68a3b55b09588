// SPDX-License-Identifier: BSL-1.0
// A grammar as a graph that a program can walk: one node for each rule type, made from rule_t and subs_t. Children are
// found when they are asked for, so that rules may recurse. A slot has the alternatives of a profile as its children.

#pragma once

#include "rule_shape.hpp"

#include "mailwire/core/input.hpp"
#include "mailwire/core/slot.hpp"

#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <vector>

namespace mailwire::test {

struct rule_node;

struct rule_child {
    const rule_node& (*get)();
    std::string_view word = {}; // of an alternative of a slot; empty for its lead, for unknown words and elsewhere
};

struct rule_node {
    std::string_view name = {}; // as C++ spells it, of a rule that stands in a namespace ...::grammar; empty: another
    std::string_view type = {}; // the whole type, for messages
    rule_kind kind = rule_kind::custom;
    rule_leaf leaf = {};
    std::span<const rule_child> children = {}; // of a slot: its lead if it has one, each alternative, unknown words
    bool has_lead = false;                     // the first child of this slot stands before the word
    bool has_other = false;                    // the last child of this slot is an unknown word
    bool maybe_quoted = false;                 // the word of this slot may stand between quotes
    // Whether the rule matches at the start of a text; null unless it looks ahead, or nobody has described it.
    bool (*matches)(std::string_view text, const dialect& rules) = nullptr;

    const rule_node& child(std::size_t i) const { return children[i].get(); }
};

namespace detail {

// The name of a type without what the compiler wraps it in.
template <typename T> constexpr std::string_view plain_type_name() {
    std::string_view name = mailwire::detail::type_name<T>();
    name.remove_prefix(name.find("T = ") + 4);
    const std::size_t end = name.find("; std::string_view = ");
    return name.substr(0, end == std::string_view::npos ? name.size() - 1 : end);
}

constexpr std::string_view grammar_name(std::string_view type) {
    const std::string_view outer = type.substr(0, type.find('<'));
    const std::size_t colon = outer.rfind("::");
    if (colon == std::string_view::npos) return {};
    constexpr std::string_view grammar = "grammar";
    const std::string_view space = outer.substr(0, colon);
    return space.ends_with(grammar) ? outer.substr(colon + 2) : std::string_view();
}

template <typename Profile, typename Rule> const rule_node& node();

// A profile may say which input its rules need.
template <typename Profile> struct input_base { using type = input; };
template <typename Profile>
requires requires { typename Profile::graph_input; }
struct input_base<Profile> {
    using type = typename Profile::graph_input;
};

template <typename Profile, typename Rule> bool matches(std::string_view text, const dialect& rules) {
    input_for<Profile, typename input_base<Profile>::type> in(text, {}, rules);
    return lean<Rule>::template match<apply_mode::nothing, rewind_mode::active, pegtl::nothing, lean>(in);
}

// Only rules that look ahead or that nobody has described are ever asked whether they match.
template <typename Profile, typename Rule, rule_kind Kind> constexpr auto matcher() {
    if constexpr (Kind == rule_kind::at || Kind == rule_kind::not_at || Kind == rule_kind::custom) {
        return &matches<Profile, Rule>;
    } else {
        return static_cast<bool (*)(std::string_view, const dialect&)>(nullptr);
    }
}

template <typename Profile, typename Subs> struct children_of;
template <typename Profile, typename... Rules> struct children_of<Profile, pegtl::type_list<Rules...>> {
    static constexpr std::array<rule_child, sizeof...(Rules)> all{rule_child{&node<Profile, Rules>}...};
};

// The lead of a slot, or the rule of its unknown words, as a list of one or none.
template <typename Slot> struct lead_of { using type = pegtl::type_list<>; };
template <typename Slot>
requires requires { typename Slot::lead; }
struct lead_of<Slot> {
    using type = pegtl::type_list<typename Slot::lead>;
};
template <typename Other> struct other_of { using type = pegtl::type_list<Other>; };
template <> struct other_of<void> { using type = pegtl::type_list<>; };

template <typename Profile, typename Lead, typename Alternatives, typename Other> struct slot_children;
template <typename Profile, typename... Lead, typename... Alternatives, typename... Other>
struct slot_children<Profile, pegtl::type_list<Lead...>, pegtl::type_list<Alternatives...>,
                     pegtl::type_list<Other...>> {
    static constexpr std::array<rule_child, sizeof...(Lead) + sizeof...(Alternatives) + sizeof...(Other)> all{
        rule_child{&node<Profile, Lead>}...,
        rule_child{&node<Profile, typename Alternatives::tail>, Alternatives::word::text}...,
        rule_child{&node<Profile, Other>}...};
};

template <typename Profile, typename Rule, typename Shape> constexpr rule_node make_node() {
    rule_node result;
    result.type = plain_type_name<Rule>();
    result.name = grammar_name(result.type);
    if constexpr (requires { typename Shape::slot; }) {
        using slot = typename Shape::slot;
        using lead = typename lead_of<slot>::type;
        using other = typename other_of<typename slot::other>::type;
        result.kind = rule_kind::slot;
        result.children = slot_children<Profile, lead, alternatives_of<slot, Profile>, other>::all;
        result.has_lead = !std::is_same_v<lead, pegtl::type_list<>>;
        result.has_other = !std::is_same_v<other, pegtl::type_list<>>;
        result.maybe_quoted = requires { typename slot::maybe_quoted; };
    } else {
        result.kind = Shape::kind;
        result.leaf = Shape::leaf;
        result.children = children_of<Profile, typename Shape::subs>::all;
        result.matches = matcher<Profile, Rule, Shape::kind>();
    }
    return result;
}

template <typename Profile, typename Rule>
inline constexpr rule_node
    node_of = make_node<Profile, Rule, rule_shape<typename own_rule<Rule>::type, typename Rule::subs_t>>();

template <typename Profile, typename Rule> const rule_node& node() { return node_of<Profile, Rule>; }

} // namespace detail

// The node of a rule, with the alternatives of a profile in its slots.
template <typename Rule, typename Profile> const rule_node& rule_graph() { return detail::node<Profile, Rule>(); }

// All nodes that can be reached from one, itself included, in the order they are met.
inline std::vector<const rule_node*> all_reached(const rule_node& start) {
    std::vector<const rule_node*> found{&start};
    std::unordered_set<const rule_node*> seen{&start};
    for (std::size_t i = 0; i != found.size(); ++i) {
        for (const rule_child& c : found[i]->children) {
            if (seen.insert(&c.get()).second) found.push_back(&c.get());
        }
    }
    return found;
}

// The names of the rules that can be reached from one.
inline std::set<std::string_view> names_reached(const rule_node& start) {
    std::set<std::string_view> names;
    for (const rule_node* n : all_reached(start)) {
        if (!n->name.empty()) names.insert(n->name);
    }
    return names;
}

// Whether a rule can be reached from another one.
template <typename Rule, typename Start, typename Profile> bool reaches() {
    for (const rule_node* n : all_reached(rule_graph<Start, Profile>())) {
        if (n == &rule_graph<Rule, Profile>()) return true;
    }
    return false;
}

} // namespace mailwire::test
