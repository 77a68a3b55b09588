// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/command_reader.hpp>

#include "pop3/steps.hpp"

namespace mailwire::pop3::test {
namespace {

void check(std::string_view wire, std::string_view says, bool in_exchange, const parse_options& options = {}) {
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        const reading heard = read_client(pieces, in_exchange, options);
        EXPECT_EQ(heard.says, says) << wire << mailwire::test::describe_split(pieces);
        EXPECT_EQ(heard.left, "") << wire << mailwire::test::describe_split(pieces);
    });
}

// PS-5: names are taken in any case.
TEST(command_reader, reads_commands) {
    check("QUIT\r\nretr 3\r\nAuTh PLAIN =\r\nXTND a b\r\n", "QUIT; RETR 3; AUTH PLAIN [=]; unknown XTND [a b]", false);
    check("RETR 0\r\nNOOP\r\n", "fault syntax at 5; NOOP", false);
    check("NOOP\nSTAT\r\nNOOP\r\n", "fault bare line feed at 4; NOOP", false);
    check("*\r\nNOOP\r\n", "fault syntax at 1; NOOP", false);
}

// PC-13: within an exchange every line is base64 or "*".
TEST(command_reader, reads_the_lines_of_an_exchange) {
    check("dGVzdA==\r\n\r\n*\r\n", "response [dGVzdA==]; response []; cancel", true);
    check("QUIT\r\n", "response [QUIT]", true);
    check("NOOP x\r\nAAAA\r\n", "fault syntax at 4; response [AAAA]", true);
    check("AAA\r\nAAAA\r\n", "fault syntax at 3; response [AAAA]", true);
    check("=\r\n", "fault syntax at 0", true);
}

// PS-7: a command has 255 octets; a line of an exchange may have more (RFC 5034 4).
TEST(command_reader, has_a_limit_for_either_kind_of_line) {
    command_reader<> reader(255, 1000, {});
    const std::string longest = "PASS " + std::string(248, 'x') + "\r\n";
    ASSERT_EQ(longest.size(), 255U);
    EXPECT_EQ(reader.next(longest).part, command_part::command);
    const std::string longer = "PASS " + std::string(249, 'x') + "\r\n";
    EXPECT_EQ(reader.next(longer).fault.code, errc::unit_too_long);
    EXPECT_TRUE(reader.refusing());
    const std::string rest = longer.substr(longer.size() - 1);
    EXPECT_EQ(reader.next(rest).part, command_part::none);
    EXPECT_FALSE(reader.refusing());
    reader.set_exchange(true);
    const std::string response = std::string(996, 'A') + "\r\n";
    EXPECT_EQ(reader.next(response).part, command_part::response);
    EXPECT_EQ(reader.next(std::string(1000, 'A') + "\r\n").fault.code, errc::unit_too_long);
}

// What a session needs of a command it does not know by name.
TEST(command_reader, says_what_a_command_means) {
    command_reader<> reader(255, 1000, {});
    command_step step = reader.next("AUTH PLAIN AHVz\r\n");
    EXPECT_EQ(step.role, command_role::auth);
    EXPECT_EQ(step.form, answer_form::sasl);
    EXPECT_EQ(step.base64, "AHVz");
    step = reader.next("UIDL\r\n");
    EXPECT_EQ(step.form, answer_form::unique_ids);
    EXPECT_EQ(step.used, 6U);
    step = reader.next("STLS\r\nrest");
    EXPECT_EQ(step.role, command_role::stls);
    EXPECT_EQ(step.used, 6U);
}

// PC-21: UTF-8 in names and passwords where it is agreed on, and only there.
TEST(command_reader, takes_utf8_where_told_to) {
    check("USER caf\xc3\xa9\r\n", "fault syntax at 8", false);
    check("USER caf\xc3\xa9\r\n", "USER [caf\xc3\xa9]", false, {.utf8 = true});
    check("PASS caf\xc3\r\n", "fault syntax at 8", false, {.utf8 = true});
}

} // namespace
} // namespace mailwire::pop3::test
