// SPDX-License-Identifier: BSL-1.0
// Units of both sides, good ones and bad ones, for sessions with the limits below. Every unit is complete.

#pragma once

#include "imap/session/boxes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

inline constexpr imap::limits small_limits{.unit = 256,
                                           .inline_literal = 16,
                                           .literal = 1000,
                                           .command_literals = 40,
                                           .literals = 3,
                                           .tag = 8,
                                           .depth = 5,
                                           .bad_commands = 60000,
                                           .bad_commands_before_login = 60000};
inline constexpr sizes small_sizes{.in = 330, .out = 1024, .tape = 128, .elided = 2, .commands = 16};

inline const std::string long_line = std::string(300, 'x');
inline const std::string long_octets = "\r\nA1 OK\r\n* BYE\r\n" + std::string(100, '\n') + "b LOGOUT\r\n";
inline const std::string large_octets = "* 9 EXISTS\r\nb NOOP\r\n{9+}\r\n" + std::string(1500, 'x');

inline std::string literal(std::string_view octets, const char* plus = "") {
    return "{" + std::to_string(octets.size()) + plus + "}\r\n" + std::string(octets);
}

// What a server may send; A1 and A2 are commands in flight.
inline std::vector<std::string> good_server_units() {
    return {
        "* 172 EXISTS\r\n",
        "* 1 RECENT\r\n",
        "* 44 EXPUNGE\r\n",
        "* OK [UIDNEXT 4392] predicted\r\n",
        "* OK hello {5}\r\n",
        "* NO \"x {30}\r\n",
        "* BAD {3}\r\n",
        "* CAPABILITY IMAP4rev2 LITERAL-\r\n",
        "* FLAGS (\\Answered \\Seen $x)\r\n",
        "* LIST (\\Noselect) \"/\" foo/bar\r\n",
        "* LIST () NIL " + literal("a\r\nb") + "\r\n",
        "* STATUS box (MESSAGES 231 UIDNEXT 44292)\r\n",
        "* SEARCH 2 3 6\r\n",
        "* SEARCH\r\n",
        "* 12 FETCH (FLAGS (\\Seen) UID 7 RFC822.SIZE 4286)\r\n",
        "* 12 FETCH (BODY[] " + literal("hello") + " UID 7)\r\n",
        "* 12 FETCH (BODY[] " + literal("") + ")\r\n",
        "* 12 FETCH (BODY[1] " + literal("abc") + " BODY[2] " + literal("{1}\r\n") + ")\r\n",
        "* 12 FETCH (UID 9 BODY[1.2] " + literal(long_octets) + " FLAGS ())\r\n",
        "* 12 FETCH (BODY[1]<0> " + literal(long_octets) + " BODY[HEADER] " + literal(long_octets) + ")\r\n",
        "* 12 FETCH (BODY[1] \"fake {50}\" BODY[TEXT] " + literal(long_octets) + ")\r\n",
        "* XYZZY " + literal(long_octets) + " (\"a\" b)\r\n",
        "* " + std::string(252, 'x') + "\r\n",
        "* NO [BADCHARSET (UTF-8 \"x\")] no {3}\r\n",
    };
}

// What a server may not send, and a client can pass over.
inline std::vector<std::string> bad_server_units() {
    return {
        "\r\n",
        "\n",
        "hello\r\n",
        "* 1 EXISTS\n",
        "* 1 EXISTS\r\r\n",
        "*  1 EXISTS\r\n",
        "* 1 FETCH ()\r\n",
        "* 4294967296 EXISTS\r\n",
        "* 0 EXPUNGE\r\n",
        "* 1 FETCH (UID 4294967296)\r\n",
        "* " + long_line + "\r\n",
        "* " + long_line + " " + literal(long_octets) + " x\r\n",
        "* " + long_line + "\n",
        "* X " + literal("ab") + long_line + " " + literal(long_octets) + "\r\n",
        "* 1 FETCH (BODY[] " + literal(long_octets) + long_line + ")\r\n",
        "* 1 FETCH (BODY[] " + literal(large_octets) + ")\r\n",
        "* 1 FETCH (BODY[] " + literal(large_octets) + " BODY[1] " + literal("ab") + " \"{4}\r\n",
        "* 1 FETCH (FLAGS " + literal(long_octets) + ")\r\n",
        "* 1 FETCH (BODY[] " + literal("abc", "+") + ")\r\n",
        "* 1 FETCH (BODY[1] " + literal(long_octets) + " BODY[2] " + literal(long_octets) + " BODY[3] " +
            literal(long_octets) + " UID 1)\r\n",
        "* 1 FETCH (BODYSTRUCTURE (((((((\r\n",
        "* 1 FETCH (BODY[] {3 }\r\n",
        "* 1 FETCH (BODY[] " + literal(std::string(1, '\0')) + ")\r\n",
        "* OK " + long_line + " {7}\r\n",
        "* OK [BADURL " + literal(large_octets) + "] {7}\r\n",
        "+x go\r\n",
        "* PREAUTHX\r\r\n",
    };
}

// What a client may send in authenticated state.
inline std::vector<std::string> good_client_units() {
    return {
        "a1 NOOP\r\n",
        "a2 CAPABILITY\r\n",
        "a3 CREATE foo\r\n",
        "a4 CREATE \"a \\\"b\\\\\"\r\n",
        "a5 CREATE " + literal("a\r\nb", "+") + "\r\n",
        "a6 RENAME " + literal("", "+") + " " + literal("b LOGOUT\r\n", "+") + "\r\n",
        "a7 CREATE " + literal("xyz") + "\r\n",
        "a8 LIST \"\" %\r\n",
        "a9 STATUS box (UIDNEXT MESSAGES)\r\n",
        "b1 APPEND box " + literal("abc") + "\r\n",
        "b2 APPEND box (\\Seen) " + literal(long_octets, "+") + "\r\n",
        "b3 APPEND " + literal("bo\nx", "+") + " " + literal(long_octets, "+") + "\r\n",
        "b4 APPEND box \"17-Jul-1996 02:44:25 -0700\" " + literal("", "+") + "\r\n",
        "b5 CREATE " + std::string(244, 'x') + "\r\n",
    };
}

// What a client may not send.
inline std::vector<std::string> bad_client_units() {
    return {
        "\r\n",
        "\n",
        "a\r\n",
        "a NOOP\n",
        "a NOOP\rb NOOP\r\n",
        "a NOOP\r\r\n",
        "* NOOP\r\n",
        "a XYZZY\r\n",
        "a XYZZY " + literal("b LOGOUT\r\n-", "+") + "\r\n",
        "a SEARCH ))) " + literal("b LOGOUT\r\n-", "+") + "\r\n",
        "a SELECT \"x " + literal("b LOGOUT\r\n-", "+") + "\r\n",
        "a LOGIN u p\r\n",
        "a LOGIN " + literal("b LOGOUT\r\n", "+") + " " + literal("b LOGOUT\r\n", "+") + "\r\n",
        "a LOGIN {9999}\r\n",
        "a CREATE " + literal(large_octets, "+") + "\r\n",
        "a CREATE " + literal(large_octets, "+") + " " + literal(long_octets, "+") + " {5}\r\n",
        "a APPEND box " + literal(large_octets, "+") + "\r\n",
        "a APPEND box {5000000}\r\n",
        "a APPEND box " + literal(long_octets, "+") + " garbage\r\n",
        "a APPEND box " + literal(long_octets, "+") + long_line + literal(long_octets, "+") + "\r\n",
        "a APPEND box {3+}\r\nabcd\r\n",
        "a CREATE " + long_line + "\r\n",
        "a CREATE " + long_line + " " + literal(long_octets, "+") + "\r\n",
        "a CREATE " + long_line + " \"" + literal(long_octets, "+") + "\r\n",
        "a CREATE " + long_line + " {5}\r\n",
        "a CREATE " + literal("b NOOP\r\n", "+") + long_line + "\r\n",
        "a CREATE {00000000000000000000000000000000000000000000000000005+}\r\nb\r\n\r\n " + long_line + "\r\n",
        "a RENAME " + literal("0123456789abcdef", "+") + " " + literal("0123456789abcdef", "+") +
            literal("0123456789", "+") + "\r\n",
        "123456789 NOOP\r\n",
        "a STATUS x (MESSAGES\r\n",
        "a CREATE " + literal(std::string(1, '\0'), "+") + "\r\n",
    };
}

} // namespace mailwire::test
