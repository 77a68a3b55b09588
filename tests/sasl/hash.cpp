// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/hash.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/crypto.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::hex;

template <typename Hash> std::string hmac(std::string_view key, std::string_view text) {
    test::openssl hashes;
    hmac_key<Hash> k;
    secret_octets<Hash::size> out;
    EXPECT_TRUE(k.set(hashes, key));
    EXPECT_TRUE(k.sign(hashes, out.span(), text));
    return hex(out.view());
}

// RFC 2202 2 and 3, RFC 4231 4.2 and 4.3; then keys around the size of a block, and row I2: NUL octets in the key, the
// text, and the digest that stands for a long key.
TEST(sasl_hash, hmac) {
    const std::string sixteen(16, '\x0b');
    const std::string twenty(20, '\x0b');
    const std::string k63(63, 'k');
    const std::string k64(64, 'k');
    const std::string k65(65, 'k');
    EXPECT_EQ(hmac<md5>(sixteen, "Hi There"), "9294727a3638bb1c13f48ef8158bfc9d");
    EXPECT_EQ(hmac<md5>("Jefe", "what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738");
    EXPECT_EQ(hmac<sha_1>(twenty, "Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00");
    EXPECT_EQ(hmac<sha_1>("Jefe", "what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(hmac<sha_256>(twenty, "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac<md5>(k63, "text"), "fcf14a165fca0ff56aef0058dfeeeba8");
    EXPECT_EQ(hmac<md5>(k64, "text"), "db24ea67182006970b94c91f1de303c5");
    EXPECT_EQ(hmac<md5>(k65, "text"), "6f76317da2a4bc5061037a5ebb3f0ba0");
    EXPECT_EQ(hmac<sha_256>(k64, "text"), "0414bb1d8c0c4556cdb2028727b16610ae377b1a194b6db1f853d4297f2329bc");
    EXPECT_EQ(hmac<sha_256>(k65, "text"), "5b69580123e3d7e788b7e8352ac37a3247b911c5ec0837147b74109a6382d3f5");
    EXPECT_EQ(hmac<md5>("", ""), "74e6f7298a9c2d168935f58c001bad88");
    EXPECT_NE(hmac<md5>("a\0b"sv, "text"), hmac<md5>("a\0c"sv, "text"));
    EXPECT_NE(hmac<md5>("key", "a\0b"sv), hmac<md5>("key", "a\0c"sv));
    // The MD5 of this key is 34b7255300980aa4...
    const std::string nul_inside = "tanstaaf00102" + std::string(52, 'x');
    EXPECT_EQ(hmac<md5>(nul_inside, "<1896.697170952@postoffice.reston.mci.net>"), "0305d8b85eada87b98cf574cd0705be8");
}

TEST(sasl_hash, parts_are_one_text) {
    test::openssl hashes;
    hmac_key<sha_1> key;
    secret_octets<20> out;
    ASSERT_TRUE(key.set(hashes, "Jefe"));
    ASSERT_TRUE(key.sign(hashes, out.span(), "what do"sv, ""sv, " ya want for"sv, " nothing?"sv));
    EXPECT_EQ(hex(out.view()), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    // A key is set again: nothing of the longer one is left.
    ASSERT_TRUE(key.set(hashes, "longer than that"));
    ASSERT_TRUE(key.set(hashes, "Jefe"));
    ASSERT_TRUE(key.sign(hashes, out.span(), "what do ya want for nothing?"sv));
    EXPECT_EQ(hex(out.view()), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

template <typename Hash>
std::string salted(std::string_view password, std::string_view salt, std::uint32_t iterations) {
    test::openssl hashes;
    secret_octets<Hash::size> out;
    EXPECT_TRUE(hi<Hash>(hashes, password, salt, iterations, out.span()));
    return hex(out.view());
}

// RFC 6070 2, and what other implementations say of SHA-256.
TEST(sasl_hash, hi) {
    EXPECT_EQ(salted<sha_1>("password", "salt", 1), "0c60c80f961f0e71f3a9b524af6012062fe037a6");
    EXPECT_EQ(salted<sha_1>("password", "salt", 2), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    EXPECT_EQ(salted<sha_1>("password", "salt", 4096), "4b007901b765489abead49d926f721d065a429c1");
    EXPECT_EQ(salted<sha_1>("pass\0word"sv, "sa\0lt"sv, 4096).substr(0, 32), "56fa6aa75548099dcc37d7f03425e0c3");
    EXPECT_EQ(salted<sha_256>("password", "salt", 2),
              "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43");
    EXPECT_EQ(salted<sha_256>("pencil", "salt", 4096),
              "0997564f292923271312698037b6b0a06a8be7fbd912480847c5a1ace4b8d1c7");
}

// A program may bring HMAC, for one hash or for all; then it is asked, and never for the hash itself.
struct brings_one {
    int hmacs = 0;
    test::openssl plain;

    bool md5(text_parts parts, std::span<char, 16> out) { return plain.md5(parts, out); }
    bool sha256(text_parts, std::span<char, 32>) { return false; }
    bool hmac(sasl::sha_256, std::string_view key, text_parts parts, std::span<char, 32> out) {
        ++hmacs;
        hmac_key<sasl::sha_256> k;
        return k.set(plain, key) && k.sign(plain, out, parts[0], parts.size() > 1 ? parts[1] : ""sv);
    }
};
static_assert(brings_hmac<brings_one, sha_256> && !brings_hmac<brings_one, md5>);
static_assert(crypto<brings_one, sha_256> && crypto<brings_one, md5> && !crypto<brings_one, sha_1>);

TEST(sasl_hash, hmac_of_the_program) {
    brings_one hashes;
    secret_octets<32> out;
    ASSERT_TRUE(hi<sha_256>(hashes, "pencil", "salt", 4096, out.span()));
    EXPECT_EQ(hex(out.view()), "0997564f292923271312698037b6b0a06a8be7fbd912480847c5a1ace4b8d1c7");
    EXPECT_EQ(hashes.hmacs, 4096);
}

// However often the hash works before it fails, the failure arrives.
TEST(sasl_hash, failing_hashes) {
    const std::string longer(65, 'k');
    for (int times = 0; times != 7; ++times) {
        test::failing_hashes hashes{times};
        secret_octets<20> out;
        EXPECT_EQ(hi<sha_1>(hashes, longer, "salt", 3, out.span()), times == 7) << times;
    }
    test::failing_hashes enough{7};
    secret_octets<20> out;
    EXPECT_TRUE(hi<sha_1>(enough, longer, "salt", 3, out.span()));
}

} // namespace
} // namespace mailwire::sasl
