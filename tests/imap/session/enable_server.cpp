// SPDX-License-Identifier: BSL-1.0
// ENABLE, and what it switches on. RFC 9051 6.3.1 and appendix A; RFC 7162, 9586, 9755.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::said_to;
using test::talk;
using test::talking_server;
using kind = server_event_kind;

// A server that has answered ENABLE with this.
struct enabled : talking_server {
    explicit enabled(const text& name, std::string_view capabilities = both, bool selected = true)
        : talking_server({.capabilities = capabilities, .selected = selected}) {
        enable_it(name);
    }
    static constexpr std::string_view both =
        "IMAP4rev1 IMAP4rev2 ENABLE CONDSTORE QRESYNC UIDONLY UTF8=ACCEPT UNAUTHENTICATE";

    void enable_it(const text& name) {
        EXPECT_EQ(hear("e ENABLE " + std::string(name.spelled()) + "\r\n").kind, server_event_kind::command);
        EXPECT_EQ(session.send(enabled_data{{name}}), misuse::none);
        EXPECT_EQ(say(), misuse::none);
        (void)said();
    }
};

TEST(imap_enable_server, EN_2_names_are_wanted_and_need_not_be_known) {
    EXPECT_EQ(said_to("a ENABLE\r\nb ENABLE X-NOBODY CONDSTORE\r\n"), "a BAD syntax\r\nb OK done\r\n");
    enabled server("X-NOBODY");
    EXPECT_EQ(server.session.modes(), 0U);
    EXPECT_EQ(server.hear("a ENABLE X\r\n").kind, kind::command);
    EXPECT_EQ(server.session.send(enabled_data{}), misuse::none);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.said(), "* ENABLED\r\na OK done\r\n");
}

TEST(imap_enable_server, EN_3_EN_5_what_is_enabled_adds_up_and_stays) {
    enabled server("CONDSTORE");
    EXPECT_EQ(server.session.modes(), modes::condstore);
    server.enable_it("utf8=accept");
    EXPECT_EQ(server.session.modes(), modes::condstore | modes::utf8);
    server.enable_it("QRESYNC");
    EXPECT_EQ(server.session.modes(), modes::condstore | modes::qresync | modes::utf8);
    server.enable_it("IMAP4rev2");
    server.enable_it("UIDONLY");
    EXPECT_EQ(server.session.modes(), modes::condstore | modes::qresync | modes::utf8 | modes::rev2 | modes::uidonly);
    EXPECT_TRUE(server.session.announced().has<"UNAUTHENTICATE">()) << "the announcement is as it was";
    EXPECT_EQ(server.hear("u UNAUTHENTICATE\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.modes(), 0U);
}

// The command switches nothing on: what the server says of it does.
TEST(imap_enable_server, EN_2_G10_only_what_ENABLED_names) {
    talking_server server({.capabilities = enabled::both});
    EXPECT_EQ(server.hear("a ENABLE UIDONLY\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.modes(), 0U);
}

TEST(imap_enable_server, EN_6_a_server_of_revision_2_alone_has_it_at_once) {
    EXPECT_EQ(talking_server({.capabilities = "IMAP4rev2"}).session.modes(), modes::rev2 | modes::utf8);
    EXPECT_EQ(talking_server({.capabilities = "IMAP4rev1"}).session.modes(), 0U);
    EXPECT_EQ(talking_server({.capabilities = "IMAP4rev1 IMAP4rev2"}).session.modes(), 0U);
}

TEST(imap_enable_server, EN_7_EN_11_UTF_8_in_both_directions) {
    const std::string_view create = "a CREATE \"\xc3\xa4\"\r\n";
    EXPECT_EQ(said_to(create, {.capabilities = "IMAP4rev1 IMAP4rev2"}), "a BAD syntax\r\n");
    EXPECT_EQ(said_to(create, {.capabilities = "IMAP4rev2"}), "a OK done\r\n");
    for (const std::string_view name : {"IMAP4rev2", "UTF8=ACCEPT"}) {
        enabled server(name);
        EXPECT_EQ(server.hear(create).kind, kind::command);
        EXPECT_EQ(server.session.send(list_data{.delimiter = "/", .mailbox = "\xc3\xa4"}), misuse::none);
        EXPECT_EQ(server.said(), "* LIST () \"/\" \"\xc3\xa4\"\r\n");
    }
}

TEST(imap_enable_server, EN_13_D2_no_other_octets_in_a_quoted_string) {
    for (const std::string_view bad : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4", "\xff", "\x80"}) {
        EXPECT_EQ(said_to("a CREATE \"" + std::string(bad) + "\"\r\nb NOOP\r\n", {.capabilities = "IMAP4rev2"}),
                  "a BAD syntax\r\nb OK done\r\n");
    }
}

TEST(imap_enable_server, EN_24_QRESYNC_parameters_reach_the_program) {
    // Whether it is enabled the session knows; the BAD to one that is not is the program's.
    talking_server server({.capabilities = enabled::both});
    const auto event = server.hear("a SELECT x (QRESYNC (67890007 20050715194045000))\r\n");
    ASSERT_EQ(event.kind, kind::command);
    EXPECT_EQ(server.session.modes() & modes::qresync, 0U);
    EXPECT_EQ(server.say(condition::bad), misuse::none);
    EXPECT_EQ(server.session.state(), server_state::authenticated);
}

// EN-25: VANISHED takes the place of EXPUNGE, and takes as many messages off.
TEST(imap_enable_server, EN_25_VANISHED) {
    enabled server("QRESYNC");
    EXPECT_EQ(server.session.send(exists{9}), misuse::none);
    EXPECT_EQ(server.hear("a NOOP\r\n").kind, kind::command);
    EXPECT_EQ(server.session.send(vanished_data{.uids = *sequence_set::parse("3:5,9")}), misuse::none);
    EXPECT_EQ(server.session.send(exists{4}), misuse::bad_value) << "there are five";
    EXPECT_EQ(server.session.send(exists{5}), misuse::none);
    EXPECT_EQ(server.said(), "* 9 EXISTS\r\n* VANISHED 3:5,9\r\n* 5 EXISTS\r\n");
}

TEST(imap_enable_server, EN_26_UIDONLY_commands_with_message_numbers) {
    for (const std::string_view c :
         {"a FETCH 1 FLAGS\r\n", "a STORE 1 FLAGS ()\r\n", "a SEARCH ALL\r\n", "a COPY 1 x\r\n", "a MOVE 1 x\r\n",
          "a UID SEARCH 1:3\r\n", "a UID SEARCH NOT 7\r\n"}) {
        enabled server("UIDONLY");
        EXPECT_EQ(server.hear(c).kind, kind::error) << c;
        const std::string said = server.said();
        EXPECT_TRUE(said.starts_with("a BAD [UIDREQUIRED] ")) << c << said;
    }
    for (const std::string_view c :
         {"a UID FETCH 1 FLAGS\r\n", "a UID STORE 1 FLAGS ()\r\n", "a UID SEARCH UID 1:3\r\n", "a UID COPY 1 x\r\n",
          "a UID MOVE 1 x\r\n", "a UID EXPUNGE 1\r\n"}) {
        enabled server("UIDONLY");
        EXPECT_EQ(server.hear(c).kind, kind::command) << c;
    }
    // What is wrong all the same is no matter of UIDs.
    enabled server("UIDONLY");
    EXPECT_EQ(server.hear("a FETCH 1 XYZZY\r\n").kind, kind::error);
    EXPECT_EQ(server.said(), "a BAD syntax\r\n");
}

TEST(imap_enable_server, EN_26_UIDONLY_no_message_number_in_a_response) {
    enabled server("UIDONLY");
    imap::server& s = server.session;
    EXPECT_EQ(s.send(exists{3}), misuse::none) << "a count is no number of a message";
    EXPECT_EQ(server.hear("a NOOP\r\n").kind, kind::command);
    EXPECT_EQ(s.send(expunge_data{1}), misuse::bad_value);
    EXPECT_EQ(s.send(fetch_data{.number = 1, .att = {uid{7}}}), misuse::bad_value);
    EXPECT_EQ(s.send(uidfetch_data{.uid = 7, .att = {flags{}}}), misuse::none);
    EXPECT_EQ(s.send(vanished_data{.uids = *sequence_set::parse("7")}), misuse::none);
    EXPECT_EQ(server.said(), "* 3 EXISTS\r\n* 7 UIDFETCH (FLAGS ())\r\n* VANISHED 7\r\n");
}

TEST(imap_enable_server, EN_27_UIDONLY_no_sequence_match_data) {
    enabled server("UIDONLY");
    server.enable_it("QRESYNC");
    EXPECT_EQ(server.hear("a SELECT x (QRESYNC (1 20 1:7))\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.hear("b SELECT x (QRESYNC (1 20 1:7 (1:3 4:6)))\r\n").kind, kind::error);
    EXPECT_TRUE(server.said().starts_with("a OK done\r\nb BAD "));
}

// EN-12, EN-15: what a CHARSET or a name in modified UTF-7 means is for the program; the session hands it on.
TEST(imap_enable_server, EN_12_a_CHARSET_reaches_the_program) {
    enabled server("UTF8=ACCEPT");
    EXPECT_EQ(server.hear("a SEARCH CHARSET UTF-8 ALL\r\n").kind, kind::command);
    EXPECT_EQ(server.say(condition::bad), misuse::none);
}

} // namespace
} // namespace mailwire::imap
