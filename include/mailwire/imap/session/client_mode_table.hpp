// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"

// What the connection of a client carries, as a table: [input][mode] -> action. A command may take it over for a while:
// AUTHENTICATE (RFC 9051 6.2.2), IDLE (6.3.13), STARTTLS (6.2.1), COMPRESS (RFC 4978 3); nothing is sent behind those
// before they are answered (RFC 9051 5.5).
namespace mailwire::imap {

enum class client_mode : std::uint8_t {
    lines,              // commands and responses
    exchange,           // AUTHENTICATE is in flight; the server's turn
    challenged,         // AUTHENTICATE is in flight; the program's turn
    asking_idle,        // IDLE is in flight; its "+" has not come
    idling,             // the server tells what happens
    ending_idle,        // DONE is said
    asking_tls,         // STARTTLS is in flight
    tls,                // the server has agreed: the handshake is due
    asking_compression, // COMPRESS is in flight
    compression,        // the server has agreed: from here on it is deflate
};
inline constexpr std::size_t client_modes = 10;

enum class client_mode_input : std::uint8_t {
    // What the program asks for.
    send_command, // any that takes nothing over
    send_authenticate,
    send_response, // to a challenge, "*" included
    send_idle,
    send_done,
    send_starttls,
    send_compress,
    tls_started,
    compression_started,
    // What the server sends.
    go_ahead,     // the "+" that a literal waits for
    continuation, // a "+" that no literal waits for
    agreed,       // tagged OK to the command that has taken the connection over
    refused,      // tagged NO or BAD to it
    other,        // any other line
};
inline constexpr std::size_t client_mode_inputs = 14;

enum class client_mode_action : std::uint8_t {
    missing,
    refuse,            // the call: misuse::wrong_state
    wait,              // the call: misuse::busy, something has to be answered first
    put,               // the command goes out
    begin,             // the command or the response goes out; -> exchange
    ask_idle,          // the command goes out; -> asking_idle
    end_idle,          // DONE goes out; -> ending_idle
    ask_tls,           // the command goes out; -> asking_tls
    ask_compression,   // the command goes out; -> asking_compression
    go_on,             // the literal goes out
    take,              // the line is handed on
    prompt,            // -> challenged
    let_idle,          // -> idling
    agree_tls,         // the line is handed on; -> tls
    agree_compression, // the line is handed on; -> compression
    finish,            // back to lines
    stray,             // client_input::stray_continuation
    never,             // cannot happen: no line is read
};

namespace detail {

struct client_mode_cells {
    using enum client_mode_action;
    // clang-format off
    static constexpr client_mode_action table[client_mode_inputs][client_modes] = {
        //                         lines            exchange  challenged  asking_idle  idling    ending_idle  asking_tls  tls     ask.compression    compression
        /* send_command        */ {put,             wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_authenticate   */ {begin,           wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_response       */ {refuse,          refuse,   begin,      refuse,      refuse,   refuse,      refuse,     refuse, refuse,            refuse},
        /* send_idle           */ {ask_idle,        wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_done           */ {refuse,          refuse,   refuse,     wait,        end_idle, refuse,      refuse,     refuse, refuse,            refuse},
        /* send_starttls       */ {ask_tls,         wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_compress       */ {ask_compression, wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* tls_started         */ {refuse,          refuse,   refuse,     refuse,      refuse,   refuse,      refuse,     finish, refuse,            refuse},
        /* compression_started */ {refuse,          refuse,   refuse,     refuse,      refuse,   refuse,      refuse,     refuse, refuse,            finish},
        /* go_ahead            */ {go_on,           never,    never,      never,       never,    never,       never,      never,  never,             never},
        /* continuation        */ {stray,           prompt,   never,      let_idle,    stray,    stray,       stray,      never,  stray,             never},
        /* agreed              */ {never,           finish,   never,      finish,      finish,   finish,      agree_tls,  never,  agree_compression, never},
        /* refused             */ {never,           finish,   never,      finish,      finish,   finish,      finish,     never,  finish,            never},
        /* other               */ {take,            take,     never,      take,        take,     take,        take,       never,  take,              never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_mode_cells::table));

} // namespace detail

constexpr client_mode_action action_of(client_mode mode, client_mode_input input) {
    return detail::client_mode_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(mode)];
}

constexpr client_mode next_mode(client_mode mode, client_mode_action action) {
    switch (action) {
    case client_mode_action::begin:
        return client_mode::exchange;
    case client_mode_action::ask_idle:
        return client_mode::asking_idle;
    case client_mode_action::end_idle:
        return client_mode::ending_idle;
    case client_mode_action::ask_tls:
        return client_mode::asking_tls;
    case client_mode_action::ask_compression:
        return client_mode::asking_compression;
    case client_mode_action::prompt:
        return client_mode::challenged;
    case client_mode_action::let_idle:
        return client_mode::idling;
    case client_mode_action::agree_tls:
        return client_mode::tls;
    case client_mode_action::agree_compression:
        return client_mode::compression;
    case client_mode_action::finish:
        return client_mode::lines;
    case client_mode_action::missing:
    case client_mode_action::refuse:
    case client_mode_action::wait:
    case client_mode_action::put:
    case client_mode_action::go_on:
    case client_mode_action::take:
    case client_mode_action::stray:
    case client_mode_action::never:
        break;
    }
    return mode;
}

} // namespace mailwire::imap
