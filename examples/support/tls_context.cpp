// SPDX-License-Identifier: BSL-1.0
#include "support/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "support/self_signed.hpp"

namespace support {
namespace {

// Without this OpenSSL asks for the password of a key on the terminal.
int no_password(char*, int, int, void*) { return 0; }

} // namespace

void tls_context::release::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

tls_context::tls_context(bool is_server)
    : context_(SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method())), is_server_(is_server) {
    require_tls(context_ != nullptr, "TLS");
    require_tls(SSL_CTX_set_min_proto_version(get(), TLS1_2_VERSION) == 1, "TLS 1.2");
    SSL_CTX_set_options(get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(get(), 0);
    // The caller offers the rest of its octets from wherever they are then.
    SSL_CTX_set_mode(get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_default_passwd_cb(get(), no_password);
}

tls_context tls_context::server(const std::string& certificate_file, const std::string& key_file) {
    tls_context made(true);
    require_tls(SSL_CTX_use_certificate_chain_file(made.get(), certificate_file.c_str()) == 1, certificate_file);
    require_tls(SSL_CTX_use_PrivateKey_file(made.get(), key_file.c_str(), SSL_FILETYPE_PEM) == 1, key_file);
    return made;
}

tls_context tls_context::self_signed_server() {
    tls_context made(true);
    const identity self = make_self_signed("localhost", "DNS:localhost,IP:127.0.0.1,IP:::1");
    require_tls(SSL_CTX_use_certificate(made.get(), self.certificate.get()) == 1, "certificate");
    require_tls(SSL_CTX_use_PrivateKey(made.get(), self.key.get()) == 1, "key");
    return made;
}

tls_context tls_context::client(const std::string& trusted_file) {
    tls_context made(false);
    SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
    if (trusted_file.empty()) {
        require_tls(SSL_CTX_set_default_verify_paths(made.get()) == 1, "the authorities of the system");
    } else {
        require_tls(SSL_CTX_load_verify_locations(made.get(), trusted_file.c_str(), nullptr) == 1, trusted_file);
    }
    return made;
}

tls_context tls_context::client_that_trusts_anybody() { return tls_context(false); }

std::string last_tls_error() {
    const unsigned long code = ERR_peek_last_error();
    const char* const reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return reason != nullptr ? reason : "unknown error";
}

void require_tls(bool good, const std::string& what) {
    if (!good) throw tls_error(what + ": " + last_tls_error());
}

} // namespace support
