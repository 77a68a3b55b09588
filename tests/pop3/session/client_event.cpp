// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client_event.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

static_assert(kind_of(response_part::none) == client_event_kind::need_input);
static_assert(kind_of(response_part::greeting) == client_event_kind::greeting);
static_assert(kind_of(response_part::reply) == client_event_kind::reply);
static_assert(kind_of(response_part::scan_listing) == client_event_kind::scan_listing);
static_assert(kind_of(response_part::unique_id) == client_event_kind::unique_id);
static_assert(kind_of(response_part::capability) == client_event_kind::capability);
static_assert(kind_of(response_part::language) == client_event_kind::language);
static_assert(kind_of(response_part::mechanism) == client_event_kind::mechanism);
static_assert(kind_of(response_part::challenge) == client_event_kind::challenge);
static_assert(kind_of(response_part::body) == client_event_kind::body);
static_assert(kind_of(response_part::end_of_lines) == client_event_kind::end_of_lines);
static_assert(kind_of(response_part::fault) == client_event_kind::error);
static_assert(kind_of(response_part::no_reply) == client_event_kind::error);

TEST(client_event, says_nothing_by_itself) {
    const client_event nothing;
    EXPECT_EQ(nothing.kind, client_event_kind::need_input);
    EXPECT_EQ(nothing.command, unknown_id);
    EXPECT_FALSE(nothing.ok || nothing.bare_line_feed || nothing.error);
    EXPECT_EQ(nothing.quirks, 0U);
    EXPECT_TRUE(nothing.body.empty() && nothing.challenge.empty());
}

TEST(client_event, names_its_command) {
    client_event answer(client_event_kind::reply);
    answer.command = id_of<retr>;
    EXPECT_TRUE(answer.answers<retr>());
    EXPECT_FALSE(answer.answers<dele>());
    EXPECT_FALSE(client_event().answers<retr>());
    const client_event fault(error{errc::truncated, 3, 0, 0});
    EXPECT_EQ(fault.kind, client_event_kind::error);
    EXPECT_EQ(fault.error.offset, 3U);
    EXPECT_FALSE(fault.answers<retr>()) << "what ends the session belongs to no command";
}

} // namespace
} // namespace mailwire::pop3
