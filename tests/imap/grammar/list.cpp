// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/list.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B5-7
TEST(list, mailbox_list) {
    expect_rule<mailbox_list>({
        {"() \"/\" x", 8},
        {"() NIL INBOX", 12},
        {"() nil INBOX", 12},
        {"(\\Marked) \":\" Tables", 20},
        {"(\\Noselect \\XFuture) \"/\" \"a b\"", 30},
        {"() \"\\\\\" a", 9}, // L-4
        {"() \"\\\"\" a", 9},
        {"() \"/\" a]b", 10}, // L-2
        {"() \"/\" {3}\r\na b", 15},
        {"() \"/\" x (TAG (a (b)))", 22}, // L-28
        {"() \"/\" x ()", 11},
        {"(\\Marked \\Marked) \"/\" x", 23}, // P4 is for whoever reads the attributes
        {"() \"//\" x", refused},
        {"() \"\" x", refused},
        {"() \"\\/\" x", refused},
        {"() / x", refused},
        {"(Marked) \"/\" x", refused},
        {"(\\Marked ) \"/\" x", refused},
        {"() \"/\" ", refused},
        {"() \"/\"  x", refused},
        {"() \"/\"", refused},
    });
    for (const char* wire : {"() \"/\" x", "() NIL x", "() \"/\" x ()"}) {
        EXPECT_EQ(test::match<mailbox_list>(wire).tokens.size(), 4U) << wire;
    }
}

// L-28, A15, B8-8 to B8-10: what extends a LIST response; bare strings are no values (D5).
TEST(list, extended) {
    expect_rule<mbox_list_extended>({
        {"()", 2},
        {"(CHILDINFO (\"SUBSCRIBED\"))", 26},
        {"(\"OLDNAME\" (Old))", 17},
        {"(future (a \"b\") other 5)", 24},
        {"(tablecloth ((\"edge\" \"lacy\") (\"color\" \"red\")))", 46},
        {"(a 1:4,7)", 9},
        {"(a *)", 5},
        {"(a 0)", 5},
        {"(a 9223372036854775807)", 23},
        {"(a ())", 6},
        {"({1}\r\na ({1}\r\nb))", 17},
        {"(a \"text\")", refused},
        {"(a text)", refused},
        {"(a 9223372036854775808)", refused},
        {"(a)", refused},
        {"(a (()))", refused},
        {"(a (b c )", refused},
        {"(a 1:)", refused},
        {"a", refused},
    });
    const std::string deep = "(a " + std::string(65, '(') + "b" + std::string(65, ')') + ")";
    EXPECT_TRUE(test::match<mbox_list_extended>(deep).ok);
    const std::string deeper = "(a " + std::string(66, '(') + "b" + std::string(66, ')') + ")";
    EXPECT_EQ(test::match<mbox_list_extended>(deeper).fault, (error{errc::too_deep, 68, 65, 64}));
}

} // namespace
} // namespace mailwire::imap::grammar
