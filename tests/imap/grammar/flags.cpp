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

TEST(flags, parts) {
    expect_rule<obsolete_flag_recent>(
        {{"\\Recent", 7}, {"\\recent)", 7}, {"\\Recently", refused}, {"Recent", refused}});
    expect_rule<flag_extension>({{"\\Seen", 5}, {"\\", refused}, {"Seen", refused}, {"\\*", refused}});
    expect_rule<flag_keyword>({{"$Junk", 5}, {"\\Seen", refused}, {"]", refused}});
}

// Flags with octets that no atom has, as servers send them.
TEST(flags, tolerated_octets) {
    const dialect odd{.quirks = quirks::flag_octets};
    expect_rule<flag_list>({{"(a]b)", 5},
                            {"(\\Seen 50% c*d)", 15},
                            {"([x] \\y])", 9},
                            {"(\\*)", 4},
                            {"(\\Recent a])", refused},
                            {"(a]  b)", refused},
                            {"(a\"b)", refused},
                            {"(a{b)", refused}},
                           odd);
    expect_rule<flag_fetch_list>({{"(\\Recent a])", 12}}, odd);
    expect_rule<flag_perm_list>({{"(a] \\*)", 7}}, odd);
    expect_rule<flag_list>({{"(a]b)", refused}, {"(50%)", refused}}, {.quirks = ~quirks::flag_octets});
    EXPECT_EQ(test::match<flag_list>("(a]b c)", odd).tokens.size(), 3U);
}

} // namespace
} // namespace mailwire::imap::grammar
