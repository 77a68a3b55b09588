// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using test::client_box;
using test::feed;
using test::flush;
using test::lines;
using kind = client_event_kind;

// A client that has heard a greeting.
struct greeted : client_box {
    explicit greeted(std::string_view line = "* PREAUTH hi\r\n", const test::sizes& s = {}) : client_box(s) {
        (void)feed(session, line);
    }
};

TEST(imap_client, is_small) {
    EXPECT_LE(sizeof(client), 1024U);
    client_storage<> shared;
    std::vector<client> idle(10000, client(shared.buffers()));
    for (client& each : idle)
        EXPECT_EQ(each.next().kind, kind::need_input);
    std::cout << "10000 idle client sessions: " << sizeof(client) << " octets each without buffers, "
              << idle.size() * sizeof(client) / 1024 << " KiB in all\n";
}

TEST(imap_client, ST_3_is_silent_before_the_greeting) {
    client_box box;
    EXPECT_EQ(box.session.next().kind, kind::need_input);
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::wrong_state);
    EXPECT_TRUE(box.session.output().empty());
    EXPECT_EQ(feed(box.session, "* OK [CAPABILITY IMAP4rev2 LITERAL-] hi\r\n"),
              (lines{"greeting * OK [CAPABILITY IMAP4rev2 LITERAL-] hi\r\n"}));
    EXPECT_EQ(box.session.state(), client_state::not_authenticated);
    EXPECT_TRUE(box.session.offers().has(offer::imap4rev2));
}

TEST(imap_client, ST_43_every_command_has_its_own_tag) {
    greeted box;
    for (std::uint32_t i = 1; i != 2000; ++i) {
        EXPECT_EQ(box.session.send(noop{}).number, i);
        const std::string line = flush(box.session);
        EXPECT_EQ(line, "A" + std::to_string(i) + " NOOP\r\n");
        EXPECT_EQ(feed(box.session, line.substr(0, line.find(' ')) + " OK\r\n").size(), 1U);
    }
}

TEST(imap_client, FR_10_F3_how_a_literal_is_sent) {
    struct row {
        std::string_view capabilities;
        std::size_t octets;
        std::string_view header;
    };
    for (const row& r :
         {row{"IMAP4rev1", 1, "{1}"}, row{"IMAP4rev1", 4096, "{4096}"}, row{"LITERAL-", 4095, "{4095+}"},
          row{"LITERAL-", 4096, "{4096+}"}, row{"LITERAL-", 4097, "{4097}"}, row{"IMAP4rev2", 4096, "{4096+}"},
          row{"IMAP4rev2", 4097, "{4097}"}, row{"LITERAL+", 4096, "{4096+}"}, row{"LITERAL+", 4097, "{4097+}"},
          row{"LITERAL+ LITERAL-", 4097, "{4097+}"}, row{"LITERAL+", 0, "{0+}"}, row{"X", 0, "{0}"}}) {
        greeted box("* PREAUTH [CAPABILITY " + std::string(r.capabilities) + "] hi\r\n", {.out = 8192});
        const std::string message(r.octets, 'm');
        EXPECT_TRUE(box.session.send(append{.mailbox = "x", .message = message}));
        const std::string head = "A1 APPEND x " + std::string(r.header) + "\r\n";
        const bool waits = !r.header.ends_with("+}");
        EXPECT_EQ(flush(box.session), waits ? head : head + message + "\r\n") << r.header;
        EXPECT_EQ(feed(box.session, "+ go\r\n").empty(), waits);
        EXPECT_EQ(flush(box.session), waits ? message + "\r\n" : "");
    }
}

TEST(imap_client, FR_4_FR_7_nothing_goes_out_before_the_plus) {
    greeted box;
    EXPECT_TRUE(box.session.send(rename{"\xe4", "\xf6"}));
    EXPECT_EQ(flush(box.session), "A1 RENAME {1}\r\n");
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::busy);
    EXPECT_TRUE(feed(box.session, "+ \r\n").empty());
    EXPECT_EQ(flush(box.session), "\xe4 {1}\r\n");
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::busy);
    EXPECT_TRUE(feed(box.session, "+ more\r\n").empty());
    EXPECT_EQ(flush(box.session), "\xf6\r\n");
    EXPECT_TRUE(box.session.send(noop{}));
    EXPECT_EQ(flush(box.session), "A2 NOOP\r\n");
}

TEST(imap_client, FR_5_FR_33_a_refused_literal_is_not_sent) {
    for (const bool streamed : {false, true}) {
        greeted box;
        EXPECT_TRUE(box.session.send(noop{}));
        EXPECT_TRUE(box.session.send(append{.mailbox = "x", .message = streamed ? text::streamed(3) : text("abc")}));
        EXPECT_EQ(flush(box.session), "A1 NOOP\r\nA2 APPEND x {3}\r\n");
        EXPECT_EQ(box.session.literal("ab"), streamed ? misuse::none : misuse::wrong_state);
        EXPECT_EQ(feed(box.session, "* 1 EXISTS\r\nA1 OK x\r\nA2 NO [OVERQUOTA] full\r\n"),
                  (lines{"response * 1 EXISTS\r\n", "done 1 A1 OK x\r\n", "done 2 A2 NO [OVERQUOTA] full\r\n"}));
        EXPECT_EQ(flush(box.session), "");
        EXPECT_EQ(box.session.literal_missing(), 0U);
        EXPECT_EQ(box.session.literal("ab"), misuse::wrong_state);
        EXPECT_TRUE(box.session.send(noop{}));
        EXPECT_EQ(flush(box.session), "A3 NOOP\r\n");
        EXPECT_EQ(feed(box.session, "A3 OK x\r\n"), (lines{"done 3 A3 OK x\r\n"}));
    }
}

// The server counts the octets it was promised, whatever it has said meanwhile: fewer would turn the next command into
// the rest of a message.
TEST(imap_client, FR_8_a_literal_under_way_is_sent_to_its_end) {
    for (const bool waits : {false, true}) {
        greeted box(waits ? "* PREAUTH hi\r\n" : "* PREAUTH [CAPABILITY LITERAL+] hi\r\n");
        EXPECT_TRUE(box.session.send(append{.mailbox = "x", .message = text::streamed(6)}));
        (void)flush(box.session);
        EXPECT_TRUE(feed(box.session, waits ? "+ go\r\n" : "").empty());
        EXPECT_EQ(box.session.literal("abc"), misuse::none);
        EXPECT_EQ(flush(box.session), "abc");
        EXPECT_EQ(feed(box.session, "A1 NO [TOOBIG] no\r\n"), (lines{"done 1 A1 NO [TOOBIG] no\r\n"}));
        EXPECT_EQ(box.session.send(noop{}).fault, misuse::busy);
        EXPECT_EQ(box.session.literal_missing(), 3U);
        EXPECT_EQ(box.session.literal("def"), misuse::none);
        EXPECT_EQ(flush(box.session), "def\r\n");
        EXPECT_TRUE(box.session.send(noop{}));
        EXPECT_EQ(flush(box.session), "A2 NOOP\r\n");
    }
}

// The reply comes while half of the command's first line is still to be sent.
TEST(imap_client, FR_5_a_reply_before_the_header_of_the_literal) {
    greeted box;
    EXPECT_TRUE(box.session.send(create{"\xe4"}));
    box.session.sent(4);
    EXPECT_EQ(feed(box.session, "A1 BAD no\r\n"), (lines{"done 1 A1 BAD no\r\n"}));
    EXPECT_EQ(flush(box.session), "REATE {1}\r\n");
    EXPECT_EQ(feed(box.session, "* 1 EXISTS\r\n"), (lines{"response * 1 EXISTS\r\n"}));
    EXPECT_TRUE(box.session.send(noop{}));
    EXPECT_EQ(flush(box.session), "A2 NOOP\r\n");
}

TEST(imap_client, E8_no_login_under_LOGINDISABLED) {
    greeted box("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n");
    EXPECT_EQ(box.session.send(login{"u", "p"}).fault, misuse::not_offered);
    EXPECT_TRUE(box.session.output().empty());
    (void)feed(box.session, "* CAPABILITY IMAP4rev1\r\n");
    EXPECT_TRUE(box.session.send(login{"u", "p"}));
}

TEST(imap_client, RX_3_RX_10_capabilities_come_in_four_ways) {
    greeted box("* OK hi\r\n");
    EXPECT_FALSE(box.session.offers().known());
    EXPECT_TRUE(box.session.send(login{"u", "p"}));
    for (const std::string_view line : {"* CAPABILITY IMAP4rev1 LITERAL+\r\n", "* OK [CAPABILITY LITERAL+] so\r\n",
                                        "A1 OK [CAPABILITY IMAP4rev2 LITERAL+] in\r\n"}) {
        (void)feed(box.session, line);
        EXPECT_TRUE(box.session.offers().has(offer::literal_plus));
        (void)feed(box.session, "* CAPABILITY IMAP4rev1\r\n");
        EXPECT_FALSE(box.session.offers().has(offer::literal_plus));
    }
}

TEST(imap_client, ST_14_ST_18_CLOSED_ends_the_selection_unless_another_one_begins) {
    greeted box;
    EXPECT_TRUE(box.session.send(select{"x"}));
    (void)feed(box.session, "A1 OK x\r\n");
    EXPECT_TRUE(box.session.send(select{"y"}));
    EXPECT_EQ(feed(box.session, "* OK [CLOSED] old\r\n").size(), 1U);
    EXPECT_EQ(box.session.state(), client_state::selected);
    (void)feed(box.session, "A2 OK y\r\n");
    EXPECT_EQ(feed(box.session, "* NO [CLOSED] hm\r\n").size(), 1U);
    EXPECT_EQ(box.session.state(), client_state::selected);
    EXPECT_EQ(feed(box.session, "* OK [CLOSED] gone\r\n"), (lines{"response * OK [CLOSED] gone\r\n"}));
    EXPECT_EQ(box.session.state(), client_state::authenticated);
    EXPECT_EQ(feed(box.session, "* OK [CLOSED] again\r\n").size(), 1U);
    EXPECT_EQ(box.session.state(), client_state::authenticated);
}

TEST(imap_client, ST_38_the_end_of_a_session) {
    greeted box;
    EXPECT_TRUE(box.session.send(logout{}));
    lines log = feed(box.session, "* BYE bye\r\n");
    EXPECT_EQ(box.session.state(), client_state::logged_out);
    feed(box.session, "A1 OK done\r\n", log);
    box.session.closed();
    test::drain(box.session, log);
    EXPECT_EQ(log, (lines{"response * BYE bye\r\n", "done 1 A1 OK done\r\n", "closed"}));
    EXPECT_EQ(box.session.next().kind, kind::closed);
}

TEST(imap_client, ST_39_commands_are_still_answered_after_bye) {
    greeted box;
    EXPECT_TRUE(box.session.send(noop{}));
    EXPECT_EQ(feed(box.session, "* BYE x\r\n* 1 EXISTS\r\n* BYE y\r\nA1 NO z\r\n"),
              (lines{"response * BYE x\r\n", "response * 1 EXISTS\r\n", "response * BYE y\r\n", "done 1 A1 NO z\r\n"}));
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::wrong_state);
}

TEST(imap_client, G8_a_reply_that_cannot_be_read_ends_its_command) {
    for (const std::string_view line :
         {"A1 OK [X\r\n", "A1 MAYBE\r\n", "A1\r\n", "A1 OK done\n", "A1 BYE x\r\n", "A1 OK \x01\xff\r\n",
          "A1  OK x\r\n", "A1 OK [BADCHARSET ({9999999999}\r\n", "A1 OK [UIDNEXT 0] x\r\n"}) {
        greeted box;
        EXPECT_TRUE(box.session.send(noop{}));
        const lines log = feed(box.session, line);
        ASSERT_EQ(log.size(), 1U) << line;
        EXPECT_TRUE(log[0].starts_with("error ") && log[0].ends_with(" ends 1")) << log[0];
        EXPECT_EQ(box.session.in_flight_count(), 0U);
    }
    greeted box("* PREAUTH hi\r\n", {.in = 256});
    EXPECT_TRUE(box.session.send(noop{}));
    EXPECT_EQ(feed(box.session, "A1 OK " + std::string(10000, 'x') + "\r\nA1 OK\r\n"),
              (lines{"error unit too long @256 257/256 ends 1", "error unknown tag @0"}));
    greeted no_text;
    EXPECT_TRUE(no_text.session.send(noop{}));
    EXPECT_EQ(feed(no_text.session, "A1 OK\r\n").at(0).substr(0, 12), "done 1 A1 OK");
}

} // namespace
} // namespace mailwire::imap
