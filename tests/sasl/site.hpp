// SPDX-License-Identifier: BSL-1.0
// A site with one user, as a store of every mechanism.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/sasl/anonymous.hpp"
#include "mailwire/sasl/bearer.hpp"
#include "mailwire/sasl/external.hpp"
#include "mailwire/sasl/scram_keys.hpp"
#include "mailwire/sasl/store.hpp"
#include "sasl/crypto.hpp"

namespace mailwire::sasl::test {

class site {
public:
    std::string_view user = "user";
    std::string_view secret = "pencil";
    std::string_view acts_for = "boss"; // whom the user may act as besides itself
    std::string_view token = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
    std::string_view token_error = R"({"status":"invalid_token"})";
    std::string_view salt = "0123456789abcdef";
    std::uint32_t iterations = 4096;
    bool decoy = false; // an unknown user gets a salt too
    int asked = 0;

    // PLAIN and LOGIN
    bool check(std::string_view name, std::string_view password) {
        ++asked;
        return name == user && password == secret;
    }
    bool allows(std::string_view name, std::string_view authorization) {
        ++asked;
        return name == user && authorization == acts_for;
    }

    // EXTERNAL
    bool allows(std::string_view authorization) { return authorization.empty() || authorization == user; }

    // ANONYMOUS
    bool admits(std::string_view) { return true; }

    // CRAM-MD5
    std::optional<std::string_view> password(std::string_view name) {
        return name == user ? std::optional(secret) : std::nullopt;
    }

    // XOAUTH2 and OAUTHBEARER
    bearer_verdict check(const bearer_credentials& shown) {
        ++asked;
        const bool here =
            (shown.host.empty() || shown.host == "server.example.com") && (shown.port == 0 || shown.port == 143);
        const bool his = shown.user.empty() || shown.user == user;
        return {shown.token == token && here && his, user, token_error};
    }

    // SCRAM
    template <typename Hash> bool find(std::string_view name, scram_record<Hash>& record) {
        ++asked;
        const bool known = name == user;
        if (!known && !decoy) return false;
        scram_keys<Hash> keys;
        openssl hashes;
        record.salt = salt;
        record.iterations = iterations;
        if (known && iterations != 0 && keys.derive(hashes, secret, salt, iterations)) {
            exclusive_or(record.stored_key.span(), keys.stored.view());
            exclusive_or(record.server_key.span(), keys.server.view());
        }
        allocations += hashes.allocations();
        return known;
    }
    std::size_t allocations = 0; // of OpenSSL, in find
};

} // namespace mailwire::sasl::test
