// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/imap/model/command.hpp"

namespace mailwire::imap {

enum class server_event_kind : std::uint8_t {
    need_input,  // send what output() has, then receive
    need_output, // send what output() has, then call next: the session has let a literal go on, or finds no room for
                 // an answer that may be due
    need_answer, // a command was delivered and waits for finish(); or the program has not greeted yet
    command,     // `command` is legal now: do it, then finish(). To AUTHENTICATE, step() or challenge() first; to IDLE,
                 // begin_idle() first. Of AUTHENTICATE, `octets` are its initial response, decoded where it stood
    literal_begin, // an APPEND's message of `octets_total` octets is announced: accept_literal() or finish() with NO
    literal_data,  // `octets` are the next octets of it
    literal_end,   // it is complete; the command event follows unless the rest of the line is wrong
    response,      // `octets`, decoded, answer the challenge: step(), challenge() or finish(). They may be a password
    cancelled,     // the client has ended AUTHENTICATE; the session has answered BAD
    done,          // the client has ended IDLE: finish()
    start_tls,     // send what output() has, do the handshake, then call tls_started()
    start_compression, // send what output() has, then call compression_started()
    error,             // `error` in a unit; the session has answered it. Fatal: send what output() has, then close
    closed,            // the connection has ended, or BYE is said: send what output() has, then close
};

// What has happened. Views of a command and of a response are valid until it is answered or prepare() is called; other
// views until the next call of next, prepare or commit.
struct server_event {
    server_event_kind kind = server_event_kind::need_input;
    imap::command command = {};
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
    std::uint32_t quirks = 0; // the deviations from the RFCs that were tolerated in a command, bits of namespace quirks
};

} // namespace mailwire::imap
