// SPDX-License-Identifier: BSL-1.0
#include "../support/splits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {
namespace {

using pieces_view = std::span<const std::string_view>;

std::string joined(pieces_view pieces) {
    std::string text;
    for (const auto piece : pieces) {
        text += piece;
    }
    return text;
}

std::vector<std::string> splits_of(std::string_view text) {
    std::vector<std::string> names;
    for_each_split(text, [&](pieces_view pieces) {
        EXPECT_EQ(joined(pieces), text);
        names.push_back(describe_split(pieces));
    });
    return names;
}

TEST(for_each_split, short_texts_are_split_at_every_octet) {
    EXPECT_EQ(splits_of(""), std::vector<std::string>({"whole"}));
    EXPECT_EQ(splits_of("a"), std::vector<std::string>({"whole"}));
    EXPECT_EQ(splits_of("ab"), std::vector<std::string>({"whole", "octet by octet"}));
    EXPECT_EQ(splits_of("abcd"),
              std::vector<std::string>({"whole", "split at 1", "split at 2", "split at 3", "octet by octet"}));
}

TEST(for_each_split, the_pieces_are_never_empty) {
    for_each_split("* OK\r\n", [](pieces_view pieces) {
        for (const auto piece : pieces) {
            EXPECT_FALSE(piece.empty()) << describe_split(pieces);
        }
    });
}

TEST(split_positions, every_octet_up_to_the_bound) {
    EXPECT_EQ(split_positions(std::string(every_split_up_to, 'x')).size(), every_split_up_to - 1);
    EXPECT_EQ(split_positions(std::string(every_split_up_to + 1, 'x')).size(), evenly_spaced_splits);
}

TEST(split_positions, a_long_text_is_split_around_its_marks) {
    std::string text(100'000, 'x');
    text.replace(50'001, 3, "{7}");
    text.replace(text.size() - 2, 2, "\r\n");
    const auto positions = split_positions(text);
    for (const std::size_t at : {50'001U, 50'002U, 50'003U, 50'004U, 99'998U, 99'999U}) {
        EXPECT_TRUE(std::binary_search(positions.begin(), positions.end(), at)) << at;
    }
    EXPECT_FALSE(std::binary_search(positions.begin(), positions.end(), 50'005U));
    EXPECT_EQ(positions.size(), evenly_spaced_splits + 6);
}

TEST(split_positions, marks_are_capped_at_both_ends) {
    const std::string text(100'000, '"');
    const auto positions = split_positions(text);
    EXPECT_LE(positions.size(), evenly_spaced_splits + splits_at_marks + 2);
    EXPECT_EQ(positions.front(), 1U);
    EXPECT_EQ(positions.back(), text.size() - 1);
    EXPECT_TRUE(std::is_sorted(positions.begin(), positions.end()));
    EXPECT_EQ(std::adjacent_find(positions.begin(), positions.end()), positions.end());
}

TEST(pieces_of, cuts_a_text_into_equal_pieces) {
    EXPECT_EQ(pieces_of("abcdefg", 3), std::vector<std::string_view>({"abc", "def", "g"}));
    EXPECT_EQ(pieces_of("", 3), std::vector<std::string_view>());
    EXPECT_EQ(describe_split(pieces_of("abcdefg", 3)), "in 3 pieces");
}

} // namespace
} // namespace mailwire::test
