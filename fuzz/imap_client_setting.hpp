// SPDX-License-Identifier: BSL-1.0
// What the runs of an IMAP client session begin with, what its server says, and its events as text.

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
    std::size_t commands = 8;
    client_options options = {};
    std::uint64_t seed = 0;
};

// Octets: the sizes of the buffers, flags, the limits, the quirks, the seed.
inline setting setting_of(std::string_view field) {
    setting s;
    s.in = std::array<std::size_t, 4>{1024, 200, 128, 4096}[take(field) % 4];
    s.out = std::array<std::size_t, 4>{1024, 256, 64, 4096}[take(field) % 4];
    const unsigned flags = take(field);
    s.options.secure = (flags & 1U) != 0;
    s.options.tls = (flags & 2U) != 0 ? tls_policy::required : tls_policy::optional;
    if ((flags & 4U) != 0) s.tape = 16;
    if ((flags & 8U) != 0) s.elided = 1;
    if ((flags & 16U) != 0) s.commands = 2;
    s.options.limits.inline_literal = std::array<std::uint64_t, 4>{64, 0, 8, 4096}[take(field) % 4];
    s.options.limits.literal = 1U << 20U;
    s.options.limits.answer_seconds = 30;
    s.options.limits.idle_anew_seconds = 60;
    s.options.quirks = take(field) % 2 == 0 ? 0 : 0xffffffffU;
    s.seed = take(field);
    return s;
}

inline constexpr std::array<std::string_view, 32> server_lines = {
    "* OK hi\r\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 IMAP4rev2 LITERAL+ ENABLE IDLE CONDSTORE UIDONLY] hi\r\n",
    "* OK [CAPABILITY IMAP4rev2 STARTTLS SASL-IR AUTH=PLAIN AUTH=X-SCRIPT COMPRESS=DEFLATE UNAUTHENTICATE] hi\r\n",
    "* BYE so long\r\n",
    "+ \r\n",
    "+ dGVzdA==\r\n",
    "+ !\r\n",
    "A1 OK done\r\n",
    "A2 OK done\r\n",
    "A3 OK done\r\n",
    "A4 OK done\r\n",
    "A5 OK [CAPABILITY IMAP4rev1 LITERAL- IDLE] done\r\n",
    "A1 NO done\r\n",
    "A2 BAD done\r\n",
    "A3 NO done\r\n",
    "* 3 EXISTS\r\n",
    "* 1 EXPUNGE\r\n",
    "* 2 FETCH (FLAGS (\\Seen) UID 7 BODY[] {70}\r\n",
    "0123456789012345678901234567890123456789012345678901234567890123456789)\r\n",
    "* LIST () \"/\" {3}\r\nbox\r\n",
    "* OK [CLOSED] gone\r\n",
    "* ENABLED CONDSTORE IMAP4rev2 UIDONLY\r\n",
    "* VANISHED 1:3\r\n",
    "* 1 UIDFETCH (FLAGS ())\r\n",
    "* SEARCH 1 2 3\r\n",
    "* OK [UIDVALIDITY 7] valid\r\n",
    "* OK [HIGHESTMODSEQ 9] modseq\r\n",
    "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
    "* NO\n",
    "* 1 FETCH (UID 0)\r\n",
    "* CAPABILITY IMAP4rev2\r\n",
    "A",
};

inline std::string described(const client_event& e) {
    std::string text = std::to_string(static_cast<int>(e.kind)) + ' ' + std::to_string(e.command) + ' ';
    text += std::to_string(e.octets_total) + ' ' + std::to_string(static_cast<int>(e.violation)) + ' ';
    text += std::to_string(e.quirks) + ' ' + name_of(e.error.code) + ' ' + std::to_string(e.error.offset) + '/';
    text += std::to_string(e.error.actual) + ' ';
    using kind = client_event_kind;
    if (e.kind == kind::challenge) return text.append(e.octets);
    if (e.kind == kind::literal_begin) return text + (body_literal_of(e.response) ? "body" : "other");
    const bool whole = e.kind == kind::greeting || e.kind == kind::response || e.kind == kind::done ||
                       e.kind == kind::start_tls || e.kind == kind::start_compression;
    if (!whole) return text;
    string_sink sink(text);
    (void)write_response(sink, e.response, {.utf8 = true});
    return text;
}

} // namespace mailwire::fuzz
