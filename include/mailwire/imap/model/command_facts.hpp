// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/cursor.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// What a session has to know of a command.
namespace mailwire::imap {

// Where a command is legal (RFC 9051 6: command-any, command-nonauth, command-auth, command-select).
enum class legal_in : std::uint8_t { any, not_authenticated, authenticated, selected };

// What a command, or the tagged OK to it, does to the session (RFC 9051 3).
enum class command_effect : std::uint8_t {
    none,
    logs_in,
    selects,
    deselects,
    logs_out,
    takes_over, // what follows are no commands for a while: AUTHENTICATE, IDLE, STARTTLS
};

// A command without arguments.
template <fixed_string Word, legal_in Where, command_effect Effect = command_effect::none> struct plain_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = pegtl::success;
    static constexpr legal_in legal = Where;
    static constexpr command_effect effect = Effect;

    static plain_command read(cursor&) { return {}; }
    void write(auto&) const {}
};

// The effect of a command that names none is none.
template <typename Command> constexpr command_effect effect_of() {
    if constexpr (requires { Command::effect; }) {
        return Command::effect;
    } else {
        return command_effect::none;
    }
}

} // namespace mailwire::imap
