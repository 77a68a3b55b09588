// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

namespace mail_server {

// What a protocol handler waits for before it can go on.
enum class waits_for {
    input,  // octets of the client, once its output is sent
    output, // octets of its output have to be sent first
    turn,   // nothing: it has work, and lets the others have theirs in between
    tls,    // TLS, begun when its output is sent
    nothing // it has come to its end: send the output, then close
};

// A protocol as a connection sees it: octets in, octets out, work in between. None of it blocks.
class protocol_handler {
public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~protocol_handler() = default;

    // What time it is. Said in each turn before anything else is called.
    virtual void at(time_point) {}

    // Goes as far as it can.
    virtual waits_for work() = 0;

    // Whether there is work although it waits for input: something has happened that the client wants to know.
    virtual bool has_news() const { return false; }

    // Room for octets of the client; only while it waits for input.
    virtual std::span<char> prepare() = 0;
    virtual void commit(std::size_t octets) = 0;
    // The client sends nothing more.
    virtual void closed() = 0;

    // From here on all octets travel under TLS. Only called when it waits for that.
    virtual void tls_started() {}

    // Octets for the client, valid until something else is called.
    virtual std::string_view output() const = 0;
    virtual void sent(std::size_t octets) = 0;

    // Says goodbye, if the protocol has a word for it now.
    virtual void say_goodbye() = 0;

    // How long no octet may move before the client is given up.
    virtual std::chrono::seconds patience() const = 0;
    // When it is given up whatever moves until then.
    virtual time_point deadline() const { return time_point::max(); }
};

} // namespace mail_server
