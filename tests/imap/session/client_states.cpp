// SPDX-License-Identifier: BSL-1.0
// The states of a client session: RFC 9051 3, 6 and 7.1; statements ST of docs/sessions.md.
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

TEST(imap_client_states, ST_1_the_greeting_alone_fixes_the_first_one) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK [CAPABILITY IMAP4rev2] hi\r\n"), lines{"greeting * OK [CAPABILITY IMAP4rev2] hi"});
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        EXPECT_TRUE(t.session.capabilities().has<"IMAP4rev2">());
    });
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* preauth hi\r\n"), lines{"greeting * PREAUTH hi"});
        EXPECT_EQ(t.session.state(), client_state::authenticated);
    });
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* BYE busy\r\n"), lines{"greeting * BYE busy"});
        EXPECT_EQ(t.session.state(), client_state::logged_out);
        EXPECT_EQ(t.say(noop{}), "<wrong state>");
        EXPECT_EQ(t.hang_up(), lines{"closed"});
    });
}

TEST(imap_client_states, ST_3_nothing_is_sent_before_the_greeting) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.say(noop{}), "<wrong state>");
        EXPECT_EQ(t.say(starttls{}), "<wrong state>");
        EXPECT_EQ(t.say(login{"u", "p"}), "<wrong state>");
        EXPECT_EQ(t.hear("* OK h"), lines{});
        EXPECT_EQ(t.say(logout{}), "<wrong state>");
        EXPECT_EQ(t.hear("i\r\n").size(), 1U);
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
    });
}

TEST(imap_client_states, ST_3_what_is_no_greeting_is_fatal) {
    for (const std::string_view line :
         {"* NO hi\r\n", "* BAD hi\r\n", "* CAPABILITY IMAP4rev2\r\n", "A1 OK hi\r\n", "+ hi\r\n", "+OK hi\r\n",
          "* OKAY hi\r\n", "220 mail ESMTP\r\n", "HTTP/1.1 200 OK\r\n", "\r\n", "* OK hi\n", "* 1 EXISTS\r\n",
          "* LIST () \"/\" {2}\r\nab\r\n", "* LIST () \"/\" {5000}\r\n",
          "* LIST () \"/\" {99999999999999999999}\r\n"}) {
        talk_twice([line](client_talk& t) {
            EXPECT_EQ(t.hear(line), lines{"error unexpected greeting @0"}) << line;
            EXPECT_EQ(t.session.state(), client_state::failed);
            EXPECT_EQ(t.say(noop{}), "<wrong state>");
        });
    }
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK " + std::string(5000, 'x')), lines{"error unexpected greeting @0"});
    });
}

TEST(imap_client_states, RX_9_a_greeting_comes_once) {
    for (const std::string_view line : {"* PREAUTH hi\r\n", "* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n"}) {
        talk_twice([line](client_talk& t) {
            EXPECT_EQ(t.hear("* OK hi\r\n").size(), 1U);
            EXPECT_EQ(t.hear(line), lines{"error unexpected response @0"});
        });
    }
}

// ST-4 to ST-7 and the matrix of all commands are client_table.cpp; these are the commands of extensions.
TEST(imap_client_states, ST_4_ID_in_every_state_where_it_is_announced) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        EXPECT_EQ(t.say(id{}), "<not offered>");
        (void)t.hear("* CAPABILITY IMAP4rev1 ID\r\n");
        EXPECT_EQ(t.say(id{}), "A1 ID NIL\r\n");
    });
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev1 ID");
        EXPECT_EQ(t.say(id{}), "A2 ID NIL\r\n");
        (void)t.hear("* BYE x\r\n");
        EXPECT_EQ(t.say(id{}), "<wrong state>");
    });
}

TEST(imap_client_states, ST_6_ST_7_commands_of_extensions) {
    talk_twice([](client_talk& t) {
        const std::string_view offers = "IMAP4rev1 QUOTA COMPRESS=DEFLATE UNAUTHENTICATE NAMESPACE";
        (void)t.hear("* OK [CAPABILITY " + std::string(offers) + "] hi\r\n");
        EXPECT_EQ(t.say(getquota{""}), "<wrong state>");
        EXPECT_EQ(t.say(getquotaroot{"x"}), "<wrong state>");
        EXPECT_EQ(t.say(lsub{}), "<wrong state>");
        EXPECT_EQ(t.say(compress{}), "<wrong state>");
        EXPECT_EQ(t.say(unauthenticate{}), "<wrong state>");
        EXPECT_EQ(t.say(namespace_command{}), "<wrong state>");
        EXPECT_EQ(t.say(check{}), "<wrong state>");
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 QUOTA NAMESPACE");
        EXPECT_EQ(t.say(getquota{""}), "A1 GETQUOTA \"\"\r\n");
        EXPECT_EQ(t.say(namespace_command{}), "A2 NAMESPACE\r\n");
        EXPECT_EQ(t.say(lsub{"", "*"}), "A3 LSUB \"\" *\r\n");
        EXPECT_EQ(t.say(check{}), "<wrong state>");
        EXPECT_EQ(t.say(select{"x"}), "A4 SELECT x\r\n");
        EXPECT_EQ(t.say(check{}), "A5 CHECK\r\n");
    });
}

TEST(imap_client_states, ST_12_a_login_that_fails_changes_nothing) {
    for (const std::string_view answer : {"NO [AUTHENTICATIONFAILED] no", "BAD no"}) {
        talk_twice([answer](client_talk& t) {
            (void)t.hear("* OK hi\r\n");
            EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
            EXPECT_EQ(t.session.state(), client_state::not_authenticated) << "the answer counts, not the command";
            EXPECT_EQ(t.hear("A1 " + std::string(answer) + "\r\n").size(), 1U);
            EXPECT_EQ(t.session.state(), client_state::not_authenticated);
            EXPECT_EQ(t.say(login{"u", "q"}), "A2 LOGIN u q\r\n");
            EXPECT_EQ(t.hear("A2 OK in\r\n"), lines{"done 2 A2 OK in"});
            EXPECT_EQ(t.session.state(), client_state::authenticated);
        });
    }
}

TEST(imap_client_states, ST_13_ST_14_ST_16_selection) {
    struct row {
        std::string_view answer;
        client_state state;
    };
    for (const row& r : {row{"OK [READ-WRITE] in", client_state::selected}, row{"NO none", client_state::authenticated},
                         row{"BAD what", client_state::authenticated}}) {
        talk_twice([&r](client_talk& t) {
            t.select_box();
            EXPECT_EQ(t.say(examine{"other"}), "A2 EXAMINE other\r\n");
            EXPECT_EQ(t.session.state(), client_state::selected);
            EXPECT_EQ(t.hear("A2 " + std::string(r.answer) + "\r\n").size(), 1U);
            EXPECT_EQ(t.session.state(), r.state) << r.answer;
            if (r.state == client_state::selected) return;
            EXPECT_EQ(t.session.mailbox().exists(), 0U) << "ST-16: no message numbers before the next SELECT";
            EXPECT_EQ(t.say(expunge{}), "<wrong state>");
        });
    }
}

// A reply to SELECT that cannot be read is worth no more than a BAD.
TEST(imap_client_states, G8_ST_16_a_reply_to_SELECT_that_cannot_be_read) {
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev1");
        EXPECT_EQ(t.say(select{"other"}), "A2 SELECT other\r\n");
        const lines told = t.hear("* 3 EXISTS\r\nA2 OK [X\r\n");
        ASSERT_EQ(told.size(), 2U);
        EXPECT_TRUE(told[1].ends_with(" ends 2")) << told[1];
        EXPECT_EQ(t.session.state(), client_state::authenticated);
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
        EXPECT_EQ(t.say(expunge{}), "<wrong state>");
    });
}

TEST(imap_client_states, ST_14_CLOSE_and_UNSELECT) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(close{}), "A2 CLOSE\r\n");
        EXPECT_EQ(t.hear("A2 BAD no\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::selected) << "BAD changes nothing";
        EXPECT_EQ(t.session.mailbox().exists(), 9U);
        EXPECT_EQ(t.say(unselect{}), "A3 UNSELECT\r\n");
        EXPECT_EQ(t.hear("A3 OK out\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::authenticated);
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
    });
}

TEST(imap_client_states, ST_14_CLOSED_ends_the_selection_unless_another_one_begins) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(select{"y"}), "A2 SELECT y\r\n");
        EXPECT_EQ(t.hear("* OK [CLOSED] old\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::selected);
        (void)t.hear("A2 OK y\r\n");
        EXPECT_EQ(t.hear("* NO [CLOSED] hm\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::selected);
        EXPECT_EQ(t.hear("* OK [CLOSED] gone\r\n"), lines{"response * OK [CLOSED] gone"});
        EXPECT_EQ(t.session.state(), client_state::authenticated);
        EXPECT_EQ(t.hear("* OK [CLOSED] again\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::authenticated);
    });
}

TEST(imap_client_states, ST_38_the_client_hears_the_end_of_LOGOUT) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(logout{}), "A1 LOGOUT\r\n");
        EXPECT_EQ(t.say(noop{}), "<wrong state>") << "nothing is sent behind it";
        EXPECT_EQ(t.hear("* 1 EXISTS\r\n* BYE bye\r\n").size(), 2U);
        EXPECT_EQ(t.session.state(), client_state::logged_out);
        EXPECT_EQ(t.hear("A1 OK done\r\n"), lines{"done 1 A1 OK done"});
        EXPECT_EQ(t.hang_up(), lines{"closed"});
        EXPECT_EQ(t.session.state(), client_state::closed);
    });
    talk_twice([](client_talk& t) {
        t.log_in();
        (void)t.say(logout{});
        EXPECT_EQ(t.hear("* BYE bye\r\n").size(), 1U);
        EXPECT_EQ(t.hang_up(), lines{"closed"}) << "the tagged OK may be missing";
    });
}

TEST(imap_client_states, ST_39_G7_behind_BYE_is_read_and_nothing_sent) {
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.say(select{"x"}), "A2 SELECT x\r\n");
        EXPECT_EQ(t.hear("* BYE x\r\n* 1 EXISTS\r\n* BYE y\r\nA1 NO z\r\n"),
                  (lines{"response * BYE x", "response * 1 EXISTS", "response * BYE y", "done 1 A1 NO z"}));
        EXPECT_EQ(t.say(noop{}), "<wrong state>");
        EXPECT_EQ(t.say(logout{}), "<wrong state>");
        EXPECT_EQ(t.hear("A2 OK in\r\n"), lines{"done 2 A2 OK in"});
        EXPECT_EQ(t.session.state(), client_state::logged_out);
        EXPECT_EQ(t.say(fetch{.messages = *sequence_set::parse("1"), .macro = fetch_macro::fast}), "<wrong state>");
        EXPECT_EQ(t.hang_up(), lines{"closed"});
        EXPECT_EQ(t.say(noop{}), "<wrong state>");
    });
}

TEST(imap_client_states, ST_43_every_command_has_its_own_tag) {
    client_talk t;
    t.log_in();
    for (std::uint32_t i = 1; i != 2000; ++i) {
        const std::string line = t.say(noop{});
        EXPECT_EQ(line, "A" + std::to_string(i) + " NOOP\r\n");
        EXPECT_EQ(t.hear(line.substr(0, line.find(' ')) + " OK\r\n").size(), 1U);
    }
}

TEST(imap_client_states, ST_44_a_reply_to_nothing_completes_nothing) {
    for (const std::string_view line : {"A2 OK x\r\n", "A0 OK x\r\n", "a1 OK x\r\n", "A01 OK x\r\n", "A OK x\r\n",
                                        "A1.5 OK x\r\n", "A11 NO x\r\n", "B1 BAD x\r\n"}) {
        talk_twice([line](client_talk& t) {
            t.log_in();
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.hear(line), lines{"error unknown tag @0"}) << line;
            EXPECT_EQ(t.session.in_flight_count(), 1U);
        });
    }
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.hear("A1 OK x\r\nA1 OK x\r\n"), (lines{"done 1 A1 OK x", "error unknown tag @0"}));
    });
}

// Whatever took the connection over when it ended: nothing is put out any more.
TEST(imap_client_states, G1_G2_nothing_may_be_said_behind_the_end) {
    const auto check = [](auto begin) {
        for (const bool fails : {true, false}) {
            talk_twice([&](client_talk& t) {
                begin(t);
                if (fails) (void)t.hear("Z9 OK x\r\n");
                (void)t.hang_up();
                EXPECT_TRUE(t.session.state() == client_state::failed || t.session.state() == client_state::closed);
                EXPECT_EQ(t.end_idle(), "<wrong state>");
                EXPECT_EQ(t.respond("x"), "<wrong state>");
                EXPECT_EQ(t.cancel(), "<wrong state>");
                EXPECT_EQ(t.session.tls_started(), misuse::wrong_state);
                EXPECT_EQ(t.session.compression_started(), misuse::wrong_state);
                EXPECT_EQ(t.session.literal("x"), misuse::wrong_state);
                EXPECT_EQ(t.say(noop{}), "<wrong state>");
            });
        }
    };
    check([](client_talk& t) {
        t.log_in();
        (void)t.say(idle{});
        (void)t.hear("+ \r\n");
    });
    check([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        (void)t.say(imap::authenticate{"X", {}});
        (void)t.hear("+ \r\n");
    });
    check([](client_talk& t) {
        (void)t.hear("* OK hi\r\n");
        (void)t.say(starttls{});
        (void)t.hear("A1 OK x\r\n");
    });
    check([](client_talk& t) {
        t.log_in("IMAP4rev1");
        (void)t.say(append{.mailbox = "x", .message = text::streamed(5)});
        (void)t.hear("+ go\r\n");
    });
}

} // namespace
} // namespace mailwire::imap
