// SPDX-License-Identifier: BSL-1.0
// Every input of a client in every state, by the table. RFC 9051 3, 6. What the program says is in server_answers.cpp.
#include "mailwire/imap/session/server_table.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::driven;
using test::driven_states;
using kind = server_event_kind;

void drive(server_state from, server_input input, std::string_view octets) {
    driven d(from);
    ASSERT_EQ(d.session.state(), from);
    const server_action action = action_of(from, input);
    const server_event event = d.hear(octets);
    SCOPED_TRACE(std::string(name_of(from)) + ", " + std::string(octets));
    EXPECT_EQ(d.session.state(), next_state(from, action));
    const std::string sent = d.said();
    EXPECT_EQ(sent.empty(), action != server_action::deny) << sent;
    if (action == server_action::deliver) {
        EXPECT_TRUE(event.kind == kind::command || event.kind == kind::literal_begin);
    } else if (action == server_action::deny) {
        EXPECT_EQ(event.error.code, errc::unexpected_command);
        EXPECT_EQ(sent, "a BAD unexpected command\r\n");
    } else {
        ASSERT_EQ(action, server_action::never);
        EXPECT_EQ(event.kind, from == server_state::greeting ? kind::need_answer
                              : from == server_state::failed ? kind::error
                                                             : kind::closed);
    }
}

TEST(imap_server_states, ST_4_legal_in_every_state) {
    for (const server_state s : driven_states) {
        for (const std::string_view c :
             {"a CAPABILITY\r\n", "a NOOP\r\n", "a LOGOUT\r\n", "a ID NIL\r\n", "a id (\"name\" \"x\")\r\n"}) {
            drive(s, server_input::command_any, c);
        }
    }
}

TEST(imap_server_states, ST_5_ST_8_legal_before_the_login) {
    for (const server_state s : driven_states) {
        for (const std::string_view c :
             {"a LOGIN u p\r\n", "a AUTHENTICATE PLAIN\r\n", "a AUTHENTICATE PLAIN AAAA\r\n", "a STARTTLS\r\n"}) {
            drive(s, server_input::command_not_authenticated, c);
        }
    }
}

TEST(imap_server_states, ST_6_ST_8_EN_1_legal_in_authenticated_and_selected) {
    for (const server_state s : driven_states) {
        drive(s, server_input::command_before_selection, "a ENABLE CONDSTORE\r\n");
        for (const std::string_view c :
             {"a SELECT x\r\n", "a EXAMINE x\r\n", "a CREATE x\r\n", "a DELETE x\r\n", "a RENAME x y\r\n",
              "a SUBSCRIBE x\r\n", "a UNSUBSCRIBE x\r\n", "a LIST \"\" *\r\n", "a LSUB \"\" *\r\n", "a NAMESPACE\r\n",
              "a STATUS x (MESSAGES)\r\n", "a IDLE\r\n", "a GETQUOTA \"\"\r\n", "a GETQUOTAROOT x\r\n",
              "a SETQUOTA \"\" (STORAGE 9)\r\n", "a COMPRESS DEFLATE\r\n", "a UNAUTHENTICATE\r\n"}) {
            drive(s, server_input::command_authenticated, c);
        }
        if (s != server_state::not_authenticated) drive(s, server_input::command_authenticated, "a APPEND x {3}\r\n");
    }
}

TEST(imap_server_states, ST_7_ST_8_ST_25_legal_in_selected) {
    for (const server_state s : driven_states) {
        for (const std::string_view c :
             {"a CLOSE\r\n", "a UNSELECT\r\n", "a EXPUNGE\r\n", "a CHECK\r\n", "a SEARCH ALL\r\n",
              "a FETCH 1 FLAGS\r\n", "a STORE 1 FLAGS ()\r\n", "a COPY 1 x\r\n", "a MOVE 1 x\r\n",
              "a UID FETCH 1 FLAGS\r\n", "a UID STORE 1 FLAGS ()\r\n", "a UID COPY 1 x\r\n", "a UID MOVE 1 x\r\n",
              "a UID SEARCH ALL\r\n", "a UID EXPUNGE 1\r\n"}) {
            drive(s, server_input::command_selected, c);
        }
    }
}

// Where units are read, and by what name the answer goes.
TEST(imap_server_states, ST_9_ST_10_G3_what_is_no_command) {
    for (const server_state s :
         {server_state::not_authenticated, server_state::authenticated, server_state::selected}) {
        for (const std::string_view c :
             {"a XYZZY\r\n", "a XYZZY with arguments\r\n", "a NOOP x\r\n", "a \r\n", "a NOOP\n", "a UNSELECT x\r\n",
              "\r\n", "+ NOOP\r\n", "* NOOP\r\n", " NOOP\r\n", "(a NOOP\r\n", "\xff NOOP\r\n", "\n"}) {
            driven d(s);
            EXPECT_EQ(d.hear(c).kind, kind::error) << c;
            const std::string sent = d.said();
            EXPECT_TRUE(sent.starts_with(c.front() == 'a' ? "a BAD " : "* BAD ")) << c << sent;
            EXPECT_EQ(sent.find("\r\n"), sent.size() - 2);
            EXPECT_EQ(d.session.state(), s);
        }
    }
}

TEST(imap_server_states, A9_the_end_in_every_state) {
    for (const server_state s : driven_states) {
        driven d(s);
        EXPECT_EQ(d.hang_up().kind, s == server_state::failed ? kind::error : kind::closed);
        EXPECT_EQ(d.session.state(), next_state(s, action_of(s, server_input::end)));
        for (const std::string_view cut : {"a", "a NOOP", "a NOOP\r", "a LOGIN {5+}\r\nab", "a LOGIN {5}\r\n"}) {
            driven c(s);
            (void)c.hear(cut);
            const bool refused = s != server_state::not_authenticated && cut == "a LOGIN {5}\r\n";
            (void)c.hang_up();
            const server_input input = refused ? server_input::end : server_input::cut;
            const server_action action = action_of(s, input);
            if (s == server_state::closed || s == server_state::failed) {
                EXPECT_EQ(c.session.state(), s);
            } else {
                EXPECT_EQ(c.session.state(), next_state(s, action)) << name_of(s) << cut;
                EXPECT_EQ(c.session.next().error.code, action == server_action::fail ? errc::truncated : errc::none)
                    << cut;
            }
        }
    }
}

TEST(imap_server_states, no_end_late_and_before_change_in_every_state) {
    for (const server_state s : driven_states) {
        const bool reads =
            s == server_state::not_authenticated || s == server_state::authenticated || s == server_state::selected;
        driven endless(s);
        (void)endless.hear("a NOOP {9223372036854775808}\r\n");
        EXPECT_EQ(endless.session.state(), next_state(s, action_of(s, server_input::no_end)));
        driven late(s);
        late.session.at(0);
        late.session.at(1'000'000'000);
        (void)late.session.next();
        EXPECT_EQ(late.session.state(), next_state(s, action_of(s, server_input::late)));
        if (!reads) continue;
        driven changing(s);
        (void)changing.hear(s == server_state::not_authenticated ? "a STARTTLS\r\nb" : "a COMPRESS DEFLATE\r\nb");
        EXPECT_EQ(changing.say(), misuse::none);
        (void)changing.session.next();
        EXPECT_EQ(changing.session.state(), next_state(s, action_of(s, server_input::before_change)));
    }
}

} // namespace
} // namespace mailwire::imap
