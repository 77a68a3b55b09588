// SPDX-License-Identifier: BSL-1.0
// A client and STARTTLS: RFC 9051 6.2.1, 7.1.4; statements TL of docs/sessions.md, attack rows E2 to E9.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/sasl/plain.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

const client_options insists{.tls = tls_policy::required};

TEST(imap_starttls_client, TL_2_the_handshake_begins_behind_the_line) {
    const std::string_view wire = "A1 OK begin\r\n";
    for (std::size_t n = 0; n <= wire.size(); ++n) {
        client_talk t(client_talk::whole, insists);
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n");
        const bool all = n == wire.size();
        EXPECT_EQ(t.hear(wire.substr(0, n)), all ? lines{"start tls 1"} : lines{});
        EXPECT_EQ(t.session.tls_started(), all ? misuse::none : misuse::wrong_state);
        EXPECT_EQ(t.session.secure(), all);
        EXPECT_EQ(t.session.tls_started(), misuse::wrong_state) << "once";
    }
}

// The event is given again until the handshake is done: a program that looks twice sees it twice.
TEST(imap_starttls_client, TL_2_it_waits_for_the_handshake) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n");
        EXPECT_EQ(t.hear("A1 OK go\r\n"), lines{"start tls 1"});
        EXPECT_EQ(t.session.next().kind, client_event_kind::start_tls);
        EXPECT_EQ(t.session.mode(), client_mode::tls);
        EXPECT_EQ(t.session.in_flight_count(), 0U);
        EXPECT_EQ(t.hang_up(), lines{"closed"}) << "a handshake that fails";
    });
}

// TL-2, E2: octets in the clear behind the OK, in the same segment or in a later one.
TEST(imap_starttls_client, TL_2_E2_nothing_in_the_clear_behind_the_agreement) {
    for (const std::string_view injected :
         {"* CAPABILITY IMAP4rev1 AUTH=EVIL\r\n", "A2 OK in\r\n", "* PREAUTH hi\r\n", "\r\n", "+ \r\n", "\x16"}) {
        const std::string wire = "A1 OK go\r\n" + std::string(injected);
        const std::size_t agreed = wire.find('\n') + 1;
        for (std::size_t n = 1; n != wire.size(); ++n) {
            client_talk t;
            (void)t.hear("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n");
            EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n");
            (void)t.hear(std::string_view(wire).substr(0, n));
            if (t.session.state() != client_state::failed) {
                EXPECT_LE(n, agreed);
                (void)test::receive(t.session, std::string_view(wire).substr(n), wire.size());
                EXPECT_TRUE(n != agreed || t.session.tls_started() == misuse::wrong_state) << "before the event too";
            }
            EXPECT_EQ(t.session.next().error, (error{errc::input_before_tls, 0, 0, 0})) << n;
            EXPECT_EQ(t.session.tls_started(), misuse::wrong_state);
            EXPECT_FALSE(t.session.secure());
            EXPECT_FALSE(t.session.capabilities().mechanisms().has("EVIL"));
            EXPECT_EQ(t.say(noop{}), "<wrong state>");
        }
    }
}

// Already there when the client asks for TLS: whatever it is, it is not the answer.
TEST(imap_starttls_client, E2_E4_an_OK_from_before_the_command) {
    client_talk t;
    const std::string_view wire = "* OK hi\r\nA1 OK go\r\n";
    (void)test::receive(t.session, wire, wire.size());
    EXPECT_EQ(t.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(t.say(starttls{}), "<busy>") << "unread octets";
    EXPECT_EQ(t.hear(), lines{"error unknown tag @0"});
    client_talk half;
    const std::string_view start = "* OK hi\r\nA1 O";
    (void)test::receive(half.session, start, start.size());
    EXPECT_EQ(half.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(half.say(starttls{}), "<busy>");
    EXPECT_EQ(half.session.next().kind, client_event_kind::need_input);
    EXPECT_EQ(half.say(starttls{}), "<busy>") << "half a line is one too";
}

TEST(imap_starttls_client, E4_a_completion_of_what_was_not_sent) {
    client_talk t;
    const std::string_view wire = "* OK hi\r\nA1 OK\r\n";
    (void)test::receive(t.session, wire, wire.size());
    EXPECT_EQ(t.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
    EXPECT_EQ(t.hear(), lines{"error unknown tag @0"});
    EXPECT_NE(t.session.state(), client_state::authenticated);
}

// E3, TL-6: whatever a server, or somebody between, says to STARTTLS: no credential goes out.
TEST(imap_starttls_client, TL_6_E3_no_credential_goes_out_in_the_clear) {
    const auto no_login = [](client_talk& t) {
        sasl::plain_client plain({.user = "u", .password = "p"});
        EXPECT_TRUE(t.say(login{"u", "p"}).starts_with("<"));
        EXPECT_TRUE(t.say(imap::authenticate{"PLAIN", "AHUAcA=="}).starts_with("<"));
        EXPECT_TRUE(t.authenticate(plain).starts_with("<"));
        EXPECT_FALSE(plain.complete());
    };
    for (const std::string_view answer :
         {"A1 NO no\r\n", "A1 BAD what\r\n", "A1 OKAY\r\n", "A1 NO [CAPABILITY IMAP4rev1 AUTH=PLAIN] no\r\n",
          "A2 OK go\r\n", "a1 OK go\r\n", "* OK go\r\n", "+ go\r\n", "A1 OK go\n", "* BYE x\r\n", "A1\r\n",
          "* PREAUTH in\r\n", "A1 OK go\r\nA2 OK in\r\n"}) {
        talk_twice(
            [&](client_talk& t) {
                (void)t.hear("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n");
                no_login(t);
                EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n");
                no_login(t);
                (void)t.hear(answer);
                no_login(t);
                EXPECT_FALSE(t.session.secure()) << answer;
            },
            insists);
    }
    // Nothing is announced, or no STARTTLS is.
    for (const std::string_view greeting : {"* OK hi\r\n", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n"}) {
        talk_twice(
            [&](client_talk& t) {
                (void)t.hear(greeting);
                no_login(t);
                EXPECT_EQ(t.say(capability{}), "A1 CAPABILITY\r\n");
                (void)t.hear("A1 BAD what\r\n");
                no_login(t);
            },
            insists);
    }
}

TEST(imap_starttls_client, TL_6_is_not_sent_where_there_is_none) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.say(starttls{}), "<wrong state>");
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n") << "nothing is known: the server decides";
        (void)t.hear("A1 NO [CAPABILITY IMAP4rev1] no\r\n");
        EXPECT_EQ(t.say(starttls{}), "<not offered>");
        (void)t.hear("* CAPABILITY IMAP4rev1 STARTTLS\r\n");
        EXPECT_EQ(t.say(starttls{}), "A2 STARTTLS\r\n") << "TL-5: a NO leaves the connection as it was";
    });
    talk_twice(
        [](client_talk& t) {
            (void)t.hear("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n");
            EXPECT_EQ(t.say(starttls{}), "<wrong state>") << "TL-4: it is encrypted already";
        },
        {.secure = true});
}

// RFC 9051 7.1.4: a server that says PREAUTH where TLS is required leaves no way to it.
TEST(imap_starttls_client, TL_6_E5_PREAUTH_in_the_clear) {
    talk_twice(
        [](client_talk& t) {
            EXPECT_EQ(t.hear("* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n"), lines{"error login before TLS @0"});
            EXPECT_EQ(t.session.state(), client_state::failed);
            EXPECT_FALSE(t.session.capabilities().known());
            EXPECT_EQ(t.say(noop{}), "<wrong state>");
        },
        insists);
    talk_twice(
        [](client_talk& t) {
            EXPECT_EQ(t.hear("* PREAUTH hi\r\n"), lines{"greeting * PREAUTH hi"});
            EXPECT_EQ(t.session.state(), client_state::authenticated);
        },
        {.secure = true, .tls = tls_policy::required});
}

// TL-3, E6: all that was said in the clear could be anybody's.
TEST(imap_starttls_client, TL_3_TL_9_E6_nothing_from_before_TLS_is_known) {
    talk_twice(
        [](client_talk& t) {
            EXPECT_EQ(t.hear("* OK [CAPABILITY IMAP4rev2 STARTTLS LITERAL+ AUTH=EVIL ID] hi\r\n* 99 EXISTS\r\n"
                             "* ENABLED UTF8=ACCEPT CONDSTORE\r\n* OK [UIDVALIDITY 5] x\r\n* OK [ALERT] call me\r\n")
                          .size(),
                      5U);
            EXPECT_NE(t.session.modes(), 0U);
            EXPECT_FALSE(t.session.secure()) << "that is how a program knows what an ALERT is worth";
            EXPECT_EQ(t.say(starttls{}), "A1 STARTTLS\r\n");
            EXPECT_EQ(t.hear("A1 OK [CAPABILITY IMAP4rev2 AUTH=EVIL] go\r\n"), lines{"start tls 1"});
            EXPECT_EQ(t.session.tls_started(), misuse::none);
            EXPECT_EQ(t.hear(), lines{});
            EXPECT_FALSE(t.session.capabilities().known());
            EXPECT_EQ(t.session.modes(), 0U);
            EXPECT_EQ(t.session.mailbox().exists(), 0U);
            EXPECT_EQ(t.session.mailbox().uid_validity(), 0U);
            EXPECT_EQ(t.session.state(), client_state::not_authenticated);
            EXPECT_TRUE(t.session.secure());
            EXPECT_EQ(t.say(id{}), "<not offered>") << "TL-11: it asks again";
            EXPECT_EQ(t.say(starttls{}), "<wrong state>");
            EXPECT_EQ(t.say(login{"u\r", "p"}), "A2 LOGIN {2}\r\n");
            EXPECT_EQ(t.hear("* CAPABILITY IMAP4rev2\r\n+ go\r\n").size(), 1U);
            EXPECT_EQ(t.said(), "u\r p\r\n");
        },
        insists);
}

// TL-15, TL-16, E7: a referral is text. Where it goes is for a person to decide.
TEST(imap_starttls_client, TL_15_E7_a_referral_changes_nothing) {
    for (const std::string_view code : {"REFERRAL imap://;AUTH=*@a.example/", "REFERRAL imap://a.example/ imap://b/"}) {
        talk_twice([code](client_talk& t) {
            (void)t.hear("* OK hi\r\n");
            EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
            const std::string line = "A1 NO [" + std::string(code) + "] x";
            EXPECT_EQ(t.hear(line + "\r\n"), lines{"done 1 " + line});
            EXPECT_EQ(t.said(), "");
            EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        });
    }
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        const lines told = t.hear("A1 NO [REFERRAL imap://x\r\n");
        ASSERT_EQ(told.size(), 1U);
        EXPECT_TRUE(told[0].ends_with(" ends 1")) << "no end of the code";
    });
}

} // namespace
} // namespace mailwire::imap
