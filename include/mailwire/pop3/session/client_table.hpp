// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"
#include "mailwire/pop3/model/command.hpp"

// What a client session does, as a table: [input][state] -> action, one line an input, one column a state. RFC 1939 3 to
// 7, RFC 2449 5 and 6.6, RFC 2595 4, RFC 5034 4, RFC 6856 2. docs/pop3-states.md draws it.
namespace mailwire::pop3 {

enum class client_state : std::uint8_t {
    greeting,      // waits for the first line of the server
    authorization, // not logged in
    named,         // not logged in; the last command was USER, and it has not been refused
    login,         // PASS or APOP is in flight
    exchange,      // AUTH is in flight; the server's turn
    challenged,    // AUTH is in flight; the program's turn
    asking_tls,    // STLS is in flight
    tls,           // the server has agreed: the handshake is due
    transaction,   // logged in
    quitting,      // QUIT is in flight
    ended,         // QUIT was answered, or the greeting was -ERR: the server closes
    closed,        // the connection ended in peace
    failed,        // the server broke the protocol
};
inline constexpr std::size_t client_states = 13;

// What happens to a client: a call, a line, the end of the connection, time.
enum class client_input : std::uint8_t {
    send_user,
    send_pass,
    send_apop,
    send_auth,
    send_response, // to a challenge, "*" included
    send_stls,
    send_before_login,
    send_anywhere,
    send_work,
    send_quit,
    tls_started,
    greeting_ok,
    greeting_err,
    user_ok,
    user_err,
    login_ok, // to PASS and to APOP
    login_err,
    challenge,
    auth_ok,
    auth_unproven, // +OK to AUTH, before the server has proved what its mechanism asks for
    auth_err,
    stls_ok,
    stls_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    no_reply, // a line that is no reply, where one is due
    surplus,  // octets while nothing is in flight
    end,      // of the connection, between units
    cut,      // of the connection, inside a unit
    late,     // an answer has not come in time
};
inline constexpr std::size_t client_inputs = 32;

enum class client_action : std::uint8_t {
    missing,
    refuse,  // the call: misuse::wrong_state
    wait,    // the call: misuse::busy, an answer or an exchange has to end first
    put,     // the command goes out
    name,    // the command goes out; -> named
    unname,  // the command goes out; -> authorization: PASS follows nothing but USER
    enter,   // the command goes out; -> login
    begin,   // the command or the response goes out; -> exchange
    ask_tls, // the command goes out; -> asking_tls
    leave,   // the command goes out; -> quitting
    restart, // all that was learnt is forgotten; -> authorization
    take,    // the line is handed on
    greet,   // the line is handed on; -> authorization
    forget,  // the line is handed on; -> authorization
    prompt,  // the line is handed on; -> challenged
    agree,   // the line is handed on; -> tls
    admit,   // the line is handed on; -> transaction
    finish,  // the line is handed on; -> ended
    close,   // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no such answer is due, no line is read, nothing is waited for
};

namespace detail {

struct client_cells {
    using enum client_action;
    // clang-format off
    static constexpr client_action table[client_inputs][client_states] = {
        //                       greeting authoriz. named    login   exchange challen. asking  tls      transac. quitting ended   closed  failed
        /* send_user         */ {refuse,  name,     name,    wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_pass         */ {refuse,  refuse,   enter,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_apop         */ {refuse,  enter,    enter,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_auth         */ {refuse,  begin,    begin,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_response     */ {refuse,  refuse,   refuse,  refuse, refuse,  begin,   refuse, refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_stls         */ {refuse,  ask_tls,  ask_tls, wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_before_login */ {refuse,  put,      unname,  wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_anywhere     */ {refuse,  put,      unname,  wait,   wait,    wait,    wait,   refuse,  put,     refuse,  refuse, refuse, refuse},
        /* send_work         */ {refuse,  refuse,   refuse,  wait,   wait,    wait,    wait,   refuse,  put,     refuse,  refuse, refuse, refuse},
        /* send_quit         */ {refuse,  leave,    leave,   wait,   wait,    wait,    wait,   refuse,  leave,   refuse,  refuse, refuse, refuse},
        /* tls_started       */ {refuse,  refuse,   refuse,  refuse, refuse,  refuse,  refuse, restart, refuse,  refuse,  refuse, refuse, refuse},
        /* greeting_ok       */ {greet,   never,    never,   never,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* greeting_err      */ {finish,  never,    never,   never,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* user_ok           */ {never,   take,     take,    take,   take,    never,   never,  never,   never,   take,    never,  never,  never},
        /* user_err          */ {never,   take,     forget,  take,   take,    never,   never,  never,   never,   take,    never,  never,  never},
        /* login_ok          */ {never,   never,    never,   admit,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* login_err         */ {never,   never,    never,   forget, never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* challenge         */ {never,   never,    never,   never,  prompt,  never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_ok           */ {never,   never,    never,   never,  admit,   never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_unproven     */ {never,   never,    never,   never,  fail,    never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_err          */ {never,   never,    never,   never,  forget,  never,   never,  never,   never,   never,   never,  never,  never},
        /* stls_ok           */ {never,   never,    never,   never,  never,   never,   agree,  never,   never,   never,   never,  never,  never},
        /* stls_err          */ {never,   never,    never,   never,  never,   never,   forget, never,   never,   never,   never,  never,  never},
        /* other_ok          */ {never,   take,     take,    take,   take,    never,   never,  never,   take,    take,    never,  never,  never},
        /* other_err         */ {never,   take,     take,    take,   take,    never,   never,  never,   take,    take,    never,  never,  never},
        /* quit_ok           */ {never,   never,    never,   never,  never,   never,   never,  never,   never,   finish,  never,  never,  never},
        /* quit_err          */ {never,   never,    never,   never,  never,   never,   never,  never,   never,   finish,  never,  never,  never},
        /* no_reply          */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
        /* surplus           */ {never,   fail,     fail,    never,  never,   never,   never,  fail,    fail,    never,   fail,   never,  never},
        /* end               */ {close,   close,    close,   close,  close,   close,   close,  close,   close,   close,   close,  stay,   stay},
        /* cut               */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
        /* late              */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_cells::table));

} // namespace detail

constexpr client_action action_of(client_state state, client_input input) {
    return detail::client_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

// Where an action leads.
constexpr client_state next_state(client_state state, client_action action) {
    switch (action) {
    case client_action::name:
        return client_state::named;
    case client_action::unname:
    case client_action::restart:
    case client_action::greet:
    case client_action::forget:
        return client_state::authorization;
    case client_action::enter:
        return client_state::login;
    case client_action::begin:
        return client_state::exchange;
    case client_action::prompt:
        return client_state::challenged;
    case client_action::ask_tls:
        return client_state::asking_tls;
    case client_action::agree:
        return client_state::tls;
    case client_action::leave:
        return client_state::quitting;
    case client_action::admit:
        return client_state::transaction;
    case client_action::finish:
        return client_state::ended;
    case client_action::close:
        return client_state::closed;
    case client_action::fail:
        return client_state::failed;
    case client_action::missing:
    case client_action::refuse:
    case client_action::wait:
    case client_action::put:
    case client_action::take:
    case client_action::stay:
    case client_action::never:
        return state;
    }
    return state;
}

// The call that sends a command with this role.
constexpr client_input sending(command_role role) {
    switch (role) {
    case command_role::user:
        return client_input::send_user;
    case command_role::pass:
        return client_input::send_pass;
    case command_role::apop:
        return client_input::send_apop;
    case command_role::auth:
        return client_input::send_auth;
    case command_role::stls:
        return client_input::send_stls;
    case command_role::utf8:
    case command_role::before_login:
        return client_input::send_before_login;
    case command_role::anywhere:
        return client_input::send_anywhere;
    case command_role::work:
        return client_input::send_work;
    case command_role::quit:
        return client_input::send_quit;
    }
    return client_input::send_work;
}

// The answer to a command with this role.
constexpr client_input answered(command_role role, bool ok) {
    switch (role) {
    case command_role::user:
        return ok ? client_input::user_ok : client_input::user_err;
    case command_role::pass:
    case command_role::apop:
        return ok ? client_input::login_ok : client_input::login_err;
    case command_role::auth:
        return ok ? client_input::auth_ok : client_input::auth_err;
    case command_role::stls:
        return ok ? client_input::stls_ok : client_input::stls_err;
    case command_role::utf8:
    case command_role::before_login:
    case command_role::anywhere:
    case command_role::work:
        return ok ? client_input::other_ok : client_input::other_err;
    case command_role::quit:
        return ok ? client_input::quit_ok : client_input::quit_err;
    }
    return client_input::other_ok;
}

} // namespace mailwire::pop3
