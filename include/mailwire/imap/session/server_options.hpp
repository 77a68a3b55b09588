// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/tape.hpp"
#include "mailwire/core/tls_policy.hpp"
#include "mailwire/imap/limits.hpp"

namespace mailwire::imap {

// The storage a server session works in, lent by the caller for the session's life.
struct server_buffers {
    std::span<char> in;    // at least as large as the longest command
    std::span<char> out;   // responses not yet sent; at least 256 octets, for the answers of the session itself
    std::span<token> tape; // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one command
};

// Storage of the usual sizes. RFC 7162 4 asks a server for command lines of 8192 octets.
template <std::size_t In = 16384, std::size_t Out = 16384> struct server_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 8> elided;

    server_buffers buffers() { return {in, out, tape, elided}; }
};

struct server_options {
    imap::limits limits = {};
    bool secure = false; // the connection is encrypted from its start

    // Whether logins are refused before TLS. What a client has sent in the clear is lost even if it is refused: it is the
    // client that has to insist. Announce LOGINDISABLED (RFC 9051 6.2.3).
    tls_policy tls = tls_policy::optional;

    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::imap
