// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/msg_att.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

TEST(msg_att, items) {
    test::good_responses({
        {"B6-10", "* 1 FETCH (FLAGS ())\r\n"},
        {"B6-10", "* 1 FETCH (flags (\\answered \\RECENT $Junk my-kw))\r\n",
         "* 1 FETCH (FLAGS (\\answered \\RECENT $Junk my-kw))\r\n"},
        {"B6-11", "* 1 FETCH (INTERNALDATE \" 1-Jan-2020 00:00:00 +0000\")\r\n"},
        {"B6-12", "* 1 FETCH (RFC822.SIZE 9223372036854775807)\r\n"},
        {"B6-13", "* 1 FETCH (UID 4294967295)\r\n"},
        {"B6-2", "* 1 FETCH (BODY[] {2}\r\nhi)\r\n"},
        {"B6-2", "* 1 FETCH (BODY[] \"hi\")\r\n", "* 1 FETCH (BODY[] {2}\r\nhi)\r\n"},
        {"B6-3", "* 1 FETCH (BODY[]<0> {2}\r\nhi)\r\n"},
        {"P10", "* 1 FETCH (BODY[]<9223372036854775807> NIL)\r\n"},
        {"B6-4", "* 1 FETCH (BODY[HEADER] \"\")\r\n", "* 1 FETCH (BODY[HEADER] {0}\r\n)\r\n"},
        {"B6-5", "* 1 FETCH (BODY[3.HEADER] NIL BODY[4.1.MIME] NIL BODY[TEXT] NIL BODY[4.2.2.1] NIL)\r\n"},
        {"B6-6", "* 1 FETCH (BODY[2.HEADER.FIELDS.NOT (RECEIVED)] NIL)\r\n"},
        {"L-23", "* 1 FETCH (BODY[HEADER.FIELDS (\"To\" {2}\r\nCc)] {0}\r\n)\r\n",
         "* 1 FETCH (BODY[HEADER.FIELDS (To Cc)] {0}\r\n)\r\n"},
        {"B6-14", "* 1 FETCH (BODY[1]<20> NIL)\r\n"},
        {"B6-7", "* 1 FETCH (BINARY[1.2] ~{2}\r\n\0x)\r\n"sv},
        {"B6-7", "* 1 FETCH (BINARY[1] ~{2}\r\nab)\r\n", "* 1 FETCH (BINARY[1] {2}\r\nab)\r\n"},
        {"B6-15", "* 1 FETCH (BINARY[1] \"8bit ok\")\r\n", "* 1 FETCH (BINARY[1] {7}\r\n8bit ok)\r\n"},
        {"B6-15", "* 1 FETCH (BINARY[] nil)\r\n", "* 1 FETCH (BINARY[] NIL)\r\n"},
        {"E4", "* 1 FETCH (BINARY[1]<5> {1}\r\nx BINARY.SIZE[1] 9)\r\n"},
        {"B6-8", "* 1 FETCH (BINARY.SIZE[] 9223372036854775807)\r\n"},
        {"L-10", "* 1 FETCH (BODY[1] nil)\r\n", "* 1 FETCH (BODY[1] NIL)\r\n"},
        {"L-4", "* 1 FETCH (BODY[1] \"a\\\"b\")\r\n"},
        {"A1", "* 1 FETCH (BODY[HEADER.FIELDS (a]b \"c]\" {4}\r\n])]\r)]<0> {3}\r\n)]\n)\r\n",
         "* 1 FETCH (BODY[HEADER.FIELDS (a]b c] {4}\r\n])]\r)]<0> {3}\r\n)]\n)\r\n"},
        {"A6", "* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})\r\n"},
        {"A7", "* 1 FETCH (BODY[] {0}\r\n)\r\n"},
        {"A7", "* 1 FETCH (BODY[1] {0}\r\n BODY[2] {0}\r\n)\r\n"},
        {"L-6", "* 1 FETCH (BODY[] {19}\r\n* 2 EXPUNGE\r\na OK\r\n)\r\n"},
        {"B5-14", "* 1 FETCH (UID 1 UID 2)\r\n"},
        {"ST-45", "* 1 FETCH (X-NEW NIL UID 2)\r\n"},
    });
    test::bad_responses({
        {"A5", "* 456 FETCH ((\"fake {50}\" BODY[TEXT]) {5}\r\nhello)\r\n", errc::syntax, 13},
        {"A14", "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", errc::syntax, 20},
        {"A15", "* 1 FETCH (BODY[] {3}\r\na\0b)\r\n"sv, errc::syntax, 24},
        {"A15", "* 1 FETCH (BODY[] ~{3}\r\na\0b)\r\n"sv, errc::syntax, 18},
        {"B6-2", "* 1 FETCH (BODY[] abc)\r\n", errc::syntax, 18},
        {"B6-2", "* 1 FETCH (BODY[]{2}\r\nhi)\r\n", errc::syntax, 17},
        {"B6-3", "* 1 FETCH (BODY[]<0.5> NIL)\r\n", errc::syntax, 19},
        {"B6-4", "* 1 FETCH (BODY.PEEK[] NIL)\r\n", errc::syntax, 21},
        {"B6-15", "* 1 FETCH (BINARY[1] x)\r\n", errc::syntax, 21},
        {"B6-15", "* 1 FETCH (BINARY[1] ~{3+}\r\na\0b)\r\n"sv, errc::syntax, 24},
        {"B6-15", "* 1 FETCH (BINARY[TEXT] NIL)\r\n", errc::syntax, 18},
        {"B6-15", "* 1 FETCH (BINARY.PEEK[1] NIL)\r\n", errc::syntax, 24},
        {"B6-8", "* 1 FETCH (BINARY.SIZE[1] NIL)\r\n", errc::syntax, 26},
        {"B6-8", "* 1 FETCH (BINARY.SIZE[1]<0> 5)\r\n", errc::syntax, 25},
        {"B6-11", "* 1 FETCH (INTERNALDATE \"1-Jan-2020 00:00:00 +0000\")\r\n", errc::syntax, 26},
        {"B6-11", "* 1 FETCH (INTERNALDATE NIL)\r\n", errc::syntax, 24},
        {"B6-12", "* 1 FETCH (RFC822.SIZE 9223372036854775808)\r\n", errc::number_too_big, 23},
        {"B6-13", "* 1 FETCH (UID 0)\r\n", errc::syntax, 15},
        {"B6-13", "* 1 FETCH (UID)\r\n", errc::syntax, 14},
        {"E11", "* 1 FETCH (FLAGS(\\Seen))\r\n", errc::syntax, 16},
        {"P3", "* 1 FETCH (FLAGS (\\*))\r\n", errc::syntax, 19},
        {"P12", "* 1 FETCH (UID 1  FLAGS ())\r\n", errc::syntax, 17},
        {"P12", "* 1 FETCH ( UID 1)\r\n", errc::syntax, 11},
        {"L-30", "* 1 FETCH (UID 1)\n", errc::syntax, 17},
        {"C5", "* 1 FETCH (X " + std::string(65, '(') + ")\r\n", errc::too_deep, 13 + 64},
    });
}

TEST(msg_att, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) {
        const auto parsed = parse_response(wire, tape);
        EXPECT_TRUE(parsed) << wire;
        return parsed.value.as<fetch_data>().att;
    };
    EXPECT_EQ(read("* 1 FETCH (FLAGS (\\Seen a))\r\n").get<flags>(), (flags{{"\\Seen", "a"}}));
    EXPECT_EQ(read("* 1 FETCH (UID 7)\r\n").get<uid>(), uid{7});
    EXPECT_EQ(read("* 1 FETCH (RFC822.SIZE 9223372036854775807)\r\n").get<rfc822_size>(),
              rfc822_size{9223372036854775807U});
    EXPECT_EQ(read("* 1 FETCH (INTERNALDATE \" 1-Jan-2020 00:00:00 +0000\")\r\n").get<internal_date>(),
              internal_date{" 1-Jan-2020 00:00:00 +0000"});
    const auto part = read("* 1 FETCH (BODY[1.2.MIME]<20> {3}\r\nabc)\r\n").get<body_section>();
    ASSERT_TRUE(part);
    EXPECT_EQ(part->section.part, "1.2");
    EXPECT_EQ(part->section.what, section_text::mime);
    EXPECT_EQ(part->origin, 20U);
    EXPECT_EQ(part->value, text("abc"));
    const auto missing = read("* 1 FETCH (BODY[9] NIL)\r\n").get<body_section>();
    EXPECT_FALSE(missing->origin);
    EXPECT_TRUE(missing->value.is_nil());
    EXPECT_FALSE(read("* 1 FETCH (BODY[9] NIL)\r\n").get<body_outline>());
    const auto binary = read("* 1 FETCH (BINARY[1.2]<7> ~{2}\r\n\0x BINARY.SIZE[3] 9)\r\n"sv);
    EXPECT_EQ(binary.get<binary_section>(), (binary_section{"1.2", 7U, "\0x"sv}));
    EXPECT_EQ(binary.get<binary_size>(), (binary_size{"3", 9}));
}

TEST(msg_att, unknown_items_are_values) {
    token tape[64];
    const std::string_view wire = "* 1 FETCH (UID 1 X-GM-LABELS (\\Inbox \"a b\") FLAGS ())\r\n";
    const auto att = parse_response(wire, tape).value.as<fetch_data>().att;
    std::size_t unknown = 0;
    std::size_t known = 0;
    for (const auto i : att) {
        on(
            i, [&](uid) { ++known; }, [&](const flags&) { ++known; },
            [&](const item<slot::msg_att>& other) {
                ++unknown;
                EXPECT_FALSE(other.known());
                EXPECT_EQ(other.name(), text("X-GM-LABELS"));
                EXPECT_EQ(other.rest(), "(\\Inbox \"a b\")");
            });
    }
    EXPECT_EQ(known, 2U);
    EXPECT_EQ(unknown, 1U);
}

// What a session knows before the octets of a literal have come.
TEST(msg_att, a_literal_under_way_says_where_it_belongs) {
    token tape[64];
    const auto prefix = parse_response_prefix("* 7 FETCH (UID 9 FLAGS () BODY[1.HEADER]<5> {1000000}\r\n", tape);
    ASSERT_TRUE(prefix);
    const auto fetch = prefix.value.as<fetch_data>();
    EXPECT_EQ(fetch.number, 7U);
    EXPECT_EQ(fetch.att.get<uid>(), uid{9});
    EXPECT_TRUE(fetch.att.get<flags>()->value.empty());
    const auto part = fetch.att.get<body_section>();
    ASSERT_TRUE(part);
    EXPECT_EQ(part->section.part, "1");
    EXPECT_EQ(part->section.what, section_text::header);
    EXPECT_EQ(part->origin, 5U);
    EXPECT_TRUE(part->value.is_nil());
    // The octets passed by: only their number and their place are left.
    const std::uint32_t header[] = {18};
    const auto whole =
        parse_response("* 1 FETCH (BODY[] {1000000}\r\n UID 3)\r\n", tape, {.dialect = {}, .elided = header});
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole.value.as<fetch_data>().att.get<body_section>()->value, text::streamed(1000000));
    EXPECT_EQ(whole.value.as<fetch_data>().att.get<uid>(), uid{3});
    for (const std::string_view wire :
         {"* 7 FETCH (UID {3}\r\n", "* 7 EXISTS {3}\r\n", "* FLAGS ({3}\r\n", "* 1 FETCH (BODY[1 {3}\r\n"}) {
        EXPECT_FALSE(parse_response_prefix(wire, tape)) << wire;
    }
}

template <typename Att> std::string written(const Att& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {.from = side::server});
    out.put(value);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(msg_att, refuses_what_has_no_place) {
    EXPECT_EQ(written(uid{0}), "refused");
    EXPECT_EQ(written(uid{1}), "UID 1");
    EXPECT_EQ(written(rfc822_size{9223372036854775808U}), "refused");
    EXPECT_EQ(written(internal_date{"1-Jan-2020 00:00:00 +0000"}), "refused");
    EXPECT_EQ(written(internal_date{" 1-Jan-2020 00:00:00 +0000\""}), "refused");
    EXPECT_EQ(written(flags{{"\\Recent"}}), "FLAGS (\\Recent)");
    EXPECT_EQ(written(flags{{"\\*"}}), "refused");
    EXPECT_EQ(written(flags{{"a b"}}), "refused");
    EXPECT_EQ(written(body_section{{}, {}, "a\"\r\n"}), "BODY[] {4}\r\na\"\r\n");
    EXPECT_EQ(written(body_section{{}, 5U, text::nil()}), "BODY[]<5> NIL");
    EXPECT_EQ(written(body_section{{}, {}, "a\0b"sv}), "refused");
    EXPECT_EQ(written(body_section{{}, {}, text::binary("a\0b"sv)}), "refused");
    EXPECT_EQ(written(body_section{{}, 9223372036854775808U, "a"}), "refused");
    EXPECT_EQ(written(body_section{{}, {}, text::streamed(70000)}), "BODY[] {70000}\r\n");
    EXPECT_EQ(written(binary_section{"1", {}, "a\0b"sv}), "BINARY[1] ~{3}\r\na\0b"sv);
    EXPECT_EQ(written(binary_section{"1", {}, text::binary("ab")}), "BINARY[1] ~{2}\r\nab");
    EXPECT_EQ(written(binary_section{"1", {}, text::streamed(7, 0, true)}), "BINARY[1] ~{7}\r\n");
    EXPECT_EQ(written(binary_section{"1", {}, text::streamed(7)}), "BINARY[1] {7}\r\n");
    EXPECT_EQ(written(binary_section{"HEADER", {}, "a"}), "refused");
    EXPECT_EQ(written(binary_section{{}, 9223372036854775808U, "a"}), "refused");
    EXPECT_EQ(written(binary_size{"0", 5}), "refused");
    EXPECT_EQ(written(binary_size{"1", 9223372036854775808U}), "refused");
}

} // namespace
} // namespace mailwire::imap
