// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What an IMAP server session does in which state (RFC 9051 3). Everything that decides over states is here.
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
    command_not_authenticated, // LOGIN
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
    fault,                     // a unit that is no command, or one nobody knows
    end,                       // the connection has ended
    // What the program says.
    greet_ok, // the program greets
    greet_preauth,
    greet_bye,
    data,              // the program sends untagged data or status
    answer,            // the tagged reply to a command that changes no state
    answer_logged_in,  // tagged OK to LOGIN
    answer_selected,   // tagged OK to SELECT, EXAMINE
    answer_deselected, // tagged OK to CLOSE, UNSELECT; tagged NO to SELECT, EXAMINE
    answer_logged_out, // tagged OK to LOGOUT
    bye,               // the program says BYE
};
inline constexpr std::size_t server_inputs = 16;

enum class server_action : std::uint8_t {
    deliver,    // hand the command to the program, which answers it
    answer_bad, // the session answers BAD
    wait,       // leave it where it is until the program has greeted
    ignore,     // after BYE nothing is read
    send,       // put it out
    refuse,     // misuse::wrong_state: nothing happens
    finish,     // the end, in order
    cut_off,    // errc::truncated when a unit was under way, else the end
    repeat,     // say again how it ended
};

struct server_cell {
    server_action action;
    server_state next;
};

namespace detail {

using server_row = std::array<server_cell, server_inputs>;

// A row a state, a cell an input, in the order of the enumerations.
constexpr std::array<server_row, server_states> make_server_table() {
    using enum server_action;
    using s = server_state;
    return {{
        server_row{{
            // greeting
            {wait, s::greeting},          // command_any
            {wait, s::greeting},          // command_not_authenticated
            {wait, s::greeting},          // command_authenticated
            {wait, s::greeting},          // command_selected
            {wait, s::greeting},          // fault
            {cut_off, s::closed},         // end
            {send, s::not_authenticated}, // greet_ok
            {send, s::authenticated},     // greet_preauth
            {send, s::logged_out},        // greet_bye
            {refuse, s::greeting},        // data
            {refuse, s::greeting},        // answer
            {refuse, s::greeting},        // answer_logged_in
            {refuse, s::greeting},        // answer_selected
            {refuse, s::greeting},        // answer_deselected
            {refuse, s::greeting},        // answer_logged_out
            {refuse, s::greeting},        // bye
        }},
        server_row{{
            // not_authenticated
            {deliver, s::not_authenticated},    // command_any
            {deliver, s::not_authenticated},    // command_not_authenticated
            {answer_bad, s::not_authenticated}, // command_authenticated
            {answer_bad, s::not_authenticated}, // command_selected
            {answer_bad, s::not_authenticated}, // fault
            {cut_off, s::closed},               // end
            {refuse, s::not_authenticated},     // greet_ok
            {refuse, s::not_authenticated},     // greet_preauth
            {refuse, s::not_authenticated},     // greet_bye
            {send, s::not_authenticated},       // data
            {send, s::not_authenticated},       // answer
            {send, s::authenticated},           // answer_logged_in
            {refuse, s::not_authenticated},     // answer_selected
            {refuse, s::not_authenticated},     // answer_deselected
            {send, s::logged_out},              // answer_logged_out
            {send, s::logged_out},              // bye
        }},
        server_row{{
            // authenticated
            {deliver, s::authenticated},    // command_any
            {answer_bad, s::authenticated}, // command_not_authenticated
            {deliver, s::authenticated},    // command_authenticated
            {answer_bad, s::authenticated}, // command_selected
            {answer_bad, s::authenticated}, // fault
            {cut_off, s::closed},           // end
            {refuse, s::authenticated},     // greet_ok
            {refuse, s::authenticated},     // greet_preauth
            {refuse, s::authenticated},     // greet_bye
            {send, s::authenticated},       // data
            {send, s::authenticated},       // answer
            {refuse, s::authenticated},     // answer_logged_in
            {send, s::selected},            // answer_selected
            {send, s::authenticated},       // answer_deselected
            {send, s::logged_out},          // answer_logged_out
            {send, s::logged_out},          // bye
        }},
        server_row{{
            // selected
            {deliver, s::selected},    // command_any
            {answer_bad, s::selected}, // command_not_authenticated
            {deliver, s::selected},    // command_authenticated
            {deliver, s::selected},    // command_selected
            {answer_bad, s::selected}, // fault
            {cut_off, s::closed},      // end
            {refuse, s::selected},     // greet_ok
            {refuse, s::selected},     // greet_preauth
            {refuse, s::selected},     // greet_bye
            {send, s::selected},       // data
            {send, s::selected},       // answer
            {refuse, s::selected},     // answer_logged_in
            {send, s::selected},       // answer_selected
            {send, s::authenticated},  // answer_deselected
            {send, s::logged_out},     // answer_logged_out
            {send, s::logged_out},     // bye
        }},
        server_row{{
            // logged_out
            {ignore, s::logged_out}, // command_any
            {ignore, s::logged_out}, // command_not_authenticated
            {ignore, s::logged_out}, // command_authenticated
            {ignore, s::logged_out}, // command_selected
            {ignore, s::logged_out}, // fault
            {cut_off, s::closed},    // end
            {refuse, s::logged_out}, // greet_ok
            {refuse, s::logged_out}, // greet_preauth
            {refuse, s::logged_out}, // greet_bye
            {refuse, s::logged_out}, // data
            {refuse, s::logged_out}, // answer
            {refuse, s::logged_out}, // answer_logged_in
            {refuse, s::logged_out}, // answer_selected
            {refuse, s::logged_out}, // answer_deselected
            {refuse, s::logged_out}, // answer_logged_out
            {refuse, s::logged_out}, // bye
        }},
        server_row{{
            // closed
            {finish, s::closed}, // command_any
            {finish, s::closed}, // command_not_authenticated
            {finish, s::closed}, // command_authenticated
            {finish, s::closed}, // command_selected
            {finish, s::closed}, // fault
            {finish, s::closed}, // end
            {refuse, s::closed}, // greet_ok
            {refuse, s::closed}, // greet_preauth
            {refuse, s::closed}, // greet_bye
            {refuse, s::closed}, // data
            {refuse, s::closed}, // answer
            {refuse, s::closed}, // answer_logged_in
            {refuse, s::closed}, // answer_selected
            {refuse, s::closed}, // answer_deselected
            {refuse, s::closed}, // answer_logged_out
            {refuse, s::closed}, // bye
        }},
        server_row{{
            // failed
            {repeat, s::failed}, // command_any
            {repeat, s::failed}, // command_not_authenticated
            {repeat, s::failed}, // command_authenticated
            {repeat, s::failed}, // command_selected
            {repeat, s::failed}, // fault
            {repeat, s::failed}, // end
            {refuse, s::failed}, // greet_ok
            {refuse, s::failed}, // greet_preauth
            {refuse, s::failed}, // greet_bye
            {refuse, s::failed}, // data
            {refuse, s::failed}, // answer
            {refuse, s::failed}, // answer_logged_in
            {refuse, s::failed}, // answer_selected
            {refuse, s::failed}, // answer_deselected
            {refuse, s::failed}, // answer_logged_out
            {refuse, s::failed}, // bye
        }},
    }};
}

} // namespace detail

inline constexpr auto server_table = detail::make_server_table();

constexpr server_cell server_next(server_state state, server_input input) {
    return server_table[static_cast<std::size_t>(state)][static_cast<std::size_t>(input)];
}

} // namespace mailwire::imap
