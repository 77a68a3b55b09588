// SPDX-License-Identifier: BSL-1.0
// Commands that come before the ones in front of them are answered, whole and octet by octet. RFC 9051 5.5, 6.3.2.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::lines;
using test::said_to;
using test::talk;
using kind = server_event_kind;

TEST(imap_server_pipelining, PI_5_in_the_order_they_came) {
    const auto r =
        talk("a FETCH 1 FLAGS\r\nb STORE 1 FLAGS ()\r\nc XYZZY\r\nd SEARCH ALL\r\na NOOP\r\n", {.selected = true});
    EXPECT_EQ(r.sent, "a OK done\r\nb OK done\r\nc BAD unknown command\r\nd OK done\r\na OK done\r\n");
    EXPECT_EQ(r.told.size(), 5U);
}

// PI-8: a client may do so.
TEST(imap_server_pipelining, PI_8_LOGIN_ENABLE_SELECT_at_once) {
    EXPECT_EQ(
        said_to("a LOGIN u p\r\nb ENABLE CONDSTORE\r\nc SELECT x\r\nd FETCH 1 FLAGS\r\n", {.greeting = condition::ok}),
        "a OK done\r\nb OK done\r\nc OK done\r\nd OK done\r\n");
    EXPECT_EQ(said_to("a UNAUTHENTICATE\r\nb AUTHENTICATE PLAIN\r\n" + std::string(test::right_plain) + "\r\n", {}),
              "a OK done\r\n+ \r\nb OK done\r\n");
}

// A login that fails takes what was sent behind it with it.
TEST(imap_server_pipelining, ST_8_PI_8_behind_a_login_that_failed) {
    EXPECT_EQ(said_to("a LOGIN u p\r\nb SELECT x\r\nc NOOP\r\n", {.greeting = condition::ok, .answer = condition::no}),
              "a NO done\r\nb BAD unexpected command\r\nc NO done\r\n");
}

// PI-10, ST-15: commands behind a SELECT that failed do not reach the mailbox from before.
TEST(imap_server_pipelining, ST_15_PI_10_behind_a_SELECT_that_failed) {
    EXPECT_EQ(said_to("a SELECT y\r\nb FETCH 1 FLAGS\r\nc STORE 1 FLAGS ()\r\nd NOOP\r\n",
                      {.selected = true, .answer = condition::no}),
              "a NO done\r\nb BAD unexpected command\r\nc BAD unexpected command\r\nd NO done\r\n");
    // ST-16: BAD is no answer to the selection, and the mailbox stays.
    EXPECT_EQ(said_to("a SELECT y\r\nb FETCH 1 FLAGS\r\n", {.selected = true, .answer = condition::bad}),
              "a BAD done\r\nb BAD done\r\n");
    EXPECT_EQ(said_to("a SELECT\r\nb FETCH 1 FLAGS\r\n", {.selected = true}), "a BAD syntax\r\nb OK done\r\n");
}

TEST(imap_server_pipelining, ST_42_tags_may_come_again) {
    test::driven server(server_state::authenticated);
    EXPECT_EQ(server.hear("a CREATE x\r\na CREATE y\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.next().kind, kind::command);
    EXPECT_EQ(server.say(condition::no), misuse::none);
    EXPECT_EQ(server.said(), "a OK so\r\na NO so\r\n");
}

// PI-6: a literal and an exchange are of one command; what follows waits.
TEST(imap_server_pipelining, PI_6_continuations_come_first) {
    EXPECT_EQ(said_to("a APPEND x {3}\r\nabc\r\nb APPEND x {3}\r\nabc\r\n"),
              "+ go ahead\r\na OK done\r\n+ go ahead\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\n" + std::string(test::right_plain) + "\r\nb IDLE\r\nDONE\r\nc NOOP\r\n",
                      {.greeting = condition::ok}),
              "+ \r\na OK done\r\n+ idling\r\nb OK done\r\nc OK done\r\n");
}

// G11, A11: however many commands come, they are one after the other, and what a client does not take stops it.
TEST(imap_server_pipelining, A11_G11_H5_nothing_grows) {
    test::talking_server server({.sizes = {.in = 128, .out = 300}});
    std::string commands;
    std::string answers;
    for (int i = 0; i != 10000; ++i) {
        const std::string tag = "t" + std::to_string(i);
        commands += tag + (i % 9 == 0 ? " X\r\n" : " CREATE {3+}\r\na b\r\n");
        answers += tag + (i % 9 == 0 ? " BAD unknown command\r\n" : " OK done\r\n");
    }
    server.feed(commands);
    EXPECT_EQ(server.sent, answers);
    EXPECT_EQ(server.told.size(), 10000U);
}

// H2: a client that sends an octet at a time, and never the end of its line, holds what its limit allows and no more.
TEST(imap_server_pipelining, H2_a_line_that_never_ends) {
    for (const std::string_view text : {"a CREATE \"", "a SEARCH (", "(", "{", "1"}) {
        test::talking_server server({.greeting = condition::ok, .sizes = {.in = 256}});
        const std::string pattern(text);
        for (int i = 0; i != 4000; ++i)
            server.feed(std::string_view(pattern).substr(static_cast<std::size_t>(i) % pattern.size(), 1));
        EXPECT_EQ(server.told.size(), 1U) << text;
        EXPECT_EQ(server.told.at(0), "error unit too long @256 257/256");
        EXPECT_EQ(server.session.state(), server_state::not_authenticated);
        EXPECT_FALSE(server.session.prepare().empty());
    }
}

TEST(imap_server_pipelining, C1_C2_nesting_without_end) {
    const test::setting deep{.selected = true, .options = {.limits = {.depth = 7}}};
    const auto nest = [](std::string_view open, std::size_t n) {
        std::string all;
        while (n-- != 0)
            all += open;
        return all;
    };
    for (const std::string& keys :
         {nest("(", 8), nest("(", 4000), nest("NOT ", 8), nest("NOT ", 1000), nest("OR ", 8)}) {
        EXPECT_EQ(said_to("a SEARCH " + keys + "\r\nb NOOP\r\n",
                          {.selected = true, .options = {.limits = {.unit = 5000, .depth = 7}}, .sizes = {.in = 5000}}),
                  "a BAD too deep\r\nb OK done\r\n")
            << keys.substr(0, 40);
    }
    EXPECT_EQ(said_to("a SEARCH " + nest("(", 7) + "ALL" + nest(")", 7) + "\r\n", deep), "a OK done\r\n");
    EXPECT_EQ(said_to("a SEARCH " + nest("NOT ", 7) + "ALL\r\n", deep), "a OK done\r\n");
    // Before the login no command nests: 4000 octets of it are a line like any other.
    EXPECT_EQ(said_to("a NOOP " + std::string(4000, '(') + "\r\nb NOOP\r\n",
                      {.greeting = condition::ok, .sizes = {.in = 8192}}),
              "a BAD syntax\r\nb OK done\r\n");
}

} // namespace
} // namespace mailwire::imap
