// SPDX-License-Identifier: BSL-1.0
#include "mail_server/accounts.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "mailwire/sasl/mechanisms.hpp"

namespace mail_server {
namespace {

class accounts_test : public testing::Test {
protected:
    // Whether the server lets the client in, when both speak with each other.
    template <typename Client, typename Server> bool lets_in(Client& client, Server& server) {
        std::array<char, 2048> said;
        std::array<char, 2048> answered;
        sasl::step of_server = {};
        if (!Client::client_first) {
            of_server = server.step({}, answered);
        }
        while (of_server.status == sasl::status::more) {
            const auto of_client = client.step({answered.data(), of_server.size}, said);
            if (of_client.status == sasl::status::failed) {
                return false;
            }
            of_server = server.step({said.data(), of_client.size}, answered);
        }
        return of_server.status == sasl::status::done && client.complete() && server.identity() == "ada";
    }

    bool cram(const sasl::credentials& who) {
        sasl::cram_md5_client client(known.hashes(), who);
        sasl::cram_md5_server server(known.hashes(), known, support::fresh_nonce(), "localhost", memory);
        return lets_in(client, server);
    }
    template <typename Hash> bool scram(const sasl::credentials& who) {
        sasl::scram_client<Hash, support::openssl_hashes> client(known.hashes(), who, support::fresh_nonce(), other);
        sasl::scram_server<Hash, support::openssl_hashes, accounts> server(known.hashes(), known,
                                                                           support::fresh_nonce(), memory);
        return lets_in(client, server);
    }
    template <typename Client, typename Server> bool bearer(const sasl::bearer_credentials& shown) {
        Client client(shown);
        Server server(known, memory);
        return lets_in(client, server);
    }

    accounts known{"ada", "secret", "token"};
    std::array<char, 1024> memory;
    std::array<char, 1024> other;
};

TEST_F(accounts_test, checks_passwords) {
    EXPECT_TRUE(known.check("ada", "secret"));
    for (const auto* wrong : {"", "Secret", "secre", "secrets", "token"}) {
        EXPECT_FALSE(known.check("ada", wrong)) << wrong;
    }
    EXPECT_FALSE(known.check("Ada", "secret"));
    EXPECT_FALSE(known.check("", "secret"));
    EXPECT_EQ(known.password("ada"), "secret");
    EXPECT_FALSE(known.password("bob"));
}

// RFC 1939 7, APOP, has the example.
TEST_F(accounts_test, checks_apop) {
    accounts mrose("mrose", "tanstaaf");
    constexpr std::string_view timestamp = "<1896.697170952@dbc.mtview.ca.us>";
    constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";
    EXPECT_TRUE(mrose.check_apop("mrose", timestamp, digest));
    EXPECT_FALSE(mrose.check_apop("other", timestamp, digest));
    EXPECT_FALSE(mrose.check_apop("mrose", "<1897.697170952@dbc.mtview.ca.us>", digest));
    EXPECT_FALSE(mrose.check_apop("mrose", timestamp, "c4c9334bac560ecc979e58001b3e22fc"));
    EXPECT_FALSE(mrose.check_apop("mrose", timestamp, ""));
    EXPECT_FALSE(known.check_apop("ada", timestamp, digest));
}

TEST_F(accounts_test, lets_in_by_secrets_that_stay_off_the_wire) {
    const std::pair<sasl::credentials, bool> rows[] = {
        {{"ada", "secret"}, true},
        {{"ada", "wrong"}, false},
        {{"bob", "secret"}, false},
    };
    for (const auto& [who, right] : rows) {
        EXPECT_EQ(cram(who), right) << who.user << who.password;
        EXPECT_EQ(scram<sasl::sha_1>(who), right) << who.user << who.password;
        EXPECT_EQ(scram<sasl::sha_256>(who), right) << who.user << who.password;
    }
    EXPECT_FALSE(scram<sasl::sha_256>({"ada", "secret", "bob"}));
}

TEST_F(accounts_test, has_a_salt_for_strangers_that_stays) {
    sasl::scram_record<sasl::sha_256> record;
    ASSERT_FALSE(known.find("bob", record));
    const std::string first(record.salt);
    EXPECT_EQ(first.size(), 16U);
    EXPECT_FALSE(known.find("eve", record));
    EXPECT_NE(record.salt, first);
    EXPECT_FALSE(known.find("bob", record));
    EXPECT_EQ(record.salt, first);
    EXPECT_EQ(record.iterations, 4096U);
    EXPECT_TRUE(known.find("ada", record));
    EXPECT_EQ(record.salt.size(), 16U);
    EXPECT_EQ(record.iterations, 4096U);
}

TEST_F(accounts_test, lets_in_by_token) {
    const std::pair<sasl::bearer_credentials, bool> rows[] = {
        {{"ada", "token"}, true},   {{"ada", "token", "mail.example.org", 995}, true},
        {{"bob", "token"}, false},  {{"ada", "secret"}, false},
        {{"ada", "tokens"}, false},
    };
    for (const auto& [shown, right] : rows) {
        EXPECT_EQ((bearer<sasl::xoauth2_client, sasl::xoauth2_server<accounts>>(shown)), right) << shown.token;
        EXPECT_EQ((bearer<sasl::oauthbearer_client, sasl::oauthbearer_server<accounts>>(shown)), right) << shown.token;
    }
    EXPECT_TRUE((bearer<sasl::oauthbearer_client, sasl::oauthbearer_server<accounts>>({"", "token"})));
    accounts without("ada", "secret");
    EXPECT_FALSE(without.has_token());
    EXPECT_FALSE(without.check({"ada", ""}).allowed);
}

} // namespace
} // namespace mail_server
