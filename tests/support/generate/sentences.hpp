// SPDX-License-Identifier: BSL-1.0
// Makes sentences of a grammar: walks its graph and takes at each fork a branch it has seldom taken.

#pragma once

#include "choices.hpp"
#include "leaves.hpp"
#include "source.hpp"

#include "support/rule_graph.hpp"

#include "mailwire/core/chars.hpp"
#include "mailwire/core/input.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailwire::test {

// How large a sentence may grow before only the shortest ways are taken.
struct sentence_size {
    std::size_t octets = 400;
    std::size_t nesting = 6;
};

class sentence_maker {
public:
    // `tally` counts the branches; it may be shared by the makers of one graph.
    sentence_maker(choice_tally& tally, const dialect& rules) : tally_(tally), costs_(tally.graph(), rules) {
        setting_.rules = rules;
    }

    // Makes a sentence. False where what has to follow, or must not, came out otherwise time and again.
    bool make(decisions& from, const sentence_size& size = {}) {
        size_ = size;
        for (int attempt = 0; attempt != 20; ++attempt) {
            out_.clear();
            checks_.clear();
            taken_.clear();
            nesting_ = 0;
            level_ = 0;
            if (walk(from, 0) && looked_ahead_well()) return true;
            ++given_up_;
        }
        return false;
    }

    const std::string& sentence() const { return out_; }

    // The sentence was a good one: its branches count.
    void count() {
        for (const auto& [node, branch] : taken_)
            tally_.count(node, branch);
    }

    std::size_t given_up() const { return given_up_; }

private:
    struct check {
        std::size_t node;
        std::size_t at;
        std::size_t level; // of the seq it is a part of
    };
    struct state {
        std::size_t octets, checks, taken;
    };

    state mark() const { return {out_.size(), checks_.size(), taken_.size()}; }
    void rewind(const state& s) {
        out_.resize(s.octets);
        checks_.resize(s.checks);
        taken_.resize(s.taken);
    }

    bool tight(const decisions& from) const {
        return out_.size() >= size_.octets || nesting_ >= size_.nesting || from.exhausted();
    }

    bool walk(decisions& from, std::size_t n) {
        const rule_node& node = tally_.graph().node(n);
        switch (node.kind) {
        case rule_kind::seq:
        case rule_kind::custom:
            return seq(from, n);
        case rule_kind::sor:
            return walk_child(from, n, choose(from, n, 0, node.children.size()));
        case rule_kind::slot:
            return slot(from, n);
        case rule_kind::star:
        case rule_kind::plus:
        case rule_kind::opt:
        case rule_kind::rep:
            return repeat(from, n);
        case rule_kind::at:
        case rule_kind::not_at:
            checks_.push_back({n, out_.size(), level_});
            return true;
        case rule_kind::form:
            return (setting_.rules.forms & node.leaf.bit) != 0 && walk_child(from, n, 0);
        case rule_kind::utf8:
            return setting_.rules.utf8 && walk_child(from, n, 0);
        case rule_kind::quirk:
            return false;
        case rule_kind::deeper: {
            if (nesting_ == setting_.rules.depth) return false;
            ++nesting_;
            const bool result = walk_child(from, n, 0);
            --nesting_;
            return result;
        }
        case rule_kind::leaf:
            return leaf(from, node.leaf);
        }
        return false;
    }

    bool walk_child(decisions& from, std::size_t n, std::size_t child) {
        return child != none && walk(from, tally_.graph().child(n, child));
    }

    bool leaf(decisions& from, const rule_leaf& what) {
        setting_.room = out_.size() < size_.octets && !from.exhausted() ? size_.octets * 16 : 8;
        return leaf_maker(out_, from, setting_).make(what);
    }

    // What is looked at ahead is judged as soon as something stands there, so that only this part is made anew.
    bool seq(decisions& from, std::size_t n) {
        const rule_node& node = tally_.graph().node(n);
        const state start = mark();
        const std::uint16_t nesting = nesting_;
        const std::size_t level = level_;
        for (int attempt = 0; attempt != 16; ++attempt) {
            level_ = level + 1;
            const bool made = in_turn(from, n, attempt > 4) && looked_ahead_well(start.checks, level + 1) &&
                              (node.kind != rule_kind::custom ||
                               node.matches(std::string_view(out_).substr(start.octets), setting_.rules));
            level_ = level;
            if (made) return true;
            rewind(start);
            nesting_ = nesting;
        }
        return false;
    }

    // `led`: what must follow is made first and the run of octets that has to begin with it goes on from there.
    bool in_turn(decisions& from, std::size_t n, bool led) {
        const rule_node& node = tally_.graph().node(n);
        if (node.children.empty() && node.kind == rule_kind::custom) return false;
        for (std::size_t i = 0; i != node.children.size(); ++i) {
            if (!walk_child(from, n, i)) return false;
            const rule_node& child = node.child(i);
            if (led && child.kind == rule_kind::at && i + 1 != node.children.size() &&
                node.child(i + 1).leaf.kind == leaf_kind::octets && !walk_child(from, tally_.graph().child(n, i), 0)) {
                return false;
            }
        }
        return true;
    }

    // The checks of one seq, as far as there is something behind their place.
    bool looked_ahead_well(std::size_t first, std::size_t level) const {
        for (std::size_t i = first; i != checks_.size(); ++i) {
            if (checks_[i].level == level && checks_[i].at != out_.size() && !holds(checks_[i])) return false;
        }
        return true;
    }

    // All checks, of the whole sentence.
    bool looked_ahead_well() const {
        return std::all_of(checks_.begin(), checks_.end(), [this](const check& c) { return holds(c); });
    }

    bool holds(const check& c) const {
        const rule_node& node = tally_.graph().node(c.node);
        return node.matches(std::string_view(out_).substr(c.at), setting_.rules);
    }

    bool repeat(decisions& from, std::size_t n) {
        const rule_node& node = tally_.graph().node(n);
        std::size_t least = node.kind == rule_kind::plus ? 1 : 0;
        std::size_t most = node.kind == rule_kind::opt ? 1 : any_number;
        if (node.kind == rule_kind::rep) {
            least = node.leaf.least;
            most = node.leaf.most;
        }
        const bool can_go_on = costs_.of(tally_.graph().child(n, 0)) != rule_costs::never;
        std::size_t times = least;
        if (least != most) {
            const std::size_t branch = tight(from) || !can_go_on ? 0 : choose(from, n, 0, 2);
            taken_.emplace_back(n, branch);
            if (branch == 1) {
                ++times;
                while (times < most && !from.one_in(2))
                    ++times;
            }
        }
        for (std::size_t i = 0; i != times; ++i) {
            if (i > least && tight(from)) break;
            if (!walk_child(from, n, 0)) return false;
        }
        return true;
    }

    bool slot(decisions& from, std::size_t n) {
        const rule_node& node = tally_.graph().node(n);
        if (node.has_lead && !walk_child(from, n, 0)) return false;
        const std::size_t branch = choose(from, n, node.has_lead ? 1 : 0, node.children.size());
        if (branch == none) return false;
        const std::string_view word = node.children[branch].word;
        if (word.empty()) return unknown_word(from, n, branch);
        const bool quotes = node.maybe_quoted && from.one_in(4);
        if (quotes) out_ += '"';
        leaf_maker(out_, from, setting_).word(word);
        if (quotes) out_ += '"';
        return walk_child(from, n, branch);
    }

    bool unknown_word(decisions& from, std::size_t n, std::size_t branch) {
        const state start = mark();
        for (int attempt = 0; attempt != 16; ++attempt) {
            if (!walk_child(from, n, branch)) return false;
            if (!begins_with_a_word(tally_.graph().node(n), std::string_view(out_).substr(start.octets))) return true;
            rewind(start);
        }
        return false;
    }

    static bool begins_with_a_word(const rule_node& slot, std::string_view text) {
        if (slot.maybe_quoted && text.starts_with('"')) text.remove_prefix(1);
        for (const rule_child& c : slot.children) {
            const std::size_t n = c.word.size();
            if (n == 0 || text.size() < n || !equal_ignoring_case(text.substr(0, n), c.word)) continue;
            if (text.size() == n || c.word.back() == '[' || !mailwire::detail::word_octets.contains(text[n]))
                return true;
        }
        return false;
    }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // A branch between `first` and `last`: one that has been taken seldom, or the shortest where there is no more room.
    // What a repetition is made of is no branch of its own: 0 is to end, 1 to go on.
    std::size_t choose(decisions& from, std::size_t n, std::size_t first, std::size_t last) {
        const rule_kind kind = tally_.graph().node(n).kind;
        const bool forks = kind == rule_kind::sor || kind == rule_kind::slot;
        const auto cost = [&](std::size_t i) { return forks ? costs_.of(tally_.graph().child(n, i)) : 0; };
        std::uint32_t least = rule_costs::never;
        for (std::size_t i = first; i != last; ++i)
            least = std::min(least, cost(i));
        if (least == rule_costs::never) return none;
        const bool shortest = forks && tight(from);
        const auto weight = [&](std::size_t i) -> std::size_t {
            if (cost(i) == rule_costs::never || (shortest && cost(i) != least)) return 0;
            return shortest || from.from_octets() ? 1 : tally_.weight(n, i);
        };
        std::size_t all = 0;
        for (std::size_t i = first; i != last; ++i)
            all += weight(i);
        std::size_t at = from.below(all);
        std::size_t branch = first;
        while (at >= weight(branch))
            at -= weight(branch++);
        if (forks) taken_.emplace_back(n, branch);
        return branch;
    }

    choice_tally& tally_;
    rule_costs costs_;
    leaf_setting setting_;
    sentence_size size_;
    std::string out_;
    std::vector<check> checks_;
    std::vector<std::pair<std::size_t, std::size_t>> taken_;
    std::size_t given_up_ = 0;
    std::size_t level_ = 0;
    std::uint16_t nesting_ = 0;
};

} // namespace mailwire::test
