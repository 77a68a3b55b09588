// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_texts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace mail_server {
namespace {

TEST(pop3_texts, finds_the_language_of_a_range) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"en", "en"}, {"EN", "en"}, {"en-GB", "en"}, {"de", "de"}, {"de-CH-1996", "de"}, {"*", "en"}, {"xx", ""},
        {"d", ""},    {"x-de", ""}, {"", ""},        {"-", ""},    {"den", ""},
    };
    for (const auto& [range, tag] : rows) {
        const auto found = tongue_for(range);
        EXPECT_EQ(found ? std::string_view(found->tag) : std::string_view(), tag) << range;
    }
}

TEST(pop3_texts, has_words_for_each) {
    EXPECT_STREQ(say::welcome.in(tongue::english), "welcome");
    EXPECT_STREQ(say::welcome.in(tongue::german), "willkommen");
}

} // namespace
} // namespace mail_server
