// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/parse.hpp"

#include "support/allocations.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

TEST(parse, gives_a_value_or_an_error) {
    token tape[16];
    const auto good = parse_response("* 5 EXISTS\r\n", tape);
    EXPECT_TRUE(good);
    EXPECT_EQ(good.error, error{});
    EXPECT_EQ(good.quirks, 0U);
    const auto bad = parse_response("* 5 EXISTS", tape);
    EXPECT_FALSE(bad);
    EXPECT_EQ(bad.error, (error{errc::syntax, 10, 0, 0}));
    EXPECT_TRUE(parse_greeting("* PREAUTH x\r\n", tape));
    EXPECT_FALSE(parse_greeting("* 5 EXISTS\r\n", tape));
    EXPECT_TRUE(parse_command("a NOOP\r\n", tape));
    EXPECT_FALSE(parse_response("a NOOP\r\n", tape));
    EXPECT_FALSE(parse_response("", tape));
    EXPECT_FALSE(parse_command("", tape));
}

// One token too few is an error with both numbers; no room at all is the same. What was judged stays judged: a text
// that is wrong is a syntax error however small the tape.
TEST(parse, a_full_tape_is_no_syntax_error) {
    const std::string_view wire = "* 1 FETCH (FLAGS (a b c) UID 7)\r\n";
    std::vector<token> tape(100);
    const auto whole = parse_response(wire, tape);
    std::size_t wanted = 0;
    for (cursor c = whole.value.tokens(); c.more(); c = {c.unit(), c.position() + 1, c.end()})
        ++wanted;
    for (std::size_t room = 0; room != wanted + 2; ++room) {
        const auto result = parse_response(wire, std::span<token>(tape).first(room));
        if (room < wanted) {
            EXPECT_EQ(result.error, (error{errc::tape_full, 0, wanted, room}));
        } else {
            EXPECT_FALSE(result.error) << room;
        }
        const auto bad = parse_response("* 1 FETCH (FLAGS (a b c) UID 0)\r\n", std::span<token>(tape).first(room));
        EXPECT_EQ(bad.error, (error{errc::syntax, 29, 0, 0})) << room;
    }
}

// An alternative that was given up takes its tokens back, also those for which there was no room.
TEST(parse, what_was_given_up_needs_no_room) {
    for (const std::string_view wire :
         {"* STATUS x ()\r\n", "* FLAGS ()\r\n", "* 5 EXPUNGE\r\n", "* OK x\r\n", "* LIST () NIL x\r\n"}) {
        std::vector<token> tape(100);
        const auto whole = parse_response(wire, tape);
        std::size_t wanted = 0;
        for (cursor c = whole.value.tokens(); c.more(); c = {c.unit(), c.position() + 1, c.end()})
            ++wanted;
        EXPECT_TRUE(parse_response(wire, std::span<token>(tape).first(wanted))) << wire;
    }
}

// As many tokens as octets are always enough; the densest unit there is takes three in four.
TEST(parse, needs_no_more_tokens_than_octets) {
    std::string wire = "a FETCH 1 (BODY[]";
    for (int i = 0; i != 1000; ++i)
        wire += " BODY[]";
    wire += ")\r\n";
    std::vector<token> tape(wire.size());
    EXPECT_TRUE(parse_command(wire, tape));
    EXPECT_EQ(parse_command(wire, std::span<token>(tape).first(wire.size() / 2)).error.code, errc::tape_full);
}

TEST(parse, prefix_says_whether_a_literal_may_stand_there) {
    token tape[32];
    for (const std::string_view wire :
         {"a LOGIN {3}\r\n", "a LOGIN x {3}\r\n", "a APPEND x {3}\r\n", "a APPEND x (\\Seen) {3+}\r\n",
          "a SEARCH OR TEXT {3}\r\n", "a FETCH 1 BODY[HEADER.FIELDS ({3}\r\n", "a X-FOO (b {3}\r\n"}) {
        EXPECT_TRUE(parse_command_prefix(wire, tape)) << wire;
    }
    for (const std::string_view wire : {"a NOOP {3}\r\n", "a FETCH {3}\r\n", "a APPEND x y {3}\r\n", "a LOGIN ~{3}\r\n",
                                        "{3}\r\n", "a LOGIN x y {3}\r\n"}) {
        const auto result = parse_command_prefix(wire, tape);
        EXPECT_EQ(result.error.code, errc::syntax) << wire;
    }
    EXPECT_EQ(parse_command_prefix("a LOGIN {4097+}\r\n", tape).error.code, errc::literal_too_big);
    EXPECT_TRUE(parse_response_prefix("* LIST () \"/\" {3}\r\n", tape));
    EXPECT_FALSE(parse_response_prefix("* LIST {3}\r\n", tape));
    EXPECT_EQ(parse_response_prefix("* LIST () \"/\" {3+}\r\n", tape).error.code, errc::syntax);
    token one[1];
    EXPECT_EQ(parse_response_prefix("* LIST () \"/\" {3}\r\n", one).error, (error{errc::tape_full, 0, 3, 1}));
}

// Offsets and sizes of tokens have 28 bits: a unit beyond that is not cut but refused.
TEST(parse, refuses_what_tokens_cannot_count) {
    const std::size_t size = std::size_t{token::max_size} + 1;
    const std::unique_ptr<char[]> unit(new char[size]);
    unit[0] = '*';
    token tape[4];
    const error expected{errc::unit_too_long, token::max_size, size, token::max_size};
    EXPECT_EQ(parse_response({unit.get(), size}, tape).error, expected);
    EXPECT_EQ(parse_command({unit.get(), size}, tape).error, expected);
    EXPECT_EQ(parse_response_prefix({unit.get(), size}, tape).error, expected);
}

TEST(parse, allocates_nothing_when_it_fails) {
    token tape[16];
    const std::string deep = "a SEARCH " + std::string(100, '(');
    const test::no_allocation_here guard("parse");
    EXPECT_EQ(parse_command(deep, tape).error.code, errc::too_deep);
    EXPECT_EQ(parse_response("* 99999999999 EXISTS\r\n", tape).error.code, errc::number_too_big);
    EXPECT_EQ(parse_response("* FLAGS (a b c d e f g h i j k l m n o p q)\r\n", tape).error.code, errc::tape_full);
}

} // namespace
} // namespace mailwire::imap
