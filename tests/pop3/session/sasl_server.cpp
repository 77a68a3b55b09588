// SPDX-License-Identifier: BSL-1.0
// A server's half of SASL exchanges, octet by octet. RFC 5034 4; PC-13, PC-14, PC-16.

#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

// "\0mrose\0my secret", and the same with another password.
const std::string right = "AG1yb3NlAG15IHNlY3JldA==";
const std::string wrong = "AG1yb3NlAHg=";
const std::string told_right = "response [" + std::string("\0mrose\0my secret", 16) + "]";
const std::string told_wrong = "response [" + std::string("\0mrose\0x", 8) + "]";
const std::string not_here = "-ERR command not valid in this state\r\n";

TEST(sasl_server, PC_13_with_and_without_an_initial_response) {
    check_server("AUTH PLAIN " + right + "\r\nNOOP\r\n", "+OK\r\n+OK\r\n", {"AUTH PLAIN [" + right + "]", "NOOP"});
    check_server("auth PLAIN\r\n" + right + "\r\nNOOP\r\n", "+ \r\n+OK\r\n+OK\r\n", {"AUTH PLAIN", told_right, "NOOP"});
    check_server("AUTH PLAIN " + wrong + "\r\nNOOP\r\n", "-ERR [AUTH] wrong\r\n" + not_here,
                 {"AUTH PLAIN [" + wrong + "]"});
    check_server("AUTH PLAIN\r\n" + wrong + "\r\nNOOP\r\n", "+ \r\n-ERR [AUTH] wrong\r\n" + not_here,
                 {"AUTH PLAIN", told_wrong});
    check_server("AUTH PLAIN =\r\nCAPA\r\nQUIT\r\n", "-ERR [AUTH] wrong\r\n+OK\r\nTOP\r\nUIDL\r\n.\r\n+OK bye\r\n",
                 {"AUTH PLAIN [=]", "CAPA", "QUIT", "closed"});
    check_server("AUTH PLAIN\r\n\r\nCAPA\r\n", "+ \r\n-ERR [AUTH] wrong\r\n+OK\r\nTOP\r\nUIDL\r\n.\r\n",
                 {"AUTH PLAIN", "response []", "CAPA"});
}

// "*", bad base64 and an unknown mechanism: -ERR, and AUTHORIZATION. A second login is out of place.
TEST(sasl_server, PC_14_refusals) {
    const std::string capa = "+OK\r\nTOP\r\nUIDL\r\n.\r\n";
    check_server("AUTH PLAIN\r\n*\r\nCAPA\r\n", "+ \r\n-ERR as you like\r\n" + capa,
                 {"AUTH PLAIN", "cancelled", "CAPA"});
    for (const std::string bad : {"=", "AAA", "A===", "AA=A", "AAAA AAAA", "AAAA=", "AB==", "\x01", "* "}) {
        test_server server;
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.feed("AUTH PLAIN\r\n" + bad + "\r\nCAPA\r\n");
        EXPECT_EQ(server.output, "+OK\r\n+ \r\n-ERR this is no base64\r\n" + capa) << bad;
        ASSERT_EQ(server.drop.told.size(), 3U) << bad;
        EXPECT_TRUE(server.drop.told[1].starts_with("error syntax at ")) << bad;
    }
    check_server("AUTH PLAIN A\r\nCAPA\r\n", "-ERR syntax error\r\n" + capa, {"error syntax at 12", "CAPA"});
    check_server("AUTH X-Y\r\nAUTH PLAIN " + right + "\r\n", "-ERR no such mechanism\r\n+OK\r\n",
                 {"AUTH X-Y", "AUTH PLAIN [" + right + "]"});
    check_server("AUTH PLAIN " + right + "\r\nAUTH PLAIN " + right + "\r\n", "+OK\r\n" + not_here,
                 {"AUTH PLAIN [" + right + "]"});
    check_transaction("AUTH PLAIN " + right + "\r\n", not_here, {});
}

// Within an exchange a command is base64, or it is none.
TEST(sasl_server, no_command_within_an_exchange) {
    check_server("AUTH PLAIN\r\nQUIT\r\nCAPA\r\n", "+ \r\n-ERR [AUTH] wrong\r\n+OK\r\nTOP\r\nUIDL\r\n.\r\n",
                 {"AUTH PLAIN", "response [\x41\x42\x13]", "CAPA"});
    check_server("USER mrose\r\nAUTH PLAIN\r\n*\r\nPASS my secret\r\n", "+OK\r\n+ \r\n-ERR as you like\r\n" + not_here,
                 {"USER [mrose]", "AUTH PLAIN", "cancelled"});
}

// D4: a response longer than the buffer, or than the limit. The lines of an exchange may be longer than commands.
TEST(sasl_server, the_longest_response) {
    check_server("AUTH PLAIN\r\n" + std::string(400, 'A') + "\r\nQUIT\r\n", "+ \r\n-ERR line too long\r\n+OK bye\r\n",
                 {"AUTH PLAIN", "error unit too long at 256 (257 of 256)", "QUIT", "closed"});
    server_storage<1000, 600> room;
    server session(room.buffers(), {.limits = {.sasl_line = 600}});
    ASSERT_EQ(session.greet(), misuse::none);
    const auto feed = [&](std::string_view octets) {
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
        session.sent(session.output().size());
        return session.next();
    };
    ASSERT_EQ(feed("AUTH X\r\n").kind, server_event_kind::command);
    ASSERT_EQ(session.challenge(""), misuse::none);
    EXPECT_EQ(feed(std::string(596, 'A') + "\r\n").response.size(), 447U);
    ASSERT_EQ(session.challenge(""), misuse::none);
    EXPECT_EQ(feed(std::string(600, 'A') + "\r\n").error.code, errc::unit_too_long);
    EXPECT_EQ(session.state(), server_state::authorization);
}

// PC-16: the program may do without a mechanism. A +OK has no data; a last word of the server is a challenge.
TEST(sasl_server, PC_16_by_hand) {
    server_storage<512, 512> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    EXPECT_EQ(session.challenge("x"), misuse::wrong_state);
    const auto feed = [&](std::string_view octets) {
        session.sent(session.output().size());
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
        return describe(session.next());
    };
    EXPECT_EQ(feed("AUTH X\r\n"), "AUTH X");
    EXPECT_EQ(session.challenge(std::string(400, 'x')), misuse::no_room) << "for good: there is nothing to send";
    EXPECT_EQ(session.output(), "");
    ASSERT_EQ(session.challenge({"\0\r\n\xff", 4}), misuse::none);
    EXPECT_EQ(session.output(), "+ AA0K/w==\r\n");
    EXPECT_EQ(session.state(), server_state::exchange);
    EXPECT_EQ(session.challenge("x"), misuse::wrong_state) << "it is the client's turn";
    EXPECT_EQ(session.ok(), misuse::wrong_state);
    EXPECT_EQ(feed("AAAA\r\n"), "response [" + std::string(3, '\0') + "]");
    ASSERT_EQ(session.challenge("last word"), misuse::none);
    EXPECT_EQ(feed("\r\n"), "response []");
    EXPECT_EQ(session.send(drop_listing{}), misuse::wrong_state);
    ASSERT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(session.output(), "+OK\r\n");
    EXPECT_EQ(session.state(), server_state::transaction);
}

// A mechanism that is not complete lets nobody in, whatever the program says.
TEST(sasl_server, no_success_without_proof) {
    server_storage<512, 512> room;
    server session(room.buffers());
    one_user users;
    char lent[64];
    ASSERT_EQ(session.greet(), misuse::none);
    sasl::plain_server<one_user> unasked(users, lent);
    EXPECT_EQ(session.step(unasked).fault, sasl::fault::unexpected_message);
    const auto feed = [&](std::string_view octets) {
        session.sent(session.output().size());
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
        return session.next().kind;
    };
    ASSERT_EQ(feed("AUTH PLAIN " + wrong + "\r\n"), server_event_kind::command);
    sasl::plain_server<one_user> mechanism(users, lent);
    EXPECT_EQ(session.step(mechanism).status, sasl::status::failed);
    EXPECT_EQ(session.ok(), misuse::wrong_state);
    ASSERT_EQ(session.err(), misuse::none);
    ASSERT_EQ(feed("AUTH PLAIN\r\n"), server_event_kind::command);
    sasl::plain_server<one_user> second(users, lent);
    EXPECT_EQ(session.step(second).status, sasl::status::more);
    ASSERT_EQ(feed("*\r\n"), server_event_kind::cancelled);
    EXPECT_EQ(session.step(second).fault, sasl::fault::unexpected_message);
    EXPECT_EQ(session.challenge("x"), misuse::wrong_state);
    EXPECT_EQ(session.ok(), misuse::wrong_state);
    ASSERT_EQ(session.err(), misuse::none);
    EXPECT_EQ(session.state(), server_state::authorization);
}

} // namespace
} // namespace mailwire::pop3::test
