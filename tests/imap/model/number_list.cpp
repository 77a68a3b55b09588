// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/number_list.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

number_list read(std::string_view unit, token& t) {
    t = token(token_kind::raw, 0, static_cast<std::uint32_t>(unit.size()));
    cursor c(unit, {&t, 1});
    return number_list::read(c);
}

std::vector<std::uint32_t> values(const number_list& list) {
    std::vector<std::uint32_t> result;
    for (const std::uint32_t n : list)
        result.push_back(n);
    return result;
}

TEST(number_list, is_walked_as_text_or_as_numbers) {
    token t;
    const struct {
        std::string_view text;
        std::vector<std::uint32_t> numbers;
    } rows[] = {{"", {}}, {" 1", {1}}, {" 1 2 3", {1, 2, 3}}, {" 4294967295 7", {4294967295U, 7}}};
    for (const auto& row : rows) {
        const number_list list = read(row.text, t);
        EXPECT_EQ(values(list), row.numbers) << row.text;
        EXPECT_EQ(list.empty(), row.numbers.empty()) << row.text;
        const number_list same(row.numbers);
        EXPECT_EQ(values(same), row.numbers) << row.text;
        EXPECT_TRUE(list == same) << row.text;
        EXPECT_EQ(list.empty(), same.empty()) << row.text;
    }
}

TEST(number_list, differs_by_each_number) {
    token t;
    const std::uint32_t shorter[] = {1, 2};
    const std::uint32_t other[] = {1, 2, 4};
    const number_list list = read(" 1 2 3", t);
    EXPECT_FALSE(list == number_list(shorter));
    EXPECT_FALSE(number_list(shorter) == list);
    EXPECT_FALSE(list == number_list(other));
    EXPECT_FALSE(list == number_list());
    EXPECT_TRUE(number_list() == read("", t));
}

} // namespace
} // namespace mailwire::imap
