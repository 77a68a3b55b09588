// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/scram_message.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;

struct row {
    std::string_view message;
    finding found;
};

template <typename Message, std::size_t N> void expect(const row (&rows)[N]) {
    for (const auto& r : rows) {
        Message read;
        EXPECT_EQ(Message::read(r.message, read), r.found) << r.message;
    }
}

TEST(sasl_scram_message, client_first) {
    scram_client_first m;
    EXPECT_FALSE(scram_client_first::read("n,a=b=2Coss,n=us=3Der,r=fyko+d2,x=1,Y==", m));
    EXPECT_EQ(m.gs2_header, "n,a=b=2Coss,");
    EXPECT_EQ(m.authorization, "b=2Coss");
    EXPECT_EQ(m.bare, "n=us=3Der,r=fyko+d2,x=1,Y==");
    EXPECT_EQ(m.user, "us=3Der");
    EXPECT_EQ(m.nonce, "fyko+d2");
    const row rows[] = {
        {"n,,n=user,r=x", {}},
        {"y,,n=\xc3\xb6,r=!~", {}},
        {"", {fault::bad_syntax, 0}},
        {"p=tls-unique,,n=user,r=x", {fault::channel_binding, 0}},
        {"n,,m=x,n=user,r=x", {fault::unknown_extension, 3}},
        {"n,,n=user,m=x,r=x", {fault::unknown_extension, 10}},
        {"n,,n=user,r=x,m=x", {fault::unknown_extension, 14}},
        {"n,,r=x,n=user", {fault::bad_syntax, 3}},
        {"n,,n=,r=x", {fault::bad_syntax, 5}},
        {"n,,n=us=er,r=x", {fault::bad_syntax, 7}},
        {"n,,n=us\x01,r=x", {fault::control_character, 7}},
        {"n,,n=us\0,r=x"sv, {fault::control_character, 7}},
        {"n,,n=us\xff,r=x", {fault::bad_encoding, 7}},
        {"n,,n=user,r=x,e=\xff", {fault::bad_encoding, 16}},
        {"n,,n=user", {fault::bad_syntax, 9}},
        {"n,,n=user,r=", {fault::bad_syntax, 12}},
        {"n,,n=user,r=a b", {fault::bad_syntax, 13}},
        {"n,,n=user,r=x,", {fault::bad_syntax, 14}},
        {"n,,n=user,r=x,1=x", {fault::bad_syntax, 14}},
        {"n,,n=user,r=x,x=", {fault::bad_syntax, 16}},
        {"n,,n=user,r=x,x", {fault::bad_syntax, 15}},
        {"n,,n=user,r=x,x=a\0"sv, {fault::bad_syntax, 17}},
        {"n,,N=user,r=x", {fault::bad_syntax, 3}},
    };
    expect<scram_client_first>(rows);
}

TEST(sasl_scram_message, server_first) {
    scram_server_first m;
    EXPECT_FALSE(scram_server_first::read("r=ab,s=QSXCR+Q6sek8bf92,i=4096,x=y", m));
    EXPECT_EQ(m.nonce, "ab");
    EXPECT_EQ(m.salt, "QSXCR+Q6sek8bf92");
    EXPECT_EQ(m.salt_offset, 7U);
    EXPECT_EQ(m.iterations, 4096U);
    EXPECT_EQ(m.iterations_offset, 26U);
    const row rows[] = {
        {"r=a,s=AAAA,i=1", {}},
        {"m=x,r=a,s=AAAA,i=1", {fault::unknown_extension, 0}},
        {"r=a,s=AAAA,i=1,m=x", {fault::unknown_extension, 15}},
        {"", {fault::bad_syntax, 0}},
        {"s=AAAA,r=a,i=1", {fault::bad_syntax, 0}},
        {"r=,s=AAAA,i=1", {fault::bad_syntax, 2}},
        {"r=a,s=,i=1", {fault::bad_syntax, 6}},
        {"r=a,s=AAAA", {fault::bad_syntax, 10}},
        {"r=a,s=AAAA,i=", {fault::bad_syntax, 13}},
        {"r=a,s=AAAA,i=0", {fault::bad_syntax, 13}},
        {"r=a,s=AAAA,i=04096", {fault::bad_syntax, 13}},
        {"r=a,s=AAAA,i=-1", {fault::bad_syntax, 13}},
        {"r=a,s=AAAA,i=1x", {fault::bad_syntax, 14}},
        {"r=a,s=AAAA,i=1 ", {fault::bad_syntax, 14}},
        {"r=a\xc3,s=AAAA,i=1", {fault::bad_encoding, 3}},
    };
    expect<scram_server_first>(rows);
}

// I1: numbers no register has room for.
TEST(sasl_scram_message, iterations) {
    struct {
        std::string_view digits;
        std::uint32_t value;
    } const rows[] = {
        {"1", 1},
        {"2147483647", 2147483647},
        {"4294967295", 4294967295},
        {"4294967296", 4294967295},
        {"18446744073709551617", 4294967295},
        {"99999999999999999999999999999999999999", 4294967295},
    };
    for (const auto& r : rows) {
        scram_server_first m;
        EXPECT_FALSE(scram_server_first::read("r=a,s=AAAA,i=" + std::string(r.digits), m));
        EXPECT_EQ(m.iterations, r.value) << r.digits;
    }
}

TEST(sasl_scram_message, client_final) {
    scram_client_final m;
    EXPECT_FALSE(scram_client_final::read("c=biws,r=ab,x=y,z=,p=v0X8", m) == finding{});
    EXPECT_FALSE(scram_client_final::read("c=biws,r=ab,x=y,p=v0X8", m));
    EXPECT_EQ(m.without_proof, "c=biws,r=ab,x=y");
    EXPECT_EQ(m.channel_binding, "biws");
    EXPECT_EQ(m.nonce, "ab");
    EXPECT_EQ(m.nonce_offset, 9U);
    EXPECT_EQ(m.proof, "v0X8");
    EXPECT_EQ(m.proof_offset, 18U);
    const row rows[] = {
        {"c=biws,r=a,p=AAAA", {}},
        {"", {fault::bad_syntax, 0}},
        {"r=a,c=biws,p=AAAA", {fault::bad_syntax, 0}},
        {"c=biws,r=a", {fault::bad_syntax, 10}},
        {"c=biws,r=a,p=", {fault::bad_syntax, 13}},
        {"c=biws,r=a,p", {fault::bad_syntax, 12}},
        {"c=biws,r=a,p=AAAA,x=y", {fault::bad_syntax, 17}},
        {"c=biws,r=a,m=x,p=AAAA", {fault::unknown_extension, 11}},
        {"m=x,c=biws,r=a,p=AAAA", {fault::unknown_extension, 0}},
        {"c=biws,r=a,p=\xff", {fault::bad_encoding, 13}},
    };
    expect<scram_client_final>(rows);
}

TEST(sasl_scram_message, server_final) {
    scram_server_final m;
    EXPECT_FALSE(scram_server_final::read("v=rmF9,x=y", m));
    EXPECT_FALSE(m.error);
    EXPECT_EQ(m.verifier, "rmF9");
    EXPECT_EQ(m.verifier_offset, 2U);
    EXPECT_FALSE(scram_server_final::read("e=invalid-proof", m));
    EXPECT_TRUE(m.error);
    const row rows[] = {
        {"", {fault::bad_syntax, 0}},           {"x=y", {fault::bad_syntax, 0}},
        {"v=", {fault::bad_syntax, 2}},         {"v=AAAA,", {fault::bad_syntax, 7}},
        {"e=", {fault::bad_syntax, 2}},         {"v=AAAA\0"sv, {fault::bad_syntax, 6}},
        {"m=x", {fault::unknown_extension, 0}}, {"e=x,m=y", {fault::unknown_extension, 4}},
    };
    expect<scram_server_final>(rows);
}

// Around the size of the pieces it is written in.
TEST(sasl_scram_message, base64) {
    for (const std::size_t size : {0U, 1U, 2U, 3U, 47U, 48U, 49U, 95U, 96U, 97U, 256U}) {
        const std::string octets(size, '\xa5');
        std::string whole(base64_encoded_size(size), '?');
        (void)base64_encode(octets, whole);
        std::string pieces;
        string_sink to(pieces);
        write_base64(to, octets);
        EXPECT_EQ(pieces, whole);
        EXPECT_TRUE(is_base64_of(whole, octets));
        EXPECT_FALSE(is_base64_of(whole + "=", octets));
        for (std::size_t at = 0; at != whole.size(); ++at) {
            std::string other = whole;
            other[at] = other[at] == 'B' ? 'C' : 'B';
            EXPECT_FALSE(is_base64_of(other, octets)) << at;
        }
    }
}

} // namespace
} // namespace mailwire::sasl
