// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_event.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace mailwire::imap {
namespace {

TEST(imap_server_event, says_that_input_is_needed_unless_told_otherwise) {
    const server_event event;
    EXPECT_EQ(event.kind, server_event_kind::need_input);
    EXPECT_TRUE(event.octets.empty());
    EXPECT_EQ(event.octets_total, 0U);
    EXPECT_FALSE(event.error);
    EXPECT_TRUE(std::is_trivially_copyable_v<server_event>);
}

} // namespace
} // namespace mailwire::imap
