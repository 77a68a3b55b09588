// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/esearch.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// P7: correlator, UID, items.
TEST(esearch, what_stands_behind_the_word) {
    expect_rule<esearch_response>({
        {"\r\n", 0},
        {" (TAG \"a\")\r\n", 10},
        {" UID\r\n", 4},
        {" (tag a]) uid count 3\r\n", 21},
        {" (TAG {1}\r\na) COUNT 3", 21},
        {" COUNT 1 UID", 8},
        {" COUNT 1 UID 5", 8},
        {" COUNT 1 (TAG \"a\")", 8},
        {" UID (TAG \"a\")", 4},
        {" UIDX 5", 7},
        {" (TAGX \"a\")", 0},
        {" ()", 0},
    });
    EXPECT_EQ(test::match<esearch_response>("").tokens.size(), 3U);
    EXPECT_EQ(test::match<esearch_response>(" UID").tokens.size(), 3U);
}

TEST(esearch, correlators) {
    expect_rule<search_correlator>({{" (TAG \"\")", 9},
                                    {" (TAG a1)", 9},
                                    {" (TAG)", refused},
                                    {" (TAG NIL)", 10},
                                    {" (TAG  a)", refused},
                                    {"(TAG a)", refused},
                                    {" (TAG (a))", refused}});
    expect_rule<tag_string>({{"a]", 2}, {"\"a b\"", 5}, {"{1}\r\nx", 6}, {"", refused}, {"(", refused}});
}

// B7-13, B7-14, A14
TEST(esearch, items) {
    expect_rule<search_return_data>({
        {"MIN 1 ", 5},
        {"max 4294967295", 14},
        {"ALL 1:3,*", 9},
        {"COUNT 0", 7},
        {"MODSEQ 9223372036854775807", 26},
        {"X-FUTURE (a 1) ", 14},
        {"X 5", 3},
        {"MIN 0", refused},
        {"MIN", refused},
        {"ALL $", refused},
        {"COUNT x", refused},
        {"COUNT 4294967296", refused},
        {"MODSEQ 0", refused},
        {"X", refused},
        {"X \"a\"", refused},
        {"UID 5", refused},
        {"UIDX 5", 6},
    });
}

// O-5, X-4551/7162-9
TEST(esearch, obsolete_search_response) {
    expect_rule<obsolete_search_response>({
        {"", 0},
        {" 1 2 3\r\n", 6},
        {" 1 ", 2},
        {" 0", 0},
        {"1", 0},
        {" 4294967296", 0},
        {" 7  8", 2},
        {" 1 (MODSEQ 5)\r\n", 13},
        {" 1 2 (modseq 9223372036854775807)", 33},
        {" 1 (MODSEQ 0)", 2},
        {" 1(MODSEQ 5)", 2},
        {" (MODSEQ 5)", 0},
        {" 1 (MODSEQ 5) 2", 13},
    });
    EXPECT_EQ(test::match<obsolete_search_response>(" 1 2 3 4 5").tokens.size(), 2U);
    EXPECT_EQ(test::match<obsolete_search_response>("").tokens.size(), 2U);
}

// A13: zeros may lead, the number is not zero, and has 63 bits in either revision.
TEST(esearch, mod_sequences) {
    for (const dialect& rules : {dialect{}, dialect{.forms = ~forms::rev2}}) {
        expect_rule<mod_sequence_value>({{"1", 1},
                                         {"007", 3},
                                         {"9223372036854775807)", 19},
                                         {"0009223372036854775807", 22},
                                         {"9223372036854775808", refused},
                                         {"0", refused},
                                         {"00", refused},
                                         {"", refused},
                                         {"-1", refused}},
                                        rules);
        expect_rule<mod_sequence_valzer>({{"0 ", 1}, {"1", 1}, {"10", 2}, {"00", 1}, {"", refused}, {"x", refused}},
                                         rules);
    }
    expect_rule<search_sort_mod_seq>(
        {{"(MODSEQ 5)", 10}, {"(MODSEQ 0)", refused}, {"MODSEQ 5", refused}, {"(MODSEQ)", refused}});
}

} // namespace
} // namespace mailwire::imap::grammar
