// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/pop3/grammar/slots.hpp"

namespace mailwire::pop3 {

enum class server_event_kind : std::uint8_t {
    need_input,  // receive: nothing to tell before that
    need_output, // send what output() has: the session has answered a command itself, or finds no room to do so
    need_answer, // greet, or finish the answer to the last command: nothing is read before that
    command,     // the client asks for something
    response,    // the client answers a challenge: step(), challenge(), ok() or err()
    cancelled,   // the client ends the exchange: err()
    start_tls,   // send what output() has, do the handshake, then call tls_started()
    error,       // the client sent a line that is no command; the session has answered it
    closed,      // send what output() has, then close
};

// What a server session has to tell. A kind, and the view that belongs to it.
struct server_event {
    server_event_kind kind = server_event_kind::need_input;

    // Of command: one the profile knows, in a state that allows it.
    item<slot::command> command = {};

    // Of response: its octets, decoded. Valid until it is answered. They may be a password.
    std::string_view response = {};

    // The deviations from the RFCs that were tolerated in this, bits of namespace quirks.
    std::uint32_t quirks = 0;

    // Of error: what, and at which octet of the line; never the octets themselves, which may be a password.
    mailwire::error error = {};
};

} // namespace mailwire::pop3
