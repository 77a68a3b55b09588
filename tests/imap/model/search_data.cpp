// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/search_data.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

TEST(search_data, is_read_and_written) {
    test::good_responses({
        {"O-5", "* SEARCH 2 3 6\r\n"},
        {"O-5", "* search\r\n", "* SEARCH\r\n"},
        {"O-5", "* SEARCH 4294967295\r\n"},
        {"X-4551/7162-8", "* SEARCH 2 5 6 (MODSEQ 917162500)\r\n"},
        {"X-4551/7162-8", "* SEARCH 2 (modseq 09223372036854775807)\r\n",
         "* SEARCH 2 (MODSEQ 9223372036854775807)\r\n"},
    });
    test::bad_responses({
        {"O-5", "* SEARCH 0\r\n", errc::syntax, 9},
        {"O-5", "* SEARCH 2 3  6\r\n", errc::syntax, 13},
        {"O-5", "* SEARCH \r\n", errc::syntax, 9},
        {"O-5", "* SEARCH 1 \r\n", errc::syntax, 11},
        {"X-4551/7162-8", "* SEARCH (MODSEQ 917162500)\r\n", errc::syntax, 9},
        {"X-4551/7162-8", "* SEARCH 1 (MODSEQ 0)\r\n", errc::syntax, 20},
        {"X-4551/7162-8", "* SEARCH 1 (MODSEQ 5) 2\r\n", errc::syntax, 21},
        {"X-4551/7162-8", "* SEARCH 1 (MODSEQ 9223372036854775808)\r\n", errc::number_too_big, 19},
        {"X-4551/7162-8", "* SEARCH 1(MODSEQ 5)\r\n", errc::syntax, 10},
    });
}

TEST(search_data, fields) {
    token tape[16];
    const auto read = [&tape](std::string_view wire) { return parse_response(wire, tape).value.as<search_data>(); };
    EXPECT_TRUE(read("* SEARCH\r\n").numbers.empty());
    EXPECT_FALSE(read("* SEARCH\r\n").modseq);
    EXPECT_FALSE(read("* SEARCH 1\r\n").modseq);
    const auto some = read("* SEARCH 2 5 (MODSEQ 9)\r\n");
    EXPECT_EQ(std::vector<std::uint32_t>(some.numbers.begin(), some.numbers.end()), (std::vector<std::uint32_t>{2, 5}));
    EXPECT_EQ(some.modseq, 9U);
}

TEST(search_data, refuses_what_has_no_place) {
    const auto written = [](const search_data& value) {
        std::string result;
        string_sink out(result);
        return write_data(out, value) == misuse::none ? result : "refused";
    };
    const std::uint32_t numbers[] = {1, 7};
    EXPECT_EQ(written({numbers, 5U}), "* SEARCH 1 7 (MODSEQ 5)\r\n");
    EXPECT_EQ(written({numbers, 0U}), "refused");
    EXPECT_EQ(written({numbers, 9223372036854775808U}), "refused");
    EXPECT_EQ(written({{}, 5U}), "refused");
}

} // namespace
} // namespace mailwire::imap
