// SPDX-License-Identifier: BSL-1.0
// A client and COMPRESS: RFC 4978 3; statements TL of docs/sessions.md, attack row E10.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

constexpr std::string_view offers = "IMAP4rev2 COMPRESS=DEFLATE";

TEST(imap_compress_client, TL_17_after_login_and_alone) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 COMPRESS=DEFLATE] hi\r\n");
        EXPECT_EQ(t.say(compress{}), "<wrong state>");
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev2");
        EXPECT_EQ(t.say(compress{}), "<not offered>");
        (void)t.hear("* CAPABILITY IMAP4rev2 COMPRESS=DEFLATE\r\n");
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.say(compress{}), "<busy>");
        (void)t.hear("A1 OK x\r\n");
        EXPECT_EQ(t.say(compress{}), "A2 COMPRESS DEFLATE\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.session.compression_started(), misuse::wrong_state);
        EXPECT_EQ(t.hear("* 1 EXISTS\r\n").size(), 1U) << "unasked data may come before the answer";
        EXPECT_EQ(t.hear("A2 OK go\r\n"), lines{"start compression 2 "});
        EXPECT_EQ(t.say(noop{}), "<wrong state>") << "until the layer is laid";
        EXPECT_EQ(t.session.compression_started(), misuse::none);
        EXPECT_EQ(t.session.compression_started(), misuse::wrong_state);
        EXPECT_EQ(t.say(noop{}), "A3 NOOP\r\n");
        EXPECT_EQ(t.hear("A3 OK x\r\n"), lines{"done 3 A3 OK x"});
    });
}

TEST(imap_compress_client, TL_19_a_refusal_changes_nothing) {
    for (const std::string_view answer : {"A1 NO [COMPRESSIONACTIVE] TLS does\r\n", "A1 BAD what\r\n"}) {
        talk_twice([answer](client_talk& t) {
            t.log_in(offers);
            EXPECT_EQ(t.say(compress{}), "A1 COMPRESS DEFLATE\r\n");
            const lines told = t.hear(answer);
            ASSERT_EQ(told.size(), 1U);
            EXPECT_TRUE(told[0].starts_with("done 1 ")) << told[0];
            EXPECT_EQ(t.session.mode(), client_mode::lines);
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        });
    }
}

// TL-17, E10: what has come behind the CRLF of the OK is deflate, however it was cut, and never read as lines.
TEST(imap_compress_client, TL_17_E10_from_the_octet_behind_the_line_on) {
    const std::string wire = "A1 OK go\r\n* BYE in the clear\r\nA1 OK again\r\n";
    const std::size_t agreed = wire.find('\n') + 1;
    for (std::size_t n = 0; n <= wire.size(); ++n) {
        client_talk t;
        t.log_in(offers);
        EXPECT_EQ(t.say(compress{}), "A1 COMPRESS DEFLATE\r\n");
        const lines first = t.hear(std::string_view(wire).substr(0, n));
        if (n < agreed) {
            EXPECT_EQ(first, lines{});
            EXPECT_EQ(t.hear(std::string_view(wire).substr(n)), lines{"start compression 1 " + wire.substr(agreed)});
        } else {
            EXPECT_EQ(first, lines{"start compression 1 " + wire.substr(agreed, n - agreed)});
        }
        // Asked again, with more that has come meanwhile, it tells all of it.
        if (n >= agreed && n != wire.size()) {
            (void)test::receive(t.session, std::string_view(wire).substr(n), wire.size());
            const client_event e = t.session.next();
            EXPECT_EQ(e.kind, client_event_kind::start_compression);
            EXPECT_EQ(e.octets, wire.substr(agreed));
        }
        EXPECT_EQ(t.session.compression_started(), misuse::none);
        EXPECT_EQ(t.hear(), lines{}) << "the program has them";
        EXPECT_EQ(t.session.state(), client_state::authenticated);
        EXPECT_EQ(t.hear("* 1 EXISTS\r\n"), lines{"response * 1 EXISTS"}) << "inflated";
    }
}

// E4, E10: octets that were there before the client asked.
TEST(imap_compress_client, E10_nothing_unread_may_be_there_when_it_is_asked_for) {
    client_talk t;
    t.log_in(offers);
    (void)test::receive(t.session, "A1 OK go\r\n", 100);
    EXPECT_EQ(t.say(compress{}), "<busy>");
    EXPECT_EQ(t.hear(), lines{"error unknown tag @0"});
}

// The connection ends where the layer was due.
TEST(imap_compress_client, the_end_before_it_has_begun) {
    talk_twice([](client_talk& t) {
        t.log_in(offers);
        EXPECT_EQ(t.say(compress{}), "A1 COMPRESS DEFLATE\r\n");
        EXPECT_EQ(t.hear("A1 OK go\r\n").size(), 1U);
        t.session.closed();
        EXPECT_EQ(t.session.compression_started(), misuse::none);
        EXPECT_EQ(t.hear(), lines{"closed"});
    });
}

// TL-21, TL-22: UNAUTHENTICATE ends compression; the program takes the layer off behind the command, and the session reads
// on what follows the OK. It may be asked for again.
TEST(imap_compress_client, TL_21_TL_22_UNAUTHENTICATE_ends_it) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev2 COMPRESS=DEFLATE UNAUTHENTICATE");
        EXPECT_EQ(t.say(compress{}), "A1 COMPRESS DEFLATE\r\n");
        EXPECT_EQ(t.hear("A1 OK go\r\n").size(), 1U);
        EXPECT_EQ(t.session.compression_started(), misuse::none);
        EXPECT_EQ(t.say(unauthenticate{}), "A2 UNAUTHENTICATE\r\n");
        EXPECT_EQ(t.hear("A2 OK out\r\n"), lines{"done 2 A2 OK out"});
        EXPECT_EQ(t.say(login{"u", "p"}), "A3 LOGIN u p\r\n");
        EXPECT_EQ(t.hear("A3 OK [CAPABILITY IMAP4rev2 COMPRESS=DEFLATE] in\r\n").size(), 1U);
        EXPECT_EQ(t.say(compress{}), "A4 COMPRESS DEFLATE\r\n");
    });
}

} // namespace
} // namespace mailwire::imap
