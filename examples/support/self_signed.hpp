// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

struct x509_st;     // OpenSSL's X509
struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace support {

struct release_certificate {
    void operator()(x509_st* certificate) const;
};
struct release_key {
    void operator()(evp_pkey_st* key) const;
};

struct identity {
    std::unique_ptr<x509_st, release_certificate> certificate;
    std::unique_ptr<evp_pkey_st, release_key> key;
};

// A new key, and a certificate that it has signed itself, good for 30 days. `other_names` as OpenSSL's configuration has
// them: "DNS:localhost,IP:127.0.0.1". Throws tls_error.
identity make_self_signed(const std::string& name, const std::string& other_names);

} // namespace support
