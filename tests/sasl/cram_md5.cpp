// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/cram_md5.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/crypto.hpp"
#include "sasl/exchange.hpp"
#include "sasl/site.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::failed;
using test::openssl;
using test::say;
using test::site;

// RFC 2195 2
constexpr std::string_view challenge = "<1896.697170952@postoffice.reston.mci.net>";
constexpr std::string_view response = "tim b913a602c7eda7a495b4e6e7334d3890";

TEST(sasl_cram_md5, client) {
    openssl hashes;
    cram_md5_client m(hashes, {"tim", "tanstaaftanstaaf"});
    EXPECT_EQ(test::say_in_least_room(m, challenge).text, response);
    EXPECT_TRUE(m.complete());
    EXPECT_EQ(say(m, challenge).step, failed(fault::unexpected_message));
}

// I2: NUL octets in what is hashed and in the digest; a key longer than a block whose MD5 holds one.
TEST(sasl_cram_md5, digests_with_nul) {
    const std::string longer = "tanstaaf00102" + std::string(52, 'x');
    struct {
        std::string_view password;
        std::string_view challenge;
        std::string_view text;
    } const rows[] = {
        {"tanstaaftanstaaf", "<3@x>", "tim b1296c2baee97e2d3da3bf53001c3117"},
        {longer, challenge, "tim 0305d8b85eada87b98cf574cd0705be8"},
        {"tanstaaftanstaaf", "\0"sv, "tim c28e9f284dddc6c45ee3a5fa01c2b202"},
    };
    for (const auto& row : rows) {
        openssl hashes;
        cram_md5_client m(hashes, {"tim", row.password});
        EXPECT_EQ(say(m, row.challenge).text, row.text);
    }
}

// I7, I5
TEST(sasl_cram_md5, client_with_what_it_cannot_use) {
    struct {
        credentials who;
        std::string_view challenge;
        sasl::step step;
    } const rows[] = {
        {{"tim", "secret"}, "", failed(fault::bad_syntax)},
        {{"", "secret"}, "<1@x>", failed(fault::bad_credential)},
        {{"tim", ""}, "<1@x>", failed(fault::bad_credential)},
        {{"tim", "secret", "boss"}, "<1@x>", failed(fault::bad_credential)},
        {{"t\tm", "secret"}, "<1@x>", failed(fault::bad_credential, 1)},
        {{"t\xffm", "secret"}, "<1@x>", failed(fault::bad_credential, 1)},
        {{"tim", "sec\0"sv}, "<1@x>", failed(fault::bad_credential, 3)},
        {{{"", SIZE_MAX}, "secret"}, "<1@x>", no_room(SIZE_MAX)},
    };
    for (const auto& row : rows) {
        openssl hashes;
        cram_md5_client m(hashes, row.who);
        EXPECT_EQ(say(m, row.challenge).step, row.step);
    }
}

TEST(sasl_cram_md5, server) {
    openssl hashes;
    site s;
    s.user = "tim";
    s.secret = "tanstaaftanstaaf";
    char lent[45];
    cram_md5_server m(hashes, s, nonce::from_text("1896.697170952"), "postoffice.reston.mci.net", lent);
    EXPECT_EQ(test::say_in_least_room(m, "").text, challenge);
    EXPECT_EQ(m.identity(), "");
    EXPECT_EQ(say(m, response).step, step{status::done});
    EXPECT_EQ(m.identity(), "tim");
    EXPECT_EQ(say(m, response).step, failed(fault::unexpected_message));
    EXPECT_EQ(m.identity(), "");
}

TEST(sasl_cram_md5, server_and_wrong_answers) {
    struct {
        std::string_view response;
        sasl::step step;
    } const rows[] = {
        {"tim b913a602c7eda7a495b4e6e7334d3891", failed(fault::not_allowed)},
        {"tim c913a602c7eda7a495b4e6e7334d3890", failed(fault::not_allowed)},
        {"Tim b913a602c7eda7a495b4e6e7334d3890", failed(fault::not_allowed)},
        // HMAC-MD5 with an empty key: an unknown user does not log in with it.
        {"bob a00b54b824afa19ec2de0f73cb2a04c2", failed(fault::not_allowed)},
        {"", failed(fault::bad_syntax, 0)},
        {"tim", failed(fault::bad_syntax, 3)},
        {" b913a602c7eda7a495b4e6e7334d3890", failed(fault::bad_syntax, 0)},
        {"tim ", failed(fault::bad_syntax, 4)},
        {"tim b913a602c7eda7a495b4e6e7334d389", failed(fault::bad_syntax, 35)},
        {"tim b913a602c7eda7a495b4e6e7334d38900", failed(fault::bad_syntax, 37)},
        {"tim B913A602C7EDA7A495B4E6E7334D3890", failed(fault::bad_syntax, 4)},
        {"tim b913a602c7eda7a495b4e6e7334d38\0"
         "0"sv,
         failed(fault::bad_syntax, 34)},
        {"t\1m b913a602c7eda7a495b4e6e7334d3890", failed(fault::control_character, 1)},
        {"t\xffm b913a602c7eda7a495b4e6e7334d3890", failed(fault::bad_encoding, 1)},
        {"timothy b913a602c7eda7a495b4e6e7334d3890", failed(fault::too_long)},
    };
    for (const auto& row : rows) {
        openssl hashes;
        site s;
        s.user = "tim";
        s.secret = "tanstaaftanstaaf";
        char lent[48];
        cram_md5_server m(hashes, s, nonce::from_text("1896.697170952"), "postoffice.reston.mci.net", lent);
        EXPECT_EQ(say(m, "").step.status, status::more);
        EXPECT_EQ(say(m, row.response).step, row.step) << row.response;
        EXPECT_EQ(m.identity(), "");
    }
}

TEST(sasl_cram_md5, server_that_cannot_begin) {
    openssl hashes;
    site s;
    char lent[7];
    cram_md5_server without_nonce(hashes, s, nonce::from_text(""), "host", lent);
    EXPECT_EQ(say(without_nonce, "").step, failed(fault::bad_nonce));
    cram_md5_server small(hashes, s, nonce::from_text("abc"), "host", lent);
    EXPECT_EQ(say(small, "").step, failed(fault::no_memory));
    cram_md5_server spoken_to(hashes, s, nonce::from_text("a"), "host", lent);
    EXPECT_EQ(say(spoken_to, response).step, failed(fault::unexpected_message));
}

// An account without a password is closed, not open.
TEST(sasl_cram_md5, server_and_an_empty_password) {
    openssl hashes;
    site s;
    s.user = "bob";
    s.secret = "";
    char lent[64];
    cram_md5_server m(hashes, s, nonce::from_text("1896.697170952"), "postoffice.reston.mci.net", lent);
    EXPECT_EQ(say(m, "").step.status, status::more);
    EXPECT_EQ(say(m, "bob a00b54b824afa19ec2de0f73cb2a04c2").step, failed(fault::not_allowed));
}

TEST(sasl_cram_md5, hashes_that_fail) {
    for (int times = 0; times != 2; ++times) {
        test::failing_hashes hashes{times};
        cram_md5_client c(hashes, {"tim", "secret"});
        EXPECT_EQ(say(c, "<1@x>").step, failed(fault::crypto_failed));
        site s;
        char lent[64];
        test::failing_hashes again{times};
        cram_md5_server m(again, s, nonce::from_text("1"), "x", lent);
        EXPECT_EQ(say(m, "").text, "<1@x>");
        EXPECT_EQ(say(m, response).step, failed(fault::crypto_failed));
    }
}

} // namespace
} // namespace mailwire::sasl
