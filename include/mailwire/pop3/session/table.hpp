// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/pop3/model/command.hpp"

// What a session does is written in two tables: [input][state] -> action, one line an input, one column a state. Every
// cell names its action; a cell nobody wrote is `missing`, which does not compile. RFC 1939 3 to 7, RFC 2449 5 and 6.6.
namespace mailwire::pop3 {

namespace detail {

template <typename Action, std::size_t Inputs, std::size_t States>
constexpr bool is_total(const Action (&table)[Inputs][States]) {
    for (const auto& row : table) {
        for (const Action cell : row) {
            if (cell == Action::missing) return false;
        }
    }
    return true;
}

} // namespace detail

enum class client_state : std::uint8_t {
    greeting,      // waits for the first line of the server
    authorization, // not logged in
    named,         // not logged in; the last command was USER, and it has not been refused
    login,         // PASS or APOP is in flight
    transaction,   // logged in
    quitting,      // QUIT is in flight
    ended,         // QUIT was answered, or the greeting was -ERR: the server closes
    closed,        // the connection ended in peace
    failed,        // the server broke the protocol
};
inline constexpr std::size_t client_states = 9;

// What happens to a client: a call, a line, the end of the connection.
enum class client_input : std::uint8_t {
    send_user,
    send_pass,
    send_apop,
    send_anywhere,
    send_work,
    send_quit,
    greeting_ok,
    greeting_err,
    user_ok,
    user_err,
    login_ok, // to PASS and to APOP
    login_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    no_reply, // a line that is no reply, where one is due
    surplus,  // octets while nothing is in flight
    end,      // of the connection, between units
    cut,      // of the connection, inside a unit
};
inline constexpr std::size_t client_inputs = 20;

enum class client_action : std::uint8_t {
    missing,
    refuse, // the call: misuse::wrong_state
    wait,   // the call: misuse::busy, an answer has to come first
    put,    // the command goes out
    name,   // the command goes out; -> named
    unname, // the command goes out; -> authorization: PASS follows nothing but USER
    enter,  // the command goes out; -> login
    leave,  // the command goes out; -> quitting
    take,   // the line is handed on
    greet,  // the line is handed on; -> authorization
    forget, // the line is handed on; -> authorization
    admit,  // the line is handed on; -> transaction
    finish, // the line is handed on; -> ended
    close,  // -> closed
    fail,   // -> failed, with an error that stays
    stay,   // nothing changes any more
    never,  // cannot happen: no such answer is due, no line is read
};

namespace detail {

struct client_cells {
    using enum client_action;
    // clang-format off
    static constexpr client_action table[client_inputs][client_states] = {
        //                  greeting authoriz. named  login   transac. quitting ended  closed  failed
        /* send_user     */ {refuse, name,    name,   wait,   refuse,  refuse,  refuse, refuse, refuse},
        /* send_pass     */ {refuse, refuse,  enter,  wait,   refuse,  refuse,  refuse, refuse, refuse},
        /* send_apop     */ {refuse, enter,   enter,  wait,   refuse,  refuse,  refuse, refuse, refuse},
        /* send_anywhere */ {refuse, put,     unname, wait,   put,     refuse,  refuse, refuse, refuse},
        /* send_work     */ {refuse, refuse,  refuse, wait,   put,     refuse,  refuse, refuse, refuse},
        /* send_quit     */ {refuse, leave,   leave,  wait,   leave,   refuse,  refuse, refuse, refuse},
        /* greeting_ok   */ {greet,  never,   never,  never,  never,   never,   never,  never,  never},
        /* greeting_err  */ {finish, never,   never,  never,  never,   never,   never,  never,  never},
        /* user_ok       */ {never,  take,    take,   take,   never,   take,    never,  never,  never},
        /* user_err      */ {never,  take,    forget, take,   never,   take,    never,  never,  never},
        /* login_ok      */ {never,  never,   never,  admit,  never,   never,   never,  never,  never},
        /* login_err     */ {never,  never,   never,  forget, never,   never,   never,  never,  never},
        /* other_ok      */ {never,  take,    take,   take,   take,    take,    never,  never,  never},
        /* other_err     */ {never,  take,    take,   take,   take,    take,    never,  never,  never},
        /* quit_ok       */ {never,  never,   never,  never,  never,   finish,  never,  never,  never},
        /* quit_err      */ {never,  never,   never,  never,  never,   finish,  never,  never,  never},
        /* no_reply      */ {fail,   fail,    fail,   fail,   fail,    fail,    never,  never,  never},
        /* surplus       */ {never,  fail,    fail,   never,  fail,    never,   fail,   never,  never},
        /* end           */ {close,  close,   close,  close,  close,   close,   close,  stay,   stay},
        /* cut           */ {fail,   fail,    fail,   fail,   fail,    fail,    never,  never,  never},
    };
    // clang-format on
};
static_assert(is_total(client_cells::table));

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
    case client_action::greet:
    case client_action::forget:
        return client_state::authorization;
    case client_action::enter:
        return client_state::login;
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

enum class server_state : std::uint8_t {
    greeting,      // has not greeted yet
    authorization, // nobody is logged in
    named,         // nobody is logged in; the last command was USER, and it was answered +OK
    transaction,   // somebody is logged in
    update,        // QUIT came in TRANSACTION: marked messages are being removed
    ended,         // QUIT was answered, or there were too many bad commands: close once the output is sent
    closed,        // the client closed the connection
    failed,        // the connection ended inside a command
};
inline constexpr std::size_t server_states = 8;

// What happens to a server: a line, an answer of the application, the end of the connection.
enum class server_input : std::uint8_t {
    user_command,
    pass_command,
    apop_command,
    anywhere_command,
    work_command,
    quit_command,
    unknown,   // a command the profile does not know, or APOP without a timestamp
    malformed, // a line that is no command
    too_many,  // one bad command more than the limit
    greeted,
    user_ok,
    user_err,
    login_ok, // to PASS and to APOP
    login_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    end, // of the connection, between commands
    cut, // of the connection, inside a command
};
inline constexpr std::size_t server_inputs = 20;

enum class server_action : std::uint8_t {
    missing,
    give,   // the command is handed on
    unname, // the command is handed on; -> authorization: PASS follows nothing but USER
    update, // the command is handed on; -> update
    deny,   // the session answers -ERR itself
    lapse,  // the session answers -ERR itself; -> authorization
    refuse, // the call: misuse::wrong_state
    answer, // the answer goes out
    name,   // the answer goes out; -> named
    open,   // the greeting or the answer goes out; -> authorization
    admit,  // the answer goes out; -> transaction
    finish, // the answer goes out; -> ended
    close,  // -> closed
    fail,   // -> failed, with an error that stays
    stay,   // nothing changes any more
    never,  // cannot happen: no line is read, no such answer is due
};

namespace detail {

struct server_cells {
    using enum server_action;
    // clang-format off
    static constexpr server_action table[server_inputs][server_states] = {
        //                     greeting authoriz. named   transac. update  ended   closed  failed
        /* user_command     */ {never,  give,    give,   deny,    never,  never,  never,  never},
        /* pass_command     */ {never,  deny,    give,   deny,    never,  never,  never,  never},
        /* apop_command     */ {never,  give,    give,   deny,    never,  never,  never,  never},
        /* anywhere_command */ {never,  give,    unname, give,    never,  never,  never,  never},
        /* work_command     */ {never,  deny,    lapse,  give,    never,  never,  never,  never},
        /* quit_command     */ {never,  give,    give,   update,  never,  never,  never,  never},
        /* unknown          */ {never,  deny,    lapse,  deny,    never,  never,  never,  never},
        /* malformed        */ {never,  deny,    lapse,  deny,    never,  never,  never,  never},
        /* too_many         */ {never,  finish,  finish, finish,  never,  never,  never,  never},
        /* greeted          */ {open,   refuse,  refuse, refuse,  refuse, refuse, refuse, refuse},
        /* user_ok          */ {never,  name,    name,   never,   never,  never,  never,  never},
        /* user_err         */ {never,  answer,  open,   never,   never,  never,  never,  never},
        /* login_ok         */ {never,  admit,   admit,  never,   never,  never,  never,  never},
        /* login_err        */ {never,  answer,  open,   never,   never,  never,  never,  never},
        /* other_ok         */ {never,  answer,  never,  answer,  never,  never,  never,  never},
        /* other_err        */ {never,  answer,  never,  answer,  never,  never,  never,  never},
        /* quit_ok          */ {never,  finish,  finish, never,   finish, never,  never,  never},
        /* quit_err         */ {never,  finish,  finish, never,   finish, never,  never,  never},
        /* end              */ {close,  close,   close,  close,   close,  stay,   stay,   stay},
        /* cut              */ {never,  fail,    fail,   fail,    never,  never,  never,  never},
    };
    // clang-format on
};
static_assert(is_total(server_cells::table));

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
        return server_state::authorization;
    case server_action::update:
        return server_state::update;
    case server_action::name:
        return server_state::named;
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

} // namespace mailwire::pop3
