// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/literal_limits.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

// A receiver of 256 octets with one streamed literal, and the header of the next one in it.
class literal_limits : public testing::Test {
protected:
    frame header(std::string_view octets) {
        const auto room = in_.prepare();
        std::copy(octets.begin(), octets.end(), room.begin());
        in_.commit(octets.size());
        const step s = in_.next();
        EXPECT_EQ(s.kind, step_kind::literal);
        return s.literal;
    }

    std::array<char, 256> storage_;
    std::array<std::uint32_t, 1> elided_;
    receiver in_{storage_, elided_, side::client, 200};
    limits allowed_{.inline_literal = 50, .literal = 1000, .literals = 2};
};

TEST_F(literal_limits, of_what_is_handed_on_in_pieces) {
    const frame fits = header("a X {1000+}\r\n");
    EXPECT_FALSE(stream_fault(in_, fits, allowed_));
    frame more = fits;
    more.octets = 1001;
    EXPECT_EQ(stream_fault(in_, more, allowed_), (error{errc::literal_too_big, 4, 1001, 1000}));
}

TEST_F(literal_limits, of_too_many_that_are_handed_on) {
    in_.stream(header("a X {1+}\r\n"));
    frame next;
    next.header = 20;
    next.octets = 1;
    EXPECT_EQ(stream_fault(in_, next, allowed_), (error{errc::too_many_literals, 20, 2, 1}));
}

TEST_F(literal_limits, of_what_stays_in_the_buffer) {
    const frame f = header("a X {50+}\r\n");
    EXPECT_FALSE(keep_fault(in_, f, allowed_, 50));
    EXPECT_EQ(keep_fault(in_, f, allowed_, 49), (error{errc::literal_too_big, 4, 50, 49}));
    frame more = f;
    more.octets = 51;
    EXPECT_EQ(keep_fault(in_, more, allowed_, 100), (error{errc::literal_too_big, 4, 51, 50}));
    limits roomy = allowed_;
    roomy.inline_literal = 1000;
    more.octets = 188; // with the header and CRLF one octet more than the unit may have
    EXPECT_EQ(keep_fault(in_, more, roomy, 1000).code, errc::literal_too_big);
    more.octets = 187;
    EXPECT_FALSE(keep_fault(in_, more, roomy, 1000));
}

TEST_F(literal_limits, of_many_that_stay_in_the_buffer) {
    in_.keep(header("a X {3+}\r\n"));
    in_.keep(header("abc {4+}\r\n"));
    EXPECT_EQ(in_.kept_octets(), 7U);
    const frame third = header("defg {5+}\r\n");
    EXPECT_EQ(keep_fault(in_, third, allowed_, 100), (error{errc::too_many_literals, 25, 3, 2}));
    EXPECT_EQ(keep_fault(in_, third, allowed_, 11), (error{errc::literal_too_big, 25, 12, 11}));
    limits more = allowed_;
    more.literals = 3;
    EXPECT_FALSE(keep_fault(in_, third, more, 12));
}

} // namespace
} // namespace mailwire::imap::detail
