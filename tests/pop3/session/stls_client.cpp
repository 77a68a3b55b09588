// SPDX-License-Identifier: BSL-1.0
// A client and STLS. RFC 2595 4; PC-9 to PC-12; attack rows E2, E3, E6, E9, J10.

#include <mailwire/pop3/session/client.hpp>

#include <mailwire/sasl/plain.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// Greeting and STLS, with what the server says to that.
void ask(test_client<>& client, std::string_view answer, log& told) {
    client.settle("+OK <1@a.example>\r\n");
    ASSERT_EQ(client.session.send(stls{}), misuse::none);
    EXPECT_EQ(client.session.output(), "STLS\r\n");
    client.session.sent(100);
    client.feed(answer, told);
}

// Takes note of the events up to start_tls.
client_event_kind last_event(test_client<>& client) { return client.session.next().kind; }

// PC-9: TLS begins behind the CRLF of the +OK, and not an octet earlier.
TEST(stls_client, PC_9_the_handshake_begins_behind_the_line) {
    const std::string_view wire = "+OK begin\r\n";
    for (std::size_t n = 0; n <= wire.size(); ++n) {
        test_client<> client(client_options{});
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.send(stls{}), misuse::none);
        client.session.sent(100);
        std::copy_n(wire.begin(), n, client.session.prepare().begin());
        client.session.commit(n);
        EXPECT_EQ(last_event(client), n == wire.size() ? client_event_kind::start_tls : client_event_kind::need_input);
        EXPECT_EQ(client.session.tls_started(), n == wire.size() ? misuse::none : misuse::wrong_state);
        EXPECT_EQ(client.session.secure(), n == wire.size());
    }
}

// PC-9: AUTHORIZATION only, and alone; PF-6.
TEST(stls_client, PC_9_is_sent_in_its_place) {
    test_client<> client;
    EXPECT_EQ(client.session.send(stls{}), misuse::wrong_state);
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    EXPECT_EQ(client.session.send(stls{}), misuse::busy);
    client.settle("+OK\r\nSTLS\r\nPIPELINING\r\n.\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    EXPECT_EQ(client.session.send(stls{}), misuse::busy) << "PF-6: with PIPELINING too";
    client.settle("+OK\r\nSTLS\r\nPIPELINING\r\n.\r\n");
    ASSERT_EQ(client.session.send(stls{}), misuse::none);
    for (const misuse m : {client.session.send(capa{}), client.session.send(user{"u"}), client.session.send(quit{}),
                           client.session.send(stls{})}) {
        EXPECT_EQ(m, misuse::busy);
    }
    log told;
    client.feed("-ERR no\r\n", told);
    EXPECT_EQ(told, log{"-ERR [no]"});
    EXPECT_EQ(client.session.state(), client_state::authorization);
    client.enter();
    EXPECT_EQ(client.session.send(stls{}), misuse::wrong_state) << "PC-10: not in TRANSACTION";
}

// PC-10: not under TLS, not behind UTF8, and not where the capabilities say that there is none.
TEST(stls_client, PC_10_is_not_sent_twice_nor_behind_UTF8) {
    test_client<> secure({.secure = true});
    secure.settle("+OK\r\n");
    EXPECT_EQ(secure.session.send(stls{}), misuse::wrong_state);
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(utf8{}), misuse::none);
    client.settle("-ERR no\r\n");
    EXPECT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nUTF8\r\n.\r\n");
    EXPECT_EQ(client.session.send(stls{}), misuse::not_offered);
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nUTF8\r\nSTLS\r\n.\r\n");
    ASSERT_EQ(client.session.send(utf8{}), misuse::none);
    client.settle("+OK\r\n");
    EXPECT_EQ(client.session.send(stls{}), misuse::wrong_state);
    EXPECT_EQ(client.session.output(), "");
}

// E2, J10: octets in the clear behind the +OK, in the same segment or in a later one.
TEST(stls_client, E2_nothing_in_the_clear_behind_the_agreement) {
    const std::string wire = "+OK go\r\n+OK injected\r\n";
    const std::string_view text = wire;
    const std::size_t agreed = text.find('\n') + 1;
    for (std::size_t n = 1; n != wire.size(); ++n) {
        test_client<> client(client_options{});
        log told;
        ask(client, text.substr(0, n), told);
        if (!client.over) {
            EXPECT_LE(n, agreed);
            std::copy(wire.begin() + static_cast<std::ptrdiff_t>(n), wire.end(), client.session.prepare().begin());
            client.session.commit(wire.size() - n);
            if (n == agreed) {
                EXPECT_EQ(client.session.tls_started(), misuse::wrong_state) << "before the event too";
            }
        }
        const client_event e = client.session.next();
        EXPECT_EQ(e.error, (error{errc::input_before_tls, 0, 0, 0})) << n;
        EXPECT_EQ(client.session.tls_started(), misuse::wrong_state);
        EXPECT_FALSE(client.session.secure());
        EXPECT_EQ(client.session.output(), "");
    }
}

// E3: whatever a server, or somebody between, says to STLS: no credential goes out.
TEST(stls_client, E3_no_credential_goes_out_in_the_clear) {
    const auto no_login = [](test_client<>& client) {
        sasl::plain_client plain({.user = "u", .password = "p"});
        EXPECT_NE(client.session.send(user{"u"}), misuse::none);
        EXPECT_NE(client.session.send(pass{"p"}), misuse::none);
        EXPECT_NE(client.session.send(apop{"u", "c4c9334bac560ecc979e58001b3e22fb"}), misuse::none);
        EXPECT_NE(client.session.send(auth{"PLAIN", "AHUAcA=="}), misuse::none);
        EXPECT_NE(client.session.authenticate(plain), misuse::none);
        EXPECT_FALSE(plain.complete());
        EXPECT_EQ(client.session.output(), "");
    };
    for (const std::string_view answer :
         {"-ERR no\r\n", "-ERR\r\n", "+OKAY\r\n", "junk\r\n", "* BAD\r\n", "+ \r\n", "-ERR no\r\n+OK\r\n",
          "-ERR \xff\r\n", "+OK go\r\n+OK\r\n", "", "+OK", "\r\n"}) {
        test_client<> client({.apop = true});
        log told;
        ask(client, answer, told);
        no_login(client);
        client.session.closed();
        client.tell(told);
        no_login(client);
    }
    // Absent from the capabilities, or a server without any.
    for (const std::string_view answer : {"+OK\r\nTOP\r\nSASL PLAIN\r\n.\r\n", "-ERR\r\n"}) {
        test_client<> client({.apop = true});
        client.settle("+OK <1@a.example>\r\n");
        ASSERT_EQ(client.session.send(capa{}), misuse::none);
        client.settle(answer);
        no_login(client);
    }
}

// PC-12: before TLS there are CAPA, STLS and QUIT.
TEST(stls_client, PC_12_needs_tls) {
    test_client<> client({.apop = true});
    client.settle("+OK <1@a.example>\r\n");
    for (const misuse m :
         {client.session.send(user{"u"}), client.session.send(auth{"PLAIN", "="}), client.session.send(utf8{}),
          client.session.send(apop{"u", "c4c9334bac560ecc979e58001b3e22fb"}), client.session.send(lang{"de"})}) {
        EXPECT_EQ(m, misuse::needs_tls);
    }
    EXPECT_EQ(client.session.output(), "");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("-ERR\r\n");
    ASSERT_EQ(client.session.send(stls{}), misuse::none);
    client.settle("-ERR\r\n");
    ASSERT_EQ(client.session.send(quit{}), misuse::none);
    // E9: what is secure from its start, or has become so, stays secure.
    test_client<> secure({.secure = true});
    secure.settle("+OK\r\n");
    EXPECT_EQ(secure.session.send(user{"u"}), misuse::none);
    EXPECT_TRUE(secure.session.secure());
    EXPECT_EQ(secure.session.tls_started(), misuse::wrong_state);
}

// E6, PC-11, PC-3: all that was learnt in the clear is forgotten.
TEST(stls_client, E6_forgets_what_it_has_heard) {
    test_client<> client({.apop = true, .tls = tls_policy::optional});
    client.settle("+OK <1@a.example>\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nSTLS\r\nPIPELINING\r\nSASL PLAIN\r\nUTF8 USER\r\nRESP-CODES\r\n.\r\n");
    ASSERT_EQ(client.session.send(lang{"de"}), misuse::none);
    client.settle("+OK de Gr\xc3\xbc\xc3\x9f Gott\r\n");
    ASSERT_EQ(client.session.send(user{"u"}), misuse::none);
    client.settle("+OK\r\n");
    EXPECT_TRUE(client.session.apop_offered());
    EXPECT_FALSE(client.session.capabilities_due());
    ASSERT_EQ(client.session.send(stls{}), misuse::none);
    const std::string_view agreed = "+OK\r\n";
    std::copy(agreed.begin(), agreed.end(), client.session.prepare().begin());
    client.session.commit(agreed.size());
    client.session.sent(100);
    ASSERT_EQ(client.session.next().kind, client_event_kind::start_tls);
    ASSERT_EQ(client.session.next().kind, client_event_kind::start_tls) << "until it is done";
    EXPECT_EQ(client.session.send(user{"u"}), misuse::wrong_state);
    ASSERT_EQ(client.session.tls_started(), misuse::none);
    EXPECT_EQ(client.session.tls_started(), misuse::wrong_state);
    EXPECT_EQ(client.session.state(), client_state::authorization);
    EXPECT_EQ(client.session.capabilities(), capability_set());
    EXPECT_TRUE(client.session.capabilities_due());
    EXPECT_FALSE(client.session.apop_offered());
    EXPECT_EQ(client.session.send(pass{"p"}), misuse::wrong_state) << "PC-9: USER is forgotten";
    EXPECT_EQ(client.session.send(apop{"u", "c4c9334bac560ecc979e58001b3e22fb"}), misuse::not_offered);
    EXPECT_EQ(client.session.send(user{"caf\xc3\xa9"}), misuse::bad_value);
    sasl::plain_client plain({.user = "u", .password = "p"});
    ASSERT_EQ(client.session.authenticate(plain), misuse::none);
    EXPECT_EQ(client.session.output(), "AUTH PLAIN\r\n") << "SASL is not known any more";
    client.session.sent(100);
    log told;
    client.feed("-ERR [AUTH] Gr\xc3\xbc\xc3\x9f\r\n", told);
    EXPECT_EQ(told, log{"error syntax at 14"}) << "texts are in ASCII again";
}

// The connection may end instead of the handshake.
TEST(stls_client, the_end_before_the_handshake) {
    test_client<> client(client_options{});
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(stls{}), misuse::none);
    const std::string_view agreed = "+OK\r\n";
    std::copy(agreed.begin(), agreed.end(), client.session.prepare().begin());
    client.session.commit(agreed.size());
    ASSERT_EQ(client.session.next().kind, client_event_kind::start_tls);
    client.session.closed();
    EXPECT_EQ(client.session.next().kind, client_event_kind::closed);
}

} // namespace
} // namespace mailwire::pop3::test
