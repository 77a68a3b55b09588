// SPDX-License-Identifier: BSL-1.0
// PEGTL's search for rules that go round without taking an octet, over the graph of a grammar, so that slots are
// looked into with the alternatives of a profile.

#pragma once

#include "support/rule_graph.hpp"

#include <tao/pegtl/contrib/analyze.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailwire::test {

class grammar_analysis : public tao::pegtl::internal::analyze_cycles_impl {
public:
    explicit grammar_analysis(const rule_node& start, int verbose = 1) : analyze_cycles_impl(verbose) {
        for (const rule_node* n : all_reached(start))
            name_of(*n);
        for (const rule_node* n : all_reached(start))
            insert(*n);
    }

private:
    using type = tao::pegtl::internal::analyze_type;

    // Some compilers shorten the names of types: a number makes them different.
    std::string_view name_of(const rule_node& n) {
        const auto found = names_.find(&n);
        if (found != names_.end()) return found->second;
        const std::string_view name = owned_.emplace_back(std::string(n.type) + " #" + std::to_string(owned_.size()));
        names_[&n] = name;
        return name;
    }

    void insert(const rule_node& n) {
        std::vector<std::string_view> subs;
        for (const rule_child& c : n.children)
            subs.push_back(name_of(c.get()));
        const std::string_view name = name_of(n);
        switch (n.kind) {
        case rule_kind::sor:
            return add(name, type::sor, subs);
        case rule_kind::slot:
            return insert_slot(n, subs);
        case rule_kind::star:
            subs.push_back(name);
            return add(name, type::opt, subs);
        case rule_kind::plus:
            subs.push_back(owned_.emplace_back(std::string(name) + " again"));
            add(subs.back(), type::opt, {name});
            return add(name, type::seq, subs);
        case rule_kind::opt:
        case rule_kind::at:
        case rule_kind::not_at:
            return add(name, type::opt, subs);
        case rule_kind::rep:
            return add(name, n.leaf.least == 0 ? type::opt : type::seq, subs);
        case rule_kind::leaf:
            return add(name, takes_octets(n.leaf) ? type::any : type::opt, subs);
        case rule_kind::seq:
        case rule_kind::form:
        case rule_kind::utf8:
        case rule_kind::quirk:
        case rule_kind::deeper:
        case rule_kind::custom:
            return add(name, type::seq, subs);
        }
    }

    // The lead, then the word of an alternative and its tail, or what an unknown word looks like.
    void insert_slot(const rule_node& n, std::vector<std::string_view> subs) {
        const std::string_view name = name_of(n);
        std::vector<std::string_view> branches;
        for (std::size_t i = n.has_lead ? 1 : 0; i != n.children.size(); ++i) {
            const std::string_view word = n.children[i].word;
            const std::string_view branch = owned_.emplace_back(std::string(name) + " " + std::string(word));
            const std::string_view octets = owned_.emplace_back(std::string(branch) + " word");
            add(octets, word.empty() ? type::opt : type::any, {});
            add(branch, type::seq, {octets, subs[i]});
            branches.push_back(branch);
        }
        const std::string_view fork = owned_.emplace_back(std::string(name) + " fork");
        add(fork, type::sor, branches);
        add(name, type::seq, n.has_lead ? std::vector{subs.front(), fork} : std::vector{fork});
    }

    void add(std::string_view name, type how, const std::vector<std::string_view>& subs) {
        m_entries.try_emplace(name, how).first->second.subs = subs;
    }

    static bool takes_octets(const rule_leaf& leaf) {
        switch (leaf.kind) {
        case leaf_kind::none:
        case leaf_kind::nothing:
        case leaf_kind::rest_of_unit:
            return false;
        case leaf_kind::octets:
        case leaf_kind::utf8_octets:
            return leaf.least != 0;
        case leaf_kind::exact:
        case leaf_kind::word:
            return !leaf.word.empty();
        default:
            return true;
        }
    }

    std::deque<std::string> owned_;
    std::unordered_map<const rule_node*, std::string_view> names_;
};

// The number of places where a rule comes back to itself without having taken an octet; 0 is good.
inline std::size_t loops_in(const rule_node& start, int verbose = 1) {
    return grammar_analysis(start, verbose).problems();
}

} // namespace mailwire::test
