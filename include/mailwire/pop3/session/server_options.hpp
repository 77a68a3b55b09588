// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/tls_policy.hpp"
#include "mailwire/pop3/dots.hpp"
#include "mailwire/pop3/limits.hpp"

namespace mailwire::pop3 {

// Storage a server works in, lent by the caller for the server's life.
struct server_buffers {
    std::span<char> in;  // received octets; no command and no SASL response is longer than this
    std::span<char> out; // octets to send; at least longest_response_line
};

// Storage of the usual sizes, for those who do not want to choose. An OAuth token needs an In of a third more than its
// octets.
template <std::size_t In = 4096, std::size_t Out = 16384> struct server_storage {
    static_assert(Out >= longest_response_line, "a response line has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;

    server_buffers buffers() { return {in, out}; }
};

struct server_options {
    pop3::limits limits = {};
    line_feeds feeds = line_feeds::as_they_are; // in the messages that are sent
    bool secure = false;                        // the connection is encrypted from its start

    // Whether logins are refused before TLS. What a client has sent in the clear is lost even if it is refused: it is the
    // client that has to insist.
    tls_policy tls = tls_policy::optional;

    bool utf8_user = false;   // names and passwords may be in UTF-8: the capabilities have UTF8 USER
    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::pop3
