// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/listing.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

static_assert(drop_listing::form == answer_form::drop_listing && scan_listing::form == answer_form::scan_listing);
static_assert(unique_id::form == answer_form::unique_id);
static_assert(scan_listing::listed_in == answer_form::scan_listings);
static_assert(unique_id::listed_in == answer_form::unique_ids);

template <typename Value> std::string listed(const Value& value) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_listed(sink, value);
    return fault == misuse::none ? line : name_of(fault);
}

TEST(listing, is_written) {
    EXPECT_EQ(listed(scan_listing{1, 120}), "1 120\r\n");
    EXPECT_EQ(listed(scan_listing{4294967295, 18446744073709551615U, "(seen)"}),
              "4294967295 18446744073709551615 (seen)\r\n");
    EXPECT_EQ(listed(unique_id{1, "..x"}), "1 ..x\r\n");
    EXPECT_EQ(listed(unique_id{2, std::string(70, '~')}), "2 " + std::string(70, '~') + "\r\n");
}

TEST(listing, with_values_that_no_line_can_carry_is_refused) {
    EXPECT_EQ(listed(scan_listing{0, 120}), "bad value");
    EXPECT_EQ(listed(scan_listing{1, 120, "a\r\n.\r\n"}), "bad value");
    EXPECT_EQ(listed(scan_listing{1, 120, "\xc3\xb3"}), "bad value");
    EXPECT_EQ(listed(unique_id{0, "x"}), "bad value");
    EXPECT_EQ(listed(unique_id{1, ""}), "bad value");
    EXPECT_EQ(listed(unique_id{1, "a b"}), "bad value");
    EXPECT_EQ(listed(unique_id{1, std::string(71, 'x')}), "bad value");
}

// What an incomplete line lacks is 0 or empty, and is not written again as if it had been there.
TEST(listing, incomplete_lines) {
    const parse_options tolerant{.quirks = quirks::incomplete_listing | quirks::unique_id_without_number};
    EXPECT_EQ(parse_scan_listing("7\r\n", tolerant).value, (scan_listing{7, 0, ""}));
    EXPECT_EQ(parse_scan_listing("7 big\r\n", tolerant).value, (scan_listing{7, 0, "big"}));
    EXPECT_EQ(parse_unique_id("7\r\n", tolerant).value, (unique_id{7, ""}));
    EXPECT_EQ(parse_reply("+OK abc\r\n", answer_form::unique_id, tolerant).value.unique, (unique_id{0, "abc"}));
    EXPECT_EQ(listed(parse_unique_id("7\r\n", tolerant).value), "bad value");
}

} // namespace
} // namespace mailwire::pop3::test
