// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/response.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using namespace std::string_view_literals;

// B5-1 to B5-4, B5-15
TEST(response, status_responses) {
    test::good_responses({
        {"B5-2", "* OK x\r\n"},
        {"B5-2", "* no Disk is 98% full\r\n", "* NO Disk is 98% full\r\n"},
        {"B5-2", "* BAD x\r\n"},
        {"B5-3", "a1 OK done\r\n"},
        {"B5-3", "A.1-x] NO x\r\n"},
        {"B5-3", "a1 BAD No such command as \"BLURDYBLOOP\"\r\n"},
        {"B5-4", "* BYE Autologout; idle for too long\r\n"},
        {"L-5", "* OK \xd0\xbc\xd0\xb0\r\n"},
        {"A4", "* OK hello {5}\r\n"},
        {"A4", "A1 NO [ALERT] no mailbox \"x {30}\r\n"},
        {"A5", "* NO foo {10}\r\n"},
        {"A19", "* OK OK\r\n"},
        {"A19", "* OKAY 1\r\n"}, // data that nobody knows
        {"A19", "* NOOP\r\n"},
        {"B5-15", "+ Ready for additional command text\r\n"},
        {"B5-15", "+ YGgGCSqGSIb3EgECAgIA\r\n"},
        {"B5-15", "+ \r\n"},
        {"A4", "+ x {3}\r\n"},
        {"P9", "* OK \r\n", "* OK -\r\n", true},
        {"P9", "* OK\r\n", "* OK -\r\n", true}, // E2
        {"P9", "a1 NO\r\n", "a1 NO -\r\n", true},
    });
    test::bad_responses({
        {"L-30", "* OK x\n", errc::syntax, 6},
        {"L-30", "* OK a\rb\r\n", errc::syntax, 6},
        {"A15", "* OK a\0b\r\n"sv, errc::syntax, 6},
        {"L-5", "* OK \xff\r\n", errc::syntax, 5},
        {"L-3", "a+1 OK x\r\n", errc::syntax, 1},
        {"B5-3", "a1 BYE x\r\n", errc::syntax, 3},
        {"B5-3", "a1 PREAUTH x\r\n", errc::syntax, 3},
        {"B5-3", "a1 FOO x\r\n", errc::syntax, 3},
        {"B5-3", "a1 OKAY x\r\n", errc::syntax, 5},
        {"B5-3", "a1  OK x\r\n", errc::syntax, 3},
        {"B5-15", "+x\r\n", errc::syntax, 1},
        {"P12", "+\r\n", errc::syntax, 1},
        {"P12", "*  OK x\r\n", errc::syntax, 2},
        {"P12", "*\r\n", errc::syntax, 1},
        {"P12", " * OK x\r\n", errc::syntax, 0},
        {"P12", "\r\n", errc::syntax, 0},
    });
}

// P1, A2: a bracket behind the status word opens a code.
TEST(response, response_codes) {
    test::good_responses({
        {"B9-1", "* OK [ALERT] System shutdown in 10 minutes\r\n"},
        {"P9", "* OK [CLOSED]\r\n", "* OK [CLOSED] -\r\n", true},
        {"P9", "* OK [CLOSED] \r\n", "* OK [CLOSED] -\r\n", true},
        {"A2", "* OK [X-FOO] x\r\n"},
        {"A2", "* OK [X-FOO 0 (\"a\" {5}] x\r\n"},
        {"A2", "* OK [UNSEEN/X 5] x\r\n"},
        {"A2", "* OK [ALERTX] x\r\n"},
        {"A2", "a1 NO x [ALERT]\r\n"},
    });
    test::bad_responses({
        {"P1", "* OK [\r\n", errc::syntax, 6},
        {"P1", "* OK [] x\r\n", errc::syntax, 6},
        {"P9", "* OK [CLOSED]x\r\n", errc::syntax, 13},
        {"A2", "* OK [X-FOO \"a]b\"] x\r\n", errc::syntax, 15}, // the first "]" ends the code
        {"P1", "* OK [ALERT x\r\n", errc::syntax, 11},
        {"P1", "* OK [X-FOO x\r\n", errc::syntax, 13},
        {"P1", "* OK [ALERT 5] x\r\n", errc::syntax, 11},
        {"P1", "a1 OK [X-FOO ] x\r\n", errc::syntax, 13},
        {"P2", "* OK [UIDNEXT 0] x\r\n", errc::syntax, 14},
        {"P2", "* OK [UIDNEXT x] x\r\n", errc::syntax, 14},
        {"P2", "* OK [UIDNEXT] x\r\n", errc::syntax, 13},
        {"P2", "* OK [UIDVALIDITY 9877410381] x\r\n", errc::number_too_big, 18}, // D1
    });
}

TEST(response, greetings) {
    test::good_greetings({
        {"B5-1", "* OK ready\r\n"},
        {"B5-1", "* PREAUTH IMAP4rev2 server logged in as Smith\r\n"},
        {"B5-1", "* BYE too many connections\r\n"},
        {"B5-1", "* OK [CAPABILITY IMAP4rev1 IMAP4rev2] {3}\r\n"},
        {"P9", "* BYE\r\n", "* BYE -\r\n", true},
    });
    test::bad_greetings({
        {"B5-1", "* NO x\r\n", errc::syntax, 2},
        {"B5-1", "* BAD x\r\n", errc::syntax, 2},
        {"B5-1", "* CAPABILITY IMAP4rev1\r\n", errc::syntax, 2},
        {"B5-1", "* OKAY\r\n", errc::syntax, 4},
        {"B5-1", "a1 OK x\r\n", errc::syntax, 0},
        {"B5-1", "+ x\r\n", errc::syntax, 0},
        {"B5-1", "+OK ready\r\n", errc::syntax, 0},
        {"B5-1", "* OK x\n", errc::syntax, 6},
    });
    test::bad_responses({{"B5-1", "a PREAUTH x\r\n", errc::syntax, 2}, {"B5-1", "* PREAUTH x\r\n", errc::syntax, 2}});
}

// What nobody knows is passed on as it came, with its literals, and nothing of it is judged.
TEST(response, unknown_data) {
    test::good_responses({
        {"ST-45", "* X-FOO\r\n"},
        {"ST-45", "* X-FOO a (b \"c\r\n"},
        {"ST-45", "* X-FOO ({3}\r\n)\r\n {0}\r\n)\r\n"},
        {"ST-45", "* 5 X-FOO\r\n"},
        {"ST-45", "* 5 X-FOO (a {3}\r\na\nb)\r\n"},
        {"ST-45", "* X {1}\r\na\r\n"},
        {"ST-45", "* 1 FETCH (X-GM-LABELS (\\Inbox \"a b\" {1}\r\n() UID 5)\r\n"},
        {"ST-45", "* 1 FETCH (X-NEW ~{2}\r\n\0x UID 5)\r\n"sv},
    });
    test::bad_responses({
        {"ST-45", "* (a)\r\n", errc::syntax, 2},
        {"ST-45", "* \"X\" a\r\n", errc::syntax, 2},
        {"B5", "* -1 EXISTS\r\n", errc::syntax, 2},
        {"B5", "* 0 X-FOO\r\n", errc::syntax, 4},
    });
}

// P9, E2: where the ABNF is taken by its letter, a space and a text are wanted, or a text that is empty (RFC 9051), or
// one that is not (RFC 3501).
TEST(response, texts_by_the_letter) {
    const dialect letter{.forms = ~forms::no_text};
    test::good_responses({{"E2", "* OK \r\n", "* OK -\r\n", true},
                          {"E2", "* OK [CLOSED] \r\n", "* OK [CLOSED] -\r\n", true},
                          {"E2", "+ \r\n"}},
                         letter);
    test::good_greetings({{"E2", "* BYE \r\n", "* BYE -\r\n", true}}, letter);
    test::bad_responses({{"E2", "* OK\r\n", errc::syntax, 4},
                         {"E2", "a NO\r\n", errc::syntax, 4},
                         {"E2", "* BYE\r\n", errc::syntax, 5},
                         {"E2", "* OK [CLOSED]\r\n", errc::syntax, 13}},
                        letter);
    const dialect rev1{.forms = ~(forms::no_text | forms::rev2)};
    test::good_responses({{"E2", "* OK x\r\n"}, {"E2", "* OK [CLOSED] x\r\n"}, {"E2", "+ \r\n"}}, rev1);
    test::bad_responses({{"E2", "* OK \r\n", errc::syntax, 5},
                         {"E2", "a OK [READ-WRITE] \r\n", errc::syntax, 18},
                         {"E2", "a NO\r\n", errc::syntax, 4}},
                        rev1);
    test::bad_greetings({{"E2", "* BYE \r\n", errc::syntax, 6}}, rev1);
    const dialect lenient{.forms = ~forms::rev2};
    test::good_responses({{"E2", "* OK \r\n", "* OK -\r\n", true}, {"E2", "* OK\r\n", "* OK -\r\n", true}}, lenient);
}

// P12, quirks::bare_continuation and quirks::trailing_space
TEST(response, quirks) {
    struct {
        std::string_view wire;
        std::uint32_t quirk;
        std::uint64_t refused_at;
    } const rows[] = {
        {"+\r\n", quirks::bare_continuation, 1},
        {"* SEARCH \r\n", quirks::trailing_space, 9},
        {"* SEARCH 1 2 \r\n", quirks::trailing_space, 13},
        {"* ESEARCH (TAG \"a\") \r\n", quirks::trailing_space, 20},
        {"* FLAGS (\\Seen) \r\n", quirks::trailing_space, 15},
        {"* 3 EXISTS \r\n", quirks::trailing_space, 10},
        {"* 1 FETCH (UID 1) \r\n", quirks::trailing_space, 17},
        {"* CAPABILITY IMAP4rev1 \r\n", quirks::trailing_space, 23},
        {"* STATUS x (SIZE 5) \r\n", quirks::trailing_space, 19},
        {"* LIST () \"/\" x \r\n", quirks::trailing_space, 16},
    };
    token tape[64];
    for (const auto& row : rows) {
        SCOPED_TRACE(row.wire);
        test::bad_responses({{"P12", row.wire, errc::syntax, row.refused_at}}, {.quirks = ~row.quirk});
        parse_options options;
        options.dialect.quirks = quirks::of_servers;
        const auto read = parse_response(row.wire, tape, options);
        EXPECT_TRUE(read);
        EXPECT_EQ(read.quirks, row.quirk);
    }
    parse_options options;
    options.dialect.quirks = quirks::of_servers;
    EXPECT_EQ(parse_response("+ \r\n", tape, options).quirks, 0U);
    EXPECT_EQ(parse_response("+\r\n", tape, options).value.continuation(), "");
    EXPECT_EQ(parse_response("* 3 EXISTS\r\n", tape, options).quirks, 0U);
    test::bad_responses({{"P12", "* 3 EXISTS  \r\n", errc::syntax, 11}, {"P12", "+x\r\n", errc::syntax, 1}},
                        options.dialect);
}

// UTF-8 is for those who have agreed on it.
TEST(response, seven_bit_only) {
    const dialect rules{.utf8 = false};
    test::good_responses({{"A8", "* OK x\r\n"}, {"A8", "* LIST () \"/\" {2}\r\n\xd0\xbc\r\n"}}, rules);
    test::bad_responses(
        {{"A8", "* OK \xd0\xbc\r\n", errc::syntax, 5}, {"A8", "* LIST () \"/\" \"\xd0\xbc\"\r\n", errc::syntax, 15}},
        rules);
}

} // namespace
} // namespace mailwire::imap::grammar
