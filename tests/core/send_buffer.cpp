// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/send_buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

struct buffer_of_ten {
    std::array<char, 10> storage{};
    send_buffer buffer{storage};

    bool put(std::string_view octets) {
        buffer.begin_unit();
        buffer.put(octets);
        return buffer.end_unit();
    }
    std::string left() const { return {storage.begin(), storage.end()}; }
};

TEST(send_buffer, takes_units_wholly_or_not_at_all) {
    buffer_of_ten b;
    EXPECT_TRUE(b.put("abcd"));
    EXPECT_FALSE(b.put("efghijk"));
    EXPECT_EQ(b.buffer.size(), 7U);
    EXPECT_EQ(b.buffer.output(), "abcd");
    EXPECT_TRUE(b.put("efghij"));
    EXPECT_EQ(b.buffer.output(), "abcdefghij");
    EXPECT_FALSE(b.buffer.has_room(1));
    b.buffer.sent(3);
    EXPECT_TRUE(b.put("klm"));
    EXPECT_EQ(b.buffer.output(), "defghijklm");
    b.buffer.sent(100);
    EXPECT_TRUE(b.buffer.empty());
    EXPECT_TRUE(b.put(""));
    EXPECT_TRUE(b.buffer.empty());
}

TEST(send_buffer, an_abandoned_unit_leaves_nothing) {
    buffer_of_ten b;
    EXPECT_TRUE(b.put("ab"));
    b.buffer.begin_unit();
    b.buffer.put("secret");
    b.buffer.abandon_unit();
    EXPECT_EQ(b.buffer.output(), "ab");
    EXPECT_EQ(b.left(), std::string("ab") + std::string(8, '\0'));
    b.buffer.begin_unit();
    b.buffer.put("secret");
    b.buffer.overflow();
    EXPECT_FALSE(b.buffer.ok());
    EXPECT_FALSE(b.buffer.end_unit());
    EXPECT_EQ(b.left(), std::string("ab") + std::string(8, '\0'));
}

TEST(send_buffer, a_secret_is_wiped_when_it_is_sent) {
    buffer_of_ten b;
    EXPECT_TRUE(b.put("secret"));
    b.buffer.keep_secret();
    b.buffer.sent(3);
    EXPECT_EQ(b.buffer.output(), "ret");
    b.buffer.sent(3);
    EXPECT_EQ(b.left(), std::string(10, '\0'));
    EXPECT_TRUE(b.put("open"));
    b.buffer.sent(4);
    EXPECT_EQ(b.left().substr(0, 4), "open") << "what is no secret stays";
}

TEST(send_buffer, base64_has_room_for_a_line_end_behind_it) {
    buffer_of_ten b;
    b.buffer.begin_unit();
    const auto room = b.buffer.room_for_base64();
    ASSERT_EQ(room.size(), 6U);
    std::copy_n("abcdef", 6, room.begin());
    b.buffer.put_base64(6);
    b.buffer.put("\r\n");
    EXPECT_TRUE(b.buffer.end_unit());
    EXPECT_EQ(b.buffer.output(), "YWJjZGVm\r\n");
}

} // namespace
} // namespace mailwire
