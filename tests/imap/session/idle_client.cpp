// SPDX-License-Identifier: BSL-1.0
// A client and IDLE: RFC 9051 6.3.13, RFC 2177; statements FR of docs/sessions.md, attack row G5.
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

constexpr instant minutes(std::uint64_t n) { return n * 60 * 1000; }

TEST(imap_idle_client, FR_28_FR_29_from_the_plus_to_DONE) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.end_idle(), "<wrong state>");
        EXPECT_EQ(t.say(idle{}), "A2 IDLE\r\n");
        EXPECT_EQ(t.end_idle(), "<busy>") << "FR-29: not before the \"+\"";
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.hear("* 10 EXISTS\r\n+ idling\r\n"), (lines{"response * 10 EXISTS", "idling 2"}));
        EXPECT_EQ(t.session.mode(), client_mode::idling);
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.hear("* 2 EXPUNGE\r\n* 11 EXISTS\r\n* OK still here\r\n"),
                  (lines{"response * 2 EXPUNGE", "response * 11 EXISTS", "response * OK still here"}));
        EXPECT_EQ(t.session.mailbox().exists(), 11U);
        EXPECT_EQ(t.end_idle(), "DONE\r\n");
        EXPECT_EQ(t.end_idle(), "<wrong state>") << "once";
        EXPECT_EQ(t.say(noop{}), "<busy>") << "until it is answered";
        EXPECT_EQ(t.hear("* 1 EXPUNGE\r\nA2 OK done\r\n"), (lines{"response * 1 EXPUNGE", "done 2 A2 OK done"}));
        EXPECT_EQ(t.session.mode(), client_mode::lines);
        EXPECT_EQ(t.say(noop{}), "A3 NOOP\r\n");
    });
}

TEST(imap_idle_client, FR_28_without_a_mailbox) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 IDLE");
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        EXPECT_EQ(t.hear("+ \r\n"), lines{"idling 1"});
        EXPECT_EQ(t.end_idle(), "DONE\r\n");
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(idle{}), "<not offered>");
    });
}

TEST(imap_idle_client, FR_29_G5_an_answer_where_DONE_was_not_said) {
    for (const std::string_view front : {"", "+ idling\r\n"}) {
        for (const std::string_view answer : {"NO no", "BAD what", "OK early"}) {
            talk_twice([&](client_talk& t) {
                t.log_in();
                EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
                EXPECT_EQ(t.hear(front).size(), front.empty() ? 0U : 1U);
                EXPECT_EQ(t.hear("A1 " + std::string(answer) + "\r\n"), lines{"done 1 A1 " + std::string(answer)});
                EXPECT_EQ(t.end_idle(), "<wrong state>");
                EXPECT_EQ(t.said(), "");
                EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
            });
        }
    }
}

TEST(imap_idle_client, G5_A12_one_plus_is_all) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n+ idling\r\n"), (lines{"idling 1", "error unexpected continuation @0"}));
    });
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n").size(), 1U);
        EXPECT_EQ(t.end_idle(), "DONE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n"), lines{"error unexpected continuation @0"});
    });
}

// A12: it was there before IDLE.
TEST(imap_idle_client, A12_a_plus_from_before_the_command) {
    client_talk t;
    const std::string_view wire = "* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n+ idling\r\n";
    (void)test::receive(t.session, wire, wire.size());
    EXPECT_EQ(t.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
    EXPECT_EQ(t.hear(), lines{"error unexpected continuation @0"});
}

// Commands sent before it are answered before or behind its "+".
TEST(imap_idle_client, PI_2_IDLE_behind_other_commands) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        EXPECT_EQ(t.say(idle{}), "A3 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\nA2 OK x\r\n"), (lines{"idling 3", "done 2 A2 OK x"}));
        EXPECT_EQ(t.session.mode(), client_mode::idling);
        EXPECT_EQ(t.end_idle(), "DONE\r\n");
    });
}

// FR-32: the server may have enough of it.
TEST(imap_idle_client, FR_32_G7_BYE) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n* BYE too long\r\n").size(), 2U);
        EXPECT_EQ(t.end_idle(), "<wrong state>");
        EXPECT_EQ(t.hang_up(), lines{"closed"});
    });
}

// FR-31, G5: ended and begun anew before 29 minutes, by the caller's clock.
TEST(imap_idle_client, FR_31_G5_begins_anew_in_time) {
    talk_twice([](client_talk& t) {
        t.log_in();
        t.session.at(minutes(100));
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        t.session.at(minutes(101));
        EXPECT_EQ(t.hear("+ idling\r\n"), lines{"idling 1"});
        EXPECT_EQ(t.session.deadline(), minutes(129));
        t.session.at(minutes(110));
        EXPECT_EQ(t.hear("* 1 EXISTS\r\n* OK still here\r\n").size(), 2U);
        EXPECT_EQ(t.session.deadline(), minutes(129)) << "what the server says is not what the server hears";
        t.session.at(minutes(129) - 1);
        EXPECT_EQ(t.hear(), lines{});
        t.session.at(minutes(129));
        EXPECT_EQ(t.hear(), lines{"idle due 1"});
        EXPECT_EQ(t.hear(), lines{}) << "said once";
        EXPECT_EQ(t.session.deadline(), never);
        EXPECT_EQ(t.end_idle(), "DONE\r\n");
        EXPECT_EQ(t.session.deadline(), minutes(134)) << "now an answer is due";
        EXPECT_EQ(t.hear("A1 OK x\r\n").size(), 1U);
        EXPECT_EQ(t.say(idle{}), "A2 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n"), lines{"idling 2"});
        EXPECT_EQ(t.session.deadline(), minutes(157)) << "and it begins anew";
        t.session.at(minutes(157));
        EXPECT_EQ(t.hear(), lines{"idle due 2"});
    });
}

} // namespace
} // namespace mailwire::imap
