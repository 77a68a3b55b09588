// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/wipe.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

TEST(wipe, sets_these_octets_to_zero_and_no_others) {
    for (std::size_t from = 0; from != 12; ++from) {
        for (std::size_t n = 0; from + n <= 12; ++n) {
            char octets[13] = "abcdefghijkl";
            wipe(std::span<char>(octets, 12).subspan(from, n));
            std::string expected = "abcdefghijkl";
            expected.replace(from, n, n, '\0');
            EXPECT_EQ(std::string_view(octets, 12), expected);
        }
    }
}

TEST(wipe, takes_none) { wipe({}); }

} // namespace
} // namespace mailwire
