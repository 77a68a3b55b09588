// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/framer.hpp"

#include "support/allocations.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;
using kind = frame_kind;

// The kinds and sizes of the frames of some octets, however they come in.
std::vector<std::pair<kind, std::size_t>> frames(side from, std::string_view octets) {
    std::vector<std::pair<kind, std::size_t>> result;
    for (const auto& f : test::same_frames_in_every_split(from, octets))
        result.emplace_back(f.kind, f.size);
    return result;
}

struct row {
    const char* id;
    std::string_view octets;
    std::vector<std::pair<kind, std::size_t>> frames;
};

TEST(framer, units_of_a_server) {
    const row rows[] = {
        {"FR-1", "* OK x\r\n", {{kind::unit, 8}}},
        {"FR-1", "* OK x\r\n* OK yz\r\n", {{kind::unit, 8}, {kind::unit, 9}}},
        {"FR-1", "* OK x\r", {}},
        {"FR-1", "", {}},
        {"FR-1", "\r\n\r\n", {{kind::unit, 2}, {kind::unit, 2}}},
        {"FR-1", "* 1 FETCH (BODY[] {3}\r\nabc)\r\n", {{kind::literal, 23}, {kind::unit, 29}}},
        {"FR-1", "* 1 FETCH (BODY[] {3}\r\n\r\n\r)\r\n", {{kind::literal, 23}, {kind::unit, 29}}},
        {"FR-1", "* 1 FETCH (BODY[] {3}\r\nab", {{kind::literal, 23}}},
        {"A6",
         "* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})\r\n",
         {{kind::literal, 24}, {kind::literal, 41}, {kind::unit, 47}}},
        {"A6", "* LIST {1}\r\na{1}\r\nb\r\n", {{kind::literal, 12}, {kind::literal, 18}, {kind::unit, 21}}},
        {"A7", "* 1 FETCH (BODY[] {0}\r\n)\r\n", {{kind::literal, 23}, {kind::unit, 26}}},
        {"L-8", "* 1 FETCH (X ~{3}\r\na\0b)\r\n"sv, {{kind::literal, 19}, {kind::unit, 25}}},
        {"A14", "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", {{kind::literal, 24}, {kind::unit, 30}}},
        // A4, A5: text for a person has no literals.
        {"A4",
         "* OK hello {5}\r\n* 3 EXISTS\r\nA1 OK done\r\n",
         {{kind::unit, 16}, {kind::unit, 12}, {kind::unit, 12}}},
        {"A4", "A1 NO [ALERT] no mailbox \"x {30}\r\n", {{kind::unit, 34}}},
        {"A4", "* bye {5}\r\n", {{kind::unit, 11}}},
        {"A4", "* PREAUTH {5}\r\n", {{kind::unit, 15}}},
        {"A4", "+ x {3}\r\n", {{kind::unit, 9}}},
        {"A4", "+{3}\r\n", {{kind::unit, 6}}},
        {"A4", "* OK {5}\r\n", {{kind::unit, 10}}},
        {"A4", "* OK [X-FOO ({5}\r\n", {{kind::unit, 18}}},
        {"A4", "* OKAY {5}\r\nhello\r\n", {{kind::literal, 12}, {kind::unit, 19}}},
        {"A4", "* NO [BADCHARSET ({5}\r\nUTF-8)] x {3}\r\n", {{kind::literal, 23}, {kind::unit, 38}}},
        {"A4", "* NO [BADCHARSET (UTF-8)] x {3}\r\n", {{kind::unit, 33}}},
        {"A5", "* LIST () \"/\" \"a {3}\r\n", {{kind::unit, 22}}},
        {"A5", "* LIST () \"/\" \"a\\\" {3}\r\n", {{kind::unit, 24}}},
        {"A5", "* LIST () \"/\" \"a\\\\\" {3}\r\nabc\r\n", {{kind::literal, 25}, {kind::unit, 30}}},
        {"A5", "* 456 FETCH ((\"fake {50}\" BODY[TEXT]) {5}\r\nhello)\r\n", {{kind::literal, 43}, {kind::unit, 51}}},
        {"A5", "* LIST {1}\r\n\" {1}\r\nx\r\n", {{kind::literal, 12}, {kind::literal, 19}, {kind::unit, 22}}},
        // A13: what is not quite a header is text.
        {"A13", "* X {}\r\n", {{kind::unit, 8}}},
        {"A13", "* X {+}\r\n", {{kind::unit, 9}}},
        {"A13", "* X { 3}\r\n", {{kind::unit, 10}}},
        {"A13", "* X {3 }\r\n", {{kind::unit, 10}}},
        {"A13", "* X {+3}\r\n", {{kind::unit, 10}}},
        {"A13", "* X {3\r\n", {{kind::unit, 8}}},
        {"A13", "* X {-1}\r\n", {{kind::unit, 10}}},
        {"A13", "* X {0x3}\r\n", {{kind::unit, 11}}},
        {"A13", "* X {3}}\r\n", {{kind::unit, 10}}},
        {"A13", "* X {3} \r\n", {{kind::unit, 10}}},
        {"A13", "* X 3}\r\n", {{kind::unit, 8}}},
        {"A13", "{3}\r\nabc\r\n", {{kind::literal, 5}, {kind::unit, 10}}},
        {"A13", "3}\r\n", {{kind::unit, 4}}},
        {"A13", "+}\r\n", {{kind::unit, 4}}},
        {"A13", "}\r\n", {{kind::unit, 3}}},
        // B1: a size no number holds.
        {"B1", "* X {9223372036854775808}\r\nabc\r\n", {{kind::bad_literal, 27}, {kind::unit, 5}}},
        {"B1", "* X {99999999999999999999}\r\nabc\r\n", {{kind::bad_literal, 28}, {kind::unit, 5}}},
        {"B1", "* X {9223372036854775807}\r\nabc\r\n", {{kind::literal, 27}}},
        // L-30: a line that ends without CR, also within a unit.
        {"L-30", "* OK x\n* OK y\r\n", {{kind::bare_line_feed, 7}, {kind::unit, 8}}},
        {"L-30", "\n", {{kind::bare_line_feed, 1}}},
        {"L-30", "* LIST {1}\r\na\n", {{kind::literal, 12}, {kind::bare_line_feed, 14}}},
        {"L-30", "* LIST {1}\r\n\r\n\r\n", {{kind::literal, 12}, {kind::bare_line_feed, 14}, {kind::unit, 2}}},
        {"L-30", "a\rb\r\r\n", {{kind::unit, 6}}},
    };
    for (const auto& r : rows)
        EXPECT_EQ(frames(side::server, r.octets), r.frames) << r.id << ' ' << test::spelled(r.octets);
}

TEST(framer, units_of_a_client) {
    const row rows[] = {
        {"FR-1", "a NOOP\r\nb NOOP\r\n", {{kind::unit, 8}, {kind::unit, 8}}},
        {"FR-18", "a LOGIN {4}\r\nfred {3}\r\nabc\r\n", {{kind::literal, 13}, {kind::literal, 23}, {kind::unit, 28}}},
        {"A7", "a LOGIN {0+}\r\n {0+}\r\n\r\n", {{kind::literal, 14}, {kind::literal, 21}, {kind::unit, 23}}},
        // Text of a status response is the server's alone.
        {"A4", "a OK {3}\r\nabc\r\n", {{kind::literal, 10}, {kind::unit, 15}}},
        {"A4", "+ OK {3}\r\nabc\r\n", {{kind::literal, 10}, {kind::unit, 15}}},
        // FR-8: a literal that is sent unasked is one also where the command is none, so that it smuggles nothing in.
        {"FR-8", "a LOGIN \"x {10+}\r\nb LOGOUT\r\n\r\n\r\n", {{kind::literal, 18}, {kind::unit, 30}, {kind::unit, 2}}},
        {"FR-8", "a X-FOO {10+}\r\nb LOGOUT\r\n\r\n\r\n", {{kind::literal, 15}, {kind::unit, 27}, {kind::unit, 2}}},
        {"FR-2", "a LOGIN \"x {5}\r\n", {{kind::unit, 16}}},
        {"B1", "a LOGIN \"x {99999999999999999999+}\r\n", {{kind::bad_literal, 36}}},
    };
    for (const auto& r : rows)
        EXPECT_EQ(frames(side::client, r.octets), r.frames) << r.id << ' ' << test::spelled(r.octets);
}

TEST(framer, says_what_a_literal_is) {
    struct {
        std::string_view line;
        std::uint64_t octets;
        std::size_t header;
        bool non_synchronizing;
    } const rows[] = {
        {"a APPEND x {310}\r\n", 310, 11, false},
        {"a APPEND x {310+}\r\n", 310, 11, true},
        {"a APPEND x ~{310}\r\n", 310, 11, false},
        {"a APPEND x ~{0+}\r\n", 0, 11, true},
        {"~{9223372036854775807}\r\n", 9223372036854775807U, 0, false},
        {"{007}\r\n", 7, 0, false},
    };
    for (const auto& r : rows) {
        framer f(side::client);
        const frame result = f.scan(r.line);
        EXPECT_EQ(result.kind, kind::literal) << r.line;
        EXPECT_EQ(result.size, r.line.size()) << r.line;
        EXPECT_EQ(result.octets, r.octets) << r.line;
        EXPECT_EQ(result.header, r.header) << r.line;
        EXPECT_EQ(result.non_synchronizing, r.non_synchronizing) << r.line;
        const frame header = framer::header_at_end(r.line);
        EXPECT_EQ(header.kind, kind::literal) << r.line;
        EXPECT_EQ(header.octets, r.octets) << r.line;
        EXPECT_EQ(header.header, r.header) << r.line;
    }
    for (const std::string_view line : {"", "\r\n", "}\r\n", "{}\r\n", "{+}\r\n", "a\r\n", "{3} \r\n"}) {
        EXPECT_EQ(framer::header_at_end(line).kind, kind::unit) << test::spelled(line);
    }
}

TEST(framer, goes_on_behind_a_literal_that_was_taken_out) {
    framer f(side::server);
    std::string unit = "* 1 FETCH (BODY[1] {1000000}\r\n";
    EXPECT_EQ(f.scan(unit).kind, kind::literal);
    f.literal_elided();
    EXPECT_EQ(f.scan(unit).kind, kind::more);
    unit += " BODY[2] {5}\r\n";
    const frame second = f.scan(unit);
    EXPECT_EQ(second.kind, kind::literal);
    EXPECT_EQ(second.header, 39U);
    f.literal_kept(5);
    unit += "abc";
    EXPECT_EQ(f.scan(unit).kind, kind::more);
    unit += "de)\r\n* 2 EXISTS\r\n";
    const frame last = f.scan(unit);
    EXPECT_EQ(last.kind, kind::unit);
    EXPECT_EQ(last.size, unit.size() - 12);
    f.next_unit();
    EXPECT_EQ(f.scan("* 2 EXISTS\r\n").size, 12U);
}

// RFC 9051 6.2.2, 6.3.13: what a client sends in an exchange has no literals.
TEST(framer, line_mode) {
    framer f(side::client);
    f.line_mode(true);
    EXPECT_EQ(f.scan("DONE {5}\r\n").kind, kind::unit);
    f.next_unit();
    EXPECT_EQ(f.scan("x\n").kind, kind::bare_line_feed);
    f.next_unit();
    f.line_mode(false);
    EXPECT_EQ(f.scan("DONE {5}\r\n").kind, kind::literal);
}

TEST(framer, knows_text_from_its_beginning) {
    const framer server(side::server);
    for (const char* text : {"+ x", "+", "* OK x", "a1 no x", "* BYE [X-FOO (", "* NO [BADCHARSET (a)] "})
        EXPECT_TRUE(server.is_text(text)) << text;
    for (const char* data :
         {"", "*", "* O", "* OK", "* LIST ()", "* 1 FETCH (", "* NO [BADCHARSET (a", "* no [badurl a"}) {
        EXPECT_FALSE(server.is_text(data)) << data;
    }
    EXPECT_FALSE(framer(side::client).is_text("a OK x"));
}

// Each octet is looked at once: what was scanned may change behind the framer's back.
TEST(framer, does_not_look_twice) {
    std::string unit = "* LIST () \"/\" abc";
    framer f(side::server);
    for (int i = 0; i != 1000; ++i) {
        EXPECT_EQ(f.scan(unit).kind, kind::more);
        unit.assign(unit.size(), '\n');
        unit += "de";
    }
    unit += "\r\n";
    const frame result = f.scan(unit);
    EXPECT_EQ(result.kind, kind::unit);
    EXPECT_EQ(result.size, unit.size());
}

TEST(framer, allocates_nothing) {
    const test::no_allocation_here guard("framing");
    framer f(side::server);
    EXPECT_EQ(f.scan("* 1 FETCH (BODY[] {3}\r\n").kind, kind::literal);
    f.literal_kept(3);
    EXPECT_EQ(f.scan("* 1 FETCH (BODY[] {3}\r\nabc)\r\n").kind, kind::unit);
}

} // namespace
} // namespace mailwire::imap
