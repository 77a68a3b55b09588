// SPDX-License-Identifier: BSL-1.0
#include "support/openssl_hashes.hpp"

#include <memory>
#include <stdexcept>
#include <string_view>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace support {
namespace {

bool digest(const EVP_MD* type, mailwire::sasl::text_parts parts, char* out) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool good = context != nullptr && EVP_DigestInit_ex(context.get(), type, nullptr) == 1;
    for (const std::string_view part : parts) {
        good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    }
    return good && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(out), nullptr) == 1;
}

} // namespace

bool openssl_hashes::md5(mailwire::sasl::text_parts parts, std::span<char, 16> out) {
    return digest(EVP_md5(), parts, out.data());
}

bool openssl_hashes::sha1(mailwire::sasl::text_parts parts, std::span<char, 20> out) {
    return digest(EVP_sha1(), parts, out.data());
}

bool openssl_hashes::sha256(mailwire::sasl::text_parts parts, std::span<char, 32> out) {
    return digest(EVP_sha256(), parts, out.data());
}

std::string random_octets(std::size_t count) {
    std::string octets(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(count)) != 1) {
        throw std::runtime_error("the system has no random octets");
    }
    return octets;
}

mailwire::sasl::nonce fresh_nonce() { return mailwire::sasl::nonce::from_octets(random_octets(18)); }

} // namespace support
