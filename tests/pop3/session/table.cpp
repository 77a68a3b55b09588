// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/table.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// The last enumerators: one more of either kind, and the tables have to grow.
static_assert(static_cast<std::size_t>(client_state::failed) + 1 == client_states);
static_assert(static_cast<std::size_t>(client_input::cut) + 1 == client_inputs);
static_assert(static_cast<std::size_t>(server_state::failed) + 1 == server_states);
static_assert(static_cast<std::size_t>(server_input::cut) + 1 == server_inputs);

constexpr client_state after(client_state s, client_input i) { return next_state(s, action_of(s, i)); }
constexpr server_state after(server_state s, server_input i) { return next_state(s, action_of(s, i)); }

// RFC 1939 3: from the greeting over AUTHORIZATION and TRANSACTION to the end.
static_assert([] {
    using s = client_state;
    using i = client_input;
    return after(s::greeting, i::greeting_ok) == s::authorization &&
           after(s::authorization, i::send_user) == s::named && after(s::named, i::send_pass) == s::login &&
           after(s::login, i::login_ok) == s::transaction && after(s::transaction, i::send_quit) == s::quitting &&
           after(s::quitting, i::quit_err) == s::ended;
}());
static_assert([] {
    using s = server_state;
    using i = server_input;
    return after(s::greeting, i::greeted) == s::authorization && after(s::authorization, i::user_ok) == s::named &&
           after(s::named, i::login_ok) == s::transaction && after(s::transaction, i::quit_command) == s::update &&
           after(s::update, i::quit_err) == s::ended;
}());

TEST(table, what_failed_or_closed_stays_so) {
    for (std::size_t n = 0; n != client_inputs; ++n) {
        EXPECT_EQ(after(client_state::failed, nth<client_input>(n)), client_state::failed) << n;
        EXPECT_EQ(after(client_state::closed, nth<client_input>(n)), client_state::closed) << n;
    }
    for (std::size_t n = 0; n != server_inputs; ++n) {
        EXPECT_EQ(after(server_state::failed, nth<server_input>(n)), server_state::failed) << n;
        EXPECT_EQ(after(server_state::closed, nth<server_input>(n)), server_state::closed) << n;
    }
}

// PS-1, PS-18, PS-19: TRANSACTION begins with a login and with nothing else; UPDATE with QUIT in TRANSACTION and with
// nothing else.
TEST(table, no_other_way_leads_in) {
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
    for (std::size_t s = 0; s != client_states; ++s) {
        for (std::size_t i = 0; i != client_inputs; ++i) {
            const auto from = nth<client_state>(s);
            if (after(from, nth<client_input>(i)) == client_state::transaction && from != client_state::transaction) {
                EXPECT_EQ(nth<client_input>(i), client_input::login_ok);
                EXPECT_EQ(from, client_state::login);
            }
        }
    }
}

// A refused call and an answer that cannot be due lead nowhere.
TEST(table, refusals_change_nothing) {
    for (const auto a : {client_action::refuse, client_action::wait, client_action::never, client_action::stay}) {
        for (std::size_t s = 0; s != client_states; ++s) {
            EXPECT_EQ(next_state(nth<client_state>(s), a), nth<client_state>(s));
        }
    }
    for (const auto a : {server_action::refuse, server_action::deny, server_action::never, server_action::stay}) {
        for (std::size_t s = 0; s != server_states; ++s) {
            EXPECT_EQ(next_state(nth<server_state>(s), a), nth<server_state>(s));
        }
    }
}

} // namespace
} // namespace mailwire::pop3
