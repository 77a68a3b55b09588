// SPDX-License-Identifier: BSL-1.0
// What the runs of a server session begin with, what its client says, and its events as text.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailwire/pop3/server.hpp"
#include "operations.hpp"

namespace mailwire::fuzz {

using namespace mailwire::pop3;

struct setting {
    std::size_t in = 255;
    std::size_t out = 1024;
    server_options options = {};
    std::uint64_t seed = 0;
};

// Octets: the sizes of the buffers, flags, the quirks, the seed.
inline setting setting_of(std::string_view field) {
    setting s;
    s.in = std::array<std::size_t, 4>{255, 512, 64, 16}[take(field) % 4];
    s.out = std::array<std::size_t, 4>{1024, 512, 600, 4096}[take(field) % 4];
    const unsigned flags = take(field);
    s.options.feeds = (flags & 1U) != 0 ? line_feeds::as_crlf : line_feeds::as_they_are;
    s.options.secure = (flags & 2U) != 0;
    s.options.tls = (flags & 4U) != 0 ? tls_policy::required : tls_policy::optional;
    s.options.utf8_user = (flags & 8U) != 0;
    const unsigned tolerated = take(field);
    if ((tolerated & 1U) != 0) s.options.quirks |= quirks::auth_without_mechanism;
    if ((tolerated & 2U) != 0) s.options.quirks |= quirks::mechanism_in_any_case;
    if ((tolerated & 4U) != 0) s.options.quirks |= quirks::bare_line_feed;
    s.options.limits.sasl_line = 200;
    s.options.limits.idle_seconds = 90;
    s.options.limits.bad_commands = 5;
    s.seed = take(field);
    return s;
}

inline constexpr std::array<std::string_view, 20> client_lines = {
    "USER mrose\r\n",
    "PASS secret\r\n",
    "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n",
    "AUTH X-SCRIPT dGVzdA==\r\n",
    "AUTH LOGIN\r\n",
    "STLS\r\n",
    "UTF8\r\n",
    "CAPA\r\n",
    "STAT\r\n",
    "LIST\r\n",
    "LIST 1\r\n",
    "UIDL\r\nUIDL 1\r\n",
    "RETR 1\r\n",
    "TOP 1 10\r\n",
    "LANG\r\nLANG fr\r\n",
    "QUIT\r\n",
    "dGVzdA==\r\n",
    "*\r\n",
    "AUTH\r\n",
    "NOOP\n",
};

// Knows everybody.
inline bool is_denial(std::string_view line) {
    for (int why = 0; why <= static_cast<int>(denial::too_many); ++why) {
        if (line == line_of(static_cast<denial>(why))) return true;
    }
    return false;
}

inline std::string described(const server_event& e) {
    std::string text = std::to_string(static_cast<int>(e.kind)) + ' ' + std::to_string(e.quirks) + ' ';
    text += std::to_string(e.command.id()) + ' ' + name_of(e.error.code) + ' ' + std::to_string(e.error.offset) + '/';
    text += std::to_string(e.error.actual) + ' ';
    if (e.kind == server_event_kind::command) {
        string_sink sink(text);
        (void)write_command(sink, e.command, true);
    }
    return text.append(e.response);
}

} // namespace mailwire::fuzz
