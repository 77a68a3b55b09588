// SPDX-License-Identifier: BSL-1.0
// A client and what it has enabled: RFC 9051 6.3.1, appendix A, RFC 7162, RFC 9586, RFC 9755, RFC 8437; statements EN and TL
// of docs/sessions.md, attack row G10.
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

constexpr std::string_view both = "IMAP4rev1 IMAP4rev2 CONDSTORE QRESYNC UTF8=ACCEPT UIDONLY UNAUTHENTICATE";

TEST(imap_enable_client, EN_1_before_any_SELECT_and_not_behind_one) {
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.say(enable{{"CONDSTORE"}}), "A1 ENABLE CONDSTORE\r\n");
        EXPECT_EQ(t.hear("A1 OK x\r\n").size(), 1U);
        EXPECT_EQ(t.say(select{"a"}), "A2 SELECT a\r\n");
        EXPECT_EQ(t.say(enable{{"CONDSTORE"}}), "<wrong state>");
        EXPECT_EQ(t.hear("A2 NO none\r\n").size(), 1U);
        EXPECT_EQ(t.say(enable{{"CONDSTORE"}}), "A3 ENABLE CONDSTORE\r\n") << "nothing was selected";
        EXPECT_EQ(t.say(select{"b"}), "A4 SELECT b\r\n");
        EXPECT_EQ(t.hear("A3 OK x\r\nA4 OK in\r\n").size(), 2U);
        EXPECT_EQ(t.say(unselect{}), "A5 UNSELECT\r\n");
        EXPECT_EQ(t.hear("A5 OK x\r\n").size(), 1U);
        EXPECT_EQ(t.say(enable{{"CONDSTORE"}}), "<wrong state>") << "one was selected once";
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 CONDSTORE");
        EXPECT_EQ(t.say(enable{{"CONDSTORE"}}), "<not offered>");
    });
}

// EN-4, G10: neither the command nor its OK enables anything: ENABLED does, by the names that are in it.
TEST(imap_enable_client, EN_4_G10_enabled_is_what_ENABLED_says) {
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.say(enable{{"CONDSTORE", "UTF8=ACCEPT"}}), "A1 ENABLE CONDSTORE UTF8=ACCEPT\r\n");
        EXPECT_EQ(t.session.modes(), 0U);
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A2 CREATE {2+}\r\n\xc3\xa4\r\n") << "no UTF-8 in quotes yet";
        EXPECT_EQ(t.hear("* ENABLED CONDSTORE\r\n").size(), 1U);
        EXPECT_EQ(t.session.modes(), modes::condstore);
        EXPECT_EQ(t.hear("A1 OK x\r\nA2 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.session.modes(), modes::condstore);
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A3 CREATE {2+}\r\n\xc3\xa4\r\n");
    });
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.say(enable{{"UTF8=ACCEPT"}}), "A1 ENABLE UTF8=ACCEPT\r\n");
        EXPECT_EQ(t.hear("* ENABLED\r\nA1 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.session.modes(), 0U);
    });
}

TEST(imap_enable_client, EN_5_what_can_be_enabled) {
    struct row {
        std::string_view name;
        std::uint32_t modes;
    };
    for (const row& r : {row{"IMAP4rev2", modes::rev2 | modes::utf8}, row{"imap4REV2", modes::rev2 | modes::utf8},
                         row{"CONDSTORE", modes::condstore}, row{"QRESYNC", modes::qresync | modes::condstore},
                         row{"UTF8=ACCEPT", modes::utf8}, row{"UIDONLY", modes::uidonly}, row{"METADATA", 0U},
                         row{"IDLE", 0U}, row{"IMAP4rev1", 0U}, row{"X-WHATEVER", 0U}}) {
        talk_twice([&r](client_talk& t) {
            t.log_in(both);
            EXPECT_EQ(t.hear("* ENABLED " + std::string(r.name) + "\r\n").size(), 1U);
            EXPECT_EQ(t.session.modes(), r.modes) << r.name;
        });
    }
}

TEST(imap_enable_client, EN_6_a_server_of_revision_2_alone_has_it_at_once) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev2");
        EXPECT_EQ(t.session.modes(), modes::rev2 | modes::utf8);
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A1 CREATE \"\xc3\xa4\"\r\n");
        EXPECT_EQ(t.hear("* LIST () \"/\" \"\xc3\xa4\"\r\n"), lines{"response * LIST () \"/\" \"\xc3\xa4\""});
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 IMAP4rev2");
        EXPECT_EQ(t.session.modes(), 0U);
        EXPECT_EQ(t.hear("* LIST () \"/\" \"\xc3\xa4\"\r\n").at(0).substr(0, 12), "error syntax");
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A1 CREATE {2+}\r\n\xc3\xa4\r\n");
        EXPECT_EQ(t.hear("* ENABLED IMAP4rev2\r\n").size(), 1U);
        EXPECT_EQ(t.session.modes(), modes::rev2 | modes::utf8);
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A2 CREATE \"\xc3\xa4\"\r\n");
        EXPECT_EQ(t.hear("* LIST () \"/\" \"\xc3\xa4\"\r\n"), lines{"response * LIST () \"/\" \"\xc3\xa4\""});
    });
}

// Before a server has said what it is, UTF-8 in its text is no fault.
TEST(imap_enable_client, EN_7_an_unknown_server_may_speak_UTF_8) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK gr\xc3\xbc\xc3\x9f dich\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        EXPECT_EQ(t.hear("* OK [CAPABILITY IMAP4rev1] x\r\n").size(), 1U);
        EXPECT_EQ(t.hear("* OK gr\xc3\xbc\xc3\x9f dich\r\n").at(0).substr(0, 12), "error syntax");
    });
}

TEST(imap_enable_client, EN_11_UTF8_ACCEPT) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 UTF8=ACCEPT ENABLE");
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A1 CREATE {2}\r\n");
        EXPECT_EQ(t.hear("A1 NO x\r\n").size(), 1U);
        EXPECT_EQ(t.say(enable{{"UTF8=ACCEPT"}}), "A2 ENABLE UTF8=ACCEPT\r\n");
        EXPECT_EQ(t.hear("* ENABLED UTF8=ACCEPT\r\nA2 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.say(create{"\xc3\xa4"}), "A3 CREATE \"\xc3\xa4\"\r\n");
        EXPECT_EQ(t.say(create{"\xc3"}), "A4 CREATE {1}\r\n") << "EN-13: what is no UTF-8 stands in no quotes";
        EXPECT_EQ(t.hear("A4 NO x\r\n* LIST () \"/\" \"\xc3\xa4\"\r\n").back(),
                  "response * LIST () \"/\" \"\xc3\xa4\"");
        EXPECT_EQ(t.hear("* LIST () \"/\" \"\xc3\"\r\n").at(0).substr(0, 12), "error syntax");
        EXPECT_EQ(t.session.modes(), modes::utf8);
    });
}

// EN-4, EN-21: CONDSTORE without ENABLE, once the command that asks for it has succeeded.
TEST(imap_enable_client, EN_4_EN_21_commands_that_enable_CONDSTORE) {
    const auto enables = [](const auto& command, bool expected) {
        for (const std::string_view answer : {" OK x\r\n", " NO x\r\n", " BAD x\r\n"}) {
            talk_twice([&](client_talk& t) {
                t.select_box("IMAP4rev1 IMAP4rev2 CONDSTORE");
                const std::string line = t.say(command);
                EXPECT_TRUE(line.starts_with("A2 ")) << line;
                EXPECT_EQ(t.session.modes(), 0U) << "not before the answer";
                EXPECT_EQ(t.hear("A2" + std::string(answer)).size(), 1U);
                EXPECT_EQ(t.session.modes(), expected && answer == " OK x\r\n" ? modes::condstore : 0U) << line;
            });
        }
    };
    const condstore_param parameter;
    const item<slot::select_param> parameters[] = {parameter};
    const status_highestmodseq highest;
    const status_messages count;
    const item<slot::status_att> status_atts[] = {highest};
    const item<slot::status_att> counts[] = {count};
    const fetch_modseq mod;
    const item<slot::fetch_att> atts[] = {mod};
    const changedsince since{5};
    const item<slot::fetch_modifier> fetch_modifiers[] = {since};
    const unchangedsince unchanged{5};
    const item<slot::store_modifier> store_modifiers[] = {unchanged};
    const key::modseq changed{.value = 5};
    const search_key keys[] = {changed};
    const key::unseen unseen;
    const search_key other_keys[] = {unseen};
    const key::not_ not_changed{changed};
    const search_key nested[] = {not_changed};
    enables(select{"x", items<slot::select_param>(parameters)}, true);
    enables(examine{"x", items<slot::select_param>(parameters)}, true);
    enables(status{"x", items<slot::status_att>(status_atts)}, true);
    enables(fetch{.messages = "1", .att = items<slot::fetch_att>(atts)}, true);
    enables(uid_fetch{.messages = "1",
                      .macro = fetch_macro::fast,
                      .modifiers = items<slot::fetch_modifier>(fetch_modifiers)},
            true);
    enables(store{.messages = "1", .flags = {"x"}, .modifiers = items<slot::store_modifier>(store_modifiers)}, true);
    enables(search{.keys = keys}, true);
    enables(uid_search{.keys = nested}, true);
    enables(select{"x"}, false);
    enables(status{"x", items<slot::status_att>(counts)}, false);
    enables(fetch{.messages = "1", .macro = fetch_macro::fast}, false);
    enables(search{.keys = other_keys}, false);
}

TEST(imap_enable_client, EN_26_UIDONLY) {
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.say(enable{{"UIDONLY"}}), "A1 ENABLE UIDONLY\r\n");
        EXPECT_EQ(t.hear("* ENABLED UIDONLY\r\nA1 OK x\r\n").size(), 2U);
        EXPECT_EQ(t.say(select{"a"}), "A2 SELECT a\r\n");
        EXPECT_EQ(t.hear("* 9 EXISTS\r\nA2 OK in\r\n").size(), 2U);
        EXPECT_EQ(t.say(noop{}), "A3 NOOP\r\n");
        EXPECT_EQ(t.hear("* 25996 UIDFETCH (FLAGS (\\Seen))\r\n* VANISHED 5\r\n"),
                  (lines{"response * 25996 UIDFETCH (FLAGS (\\Seen))", "response * VANISHED 5"}));
        EXPECT_EQ(t.session.mailbox().exists(), 8U);
        EXPECT_EQ(t.hear("* 1 FETCH (FLAGS ())\r\n* 1 EXPUNGE\r\n"),
                  (lines{"response * 1 FETCH (FLAGS ()) !number under UIDONLY",
                         "response * 1 EXPUNGE !number under UIDONLY"}));
    });
    // EN-27: no sequence-match data.
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.hear("* ENABLED UIDONLY QRESYNC\r\n").size(), 1U);
        const qresync_param with_numbers{.uidvalidity = 7, .modseq = 5, .known_numbers = "1", .uids_of_them = "4"};
        const qresync_param without{.uidvalidity = 7, .modseq = 5};
        const item<slot::select_param> refused[] = {with_numbers};
        const item<slot::select_param> taken[] = {without};
        EXPECT_EQ(t.say(select{"x", items<slot::select_param>(refused)}), "<bad value>");
        EXPECT_EQ(t.say(select{"x", items<slot::select_param>(taken)}), "A1 SELECT x (QRESYNC (7 5))\r\n");
    });
}

// TL-21, TL-23, RFC 8437 4.1: the next user of the connection finds nothing of the last one.
TEST(imap_enable_client, TL_21_TL_23_EN_3_UNAUTHENTICATE) {
    talk_twice([](client_talk& t) {
        t.log_in(both);
        EXPECT_EQ(t.hear("* ENABLED IMAP4rev2 CONDSTORE\r\n").size(), 1U);
        EXPECT_EQ(t.say(select{"a"}), "A1 SELECT a\r\n");
        EXPECT_EQ(t.hear("* 9 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\nA1 OK in\r\n").size(), 3U);
        EXPECT_EQ(t.say(unauthenticate{}), "A2 UNAUTHENTICATE\r\n");
        EXPECT_EQ(t.hear("A2 BAD no\r\n").size(), 1U);
        EXPECT_EQ(t.session.state(), client_state::selected) << "TL-20: BAD changes nothing";
        EXPECT_EQ(t.say(unauthenticate{}), "A3 UNAUTHENTICATE\r\n");
        EXPECT_EQ(t.hear("A3 OK out\r\n"), lines{"done 3 A3 OK out"});
        EXPECT_EQ(t.session.state(), client_state::not_authenticated);
        EXPECT_EQ(t.session.modes(), 0U);
        EXPECT_FALSE(t.session.capabilities().known());
        EXPECT_EQ(t.session.mailbox().exists(), 0U);
        EXPECT_EQ(t.say(login{"u", "p"}), "A4 LOGIN u p\r\n");
        EXPECT_EQ(t.hear("A4 OK [CAPABILITY IMAP4rev1 ENABLE] in\r\n").size(), 1U);
        EXPECT_EQ(t.say(enable{{"X"}}), "A5 ENABLE X\r\n") << "nothing is selected yet";
    });
    talk_twice(
        [](client_talk& t) {
            t.log_in(both);
            EXPECT_EQ(t.say(unauthenticate{}), "A1 UNAUTHENTICATE\r\n");
            EXPECT_EQ(t.hear("A1 OK [CAPABILITY IMAP4rev1 ID] out\r\n").size(), 1U);
            EXPECT_TRUE(t.session.secure()) << "TLS stays";
            EXPECT_TRUE(t.session.capabilities().has<"ID">());
        },
        {.secure = true});
}

} // namespace
} // namespace mailwire::imap
