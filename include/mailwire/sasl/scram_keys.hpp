// SPDX-License-Identifier: BSL-1.0
// The keys of SCRAM, RFC 5802 3.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/sasl/hash.hpp"
#include "mailwire/sasl/secret.hpp"
#include "mailwire/sasl/store.hpp"

namespace mailwire::sasl {

// What SCRAM with a hash is called.
template <typename Hash> inline constexpr std::string_view scram_name = "";
template <> inline constexpr std::string_view scram_name<sha_1> = "SCRAM-SHA-1";
template <> inline constexpr std::string_view scram_name<sha_256> = "SCRAM-SHA-256";

// What a password becomes with a salt and a number of iterations.
//   client  ClientKey: who has it can log in
//   stored  StoredKey: proves a ClientKey
//   server  ServerKey: who has it can pretend to be the server
template <typename Hash> struct scram_keys {
    secret_octets<Hash::size> client;
    secret_octets<Hash::size> stored;
    secret_octets<Hash::size> server;

    // SaltedPassword := Hi(Normalize(password), salt, i)
    // ClientKey      := HMAC(SaltedPassword, "Client Key")
    // StoredKey      := H(ClientKey)
    // ServerKey      := HMAC(SaltedPassword, "Server Key")
    //
    // Takes as long as `iterations` asks for; 600,000 take about a second. The password is taken as it is: where it is
    // not ASCII, the caller has prepared it (RFC 4013). Requires iterations > 0. False when the hash cannot be computed.
    template <crypto<Hash> Crypto>
    bool derive(Crypto& hashes, std::string_view password, std::string_view salt, std::uint32_t iterations) {
        secret_octets<Hash::size> salted;
        hmac_key<Hash> key;
        if (!hi<Hash>(hashes, password, salt, iterations, salted.span())) return false;
        if (!key.set(hashes, salted.view())) return false;
        if (!key.sign(hashes, client.span(), std::string_view("Client Key"))) return false;
        if (!key.sign(hashes, server.span(), std::string_view("Server Key"))) return false;
        const std::string_view parts[] = {client.view()};
        return Hash::digest(hashes, text_parts(parts), stored.span());
    }
};

// What a server keeps of a password. The salt is random, 16 octets for instance, another for each user; the two keys are
// those of scram_keys.
template <typename Hash> struct scram_record {
    std::string_view salt; // 1 to 256 octets; valid until `step` has returned
    std::uint32_t iterations = 0;
    secret_octets<Hash::size> stored_key;
    secret_octets<Hash::size> server_key;
};

// Finds the record of a user. When there is none, a store answers false; if it fills in a salt and iterations as it would
// for a user (decoy_salt makes one), the exchange goes on and fails at its end, and nobody learns which users there are.
template <typename S, typename Hash>
concept scram_store = authorizing_store<S> && requires(S& s, std::string_view user, scram_record<Hash>& record) {
    { s.find(user, record) } -> std::same_as<bool>;
};

// A salt for a user that does not exist: the same each time the name comes, and not to be told from a real one without
// the site's secret. False when the hash cannot be computed.
template <typename Hash, crypto<Hash> Crypto>
bool decoy_salt(Crypto& hashes, std::string_view site_secret, std::string_view user, std::span<char, 16> out) {
    hmac_key<Hash> key;
    secret_octets<Hash::size> salt;
    if (!key.set(hashes, site_secret) || !key.sign(hashes, salt.span(), user)) return false;
    for (std::size_t i = 0; i != out.size(); ++i)
        out[i] = salt[i];
    return true;
}

} // namespace mailwire::sasl
