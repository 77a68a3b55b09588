// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

struct ssl_ctx_st; // OpenSSL's SSL_CTX

namespace support {

class tls_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What many TLS connections share: TLS 1.2 at least, no renegotiation, no session that is taken up again. Files are PEM.
// All functions throw tls_error, which names the file where one is at fault.
class tls_context {
public:
    // A server's: its certificate, with those between it and the authority behind it, and the key, which has no password.
    static tls_context server(const std::string& certificate_file, const std::string& key_file);
    // A server's that makes a key and a certificate for localhost, signed by itself and good for 30 days.
    static tls_context self_signed_server();

    // A client's that believes in the authorities of the file, or without one in those of the system. A server's own
    // certificate may be such an authority.
    static tls_context client(const std::string& trusted_file = {});
    // A client's that believes anybody. Whoever sits in between reads all: for tests.
    static tls_context client_that_trusts_anybody();

    bool is_server() const { return is_server_; }
    ssl_ctx_st* get() const { return context_.get(); }

private:
    struct release {
        void operator()(ssl_ctx_st* context) const;
    };

    explicit tls_context(bool is_server);

    std::unique_ptr<ssl_ctx_st, release> context_;
    bool is_server_;
};

// What OpenSSL says went wrong last, and forgets then.
std::string last_tls_error();
// Throws a tls_error with it unless all is well.
void require_tls(bool good, const std::string& what);

} // namespace support
