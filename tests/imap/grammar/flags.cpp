// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/flags.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// L-22, A4, P3: the three classes of flags differ in \Recent and \* alone.
TEST(flags, classes) {
    struct {
        const char* text;
        std::size_t flag;
        std::size_t fetch;
        std::size_t perm;
    } const rows[] = {
        {"\\Answered", 9, 9, 9},
        {"\\sEEN ", 5, 5, 5},
        {"\\Deleted)", 8, 8, 8},
        {"\\XFuture", 8, 8, 8},
        {"\\Recent", refused, 7, refused},
        {"\\recent", refused, 7, refused},
        {"\\Recently", 9, 9, 9},
        {"\\Recen", 6, 6, 6},
        {"\\*", refused, refused, 2},
        {"$MDNSent", 8, 8, 8},
        {"my-kw", 5, 5, 5},
        {"Recent", 6, 6, 6},
        {"a]", 1, 1, 1},
        {"\\", refused, refused, refused},
        {"\\ ", refused, refused, refused},
        {"\\\\a", refused, refused, refused},
        {"\"a\"", refused, refused, refused},
        {"*", refused, refused, refused},
        {"", refused, refused, refused},
    };
    for (const auto& row : rows) {
        expect_rule<flag>({{row.text, row.flag}});
        expect_rule<flag_fetch>({{row.text, row.fetch}});
        expect_rule<flag_perm>({{row.text, row.perm}});
    }
}

TEST(flags, lists) {
    expect_rule<flag_list>({
        {"()", 2},
        {"(\\Seen)", 7},
        {"(\\Seen $Junk)", 13},
        {"(\\Seen  $Junk)", refused},
        {"( \\Seen)", refused},
        {"(\\Seen )", refused},
        {"(\\Recent)", refused},
        {"(\\Seen", refused},
        {"\\Seen", refused},
        {"", refused},
    });
    expect_rule<flag_fetch_list>({{"(\\Recent \\Seen)", 15}, {"()", 2}, {"(\\*)", refused}});
    expect_rule<flag_perm_list>({{"(\\Seen \\*)", 10}, {"()", 2}, {"(\\Recent)", refused}});
    EXPECT_EQ(test::match<flag_list>("()").tokens.size(), 1U);
    EXPECT_EQ(test::match<flag_list>("(a b)").tokens.size(), 3U);
    EXPECT_EQ(test::match<flag_list>("(a b)").tokens.at(0).size(), 2U);
}

} // namespace
} // namespace mailwire::imap::grammar
