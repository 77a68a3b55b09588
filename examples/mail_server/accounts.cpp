// SPDX-License-Identifier: BSL-1.0
#include "mail_server/accounts.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "mailwire/sasl/secret.hpp"

namespace mail_server {
namespace {

// What RFC 7677 4 asks for at least. The password is in memory anyway.
constexpr std::uint32_t iterations = 4096;
constexpr std::size_t salt_size = 16;

std::string hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char each : octets) {
        const auto octet = static_cast<unsigned char>(each);
        text += digits[octet >> 4];
        text += digits[octet & 0xfU];
    }
    return text;
}

} // namespace

accounts::accounts(std::string user, std::string password, std::string token)
    : user_(std::move(user)), password_(std::move(password)), token_(std::move(token)),
      site_secret_(support::random_octets(32)) {
    derive(sha_1_);
    derive(sha_256_);
}

template <typename Hash> void accounts::derive(scram_secret<Hash>& secret) {
    secret.salt = support::random_octets(salt_size);
    if (!secret.keys.derive(hashes_, password_, secret.salt, iterations)) {
        throw std::runtime_error("a hash cannot be computed");
    }
}

bool accounts::check(std::string_view user, std::string_view password) {
    const bool right = are_equal(password, password_);
    return are_equal(user, user_) && right;
}

std::optional<std::string_view> accounts::password(std::string_view user) const {
    return user == user_ ? std::optional<std::string_view>(password_) : std::nullopt;
}

template <typename Hash>
bool accounts::look_up(std::string_view user, const scram_secret<Hash>& known, sasl::scram_record<Hash>& record) {
    record.iterations = iterations;
    if (user != user_) {
        const bool made = sasl::decoy_salt<Hash>(hashes_, site_secret_, user, strangers_salt_);
        record.salt = made ? std::string_view(strangers_salt_.data(), strangers_salt_.size()) : std::string_view();
        return false;
    }
    record.salt = known.salt;
    std::ranges::copy(known.keys.stored.view(), record.stored_key.span().begin());
    std::ranges::copy(known.keys.server.view(), record.server_key.span().begin());
    return true;
}

bool accounts::find(std::string_view user, sasl::scram_record<sasl::sha_1>& record) {
    return look_up(user, sha_1_, record);
}

bool accounts::find(std::string_view user, sasl::scram_record<sasl::sha_256>& record) {
    return look_up(user, sha_256_, record);
}

sasl::bearer_verdict accounts::check(const sasl::bearer_credentials& shown) {
    const bool right = has_token() && are_equal(shown.token, token_);
    if (!right || (!shown.user.empty() && shown.user != user_)) {
        return {};
    }
    return {.allowed = true, .identity = user_};
}

bool accounts::check_apop(std::string_view user, std::string_view timestamp, std::string_view digest) {
    const std::string_view parts[] = {timestamp, password_};
    sasl::secret_octets<sasl::md5::size> right;
    const bool computed = hashes_.md5(parts, right.span());
    const bool proved = sasl::equal_in_constant_time(digest, hex(right.view()));
    return are_equal(user, user_) && computed && proved;
}

// Hashes are compared: so the time does not depend on the size of the secret either.
bool accounts::are_equal(std::string_view given, std::string_view secret) {
    sasl::secret_octets<sasl::sha_256::size> a;
    sasl::secret_octets<sasl::sha_256::size> b;
    const bool computed = hashes_.sha256({&given, 1}, a.span()) && hashes_.sha256({&secret, 1}, b.span());
    return computed && sasl::equal_in_constant_time(a.view(), b.view());
}

} // namespace mail_server
