// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/scram_server.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/core/base64.hpp"
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

template <std::size_t N> std::array<char, N> decoded(std::string_view text) {
    std::array<char, N> octets{};
    EXPECT_EQ(base64_decode(text, octets).size, N);
    return octets;
}

// RFC 5802 5; the last response is empty because POP3 and IMAP have no room for data in their success.
TEST(sasl_scram_server, sha_1) {
    openssl hashes;
    site s;
    const auto salt = decoded<12>("QSXCR+Q6sek8bf92");
    s.salt = {salt.data(), salt.size()};
    char lent[256];
    scram_sha_1_server<openssl, site> m(hashes, s, nonce::from_text("3rfcNHYJY1ZVvWVs7j"), lent);
    EXPECT_EQ(m.name(), "SCRAM-SHA-1");
    EXPECT_EQ(test::say_in_least_room(m, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL").text,
              "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    EXPECT_EQ(test::say_in_least_room(m, "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                                         "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
                  .text,
              "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    EXPECT_EQ(m.identity(), "");
    EXPECT_EQ(say(m, "").step, step{status::done});
    EXPECT_EQ(m.identity(), "user");
    EXPECT_EQ(say(m, "").step, failed(fault::unexpected_message));
    EXPECT_EQ(m.identity(), "");
}

// RFC 7677 3
class sasl_scram_server_256 : public testing::Test {
protected:
    openssl hashes;
    site s;
    std::array<char, 16> salt = decoded<16>("W22ZaJ0SNY7soEsUEjb6gQ==");
    std::array<char, 512> lent;
    nonce once = nonce::from_text("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    const std::string proof = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                              "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    void SetUp() override { s.salt = {salt.data(), salt.size()}; }
};

TEST_F(sasl_scram_server_256, example) {
    scram_sha_256_server<openssl, site> m(hashes, s, once, lent);
    EXPECT_EQ(m.name(), "SCRAM-SHA-256");
    EXPECT_EQ(say(m, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO").text,
              "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    EXPECT_EQ(say(m, proof).text, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    EXPECT_EQ(say(m, "").step, step{status::done});
}

TEST_F(sasl_scram_server_256, first_messages_that_are_refused) {
    struct {
        std::string_view message;
        sasl::step step;
    } const rows[] = {
        {"p=tls-unique,,n=user,r=abc", failed(fault::channel_binding, 0)},
        {"n,,m=x,n=user,r=abc", failed(fault::unknown_extension, 3)},
        {"n,,n=u\1,r=abc", failed(fault::control_character, 6)},
        {"n,,n=u\xff,r=abc", failed(fault::bad_encoding, 6)},
        {"n,,n=u=2,r=abc", failed(fault::bad_syntax, 6)},
        {"n,,n=user,r=", failed(fault::bad_syntax, 12)},
        {"n,,n=bob,r=abc", failed(fault::not_allowed)},
        {"", failed(fault::bad_syntax, 0)},
    };
    for (const auto& row : rows) {
        scram_sha_256_server<openssl, site> m(hashes, s, once, lent);
        EXPECT_EQ(say(m, row.message).step, row.step) << row.message;
        EXPECT_EQ(say(m, proof).step, row.step) << row.message;
    }
}

TEST_F(sasl_scram_server_256, proofs_that_are_refused) {
    const std::string front = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const std::string right = ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    struct {
        std::string message;
        sasl::step step;
    } const rows[] = {
        {front + ",p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", failed(fault::not_allowed)},
        {front + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQA", failed(fault::not_allowed)},
        {front + ",p=dHzb", failed(fault::not_allowed)},
        {front + ",p=dHz", failed(fault::bad_syntax, 65)},
        {front + ",x=y" + right, failed(fault::not_allowed)},
        {front, failed(fault::bad_syntax, 59)},
        {front + "k" + right, failed(fault::wrong_nonce, 9)},
        {"c=biws,r=rOprNGfwEbeRWgbNEkqO" + right, failed(fault::wrong_nonce, 9)},
        {"c=biws,r=X" + front.substr(10) + right, failed(fault::wrong_nonce, 9)},
        {"c=eSws" + front.substr(6) + right, failed(fault::channel_binding, 2)},
        {"c=biwsAAAA" + front.substr(6) + right, failed(fault::channel_binding, 2)},
        {"c=cD10bHMtdW5pcXVlLCw=" + front.substr(6) + right, failed(fault::channel_binding, 2)},
        {"", failed(fault::bad_syntax, 0)},
    };
    for (const auto& row : rows) {
        scram_sha_256_server<openssl, site> m(hashes, s, once, lent);
        EXPECT_EQ(say(m, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO").step.status, status::more);
        EXPECT_EQ(say(m, row.message).step, row.step) << row.message;
        EXPECT_EQ(say(m, "").step, row.step);
        EXPECT_EQ(m.identity(), "");
    }
}

TEST_F(sasl_scram_server_256, last_response_is_empty) {
    scram_sha_256_server<openssl, site> m(hashes, s, once, lent);
    EXPECT_EQ(say(m, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO").step.status, status::more);
    EXPECT_EQ(say(m, proof).step.status, status::more);
    EXPECT_EQ(say(m, "x").step, failed(fault::bad_syntax));
    EXPECT_EQ(m.identity(), "");
}

// An unknown user gets a first message as any user does, and the answer of a wrong password.
TEST_F(sasl_scram_server_256, decoy) {
    s.decoy = true;
    scram_sha_256_server<openssl, site> m(hashes, s, once, lent);
    EXPECT_EQ(say(m, "n,,n=bobby,r=rOprNGfwEbeRWgbNEkqO").text,
              "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    EXPECT_EQ(say(m, proof).step, failed(fault::not_allowed));
}

// The store's no counts, whatever it has filled in: here all of the record, and the proof is right.
struct closed_account : site {
    bool find(std::string_view name, scram_record<sha_256>& record) {
        site::find(name, record);
        return false;
    }
};

TEST_F(sasl_scram_server_256, closed_account) {
    closed_account closed;
    closed.salt = s.salt;
    scram_sha_256_server<openssl, closed_account> m(hashes, closed, once, lent);
    EXPECT_EQ(say(m, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO").step.status, status::more);
    EXPECT_EQ(say(m, proof).step, failed(fault::not_allowed));
}

TEST_F(sasl_scram_server_256, records_that_cannot_be_used) {
    const std::string longest(256, 's');
    const std::string longer(257, 's');
    std::array<char, 1024> large;
    struct {
        std::string_view salt;
        std::uint32_t iterations;
        fault why;
    } const rows[] = {
        {"", 4096, fault::bad_record},
        {longer, 4096, fault::bad_record},
        {"s", 0, fault::bad_record},
        {longest, 1, fault::none},
    };
    for (const auto& row : rows) {
        s.salt = row.salt;
        s.iterations = row.iterations;
        scram_sha_256_server<openssl, site> m(hashes, s, once, large);
        EXPECT_EQ(say(m, "n,,n=user,r=abc").step.fault, row.why);
    }
}

TEST_F(sasl_scram_server_256, what_it_cannot_begin_with) {
    scram_sha_256_server<openssl, site> without(hashes, s, nonce::from_text(""), lent);
    EXPECT_EQ(say(without, "n,,n=user,r=abc").step, failed(fault::bad_nonce));
    // 15 octets of the message, 4 of the name, 69 of the answer.
    for (std::size_t room = 0; room != 90; ++room) {
        scram_sha_256_server<openssl, site> m(hashes, s, once, std::span(lent).first(room));
        EXPECT_EQ(say(m, "n,,n=user,r=abc").step, room < 88 ? failed(fault::too_long) : (step{status::more, 69}))
            << room;
    }
}

TEST_F(sasl_scram_server_256, hashes_that_fail) {
    for (int times = 0; times != 7; ++times) {
        test::failing_hashes failing{times};
        scram_sha_256_server<test::failing_hashes, site> m(failing, s, once, lent);
        EXPECT_EQ(say(m, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO").step.status, status::more);
        EXPECT_EQ(say(m, proof).step.fault, times < 5 ? fault::crypto_failed : fault::none) << times;
    }
}

} // namespace
} // namespace mailwire::sasl
