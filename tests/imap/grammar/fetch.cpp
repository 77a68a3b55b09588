// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/fetch.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B4-7, B4-8
TEST(fetch, what_stands_behind_the_word) {
    expect_rule<grammar::fetch>({
        {" 1 FLAGS\r\n", 8},
        {" 1:* (FLAGS UID)\r\n", 16},
        {" $ ALL\r\n", 6},
        {" 1 full\r\n", 7},
        {" 1 FAST (FOO)\r\n", 13},
        {" 1 ALLX", refused},
        {" 1 (ALL)", refused},
        {" 1 ()", refused},
        {" 1", refused},
        {" FLAGS", refused},
        {"1 FLAGS", refused},
    });
    // Set, items, modifiers: the last is there or its absence is.
    EXPECT_EQ(test::match<grammar::fetch>(" 1 ALL").tokens.size(), 3U);
    EXPECT_EQ(test::match<grammar::fetch>(" 1 UID").tokens.size(), 4U);
    EXPECT_EQ(test::match<grammar::fetch>(" 1 ALL (X 1 Y)").tokens.size(), 9U);
}

// X-4466-4
TEST(fetch, modifiers) {
    expect_rule<fetch_modifiers>({
        {" (FOO)", 6},
        {" (FOO 5 BAR (a b) BAZ 1:*)", 26},
        {" (foo.bar:1 ())", 15},
        {" ()", refused},
        {" (FOO )", refused},
        {" (FOO \"x\")", refused},
        {" (5)", refused},
        {" FOO", refused},
        {"(FOO)", refused},
    });
    expect_rule<fetch_modifier>({{"FOO 5)", 5}, {"FOO)", 3}, {"1", refused}, {"(FOO)", refused}, {"", refused}});
}

TEST(fetch, items) {
    expect_rule<fetch_att>({{"FLAGS)", 5},
                            {"BODY[1.TEXT]<0.5>)", 17},
                            {"BINARY.PEEK[]", 13},
                            {"BINARY.SIZE[1]<0.5>", 14},
                            {"FLAGSX", refused},
                            {"X-FOO", refused},
                            {"", refused}});
    expect_rule<msg_att>(
        {{"(UID 1 FLAGS ())\r\n", 16}, {"(X-FOO NIL)", 11}, {"()", refused}, {"UID 1", refused}, {"(UID 1", refused}});
}

} // namespace
} // namespace mailwire::imap::grammar
