// SPDX-License-Identifier: BSL-1.0
// What the program says in every state, by the table. RFC 9051 3, 6. What a client sends is in server_states.cpp.
#include "mailwire/imap/session/server_table.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::driven;
using test::driven_states;
using kind = server_event_kind;

void expect_call(driven& d, server_state from, server_input input, misuse fault) {
    const server_action action = action_of(from, input);
    SCOPED_TRACE(std::string(name_of(from)) + ", " + std::string(name_of(input)));
    EXPECT_NE(action, server_action::never);
    const bool refused = action == server_action::refuse;
    EXPECT_EQ(fault, refused ? misuse::wrong_state : misuse::none);
    EXPECT_EQ(d.said().empty(), refused);
    EXPECT_EQ(d.session.state(), next_state(from, action));
}

// The greeting alone fixes the first state, and there is one.
TEST(imap_server_states, ST_1_ST_2_ST_40_G1_what_the_program_says_in_every_state) {
    for (const server_state s : driven_states) {
        driven ok(s), preauth(s), bye(s), data(s), status(s), end(s), closed(s);
        expect_call(ok, s, server_input::greet_ok, ok.session.greet({condition::ok, {}, "hi"}));
        expect_call(preauth, s, server_input::greet_preauth, preauth.session.greet({condition::preauth, {}, "hi"}));
        expect_call(bye, s, server_input::greet_bye, bye.session.greet({condition::bye, {}, "hi"}));
        expect_call(data, s, server_input::data, data.session.send(exists{3}));
        expect_call(status, s, server_input::data, status.session.send(status_response{condition::no, {}, "hm"}));
        expect_call(end, s, server_input::bye, end.session.send(status_response{condition::bye, {}, "bye"}));
        expect_call(closed, s, server_input::closed,
                    closed.session.send(status_response{condition::ok, code_closed{}, "gone"}));
    }
}

struct row {
    std::string_view command;
    server_input ok;
    server_input no;
};
constexpr row rows[] = {
    {"a NOOP\r\n", server_input::answer, server_input::answer},
    {"a LOGIN u p\r\n", server_input::answer_logged_in, server_input::answer},
    {"a SELECT x\r\n", server_input::answer_selected, server_input::answer_deselected},
    {"a EXAMINE x\r\n", server_input::answer_selected, server_input::answer_deselected},
    {"a STATUS x (MESSAGES)\r\n", server_input::answer, server_input::answer},
    {"a ENABLE CONDSTORE\r\n", server_input::answer, server_input::answer},
    {"a CLOSE\r\n", server_input::answer_deselected, server_input::answer},
    {"a UNSELECT\r\n", server_input::answer_deselected, server_input::answer},
    {"a EXPUNGE\r\n", server_input::answer, server_input::answer},
    {"a IDLE\r\n", server_input::answer, server_input::answer},
    {"a COMPRESS DEFLATE\r\n", server_input::answer, server_input::answer},
    {"a STARTTLS\r\n", server_input::answer, server_input::answer},
    {"a UNAUTHENTICATE\r\n", server_input::answer_unauthenticated, server_input::answer},
    {"a LOGOUT\r\n", server_input::answer_logged_out, server_input::answer},
};

// ST-25 and TL-20: CLOSE and UNSELECT have no NO, and UNAUTHENTICATE has none.
bool is_never_refused(std::string_view command) {
    return command == "a CLOSE\r\n" || command == "a UNSELECT\r\n" || command == "a UNAUTHENTICATE\r\n";
}

TEST(imap_server_states, ST_11_ST_12_ST_13_ST_14_ST_25_ST_37_TL_20_answers_in_every_state) {
    for (const row& r : rows) {
        for (const server_state s : driven_states) {
            for (const condition c : {condition::ok, condition::no, condition::bad}) {
                driven d(s);
                const bool delivered = d.hear(r.command).kind == kind::command;
                (void)d.said();
                const misuse fault = d.say(c);
                SCOPED_TRACE(r.command);
                if (!delivered) {
                    EXPECT_EQ(fault, misuse::wrong_state);
                    EXPECT_TRUE(d.said().empty());
                } else if (c == condition::no && is_never_refused(r.command)) {
                    EXPECT_EQ(fault, misuse::bad_value);
                    EXPECT_TRUE(d.said().empty());
                    EXPECT_EQ(d.session.state(), s);
                } else {
                    const server_input no = c == condition::no ? r.no : server_input::answer;
                    expect_call(d, s, c == condition::ok ? r.ok : no, fault);
                }
            }
        }
    }
}

TEST(imap_server_states, ST_40_no_answer_follows_bye) {
    for (const std::string_view command : {"a NOOP\r\n", "a SELECT x\r\n", "a LOGOUT\r\n", "a IDLE\r\n",
                                           "a COMPRESS DEFLATE\r\n", "a APPEND x {3}\r\n"}) {
        driven d(server_state::authenticated);
        (void)d.hear(command);
        EXPECT_EQ(d.session.send(status_response{condition::bye, {}, "bye"}), misuse::none);
        (void)d.said();
        expect_call(d, server_state::logged_out, server_input::answer, d.say());
        EXPECT_EQ(d.session.begin_idle(), misuse::wrong_state);
        EXPECT_EQ(d.session.accept_literal(), misuse::wrong_state);
        EXPECT_EQ(d.hear("b NOOP\r\n").kind, kind::closed);
        EXPECT_EQ(d.said(), "");
    }
}

// ST-41: one tagged reply, and then none.
TEST(imap_server_states, ST_41_a_command_is_answered_once) {
    for (const condition c : {condition::ok, condition::no, condition::bad}) {
        driven d(server_state::authenticated);
        (void)d.hear("a.B-1 CREATE x\r\n");
        EXPECT_EQ(d.say(c), misuse::none);
        EXPECT_EQ(d.say(c), misuse::wrong_state);
        EXPECT_EQ(d.said(), "a.B-1 " + std::string(status_response::word(c)) + " so\r\n");
    }
}

} // namespace
} // namespace mailwire::imap
