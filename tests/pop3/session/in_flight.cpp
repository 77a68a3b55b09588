// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/in_flight.hpp>

#include <gtest/gtest.h>

#include <array>

namespace mailwire::pop3 {
namespace {

// PF-5: the answers come in the order of the commands.
TEST(in_flight, is_a_queue) {
    std::array<pending_command, 3> storage;
    in_flight_queue queue(storage);
    EXPECT_TRUE(queue.empty());
    std::uint32_t pushed = 0;
    std::uint32_t popped = 0;
    for (const std::size_t fill : {1U, 3U, 2U, 3U, 1U, 3U}) {
        while (queue.size() != fill) {
            queue.push({++pushed, pushed + 100, answer_form::body, command_role::work});
        }
        EXPECT_EQ(queue.full(), fill == 3);
        while (!queue.empty()) {
            EXPECT_EQ(queue.front().id, ++popped);
            EXPECT_EQ(queue.front().message, popped + 100);
            EXPECT_EQ(queue.front().form, answer_form::body);
            queue.pop();
        }
        EXPECT_FALSE(queue.full());
    }
    EXPECT_EQ(pushed, popped);
}

TEST(in_flight, without_storage_is_empty_and_full) {
    const in_flight_queue queue({});
    EXPECT_TRUE(queue.empty());
    EXPECT_TRUE(queue.full());
    EXPECT_EQ(queue.size(), 0U);
}

} // namespace
} // namespace mailwire::pop3
