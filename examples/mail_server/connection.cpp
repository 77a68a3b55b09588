// SPDX-License-Identifier: BSL-1.0
#include "mail_server/connection.hpp"

#include <array>
#include <utility>

#include <poll.h>

namespace mail_server {
namespace {

// How often a handler works and sends before the other connections have their turn.
constexpr int rounds_in_a_turn = 16;

// How long a client that was said goodbye to may take to close.
constexpr std::chrono::seconds closing_time{5};

} // namespace

connection::connection(tcp_socket socket, std::unique_ptr<protocol_handler> handler, clock::time_point now)
    : socket_(std::move(socket)), handler_(std::move(handler)), wish_(handler_->work()),
      deadline_(now + handler_->patience()) {}

short connection::events() const {
    if (state_ != state::open) {
        return POLLIN;
    }
    short events = handler_->output().empty() ? 0 : POLLOUT;
    if (wish_ == waits_for::input && !input_ended_) {
        events = static_cast<short>(events | POLLIN);
    }
    return events;
}

bool connection::has_work() const {
    return state_ == state::open && wish_ != waits_for::input && handler_->output().empty();
}

void connection::take_turn(short revents, clock::time_point now) {
    if (state_ == state::closing) {
        drain();
        return;
    }
    // While nothing is read, this is the only sign that the client is gone.
    bool something = false;
    if ((revents & (POLLERR | POLLNVAL)) != 0 || (wish_ != waits_for::input && (revents & POLLHUP) != 0)) {
        state_ = state::over;
    } else if (wish_ == waits_for::input && (revents & (POLLIN | POLLHUP)) != 0) {
        something = receive();
    }
    for (int round = 0; round != rounds_in_a_turn && state_ == state::open; ++round) {
        wish_ = handler_->work();
        if (!send()) {
            break;
        }
        something = true;
    }
    if (something) {
        deadline_ = now + handler_->patience();
    }
    if (state_ == state::open && wish_ == waits_for::nothing && handler_->output().empty()) {
        socket_.finish_sending();
        state_ = state::closing;
        handler_.reset(); // with all it holds, such as the lock of a maildrop
        deadline_ = now + closing_time;
    }
}

bool connection::receive() {
    const auto room = handler_->prepare();
    if (room.empty() || input_ended_) {
        return false;
    }
    const transfer received = socket_.receive(room);
    if (received.failed) {
        state_ = state::over;
    } else if (received.ended) {
        input_ended_ = true;
        handler_->closed();
    } else {
        handler_->commit(received.octets);
    }
    return received.octets != 0;
}

// True if something was sent.
bool connection::send() {
    bool something = false;
    for (auto octets = handler_->output(); !octets.empty(); octets = handler_->output()) {
        const transfer sent = socket_.send(octets);
        if (sent.failed) {
            state_ = state::over;
        }
        if (sent.octets == 0) {
            break;
        }
        handler_->sent(sent.octets);
        something = true;
    }
    return something;
}

void connection::drain() {
    std::array<char, 4096> thrown_away;
    const transfer received = socket_.receive(thrown_away);
    if (received.ended || received.failed) {
        state_ = state::over;
    }
}

void connection::say_goodbye() {
    if (state_ == state::open) {
        handler_->say_goodbye();
        send();
    }
}

} // namespace mail_server
