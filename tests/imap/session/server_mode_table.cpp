// SPDX-License-Identifier: BSL-1.0
// The table as a table. That the session does what it says is for server_modes.cpp.
#include "mailwire/imap/session/server_mode_table.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// The last enumerators: one more of either kind, and the table has to grow.
static_assert(static_cast<std::size_t>(server_mode::compression) + 1 == server_modes);
static_assert(static_cast<std::size_t>(server_mode_input::compression_started) + 1 == server_mode_inputs);

constexpr server_mode after(server_mode m, server_mode_input i) { return next_mode(m, action_of(m, i)); }

using m = server_mode;
using i = server_mode_input;

// RFC 9051 6.2.2: a challenge, a response, a challenge; and the two ends.
static_assert(after(m::lines, i::command_authenticate) == m::authenticating);
static_assert(after(m::authenticating, i::challenge) == m::challenged);
static_assert(after(m::challenged, i::response) == m::authenticating);
static_assert(after(m::challenged, i::cancel) == m::lines && after(m::challenged, i::fault) == m::lines);
static_assert(after(m::authenticating, i::finish_ok) == m::lines);
// RFC 9051 6.3.13.
static_assert(after(m::lines, i::command_idle) == m::asked_to_idle);
static_assert(after(m::asked_to_idle, i::begin_idle) == m::idling);
static_assert(after(m::idling, i::done) == m::answering && after(m::idling, i::fault) == m::lines);
static_assert(after(m::answering, i::finish_ok) == m::lines && after(m::answering, i::finish_other) == m::lines);
// RFC 9051 6.2.1 and RFC 4978 3.
static_assert(after(m::asked_for_tls, i::finish_ok) == m::tls && after(m::tls, i::tls_started) == m::lines);
static_assert(after(m::asked_for_tls, i::finish_other) == m::lines);
static_assert(after(m::asked_for_compression, i::finish_ok) == m::compression);
static_assert(after(m::compression, i::compression_started) == m::lines);
static_assert(after(m::asked_for_compression, i::finish_other) == m::lines);
// A literal goes on as the line it belongs to, or not at all.
static_assert(after(m::lines, i::literal) == m::offered && after(m::offered, i::accept_literal) == m::lines);
static_assert(after(m::offered, i::finish_other) == m::lines);

TEST(imap_server_mode_table, refusals_and_data_change_nothing) {
    for (const auto a : {server_mode_action::missing, server_mode_action::refuse, server_mode_action::put,
                         server_mode_action::deny, server_mode_action::never}) {
        for (std::size_t n = 0; n != server_modes; ++n)
            EXPECT_EQ(next_mode(nth<server_mode>(n), a), nth<server_mode>(n));
    }
}

// Between an agreement and what was agreed on nothing is said in either way of saying it.
TEST(imap_server_mode_table, TL_1_TL_17_nothing_between_an_agreement_and_its_beginning) {
    for (const m between : {m::tls, m::compression}) {
        for (std::size_t n = 0; n != server_mode_inputs; ++n) {
            const auto input = nth<server_mode_input>(n);
            const bool begins = input == (between == m::tls ? i::tls_started : i::compression_started);
            const auto action = action_of(between, input);
            EXPECT_TRUE(begins || action == server_mode_action::refuse || action == server_mode_action::never) << n;
        }
    }
}

// One command at a time: while one waits for its answer none is read.
TEST(imap_server_mode_table, PI_5_PI_6_one_command_at_a_time) {
    for (std::size_t n = 0; n != server_modes; ++n) {
        const auto mode = nth<server_mode>(n);
        EXPECT_EQ(action_of(mode, i::command) == server_mode_action::ask, mode == m::lines);
        EXPECT_EQ(action_of(mode, i::command_authenticate) == server_mode_action::never, mode != m::lines);
        EXPECT_EQ(action_of(mode, i::literal) == server_mode_action::never, mode != m::lines);
    }
}

} // namespace
} // namespace mailwire::imap
