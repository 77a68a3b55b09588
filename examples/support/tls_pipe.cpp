// SPDX-License-Identifier: BSL-1.0
#include "support/tls_pipe.hpp"

#include <algorithm>
#include <climits>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace support {
namespace {

// No more than about so much waits to be sent.
constexpr std::size_t most_output = 64 << 10;

bool is_address(const std::string& host) {
    in6_addr any{};
    return inet_pton(AF_INET, host.c_str(), &any) == 1 || inet_pton(AF_INET6, host.c_str(), &any) == 1;
}

void require(bool good) { require_tls(good, "TLS"); }

void expect_host(SSL* connection, const std::string& host) {
    if (is_address(host)) {
        require(X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1);
    } else {
        require(SSL_set1_host(connection, host.c_str()) == 1);
        require(SSL_set_tlsext_host_name(connection, host.c_str()) == 1);
    }
}

int as_int(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

} // namespace

void tls_pipe::release::operator()(ssl_st* connection) const { SSL_free(connection); }

tls_pipe::tls_pipe(const tls_context& context) : connection_(SSL_new(context.get())) {
    require(connection_ != nullptr);
    BIO* const in = BIO_new(BIO_s_mem());
    BIO* const out = BIO_new(BIO_s_mem());
    SSL_set_bio(connection_.get(), in, out); // they are the connection's now
    require(in != nullptr && out != nullptr);
    if (context.is_server()) {
        SSL_set_accept_state(connection_.get());
    } else {
        SSL_set_connect_state(connection_.get());
    }
}

tls_pipe::tls_pipe(const tls_context& context, const std::string& host) : tls_pipe(context) {
    expect_host(connection_.get(), host);
    go_on();
}

void tls_pipe::receive(std::string_view encrypted) {
    if (state_ == tls_state::failed || encrypted.empty()) return;
    BIO_write(SSL_get_rbio(connection_.get()), encrypted.data(), as_int(encrypted.size()));
    may_read_ = true;
    if (state_ == tls_state::handshaking) go_on();
}

std::size_t tls_pipe::read(std::span<char> room) {
    if (state_ != tls_state::open) return 0;
    ERR_clear_error();
    const int octets = SSL_read(connection_.get(), room.data(), as_int(room.size()));
    note(octets);
    may_read_ = octets > 0;
    return octets > 0 ? static_cast<std::size_t>(octets) : 0;
}

std::size_t tls_pipe::write(std::string_view plain) {
    std::size_t taken = 0;
    while ((state_ == tls_state::open || state_ == tls_state::ended) && taken != plain.size() &&
           output().size() < most_output) {
        ERR_clear_error();
        const int octets = SSL_write(connection_.get(), plain.data() + taken, as_int(plain.size() - taken));
        note(octets);
        if (octets <= 0) break;
        taken += static_cast<std::size_t>(octets);
    }
    return taken;
}

void tls_pipe::finish() {
    if (state_ != tls_state::open && state_ != tls_state::ended) return;
    ERR_clear_error();
    SSL_shutdown(connection_.get());
    ERR_clear_error();
    collect();
}

void tls_pipe::sent(std::size_t octets) {
    sent_ += octets;
    if (sent_ == output_.size()) {
        output_.clear();
        sent_ = 0;
    }
}

void tls_pipe::go_on() {
    ERR_clear_error();
    const int result = SSL_do_handshake(connection_.get());
    if (result == 1) state_ = tls_state::open;
    note(result);
}

// What the result of a call means, and what there is to send after it.
void tls_pipe::note(int result) {
    switch (result > 0 ? SSL_ERROR_NONE : SSL_get_error(connection_.get(), result)) {
    case SSL_ERROR_NONE:
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        break;
    case SSL_ERROR_ZERO_RETURN:
        state_ = tls_state::ended;
        break;
    default:
        fail();
        break;
    }
    collect();
}

void tls_pipe::fail() {
    state_ = tls_state::failed;
    error_ = last_tls_error();
    const long verdict = SSL_get_verify_result(connection_.get());
    if (verdict != X509_V_OK && (SSL_get_verify_mode(connection_.get()) & SSL_VERIFY_PEER) != 0) {
        error_ = error_ + ": " + X509_verify_cert_error_string(verdict);
    }
}

void tls_pipe::collect() {
    BIO* const out = SSL_get_wbio(connection_.get());
    const std::size_t waiting = BIO_ctrl_pending(out);
    const std::size_t before = output_.size();
    output_.resize(before + waiting);
    if (waiting != 0) BIO_read(out, output_.data() + before, as_int(waiting));
}

} // namespace support
