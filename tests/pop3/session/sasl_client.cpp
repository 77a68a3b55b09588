// SPDX-License-Identifier: BSL-1.0
// A client's half of SASL exchanges, octet by octet. RFC 5034 4; PC-13 to PC-16.

#include <mailwire/pop3/session/client.hpp>

#include <mailwire/sasl/mechanisms.hpp>

#include "pop3/session/client_log.hpp"
#include "sasl/crypto.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr sasl::credentials tim{.user = "tim", .password = "tanstaaftanstaaf"};

// Answers every challenge of these octets with a mechanism, and tells the rest.
template <typename M> log converse(test_client<>& client, M& mechanism, std::span<const std::string_view> pieces) {
    log told;
    for (const std::string_view piece : pieces) {
        client.feed(piece, told);
        if (client.session.state() == client_state::challenged) {
            EXPECT_EQ(client.session.answer(mechanism), misuse::none);
            client.tell(told);
        }
    }
    return told;
}

// RFC 2195 2, as RFC 1734 carries it.
TEST(sasl_client, answers_a_challenge) {
    const std::string_view wire = "+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n";
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        sasl::test::openssl hashes;
        sasl::cram_md5_client mechanism(hashes, tim);
        test_client<> client;
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.authenticate(mechanism), misuse::none);
        EXPECT_EQ(client.session.output(), "AUTH CRAM-MD5\r\n");
        client.session.sent(100);
        const log told = converse(client, mechanism, pieces);
        EXPECT_EQ(told, log{"challenge [<1896.697170952@postoffice.reston.mci.net>]"});
        EXPECT_EQ(client.session.output(), "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n");
        EXPECT_EQ(client.session.send(quit{}), misuse::busy) << "PF-6: nothing goes out behind AUTH";
        client.settle("+OK\r\n");
        EXPECT_EQ(client.session.state(), client_state::transaction);
    });
}

// PC-13: a challenge may be empty, with and without its space; one that is no base64 is answered "*".
TEST(sasl_client, PC_13_forms_of_a_challenge) {
    struct row {
        std::string_view wire;
        log says;
        std::string_view answered;
        client_state state;
    };
    using enum client_state;
    for (const row& r :
         {row{"+ \r\n", {"challenge []"}, "", challenged}, row{"+ dGVzdA==\r\n", {"challenge [test]"}, "", challenged},
          row{"+ dGVzdA=\r\n", {"error syntax at 9"}, "*\r\n", exchange},
          row{"+ dGVzdB==\r\n", {"error syntax at 8"}, "*\r\n", exchange},
          row{"+ tell me\r\n", {"error syntax at 6"}, "*\r\n", exchange},
          row{"+ AAAA\nAAAA\r\n", {"error bare line feed at 6"}, "*\r\n", exchange},
          row{"+OK welcome\r\n", {"+OK [welcome]"}, "", transaction},
          row{"-ERR no\r\n", {"-ERR [no]"}, "", authorization},
          row{"+AAAA\r\n", {"error unexpected response at 0"}, "", failed}}) {
        mailwire::test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
            test_client<> client;
            client.settle("+OK\r\n");
            ASSERT_EQ(client.session.send(auth{"X", {}}), misuse::none);
            client.session.sent(100);
            log told;
            for (const std::string_view piece : pieces) {
                client.feed(piece, told);
            }
            EXPECT_EQ(told, r.says) << r.wire;
            EXPECT_EQ(client.session.output(), r.answered) << r.wire;
            EXPECT_EQ(client.session.state(), r.state) << r.wire;
        });
    }
}

// D3, D4: a challenge longer than the buffer ends the exchange, and the session goes on.
TEST(sasl_client, a_challenge_that_is_too_long) {
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(auth{"X", {}}), misuse::none);
    client.session.sent(100);
    log told;
    client.feed("+ " + std::string(2000, 'A') + "\r\n", told);
    EXPECT_EQ(told, log{"error unit too long at 512 (513 of 512)"});
    EXPECT_EQ(client.session.output(), "*\r\n");
    client.settle("-ERR cancelled\r\n");
    EXPECT_EQ(client.session.state(), client_state::authorization);
    EXPECT_EQ(client.session.send(capa{}), misuse::none);
}

// A mechanism that cannot begin sends nothing, one that cannot go on sends "*".
TEST(sasl_client, a_mechanism_that_fails) {
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nSASL PLAIN\r\n.\r\n");
    sasl::plain_client without_name({});
    EXPECT_EQ(client.session.authenticate(without_name), misuse::bad_value);
    EXPECT_EQ(client.session.sasl_fault(), sasl::fault::bad_credential);
    EXPECT_EQ(client.session.output(), "");
    EXPECT_EQ(client.session.state(), client_state::authorization);

    sasl::test::openssl hashes;
    sasl::cram_md5_client cram(hashes, {});
    ASSERT_EQ(client.session.authenticate(cram), misuse::none);
    client.settle("+ PDFAYT4=\r\n");
    ASSERT_EQ(client.session.answer(cram), misuse::none);
    EXPECT_EQ(client.session.output(), "*\r\n");
    EXPECT_EQ(client.session.sasl_fault(), sasl::fault::bad_credential);
    client.settle("-ERR\r\n");
    EXPECT_EQ(client.session.state(), client_state::authorization);
}

// A +OK is believed only once the mechanism is complete, and never behind a "*".
TEST(sasl_client, believes_no_server_that_has_proved_nothing) {
    sasl::test::openssl hashes;
    char lent[256];
    struct row {
        std::string_view name;
        std::string_view wire;
    };
    const auto outcome = [](auto& mechanism, std::string_view wire) {
        test_client<> client;
        client.settle("+OK\r\n");
        EXPECT_EQ(client.session.send(capa{}), misuse::none);
        client.settle("+OK\r\nSASL X\r\n.\r\n");
        EXPECT_EQ(client.session.authenticate(mechanism), misuse::none);
        client.session.sent(client.session.output().size());
        std::vector<std::string_view> lines;
        for (; !wire.empty(); wire.remove_prefix(wire.find('\n') + 1)) {
            lines.push_back(wire.substr(0, wire.find('\n') + 1));
        }
        const log told = converse(client, mechanism, lines);
        EXPECT_EQ(describe(client.session.next()), client.over ? told.back() : "need input");
        return told.back();
    };
    const std::string unproven = "error unproven server at 0";
    sasl::scram_sha_256_client<sasl::test::openssl> scram(hashes, tim, sasl::nonce::from_text("abc"), lent);
    EXPECT_EQ(outcome(scram, "+OK\r\n"), unproven);
    sasl::scram_sha_256_client<sasl::test::openssl> spoiled(hashes, tim, sasl::nonce::from_text("abc"), lent);
    EXPECT_EQ(outcome(spoiled, "+ dj14\r\n+OK\r\n"), unproven) << "it answers \"*\"";
    sasl::cram_md5_client cram(hashes, tim);
    EXPECT_EQ(outcome(cram, "+OK\r\n"), unproven);
    sasl::login_client login(tim);
    EXPECT_EQ(outcome(login, "+ VXNlcm5hbWU6\r\n+OK\r\n"), unproven);
    // The server has said why it refuses the token, and then says +OK (RFC 7628 3.2.3).
    sasl::oauthbearer_client bearer({"tim", "x", "server.example.com", 143});
    EXPECT_EQ(outcome(bearer, "+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n+OK\r\n"), unproven);
    sasl::xoauth2_client xoauth2({"tim", "x"});
    EXPECT_EQ(outcome(xoauth2, "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n+OK\r\n"), unproven);
    // PLAIN is complete with its one message. A challenge behind it is answered "*", and then nothing is believed.
    sasl::plain_client plain(tim);
    EXPECT_EQ(outcome(plain, "+OK\r\n"), "+OK");
    sasl::plain_client asked_again(tim);
    EXPECT_EQ(outcome(asked_again, "+ \r\n+OK\r\n"), unproven);
}

// The program may do without a mechanism.
TEST(sasl_client, by_hand) {
    test_client<> client;
    client.settle("+OK\r\n");
    EXPECT_EQ(client.session.respond("x"), misuse::wrong_state);
    EXPECT_EQ(client.session.cancel(), misuse::wrong_state);
    ASSERT_EQ(client.session.send(auth{"X", "="}), misuse::none);
    EXPECT_EQ(client.session.output(), "AUTH X =\r\n");
    client.settle("+ \r\n");
    EXPECT_EQ(client.session.respond(std::string(400, 'x')), misuse::no_room) << "for good: there is nothing to send";
    EXPECT_EQ(client.session.output(), "");
    ASSERT_EQ(client.session.respond({"\0\xff\r\n", 4}), misuse::none);
    EXPECT_EQ(client.session.output(), "AP8NCg==\r\n");
    client.settle("+ \r\n");
    ASSERT_EQ(client.session.respond(""), misuse::none);
    EXPECT_EQ(client.session.output(), "\r\n");
    client.settle("+ \r\n");
    ASSERT_EQ(client.session.cancel(), misuse::none);
    EXPECT_EQ(client.session.output(), "*\r\n");
    client.settle("+OK\r\n");
    EXPECT_EQ(client.session.next().error.code, errc::unproven_server) << "a +OK to \"*\" is none";
}

// A token that no buffer of this size holds: the exchange can only be given up.
TEST(sasl_client, a_message_longer_than_the_output) {
    const std::string token(1000, 't');
    sasl::oauthbearer_client bearer({"tim", token, "server.example.com", 143});
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nSASL OAUTHBEARER\r\n.\r\n");
    ASSERT_EQ(client.session.authenticate(bearer), misuse::none);
    EXPECT_EQ(client.session.output(), "AUTH OAUTHBEARER\r\n") << "PC-15";
    client.settle("+ \r\n");
    EXPECT_EQ(client.session.answer(bearer), misuse::no_room);
    EXPECT_EQ(client.session.answer(bearer), misuse::no_room);
    EXPECT_EQ(client.session.output(), "");
    ASSERT_EQ(client.session.cancel(), misuse::none);
    client.settle("-ERR\r\n");
    EXPECT_EQ(client.session.state(), client_state::authorization);
}

} // namespace
} // namespace mailwire::pop3::test
