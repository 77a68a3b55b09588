// SPDX-License-Identifier: BSL-1.0
// What a server allows a client that has not logged in, and one that has: just so much, and one more, in every split.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::lines;
using test::said_to;
using test::setting;
using test::talk;
using test::talking_server;

setting with(const limits& l, condition greeting = condition::preauth) {
    return {.greeting = greeting, .options = {.limits = l}};
}
setting stranger(const limits& l) { return with(l, condition::ok); }

TEST(imap_server_limits, ST_47_unit_before_login) {
    const limits l{.unit = 200, .unit_before_login = 50};
    const auto login = [](std::size_t octets) { return "a LOGIN u " + std::string(octets - 12, 'p') + "\r\n"; };
    EXPECT_EQ(said_to(login(50) + "b NOOP\r\n", stranger(l)), "a OK done\r\nb OK done\r\n");
    const auto r = talk(login(51) + "b NOOP\r\n", stranger(l));
    EXPECT_EQ(r.sent, "a BAD unit too long\r\nb OK done\r\n");
    EXPECT_EQ(r.told.front(), "error unit too long @50 51/50");
    // After the login it is the other one; after UNAUTHENTICATE this one again.
    const auto create = [](std::size_t octets) { return "c CREATE " + std::string(octets - 11, 'x') + "\r\n"; };
    EXPECT_EQ(said_to("a LOGIN u p\r\n" + create(200), stranger(l)), "a OK done\r\nc OK done\r\n");
    EXPECT_EQ(said_to("a LOGIN u p\r\n" + create(201), stranger(l)), "a OK done\r\nc BAD unit too long\r\n");
    EXPECT_EQ(said_to("z UNAUTHENTICATE\r\n" + login(50), with(l)), "z OK done\r\na OK done\r\n");
    EXPECT_EQ(said_to("z UNAUTHENTICATE\r\n" + login(51), with(l)), "z OK done\r\na BAD unit too long\r\n");
}

TEST(imap_server_limits, B3_ST_47_command_literals_before_login) {
    const limits l{.inline_literal = 100, .command_literals = 60, .command_literals_before_login = 20};
    const auto login = [](std::size_t user, std::size_t password, const char* plus) {
        return "a LOGIN {" + std::to_string(user) + plus + "}\r\n" + std::string(user, 'u') + " {" +
               std::to_string(password) + plus + "}\r\n" + std::string(password, 'p') + "\r\n";
    };
    EXPECT_EQ(said_to(login(10, 10, "+"), stranger(l)), "a OK done\r\n");
    const auto r = talk(login(10, 11, "+") + "b NOOP\r\n", stranger(l));
    EXPECT_EQ(r.sent, "a BAD literal too big\r\nb OK done\r\n");
    EXPECT_EQ(r.told.front(), "error literal too big @26 21/20");
    EXPECT_EQ(said_to("a LOGIN {21}\r\nb NOOP\r\n", stranger(l)), "a BAD literal too big\r\nb OK done\r\n");
    const auto rename = [](std::size_t n) {
        return "a RENAME {30+}\r\n" + std::string(30, 'x') + " {" + std::to_string(n) + "+}\r\n" + std::string(n, 'y') +
               "\r\n";
    };
    EXPECT_EQ(said_to(rename(30), with(l)), "a OK done\r\n");
    EXPECT_EQ(talk(rename(31) + "b NOOP\r\n", with(l)).told.front(), "error literal too big @47 61/60");
}

TEST(imap_server_limits, B3_literals_of_a_command) {
    const limits l{.literals = 3};
    const auto search = [](int n) {
        std::string text = "a SEARCH";
        while (n-- != 0)
            text += " TEXT {1+}\r\nx";
        return text + "\r\nb NOOP\r\n";
    };
    const setting how{.selected = true, .options = {.limits = l}};
    EXPECT_EQ(said_to(search(3), how), "a OK done\r\nb OK done\r\n");
    EXPECT_EQ(said_to(search(4), how), "a BAD too many literals\r\nb OK done\r\n");
    // CVE-2024-34055: many small ones, in every state.
    std::string many = "a LOGIN";
    for (int i = 0; i != 2000; ++i)
        many += " {10+}\r\n0123456789";
    EXPECT_EQ(said_to(many + "\r\nb NOOP\r\n", stranger({})), "a BAD syntax\r\nb OK done\r\n");
}

TEST(imap_server_limits, B1_literal) {
    const limits l{.literal = 5};
    EXPECT_EQ(said_to("a APPEND x {5}\r\n12345\r\n", with(l)), "+ go ahead\r\na OK done\r\n");
    EXPECT_EQ(talk("a APPEND x {6}\r\nb NOOP\r\n", with(l)).told,
              (lines{"error literal too big @11 6/5", "command b NOOP\r\n"}));
    EXPECT_EQ(said_to("a APPEND x {6+}\r\n123456\r\nb NOOP\r\n", with(l)), "a BAD literal too big\r\nb OK done\r\n");
}

TEST(imap_server_limits, ST_41_tag) {
    const limits l{.tag = 5};
    EXPECT_EQ(said_to("12345 NOOP\r\n", with(l)), "12345 OK done\r\n");
    const auto r = talk("123456 NOOP\r\nb NOOP\r\n", with(l));
    EXPECT_EQ(r.sent, "* BAD unit too long\r\nb OK done\r\n");
    EXPECT_EQ(r.told.front(), "error unit too long @5 6/5");
    // No more than there is room for, whatever the limit says.
    const std::string tag(64, 't');
    EXPECT_EQ(said_to(tag + " NOOP\r\n" + tag + "t NOOP\r\n", with({.tag = 200})),
              tag + " OK done\r\n* BAD unit too long\r\n");
}

std::string bad_lines(int n) {
    std::string text;
    while (n-- != 0)
        text += "a X\r\n";
    return text;
}
const std::string bad = "a BAD unknown command\r\n";
const std::string bye = "* BYE too many bad commands\r\n";

TEST(imap_server_limits, ST_46_bad_commands) {
    const limits l{.bad_commands = 4, .bad_commands_before_login = 2};
    EXPECT_EQ(said_to(bad_lines(3) + "b NOOP\r\n" + bad_lines(3), with(l)),
              bad + bad + bad + "b OK done\r\n" + bad + bad + bad);
    const auto r = talk(bad_lines(4) + "b NOOP\r\n", with(l));
    EXPECT_EQ(r.sent, bad + bad + bad + bad + bye);
    EXPECT_EQ(r.told, lines(4, "error unknown command @2"));
    EXPECT_EQ(said_to(bad_lines(1) + "b NOOP\r\n" + bad_lines(1), stranger(l)), bad + "b OK done\r\n" + bad);
    EXPECT_EQ(said_to(bad_lines(2) + "b NOOP\r\n", stranger(l)), bad + bad + bye);
}

// What ends an exchange or IDLE is a bad command as well.
TEST(imap_server_limits, ST_46_G6_bad_lines_of_an_exchange_and_of_IDLE) {
    const limits l{.bad_commands = 2, .bad_commands_before_login = 2};
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\n!\r\n" + bad_lines(1), stranger(l)),
              "+ \r\na BAD no base64\r\n" + bad + bye);
    EXPECT_EQ(said_to("a IDLE\r\nx\r\n" + bad_lines(1), with(l)), "+ idling\r\na BAD DONE is expected\r\n" + bad + bye);
    EXPECT_EQ(said_to("a LOGIN {9999}\r\na LOGIN {9999}\r\n", stranger(l)),
              "a BAD literal too big\r\na BAD literal too big\r\n" + bye);
}

TEST(imap_server_limits, ST_47_commands_before_login) {
    const limits l{.bad_commands_before_login = 9, .commands_before_login = 3};
    const std::string often = "* BYE too many commands\r\n";
    EXPECT_EQ(said_to("a NOOP\r\nb NOOP\r\nc LOGIN u p\r\nd NOOP\r\ne NOOP\r\n", stranger(l)),
              "a OK done\r\nb OK done\r\nc OK done\r\nd OK done\r\ne OK done\r\n");
    EXPECT_EQ(said_to("a NOOP\r\nb NOOP\r\nc NOOP\r\nd LOGIN u p\r\ne NOOP\r\n", stranger(l)),
              "a OK done\r\nb OK done\r\nc OK done\r\n" + often);
    EXPECT_EQ(said_to("a NOOP\r\n" + bad_lines(3), stranger(l)), "a OK done\r\n" + bad + bad + bad + bye);
    EXPECT_EQ(said_to("a AUTHENTICATE PLAIN\r\n*\r\nb NOOP\r\nc NOOP\r\n", stranger(l)).find("BYE") ==
                  std::string::npos,
              false)
        << "a cancelled exchange is a command as well";
}

TEST(imap_server_limits, C2_depth) {
    const setting how{.selected = true, .options = {.limits = {.depth = 3}}};
    EXPECT_EQ(said_to("a SEARCH (((ALL)))\r\nb SEARCH ((((ALL))))\r\nc SEARCH ((((\r\nd NOOP\r\n", how),
              "a OK done\r\nb BAD too deep\r\nc BAD too deep\r\nd OK done\r\n");
}

} // namespace
} // namespace mailwire::imap
