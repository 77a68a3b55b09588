// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

// The deviations from the RFCs that can be tolerated, one bit each in dialect::quirks. None is on unless asked for, and
// what reads with one on says which have fired.
namespace mailwire::imap::quirks {

// Responses.

// "+" CRLF: a continuation without the space and the text behind its "+".
inline constexpr std::uint32_t bare_continuation = 1U << 0;
// "* SEARCH " CRLF, "* FLAGS (\Seen) " CRLF: a space before the CRLF of untagged data.
inline constexpr std::uint32_t trailing_space = 1U << 1;
// "()" where a list that is empty is NIL: addresses, body parameters, namespaces.
inline constexpr std::uint32_t empty_list = 1U << 2;
// Two spaces between two namespaces, and a space between two descriptors.
inline constexpr std::uint32_t namespace_spaces = 1U << 3;
// NIL for the transfer encoding of a body.
inline constexpr std::uint32_t nil_encoding = 1U << 4;
// A TEXT body without its number of lines, a MESSAGE/RFC822 body without envelope, body and lines.
inline constexpr std::uint32_t incomplete_body = 1U << 5;
// Attributes of LIST that exclude each other: \HasChildren with \HasNoChildren, two of \Noselect, \NonExistent,
// \Marked and \Unmarked, or one of them twice.
inline constexpr std::uint32_t contradicting_attributes = 1U << 6;
// An address with a space behind it: "((NIL NIL "a" "b") (NIL NIL "c" "d"))".
inline constexpr std::uint32_t space_between_addresses = 1U << 7;
// Flags with octets an atom cannot have: "]", "%", "*".
inline constexpr std::uint32_t flag_octets = 1U << 8;
// A quoted string with octets above 127 that are no UTF-8, or where UTF-8 is not agreed on.
inline constexpr std::uint32_t eight_bit = 1U << 9;
// A backslash before any other octet than a quote or a backslash in a quoted string.
inline constexpr std::uint32_t stray_backslash = 1U << 10;

// Commands.

// A space before the CRLF of a command.
inline constexpr std::uint32_t command_trailing_space = 1U << 16;

// All that a client can meet, and all that a server can.
inline constexpr std::uint32_t of_servers = 0x7ff;
inline constexpr std::uint32_t of_clients = command_trailing_space;

} // namespace mailwire::imap::quirks
