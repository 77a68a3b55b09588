// SPDX-License-Identifier: BSL-1.0
// Sentences of a client, made from the grammar: accepted, one unit each, and equal when their values are copied, written
// and read again.

#include "support/generate/profile_test.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailwire::imap {
namespace {

// What the grammar accepts and the writer refuses: RFC 2971 3.3 limits what may be sent in an ID, and how often.
const std::set<std::string> unwritable{"ID"};

TEST(CommandSentences, ComeBackFromFreshValues) {
    const auto report = test::expect_sound<everything, grammar::command, test::command_language<everything>>(
        "commands of everything", test::number_of_sentences(40));
    EXPECT_EQ(report.unwritable_words, unwritable);
}

TEST(CommandSentences, NoTwoAlternativesOfEverythingHaveOneId) {
    test::expect_no_id_twice(all_alternatives_of<everything>{});
}

} // namespace
} // namespace mailwire::imap
