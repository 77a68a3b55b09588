// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/command.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using namespace std::string_view_literals;

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i != times; ++i)
        result += text;
    return result;
}

TEST(command, lines_that_are_none) {
    test::bad_commands({
        {"L-30", "a NOOP\n", errc::syntax, 6},
        {"L-30", "a NO\rOP\r\n", errc::syntax, 4},
        {"P12", "a  NOOP\r\n", errc::syntax, 2},
        {"P12", "a NOOP \r\n", errc::syntax, 6},
        {"P12", " a NOOP\r\n", errc::syntax, 0},
        {"P12", "\r\n", errc::syntax, 0},
        {"P12", "a\r\n", errc::syntax, 1},
        {"P12", "a \r\n", errc::syntax, 2},
        {"L-3", "a+ NOOP\r\n", errc::syntax, 1},
        {"L-3", "+ NOOP\r\n", errc::syntax, 0},
        {"L-3", "\"a\" NOOP\r\n", errc::syntax, 0},
        {"D5", "tag\x01 NOOP\r\n", errc::syntax, 3},
        {"D5", "tag% NOOP\r\n", errc::syntax, 3},
        {"D5", "tag* NOOP\r\n", errc::syntax, 3},
        {"D5", "t\xff NOOP\r\n", errc::syntax, 1},
        {"B1-2", "a NOOP x\r\n", errc::syntax, 6},
        {"B4-12", "a UID NOOP\r\n", errc::syntax, 2},
        {"B4-12", "a UID UID FETCH 1 FLAGS\r\n", errc::syntax, 2},
        {"B4-12", "a UID  COPY 1 x\r\n", errc::syntax, 2},
        {"B4-12", "a UID\r\n", errc::syntax, 2},
        {"B1-2", "a \"NOOP\"\r\n", errc::syntax, 2},
    });
    // A command nobody knows is one, with whatever is behind its name.
    test::good_commands({
        {"ST-9", "a X-FOO\r\n"},
        {"ST-9", "a NOOPX\r\n"},
        {"ST-9", "a NOOP-X \"(\r\n"},
        {"ST-9", "a X-FOO {3+}\r\na\r\n\r\n"},
        {"ST-9", "a UIDX 1\r\n"},
    });
}

// A7, A13, A15, A16
TEST(command, strings) {
    test::good_commands({
        {"A7", "a LOGIN {0+}\r\n {0+}\r\n\r\n", "a LOGIN \"\" \"\"\r\n"},
        {"A16", "a LOGIN \"\\\\\\\\\\\\\" \"\\\"\"\r\n"},
        {"A6", "a LOGIN NIL NIL\r\n"},
        {"A5", "a LOGIN \"fake {50}\" {2}\r\n\"\\\r\n", "a LOGIN \"fake {50}\" \"\\\"\\\\\"\r\n"},
        {"L-6", "a LOGIN {4}\r\nfred {3}\r\nabc\r\n", "a LOGIN fred abc\r\n"},
    });
    test::bad_commands({
        {"A13", "a LOGIN {}\r\n", errc::syntax, 9},
        {"A13", "a LOGIN {+}\r\n", errc::syntax, 9},
        {"A13", "a LOGIN { 3}\r\n", errc::syntax, 9},
        {"A13", "a LOGIN {3 }\r\n", errc::syntax, 10},
        {"A13", "a LOGIN {+3}\r\n", errc::syntax, 9},
        {"A13", "a LOGIN {3\r\n", errc::syntax, 10},
        {"A13", "a LOGIN {-1}\r\n", errc::syntax, 9},
        {"A13", "a LOGIN {0x3}\r\n", errc::syntax, 10},
        {"A13", "a LOGIN {3}}\r\n", errc::syntax, 11},
        {"B1", "a LOGIN {9223372036854775808}\r\n", errc::number_too_big, 8},
        {"B1", "a LOGIN {99999999999999999999}\r\n", errc::number_too_big, 8},
        {"A15", "a LOGIN \"a\0b\" \"x\"\r\n"sv, errc::syntax, 10},
        {"A15", "a LOGIN a\0b x\r\n"sv, errc::syntax, 9},
        {"A15", "a LOGIN {3+}\r\na\0b x\r\n"sv, errc::syntax, 15},
        {"A16", "a LOGIN \"u\\1\" \"pass\"\r\n", errc::syntax, 11},
        {"A16", "a LOGIN \"u\\\" pass\r\n", errc::syntax, 17},
        {"L-8", "a LOGIN ~{1}\r\nx x\r\n", errc::syntax, 9},
        {"B2-6", "a LOGIN x\r\n", errc::syntax, 9},
        {"B2-6", "a LOGIN x y z\r\n", errc::syntax, 11},
        {"B2-6", "a LOGIN x  y\r\n", errc::syntax, 10},
        {"B2-6", "a LOGIN (x) y\r\n", errc::syntax, 8},
    });
    const std::string more = "a LOGIN {4097+}\r\n" + std::string(4097, 'x') + " y\r\n";
    test::bad_commands({{"L-7", more, errc::literal_too_big, 8}});
}

// B3-16, A16: what an APPEND has between its mailbox and its message.
TEST(command, append) {
    test::good_commands({
        {"B3-16", "a APPEND saved {3}\r\nabc\r\n"},
        {"B3-16", "a APPEND saved (\\Seen) {3+}\r\nabc\r\n"},
        {"B3-16", "a APPEND saved () {3}\r\nabc\r\n", "a APPEND saved {3}\r\nabc\r\n", true},
        {"B3-16", "a APPEND x \" 7-Feb-1994 21:52:25 -0800\" {1+}\r\nm\r\n"},
        {"B3-16", "a APPEND {1+}\r\nx (a b) \"17-Feb-1994 21:52:25 -0800\" {0+}\r\n\r\n",
         "a APPEND x (a b) \"17-Feb-1994 21:52:25 -0800\" {0+}\r\n\r\n"},
    });
    test::bad_commands({
        {"B3-16", "a APPEND saved \"abc\"\r\n", errc::syntax, 16},
        {"B3-16", "a APPEND saved\r\n", errc::syntax, 14},
        {"B3-16", "a APPEND saved {3}\r\nabcd\r\n", errc::syntax, 23},
        {"B3-16", "a APPEND saved {3}\r\nab", errc::syntax, 22},
        {"B3-16", "a APPEND saved (\\Recent) {1}\r\na\r\n", errc::syntax, 16},
        {"B3-16", "a APPEND saved \"7-Feb-1994 21:52:25 -0800\" {1}\r\na\r\n", errc::syntax, 17},
        {"A15", "a APPEND saved {3}\r\na\0b\r\n"sv, errc::syntax, 21},
    });
}

TEST(command, sets_and_items) {
    test::bad_commands({
        {"B5", "a FETCH 0 FLAGS\r\n", errc::syntax, 8},
        {"B5", "a UID FETCH 01 FLAGS\r\n", errc::syntax, 12},
        {"B5", "a FETCH 4294967296 FLAGS\r\n", errc::number_too_big, 8},
        {"B7", "a FETCH 1: FLAGS\r\n", errc::syntax, 10},
        {"B7", "a FETCH :1 FLAGS\r\n", errc::syntax, 8},
        {"B7", "a FETCH 1,,2 FLAGS\r\n", errc::syntax, 10},
        {"B7", "a FETCH 1,2, FLAGS\r\n", errc::syntax, 12},
        {"B9", "a FETCH 1 BODY[]<0.0>\r\n", errc::syntax, 19},
        {"B9", "a FETCH 1 BODY[]<18446744073709551616.1>\r\n", errc::number_too_big, 17},
        {"B4-8", "a FETCH 1 (ALL)\r\n", errc::syntax, 11},
        {"B4-8", "a FETCH 1 ALL FLAGS\r\n", errc::syntax, 14},
        {"B4-7", "a FETCH 1 ()\r\n", errc::syntax, 11},
        {"B4-7", "a FETCH 1 FLAGS UID\r\n", errc::syntax, 16},
        {"B4-7", "a FETCH 1 (FLAGS  UID)\r\n", errc::syntax, 17},
        {"B4-7", "a FETCH 1 (FLAGS UID )\r\n", errc::syntax, 21},
        {"B4-7", "a FETCH 1 (X-FOO)\r\n", errc::syntax, 11},
        {"B4-9", "a STORE 1 +FLAGS \\Recent\r\n", errc::syntax, 17},
        {"B4-9", "a STORE 1 *FLAGS \\Seen\r\n", errc::syntax, 10},
        {"B4-9", "a STORE 1 FLAGS.SILENTLY \\Seen\r\n", errc::syntax, 22},
        {"B4-9", "a STORE 1 FLAGS\r\n", errc::syntax, 15},
        {"B3-15", "a STATUS x ()\r\n", errc::syntax, 12},
        {"B3-15", "a STATUS x (FOO)\r\n", errc::syntax, 12},
        {"B3-15", "a STATUS x MESSAGES\r\n", errc::syntax, 11},
        {"B4-4", "a SEARCH\r\n", errc::syntax, 8},
        {"B4-4", "a SEARCH \r\n", errc::syntax, 9},
        {"B4-4", "a SEARCH FOO\r\n", errc::syntax, 9},
        {"B4-6", "a SEARCH CHARSET UTF-8\r\n", errc::syntax, 22},
        {"B4-6", "a SEARCH ALL CHARSET UTF-8\r\n", errc::syntax, 13},
        {"B7-3", "a SEARCH KEYWORD \\Seen\r\n", errc::syntax, 17},
        {"B7-9", "a SEARCH OR SEEN\r\n", errc::syntax, 16},
        {"B7-9", "a SEARCH NOT\r\n", errc::syntax, 12},
        {"B7-9", "a SEARCH ()\r\n", errc::syntax, 10},
    });
}

// RFC 9586 3: without message numbers only the commands on unique identifiers are left, and of the sets "$" as a key.
TEST(command, without_message_numbers) {
    const dialect rules{.forms = ~forms::message_numbers};
    test::bad_commands(
        {
            {"X-9586-3", "a FETCH 1 FLAGS\r\n", errc::syntax, 7},
            {"X-9586-3", "a STORE 1 FLAGS ()\r\n", errc::syntax, 7},
            {"X-9586-3", "a COPY 1 x\r\n", errc::syntax, 6},
            {"X-9586-3", "a MOVE 1 x\r\n", errc::syntax, 6},
            {"X-9586-3", "a SEARCH ALL\r\n", errc::syntax, 8},
            {"X-9586-3", "a UID SEARCH 1:5\r\n", errc::syntax, 13},
            {"X-9586-3", "a UID SEARCH NOT 1\r\n", errc::syntax, 17},
            {"X-9586-3", "a UID SEARCH (1)\r\n", errc::syntax, 14},
        },
        rules);
    test::good_commands(
        {
            {"X-9586-3", "a UID FETCH 1 (FLAGS)\r\n"},
            {"X-9586-3", "a UID STORE 1 FLAGS ()\r\n"},
            {"X-9586-3", "a UID COPY 1 x\r\n"},
            {"X-9586-3", "a UID MOVE 1 x\r\n"},
            {"X-9586-3", "a UID SEARCH UID 1:5 $\r\n"},
            {"X-9586-3", "a UID EXPUNGE 1\r\n"},
            {"X-9586-3", "a EXPUNGE\r\n"},
        },
        rules);
}

// P10: what RFC 3501 counts in 32 bits.
TEST(command, numbers_of_revision_1) {
    const dialect rules{.forms = ~forms::rev2};
    test::good_commands(
        {{"P10", "a SEARCH LARGER 4294967295\r\n"}, {"P10", "a FETCH 1 (BODY[]<4294967295.4294967295>)\r\n"}}, rules);
    test::bad_commands({{"P10", "a SEARCH SMALLER 4294967296\r\n", errc::number_too_big, 17},
                        {"P10", "a FETCH 1 BODY[]<4294967296.1>\r\n", errc::number_too_big, 17},
                        {"P10", "a FETCH 1 BODY[]<0.4294967296>\r\n", errc::number_too_big, 19}},
                       rules);
    test::good_responses({{"P10", "* 1 FETCH (RFC822.SIZE 4294967295)\r\n"}}, rules);
    test::bad_responses({{"P10", "* 1 FETCH (RFC822.SIZE 4294967296)\r\n", errc::number_too_big, 23}}, rules);
}

// P12, quirks::command_trailing_space
TEST(command, trailing_space) {
    token tape[64];
    for (const std::string_view line :
         {"a NOOP", "a LOGIN x y", "a FETCH 1 (FLAGS)", "a FETCH 1 FLAGS", "a SEARCH ALL", "a STORE 1 FLAGS \\Seen"}) {
        const std::string wire = std::string(line) + " \r\n";
        SCOPED_TRACE(wire);
        parse_options options;
        EXPECT_FALSE(parse_command(wire, tape, options));
        options.dialect.quirks = ~quirks::command_trailing_space;
        EXPECT_FALSE(parse_command(wire, tape, options));
        options.dialect.quirks = quirks::of_clients;
        const auto read = parse_command(wire, tape, options);
        EXPECT_TRUE(read);
        EXPECT_EQ(read.quirks, quirks::command_trailing_space);
        EXPECT_EQ(parse_command(std::string(line) + "\r\n", tape, options).quirks, 0U);
        EXPECT_FALSE(parse_command(std::string(line) + "  \r\n", tape, options));
    }
}

// C2: parentheses, NOT and OR are a level each; 64 are good, 65 are not.
TEST(command, search_nests_as_deep_as_the_limit) {
    const auto parens = [](std::size_t n) {
        return "a SEARCH " + repeated("(", n) + "ALL" + repeated(")", n) + "\r\n";
    };
    const auto nots = [](std::size_t n) { return "a UID SEARCH " + repeated("NOT ", n) + "ALL\r\n"; };
    const auto ors = [](std::size_t n) { return "a SEARCH " + repeated("OR 1 ", n) + "1\r\n"; };
    const auto left_ors = [](std::size_t n) {
        return "a SEARCH " + repeated("OR ", n) + "1" + repeated(" 1", n) + "\r\n";
    };
    const auto mixed = [](std::size_t n) {
        return "a SEARCH " + repeated("NOT (", n) + "1" + repeated(")", n) + "\r\n";
    };
    test::good_commands(
        {{"C2", parens(64)}, {"C2", nots(64)}, {"C2", ors(64)}, {"C2", left_ors(64)}, {"C2", mixed(32)}});
    test::bad_commands({
        {"C2", parens(65), errc::too_deep, 9 + 64},
        {"C2", nots(65), errc::too_deep, 13 + 4 * 65},
        {"C2", ors(65), errc::too_deep, 9 + 3 + 5 * 64},
        {"C2", left_ors(65), errc::too_deep, 9 + 3 * 65},
        {"C2", mixed(33), errc::too_deep, 9 + 5 * 32 + 4},
        {"C5", "a SEARCH " + repeated("(", 100000) + "\r\n", errc::too_deep, 9 + 64},
        {"C5", "a SEARCH " + repeated("(", 65) + "\r\n", errc::too_deep, 9 + 64},
    });
}

} // namespace
} // namespace mailwire::imap::grammar
