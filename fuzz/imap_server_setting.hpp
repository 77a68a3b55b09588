// SPDX-License-Identifier: BSL-1.0
// What the runs of an IMAP server session begin with, what its client says, and its events as text.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailwire/imap.hpp"
#include "operations.hpp"

namespace mailwire::fuzz {

using namespace mailwire::imap;

struct setting {
    std::size_t in = 1024;
    std::size_t out = 1024;
    std::size_t tape = 512;
    std::size_t elided = 4;
    server_options options = {};
    std::uint64_t seed = 0;
};

// Octets: the sizes of the buffers, flags, the limits, the quirks, the seed.
inline setting setting_of(std::string_view field) {
    setting s;
    s.in = std::array<std::size_t, 4>{1024, 200, 128, 4096}[take(field) % 4];
    s.out = std::array<std::size_t, 4>{1024, 256, 300, 4096}[take(field) % 4];
    const unsigned flags = take(field);
    s.options.secure = (flags & 1U) != 0;
    s.options.tls = (flags & 2U) != 0 ? tls_policy::required : tls_policy::optional;
    if ((flags & 4U) != 0) s.tape = 16;
    if ((flags & 8U) != 0) s.elided = 1;
    s.options.limits.inline_literal = std::array<std::uint64_t, 4>{64, 0, 8, 4096}[take(field) % 4];
    s.options.limits.literal = 5000;
    s.options.limits.literals = 4;
    s.options.limits.tag = 20;
    s.options.limits.bad_commands = 5;
    s.options.limits.login_seconds = 60;
    s.options.limits.idle_seconds = 90;
    s.options.quirks = take(field) % 2 == 0 ? 0 : 0xffffffffU;
    s.seed = take(field);
    return s;
}

inline constexpr std::array<std::string_view, 32> client_lines = {
    "a LOGIN ada secret\r\n",
    "a AUTHENTICATE X-SCRIPT\r\n",
    "a AUTHENTICATE X-SCRIPT dGVzdA==\r\n",
    "a AUTHENTICATE PLAIN =\r\n",
    "dGVzdA==\r\n",
    "*\r\n",
    "a STARTTLS\r\n",
    "a COMPRESS DEFLATE\r\n",
    "a CAPABILITY\r\n",
    "a NOOP\r\n",
    "a LOGOUT\r\n",
    "a ENABLE UIDONLY CONDSTORE\r\n",
    "a SELECT box\r\n",
    "a EXAMINE {3}\r\n",
    "box\r\n",
    "a IDLE\r\n",
    "DONE\r\n",
    "a APPEND box {10}\r\n",
    "a APPEND box {10+}\r\n0123456789\r\n",
    "0123456789\r\n",
    "a APPEND box {9999+}\r\n",
    "a LOGIN {3+}\r\nada {6+}\r\nsecret\r\n",
    "a CLOSE\r\na UNSELECT\r\n",
    "a FETCH 1 BODY[]\r\n",
    "a UID FETCH 1:* FLAGS\r\n",
    "a STORE 1 +FLAGS (\\Seen)\r\na SEARCH ALL\r\n",
    "a EXPUNGE\r\n",
    "a UNAUTHENTICATE\r\n",
    "a NOOP {99999999999999999999+}\r\n",
    "what\r\n",
    "a NOOP\n",
    "a",
};

inline std::string described(const server_event& e) {
    std::string text = std::to_string(static_cast<int>(e.kind)) + ' ' + std::to_string(e.octets_total) + ' ';
    text += std::to_string(e.quirks) + ' ' + name_of(e.error.code) + ' ' + std::to_string(e.error.offset) + '/';
    text += std::to_string(e.error.actual) + ' ';
    if (e.kind == server_event_kind::response) return text.append(e.octets);
    if (e.kind == server_event_kind::literal_begin) return text.append(e.command.tag());
    if (e.kind != server_event_kind::command || e.command.value().is<authenticate>()) return text;
    string_sink sink(text);
    (void)write_command(sink, e.command, {.utf8 = true});
    return text;
}

} // namespace mailwire::fuzz
