// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/inbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

// Receives as much of the octets as there is room for; returns how many.
std::size_t receive(inbox& in, std::string_view octets) {
    const auto room = in.prepare();
    const std::size_t n = std::min(room.size(), octets.size());
    std::copy_n(octets.begin(), n, room.begin());
    in.commit(n);
    return n;
}

TEST(inbox, gives_what_came_in) {
    char storage[8];
    inbox in(storage);
    EXPECT_TRUE(in.empty());
    EXPECT_EQ(in.capacity(), 8U);
    EXPECT_EQ(receive(in, "abc"), 3U);
    EXPECT_EQ(receive(in, "def"), 3U);
    EXPECT_EQ(in.view(), "abcdef");
    in.consume(4);
    EXPECT_EQ(in.view(), "ef");
    EXPECT_EQ(receive(in, "ghijkl"), 6U);
    EXPECT_EQ(in.view(), "efghijkl");
    EXPECT_TRUE(in.full());
    EXPECT_EQ(receive(in, "m"), 0U);
    in.consume(8);
    EXPECT_TRUE(in.empty());
    EXPECT_FALSE(in.full());
    EXPECT_EQ(in.prepare().size(), 8U);
}

TEST(inbox, takes_no_more_than_there_was_room_for) {
    char storage[4];
    inbox in(storage);
    receive(in, "ab");
    in.commit(100);
    EXPECT_EQ(in.size(), 4U);
    inbox none({});
    EXPECT_TRUE(none.prepare().empty());
    none.commit(1);
    EXPECT_TRUE(none.empty());
    EXPECT_TRUE(none.full());
}

// Octets that are not kept are cut out, at each place.
TEST(inbox, erases_from_the_middle) {
    for (std::size_t consumed = 0; consumed != 3; ++consumed) {
        for (std::size_t offset = 0; offset != 6; ++offset) {
            for (std::size_t octets = 0; octets + offset != 6; ++octets) {
                char storage[8];
                inbox in(storage);
                receive(in, std::string_view("..abcdef").substr(2 - consumed));
                in.consume(consumed);
                in.erase(offset, octets);
                EXPECT_EQ(in.view(), std::string("abcdef").erase(offset, octets));
            }
        }
    }
}

// What is decoded in place is read in place.
TEST(inbox, front_can_be_written) {
    char storage[8];
    inbox in(storage);
    receive(in, "abcdef");
    in.consume(2);
    const std::span<char> front = in.front(3);
    EXPECT_EQ(std::string_view(front.data(), front.size()), "cde");
    EXPECT_EQ(front.data(), in.view().data());
    front[0] = 'X';
    EXPECT_EQ(in.view(), "Xdef");
    EXPECT_TRUE(in.front(0).empty());
    EXPECT_EQ(in.front(4).size(), in.size());
}

// Every octet of the storage either is one to be read or is stale, wherever the one ends and the other begins.
TEST(inbox, stale_is_what_is_not_to_be_read) {
    for (std::size_t received = 0; received <= 8; ++received) {
        for (std::size_t consumed = 0; consumed <= received; ++consumed) {
            char storage[8] = {};
            inbox in(storage);
            receive(in, std::string_view("abcdefgh").substr(0, received));
            in.consume(consumed);
            in.for_each_stale([](std::span<char> octets) { std::fill(octets.begin(), octets.end(), '#'); });
            EXPECT_EQ(in.view(), std::string_view("abcdefgh").substr(consumed, received - consumed));
            EXPECT_EQ(static_cast<std::size_t>(std::count(std::begin(storage), std::end(storage), '#')),
                      8 - (received - consumed));
        }
    }
}

// What is left moves to the front, and where it was is stale.
TEST(inbox, leaves_nothing_behind_when_it_moves) {
    char storage[8] = {};
    inbox in(storage);
    receive(in, "secretok");
    in.consume(6);
    EXPECT_EQ(in.prepare().size(), 6U);
    in.for_each_stale([](std::span<char> octets) { std::fill(octets.begin(), octets.end(), '#'); });
    EXPECT_EQ(std::string_view(storage, 8), "ok######");
}

} // namespace
} // namespace mailwire
