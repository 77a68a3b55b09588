// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/sink.hpp"
#include "mailwire/imap/model/command.hpp"
#include "mailwire/imap/model/response.hpp"
#include "mailwire/imap/model/writer.hpp"
#include "mailwire/imap/profile.hpp"

// Whole units into a sink, without a session. Each answers misuse::bad_value when a value has octets its place cannot
// carry and misuse::no_room when the sink is not ok; what the sink then holds is no unit. Where the sink has stops, the
// output pauses there: for the "+" of the peer, or for the octets of a streamed literal.
namespace mailwire::imap {

namespace detail {

template <sink Sink, typename WriteUnit>
misuse write_unit(Sink& to, const write_options& options, WriteUnit&& write_one) {
    writer out(to, options);
    write_one(out);
    out.raw("\r\n");
    if (out.fault() != misuse::none) return out.fault();
    return to.ok() ? misuse::none : misuse::no_room;
}

inline write_options from_server(write_options options) {
    options.from = side::server;
    return options;
}

} // namespace detail

// tag SP command CRLF. RFC 9051 9, command.
template <sink Sink, alternative Command>
misuse write_command(Sink& to, std::string_view tag, const Command& value, const write_options& options = {}) {
    return detail::write_unit(to, options, [&](writer& out) { out.tag(tag).sp().put(value); });
}
template <typename Profile = everything, sink Sink>
misuse write_command(Sink& to, const command& value, const write_options& options = {}) {
    return detail::write_unit(to, options,
                              [&](writer& out) { out.tag(value.tag()).sp().template put<Profile>(value.value()); });
}

// "*" SP data CRLF. RFC 9051 9, response-data.
template <sink Sink, alternative Data>
misuse write_data(Sink& to, const Data& value, const write_options& options = {}) {
    return detail::write_unit(to, detail::from_server(options), [&](writer& out) { out.raw("* ").put(value); });
}

// "*" SP status CRLF, also for a greeting. RFC 9051 9, resp-cond-state, resp-cond-auth, resp-cond-bye.
template <sink Sink> misuse write_status(Sink& to, const status_response& value, const write_options& options = {}) {
    return detail::write_unit(to, detail::from_server(options), [&](writer& out) { value.write(out.raw("* ")); });
}

// tag SP status CRLF. RFC 9051 9, response-tagged.
template <sink Sink>
misuse write_tagged(Sink& to, std::string_view tag, const status_response& value, const write_options& options = {}) {
    return detail::write_unit(to, detail::from_server(options), [&](writer& out) {
        out.require(value.condition == condition::ok || value.condition == condition::no ||
                    value.condition == condition::bad);
        value.write(out.tag(tag).sp());
    });
}

// "+" SP text CRLF. RFC 9051 9, continue-req.
template <sink Sink> misuse write_continuation(Sink& to, std::string_view text, const write_options& options = {}) {
    return detail::write_unit(to, detail::from_server(options), [&](writer& out) { out.raw("+ ").human(text); });
}

// A response as it was read, from its values: a proxy's way. Unknown data goes through as it came.
template <typename Profile = everything, sink Sink>
misuse write_response(Sink& to, const response& value, const write_options& options = {}) {
    switch (value.kind()) {
    case response_kind::continuation:
        return write_continuation(to, value.continuation(), options);
    case response_kind::tagged:
        return write_tagged(to, value.tag(), value.status(), options);
    case response_kind::status:
        return write_status(to, value.status(), options);
    case response_kind::data:
        break;
    }
    return detail::write_unit(to, detail::from_server(options), [&](writer& out) {
        out.raw("* ");
        if (!value.has_number()) {
            out.put<Profile>(value.data<slot::response_data>());
        } else if (!visit<Profile>(value.data<slot::counted_data>(), [&out](const auto& v) { out.put(v); })) {
            out.put<Profile>(value.data<slot::message_data>());
        }
    });
}

} // namespace mailwire::imap
