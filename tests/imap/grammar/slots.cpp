// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/slots.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using namespace std::string_view_literals;
using test::expect_rule;
using test::refused;

TEST(slots, rest_of_a_unit_ends_before_its_last_line_end) {
    expect_rule<rest_of_unit>({{"\r\n", 0}, {"abc\r\n", 3}, {"{3}\r\na\0b)\r\n"sv, 9}, {"\r", refused}, {"", refused}});
    token storage[2];
    input in("ab {3}\r\n", storage);
    in.expect_literal_at_end();
    EXPECT_FALSE((lean<rest_of_unit>::match<apply_mode::action, rewind_mode::active, pegtl::nothing, lean>(in)));
    EXPECT_TRUE(in.stopped());
}

TEST(slots, unknown_words) {
    expect_rule<detail::unknown_data>(
        {{"XFOO\r\n", 4}, {"XFOO 1 (a)\r\n", 10}, {"XFOO \r\n", 5}, {"(a)\r\n", refused}, {"-1 A\r\n", refused}});
    EXPECT_EQ(test::match<detail::unknown_data>("XFOO\r\n").tokens.size(), 2U);
    EXPECT_EQ(test::match<detail::unknown_data>("XFOO a\r\n").tokens.size(), 2U);
    // A2: an unknown code goes up to the first "]", whatever stands before it.
    expect_rule<detail::unknown_code>({
        {"X-FOO]", 5},
        {"X-FOO 0]", 7},
        {"X-FOO \"a]b\"]", 8},
        {"X-FOO (a (b]", 11},
        {"X-FOO ]", 5},
        {"X-FOO a\rb]", 7},
        {"]", refused},
    });
}

// L-1: one value follows an unknown item, and nothing is known of it but its brackets.
TEST(slots, unknown_values) {
    expect_rule<detail::unknown_item>({
        {"X 5", 3},
        {"X (a b)", 7},
        {"X ()", 4},
        {"X \"a b\" c", 7},
        {"X NIL)", 5},
        {"X ~{3}\r\na\0b)"sv, 11},
        {"X {1}\r\n(", 8},
        {"X ((a) (b (c)) \"d\")", 19},
        {"X.Y-Z<0>[1 a", 12},
        {"X.Y[1] a", refused},
        {"X (\\a b]c \\d)", 13},
        {"X (a  b)", refused},
        {"X (a", refused},
        {"X ", refused},
        {"X", refused},
        {"X (\\)", refused},
        {"X (\\\\a)", refused},
        {"X (a*b)", refused},
    });
    EXPECT_EQ(test::match<detail::unknown_item>("X ((a) (b (c)) \"d\")").tokens.size(), 2U);
    // C4, C5
    EXPECT_TRUE(test::match<detail::unknown_value>(std::string(64, '(') + std::string(64, ')')).ok);
    EXPECT_EQ(test::match<detail::unknown_value>(std::string(65, '(') + std::string(65, ')')).fault,
              (error{errc::too_deep, 64, 65, 64}));
    EXPECT_EQ(test::match<detail::unknown_value>(std::string(100000, '(')).fault, (error{errc::too_deep, 64, 65, 64}));
}

} // namespace
} // namespace mailwire::imap::grammar
