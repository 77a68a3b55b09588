// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client_table.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// The last enumerators: one more of either kind, and the table has to grow.
static_assert(static_cast<std::size_t>(client_state::failed) + 1 == client_states);
static_assert(static_cast<std::size_t>(client_input::late) + 1 == client_inputs);

constexpr client_state after(client_state s, client_input i) { return next_state(s, action_of(s, i)); }

// RFC 1939 3: from the greeting over AUTHORIZATION and TRANSACTION to the end.
static_assert([] {
    using s = client_state;
    using i = client_input;
    return after(s::greeting, i::greeting_ok) == s::authorization &&
           after(s::authorization, i::send_user) == s::named && after(s::named, i::send_pass) == s::login &&
           after(s::login, i::login_ok) == s::transaction && after(s::transaction, i::send_quit) == s::quitting &&
           after(s::quitting, i::quit_err) == s::ended;
}());
// RFC 5034 4 and RFC 2595 4.
static_assert([] {
    using s = client_state;
    using i = client_input;
    return after(s::authorization, i::send_auth) == s::exchange && after(s::exchange, i::challenge) == s::challenged &&
           after(s::challenged, i::send_response) == s::exchange && after(s::exchange, i::auth_ok) == s::transaction &&
           after(s::exchange, i::auth_unproven) == s::failed && after(s::exchange, i::auth_err) == s::authorization &&
           after(s::authorization, i::send_stls) == s::asking_tls && after(s::asking_tls, i::stls_ok) == s::tls &&
           after(s::tls, i::surplus) == s::failed && after(s::tls, i::tls_started) == s::authorization;
}());

TEST(client_table, what_failed_or_closed_stays_so) {
    for (std::size_t n = 0; n != client_inputs; ++n) {
        EXPECT_EQ(after(client_state::failed, nth<client_input>(n)), client_state::failed) << n;
        EXPECT_EQ(after(client_state::closed, nth<client_input>(n)), client_state::closed) << n;
    }
}

// PS-1: TRANSACTION begins with a login and with nothing else.
TEST(client_table, no_other_way_leads_in) {
    for (std::size_t s = 0; s != client_states; ++s) {
        for (std::size_t i = 0; i != client_inputs; ++i) {
            const auto from = nth<client_state>(s);
            const auto input = nth<client_input>(i);
            if (after(from, input) != client_state::transaction || from == client_state::transaction) continue;
            EXPECT_TRUE((from == client_state::login && input == client_input::login_ok) ||
                        (from == client_state::exchange && input == client_input::auth_ok));
        }
    }
}

// A refused call and an answer that cannot be due lead nowhere.
TEST(client_table, refusals_change_nothing) {
    for (const auto a : {client_action::refuse, client_action::wait, client_action::never, client_action::stay}) {
        for (std::size_t s = 0; s != client_states; ++s) {
            EXPECT_EQ(next_state(nth<client_state>(s), a), nth<client_state>(s));
        }
    }
}

} // namespace
} // namespace mailwire::pop3
