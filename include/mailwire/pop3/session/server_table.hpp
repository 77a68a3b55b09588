// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"
#include "mailwire/pop3/model/command.hpp"

// What a server session does, as a table: [input][state] -> action, one line an input, one column a state. RFC 1939 3 to
// 7, RFC 2449 5 and 6.6, RFC 2595 4, RFC 5034 4, RFC 6856 2. docs/pop3-states.md draws it.
namespace mailwire::pop3 {

enum class server_state : std::uint8_t {
    greeting,      // has not greeted yet
    authorization, // nobody is logged in
    named,         // nobody is logged in; the last command was USER, and it was answered +OK
    exchange,      // nobody is logged in; a challenge was sent, and lines of the client are no commands
    tls,           // STLS was answered +OK: the handshake is due
    transaction,   // somebody is logged in
    update,        // QUIT came in TRANSACTION: marked messages are being removed
    ended,         // QUIT was answered, or there were too many bad commands: close once the output is sent
    closed,        // the client closed the connection
    failed,        // the client broke the protocol, was silent for too long, or left inside a command
};
inline constexpr std::size_t server_states = 10;

// What happens to a server: a line, an answer of the application, the end of the connection, time.
enum class server_input : std::uint8_t {
    user_command,
    pass_command,
    apop_command,
    auth_command,
    stls_command,
    before_login_command,
    anywhere_command,
    work_command,
    quit_command,
    sasl_response,
    sasl_cancel,
    bad_response, // a line of an exchange that is no base64
    unknown,      // a command the profile does not know, or APOP without a timestamp
    unwelcome,    // STLS under TLS or behind UTF8
    needs_tls,    // a login without TLS, where that is required
    malformed,    // a line that is no command
    too_many,     // one bad command more than the limit
    early,        // octets behind STLS
    greeted,
    challenged, // the answer to AUTH or to a response is a challenge
    user_ok,
    user_err,
    login_ok, // to PASS, APOP, AUTH and a response
    login_err,
    stls_ok,
    stls_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    tls_started,
    end,  // of the connection, between commands
    cut,  // of the connection, inside a command
    late, // the client was silent for too long, or has not logged in in time
};
inline constexpr std::size_t server_inputs = 34;

enum class server_action : std::uint8_t {
    missing,
    give,    // the line is handed on
    unname,  // the command is handed on; -> authorization: PASS follows nothing but USER
    update,  // the command is handed on; -> update
    deny,    // the session answers -ERR itself
    lapse,   // the session answers -ERR itself; -> authorization
    refuse,  // the call: misuse::wrong_state
    answer,  // the answer goes out
    name,    // the answer goes out; -> named
    open,    // the greeting or the answer goes out; -> authorization
    prompt,  // the challenge goes out; -> exchange
    agree,   // the answer goes out; -> tls
    restart, // all that was agreed on is forgotten; -> authorization
    admit,   // the answer goes out; -> transaction
    finish,  // the answer goes out; -> ended
    close,   // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no line is read, no such answer is due
};

namespace detail {

struct server_cells {
    using enum server_action;
    // clang-format off
    static constexpr server_action table[server_inputs][server_states] = {
        //                          greeting authoriz. named   exchange tls      transac. update  ended   closed  failed
        /* user_command         */ {never,   give,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* pass_command         */ {never,   deny,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* apop_command         */ {never,   give,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* auth_command         */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* stls_command         */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* before_login_command */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* anywhere_command     */ {never,   give,     unname, never,   never,   give,    never,  never,  never,  never},
        /* work_command         */ {never,   deny,     lapse,  never,   never,   give,    never,  never,  never,  never},
        /* quit_command         */ {never,   give,     give,   never,   never,   update,  never,  never,  never,  never},
        /* sasl_response        */ {never,   never,    never,  give,    never,   never,   never,  never,  never,  never},
        /* sasl_cancel          */ {never,   never,    never,  give,    never,   never,   never,  never,  never,  never},
        /* bad_response         */ {never,   never,    never,  lapse,   never,   never,   never,  never,  never,  never},
        /* unknown              */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* unwelcome            */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* needs_tls            */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* malformed            */ {never,   deny,     lapse,  lapse,   never,   deny,    never,  never,  never,  never},
        /* too_many             */ {never,   finish,   finish, finish,  never,   finish,  never,  never,  never,  never},
        /* early                */ {never,   fail,     fail,   never,   fail,    never,   never,  never,  never,  never},
        /* greeted              */ {open,    refuse,   refuse, refuse,  refuse,  refuse,  refuse, refuse, refuse, refuse},
        /* challenged           */ {never,   prompt,   never,  prompt,  never,   never,   never,  never,  never,  never},
        /* user_ok              */ {never,   name,     name,   never,   never,   never,   never,  never,  never,  never},
        /* user_err             */ {never,   answer,   open,   never,   never,   never,   never,  never,  never,  never},
        /* login_ok             */ {never,   admit,    admit,  admit,   never,   never,   never,  never,  never,  never},
        /* login_err            */ {never,   answer,   open,   open,    never,   never,   never,  never,  never,  never},
        /* stls_ok              */ {never,   agree,    never,  never,   never,   never,   never,  never,  never,  never},
        /* stls_err             */ {never,   answer,   never,  never,   never,   never,   never,  never,  never,  never},
        /* other_ok             */ {never,   answer,   never,  never,   never,   answer,  never,  never,  never,  never},
        /* other_err            */ {never,   answer,   never,  never,   never,   answer,  never,  never,  never,  never},
        /* quit_ok              */ {never,   finish,   finish, never,   never,   never,   finish, never,  never,  never},
        /* quit_err             */ {never,   finish,   finish, never,   never,   never,   finish, never,  never,  never},
        /* tls_started          */ {refuse,  refuse,   refuse, refuse,  restart, refuse,  refuse, refuse, refuse, refuse},
        /* end                  */ {close,   close,    close,  close,   close,   close,   close,  stay,   stay,   stay},
        /* cut                  */ {never,   fail,     fail,   fail,    never,   fail,    never,  never,  never,  never},
        /* late                 */ {never,   fail,     fail,   fail,    fail,    fail,    never,  never,  never,  never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_cells::table));

} // namespace detail

constexpr server_action action_of(server_state state, server_input input) {
    return detail::server_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

// Where an action leads.
constexpr server_state next_state(server_state state, server_action action) {
    switch (action) {
    case server_action::unname:
    case server_action::lapse:
    case server_action::open:
    case server_action::restart:
        return server_state::authorization;
    case server_action::update:
        return server_state::update;
    case server_action::name:
        return server_state::named;
    case server_action::prompt:
        return server_state::exchange;
    case server_action::agree:
        return server_state::tls;
    case server_action::admit:
        return server_state::transaction;
    case server_action::finish:
        return server_state::ended;
    case server_action::close:
        return server_state::closed;
    case server_action::fail:
        return server_state::failed;
    case server_action::missing:
    case server_action::give:
    case server_action::deny:
    case server_action::refuse:
    case server_action::answer:
    case server_action::stay:
    case server_action::never:
        return state;
    }
    return state;
}

// The line that carries a command with this role.
constexpr server_input received(command_role role) {
    switch (role) {
    case command_role::user:
        return server_input::user_command;
    case command_role::pass:
        return server_input::pass_command;
    case command_role::apop:
        return server_input::apop_command;
    case command_role::auth:
        return server_input::auth_command;
    case command_role::stls:
        return server_input::stls_command;
    case command_role::utf8:
    case command_role::before_login:
        return server_input::before_login_command;
    case command_role::anywhere:
        return server_input::anywhere_command;
    case command_role::work:
        return server_input::work_command;
    case command_role::quit:
        return server_input::quit_command;
    }
    return server_input::unknown;
}

// The answer to a command with this role.
constexpr server_input answering(command_role role, bool ok) {
    switch (role) {
    case command_role::user:
        return ok ? server_input::user_ok : server_input::user_err;
    case command_role::pass:
    case command_role::apop:
    case command_role::auth:
        return ok ? server_input::login_ok : server_input::login_err;
    case command_role::stls:
        return ok ? server_input::stls_ok : server_input::stls_err;
    case command_role::utf8:
    case command_role::before_login:
    case command_role::anywhere:
    case command_role::work:
        return ok ? server_input::other_ok : server_input::other_err;
    case command_role::quit:
        return ok ? server_input::quit_ok : server_input::quit_err;
    }
    return server_input::other_ok;
}

} // namespace mailwire::pop3
