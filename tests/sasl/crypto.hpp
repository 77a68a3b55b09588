// SPDX-License-Identifier: BSL-1.0
// The hashes of the tests: OpenSSL's, and some that do not work.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "mailwire/sasl/hash.hpp"
#include "support/allocations.hpp"

namespace mailwire::sasl::test {

// OpenSSL takes memory from the heap for a digest. It is counted apart, so that a test can say what the library took.
class openssl {
public:
    bool md5(text_parts parts, std::span<char, 16> out) { return digest(EVP_md5(), parts, out.data()); }
    bool sha1(text_parts parts, std::span<char, 20> out) { return digest(EVP_sha1(), parts, out.data()); }
    bool sha256(text_parts parts, std::span<char, 32> out) { return digest(EVP_sha256(), parts, out.data()); }

    std::size_t allocations() const { return allocations_; }

private:
    bool digest(const EVP_MD* type, text_parts parts, char* out) {
        const std::size_t before = mailwire::test::allocations();
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        bool good = context != nullptr && EVP_DigestInit_ex(context, type, nullptr) == 1;
        for (const std::string_view part : parts)
            good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
        good = good && EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(out), nullptr) == 1;
        EVP_MD_CTX_free(context);
        allocations_ += mailwire::test::allocations() - before;
        return good;
    }

    std::size_t allocations_ = 0;
};

// One bit of every digest is wrong.
struct wrong_hashes {
    openssl right;

    bool md5(text_parts parts, std::span<char, 16> out) { return spoil(right.md5(parts, out), out); }
    bool sha1(text_parts parts, std::span<char, 20> out) { return spoil(right.sha1(parts, out), out); }
    bool sha256(text_parts parts, std::span<char, 32> out) { return spoil(right.sha256(parts, out), out); }

private:
    static bool spoil(bool good, std::span<char> out) {
        out[7] = static_cast<char>(out[7] ^ 1);
        return good;
    }
};

// Works so many times and then says that it cannot.
struct failing_hashes {
    int left = 0;
    openssl right = {};

    bool md5(text_parts parts, std::span<char, 16> out) { return left-- > 0 && right.md5(parts, out); }
    bool sha1(text_parts parts, std::span<char, 20> out) { return left-- > 0 && right.sha1(parts, out); }
    bool sha256(text_parts parts, std::span<char, 32> out) { return left-- > 0 && right.sha256(parts, out); }
};

inline std::string hex(std::string_view octets) {
    std::string text;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        text += "0123456789abcdef"[octet >> 4];
        text += "0123456789abcdef"[octet & 15U];
    }
    return text;
}

} // namespace mailwire::sasl::test
