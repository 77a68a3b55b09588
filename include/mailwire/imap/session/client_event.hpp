// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/imap/model/data.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/response.hpp"

namespace mailwire::imap {

enum class client_event_kind : std::uint8_t {
    need_input,    // send what output() has, then receive
    need_output,   // the server lets a literal go on: send what output() has, hand over octets that are missing
    greeting,      // `response` is the server's first line
    response,      // `response` is untagged data or an untagged status
    done,          // `response` is the tagged reply to `command`
    literal_begin, // a literal of `octets_total` octets starts; `response` is its unit up to here
    literal_data,  // `octets` are the next octets of it
    literal_end,   // it is complete; the unit goes on
    error,         // `error`; of a tagged reply that cannot be read, `command` is what it ends
    closed,        // the connection has ended
};

// What has happened. Its views are valid until the next call of next, prepare, commit or send.
struct client_event {
    client_event_kind kind = client_event_kind::need_input;
    imap::response response = {};
    std::uint32_t command = 0;
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
};

// Which octets a literal of a FETCH response is: known when it begins.
struct body_literal {
    std::uint32_t number = 0;         // message number
    std::optional<std::uint32_t> uid; // where the server sent it before the literal
    body_section section;             // its value is nil
};

namespace detail {

// Whether a section and its origin are all that is there: what is missing is the value, not a field's name.
inline bool lacks_value(cursor fields) {
    (void)section::read(fields);
    if (!fields.more()) return false;
    fields.skip();
    return !fields.more();
}

} // namespace detail

// Of the response of a literal_begin event: the section whose octets follow, or nothing where the literal is another
// string.
inline std::optional<body_literal> body_literal_of(const response& r) {
    if (!r.is<fetch_data>()) return std::nullopt;
    const auto data = r.as<fetch_data>();
    body_literal result{.number = data.number, .uid = {}, .section = {}};
    bool found = false;
    for (const auto i : data.att) {
        if (const auto u = i.template get<uid>()) result.uid = u->value;
        found = i.template is<body_section>() && detail::lacks_value(i.tokens());
        if (found) result.section = i.template as<body_section>();
    }
    if (!found) return std::nullopt;
    return result;
}

} // namespace mailwire::imap
