// SPDX-License-Identifier: BSL-1.0
#include "support/tcp_stream.hpp"

#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace support {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

} // namespace

tcp_stream::tcp_stream(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    if (colon == std::string::npos) throw std::invalid_argument(address + " is not HOST:PORT");
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const std::string host = address.substr(0, colon);
    if (const int e = getaddrinfo(host.c_str(), address.c_str() + colon + 1, &hints, &found); e != 0) {
        throw std::runtime_error(address + ": " + gai_strerror(e));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
    for (const addrinfo* a = found; a != nullptr; a = a->ai_next) {
        socket_ = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (socket_ < 0) continue;
        if (connect(socket_, a->ai_addr, a->ai_addrlen) == 0) return;
        close(socket_);
        socket_ = -1;
    }
    fail(address);
}

tcp_stream::~tcp_stream() {
    if (socket_ >= 0) close(socket_);
}

std::size_t tcp_stream::read(std::span<char> room) {
    for (;;) {
        const ssize_t n = recv(socket_, room.data(), room.size(), 0);
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno != EINTR) fail("receive");
    }
}

std::size_t tcp_stream::write(std::string_view octets) {
    for (;;) {
        const ssize_t n = send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (n > 0) return static_cast<std::size_t>(n);
        if (n < 0 && errno != EINTR) fail("send");
    }
}

} // namespace support
