// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/cursor.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/writer.hpp"

namespace mailwire::pop3 {

// A SASL mechanism in the answer to AUTH without one. No RFC has this answer; see quirks::auth_without_mechanism.
struct mechanism_listing {
    static constexpr answer_form listed_in = answer_form::mechanisms;
    std::string_view name = {};

    static mechanism_listing read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.mechanism(name); }
    friend constexpr bool operator==(const mechanism_listing&, const mechanism_listing&) = default;
};

// A line of the client in a SASL exchange: octets in base64, or the end of the exchange. RFC 5034 4.
struct sasl_line {
    bool cancelled = false;       // "*"
    std::string_view base64 = {}; // empty: no octets

    static sasl_line read(cursor& c) {
        if (c.at_nil()) return {true, {}};
        return {false, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        if (cancelled) {
            out.require(base64.empty()).raw("*");
        } else if (!base64.empty()) {
            out.base64(base64);
        }
    }
    friend constexpr bool operator==(const sasl_line&, const sasl_line&) = default;
};

// A challenge of the server: octets in base64. RFC 5034 4.
struct challenge {
    std::string_view base64 = {}; // empty: no octets

    static challenge read(cursor& c) { return {c.skip_absent() ? std::string_view() : c.raw()}; }
    void write(writer& out) const {
        out.raw("+ ");
        if (!base64.empty()) out.base64(base64);
    }
    friend constexpr bool operator==(const challenge&, const challenge&) = default;
};

} // namespace mailwire::pop3
