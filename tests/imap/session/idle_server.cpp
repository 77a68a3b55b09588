// SPDX-License-Identifier: BSL-1.0
// A server's half of IDLE, whole and octet by octet. RFC 9051 6.3.13, RFC 2177.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::lines;
using test::said_to;
using test::setting;
using test::talk;
using kind = server_event_kind;

TEST(imap_idle_server, FR_28_DONE_in_any_case_and_nothing_else) {
    const auto r = talk("a IDLE\r\nDONE\r\nb NOOP\r\n");
    EXPECT_EQ(r.sent, "+ idling\r\na OK done\r\nb OK done\r\n");
    EXPECT_EQ(r.told, (lines{"command a IDLE\r\n", "done", "command b NOOP\r\n"}));
    EXPECT_EQ(said_to("a IDLE\r\ndOnE\r\nb IDLE\r\ndone\r\n"), "+ idling\r\na OK done\r\n+ idling\r\nb OK done\r\n");
}

TEST(imap_idle_server, FR_28_G5_anything_else_is_BAD_to_the_IDLE) {
    for (const std::string_view bad : {"b NOOP\r\n", "DONE \r\n", " DONE\r\n", "\r\n", "DON\r\n", "DONEDONE\r\n",
                                       "b DONE\r\n", "*\r\n", "b APPEND x {3}\r\n", "DONE {3}\r\n"}) {
        const auto r = talk("a IDLE\r\n" + std::string(bad) + "c NOOP\r\n");
        EXPECT_TRUE(r.sent == "+ idling\r\na BAD DONE is expected\r\nc OK done\r\n" ||
                    (r.sent == "+ idling\r\na BAD no literal here\r\nc OK done\r\n" && bad.find('{') != bad.npos))
            << bad << r.sent;
        EXPECT_EQ(r.told.at(1), "error syntax @0");
    }
    EXPECT_EQ(said_to("a IDLE\r\nDONE\nb NOOP\r\n"), "+ idling\r\na BAD bare line feed\r\nb OK done\r\n");
    // What belonged to IDLE is over: its DONE is a command that nobody knows.
    EXPECT_EQ(said_to("a IDLE\r\nb NOOP\r\nDONE\r\nc NOOP\r\n"),
              "+ idling\r\na BAD DONE is expected\r\nDONE BAD syntax\r\nc OK done\r\n");
    // A literal is passed over: what is in it is no command.
    EXPECT_EQ(said_to("a IDLE\r\nx {11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n"),
              "+ idling\r\na BAD no literal here\r\nc OK done\r\n");
}

TEST(imap_idle_server, FR_28_a_line_that_is_too_long) {
    const setting how{.options = {.limits = {.unit = 64}}};
    EXPECT_EQ(said_to("a IDLE\r\n" + std::string(63, 'D') + "\r\nb NOOP\r\n", how),
              "+ idling\r\na BAD unit too long\r\nb OK done\r\n");
}

// FR-30, MB-7: data may go out until the tagged answer, and also behind DONE; EXPUNGE too.
TEST(imap_idle_server, FR_30_MB_7_what_happens_is_told_until_the_answer) {
    test::driven server(server_state::selected);
    imap::server& s = server.session;
    EXPECT_EQ(server.hear("a IDLE\r\n").kind, kind::command);
    EXPECT_EQ(s.send(exists{3}), misuse::none) << "before it begins";
    EXPECT_EQ(s.begin_idle(), misuse::none);
    EXPECT_EQ(s.begin_idle(), misuse::wrong_state);
    EXPECT_EQ(s.send(exists{4}), misuse::none);
    EXPECT_EQ(s.send(expunge_data{4}), misuse::none);
    EXPECT_EQ(server.say(), misuse::wrong_state) << "it is the client that ends it";
    EXPECT_EQ(server.hear("DONE\r\n").kind, kind::done);
    EXPECT_EQ(s.send(exists{9}), misuse::none);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.said(), "* 3 EXISTS\r\n+ idling\r\n* 4 EXISTS\r\n* 4 EXPUNGE\r\n* 9 EXISTS\r\na OK so\r\n");
}

// A program that does not want to: NO, and no DONE follows.
TEST(imap_idle_server, FR_29_refused) {
    const auto r = talk("a IDLE\r\nb NOOP\r\n", {.answer = condition::no});
    EXPECT_EQ(r.sent, "a NO done\r\nb NO done\r\n");
}

TEST(imap_idle_server, PI_6_a_DONE_that_was_sent_too_early_is_read_in_its_turn) {
    test::driven server(server_state::authenticated);
    EXPECT_EQ(server.hear("a IDLE\r\nDONE\r\n").kind, kind::command);
    EXPECT_EQ(server.session.next().kind, kind::need_answer);
    EXPECT_EQ(server.session.begin_idle(), misuse::none);
    EXPECT_EQ(server.session.next().kind, kind::done);
}

// IDLE begins where there is room for "+", and not halfway.
TEST(imap_idle_server, no_room_to_begin) {
    test::driven server(server_state::authenticated, {.out = 256});
    EXPECT_EQ(server.hear("a IDLE\r\n").kind, kind::command);
    while (server.session.send(exists{1000000}) == misuse::none) {
    }
    EXPECT_EQ(server.session.begin_idle(), misuse::no_room);
    EXPECT_EQ(server.session.mode(), server_mode::asked_to_idle);
    (void)server.said();
    EXPECT_EQ(server.session.begin_idle(), misuse::none);
}

TEST(imap_idle_server, A9_the_end_while_it_idles) {
    for (const std::string_view rest : {"", "DON"}) {
        test::driven server(server_state::authenticated);
        (void)server.hear("a IDLE\r\n");
        EXPECT_EQ(server.session.begin_idle(), misuse::none);
        EXPECT_EQ(server.hear(rest).kind, kind::need_input);
        EXPECT_EQ(server.hang_up().kind, rest.empty() ? kind::closed : kind::error);
    }
}

} // namespace
} // namespace mailwire::imap
