// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace mailwire::imap {

// What a session accepts from its peer. A limit that is passed is a typed error with what came and what is allowed;
// the session goes on behind the unit.
struct limits {
    // Octets of one unit without the octets of its streamed literals. The receive buffer is a limit as well; the smaller
    // of the two counts. RFC 7162 4 asks a server for 8192; a response with an ENVELOPE may be longer.
    std::uint64_t unit = 65536;

    // The same of a client that has not logged in: a command of a stranger is short.
    std::uint64_t unit_before_login = 8192;

    // literal: up to so many octets a literal stays in the buffer and is part of the unit's values; a larger one is
    // handed on in pieces. 4096 is what RFC 7888 5 lets a client send unasked.
    std::uint64_t inline_literal = 4096;

    // literal: what a client accepts in a response, and a server in an APPEND. 2 GiB: more than any server takes.
    std::uint64_t literal = 1ULL << 31U;

    // literal: octets in all literals of one command other than the message of an APPEND. Many small ones cost as much
    // as a large one.
    std::uint64_t command_literals = 65536;

    // literal: the same before login: a name and a password.
    std::uint64_t command_literals_before_login = 4096;

    // literal: literals of one command. For each the server judges the command so far once more, before it lets it in.
    std::uint16_t literals = 64;

    // tag: octets of the tag of a command. The server repeats it in its answer; clients use a few.
    std::uint16_t tag = 64;

    // Nesting of body, search-key and the like. Real messages nest less than 20 deep; the stack pays for each level.
    std::uint16_t depth = 64;

    // Commands in a row that are no commands, before the server says BYE: a person's typing errors pass, a program that
    // speaks another protocol does not. Fewer before authentication.
    std::uint16_t bad_commands = 20;
    std::uint16_t bad_commands_before_login = 3;

    // Commands in all before login. A client needs about six; who goes on is looking for something else.
    std::uint16_t commands_before_login = 50;

    // Seconds a server gives a client for its login, from the greeting on and in all: who is nobody yet holds a
    // connection no longer than that, whatever it sends.
    std::uint32_t login_seconds = 60;

    // Seconds of silence after which a server ends a session that has logged in. RFC 9051 5.4 asks for 1800 at least.
    std::uint32_t idle_seconds = 1800;

    // Seconds after which a client ends IDLE and begins it anew: RFC 9051 6.3.13 has 29 minutes.
    std::uint32_t idle_anew_seconds = 28 * 60;

    // Seconds of silence after which a client that waits for an answer gives up. A search may take minutes.
    std::uint32_t answer_seconds = 300;
};

} // namespace mailwire::imap
