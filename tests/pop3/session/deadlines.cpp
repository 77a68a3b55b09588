// SPDX-License-Identifier: BSL-1.0
// Time is what the caller says it is. PS-19 to PS-21; RFC 1939 3.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr instant seconds(std::uint64_t n) { return n * 1000; }
constexpr error late{errc::timed_out, 0, 0, 0};

const pop3::limits limits_of_the_tests = {.login_seconds = 60, .idle_seconds = 600, .answer_seconds = 300};

// Whether the session is over, and stays so whatever comes: nothing is answered, nothing is removed.
void expect_timed_out(test_server& server) {
    EXPECT_EQ(server.session.next().error, late);
    EXPECT_EQ(server.session.state(), server_state::failed);
    EXPECT_EQ(server.session.deadline(), never);
    const std::string before(server.session.output());
    const auto room = server.session.prepare();
    std::copy_n("QUIT\r\n", std::min<std::size_t>(6, room.size()), room.begin());
    server.session.commit(std::min<std::size_t>(6, room.size()));
    server.session.at(0);
    EXPECT_EQ(server.session.next().error, late);
    EXPECT_EQ(server.session.ok(), misuse::wrong_state);
    EXPECT_EQ(server.session.err(), misuse::wrong_state);
    EXPECT_EQ(server.session.challenge("x"), misuse::wrong_state);
    EXPECT_EQ(server.session.body("x"), 0U);
    EXPECT_EQ(server.session.end_of_lines(), misuse::wrong_state);
    EXPECT_EQ(server.session.output(), before) << "PS-20: closed without a response";
    EXPECT_EQ(server.drop.messages().size(), 2U) << "PS-19";
}

// A server whose client has logged in and marked a message, at that time.
struct logged_in : test_server {
    explicit logged_in(instant now) : test_server({.limits = limits_of_the_tests}) {
        EXPECT_EQ(session.greet(), misuse::none);
        session.at(now);
        feed("USER mrose\r\nPASS my secret\r\nDELE 1\r\n");
        EXPECT_EQ(session.state(), server_state::transaction);
    }
};

// PS-21: the library reads no clock, and without one nothing is ever due.
TEST(deadlines, never_without_a_clock) {
    logged_in server(0);
    test_server unasked({.limits = limits_of_the_tests});
    EXPECT_EQ(unasked.session.deadline(), never);
    ASSERT_EQ(unasked.session.greet(), misuse::none);
    EXPECT_EQ(unasked.session.deadline(), never);
    unasked.feed("USER mrose\r\nPASS my secret\r\n");
    EXPECT_EQ(unasked.session.deadline(), never);
    test_client<> client;
    EXPECT_EQ(client.session.deadline(), never);
    client.log_in();
    ASSERT_EQ(client.session.send(noop{}), misuse::none);
    EXPECT_EQ(client.session.deadline(), never);
    EXPECT_EQ(client.session.next().kind, client_event_kind::need_input);
}

// PS-20: a server is silent after its idle_seconds, and not a millisecond earlier.
TEST(deadlines, PS_20_of_a_silent_client) {
    logged_in server(seconds(1000));
    EXPECT_EQ(server.session.deadline(), seconds(1600));
    server.session.at(seconds(1600) - 1);
    EXPECT_EQ(server.session.next().kind, server_event_kind::need_input);
    server.session.at(seconds(1600));
    expect_timed_out(server);
}

// PS-20: any command begins the time anew, also one that is refused by the program. Half a command does not.
TEST(deadlines, PS_20_commands_begin_it_anew) {
    logged_in server(0);
    for (instant now = seconds(500); now != seconds(3000); now += seconds(500)) {
        server.session.at(now);
        server.feed(now == seconds(1000) ? "RETR 9\r\n" : "NOOP\r\n");
        EXPECT_EQ(server.session.deadline(), now + seconds(600));
    }
    server.session.at(seconds(3000));
    server.feed("NOO");
    EXPECT_EQ(server.session.deadline(), seconds(3100));
    server.session.at(seconds(3100));
    expect_timed_out(server);
}

// A client that sends an octet now and then has no more time for its login than any other.
TEST(deadlines, of_a_slow_login) {
    test_server server({.limits = limits_of_the_tests});
    server.session.at(seconds(10));
    EXPECT_EQ(server.session.deadline(), never) << "the greeting is the program's turn";
    server.session.at(seconds(20));
    ASSERT_EQ(server.session.greet(), misuse::none);
    EXPECT_EQ(server.session.deadline(), seconds(80));
    const std::string_view slow = "CAPA\r\nUSER mrose\r\nAUTH PLAIN\r\n*\r\nCAPA\r\nCAPA\r\nCAPA\r\n";
    for (std::size_t i = 0; i != 59; ++i) {
        server.session.at(seconds(21 + i));
        server.feed(slow.substr(i % slow.size(), 1));
        EXPECT_EQ(server.session.deadline(), seconds(80));
    }
    server.session.at(seconds(80));
    expect_timed_out(server);
}

// The same in every state before the login: in the exchange, with an answer due, and before the handshake of TLS.
TEST(deadlines, of_every_state_before_the_login) {
    for (const std::string_view wire : {"USER mrose\r\n", "AUTH PLAIN\r\n", "STLS\r\n", "AUTH PLAIN\r\nAAA"}) {
        test_server server({.limits = limits_of_the_tests});
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.session.at(0);
        server.feed(wire);
        EXPECT_EQ(server.session.deadline(), seconds(60)) << wire;
        server.session.at(seconds(60));
        expect_timed_out(server);
    }
    for (const std::string_view wire : {"USER mrose\r\n", "AUTH PLAIN\r\n", "AUTH PLAIN AAAA\r\n", "STLS\r\n"}) {
        test_server server({.limits = limits_of_the_tests});
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.session.at(0);
        std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
        server.session.commit(wire.size());
        ASSERT_EQ(server.session.next().kind, server_event_kind::command);
        server.session.at(seconds(61));
        expect_timed_out(server);
    }
}

// A client that does not read what it has asked for. While it reads, however slowly, it is not silent.
TEST(deadlines, of_a_client_that_does_not_read) {
    logged_in server(0);
    const std::string_view wire = "RETR 2\r\n";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    server.drop.run();
    ASSERT_FALSE(server.session.output().empty());
    for (instant now = seconds(599); now < seconds(5000); now += seconds(599)) {
        server.session.at(now);
        server.session.sent(1);
        EXPECT_EQ(server.session.deadline(), now + seconds(600));
        EXPECT_EQ(server.session.next().kind, server_event_kind::need_input);
    }
    server.session.at(server.session.deadline());
    expect_timed_out(server);
}

// The program's own time is not the client's: a command that waits for its answer is not silence.
TEST(deadlines, not_of_a_slow_program) {
    logged_in server(0);
    const std::string_view wire = "STAT\r\n";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    ASSERT_EQ(server.session.next().kind, server_event_kind::command);
    server.session.at(seconds(5000));
    EXPECT_EQ(server.session.next().kind, server_event_kind::need_answer);
    ASSERT_EQ(server.session.send(drop_listing{1, 9, {}}), misuse::none);
    EXPECT_EQ(server.session.deadline(), seconds(5600));
}

// PS-18: once QUIT has come, no time undoes it.
TEST(deadlines, not_in_update) {
    logged_in server(0);
    const std::string_view wire = "QUIT\r\n";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    server.drop.run();
    EXPECT_EQ(server.session.deadline(), never);
    server.session.at(seconds(5000));
    EXPECT_EQ(server.session.next().kind, server_event_kind::closed);
    EXPECT_EQ(server.drop.messages().size(), 1U);
}

// Time does not run backwards.
TEST(deadlines, are_monotone) {
    logged_in server(seconds(100));
    server.session.at(seconds(50));
    server.feed("NOOP\r\n");
    EXPECT_EQ(server.session.deadline(), seconds(700));
    test_client<> client({.limits = limits_of_the_tests, .tls = tls_policy::optional});
    client.session.at(seconds(100));
    client.session.at(0);
    EXPECT_EQ(client.session.deadline(), seconds(400));
    client.session.at(never);
    EXPECT_EQ(client.session.next().error, late);
    server.session.at(never);
    expect_timed_out(server);
}

// A client waits only for what it has asked for; each octet of an answer begins the time anew.
TEST(deadlines, of_a_client) {
    test_client<> client({.limits = limits_of_the_tests, .tls = tls_policy::optional});
    client.session.at(0);
    EXPECT_EQ(client.session.deadline(), seconds(300)) << "the greeting";
    client.settle("+OK\r\n");
    EXPECT_EQ(client.session.deadline(), never);
    client.session.at(seconds(1000));
    EXPECT_EQ(client.session.next().kind, client_event_kind::need_input);
    ASSERT_EQ(client.session.send(auth{"X", {}}), misuse::none);
    EXPECT_EQ(client.session.deadline(), seconds(1300));
    client.session.at(seconds(1200));
    client.settle("+ \r\n");
    EXPECT_EQ(client.session.deadline(), never) << "the program's turn";
    client.session.at(seconds(2000));
    ASSERT_EQ(client.session.respond("x"), misuse::none);
    EXPECT_EQ(client.session.deadline(), seconds(2300));
    client.settle("-ER");
    client.session.at(seconds(2299));
    client.settle("R\r\n");
    EXPECT_EQ(client.session.deadline(), never);
    client.enter();
    ASSERT_EQ(client.session.send(retr{1}), misuse::none);
    for (instant now = seconds(2400); now < seconds(9000); now += seconds(299)) {
        client.session.at(now);
        client.settle(now == seconds(2400) ? "+OK\r\n" : "x");
        EXPECT_EQ(client.session.deadline(), now + seconds(300));
    }
    client.session.at(client.session.deadline());
    EXPECT_EQ(client.session.next().error, late);
    EXPECT_EQ(client.session.next().error, late);
    EXPECT_EQ(client.session.deadline(), never);
    EXPECT_EQ(client.session.send(quit{}), misuse::wrong_state);
    EXPECT_EQ(client.session.state(), client_state::failed);
}

// An answer that has come in time is read even when the program looks late.
TEST(deadlines, what_has_come_counts) {
    test_client<> client({.limits = limits_of_the_tests, .tls = tls_policy::optional});
    client.session.at(0);
    const std::string_view wire = "+OK ready\r\n";
    std::copy(wire.begin(), wire.end(), client.session.prepare().begin());
    client.session.commit(wire.size());
    client.session.at(seconds(5000));
    EXPECT_EQ(client.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(client.session.next().kind, client_event_kind::need_input);
}

// A session that has no room to cancel an exchange still notices that its server is silent.
TEST(deadlines, of_an_exchange_without_room) {
    std::array<char, 512> in;
    std::array<char, 13> out; // AUTH X-OWN and its CRLF, and one octet more
    std::array<pending_command, 1> in_flight;
    pop3::client mail({in, out, in_flight}, {.limits = limits_of_the_tests, .secure = true});
    mail.at(0);
    const std::string_view greeting = "+OK\r\n";
    std::copy(greeting.begin(), greeting.end(), mail.prepare().begin());
    mail.commit(greeting.size());
    ASSERT_EQ(mail.next().kind, client_event_kind::greeting);
    ASSERT_EQ(mail.send(auth{"X-OWN"}), misuse::none);
    EXPECT_EQ(mail.next().kind, client_event_kind::need_input);
    mail.at(seconds(300));
    EXPECT_EQ(mail.next().error, late);
}

} // namespace
} // namespace mailwire::pop3::test
