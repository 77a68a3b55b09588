// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server_table.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// The last enumerators: one more of either kind, and the table has to grow.
static_assert(static_cast<std::size_t>(server_state::failed) + 1 == server_states);
static_assert(static_cast<std::size_t>(server_input::late) + 1 == server_inputs);

constexpr server_state after(server_state s, server_input i) { return next_state(s, action_of(s, i)); }

// RFC 1939 3: from the greeting over AUTHORIZATION and TRANSACTION to the end.
static_assert([] {
    using s = server_state;
    using i = server_input;
    return after(s::greeting, i::greeted) == s::authorization && after(s::authorization, i::user_ok) == s::named &&
           after(s::named, i::login_ok) == s::transaction && after(s::transaction, i::quit_command) == s::update &&
           after(s::update, i::quit_err) == s::ended;
}());
// RFC 5034 4 and RFC 2595 4.
static_assert([] {
    using s = server_state;
    using i = server_input;
    return after(s::authorization, i::challenged) == s::exchange && after(s::exchange, i::login_ok) == s::transaction &&
           after(s::exchange, i::login_err) == s::authorization &&
           after(s::exchange, i::bad_response) == s::authorization && after(s::authorization, i::stls_ok) == s::tls &&
           after(s::tls, i::early) == s::failed && after(s::tls, i::tls_started) == s::authorization;
}());

TEST(server_table, what_failed_or_closed_stays_so) {
    for (std::size_t n = 0; n != server_inputs; ++n) {
        EXPECT_EQ(after(server_state::failed, nth<server_input>(n)), server_state::failed) << n;
        EXPECT_EQ(after(server_state::closed, nth<server_input>(n)), server_state::closed) << n;
    }
}

// PS-1, PS-18, PS-19: TRANSACTION begins with a login and with nothing else; UPDATE with QUIT in TRANSACTION and with
// nothing else.
TEST(server_table, no_other_way_leads_in) {
    for (std::size_t s = 0; s != server_states; ++s) {
        for (std::size_t i = 0; i != server_inputs; ++i) {
            const auto from = nth<server_state>(s);
            const auto input = nth<server_input>(i);
            const server_state to = after(from, input);
            if (to != from && to == server_state::transaction) {
                EXPECT_EQ(input, server_input::login_ok);
            }
            if (to != from && to == server_state::update) {
                EXPECT_EQ(input, server_input::quit_command);
                EXPECT_EQ(from, server_state::transaction);
            }
        }
    }
}

// A refused call and an answer that cannot be due lead nowhere.
TEST(server_table, refusals_change_nothing) {
    for (const auto a : {server_action::refuse, server_action::deny, server_action::never, server_action::stay}) {
        for (std::size_t s = 0; s != server_states; ++s) {
            EXPECT_EQ(next_state(nth<server_state>(s), a), nth<server_state>(s));
        }
    }
}

} // namespace
} // namespace mailwire::pop3
