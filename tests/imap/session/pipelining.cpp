// SPDX-License-Identifier: BSL-1.0
// Which commands a client sends behind which: RFC 9051 5.5; statements PI of docs/sessions.md.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

// A command by its name in these tables.
std::string say(client_talk& t, std::string_view name) {
    const key::unseen unseen;
    const search_return::save save;
    const search_key by_number[] = {sequence_set("1:3")};
    const search_key unseen_key[] = {unseen};
    const search_key last_result[] = {sequence_set::last_result()};
    const item<slot::search_return_opt> saved[] = {save};
    if (name == "FETCH") return t.say(fetch{.messages = "1", .macro = fetch_macro::fast});
    if (name == "FETCH $") return t.say(fetch{.messages = sequence_set::last_result(), .macro = fetch_macro::fast});
    if (name == "STORE") return t.say(store{.messages = "1", .flags = {"\\Seen"}});
    if (name == "SEARCH 1:3") return t.say(search{.keys = by_number});
    if (name == "SEARCH UNSEEN") return t.say(search{.keys = unseen_key});
    if (name == "SEARCH SAVE")
        return t.say(search{.keys = unseen_key, .returns = items<slot::search_return_opt>(saved)});
    if (name == "SEARCH $") return t.say(search{.keys = last_result});
    if (name == "UID SEARCH 1:3") return t.say(uid_search{.keys = by_number});
    if (name == "UID SEARCH UNSEEN") return t.say(uid_search{.keys = unseen_key});
    if (name == "COPY") return t.say(copy{.messages = "1", .mailbox = "x"});
    if (name == "MOVE") return t.say(imap::move{.messages = "1", .mailbox = "x"});
    if (name == "UID FETCH") return t.say(uid_fetch{.messages = "1", .macro = fetch_macro::fast});
    if (name == "UID STORE") return t.say(uid_store{.messages = "1", .flags = {"\\Seen"}});
    if (name == "UID COPY") return t.say(uid_copy{.messages = "1", .mailbox = "x"});
    if (name == "UID MOVE") return t.say(uid_move{.messages = "1", .mailbox = "x"});
    if (name == "UID EXPUNGE") return t.say(uid_expunge{.messages = "1"});
    if (name == "EXPUNGE") return t.say(expunge{});
    if (name == "NOOP") return t.say(noop{});
    if (name == "IDLE") return t.say(idle{});
    if (name == "CREATE") return t.say(create{"x"});
    ADD_FAILURE() << name;
    return {};
}

struct row {
    std::vector<std::string_view> commands;
    std::string_view last; // what becomes of the last one
};

void check(const row& r) {
    client_talk t;
    t.select_box("IMAP4rev1 IMAP4rev2");
    std::string all;
    for (std::size_t i = 0; i != r.commands.size(); ++i) {
        all += std::string(r.commands[i]) + ", ";
        const std::string said = say(t, r.commands[i]);
        if (i + 1 != r.commands.size()) {
            EXPECT_TRUE(said.starts_with("A")) << all << said;
        } else {
            EXPECT_EQ(said.starts_with("A") ? "goes out" : said, r.last) << all;
        }
    }
}

TEST(imap_pipelining, PI_1_PI_2_not_behind_what_may_change_the_numbers) {
    for (const std::string_view numbered : {"FETCH", "STORE", "SEARCH 1:3", "COPY", "MOVE", "UID SEARCH 1:3"}) {
        for (const std::string_view front : {"NOOP", "COPY", "MOVE", "EXPUNGE", "UID FETCH", "UID STORE", "UID COPY",
                                             "UID MOVE", "UID EXPUNGE", "UID SEARCH UNSEEN", "CREATE", "IDLE"})
            check({{front, numbered}, "<busy>"});
        for (const std::string_view front : {"FETCH", "STORE", "SEARCH 1:3", "SEARCH UNSEEN"}) {
            check({{front, numbered}, "goes out"});
            check({{front, front, front, numbered}, "goes out"});
        }
    }
    for (const row& r :
         {row{{"FETCH", "NOOP", "STORE"}, "<busy>"}, row{{"STORE", "COPY", "FETCH"}, "<busy>"},
          row{{"COPY", "COPY"}, "<busy>"}, row{{"MOVE", "FETCH"}, "<busy>"}, row{{"IDLE", "NOOP"}, "<busy>"},
          row{{"IDLE", "UID FETCH"}, "<busy>"}, row{{"FETCH", "UID FETCH", "FETCH"}, "<busy>"}})
        check(r);
}

TEST(imap_pipelining, PI_3_PI_4_accepted) {
    for (const row& r :
         {row{{"FETCH", "STORE", "SEARCH 1:3", "NOOP"}, "goes out"}, row{{"STORE", "COPY", "EXPUNGE"}, "goes out"},
          row{{"UID FETCH", "UID STORE"}, "goes out"}, row{{"UID SEARCH UNSEEN", "UID SEARCH UNSEEN"}, "goes out"},
          row{{"FETCH", "SEARCH UNSEEN"}, "goes out"}, row{{"STORE", "SEARCH UNSEEN"}, "goes out"},
          row{{"NOOP", "SEARCH UNSEEN"}, "goes out"}, row{{"EXPUNGE", "NOOP", "CREATE"}, "goes out"}})
        check(r);
}

// PI-9: "$" is what the server has found, whatever its numbers are by then.
TEST(imap_pipelining, PI_9_the_result_of_a_search_that_is_under_way) {
    check({{"SEARCH SAVE", "FETCH $"}, "goes out"});
    check({{"SEARCH SAVE", "SEARCH $"}, "goes out"});
    check({{"NOOP", "FETCH $"}, "goes out"});
    check({{"SEARCH SAVE", "COPY", "FETCH $"}, "goes out"});
}

// It holds while the command is in flight, and no longer.
TEST(imap_pipelining, PI_1_until_it_is_answered) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(say(t, "NOOP"), "A2 NOOP\r\n");
        EXPECT_EQ(say(t, "FETCH"), "<busy>");
        EXPECT_EQ(t.hear("* 3 EXPUNGE\r\nA2 OK x\r\n"), (lines{"response * 3 EXPUNGE", "done 2 A2 OK x"}));
        EXPECT_EQ(say(t, "FETCH"), "A3 FETCH 1 FAST\r\n");
        EXPECT_EQ(say(t, "NOOP"), "A4 NOOP\r\n");
        EXPECT_EQ(t.hear("A4 OK x\r\n").size(), 1U);
        EXPECT_EQ(say(t, "STORE"), "A5 STORE 1 FLAGS (\\Seen)\r\n") << "only FETCH is left";
    });
}

TEST(imap_pipelining, PI_7_nothing_behind_what_takes_the_connection_over) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2 STARTTLS] hi\r\n");
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.say(starttls{}), "<busy>") << "and nothing before it";
        (void)t.hear("A1 OK x\r\n");
        EXPECT_EQ(t.say(starttls{}), "A2 STARTTLS\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.say(login{"u", "p"}), "<busy>");
        EXPECT_EQ(t.hear("A2 OK go\r\n").size(), 1U);
        EXPECT_EQ(t.say(noop{}), "<wrong state>") << "until TLS is up";
        EXPECT_EQ(t.session.tls_started(), misuse::none);
        EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A3 AUTHENTICATE X\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.hear("+ \r\n").size(), 1U);
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.respond("x"), "eA==\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>") << "the last response as well";
        EXPECT_EQ(t.hear("A3 OK [CAPABILITY IMAP4rev2 COMPRESS=DEFLATE] in\r\n").size(), 1U);
        EXPECT_EQ(t.say(noop{}), "A4 NOOP\r\n");
        EXPECT_EQ(t.say(compress{}), "<busy>");
        EXPECT_EQ(t.hear("A4 OK x\r\n").size(), 1U);
        EXPECT_EQ(t.say(compress{}), "A5 COMPRESS DEFLATE\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
    });
}

TEST(imap_pipelining, PI_8_a_login_and_what_follows_it) {
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev1 IMAP4rev2] hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        EXPECT_EQ(t.say(enable{{"IMAP4rev2"}}), "A2 ENABLE IMAP4rev2\r\n");
        EXPECT_EQ(t.say(select{"box"}), "A3 SELECT box\r\n");
        EXPECT_EQ(t.say(enable{{"IMAP4rev2"}}), "<wrong state>") << "not behind SELECT";
        EXPECT_EQ(t.say(uid_fetch{.messages = "1", .macro = fetch_macro::fast}), "A4 UID FETCH 1 FAST\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "<wrong state>");
        EXPECT_EQ(t.hear("A1 OK in\r\n* ENABLED IMAP4rev2\r\nA2 OK x\r\n* 3 EXISTS\r\nA3 OK in\r\nA4 OK x\r\n"),
                  (lines{"done 1 A1 OK in", "response * ENABLED IMAP4rev2", "done 2 A2 OK x", "response * 3 EXISTS",
                         "done 3 A3 OK in", "done 4 A4 OK x"}));
        EXPECT_EQ(t.session.state(), client_state::selected);
    });
    // All of them fail with the login.
    talk_twice([](client_talk& t) {
        (void)t.hear("* OK [CAPABILITY IMAP4rev2] hi\r\n");
        EXPECT_EQ(t.say(login{"u", "p"}), "A1 LOGIN u p\r\n");
        EXPECT_EQ(t.say(select{"box"}), "A2 SELECT box\r\n");
        EXPECT_EQ(t.say(expunge{}), "A3 EXPUNGE\r\n");
        EXPECT_EQ(t.hear("A1 NO no\r\nA2 BAD no\r\nA3 BAD no\r\n").size(), 3U);
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        EXPECT_EQ(t.say(select{"box"}), "<wrong state>");
        EXPECT_EQ(t.say(login{"u", "q"}), "A4 LOGIN u q\r\n");
    });
}

TEST(imap_pipelining, PI_8_UNAUTHENTICATE_and_the_next_login) {
    talk_twice([](client_talk& t) {
        t.select_box("IMAP4rev2 UNAUTHENTICATE");
        EXPECT_EQ(t.say(unauthenticate{}), "A2 UNAUTHENTICATE\r\n");
        EXPECT_EQ(t.say(select{"x"}), "<wrong state>");
        EXPECT_EQ(t.say(imap::authenticate{"X", {}}), "A3 AUTHENTICATE X\r\n");
        EXPECT_EQ(t.hear("A2 OK out\r\n"), lines{"done 2 A2 OK out"});
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        EXPECT_EQ(t.session.mode(), client_mode::exchange);
        EXPECT_EQ(t.hear("+ \r\n"), lines{"challenge "});
        EXPECT_EQ(t.respond("x"), "eA==\r\n");
        EXPECT_EQ(t.hear("A3 OK in\r\n"), lines{"done 3 A3 OK in"});
        EXPECT_EQ(t.session.state(), client_state::authenticated);
    });
}

// PI-10, seen from here: a SELECT that fails takes what follows it with it.
TEST(imap_pipelining, PI_10_commands_behind_a_SELECT_that_fails) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.say(select{"none"}), "A2 SELECT none\r\n");
        EXPECT_EQ(t.say(uid_expunge{.messages = "1"}), "A3 UID EXPUNGE 1\r\n");
        EXPECT_EQ(t.hear("A2 NO none\r\nA3 BAD nothing is selected\r\n").size(), 2U);
        EXPECT_EQ(t.session.state(), client_state::authenticated);
        EXPECT_EQ(t.say(uid_expunge{.messages = "1"}), "<wrong state>");
    });
}

TEST(imap_pipelining, PI_12_EN_26_no_numbers_under_UIDONLY) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 IMAP4rev2 UIDONLY");
        EXPECT_EQ(t.say(enable{{"UIDONLY"}}), "A1 ENABLE UIDONLY\r\n");
        EXPECT_EQ(t.hear("* ENABLED UIDONLY\r\nA1 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.say(select{"box"}), "A2 SELECT box\r\n");
        EXPECT_EQ(t.hear("* 9 EXISTS\r\nA2 OK x\r\n").size(), 2U);
        for (const std::string_view name :
             {"FETCH", "STORE", "SEARCH 1:3", "SEARCH UNSEEN", "COPY", "MOVE", "UID SEARCH 1:3"})
            EXPECT_EQ(say(t, name), "<bad value>") << name;
        EXPECT_EQ(say(t, "UID FETCH"), "A3 UID FETCH 1 FAST\r\n");
        EXPECT_EQ(say(t, "UID SEARCH UNSEEN"), "A4 UID SEARCH UNSEEN\r\n");
        EXPECT_EQ(say(t, "UID MOVE"), "A5 UID MOVE 1 x\r\n");
    });
}

} // namespace
} // namespace mailwire::imap
