// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/status.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B3-15, B8-7
TEST(status, command) {
    expect_rule<grammar::status>({
        {" x (MESSAGES)", 13},
        {" \"a b\" (uidnext size)", 21},
        {" x ()", refused},
        {" x MESSAGES", refused},
        {" x (MESSAGES )", refused},
        {" x (FOO)", refused},
        {" (MESSAGES)", refused},
    });
    expect_rule<status_option>({{" (MESSAGES UNSEEN)", 18}, {" ()", refused}, {"(MESSAGES)", refused}, {"", refused}});
    expect_rule<grammar::status_att>({{"UNSEEN", 6}, {"unseen)", 6}, {"UNSEENS", refused}, {"5", refused}});
}

// B5-9
TEST(status, response) {
    expect_rule<detail::status_data>({
        {" x ()", 5},
        {" x (MESSAGES 5 X-FOO (a b))", 27},
        {" x", refused},
        {" x (MESSAGES)", refused},
    });
    expect_rule<status_att_list>({{"MESSAGES 1", 10}, {"UIDNEXT 1 SIZE 9", 16}, {"", refused}, {"UIDNEXT 0", refused}});
    expect_rule<status_att_val>({{"X-FOO 5", 7}, {"DELETED 0", 9}, {"X-FOO", refused}, {"X-FOO \"a\"", refused}});
}

} // namespace
} // namespace mailwire::imap::grammar
