// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/fetch.hpp"
#include "mailwire/imap/grammar/forms.hpp"
#include "mailwire/imap/grammar/quirks.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: what a server sends.
namespace mailwire::imap::grammar {

// capability = ("AUTH=" auth-type) / atom
// PEG: an auth-type is an atom, and so is "AUTH=" with one behind it.
struct capability : atom {};

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
// PEG: the slot takes the word, here and among the codes. Which revision is in it is for the client to judge.
struct capability_data : list_tok<plus<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 7.2.2";
};

// append-uid = uniqueid ; RFC 4315: or a uid-set, where several messages have been appended
struct append_uid : detail::same_as<uid_set> {};

// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
// PEG: the slot takes the word.
struct resp_code_apnd : seq<sp, nz_number, sp, append_uid> {};

// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
// PEG: the slot takes the word.
struct resp_code_copy : seq<sp, nz_number, sp, uid_set, sp, uid_set> {};

namespace detail {

// [text]; RFC 3501 has no brackets there.
struct text_or_none : sor<text, form<forms::rev2 | forms::no_text, absent_tok>> {};

// SP [text] behind a code, or nothing at all: examples of RFC 9051 and RFC 5530 ("[CLOSED]") end at the bracket.
struct text_behind_code : sor<seq<sp, text_or_none>, form<forms::no_text, absent_tok>> {};

// What is never the name of data.
struct status_word : sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">, keyword<"BYE">, keyword<"PREAUTH">> {};

} // namespace detail

// resp-text-code = "ALERT" / ... / atom [SP 1*<any TEXT-CHAR except "]">]
struct resp_text_code : slot_rule<slot::resp_text_code> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// resp-text = ["[" resp-text-code "]" SP] [text]
// PEG: a text that begins with "[" is a code, or it is wrong.
struct resp_text : sor<seq<ch<'['>, resp_text_code, ch<']'>, detail::text_behind_code>,
                       seq<not_at<ch<'['>>, absent_tok, detail::text_or_none>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

namespace detail {

// SP resp-text behind a status word, or nothing at all.
struct behind_status : sor<seq<sp, resp_text>, form<forms::no_text, seq<at<crlf>, absent_tok, absent_tok>>> {};

} // namespace detail

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
struct resp_cond_state
    : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">>>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// resp-cond-bye = "BYE" SP resp-text
struct resp_cond_bye : seq<tok<token_kind::raw, keyword<"BYE">>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1.5";
};

// resp-cond-auth = ("OK" / "PREAUTH") SP resp-text
struct resp_cond_auth : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"PREAUTH">>>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// continue-req = "+" SP (resp-text / base64) CRLF
// PEG: what the text means is for whoever waits for it: a code and base64 are a text as well.
struct continue_req
    : seq<ch<'+'>, sor<seq<sp, maybe<text>>, quirk<quirks::bare_continuation, seq<at<crlf>, absent_tok>>>, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.6";
};

namespace detail {

// mailbox-data / message-data / capability-data / enable-data. What begins with a digit is asked first, and of that
// FETCH, of which there is most; a status word is never the name of data that nobody knows.
struct untagged_data
    : sor<seq<at<one_of<digit>>, sor<slot_rule<slot::message_data>, slot_rule<slot::counted_data>>>,
          seq<not_at<one_of<digit>>, sor<resp_cond_state, seq<not_at<status_word>, slot_rule<slot::response_data>>>>> {
};

} // namespace detail

// response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data /
//                 enable-data) CRLF
// PEG: mailbox-data, message-data and the rest are slots. A resp-cond-bye is read as response-fatal, which is the same
// octets: one unit cannot tell whether another one follows.
struct response_data
    : seq<ch<'*'>, sp, detail::untagged_data, sor<crlf, quirk<quirks::trailing_space, seq<sp, crlf>>>> {
    static constexpr std::string_view rfc = "RFC 9051 7";
};

// response-tagged = tag SP resp-cond-state CRLF
struct response_tagged : seq<tag, sp, resp_cond_state, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// response-fatal = "*" SP resp-cond-bye CRLF
struct response_fatal : seq<ch<'*'>, sp, resp_cond_bye, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.1.5";
};

// response-done = response-tagged / response-fatal
struct response_done : sor<response_tagged, response_fatal> {};

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
struct greeting : seq<ch<'*'>, sp, sor<resp_cond_auth, resp_cond_bye>, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// response = *(continue-req / response-data) response-done
// One unit at a time: which of the three it is shows in its first octets.
struct response : seq<sor<response_data, continue_req, response_done>, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar
