// SPDX-License-Identifier: BSL-1.0
#include "inspect/pop3_context.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace inspect::test {
namespace {

using mailwire::pop3::answer_form;

TEST(pop3_context, knows_what_answers_what) {
    struct row {
        std::string_view words;
        answer_form form;
    };
    const std::vector<row> rows{
        {"", answer_form::text},
        {"single", answer_form::text},
        {"STAT", answer_form::drop_listing},
        {"LIST", answer_form::scan_listings},
        {"list 2", answer_form::scan_listing},
        {"list1", answer_form::scan_listing},
        {"UIDL", answer_form::unique_ids},
        {"UIDL 2", answer_form::unique_id},
        {"uidl1", answer_form::unique_id},
        {"CAPA", answer_form::capabilities},
        {"RETR 1", answer_form::body},
        {"retr", answer_form::body}, // a keyword without its arguments
        {"TOP", answer_form::body},
        {"USER", answer_form::text},
        {"DELE 3", answer_form::text},
    };
    for (const row& each : rows) {
        const auto found = pop3_context_of(each.words);
        ASSERT_TRUE(found) << each.words;
        EXPECT_EQ(found->form, each.form) << each.words;
        EXPECT_FALSE(found->greeting) << each.words;
    }
}

TEST(pop3_context, knows_the_greeting) {
    for (const std::string_view words : {"greeting", "(greeting)"}) {
        const auto found = pop3_context_of(words);
        ASSERT_TRUE(found) << words;
        EXPECT_TRUE(found->greeting) << words;
    }
}

TEST(pop3_context, guesses_nothing) {
    for (const std::string_view words : {"XTND", "XTND a b", "(sasl-response)", "RETRIEVE 1"}) {
        EXPECT_FALSE(pop3_context_of(words)) << words;
    }
}

} // namespace
} // namespace inspect::test
