// SPDX-License-Identifier: BSL-1.0
// What the runs of a client session begin with, what its server says, and its events as text.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailwire/pop3/client.hpp"
#include "operations.hpp"

namespace mailwire::fuzz {

using namespace mailwire::pop3;

struct setting {
    std::size_t in = 512;
    std::size_t out = 512;
    std::size_t in_flight = 8;
    client_options options = {};
    std::uint64_t seed = 0;
};

// Octets: the sizes of the buffers, the commands in flight, flags, the quirks twice, the seed.
inline setting setting_of(std::string_view field) {
    constexpr std::array<std::size_t, 4> sizes = {512, 64, 255, 16};
    setting s;
    s.in = sizes[take(field) % 4];
    s.out = sizes[take(field) % 4];
    s.in_flight = std::array<std::size_t, 4>{8, 1, 2, 3}[take(field) % 4];
    const unsigned flags = take(field);
    s.options.apop = (flags & 1U) != 0;
    s.options.secure = (flags & 2U) != 0;
    s.options.tls = (flags & 4U) != 0 ? tls_policy::optional : tls_policy::required;
    s.options.limits.answer_seconds = 30;
    s.options.limits.listing_lines = 5;
    s.options.limits.response_line = 100;
    s.options.limits.sasl_line = 200;
    s.options.quirks = (take(field) & 15U) | (take(field) & 31U) << 4U;
    if ((flags & 8U) != 0) s.options.quirks |= quirks::auth_without_mechanism;
    s.seed = take(field);
    return s;
}

inline constexpr std::array<std::string_view, 20> server_lines = {
    "+OK\r\n",
    "-ERR\r\n",
    "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n",
    ".\r\n",
    "+ \r\n",
    "+ dGVzdA==\r\n",
    "-ERR [AUTH] no\r\n",
    "+OK 2 320\r\n",
    "1 120\r\n",
    "2 whqtswO00WBw418f9t5JxYwZ\r\n",
    "STLS\r\n",
    "SASL PLAIN LOGIN\r\n",
    "PIPELINING\r\n",
    "UTF8 USER\r\nRESP-CODES\r\n",
    "+OK fr L'op\xc3\xa9ration\r\n",
    "..x\r\nab\r\n",
    "\n.\n",
    "+ !\r\n",
    "+OK",
    "*",
};

inline std::string text_of(const client_event& e) {
    std::string text;
    if (e.kind == client_event_kind::greeting) {
        const greeting g = e.greeting();
        return text.append(g.code.levels).append("/").append(g.text).append("/").append(g.timestamp);
    }
    if (e.kind == client_event_kind::reply) {
        const reply r = e.reply();
        text.append(r.code.levels).append("/").append(r.text).append(r.drop.extra).append(r.scan.extra);
        text.append(r.unique.id).append(r.language.tag).append(r.language.text);
        return text + std::to_string(r.drop.octets) + '/' + std::to_string(r.scan.octets);
    }
    if (e.kind == client_event_kind::scan_listing) {
        return text.append(e.scan_listing().extra) + std::to_string(e.scan_listing().octets);
    }
    if (e.kind == client_event_kind::unique_id) return text.append(e.unique_id().id);
    if (e.kind == client_event_kind::language) return text.append(e.language().tag).append(e.language().description);
    if (e.kind == client_event_kind::mechanism) return text.append(e.mechanism().name);
    if (e.kind == client_event_kind::challenge) return text.append(e.challenge);
    if (e.kind == client_event_kind::capability && !e.capability().known()) return text.append(e.capability().rest());
    return text;
}

inline std::string described(const client_event& e) {
    std::string text = std::to_string(static_cast<int>(e.kind)) + (e.ok ? "+" : "-");
    text += std::to_string(e.quirks) + (e.bare_line_feed ? "b " : " ") + std::to_string(static_cast<int>(e.form)) + ' ';
    text += std::to_string(e.command) + ' ' + std::to_string(e.message) + ' ' + name_of(e.error.code) + ' ';
    return text + std::to_string(e.error.offset) + '/' + std::to_string(e.error.actual) + ' ' + text_of(e);
}

} // namespace mailwire::fuzz
