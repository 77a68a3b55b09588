// SPDX-License-Identifier: BSL-1.0
// What the events of the IMAP sessions say, as lines of text that a test can compare: the kind of the event, then its
// values as they are written on the wire.

#pragma once

#include "mailwire/imap.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

using lines = std::vector<std::string>;

inline std::string describe(const error& e) {
    std::string text = std::string(name_of(e.code)) + " @" + std::to_string(e.offset);
    if (e.maximum != 0) text += " " + std::to_string(e.actual) + "/" + std::to_string(e.maximum);
    return text;
}

// The values of a unit as they would be sent. Of a literal that streams only the header is there.
inline std::string wire_of(const imap::response& r) {
    std::string text;
    string_sink sink(text);
    const misuse fault = imap::write_response(sink, r, {.utf8 = true});
    return fault == misuse::bad_value ? text + "<bad value>" : text;
}
inline std::string wire_of(const imap::command& c) {
    std::string text;
    string_sink sink(text);
    const misuse fault = imap::write_command(sink, c, {.utf8 = true});
    return fault == misuse::bad_value ? text + "<bad value>" : text;
}
template <alternative Command> std::string wire_of(std::string_view tag, const Command& c) {
    std::string text;
    string_sink sink(text);
    const misuse fault = imap::write_command(sink, tag, c, {.utf8 = true});
    return fault == misuse::bad_value ? text + "<bad value>" : text;
}

// Which literal begins: message, UID and section of a body, or nothing of it.
inline std::string literal_of(const imap::response& r) {
    const auto body = imap::body_literal_of(r);
    if (!body) return "of something";
    std::string text = "of " + std::to_string(body->number);
    if (body->uid) text += " uid " + std::to_string(*body->uid);
    text += " [" + std::string(body->section.section.part) + "." +
            std::string(imap::section::word(body->section.section.what)) + "]";
    if (body->section.origin) text += "<" + std::to_string(*body->section.origin) + ">";
    return text;
}

// What is wrong with a response, behind it.
inline std::string wrong(const imap::client_event& e) {
    switch (e.violation) {
    case imap::violation::none:
        return "";
    case imap::violation::exists_shrank:
        return "!exists shrank";
    case imap::violation::no_such_message:
        return "!no such message";
    case imap::violation::expunge_out_of_place:
        return "!expunge out of place";
    case imap::violation::uid_validity_changed:
        return "!uid validity changed";
    case imap::violation::number_under_uidonly:
        return "!number under UIDONLY";
    }
    return "!";
}

inline std::string describe(const imap::client_event& e) {
    using kind = imap::client_event_kind;
    switch (e.kind) {
    case kind::need_input:
        return "need input";
    case kind::need_output:
        return "need output";
    case kind::greeting:
        return "greeting " + wire_of(e.response);
    case kind::response:
        return "response " + wire_of(e.response) + wrong(e);
    case kind::done:
        return "done " + std::to_string(e.command) + " " + wire_of(e.response);
    case kind::literal_begin:
        return "literal " + std::to_string(e.octets_total) + " " + literal_of(e.response);
    case kind::literal_data:
        return "octets " + std::string(e.octets);
    case kind::literal_end:
        return "literal end";
    case kind::challenge:
        return "challenge " + std::string(e.octets);
    case kind::idling:
        return "idling " + std::to_string(e.command);
    case kind::idle_due:
        return "idle due " + std::to_string(e.command);
    case kind::start_tls:
        return "start tls " + std::to_string(e.command);
    case kind::start_compression:
        return "start compression " + std::to_string(e.command) + " " + std::string(e.octets);
    case kind::error:
        return "error " + describe(e.error) + (e.command != 0 ? " ends " + std::to_string(e.command) : "");
    case kind::closed:
        return "closed";
    }
    return "no event";
}

inline std::string describe(const imap::server_event& e) {
    using kind = imap::server_event_kind;
    switch (e.kind) {
    case kind::need_input:
        return "need input";
    case kind::need_output:
        return "need output";
    case kind::need_answer:
        return "need answer";
    case kind::command:
        return "command " + wire_of(e.command);
    case kind::literal_begin:
        return "literal " + std::to_string(e.octets_total) + " of " + std::string(e.command.tag());
    case kind::literal_data:
        return "octets " + std::string(e.octets);
    case kind::literal_end:
        return "literal end";
    case kind::response:
        return "answer " + std::string(e.octets);
    case kind::cancelled:
        return "cancelled";
    case kind::done:
        return "done";
    case kind::start_tls:
        return "start tls";
    case kind::start_compression:
        return "start compression";
    case kind::error:
        return "error " + describe(e.error);
    case kind::closed:
        return "closed";
    }
    return "no event";
}

// Adds an event to a log. Pieces of one literal become one line: where they are cut is up to the network.
template <typename Event> void note(lines& log, const Event& e) {
    const bool piece = e.kind == decltype(e.kind)::literal_data;
    if (piece && !log.empty() && log.back().starts_with("octets ")) {
        log.back().append(e.octets);
    } else {
        log.push_back(describe(e));
    }
}

} // namespace mailwire::test
