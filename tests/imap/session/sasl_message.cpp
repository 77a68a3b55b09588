// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/sasl_message.hpp"

#include "support/pipe.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

// A message that stands in a receive buffer, behind a unit of another client.
class sasl_message_test : public testing::Test {
protected:
    std::string_view line(std::string_view octets) {
        (void)test::receive(in_, octets, octets.size());
        const step s = in_.next();
        EXPECT_EQ(s.kind, step_kind::unit);
        return s.text.substr(0, s.text.size() - 2);
    }

    std::array<char, 256> storage_;
    receiver in_{storage_, {}, side::client, 200};
    sasl_message message_;
};

TEST_F(sasl_message_test, FR_23_of_a_command) {
    (void)line("z NOOP\r\n");
    const std::string_view command = line("a AUTHENTICATE X AAECAw==\r\n");
    EXPECT_TRUE(message_.begin({"X", command.substr(17)}, in_));
    EXPECT_TRUE(message_.is_first());
    EXPECT_EQ(message_.octets(in_), std::string_view("\0\1\2\3", 4));
}

// "=" is an empty one, and none is none (RFC 4959 3).
TEST_F(sasl_message_test, FR_23_without_octets) {
    const std::string_view command = line("a AUTHENTICATE X =\r\n");
    EXPECT_TRUE(message_.begin({"X", command.substr(17)}, in_));
    EXPECT_EQ(message_.octets(in_), "");
    (void)line("a AUTHENTICATE X\r\n");
    EXPECT_TRUE(message_.begin({"X", {}}, in_));
    EXPECT_FALSE(message_.octets(in_).has_value());
    EXPECT_TRUE(message_.is_first());
}

TEST_F(sasl_message_test, D3_that_is_no_base64) {
    const std::string_view command = line("a AUTHENTICATE X AAE\r\n");
    EXPECT_FALSE(message_.begin({"X", command.substr(17)}, in_));
    EXPECT_FALSE(message_.next(line("AAE\r\n"), in_));
    EXPECT_EQ(message_.next(line("AAAA!AAA\r\n"), in_).offset, 4U);
}

TEST_F(sasl_message_test, FR_21_of_a_line) {
    EXPECT_TRUE(message_.next(line("YWJj\r\n"), in_));
    EXPECT_FALSE(message_.is_first());
    EXPECT_EQ(message_.octets(in_), "abc");
    EXPECT_TRUE(message_.next(line("\r\n"), in_));
    EXPECT_EQ(message_.octets(in_), "");
}

} // namespace
} // namespace mailwire::imap::detail
