// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/dates.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// L-16
TEST(dates, date) {
    expect_rule<date>({
        {"1-Feb-1994", 10},
        {"01-Feb-1994 ", 11},
        {"\"1-feb-1994\"", 12},
        {"31-DEC-9999", 11},
        {"1-Feb-19945", 10},
        {"0-Feb-1994", 10}, // the ABNF says DIGIT: which days a month has is no syntax
        {" 1-Feb-1994", refused},
        {"100-Feb-1994", refused},
        {"1-Feb-94", refused},
        {"1-2-1994", refused},
        {"1 Feb 1994", refused},
        {"\"1-Feb-1994", refused},
        {"", refused},
    });
    for (const char* month : months) {
        expect_rule<date>({{std::string("1-") + month + "-2000", 10}});
    }
    EXPECT_EQ(test::match<date>("\"1-Feb-1994\"").tokens.at(0).size(), 10U);
}

// L-17
TEST(dates, date_time) {
    expect_rule<date_time>({
        {"\"17-Jul-1996 02:44:25 -0700\"", 28},
        {"\" 7-Feb-1994 21:52:25 +0000\"", 28},
        {"\"07-Feb-1994 21:52:25 -0800\"", 28},
        {"\"7-Feb-1994 21:52:25 -0800\"", refused},
        {"\" 17-Feb-1994 21:52:25 -0800\"", refused},
        {"\"17-Feb-1994 21:52:25 0800\"", refused},
        {"\"17-Feb-1994 21:52:25 GMT\"", refused},
        {"\"17-Feb-1994 1:52:25 +0800\"", refused},
        {"\"17-Feb-1994  21:52:25 +0800\"", refused},
        {"\"17-Feb-1994 21:52 +0800\"", refused},
        {"\"17-Feb-1994 21:52:25 +08000\"", refused},
        {"17-Feb-1994 21:52:25 +0800", refused},
        {"", refused},
    });
    const auto result = test::match<date_time>("\"17-Jul-1996 02:44:25 -0700\"");
    ASSERT_EQ(result.tokens.size(), 1U);
    EXPECT_EQ(result.tokens[0].offset, 1U);
    EXPECT_EQ(result.tokens[0].size(), 26U);
}

TEST(dates, end_where_they_are_cut) {
    constexpr std::string_view whole = "\"17-Jul-1996 02:44:25 -0700\"";
    for (std::size_t size = 0; size != whole.size(); ++size) {
        expect_rule<date_time>({{whole.substr(0, size), refused}});
    }
}

} // namespace
} // namespace mailwire::imap::grammar
