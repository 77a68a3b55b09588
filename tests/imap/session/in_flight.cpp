// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/in_flight.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

TEST(imap_in_flight, tags) {
    EXPECT_EQ(tag_text(0).view(), "A0");
    EXPECT_EQ(tag_text(1).view(), "A1");
    EXPECT_EQ(tag_text(12345).view(), "A12345");
    EXPECT_EQ(tag_text(4294967295U).view(), "A4294967295");
}

TEST(imap_in_flight, G8_the_tag_of_a_unit_that_cannot_be_read) {
    struct row {
        std::string_view unit;
        std::string_view tag;
    };
    for (const row& r :
         {row{"A1 OK done\r\n", "A1"}, row{"A1\r\n", "A1"}, row{"A1\n", "A1"}, row{"a.]b NOOP\r\n", "a.]b"},
          row{"A1", ""}, row{"", ""}, row{"\r\n", ""}, row{"* 1 EXISTS\r\n", ""}, row{"+ go\r\n", ""},
          row{"A+1 OK\r\n", ""}, row{"A1(OK\r\n", ""}, row{"A1\tOK\r\n", ""}, row{"\"A1\" OK\r\n", ""},
          row{" A1 OK\r\n", ""}, row{"\xc3\xa4 OK\r\n", ""}}) {
        EXPECT_EQ(leading_tag(r.unit), r.tag) << r.unit;
    }
}

TEST(imap_in_flight, commands_are_found_by_tag_and_taken_in_any_order) {
    std::array<in_flight, 3> storage{};
    commands_in_flight commands(storage);
    commands.add(9, command_effect::none, 0);
    commands.add(10, command_effect::selects, 0);
    EXPECT_FALSE(commands.full());
    commands.add(11, command_effect::logs_out, 0);
    EXPECT_TRUE(commands.full());
    EXPECT_EQ(commands.find("A10", 0), 1U);
    EXPECT_EQ(commands.find("A11", 0), 2U);
    for (const std::string_view other : {"A1", "A8", "A010", "a10", "B10", "10", "", "A100"})
        EXPECT_EQ(commands.find(other, 0), 3U) << other;
    EXPECT_TRUE(commands.selecting());
    commands.take(1);
    EXPECT_FALSE(commands.selecting());
    EXPECT_EQ(commands.find("A10", 0), 2U);
    EXPECT_EQ(commands.find("A9", 0), 0U);
    EXPECT_EQ(commands[commands.find("A11", 0)].effect, command_effect::logs_out);
    EXPECT_TRUE(commands.holds(11));
    EXPECT_FALSE(commands.holds(10));
    commands.take(0);
    commands.take(0);
    EXPECT_EQ(commands.size(), 0U);
}

TEST(imap_in_flight, E4_what_came_before_a_command_does_not_answer_it) {
    std::array<in_flight, 2> storage{};
    commands_in_flight commands(storage);
    commands.add(1, command_effect::none, 100);
    EXPECT_EQ(commands.find("A1", 99), 1U);
    EXPECT_EQ(commands.find("A1", 100), 0U);
    EXPECT_FALSE(commands.can_answer(0, 0));
    EXPECT_TRUE(commands.can_answer(0, 5000000000U));
}

} // namespace
} // namespace mailwire::imap::detail
