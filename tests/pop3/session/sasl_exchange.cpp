// SPDX-License-Identifier: BSL-1.0
// Every mechanism between a client and a server session that are joined by a pipe. RFC 5034 4; PC-13 to PC-16.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/joined_pair.hpp"

namespace mailwire::pop3::test {
namespace {

using log = std::vector<std::string>;

constexpr std::string_view all_mechanisms =
    "PLAIN LOGIN EXTERNAL ANONYMOUS XOAUTH2 OAUTHBEARER CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256";

bool is(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// How often the server speaks, apart from the +OK. PC-16: SCRAM's last word is one of them, never text of the +OK.
std::size_t challenges_of(std::string_view name, bool initial) {
    if (name == "LOGIN") return 2;
    if (name == "CRAM-MD5") return 1;
    return (initial ? 0U : 1U) + (name.starts_with("SCRAM") ? 2U : 0U);
}

// PC-15: an initial response where CAPA lists SASL, and only there.
TEST(sasl_exchange, PC_15_logs_in_with_every_mechanism) {
    sasl::test::site site;
    for (const bool listed : {true, false}) {
        for (const std::size_t piece : {1U, 5U, 3000U}) {
            each_pair(site, {}, [&](auto& client, auto& server) {
                joined_pair pair({.piece = piece});
                if (listed) pair.announce(all_mechanisms);
                const login_outcome result = pair.log_in(client, server);
                EXPECT_EQ(result.told, log{"+OK"});
                EXPECT_EQ(result.client, sasl::fault::none);
                EXPECT_EQ(result.server, sasl::fault::none);
                EXPECT_EQ(result.challenges, challenges_of(client.name(), listed));
                EXPECT_TRUE(client.complete() && server.complete());
                EXPECT_EQ(pair.client.state(), client_state::transaction);
                EXPECT_EQ(pair.server.state(), server_state::transaction);
                const std::string command = "AUTH " + std::string(client.name());
                const bool initial = listed && client.client_first;
                EXPECT_TRUE(pair.said().starts_with(command + (initial ? " " : "\r\n"))) << pair.said();
                EXPECT_TRUE(pair.answered().ends_with("+OK\r\n"));
            });
        }
    }
}

// PS-13: a wrong secret is -ERR, both sides are back in AUTHORIZATION, and the next attempt may succeed.
TEST(sasl_exchange, a_wrong_secret_leads_back) {
    sasl::test::site site;
    for (const bool listed : {true, false}) {
        const credentials_of_all wrong{.password = "pencils", .token = "x"};
        each_pair(site, wrong, [&](auto& client, auto& server) {
            if (is(client.name(), {"EXTERNAL", "ANONYMOUS"})) return;
            joined_pair pair;
            if (listed) pair.announce(all_mechanisms);
            const login_outcome result = pair.log_in(client, server);
            EXPECT_EQ(result.told, log{"-ERR code [AUTH] [no]"});
            EXPECT_NE(result.server, sasl::fault::none);
            EXPECT_FALSE(server.complete());
            EXPECT_EQ(pair.client.state(), client_state::authorization);
            EXPECT_EQ(pair.server.state(), server_state::authorization);
            sasl::plain_client right({.user = "user", .password = "pencil"});
            char lent[64];
            sasl::plain_server checks(site, lent);
            EXPECT_EQ(pair.log_in(right, checks).told, log{"+OK"});
        });
    }
}

TEST(sasl_exchange, an_unknown_name_leads_back) {
    sasl::test::site site;
    each_pair(site, {.user = "nobody"}, [&](auto& client, auto& server) {
        if (is(client.name(), {"ANONYMOUS"})) return;
        joined_pair pair;
        pair.announce(all_mechanisms);
        EXPECT_EQ(pair.log_in(client, server).told, log{"-ERR code [AUTH] [no]"});
        EXPECT_EQ(pair.client.state(), client_state::authorization);
        EXPECT_EQ(pair.server.state(), server_state::authorization);
    });
}

// PC-14: "*" at any challenge.
TEST(sasl_exchange, PC_14_is_cancelled) {
    sasl::test::site site;
    for (const std::size_t at : {1U, 2U, 3U}) {
        each_pair(site, {}, [&](auto& client, auto& server) {
            if (at > challenges_of(client.name(), false)) return;
            joined_pair pair;
            const login_outcome result = pair.log_in(client, server, at);
            EXPECT_EQ(result.told, log{"-ERR [cancelled]"});
            EXPECT_EQ(result.challenges, at);
            EXPECT_TRUE(pair.said().ends_with("*\r\n"));
            EXPECT_EQ(pair.client.state(), client_state::authorization);
            EXPECT_EQ(pair.server.state(), server_state::authorization);
            sasl::plain_client again({.user = "user", .password = "pencil"});
            char lent[64];
            sasl::plain_server checks(site, lent);
            EXPECT_EQ(pair.log_in(again, checks).told, log{"+OK"});
        });
    }
}

// PC-15: an initial response without octets is "=".
TEST(sasl_exchange, PC_15_an_empty_initial_response) {
    sasl::test::site site;
    sasl::external_client client;
    char lent[64];
    sasl::external_server server(site, lent);
    joined_pair pair;
    pair.announce("EXTERNAL");
    EXPECT_EQ(pair.log_in(client, server).told, log{"+OK"});
    EXPECT_EQ(pair.said(), "AUTH EXTERNAL =\r\n");
    EXPECT_TRUE(server.complete());
}

// PC-15: a line of 255 octets carries an initial response; one that would be longer waits for "+ ".
TEST(sasl_exchange, PC_15_the_longest_initial_response) {
    sasl::test::site site;
    constexpr std::size_t most = (255 - std::string_view("AUTH PLAIN \r\n").size()) / 4 * 3;
    constexpr std::size_t fitting = most - std::string_view("\0user\0", 6).size();
    for (const std::size_t size : {fitting - 1, fitting, fitting + 1, fitting + 300}) {
        const std::string password(size, 'x');
        site.secret = password;
        sasl::plain_client client({.user = "user", .password = password});
        char lent[64];
        sasl::plain_server server(site, lent);
        joined_pair pair;
        pair.announce("PLAIN");
        const login_outcome result = pair.log_in(client, server);
        EXPECT_EQ(result.told, log{"+OK"}) << size;
        EXPECT_EQ(result.challenges, size > fitting ? 1U : 0U) << size;
        EXPECT_LE(pair.said().find("\r\n") + 2, longest_command);
    }
}

// A message that finds no room waits until what stands before it has been sent.
TEST(sasl_exchange, small_buffers) {
    sasl::test::site site;
    for (const std::size_t out : {255U, 300U}) {
        for (const std::size_t piece : {1U, 7U}) {
            each_pair(site, {}, [&](auto& client, auto& server) {
                joined_pair pair({.client_out = out, .server_in = 260, .server_out = 512, .piece = piece});
                EXPECT_EQ(pair.log_in(client, server).told, log{"+OK"});
            });
        }
    }
}

} // namespace
} // namespace mailwire::pop3::test
