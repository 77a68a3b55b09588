// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

// The deviations from the RFCs that can be tolerated, one bit each in the options of a session or a parse. None is on
// unless asked for, and what reads with one on says which have fired.
namespace mailwire::pop3::quirks {

// Responses.

// A "<" in the greeting that begins no msg-id. The greeting then has no timestamp, whatever it looks like.
inline constexpr std::uint32_t angle_bracket_in_greeting = 1U << 0;
// +ok, -err: a status that is not in upper case (RFC 1939 3: "MUST").
inline constexpr std::uint32_t status_in_any_case = 1U << 1;
// LF without CR before it ends a line, also in a message. What a sender hides behind such an LF is then read as a line
// of its own: only for servers that send no CR at all.
inline constexpr std::uint32_t bare_line_feed = 1U << 2;
// "." LF, without the CR, ends a multi-line answer.
inline constexpr std::uint32_t dot_line_feed = 1U << 3;
// "." CR, without the LF, ends a message, where the connection ends there or anything but LF follows.
inline constexpr std::uint32_t dot_carriage_return = 1U << 4;
// A line of a message that begins with one dot and goes on without a second one keeps its dot.
inline constexpr std::uint32_t unstuffed_dots = 1U << 5;
// A line of LIST without its size, or of UIDL without its id. The message then has none.
inline constexpr std::uint32_t incomplete_listing = 1U << 6;
// The answer to UIDL msg without the message-number: "+OK" SP unique-id.
inline constexpr std::uint32_t unique_id_without_number = 1U << 7;
// A challenge without the space behind its "+", where it is empty.
inline constexpr std::uint32_t challenge_without_space = 1U << 8;

// Commands.

// AUTH without a mechanism, which asks for a list of them: older than RFC 1734, and still sent by some clients.
inline constexpr std::uint32_t auth_without_mechanism = 1U << 9;
// The name of a mechanism in small letters.
inline constexpr std::uint32_t mechanism_in_any_case = 1U << 10;

// All that a client can meet, and all that a server can.
inline constexpr std::uint32_t of_servers = 0x1ff;
inline constexpr std::uint32_t of_clients = auth_without_mechanism | mechanism_in_any_case | bare_line_feed;

} // namespace mailwire::pop3::quirks
