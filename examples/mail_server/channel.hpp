// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "mail_server/tcp_socket.hpp"
#include "support/tls_pipe.hpp"

namespace mail_server {

// What a connection talks over: a socket, and TLS on it from the start, from some moment on, or never. Plain octets go in
// and out; none of it blocks.
class channel {
public:
    explicit channel(tcp_socket socket) : socket_(std::move(socket)) {}

    int descriptor() const { return socket_.descriptor(); }

    // Begins TLS. Requires that all is sent, and that it has not begun.
    void start_tls(const support::tls_context& context) { tls_.emplace(context); }
    // Whether nothing can be said yet.
    bool is_shaking_hands() const { return tls_ && tls_->state() == support::tls_state::handshaking; }

    // What poll is to look for, for one that wants to hear of the client, and for one that has octets for it.
    short events(bool listens, bool has_octets) const;
    // Whether octets that were taken wait to be sent.
    bool has_output() const { return tls_ && !tls_->output().empty(); }
    // Whether octets wait to be received that poll does not know of.
    bool has_received() const { return tls_ && tls_->may_read(); }

    // Sends what waits to be sent. False if the connection is gone.
    bool flush();
    // While hands are shaken no octets come, and no room is needed.
    transfer receive(std::span<char> room);
    // Octets that are taken may wait for flush.
    transfer send(std::string_view octets);
    // Receives octets of whatever kind and throws them away.
    transfer discard();
    // Says to the client that nothing more is sent.
    void finish_sending();

private:
    tcp_socket socket_;
    std::optional<support::tls_pipe> tls_;
};

} // namespace mail_server
