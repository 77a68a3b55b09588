// SPDX-License-Identifier: BSL-1.0
// The table as a table. That the session does what it says is for server_states.cpp.
#include "mailwire/imap/session/server_table.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// The last enumerators: one more of either kind, and the table has to grow.
static_assert(static_cast<std::size_t>(server_state::failed) + 1 == server_states);
static_assert(static_cast<std::size_t>(server_input::answer_logged_out) + 1 == server_inputs);

constexpr server_state after(server_state s, server_input i) { return next_state(s, action_of(s, i)); }

// RFC 9051 3: the way of a session from its greeting to LOGOUT.
static_assert([] {
    using s = server_state;
    using i = server_input;
    return after(s::greeting, i::greet_ok) == s::not_authenticated &&
           after(s::not_authenticated, i::answer_logged_in) == s::authenticated &&
           after(s::authenticated, i::answer_selected) == s::selected &&
           after(s::selected, i::answer_deselected) == s::authenticated &&
           after(s::selected, i::closed) == s::authenticated &&
           after(s::selected, i::answer_unauthenticated) == s::not_authenticated &&
           after(s::selected, i::answer_logged_out) == s::logged_out && after(s::logged_out, i::end) == s::closed;
}());
static_assert([] {
    using s = server_state;
    using i = server_input;
    return after(s::greeting, i::greet_preauth) == s::authenticated &&
           after(s::greeting, i::greet_bye) == s::logged_out;
}());

TEST(imap_server_table, what_failed_or_closed_stays_so) {
    for (std::size_t n = 0; n != server_inputs; ++n) {
        EXPECT_EQ(after(server_state::failed, nth<server_input>(n)), server_state::failed) << n;
        EXPECT_EQ(after(server_state::closed, nth<server_input>(n)), server_state::closed) << n;
    }
}

// ST-12, ST-13, ST-14: what leads into a state from another one.
TEST(imap_server_table, ST_1_ST_12_ST_13_ST_14_no_other_way_leads_in) {
    using s = server_state;
    using i = server_input;
    for (std::size_t n = 0; n != server_states; ++n) {
        for (std::size_t m = 0; m != server_inputs; ++m) {
            const auto from = nth<server_state>(n);
            const auto input = nth<server_input>(m);
            const server_state to = after(from, input);
            if (to == from) continue;
            if (to == s::authenticated) {
                EXPECT_TRUE((from == s::greeting && input == i::greet_preauth) ||
                            (from == s::not_authenticated && input == i::answer_logged_in) ||
                            (from == s::selected && (input == i::answer_deselected || input == i::closed)))
                    << n << ' ' << m;
            }
            if (to == s::selected) {
                EXPECT_EQ(from, s::authenticated);
                EXPECT_EQ(input, i::answer_selected);
            }
            if (to == s::not_authenticated) {
                EXPECT_TRUE(input == i::greet_ok || input == i::answer_unauthenticated) << n << ' ' << m;
            }
            EXPECT_NE(to, s::greeting);
        }
    }
}

// What a client sends changes no state, but for what ends the session. It is the program's answers that do.
TEST(imap_server_table, ST_8_ST_11_a_command_alone_changes_nothing) {
    for (std::size_t n = 0; n != server_states; ++n) {
        for (const auto input : {server_input::command_any, server_input::command_not_authenticated,
                                 server_input::command_before_selection, server_input::command_authenticated,
                                 server_input::command_selected}) {
            EXPECT_EQ(after(nth<server_state>(n), input), nth<server_state>(n));
        }
    }
}

TEST(imap_server_table, refusals_change_nothing) {
    for (const auto a : {server_action::deliver, server_action::deny, server_action::refuse, server_action::put,
                         server_action::stay, server_action::never, server_action::missing}) {
        for (std::size_t n = 0; n != server_states; ++n)
            EXPECT_EQ(next_state(nth<server_state>(n), a), nth<server_state>(n));
    }
}

} // namespace
} // namespace mailwire::imap
