// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/in_flight.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

using effect = command_effect;

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
    commands.add({.number = 9});
    commands.add({.number = 10, .effect = effect::selects});
    EXPECT_FALSE(commands.full());
    commands.add({.number = 11, .effect = effect::logs_out});
    EXPECT_TRUE(commands.full());
    EXPECT_EQ(commands.find("A10", 0), 1U);
    EXPECT_EQ(commands.find("A11", 0), 2U);
    for (const std::string_view other : {"A1", "A8", "A010", "a10", "B10", "10", "", "A100"})
        EXPECT_EQ(commands.find(other, 0), 3U) << other;
    EXPECT_TRUE(commands.has(effect::selects));
    EXPECT_FALSE(commands.oldest_is(effect::selects));
    EXPECT_EQ(commands.index_of(11), 2U);
    EXPECT_EQ(commands.index_of(12), 3U);
    commands.take(0);
    EXPECT_TRUE(commands.oldest_is(effect::selects));
    commands.take(0);
    EXPECT_FALSE(commands.has(effect::selects));
    EXPECT_EQ(commands.find("A10", 0), 1U);
    EXPECT_EQ(commands.find("A9", 0), 1U);
    EXPECT_EQ(commands[commands.find("A11", 0)].effect, effect::logs_out);
    EXPECT_TRUE(commands.holds(11));
    EXPECT_FALSE(commands.holds(10));
    commands.take(0);
    EXPECT_EQ(commands.size(), 0U);
    EXPECT_FALSE(commands.oldest_is(effect::none));
}

TEST(imap_in_flight, E4_what_came_before_a_command_does_not_answer_it) {
    std::array<in_flight, 2> storage{};
    commands_in_flight commands(storage);
    commands.add({.number = 1, .received = 100});
    EXPECT_EQ(commands.find("A1", 99), 1U);
    EXPECT_EQ(commands.find("A1", 100), 0U);
    EXPECT_FALSE(commands.can_answer(0, 0));
    EXPECT_FALSE(commands.can_answer(0, 99));
    EXPECT_TRUE(commands.can_answer(0, 5000000000U));
}

TEST(imap_in_flight, PI_1_numbers_stay_while_all_of_them_keep_them) {
    std::array<in_flight, 4> storage{};
    commands_in_flight commands(storage);
    EXPECT_TRUE(commands.keep_message_numbers());
    commands.add({.number = 1, .keeps_message_numbers = true});
    commands.add({.number = 2, .keeps_message_numbers = true});
    EXPECT_TRUE(commands.keep_message_numbers());
    commands.add({.number = 3});
    EXPECT_FALSE(commands.keep_message_numbers());
    commands.add({.number = 4, .keeps_message_numbers = true});
    EXPECT_FALSE(commands.keep_message_numbers());
    commands.take(2);
    EXPECT_TRUE(commands.keep_message_numbers());
}

TEST(imap_in_flight, PI_8_the_state_that_is_foreseen) {
    struct row {
        effect what;
        client_state from;
        client_state to;
    };
    using s = client_state;
    for (const row& r :
         {row{effect::none, s::selected, s::selected}, row{effect::logs_in, s::not_authenticated, s::authenticated},
          row{effect::authenticates, s::not_authenticated, s::authenticated},
          row{effect::selects, s::authenticated, s::selected}, row{effect::deselects, s::selected, s::authenticated},
          row{effect::unauthenticates, s::selected, s::not_authenticated},
          row{effect::logs_out, s::selected, s::logged_out}, row{effect::idles, s::selected, s::selected},
          row{effect::starts_tls, s::not_authenticated, s::not_authenticated},
          row{effect::compresses, s::authenticated, s::authenticated}}) {
        std::array<in_flight, 1> storage{};
        commands_in_flight commands(storage);
        EXPECT_EQ(commands.foreseen(r.from), r.from);
        commands.add({.number = 1, .effect = r.what});
        EXPECT_EQ(commands.foreseen(r.from), r.to) << static_cast<int>(r.what);
    }
    std::array<in_flight, 3> storage{};
    commands_in_flight commands(storage);
    commands.add({.number = 1, .effect = effect::logs_in});
    commands.add({.number = 2, .effect = effect::selects});
    EXPECT_EQ(commands.foreseen(s::not_authenticated), s::selected);
    commands.add({.number = 3, .effect = effect::unauthenticates});
    EXPECT_EQ(commands.foreseen(s::not_authenticated), s::not_authenticated);
}

} // namespace
} // namespace mailwire::imap::detail
