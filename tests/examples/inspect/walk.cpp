// SPDX-License-Identifier: BSL-1.0
#include "inspect/walk.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace inspect::test {
namespace {

using mailwire::side;

// A unit in one line: its offset, its verdict, what it is, and its remarks.
std::string line_of(const unit& read) {
    std::string result = std::to_string(read.offset) + " " + std::string(name_of(read.judged)) + " " + read.what;
    if (const std::string more = remarks(read); !more.empty()) result += " (" + more + ")";
    return result;
}

std::vector<std::string> walked(std::string_view stream, const settings& reading) {
    std::vector<std::string> result;
    walk(stream, reading, [&result](const unit& read) { result.push_back(line_of(read)); });
    return result;
}

TEST(walk, goes_on_behind_bad_units) {
    const settings reading(protocol::imap, side::server);
    const std::vector<std::string> expected{
        "0 accept greeting OK",  "9 reject response",  "28 unknown data XFOO", "36 reject response",
        "47 accept data EXISTS", "59 reject response", "89 accept tagged OK",  "98 incomplete response",
    };
    EXPECT_EQ(
        walked("* OK hi\r\n"
               "* 1 FETCH (UID 0)\r\n"
               "* XFOO\r\n"
               "* 1 EXISTS\n"
               "* 2 EXISTS\r\n"
               "* LIST () {3}\r\na\r\n \"/\" INBOX\r\n" // the literal is none of the grammar's, yet no line either
               "a1 OK x\r\n"
               "* 3 EX",
               reading),
        expected);
    EXPECT_TRUE(walked("", reading).empty());
}

TEST(walk, goes_on_behind_bad_commands) {
    const std::vector<std::string> expected{"0 reject command", "18 accept command NOOP", "27 unknown command XFOO"};
    EXPECT_EQ(walked("a1 LOGIN {2}\r\nab\r\na2 NOOP\r\na3 XFOO\r\n", settings(protocol::imap, side::client)), expected);
}

TEST(walk, pairs_answers_with_commands) {
    const std::string_view client = "USER joe\r\nXTND\r\nLIST\r\nRETR 1\r\nRETR 0\r\nLIST 1\r\nQUIT\r\n";
    const std::string_view server = "+OK hello\r\n"
                                    "+OK\r\n"
                                    "-ERR what\r\n"
                                    "+OK\r\n1 120\r\n.\r\n"
                                    "+OK\r\nHi\r\n.\r\n"
                                    "-ERR no\r\n"
                                    "+OK 1\r\n"
                                    "+OK bye\r\n"
                                    "+OK more\r\n";
    const std::vector<std::string> expected{
        "0 accept greeting",
        "11 accept answer +OK",
        "16 accept answer -ERR (to XTND, which is not known: read as one line)",
        "27 accept answer +OK",
        "42 accept answer +OK (a message of 4 octets)",
        "54 accept answer -ERR",
        "63 reject answer",
        "70 accept answer +OK",
        "79 accept answer +OK (to no command: read as one line)",
    };
    std::vector<std::string> result;
    walk_answers(server, client, settings(protocol::pop3, side::server),
                 [&result](const unit& read) { result.push_back(line_of(read)); });
    EXPECT_EQ(result, expected);
}

} // namespace
} // namespace inspect::test
