// SPDX-License-Identifier: BSL-1.0
#include "mail_server/channel.hpp"

#include <array>

#include <poll.h>

namespace mail_server {

short channel::events(bool listens, bool has_octets) const {
    const bool sends = tls_ ? has_output() : has_octets;
    // Under TLS a client can make the server say things without end; who does not take them is not heard.
    const bool hears = listens && !(tls_ && sends);
    return static_cast<short>((hears ? POLLIN : 0) | (sends ? POLLOUT : 0));
}

bool channel::flush() {
    while (has_output()) {
        const transfer sent = socket_.send(tls_->output());
        if (sent.failed) {
            return false;
        }
        if (sent.octets == 0) {
            break;
        }
        tls_->sent(sent.octets);
    }
    return true;
}

transfer channel::receive(std::span<char> room) {
    if (!tls_) {
        return socket_.receive(room);
    }
    transfer result;
    if (!has_received()) {
        std::array<char, 16 << 10> encrypted;
        const transfer received = socket_.receive(encrypted);
        if (received.octets == 0) {
            return received;
        }
        tls_->receive({encrypted.data(), received.octets});
    }
    if (!is_shaking_hands() && !room.empty()) {
        result.octets = tls_->read(room);
    }
    result.failed = !flush() || tls_->state() == support::tls_state::failed;
    result.ended = tls_->state() == support::tls_state::ended;
    return result;
}

transfer channel::send(std::string_view octets) {
    if (!tls_) {
        return socket_.send(octets);
    }
    transfer result;
    result.octets = tls_->write(octets);
    result.failed = !flush();
    return result;
}

transfer channel::discard() {
    std::array<char, 4096> thrown_away;
    return socket_.receive(thrown_away);
}

void channel::finish_sending() {
    if (tls_) {
        tls_->finish();
        flush();
    }
    socket_.finish_sending();
}

} // namespace mail_server
