// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/sasl.md, as they stand there, with what they print; and its tables, row by row.
#include "mailwire/sasl/mechanisms.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace sasl = mailwire::sasl;

namespace {

struct openssl_hashes {
    bool md5(sasl::text_parts parts, std::span<char, 16> out) { return digest(EVP_md5(), parts, out.data()); }
    bool sha1(sasl::text_parts parts, std::span<char, 20> out) { return digest(EVP_sha1(), parts, out.data()); }
    bool sha256(sasl::text_parts parts, std::span<char, 32> out) { return digest(EVP_sha256(), parts, out.data()); }

private:
    static bool digest(const EVP_MD* type, sasl::text_parts parts, char* out) {
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        bool good = context != nullptr && EVP_DigestInit_ex(context, type, nullptr) == 1;
        for (const std::string_view part : parts)
            good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
        good = good && EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(out), nullptr) == 1;
        EVP_MD_CTX_free(context);
        return good;
    }
};

sasl::nonce fresh_nonce() {
    char random[18];
    const bool good = RAND_bytes(reinterpret_cast<unsigned char*>(random), sizeof(random)) == 1;
    return sasl::nonce::from_octets(std::span(random, good ? sizeof(random) : 0));
}

struct accounts {
    bool check(std::string_view user, std::string_view password) {
        return user == "user" && sasl::equal_in_constant_time(password, "pencil");
    }
    bool allows(std::string_view, std::string_view) { return false; }
};

struct scram_accounts {
    static constexpr std::string_view salt = "0123456789abcdef"; // random, another for each user
    sasl::scram_keys<sasl::sha_256> keys;

    explicit scram_accounts(openssl_hashes& hashes) { keys.derive(hashes, "pencil", salt, 4096); }
    bool find(std::string_view user, sasl::scram_record<sasl::sha_256>& record) {
        record.salt = salt;
        record.iterations = 4096;
        std::ranges::copy(keys.stored.view(), record.stored_key.span().begin());
        std::ranges::copy(keys.server.view(), record.server_key.span().begin());
        return user == "user";
    }
    bool allows(std::string_view, std::string_view) { return false; }
};

// The client of the page, and the server of the page against it.
TEST(docs_sasl, client) {
    openssl_hashes hashes;
    char out[512];
    char memory[512];
    sasl::scram_sha_256_client<openssl_hashes> scram(hashes, {"user", "pencil"}, fresh_nonce(), memory);
    sasl::step s = scram.step({}, out);
    EXPECT_EQ(s.status, sasl::status::more);
    EXPECT_EQ(std::string_view(out, s.size).substr(0, 12), "n,,n=user,r=");
    EXPECT_EQ(s.size, 36U);

    scram_accounts known(hashes);
    char lent[1024];
    char answer[512];
    sasl::scram_sha_256_server<openssl_hashes, scram_accounts> server(hashes, known, fresh_nonce(), lent);
    for (int round = 0; round != 2; ++round) {
        EXPECT_FALSE(scram.complete());
        s = server.step({out, s.size}, answer);
        ASSERT_EQ(s.status, sasl::status::more);
        s = scram.step({answer, s.size}, out);
    }
    EXPECT_EQ(s, sasl::step{sasl::status::done});
    EXPECT_EQ(server.step({}, answer).status, sasl::status::done);
    EXPECT_TRUE(scram.complete());
    EXPECT_EQ(server.identity(), "user");
}

TEST(docs_sasl, server) {
    std::ostringstream printed;
    auto* const before = std::cout.rdbuf(printed.rdbuf());
    char out[512];
    accounts known;
    char memory[512];
    sasl::plain_server plain(known, memory);
    sasl::step s = sasl::begin(plain, std::string_view("\0user\0pencil", 12), out);
    std::cout << (s.status == sasl::status::done ? plain.identity() : sasl::name_of(s.fault)) << '\n';
    std::cout.rdbuf(before);
    EXPECT_EQ(printed.str(), "user\n");
}

TEST(docs_sasl, nonces_differ) {
    EXPECT_EQ(fresh_nonce().view().size(), 24U);
    EXPECT_NE(fresh_nonce().view(), fresh_nonce().view());
}

std::string page() {
    std::ifstream in(std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / "sasl.md");
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(docs_sasl, every_fault_is_explained) {
    const std::string text = page();
    int rows = 0;
    for (int i = 1; sasl::name_of(static_cast<sasl::fault>(i)) != std::string_view("unknown"); ++i, ++rows) {
        const auto fault = static_cast<sasl::fault>(i);
        const std::string row =
            std::string("\n| `") + sasl::name_of(fault) + "` | " + (is_local(fault) ? "us" : "peer") + " | ";
        EXPECT_NE(text.find(row), std::string::npos) << row;
    }
    EXPECT_EQ(rows, 20);
}

TEST(docs_sasl, every_limit_is_explained) {
    const std::string text = page();
    constexpr sasl::limits by_default;
    const auto expect = [&text](std::string_view name, std::size_t value) {
        const std::string row = "\n| `" + std::string(name) + "` | " + std::to_string(value) + ' ';
        EXPECT_NE(text.find(row), std::string::npos) << row;
    };
    expect("message", by_default.message);
    expect("rounds", by_default.rounds);
    expect("least_iterations", by_default.least_iterations);
    expect("most_iterations", by_default.most_iterations);
    EXPECT_NE(text.find("at most " + std::to_string(sasl::longest_salt) + " octets"), std::string::npos);
}

} // namespace
