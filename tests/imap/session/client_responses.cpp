// SPDX-License-Identifier: BSL-1.0
// What a client does with each response at any time: RFC 9051 7; statements RX of docs/sessions.md.
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

TEST(imap_client_responses, RX_1_an_untagged_status_completes_nothing) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.hear("* OK a\r\n* NO b\r\n* BAD c\r\n* OK [ALERT] d\r\n"),
                  (lines{"response * OK a", "response * NO b", "response * BAD c", "response * OK [ALERT] d"}));
        EXPECT_EQ(t.session.in_flight_count(), 1U);
        EXPECT_EQ(t.session.state(), client_state::authenticated);
    });
}

TEST(imap_client_responses, RX_2_codes_about_the_selected_mailbox) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_FALSE(t.session.mailbox().read_only());
        EXPECT_EQ(t.hear("* OK [UIDNEXT 44] x\r\n* OK [UIDVALIDITY 6] x\r\n").size(), 2U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 44U);
        EXPECT_EQ(t.session.mailbox().uid_validity(), 6U);
        EXPECT_EQ(t.hear("* NO [READ-ONLY] the administrator says so\r\n").size(), 1U);
        EXPECT_TRUE(t.session.mailbox().read_only()) << "it may be taken away later";
        EXPECT_EQ(t.hear("* OK [READ-WRITE] x\r\n").size(), 1U);
        EXPECT_FALSE(t.session.mailbox().read_only());
        EXPECT_EQ(t.hear("* OK [UNSEEN 3] x\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n"),
                  (lines{"response * OK [UNSEEN 3] x", "response * OK [PERMANENTFLAGS (\\Seen \\*)] x"}))
            << "handed on: a program keeps them";
    });
}

TEST(imap_client_responses, RX_2_codes_in_the_tagged_reply) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(select{"a"}), "A1 SELECT a\r\n");
        EXPECT_EQ(t.hear("A1 OK [READ-ONLY] in\r\n").size(), 1U);
        EXPECT_TRUE(t.session.mailbox().read_only());
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        EXPECT_EQ(t.hear("A2 OK [UIDNEXT 5] x\r\n").size(), 1U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 5U);
    });
}

TEST(imap_client_responses, RX_3_RX_10_TL_10_capabilities_come_in_four_ways) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK [CAPABILITY LITERAL+] hi\r\n").size(), 1U);
        EXPECT_TRUE(t.session.capabilities().has<"LITERAL+">());
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        for (const std::string_view line :
             {"* CAPABILITY IMAP4rev1 LITERAL+\r\n", "* OK [CAPABILITY LITERAL+] so\r\n",
              "* NO [CAPABILITY LITERAL+] so\r\n", "A1 OK [CAPABILITY IMAP4rev2 LITERAL+] in\r\n"}) {
            EXPECT_EQ(t.hear("* CAPABILITY IMAP4rev1\r\n").size(), 1U);
            EXPECT_FALSE(t.session.capabilities().has<"LITERAL+">());
            EXPECT_EQ(t.hear(line).size(), 1U);
            EXPECT_TRUE(t.session.capabilities().has<"LITERAL+">()) << line;
        }
        EXPECT_FALSE(t.session.capabilities().has<"IMAP4rev1">()) << "a list replaces the one before";
    });
}

TEST(imap_client_responses, RX_8_codes_are_handed_on) {
    talk_twice([](client_talk& t) {
        t.select_box();
        for (const std::string_view code : {"EXPUNGEISSUED", "TRYCREATE", "OVERQUOTA", "LIMIT", "CANNOT", "UNAVAILABLE",
                                            "INUSE", "AUTHENTICATIONFAILED", "PRIVACYREQUIRED", "NOPERM"}) {
            const std::string line = t.say(noop{});
            const std::string tag = line.substr(0, line.find(' '));
            const std::string reply = tag + " NO [" + std::string(code) + "] x";
            EXPECT_EQ(t.hear(reply + "\r\n"), lines{"done " + tag.substr(1) + " " + reply});
        }
    });
}

TEST(imap_client_responses, RX_10_ENABLED_adds) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 ENABLE CONDSTORE");
        EXPECT_EQ(t.hear("* ENABLED CONDSTORE\r\n* ENABLED UTF8=ACCEPT X-OTHER\r\n* ENABLED\r\n").size(), 3U);
        EXPECT_EQ(t.session.modes(), modes::condstore | modes::utf8);
    });
}

// RX-11, RX-13, RX-17, EX-26: handed on as values; who keeps a tree of mailboxes keeps it.
TEST(imap_client_responses, RX_11_RX_13_RX_17_data_come_unasked) {
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev1 QUOTA");
        for (const std::string_view line :
             {"* LIST (\\NonExistent) \"/\" gone", "* LIST (\\Subscribed) \"/\" a (OLDNAME (b))",
              "* LSUB (\\Noselect) \".\" a", "* FLAGS (\\Seen x)", "* QUOTA \"\" (STORAGE 10 512)",
              "* QUOTAROOT INBOX \"\"", "* NAMESPACE ((\"\" \"/\")) NIL NIL", "* ID NIL"}) {
            EXPECT_EQ(t.hear(std::string(line) + "\r\n").size(), 1U) << line;
        }
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
    });
}

TEST(imap_client_responses, RX_12_STATUS_does_not_count_the_selected_mailbox) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* STATUS box (MESSAGES 3 UIDNEXT 5 UIDVALIDITY 6)\r\n").size(), 1U);
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
        EXPECT_EQ(t.session.mailbox().uid_next(), 0U);
        EXPECT_EQ(t.session.mailbox().uid_validity(), 0U);
    });
}

TEST(imap_client_responses, RX_14_RECENT) {
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev1");
        EXPECT_EQ(t.hear("* 4 RECENT\r\n"), lines{"response * 4 RECENT"});
        EXPECT_EQ(t.session.mailbox().recent(), 4U);
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
    });
}

// RX-15, RX-19: nothing is waited for, and nothing happens.
TEST(imap_client_responses, RX_15_EN_8_search_results_nobody_asked_for) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* SEARCH 1 2 3\r\n* SEARCH\r\n* ESEARCH (TAG \"A9\") COUNT 4\r\n"),
                  (lines{"response * SEARCH 1 2 3", "response * SEARCH", "response * ESEARCH (TAG \"A9\") COUNT 4"}));
        EXPECT_EQ(t.session.state(), client_state::selected);
    });
}

TEST(imap_client_responses, RX_16_EX_17_the_mod_sequence_moves_on_with_tagged_replies) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 CONDSTORE ENABLE");
        EXPECT_EQ(t.hear("* ENABLED CONDSTORE\r\n").size(), 1U);
        EXPECT_EQ(t.say(select{"a"}), "A1 SELECT a\r\n");
        EXPECT_EQ(t.hear("* 3 EXISTS\r\n* OK [HIGHESTMODSEQ 100] x\r\nA1 OK in\r\n").size(), 3U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 100U);
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        EXPECT_EQ(t.hear("* 1 FETCH (MODSEQ (120))\r\n* 2 FETCH (UID 5 MODSEQ (110))\r\n").size(), 2U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 100U);
        EXPECT_EQ(t.hear("A2 OK x\r\n").size(), 1U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 120U) << "the highest that came";
        EXPECT_EQ(t.say(noop{}), "A3 NOOP\r\n");
        EXPECT_EQ(t.hear("* 1 FETCH (MODSEQ (150))\r\nA3 OK [HIGHESTMODSEQ 130] x\r\n").size(), 2U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 130U) << "the code counts, also where it is lower";
        EXPECT_EQ(t.say(noop{}), "A4 NOOP\r\n");
        EXPECT_EQ(t.hear("* OK [HIGHESTMODSEQ 140] x\r\n* 7 UIDFETCH (MODSEQ (160))\r\nA4 NO x\r\n").size(), 3U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 160U);
        EXPECT_EQ(t.hear("* OK [NOMODSEQ] x\r\n").size(), 1U);
        EXPECT_EQ(t.session.mailbox().highest_modseq(), 0U) << "EX-17";
    });
}

TEST(imap_client_responses, RX_9_G7_BYE_is_no_error) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.hear("* BYE [UNAVAILABLE] x\r\n* 1 EXISTS\r\n"),
                  (lines{"response * BYE [UNAVAILABLE] x", "response * 1 EXISTS"}));
        EXPECT_EQ(t.session.state(), client_state::logged_out);
        EXPECT_EQ(t.hear("A1 OK x\r\n"), lines{"error unknown tag @0"});
    });
}

// RX-20: it is read, and there is nothing it could be of.
TEST(imap_client_responses, RX_20_what_makes_no_sense_here) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.hear("* 1 FETCH (FLAGS ())\r\n"), lines{"response * 1 FETCH (FLAGS ()) !no such message"});
        EXPECT_EQ(t.hear("* FLAGS ()\r\n* OK [CLOSED] x\r\n* LIST () \"/\" x\r\n").size(), 3U);
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
    });
}

// RX-20, E4: what was said of no mailbox is not believed of the next one.
TEST(imap_client_responses, RX_20_a_mailbox_begins_with_its_SELECT) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.hear("* 99 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n").size(), 2U);
        EXPECT_EQ(t.say(select{"a"}), "A1 SELECT a\r\n");
        EXPECT_EQ(t.hear("* 3 EXISTS\r\n* OK [UIDVALIDITY 6] x\r\nA1 OK in\r\n"),
                  (lines{"response * 3 EXISTS", "response * OK [UIDVALIDITY 6] x", "done 1 A1 OK in"}));
        EXPECT_EQ(t.session.mailbox().exists(), 3U);
    });
}

} // namespace
} // namespace mailwire::imap
