// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/total.hpp>

#include <gtest/gtest.h>

namespace mailwire::detail {
namespace {

enum class action { missing, one, two };

constexpr action whole[2][3] = {{action::one, action::two, action::one}, {action::two, action::one, action::two}};
constexpr action with_a_hole[2][3] = {{action::one, action::two, action::one}, {action::two, action::one}};
constexpr action without_a_line[2][3] = {{action::one, action::two, action::one}};

static_assert(is_total(whole));
static_assert(!is_total(with_a_hole), "a cell that nobody wrote");
static_assert(!is_total(without_a_line), "a line that nobody wrote");

TEST(total, knows_a_table_without_a_hole) {
    EXPECT_TRUE(is_total(whole));
    EXPECT_FALSE(is_total(with_a_hole));
}

} // namespace
} // namespace mailwire::detail
