// SPDX-License-Identifier: BSL-1.0
// Which branches of a grammar a parse goes through: a control that writes down what has matched. A branch that a
// generator takes and no parse ever goes through stands behind another one that takes its sentences.
//
// Two kinds of branches are left out: those of a deviation, which no dialect of the sentences tolerates, and those that
// are only looked for ahead, which take nothing themselves. expect_only_looked_for() has the second kind by name.

#pragma once

#include "sentences.hpp"

#include "support/fields.hpp"
#include "support/rule_graph.hpp"

#include "mailwire/core/input.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mailwire::test {

// One attempt to match a rule.
template <typename Rule> struct counting {
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) noexcept {
        const rule_node& mine = detail::node<typename In::profile, Rule>();
        const auto outer = in.begin_rule(mine);
        const bool matched = plain<A, M, Action, Control>(in);
        in.end_rule(mine, outer, matched);
        return matched;
    }

private:
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool plain(In& in) {
        if constexpr (requires { Rule::match(in); }) {
            return Rule::match(in);
        } else {
            return Rule::template match<A, M, Action, Control>(in);
        }
    }
};

// The input of a counting run. What is matched on a way that is given up, or only looked at ahead, does not count.
template <typename Profile>
class counting_input : public input_for<Profile, typename detail::input_base<Profile>::type> {
    using base = input_for<Profile, typename detail::input_base<Profile>::type>;

public:
    using base::base;

    struct state {
        const rule_node* rule;
        std::size_t taken, times;
    };

    // The branches gone through: of a choice or a slot a child, of a repetition 0 for none and 1 for some.
    const std::vector<std::pair<const rule_node*, std::size_t>>& taken() const { return taken_; }

    state begin_rule(const rule_node& n) {
        const state outer{rule_, taken_.size(), times_};
        rule_ = &n;
        times_ = 0;
        return outer;
    }

    void end_rule(const rule_node& n, const state& outer, bool matched) {
        if (!matched || n.kind == rule_kind::at || n.kind == rule_kind::not_at) {
            taken_.resize(outer.taken);
        } else if (n.kind == rule_kind::star || n.kind == rule_kind::opt) {
            take(n, times_ == 0 ? 0 : 1);
        } else if (n.kind == rule_kind::plus) {
            take(n, times_ == 1 ? 0 : 1);
        }
        rule_ = outer.rule;
        times_ = outer.times + (matched ? 1 : 0);
        if (matched && rule_ != nullptr && rule_->kind == rule_kind::sor) take(*rule_, index_of(n));
    }

    template <typename Tail, apply_mode A> bool run_tail() {
        return counting<Tail>::template match<A, rewind_mode::active, pegtl::nothing, counting>(*this);
    }

    // An alternative of a slot begins; where it fails the slot does too.
    template <typename Slot> int reading(std::uint32_t id) {
        std::size_t branch = rule_->has_lead ? 1 : 0;
        const bool known = [&]<typename... Alternatives>(pegtl::type_list<Alternatives...>) {
            return ((id_of<Alternatives> == id || (++branch, false)) || ...);
        }(alternatives_of<Slot, Profile>{});
        if (known || rule_->has_other) take(*rule_, branch);
        return 0;
    }

private:
    void take(const rule_node& n, std::size_t branch) { taken_.emplace_back(&n, branch); }

    std::size_t index_of(const rule_node& n) const {
        std::size_t i = 0;
        while (&rule_->child(i) != &n)
            ++i;
        return i;
    }

    const rule_node* rule_ = nullptr;
    std::size_t times_ = 0;
    std::vector<std::pair<const rule_node*, std::size_t>> taken_;
};

// Counts the branches that parses of a start rule go through.
template <typename Profile, typename Start> class parsed_branches {
public:
    parsed_branches() : tally_(rule_graph<Start, Profile>()) {
        for (std::size_t n = 0; n != tally_.graph().size(); ++n)
            numbers_[&tally_.graph().node(n)] = n;
    }

    // False where the sentence is refused.
    bool parse(std::string_view sentence, const dialect& rules) {
        counting_input<Profile> in(sentence, {}, rules);
        if (!counting<Start>::template match<apply_mode::nothing, rewind_mode::active, pegtl::nothing, counting>(in)) {
            return false;
        }
        for (const auto& [node, branch] : in.taken())
            tally_.count(numbers_.at(node), branch);
        return true;
    }

    const choice_tally& tally() const { return tally_; }

private:
    choice_tally tally_;
    std::unordered_map<const rule_node*, std::size_t> numbers_;
};

// The branches that sentences can take and no parse of `sentences` of them goes through, in words.
template <typename Profile, typename Start>
std::vector<std::string> branches_never_matched(side from, const std::vector<dialect>& dialects,
                                                std::size_t sentences) {
    choice_tally made(rule_graph<Start, Profile>());
    parsed_branches<Profile, Start> parsed;
    for (std::size_t i = 0; i != dialects.size(); ++i) {
        dialect rules = dialects[i];
        rules.from = from;
        sentence_maker maker(made, rules);
        for (std::uint64_t s = 0; s != sentences / dialects.size(); ++s) {
            decisions random(i << 40U | s);
            if (!maker.make(random, {.octets = 200, .nesting = s % 8 + 2})) continue;
            maker.count();
            EXPECT_TRUE(parsed.parse(maker.sentence(), rules)) << spelled(maker.sentence());
        }
    }
    EXPECT_EQ(made.never_taken(), std::vector<std::string>()) << "too few sentences";
    return parsed.tally().never_taken();
}

// Expects that just these choices and slots are only looked for ahead.
template <typename Profile, typename Start, typename... Rules> void expect_only_looked_for() {
    const std::set<const rule_node*> expected{&rule_graph<Rules, Profile>()...};
    for (const rule_node* n : numbered_graph(rule_graph<Start, Profile>()).only_looked_for())
        EXPECT_TRUE(expected.contains(n)) << n->type;
    EXPECT_EQ(numbered_graph(rule_graph<Start, Profile>()).only_looked_for().size(), expected.size());
}

} // namespace mailwire::test
