// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// TCP on POSIX sockets that never block. Errors in setting up are std::system_error.
namespace mail_server {

// What became of an attempt to move octets. No octets, and neither of the others: none can be moved just now.
struct transfer {
    std::size_t octets = 0;
    bool ended = false;  // the peer sends nothing more
    bool failed = false; // the connection is gone
};

// One connection. Closed with this object.
class tcp_socket {
public:
    explicit tcp_socket(int descriptor) : descriptor_(descriptor) {}
    tcp_socket(tcp_socket&& other) noexcept;
    tcp_socket& operator=(tcp_socket&&) = delete;
    ~tcp_socket();

    int descriptor() const { return descriptor_; }
    // Needs room for at least one octet.
    transfer receive(std::span<char> room);
    transfer send(std::string_view octets);
    // Says to the peer that nothing more is sent.
    void finish_sending();

private:
    int descriptor_;
};

// Takes connections on a port of 127.0.0.1.
class tcp_listener {
public:
    // Port 0: any that is free.
    explicit tcp_listener(std::uint16_t port);

    int descriptor() const { return socket_.descriptor(); }
    std::uint16_t port() const { return port_; }
    // The next connection; none if nobody is waiting.
    std::optional<tcp_socket> accept();

private:
    tcp_socket socket_;
    std::uint16_t port_ = 0;
};

} // namespace mail_server
