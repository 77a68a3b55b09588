// SPDX-License-Identifier: BSL-1.0
// The hashes a mechanism computes with. They come from the program: this library has no cryptography of its own but
// HMAC (RFC 2104) and PBKDF2 (RFC 8018 5.2, which RFC 5802 calls Hi) on top of a hash.

#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/sasl/secret.hpp"

namespace mailwire::sasl {

// The parts of a text, hashed as if they stood one behind the other.
using text_parts = std::span<const std::string_view>;

// A hash: the octets of its digest and of the blocks it works in, and which function of the program computes it.
struct md5 {
    static constexpr std::size_t size = 16;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out) -> decltype(hashes.md5(parts, out)) {
        return hashes.md5(parts, out);
    }
};

struct sha_1 {
    static constexpr std::size_t size = 20;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out) -> decltype(hashes.sha1(parts, out)) {
        return hashes.sha1(parts, out);
    }
};

struct sha_256 {
    static constexpr std::size_t size = 32;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out)
        -> decltype(hashes.sha256(parts, out)) {
        return hashes.sha256(parts, out);
    }
};

// What the program brings for a hash: an object with a function
//     bool md5(sasl::text_parts parts, std::span<char, 16> out)
//     bool sha1(sasl::text_parts parts, std::span<char, 20> out)
//     bool sha256(sasl::text_parts parts, std::span<char, 32> out)
// that writes the digest of the parts. False says that it cannot be computed here (a system may forbid MD5); the exchange
// then ends with crypto_failed. The functions do not throw. `out` overlaps no part.
//
// It may also bring HMAC, which is then used instead of ours; for each hash
//     bool hmac(sasl::sha_256, std::string_view key, sasl::text_parts parts, std::span<char, 32> out)
template <typename C, typename Hash>
concept crypto = requires(C& c, text_parts parts, std::span<char, Hash::size> out) {
    { Hash::digest(c, parts, out) } -> std::same_as<bool>;
};

template <typename C, typename Hash>
concept brings_hmac = requires(C& c, std::string_view key, text_parts parts, std::span<char, Hash::size> out) {
    { c.hmac(Hash{}, key, parts, out) } -> std::same_as<bool>;
};

// A key of HMAC, ready for use. It holds the key as a whole block: a long key is hashed once, here.
template <typename Hash> class hmac_key {
public:
    // False when the hash cannot be computed.
    template <crypto<Hash> C> bool set(C& c, std::string_view key) {
        wipe(block_.span());
        if (key.size() > Hash::block)
            return Hash::digest(c, text_parts(&key, 1), block_.span().template first<Hash::size>());
        for (std::size_t i = 0; i != key.size(); ++i)
            block_[i] = key[i];
        return true;
    }

    // The HMAC of the parts. False when the hash cannot be computed. `out` may be one of the parts.
    template <crypto<Hash> C, std::convertible_to<std::string_view>... Parts>
    bool sign(C& c, std::span<char, Hash::size> out, const Parts&... parts) const {
        if constexpr (brings_hmac<C, Hash>) {
            const std::array<std::string_view, sizeof...(Parts)> all{parts...};
            secret_octets<Hash::size> digest;
            const bool good = c.hmac(Hash{}, block_.view(), text_parts(all), digest.span());
            copy(digest, out);
            return good;
        } else {
            secret_octets<Hash::block> pad;
            secret_octets<Hash::size> digest;
            fill(pad, 0x36);
            const std::array<std::string_view, sizeof...(Parts) + 1> inner{pad.view(), parts...};
            if (!Hash::digest(c, text_parts(inner), digest.span())) return false;
            fill(pad, 0x5c);
            const std::array<std::string_view, 2> outer{pad.view(), digest.view()};
            return Hash::digest(c, text_parts(outer), out);
        }
    }

private:
    void fill(secret_octets<Hash::block>& pad, unsigned char with) const {
        for (std::size_t i = 0; i != Hash::block; ++i)
            pad[i] = static_cast<char>(static_cast<unsigned char>(block_[i]) ^ with);
    }

    static void copy(const secret_octets<Hash::size>& from, std::span<char, Hash::size> to) {
        for (std::size_t i = 0; i != Hash::size; ++i)
            to[i] = from[i];
    }

    secret_octets<Hash::block> block_;
};

// a = a XOR b.
template <std::size_t N> void exclusive_or(std::span<char, N> a, std::string_view b) {
    for (std::size_t i = 0; i != N; ++i)
        a[i] = static_cast<char>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
}

// Hi(str, salt, i) of RFC 5802 2.2: one block of PBKDF2. Takes as long as `iterations` asks for. Requires iterations > 0.
// False when the hash cannot be computed.
template <typename Hash, crypto<Hash> C>
bool hi(C& c, std::string_view password, std::string_view salt, std::uint32_t iterations,
        std::span<char, Hash::size> out) {
    hmac_key<Hash> key;
    secret_octets<Hash::size> u;
    // INT(1), four octets, most significant first.
    constexpr std::string_view first_block("\0\0\0\1", 4);
    if (!key.set(c, password) || !key.sign(c, u.span(), salt, first_block)) return false;
    for (std::size_t i = 0; i != Hash::size; ++i)
        out[i] = u[i];
    for (std::uint32_t round = 1; round != iterations; ++round) {
        if (!key.sign(c, u.span(), u.view())) return false;
        exclusive_or(out, u.view());
    }
    return true;
}

} // namespace mailwire::sasl
