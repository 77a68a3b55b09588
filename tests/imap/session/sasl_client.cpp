// SPDX-License-Identifier: BSL-1.0
// A client's half of AUTHENTICATE: RFC 9051 6.2.2, RFC 4959; statements FR of docs/sessions.md, attack rows D3, D4, G6.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/sasl/mechanisms.hpp"
#include "sasl/crypto.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

constexpr sasl::credentials tim{.user = "tim", .password = "tanstaaftanstaaf"};

std::string challenge_of(std::string_view octets) {
    std::array<char, 512> base64{};
    const std::size_t size = base64_encode(octets, base64);
    return "+ " + std::string(base64.data(), size) + "\r\n";
}

void greet(client_talk& t, std::string_view capabilities) {
    EXPECT_EQ(t.hear("* OK [CAPABILITY " + std::string(capabilities) + "] hi\r\n").size(), 1U);
}

// RFC 2195 2.
TEST(imap_sasl_client, FR_21_answers_a_challenge) {
    talk_twice([](client_talk& t) {
        sasl::test::openssl hashes;
        sasl::cram_md5_client mechanism(hashes, tim);
        greet(t, "IMAP4rev1 AUTH=CRAM-MD5");
        EXPECT_EQ(t.authenticate(mechanism), "A1 AUTHENTICATE CRAM-MD5\r\n");
        EXPECT_EQ(t.hear("+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n"),
                  lines{"challenge <1896.697170952@postoffice.reston.mci.net>"});
        EXPECT_EQ(t.session.mode(), client_mode::challenged);
        EXPECT_EQ(t.session.next().kind, client_event_kind::need_input) << "said once";
        EXPECT_EQ(t.answer(mechanism), "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>") << "nothing goes out behind it";
        EXPECT_EQ(t.hear("* OK still here\r\nA1 OK in\r\n"), (lines{"response * OK still here", "done 1 A1 OK in"}));
        EXPECT_EQ(t.session.state(), client_state::authenticated);
    });
}

TEST(imap_sasl_client, FR_21_D3_G6_forms_of_a_challenge) {
    struct row {
        std::string_view wire;
        lines told;
        std::string_view answered;
        client_mode mode;
    };
    using enum client_mode;
    for (const row& r :
         {row{"+ \r\n", {"challenge "}, "", challenged}, row{"+ dGVzdA==\r\n", {"challenge test"}, "", challenged},
          row{"+ dGVzdA=\r\n", {"error syntax @2"}, "*\r\n", exchange},
          row{"+ dGVzdB==\r\n", {"error syntax @2"}, "*\r\n", exchange},
          row{"+ =\r\n", {"error syntax @2"}, "*\r\n", exchange},
          row{"+ tell me\r\n", {"error syntax @2"}, "*\r\n", exchange},
          row{"+ AA AA\r\n", {"error syntax @2"}, "*\r\n", exchange},
          row{"A1 OK in\r\n", {"done 1 A1 OK in"}, "", client_mode::lines},
          row{"A1 NO no\r\n", {"done 1 A1 NO no"}, "", client_mode::lines},
          row{"A1 OK in {5}\r\n", {"done 1 A1 OK in {5}"}, "", client_mode::lines},
          row{"* LIST () \"/\" {3}\r\na+b\r\n", {"response * LIST () \"/\" a+b"}, "", exchange},
          row{"* 1 FETCH (BODY[] {3}\r\n+ \r)\r\n",
              {"response * 1 FETCH (BODY[] {3}\r\n+ \r) !no such message"},
              "",
              exchange}}) {
        talk_twice([&r](client_talk& t) {
            greet(t, "IMAP4rev1");
            EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
            EXPECT_EQ(t.hear(r.wire), r.told) << r.wire;
            EXPECT_EQ(t.said(), r.answered) << r.wire;
            EXPECT_EQ(t.session.mode(), r.mode) << r.wire;
            EXPECT_NE(t.session.state(), client_state::failed);
        });
    }
}

// What cannot be read is answered "*"; the server's BAD then ends the command, and another may follow.
TEST(imap_sasl_client, G6_after_a_challenge_that_is_none) {
    talk_twice([](client_talk& t) {
        greet(t, "IMAP4rev1");
        EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
        EXPECT_EQ(t.hear("+ ???\r\n").size(), 1U);
        EXPECT_EQ(t.said(), "*\r\n");
        EXPECT_EQ(t.respond("x"), "<wrong state>");
        EXPECT_EQ(t.hear("A1 BAD cancelled\r\n"), lines{"done 1 A1 BAD cancelled"});
        EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A2 AUTHENTICATE X\r\n");
    });
}

// D4: longer than the buffer, or with a bare LF in it: no unit, and still a challenge that has to be answered.
TEST(imap_sasl_client, D4_a_challenge_that_is_no_unit) {
    for (const std::string_view line : {"+ AAAA\nAAAA\r\n", "+ \xff\r\n", "+AAAA\r\n"}) {
        talk_twice([line](client_talk& t) {
            greet(t, "IMAP4rev2");
            EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
            const lines told = t.hear(line);
            ASSERT_FALSE(told.empty());
            EXPECT_TRUE(told[0].starts_with("error ")) << told[0];
            EXPECT_EQ(t.said(), "*\r\n") << "or the server waits for ever";
            EXPECT_EQ(t.hear("A1 BAD x\r\n"), lines{"done 1 A1 BAD x"});
        });
    }
    talk_twice(
        [](client_talk& t) {
            greet(t, "IMAP4rev1");
            EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
            EXPECT_EQ(t.hear("+ " + std::string(2000, 'A') + "\r\n"), lines{"error unit too long @512 513/512"});
            EXPECT_EQ(t.said(), "*\r\n") << "or the server waits for ever";
            EXPECT_EQ(t.hear("A1 BAD x\r\n"), lines{"done 1 A1 BAD x"});
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        },
        test::in_the_clear, {.in = 512});
}

TEST(imap_sasl_client, FR_24_initial_responses) {
    struct row {
        std::string_view capabilities;
        std::string_view plain;
        std::string_view external;
        std::string_view login;
    };
    for (const row& r : {row{"IMAP4rev1", "", "", ""}, row{"IMAP4rev1 SASL-IR", " AHUAcA==", " =", ""},
                         row{"IMAP4rev2", " AHUAcA==", " =", ""}}) {
        talk_twice([&r](client_talk& t) {
            greet(t, std::string(r.capabilities) + " AUTH=PLAIN AUTH=EXTERNAL AUTH=LOGIN");
            sasl::plain_client plain({.user = "u", .password = "p"});
            EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN" + std::string(r.plain) + "\r\n");
            EXPECT_EQ(t.hear("A1 NO x\r\n").size(), 1U);
            sasl::external_client external("");
            EXPECT_EQ(t.authenticate(external), "A2 AUTHENTICATE EXTERNAL" + std::string(r.external) + "\r\n");
            EXPECT_EQ(t.hear("A2 NO x\r\n").size(), 1U);
            sasl::login_client login({.user = "u", .password = "p"});
            EXPECT_EQ(t.authenticate(login), "A3 AUTHENTICATE LOGIN\r\n") << "the server speaks first";
            EXPECT_EQ(t.hear("+ VXNlcm5hbWU6\r\n"), lines{"challenge Username:"});
            EXPECT_EQ(t.answer(login), "dQ==\r\n");
            EXPECT_EQ(t.hear("+ UGFzc3dvcmQ6\r\n").size(), 1U);
            EXPECT_EQ(t.answer(login), "cA==\r\n");
            EXPECT_EQ(t.hear("A3 OK in\r\n"), lines{"done 3 A3 OK in"});
        });
    }
    // Without one the client waits for the empty challenge.
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK hi\r\n").size(), 1U);
        sasl::plain_client plain({.user = "u", .password = "p"});
        EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN\r\n") << "nothing is known";
        EXPECT_EQ(t.hear("+ \r\n"), lines{"challenge "});
        EXPECT_EQ(t.answer(plain), "AHUAcA==\r\n");
        EXPECT_EQ(t.hear("A1 OK in\r\n"), lines{"done 1 A1 OK in"});
    });
}

// RFC 7677 3. The last word of the server is a challenge; its answer is an empty line.
TEST(imap_sasl_client, FR_26_success_data) {
    for (const bool honest : {true, false}) {
        talk_twice([honest](client_talk& t) {
            sasl::test::openssl hashes;
            char lent[256];
            sasl::scram_sha_256_client<sasl::test::openssl> scram(hashes, {.user = "user", .password = "pencil"},
                                                                  sasl::nonce::from_text("rOprNGfwEbeRWgbNEkqO"), lent);
            greet(t, "IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256");
            EXPECT_EQ(t.authenticate(scram),
                      "A1 AUTHENTICATE SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=\r\n");
            EXPECT_EQ(t.hear(challenge_of("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                          "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                          .size(),
                      1U);
            EXPECT_TRUE(t.answer(scram).starts_with("Yz1iaXdz")) << "c=biws";
            EXPECT_EQ(t.hear(challenge_of(honest ? "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
                                                 : "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5="))
                          .size(),
                      1U);
            EXPECT_EQ(t.answer(scram), honest ? "\r\n" : "*\r\n");
            EXPECT_EQ(t.hear("A1 OK in\r\n"), honest ? lines{"done 1 A1 OK in"} : lines{"error unproven server @0"});
        });
    }
}

TEST(imap_sasl_client, FR_26_believes_no_server_that_has_proved_nothing) {
    sasl::test::openssl hashes;
    char lent[256];
    const auto outcome = [](auto& mechanism, std::string_view wire) {
        client_talk t;
        greet(t, "IMAP4rev1 SASL-IR");
        EXPECT_EQ(t.hear("* CAPABILITY IMAP4rev1 SASL-IR AUTH=" + std::string(mechanism.name()) + "\r\n").size(), 1U);
        EXPECT_TRUE(t.authenticate(mechanism).starts_with("A1 AUTHENTICATE "));
        lines told;
        for (; !wire.empty(); wire.remove_prefix(wire.find('\n') + 1)) {
            told = t.hear(wire.substr(0, wire.find('\n') + 1));
            if (t.session.mode() == client_mode::challenged) (void)t.answer(mechanism);
        }
        return told.back();
    };
    const std::string unproven = "error unproven server @0";
    sasl::scram_sha_256_client<sasl::test::openssl> scram(hashes, tim, sasl::nonce::from_text("abc"), lent);
    EXPECT_EQ(outcome(scram, "A1 OK in\r\n"), unproven);
    sasl::scram_sha_256_client<sasl::test::openssl> spoiled(hashes, tim, sasl::nonce::from_text("abc"), lent);
    EXPECT_EQ(outcome(spoiled, "+ dj14\r\nA1 OK in\r\n"), unproven) << "it answers \"*\"";
    sasl::cram_md5_client cram(hashes, tim);
    EXPECT_EQ(outcome(cram, "A1 OK in\r\n"), unproven);
    sasl::login_client login(tim);
    EXPECT_EQ(outcome(login, "+ VXNlcm5hbWU6\r\nA1 OK in\r\n"), unproven);
    // The server has said why it refuses the token, and then says OK (RFC 7628 3.2.3).
    sasl::oauthbearer_client bearer({"tim", "x", "server.example.com", 143});
    EXPECT_EQ(outcome(bearer, "+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\nA1 OK in\r\n"), unproven);
    // PLAIN is complete with its one message. A challenge behind it is answered "*", and then nothing is believed.
    sasl::plain_client plain(tim);
    EXPECT_EQ(outcome(plain, "A1 OK in\r\n"), "done 1 A1 OK in");
    sasl::plain_client asked_again(tim);
    EXPECT_EQ(outcome(asked_again, "+ \r\nA1 OK in\r\n"), unproven);
}

} // namespace
} // namespace mailwire::imap
