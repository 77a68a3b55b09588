// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/session_command.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// B2-2, B2-3
TEST(session_command, authenticate) {
    expect_rule<auth_type>({{"GSSAPI ", 6}, {"SCRAM-SHA-256", 13}, {"\"PLAIN\"", refused}, {"", refused}});
    expect_rule<initial_resp>({
        {"=", 1},
        {"dGVzdAB0ZXN0AHRlc3Q=", 20},
        {"AA==", 4},
        {"+/09", 4},
        {"", refused},
        {"*", refused},
        {"\"AA==\"", refused},
    });
    expect_rule<grammar::authenticate>({
        {" PLAIN", 6},
        {" PLAIN =", 8},
        {" PLAIN AAAA", 11},
        {"", refused},
        {" ", refused},
        {" \"PLAIN\"", refused},
    });
    EXPECT_EQ(test::match<grammar::authenticate>(" PLAIN").tokens.size(), 2U);
    EXPECT_EQ(test::match<grammar::authenticate>(" PLAIN =").tokens.size(), 2U);
}

// B2-4, B2-5, L-20, P8: what a client says while AUTHENTICATE goes on.
TEST(session_command, authenticate_line) {
    expect_rule<authenticate_line>({
        {"\r\n", 2},
        {"*\r\n", 3},
        {"dGVzdAB0ZXN0AHRlc3Q=\r\n", 22},
        {"AAAA\r\n", 6},
        {"AA==\r\n", 6},
        {"=\r\n", refused},
        {"AAA\r\n", refused},
        {"AA=\r\n", refused},
        {"AA==AAAA\r\n", refused},
        {"AB-_\r\n", refused},
        {"*x\r\n", refused},
        {"**\r\n", refused},
        {"AAAA \r\n", refused},
        {"AAAA", refused},
        {"AAAA\r\nAAAA\r\n", refused},
    });
}

// B3-17, X-2177-1
TEST(session_command, idle_done) {
    expect_rule<idle_done>({
        {"DONE\r\n", 6},
        {"done\r\n", 6},
        {"DONE \r\n", refused},
        {" DONE\r\n", refused},
        {"DONE", refused},
        {"a1 DONE\r\n", refused},
        {"NOOP\r\n", refused},
        {"DONE\r\nDONE\r\n", refused},
    });
}

// B2-6, A6
TEST(session_command, login) {
    expect_rule<grammar::login>({
        {" a b", 4},
        {" NIL \"\"", 7},
        {" {1}\r\na {1}\r\nb", 14},
        {" a]b \"c d\"", 10},
        {" a", refused},
        {" a ", refused},
        {"a b", refused},
        {" a%b c", refused},
    });
    expect_rule<userid>({{"fred", 4}, {"\"f d\"", 5}, {"(", refused}});
    expect_rule<password>({{"a]", 2}, {"{0}\r\n", 5}, {"*", refused}});
}

// B3-1, B5-5
TEST(session_command, enable) {
    expect_rule<grammar::enable>({{" CONDSTORE UTF8=ACCEPT", 22}, {"", refused}, {" ", refused}, {" \"X\"", refused}});
    expect_rule<enable_data>({{"", 0}, {" CONDSTORE", 10}, {" A B", 4}, {" A  B", 2}});
    EXPECT_EQ(test::match<enable_data>("").tokens.size(), 1U);
}

} // namespace
} // namespace mailwire::imap::grammar
