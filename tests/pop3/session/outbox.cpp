// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/outbox.hpp>

#include <mailwire/core/sink.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>

namespace mailwire::pop3 {
namespace {

static_assert(sink<line_outbox>);

bool put(line_outbox& out, std::string_view octets) {
    out.begin_unit();
    out.put(octets.substr(0, 2));
    out.put(octets.substr(2));
    return out.end_unit();
}

TEST(outbox, takes_a_unit_wholly_or_not_at_all) {
    std::array<char, 8> storage;
    line_outbox out(storage);
    EXPECT_TRUE(out.empty());
    EXPECT_TRUE(put(out, "abcde"));
    EXPECT_FALSE(put(out, "fghi"));
    EXPECT_EQ(out.output(), "abcde");
    EXPECT_TRUE(put(out, "fgh"));
    EXPECT_EQ(out.output(), "abcdefgh");
    EXPECT_FALSE(out.has_room(1));
    out.sent(3);
    EXPECT_EQ(out.output(), "defgh");
    EXPECT_TRUE(out.has_room(3));
    EXPECT_FALSE(out.has_room(4));
    EXPECT_TRUE(put(out, "ijk"));
    EXPECT_EQ(out.output(), "defghijk");
    out.sent(100);
    EXPECT_TRUE(out.empty());
}

TEST(outbox, forgets_an_abandoned_unit) {
    std::array<char, 8> storage;
    line_outbox out(storage);
    out.begin_unit();
    out.put("abcdefghi");
    EXPECT_FALSE(out.ok());
    out.abandon_unit();
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.output(), "");
    EXPECT_TRUE(put(out, "abc"));
    EXPECT_EQ(out.output(), "abc");
}

// A body is taken in pieces, and what was not sent is not moved for every piece.
TEST(outbox, gives_room_for_a_body) {
    std::array<char, 8> storage;
    line_outbox out(storage);
    ASSERT_EQ(out.room().size(), 8U);
    std::memcpy(out.room().data(), "abcdefgh", 8);
    out.wrote(8);
    EXPECT_EQ(out.output(), "abcdefgh");
    EXPECT_TRUE(out.room().empty());
    out.sent(3);
    EXPECT_TRUE(out.room().empty());
    out.sent(1);
    ASSERT_EQ(out.room().size(), 4U);
    EXPECT_EQ(out.output(), "efgh");
    std::memcpy(out.room().data(), "ij", 2);
    out.wrote(2);
    EXPECT_EQ(out.output(), "efghij");
}

} // namespace
} // namespace mailwire::pop3
