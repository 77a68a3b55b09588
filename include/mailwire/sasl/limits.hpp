// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailwire::sasl {

// The longest salt SCRAM takes, in octets. Servers use 12 to 32; the client keeps it on the stack.
inline constexpr std::size_t longest_salt = 256;

// What a mechanism accepts from its peer. A limit that is passed is a fault of its own, and the exchange is over.
struct limits {
    // Octets of one message, before base64. Tokens of OAuth are the longest honest messages, a few kilobytes; 64 KiB is
    // what servers in use take.
    std::size_t message = 65536;

    // Messages from the peer in one exchange. The mechanisms here need three at most and end by themselves; the limit
    // holds whatever a mechanism does. 16 is far from any honest exchange and from any that hurts.
    unsigned rounds = 16;

    // iteration-count, for a SCRAM client. Below 4096, which RFC 5802 5.1 and RFC 7677 4 ask for, what the client sends
    // lets anybody who listens guess the password cheaply.
    std::uint32_t least_iterations = 4096;

    // iteration-count, for a SCRAM client. The client computes for as long as the server asks for: 600,000 is what is
    // recommended for SHA-256 today and takes about a second; 2,147,483,647 would take most of an hour.
    std::uint32_t most_iterations = 600'000;
};

} // namespace mailwire::sasl
