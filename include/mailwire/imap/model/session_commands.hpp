// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// Commands about the session itself (RFC 9051 6.1 and 6.2).
namespace mailwire::imap {

using capability = plain_command<"CAPABILITY", legal_in::any>;
using noop = plain_command<"NOOP", legal_in::any>;
using logout = plain_command<"LOGOUT", legal_in::any, command_effect::logs_out>;

// login = "LOGIN" SP userid SP password
struct login {
    using word = mailwire::word<slot::command, "LOGIN">;
    using tail = grammar::seq<grammar::sp, grammar::astring, grammar::sp, grammar::astring>;
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::logs_in;
    text user = {};
    text password = {};

    static login read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    void write(auto& out) const { out.sp().astring(user).sp().astring(password); }
};

struct session_commands : extension<capability, noop, logout, login> {};

} // namespace mailwire::imap
