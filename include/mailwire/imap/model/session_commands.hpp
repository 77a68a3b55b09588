// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/session_command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// Commands about the session itself (RFC 9051 6.1, 6.2 and 6.3.13).
namespace mailwire::imap {

using capability = plain_command<"CAPABILITY", legal_in::any>;
using noop = plain_command<"NOOP", legal_in::any>;
using logout = plain_command<"LOGOUT", legal_in::any, command_effect::logs_out>;
using starttls = plain_command<"STARTTLS", legal_in::not_authenticated, command_effect::starts_tls>;

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
// The lines that follow are units of their own (grammar::authenticate_line).
struct authenticate {
    using word = mailwire::word<slot::command, "AUTHENTICATE">;
    using tail = grammar::authenticate;
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::authenticates;
    text mechanism = {};

    // The initial response in base64, as it stands on the wire: "=" for one without octets, empty for none.
    std::string_view initial_response = {};

    static authenticate read(cursor& c) {
        const text name = c.text();
        return {name, c.raw()};
    }
    void write(auto& out) const {
        out.sp().atom(mechanism);
        if (!initial_response.empty()) out.sp().template judged<grammar::initial_resp>(initial_response);
    }
    friend bool operator==(const authenticate&, const authenticate&) = default;
};

// login = "LOGIN" SP userid SP password
struct login {
    using word = mailwire::word<slot::command, "LOGIN">;
    using tail = grammar::login;
    static constexpr std::string_view rfc = "RFC 9051 6.2.3";
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::logs_in;
    text user = {};
    text password = {};

    static login read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    void write(auto& out) const { out.sp().astring(user).sp().astring(password); }
    // A client sends names and passwords beyond US-ASCII by AUTHENTICATE alone (RFC 9755 5).
    bool may_be_sent() const { return is_ascii(user.spelled()) && is_ascii(password.spelled()); }
    friend bool operator==(const login&, const login&) = default;
};

// idle = "IDLE" CRLF "DONE" (RFC 9051 6.3.13, RFC 2177)
// The line that ends it is a unit of its own (grammar::idle_done).
using idle = plain_command<"IDLE", legal_in::authenticated, command_effect::idles>;

struct session_commands : extension<capability, noop, logout, starttls, authenticate, login, idle> {};

} // namespace mailwire::imap
