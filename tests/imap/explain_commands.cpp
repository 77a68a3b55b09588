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

void expect_commands(std::initializer_list<explained_row> rows, const parse_options& options = {}) {
    for (const explained_row& row : rows) {
        test::expect_explained(
            row, [&](std::string_view unit) { return explain_command(unit, options); },
            [&](std::string_view unit, std::span<token> tape) { return parse_command(unit, tape, options); });
    }
}

TEST(explain, commands) {
    expect_commands({
        {"command", "a1\r\n"sv, "offset 2: syntax: expected SP in command (RFC 9051 9)"},
        {"command", "a1 \r\n"sv, "offset 3: syntax: expected the name of a command in command (RFC 9051 9)"},
        {"command", "+a NOOP\r\n"sv, "offset 0: syntax: expected tag in command (RFC 9051 9)"},
        {"command", "a1 NOOP \r\n"sv, "offset 7: syntax: expected CRLF in command (RFC 9051 9)"},
        {"A8", "a1 NOOP\n"sv, "offset 7: syntax: expected CRLF in command (RFC 9051 9)"},
        {"login", "a1 LOGIN\r\n"sv, "offset 8: syntax: expected SP in login (RFC 9051 6.2.3)"},
        {"login", "a1 LOGIN joe\r\n"sv, "offset 12: syntax: expected SP in login (RFC 9051 6.2.3)"},
        {"login", "a1 LOGIN joe \r\n"sv, "offset 13: syntax: expected password in login (RFC 9051 6.2.3)"},
        {"login", "a1 LOGIN j(e x\r\n"sv, "offset 10: syntax: expected SP in login (RFC 9051 6.2.3)"},
        {"login", "a1 LOGIN joe pass word\r\n"sv, "offset 17: syntax: expected CRLF in command (RFC 9051 9)"},
        {"A15", "a1 LOGIN \"a\0b\" \"x\"\r\n"sv, "offset 11: syntax: NUL in quoted (RFC 9051 4.3)"},
        {"A16", "a1 LOGIN \"u\\1\" \"pass\"\r\n"sv,
         "offset 12: syntax: expected quoted-specials behind \"\\\" in quoted (RFC 9051 4.3)"},
        {"login", "a1 LOGIN joe {9}\r\nab\r\n"sv,
         "offset 22: syntax: fewer octets than announced in literal (RFC 9051 4.3)"},
        {"A2", "a1 LOGIN joe {4097+}\r\n"sv,
         "offset 13: literal too big: 4097 octets, at most 4096 in login (RFC 9051 6.2.3)"},
        {"A13", "a1 LOGIN {-1}\r\n"sv, "offset 10: syntax: expected number64 in literal (RFC 9051 4.3)"},
        {"select", "a1 SELECT in(box\r\n"sv, "offset 12: syntax: expected SP or CRLF in command (RFC 9051 9)"},
        {"rename", "a1 RENAME a\r\n"sv, "offset 11: syntax: expected SP in rename (RFC 9051 6.3.6)"},
        {"status", "a1 STATUS INBOX MESSAGES\r\n"sv, "offset 16: syntax: expected \"(\" in status (RFC 9051 6.3.11)"},
        {"status", "a1 STATUS INBOX (FOO)\r\n"sv, "offset 17: syntax: expected status-att in status (RFC 9051 6.3.11)"},
        {"append", "a1 APPEND INBOX\r\n"sv, "offset 15: syntax: expected SP in append (RFC 9051 6.3.12)"},
        {"append", "a1 APPEND INBOX hello\r\n"sv,
         "offset 16: syntax: expected flag-list, date-time or literal in append (RFC 9051 6.3.12)"},
        {"append", "a1 APPEND INBOX (\\Recent) {1}\r\nx\r\n"sv,
         "offset 17: syntax: expected flag or \")\" in flag-list (RFC 9051 6.3.12)"},
        {"append", "a1 APPEND INBOX (\\Seen) \"1-Jan-2020 00:00:00 +0000\" {1}\r\nx\r\n"sv,
         "offset 26: syntax: expected DIGIT in date-day-fixed (RFC 9051 6.3.12)"},
        {"append", "a1 APPEND INBOX {1}\r\nxy\r\n"sv, "offset 22: syntax: expected CRLF in command (RFC 9051 9)"},
    });
}

TEST(explain, commands_on_messages) {
    expect_commands({
        {"store", "a1 STORE 0 FLAGS ()\r\n"sv, "offset 9: syntax: expected sequence-set in store (RFC 9051 6.4.6)"},
        {"store", "a1 STORE 1 +FLAG \\Seen\r\n"sv,
         "offset 12: syntax: expected \"FLAGS\" in store-att-flags (RFC 9051 6.4.6)"},
        {"store", "a1 STORE 1 FLAGS.SILEN (\\Seen)\r\n"sv,
         "offset 16: syntax: expected \".SILENT\" or SP in store-att-flags (RFC 9051 6.4.6)"},
        {"B7", "a1 STORE 1, FLAGS ()\r\n"sv,
         "offset 11: syntax: expected seq-range or seq-number in sequence-set (RFC 9051 6.4.6)"},
        {"B7", "a1 STORE 1:2:3 FLAGS ()\r\n"sv, "offset 12: syntax: expected \",\" or SP in store (RFC 9051 6.4.6)"},
        {"fetch", "a1 FETCH 1\r\n"sv, "offset 10: syntax: expected \":\", \",\" or SP in fetch (RFC 9051 6.4.5)"},
        {"fetch", "a1 FETCH 1 FASTER\r\n"sv,
         "offset 15: syntax: expected the end of \"FAST\" in fetch (RFC 9051 6.4.5)"},
        {"fetch", "a1 FETCH 1 FOO\r\n"sv,
         "offset 11: syntax: expected \"(\", \"ALL\", \"FULL\", \"FAST\" or fetch-att in fetch (RFC 9051 6.4.5)"},
        {"fetch", "a1 FETCH 1 (FLAGS FOO)\r\n"sv, "offset 18: syntax: expected fetch-att in fetch (RFC 9051 6.4.5)"},
        {"fetch", "a1 FETCH 1 BODY[HEADER.FIELDS ()]\r\n"sv,
         "offset 31: syntax: expected header-fld-name in header-list (RFC 9051 6.4.5.1)"},
        {"fetch", "a1 FETCH 1 BODY[MIME]\r\n"sv,
         "offset 16: syntax: expected section-spec or \"]\" in section (RFC 9051 6.4.5.1)"},
        {"B9", "a1 FETCH 1 BODY[]<0.0>\r\n"sv, "offset 20: syntax: expected nz-number64 in partial (RFC 9051 6.4.5)"},
        {"B9", "a1 FETCH 1 BODY[]<18446744073709551616.1>\r\n"sv,
         "offset 18: number too big: 18446744073709551615 or more, at most 9223372036854775807 in partial (RFC 9051 "
         "6.4.5)"},
        {"B5", "a1 UID FETCH 01 FLAGS\r\n"sv, "offset 13: syntax: expected sequence-set in fetch (RFC 9051 6.4.5)"},
        {"search", "a1 SEARCH\r\n"sv, "offset 9: syntax: expected SP in search (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH FOO\r\n"sv,
         "offset 10: syntax: expected \"RETURN\", \"CHARSET\" or search-key in search (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH OR SEEN\r\n"sv, "offset 17: syntax: expected SP in OR of search-key (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH (SEEN\r\n"sv, "offset 15: syntax: expected SP or \")\" in search-key (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH HEADER x\r\n"sv,
         "offset 18: syntax: expected SP in HEADER of search-key (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH LARGER big\r\n"sv,
         "offset 17: syntax: expected number64 in LARGER of search-key (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH SINCE 1-Foo-2020\r\n"sv,
         "offset 18: syntax: expected date-month in date-text (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH SINCE 2020-01-01\r\n"sv,
         "offset 18: syntax: expected \"-\" in date-text (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH KEYWORD \\Seen\r\n"sv,
         "offset 18: syntax: expected flag-keyword in KEYWORD of search-key (RFC 9051 6.4.4)"},
        {"search", "a1 SEARCH CHARSET UTF-8\r\n"sv,
         "offset 23: syntax: expected SP in search-program (RFC 9051 6.4.4)"},
    });
}

// What is not in force is said, and not what could stand there otherwise.
TEST(explain, commands_that_are_not_in_force) {
    parse_options revision_2;
    revision_2.dialect.forms = ~forms::rev1;
    expect_commands(
        {{"CHECK", "a1 CHECK\r\n"sv, "offset 8: syntax: only IMAP4rev1 has this in CHECK of command (RFC 3501 6.4.1)"}},
        revision_2);
    parse_options uids_only;
    uids_only.dialect.forms = ~forms::message_numbers;
    expect_commands({{"FETCH", "a1 FETCH 1 FLAGS\r\n"sv,
                      "offset 8: syntax: message numbers are not in force in FETCH of command (RFC 9051 6.4.5)"}},
                    uids_only);
    parse_options synchronizing;
    synchronizing.dialect.literals = literal_form::synchronizing;
    expect_commands({{"literal", "a1 LOGIN joe {3+}\r\nabc\r\n"sv,
                      "offset 15: syntax: \"+\" without LITERAL+ or LITERAL- in literal (RFC 9051 4.3)"}},
                    synchronizing);
}

} // namespace
} // namespace mailwire::imap
