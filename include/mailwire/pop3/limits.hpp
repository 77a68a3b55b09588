// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailwire::pop3 {

// The longest line of a command and the longest line of a response that may be sent, in octets with the CRLF
// (RFC 2449 4; RFC 1939 3). What this library writes is never longer.
inline constexpr std::size_t longest_command = 255;
inline constexpr std::size_t longest_response_line = 512;

// How much of what a peer sends is taken. A line never outgrows the receive buffer either, whatever stands here.
struct limits {
    // command, in octets with the CRLF. RFC 2449 4 asks for 255; a longer one has no honest use.
    std::uint32_t command_line = longest_command;

    // single-line, greeting, capability and the lines of listings, in octets with the CRLF. RFC 2449 4 has 512; servers
    // with long texts or many SASL mechanisms exceed it, and no lookup depends on it. 512 is the strict value.
    std::uint32_t response_line = 4096;

    // The lines of one listing. Nothing is stored for a line; the limit keeps a server from feeding a client for ever.
    // No known server opens a maildrop of a million messages.
    std::uint32_t listing_lines = 1'000'000;

    // A challenge and a response of a SASL exchange, in octets with the CRLF. RFC 5034 4 exempts them from the two limits
    // above; these are 64 KiB of a mechanism's own in base64. Tokens of a few kilobytes are honest.
    std::uint32_t sasl_line = 87'400;

    // Seconds a server gives a client for its login, from the greeting on and in all: who is nobody yet holds a
    // connection no longer than that, whatever it sends.
    std::uint32_t login_seconds = 60;

    // Seconds of silence after which a server ends a session that has logged in. RFC 1939 3 asks for 600 at least.
    std::uint32_t idle_seconds = 600;

    // Seconds of silence after which a client that waits for an answer gives up. Servers that open a large maildrop may
    // take minutes over PASS.
    std::uint32_t answer_seconds = 300;

    // Commands in a row that are malformed, unknown or out of place and still get an answer; the next one ends the
    // session. Few before the login, where only strangers are; more after it, where old clients probe.
    std::uint16_t bad_commands_before_login = 3;
    std::uint16_t bad_commands = 20;
};

} // namespace mailwire::pop3
