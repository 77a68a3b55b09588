// SPDX-License-Identifier: BSL-1.0
// What a client knows of the selected mailbox: RFC 9051 5.2, 7.4, 7.5, RFC 7162; statements MB and ST of docs/sessions.md.
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

TEST(imap_client_mailbox, MB_1_EXISTS_counts_whenever_it_comes) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
        EXPECT_EQ(t.hear("* 12 EXISTS\r\n"), lines{"response * 12 EXISTS"}) << "outside any command";
        EXPECT_EQ(t.session.mailbox().exists(), 12U);
        EXPECT_EQ(t.say(uid_fetch{.messages = "1", .macro = fetch_macro::fast}), "A2 UID FETCH 1 FAST\r\n");
        EXPECT_EQ(t.hear("* 13 EXISTS\r\nA2 NO x\r\n").size(), 2U);
        EXPECT_EQ(t.session.mailbox().exists(), 13U);
    });
}

TEST(imap_client_mailbox, MB_2_G4_EXISTS_never_shrinks_unnoticed) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 5 EXISTS\r\n"), lines{"response * 5 EXISTS !exists shrank"});
        EXPECT_EQ(t.session.mailbox().exists(), 5U);
        EXPECT_EQ(t.hear("* 5 EXISTS\r\n"), lines{"response * 5 EXISTS"}) << "said once";
        EXPECT_EQ(t.session.state(), client_state::selected) << "the session goes on";
    });
}

TEST(imap_client_mailbox, MB_5_MB_6_each_EXPUNGE_takes_one) {
    for (const std::string_view octets :
         {"* 5 EXPUNGE\r\n* 5 EXPUNGE\r\n* 5 EXPUNGE\r\n* 5 EXPUNGE\r\n* 5 EXPUNGE\r\n",
          "* 9 EXPUNGE\r\n* 8 EXPUNGE\r\n* 7 EXPUNGE\r\n* 6 EXPUNGE\r\n* 5 EXPUNGE\r\n"}) {
        talk_twice([octets](client_talk& t) {
            t.select_box();
            (void)t.say(expunge{});
            for (const std::string& line : t.hear(octets))
                EXPECT_EQ(line.find('!'), line.npos) << line;
            EXPECT_EQ(t.session.mailbox().exists(), 4U);
            EXPECT_EQ(t.hear("* 5 EXPUNGE\r\n"), lines{"response * 5 EXPUNGE !no such message"}) << "MB-5";
            EXPECT_EQ(t.session.mailbox().exists(), 4U);
            EXPECT_EQ(t.hear("* 0 EXPUNGE\r\n"), lines{"error syntax @4"});
            EXPECT_EQ(t.hear("* 4 EXPUNGE\r\n* 3 EXPUNGE\r\n* 2 EXPUNGE\r\n* 1 EXPUNGE\r\n").size(), 4U);
            EXPECT_EQ(t.session.mailbox().exists(), 0U);
            EXPECT_EQ(t.hear("* 1 EXPUNGE\r\n"), lines{"response * 1 EXPUNGE !no such message"});
            EXPECT_EQ(t.session.mailbox().exists(), 0U) << "G4: never below none";
        });
    }
}

TEST(imap_client_mailbox, MB_10_G4_EXPUNGE_where_it_may_not_come) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 1 EXPUNGE\r\n"), lines{"response * 1 EXPUNGE !expunge out of place"})
            << "nothing in flight";
        EXPECT_EQ(t.session.mailbox().exists(), 8U) << "applied all the same";
        EXPECT_EQ(t.hear("* VANISHED 7\r\n"), lines{"response * VANISHED 7 !expunge out of place"});
        EXPECT_EQ(t.session.mailbox().exists(), 7U);
        EXPECT_EQ(t.say(fetch{.messages = "1", .macro = fetch_macro::fast}), "A2 FETCH 1 FAST\r\n");
        EXPECT_EQ(t.say(store{.messages = "1", .flags = {"x"}}), "A3 STORE 1 FLAGS (x)\r\n");
        EXPECT_EQ(t.hear("* 1 EXPUNGE\r\n"), lines{"response * 1 EXPUNGE !expunge out of place"});
        EXPECT_EQ(t.say(noop{}), "A4 NOOP\r\n");
        EXPECT_EQ(t.hear("* 1 EXPUNGE\r\n"), lines{"response * 1 EXPUNGE"});
        EXPECT_EQ(t.hear("A4 OK x\r\n* 1 EXPUNGE\r\n").back(), "response * 1 EXPUNGE !expunge out of place");
    });
}

TEST(imap_client_mailbox, MB_10_EXPUNGE_where_it_may) {
    const auto allowed = [](const auto& command) {
        talk_twice([&command](client_talk& t) {
            t.select_box();
            EXPECT_TRUE(t.say(command).starts_with("A2 "));
            EXPECT_EQ(t.hear("* 2 EXPUNGE\r\n* VANISHED 5:6\r\n"),
                      (lines{"response * 2 EXPUNGE", "response * VANISHED 5:6"}));
            EXPECT_EQ(t.session.mailbox().exists(), 6U);
        });
    };
    allowed(noop{});
    allowed(uid_fetch{.messages = "1", .macro = fetch_macro::fast});
    allowed(uid_store{.messages = "1", .flags = {"x"}});
    allowed(imap::move{.messages = "1", .mailbox = "x"});
    allowed(append{.mailbox = "x", .message = "m"});
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(idle{}), "A2 IDLE\r\n");
        EXPECT_EQ(t.hear("+ idling\r\n* 2 EXPUNGE\r\n"), (lines{"idling 2", "response * 2 EXPUNGE"}));
    });
}

TEST(imap_client_mailbox, MB_11_MB_12_VANISHED) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        EXPECT_EQ(t.hear("* VANISHED 500,600:601\r\n"), lines{"response * VANISHED 500,600:601"});
        EXPECT_EQ(t.session.mailbox().exists(), 6U) << "known to the client or not";
        EXPECT_EQ(t.hear("* VANISHED (EARLIER) 1:4294967295\r\n"), lines{"response * VANISHED (EARLIER) 1:4294967295"});
        EXPECT_EQ(t.session.mailbox().exists(), 6U);
        EXPECT_EQ(t.hear("* VANISHED 4:1,10:11\r\n").size(), 1U) << "a range has no direction";
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
        EXPECT_EQ(t.hear("* VANISHED 1:4294967295,1:4294967295\r\n"),
                  lines{"response * VANISHED 1:4294967295,1:4294967295 !no such message"})
            << "B6: a set is counted, not expanded";
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
    });
}

TEST(imap_client_mailbox, MB_15_G4_FETCH_of_a_message_that_is_not_there) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 9 FETCH (FLAGS ())\r\n"), lines{"response * 9 FETCH (FLAGS ())"});
        EXPECT_EQ(t.hear("* 10 FETCH (FLAGS ())\r\n"), lines{"response * 10 FETCH (FLAGS ()) !no such message"});
        EXPECT_EQ(t.session.mailbox().exists(), 9U) << "the view does not grow by it";
        EXPECT_EQ(t.hear("* 0 FETCH (FLAGS ())\r\n").at(0).substr(0, 12), "error syntax");
    });
}

TEST(imap_client_mailbox, MB_18_MB_19_UIDVALIDITY) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.session.mailbox().uid_validity(), 0U);
        EXPECT_FALSE(t.session.mailbox().uids_persist()) << "ST-21";
        EXPECT_EQ(t.hear("* OK [UIDVALIDITY 7] x\r\n* OK [UIDVALIDITY 7] x\r\n"),
                  (lines{"response * OK [UIDVALIDITY 7] x", "response * OK [UIDVALIDITY 7] x"}));
        EXPECT_TRUE(t.session.mailbox().uids_persist());
        EXPECT_EQ(t.hear("* OK [UIDVALIDITY 8] x\r\n"), lines{"response * OK [UIDVALIDITY 8] x !uid validity changed"});
        EXPECT_EQ(t.session.mailbox().uid_validity(), 8U);
        EXPECT_EQ(t.hear("* NO [UIDNOTSTICKY] x\r\n").size(), 1U);
        EXPECT_FALSE(t.session.mailbox().uids_persist());
    });
}

TEST(imap_client_mailbox, ST_21_what_SELECT_has_not_said_is_not_known) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(select{"a"}), "A1 SELECT a\r\n");
        EXPECT_EQ(
            t.hear(
                 "* 9 EXISTS\r\n* 2 RECENT\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 8] x\r\nA1 OK [READ-ONLY] in\r\n")
                .size(),
            5U);
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
        EXPECT_EQ(t.session.mailbox().recent(), 2U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 8U);
        EXPECT_TRUE(t.session.mailbox().read_only());
        EXPECT_EQ(t.say(select{"b"}), "A2 SELECT b\r\n");
        EXPECT_EQ(t.hear("A2 OK in\r\n").size(), 1U);
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
        EXPECT_EQ(t.session.mailbox().recent(), 0U);
        EXPECT_EQ(t.session.mailbox().uid_validity(), 0U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 0U);
        EXPECT_FALSE(t.session.mailbox().read_only());
    });
}

// A server of revision 1 does not say when the old mailbox is closed: all behind SELECT is of the new one.
TEST(imap_client_mailbox, ST_18_without_CLOSED) {
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev1");
        EXPECT_EQ(t.say(select{"b"}), "A2 SELECT b\r\n");
        EXPECT_EQ(t.hear("* 3 EXISTS\r\n"), lines{"response * 3 EXISTS"}) << "not less than 9: it is another one";
        EXPECT_EQ(t.session.mailbox().exists(), 3U);
        EXPECT_EQ(t.hear("* 3 FETCH (FLAGS ())\r\n* OK [UIDNEXT 4] x\r\nA2 OK in\r\n").size(), 3U);
        EXPECT_EQ(t.session.mailbox().exists(), 3U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 4U);
    });
    // Data may come before the count of messages.
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(select{"b"}), "A1 SELECT b\r\n");
        EXPECT_EQ(t.hear("* 3 FETCH (FLAGS ())\r\n* 4 EXISTS\r\nA1 OK in\r\n"),
                  (lines{"response * 3 FETCH (FLAGS ())", "response * 4 EXISTS", "done 1 A1 OK in"}));
        EXPECT_EQ(t.hear("* 5 FETCH (FLAGS ())\r\n"), lines{"response * 5 FETCH (FLAGS ()) !no such message"});
    });
}

TEST(imap_client_mailbox, ST_18_up_to_CLOSED_it_is_the_old_one) {
    for (const std::string_view capabilities : {"IMAP4rev2", "IMAP4rev1 QRESYNC ENABLE"}) {
        talk_twice([capabilities](client_talk& t) {
            t.log_in(capabilities);
            EXPECT_EQ(t.say(enable{{"QRESYNC"}}), "A1 ENABLE QRESYNC\r\n");
            EXPECT_EQ(t.hear("* ENABLED QRESYNC\r\nA1 OK x\r\n").size(), 2U);
            EXPECT_EQ(t.say(select{"a"}), "A2 SELECT a\r\n");
            EXPECT_EQ(t.hear("* 9 EXISTS\r\nA2 OK in\r\n").size(), 2U);
            EXPECT_EQ(t.say(select{"b"}), "A3 SELECT b\r\n");
            EXPECT_EQ(t.hear("* VANISHED 5\r\n* 10 FETCH (FLAGS ())\r\n* 9 EXISTS\r\n"),
                      (lines{"response * VANISHED 5", "response * 10 FETCH (FLAGS ()) !no such message",
                             "response * 9 EXISTS"}));
            EXPECT_EQ(t.session.mailbox().exists(), 9U);
            EXPECT_EQ(t.hear("* OK [CLOSED] x\r\n").size(), 1U);
            EXPECT_EQ(t.session.mailbox().exists(), 0U);
            EXPECT_EQ(t.hear("* 2 EXISTS\r\nA3 OK in\r\n"), (lines{"response * 2 EXISTS", "done 3 A3 OK in"}));
            EXPECT_EQ(t.session.mailbox().exists(), 2U);
        });
    }
}

// MB-28: a MOVE that has failed has moved some.
TEST(imap_client_mailbox, MB_28_a_MOVE_that_fails_in_part) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(imap::move{.messages = "1:3", .mailbox = "x"}), "A2 MOVE 1:3 x\r\n");
        EXPECT_EQ(t.hear("* OK [COPYUID 7 1:2 5:6] x\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nA2 NO [OVERQUOTA] x\r\n"),
                  (lines{"response * OK [COPYUID 7 1:2 5:6] x", "response * 1 EXPUNGE", "response * 1 EXPUNGE",
                         "done 2 A2 NO [OVERQUOTA] x"}));
        EXPECT_EQ(t.session.mailbox().exists(), 7U);
    });
}

} // namespace
} // namespace mailwire::imap
