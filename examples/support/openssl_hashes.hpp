// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "mailwire/sasl/hash.hpp"
#include "mailwire/sasl/nonce.hpp"

// The cryptography that mailwire leaves to its user, by OpenSSL.
namespace support {

// The hashes of SASL and APOP. False: OpenSSL cannot compute it here; a system may forbid MD5.
class openssl_hashes {
public:
    bool md5(mailwire::sasl::text_parts parts, std::span<char, 16> out);
    bool sha1(mailwire::sasl::text_parts parts, std::span<char, 20> out);
    bool sha256(mailwire::sasl::text_parts parts, std::span<char, 32> out);
};

// So many octets that nobody can guess. Throws std::runtime_error if there are none.
std::string random_octets(std::size_t count);

// A nonce for one exchange. Throws std::runtime_error as above.
mailwire::sasl::nonce fresh_nonce();

} // namespace support
