// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>

#include "mail_server/protocol_handler.hpp"
#include "mail_server/tcp_socket.hpp"

namespace mail_server {

// One client: a socket, and the handler that speaks the protocol on it.
class connection {
public:
    using clock = std::chrono::steady_clock;

    connection(tcp_socket socket, std::unique_ptr<protocol_handler> handler, clock::time_point now);

    int descriptor() const { return socket_.descriptor(); }

    // What poll is to look for.
    short events() const;
    // Whether there is work that waits for nothing.
    bool has_work() const;
    // When to close if nothing happens.
    clock::time_point deadline() const { return deadline_; }
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

    bool receive();
    bool send();
    void drain();

    tcp_socket socket_;
    std::unique_ptr<protocol_handler> handler_; // as long as the connection is open
    waits_for wish_;
    state state_ = state::open;
    bool input_ended_ = false;
    clock::time_point deadline_;
};

} // namespace mail_server
