// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/put_unit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

// An outbox of 16 octets, a unit put into it, and whether the object is the one it was, bit for bit.
class put_unit_test : public testing::Test {
protected:
    misuse put(std::string_view octets, misuse fault = misuse::none, int stops = 0) {
        return put_unit(out_, [&] {
            out_.put(octets.substr(0, octets.size() / 2));
            for (int i = 0; i != stops; ++i)
                out_.stop(5, true);
            out_.put(octets.substr(octets.size() / 2));
            return fault;
        });
    }
    void remember() { std::memcpy(image_.data(), &out_, sizeof out_); }
    bool as_it_was() const { return std::memcmp(image_.data(), &out_, sizeof out_) == 0; }

    std::array<char, 16> storage_{};
    outbox out_{storage_};
    std::array<char, sizeof(outbox)> image_{};
};

TEST_F(put_unit_test, a_unit_is_there_wholly_or_not_at_all) {
    EXPECT_EQ(put("0123456789"), misuse::none);
    remember();
    EXPECT_EQ(put("0123456"), misuse::no_room);
    EXPECT_TRUE(as_it_was());
    EXPECT_EQ(put("01", misuse::bad_value), misuse::bad_value);
    EXPECT_EQ(put("01", misuse::no_room), misuse::no_room);
    EXPECT_EQ(put("012345", misuse::bad_value, 3), misuse::bad_value);
    EXPECT_TRUE(as_it_was());
    EXPECT_EQ(out_.output(), "0123456789");
    EXPECT_EQ(put("abcdef"), misuse::none);
    EXPECT_EQ(out_.output(), "0123456789abcdef");
}

TEST_F(put_unit_test, nothing_changes_when_all_was_sent) {
    EXPECT_EQ(put("0123456789"), misuse::none);
    out_.sent(10);
    remember();
    EXPECT_EQ(put("01234567890123456"), misuse::no_room);
    EXPECT_EQ(put("0123", misuse::bad_value, 8), misuse::bad_value);
    EXPECT_EQ(put("0123", misuse::none, 9), misuse::no_room);
    EXPECT_TRUE(as_it_was());
    EXPECT_EQ(put("0123456789012345"), misuse::none);
}

TEST_F(put_unit_test, what_was_partly_sent_stays_the_output) {
    EXPECT_EQ(put("0123456789"), misuse::none);
    out_.sent(3);
    EXPECT_EQ(put("0123456789"), misuse::no_room);
    EXPECT_EQ(put("abc", misuse::bad_value), misuse::bad_value);
    EXPECT_EQ(out_.output(), "3456789");
    EXPECT_FALSE(out_.has_stop());
    EXPECT_EQ(put("abcdefghi"), misuse::none);
    EXPECT_EQ(out_.output(), "3456789abcdefghi");
}

} // namespace
} // namespace mailwire::imap::detail
