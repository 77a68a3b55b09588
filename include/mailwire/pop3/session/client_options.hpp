// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/tls_policy.hpp"
#include "mailwire/pop3/limits.hpp"
#include "mailwire/pop3/session/in_flight.hpp"

namespace mailwire::pop3 {

// Storage a client works in, lent by the caller for the client's life.
struct client_buffers {
    std::span<char> in;                   // received octets; no line is longer than this
    std::span<char> out;                  // octets to send; no line is longer than this
    std::span<pending_command> in_flight; // one for each command that may be in flight at once
};

// Storage of the usual sizes, for those who do not want to choose. An OAuth token needs an Out of a third more than its
// octets.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t InFlight = 64> struct client_storage {
    static_assert(Out >= longest_command, "a command has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<pending_command, InFlight> in_flight;

    client_buffers buffers() { return {in, out, in_flight}; }
};

struct client_options {
    pop3::limits limits = {};
    bool apop = false;                     // APOP may be used. Its MD5 is broken: prefer TLS and AUTH or USER
    bool secure = false;                   // the connection is encrypted from its start
    tls_policy tls = tls_policy::required; // without TLS nothing is sent but CAPA, STLS and QUIT
    std::uint32_t quirks = 0;              // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::pop3
