// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/mailbox_command.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

template <typename... Rules> void expect_one_mailbox() {
    (expect_rule<Rules>({{" a", 2}, {" \"a b\"", 6}, {" {1}\r\na", 7}, {"", refused}, {"a", refused}, {" ", refused}}),
     ...);
}

TEST(mailbox_command, one_mailbox) {
    expect_one_mailbox<create, delete_, subscribe, unsubscribe, select, examine>();
    expect_rule<grammar::rename>(
        {{" a b", 4}, {" a \"b c\"", 8}, {" a", refused}, {" a ", refused}, {" a  b", refused}});
}

// B3-3, L-27, L-28
TEST(mailbox_command, parameters_of_select) {
    expect_rule<grammar::select>({
        {" x (FOO)", 8},
        {" x (FOO 5 BAR)", 14},
        {" x (FOO.bar:1 (a))", 18},
        {" x (FOO ())", 11},
        {" x (FOO 1:*,5)", 14},
        {" x ()", 2},
        {" x (FOO \"a\")", 2},
        {" x (1)", 2},
        {" x (FOO )", 2},
        {" x  (FOO)", 2},
    });
    expect_rule<select_param>({{"FOO", 3}, {"FOO (a b)", 9}, {"(", refused}, {"5", refused}});
    expect_rule<select_params>({{" (FOO BAR)", 10}, {"(FOO)", refused}, {" ()", refused}});
    EXPECT_EQ(test::match<grammar::select>(" x").tokens.size(), 2U);
    EXPECT_EQ(test::match<examine>(" x (FOO 5 BAR)").tokens.size(), 8U);
}

} // namespace
} // namespace mailwire::imap::grammar
