// SPDX-License-Identifier: BSL-1.0
// A server and STLS. RFC 2595 4; PC-9, PC-10; PF-7; attack rows E1, J10.

#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

const std::string not_here = "-ERR command not valid in this state\r\n";
const std::string needs = "-ERR TLS has to come first\r\n";

server_event receive(server& session, std::string_view octets) {
    session.sent(session.output().size());
    std::copy(octets.begin(), octets.end(), session.prepare().begin());
    session.commit(octets.size());
    return session.next();
}

// PC-9: nothing is forgotten too late: USER, and what LANG has agreed on.
TEST(stls_server, PC_9_begins_anew) {
    test_server server;
    server.drop.with_tls = true;
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("LANG de\r\nUSER mrose\r\n");
    server.feed("STLS\r\n");
    EXPECT_TRUE(server.session.secure());
    EXPECT_EQ(server.session.state(), server_state::authorization);
    server.feed("PASS my secret\r\nCAPA\r\nUSER mrose\r\nPASS my secret\r\n");
    EXPECT_EQ(server.output, "+OK\r\n+OK de Gr\xc3\xbc\xc3\x9f Gott\r\n+OK\r\n+OK\r\n" + not_here +
                                 "+OK\r\nTOP\r\nUIDL\r\nSASL PLAIN\r\n.\r\n+OK\r\n+OK\r\n");
    EXPECT_EQ(server.session.state(), server_state::transaction);
    const std::vector<std::string> told = {"LANG [de]",    "USER [mrose]",    "STLS", "start TLS", "CAPA",
                                           "USER [mrose]", "PASS [my secret]"};
    EXPECT_EQ(server.drop.told, told);
}

TEST(stls_server, PC_9_the_handshake_comes_when_the_answer_is_sent) {
    server_storage<> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    EXPECT_EQ(session.tls_started(), misuse::wrong_state);
    EXPECT_EQ(describe(receive(session, "STLS\r\n")), "STLS");
    EXPECT_EQ(session.tls_started(), misuse::wrong_state);
    ASSERT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(session.next().kind, server_event_kind::start_tls);
    EXPECT_EQ(session.output(), "+OK\r\n") << "in the clear";
    session.sent(5);
    EXPECT_EQ(session.next().kind, server_event_kind::start_tls) << "until it is done";
    EXPECT_FALSE(session.secure());
    ASSERT_EQ(session.tls_started(), misuse::none);
    EXPECT_EQ(session.tls_started(), misuse::wrong_state);
    EXPECT_TRUE(session.secure());
    EXPECT_EQ(session.next().kind, server_event_kind::need_input);
    EXPECT_EQ(session.state(), server_state::authorization);
}

// The answer may be -ERR: all goes on in the clear.
TEST(stls_server, may_be_refused) {
    server_storage<> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    EXPECT_EQ(describe(receive(session, "STLS\r\n")), "STLS");
    ASSERT_EQ(session.err("not today"), misuse::none);
    EXPECT_EQ(describe(receive(session, "CAPA\r\n")), "CAPA");
    EXPECT_FALSE(session.secure());
}

// E1, PF-7: octets behind STLS are never executed, wherever the segments end.
TEST(stls_server, E1_nothing_in_the_clear_behind_the_command) {
    const std::string wire = "STLS\r\nCAPA\r\n";
    for (std::size_t n = 1; n <= wire.size(); ++n) {
        server_storage<> room;
        server session(room.buffers());
        ASSERT_EQ(session.greet(), misuse::none);
        session.sent(100);
        server_event e = receive(session, std::string_view(wire).substr(0, n));
        if (e.kind == server_event_kind::command) {
            EXPECT_EQ(n, 6U);
            ASSERT_EQ(session.ok(), misuse::none);
            e = session.next();
            EXPECT_EQ(e.kind, server_event_kind::start_tls);
        }
        if (n < wire.size() && session.state() != server_state::failed) {
            e = receive(session, std::string_view(wire).substr(n));
            EXPECT_EQ(session.tls_started(), misuse::wrong_state);
        }
        EXPECT_EQ(e.kind, server_event_kind::error) << n;
        EXPECT_EQ(e.error.code, errc::input_before_tls) << n;
        EXPECT_EQ(session.next().error, e.error);
        EXPECT_EQ(session.output(), "");
        EXPECT_FALSE(session.secure());
    }
}

// E1: octets that come while the answer is made, and before its start_tls has been asked for.
TEST(stls_server, E1_octets_before_the_answer) {
    for (const bool before_the_answer : {true, false}) {
        server_storage<> room;
        server session(room.buffers());
        ASSERT_EQ(session.greet(), misuse::none);
        EXPECT_EQ(describe(receive(session, "STLS\r\n")), "STLS");
        if (!before_the_answer) {
            ASSERT_EQ(session.ok(), misuse::none);
        }
        session.prepare()[0] = 'N';
        session.commit(1);
        if (before_the_answer) {
            ASSERT_EQ(session.ok(), misuse::none);
        }
        EXPECT_EQ(session.tls_started(), misuse::wrong_state);
        EXPECT_EQ(session.next().error.code, errc::input_before_tls);
        EXPECT_EQ(session.state(), server_state::failed);
    }
}

// PC-10: under TLS, behind UTF8 and in TRANSACTION it is -ERR, and the session goes on.
TEST(stls_server, PC_10_is_out_of_place) {
    check_server("STLS\r\nQUIT\r\n", not_here + "+OK bye\r\n", {"QUIT", "closed"}, {.secure = true});
    check_server("UTF8\r\nSTLS\r\nQUIT\r\n", "+OK\r\n" + not_here + "+OK bye\r\n", {"UTF8", "QUIT", "closed"});
    check_transaction("STLS\r\nNOOP\r\n", not_here + "+OK\r\n", {"NOOP"});
    test_server server;
    server.drop.with_tls = true;
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("STLS\r\n");
    server.feed("STLS\r\nCAPA\r\n");
    EXPECT_EQ(server.output, "+OK\r\n+OK\r\n" + not_here + "+OK\r\nTOP\r\nUIDL\r\nSASL PLAIN\r\n.\r\n");
}

// Where TLS is required, nobody logs in before it; all else is as always.
TEST(stls_server, refuses_logins_where_tls_is_required) {
    const server_options required{.tls = tls_policy::required};
    check_server("USER mrose\r\nAUTH PLAIN\r\nCAPA\r\nPASS x\r\nQUIT\r\n",
                 needs + needs + "+OK\r\nTOP\r\nUIDL\r\n.\r\n" + needs + "+OK bye\r\n", {"CAPA", "QUIT", "closed"},
                 required);
    check_server("AUTH PLAIN AHUAcA==\r\nUTF8\r\n", needs + "+OK\r\n", {"UTF8"}, required);
    check_server("USER mrose\r\nPASS my secret\r\nNOOP\r\n", "+OK\r\n+OK\r\n+OK\r\n",
                 {"USER [mrose]", "PASS [my secret]", "NOOP"}, {.secure = true, .tls = tls_policy::required});
    for (const bool offered : {false, true}) {
        test_server server(required);
        ASSERT_EQ(server.session.greet({.timestamp = offered ? "<1@a.example>" : ""}), misuse::none);
        server.output.clear();
        server.session.sent(server.session.output().size());
        server.feed("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n");
        EXPECT_EQ(server.output, offered ? needs : "-ERR unknown command\r\n");
    }
    test_server server(required);
    server.drop.with_tls = true;
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("STLS\r\n");
    server.feed("USER mrose\r\nPASS my secret\r\n");
    EXPECT_EQ(server.session.state(), server_state::transaction);
}

// The connection may end instead of the handshake, in peace or in the middle of the injected octets.
TEST(stls_server, the_end_before_the_handshake) {
    server_storage<> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    (void)receive(session, "STLS\r\n");
    ASSERT_EQ(session.ok(), misuse::none);
    session.closed();
    EXPECT_EQ(session.next().kind, server_event_kind::closed);
}

} // namespace
} // namespace mailwire::pop3::test
