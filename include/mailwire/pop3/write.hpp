// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/item.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/pop3/limits.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/model/sasl.hpp"
#include "mailwire/pop3/model/writer.hpp"
#include "mailwire/pop3/profile.hpp"

// Writes one line with its CRLF into a sink, without a session. Answers bad_value when a value has octets its place
// cannot carry or the line is longer than RFC 2449 4 allows; the sink then holds a line that must not be sent. Whether
// the sink had room is `ok()` of the sink.
namespace mailwire::pop3 {

namespace detail {

inline constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

template <sink Sink, typename Write> misuse write_line(Sink& out, std::size_t longest, bool as_utf8, Write write) {
    const std::size_t before = out.size();
    writer to(out, as_utf8);
    write(to);
    to.crlf();
    return out.size() - before > longest ? misuse::bad_value : to.fault();
}

} // namespace detail

// A command: an alternative of slot::command, or an item of it.
template <sink Sink, typename Command> misuse write_command(Sink& out, const Command& command, bool as_utf8 = false) {
    return detail::write_line(out, longest_command, as_utf8, [&](writer& to) { to.put(command); });
}

template <sink Sink> misuse write_greeting(Sink& out, const greeting& value, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) { value.write(to); });
}

template <sink Sink> misuse write_reply(Sink& out, const reply& value, answer_form form, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) { value.write(to, form); });
}

// A line of a SASL exchange, of the client and of the server. No limit but the sink's.
template <sink Sink> misuse write_sasl_line(Sink& out, const sasl_line& value) {
    return detail::write_line(out, detail::unlimited, false, [&](writer& to) { value.write(to); });
}
template <sink Sink> misuse write_challenge(Sink& out, const challenge& value) {
    return detail::write_line(out, detail::unlimited, false, [&](writer& to) { value.write(to); });
}

// A line of a listing: scan_listing, unique_id, language_listing, mechanism_listing, an alternative of slot::capability
// or an item of it.
template <sink Sink, typename Value> misuse write_listed(Sink& out, const Value& value, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) {
        if constexpr (requires { Value::listed_in; }) {
            value.write(to);
        } else {
            to.put(value);
        }
    });
}

} // namespace mailwire::pop3
