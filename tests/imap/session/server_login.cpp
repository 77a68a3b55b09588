// SPDX-License-Identifier: BSL-1.0
// LOGIN, LOGOUT and UNAUTHENTICATE, and what is announced around them. RFC 9051 6.2.3, 7.1; RFC 8437.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::said_to;
using test::setting;
using test::talking_server;
using kind = server_event_kind;

const std::string refused = " NO [PRIVACYREQUIRED] TLS has to come first\r\n";

TEST(imap_server_login, TL_8_no_LOGIN_under_LOGINDISABLED) {
    const setting disabled{.greeting = condition::ok, .capabilities = "IMAP4rev2 LOGINDISABLED AUTH=PLAIN"};
    EXPECT_EQ(said_to("a LOGIN u p\r\nb CREATE x\r\n", disabled), "a" + refused + "b BAD unexpected command\r\n");
    // AUTHENTICATE is what is left.
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN " + std::string(test::right_plain) + "\r\n", disabled), "a OK done\r\n");
}

TEST(imap_server_login, TL_8_no_login_before_TLS_where_it_is_required) {
    setting strict{.greeting = condition::ok, .options = {.tls = tls_policy::required}};
    for (const std::string_view login : {"a LOGIN u p\r\n", "a AUTHENTICATE PLAIN\r\n", "a AUTHENTICATE PLAIN AAAA\r\n",
                                         "a LOGIN {1+}\r\nu {1+}\r\np\r\n", "a LOGIN {3}\r\n"}) {
        EXPECT_EQ(said_to(std::string(login) + "b NOOP\r\n", strict), "a" + refused + "b OK done\r\n") << login;
    }
    talking_server server(strict);
    server.feed("a STARTTLS\r\n");
    server.feed("b LOGIN u p\r\n");
    EXPECT_EQ(server.sent, "a OK done\r\nb OK done\r\n");
    strict.options.secure = true;
    EXPECT_EQ(said_to("a LOGIN u p\r\n", strict), "a OK done\r\n");
}

TEST(imap_server_login, ST_12_TL_13_a_login_that_fails) {
    EXPECT_EQ(said_to("a LOGIN u p\r\nb CREATE x\r\n", {.greeting = condition::ok, .answer = condition::no}),
              "a NO done\r\nb BAD unexpected command\r\n");
    EXPECT_EQ(said_to("a LOGIN u p\r\nb CREATE x\r\n", {.greeting = condition::ok}), "a OK done\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a LOGIN u p\r\nb LOGIN u p\r\n", {.greeting = condition::ok}),
              "a OK done\r\nb BAD unexpected command\r\n");
}

// What is announced counts; what is not, is unknown. After a login it has to be announced anew.
TEST(imap_server_login, ST_9_TL_12_commands_that_are_not_announced) {
    const setting rev1{.capabilities = "IMAP4rev1"};
    for (const std::string_view c : {"a IDLE\r\n", "a ENABLE UTF8=ACCEPT\r\n", "a NAMESPACE\r\n", "a ID NIL\r\n",
                                     "a GETQUOTA \"\"\r\n", "a UNAUTHENTICATE\r\n", "a COMPRESS DEFLATE\r\n"}) {
        EXPECT_EQ(said_to(c, rev1), "a BAD unknown command\r\n") << c;
    }
    EXPECT_EQ(said_to("a UNSELECT\r\nb MOVE 1 x\r\nc UID MOVE 1 x\r\nd UID EXPUNGE 1\r\n",
                      {.capabilities = "IMAP4rev1", .selected = true}),
              "a BAD unknown command\r\nb BAD unknown command\r\nc BAD unknown command\r\nd BAD unknown command\r\n");
    EXPECT_EQ(said_to("a IDLE\r\nDONE\r\nb ID NIL\r\n", {.capabilities = "IMAP4rev1 IDLE ID"}),
              "+ idling\r\na OK done\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a UNSELECT\r\n", {.capabilities = "IMAP4rev2", .selected = true}), "a OK done\r\n");
    // EN-10: revision 1 commands of a client that has not enabled revision 2.
    EXPECT_EQ(said_to("a LSUB \"\" *\r\nb CHECK\r\n", {.capabilities = "IMAP4rev1 IMAP4rev2", .selected = true}),
              "a OK done\r\nb OK done\r\n");
}

TEST(imap_server_login, TL_10_a_login_makes_the_announcement_void) {
    talking_server server({.greeting = condition::ok, .capabilities = "IMAP4rev1 AUTH=PLAIN"});
    EXPECT_EQ(server.hear("a ID NIL\r\n").error.code, errc::unknown_command);
    EXPECT_EQ(server.hear("b LOGIN u p\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_FALSE(server.session.announced().known());
    EXPECT_EQ(server.hear("c ID NIL\r\n").kind, kind::command) << "nothing is announced, so all there is may be used";
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.send(capability_data{{"IMAP4rev1", "IDLE"}}), misuse::none);
    EXPECT_EQ(server.hear("d ID NIL\r\n").error.code, errc::unknown_command);
    // In the tagged OK of a login it is the new list.
    talking_server code({.greeting = condition::ok, .capabilities = "IMAP4rev1"});
    EXPECT_EQ(code.hear("a LOGIN u p\r\n").kind, kind::command);
    EXPECT_EQ(code.session.finish({condition::ok, code_capability{{"IMAP4rev1", "ID"}}, "in"}), misuse::none);
    EXPECT_TRUE(code.session.announced().has<"ID">());
    EXPECT_EQ(code.said(), "a OK [CAPABILITY IMAP4rev1 ID] in\r\n");
    EXPECT_EQ(code.hear("b ID NIL\r\n").kind, kind::command);
}

// TL-12 and FR-12: what is no announcement is not sent.
TEST(imap_server_login, TL_12_FR_12_announcements_that_contradict_themselves) {
    test::driven server(server_state::authenticated);
    imap::server& s = server.session;
    EXPECT_EQ(s.send(capability_data{{"IDLE", "AUTH=PLAIN"}}), misuse::bad_value);
    EXPECT_EQ(s.send(capability_data{{"IMAP4rev2", "LITERAL+", "LITERAL-"}}), misuse::bad_value);
    EXPECT_EQ(s.send(status_response{condition::ok, code_capability{{"IDLE"}}, "x"}), misuse::bad_value);
    EXPECT_EQ(server.hear("a NOOP\r\n").kind, kind::command);
    EXPECT_EQ(s.finish({condition::ok, code_capability{{"LITERAL-", "literal+", "IMAP4rev1"}}, "x"}),
              misuse::bad_value);
    EXPECT_EQ(server.said(), "");
    EXPECT_FALSE(s.announced().known());
    EXPECT_EQ(s.send(capability_data{{"IMAP4rev1", "LITERAL-"}}), misuse::none);
    EXPECT_EQ(server.said(), "* CAPABILITY IMAP4rev1 LITERAL-\r\n");
    test::server_box fresh;
    EXPECT_EQ(fresh.session.greet({condition::ok, code_capability{{"IDLE"}}, "x"}), misuse::bad_value);
    EXPECT_EQ(fresh.session.state(), server_state::greeting);
}

TEST(imap_server_login, TL_20_TL_21_UNAUTHENTICATE) {
    talking_server server({.capabilities = "IMAP4rev1 ENABLE CONDSTORE UNAUTHENTICATE", .selected = true});
    EXPECT_EQ(server.session.send(exists{5}), misuse::none);
    EXPECT_EQ(server.hear("a ENABLE CONDSTORE\r\n").kind, kind::command);
    EXPECT_EQ(server.session.send(enabled_data{{"CONDSTORE"}}), misuse::none);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.modes(), modes::condstore);
    EXPECT_EQ(server.hear("b UNAUTHENTICATE\r\n").kind, kind::command);
    EXPECT_EQ(server.say(condition::no), misuse::bad_value);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.state(), server_state::not_authenticated);
    EXPECT_EQ(server.session.modes(), 0U);
    EXPECT_FALSE(server.session.announced().known());
    EXPECT_EQ(server.hear("c FETCH 1 FLAGS\r\n").error.code, errc::unexpected_command);
    EXPECT_EQ(server.hear("d LOGIN u p\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    // The mailbox is another user's business: its count is unknown again.
    EXPECT_EQ(server.hear("e SELECT y\r\n").kind, kind::command);
    EXPECT_EQ(server.session.send(exists{2}), misuse::none);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.send(expunge_data{3}), misuse::wrong_state);
}

TEST(imap_server_login, TL_21_UNAUTHENTICATE_keeps_TLS) {
    test::talking_server server({.options = {.secure = true}});
    server.feed("a UNAUTHENTICATE\r\nb STARTTLS\r\nc LOGIN u p\r\n");
    EXPECT_EQ(server.sent, "a OK done\r\nb BAD unexpected command\r\nc OK done\r\n");
    EXPECT_TRUE(server.session.secure());
}

// TL-20: BAD when it cannot be done leaves all as it is.
TEST(imap_server_login, TL_20_UNAUTHENTICATE_that_cannot_be) {
    EXPECT_EQ(said_to("a UNAUTHENTICATE\r\nb FETCH 1 FLAGS\r\n", {.selected = true, .answer = condition::bad}),
              "a BAD done\r\nb BAD done\r\n");
}

TEST(imap_server_login, I7_control_characters_in_a_name_are_the_programs_to_refuse) {
    const auto r = test::talk("a LOGIN \"u\x01\" \"p\"\r\n", {.greeting = condition::ok, .answer = condition::no});
    EXPECT_EQ(r.sent, "a NO done\r\n");
    // In AUTHENTICATE it is the mechanism that refuses them: "\0u\x01\0p".
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN AHUBAHA=\r\n", {.greeting = condition::ok}), "a NO done\r\n");
}

} // namespace
} // namespace mailwire::imap
