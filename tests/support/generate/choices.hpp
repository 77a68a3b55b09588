// SPDX-License-Identifier: BSL-1.0
// The forks of a grammar: how often each branch was taken, and how far it is to an end behind it.

#pragma once

#include "support/rule_graph.hpp"

#include "mailwire/core/input.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

namespace mailwire::test {

// The nodes that a start rule reaches, by number; the start is 0.
class numbered_graph {
public:
    explicit numbered_graph(const rule_node& start) : nodes_(all_reached(start)) {
        std::unordered_map<const rule_node*, std::size_t> numbers;
        for (std::size_t i = 0; i != nodes_.size(); ++i)
            numbers[nodes_[i]] = i;
        for (const rule_node* n : nodes_) {
            auto& mine = children_.emplace_back();
            for (const rule_child& c : n->children)
                mine.push_back(numbers.at(&c.get()));
        }
        for (std::size_t i = 0; i != nodes_.size(); ++i)
            richness_.push_back(walked_from(i).size());
        walked_.resize(nodes_.size());
        for (const std::size_t n : walked_from(0))
            walked_[n] = true;
        matched_.resize(nodes_.size());
        for (const std::size_t n : walked_from(0, true))
            matched_[n] = true;
    }

    std::size_t size() const { return nodes_.size(); }
    const rule_node& node(std::size_t n) const { return *nodes_[n]; }
    std::size_t child(std::size_t n, std::size_t i) const { return children_[n][i]; }

    // Whether a sentence can go through a node: not where it is only looked for ahead, or only a deviation leads to it.
    bool walked(std::size_t n) const { return walked_[n]; }

    // The choices and slots that are only looked for ahead: no octet of a unit, however odd, is theirs.
    std::vector<const rule_node*> only_looked_for() const {
        std::vector<const rule_node*> found;
        for (std::size_t n = 0; n != size(); ++n) {
            const rule_kind kind = nodes_[n]->kind;
            if (!matched_[n] && (kind == rule_kind::sor || kind == rule_kind::slot)) found.push_back(nodes_[n]);
        }
        return found;
    }

    // How many nodes sentences can go through from a node on.
    std::size_t richness(std::size_t n) const { return richness_[n]; }

private:
    std::vector<std::size_t> walked_from(std::size_t start, bool odd = false) const {
        std::vector<std::size_t> found{start};
        std::vector<bool> seen(nodes_.size());
        seen[start] = true;
        for (std::size_t i = 0; i != found.size(); ++i) {
            const rule_kind kind = nodes_[found[i]]->kind;
            if (kind == rule_kind::at || kind == rule_kind::not_at || (kind == rule_kind::quirk && !odd)) continue;
            for (const std::size_t c : children_[found[i]]) {
                if (!seen[c]) found.push_back(c);
                seen[c] = true;
            }
        }
        return found;
    }

    std::vector<const rule_node*> nodes_;
    std::vector<std::vector<std::size_t>> children_;
    std::vector<std::size_t> richness_;
    std::vector<bool> walked_;
    std::vector<bool> matched_; // the same with deviations
};

// The number of rules of the shortest sentence of each node; `never` where the forms in force allow none.
class rule_costs {
public:
    static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

    rule_costs(const numbered_graph& graph, const dialect& rules) : costs_(graph.size(), never) {
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t n = 0; n != graph.size(); ++n) {
                const std::uint32_t now = cost(graph, n, rules);
                if (now < costs_[n]) {
                    costs_[n] = now;
                    changed = true;
                }
            }
        }
    }

    std::uint32_t of(std::size_t n) const { return costs_[n]; }

private:
    std::uint32_t cost(const numbered_graph& graph, std::size_t n, const dialect& rules) const {
        const rule_node& node = graph.node(n);
        switch (node.kind) {
        case rule_kind::leaf:
        case rule_kind::at:
        case rule_kind::not_at:
        case rule_kind::star:
        case rule_kind::opt:
            return 1;
        case rule_kind::utf8:
            return rules.utf8 ? sum(graph, n, 0, 1) : never;
        case rule_kind::quirk:
            return never;
        case rule_kind::form:
            return (rules.forms & node.leaf.bit) == 0 ? never : sum(graph, n, 0, 1);
        case rule_kind::rep:
            return node.leaf.least == 0 ? 1 : sum(graph, n, 0, 1);
        case rule_kind::sor:
            return least(graph, n, 0);
        case rule_kind::slot:
            return node.has_lead && costs_[graph.child(n, 0)] == never ? never : least(graph, n, node.has_lead ? 1 : 0);
        default:
            return sum(graph, n, 0, node.children.size());
        }
    }

    std::uint32_t sum(const numbered_graph& graph, std::size_t n, std::size_t first, std::size_t last) const {
        std::uint32_t all = 1;
        for (std::size_t i = first; i != last; ++i) {
            const std::uint32_t one = costs_[graph.child(n, i)];
            if (one == never) return never;
            all += one;
        }
        return all;
    }

    std::uint32_t least(const numbered_graph& graph, std::size_t n, std::size_t first) const {
        std::uint32_t result = never;
        for (std::size_t i = first; i != graph.node(n).children.size(); ++i)
            result = std::min(result, costs_[graph.child(n, i)]);
        return result == never ? never : result + 1;
    }

    std::vector<std::uint32_t> costs_;
};

// How often each branch was taken: of a sor or a slot its children, of a repetition 0 for none and 1 for some.
class choice_tally {
public:
    explicit choice_tally(const rule_node& start) : graph_(start), costs_(graph_, {}), taken_(graph_.size()) {
        for (std::size_t n = 0; n != graph_.size(); ++n)
            taken_[n].resize(branches(graph_.node(n)));
    }

    const numbered_graph& graph() const { return graph_; }
    void count(std::size_t n, std::size_t branch) { ++taken_[n][branch]; }
    std::size_t taken(std::size_t n, std::size_t branch) const { return taken_[n][branch]; }

    // Branches that were taken seldom weigh more, and those behind which there is more to see.
    std::size_t weight(std::size_t n, std::size_t branch) const {
        const rule_kind kind = graph_.node(n).kind;
        const bool forks = kind == rule_kind::sor || kind == rule_kind::slot;
        const std::size_t rich = forks ? graph_.richness(graph_.child(n, branch)) : 1;
        return std::max<std::size_t>(1, (rich << 40U) / (taken_[n][branch] + 1));
    }

    std::size_t branches() const {
        return list([this](std::size_t n, std::size_t i) { return can_be_taken(n, i); }).size();
    }

    // The branches that were never taken, in words: those that some sentence can take, deviations apart.
    std::vector<std::string> never_taken() const {
        return list([this](std::size_t n, std::size_t i) { return taken_[n][i] == 0 && can_be_taken(n, i); });
    }

    // The branches that no sentence can take, deviations apart: a slot that a profile leaves empty.
    std::vector<std::string> impossible() const {
        return list([this](std::size_t n, std::size_t i) { return !can_be_taken(n, i) && !is_deviation(n, i); });
    }

private:
    static std::size_t branches(const rule_node& node) {
        switch (node.kind) {
        case rule_kind::sor:
        case rule_kind::slot:
            return node.children.size();
        case rule_kind::star:
        case rule_kind::plus:
        case rule_kind::opt:
            return 2;
        case rule_kind::rep:
            return node.leaf.least == node.leaf.most ? 0 : 2;
        default:
            return 0;
        }
    }

    template <typename Wanted> std::vector<std::string> list(Wanted wanted) const {
        std::vector<std::string> all;
        for (std::size_t n = 0; n != graph_.size(); ++n) {
            const rule_node& node = graph_.node(n);
            for (std::size_t i = node.has_lead ? 1 : 0; i < taken_[n].size(); ++i) {
                if (graph_.walked(n) && wanted(n, i)) all.push_back(describe(node, i));
            }
        }
        return all;
    }

    bool can_be_taken(std::size_t n, std::size_t branch) const {
        const rule_kind kind = graph_.node(n).kind;
        const bool forks = kind == rule_kind::sor || kind == rule_kind::slot;
        if (!forks && branch == 0) return kind != rule_kind::plus || costs_.of(graph_.child(n, 0)) != rule_costs::never;
        return costs_.of(graph_.child(n, forks ? branch : 0)) != rule_costs::never;
    }

    bool is_deviation(std::size_t n, std::size_t branch) const {
        const rule_node& node = graph_.node(n);
        const bool forks = node.kind == rule_kind::sor || node.kind == rule_kind::slot;
        return node.child(forks ? branch : 0).kind == rule_kind::quirk;
    }

    static std::string describe(const rule_node& node, std::size_t branch) {
        std::string text(node.name.empty() ? node.type : node.name);
        if (node.kind == rule_kind::sor || node.kind == rule_kind::slot) {
            const rule_node& child = node.child(branch);
            text += " -> ";
            text += node.children[branch].word;
            text += " ";
            text += child.name.empty() ? child.type : child.name;
        } else {
            text += branch == 0 ? " -> none of " : " -> some of ";
            text += node.child(0).name.empty() ? node.child(0).type : node.child(0).name;
        }
        return text;
    }

    numbered_graph graph_;
    rule_costs costs_;
    std::vector<std::vector<std::size_t>> taken_;
};

} // namespace mailwire::test
