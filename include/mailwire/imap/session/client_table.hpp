// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/total.hpp"

// What an IMAP client session does in which state (RFC 9051 3), as a table: [input][state] -> action, one line an input,
// one column a state. What the connection carries at the moment is client_mode_table.hpp. docs/imap-states.md draws both.
namespace mailwire::imap {

// The states of RFC 9051 3, with what lies before and behind them.
enum class client_state : std::uint8_t {
    greeting,          // nothing has come yet
    not_authenticated, // RFC 9051 3.1
    authenticated,     // RFC 9051 3.2
    selected,          // RFC 9051 3.3
    logged_out,        // RFC 9051 3.4: BYE has come; what still comes is delivered
    closed,            // the connection has ended
    failed,            // the server broke the protocol
};
inline constexpr std::size_t client_states = 7;

enum class client_input : std::uint8_t {
    // What the server sends.
    greeting_ok,
    greeting_preauth,
    preauth_in_clear, // PREAUTH where TLS is required and has not begun
    greeting_bye,
    greeting_other,     // a first line that is no greeting
    late_greeting,      // a greeting that is not the first line
    data,               // untagged data or an untagged status but BYE
    bye,                // untagged BYE
    stray_continuation, // a "+" that nothing waits for
    done,               // a tagged reply that changes no state
    logged_in,          // tagged OK to LOGIN, AUTHENTICATE
    unproven,           // the same, before the server has proved what its mechanism asks for
    selected,           // tagged OK to SELECT, EXAMINE
    deselected,         // tagged OK to CLOSE, UNSELECT; tagged NO or BAD to SELECT, EXAMINE; OK with CLOSED unasked
    unauthenticated,    // tagged OK to UNAUTHENTICATE
    unknown_tag,        // a tagged reply to no command in flight
    before_tls,         // octets between the agreement on TLS and its handshake
    no_end,             // a literal of more octets than there are numbers
    end,                // of the connection, between units
    cut,                // of the connection, inside a unit
    late,               // an answer has not come in time
    // What the program asks for.
    command_any,               // CAPABILITY, NOOP, LOGOUT
    command_not_authenticated, // LOGIN, AUTHENTICATE, STARTTLS
    command_before_selection,  // ENABLE
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
};
inline constexpr std::size_t client_inputs = 26;

enum class client_action : std::uint8_t {
    missing,
    refuse,  // the call: misuse::wrong_state
    put,     // the command goes out
    take,    // the line is handed on
    greet,   // the line is handed on; -> not_authenticated
    admit,   // the line is handed on; -> authenticated
    open,    // the line is handed on; -> selected
    leave,   // the line is handed on; -> authenticated, no mailbox is selected
    go_back, // the line is handed on; -> not_authenticated
    part,    // the line is handed on; -> logged_out
    over,    // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no line is read, nothing is waited for
};

namespace detail {

struct client_cells {
    using enum client_action;
    // clang-format off
    static constexpr client_action table[client_inputs][client_states] = {
        //                               greeting  not_auth.  auth.    selected  logged_out  closed  failed
        /* greeting_ok               */ {greet,    never,     never,   never,    never,      never,  never},
        /* greeting_preauth          */ {admit,    never,     never,   never,    never,      never,  never},
        /* preauth_in_clear          */ {fail,     never,     never,   never,    never,      never,  never},
        /* greeting_bye              */ {part,     never,     never,   never,    never,      never,  never},
        /* greeting_other            */ {fail,     never,     never,   never,    never,      never,  never},
        /* late_greeting             */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* data                      */ {never,    take,      take,    take,     take,       never,  never},
        /* bye                       */ {never,    part,      part,    part,     take,       never,  never},
        /* stray_continuation        */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* done                      */ {never,    take,      take,    take,     take,       never,  never},
        /* logged_in                 */ {never,    admit,     take,    take,     take,       never,  never},
        /* unproven                  */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* selected                  */ {never,    fail,      open,    open,     take,       never,  never},
        /* deselected                */ {never,    take,      leave,   leave,    take,       never,  never},
        /* unauthenticated           */ {never,    take,      go_back, go_back,  take,       never,  never},
        /* unknown_tag               */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* before_tls                */ {never,    fail,      never,   never,    never,      never,  never},
        /* no_end                    */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* end                       */ {over,     over,      over,    over,     over,       stay,   stay},
        /* cut                       */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* late                      */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* command_any               */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* command_not_authenticated */ {refuse,   put,       refuse,  refuse,   refuse,     refuse, refuse},
        /* command_before_selection  */ {refuse,   refuse,    put,     refuse,   refuse,     refuse, refuse},
        /* command_authenticated     */ {refuse,   refuse,    put,     put,      refuse,     refuse, refuse},
        /* command_selected          */ {refuse,   refuse,    refuse,  put,      refuse,     refuse, refuse},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_cells::table));

} // namespace detail

constexpr client_action action_of(client_state state, client_input input) {
    return detail::client_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

constexpr client_state next_state(client_state state, client_action action) {
    switch (action) {
    case client_action::greet:
    case client_action::go_back:
        return client_state::not_authenticated;
    case client_action::admit:
    case client_action::leave:
        return client_state::authenticated;
    case client_action::open:
        return client_state::selected;
    case client_action::part:
        return client_state::logged_out;
    case client_action::over:
        return client_state::closed;
    case client_action::fail:
        return client_state::failed;
    case client_action::missing:
    case client_action::refuse:
    case client_action::put:
    case client_action::take:
    case client_action::stay:
    case client_action::never:
        break;
    }
    return state;
}

} // namespace mailwire::imap
