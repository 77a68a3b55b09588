// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "support/tls_context.hpp"

struct ssl_st; // OpenSSL's SSL

namespace support {

enum class tls_state {
    handshaking, // nothing can be read or written
    open,
    ended, // the peer has said that it sends nothing more
    failed // see error(); send what output() still has, it tells the peer, and close
};

// TLS without a socket: encrypted octets of the peer go in and plain ones come out, and the other way round. Nothing here
// waits and nothing throws but the constructor. A client that blocks does
//
//   support::tls_pipe pipe(context, "mail.example.org");
//   while (pipe.state() == support::tls_state::handshaking) {
//       send all of pipe.output(), pipe.sent(n);
//       receive into a buffer, pipe.receive({buffer, n}), or give up if the peer has closed;
//   }
//
// reads with read(room), and when that returns 0 sends output() and receives again; writes with write(plain) and then
// sends output(). A connection that is closed while the state is not `ended` was cut off, by whomever.
class tls_pipe {
public:
    // The server's end of a connection, for a server's context; a client's context is for the other constructor.
    explicit tls_pipe(const tls_context& context);
    // The client's end, with its first octets in output(). The server's certificate has to be for this host, a name or
    // an address. Both throw tls_error.
    tls_pipe(const tls_context& context, const std::string& host);
    tls_pipe(tls_pipe&&) noexcept = default;
    tls_pipe& operator=(tls_pipe&&) noexcept = default;
    ~tls_pipe() = default;

    tls_state state() const { return state_; }
    // Why it failed, for people: "certificate verify failed: self-signed certificate".
    const std::string& error() const { return error_; }

    // Octets as they came from the peer; all are taken, and kept until they are read. Give it more only when read has
    // returned 0 and output() is sent: then no peer can fill the memory.
    void receive(std::string_view encrypted);

    // Plain octets of the peer; 0: there are none yet, or none any more, see state(). Requires room.
    std::size_t read(std::span<char> room);
    // Whether read may have something.
    bool may_read() const { return may_read_ && state_ == tls_state::open; }

    // Takes plain octets for the peer and returns how many. Fewer than all, and perhaps none, while output() has to be
    // sent first; none in any state but `open`, and `ended`.
    std::size_t write(std::string_view plain);

    // Says to the peer that nothing more is sent.
    void finish();

    // Encrypted octets to send. Valid until the next call that is not const.
    std::string_view output() const { return std::string_view(output_).substr(sent_); }
    void sent(std::size_t octets);

private:
    struct release {
        void operator()(ssl_st* connection) const;
    };

    void go_on();
    void note(int result);
    void fail();
    void collect();

    std::unique_ptr<ssl_st, release> connection_;
    tls_state state_ = tls_state::handshaking;
    bool may_read_ = false;
    std::string output_;
    std::size_t sent_ = 0; // of output_
    std::string error_;
};

} // namespace support
