// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mailwire/sasl/bearer.hpp"
#include "mailwire/sasl/scram_keys.hpp"
#include "support/openssl_hashes.hpp"

namespace mail_server {

namespace sasl = mailwire::sasl;

// What SCRAM keeps of a password for a hash.
template <typename Hash> struct scram_secret {
    std::string salt;
    sasl::scram_keys<Hash> keys;
};

// Who may log in, and with what: one user, with a password and perhaps a token. All of it is in memory alone. How long an
// answer takes tells a stranger neither how much of a guess is right nor whether the user exists.
//
// The functions are those that the mechanisms of mailwire/sasl/ ask for.
class accounts {
public:
    // Without a token nobody logs in with one. Throws std::runtime_error where there are no random octets or no hashes.
    accounts(std::string user, std::string password, std::string token = {});

    support::openssl_hashes& hashes() { return hashes_; }
    bool has_token() const { return !token_.empty(); }

    bool check(std::string_view user, std::string_view password);
    // Nobody acts as another.
    bool allows(std::string_view, std::string_view) { return false; }
    std::optional<std::string_view> password(std::string_view user) const;
    // A stranger's salt is the same whenever the name comes. It is valid until the next call.
    bool find(std::string_view user, sasl::scram_record<sasl::sha_1>& record);
    bool find(std::string_view user, sasl::scram_record<sasl::sha_256>& record);
    // A token is good wherever the client believes to be: it is bound to no host.
    sasl::bearer_verdict check(const sasl::bearer_credentials& shown);

    // RFC 1939 7, APOP: the MD5 of the greeting's timestamp and the password.
    bool check_apop(std::string_view user, std::string_view timestamp, std::string_view digest);

private:
    template <typename Hash> void derive(scram_secret<Hash>& secret);
    template <typename Hash>
    bool look_up(std::string_view user, const scram_secret<Hash>& known, sasl::scram_record<Hash>& record);
    bool are_equal(std::string_view given, std::string_view secret);

    support::openssl_hashes hashes_;
    std::string user_;
    std::string password_;
    std::string token_;
    std::string site_secret_;
    scram_secret<sasl::sha_1> sha_1_;
    scram_secret<sasl::sha_256> sha_256_;
    std::array<char, 16> strangers_salt_{};
};

} // namespace mail_server
