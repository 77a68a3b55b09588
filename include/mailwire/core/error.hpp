// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace mailwire {

// What is wrong with octets that came from the peer. Values are grouped by what a caller can do.
enum class errc : std::uint8_t {
    none,

    // This unit is refused; the next one is read as if it had not been there.
    syntax,             // the octet at `offset` fits no rule
    number_too_big,     // a number does not fit the range its rule gives it
    bare_line_feed,     // LF without CR before it
    too_deep,           // nesting deeper than the limit
    tape_full,          // more fields than the token storage holds; the text itself is valid
    unit_too_long,      // a line outgrew the buffer or its limit
    literal_too_big,    // a literal is larger than the limit
    too_many_literals,  // more literals in one unit than the limit
    unknown_command,    // a command whose name the profile does not know
    unexpected_command, // a command the state does not allow

    // The peer broke the protocol; the session stays in its failed state and repeats this error.
    unexpected_greeting,      // the first line is no greeting
    unexpected_response,      // a reply that answers nothing
    unexpected_continuation,  // "+" while nothing waits for it
    login_before_tls,         // the server says that the client is logged in before TLS, which is required
    unknown_tag,              // a tagged reply to no command in flight
    input_before_tls,         // octets between the agreement on TLS and its handshake
    input_before_compression, // octets between the command that asks for compression and its answer
    endless_literal,          // a literal of more octets than there are numbers: nobody knows what follows
    truncated,                // the connection ended inside a unit
    unproven_server,          // a login succeeded although the server has not proved that it knows the secret
    timed_out,                // the peer was silent for too long
};

// True for the errors after which nothing that follows can be trusted.
constexpr bool is_fatal(errc code) { return code >= errc::unexpected_greeting; }

// One fault: what, and where. Tests true when there is a fault.
//   offset   octets from the start of the unit to where it was noticed
//   actual   for limits: what the peer sent or announced (octets, levels, literals, tokens), else 0
//   maximum  for limits: what is allowed, else 0
struct error {
    errc code = errc::none;
    std::uint64_t offset = 0;
    std::uint64_t actual = 0;
    std::uint64_t maximum = 0;

    explicit constexpr operator bool() const { return code != errc::none; }
    friend constexpr bool operator==(const error&, const error&) = default;
};

// What is wrong with a call. A call answered with a misuse has changed nothing and put no octet out.
enum class misuse : std::uint8_t {
    none,
    wrong_state,  // the session's state does not allow this now
    busy,         // a literal or an exchange is under way and must end first
    not_offered,  // the peer has not announced what this needs
    needs_tls,    // a login, over a connection that is not encrypted, where TLS is required
    bad_value,    // a value has octets its place on the wire cannot carry
    no_room,      // the output or the list of commands in flight is full: send, read, call again
    literal_size, // more octets than the literal announced
};

// Short English name of a code for logs and messages; valid for ever.
constexpr const char* name_of(errc code) {
    switch (code) {
    case errc::none:
        return "none";
    case errc::syntax:
        return "syntax";
    case errc::number_too_big:
        return "number too big";
    case errc::bare_line_feed:
        return "bare line feed";
    case errc::too_deep:
        return "too deep";
    case errc::tape_full:
        return "tape full";
    case errc::unit_too_long:
        return "unit too long";
    case errc::literal_too_big:
        return "literal too big";
    case errc::too_many_literals:
        return "too many literals";
    case errc::unknown_command:
        return "unknown command";
    case errc::unexpected_command:
        return "unexpected command";
    case errc::unexpected_greeting:
        return "unexpected greeting";
    case errc::unexpected_response:
        return "unexpected response";
    case errc::unexpected_continuation:
        return "unexpected continuation";
    case errc::login_before_tls:
        return "login before TLS";
    case errc::unknown_tag:
        return "unknown tag";
    case errc::input_before_tls:
        return "input before TLS";
    case errc::input_before_compression:
        return "input before compression";
    case errc::endless_literal:
        return "endless literal";
    case errc::truncated:
        return "truncated";
    case errc::unproven_server:
        return "unproven server";
    case errc::timed_out:
        return "timed out";
    }
    return "unknown";
}

constexpr const char* name_of(misuse code) {
    switch (code) {
    case misuse::none:
        return "none";
    case misuse::wrong_state:
        return "wrong state";
    case misuse::busy:
        return "busy";
    case misuse::not_offered:
        return "not offered";
    case misuse::needs_tls:
        return "needs TLS";
    case misuse::bad_value:
        return "bad value";
    case misuse::no_room:
        return "no room";
    case misuse::literal_size:
        return "literal size";
    }
    return "unknown";
}

} // namespace mailwire
