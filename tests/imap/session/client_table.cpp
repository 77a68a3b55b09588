// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client_table.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_box;
using kind = client_event_kind;

// Two letters a cell, the action and the next state:
//   d deliver, s send, r refuse, e end, x cut off, p repeat; faults for good: g greeting, b response, c "+", t tag
//   G greeting, N not authenticated, A authenticated, S selected, L logged out, C closed, F failed
// Columns: greeting OK, PREAUTH, BYE, other; data, BYE, "+", stray "+"; done, logged in, selected, deselected, unknown
// tag; end; commands for any state, not authenticated, authenticated, selected. RFC 9051 3, 6.
constexpr std::array<std::string_view, client_states> cells{
    "dN dA dL gF  gF gF gF gF  gF gF gF gF gF  xC  rG rG rG rG", // greeting
    "bF bF bF bF  dN dL dN cF  dN dA bF bF tF  xC  sN sN rN rN", // not authenticated
    "bF bF bF bF  dA dL dA cF  dA dA dS dA tF  xC  sA rA sA rA", // authenticated
    "bF bF bF bF  dS dL dS cF  dS dS dS dA tF  xC  sS rS sS sS", // selected
    "bF bF bF bF  dL dL dL cF  dL dL dL dL tF  xC  rL rL rL rL", // logged out
    "eC eC eC eC  eC eC eC eC  eC eC eC eC eC  eC  rC rC rC rC", // closed
    "pF pF pF pF  pF pF pF pF  pF pF pF pF pF  pF  rF rF rF rF", // failed
};

std::string letters(const client_cell& c) {
    const std::string_view actions = "dsrgbctexp";
    const std::string_view states = "GNASLCF";
    return {actions[static_cast<std::size_t>(c.action)], states[static_cast<std::size_t>(c.next)]};
}

TEST(imap_client_table, ST_1_every_cell) {
    for (std::size_t s = 0; s != client_states; ++s) {
        std::string row(cells[s]);
        for (std::size_t i = 0; i != client_inputs; ++i) {
            row.erase(0, row.find_first_not_of(' '));
            const auto cell = client_next(static_cast<client_state>(s), static_cast<client_input>(i));
            EXPECT_EQ(letters(cell), row.substr(0, 2)) << "state " << s << ", input " << i;
            row.erase(0, 2);
        }
        EXPECT_TRUE(row.empty());
    }
}

// A client in a state, with commands of every effect in flight as far as the state lets them be.
struct driven : client_box {
    explicit driven(client_state to) {
        if (to == client_state::greeting) return;
        hear("* OK hi\r\n");
        if (to == client_state::failed) hear("Z9 OK\r\n");
        if (to == client_state::closed) hang_up();
        if (session.state() != client_state::not_authenticated) return;
        const auto first = say(login{"u", "p"});
        logs_in = say(login{"u", "p"});
        none = say(noop{});
        if (to == client_state::not_authenticated) return;
        reply(first, "OK");
        const auto second = say(select{"x"});
        selects = say(select{"y"});
        if (to != client_state::logged_out) reply(second, "OK");
        const auto third = say(close{});
        deselects = say(close{});
        if (to == client_state::authenticated) reply(third, "OK");
        if (to == client_state::logged_out) hear("* BYE bye\r\n");
    }

    template <typename Command> std::uint32_t say(const Command& c) {
        const auto sent = session.send(c);
        (void)test::flush(session);
        return sent.number;
    }
    client_event hear(std::string_view octets) {
        (void)test::receive(session, octets, octets.size());
        return session.next();
    }
    client_event reply(std::uint32_t number, std::string_view rest) {
        return hear("A" + std::to_string(number) + " " + std::string(rest) + "\r\n");
    }
    client_event hang_up() {
        session.closed();
        return session.next();
    }

    std::uint32_t none = 0;
    std::uint32_t logs_in = 0;
    std::uint32_t selects = 0;
    std::uint32_t deselects = 0;
};

constexpr std::array all_states{client_state::greeting, client_state::not_authenticated, client_state::authenticated,
                                client_state::selected, client_state::logged_out,        client_state::closed,
                                client_state::failed};

// What the cell promises is what happened.
void expect_cell(const driven& d, client_state from, client_input input, const client_event& event, kind delivered) {
    const client_cell cell = client_next(from, input);
    SCOPED_TRACE("state " + std::to_string(static_cast<int>(from)) + ", input " +
                 std::to_string(static_cast<int>(input)) + ": " + test::describe(event));
    EXPECT_EQ(d.session.state(), cell.next);
    switch (cell.action) {
    case client_action::deliver:
        EXPECT_EQ(event.kind, delivered);
        break;
    case client_action::bad_greeting:
        EXPECT_EQ(event.error, (error{errc::unexpected_greeting, 0, 0, 0}));
        break;
    case client_action::bad_response:
        EXPECT_EQ(event.error, (error{errc::unexpected_response, 0, 0, 0}));
        break;
    case client_action::bad_continuation:
        EXPECT_EQ(event.error, (error{errc::unexpected_continuation, 0, 0, 0}));
        break;
    case client_action::bad_tag:
        EXPECT_EQ(event.error, (error{errc::unknown_tag, 0, 0, 0}));
        break;
    case client_action::end:
    case client_action::cut_off:
        EXPECT_EQ(event.kind, kind::closed);
        break;
    case client_action::repeat:
        EXPECT_EQ(event.error, (error{errc::unknown_tag, 0, 0, 0}));
        break;
    case client_action::send:
    case client_action::refuse:
        ADD_FAILURE() << "no answer to octets";
    }
}

void drive(client_state from, client_input input, std::string_view octets, kind delivered) {
    driven d(from);
    ASSERT_EQ(d.session.state(), from);
    const client_event event = d.hear(octets);
    expect_cell(d, from, input, event, delivered);
}

TEST(imap_client_table, ST_3_ST_39_G7_untagged_lines_in_every_state) {
    for (const client_state s : all_states) {
        const bool first = s == client_state::greeting;
        drive(s, first ? client_input::greeting_ok : client_input::data, "* OK hi\r\n",
              first ? kind::greeting : kind::response);
        drive(s, client_input::greeting_preauth, "* PREAUTH hi\r\n", kind::greeting);
        drive(s, first ? client_input::greeting_bye : client_input::bye, "* BYE hi\r\n",
              first ? kind::greeting : kind::response);
        drive(s, client_input::data, "* NO no\r\n", kind::response);
        drive(s, client_input::data, "* 1 EXISTS\r\n", kind::response);
        drive(s, client_input::data, "* WHATEVER it is\r\n", kind::response);
        if (first) drive(s, client_input::greeting_other, "* NO hi\r\n", kind::error);
        if (first) drive(s, client_input::greeting_other, "HTTP/1.1 200 OK\r\n", kind::error);
    }
}

TEST(imap_client_table, A12_G2_G3_ST_44_what_answers_nothing) {
    for (const client_state s : all_states) {
        drive(s, client_input::stray_continuation, "+ go\r\n", kind::need_input);
        drive(s, client_input::stray_continuation, "+ \r\n", kind::need_input);
        drive(s, client_input::unknown_tag, "Z9 OK hi\r\n", kind::done);
        drive(s, client_input::unknown_tag, "a1 OK hi\r\n", kind::done);
        drive(s, client_input::unknown_tag, "A0 NO hi\r\n", kind::done);
    }
}

TEST(imap_client_table, ST_12_ST_13_ST_14_replies_in_every_state) {
    for (const client_state s : all_states) {
        for (const std::string_view how : {"OK", "NO", "BAD"}) {
            const bool ok = how == "OK";
            for (const std::uint32_t driven::*which :
                 {&driven::none, &driven::logs_in, &driven::selects, &driven::deselects}) {
                driven d(s);
                if (d.*which == 0) continue; // no such command can be in flight in this state
                client_input input = client_input::done;
                if (ok && which == &driven::logs_in) input = client_input::logged_in;
                if (ok && which == &driven::selects) input = client_input::selected;
                if (ok && which == &driven::deselects) input = client_input::deselected;
                if (how == "NO" && which == &driven::selects) input = client_input::deselected;
                const client_event event = d.reply(d.*which, how);
                expect_cell(d, s, input, event, kind::done);
                EXPECT_EQ(event.command, d.*which);
            }
        }
    }
}

TEST(imap_client_table, FR_5_the_plus_a_literal_waits_for) {
    for (const client_state s :
         {client_state::not_authenticated, client_state::authenticated, client_state::selected}) {
        for (const bool said_bye : {false, true}) {
            driven d(s);
            const auto number =
                s == client_state::not_authenticated ? d.say(login{"u", "\xff"}) : d.say(create{"\xff"});
            ASSERT_NE(number, 0U);
            if (said_bye) (void)d.hear("* BYE soon\r\n");
            const client_state from = d.session.state();
            const client_event event = d.hear("+ go\r\n");
            expect_cell(d, from, client_input::continuation, event, kind::need_output);
            EXPECT_EQ(d.session.output(), "\xff\r\n");
        }
    }
}

TEST(imap_client_table, A9_the_end_in_every_state) {
    for (const client_state s : all_states) {
        driven d(s);
        const client_event event = d.hang_up();
        expect_cell(d, s, client_input::end, event, kind::closed);
        if (s == client_state::closed || s == client_state::failed) continue;
        for (const std::string_view cut : {"* OK h", "* 1 FETCH (BODY[] {5}\r\nab", "* 1 FETCH (BODY[] {5000}\r\nab"}) {
            driven c(s);
            (void)c.hear(cut);
            while (c.hang_up().kind == kind::literal_data) {
            }
            EXPECT_EQ(c.session.state(), client_state::failed);
            const auto code = c.session.next().error.code;
            EXPECT_EQ(code,
                      s == client_state::greeting && cut.size() > 27 ? errc::unexpected_greeting : errc::truncated);
        }
    }
}

template <typename Command> void drive_command(client_state s, client_input input, const Command& c) {
    driven d(s);
    const client_cell cell = client_next(s, input);
    const auto sent = d.session.send(c);
    EXPECT_EQ(sent.fault, cell.action == client_action::send ? misuse::none : misuse::wrong_state);
    EXPECT_EQ(d.session.output().empty(), cell.action != client_action::send);
    EXPECT_EQ(d.session.state(), cell.next);
}

TEST(imap_client_table, ST_4_ST_5_ST_6_ST_7_G1_commands_in_every_state) {
    for (const client_state s : all_states) {
        drive_command(s, client_input::command_any, noop{});
        drive_command(s, client_input::command_any, logout{});
        drive_command(s, client_input::command_not_authenticated, login{"u", "p"});
        drive_command(s, client_input::command_authenticated, select{"x"});
        drive_command(s, client_input::command_authenticated, append{.mailbox = "x", .message = "m"});
        drive_command(s, client_input::command_selected, expunge{});
        drive_command(s, client_input::command_selected, unselect{});
    }
}

} // namespace
} // namespace mailwire::imap
