// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/secret.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;

// I6: the same answer as an ordinary comparison, whichever octet differs.
TEST(sasl_secret, equal_in_constant_time) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("a\0b"sv, "a\0b"sv));
    EXPECT_FALSE(equal_in_constant_time("a", ""));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
    EXPECT_FALSE(equal_in_constant_time("a\0b"sv, "a\0c"sv));
    const std::string one(33, 'x');
    for (std::size_t at = 0; at != one.size(); ++at) {
        for (int bit = 0; bit != 8; ++bit) {
            std::string other = one;
            other[at] = static_cast<char>(other[at] ^ (1 << bit));
            EXPECT_FALSE(equal_in_constant_time(one, other)) << at;
            EXPECT_FALSE(equal_in_constant_time(other, one)) << at;
        }
        EXPECT_FALSE(equal_in_constant_time(one, std::string_view(one).substr(0, at)));
    }
    EXPECT_TRUE(equal_in_constant_time(one, std::string(33, 'x')));
}

TEST(sasl_secret, wipe) {
    std::string text = "pencil and more";
    wipe(std::span(text).subspan(1, 5));
    EXPECT_EQ(text, "p\0\0\0\0\0 and more"sv);
    wipe({});
    EXPECT_EQ(text.size(), 15U);
}

// A secret in memory that ends its life there: nobody reads the octets again, so an ordinary write would be dropped.
[[gnu::noinline]] void use_and_drop(void* place) {
    auto* octets = new (place) secret_octets<16>;
    std::copy_n("S3cr3t-7f1cS3cr3", 16, octets->span().begin());
    octets->~secret_octets();
}

// K3
TEST(sasl_secret, octets_are_wiped_when_their_life_ends) {
    alignas(secret_octets<16>) std::array<char, sizeof(secret_octets<16>) + 16> arena;
    arena.fill('x');
    use_and_drop(arena.data() + 8);
    const std::string_view seen(arena.data(), arena.size());
    EXPECT_EQ(seen, "xxxxxxxx" + std::string(16, '\0') + "xxxxxxxx");
}

} // namespace
} // namespace mailwire::sasl
