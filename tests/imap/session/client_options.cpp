// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client_options.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

TEST(imap_client_options, of_a_program_that_chooses_nothing) {
    constexpr client_options options;
    EXPECT_FALSE(options.secure);
    EXPECT_EQ(options.tls, tls_policy::required) << "the client is the one that has the secret";
    EXPECT_EQ(options.quirks, 0U);
    EXPECT_EQ(options.limits.unit, limits{}.unit);
}

TEST(imap_client_options, storage_is_lent_as_it_is) {
    client_storage<100, 255, 3> room;
    const client_buffers buffers = room.buffers();
    EXPECT_EQ(buffers.in.data(), room.in.data());
    EXPECT_EQ(buffers.in.size(), 100U);
    EXPECT_EQ(buffers.out.data(), room.out.data());
    EXPECT_EQ(buffers.out.size(), 255U);
    EXPECT_EQ(buffers.tape.data(), room.tape.data());
    EXPECT_EQ(buffers.tape.size(), 50U) << "half as many tokens as octets always suffice";
    EXPECT_EQ(buffers.elided.data(), room.elided.data());
    EXPECT_EQ(buffers.commands.data(), room.commands.data());
    EXPECT_EQ(buffers.commands.size(), 3U);
}

TEST(imap_client_options, what_became_of_a_command) {
    EXPECT_TRUE((sent_command{misuse::none, 1}));
    EXPECT_FALSE((sent_command{misuse::busy, 0}));
}

} // namespace
} // namespace mailwire::imap
