// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/delimiter.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B5-7, L-4
TEST(delimiter, is_one_character_or_nil) {
    expect_rule<detail::delimiter>({
        {"\"/\"", 3},
        {"\"\\\\\"", 4},
        {"\"\\\"\"", 4},
        {"\"\xd0\xbc\"", 4},
        {"NIL", 3},
        {"nil ", 3},
        {"NILL", refused},
        {"\"//\"", refused},
        {"\"\"", refused},
        {"\"\\/\"", refused},
        {"\"\\\"", refused},
        {"\"\xff\"", refused},
        {"/", refused},
        {"{1}\r\n/", refused},
        {"\"NIL\"", refused},
    });
    EXPECT_EQ(test::match<detail::delimiter>("\"\\\\\"").tokens.at(0).size(), 1U);
    EXPECT_EQ(test::match<detail::delimiter>("NIL").tokens.at(0).kind(), token_kind::nil);
}

} // namespace
} // namespace mailwire::imap::grammar
