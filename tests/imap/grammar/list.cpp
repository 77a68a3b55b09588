// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/list.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B3-10 to B3-13, A22
TEST(list, command) {
    expect_rule<grammar::list>({
        {" \"\" *", 5},
        {" #news. \"%\"", 11},
        {" () \"\" *", 8},
        {" (SUBSCRIBED) \"\" % RETURN ()", 28},
        {" \"\" (a \"b c\" *)", 15},
        {" \"\" (a) RETURN (CHILDREN)", 25},
        {" \"\" RETURN", 10}, // a pattern
        {" \"\" ()", refused},
        {" \"\" (a )", refused},
        {" \"\" ((a))", refused},
        {" \"\"", refused},
        {" * \"\"", refused},
        {" (SUBSCRIBED)\"\" *", refused},
        {" (SUBSCRIBED) \"\"", refused},
        {" \"\" * RETURN CHILDREN", 5},
        {" \"\" *  RETURN (CHILDREN)", 5},
    });
    EXPECT_EQ(test::match<grammar::list>(" \"\" *").tokens.size(), 4U);
    EXPECT_EQ(test::match<grammar::list>(" () \"\" (a b) RETURN ()").tokens.size(), 6U);
    expect_rule<mbox_or_pat>({{"*", 1}, {"(* %)", 5}, {"()", refused}, {"", refused}});
    expect_rule<patterns>({{"(*)", 3}, {"*", refused}, {"()", refused}});
}

// P5, B8-2 to B8-4, L-29, X-5258-2
TEST(list, selection_options) {
    expect_rule<list_select_opts>({
        {"()", 2},
        {"(REMOTE)", 8},
        {"(SUBSCRIBED)", 12},
        {"(subscribed Remote)", 19},
        {"(SUBSCRIBED RECURSIVEMATCH)", 27},
        {"(RECURSIVEMATCH SUBSCRIBED)", 27},
        {"(REMOTE RECURSIVEMATCH SUBSCRIBED)", 34},
        {"(SPECIAL-USE)", 13},
        {"(RECURSIVEMATCH X-OPT)", 22}, // which may be a base option
        {"(RECURSIVEMATCHES)", 18},
        {"(X-OPT (\"a\" (b c)))", 19},
        {"(vendor.acme-x (a (b \"c\")))", 27},
        {"(RECURSIVEMATCH)", refused},
        {"(REMOTE RECURSIVEMATCH)", refused},
        {"(recursivematch remote)", refused},
        {"(RECURSIVEMATCH SPECIAL-USE REMOTE)", refused},
        {"(RECURSIVEMATCH RECURSIVEMATCH)", refused},
        {"(SUBSCRIBED )", refused},
        {"( SUBSCRIBED)", refused},
        {"(FOO ())", refused},
        {"(\"SUBSCRIBED\")", refused},
        {"SUBSCRIBED", refused},
    });
    expect_rule<list_select_opt>({{"SUBSCRIBED", 10}, {"X (a)", 5}, {"(", refused}});
    expect_rule<list_select_independent_opt>({{"REMOTE", 6}, {"special-use)", 11}, {"REMOTES", refused}});
    expect_rule<list_select_mod_opt>({{"RECURSIVEMATCH ", 14}, {"RECURSIVE", refused}});
    expect_rule<list_select_base_opt>({{"SUBSCRIBED", 10}, {"vendor.a-b", 10}, {"X", 1}, {"\"", refused}});
}

// B8-5 to B8-7
TEST(list, return_options) {
    expect_rule<list_return_opts>({
        {"RETURN ()", 9},
        {"return (SUBSCRIBED children)", 28},
        {"RETURN (STATUS (MESSAGES UNSEEN))", 33},
        {"RETURN (X-RET (1) CHILDREN)", 27},
        {"RETURN (STATUS ())", refused},
        {"RETURN (STATUS)", refused},
        {"RETURN (STATUS (FOO))", refused},
        {"RETURN CHILDREN", refused},
        {"RETURN(CHILDREN)", refused},
        {"RETURN", refused},
    });
    expect_rule<list_return_opt>({{"CHILDREN", 8}, {"X-RET (1)", 9}, {"(", refused}});
    expect_rule<return_option>({{"SUBSCRIBED", 10}, {"STATUS (SIZE)", 13}, {"STATUS", refused}});
}

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

// P4, B8-11 to B8-16
TEST(list, attributes) {
    const dialect tolerant{.quirks = quirks::contradicting_attributes};
    for (const std::string good :
         {"\\Noinferiors", "\\Noselect", "\\NonExistent \\Subscribed \\HasChildren", "\\Remote \\marked \\XFuture",
          "\\Unmarked \\HasNoChildren", "\\Nonexistents \\Noselect", "\\HasChildren \\HasChildrenX", "\\a \\b \\ab"}) {
        expect_rule<mbx_list_flags>({{good + ")", good.size()}});
    }
    for (const std::string bad :
         {"\\Marked \\Marked", "\\Marked \\UNMARKED", "\\Noselect \\X \\NonExistent", "\\HasChildren \\HasNoChildren",
          "\\X \\hasnochildren \\Marked \\HasChildren", "\\Sent \\sent", "\\Subscribed \\a \\Subscribed"}) {
        expect_rule<mbx_list_flags>({{bad + ")", refused}});
        expect_rule<mbx_list_flags>({{bad + ")", bad.size()}}, tolerant);
        expect_rule<mbx_list_flags>({{bad + ")", refused}}, {.quirks = ~quirks::contradicting_attributes});
    }
    expect_rule<mbx_list_flags>({{"Marked)", refused}, {"\\Marked", refused}, {"", refused}});
    expect_rule<mbx_list_sflag>({{"\\Marked", 7}, {"\\NOSELECT)", 9}, {"\\Markedly", refused}, {"\\X", refused}});
    expect_rule<mbx_list_oflag>({{"\\Remote", 7}, {"\\HasChildren", 12}, {"\\Marked", refused}, {"X", refused}});
    expect_rule<child_mbox_flag>({{"\\HasChildren", 12}, {"\\hasnochildren", 14}, {"\\HasChildrenX", refused}});
}

// A list without end costs no more than its length.
TEST(list, many_attributes) {
    std::string many;
    for (int i = 0; i != 20000; ++i)
        many += "\\A" + std::to_string(i) + " ";
    many.back() = ')';
    expect_rule<mbx_list_flags>({{many, many.size() - 1}});
    many.back() = ' ';
    expect_rule<mbx_list_flags>({{many + "\\a7)", refused}});
}

// L-28, A15, B8-8 to B8-10: what extends a LIST response; bare strings are no values (D5).
TEST(list, extended) {
    expect_rule<mbox_list_extended>({
        {"()", 2},
        {"(CHILDINFO (\"SUBSCRIBED\"))", 26},
        {"(\"childinfo\" (\"SUBSCRIBED\" \"X\"))", 32},
        {"(\"OLDNAME\" (Old))", 17},
        {"(OLDNAME (\"a b\"))", 17},
        {"(future (a \"b\") other 5)", 24},
        {"(\"vendor.acme-tag\" (1))", 23}, // L-29
        {"(tablecloth ((\"edge\" \"lacy\") (\"color\" \"red\")))", 46},
        {"(a 1:4,7)", 9},
        {"(a *)", 5},
        {"(a 0)", 5},
        {"(a 9223372036854775807)", 23},
        {"(a ())", 6},
        {"(a ({1}\r\nb))", 12},
        {"(CHILDINFO (SUBSCRIBED))", refused}, // P6
        {"(CHILDINFO ())", refused},
        {"(CHILDINFO ({10}\r\nSUBSCRIBED))", refused},
        {"(OLDNAME ())", refused},
        {"(OLDNAME (a b))", refused},
        {"(OLDNAME 5)", refused}, // P2
        {"(\"a b\" 5)", refused}, // a tag is an atom
        {"(a]b 5)", refused},
        {"({1}\r\na 5)", refused},
        {"(a \"text\")", refused},
        {"(a text)", refused},
        {"(a 9223372036854775808)", refused},
        {"(a)", refused},
        {"(a (()))", refused},
        {"(a (b c )", refused},
        {"(a 1:)", refused},
        {"a", refused},
    });
    expect_rule<mbox_list_extended_item>({{"a 5", 3}, {"OLDNAME (x)", 11}, {"5", refused}});
    expect_rule<childinfo_extended_item>({{" (\"A\" \"B\")", 10}, {" ()", refused}});
    expect_rule<oldname_extended_item>({{" (a)", 4}, {" a", refused}});
    expect_rule<list_select_base_opt_quoted>({{"\"SUBSCRIBED\"", 12}, {"\"\"", refused}, {"X", refused}});
    const std::string deep = "(a " + std::string(65, '(') + "b" + std::string(65, ')') + ")";
    EXPECT_TRUE(test::match<mbox_list_extended>(deep).ok);
    const std::string deeper = "(a " + std::string(66, '(') + "b" + std::string(66, ')') + ")";
    EXPECT_EQ(test::match<mbox_list_extended>(deeper).fault, (error{errc::too_deep, 68, 65, 64}));
}

} // namespace
} // namespace mailwire::imap::grammar
