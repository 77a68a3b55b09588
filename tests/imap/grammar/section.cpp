// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/section.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// L-24, A17: what stands behind "BODY[", with the closing bracket.
TEST(section, section) {
    expect_rule<section>({
        {"]", 1},
        {"HEADER]", 7},
        {"header]", 7},
        {"TEXT]", 5},
        {"1]", 2},
        {"1.2.3]", 6},
        {"1.HEADER]", 9},
        {"1.2.TEXT]", 9},
        {"1.MIME]<0>", 7},
        {"HEADER.FIELDS (To)]", 19},
        {"HEADER.FIELDS.NOT (To Cc)]", 26},
        {"1.HEADER.FIELDS (\"To\" a]b)]", 27}, // A1: "]" in an astring
        {"HEADER.FIELDS ({4}\r\nFrom)]", 26},  // a literal before the bracket
        {"MIME]", refused},
        {"HEADER.MIME]", refused},
        {"0]", refused},
        {"1.0]", refused},
        {"01]", refused},
        {"1.]", refused},
        {".1]", refused},
        {"1..2]", refused},
        {"1.2", refused},
        {"4294967296]", refused},
        {"1.4294967296]", refused},
        {"HEADER.FIELDS]", refused},
        {"HEADER.FIELDS ()]", refused},
        {"HEADER.FIELDS(To)]", refused},
        {"HEADER (To)]", refused},
        {"TEXT.1]", refused},
        {"1.FOO]", refused},
        {"", refused},
    });
}

TEST(section, is_always_three_fields) {
    for (const char* text : {"]", "HEADER]", "1]", "1.MIME]", "1.HEADER]"}) {
        EXPECT_EQ(test::match<section>(text).tokens.size(), 3U) << text;
    }
    EXPECT_EQ(test::match<section>("HEADER.FIELDS (a b)]").tokens.size(), 5U);
}

// L-25, B9, P10
TEST(section, partial) {
    expect_rule<partial>({
        {"<0.2048>", 8},
        {"<9223372036854775807.1>", 23},
        {"<4294967295.4294967295>", 23},
        {"<0.9223372036854775807>", 23},
        {"<0.0>", refused},
        {"<0>", refused},
        {"<.1>", refused},
        {"<-1.1>", refused},
        {"<9223372036854775808.1>", refused},
        {"<18446744073709551616.1>", refused},
        {"<0.1", refused},
    });
    expect_rule<detail::origin>({
        {"<0>", 3},
        {"<9223372036854775807> ", 21},
        {"", 0},
        {" ", 0},
        {"<>", 0},
        {"<0.1>", 0},
        {"<9223372036854775808>", 0},
    });
}

// B6-7, A17: numbers and nothing else. The opening bracket belongs to the word.
TEST(section, section_binary) {
    expect_rule<section_binary>({
        {"]", 1},
        {"1]", 2},
        {"1.2.3]<0.1>", 6},
        {"4294967295]", 11},
        {"", refused},
        {"0]", refused},
        {"1.]", refused},
        {"1.MIME]", refused},
        {"TEXT]", refused},
        {"1", refused},
        {"4294967296]", refused},
    });
    EXPECT_EQ(test::match<section_binary>("]").tokens.size(), 1U);
    EXPECT_EQ(test::match<section_binary>("1.2]").tokens.size(), 1U);
}

} // namespace
} // namespace mailwire::imap::grammar
