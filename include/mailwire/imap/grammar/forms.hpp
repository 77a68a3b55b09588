// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

// Parts of the grammar that are not always in force, one bit each in dialect::forms. A parse has all of them unless it
// is told otherwise.
namespace mailwire::imap::forms {

// What only IMAP4rev1 has (RFC 3501): CHECK, LSUB, the RFC822 items, NEW, OLD, RECENT.
inline constexpr std::uint32_t rev1 = 1U << 0;
// What only IMAP4rev2 has (RFC 9051): numbers of 63 bits where revision 1 has 32.
inline constexpr std::uint32_t rev2 = 1U << 1;
// Message numbers. Off once UIDONLY is enabled (RFC 9586): then only unique identifiers name messages.
inline constexpr std::uint32_t message_numbers = 1U << 2;
// A code or a status word at the end of a line, where the ABNF wants a space and a text, and the RFCs' own examples
// have none.
inline constexpr std::uint32_t no_text = 1U << 3;

} // namespace mailwire::imap::forms
