// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace mailwire::pop3 {

// How a command is answered when the answer is +OK. An -ERR is one line of text, whatever was asked.
enum class answer_form : std::uint8_t {
    text,          // one line of text
    drop_listing,  // one line with the numbers of STAT
    scan_listing,  // one line with the numbers of LIST msg
    unique_id,     // one line with the id of UIDL msg
    scan_listings, // a line of text, then a line for each message
    unique_ids,    // a line of text, then a line for each message
    capabilities,  // a line of text, then a line for each capability
    body,          // a line of text, then a message
};

// Whether more lines follow the +OK, up to one with a dot alone. RFC 1939 3.
constexpr bool is_multi_line(answer_form form) {
    switch (form) {
    case answer_form::text:
    case answer_form::drop_listing:
    case answer_form::scan_listing:
    case answer_form::unique_id:
        return false;
    case answer_form::scan_listings:
    case answer_form::unique_ids:
    case answer_form::capabilities:
    case answer_form::body:
        return true;
    }
    return false;
}

// What a command means to a session: where it is legal and what its answer changes. RFC 1939 4 to 6, RFC 2449 5.
enum class command_role : std::uint8_t {
    user,     // AUTHORIZATION; lets PASS follow
    pass,     // AUTHORIZATION, behind USER; its +OK begins TRANSACTION
    apop,     // AUTHORIZATION, where the greeting has a timestamp; its +OK begins TRANSACTION
    anywhere, // AUTHORIZATION and TRANSACTION
    work,     // TRANSACTION
    quit,     // AUTHORIZATION and TRANSACTION; ends the session
};

} // namespace mailwire::pop3
