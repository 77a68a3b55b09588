// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/imap/ext/rev1.hpp"
#include "mailwire/imap/ext/uidonly.hpp"
#include "mailwire/imap/model/data.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/response.hpp"
#include "mailwire/imap/session/mailbox_facts.hpp"

namespace mailwire::imap {

enum class client_event_kind : std::uint8_t {
    need_input,        // send what output() has, then receive
    need_output,       // the session has something to send on its own, or the server lets a literal go on: send what
                       // output() has, hand over octets that are missing
    greeting,          // `response` is the server's first line
    response,          // `response` is untagged data or an untagged status
    done,              // `response` is the tagged reply to `command`
    literal_begin,     // a literal of `octets_total` octets starts; `response` is its unit up to here
    literal_data,      // `octets` are the next octets of it
    literal_end,       // it is complete; the unit goes on
    challenge,         // `octets`, decoded: answer(), respond() or cancel()
    idling,            // IDLE has begun: what happens is told until end_idle()
    idle_due,          // IDLE has lasted as long as it should: end_idle(), then begin it anew
    start_tls,         // `response` is the tagged OK to STARTTLS: do the handshake, then call tls_started()
    start_compression, // `octets` came behind the OK to COMPRESS and are deflate: take them, call compression_started()
    error,             // `error`; of a tagged reply that cannot be read, `command` is what it ends
    closed,            // the connection has ended
};

// What has happened. Its views are valid until the next call of next, prepare, commit or send; those of a challenge until
// it is answered.
struct client_event {
    client_event_kind kind = client_event_kind::need_input;
    imap::response response = {};
    std::uint32_t command = 0;
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
    imap::violation violation = violation::none; // what is wrong with a response that is readable
    std::uint32_t quirks = 0; // the deviations from the RFCs that were tolerated in it, bits of namespace quirks
};

// Which octets a literal of a FETCH or UIDFETCH response is: known when it begins.
struct body_literal {
    std::uint32_t number = 0;         // message number; 0 in UIDFETCH
    std::optional<std::uint32_t> uid; // where the server sent it before the literal
    body_section section;             // its value is nil
    bool decoded = false;             // BINARY: the part without its transfer encoding
};

namespace detail {

// The section of an item whose value is what is missing, or nothing.
inline std::optional<body_section> section_without_value(const item<slot::msg_att>& i) {
    cursor fields = i.tokens();
    if (i.is<rfc822>()) return fields.more() ? std::nullopt : std::optional(body_section());
    if (i.is<rfc822_header>() || i.is<rfc822_text>()) {
        if (fields.more()) return std::nullopt;
        return body_section{
            {{}, i.is<rfc822_header>() ? section_text::header : section_text::text, {}}, {}, text::nil()};
    }
    body_section result;
    if (i.is<body_section>()) {
        result.section = section::read(fields);
    } else if (i.is<binary_section>()) {
        result.section.part = fields.raw();
    } else {
        return std::nullopt;
    }
    // The origin, which may be absent but has its token: without one the literal is the name of a header field.
    if (!fields.more()) return std::nullopt;
    if (!fields.skip_absent()) result.origin = fields.number();
    return fields.more() ? std::nullopt : std::optional(result);
}

inline std::optional<body_literal> literal_in(const items<slot::msg_att>& att, body_literal result) {
    bool found = false;
    for (const auto i : att) {
        if (const auto u = i.get<uid>()) result.uid = u->value;
        const auto section = section_without_value(i);
        found = section.has_value();
        if (found) result.section = *section;
        result.decoded = i.is<binary_section>();
    }
    if (!found) return std::nullopt;
    return result;
}

} // namespace detail

// Of the response of a literal_begin event: the section whose octets follow, or nothing where the literal is another
// string.
inline std::optional<body_literal> body_literal_of(const response& r) {
    if (r.is<fetch_data>()) {
        const auto data = r.as<fetch_data>();
        return detail::literal_in(data.att, {data.number, {}, {}});
    }
    if (r.is<uidfetch_data>()) {
        const auto data = r.as<uidfetch_data>();
        return detail::literal_in(data.att, {0, data.uid, {}});
    }
    return std::nullopt;
}

} // namespace mailwire::imap
