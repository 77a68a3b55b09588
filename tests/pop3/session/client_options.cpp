// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client_options.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

// What a program gets that chooses nothing: TLS before a login, no APOP, no deviations.
TEST(client_options, are_safe_by_default) {
    constexpr client_options options;
    EXPECT_EQ(options.tls, tls_policy::required);
    EXPECT_FALSE(options.secure);
    EXPECT_FALSE(options.apop);
    EXPECT_EQ(options.quirks, 0U);
}

TEST(client_options, storage_is_lent_as_it_is) {
    client_storage<100, 255, 3> room;
    const client_buffers buffers = room.buffers();
    EXPECT_EQ(buffers.in.data(), room.in.data());
    EXPECT_EQ(buffers.in.size(), 100U);
    EXPECT_EQ(buffers.out.data(), room.out.data());
    EXPECT_EQ(buffers.out.size(), 255U);
    EXPECT_EQ(buffers.in_flight.data(), room.in_flight.data());
    EXPECT_EQ(buffers.in_flight.size(), 3U);
}

} // namespace
} // namespace mailwire::pop3
