// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/outbox.hpp"
#include "mailwire/imap/ext/uidonly.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/in_flight.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap::detail {

// How a server session answers a unit itself.
enum class denial : std::uint8_t {
    bad,     // BAD, with the name of the error
    privacy, // NO: a login wants TLS (RFC 9051 7.1, PRIVACYREQUIRED)
    by_uid,  // BAD: only unique identifiers name messages (RFC 9586 3, UIDREQUIRED)
};

// How a command is answered that does not read under UIDONLY: with message numbers allowed it might.
template <typename Profile>
denial denial_under_uidonly(std::string_view text, std::span<token> tape, parse_options reading) {
    reading.dialect.forms |= forms::message_numbers;
    return parse_command<Profile>(text, tape, reading).error ? denial::bad : denial::by_uid;
}

// Writes the answer to a unit that begins like `text`: with its tag, or without where none can be read (RFC 9051 7.1.3). None
// of it has an octet of what the client sent but the tag.
inline misuse write_denial(outbox& out, std::string_view text, std::size_t longest_tag, const mailwire::error& error,
                           denial how) {
    const code_privacyrequired privacy;
    const code_uidrequired by_uid;
    status_response status{condition::bad, {}, name_of(error.code)};
    if (how == denial::privacy) status = {condition::no, privacy, "TLS has to come first"};
    if (how == denial::by_uid) status.code = by_uid;
    const std::string_view tag = leading_tag(text);
    const bool tagged = !tag.empty() && tag.size() <= longest_tag;
    return tagged ? write_tagged(out, tag, status) : write_status(out, status);
}

} // namespace mailwire::imap::detail
