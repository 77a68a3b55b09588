// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/scram_keys.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "mailwire/core/base64.hpp"
#include "sasl/crypto.hpp"
#include "sasl/site.hpp"

namespace mailwire::sasl {
namespace {

using test::hex;
using test::openssl;

std::string octets_of_base64(std::string_view text) {
    std::string octets(base64_check(text).size, '\0');
    EXPECT_TRUE(base64_decode(text, octets));
    return octets;
}

// The keys behind the examples of RFC 5802 5 and RFC 7677 3, as computed by another implementation.
TEST(sasl_scram_keys, derive) {
    openssl hashes;
    scram_keys<sha_1> one;
    ASSERT_TRUE(one.derive(hashes, "pencil", octets_of_base64("QSXCR+Q6sek8bf92"), 4096));
    EXPECT_EQ(hex(one.client.view()), "e234c47bf6c36696dd6d852b99aaa2ba26555728");
    EXPECT_EQ(hex(one.stored.view()), "e9d94660c39d65c38fbad91c358f14da0eef2bd6");
    EXPECT_EQ(hex(one.server.view()), "0fe09258b3ac852ba502cc62ba903eaacdbf7d31");
    scram_keys<sha_256> two;
    ASSERT_TRUE(two.derive(hashes, "pencil", octets_of_base64("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096));
    EXPECT_EQ(hex(two.client.view()), "a60fc923d67e8644a92d16b96eda5ef4656b0c725c484374be25535576996e8b");
    EXPECT_EQ(hex(two.stored.view()), "586e5df283e6dceb5c3e791d8b8528ec191e664045ce971792e2e6b5bb13e2a6");
    EXPECT_EQ(hex(two.server.view()), "c1f3cbc1c13a9d35a14c0990eed97629ea225863e566a4314ab99f3f00e5d9d5");
}

TEST(sasl_scram_keys, hashes_that_fail) {
    for (int times = 0; times != 11; ++times) {
        test::failing_hashes hashes{times};
        scram_keys<sha_1> keys;
        EXPECT_EQ(keys.derive(hashes, "pencil", "salt", 2), times >= 9) << times;
    }
}

TEST(sasl_scram_keys, decoy_salt) {
    openssl hashes;
    std::array<char, 16> salt;
    ASSERT_TRUE(decoy_salt<sha_256>(hashes, "site secret", "nobody", salt));
    EXPECT_EQ(hex({salt.data(), salt.size()}), "5899a5ac5dcd00ba655e6dd9b6ae9514");
    test::failing_hashes none;
    EXPECT_FALSE(decoy_salt<sha_256>(none, "site secret", "nobody", salt));
}

static_assert(scram_store<test::site, sha_1> && scram_store<test::site, sha_256>);
static_assert(!scram_store<int, sha_1>);

} // namespace
} // namespace mailwire::sasl
