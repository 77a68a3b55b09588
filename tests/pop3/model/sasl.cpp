// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/sasl.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

template <typename Write> std::string written(Write write) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write(sink);
    return fault == misuse::none ? line : name_of(fault);
}

std::string line_of(const sasl_line& l) {
    return written([&](auto& sink) { return write_sasl_line(sink, l); });
}
std::string line_of(const challenge& c) {
    return written([&](auto& sink) { return write_challenge(sink, c); });
}
std::string line_of(const mechanism_listing& m) {
    return written([&](auto& sink) { return write_listed(sink, m); });
}

static_assert(mechanism_listing::listed_in == answer_form::mechanisms);

// RFC 5034 4
TEST(sasl, lines_are_written) {
    EXPECT_EQ(line_of(sasl_line{}), "\r\n");
    EXPECT_EQ(line_of(sasl_line{true, {}}), "*\r\n");
    EXPECT_EQ(line_of(sasl_line{false, "AGEAYg=="}), "AGEAYg==\r\n");
    EXPECT_EQ(line_of(challenge{}), "+ \r\n");
    EXPECT_EQ(line_of(challenge{"AGEAYg=="}), "+ AGEAYg==\r\n");
    EXPECT_EQ(line_of(mechanism_listing{"SCRAM-SHA-256"}), "SCRAM-SHA-256\r\n");
}

TEST(sasl, values_that_no_line_can_carry_are_refused) {
    for (const std::string_view bad :
         {"=", "*", "AAA", "AB==", "AAAA ", "AA==\r\n*", "AAAA\nAAAA", "+ AA", "\xc3\xb3"}) {
        EXPECT_EQ(line_of(sasl_line{false, bad}), "bad value") << bad;
        EXPECT_EQ(line_of(challenge{bad}), "bad value") << bad;
    }
    EXPECT_EQ(line_of(sasl_line{true, "AAAA"}), "bad value");
    for (const std::string_view bad : {"", "plain", "X.Y", "PLAIN LOGIN", "PLAIN\r\n.", "ABCDEFGHIJKLMNOPQRSTU"}) {
        EXPECT_EQ(line_of(mechanism_listing{bad}), "bad value") << bad;
    }
}

// RFC 5034 4: the lines of an exchange may be longer than others.
TEST(sasl, lines_have_no_limit_but_the_sink) {
    const std::string token(100'000, 'A');
    EXPECT_EQ(line_of(sasl_line{false, token}), token + "\r\n");
    EXPECT_EQ(line_of(challenge{token}), "+ " + token + "\r\n");
    EXPECT_EQ(parse_sasl_line(token + "\r\n").value.base64, token);
    EXPECT_EQ(parse_challenge("+ " + token + "\r\n").value.base64, token);
}

TEST(sasl, lines_are_read) {
    EXPECT_EQ(parse_sasl_line("\r\n").value, sasl_line());
    EXPECT_EQ(parse_sasl_line("*\r\n").value, (sasl_line{true, {}}));
    EXPECT_EQ(parse_sasl_line("AAAA\r\n").value, (sasl_line{false, "AAAA"}));
    EXPECT_EQ(parse_challenge("+ \r\n").value, challenge());
    EXPECT_EQ(parse_challenge("+ AAAA\r\n").value, challenge{"AAAA"});
    EXPECT_EQ(parse_mechanism_listing("X\r\n").value, mechanism_listing{"X"});
    EXPECT_EQ(parse_sasl_line("AAAA").error, (error{errc::syntax, 4, 0, 0}));
    EXPECT_EQ(parse_challenge("+ AAAA").error, (error{errc::syntax, 6, 0, 0}));
}

} // namespace
} // namespace mailwire::pop3::test
