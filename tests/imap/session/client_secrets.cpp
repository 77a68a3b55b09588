// SPDX-License-Identifier: BSL-1.0
// Attack rows K1 and K3: a password is in no diagnostic, and not in the output once it has been sent.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/sasl/mechanisms.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

constexpr std::string_view marker = "S3cr3t-7f1c";
constexpr std::string_view in_base64 = "AHUAUzNjcjN0LTdmMWM="; // of "\0u\0" and the marker
constexpr std::string_view of_marker = "UzNjcjN0LTdmMWM=";
constexpr std::string_view offers = "IMAP4rev1 AUTH=PLAIN AUTH=LOGIN";

// Any four octets of it in a row, as they are or in base64.
bool has_marker(std::string_view octets) {
    for (const std::string_view secret : {marker, in_base64.substr(8), of_marker}) {
        for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
            if (octets.find(secret.substr(i, 4)) != octets.npos) return true;
        }
    }
    return false;
}
template <typename Storage> std::string_view all_of(const Storage& storage) { return {storage.data(), storage.size()}; }

void greet(client_talk& t, std::string_view capabilities = offers) {
    EXPECT_EQ(t.hear("* OK [CAPABILITY " + std::string(capabilities) + "] hi\r\n").size(), 1U);
}

TEST(imap_client_secrets, K3_leave_the_output_when_they_have_been_sent) {
    const auto sent_is_wiped = [](auto speak) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}}) {
            client_talk t;
            speak(t);
            EXPECT_TRUE(has_marker(all_of(t.out)));
            while (!t.session.output().empty())
                t.session.sent(std::min(piece, t.session.output().size()));
            EXPECT_FALSE(has_marker(all_of(t.out)));
        }
    };
    sent_is_wiped([](client_talk& t) {
        greet(t);
        ASSERT_TRUE(t.session.send(login{"u", marker}));
    });
    sent_is_wiped([](client_talk& t) {
        greet(t);
        ASSERT_TRUE(t.session.send(noop{}));
        ASSERT_TRUE(t.session.send(login{"u", marker}));
    });
    sent_is_wiped([](client_talk& t) {
        greet(t);
        ASSERT_TRUE(t.session.send(login{"u", marker}));
        ASSERT_TRUE(t.session.send(select{"x"}));
    });
    sent_is_wiped([](client_talk& t) {
        greet(t, "IMAP4rev2 AUTH=PLAIN");
        sasl::plain_client plain({.user = "u", .password = marker});
        ASSERT_TRUE(t.session.authenticate(plain));
    });
    sent_is_wiped([](client_talk& t) {
        greet(t);
        ASSERT_TRUE(t.session.send(imap::authenticate{"PLAIN", in_base64}));
    });
    sent_is_wiped([](client_talk& t) {
        greet(t);
        sasl::plain_client plain({.user = "u", .password = marker});
        (void)t.authenticate(plain);
        (void)t.hear("+ \r\n");
        ASSERT_EQ(t.session.answer(plain), misuse::none);
    });
    sent_is_wiped([](client_talk& t) {
        greet(t);
        (void)t.say(imap::authenticate{"X", {}});
        (void)t.hear("+ \r\n");
        ASSERT_EQ(t.session.respond(marker), misuse::none);
    });
}

// A password in a literal waits for its "+"; it is gone when it is out, and when it was refused.
TEST(imap_client_secrets, K3_in_a_literal) {
    const std::string password = std::string(marker) + "\r";
    for (const std::string_view answer : {"+ go\r\n", "A1 NO no\r\n", "A1 BAD\r\n"}) {
        talk_twice([&](client_talk& t) {
            greet(t);
            EXPECT_EQ(t.say(login{"u", password}), "A1 LOGIN u {12}\r\n");
            EXPECT_TRUE(has_marker(all_of(t.out)));
            (void)t.hear(answer);
            EXPECT_EQ(t.said(), answer[0] == '+' ? password + "\r\n" : "");
            EXPECT_FALSE(has_marker(all_of(t.out))) << answer;
        });
    }
}

// The reply comes before all of the line with the password is out: the rest is still sent, and then gone.
TEST(imap_client_secrets, K3_an_early_reply) {
    talk_twice([](client_talk& t) {
        greet(t);
        ASSERT_TRUE(t.session.send(login{"u", marker}));
        t.session.sent(8);
        EXPECT_EQ(t.hear("A1 NO no\r\n").size(), 1U);
        (void)t.said();
        EXPECT_FALSE(has_marker(all_of(t.out)));
    });
}

// What is refused has been put in part, and is gone as well.
TEST(imap_client_secrets, K3_refused_calls_leave_nothing) {
    client_talk t(client_talk::whole, test::in_the_clear, {.out = 48});
    greet(t);
    EXPECT_EQ(t.say(login{std::string("a\0b", 3), marker}), "<bad value>");
    EXPECT_EQ(t.say(login{marker, std::string("a\0b", 3)}), "<bad value>");
    EXPECT_EQ(t.say(login{marker, "\xc3\xa4"}), "<bad value>");
    EXPECT_EQ(t.say(login{marker, std::string(500, 'x')}), "<no room>");
    EXPECT_EQ(t.say(login{std::string(20, 'x'), std::string(marker) + std::string(marker)}), "<no room>");
    EXPECT_EQ(t.say(imap::authenticate{"PLAIN", std::string(in_base64) + "="}), "<bad value>");
    EXPECT_FALSE(has_marker(all_of(t.out)));
    EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
    EXPECT_EQ(t.hear("+ \r\n").size(), 1U);
    EXPECT_EQ(t.respond(std::string(marker) + std::string(500, 'x')), "<no room>");
    EXPECT_FALSE(has_marker(all_of(t.out)));
}

// What lies before it in the output and is not sent yet stays as it is.
TEST(imap_client_secrets, K3_a_refusal_behind_what_is_still_to_be_sent) {
    client_talk t(client_talk::whole, test::in_the_clear, {.out = 48});
    greet(t);
    ASSERT_TRUE(t.session.send(capability{}));
    t.session.sent(4);
    EXPECT_EQ(t.session.send(login{marker, std::string(500, 'x')}).fault, misuse::no_room);
    EXPECT_FALSE(has_marker(all_of(t.out)));
    EXPECT_EQ(t.said(), "APABILITY\r\n");
}

// Commands that carry no secret wipe nothing: it would cost, and they are no secret.
TEST(imap_client_secrets, K3_other_commands_are_left_alone) {
    client_talk t;
    t.log_in();
    EXPECT_EQ(t.say(create{"name-of-a-mailbox"}), "A1 CREATE name-of-a-mailbox\r\n");
    EXPECT_NE(all_of(t.out).find("name-of-a-mailbox"), std::string_view::npos);
}

// K1: the event of an error has a code and numbers.
TEST(imap_client_secrets, K1_are_in_no_error) {
    for (const std::string_view wire :
         {"S3cr3t-7f1c\r\n", "+ S3cr3t-7f1c\r\n", "A1 OK [S3cr3t-7f1c\r\n", "* OK S3cr3t-7f1c\xff\n\r\n",
          "A1 S3cr3t-7f1c\r\n", "S3cr3t-7f1c OK in\r\n", "* LIST () \"/\" S3cr3t-7f1c(\r\n"}) {
        talk_twice([wire](client_talk& t) {
            greet(t);
            EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A1 AUTHENTICATE X\r\n");
            const lines told = t.hear(wire);
            ASSERT_FALSE(told.empty()) << wire;
            EXPECT_TRUE(told[0].starts_with("error")) << told[0];
            for (const std::string& line : told)
                EXPECT_FALSE(has_marker(line)) << line;
            EXPECT_FALSE(has_marker(t.said()));
        });
    }
}

} // namespace
} // namespace mailwire::imap
