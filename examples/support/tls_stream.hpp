// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "support/tcp_stream.hpp"
#include "support/tls_pipe.hpp"

namespace support {

// A client's blocking connection: TLS from its start, from some moment on, or never. Errors are std::system_error, and
// tls_error where it is TLS that fails: then the connection is of no more use.
class tls_stream {
public:
    // Connects to "host:port", in the clear.
    explicit tls_stream(const std::string& address);
    // The same, with TLS from the start. The server's certificate has to be for the host.
    tls_stream(const std::string& address, const tls_context& context);
    tls_stream(const tls_stream&) = delete;
    tls_stream& operator=(const tls_stream&) = delete;
    // Says under TLS that nothing more is sent.
    ~tls_stream();

    // Begins TLS, and returns when the handshake is done. Requires that it has not begun, and that nothing the server has
    // said is still to be read.
    void start_tls(const tls_context& context);
    bool is_encrypted() const { return tls_.has_value(); }

    // Waits for octets and returns how many came; 0 when the peer has closed the connection. Under TLS it has to say so
    // first: a connection that just ends was cut off, by whomever, and that is an error. Requires room.
    std::size_t read(std::span<char> room);

    // Sends what it can and returns how many octets that were, at least one. Requires octets.
    std::size_t write(std::string_view octets);

private:
    void receive();
    void flush();
    [[noreturn]] void fail();

    std::string host_;
    tcp_stream stream_;
    std::optional<tls_pipe> tls_;
};

} // namespace support
