// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_table.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::server_box;
using kind = server_event_kind;

// Two letters a cell, the action and the next state:
//   d deliver, b answer BAD, w wait, i ignore, s send, r refuse, f finish, x cut off, p repeat
//   G greeting, N not authenticated, A authenticated, S selected, L logged out, C closed, F failed
// Columns: commands for any state, not authenticated, authenticated, selected, what is no command; end; the greetings
// OK, PREAUTH, BYE; data; answers that change nothing, log in, select, deselect, log out; BYE. RFC 9051 3, 6.
constexpr std::array<std::string_view, server_states> cells{
    "wG wG wG wG wG  xC  sN sA sL  rG  rG rG rG rG rG  rG", // greeting
    "dN dN bN bN bN  xC  rN rN rN  sN  sN sA rN rN sL  sL", // not authenticated
    "dA bA dA bA bA  xC  rA rA rA  sA  sA rA sS sA sL  sL", // authenticated
    "dS bS dS dS bS  xC  rS rS rS  sS  sS rS sS sA sL  sL", // selected
    "iL iL iL iL iL  xC  rL rL rL  rL  rL rL rL rL rL  rL", // logged out
    "fC fC fC fC fC  fC  rC rC rC  rC  rC rC rC rC rC  rC", // closed
    "pF pF pF pF pF  pF  rF rF rF  rF  rF rF rF rF rF  rF", // failed
};

std::string letters(const server_cell& c) {
    const std::string_view actions = "dbwisrfxp";
    const std::string_view states = "GNASLCF";
    return {actions[static_cast<std::size_t>(c.action)], states[static_cast<std::size_t>(c.next)]};
}

TEST(imap_server_table, ST_1_every_cell) {
    for (std::size_t s = 0; s != server_states; ++s) {
        std::string row(cells[s]);
        for (std::size_t i = 0; i != server_inputs; ++i) {
            row.erase(0, row.find_first_not_of(' '));
            const auto cell = server_next(static_cast<server_state>(s), static_cast<server_input>(i));
            EXPECT_EQ(letters(cell), row.substr(0, 2)) << "state " << s << ", input " << i;
            row.erase(0, 2);
        }
        EXPECT_TRUE(row.empty());
    }
}

// A server in a state, with all its output sent.
struct driven : server_box {
    explicit driven(server_state to) {
        if (to == server_state::greeting) return;
        const bool late = to == server_state::authenticated || to == server_state::selected;
        (void)session.greet({late ? condition::preauth : condition::ok, {}, "hi"});
        if (to == server_state::selected) {
            (void)hear("s SELECT x\r\n");
            (void)session.finish({condition::ok, {}, "ok"});
        }
        if (to == server_state::logged_out) (void)session.send(status_response{condition::bye, {}, "bye"});
        if (to == server_state::closed) (void)hang_up();
        if (to == server_state::failed) (void)hear("x NOOP {9223372036854775808}\r\n");
        (void)test::flush(session);
    }

    server_event hear(std::string_view octets) {
        (void)test::receive(session, octets, octets.size());
        return session.next();
    }
    server_event hang_up() {
        session.closed();
        return session.next();
    }
};

constexpr std::array all_states{server_state::greeting, server_state::not_authenticated, server_state::authenticated,
                                server_state::selected, server_state::logged_out,        server_state::closed,
                                server_state::failed};

void drive(server_state from, server_input input, std::string_view octets) {
    driven d(from);
    ASSERT_EQ(d.session.state(), from);
    const server_cell cell = server_next(from, input);
    const server_event event = d.hear(octets);
    SCOPED_TRACE("state " + std::to_string(static_cast<int>(from)) + ", " + std::string(octets));
    EXPECT_EQ(d.session.state(), cell.next);
    const std::string sent = test::flush(d.session);
    EXPECT_EQ(sent.empty(), cell.action != server_action::answer_bad) << sent;
    switch (cell.action) {
    case server_action::deliver:
        EXPECT_EQ(event.kind, kind::command);
        break;
    case server_action::answer_bad:
        EXPECT_EQ(event.kind, kind::error);
        EXPECT_TRUE(sent.starts_with(octets.front() == 'a' ? "a BAD " : "* BAD "));
        break;
    case server_action::wait:
        EXPECT_EQ(event.kind, kind::need_answer);
        break;
    case server_action::ignore:
        EXPECT_EQ(event.kind, kind::need_input);
        break;
    case server_action::finish:
        EXPECT_EQ(event.kind, kind::closed);
        break;
    case server_action::repeat:
        EXPECT_EQ(event.error, (error{errc::number_too_big, 7, 0, 9223372036854775807U}));
        break;
    case server_action::send:
    case server_action::refuse:
    case server_action::cut_off:
        ADD_FAILURE() << "no answer to octets";
    }
}

TEST(imap_server_table, ST_4_ST_5_ST_6_ST_7_ST_8_commands_in_every_state) {
    for (const server_state s : all_states) {
        for (const std::string_view c : {"a CAPABILITY\r\n", "a NOOP\r\n", "a LOGOUT\r\n"})
            drive(s, server_input::command_any, c);
        drive(s, server_input::command_not_authenticated, "a LOGIN u p\r\n");
        for (const std::string_view c : {"a SELECT x\r\n", "a EXAMINE x\r\n", "a CREATE x\r\n", "a DELETE x\r\n",
                                         "a RENAME x y\r\n", "a LIST \"\" *\r\n", "a STATUS x (MESSAGES)\r\n"}) {
            drive(s, server_input::command_authenticated, c);
        }
        for (const std::string_view c :
             {"a CLOSE\r\n", "a UNSELECT\r\n", "a EXPUNGE\r\n", "a SEARCH ALL\r\n", "a FETCH 1 FLAGS\r\n",
              "a STORE 1 FLAGS ()\r\n", "a COPY 1 x\r\n", "a MOVE 1 x\r\n", "a UID FETCH 1 FLAGS\r\n",
              "a UID SEARCH ALL\r\n", "a UID EXPUNGE 1\r\n"}) {
            drive(s, server_input::command_selected, c);
        }
    }
}

TEST(imap_server_table, ST_9_ST_10_G3_what_is_no_command) {
    for (const server_state s : all_states) {
        for (const std::string_view c :
             {"a XYZZY\r\n", "a XYZZY with arguments\r\n", "a NOOP x\r\n", "a \r\n", "a NOOP\n"})
            drive(s, server_input::fault, c);
        for (const std::string_view c :
             {"\r\n", "+ NOOP\r\n", "* NOOP\r\n", " NOOP\r\n", "(a NOOP\r\n", "\xff NOOP\r\n", "\n"})
            drive(s, server_input::fault, c);
    }
}

TEST(imap_server_table, A9_the_end_in_every_state) {
    for (const server_state s : all_states) {
        driven d(s);
        EXPECT_EQ(d.hang_up().kind, s == server_state::failed ? kind::error : kind::closed);
        EXPECT_EQ(d.session.state(), server_next(s, server_input::end).next);
        for (const std::string_view cut : {"a", "a NOOP", "a NOOP\r", "a LOGIN {5+}\r\nab", "a LOGIN {5}\r\n"}) {
            driven c(s);
            (void)c.hear(cut);
            (void)c.hang_up();
            const bool reading =
                s == server_state::not_authenticated || s == server_state::authenticated || s == server_state::selected;
            const bool gone = s != server_state::not_authenticated && cut == "a LOGIN {5}\r\n"; // refused, so complete
            if (reading) {
                EXPECT_EQ(c.session.state(), gone ? server_state::closed : server_state::failed) << cut;
                EXPECT_EQ(c.session.next().error.code, gone ? errc::none : errc::truncated) << cut;
            } else {
                EXPECT_EQ(c.session.state(), s == server_state::failed ? s : server_state::closed) << cut;
            }
        }
    }
}

void expect_call(const driven& d, server_state from, server_input input, misuse fault) {
    const server_cell cell = server_next(from, input);
    SCOPED_TRACE("state " + std::to_string(static_cast<int>(from)) + ", input " +
                 std::to_string(static_cast<int>(input)));
    EXPECT_EQ(fault, cell.action == server_action::send ? misuse::none : misuse::wrong_state);
    EXPECT_EQ(d.session.output().empty(), cell.action != server_action::send);
    EXPECT_EQ(d.session.state(), cell.next);
}

TEST(imap_server_table, ST_2_ST_40_G1_what_the_program_says_in_every_state) {
    for (const server_state s : all_states) {
        driven ok(s), preauth(s), bye(s), data(s), status(s), end(s);
        expect_call(ok, s, server_input::greet_ok, ok.session.greet({condition::ok, {}, "hi"}));
        expect_call(preauth, s, server_input::greet_preauth, preauth.session.greet({condition::preauth, {}, "hi"}));
        expect_call(bye, s, server_input::greet_bye, bye.session.greet({condition::bye, {}, "hi"}));
        expect_call(data, s, server_input::data, data.session.send(exists{3}));
        expect_call(status, s, server_input::data, status.session.send(status_response{condition::no, {}, "hm"}));
        expect_call(end, s, server_input::bye, end.session.send(status_response{condition::bye, {}, "bye"}));
    }
}

// The answers to a command, where the state lets it be delivered.
TEST(imap_server_table, ST_12_ST_13_ST_14_ST_37_answers_in_every_state) {
    struct row {
        std::string_view command;
        server_input ok;
        server_input no;
    };
    for (const row& r : {row{"a NOOP\r\n", server_input::answer, server_input::answer},
                         row{"a LOGIN u p\r\n", server_input::answer_logged_in, server_input::answer},
                         row{"a SELECT x\r\n", server_input::answer_selected, server_input::answer_deselected},
                         row{"a EXAMINE x\r\n", server_input::answer_selected, server_input::answer_deselected},
                         row{"a CLOSE\r\n", server_input::answer_deselected, server_input::answer},
                         row{"a UNSELECT\r\n", server_input::answer_deselected, server_input::answer},
                         row{"a LOGOUT\r\n", server_input::answer_logged_out, server_input::answer}}) {
        for (const server_state s : all_states) {
            for (const condition c : {condition::ok, condition::no, condition::bad}) {
                driven d(s);
                const bool delivered = d.hear(r.command).kind == kind::command;
                (void)test::flush(d.session);
                const misuse fault = d.session.finish({c, {}, "so"});
                if (!delivered) {
                    EXPECT_EQ(fault, misuse::wrong_state);
                    EXPECT_TRUE(d.session.output().empty());
                    continue;
                }
                const server_input input = c == condition::ok ? r.ok : c == condition::no ? r.no : server_input::answer;
                expect_call(d, s, input, fault);
            }
        }
    }
}

TEST(imap_server_table, ST_40_no_answer_follows_bye) {
    for (const std::string_view command : {"a NOOP\r\n", "a SELECT x\r\n", "a LOGOUT\r\n"}) {
        driven d(server_state::authenticated);
        (void)d.hear(command);
        EXPECT_EQ(d.session.send(status_response{condition::bye, {}, "bye"}), misuse::none);
        (void)test::flush(d.session);
        expect_call(d, server_state::logged_out, server_input::answer, d.session.finish({condition::ok, {}, "so"}));
        EXPECT_EQ(d.hear("b NOOP\r\n").kind, kind::need_input);
    }
}

} // namespace
} // namespace mailwire::imap
