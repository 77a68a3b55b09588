// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/response.hpp"

// RFC 9051 9: commands about the session, and the lines that follow two of them.
namespace mailwire::imap::grammar {

// auth-type = atom
struct auth_type : detail::same_as<atom> {};

// initial-resp = (base64 / "=")
// PEG: a base64 of no octets is what "=" stands for; a space with nothing behind it is none.
struct initial_resp : tok<token_kind::raw, sor<ch<'='>, seq<at<one_of<base64_char>>, base64>>> {};

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
// PEG: the slot takes the word, and each line that follows is a unit of its own: authenticate_line.
struct authenticate : seq<sp, auth_type, maybe<seq<sp, initial_resp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
};

// A line of a client while AUTHENTICATE goes on: base64, or the "*" of RFC 9051 6.2.2 that cancels.
struct authenticate_line : seq<tok<token_kind::raw, sor<ch<'*'>, base64>>, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
};

// enable = "ENABLE" 1*(SP capability)
// PEG: the slot takes the word.
struct enable : list_tok<plus<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.1";
};

// enable-data = "ENABLED" *(SP capability)
// PEG: the slot takes the word.
struct enable_data : list_tok<star<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 7.2.1";
};

// idle = "IDLE" CRLF "DONE"
// PEG: the slot takes the word "IDLE"; the line that ends it is a unit of its own.
struct idle_done : seq<kw<"DONE">, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.13";
};

// password = astring
struct password : detail::same_as<astring> {};

// userid = astring
struct userid : detail::same_as<astring> {};

// login = "LOGIN" SP userid SP password
// PEG: the slot takes the word.
struct login : seq<sp, userid, sp, password> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.3";
};

} // namespace mailwire::imap::grammar
