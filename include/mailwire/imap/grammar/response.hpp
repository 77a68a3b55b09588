// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: what a server sends.
namespace mailwire::imap::grammar {

// capability = ("AUTH=" auth-type) / atom
struct capability : atom {};

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
struct msg_att : list_tok<seq<lp, separated<slot_rule<slot::msg_att>, sp>, rp>> {
    using island = void;
};

// resp-text = ["[" resp-text-code "]" SP] [text]
// A text that begins with "[" is a code. What follows it may be missing, the space too: examples of RFC 9051 and
// RFC 5530 ("[CLOSED]") end at the bracket.
struct resp_text : sor<seq<ch<'['>, slot_rule<slot::resp_text_code>, ch<']'>, sor<seq<sp, maybe<text>>, absent_tok>>,
                       seq<not_at<ch<'['>>, absent_tok, maybe<text>>> {
    using island = void;
};

struct status_word : sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">, keyword<"BYE">, keyword<"PREAUTH">> {};

// What follows a status word: SP resp-text, or nothing at all.
struct status_rest : sor<seq<sp, resp_text>, seq<at<crlf>, absent_tok, absent_tok>> {};

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
struct resp_cond_state : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">>>, status_rest> {};

// resp-cond-bye = "BYE" SP resp-text
struct resp_cond_bye : seq<tok<token_kind::raw, keyword<"BYE">>, status_rest> {};

// resp-cond-auth = ("OK" / "PREAUTH") SP resp-text
struct resp_cond_auth : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"PREAUTH">>>, status_rest> {};

// continue-req = "+" SP (resp-text / base64) CRLF
// What the text means is for whoever waits for it: base64 is a text as well.
struct continue_req : seq<ch<'+'>, sp, maybe<text>, crlf> {};

// response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data /
//                 enable-data) CRLF
// PEG: what begins with a digit is asked first, and of that FETCH, of which there is most; a status word is never the name of data that nobody knows.
struct response_data
    : seq<ch<'*'>, sp,
          sor<seq<at<one_of<digit>>, sor<slot_rule<slot::message_data>, slot_rule<slot::counted_data>>>,
              seq<not_at<one_of<digit>>,
                  sor<resp_cond_state, resp_cond_bye, seq<not_at<status_word>, slot_rule<slot::response_data>>>>>,
          crlf> {};

// response-tagged = tag SP resp-cond-state CRLF
struct response_tagged : seq<tag, sp, resp_cond_state, crlf> {};

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
struct greeting : seq<ch<'*'>, sp, sor<resp_cond_auth, resp_cond_bye>, crlf, at_end> {};

// response = *(continue-req / response-data) response-done
// One unit at a time: which of the three it is shows in its first octet.
struct response : seq<sor<response_data, continue_req, response_tagged>, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar
