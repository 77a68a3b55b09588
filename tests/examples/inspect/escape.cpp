// SPDX-License-Identifier: BSL-1.0
#include "inspect/escape.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

using namespace std::string_view_literals;

namespace inspect::test {
namespace {

TEST(escape, makes_every_octet_printable) {
    EXPECT_EQ(escaped("a \"b\" c\\d\r\n\t"), R"(a \"b\" c\\d\r\n\t)");
    EXPECT_EQ(escaped("\0\1\x1f\x7f\x80\xff"sv), R"(\x00\x01\x1f\x7f\x80\xff)");
    EXPECT_EQ(escaped(""), "");
}

TEST(escape, cuts_what_is_too_long_to_read) {
    EXPECT_EQ(quoted("abc", 3), "\"abc\"");
    EXPECT_EQ(quoted("ab\r\n", 3), "\"ab\\r\"... 4 octets");
}

} // namespace
} // namespace inspect::test
