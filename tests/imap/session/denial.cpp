// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/denial.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

std::string denied(std::string_view text, errc code, denial how = denial::bad, std::size_t longest_tag = 8) {
    std::array<char, 128> storage;
    outbox out(storage);
    out.begin_unit();
    EXPECT_EQ(write_denial(out, text, longest_tag, {code, 3, 0, 0}, how), misuse::none);
    EXPECT_TRUE(out.end_unit());
    return std::string(out.output());
}

// RFC 9051 7.1.3: with the tag where there is one.
TEST(imap_denial, by_the_tag_of_the_command) {
    EXPECT_EQ(denied("a XYZZY\r\n", errc::unknown_command), "a BAD unknown command\r\n");
    EXPECT_EQ(denied("12345678 X\r\n", errc::syntax), "12345678 BAD syntax\r\n");
    EXPECT_EQ(denied("123456789 X\r\n", errc::syntax), "* BAD syntax\r\n") << "longer than it may be";
    for (const std::string_view none : {"", "\r\n", "* NOOP\r\n", "+ NOOP\r\n", " a\r\n", "a\tb\r\n", "a", "(a b\r\n"})
        EXPECT_EQ(denied(none, errc::syntax), "* BAD syntax\r\n") << none;
}

TEST(imap_denial, TL_8_EN_26_F5_says_why_and_repeats_nothing) {
    EXPECT_EQ(denied("a LOGIN u secret\r\n", errc::unexpected_command, denial::privacy),
              "a NO [PRIVACYREQUIRED] TLS has to come first\r\n");
    EXPECT_EQ(denied("a FETCH 1 FLAGS\r\n", errc::syntax, denial::by_uid), "a BAD [UIDREQUIRED] syntax\r\n");
}

// Every code a unit can be refused with makes a line that can be written, and short enough for what is kept free.
TEST(imap_denial, every_error_is_a_line) {
    for (auto n = static_cast<unsigned>(errc::syntax); n != static_cast<unsigned>(errc::timed_out) + 1; ++n) {
        const auto code = static_cast<errc>(n);
        const std::string line = denied("a X\r\n", code);
        EXPECT_EQ(line, "a BAD " + std::string(name_of(code)) + "\r\n");
        EXPECT_LE(line.size(), 64U);
    }
}

TEST(imap_denial, EN_26_under_UIDONLY) {
    std::array<token, 64> tape;
    parse_options reading;
    reading.dialect.from = side::client;
    reading.dialect.forms &= ~forms::message_numbers;
    const auto how = [&](std::string_view text) { return denial_under_uidonly<everything>(text, tape, reading); };
    EXPECT_EQ(how("a FETCH 1 FLAGS\r\n"), denial::by_uid);
    EXPECT_EQ(how("a UID SEARCH 1:3\r\n"), denial::by_uid);
    EXPECT_EQ(how("a FETCH 0 FLAGS\r\n"), denial::bad);
    EXPECT_EQ(how("a NOOP x\r\n"), denial::bad);
}

} // namespace
} // namespace mailwire::imap::detail
