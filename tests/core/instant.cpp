// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/instant.hpp"

#include <gtest/gtest.h>

namespace mailwire {
namespace {

static_assert(seconds_after(0, 0) == 0);
static_assert(seconds_after(0, 1) == 1000);
static_assert(seconds_after(1, 60) == 60'001);
static_assert(seconds_after(500, 600) == 600'500);

// What does not fit is never due; nothing wraps round to an instant that has passed.
TEST(instant, far_away_is_never) {
    constexpr std::uint64_t most = never / 1000;
    EXPECT_EQ(seconds_after(0, most - 1), (most - 1) * 1000);
    EXPECT_EQ(seconds_after(0, most), never);
    EXPECT_EQ(seconds_after(0, never), never);
    EXPECT_EQ(seconds_after(never - 999, 1), never);
    EXPECT_EQ(seconds_after(never - 1000, 1), never);
    EXPECT_EQ(seconds_after(never - 2000, 1), never - 1000);
    EXPECT_EQ(seconds_after(never, 0), never);
    EXPECT_EQ(seconds_after(never, 1), never);
    EXPECT_EQ(seconds_after(never, never), never);
}

} // namespace
} // namespace mailwire
