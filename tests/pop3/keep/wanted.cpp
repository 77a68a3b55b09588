// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/keep/wanted.hpp>

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "support/allocations.hpp"

namespace mailwire::pop3::test {
namespace {

// PK-11
TEST(wanted, kept_for_days) {
    constexpr instant day = 86'400'000;
    struct {
        instant now;
        instant first_seen;
        std::uint32_t days;
        wish says;
    } const rows[] = {
        {10 * day, 3 * day, 7, wish::remove},
        {10 * day, 3 * day + 1, 7, wish::leave},
        {10 * day, 0, 7, wish::remove},
        {10 * day, 10 * day, 7, wish::leave},
        {10 * day, 10 * day, 0, wish::remove},
        {3 * day, 10 * day, 0, wish::leave}, // the clock was set back
        {10 * day, never, 0, wish::leave},
        {never, 0, 0xffffffffU, wish::remove},
        {0xffffffffULL * day - 1, 0, 0xffffffffU, wish::leave},
    };
    for (const auto& r : rows) {
        EXPECT_EQ(kept_for_days(r.now, r.first_seen, r.days), r.says) << r.now << ' ' << r.first_seen;
    }
}

// Adds numbers to a list with so much room, and walks it.
std::string kept(std::size_t room, std::initializer_list<std::uint32_t> added) {
    std::vector<wanted_message> storage(room);
    wanted_list list(storage);
    {
        const mailwire::test::no_allocation_here guard("add");
        for (const std::uint32_t n : added) {
            list.add({.message = n});
        }
    }
    std::string all = list.more() ? "more behind " + std::to_string(list.last()) + ':' : "all:";
    for (; !list.at_end(); list.pop()) {
        all += ' ' + std::to_string(list.front().message);
    }
    return all;
}

TEST(wanted, the_smallest_numbers_stay) {
    EXPECT_EQ(kept(4, {}), "all:");
    EXPECT_EQ(kept(4, {3, 1, 4, 2}), "all: 1 2 3 4");
    EXPECT_EQ(kept(3, {1, 2, 3, 4}), "more behind 3: 1 2 3");
    EXPECT_EQ(kept(3, {4, 3, 2, 1}), "more behind 3: 1 2 3");
    EXPECT_EQ(kept(3, {9, 4, 9, 1, 4, 1}), "all: 1 4 9");
    EXPECT_EQ(kept(2, {5, 9, 1, 5, 3}), "more behind 3: 1 3");
    EXPECT_EQ(kept(1, {2, 1, 2}), "more behind 1: 1");
}

TEST(wanted, is_found_by_number) {
    std::vector<wanted_message> storage(3);
    wanted_list list(storage);
    list.add({.message = 7, .octets = 70});
    list.add({.message = 3, .octets = 30, .wish = wish::remove});
    ASSERT_NE(list.find(7), nullptr);
    EXPECT_EQ(list.find(7)->octets, 70U);
    ASSERT_NE(list.find(3), nullptr);
    EXPECT_EQ(list.find(3)->wish, wish::remove);
    EXPECT_EQ(list.find(5), nullptr);
    EXPECT_EQ(list.find(8), nullptr);
    list.clear();
    EXPECT_TRUE(list.empty());
    EXPECT_FALSE(list.more());
    EXPECT_EQ(list.find(7), nullptr);
}

} // namespace
} // namespace mailwire::pop3::test
