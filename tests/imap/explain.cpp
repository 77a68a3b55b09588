// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/explain.hpp"

#include "imap/explain_rows.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string_view>

// What a person reads about a unit that was refused.
namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;
using test::explained_row;

void expect_responses(std::initializer_list<explained_row> rows, const parse_options& options = {}) {
    for (const explained_row& row : rows) {
        test::expect_explained(
            row, [&](std::string_view unit) { return explain_response(unit, options); },
            [&](std::string_view unit, std::span<token> tape) { return parse_response(unit, tape, options); });
    }
}

void expect_greetings(std::initializer_list<explained_row> rows, const parse_options& options = {}) {
    for (const explained_row& row : rows) {
        test::expect_explained(
            row, [&](std::string_view unit) { return explain_greeting(unit, options); },
            [&](std::string_view unit, std::span<token> tape) { return parse_greeting(unit, tape, options); });
    }
}

TEST(explain, fetch) {
    expect_responses({
        {"FETCH", "* 1 FETCH FLAGS ()\r\n"sv,
         "offset 10: syntax: expected msg-att in FETCH of message-data (RFC 9051 7.5.2)"},
        {"FETCH", "* 1 FETCH ()\r\n"sv,
         "offset 11: syntax: expected msg-att-static or msg-att-dynamic in msg-att (RFC 9051 7.5.2)"},
        {"FETCH", "* 1 FETCH (RFC822.SIZE 1024 )\r\n"sv,
         "offset 28: syntax: expected msg-att-static or msg-att-dynamic in msg-att (RFC 9051 7.5.2)"},
        {"FETCH", "* 1 FETCH (FLAGS () FLAGS)\r\n"sv,
         "offset 25: syntax: expected SP in FLAGS of msg-att (RFC 9051 7.5.2)"},
        {"FETCH", "* 1 FETCH (X-FOO)\r\n"sv, "offset 16: syntax: expected SP in msg-att (RFC 9051 7.5.2)"},
        {"UID", "* 1 FETCH (UID 0)\r\n"sv, "offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)"},
        {"B5", "* 1 FETCH (UID 4294967296)\r\n"sv,
         "offset 15: number too big: 4294967296, at most 4294967295 in UID of msg-att (RFC 9051 7.5.2)"},
        {"FLAGS", "* 1 FETCH (FLAGS (\\Seen)X)\r\n"sv,
         "offset 24: syntax: expected SP or \")\" in msg-att (RFC 9051 7.5.2)"},
        {"FLAGS", "* 1 FETCH (FLAGS (\\Seen \r\n"sv,
         "offset 24: syntax: expected flag-fetch in FLAGS of msg-att (RFC 9051 7.5.2)"},
        {"FLAGS", "* 1 FETCH (FLAGS \\Seen)\r\n"sv,
         "offset 17: syntax: expected \"(\" in FLAGS of msg-att (RFC 9051 7.5.2)"},
        {"date-time", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 2:44:25 -0700\")\r\n"sv,
         "offset 38: syntax: expected DIGIT in time (RFC 9051 7.5.2)"},
        {"date-time", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 0700\")\r\n"sv,
         "offset 46: syntax: expected zone in date-time (RFC 9051 7.5.2)"},
        {"date-time", "* 1 FETCH (INTERNALDATE \"17-July-1996 02:44:25 -0700\")\r\n"sv,
         "offset 31: syntax: expected \"-\" in date-time (RFC 9051 7.5.2)"},
        {"B11", "* 1 FETCH (INTERNALDATE \"99-Xxx-99999 99:99:99 +9999\")\r\n"sv,
         "offset 28: syntax: expected date-month in date-time (RFC 9051 7.5.2)"},
        {"section", "* 1 FETCH (BODY[TEXT {3}\r\nabc)\r\n"sv,
         "offset 20: syntax: expected \"]\" in section (RFC 9051 6.4.5.1)"},
        {"section", "* 1 FETCH (BODY[FOO] NIL)\r\n"sv,
         "offset 16: syntax: expected section-spec or \"]\" in section (RFC 9051 6.4.5.1)"},
        {"section", "* 1 FETCH (BODY[1.] NIL)\r\n"sv,
         "offset 18: syntax: expected nz-number or section-text in section-spec (RFC 9051 6.4.5.1)"},
        {"literal", "* 1 FETCH (BODY[] {9}\r\nab)\r\n"sv,
         "offset 28: syntax: fewer octets than announced in literal (RFC 9051 4.3)"},
        {"A14", "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n"sv,
         "offset 20: syntax: \"+\" from a server in literal (RFC 9051 4.3)"},
        {"A13", "* 1 FETCH (BODY[] {}\r\n)\r\n"sv, "offset 19: syntax: expected number64 in literal (RFC 9051 4.3)"},
        {"A13", "* 1 FETCH (BODY[] {3}abc)\r\n"sv, "offset 21: syntax: expected CRLF in literal (RFC 9051 4.3)"},
        {"A13", "* 1 FETCH (BODY[] {3\r\nabc)\r\n"sv, "offset 20: syntax: expected \"}\" in literal (RFC 9051 4.3)"},
        {"B1", "* 1 FETCH (BODY[] {9223372036854775808}\r\n"sv,
         "offset 18: number too big: 9223372036854775808, at most 9223372036854775807 in BODY[] of msg-att (RFC 9051 "
         "7.5.2)"},
        {"B1", "* 1 FETCH (BODY[] {99999999999999999999}\r\n"sv,
         "offset 18: number too big: 18446744073709551615 or more, at most 9223372036854775807 in BODY[] of msg-att "
         "(RFC 9051 7.5.2)"},
        {"A15", "* 1 FETCH (BODY[] {3}\r\na\0b)\r\n"sv, "offset 24: syntax: NUL in literal (RFC 9051 4.3)"},
        {"envelope", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 56: syntax: expected SP in envelope (RFC 9051 7.5.2)"},
        {"envelope", "* 1 FETCH (ENVELOPE (\"a\" x NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 25: syntax: expected env-subject in envelope (RFC 9051 7.5.2)"},
        {"envelope", "* 1 FETCH (ENVELOPE (\"a\" NILS NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 28: syntax: expected the end of \"NIL\" in nstring (RFC 9051 7.5.2)"},
        {"env-from", "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 30: syntax: expected address in env-from (RFC 9051 7.5.2)"},
        {"address", "* 1 FETCH (ENVELOPE (\"a\" NIL ((NIL NIL \"joe\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 44: syntax: expected SP in address (RFC 9051 7.5.2)"},
        {"A16", "* 1 FETCH (ENVELOPE (\"a\\b\" NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 24: syntax: expected quoted-specials behind \"\\\" in quoted (RFC 9051 4.3)"},
        {"D2", "* 1 FETCH (ENVELOPE (\"a\xc0\x80\" NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"sv,
         "offset 23: syntax: octets that are no UTF-8 in quoted (RFC 9051 4.3)"},
        {"body", "* 1 FETCH (BODY \"x\")\r\n"sv,
         "offset 16: syntax: expected body in BODY of msg-att (RFC 9051 7.5.2)"},
        {"body", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" x 3))\r\n"sv,
         "offset 60: syntax: expected body-fld-octets in body-fields (RFC 9051 7.5.2)"},
        {"body", "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"CHARSET\") NIL NIL \"7BIT\" 5 3))\r\n"sv,
         "offset 51: syntax: expected SP in body-fld-param (RFC 9051 7.5.2)"},
        {"body", "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 3)))\r\n"sv,
         "offset 65: syntax: expected body or SP in body-type-mpart (RFC 9051 7.5.2)"},
    });
}

TEST(explain, data) {
    expect_responses({
        {"status", "* STATUS (MESSAGES 3)\r\n"sv,
         "offset 9: syntax: expected mailbox in STATUS of response-data (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX MESSAGES 3\r\n"sv,
         "offset 15: syntax: expected \"(\" in STATUS of response-data (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX (MESSAGES)\r\n"sv,
         "offset 24: syntax: expected SP in MESSAGES of status-att-val (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX (MESSAGES x)\r\n"sv,
         "offset 25: syntax: expected number in MESSAGES of status-att-val (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX (UIDNEXT 0)\r\n"sv,
         "offset 24: syntax: expected nz-number in UIDNEXT of status-att-val (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX (UIDNEXT 5,UNSEEN 2)\r\n"sv,
         "offset 25: syntax: expected SP or \")\" in STATUS of response-data (RFC 9051 7.3.4)"},
        {"status", "* STATUS INBOX (MESSAGES 3) x\r\n"sv,
         "offset 27: syntax: expected CRLF in response-data (RFC 9051 7)"},
        {"flags", "* FLAGS \\Seen\r\n"sv,
         "offset 8: syntax: expected flag-list in FLAGS of response-data (RFC 9051 7.3.5)"},
        {"flags", "* FLAGS (\\Seen $Junk\r\n"sv,
         "offset 20: syntax: expected SP or \")\" in flag-list (RFC 9051 7.3.5)"},
        {"flags", "* FLAGS (\\Seen  \\Draft)\r\n"sv, "offset 15: syntax: expected flag in flag-list (RFC 9051 7.3.5)"},
        {"flags", "* FLAGS (\\Recent)\r\n"sv, "offset 9: syntax: expected flag or \")\" in flag-list (RFC 9051 7.3.5)"},
        {"flags", "* FLAGS (a]b)\r\n"sv, "offset 10: syntax: expected SP or \")\" in flag-list (RFC 9051 7.3.5)"},
        {"list", "* LIST () / INBOX\r\n"sv,
         "offset 10: syntax: expected DQUOTE or \"NIL\" in mailbox-list (RFC 9051 7.3.1)"},
        {"list", "* LIST () \"//\" INBOX\r\n"sv, "offset 12: syntax: expected DQUOTE in mailbox-list (RFC 9051 7.3.1)"},
        {"list", "* LIST () \"/\" \"INBOX\r\n"sv, "offset 20: syntax: expected DQUOTE in quoted (RFC 9051 4.3)"},
        {"list", "* LIST (\\HasChildren \\HasNoChildren) \"/\" x\r\n"sv,
         "offset 35: syntax: attributes that exclude each other in mbx-list-flags (RFC 9051 7.3.1)"},
        {"capability", "* CAPABILITY\r\n"sv, "offset 12: syntax: expected SP in capability-data (RFC 9051 7.2.2)"},
        {"capability", "* CAPABILITY  IMAP4rev2\r\n"sv,
         "offset 13: syntax: expected capability in capability-data (RFC 9051 7.2.2)"},
        {"counts", "* 4294967296 EXISTS\r\n"sv,
         "offset 2: number too big: 4294967296, at most 4294967295 in response-data (RFC 9051 7)"},
        {"counts", "* 0 EXPUNGE\r\n"sv,
         "offset 4: syntax: expected \"EXISTS\" or \"RECENT\" in response-data (RFC 9051 7)"},
        {"counts", "* 1EXISTS\r\n"sv, "offset 3: syntax: expected SP in response-data (RFC 9051 7)"},
        {"counts", "* 1 EXISTS x\r\n"sv, "offset 10: syntax: expected CRLF in response-data (RFC 9051 7)"},
        {"B5", "* -1 EXISTS\r\n"sv,
         "offset 2: syntax: expected \"OK\", \"NO\", \"BAD\", mailbox-data or \"BYE\" in response (RFC 9051 9)"},
        {"search", "* SEARCH 1,2\r\n"sv, "offset 10: syntax: expected SP or CRLF in response-data (RFC 9051 7)"},
        {"search", "* SEARCH 1 4294967296\r\n"sv,
         "offset 11: number too big: 4294967296, at most 4294967295 in obsolete-search-response (RFC 3501 7.2.5)"},
    });
}

TEST(explain, codes_and_texts) {
    expect_responses({
        {"D1", "* OK [UIDVALIDITY 9877410381] x\r\n"sv,
         "offset 18: number too big: 9877410381, at most 4294967295 in UIDVALIDITY of resp-text-code (RFC 9051 7.1)"},
        {"code", "* OK [UIDVALIDITY 99999999999999999999999] x\r\n"sv,
         "offset 18: number too big: 18446744073709551615 or more, at most 4294967295 in UIDVALIDITY of resp-text-code "
         "(RFC 9051 7.1)"},
        {"code", "* OK [UIDNEXT 0] x\r\n"sv,
         "offset 14: syntax: expected nz-number in UIDNEXT of resp-text-code (RFC 9051 7.1)"},
        {"code", "* OK [UIDNEXT 4 x\r\n"sv, "offset 15: syntax: expected \"]\" in resp-text (RFC 9051 7.1)"},
        {"D20", "* OK [PERMANENTFLAGS \\Seen] x\r\n"sv,
         "offset 21: syntax: expected \"(\" in PERMANENTFLAGS of resp-text-code (RFC 9051 7.1)"},
        {"code", "* OK [COPYUID 1 1:* 2] x\r\n"sv, "offset 18: syntax: expected uniqueid in uid-range (RFC 9051 7.1)"},
        {"code", "* OK [BADCHARSET (utf-8] x\r\n"sv,
         "offset 23: syntax: expected SP or \")\" in BADCHARSET of resp-text-code (RFC 9051 7.1)"},
        {"code", "* OK [CAPABILITY] x\r\n"sv, "offset 16: syntax: expected SP in capability-data (RFC 9051 7.2.2)"},
        {"code", "* OK [] x\r\n"sv, "offset 6: syntax: expected resp-text-code in resp-text (RFC 9051 7.1)"},
        {"text", "* OK a\0b\r\n"sv, "offset 6: syntax: expected CRLF in response-data (RFC 9051 7)"},
        {"text", "* OK a\xc3(\r\n"sv, "offset 6: syntax: octets that are no UTF-8 in text (RFC 9051 7.1)"},
        {"tagged", "a1 YES done\r\n"sv,
         "offset 3: syntax: expected \"OK\", \"NO\" or \"BAD\" in response-tagged (RFC 9051 7.1)"},
        {"tagged", "a1 OKAY done\r\n"sv,
         "offset 5: syntax: expected the end of \"OK\" in resp-cond-state (RFC 9051 7.1)"},
        {"tagged", "a(1 OK done\r\n"sv, "offset 1: syntax: expected SP in response-tagged (RFC 9051 7.1)"},
        {"A8", "a1 OK done\n"sv, "offset 10: syntax: expected CRLF in response-tagged (RFC 9051 7.1)"},
        {"continue", "+\r\n"sv, "offset 1: syntax: expected SP in continue-req (RFC 9051 7.6)"},
        {"unit", "* OK x\r\n* NO y\r\n"sv, "offset 8: syntax: expected the end of the unit in response (RFC 9051 9)"},
        {"unit", ")\r\n"sv,
         "offset 0: syntax: expected response-data, continue-req or response-done in response (RFC 9051 9)"},
    });
}

TEST(explain, greetings) {
    expect_greetings({
        {"greeting", "HELLO\r\n"sv, "offset 0: syntax: expected \"*\" in greeting (RFC 9051 7.1)"},
        {"greeting", "* NO hi\r\n"sv,
         "offset 2: syntax: expected \"OK\", \"PREAUTH\" or \"BYE\" in greeting (RFC 9051 7.1)"},
        {"greeting", "* PREAUTHX hi\r\n"sv,
         "offset 9: syntax: expected the end of \"PREAUTH\" in resp-cond-auth (RFC 9051 7.1)"},
        {"greeting", "* 1 EXISTS\r\n"sv,
         "offset 2: syntax: expected \"OK\", \"PREAUTH\" or \"BYE\" in greeting (RFC 9051 7.1)"},
        {"greeting", "* OK [CAPABILITY IMAP4rev2\r\n"sv,
         "offset 26: syntax: expected SP or \"]\" in resp-text (RFC 9051 7.1)"},
    });
}

} // namespace
} // namespace mailwire::imap
