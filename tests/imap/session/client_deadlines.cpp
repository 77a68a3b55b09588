// SPDX-License-Identifier: BSL-1.0
// Time is what the caller says it is: statements TL-25, FR-31, RX-6 of docs/sessions.md, attack rows G9, H2. IDLE's own clock is
// idle_client.cpp.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

constexpr instant seconds(std::uint64_t n) { return n * 1000; }
constexpr error late{errc::timed_out, 0, 0, 0};
const client_options timed{.limits = {.idle_anew_seconds = 1000, .answer_seconds = 300}, .tls = tls_policy::optional};

void expect_timed_out(client_talk& t) {
    EXPECT_EQ(t.session.next().error, late);
    EXPECT_EQ(t.session.state(), client_state::failed);
    EXPECT_EQ(t.session.deadline(), never);
    (void)test::receive(t.session, "* OK late\r\n", 100);
    t.session.at(0);
    EXPECT_EQ(t.session.next().error, late) << "whatever comes";
    EXPECT_EQ(t.say(logout{}), "<wrong state>");
}

TEST(imap_client_deadlines, TL_25_never_without_a_clock) {
    talk_twice(
        [](client_talk& t) {
            EXPECT_EQ(t.session.deadline(), never);
            t.log_in();
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.session.deadline(), never);
            EXPECT_EQ(t.hear("A1 OK x\r\n").size(), 1U);
            EXPECT_EQ(t.say(idle{}), "A2 IDLE\r\n");
            EXPECT_EQ(t.hear("+ idling\r\n").size(), 1U);
            EXPECT_EQ(t.session.deadline(), never);
        },
        timed);
}

TEST(imap_client_deadlines, of_the_greeting) {
    for (const std::string_view some : {"", "* O", "* OK [CAPABILITY IMAP4rev2] h"}) {
        client_talk t(client_talk::whole, timed);
        t.session.at(seconds(1000));
        EXPECT_EQ(t.session.deadline(), seconds(1300));
        EXPECT_EQ(t.hear(some), lines{});
        t.session.at(seconds(1300) - 1);
        EXPECT_EQ(t.hear(), lines{});
        t.session.at(seconds(1300));
        expect_timed_out(t);
    }
}

// A client waits only for what it has asked for.
TEST(imap_client_deadlines, nothing_is_due_while_nothing_is_asked) {
    talk_twice(
        [](client_talk& t) {
            t.session.at(0);
            t.log_in();
            EXPECT_EQ(t.session.deadline(), never);
            t.session.at(seconds(100000));
            EXPECT_EQ(t.hear(), lines{});
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.session.deadline(), seconds(100300));
            t.session.at(seconds(100200));
            EXPECT_EQ(t.hear("A1 OK x\r\n").size(), 1U);
            EXPECT_EQ(t.session.deadline(), never);
        },
        timed);
}

// Each octet of the server begins the time anew: RX-6, an INPROGRESS does as well.
TEST(imap_client_deadlines, RX_6_H2_what_the_server_says_begins_it_anew) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    t.log_in();
    EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
    for (instant now = seconds(299); now < seconds(9000); now += seconds(299)) {
        t.session.at(now);
        (void)t.hear(now == seconds(299) ? "* OK [INPROGRESS (\"A1\" 5 10)] x\r\n* OK " : "x");
        EXPECT_EQ(t.session.deadline(), now + seconds(300));
    }
    t.session.at(t.session.deadline());
    expect_timed_out(t);
}

// A second command gives the server no more time for the first one.
TEST(imap_client_deadlines, asking_more_is_no_answer) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    t.log_in();
    EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
    t.session.at(seconds(299));
    EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
    EXPECT_EQ(t.session.deadline(), seconds(300));
    t.session.at(seconds(300));
    expect_timed_out(t);
}

// G9: the "+" of a literal, of IDLE, of AUTHENTICATE that does not come.
TEST(imap_client_deadlines, G9_a_plus_that_never_comes) {
    const auto waits = [](std::string_view capabilities, const auto& command) {
        client_talk t(client_talk::whole, timed);
        t.session.at(0);
        (void)t.hear((command.legal == legal_in::not_authenticated ? "* OK [CAPABILITY " : "* PREAUTH [CAPABILITY ") +
                     std::string(capabilities) + "] hi\r\n");
        t.session.at(seconds(500));
        EXPECT_TRUE(t.say(command).starts_with("A1 "));
        EXPECT_EQ(t.session.deadline(), seconds(800));
        t.session.at(seconds(800) - 1);
        EXPECT_EQ(t.hear(), lines{});
        t.session.at(seconds(800));
        expect_timed_out(t);
    };
    waits("IMAP4rev1", append{.mailbox = "x", .message = "m"});
    waits("IMAP4rev2", idle{});
    waits("IMAP4rev1", imap::authenticate{"X", {}});
    waits("IMAP4rev1 STARTTLS", starttls{});
    waits("IMAP4rev1 COMPRESS=DEFLATE", compress{});
    waits("IMAP4rev1", select{"x"});
}

// The program's own time is not the server's.
TEST(imap_client_deadlines, not_while_it_is_the_programs_turn) {
    talk_twice(
        [](client_talk& t) {
            t.session.at(0);
            EXPECT_EQ(t.hear("* OK hi\r\n").size(), 1U);
            EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
            EXPECT_EQ(t.hear("+ \r\n").size(), 1U);
            EXPECT_EQ(t.session.deadline(), never);
            t.session.at(seconds(5000));
            EXPECT_EQ(t.hear(), lines{});
            EXPECT_EQ(t.respond("x"), "eA==\r\n");
            EXPECT_EQ(t.session.deadline(), seconds(5300));
            EXPECT_EQ(t.hear("A1 NO x\r\n").size(), 1U);
            EXPECT_EQ(t.say(starttls{}), "A2 STARTTLS\r\n");
            EXPECT_EQ(t.hear("A2 OK go\r\n").size(), 1U);
            EXPECT_EQ(t.session.deadline(), never) << "the handshake has a clock of its own";
            t.session.at(seconds(9000));
            EXPECT_EQ(t.session.tls_started(), misuse::none);
            EXPECT_EQ(t.hear(), lines{});
            EXPECT_EQ(t.session.deadline(), never);
        },
        timed);
    talk_twice(
        [](client_talk& t) {
            t.session.at(0);
            t.log_in("IMAP4rev2 COMPRESS=DEFLATE");
            EXPECT_EQ(t.say(compress{}), "A1 COMPRESS DEFLATE\r\n");
            EXPECT_EQ(t.hear("A1 OK go\r\n").size(), 1U);
            EXPECT_EQ(t.session.deadline(), never);
            t.session.at(seconds(5000));
            EXPECT_EQ(t.session.compression_started(), misuse::none);
            EXPECT_EQ(t.hear(), lines{});
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
            EXPECT_EQ(t.session.deadline(), seconds(5300));
        },
        timed);
}

// A message that the program hands over slowly: the server has nothing to say to it yet.
TEST(imap_client_deadlines, not_while_a_literal_goes_out) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    t.log_in("IMAP4rev1");
    EXPECT_EQ(t.say(append{.mailbox = "x", .message = text::streamed(10)}), "A1 APPEND x {10}\r\n");
    EXPECT_EQ(t.hear("+ go\r\n"), lines{});
    for (instant now = seconds(299); now != seconds(2990); now += seconds(299)) {
        t.session.at(now);
        EXPECT_EQ(t.hear(), lines{}) << now;
        EXPECT_EQ(t.session.literal("m"), misuse::none);
        (void)t.said();
        EXPECT_NE(t.session.state(), client_state::failed);
    }
    t.session.at(seconds(2990));
    EXPECT_EQ(t.hear(), lines{});
}

// Behind BYE the answers that are still out may never come.
TEST(imap_client_deadlines, behind_BYE) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    t.log_in();
    EXPECT_EQ(t.say(logout{}), "A1 LOGOUT\r\n");
    EXPECT_EQ(t.hear("* BYE bye\r\n").size(), 1U);
    EXPECT_EQ(t.session.deadline(), seconds(300));
    t.session.at(seconds(300));
    expect_timed_out(t);
}

TEST(imap_client_deadlines, are_monotone) {
    client_talk t(client_talk::whole, timed);
    t.session.at(seconds(100));
    t.session.at(0);
    EXPECT_EQ(t.session.deadline(), seconds(400));
    t.log_in();
    EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
    t.session.at(seconds(50));
    EXPECT_EQ(t.session.deadline(), seconds(400));
    t.session.at(never);
    expect_timed_out(t);
}

// What has come in time is read even when the program looks late.
TEST(imap_client_deadlines, what_has_come_counts) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    const std::string_view wire = "* PREAUTH hi\r\n";
    (void)test::receive(t.session, wire, wire.size());
    t.session.at(seconds(5000));
    EXPECT_EQ(t.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(t.session.next().kind, client_event_kind::need_input);
}

// The end of the connection is told as what it is, however late.
TEST(imap_client_deadlines, an_end_is_no_silence) {
    client_talk t(client_talk::whole, timed);
    t.session.at(0);
    t.log_in();
    EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
    t.session.closed();
    t.session.at(seconds(5000));
    EXPECT_EQ(t.hear(), lines{"closed"});
    EXPECT_EQ(t.session.deadline(), never);
}

// A session that has no room to cancel an exchange still notices that its server is silent.
TEST(imap_client_deadlines, of_an_exchange_without_room) {
    client_talk t(client_talk::whole, timed, {.out = 20});
    t.session.at(0);
    EXPECT_EQ(t.hear("* OK hi\r\n").size(), 1U);
    EXPECT_TRUE(t.session.send(imap::authenticate{"X", {}}));
    EXPECT_EQ(t.session.output().size(), 19U);
    t.session.at(seconds(300));
    EXPECT_EQ(t.session.next().error, late);
}

} // namespace
} // namespace mailwire::imap
