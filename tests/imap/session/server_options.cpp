// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_options.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

// What a program gets that chooses nothing.
TEST(imap_server_options, of_a_program_that_chooses_nothing) {
    constexpr server_options options;
    EXPECT_EQ(options.tls, tls_policy::optional);
    EXPECT_FALSE(options.secure);
    EXPECT_EQ(options.quirks, 0U);
    EXPECT_GE(options.limits.idle_seconds, 1800U) << "RFC 9051 5.4";
}

TEST(imap_server_options, storage_is_lent_as_it_is) {
    server_storage<100, 512> room;
    const server_buffers buffers = room.buffers();
    EXPECT_EQ(buffers.in.data(), room.in.data());
    EXPECT_EQ(buffers.in.size(), 100U);
    EXPECT_EQ(buffers.out.data(), room.out.data());
    EXPECT_EQ(buffers.out.size(), 512U);
    EXPECT_EQ(buffers.tape.data(), room.tape.data());
    EXPECT_EQ(buffers.tape.size(), 50U);
    EXPECT_EQ(buffers.elided.data(), room.elided.data());
    EXPECT_EQ(buffers.elided.size(), room.elided.size());
}

// RFC 7162 4.
TEST(imap_server_options, the_usual_storage_takes_commands_of_8192_octets) {
    EXPECT_GE(server_storage<>().buffers().in.size(), 8192U);
}

} // namespace
} // namespace mailwire::imap
