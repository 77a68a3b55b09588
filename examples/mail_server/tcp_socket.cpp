// SPDX-License-Identifier: BSL-1.0
#include "mail_server/tcp_socket.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mail_server {
namespace {

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

void do_not_block(int descriptor) {
    const int flags = checked(fcntl(descriptor, F_GETFL), "fcntl");
    checked(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK), "fcntl");
    checked(fcntl(descriptor, F_SETFD, FD_CLOEXEC), "fcntl");
}

void set_option(int descriptor, int level, int name) {
    const int on = 1;
    checked(setsockopt(descriptor, level, name, &on, sizeof on), "setsockopt");
}

transfer moved(ssize_t octets) {
    if (octets >= 0) {
        return {.octets = static_cast<std::size_t>(octets)};
    }
    return {.failed = errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR};
}

} // namespace

tcp_socket::tcp_socket(tcp_socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

tcp_socket::~tcp_socket() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

transfer tcp_socket::receive(std::span<char> room) {
    const ssize_t octets = recv(descriptor_, room.data(), room.size(), 0);
    return octets == 0 ? transfer{.ended = true} : moved(octets);
}

transfer tcp_socket::send(std::string_view octets) {
    return moved(::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL));
}

void tcp_socket::finish_sending() { shutdown(descriptor_, SHUT_WR); }

tcp_listener::tcp_listener(std::uint16_t port) : socket_(checked(socket(AF_INET, SOCK_STREAM, 0), "socket")) {
    do_not_block(descriptor());
    set_option(descriptor(), SOL_SOCKET, SO_REUSEADDR);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    checked(bind(descriptor(), generic, size), "bind");
    checked(listen(descriptor(), SOMAXCONN), "listen");
    checked(getsockname(descriptor(), generic, &size), "getsockname");
    port_ = ntohs(address.sin_port);
}

std::optional<tcp_socket> tcp_listener::accept() {
    tcp_socket accepted(::accept(descriptor(), nullptr, nullptr));
    if (accepted.descriptor() < 0) {
        return std::nullopt;
    }
    do_not_block(accepted.descriptor());
    // What is said of a command goes out in few pieces; waiting for more of them only costs time.
    set_option(accepted.descriptor(), IPPROTO_TCP, TCP_NODELAY);
    return accepted;
}

} // namespace mail_server
