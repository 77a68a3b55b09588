// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>

#include "mail_server/channel.hpp"
#include "mail_server/protocol_handler.hpp"
#include "mail_server/tcp_socket.hpp"

namespace mail_server {

// When a connection is encrypted.
enum class security {
    when_asked, // from the moment the handler wants it, or never
    always      // from its first octet on
};

// One client: a socket, TLS on it, and the handler that speaks the protocol.
class connection {
public:
    using clock = std::chrono::steady_clock;

    connection(tcp_socket socket, security secured, const support::tls_context& tls,
               std::unique_ptr<protocol_handler> handler, clock::time_point now);

    int descriptor() const { return channel_.descriptor(); }

    // What poll is to look for.
    short events() const;
    // Whether there is work that waits for nothing.
    bool has_work() const;
    // When to close if nothing happens.
    clock::time_point deadline() const;
    // Whether the connection can be closed.
    bool is_over() const { return state_ == state::over; }

    // Does what can be done without waiting. `revents` is what poll has found.
    void take_turn(short revents, clock::time_point now);

    // Says goodbye, if that is possible without waiting.
    void say_goodbye();

private:
    enum class state {
        open,
        closing, // all is sent; what the client still sends is thrown away, so that it gets to read what was sent
        over
    };

    bool listens() const;
    bool can_talk() const;
    bool take_events(short revents);
    bool shake_hands();
    bool receive();
    bool send();
    void close(clock::time_point now);
    void drain();

    channel channel_;
    const support::tls_context& tls_;
    std::unique_ptr<protocol_handler> handler_; // as long as the connection is open
    waits_for wish_;
    state state_ = state::open;
    bool input_ended_ = false;
    bool broken_ = false;     // nothing of the client can be understood any more
    bool tls_is_due_ = false; // the handler waits to be told that TLS has begun
    clock::time_point quiet_until_;
};

} // namespace mail_server
