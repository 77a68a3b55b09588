// SPDX-License-Identifier: BSL-1.0
#include <mailwire/pop3/client.hpp>
#include <mailwire/pop3/server.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

TEST(separate, lines_are_read) {
    token tape[tokens_of_a_line];
    EXPECT_TRUE(parse_greeting("+OK ready\r\n"));
    EXPECT_TRUE(parse_challenge("+ \r\n"));
    EXPECT_TRUE(parse_sasl_line("*\r\n"));
    EXPECT_TRUE(parse_command("NOOP\r\n", tape));
    EXPECT_TRUE(parse_capability("TOP\r\n", tape));
    EXPECT_TRUE(parse_reply("+OK\r\n", answer_form::text));
    EXPECT_TRUE(parse_reply("+OK 1 2\r\n", answer_form::drop_listing));
    EXPECT_TRUE(parse_reply("+OK 1 2\r\n", answer_form::scan_listing));
    EXPECT_TRUE(parse_reply("+OK 1 a\r\n", answer_form::unique_id));
    EXPECT_TRUE(parse_reply("+OK en English\r\n", answer_form::language));
    EXPECT_TRUE(parse_scan_listing("1 2\r\n"));
    EXPECT_TRUE(parse_unique_id("1 a\r\n"));
    EXPECT_TRUE(parse_language_listing("en English\r\n"));
    EXPECT_TRUE(parse_mechanism_listing("PLAIN\r\n"));
    EXPECT_FALSE(parse_scan_listing("1\r\n"));
}

} // namespace
} // namespace mailwire::pop3
