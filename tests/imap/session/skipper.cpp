// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/skipper.hpp"

#include "support/splits.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

using namespace std::string_view_literals;
using outcome = skipper::outcome;

// What of the octets behind `head` is passed over before the unit has ended, and how it ended.
struct passed {
    std::size_t octets = 0;
    skipper::outcome how = outcome::more;
    std::uint64_t header = 0;
    friend bool operator==(const passed&, const passed&) = default;
};

passed pass_all(skipper s, std::span<const std::string_view> pieces) {
    passed result;
    for (const std::string_view piece : pieces) {
        const auto r = s.pass(piece);
        result.octets += r.taken;
        result.how = r.outcome;
        if (r.outcome != outcome::more) break;
    }
    if (result.how == outcome::bad_literal) result.header = s.header();
    return result;
}

void expect_passed(const skipper& s, std::string_view octets, const passed& expected) {
    test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        EXPECT_EQ(pass_all(s, pieces), expected) << test::describe_split(pieces) << " of " << octets;
    });
}

// A unit whose head was looked at, the rest of it, and nothing of what follows may be taken.
struct row {
    side from;
    std::string_view head;
    std::string_view rest;
};

void expect_end(const row& r) {
    skipper s(r.from);
    s.begin(r.head, 0);
    const std::string octets = std::string(r.rest) + "b NOOP\r\n";
    SCOPED_TRACE(std::string(r.head) + "|" + std::string(r.rest));
    expect_passed(s, octets, {r.rest.size(), outcome::end, 0});
}

TEST(imap_skipper, A1_literals_of_a_refused_command_are_passed_over) {
    for (const row& r : {
             row{side::client, "a XYZZY ", "foo\r\n"},
             row{side::client, "a XYZZY ", "{11+}\r\nb LOGOUT\r\n-\r\n"},
             row{side::client, "a SELECT \"x ", "{11+}\r\nb LOGOUT\r\n-\r\n"},
             row{side::client, "a X ", "{2+}\r\n\r\n{3+}\r\nabc {0+}\r\n\r\n"},
             row{side::client, "a X ", "{0+}\r\n\r\n"},
             row{side::client, "a X ", "~{3+}\r\n\0\n\r y\r\n"sv},
             row{side::client, "a X ", "{0000000000000000000000000000000000000000000000000000000000003+}\r\nab\n\r\n"},
         }) {
        expect_end(r);
    }
}

TEST(imap_skipper, FR_3_a_synchronizing_literal_ends_a_refused_command) {
    expect_end({side::client, "a X ", "{5}\r\n"});
    expect_end({side::client, "a X ", "{3+}\r\nabc {5}\r\n"});
    expect_end({side::client, "a X ", "\"open {5}\r\n"});
}

TEST(imap_skipper, FR_2_only_a_literal_where_a_server_can_send_one) {
    for (const row& r : {
             row{side::server, "* 1 FETCH (BODY[] ", "{7}\r\n* BYE\r\n)\r\n"},
             row{side::server, "* 1 FETCH (BODY[] ", "~{2}\r\n\0\n)\r\n"sv},
             row{side::server, "* OK hello", " {7}\r\n"},
             row{side::server, "A1 NO no", " {7}\r\n"},
             row{side::server, "+ more", " {7}\r\n"},
             row{side::server, "* NO [BADCHARSET (", "{3}\r\nabc x)] sorry {7}\r\n"},
             row{side::server, "* NO [BADCHARSET (\"]\"", ")] sorry {7}\r\n"},
             row{side::server, "* X \"open", " {7}\r\n"},
             row{side::server, "* X \"open", "\\\" {7}\r\n"},
             row{side::server, "* X \"open", "\\\\\" {3}\r\nabc)\r\n"},
             row{side::server, "* X \"shut\"", " {3}\r\nabc \"{7}\r\n"},
             row{side::server, "* X \"open\\", "\" {7}\r\n"},
         }) {
        expect_end(r);
    }
}

TEST(imap_skipper, A13_what_is_no_header_ends_the_unit) {
    for (const std::string_view rest :
         {"{}\r\n",   "{+}\r\n", "{+3}\r\n", "{ 3}\r\n",  "{3 }\r\n",  "{-1}\r\n",  "{0x3}\r\n",
          "{3}}\r\n", "{3\r\n",  "3}\r\n",   "{3+}x\r\n", "{3++}\r\n", "{3}\r\r\n", "{3}\n",
          "{3}}\n",   "{3}X\n",  "{3+}+\n",  "x\n",       "\n",        "\r\n"}) {
        expect_end({side::client, "a X ", rest});
        expect_end({side::server, "* X ", rest});
    }
    expect_end({side::client, "a X ", "{{3+}\r\nabc\r\n"});
    expect_end({side::client, "a X ", "{9{3+}\r\nabc\r\n"});
}

TEST(imap_skipper, A10_a_header_may_have_begun_in_the_head) {
    const std::string_view unit = "a X ~{0012+}\r\nb LOGOUT\r\n\r\n c\r\n";
    for (std::size_t at = 0; at <= unit.find('\r'); ++at)
        expect_end({side::client, unit.substr(0, at), unit.substr(at)});
}

// The octets of a literal in the head are no part of the line behind it.
TEST(imap_skipper, A1_a_literal_in_the_head_is_not_looked_at) {
    const std::string_view head = "a LOGIN {8+}\r\n\"x\r\n{3+";
    skipper s(side::client);
    s.begin(head, head.size());
    expect_passed(s, "}\r\nb NOOP\r\n", {3, outcome::end, 0});

    const std::string_view quoted = "* X {2}\r\n\"a";
    skipper t(side::server);
    t.begin(quoted, quoted.size());
    expect_passed(t, " {3}\r\nabc)\r\nb NOOP\r\n", {12, outcome::end, 0});
}

TEST(imap_skipper, A2_begins_with_the_octets_of_a_literal) {
    skipper s(side::client);
    s.begin_at_literal("a LOGIN {10+}\r\n", 10);
    expect_passed(s, "b NOOP\r\n{9 {1+}\r\n\n\r\nc NOOP\r\n", {20, outcome::end, 0});

    skipper code(side::server);
    code.begin_at_literal("* NO [BADURL {3}\r\n", 3);
    expect_passed(code, "]]]] text {7}\r\n", {15, outcome::end, 0});
}

TEST(imap_skipper, B1_a_literal_without_an_end) {
    constexpr auto bad = outcome::bad_literal;
    skipper s(side::client);
    s.begin("a X ", 0);
    expect_passed(s, "{9223372036854775808+}\r\nabc\r\n", {24, bad, 4});
    expect_passed(s, "xyz ~{99999999999999999999}\r\nabc\r\n", {29, bad, 8});
    expect_passed(s, "{3+}\r\nabc {18446744073709551617+}\r\nabc\r\n", {35, bad, 11});
    skipper t(side::server);
    t.begin("* OK hi", 0);
    expect_passed(t, " {9223372036854775808}\r\nabc\r\n", {24, outcome::end, 0});
}

TEST(imap_skipper, B1_the_largest_literal) {
    skipper s(side::client);
    s.begin("a X ", 0);
    const std::string_view header = "{9223372036854775807+}\r\n";
    EXPECT_EQ(s.pass(header).outcome, outcome::more);
    const std::string block(1U << 16U, '\n');
    for (int i = 0; i != 64; ++i)
        EXPECT_EQ(s.pass(block).taken, block.size());
}

} // namespace
} // namespace mailwire::imap::detail
