// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"

// Whose turn it is in a server session, as a table: [input][mode] -> action. One command at a time is answered; some take
// the connection over for a while: AUTHENTICATE (RFC 9051 6.2.2), IDLE (6.3.13), STARTTLS (6.2.1), COMPRESS (RFC 4978 3).
namespace mailwire::imap {

enum class server_mode : std::uint8_t {
    lines,                 // the client's turn: commands are read
    offered,               // the program's: a literal is announced, let it in or answer the command
    answering,             // the program's: a command is to be answered
    authenticating,        // the program's: AUTHENTICATE, or a response to a challenge
    challenged,            // the client's: a challenge is sent
    asked_to_idle,         // the program's: IDLE
    idling,                // both: the program tells what happens, the client says DONE
    asked_for_tls,         // the program's: STARTTLS
    tls,                   // agreed on: the handshake is due
    asked_for_compression, // the program's: COMPRESS
    compression,           // agreed on: from here on it is deflate
};
inline constexpr std::size_t server_modes = 11;

enum class server_mode_input : std::uint8_t {
    // What the client sends.
    command, // that takes nothing over
    command_authenticate,
    command_idle,
    command_starttls,
    command_compress,
    literal,  // of a message, announced
    response, // to a challenge
    cancel,   // "*"
    done,     // DONE
    fault,    // a unit that is not what is read here
    // What the program says.
    data, // untagged, of any kind
    accept_literal,
    challenge,
    begin_idle,
    finish_ok,
    finish_other, // NO, BAD
    tls_started,
    compression_started,
};
inline constexpr std::size_t server_mode_inputs = 18;

enum class server_mode_action : std::uint8_t {
    missing,
    refuse,            // the call: misuse::wrong_state
    put,               // it goes out
    deny,              // the session answers BAD
    give_up,           // the session answers BAD to the command under way; -> lines
    offer,             // -> offered
    ask,               // the command is handed to the program; -> answering
    ask_proof,         // the command or the response is handed to the program; -> authenticating
    ask_idle,          // the command is handed to the program; -> asked_to_idle
    ask_tls,           // the command is handed to the program; -> asked_for_tls
    ask_compression,   // the command is handed to the program; -> asked_for_compression
    prompt,            // it goes out; -> challenged
    let_idle,          // it goes out; -> idling
    finish,            // it goes out; -> lines
    agree_tls,         // it goes out; -> tls
    agree_compression, // it goes out; -> compression
    never,             // cannot happen: nothing is read
};

namespace detail {

struct server_mode_cells {
    using enum server_mode_action;
    // clang-format off
    static constexpr server_mode_action table[server_mode_inputs][server_modes] = {
        //                          lines            offered  answering  authent.  challenged  asked_to_idle  idling   asked_for_tls  tls     asked_for_compr.   compression
        /* command              */ {ask,             never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_authenticate */ {ask_proof,       never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_idle         */ {ask_idle,        never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_starttls     */ {ask_tls,         never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_compress     */ {ask_compression, never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* literal              */ {offer,           never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* response             */ {never,           never,   never,     never,    ask_proof,  never,         never,   never,         never,  never,             never},
        /* cancel               */ {never,           never,   never,     never,    give_up,    never,         never,   never,         never,  never,             never},
        /* done                 */ {never,           never,   never,     never,    never,      never,         ask,     never,         never,  never,             never},
        /* fault                */ {deny,            never,   never,     never,    give_up,    never,         give_up, never,         never,  never,             never},
        /* data                 */ {put,             put,     put,       put,      put,        put,           put,     put,           refuse, put,               refuse},
        /* accept_literal       */ {refuse,          finish,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            refuse},
        /* challenge            */ {refuse,          refuse,  refuse,    prompt,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            refuse},
        /* begin_idle           */ {refuse,          refuse,  refuse,    refuse,   refuse,     let_idle,      refuse,  refuse,        refuse, refuse,            refuse},
        /* finish_ok            */ {refuse,          finish,  finish,    finish,   refuse,     finish,        refuse,  agree_tls,     refuse, agree_compression, refuse},
        /* finish_other         */ {refuse,          finish,  finish,    finish,   refuse,     finish,        refuse,  finish,        refuse, finish,            refuse},
        /* tls_started          */ {refuse,          refuse,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        finish, refuse,            refuse},
        /* compression_started  */ {refuse,          refuse,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            finish},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_mode_cells::table));

} // namespace detail

constexpr server_mode_action action_of(server_mode mode, server_mode_input input) {
    return detail::server_mode_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(mode)];
}

constexpr server_mode next_mode(server_mode mode, server_mode_action action) {
    switch (action) {
    case server_mode_action::offer:
        return server_mode::offered;
    case server_mode_action::ask:
        return server_mode::answering;
    case server_mode_action::ask_proof:
        return server_mode::authenticating;
    case server_mode_action::ask_idle:
        return server_mode::asked_to_idle;
    case server_mode_action::ask_tls:
        return server_mode::asked_for_tls;
    case server_mode_action::ask_compression:
        return server_mode::asked_for_compression;
    case server_mode_action::prompt:
        return server_mode::challenged;
    case server_mode_action::let_idle:
        return server_mode::idling;
    case server_mode_action::give_up:
    case server_mode_action::finish:
        return server_mode::lines;
    case server_mode_action::agree_tls:
        return server_mode::tls;
    case server_mode_action::agree_compression:
        return server_mode::compression;
    case server_mode_action::missing:
    case server_mode_action::refuse:
    case server_mode_action::put:
    case server_mode_action::deny:
    case server_mode_action::never:
        break;
    }
    return mode;
}

} // namespace mailwire::imap
