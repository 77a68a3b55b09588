// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server_event.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

TEST(server_event, says_nothing_by_itself) {
    constexpr server_event nothing;
    EXPECT_EQ(nothing.kind, server_event_kind::need_input);
    EXPECT_TRUE(nothing.response.empty());
    EXPECT_FALSE(nothing.error);
    EXPECT_EQ(nothing.quirks, 0U);
}

} // namespace
} // namespace mailwire::pop3
