// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/pop3/session/server_table.hpp"

namespace mailwire::pop3 {

// The -ERR lines that a server session sends on its own account. None of them has an octet of what the client sent.
enum class denial : std::uint8_t {
    unknown,
    out_of_place,
    needs_tls,
    syntax,
    no_base64,
    too_long,
    bare_line_feed,
    too_many,
};

constexpr std::string_view line_of(denial why) {
    switch (why) {
    case denial::unknown:
        return "-ERR unknown command\r\n";
    case denial::out_of_place:
        return "-ERR command not valid in this state\r\n";
    case denial::needs_tls:
        return "-ERR TLS has to come first\r\n";
    case denial::syntax:
        return "-ERR syntax error\r\n";
    case denial::no_base64:
        return "-ERR this is no base64\r\n";
    case denial::too_long:
        return "-ERR line too long\r\n";
    case denial::bare_line_feed:
        return "-ERR line feed without carriage return\r\n";
    case denial::too_many:
        return "-ERR too many bad commands\r\n";
    }
    return "-ERR\r\n";
}

inline constexpr std::size_t longest_denial = line_of(denial::bare_line_feed).size();

// How a command that the table has no place for is answered.
constexpr denial denial_of(server_input command) {
    if (command == server_input::unknown) return denial::unknown;
    return command == server_input::needs_tls ? denial::needs_tls : denial::out_of_place;
}

// How a line that is refused with this fault is answered.
constexpr denial denial_of(errc fault, bool in_exchange) {
    if (fault == errc::unit_too_long) return denial::too_long;
    if (fault == errc::bare_line_feed) return denial::bare_line_feed;
    return in_exchange ? denial::no_base64 : denial::syntax;
}

} // namespace mailwire::pop3
