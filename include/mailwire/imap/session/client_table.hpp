// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What an IMAP client session does in which state (RFC 9051 3). Everything that decides over states is here.
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
    greeting_bye,
    greeting_other,     // a first line that is no greeting
    data,               // untagged data or an untagged status but BYE
    bye,                // untagged BYE
    continuation,       // the "+" a literal waits for
    stray_continuation, // a "+" nothing waits for
    done,               // the tagged reply to a command that changes no state
    logged_in,          // tagged OK to LOGIN
    selected,           // tagged OK to SELECT, EXAMINE
    deselected,         // tagged OK to CLOSE, UNSELECT; tagged NO to SELECT, EXAMINE
    unknown_tag,        // a tagged reply to no command in flight
    end,                // the connection has ended
    // What the program asks for.
    command_any,               // CAPABILITY, NOOP, LOGOUT
    command_not_authenticated, // LOGIN
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
};
inline constexpr std::size_t client_inputs = 18;

enum class client_action : std::uint8_t {
    deliver,          // hand it to the program
    send,             // put the command out
    refuse,           // misuse::wrong_state: nothing happens
    bad_greeting,     // errc::unexpected_greeting, for good
    bad_response,     // errc::unexpected_response, for good
    bad_continuation, // errc::unexpected_continuation, for good
    bad_tag,          // errc::unknown_tag, for good
    end,              // the end, in order
    cut_off,          // errc::truncated when a unit was under way, else the end
    repeat,           // say again how it ended
};

struct client_cell {
    client_action action;
    client_state next;
};

namespace detail {

using client_row = std::array<client_cell, client_inputs>;

// A row a state, a cell an input, in the order of the enumerations.
constexpr std::array<client_row, client_states> make_client_table() {
    using enum client_action;
    using s = client_state;
    return {{
        client_row{{
            // greeting
            {deliver, s::not_authenticated}, // greeting_ok
            {deliver, s::authenticated},     // greeting_preauth
            {deliver, s::logged_out},        // greeting_bye
            {bad_greeting, s::failed},       // greeting_other
            {bad_greeting, s::failed},       // data
            {bad_greeting, s::failed},       // bye
            {bad_greeting, s::failed},       // continuation
            {bad_greeting, s::failed},       // stray_continuation
            {bad_greeting, s::failed},       // done
            {bad_greeting, s::failed},       // logged_in
            {bad_greeting, s::failed},       // selected
            {bad_greeting, s::failed},       // deselected
            {bad_greeting, s::failed},       // unknown_tag
            {cut_off, s::closed},            // end
            {refuse, s::greeting},           // command_any
            {refuse, s::greeting},           // command_not_authenticated
            {refuse, s::greeting},           // command_authenticated
            {refuse, s::greeting},           // command_selected
        }},
        client_row{{
            // not_authenticated
            {bad_response, s::failed},       // greeting_ok
            {bad_response, s::failed},       // greeting_preauth
            {bad_response, s::failed},       // greeting_bye
            {bad_response, s::failed},       // greeting_other
            {deliver, s::not_authenticated}, // data
            {deliver, s::logged_out},        // bye
            {deliver, s::not_authenticated}, // continuation
            {bad_continuation, s::failed},   // stray_continuation
            {deliver, s::not_authenticated}, // done
            {deliver, s::authenticated},     // logged_in
            {bad_response, s::failed},       // selected
            {bad_response, s::failed},       // deselected
            {bad_tag, s::failed},            // unknown_tag
            {cut_off, s::closed},            // end
            {send, s::not_authenticated},    // command_any
            {send, s::not_authenticated},    // command_not_authenticated
            {refuse, s::not_authenticated},  // command_authenticated
            {refuse, s::not_authenticated},  // command_selected
        }},
        client_row{{
            // authenticated
            {bad_response, s::failed},     // greeting_ok
            {bad_response, s::failed},     // greeting_preauth
            {bad_response, s::failed},     // greeting_bye
            {bad_response, s::failed},     // greeting_other
            {deliver, s::authenticated},   // data
            {deliver, s::logged_out},      // bye
            {deliver, s::authenticated},   // continuation
            {bad_continuation, s::failed}, // stray_continuation
            {deliver, s::authenticated},   // done
            {deliver, s::authenticated},   // logged_in
            {deliver, s::selected},        // selected
            {deliver, s::authenticated},   // deselected
            {bad_tag, s::failed},          // unknown_tag
            {cut_off, s::closed},          // end
            {send, s::authenticated},      // command_any
            {refuse, s::authenticated},    // command_not_authenticated
            {send, s::authenticated},      // command_authenticated
            {refuse, s::authenticated},    // command_selected
        }},
        client_row{{
            // selected
            {bad_response, s::failed},     // greeting_ok
            {bad_response, s::failed},     // greeting_preauth
            {bad_response, s::failed},     // greeting_bye
            {bad_response, s::failed},     // greeting_other
            {deliver, s::selected},        // data
            {deliver, s::logged_out},      // bye
            {deliver, s::selected},        // continuation
            {bad_continuation, s::failed}, // stray_continuation
            {deliver, s::selected},        // done
            {deliver, s::selected},        // logged_in
            {deliver, s::selected},        // selected
            {deliver, s::authenticated},   // deselected
            {bad_tag, s::failed},          // unknown_tag
            {cut_off, s::closed},          // end
            {send, s::selected},           // command_any
            {refuse, s::selected},         // command_not_authenticated
            {send, s::selected},           // command_authenticated
            {send, s::selected},           // command_selected
        }},
        client_row{{
            // logged_out
            {bad_response, s::failed},     // greeting_ok
            {bad_response, s::failed},     // greeting_preauth
            {bad_response, s::failed},     // greeting_bye
            {bad_response, s::failed},     // greeting_other
            {deliver, s::logged_out},      // data
            {deliver, s::logged_out},      // bye
            {deliver, s::logged_out},      // continuation
            {bad_continuation, s::failed}, // stray_continuation
            {deliver, s::logged_out},      // done
            {deliver, s::logged_out},      // logged_in
            {deliver, s::logged_out},      // selected
            {deliver, s::logged_out},      // deselected
            {bad_tag, s::failed},          // unknown_tag
            {cut_off, s::closed},          // end
            {refuse, s::logged_out},       // command_any
            {refuse, s::logged_out},       // command_not_authenticated
            {refuse, s::logged_out},       // command_authenticated
            {refuse, s::logged_out},       // command_selected
        }},
        client_row{{
            // closed
            {end, s::closed},    // greeting_ok
            {end, s::closed},    // greeting_preauth
            {end, s::closed},    // greeting_bye
            {end, s::closed},    // greeting_other
            {end, s::closed},    // data
            {end, s::closed},    // bye
            {end, s::closed},    // continuation
            {end, s::closed},    // stray_continuation
            {end, s::closed},    // done
            {end, s::closed},    // logged_in
            {end, s::closed},    // selected
            {end, s::closed},    // deselected
            {end, s::closed},    // unknown_tag
            {end, s::closed},    // end
            {refuse, s::closed}, // command_any
            {refuse, s::closed}, // command_not_authenticated
            {refuse, s::closed}, // command_authenticated
            {refuse, s::closed}, // command_selected
        }},
        client_row{{
            // failed
            {repeat, s::failed}, // greeting_ok
            {repeat, s::failed}, // greeting_preauth
            {repeat, s::failed}, // greeting_bye
            {repeat, s::failed}, // greeting_other
            {repeat, s::failed}, // data
            {repeat, s::failed}, // bye
            {repeat, s::failed}, // continuation
            {repeat, s::failed}, // stray_continuation
            {repeat, s::failed}, // done
            {repeat, s::failed}, // logged_in
            {repeat, s::failed}, // selected
            {repeat, s::failed}, // deselected
            {repeat, s::failed}, // unknown_tag
            {repeat, s::failed}, // end
            {refuse, s::failed}, // command_any
            {refuse, s::failed}, // command_not_authenticated
            {refuse, s::failed}, // command_authenticated
            {refuse, s::failed}, // command_selected
        }},
    }};
}

} // namespace detail

inline constexpr auto client_table = detail::make_client_table();

constexpr client_cell client_next(client_state state, client_input input) {
    return client_table[static_cast<std::size_t>(state)][static_cast<std::size_t>(input)];
}

} // namespace mailwire::imap
