// SPDX-License-Identifier: BSL-1.0
// What has to hold of every profile, a program's own among them:
//
//   struct mine : mailwire::profile<my_item, mailwire::imap::rfc9051> {};
//   TEST(Mine, IsSound) { mailwire::test::expect_sound_profile<mine>(3000); }
//
// No rule goes round without taking an octet. No word stands twice in a slot. Sentences of each start rule are accepted,
// framed as one unit, and come back equal when their values are copied, written and parsed again; each alternative reads
// all tokens of its item; every branch of every rule is taken.

#pragma once

#include "run.hpp"

#include "support/grammar_analysis.hpp"

#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/forms.hpp"
#include "mailwire/imap/grammar/response.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mailwire::test {

// The dialects sentences are made in, most of them in the first, which has everything.
inline std::vector<dialect> dialects_of_sentences() {
    std::vector<dialect> all(1);
    all.push_back({.utf8 = false, .literals = literal_form::synchronizing, .forms = ~imap::forms::rev2});
    all.push_back({.literals = literal_form::plus, .forms = ~imap::forms::rev1});
    all.push_back({.forms = ~(imap::forms::rev1 | imap::forms::message_numbers)});
    all.push_back({.utf8 = false, .forms = ~imap::forms::no_text});
    return all;
}

// In every slot each word, and each id, belongs to one alternative.
inline void expect_no_word_twice(const rule_node& start) {
    for (const rule_node* n : all_reached(start)) {
        if (n->kind != rule_kind::slot) continue;
        for (std::size_t i = 0; i != n->children.size(); ++i) {
            for (std::size_t k = i + 1; k != n->children.size(); ++k) {
                const std::string_view word = n->children[i].word;
                EXPECT_FALSE(!word.empty() && equal_ignoring_case(word, n->children[k].word)) << n->type << " " << word;
            }
        }
    }
}

template <typename... Alternatives> void expect_no_id_twice(pegtl::type_list<Alternatives...>) {
    std::vector<std::uint32_t> ids{id_of<Alternatives>...};
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

// `sentences` is how many are made in all. Returns the report it prints.
template <typename Profile, typename Start, typename Language>
sentence_report expect_sound(const char* name, std::size_t sentences,
                             const std::vector<std::string>& not_reached = {}) {
    const rule_node& start = rule_graph<Start, Profile>();
    EXPECT_EQ(loops_in(start), 0U) << name;
    expect_no_word_twice(start);
    choice_tally tally(start);
    sentence_report all;
    const auto dialects = dialects_of_sentences();
    for (std::size_t i = 0; i != dialects.size(); ++i) {
        const std::size_t n = i == 0 ? sentences - sentences / 10 * (dialects.size() - 1) : sentences / 10;
        all.add(run_sentences<Profile, Language>(tally, dialects[i], n, i << 40U));
        if (all.failed != 0) break;
    }
    all.print(name, tally);
    EXPECT_EQ(tally.never_taken(), not_reached) << name;
    return all;
}

// The two halves of expect_sound_profile(), for profiles so large that they are compiled apart.
template <typename Profile> void expect_sound_responses(std::size_t sentences) {
    expect_sound<Profile, imap::grammar::response, response_language<Profile>>("response", sentences - sentences / 6);
    expect_sound<Profile, imap::grammar::greeting, greeting_language<Profile>>("greeting", sentences / 6);
}
template <typename Profile> void expect_sound_commands(std::size_t sentences) {
    expect_sound<Profile, imap::grammar::command, command_language<Profile>>("command", sentences);
}

template <typename Profile> void expect_sound_profile(std::size_t sentences) {
    expect_no_id_twice(all_alternatives_of<Profile>{});
    expect_sound_responses<Profile>(sentences * 3 / 5);
    expect_sound_commands<Profile>(sentences * 2 / 5);
}

} // namespace mailwire::test
