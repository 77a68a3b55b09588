// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/writer.hpp"

// RFC 5034, which replaces RFC 1734: SASL. The capability SASL is one of RFC 2449.
namespace mailwire::pop3 {

// A login by a SASL mechanism. The sessions carry the exchange: see client::authenticate and server::step.
struct auth {
    using word = mailwire::word<slot::command, "AUTH">;
    using tail = grammar::auth_arguments;
    constexpr command_role role() const { return mechanism.empty() ? command_role::before_login : command_role::auth; }
    constexpr answer_form answer() const { return mechanism.empty() ? answer_form::mechanisms : answer_form::sasl; }
    std::string_view mechanism = {};        // empty only where quirks::auth_without_mechanism is tolerated
    std::string_view initial_response = {}; // in base64; "=" where it has no octets; empty: none

    static auth read(cursor& c) {
        const std::string_view name = c.skip_absent() ? std::string_view() : c.raw();
        return {name, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        out.sp().mechanism(mechanism);
        if (!initial_response.empty()) out.sp().initial_response(initial_response);
    }
};

struct rfc5034 : extension<auth> {};

} // namespace mailwire::pop3
