// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/search.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// A9: RETURN, CHARSET, keys, in this order.
TEST(search, what_stands_behind_the_word) {
    expect_rule<grammar::search>({
        {" ALL\r\n", 4},
        {" RETURN () ALL", 14},
        {" RETURN (MIN MAX ALL COUNT SAVE) CHARSET UTF-8 SEEN", 51},
        {" return (save) 1:*,7 $", 22},
        {" CHARSET UTF-8", refused},
        {" RETURN ()", refused},
        {" RETURN ALL", refused},
        {" RETURN(ALL) ALL", refused},
        {" CHARSET X RETURN () ALL", refused},
        {"ALL", refused},
        {" ", refused},
    });
}

TEST(search, programs) {
    expect_rule<search_program>({
        {"ALL SEEN", 8},
        {"CHARSET \"a b\" ALL", 17},
        {"CHARSET x SINCE 1-Feb-1994 (OR 1 2)", 35},
        {"CHARSET {1}\r\nx ALL", refused},
        {"CHARSET ALL", refused},
        {"CHARSETX ALL", refused},
        {"", refused},
    });
}

// X-4466-6
TEST(search, return_options) {
    expect_rule<search_return_opts>({
        {" RETURN ()", 10},
        {" RETURN (MIN)", 13},
        {" RETURN (X-FOO 1:5 BAR (a b) ALL)", 33},
        {" RETURN (FOO \"x\")", refused},
        {" RETURN (MIN 1)", refused}, // P2
        {" RETURN ( )", refused},
        {" RETURN (MIN )", refused},
        {" RETURN", refused},
    });
    expect_rule<search_return_opt>(
        {{"SAVE)", 4}, {"MINX)", 4}, {"FOO (a) ", 7}, {"1", refused}, {"", refused}, {"MIN 5", 3}});
}

TEST(search, keys) {
    expect_rule<search_key>({
        {"ALL ", 3},
        {"1:*,5 ", 5},
        {"$", 1},
        {"(SEEN 1)", 8},
        {"NOT OR 1 (2)", 12},
        {"()", refused},
        {"X", refused},
        {"", refused},
    });
    const dialect rules{.forms = ~forms::message_numbers};
    expect_rule<search_key>({{"1", refused}, {"*", refused}, {"$", 1}, {"UID 1", 5}, {"(1)", refused}}, rules);
}

} // namespace
} // namespace mailwire::imap::grammar
