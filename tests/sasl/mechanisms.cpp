// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/mechanisms.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/crypto.hpp"
#include "sasl/pairs.hpp"
#include "sasl/site.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::each_mechanism;
using test::given;
using test::no_change;
using test::openssl;
using test::site;

static_assert(client_mechanism<plain_client> && server_mechanism<plain_server<site>>);
static_assert(client_mechanism<login_client> && server_mechanism<login_server<site>>);
static_assert(client_mechanism<external_client> && server_mechanism<external_server<site>>);
static_assert(client_mechanism<anonymous_client> && server_mechanism<anonymous_server<site>>);
static_assert(client_mechanism<xoauth2_client> && server_mechanism<xoauth2_server<site>>);
static_assert(client_mechanism<oauthbearer_client> && server_mechanism<oauthbearer_server<site>>);
static_assert(client_mechanism<cram_md5_client<openssl>> && server_mechanism<cram_md5_server<openssl, site>>);
static_assert(client_mechanism<scram_sha_1_client<openssl>> && server_mechanism<scram_sha_1_server<openssl, site>>);
static_assert(client_mechanism<scram_sha_256_client<openssl>> && server_mechanism<scram_sha_256_server<openssl, site>>);

// Objects that a session can hold by the thousand.
static_assert(sizeof(plain_client) <= 128 && sizeof(plain_server<site>) <= 128);
static_assert(sizeof(scram_sha_256_client<openssl>) <= 256 && sizeof(scram_sha_256_server<openssl, site>) <= 384);

bool knows_token(std::string_view name) { return name == "XOAUTH2" || name == "OAUTHBEARER"; }

TEST(sasl_mechanisms, right_secret) {
    for (const bool initial_response : {true, false}) {
        site s;
        int count = 0;
        const given g{{"user", "pencil"}, s.token, {}, initial_response};
        each_mechanism(s, g, [&](std::string_view name, auto&& run) {
            const auto o = run(no_change{});
            EXPECT_TRUE(o.result.server) << name;
            EXPECT_TRUE(o.result.client) << name;
            EXPECT_EQ(o.identity, name == "ANONYMOUS" ? "anonymous" : "user") << name;
            EXPECT_EQ(o.result.client_fault, fault::none) << name;
            EXPECT_EQ(o.result.server_fault, fault::none) << name;
            EXPECT_EQ(o.allocations, 0U) << name;
            ++count;
        });
        EXPECT_EQ(count, 9);
    }
}

TEST(sasl_mechanisms, wrong_secret) {
    for (const std::string_view wrong : {"pencils"sv, "penci"sv, "Pencil"sv, "\xc3\xb6"sv}) {
        site s;
        const given g{{"user", wrong}, "wrong", {}};
        each_mechanism(s, g, [&](std::string_view name, auto&& run) {
            const auto o = run(no_change{});
            const bool no_secret = name == "EXTERNAL" || name == "ANONYMOUS";
            EXPECT_EQ(o.result.server, no_secret) << name;
            EXPECT_EQ(o.result.client, no_secret) << name;
            EXPECT_EQ(o.result.server_fault, no_secret ? fault::none : fault::not_allowed) << name;
            EXPECT_EQ(o.result.client_fault, knows_token(name) ? fault::refused : fault::none) << name;
            if (!no_secret) {
                EXPECT_EQ(o.identity, "") << name;
            }
            EXPECT_EQ(o.allocations, 0U) << name;
        });
    }
}

TEST(sasl_mechanisms, unknown_user) {
    for (const bool decoy : {false, true}) {
        site s;
        s.decoy = decoy;
        each_mechanism(s, {{"nobody", "pencil"}, s.token, {}}, [&](std::string_view name, auto&& run) {
            const auto o = run(no_change{});
            EXPECT_EQ(o.result.server, name == "ANONYMOUS") << name;
            EXPECT_EQ(o.result.server_fault, name == "ANONYMOUS" ? fault::none : fault::not_allowed) << name;
        });
    }
}

// Acting as another is asked of the store, and only after the secret was right.
TEST(sasl_mechanisms, acting_as_another) {
    struct {
        credentials who;
        std::string_view identity;
    } const rows[] = {
        {{"user", "pencil", "boss"}, "boss"},
        {{"user", "pencil", "user"}, "user"},
        {{"user", "pencil", "root"}, ""},
        {{"user", "wrong", "boss"}, ""},
    };
    for (const auto& row : rows) {
        site s;
        each_mechanism(s, {row.who, s.token, {}}, [&](std::string_view name, auto&& run) {
            if (name != "PLAIN" && !name.starts_with("SCRAM")) return;
            const auto o = run(no_change{});
            EXPECT_EQ(o.identity, row.identity) << name;
            EXPECT_EQ(o.result.client, !row.identity.empty()) << name;
        });
    }
}

TEST(sasl_mechanisms, names_that_need_escapes) {
    site s;
    s.user = "u,s=e\xc3\xb6r";
    each_mechanism(s, {{"u,s=e\xc3\xb6r", "pencil"}, s.token, {}}, [&](std::string_view name, auto&& run) {
        const auto o = run(no_change{});
        EXPECT_TRUE(o.result.client) << name;
        EXPECT_EQ(o.identity, name == "ANONYMOUS" ? "anonymous" : s.user) << name;
    });
}

// A server of any number of messages: nothing runs on.
TEST(sasl_mechanisms, messages_of_an_exchange) {
    site s;
    each_mechanism(s, {{"user", "pencil"}, s.token, {}}, [&](std::string_view name, auto&& run) {
        const std::size_t most = name.starts_with("SCRAM") ? 5U : name == "LOGIN" ? 4U : name == "CRAM-MD5" ? 2U : 1U;
        EXPECT_EQ(run(no_change{}).result.messages, most) << name;
    });
}

// The limit of rounds holds for each mechanism: what it needs is enough, one less is not.
TEST(sasl_mechanisms, limit_of_rounds) {
    site s;
    for (unsigned rounds = 0; rounds != 5; ++rounds) {
        const given g{{"user", "pencil"}, s.token, {.rounds = rounds}};
        each_mechanism(s, g, [&](std::string_view name, auto&& run) {
            const unsigned needed = name.starts_with("SCRAM") || name == "LOGIN" ? 3 : name == "CRAM-MD5" ? 2 : 1;
            const auto o = run(no_change{});
            EXPECT_EQ(o.result.server, rounds >= needed) << name << rounds;
            const bool said =
                o.result.client_fault == fault::too_many_rounds || o.result.server_fault == fault::too_many_rounds;
            EXPECT_EQ(said, rounds < needed) << name << rounds;
        });
    }
}

// A hash of one side that computes something else: both sides fail, neither believes the other.
template <typename Theirs, typename Ours> void expect_no_agreement(Theirs theirs, Ours ours) {
    site s;
    char lent[512];
    char kept[512];
    cram_md5_client c(ours, {"user", "pencil"});
    cram_md5_server m(theirs, s, nonce::from_text("1"), "x", lent);
    EXPECT_EQ(test::join(c, m).server_fault, fault::not_allowed);
    scram_sha_1_client<Ours> c1(ours, {"user", "pencil"}, nonce::from_text("1"), kept);
    scram_sha_1_server<Theirs, site> m1(theirs, s, nonce::from_text("2"), lent);
    EXPECT_EQ(test::join(c1, m1).server_fault, fault::not_allowed);
    scram_sha_256_client<Ours> c2(ours, {"user", "pencil"}, nonce::from_text("1"), kept);
    scram_sha_256_server<Theirs, site> m2(theirs, s, nonce::from_text("2"), lent);
    EXPECT_EQ(test::join(c2, m2).server_fault, fault::not_allowed);
    EXPECT_FALSE(c1.complete() || c2.complete() || m.complete() || m1.complete() || m2.complete());
}

TEST(sasl_mechanisms, wrong_hashes) {
    expect_no_agreement(openssl(), test::wrong_hashes());
    expect_no_agreement(test::wrong_hashes(), openssl());
}

} // namespace
} // namespace mailwire::sasl
