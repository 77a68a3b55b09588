// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/sequence_set.hpp"

#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

std::vector<seq_range> ranges(const sequence_set& set) {
    std::vector<seq_range> result;
    for (const seq_range r : set)
        result.push_back(r);
    return result;
}

std::string written(const sequence_set& set) {
    std::string result;
    string_sink to(result);
    writer out(to, {});
    set.write(out);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(sequence_set, ranges_in_their_order) {
    const struct {
        std::string_view text;
        std::vector<seq_range> ranges;
        bool numbers_only;
    } rows[] = {
        {"1", {1}, true},
        {"*", {star}, false},
        {"*:*", {{star, star}}, false},
        {"4:2", {{4, 2}}, true},
        {"2,4:7,9,12:*", {2, {4, 7}, 9, {12, star}}, false},
        {"1:4294967295,1", {{1, 4294967295U}, 1}, true},
        {"*:4,5:7", {{star, 4}, {5, 7}}, false},
    };
    for (const auto& row : rows) {
        const auto set = sequence_set::parse(row.text);
        ASSERT_TRUE(set) << row.text;
        EXPECT_EQ(ranges(*set), row.ranges) << row.text;
        EXPECT_EQ(written(*set), row.text);
        EXPECT_EQ(set->has_numbers_only(), row.numbers_only) << row.text;
        EXPECT_FALSE(set->empty()) << row.text;
        const sequence_set same{std::span<const seq_range>(row.ranges)};
        EXPECT_EQ(*set, same) << row.text;
        EXPECT_EQ(ranges(same), row.ranges) << row.text;
        EXPECT_EQ(same.has_numbers_only(), row.numbers_only) << row.text;
    }
    EXPECT_EQ(written(sequence_set(7U)), "7");
    EXPECT_EQ(written(seq_range(7, star)), "7:*");
    EXPECT_EQ(written(star), "*");
    EXPECT_EQ(written("1:*"), "1:*");
    EXPECT_EQ(written({}), "refused");
    EXPECT_EQ(written(sequence_set(std::span<const seq_range>())), "refused");
    EXPECT_FALSE(*sequence_set::parse("1,2") == *sequence_set::parse("1,3"));
    EXPECT_FALSE(*sequence_set::parse("1,2") == *sequence_set::parse("1"));
    EXPECT_FALSE(*sequence_set::parse("1") == sequence_set::last_result());
}

// L-14
TEST(sequence_set, last_result_is_no_range) {
    const sequence_set last = sequence_set::last_result();
    EXPECT_TRUE(last.is_last_result());
    EXPECT_TRUE(last.empty());
    EXPECT_FALSE(last.has_numbers_only());
    EXPECT_FALSE(last.contains(1, 1));
    EXPECT_EQ(written(last), "$");
    EXPECT_EQ(*sequence_set::parse("$"), last);
}

// RFC 9051 9, seq-range: 2:4 and 4:2 are the same, and "*" is the largest number in use.
TEST(sequence_set, contains) {
    struct {
        const char* text;
        std::uint32_t number;
        std::uint32_t largest;
        bool in;
    } const rows[] = {
        {"2:4", 2, 9, true},   {"2:4", 4, 9, true},
        {"4:2", 3, 9, true},   {"2:4", 1, 9, false},
        {"2:4", 5, 9, false},  {"*", 9, 9, true},
        {"*", 8, 9, false},    {"7:*", 8, 9, true},
        {"12:*", 9, 9, true},  {"12:*", 8, 9, false},
        {"*:12", 10, 9, true}, {"1,3", 2, 9, false},
        {"1,3", 3, 9, true},   {"1:4294967295", 4294967295U, 9, true},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(sequence_set::parse(row.text)->contains(row.number, row.largest), row.in) << row.text << row.number;
    }
}

// B7, and the grammar and this parser are of one mind.
TEST(sequence_set, what_is_none) {
    for (const std::string_view text : {"",
                                        "0",
                                        "01",
                                        "1:",
                                        ":1",
                                        "1,,2",
                                        "1,2,",
                                        ",1",
                                        "1:2:3",
                                        "$,1",
                                        "1,$",
                                        "a",
                                        "1 2",
                                        "-1",
                                        "+1",
                                        "4294967296",
                                        "1:0",
                                        "1\r\n",
                                        "99999999999999999999",
                                        "1:*",
                                        "5,6:7",
                                        "$"}) {
        const auto judged = test::match<grammar::sequence_set>(text);
        EXPECT_EQ(sequence_set::parse(text).has_value(), judged.ok && judged.taken == text.size()) << text;
    }
}

// B6: a set that stands for four thousand million numbers costs what its text costs.
TEST(sequence_set, is_never_expanded) {
    const auto set = sequence_set::parse("1:4294967295,1:4294967295");
    EXPECT_EQ(ranges(*set).size(), 2U);
    EXPECT_TRUE(set->contains(4000000000U, 1));
}

} // namespace
} // namespace mailwire::imap
