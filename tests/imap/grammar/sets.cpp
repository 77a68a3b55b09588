// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/sets.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// L-13, L-14, B5, B7
TEST(sets, sequence_set) {
    expect_rule<sequence_set>({
        {"1", 1},
        {"4294967295 ", 10},
        {"*", 1},
        {"*:*", 3},
        {"4:2", 3},
        {"*:4,5:7 ", 7},
        {"2,4:7,9,12:*", 12},
        {"1:4294967295", 12},
        {"$", 1},
        {"$,1", 1},
        {"1:", 1},
        {"1,,2", 1},
        {"1,2,", 3},
        {"1:2:3", 3},
        {"1,$", 1},
        {":1", refused},
        {"0", refused},
        {"01", refused},
        {"-1", refused},
        {"+1", refused},
        {"4294967296", refused},
        {"1,4294967296", 1},
        {"", refused},
        {"x", refused},
    });
}

// L-15: no "*", no "$", no 0
TEST(sets, uid_set) {
    expect_rule<uid_set>({
        {"1", 1},
        {"304,319:320 ", 11},
        {"1:4294967295", 12},
        {"320:319", 7},
        {"1:*", 1},
        {"1,0", 1},
        {"*", refused},
        {"$", refused},
        {"0", refused},
        {"0:1", refused},
        {"", refused},
    });
}

TEST(sets, ranges_and_their_ends) {
    expect_rule<seq_range>({{"1:2,3", 3},
                            {"*:4", 3},
                            {"4:*", 3},
                            {"4:2", 3},
                            {"1", refused},
                            {"1:", refused},
                            {"$:1", refused},
                            {"1:0", refused}});
    expect_rule<uid_range>({{"1:2,3", 3}, {"4:2", 3}, {"1", refused}, {"1:*", refused}, {"*:1", refused}});
    expect_rule<uniqueid>({{"1:2", 1}, {"4294967295", 10}, {"0", refused}, {"*", refused}, {"4294967296", refused}});
    expect_rule<seq_last_command>({{"$", 1}, {"$1", 1}, {"1", refused}, {"", refused}});
}

// P7: what a server sends has no "$".
TEST(sets, of_a_server) { expect_rule<detail::sent_set>({{"1:*,4 ", 5}, {"*", 1}, {"$", refused}, {"0", refused}}); }

// B6: a set is one token, however many numbers it stands for and however long it is.
TEST(sets, are_one_token) {
    std::string set = "1";
    for (int i = 0; i != 10000; ++i)
        set += ",1:4294967295";
    EXPECT_EQ(test::match<sequence_set>(set).tokens.size(), 1U);
    EXPECT_EQ(test::match<uid_set>(set).tokens.size(), 1U);
    EXPECT_EQ(test::match<detail::sent_set>(set).tokens.size(), 1U);
}

TEST(sets, say_where_they_end_to_be_sets) {
    EXPECT_EQ(test::match<sequence_set>("0").fault.offset, 0U);
    EXPECT_EQ(test::match<sequence_set>("12,").fault.offset, 3U);
    EXPECT_EQ(test::match<sequence_set>("12:0").fault.offset, 3U);
    EXPECT_EQ(test::match<uid_set>("12:*").fault.offset, 3U);
}

} // namespace
} // namespace mailwire::imap::grammar
