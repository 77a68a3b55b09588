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
    language,      // one line with the language of LANG and a text
    sasl,          // challenges, each of which the client answers, then one line of text
    scan_listings, // a line of text, then a line for each message
    unique_ids,    // a line of text, then a line for each message
    capabilities,  // a line of text, then a line for each capability
    languages,     // a line of text, then a line for each language
    mechanisms,    // a line of text, then a line for each SASL mechanism
    body,          // a line of text, then a message
};

// Whether more lines follow the +OK, up to one with a dot alone. RFC 1939 3.
constexpr bool is_multi_line(answer_form form) {
    switch (form) {
    case answer_form::text:
    case answer_form::drop_listing:
    case answer_form::scan_listing:
    case answer_form::unique_id:
    case answer_form::language:
    case answer_form::sasl:
        return false;
    case answer_form::scan_listings:
    case answer_form::unique_ids:
    case answer_form::capabilities:
    case answer_form::languages:
    case answer_form::mechanisms:
    case answer_form::body:
        return true;
    }
    return false;
}

// What a command means to a session: where it is legal and what its answer changes. RFC 1939 4 to 6, RFC 2449 5,
// RFC 2595 4, RFC 5034 4, RFC 6856 2.
enum class command_role : std::uint8_t {
    user,         // AUTHORIZATION; lets PASS follow
    pass,         // AUTHORIZATION, behind USER; its +OK begins TRANSACTION
    apop,         // AUTHORIZATION, where the greeting has a timestamp; its +OK begins TRANSACTION
    auth,         // AUTHORIZATION; challenges may follow; its +OK begins TRANSACTION
    stls,         // AUTHORIZATION; behind its +OK begins TLS
    utf8,         // AUTHORIZATION; behind its +OK texts and messages are in UTF-8
    before_login, // AUTHORIZATION
    anywhere,     // AUTHORIZATION and TRANSACTION
    work,         // TRANSACTION
    quit,         // AUTHORIZATION and TRANSACTION; ends the session
};

} // namespace mailwire::pop3
