// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/cursor.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/pop3/model/language.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/model/sasl.hpp"
#include "mailwire/pop3/session/response_reader.hpp"

namespace mailwire::pop3 {

enum class client_event_kind : std::uint8_t {
    need_input,   // receive, or send what output() has: nothing to tell before that
    greeting,     // the server is there; -ERR (`ok` is false): it does not want us, and closes
    reply,        // the first or only line of the answer to a command
    scan_listing, // a line of the answer to LIST
    unique_id,    // a line of the answer to UIDL
    capability,   // a line of the answer to CAPA
    language,     // a line of the answer to LANG
    mechanism,    // a line of the answer to AUTH without a mechanism
    challenge,    // the server's turn of a SASL exchange is over: answer it, or cancel
    start_tls,    // the server agrees to STLS: send what output() has, do the handshake, then call tls_started()
    body,         // a piece of the answer to RETR or TOP
    end_of_lines, // the answer to LIST, UIDL, CAPA, LANG, RETR or TOP is complete
    error,        // the server sent something wrong
    closed,       // the connection is over
};

// What a client session has to tell. A kind, and the views that belong to it.
struct client_event {
    // Sets one field after the other: as an aggregate all of it would be cleared by a loop that takes longer than the
    // parse of a short line.
    client_event() {}
    explicit client_event(client_event_kind what) : kind(what) {}
    explicit client_event(const mailwire::error& why) : kind(client_event_kind::error), error(why) {}

    client_event_kind kind = client_event_kind::need_input;

    // Of greeting and reply: +OK. An error in such a line does not hide this: where the line was +OK, the command
    // succeeded, and where lines follow it, they do.
    bool ok = false;

    // The deviations from the RFCs that were tolerated in this, bits of namespace quirks. Those in a message are told with
    // its end_of_lines.
    std::uint32_t quirks = 0;

    // Of end_of_lines behind a message: it had an LF without CR before it, which RFC 5322 does not allow.
    bool bare_line_feed = false;

    // The form of the answer, the id of the command that is answered and its message-number, 0 where it has none. Of an
    // error that belongs to no command (the greeting, what ends the session) the id is unknown_id.
    answer_form form = answer_form::text;
    std::uint32_t command = unknown_id;
    std::uint32_t message = 0;

    // Of body: octets of the message with its dots as they were stored. Line ends are CRLF.
    std::string_view body = {};

    // Of challenge: its octets, decoded. Valid until it is answered.
    std::string_view challenge = {};

    // Of error: what, and at which octet of the line. From errc::unexpected_greeting on the session is over, and every
    // call of next() gives this error; otherwise it goes on behind the line.
    mailwire::error error = {};

    // The fields of the line, for the accessors below.
    cursor fields = {};

    // Whether this belongs to the answer to such a command: e.answers<retr>().
    template <alternative Command> constexpr bool answers() const { return command == id_of<Command>; }

    // Requires: kind is greeting. Without `ok` there is no timestamp.
    pop3::greeting greeting() const {
        cursor c = fields;
        if (ok) return pop3::greeting::read(c);
        const pop3::reply r = pop3::reply::read(c, answer_form::text);
        return {r.code, r.text, {}};
    }

    // Requires: kind is reply.
    pop3::reply reply() const {
        cursor c = fields;
        return pop3::reply::read(c, form);
    }

    // Require: kind is the one of the same name.
    pop3::scan_listing scan_listing() const { return read<pop3::scan_listing>(); }
    pop3::unique_id unique_id() const { return read<pop3::unique_id>(); }
    item<slot::capability> capability() const { return read<item<slot::capability>>(); }
    language_listing language() const { return read<language_listing>(); }
    mechanism_listing mechanism() const { return read<mechanism_listing>(); }

private:
    template <typename T> T read() const {
        cursor c = fields;
        return T::read(c);
    }
};

// The kind of event that a part of a response becomes.
constexpr client_event_kind kind_of(response_part part) {
    switch (part) {
    case response_part::none:
        return client_event_kind::need_input;
    case response_part::greeting:
        return client_event_kind::greeting;
    case response_part::reply:
        return client_event_kind::reply;
    case response_part::scan_listing:
        return client_event_kind::scan_listing;
    case response_part::unique_id:
        return client_event_kind::unique_id;
    case response_part::capability:
        return client_event_kind::capability;
    case response_part::language:
        return client_event_kind::language;
    case response_part::mechanism:
        return client_event_kind::mechanism;
    case response_part::challenge:
        return client_event_kind::challenge;
    case response_part::body:
        return client_event_kind::body;
    case response_part::end_of_lines:
        return client_event_kind::end_of_lines;
    case response_part::fault:
    case response_part::no_reply:
        return client_event_kind::error;
    }
    return client_event_kind::error;
}

} // namespace mailwire::pop3
