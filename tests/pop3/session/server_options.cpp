// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server_options.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

// What a program gets that chooses nothing: messages as they are stored, names in ASCII, no deviations.
TEST(server_options, of_a_program_that_chooses_nothing) {
    constexpr server_options options;
    EXPECT_EQ(options.tls, tls_policy::optional);
    EXPECT_EQ(options.feeds, line_feeds::as_they_are);
    EXPECT_FALSE(options.secure);
    EXPECT_FALSE(options.utf8_user);
    EXPECT_EQ(options.quirks, 0U);
}

TEST(server_options, storage_is_lent_as_it_is) {
    server_storage<100, 512> room;
    const server_buffers buffers = room.buffers();
    EXPECT_EQ(buffers.in.data(), room.in.data());
    EXPECT_EQ(buffers.in.size(), 100U);
    EXPECT_EQ(buffers.out.data(), room.out.data());
    EXPECT_EQ(buffers.out.size(), 512U);
}

} // namespace
} // namespace mailwire::pop3
