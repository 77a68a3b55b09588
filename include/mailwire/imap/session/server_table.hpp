// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"

// What an IMAP server session does in which state (RFC 9051 3), as a table: [input][state] -> action, one line an input,
// one column a state. Whose turn it is within a command is server_mode_table.hpp. docs/imap-states.md draws both.
namespace mailwire::imap {

// The states of RFC 9051 3, with what lies before and behind them.
enum class server_state : std::uint8_t {
    greeting,          // the program has not greeted yet
    not_authenticated, // RFC 9051 3.1
    authenticated,     // RFC 9051 3.2
    selected,          // RFC 9051 3.3
    logged_out,        // RFC 9051 3.4: BYE is said
    closed,            // the connection has ended
    failed,            // the client broke the protocol
};
inline constexpr std::size_t server_states = 7;

enum class server_input : std::uint8_t {
    // What the client sends.
    command_any,               // CAPABILITY, NOOP, LOGOUT
    command_not_authenticated, // LOGIN, AUTHENTICATE, STARTTLS
    command_before_selection,  // ENABLE
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
    before_change,             // octets between the agreement on TLS or compression and its beginning
    no_end,                    // a literal of more octets than there are numbers
    end,                       // of the connection, between units
    cut,                       // of the connection, inside a unit
    late,                      // the client has been silent for too long
    // What the program says.
    greet_ok,
    greet_preauth,
    greet_bye,
    data,                   // untagged data or status
    bye,                    // untagged BYE
    closed,                 // untagged OK with CLOSED, while no mailbox is being selected
    answer,                 // a tagged reply that changes no state
    answer_logged_in,       // tagged OK to LOGIN, AUTHENTICATE
    answer_selected,        // tagged OK to SELECT, EXAMINE
    answer_deselected,      // tagged OK to CLOSE, UNSELECT; tagged NO to SELECT, EXAMINE
    answer_unauthenticated, // tagged OK to UNAUTHENTICATE
    answer_logged_out,      // tagged OK to LOGOUT
};
inline constexpr std::size_t server_inputs = 22;

enum class server_action : std::uint8_t {
    missing,
    deliver, // the command is handed to the program
    deny,    // the session answers BAD
    refuse,  // the call: misuse::wrong_state
    put,     // it goes out
    greet,   // it goes out; -> not_authenticated
    admit,   // it goes out; -> authenticated
    open,    // it goes out; -> selected
    leave,   // it goes out; -> authenticated, no mailbox is selected
    go_back, // it goes out; -> not_authenticated
    part,    // it goes out; -> logged_out
    over,    // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: nothing is read, no such command is under way
};

namespace detail {

struct server_cells {
    using enum server_action;
    // clang-format off
    static constexpr server_action table[server_inputs][server_states] = {
        //                               greeting  not_auth.  auth.    selected  logged_out  closed  failed
        /* command_any               */ {never,    deliver,   deliver, deliver,  never,      never,  never},
        /* command_not_authenticated */ {never,    deliver,   deny,    deny,     never,      never,  never},
        /* command_before_selection  */ {never,    deny,      deliver, deliver,  never,      never,  never},
        /* command_authenticated     */ {never,    deny,      deliver, deliver,  never,      never,  never},
        /* command_selected          */ {never,    deny,      deny,    deliver,  never,      never,  never},
        /* before_change             */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* no_end                    */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* end                       */ {over,     over,      over,    over,     over,       stay,   stay},
        /* cut                       */ {over,     fail,      fail,    fail,     over,       never,  never},
        /* late                      */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* greet_ok                  */ {greet,    refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* greet_preauth             */ {admit,    refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* greet_bye                 */ {part,     refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* data                      */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* bye                       */ {refuse,   part,      part,    part,     refuse,     refuse, refuse},
        /* closed                    */ {refuse,   put,       put,     leave,    refuse,     refuse, refuse},
        /* answer                    */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* answer_logged_in          */ {never,    admit,     put,     put,      refuse,     refuse, refuse},
        /* answer_selected           */ {never,    refuse,    open,    open,     refuse,     refuse, refuse},
        /* answer_deselected         */ {never,    refuse,    leave,   leave,    refuse,     refuse, refuse},
        /* answer_unauthenticated    */ {never,    refuse,    go_back, go_back,  refuse,     refuse, refuse},
        /* answer_logged_out         */ {never,    part,      part,    part,     refuse,     refuse, refuse},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_cells::table));

} // namespace detail

constexpr server_action action_of(server_state state, server_input input) {
    return detail::server_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

constexpr server_state next_state(server_state state, server_action action) {
    switch (action) {
    case server_action::greet:
    case server_action::go_back:
        return server_state::not_authenticated;
    case server_action::admit:
    case server_action::leave:
        return server_state::authenticated;
    case server_action::open:
        return server_state::selected;
    case server_action::part:
        return server_state::logged_out;
    case server_action::over:
        return server_state::closed;
    case server_action::fail:
        return server_state::failed;
    case server_action::missing:
    case server_action::deliver:
    case server_action::deny:
    case server_action::refuse:
    case server_action::put:
    case server_action::stay:
    case server_action::never:
        break;
    }
    return state;
}

} // namespace mailwire::imap
