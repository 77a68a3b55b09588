// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/fixed_string.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <type_traits>

namespace mailwire {
namespace {

template <fixed_string Word> constexpr std::string_view word = Word.view();

static_assert(word<"FETCH"> == "FETCH");
static_assert(word<""> == "");
static_assert(fixed_string("ab").size() == 2);
static_assert(fixed_string("").size() == 0);
static_assert(!std::is_same_v<std::integral_constant<const std::string_view*, &word<"a">>,
                              std::integral_constant<const std::string_view*, &word<"b">>>);

// Text that came from somewhere is no constant.
static_assert(!std::is_convertible_v<std::string_view, constant>);
static_assert(!std::is_convertible_v<const char*, constant>);
static_assert(!std::is_convertible_v<char*, constant>);

TEST(fixed_string, constant_is_the_literal_without_its_end) {
    EXPECT_EQ(constant("NIL").view(), "NIL");
    EXPECT_EQ(constant("").view(), "");
    EXPECT_EQ(constant("a\0b").view(), std::string_view("a\0b", 3));
}

} // namespace
} // namespace mailwire
