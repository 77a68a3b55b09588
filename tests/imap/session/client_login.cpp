// SPDX-License-Identifier: BSL-1.0
// How a client logs in, and how it does not: RFC 9051 6.2.2, 6.2.3, 7.1; statements TL, EN of docs/sessions.md, attack rows E8,
// G6, I4.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/sasl/mechanisms.hpp"
#include "sasl/crypto.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

constexpr sasl::credentials who{.user = "u", .password = "p"};

TEST(imap_client_login, TL_7_E8_no_LOGIN_under_LOGINDISABLED) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN] hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "<not offered>");
        sasl::plain_client plain(who);
        EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN\r\n");
        EXPECT_EQ(t.hear("A1 NO no\r\n").size(), 1U);
        EXPECT_EQ(t.say(login{"u", "p"}), "<not offered>") << "not as a way out either";
        (void)t.hear("* CAPABILITY IMAP4rev1\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A2 LOGIN u p\r\n");
    });
}

TEST(imap_client_login, I4_only_what_the_server_has_announced) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=CRAM-MD5] hi\r\n");
        sasl::plain_client plain(who);
        EXPECT_EQ(t.authenticate(plain), "<not offered>");
        EXPECT_FALSE(plain.complete()) << "it has not begun";
        // The list changes, for whatever reason: what holds is the last one.
        (void)t.hear("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n");
        EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN AHUAcA==\r\n");
    });
}

// TL-6, I4: where TLS is required, no credential can be put out before it, in any way.
TEST(imap_client_login, TL_6_I4_no_credential_in_the_clear_where_TLS_is_required) {
    talk_twice(
        [](client_talk& t) {
            (void)t.hear("* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN AUTH=LOGIN] hi\r\n");
            sasl::plain_client plain(who);
            sasl::login_client old(who);
            EXPECT_EQ(t.say(login{"u", "p"}), "<needs TLS>");
            EXPECT_EQ(t.say(imap::authenticate{"PLAIN", "AHUAcA=="}), "<needs TLS>");
            EXPECT_EQ(t.authenticate(plain), "<needs TLS>");
            EXPECT_EQ(t.authenticate(old), "<needs TLS>");
            EXPECT_FALSE(plain.complete());
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.say(capability{}), "A2 CAPABILITY\r\n");
            EXPECT_EQ(t.say(logout{}), "A3 LOGOUT\r\n");
        },
        {.tls = tls_policy::required});
    talk_twice(
        [](client_talk& t) {
            (void)t.hear("* OK [CAPABILITY IMAP4rev2] hi\r\n");
            EXPECT_TRUE(t.session.secure());
            EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        },
        {.secure = true, .tls = tls_policy::required});
}

TEST(imap_client_login, EN_16_no_name_beyond_ASCII_in_LOGIN) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN] hi\r\n");
        EXPECT_EQ(t.say(login{"j\xc3\xb6rg", "p"}), "<bad value>");
        EXPECT_EQ(t.say(login{"u", "p\xc3\xa4ss"}), "<bad value>");
        sasl::plain_client plain({.user = "j\xc3\xb6rg", .password = "p"});
        EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN AGrDtnJnAHA=\r\n");
    });
}

// TL-10, TL-11: a login makes void what was announced before it, unless its OK says it anew.
TEST(imap_client_login, TL_10_TL_11_capabilities_before_and_after) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 ID] hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        EXPECT_EQ(t.hear("A1 OK in\r\n").size(), 1U);
        EXPECT_FALSE(t.session.capabilities().known());
        EXPECT_EQ(t.say(id{}), "<not offered>");
        EXPECT_EQ(t.say(idle{}), "<not offered>");
        EXPECT_EQ(t.say(enable{{"X"}}), "<not offered>");
        EXPECT_EQ(t.say(capability{}), "A2 CAPABILITY\r\n");
        EXPECT_EQ(t.hear("* CAPABILITY IMAP4rev2 ID\r\nA2 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.say(id{}), "A3 ID NIL\r\n");
        EXPECT_EQ(t.say(enable{{"X"}}), "A4 ENABLE X\r\n");
    });
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 ID] hi\r\n");
        sasl::plain_client plain(who);
        (void)t.hear("* CAPABILITY IMAP4rev2 AUTH=PLAIN\r\n");
        EXPECT_EQ(t.authenticate(plain), "A1 AUTHENTICATE PLAIN AHUAcA==\r\n");
        EXPECT_EQ(t.hear("A1 OK [CAPABILITY IMAP4rev1 QUOTA] in\r\n").size(), 1U);
        EXPECT_TRUE(t.session.capabilities().has<"QUOTA">());
        EXPECT_FALSE(t.session.capabilities().has<"IMAP4rev2">());
    });
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 ID] hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        EXPECT_EQ(t.hear("A1 NO no\r\n").size(), 1U);
        EXPECT_TRUE(t.session.capabilities().has<"ID">()) << "nothing has changed";
    });
}

// TL-13: another mechanism may follow one that has failed.
TEST(imap_client_login, TL_13_TL_14_one_after_another) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN] hi\r\n");
        sasl::login_client old(who);
        EXPECT_EQ(t.authenticate(old), "A1 AUTHENTICATE LOGIN\r\n");
        EXPECT_EQ(t.hear("A1 NO [UNAVAILABLE] later\r\n"), lines{"done 1 A1 NO [UNAVAILABLE] later"});
        sasl::plain_client plain(who);
        EXPECT_EQ(t.authenticate(plain), "A2 AUTHENTICATE PLAIN\r\n");
        EXPECT_EQ(t.hear("A2 NO [AUTHENTICATIONFAILED] no\r\n"), lines{"done 2 A2 NO [AUTHENTICATIONFAILED] no"});
        EXPECT_EQ(t.say(login{"u", "p"}), "A3 LOGIN u p\r\n");
    });
}

// A program does without a mechanism, and then knows itself what an OK is worth.
TEST(imap_client_login, by_hand) {
    talk_twice(
        [](client_talk& t) {
            (void)t.hear("* OK hi\r\n");
            EXPECT_EQ(t.respond("x"), "<wrong state>");
            EXPECT_EQ(t.cancel(), "<wrong state>");
            EXPECT_EQ(t.say(imap::authenticate{"X", "="}), "A1 AUTHENTICATE X =\r\n");
            EXPECT_EQ(t.hear("+ \r\n"), lines{"challenge "});
            EXPECT_EQ(t.respond(std::string(100, 'x')), "<no room>") << "for good: there is nothing to send";
            EXPECT_EQ(t.respond({"\0\xff\r\n", 4}), "AP8NCg==\r\n");
            EXPECT_EQ(t.hear("+ \r\n"), lines{"challenge "});
            EXPECT_EQ(t.respond(""), "\r\n");
            EXPECT_EQ(t.hear("+ \r\n"), lines{"challenge "});
            EXPECT_EQ(t.cancel(), "*\r\n");
            EXPECT_EQ(t.hear("A1 OK in\r\n"), lines{"error unproven server @0"}) << "an OK to \"*\" is none";
        },
        test::in_the_clear, {.out = 40});
}

// A mechanism that cannot begin sends nothing, one that cannot go on sends "*".
TEST(imap_client_login, a_mechanism_that_fails) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN AUTH=CRAM-MD5] hi\r\n");
        sasl::plain_client without_name({});
        EXPECT_EQ(t.authenticate(without_name), "<bad value>");
        EXPECT_EQ(t.session.sasl_fault(), sasl::fault::bad_credential);
        EXPECT_EQ(t.session.mode(), client_mode::lines);
        sasl::test::openssl hashes;
        sasl::cram_md5_client cram(hashes, {});
        EXPECT_EQ(t.authenticate(cram), "A1 AUTHENTICATE CRAM-MD5\r\n");
        EXPECT_EQ(t.hear("+ PDFAYT4=\r\n").size(), 1U);
        EXPECT_EQ(t.answer(cram), "*\r\n");
        EXPECT_EQ(t.session.sasl_fault(), sasl::fault::bad_credential);
        EXPECT_EQ(t.hear("A1 BAD x\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
    });
}

// What a call was refused for is no fault of the mechanism: it begins when there is room.
TEST(imap_client_login, a_mechanism_that_has_no_room_has_not_begun) {
    const std::string_view noop_line = "A1 NOOP\r\n";
    const auto try_all = [&](std::string_view line, auto make) {
        for (std::size_t missing = 1; missing <= noop_line.size(); ++missing) {
            const std::size_t size = noop_line.size() + line.size() - missing;
            client_talk t(client_talk::whole, test::in_the_clear, {.out = size});
            (void)t.hear("* OK [CAPABILITY IMAP4rev2 AUTH=EXTERNAL AUTH=PLAIN] hi\r\n");
            EXPECT_TRUE(t.session.send(noop{}));
            auto mechanism = make();
            EXPECT_EQ(t.session.authenticate(mechanism).fault, misuse::no_room);
            EXPECT_EQ(t.said(), noop_line);
            EXPECT_EQ(t.authenticate(mechanism), line) << missing;
        }
    };
    try_all("A2 AUTHENTICATE EXTERNAL =\r\n", [] { return sasl::external_client(""); });
    try_all("A2 AUTHENTICATE PLAIN AHUAcA==\r\n", [] { return sasl::plain_client(who); });
}

// TL-26, RFC 2971 3.3: what a client tells of itself has limits; past them nothing is sent.
TEST(imap_client_login, TL_26_ID) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 ID");
        const id_field named[] = {{"name", "x"}, {"version", text::nil()}};
        EXPECT_EQ(t.say(id{named}), "A1 ID (\"name\" \"x\" \"version\" NIL)\r\n");
        EXPECT_EQ(t.hear("* ID (\"name\" \"y\")\r\nA1 OK x\r\n").size(), 2U);
        const id_field twice[] = {{"name", "x"}, {"NAME", "y"}};
        EXPECT_EQ(t.say(id{twice}), "<bad value>");
        const std::string long_name(31, 'n');
        const std::string long_value(1025, 'v');
        const id_field too_long[] = {{long_name, "x"}};
        const id_field too_large[] = {{"name", long_value}};
        EXPECT_EQ(t.say(id{too_long}), "<bad value>");
        EXPECT_EQ(t.say(id{too_large}), "<bad value>");
    });
}

// G6: a server that never has enough.
TEST(imap_client_login, G6_an_exchange_without_end) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev1 AUTH=LOGIN] hi\r\n");
        sasl::login_client mechanism(who);
        EXPECT_EQ(t.authenticate(mechanism), "A1 AUTHENTICATE LOGIN\r\n");
        std::string last;
        std::size_t rounds = 0;
        for (; rounds != 1000 && last != "*\r\n"; ++rounds) {
            EXPECT_EQ(t.hear("+ \r\n").size(), 1U);
            last = t.answer(mechanism);
        }
        EXPECT_LE(rounds, 17U);
        EXPECT_EQ(last, "*\r\n");
        EXPECT_EQ(t.hear("A1 BAD x\r\n"), lines{"done 1 A1 BAD x"});
        EXPECT_EQ(t.hear("+ \r\n"), lines{"error unexpected continuation @0"}) << "and no \"+\" behind the end";
    });
}

} // namespace
} // namespace mailwire::imap
