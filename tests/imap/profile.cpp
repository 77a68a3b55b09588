// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/profile.hpp"

#include "mailwire/imap/parse.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap {
namespace {

// A program that speaks little, and something of its own.
struct colour {
    using word = mailwire::word<slot::msg_att, "X-COLOUR">;
    using tail = grammar::seq<grammar::sp, grammar::nstring>;
    text value = text::nil();

    static colour read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().nstring(value); }
};
struct little : profile<extension<colour, uid, fetch_data, noop>> {};

TEST(profile, a_program_has_its_own) {
    token tape[16];
    const std::string_view wire = "* 1 FETCH (UID 3 X-COLOUR \"red\" FLAGS ())\r\n";
    const auto mine = parse_response<little>(wire, tape);
    ASSERT_TRUE(mine);
    const auto att = mine.value.as<fetch_data>().att;
    EXPECT_EQ(att.get<uid>(), uid{3});
    EXPECT_EQ(att.get<colour>()->value, text("red"));
    EXPECT_FALSE(att.get<flags>()); // a word this program does not know
    EXPECT_EQ(att.size(), 3U);
    const auto all = parse_response(wire, tape);
    EXPECT_FALSE(all.value.as<fetch_data>().att.get<colour>());
    EXPECT_TRUE(all.value.as<fetch_data>().att.get<flags>());
    EXPECT_TRUE(parse_command<little>("a NOOP\r\n", tape).value.value().known());
    EXPECT_FALSE(parse_command<little>("a LOGOUT\r\n", tape).value.value().known());
}

// What the protocol itself lacks is known by the profile that lists it.
TEST(profile, extensions_are_listed) {
    struct rev2 : profile<rfc9051> {};
    struct both : profile<rfc9051, imap4rev1> {};
    token tape[32];
    EXPECT_FALSE(parse_command<rev2>("a CHECK\r\n", tape).value.value().known());
    EXPECT_TRUE(parse_command<both>("a CHECK\r\n", tape).value.value().known());
    EXPECT_TRUE(parse_command("a CHECK\r\n", tape).value.value().known());
    EXPECT_FALSE(parse_command<both>("a ID NIL\r\n", tape).value.value().known());
    EXPECT_TRUE(parse_command("a ID NIL\r\n", tape).value.value().known());
    EXPECT_FALSE(parse_response<both>("* OK [UIDREQUIRED] x\r\n", tape).value.status().code.known());
    EXPECT_TRUE(parse_response("* OK [UIDREQUIRED] x\r\n", tape).value.status().code.known());
    EXPECT_TRUE(parse_response<rev2>("* VANISHED 5\r\n", tape).value.is<vanished_data>());
}

} // namespace
} // namespace mailwire::imap
