// SPDX-License-Identifier: BSL-1.0
#include "support/openssl_hashes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace support {
namespace {

template <std::size_t N> std::string hex(const std::array<char, N>& octets) {
    std::string text;
    for (const char each : octets) {
        const auto octet = static_cast<unsigned char>(each);
        text += "0123456789abcdef"[octet >> 4];
        text += "0123456789abcdef"[octet & 15U];
    }
    return text;
}

// RFC 1321 A.5 and FIPS 180: the digest of "abc", in one part and in several.
TEST(openssl_hashes, computes_the_digest_of_the_parts_together) {
    openssl_hashes hashes;
    constexpr std::string_view whole[] = {"abc"};
    constexpr std::string_view cut[] = {"", "a", "", "bc"};
    for (const mailwire::sasl::text_parts parts :
         {mailwire::sasl::text_parts(whole), mailwire::sasl::text_parts(cut)}) {
        std::array<char, 16> md5{};
        std::array<char, 20> sha1{};
        std::array<char, 32> sha256{};
        ASSERT_TRUE(hashes.md5(parts, md5) && hashes.sha1(parts, sha1) && hashes.sha256(parts, sha256));
        EXPECT_EQ(hex(md5), "900150983cd24fb0d6963f7d28e17f72");
        EXPECT_EQ(hex(sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
        EXPECT_EQ(hex(sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

TEST(openssl_hashes, finds_other_random_octets_each_time) {
    EXPECT_EQ(random_octets(0), "");
    EXPECT_EQ(random_octets(16).size(), 16U);
    EXPECT_NE(random_octets(16), random_octets(16));
    EXPECT_FALSE(fresh_nonce().empty());
    EXPECT_NE(fresh_nonce().view(), fresh_nonce().view());
}

} // namespace
} // namespace support
