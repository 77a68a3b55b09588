// SPDX-License-Identifier: BSL-1.0
// A server's half of SASL exchanges, whole and octet by octet. RFC 9051 6.2.2, RFC 4959.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

#include "mailwire/sasl/mechanisms.hpp"

namespace mailwire::imap {
namespace {

using test::lines;
using test::said_to;
using test::setting;
using test::talk;
using kind = server_event_kind;

const setting stranger{.greeting = condition::ok};
const std::string right(test::right_plain);
const std::string wrong(test::wrong_plain);
const std::string told_right = "answer " + std::string("\0mrose\0my secret", 16);

TEST(imap_sasl_server, FR_21_FR_23_FR_25_ST_12_with_and_without_an_initial_response) {
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN " + right + "\r\nb CREATE x\r\n", stranger), "a OK done\r\nb OK done\r\n");
    const auto r = talk("a authenticate plain\r\n" + right + "\r\nb CREATE x\r\n", stranger);
    EXPECT_EQ(r.sent, "+ \r\na OK done\r\nb OK done\r\n");
    EXPECT_EQ(r.told, (lines{"command a AUTHENTICATE plain\r\n", told_right, "command b CREATE x\r\n"}));
    // "=" is an empty one, and so is an empty line: there is no name in it.
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN =\r\nb CREATE x\r\n", stranger),
              "a NO done\r\nb BAD unexpected command\r\n");
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\n\r\nb CREATE x\r\n", stranger),
              "+ \r\na NO done\r\nb BAD unexpected command\r\n");
}

TEST(imap_sasl_server, TL_13_a_failure_leaves_the_state_and_another_mechanism_may_follow) {
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN " + wrong + "\r\nb CREATE x\r\nc AUTHENTICATE PLAIN " + right +
                          "\r\nd CREATE x\r\n",
                      stranger),
              "a NO done\r\nb BAD unexpected command\r\nc OK done\r\nd OK done\r\n");
    test::driven server(server_state::not_authenticated);
    (void)server.hear("a AUTHENTICATE X-NONE\r\n");
    const code_authenticationfailed failed;
    EXPECT_EQ(server.session.finish({condition::no, failed, "no"}), misuse::none);
    EXPECT_EQ(server.said(), "a NO [AUTHENTICATIONFAILED] no\r\n");
    EXPECT_EQ(server.session.state(), server_state::not_authenticated);
}

TEST(imap_sasl_server, FR_22_D3_D4_what_ends_an_exchange) {
    const auto cancel = talk("a AUTHENTICATE PLAIN\r\n*\r\nb NOOP\r\n", stranger);
    EXPECT_EQ(cancel.sent, "+ \r\na BAD cancelled\r\nb OK done\r\n");
    EXPECT_EQ(cancel.told, (lines{"command a AUTHENTICATE PLAIN\r\n", "cancelled", "command b NOOP\r\n"}));
    for (const std::string_view bad : {"!!!!", "AA=A", "AHUxAHBhc3M", "AB==", " AAAA", "AAAA ", "=",
                                       "A===", "AAAA=", "* ", "**", "+", "b NOOP", "AAAA AAAA", "\x01"}) {
        const auto r = talk("a AUTHENTICATE PLAIN\r\n" + std::string(bad) + "\r\nb NOOP\r\n", stranger);
        EXPECT_EQ(r.sent, "+ \r\na BAD no base64\r\nb OK done\r\n") << bad;
        EXPECT_TRUE(r.told.at(1).starts_with("error syntax @")) << bad;
    }
    const std::string nul("AHUxAHBhc3M=\0\r\n", 15);
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\n" + nul + "b NOOP\r\n", stranger),
              "+ \r\na BAD no base64\r\nb OK done\r\n");
}

// FR-23: an initial response that is no base64 is a syntax error of the command.
TEST(imap_sasl_server, FR_23_D3_a_bad_initial_response) {
    for (const std::string_view bad : {"!!!!", "AA=A", "AHUxAHBhc3M", "AB==", "==", "A=", "*"}) {
        EXPECT_EQ(said_to("a AUTHENTICATE PLAIN " + std::string(bad) + "\r\nb NOOP\r\n", stranger),
                  "a BAD syntax\r\nb OK done\r\n")
            << bad;
    }
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN \r\nb AUTHENTICATE\r\nc NOOP\r\n", stranger),
              "a BAD syntax\r\nb BAD syntax\r\nc OK done\r\n");
}

// Where the server speaks first an initial response is a fault, and the program is told so by its mechanism.
struct speaks_first {
    static constexpr std::string_view name() { return "X"; }
    static constexpr bool client_first = false;
    static sasl::step step(std::string_view, std::span<char>) { return {sasl::status::done}; }
    static bool complete() { return true; }
    static std::string_view identity() { return {}; }
};
TEST(imap_sasl_server, FR_23_no_initial_response_where_the_server_speaks_first) {
    test::driven server(server_state::not_authenticated);
    speaks_first mechanism;
    (void)server.hear("a AUTHENTICATE X AAAA\r\n");
    EXPECT_EQ(server.session.step(mechanism).fault, sasl::fault::unexpected_message);
    EXPECT_EQ(server.say(condition::bad), misuse::none);
    EXPECT_EQ(server.said(), "a BAD so\r\n");
}

// Literals and lines that look like commands are lines of the exchange, and no literal follows a header.
TEST(imap_sasl_server, FR_21_G6_no_command_within_an_exchange) {
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\nLOGOUT\r\nb NOOP\r\n", stranger),
              "+ \r\na BAD no base64\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\nAAAA{3}\r\nb NOOP\r\n", stranger),
              "+ \r\na BAD no literal here\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\nx {11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n", stranger),
              "+ \r\na BAD no literal here\r\nc OK done\r\n");
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\nAAAA\nb NOOP\r\n", stranger),
              "+ \r\na BAD bare line feed\r\nb OK done\r\n");
}

TEST(imap_sasl_server, D4_FR_21_the_longest_response) {
    const auto says = [](std::size_t octets) {
        return talk("a AUTHENTICATE PLAIN\r\n" + std::string(octets, 'A') + "\r\nb NOOP\r\n",
                    {.greeting = condition::ok, .options = {.limits = {.unit_before_login = 402}}});
    };
    EXPECT_EQ(says(400).told.at(1), "answer " + std::string(300, '\0'));
    EXPECT_EQ(says(404).sent, "+ \r\na BAD unit too long\r\nb OK done\r\n");
    EXPECT_EQ(says(404).told.at(1), "error unit too long @402 403/402");
    EXPECT_EQ(says(1400).sent, "+ \r\na BAD unit too long\r\nb OK done\r\n");
}

// FR-26: a last word of the server is a challenge, and the client answers it with an empty line; OK has no data.
TEST(imap_sasl_server, FR_26_by_hand) {
    test::driven server(server_state::not_authenticated, {.out = 512});
    imap::server& s = server.session;
    EXPECT_EQ(s.challenge("x"), misuse::wrong_state);
    EXPECT_EQ(server.hear("a AUTHENTICATE X\r\n").kind, kind::command);
    EXPECT_EQ(s.challenge(std::string(400, 'x')), misuse::no_room) << "for good: there is nothing to send";
    ASSERT_EQ(s.challenge({"\0\r\n\xff", 4}), misuse::none);
    EXPECT_EQ(server.said(), "+ AA0K/w==\r\n");
    EXPECT_EQ(s.challenge("x"), misuse::wrong_state) << "it is the client's turn";
    EXPECT_EQ(server.say(), misuse::wrong_state);
    EXPECT_EQ(server.hear("AAAA\r\n").octets, std::string_view("\0\0\0", 3));
    ASSERT_EQ(s.challenge("last word"), misuse::none);
    EXPECT_EQ(server.said(), "+ bGFzdCB3b3Jk\r\n");
    EXPECT_EQ(server.hear("\r\n").kind, kind::response);
    ASSERT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.said(), "a OK so\r\n");
    EXPECT_EQ(s.state(), server_state::authenticated);
}

// A mechanism that is not complete lets nobody in, whatever the program says.
TEST(imap_sasl_server, ST_12_no_success_without_proof) {
    test::driven server(server_state::not_authenticated);
    test::one_user users;
    std::array<char, 64> lent;
    sasl::plain_server<test::one_user> unasked(users, lent);
    EXPECT_EQ(server.session.step(unasked).fault, sasl::fault::unexpected_message);
    EXPECT_EQ(server.hear("a AUTHENTICATE PLAIN " + wrong + "\r\n").kind, kind::command);
    sasl::plain_server<test::one_user> mechanism(users, lent);
    EXPECT_EQ(server.session.step(mechanism).status, sasl::status::failed);
    EXPECT_EQ(server.say(), misuse::wrong_state);
    EXPECT_EQ(server.say(condition::no), misuse::none);
    EXPECT_EQ(server.hear("b AUTHENTICATE PLAIN\r\n").kind, kind::command);
    sasl::plain_server<test::one_user> second(users, lent);
    EXPECT_EQ(server.session.step(second).status, sasl::status::more);
    EXPECT_EQ(server.hear("*\r\n").kind, kind::cancelled);
    EXPECT_EQ(server.session.step(second).fault, sasl::fault::unexpected_message);
    EXPECT_EQ(server.say(), misuse::wrong_state);
    EXPECT_EQ(server.session.state(), server_state::not_authenticated);
}

// A mechanism that asks for ever: it is its limit of rounds that ends it.
struct endless : sasl::progress {
    static constexpr std::string_view name() { return "X"; }
    static constexpr bool client_first = true;
    endless() : progress(sasl::limits{}) {}
    sasl::step step(std::string_view message, std::span<char>) {
        if (const sasl::step s = admit(message); s.status == sasl::status::failed) return s;
        return settle({});
    }
    std::string_view identity() const { return {}; }
};
TEST(imap_sasl_server, G6_rounds_come_to_an_end) {
    test::driven server(server_state::not_authenticated);
    endless mechanism;
    (void)server.hear("a AUTHENTICATE X\r\n");
    int rounds = 0;
    while (server.session.step(mechanism).status == sasl::status::more) {
        ++rounds;
        EXPECT_EQ(server.said(), "+ \r\n");
        ASSERT_EQ(server.hear("\r\n").kind, kind::response);
        ASSERT_LT(rounds, 100);
    }
    EXPECT_EQ(rounds, 17);
    EXPECT_EQ(server.say(condition::no), misuse::none);
}

} // namespace
} // namespace mailwire::imap
