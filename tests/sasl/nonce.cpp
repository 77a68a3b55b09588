// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/nonce.hpp"

#include <string>

#include <gtest/gtest.h>

namespace mailwire::sasl {
namespace {

TEST(sasl_nonce, of_octets) {
    EXPECT_EQ(nonce::from_octets(std::string(18, '\xff')).view(), std::string(24, '/'));
    for (const std::size_t size : {0U, 1U, 15U, 49U, 1000U})
        EXPECT_TRUE(nonce::from_octets(std::string(size, 'x')).empty()) << size;
    EXPECT_EQ(nonce::from_octets(std::string(16, '\0')).view().size(), 24U);
    EXPECT_EQ(nonce::from_octets(std::string(48, '\0')).view(), std::string(64, 'A'));
}

TEST(sasl_nonce, of_text) {
    EXPECT_EQ(nonce::from_text("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0").view(), "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    EXPECT_EQ(nonce::from_text(std::string(64, '~')).view(), std::string(64, '~'));
    EXPECT_TRUE(nonce::from_text(std::string(65, '~')).empty());
    EXPECT_TRUE(nonce::from_text("").empty());
}

TEST(sasl_nonce, every_octet) {
    for (int octet = 0; octet != 256; ++octet) {
        const std::string text = {'a', static_cast<char>(octet)};
        EXPECT_EQ(nonce::from_text(text).empty(), octet <= 0x20 || octet >= 0x7f || octet == ',') << octet;
    }
}

} // namespace
} // namespace mailwire::sasl
