// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/set_algebra.hpp"

#include "mailwire/core/sink.hpp"
#include "mailwire/imap/model/writer.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

constexpr std::uint32_t most = 4294967295U;

sequence_set parsed(std::string_view text) { return sequence_set::parse(text).value(); }
ascending_ranges<sequence_set> numbers(std::string_view text, std::uint32_t largest = 20) {
    return numbers_of(parsed(text), largest).value();
}

template <typename Ascending> std::string spelled(const Ascending& set) {
    std::string result;
    for (const seq_range r : set) {
        if (!result.empty()) result += ',';
        result += std::to_string(r.first);
        if (r.last != r.first) result += ':' + std::to_string(r.last);
    }
    return result;
}

TEST(set_algebra, walks_ascending) {
    const struct {
        std::string_view text;
        std::string_view ascending;
        std::uint64_t count;
    } rows[] = {
        {"1", "1", 1},
        {"4:2", "2:4", 3},
        {"3,1,2", "1:3", 3},
        {"5,5,5", "5", 1},
        {"9:12,1:3,2:5", "1:5,9:12", 9},
        {"1:4,2,3", "1:4", 4},
        {"2,4:7,9,12:*", "2,4:7,9,12:20", 15},
        {"25:*", "20:25", 6},
        {"*", "20", 1},
        {"*:*,20", "20", 1},
        {"8:9,6:7,4:5,2:3", "2:9", 8},
        {"1:4294967295", "1:4294967295", most},
        {"4294967295,4294967294,1", "1,4294967294:4294967295", 3},
        {"4294967295,1:4294967294,7", "1:4294967295", most},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(spelled(numbers(row.text)), row.ascending) << row.text;
        EXPECT_EQ(count_of(numbers(row.text)), row.count) << row.text;
    }
    static_assert(count_of(*numbers_of(sequence_set("5:3,4,9"), 9)) == 4);
}

TEST(set_algebra, what_has_no_numbers) {
    EXPECT_FALSE(numbers_of(sequence_set::last_result(), 20)); // only the server knows them
    EXPECT_EQ(spelled(numbers("1:*,*", 0)), "");               // nothing is in use
    EXPECT_EQ(spelled(numbers("1:*,7", 0)), "7");
    EXPECT_EQ(spelled(*numbers_of(sequence_set(), 20)), "");
    EXPECT_EQ(minimum_of(*numbers_of(sequence_set(), 20)), std::nullopt);
    EXPECT_EQ(maximum_of(*numbers_of(sequence_set(), 20)), std::nullopt);
    EXPECT_EQ(count_of(numbers_of(number_list())), 0U);
}

TEST(set_algebra, numbers_of_a_search_response) {
    const std::uint32_t found[] = {9, 2, 3, 84, 2, 882, 4};
    const auto set = numbers_of(number_list(found));
    EXPECT_EQ(spelled(set), "2:4,9,84,882");
    EXPECT_EQ(count_of(set), 6U);
    EXPECT_EQ(spelled(intersection_of(set, numbers("3:50"))), "3:4,9");
}

TEST(set_algebra, two_sets) {
    const struct {
        std::string_view a, b;
        std::string_view in_either, in_both, in_first_only;
    } rows[] = {
        {"1", "1", "1", "1", ""},
        {"1:3", "4:6", "1:6", "", "1:3"},
        {"1:10", "3,5", "1:10", "3,5", "1:2,4,6:10"},
        {"9:7,1", "8,2", "1:2,7:9", "8", "1,7,9"},
        {"5:*", "1:*", "1:20", "5:20", ""},
        {"1:4294967295", "4294967295,1", "1:4294967295", "1,4294967295", "2:4294967294"},
        {"4294967295", "4294967294", "4294967294:4294967295", "", "4294967295"},
    };
    for (const auto& row : rows) {
        const auto a = numbers(row.a);
        const auto b = numbers(row.b);
        EXPECT_EQ(spelled(union_of(a, b)), row.in_either) << row.a << ' ' << row.b;
        EXPECT_EQ(spelled(intersection_of(a, b)), row.in_both) << row.a << ' ' << row.b;
        EXPECT_EQ(spelled(difference_of(a, b)), row.in_first_only) << row.a << ' ' << row.b;
    }
    const auto nested =
        difference_of(union_of(numbers("1:3"), numbers("8:9")), intersection_of(numbers("2:8"), numbers("8,2")));
    EXPECT_EQ(spelled(nested), "1,3,9");
}

TEST(set_algebra, single_numbers) {
    const auto set = numbers("12:9,4");
    EXPECT_EQ(minimum_of(set), 4U);
    EXPECT_EQ(maximum_of(set), 12U);
    EXPECT_EQ(first_from(set, 5), 9U);
    EXPECT_EQ(first_from(set, 10), 10U);
    EXPECT_EQ(first_from(set, 13), std::nullopt);
    EXPECT_TRUE(contains(set, 4));
    EXPECT_FALSE(contains(set, 5));
    EXPECT_FALSE(contains(set, 0));
}

TEST(set_algebra, normalized_for_the_wire) { // M13
    std::array<seq_range, 2> room;
    const auto set = normalized(numbers("7,3:1,2,6"), room);
    ASSERT_TRUE(set);
    std::string wire;
    string_sink to(wire);
    writer out(to, {});
    set->write(out);
    EXPECT_EQ(out.fault(), misuse::none);
    EXPECT_EQ(wire, "1:3,6:7");
    EXPECT_FALSE(normalized(numbers("1,3,5"), room));

    const auto none = normalized(intersection_of(numbers("1"), numbers("2")), room);
    ASSERT_TRUE(none);
    none->write(out);
    EXPECT_EQ(out.fault(), misuse::bad_value);
}

// Small sets, expanded: what every operation has to give.
constexpr std::uint32_t highest = 40;
using expanded = std::bitset<highest + 1>;

std::vector<seq_range> random_ranges(std::mt19937& random) {
    std::vector<seq_range> result(random() % 12 + 1);
    for (seq_range& r : result) {
        r = {static_cast<std::uint32_t>(random() % (highest + 1)),
             static_cast<std::uint32_t>(random() % (highest + 1))};
        if (random() % 3 == 0) r.last = r.first;
    }
    return result;
}
expanded expand(const std::vector<seq_range>& ranges, std::uint32_t largest) {
    expanded result;
    for (const seq_range r : ranges) {
        for (std::uint32_t n = 1; n <= highest; ++n)
            if (r.contains(n, largest)) result.set(n);
    }
    return result;
}
template <typename Ascending> void expect_same(const Ascending& set, const expanded& numbers) {
    expanded walked;
    std::uint32_t before = 0;
    for (const seq_range r : set) {
        ASSERT_LE(r.first, r.last);
        ASSERT_TRUE(before == 0 || r.first > before + 1) << "a gap is between two ranges";
        before = r.last;
        for (std::uint32_t n = r.first; n <= r.last; ++n)
            walked.set(n);
    }
    EXPECT_EQ(walked, numbers);
    EXPECT_EQ(count_of(set), numbers.count());
    for (std::uint32_t n = 1; n <= highest; ++n)
        EXPECT_EQ(contains(set, n), numbers.test(n));
}

TEST(set_algebra, random_sets_as_when_expanded) {
    std::mt19937 random(4);
    for (int i = 0; i != 1000; ++i) {
        const std::uint32_t largest = static_cast<std::uint32_t>(random() % highest) + 1;
        const auto first = random_ranges(random);
        const auto second = random_ranges(random);
        const auto a = *numbers_of(std::span<const seq_range>(first), largest);
        const auto b = *numbers_of(std::span<const seq_range>(second), largest);
        const expanded x = expand(first, largest);
        const expanded y = expand(second, largest);
        expect_same(a, x);
        expect_same(union_of(a, b), x | y);
        expect_same(intersection_of(a, b), x & y);
        expect_same(difference_of(a, b), x & ~y);
        ASSERT_FALSE(HasFailure()) << i;
    }
}

TEST(set_algebra, takes_nothing_from_the_heap) {
    const auto a = numbers("9:12,1:3,2:5,17");
    const auto b = numbers("4,3,11:*");
    std::array<seq_range, 8> room;
    const test::no_allocation_here guard;
    EXPECT_EQ(count_of(union_of(a, b)), 17U);
    EXPECT_EQ(count_of(difference_of(a, intersection_of(a, b))), 5U);
    EXPECT_TRUE(normalized(union_of(a, b), room));
}

// Counts the ranges that are looked at.
struct counted_set {
    struct iterator {
        const seq_range* at = nullptr;
        std::uint64_t* looks = nullptr;
        seq_range operator*() const {
            ++*looks;
            return *at;
        }
        iterator& operator++() {
            ++at;
            return *this;
        }
        friend bool operator==(const iterator& a, const iterator& b) { return a.at == b.at; }
    };
    const std::vector<seq_range>* ranges;
    std::uint64_t* looks;
    iterator begin() const { return {ranges->data(), looks}; }
    iterator end() const { return {ranges->data() + ranges->size(), looks}; }
};

TEST(set_algebra, cost) {
    constexpr std::uint32_t size = 10000;
    std::vector<seq_range> ranges;
    for (std::uint32_t i = 0; i != size; ++i)
        ranges.emplace_back(2 * i + 1);
    std::uint64_t looks = 0;
    EXPECT_EQ(count_of(ascending_ranges<counted_set>({&ranges, &looks}, 1)), size);
    EXPECT_LE(looks, 4 * size) << "in order";

    // Worst: each range can only be joined to what lies behind it, one a pass.
    constexpr std::uint64_t small = 1000;
    ranges.clear();
    for (std::uint32_t i = small; i != 0; --i)
        ranges.emplace_back(2 * i, 2 * i + 2);
    looks = 0;
    EXPECT_EQ(count_of(ascending_ranges<counted_set>({&ranges, &looks}, 1)), 2 * small + 1);
    EXPECT_LE(looks, 2 * small * small + 4 * small) << "backwards, overlapping";

    for (seq_range& r : ranges)
        r.last = r.first;
    looks = 0;
    EXPECT_EQ(count_of(ascending_ranges<counted_set>({&ranges, &looks}, 1)), small);
    EXPECT_LE(looks, 2 * small * small + 4 * small) << "backwards, apart";
}

} // namespace
} // namespace mailwire::imap
