// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

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

template <typename Alt, typename... Known> constexpr bool is_among(pegtl::type_list<Known...>) {
    return (std::is_same_v<Alt, Known> || ...);
}

// Writes what was read as an alternative that Profile has and the library has not.
template <typename Profile> bool write_own(writer& out, std::uint32_t id, cursor tokens) {
    const auto write_one = [&]<typename Alt>(pegtl::type_list<Alt>) {
        if constexpr (is_among<Alt>(all_alternatives_of<everything>{})) {
            return false;
        } else {
            if (id != id_of<Alt>) return false;
            out.put(Alt::read(tokens));
            return true;
        }
    };
    return [&]<typename... Alts>(pegtl::type_list<Alts...>) {
        bool found = false;
        (void)((found = write_one(pegtl::type_list<Alts>{})) || ...);
        return found;
    }(all_alternatives_of<Profile>{});
}

template <typename Profile> constexpr writer::write_own own_writer() {
    if constexpr (std::is_same_v<Profile, everything>) {
        return nullptr;
    } else {
        return &write_own<Profile>;
    }
}

template <typename Profile, sink Sink, typename WriteUnit>
misuse write_unit(Sink& to, const write_options& options, WriteUnit&& write_one) {
    writer out(to, options, own_writer<Profile>());
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
template <typename Profile = everything, sink Sink, alternative Command>
misuse write_command(Sink& to, std::string_view tag, const Command& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, options, [&](writer& out) { out.tag(tag).sp().put(value); });
}
template <typename Profile = everything, sink Sink>
misuse write_command(Sink& to, const command& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, options, [&](writer& out) { out.tag(value.tag()).sp().put(value.value()); });
}

// "*" SP data CRLF. RFC 9051 9, response-data.
template <typename Profile = everything, sink Sink, alternative Data>
misuse write_data(Sink& to, const Data& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options),
                                       [&](writer& out) { out.raw("* ").put(value); });
}

// "*" SP status CRLF, also for a greeting. RFC 9051 9, resp-cond-state, resp-cond-auth, resp-cond-bye.
template <typename Profile = everything, sink Sink>
misuse write_status(Sink& to, const status_response& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options),
                                       [&](writer& out) { value.write(out.raw("* ")); });
}

// tag SP status CRLF. RFC 9051 9, response-tagged.
template <typename Profile = everything, sink Sink>
misuse write_tagged(Sink& to, std::string_view tag, const status_response& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options), [&](writer& out) {
        out.require(value.condition == condition::ok || value.condition == condition::no ||
                    value.condition == condition::bad);
        value.write(out.tag(tag).sp());
    });
}

// "+" SP text CRLF. RFC 9051 9, continue-req.
template <sink Sink> misuse write_continuation(Sink& to, std::string_view text, const write_options& options = {}) {
    return detail::write_unit<everything>(to, detail::from_server(options),
                                          [&](writer& out) { out.raw("+ ").human(text); });
}

// A response as it was read, from its values: a proxy's way. Unknown data goes through as it came.
template <typename Profile = everything, sink Sink>
misuse write_response(Sink& to, const response& value, const write_options& options = {}) {
    switch (value.kind()) {
    case response_kind::continuation:
        return write_continuation(to, value.continuation(), options);
    case response_kind::tagged:
        return write_tagged<Profile>(to, value.tag(), value.status(), options);
    case response_kind::status:
        return write_status<Profile>(to, value.status(), options);
    case response_kind::data:
        break;
    }
    return detail::write_unit<Profile>(to, detail::from_server(options), [&](writer& out) {
        out.raw("* ");
        if (!value.has_number()) {
            out.put(value.data<slot::response_data>());
        } else if (visit<everything>(value.data<slot::counted_data>(), [](const auto&) {})) {
            out.put(value.data<slot::counted_data>());
        } else {
            out.put(value.data<slot::message_data>());
        }
    });
}

} // namespace mailwire::imap
