// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/scram_client.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/crypto.hpp"
#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::failed;
using test::openssl;
using test::say;

// RFC 5802 5
TEST(sasl_scram_client, sha_1) {
    openssl hashes;
    char lent[64];
    scram_sha_1_client<openssl> m(hashes, {"user", "pencil"}, nonce::from_text("fyko+d2lbbFgONRv9qkxdawL"), lent);
    EXPECT_EQ(m.name(), "SCRAM-SHA-1");
    EXPECT_EQ(test::say_in_least_room(m, "").text, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    const auto proof =
        test::say_in_least_room(m, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    EXPECT_EQ(proof.text, "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    EXPECT_FALSE(m.complete());
    EXPECT_EQ(say(m, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", 0).step, step{status::done});
    EXPECT_TRUE(m.complete());
    EXPECT_EQ(say(m, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=").step, failed(fault::unexpected_message));
}

constexpr std::string_view first =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

// RFC 7677 3
TEST(sasl_scram_client, sha_256) {
    openssl hashes;
    char lent[64];
    scram_sha_256_client<openssl> m(hashes, {"user", "pencil"}, nonce::from_text("rOprNGfwEbeRWgbNEkqO"), lent);
    EXPECT_EQ(m.name(), "SCRAM-SHA-256");
    EXPECT_EQ(say(m, "").text, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    EXPECT_EQ(say(m, first).text, "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                  "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    EXPECT_EQ(say(m, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=").step, step{status::done});
}

TEST(sasl_scram_client, first_messages) {
    struct {
        credentials who;
        channel_binding binding;
        std::string_view text;
    } const rows[] = {
        {{"user", "p"}, channel_binding::not_offered, "y,,n=user,r=N"},
        {{"user", "p", "boss"}, channel_binding::unsupported, "n,a=boss,n=user,r=N"},
        {{"u,s=r", "p", "b,="}, channel_binding::not_offered, "y,a=b=2C=3D,n=u=2Cs=3Dr,r=N"},
        {{"\xc3\xb6", "p"}, channel_binding::unsupported, "n,,n=\xc3\xb6,r=N"},
    };
    for (const auto& row : rows) {
        openssl hashes;
        std::array<char, 64> lent;
        scram_sha_1_client<openssl> m(hashes, row.who, nonce::from_text("N"), std::span(lent).first(row.text.size()),
                                      {}, row.binding);
        EXPECT_EQ(say(m, "").text, row.text);
        scram_sha_1_client<openssl> small(hashes, row.who, nonce::from_text("N"),
                                          std::span(lent).first(row.text.size() - 1), {}, row.binding);
        EXPECT_EQ(say(small, "").step, failed(fault::no_memory));
    }
}

// I7, I5
TEST(sasl_scram_client, what_it_cannot_begin_with) {
    struct {
        credentials who;
        std::string_view once;
        std::string_view challenge;
        sasl::step step;
    } const rows[] = {
        {{"user", "pencil"}, "", "", failed(fault::bad_nonce)},
        {{"user", "pencil"}, "a,b", "", failed(fault::bad_nonce)},
        {{"", "pencil"}, "N", "", failed(fault::bad_credential)},
        {{"user", ""}, "N", "", failed(fault::bad_credential)},
        {{"us\x01", "pencil"}, "N", "", failed(fault::bad_credential, 2)},
        {{"user", "pen\0cil"sv}, "N", "", failed(fault::bad_credential, 3)},
        {{"user", "pencil", "b\x7f"}, "N", "", failed(fault::bad_credential, 1)},
        {{"us\xff", "pencil"}, "N", "", failed(fault::bad_credential, 2)},
        {{{"", SIZE_MAX}, "pencil"}, "N", "", failed(fault::no_memory)},
        {{"user", "pencil"}, "N", "r=N", failed(fault::unexpected_message)},
    };
    for (const auto& row : rows) {
        openssl hashes;
        char lent[64];
        scram_sha_1_client<openssl> m(hashes, row.who, nonce::from_text(row.once), lent);
        EXPECT_EQ(say(m, row.challenge).step, row.step);
        EXPECT_EQ(say(m, row.challenge).step, row.step);
    }
}

sasl::step answer(std::string_view challenge, const limits& allowed = {}) {
    openssl hashes;
    char lent[64];
    scram_sha_1_client<openssl> m(hashes, {"user", "pencil"}, nonce::from_text("abc"), lent, allowed);
    EXPECT_EQ(say(m, "").step.status, status::more);
    return say(m, challenge).step;
}

TEST(sasl_scram_client, server_first_messages_that_are_refused) {
    const std::string longest(344, 'A');
    EXPECT_EQ(answer("r=abcd,s=" + longest.substr(0, 340) + "AA==,i=4096").status, status::more);
    EXPECT_EQ(answer("r=abcd,s=" + longest + ",i=4096"), failed(fault::too_long, 9 + 344));
    struct {
        std::string_view challenge;
        sasl::step step;
    } const rows[] = {
        {"r=abcd,s=AAAA,i=4096,x=ignored", {status::more, 44}},
        {"r=abc,s=AAAA,i=4096", failed(fault::wrong_nonce, 2)},
        {"r=abd,s=AAAA,i=4096", failed(fault::wrong_nonce, 2)},
        {"r=ab,s=AAAA,i=4096", failed(fault::wrong_nonce, 2)},
        {"r=xabc,s=AAAA,i=4096", failed(fault::wrong_nonce, 2)},
        {"r=abcd,s=AAA,i=4096", failed(fault::bad_syntax, 12)},
        {"r=abcd,s=AAAB=,i=4096", failed(fault::bad_syntax, 13)},
        {"r=abcd,s=AB==,i=4096", failed(fault::bad_syntax, 11)},
        {"r=abcd,s= AAA,i=4096", failed(fault::bad_syntax, 9)},
        {"r=abcd,s==,i=4096", failed(fault::bad_syntax, 9)},
        {"m=1,r=abcd,s=AAAA,i=4096", failed(fault::unknown_extension)},
        {"e=other-error", failed(fault::bad_syntax, 0)},
        {"", failed(fault::bad_syntax, 0)},
    };
    for (const auto& row : rows)
        EXPECT_EQ(answer(row.challenge), row.step) << row.challenge;
}

// I1: neither too many nor too few, N and N + 1.
TEST(sasl_scram_client, limits_of_iterations) {
    const limits tight{.least_iterations = 5, .most_iterations = 7};
    struct {
        std::string_view count;
        fault why;
    } const rows[] = {
        {"4", fault::too_few_iterations},
        {"5", fault::none},
        {"7", fault::none},
        {"8", fault::too_many_iterations},
    };
    for (const auto& row : rows) {
        const sasl::step s = answer("r=abcd,s=AAAA,i=" + std::string(row.count), tight);
        EXPECT_EQ(s.fault, row.why) << row.count;
        EXPECT_EQ(s.offset, row.why == fault::none ? 0U : 16U);
    }
    EXPECT_EQ(answer("r=abcd,s=AAAA,i=4095"), failed(fault::too_few_iterations, 16));
    for (const std::string_view bomb : {"600001", "2147483647", "4294967296", "99999999999999999999"})
        EXPECT_EQ(answer("r=abcd,s=AAAA,i=" + std::string(bomb)), failed(fault::too_many_iterations, 16));
    EXPECT_EQ(limits().most_iterations, 600'000U);
}

// D4 and RFC 5802 5: a server that does not prove that it knows the password is not believed.
TEST(sasl_scram_client, server_final_messages_that_are_refused) {
    struct {
        std::string_view challenge;
        sasl::step step;
    } const rows[] = {
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=,x=y", step{status::done}},
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", failed(fault::bad_syntax, 45)},
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8=", failed(fault::bad_server_signature, 2)},
        {"v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", failed(fault::bad_server_signature, 2)},
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4A", failed(fault::bad_server_signature, 2)},
        {"v=6rriTRBi", failed(fault::bad_server_signature, 2)},
        {"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", failed(fault::bad_server_signature, 2)},
        {"v=6rri", failed(fault::bad_server_signature, 2)},
        {"v=6rr", failed(fault::bad_syntax, 5)},
        {"v=", failed(fault::bad_syntax, 2)},
        {"", failed(fault::bad_syntax, 0)},
        {"e=invalid-proof", failed(fault::refused)},
        {"e=something-new,x=y", failed(fault::refused)},
    };
    for (const auto& row : rows) {
        openssl hashes;
        char lent[64];
        scram_sha_256_client<openssl> m(hashes, {"user", "pencil"}, nonce::from_text("rOprNGfwEbeRWgbNEkqO"), lent);
        EXPECT_EQ(say(m, "").step.status, status::more);
        EXPECT_EQ(say(m, first).step.status, status::more);
        EXPECT_EQ(say(m, row.challenge).step, row.step) << row.challenge;
        EXPECT_EQ(m.complete(), row.step.status == status::done);
    }
}

TEST(sasl_scram_client, hashes_that_fail) {
    for (const int times : {0, 1, 9, 10, 12, 14, 15, 17, 18, 19}) {
        test::failing_hashes hashes{times};
        char lent[64];
        scram_sha_1_client<test::failing_hashes> m(hashes, {"user", "pencil"}, nonce::from_text("abc"), lent,
                                                   {.least_iterations = 5});
        EXPECT_EQ(say(m, "").step.status, status::more);
        // 5 iterations, 2 keys, 2 signatures of 2 hashes each, and one hash.
        EXPECT_EQ(say(m, "r=abcd,s=AAAA,i=5").step.fault, times < 19 ? fault::crypto_failed : fault::none) << times;
    }
}

} // namespace
} // namespace mailwire::sasl
