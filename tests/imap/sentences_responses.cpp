// SPDX-License-Identifier: BSL-1.0
// Sentences of a server, made from the grammar: accepted, one unit each, and equal when their values are copied, written
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

TEST(ResponseSentences, ComeBackFromFreshValues) {
    const auto report = test::expect_sound<everything, grammar::response, test::response_language<everything>>(
        "responses of everything", test::number_of_sentences(55));
    EXPECT_EQ(report.unwritable_words, unwritable);
}

TEST(ResponseSentences, OfAGreetingComeBackFromFreshValues) {
    const auto report = test::expect_sound<everything, grammar::greeting, test::greeting_language<everything>>(
        "greetings of everything", test::number_of_sentences(5));
    EXPECT_EQ(report.unwritable, 0U);
}

} // namespace
} // namespace mailwire::imap
