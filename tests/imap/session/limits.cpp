// SPDX-License-Identifier: BSL-1.0
// Each limit with just what it allows and with one more, and the unit behind it.
#include "mailwire/imap.hpp"

#include "imap/session/server_talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_box;
using test::feed;
using test::flush;
using test::lines;
using test::server_box;
using test::sizes;

// What a client says to a unit and the one behind it, the same in every split. Its mailbox has two messages.
lines client_says(const std::string& unit, const sizes& s, const limits& l) {
    lines first;
    test::for_each_split(unit + "* 7 EXISTS\r\n", [&](std::span<const std::string_view> pieces) {
        client_box box(s, {.limits = l, .tls = tls_policy::optional});
        test::greet(box.session, 0);
        (void)feed(box.session, "* 2 EXISTS\r\n");
        lines log;
        for (const std::string_view piece : pieces)
            feed(box.session, piece, log);
        if (pieces.size() == 1) first = log;
        EXPECT_EQ(log, first) << test::describe_split(pieces) << " of " << unit;
    });
    EXPECT_EQ(first.back(), "response * 7 EXISTS\r\n");
    return first;
}
lines server_says(const std::string& unit, const sizes& s, const limits& l) {
    const auto r = test::talk(unit + "z NOOP\r\n", {.options = {.limits = l}, .sizes = s});
    EXPECT_EQ(r.told.back(), "command z NOOP\r\n");
    return r.told;
}

std::string literal(std::size_t octets, const char* plus = "") {
    return "{" + std::to_string(octets) + plus + "}\r\n" + std::string(octets, 'x');
}

TEST(imap_limits, B12_E_unit_too_long_by_limit_or_by_buffer) {
    for (const sizes& s : {sizes{.in = 200}, sizes{.in = 100}}) {
        const limits l{.unit = s.in == 200 ? 100U : 65536U};
        const std::string fits = "* OK " + std::string(93, 'x') + "\r\n";
        EXPECT_EQ(client_says(fits, s, l)[0], "response " + fits);
        EXPECT_EQ(client_says("* OK " + std::string(94, 'x') + "\r\n", s, l)[0], "error unit too long @100 101/100");
        EXPECT_EQ(client_says("* OK " + std::string(5000, 'x') + "\r\n", s, l)[0], "error unit too long @100 101/100");
        const std::string command = "a CREATE " + std::string(89, 'x') + "\r\n";
        EXPECT_EQ(server_says(command, s, l)[0], "command " + command);
        EXPECT_EQ(server_says("a CREATE " + std::string(90, 'x') + "\r\n", s, l)[0],
                  "error unit too long @100 101/100");
        EXPECT_EQ(server_says("a CREATE " + std::string(5000, 'x') + "\r\n", s, l)[0],
                  "error unit too long @100 101/100");
    }
}

// FR-20: a server with the usual storage takes command lines of 8192 octets and more (RFC 7162 4).
TEST(imap_limits, FR_20_the_usual_storage_takes_long_commands) {
    server_storage<> storage;
    server session(storage.buffers());
    (void)session.greet({condition::preauth, {}, "hi"});
    EXPECT_EQ(feed(session, "a CREATE " + std::string(8192, 'x') + "\r\n").at(0).substr(0, 10), "command a ");
}

TEST(imap_limits, a_literal_is_kept_up_to_the_inline_limit) {
    const limits l{.inline_literal = 10};
    const auto fetch = [](std::size_t n) { return "* 1 FETCH (BODY[] " + literal(n) + ")\r\n"; };
    EXPECT_EQ(client_says(fetch(10), {}, l), (lines{"response " + fetch(10), "response * 7 EXISTS\r\n"}));
    EXPECT_EQ(client_says(fetch(11), {}, l),
              (lines{"literal 11 of 1 [.]", "octets xxxxxxxxxxx", "literal end",
                     "response * 1 FETCH (BODY[] {11}\r\n)\r\n", "response * 7 EXISTS\r\n"}));
    EXPECT_EQ(server_says("a CREATE " + literal(10, "+") + "\r\n", {}, l)[0], "command a CREATE xxxxxxxxxx\r\n");
    EXPECT_EQ(server_says("a CREATE " + literal(11, "+") + "\r\n", {}, l)[0], "error literal too big @9 11/10");
}

TEST(imap_limits, a_literal_that_fills_the_buffer) {
    // 18 octets, header 6, octets, ")" CRLF
    const auto fetch = [](std::size_t n) { return "* 1 FETCH (BODY[] " + literal(n) + ")\r\n"; };
    EXPECT_EQ(client_says(fetch(72), {.in = 99}, {})[0], "response " + fetch(72));
    EXPECT_EQ(client_says(fetch(73), {.in = 99}, {})[0], "error unit too long @99 100/99");
    EXPECT_EQ(client_says(fetch(74), {.in = 99}, {})[0], "literal 74 of 1 [.]");
}

TEST(imap_limits, A2_B1_literal_too_big) {
    const limits l{.inline_literal = 10, .literal = 1000};
    EXPECT_EQ(client_says("* 1 FETCH (BODY[] " + literal(1000) + ")\r\n", {}, l)[0], "literal 1000 of 1 [.]");
    EXPECT_EQ(client_says("* 1 FETCH (BODY[] " + literal(1001) + ")\r\n", {}, l),
              (lines{"error literal too big @18 1001/1000", "response * 7 EXISTS\r\n"}));
    EXPECT_EQ(server_says("a APPEND x " + literal(1000, "+") + "\r\n", {}, l)[0], "literal 1000 of a");
    EXPECT_EQ(server_says("a APPEND x " + literal(1001, "+") + "\r\n", {}, l)[0],
              "error literal too big @11 1001/1000");
    EXPECT_EQ(server_says("a APPEND x {1001}\r\n", {}, l)[0], "error literal too big @11 1001/1000");
    EXPECT_EQ(server_says("a APPEND x {4294967296}\r\n", {}, {})[0], "error literal too big @11 4294967296/2147483648");
    EXPECT_EQ(server_says("a APPEND x {9223372036854775807}\r\n", {}, {}).size(), 2U);
}

TEST(imap_limits, B3_too_many_literals) {
    const auto search = [](std::size_t n, std::size_t octets) {
        std::string text = "a SEARCH";
        while (n-- != 0)
            text += " SUBJECT " + literal(octets, "+");
        return text + "\r\n";
    };
    const auto says = [&](const std::string& unit, const limits& l) {
        return server_says("s SELECT x\r\n" + unit, {.in = 9000, .tape = 9000}, l).at(1);
    };
    EXPECT_TRUE(says(search(64, 1), {}).starts_with("command "));
    EXPECT_EQ(says(search(65, 1), {}), "error too many literals @1041 65/64");
    EXPECT_TRUE(says(search(10, 100), {.command_literals = 1000}).starts_with("command "));
    EXPECT_EQ(says(search(10, 100) + search(10, 100), {.command_literals = 1000}).substr(0, 8), "command ");
    EXPECT_EQ(says(search(11, 100), {.command_literals = 1000}), "error literal too big @1187 1100/1000");

    const auto fetch = [](int n) {
        std::string text = "* 1 FETCH (UID 1";
        for (int i = 1; i <= n; ++i)
            text += " BODY[" + std::to_string(i) + "] " + literal(30);
        return text + ")\r\n";
    };
    const limits l{.inline_literal = 10};
    EXPECT_EQ(client_says(fetch(4), {.elided = 4}, l).size(), 4 * 3 + 2U);
    const lines log = client_says(fetch(5), {.elided = 4}, l);
    ASSERT_EQ(log.size(), 4 * 3 + 2U);
    EXPECT_EQ(log[12], "error too many literals @85 5/4");
}

TEST(imap_limits, too_deep) {
    const auto nest = [](std::size_t n) { return std::string(n, '(') + "ALL" + std::string(n, ')'); };
    const auto says = [&](const std::string& keys) {
        return server_says("s SELECT x\r\na SEARCH " + keys + "\r\n", {}, {.depth = 7}).at(1);
    };
    EXPECT_TRUE(says(nest(7)).starts_with("command "));
    EXPECT_EQ(says(nest(8)), "error too deep @16 8/7");
    EXPECT_EQ(says(std::string(8, '(')), "error too deep @16 8/7");
    const auto x = [&](std::size_t n) {
        return client_says("* 1 FETCH (X " + std::string(n, '(') + "a" + std::string(n, ')') + ")\r\n", {},
                           {.depth = 7})[0];
    };
    EXPECT_TRUE(x(7).starts_with("response "));
    EXPECT_EQ(x(8).substr(0, 15), "error too deep ");
}

TEST(imap_limits, tape_full) {
    const std::string flags = "* FLAGS (a b c d e f g)\r\n"; // an item, a list and a token a flag
    EXPECT_TRUE(client_says(flags, {.tape = 9}, {})[0].starts_with("response "));
    EXPECT_EQ(client_says(flags, {.tape = 8}, {})[0], "error tape full @0 9/8");
    const std::string create = "a RENAME b c\r\n"; // a tag, an item, two names
    EXPECT_EQ(server_says(create, {.tape = 4}, {})[0], "command " + create);
    EXPECT_EQ(server_says(create, {.tape = 3}, {})[0], "error tape full @0 4/3");
}

TEST(imap_limits, commands_in_flight) {
    client_box box({.commands = 3}, {.tls = tls_policy::optional});
    test::greet(box.session, 3);
    EXPECT_EQ(box.session.in_flight_count(), 3U);
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::no_room);
    (void)feed(box.session, "A2 OK x\r\n");
    EXPECT_EQ(box.session.send(noop{}).number, 4U);
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::no_room);
    EXPECT_EQ(feed(box.session, "A4 OK x\r\nA1 OK x\r\nA3 OK x\r\n").size(), 3U);
}

TEST(imap_limits, output_full) {
    client_box box({.out = 20}); // "A1 CREATE " 9 CRLF
    test::greet(box.session, 0);
    EXPECT_EQ(box.session.send(create{"0123456789"}).fault, misuse::no_room);
    EXPECT_TRUE(box.session.output().empty());
    EXPECT_EQ(box.session.send(create{"01234567"}).number, 1U);
    EXPECT_EQ(box.session.send(noop{}).fault, misuse::no_room);
    EXPECT_EQ(flush(box.session), "A1 CREATE 01234567\r\n");
    EXPECT_EQ(box.session.send(noop{}).number, 2U);

    server_box server({.out = 300});
    EXPECT_EQ(server.session.greet({condition::preauth, {}, "hi"}), misuse::none);
    while (server.session.output().size() <= 300 - 12)
        EXPECT_EQ(server.session.send(exists{1}), misuse::none);
    const std::string before(server.session.output());
    EXPECT_EQ(server.session.send(exists{1}), misuse::no_room);
    EXPECT_EQ(server.session.send(status_response{condition::bye, {}, "so long"}), misuse::no_room);
    EXPECT_EQ(flush(server.session), before);
    EXPECT_EQ(server.session.send(exists{1}), misuse::none);
    EXPECT_EQ(flush(server.session), "* 1 EXISTS\r\n");
}

} // namespace
} // namespace mailwire::imap
