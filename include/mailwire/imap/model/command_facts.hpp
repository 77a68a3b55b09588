// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/cursor.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// What a session has to know of a command.
namespace mailwire::imap {

// Where a command is legal (RFC 9051 6: command-any, command-nonauth, command-auth, command-select; ENABLE has a place of
// its own, RFC 9051 6.3.1).
enum class legal_in : std::uint8_t { any, not_authenticated, before_selection, authenticated, selected };

// What a command, or the tagged OK to it, does to the session (RFC 9051 3).
enum class command_effect : std::uint8_t {
    none,
    logs_in,
    selects,
    deselects,
    logs_out,
    unauthenticates,
    // What follows are no commands for a while.
    authenticates,
    idles,
    starts_tls,
    compresses,
};

// Whether a command says who the client is, and may hold a secret.
constexpr bool is_login(command_effect effect) {
    return effect == command_effect::logs_in || effect == command_effect::authenticates;
}

// What ENABLE, or a command that an extension says it of, switches on for the rest of the session. An extension names its
// bits in `enables`; one of a program's own takes them from 1 << 16 up.
namespace modes {

inline constexpr std::uint32_t rev2 = 1U << 0;      // RFC 9051
inline constexpr std::uint32_t utf8 = 1U << 1;      // UTF-8 in quoted strings (RFC 9051, RFC 6855)
inline constexpr std::uint32_t condstore = 1U << 2; // RFC 7162
inline constexpr std::uint32_t qresync = 1U << 3;   // RFC 7162
inline constexpr std::uint32_t uidonly = 1U << 4;   // RFC 9586

} // namespace modes

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

// FETCH, STORE and SEARCH keep the numbers of messages as they are until they are answered: no EXPUNGE may come
// (RFC 9051 7.5.1), and commands with message numbers may follow at once (RFC 9051 5.5).
template <typename Command> constexpr bool keeps_message_numbers() {
    if constexpr (requires { Command::keeps_message_numbers; }) {
        return Command::keeps_message_numbers;
    } else {
        return false;
    }
}

} // namespace mailwire::imap
