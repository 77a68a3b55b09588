// SPDX-License-Identifier: BSL-1.0
// Time is what the caller says it is. RFC 9051 5.4, 3.4.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::setting;
using test::talking_server;
using kind = server_event_kind;

constexpr instant seconds(std::uint64_t n) { return n * 1000; }
constexpr error late{errc::timed_out, 0, 0, 0};
constexpr limits times{.login_seconds = 60, .idle_seconds = 1800};
const setting known{.options = {.limits = times}};
const setting stranger{.greeting = condition::ok, .options = {.limits = times}};
const std::string bye = "* BYE too long without a word\r\n";

// The session is over, says BYE once, and stays so whatever comes.
void expect_timed_out(talking_server& server, const std::string& goodbye = bye) {
    EXPECT_EQ(server.session.next().error, late);
    EXPECT_EQ(server.said(), goodbye);
    EXPECT_EQ(server.session.state(), server_state::failed);
    EXPECT_EQ(server.session.deadline(), never);
    (void)test::receive(server.session, "a NOOP\r\n", 8);
    server.session.at(0);
    EXPECT_EQ(server.session.next().error, late);
    EXPECT_EQ(server.say(), misuse::wrong_state);
    EXPECT_EQ(server.session.send(exists{1}), misuse::wrong_state);
    EXPECT_EQ(server.said(), "");
}

// TL-25: the library reads no clock, and without one nothing is ever due.
TEST(imap_server_deadlines, TL_25_never_without_a_clock) {
    test::server_box unasked;
    EXPECT_EQ(unasked.session.deadline(), never);
    for (const setting& how : {known, stranger}) {
        talking_server server(how);
        EXPECT_EQ(server.session.deadline(), never);
        server.feed("a NOOP\r\n");
        EXPECT_EQ(server.session.deadline(), never);
        EXPECT_EQ(server.session.next().kind, kind::need_input);
    }
}

TEST(imap_server_deadlines, TL_24_ST_40_half_an_hour_after_a_login_and_then_BYE) {
    talking_server server(known);
    server.session.at(seconds(1000));
    EXPECT_EQ(server.session.deadline(), seconds(2800));
    server.session.at(seconds(2800) - 1);
    EXPECT_EQ(server.session.next().kind, kind::need_input);
    server.session.at(seconds(2800));
    expect_timed_out(server);
}

TEST(imap_server_deadlines, TL_24_any_command_begins_it_anew) {
    for (const std::string_view line : {"a NOOP\r\n", "a CREATE {3+}\r\nxyz\r\n", "a XYZZY\r\n", "\r\n"}) {
        talking_server server(known);
        server.session.at(0);
        server.session.at(seconds(1000));
        server.feed(line);
        EXPECT_EQ(server.session.deadline(), seconds(2800)) << line;
    }
    // Half a command does not.
    talking_server server(known);
    server.session.at(0);
    server.session.at(seconds(1000));
    server.feed("a NOO");
    EXPECT_EQ(server.session.deadline(), seconds(1800));
    server.session.at(seconds(1800));
    expect_timed_out(server);
}

// ST-47, H2: a client that sends an octet now and then has no more time for its login than any other.
TEST(imap_server_deadlines, ST_47_H2_of_a_slow_login) {
    talking_server server(stranger);
    server.session.at(seconds(10));
    EXPECT_EQ(server.session.deadline(), seconds(70));
    const std::string_view slow = "a NOOP\r\nb CAPABILITY\r\nc AUTHENTICATE PLAIN\r\n*\r\nd LOGIN {3}\r\n";
    for (std::size_t i = 0; i != 59; ++i) {
        server.session.at(seconds(11 + i));
        server.feed(slow.substr(i % slow.size(), 1));
        EXPECT_EQ(server.session.deadline(), seconds(70));
    }
    server.session.at(seconds(70));
    (void)server.said();
    expect_timed_out(server);
}

// The same in every mode before the login: in the exchange, with an answer due, and before the handshake of TLS.
TEST(imap_server_deadlines, ST_47_of_every_mode_before_the_login) {
    for (const std::string_view line : {"a NOOP\r\n", "a AUTHENTICATE X\r\n", "a STARTTLS\r\n", "a LOGIN u p\r\n"}) {
        for (const bool answered : {false, true}) {
            talking_server server(stranger);
            server.session.at(0);
            EXPECT_EQ(server.hear(line).kind, kind::command);
            const bool challenged = answered && line.starts_with("a AUTH");
            if (challenged) {
                EXPECT_EQ(server.session.challenge("c"), misuse::none);
            } else if (answered) {
                EXPECT_EQ(server.say(line.starts_with("a LOGIN") ? condition::no : condition::ok), misuse::none);
            }
            (void)server.said();
            EXPECT_EQ(server.session.deadline(), seconds(60)) << line;
            server.session.at(seconds(60));
            expect_timed_out(server);
        }
    }
}

// After the login it is the silence that counts, and no more the time of the login.
TEST(imap_server_deadlines, TL_24_a_login_in_time) {
    talking_server server(stranger);
    server.session.at(0);
    server.session.at(seconds(59));
    server.feed("a LOGIN u p\r\n");
    EXPECT_EQ(server.session.deadline(), seconds(1859));
    server.session.at(seconds(61));
    EXPECT_EQ(server.session.next().kind, kind::need_input);
}

// A client that takes what it has asked for, however slowly, is not silent.
TEST(imap_server_deadlines, TL_24_of_a_client_that_reads_slowly) {
    talking_server server(known);
    server.session.at(0);
    EXPECT_EQ(server.hear("a NOOP\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    for (instant now = seconds(1799); now < seconds(7000); now += seconds(1799)) {
        server.session.at(now);
        server.session.sent(1);
        EXPECT_EQ(server.session.deadline(), now + seconds(1800));
        EXPECT_EQ(server.session.next().kind, kind::need_input);
    }
    server.session.at(server.session.deadline());
    const std::string rest(server.session.output());
    expect_timed_out(server, rest + bye);
}

// The program's own time is not the client's.
TEST(imap_server_deadlines, never_while_the_program_answers) {
    for (const std::string_view line :
         {"a CREATE x\r\n", "a IDLE\r\n", "a COMPRESS DEFLATE\r\n", "a APPEND x {3}\r\n"}) {
        talking_server server(known);
        server.session.at(0);
        (void)server.hear(line);
        EXPECT_EQ(server.session.deadline(), never) << line;
        server.session.at(seconds(9000));
        EXPECT_EQ(server.session.next().kind, kind::need_answer);
        EXPECT_EQ(server.say(condition::no), misuse::none);
        EXPECT_EQ(server.session.deadline(), seconds(10800)) << line;
    }
    test::server_box box;
    box.session.at(0);
    EXPECT_EQ(box.session.deadline(), never) << "the greeting is the program's turn";
}

// FR-32: a client that idles for too long.
TEST(imap_server_deadlines, FR_32_TL_24_in_IDLE) {
    talking_server server(known);
    server.session.at(0);
    server.feed("a IDLE\r\n");
    EXPECT_EQ(server.session.deadline(), seconds(1800));
    server.session.at(seconds(1800));
    (void)server.said();
    expect_timed_out(server);
}

TEST(imap_server_deadlines, of_a_literal_that_stops) {
    talking_server server(known);
    server.session.at(0);
    server.feed("a APPEND x {9}\r\n");
    server.session.at(seconds(1000));
    server.feed("abc");
    EXPECT_EQ(server.session.deadline(), seconds(2800));
    server.session.at(seconds(2800));
    (void)server.said();
    expect_timed_out(server);
}

// Where nobody can read it, BYE is not said: in the middle of a literal of the server.
TEST(imap_server_deadlines, ST_40_no_BYE_inside_a_literal) {
    talking_server server(known);
    server.session.at(0);
    const body_section body{.value = text::streamed(9)};
    EXPECT_EQ(server.session.send(fetch_data{.number = 1, .att = {body}}), misuse::none);
    (void)server.said();
    EXPECT_EQ(server.session.deadline(), never) << "the program's octets are missing";
    server.session.at(seconds(1800));
    EXPECT_EQ(server.session.next().kind, kind::need_output);
    EXPECT_EQ(server.session.literal("abc"), misuse::none);
    EXPECT_EQ(server.session.deadline(), seconds(3600));
    server.session.sent(1);
    server.session.at(seconds(3600));
    EXPECT_EQ(server.session.next().error, late);
    EXPECT_EQ(server.session.output(), "bc");
}

// A client that takes no answers and stops being read is silent as well.
TEST(imap_server_deadlines, H2_of_a_client_that_takes_nothing) {
    test::server_box box({.out = 300}, {.limits = times});
    EXPECT_EQ(box.session.greet({condition::preauth, {}, "hi"}), misuse::none);
    box.session.at(0);
    for (int i = 0; i != 12; ++i)
        (void)test::receive(box.session, "a X\r\n", 5);
    while (box.session.next().kind == kind::error) {
    }
    EXPECT_EQ(box.session.next().kind, kind::need_output);
    EXPECT_EQ(box.session.deadline(), seconds(1800));
    box.session.at(seconds(1800) - 1);
    EXPECT_EQ(box.session.next().kind, kind::need_output);
    box.session.at(seconds(1800));
    EXPECT_EQ(box.session.next().error, late);
}

// What has come counts, even when the program looks late; before the login it does not.
TEST(imap_server_deadlines, what_has_come_counts) {
    talking_server server(known);
    server.session.at(0);
    (void)test::receive(server.session, "a NOOP\r\n", 8);
    server.session.at(seconds(5000));
    EXPECT_EQ(server.session.next().kind, kind::command);
    talking_server nobody(stranger);
    nobody.session.at(0);
    (void)test::receive(nobody.session, "a NOOP\r\n", 8);
    nobody.session.at(seconds(5000));
    expect_timed_out(nobody);
}

TEST(imap_server_deadlines, time_does_not_run_backwards) {
    talking_server server(known);
    server.session.at(seconds(100));
    server.session.at(seconds(50));
    server.feed("a NOOP\r\n");
    EXPECT_EQ(server.session.deadline(), seconds(1900));
    server.session.at(never);
    (void)server.said();
    expect_timed_out(server);
}

TEST(imap_server_deadlines, never_behind_bye) {
    talking_server server(known);
    server.session.at(0);
    EXPECT_EQ(server.session.send(status_response{condition::bye, {}, "bye"}), misuse::none);
    EXPECT_EQ(server.session.deadline(), never);
    server.session.at(seconds(9000));
    EXPECT_EQ(server.session.next().kind, kind::closed);
    EXPECT_EQ(server.session.state(), server_state::logged_out);
    server.session.closed();
    EXPECT_EQ(server.session.next().kind, kind::closed);
    EXPECT_EQ(server.session.state(), server_state::closed);
    EXPECT_EQ(server.session.deadline(), never);
}

} // namespace
} // namespace mailwire::imap
