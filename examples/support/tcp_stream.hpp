// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

// A blocking TCP connection on POSIX sockets. Errors are std::system_error.
namespace support {

class tcp_stream {
public:
    // Connects to "host:port".
    explicit tcp_stream(const std::string& address);
    tcp_stream(const tcp_stream&) = delete;
    tcp_stream& operator=(const tcp_stream&) = delete;
    ~tcp_stream();

    // Waits for octets and returns how many came; 0 when the peer has closed the connection.
    std::size_t read(std::span<char> room);

    // Sends what it can and returns how many octets that were, at least one.
    std::size_t write(std::string_view octets);

private:
    int socket_ = -1;
};

} // namespace support
