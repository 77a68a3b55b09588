// SPDX-License-Identifier: BSL-1.0
#include "support/tls_stream.hpp"

#include <array>
#include <exception>

namespace support {

tls_stream::tls_stream(const std::string& address) : host_(address.substr(0, address.rfind(':'))), stream_(address) {}

tls_stream::tls_stream(const std::string& address, const tls_context& context) : tls_stream(address) {
    start_tls(context);
}

tls_stream::~tls_stream() {
    if (!tls_) return;
    tls_->finish();
    try {
        flush();
    } catch (const std::exception&) {
        // The peer has gone first.
    }
}

void tls_stream::start_tls(const tls_context& context) {
    tls_.emplace(context, host_);
    flush();
    while (tls_->state() == tls_state::handshaking) {
        receive();
        flush();
    }
    if (tls_->state() == tls_state::failed) fail();
}

std::size_t tls_stream::read(std::span<char> room) {
    if (!tls_) return stream_.read(room);
    for (;;) {
        const std::size_t octets = tls_->read(room);
        flush();
        if (octets != 0) return octets;
        if (tls_->state() == tls_state::ended) return 0;
        if (tls_->state() == tls_state::failed) fail();
        receive();
    }
}

std::size_t tls_stream::write(std::string_view octets) {
    if (!tls_) return stream_.write(octets);
    const std::size_t taken = tls_->write(octets);
    flush();
    if (taken == 0) fail();
    return taken;
}

void tls_stream::receive() {
    std::array<char, 16 << 10> encrypted;
    const std::size_t octets = stream_.read(encrypted);
    if (octets == 0) throw tls_error(host_ + ": the connection was cut off");
    tls_->receive({encrypted.data(), octets});
}

void tls_stream::flush() {
    while (!tls_->output().empty())
        tls_->sent(stream_.write(tls_->output()));
}

void tls_stream::fail() {
    throw tls_error(host_ + ": " + (tls_->error().empty() ? "the connection is closed" : tls_->error()));
}

} // namespace support
