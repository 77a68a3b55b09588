// SPDX-License-Identifier: BSL-1.0
#include "mail_server/connection.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <poll.h>

namespace mail_server {
namespace {

// How often a handler works and sends before the other connections have their turn.
constexpr int rounds_in_a_turn = 16;

// How long a client that was said goodbye to may take to close.
constexpr std::chrono::seconds closing_time{5};

} // namespace

connection::connection(tcp_socket socket, security secured, const support::tls_context& tls,
                       std::unique_ptr<protocol_handler> handler, clock::time_point now)
    : channel_(std::move(socket)), tls_(tls), handler_(std::move(handler)), wish_(waits_for::turn),
      quiet_until_(now + handler_->patience()) {
    if (secured == security::always) {
        channel_.start_tls(tls_);
    }
    handler_->at(now);
    wish_ = handler_->work();
}

bool connection::listens() const { return !input_ended_ && (channel_.is_shaking_hands() || wish_ == waits_for::input); }

bool connection::can_talk() const { return state_ == state::open && !broken_ && !channel_.is_shaking_hands(); }

short connection::events() const {
    return state_ == state::open ? channel_.events(listens(), !handler_->output().empty()) : POLLIN;
}

bool connection::has_work() const {
    if (!can_talk() || channel_.has_output() || !handler_->output().empty()) {
        return false;
    }
    return wish_ != waits_for::input || handler_->has_news() || (listens() && channel_.has_received());
}

connection::clock::time_point connection::deadline() const {
    return state_ == state::open ? std::min(quiet_until_, handler_->deadline()) : quiet_until_;
}

void connection::take_turn(short revents, clock::time_point now) {
    if (state_ == state::closing) {
        drain();
        return;
    }
    handler_->at(now);
    bool something = take_events(revents);
    for (int round = 0; round != rounds_in_a_turn && can_talk(); ++round) {
        wish_ = handler_->work();
        if (!send()) {
            break;
        }
        something = true;
    }
    if (something) {
        quiet_until_ = now + handler_->patience();
    }
    const bool all_is_sent = state_ == state::open && handler_->output().empty() && !channel_.has_output();
    if (all_is_sent && wish_ == waits_for::tls && !tls_is_due_) {
        channel_.start_tls(tls_);
        tls_is_due_ = true;
    } else if (broken_ || (all_is_sent && wish_ == waits_for::nothing)) {
        close(now);
    }
}

// True if something was received.
bool connection::take_events(short revents) {
    // While nothing is read, this is the only sign that the client is gone.
    if ((revents & (POLLERR | POLLNVAL)) != 0 || (!listens() && (revents & POLLHUP) != 0) || !channel_.flush()) {
        state_ = state::over;
    }
    if (state_ == state::open && listens() && ((revents & (POLLIN | POLLHUP)) != 0 || channel_.has_received())) {
        return channel_.is_shaking_hands() ? shake_hands() : receive();
    }
    return false;
}

bool connection::shake_hands() {
    const transfer received = channel_.receive({});
    if (received.failed || received.ended) {
        broken_ = true;
    } else if (tls_is_due_ && !channel_.is_shaking_hands()) {
        tls_is_due_ = false;
        handler_->tls_started();
    }
    return !broken_;
}

bool connection::receive() {
    const auto room = handler_->prepare();
    if (room.empty()) {
        return false;
    }
    const transfer received = channel_.receive(room);
    if (received.failed) {
        broken_ = true;
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
        const transfer sent = channel_.send(octets);
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

void connection::close(clock::time_point now) {
    channel_.finish_sending();
    state_ = state::closing;
    handler_.reset(); // with all it holds, such as the lock of a maildrop
    quiet_until_ = now + closing_time;
}

void connection::drain() {
    const transfer received = channel_.discard();
    if (received.ended || received.failed) {
        state_ = state::over;
    }
}

void connection::say_goodbye() {
    if (state_ == state::open) {
        handler_->say_goodbye();
        send();
        channel_.finish_sending();
    }
}

} // namespace mail_server
