// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/explain.hpp"

#include "imap/explain_rows.hpp"
#include "mailwire/imap/framer.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Limits, and that an explanation is always of the fault that the parse has found.
namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

std::string explained(std::string_view unit, const parse_options& options = {}) {
    return test::sentence_of(explain_response(unit, options));
}

std::string repeated(std::size_t times, std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i != times; ++i)
        result += text;
    return result;
}

TEST(explain, limits) {
    EXPECT_EQ(explained("* 1 FETCH (BODYSTRUCTURE " + repeated(65, "(") + "\r\n"),
              "offset 89: too deep: 65 levels, at most 64 in body (RFC 9051 7.5.2)");
    parse_options few_literals;
    few_literals.dialect.most_literals = 1;
    EXPECT_EQ(explained("* LIST () {1}\r\n/ {1}\r\nx\r\n"), "offset 10: syntax: expected DQUOTE or \"NIL\" in "
                                                            "mailbox-list (RFC 9051 7.3.1)");
    EXPECT_EQ(explained("* 1 FETCH (BODY[1] {1}\r\na BODY[2] {1}\r\nb)\r\n", few_literals),
              "offset 34: too many literals: 2 literals, at most 1 in BODY[] of msg-att (RFC 9051 7.5.2)");
    parse_options revision_1;
    revision_1.dialect.forms = ~forms::rev2;
    EXPECT_EQ(explained("* 1 FETCH (BODY[] {4294967296}\r\n", revision_1),
              "offset 18: number too big: 4294967296, at most 4294967295 in BODY[] of msg-att (RFC 9051 7.5.2)");
    parse_options no_utf8;
    no_utf8.dialect.utf8 = false;
    EXPECT_EQ(explained("* LIST () NIL \"\xc3\xa4\"\r\n", no_utf8),
              "offset 15: syntax: UTF-8 that is not agreed on in quoted (RFC 9051 4.3)");
    const std::string_view endless("", std::size_t{token::max_size} + 1);
    EXPECT_EQ(explained(endless), "offset 268435455: unit too long: 268435456 octets, at most 268435455");
}

// What a framer refuses has no rule.
TEST(explain, framing) {
    framer bare(side::server);
    const frame line = bare.scan("* OK hi\n");
    ASSERT_EQ(line.kind, frame_kind::bare_line_feed);
    EXPECT_EQ(test::sentence_of({.error = {errc::bare_line_feed, line.size - 1}}),
              "offset 7: bare line feed: LF without CR before it");
    std::vector<token> tape(1);
    EXPECT_EQ(test::sentence_of({.error = parse_response("* 1 FETCH (UID 5)\r\n", tape).error}),
              "offset 0: tape full: 5 fields, room for 1");
}

TEST(explain, units_without_fault) {
    EXPECT_FALSE(explain_response("* 1 FETCH (UID 5)\r\n"));
    EXPECT_FALSE(explain_greeting("* OK hi\r\n"));
    EXPECT_FALSE(explain_command("a1 NOOP\r\n"));
    EXPECT_EQ(explained("* 1 FETCH (UID 5)\r\n"), "no fault");
}

// Whatever octet of a unit is missing or another one.
TEST(explain, agrees_with_the_parse) {
    const std::string_view units[] = {
        "* 12 FETCH (FLAGS (\\Seen $Junk) UID 7 BODY[1.2.HEADER.FIELDS (To)]<5> {3}\r\nabc)\r\n",
        "* 1 FETCH (ENVELOPE (\"a\" NIL ((NIL NIL \"b\" \"c\")) NIL NIL NIL NIL NIL \"\\\"\" NIL))\r\n",
        "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"A\" \"B\") NIL NIL \"7BIT\" 5 3 NIL (\"X\" NIL)))\r\n",
        "* LIST (\\HasChildren \\Marked) \"/\" \"a b\" (\"OLDNAME\" (\"x\"))\r\n",
        "* OK [COPYUID 1 1:3,5 7:9,11] done\r\n",
    };
    for (const std::string_view unit : units) {
        for (std::size_t i = 0; i != unit.size(); ++i) {
            for (const std::string_view other :
                 {""sv, " "sv, "("sv, ")"sv, "\""sv, "0"sv, "\xff"sv, "\0"sv, "\r\n"sv}) {
                const std::string changed = std::string(unit.substr(0, i)).append(other).append(unit.substr(i + 1));
                std::vector<token> tape(changed.size() + 16);
                const error fault = parse_response(changed, tape).error;
                const explanation why = explain_response(changed);
                EXPECT_EQ(why.error.code, fault.code) << test::spelled(changed);
                EXPECT_EQ(why.error.offset, fault.offset) << test::spelled(changed);
                const bool says_something = !why.expected.empty() || !why.wrong.empty();
                EXPECT_EQ(says_something, fault.code == errc::syntax) << test::spelled(changed);
            }
        }
    }
}

// A program that speaks less expects less.
struct only_uids : profile<fetch_data, uid, flags> {};

TEST(explain, own_profiles) {
    EXPECT_EQ(test::sentence_of(explain_response<only_uids>("* 1 FETCH (UID 0)\r\n")),
              "offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)");
}

} // namespace
} // namespace mailwire::imap
