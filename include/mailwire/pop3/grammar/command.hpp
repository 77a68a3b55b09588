// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/pop3/grammar/slots.hpp"

// What a client sends. RFC 1939 has the commands in prose, so that all of their ABNF is ours.
namespace mailwire::pop3::grammar {

// Prose: RFC 1939 5, RETR and DELE.
//   message-argument = SP msg
struct message_argument : seq<sp, tok<token_kind::number, msg>> {};

// Prose: RFC 1939 5 and 7, LIST and UIDL.
//   optional-message = [SP msg]
struct optional_message : sor<message_argument, absent_tok> {};

// Prose: RFC 1939 7, TOP; both arguments are required.
//   top-arguments = SP msg SP count
struct top_arguments : seq<message_argument, sp, tok<token_kind::number, count>> {};

// Prose: RFC 1939 7, USER: "a string identifying a mailbox".
//   name = param
struct name : param {};
struct user_argument : seq<sp, tok<token_kind::raw, name>> {};

// Prose: RFC 1939 7, PASS: the one argument, whose spaces "may be treated as part of the password". They all are.
//   password = 1*(VCHAR / SP)
struct password : octets_of<vchar | octets(" ")> {};
struct pass_argument : seq<sp, tok<token_kind::raw, password>> {};

// Prose: RFC 1939 7, APOP: "a 16-octet value which is sent in hexadecimal format, using lower-case ASCII characters".
//   digest = 32(DIGIT / %x61-66)
struct digest : exactly_of<digit | octet_range('a', 'f'), 32> {};
struct apop_arguments : seq<sp, tok<token_kind::raw, name>, sp, tok<token_kind::raw, digest>> {};

// auth-command     = "AUTH" SP sasl-mech [SP initial-response] *(CRLF [base64]) [CRLF cancel-response] CRLF
// initial-response = base64 / "=" ; RFC 5034 5
// The lines behind the first one are client_response and cancel_response.
// Quirk: auth_without_mechanism.
struct initial_response : sor<base64, ch<'='>> {};
struct auth_arguments
    : sor<seq<sp, tok<token_kind::atom, sasl_mech>, sor<seq<sp, tok<token_kind::raw, initial_response>>, absent_tok>>,
          quirk<quirks::auth_without_mechanism, seq<absent_tok, absent_tok>>> {};

// A line of the client in a SASL exchange: [base64] CRLF, or "*" CRLF which cancels it.
struct cancel_response : tok<token_kind::nil, ch<'*'>> {};
struct client_response : seq<sor<cancel_response, tok<token_kind::raw, base64>, absent_tok>, crlf, at_end> {};

// Prose: RFC 6856 3, LANG.
//   lang-argument = [SP lang-range]
struct lang_argument : sor<seq<sp, tok<token_kind::raw, lang_range>>, absent_tok> {};

// command = keyword *(SP param) CRLF ; 255 octets maximum
// The arguments of each keyword are the tail beside its struct in model/.
struct command : seq<slot_rule<slot::command>, crlf, at_end> {};

} // namespace mailwire::pop3::grammar
