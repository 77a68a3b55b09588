// SPDX-License-Identifier: BSL-1.0
// The table of states, and a session that is driven through every cell of it that octets or calls can reach.
#include "mailwire/imap/session/client_table.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/imap/session/client_table_names.hpp"
#include "mailwire/sasl/login.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using state = client_state;
using input = client_input;
using action = client_action;

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

static_assert(static_cast<std::size_t>(state::failed) + 1 == client_states);
static_assert(static_cast<std::size_t>(input::command_selected) + 1 == client_inputs);

constexpr state after(state s, input i) { return next_state(s, action_of(s, i)); }

// RFC 9051 3, the figure: (1) to (7), and RFC 8437 5.
static_assert([] {
    return after(state::greeting, input::greeting_ok) == state::not_authenticated &&
           after(state::greeting, input::greeting_preauth) == state::authenticated &&
           after(state::greeting, input::greeting_bye) == state::logged_out &&
           after(state::not_authenticated, input::logged_in) == state::authenticated &&
           after(state::authenticated, input::selected) == state::selected &&
           after(state::selected, input::deselected) == state::authenticated &&
           after(state::selected, input::unauthenticated) == state::not_authenticated &&
           after(state::selected, input::bye) == state::logged_out &&
           after(state::logged_out, input::end) == state::closed;
}());

TEST(imap_client_table, what_failed_or_closed_stays_so) {
    for (std::size_t n = 0; n != client_inputs; ++n) {
        EXPECT_EQ(after(state::failed, nth<input>(n)), state::failed) << n;
        EXPECT_EQ(after(state::closed, nth<input>(n)), state::closed) << n;
    }
}

TEST(imap_client_table, ST_12_ST_13_no_other_way_leads_in) {
    for (std::size_t s = 0; s != client_states; ++s) {
        for (std::size_t i = 0; i != client_inputs; ++i) {
            const auto from = nth<state>(s);
            const auto what = nth<input>(i);
            const state to = after(from, what);
            if (to == from) continue;
            EXPECT_TRUE(to != state::selected || (from == state::authenticated && what == input::selected));
            EXPECT_TRUE(to != state::authenticated || (from == state::greeting && what == input::greeting_preauth) ||
                        (from == state::not_authenticated && what == input::logged_in) ||
                        (from == state::selected && what == input::deselected));
        }
    }
}

TEST(imap_client_table, refusals_change_nothing) {
    for (const auto a : {action::refuse, action::put, action::take, action::never, action::stay}) {
        for (std::size_t s = 0; s != client_states; ++s)
            EXPECT_EQ(next_state(nth<state>(s), a), nth<state>(s));
    }
}

constexpr std::string_view offers = "IMAP4rev2 STARTTLS AUTH=LOGIN UNAUTHENTICATE";
constexpr instant long_ago = 1000;
constexpr instant too_late = 10000000;

// A client in a state.
struct driven : client_talk {
    explicit driven(state to, tls_policy tls = tls_policy::optional) : client_talk(whole, {.tls = tls}) {
        if (to == state::greeting) return;
        greet(to == state::authenticated || to == state::selected);
        if (to == state::selected) (void)run(select{"box"});
        if (to == state::logged_out) (void)hear("* BYE bye\r\n");
        if (to == state::failed) (void)hear("Z9 OK\r\n");
        if (to == state::closed) (void)hang_up();
    }

    void greet(bool logged_in) {
        (void)hear((logged_in ? "* PREAUTH [CAPABILITY " : "* OK [CAPABILITY ") + std::string(offers) + "] hi\r\n");
    }
    template <typename Command> std::string run(const Command& command) {
        const std::string line = say(command);
        (void)hear(line.substr(0, line.find(' ')) + " OK in\r\n");
        return line;
    }
};

// The lines that are the same in every state.
std::optional<std::string_view> line_of(input i) {
    switch (i) {
    case input::greeting_ok:
        return "* OK hi\r\n";
    case input::greeting_preauth:
    case input::preauth_in_clear:
    case input::late_greeting:
        return "* PREAUTH hi\r\n";
    case input::greeting_bye:
    case input::bye:
        return "* BYE hi\r\n";
    case input::greeting_other:
    case input::data:
        return "* NO hi\r\n";
    case input::stray_continuation:
        return "+ go\r\n";
    case input::unknown_tag:
        return "Z9 OK hi\r\n";
    case input::no_end:
        return "* LIST () \"/\" {9223372036854775808}\r\n";
    case input::cut:
        return "* OK h";
    default:
        return std::nullopt;
    }
}

bool is_first_line(input i) { return i <= input::greeting_other; }
bool is_reply(input i) { return i >= input::done && i <= input::unauthenticated; }

// Puts a command in flight in whose answer the input comes; that answer. Where the state has no such command, one in front
// of it makes room: the server then answers out of order.
std::string reply_for(driven& d, input i, sasl::login_client& mechanism) {
    const bool inside = d.session.state() != state::not_authenticated;
    const bool enters = i == input::logged_in || i == input::unproven;
    if (enters && inside) (void)d.say(unauthenticate{});
    if (!enters && !inside && i != input::done) (void)d.say(login{"u", "p"});
    std::string line;
    if (i == input::done) line = d.say(noop{});
    if (i == input::logged_in) line = d.say(login{"u", "p"});
    if (i == input::unproven) line = d.authenticate(mechanism);
    if (i == input::selected || i == input::deselected) line = d.say(select{"other"});
    if (i == input::unauthenticated) line = d.say(unauthenticate{});
    EXPECT_TRUE(line.starts_with("A")) << line;
    return line.substr(0, line.find(' ')) + (i == input::deselected ? " NO x\r\n" : " OK x\r\n");
}

// What the session tells when the octets of an input come in a state.
lines hear_input(driven& d, state s, input i) {
    sasl::login_client mechanism({.user = "u", .password = "p"});
    if (is_reply(i)) {
        const std::string reply = reply_for(d, i, mechanism);
        if (s == state::logged_out) (void)d.hear("* BYE bye\r\n");
        return d.hear(reply);
    }
    if (i == input::before_tls) {
        EXPECT_EQ(d.say(starttls{}), "A1 STARTTLS\r\n");
        (void)d.hear("A1 OK go\r\n");
        return d.hear("* OK hi\r\n");
    }
    if (i == input::late) {
        d.session.at(long_ago);
        if (s == state::not_authenticated || s == state::authenticated || s == state::selected) (void)d.say(noop{});
        if (s == state::logged_out) {
            (void)d.say(noop{});
            (void)d.hear("* BYE bye\r\n");
        }
        d.session.at(too_late);
        return d.hear();
    }
    if (i == input::end) return d.hang_up();
    const lines told = d.hear(*line_of(i));
    return i == input::cut ? d.hang_up() : told;
}

errc code_of(input i) {
    switch (i) {
    case input::preauth_in_clear:
        return errc::login_before_tls;
    case input::greeting_other:
        return errc::unexpected_greeting;
    case input::stray_continuation:
        return errc::unexpected_continuation;
    case input::unproven:
        return errc::unproven_server;
    case input::unknown_tag:
        return errc::unknown_tag;
    case input::before_tls:
        return errc::input_before_tls;
    case input::no_end:
        return errc::endless_literal;
    case input::cut:
        return errc::truncated;
    case input::late:
        return errc::timed_out;
    default:
        return errc::unexpected_response;
    }
}

void drive(state s, input i) {
    SCOPED_TRACE(std::string(name_of(s)) + ", " + std::string(name_of(i)));
    const action a = action_of(s, i);
    // Replies and silence in logged_out are to what was sent before the BYE.
    const bool sent_before = s == state::logged_out && (is_reply(i) || i == input::late);
    driven d(sent_before ? state::authenticated : s,
             i == input::preauth_in_clear ? tls_policy::required : tls_policy::optional);
    const lines told = hear_input(d, s, i);
    EXPECT_EQ(d.session.state(), next_state(s, a));
    ASSERT_FALSE(told.empty());
    if (a == action::fail) {
        errc code = code_of(i);
        if (s == state::greeting && i == input::no_end) code = errc::unexpected_greeting;
        EXPECT_TRUE(told.back().starts_with("error " + std::string(name_of(code)))) << told.back();
        EXPECT_EQ(d.session.next().error.code, code);
        EXPECT_EQ(d.say(noop{}), "<wrong state>");
        return;
    }
    if (a == action::over) {
        EXPECT_EQ(told, lines{"closed"});
        return;
    }
    EXPECT_TRUE(told.back().starts_with(is_reply(i)        ? "done "
                                        : is_first_line(i) ? "greeting "
                                                           : "response "))
        << told.back();
}

TEST(imap_client_table, ST_1_G2_every_input_in_every_state) {
    std::size_t cells = 0;
    for (std::size_t s = 0; s != client_states; ++s) {
        for (std::size_t i = 0; i <= static_cast<std::size_t>(input::late); ++i) {
            const action a = action_of(nth<state>(s), nth<input>(i));
            if (a == action::never || a == action::stay) continue;
            drive(nth<state>(s), nth<input>(i));
            ++cells;
        }
    }
    EXPECT_EQ(cells, 70U) << "every cell that is neither never nor stay";
}

// Behind the end nothing is read: what comes changes nothing, and the last event is repeated.
TEST(imap_client_table, G2_nothing_is_heard_behind_the_end) {
    for (const state s : {state::closed, state::failed}) {
        for (std::size_t i = 0; i <= static_cast<std::size_t>(input::late); ++i) {
            EXPECT_TRUE(action_of(s, nth<input>(i)) == action::never || nth<input>(i) == input::end);
            driven d(s);
            const std::string before = test::describe(d.session.next());
            if (const auto line = line_of(nth<input>(i))) (void)test::receive(d.session, *line, line->size());
            d.session.at(long_ago);
            d.session.at(too_late);
            d.session.closed();
            EXPECT_EQ(test::describe(d.session.next()), before);
            EXPECT_EQ(d.session.state(), s);
        }
    }
}

template <typename Command> void drive_command(input i, const Command& command) {
    for (std::size_t n = 0; n != client_states; ++n) {
        const auto s = nth<state>(n);
        driven d(s);
        const bool goes_out = action_of(s, i) == action::put;
        const std::string said = d.say(command);
        EXPECT_EQ(said.starts_with("A"), goes_out) << name_of(s) << said;
        EXPECT_EQ(said == "<wrong state>", !goes_out) << name_of(s) << said;
        EXPECT_EQ(d.session.state(), s);
    }
}

TEST(imap_client_table, ST_4_ST_5_ST_6_ST_7_G1_commands_in_every_state) {
    drive_command(input::command_any, capability{});
    drive_command(input::command_any, noop{});
    drive_command(input::command_any, logout{});
    drive_command(input::command_not_authenticated, login{"u", "p"});
    drive_command(input::command_not_authenticated, authenticate{"LOGIN", {}});
    drive_command(input::command_not_authenticated, starttls{});
    drive_command(input::command_before_selection, enable{{"CONDSTORE"}});
    drive_command(input::command_authenticated, select{"x"});
    drive_command(input::command_authenticated, append{.mailbox = "x", .message = "m"});
    drive_command(input::command_authenticated, idle{});
    drive_command(input::command_authenticated, unauthenticate{});
    drive_command(input::command_selected, expunge{});
    drive_command(input::command_selected, unselect{});
    drive_command(input::command_selected, fetch{.messages = *sequence_set::parse("1"), .macro = fetch_macro::fast});
}

} // namespace
} // namespace mailwire::imap
