// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/error.hpp"
#include "mailwire/core/tape.hpp"
#include "mailwire/core/tls_policy.hpp"
#include "mailwire/imap/limits.hpp"
#include "mailwire/imap/session/in_flight.hpp"

namespace mailwire::imap {

// The storage a client session works in, lent by the caller for the session's life.
struct client_buffers {
    std::span<char> in;              // at least as large as the longest unit
    std::span<char> out;             // commands not yet sent
    std::span<token> tape;           // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one response
    std::span<in_flight> commands;   // commands in flight
};

// Storage of the usual sizes, for those who do not want to choose.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t Commands = 16> struct client_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 32> elided;
    std::array<in_flight, Commands> commands;

    client_buffers buffers() { return {in, out, tape, elided, commands}; }
};

struct client_options {
    imap::limits limits = {};
    bool secure = false; // the connection is encrypted from its start

    // Whether logins are refused before TLS, and a server that says PREAUTH before it is an impostor (RFC 9051 7.1.4).
    tls_policy tls = tls_policy::required;

    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

// What became of a command: its number, which the event `done` names, or why it was not sent.
struct sent_command {
    misuse fault = misuse::none;
    std::uint32_t number = 0;

    explicit operator bool() const { return fault == misuse::none; }
};

} // namespace mailwire::imap
