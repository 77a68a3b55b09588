// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/idle_timer.hpp"

#include <gtest/gtest.h>

namespace mailwire {
namespace {

TEST(idle_timer, knows_nothing_before_it_is_told) {
    idle_timer timer;
    EXPECT_EQ(timer.due(0), never);
    EXPECT_EQ(timer.due(600), never);
    EXPECT_FALSE(timer.is_past(0));
    timer.restart();
    EXPECT_EQ(timer.due(600), never);
    EXPECT_FALSE(timer.is_past(0));
}

// The clock of the caller begins anywhere, at 0 too.
TEST(idle_timer, counts_from_the_first_instant) {
    for (const instant start : {instant{0}, instant{1'700'000'000'000}}) {
        idle_timer timer;
        timer.at(start);
        EXPECT_EQ(timer.due(10), start + 10'000);
        timer.at(start + 9'999);
        EXPECT_EQ(timer.due(10), start + 10'000);
        EXPECT_FALSE(timer.is_past(timer.due(10)));
        timer.at(start + 10'000);
        EXPECT_TRUE(timer.is_past(timer.due(10)));
        EXPECT_FALSE(timer.is_past(timer.due(11)));
        timer.at(start + 1'000'000);
        EXPECT_TRUE(timer.is_past(timer.due(10)));
        EXPECT_FALSE(timer.is_past(never));
    }
}

TEST(idle_timer, begins_again_at_the_last_instant) {
    idle_timer timer;
    timer.at(5'000);
    timer.at(12'000);
    timer.restart();
    EXPECT_EQ(timer.due(10), 22'000U);
    EXPECT_FALSE(timer.is_past(timer.due(10)));
    timer.at(22'000);
    EXPECT_TRUE(timer.is_past(timer.due(10)));
    timer.restart();
    EXPECT_FALSE(timer.is_past(timer.due(10)));
    EXPECT_TRUE(timer.is_past(timer.due(0)));
}

// A clock that goes back neither brings a deadline nearer nor moves it away.
TEST(idle_timer, does_not_go_back) {
    idle_timer timer;
    timer.at(20'000);
    timer.at(1'000);
    EXPECT_EQ(timer.due(1), 21'000U);
    timer.restart();
    EXPECT_EQ(timer.due(1), 21'000U);
    EXPECT_TRUE(timer.is_past(20'000));
    EXPECT_FALSE(timer.is_past(20'001));
}

TEST(idle_timer, is_never_due_where_that_is_too_far_away) {
    idle_timer timer;
    timer.at(never - 2'500);
    EXPECT_EQ(timer.due(1), never - 1'500);
    EXPECT_EQ(timer.due(2), never);
    EXPECT_FALSE(timer.is_past(timer.due(2)));
}

} // namespace
} // namespace mailwire
