// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/ext/auth.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

std::array<token, tokens_of_a_line> tape;

std::string written(const auth& command) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_command(sink, command);
    return fault == misuse::none ? line : name_of(fault);
}

TEST(auth, is_written) {
    EXPECT_EQ(written({"PLAIN"}), "AUTH PLAIN\r\n");
    EXPECT_EQ(written({"PLAIN", "AGEAYg=="}), "AUTH PLAIN AGEAYg==\r\n");
    EXPECT_EQ(written({"EXTERNAL", "="}), "AUTH EXTERNAL =\r\n");
    // RFC 2449 4: 255 octets with the CRLF. A longer initial response has to wait for a challenge.
    EXPECT_EQ(written({"PLAIN", std::string(240, 'A')}).size(), 253U);
    EXPECT_EQ(written({"PLAIN", std::string(244, 'A')}), "bad value");
}

TEST(auth, with_values_that_no_line_can_carry_is_refused) {
    EXPECT_EQ(written({}), "bad value");
    EXPECT_EQ(written({"plain"}), "bad value");
    EXPECT_EQ(written({"X Y"}), "bad value");
    EXPECT_EQ(written({"PLAIN\r\nQUIT"}), "bad value");
    EXPECT_EQ(written({std::string(21, 'X')}), "bad value");
    EXPECT_EQ(written({"PLAIN", "*"}), "bad value");
    EXPECT_EQ(written({"PLAIN", "AAA"}), "bad value");
    EXPECT_EQ(written({"PLAIN", "AAAA\r\nQUIT"}), "bad value");
    EXPECT_EQ(written({"PLAIN", "AAAA "}), "bad value");
}

TEST(auth, is_read) {
    const auto read = [](std::string_view line, std::uint32_t tolerated = 0) {
        const auto result = parse_command(line, tape, {.quirks = tolerated});
        EXPECT_TRUE(result && result.value.is<auth>()) << line;
        return result.value.as<auth>();
    };
    EXPECT_EQ(read("auth PLAIN\r\n").mechanism, "PLAIN");
    EXPECT_EQ(read("AUTH PLAIN\r\n").initial_response, "");
    EXPECT_EQ(read("AUTH PLAIN AGEAYg==\r\n").initial_response, "AGEAYg==");
    EXPECT_EQ(read("AUTH EXTERNAL =\r\n").initial_response, "=");
    EXPECT_EQ(read("AUTH\r\n", quirks::auth_without_mechanism).mechanism, "");
    EXPECT_EQ(read("AUTH\r\n", quirks::auth_without_mechanism).initial_response, "");
    EXPECT_EQ(read("AUTH plain\r\n", quirks::mechanism_in_any_case).mechanism, "plain");
}

// With a mechanism it begins an exchange, without one it asks for a list.
static_assert(auth{"PLAIN"}.role() == command_role::auth && auth{"PLAIN"}.answer() == answer_form::sasl);
static_assert(auth{}.role() == command_role::before_login && auth{}.answer() == answer_form::mechanisms);
static_assert(!is_multi_line(answer_form::sasl) && is_multi_line(answer_form::mechanisms));

} // namespace
} // namespace mailwire::pop3::test
