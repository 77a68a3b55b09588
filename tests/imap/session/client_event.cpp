// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client_event.hpp"

#include "mailwire/imap/parse.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string_view>

namespace mailwire::imap {
namespace {

// Keeps what a prefix of a response was parsed on, so that views of it stay valid.
class prefix_of {
public:
    explicit prefix_of(std::string_view unit, std::span<const std::uint32_t> elided = {}) {
        parse_options options;
        options.elided = elided;
        const auto parsed = parse_response_prefix(unit, tape_, options);
        EXPECT_FALSE(parsed.error) << unit;
        response_ = parsed.value;
    }
    std::optional<body_literal> literal() const { return body_literal_of(response_); }

private:
    std::array<token, 128> tape_;
    response response_;
};

TEST(imap_client_event, the_event_of_a_client_that_has_heard_nothing) {
    const client_event event;
    EXPECT_EQ(event.kind, client_event_kind::need_input);
    EXPECT_EQ(event.command, 0U);
    EXPECT_FALSE(event.error);
}

TEST(imap_client_event, message_uid_and_section_of_a_literal) {
    const prefix_of p("* 12 FETCH (UID 7 FLAGS (\\Seen) BODY[1.2.MIME]<100> {5000}\r\n");
    const auto literal = p.literal();
    ASSERT_TRUE(literal);
    EXPECT_EQ(literal->number, 12U);
    EXPECT_EQ(literal->uid, 7U);
    EXPECT_EQ(literal->section.section.part, "1.2");
    EXPECT_EQ(literal->section.section.what, section_text::mime);
    EXPECT_EQ(literal->section.origin, 100U);
    EXPECT_TRUE(literal->section.value.is_nil());
}

TEST(imap_client_event, other_items_whose_octets_are_a_part) {
    const prefix_of binary("* 12 FETCH (BINARY[1.2]<100> ~{5000}\r\n");
    ASSERT_TRUE(binary.literal());
    EXPECT_EQ(binary.literal()->section.section.part, "1.2");
    EXPECT_EQ(binary.literal()->section.origin, 100U);
    EXPECT_TRUE(binary.literal()->decoded);

    const prefix_of by_uid("* 25996 UIDFETCH (BODY[] {5000}\r\n");
    ASSERT_TRUE(by_uid.literal());
    EXPECT_EQ(by_uid.literal()->number, 0U);
    EXPECT_EQ(by_uid.literal()->uid, 25996U);
    EXPECT_FALSE(by_uid.literal()->decoded);

    const struct {
        std::string_view unit;
        section_text what;
    } old[] = {
        {"* 1 FETCH (RFC822 {5000}\r\n", section_text::whole},
        {"* 1 FETCH (UID 3 RFC822.HEADER {5000}\r\n", section_text::header},
        {"* 1 FETCH (RFC822.TEXT {5000}\r\n", section_text::text},
    };
    for (const auto& row : old) {
        const prefix_of p(row.unit);
        ASSERT_TRUE(p.literal()) << row.unit;
        EXPECT_EQ(p.literal()->section.section.what, row.what) << row.unit;
    }
}

TEST(imap_client_event, a_uid_behind_the_literal_is_not_known_yet) {
    const prefix_of p("* 4294967295 FETCH (BODY[] {5000}\r\n");
    const auto literal = p.literal();
    ASSERT_TRUE(literal);
    EXPECT_EQ(literal->number, 4294967295U);
    EXPECT_FALSE(literal->uid);
    EXPECT_EQ(literal->section.section.what, section_text::whole);
    EXPECT_FALSE(literal->section.origin);
}

TEST(imap_client_event, the_second_literal_of_a_response) {
    const std::string_view unit = "* 3 FETCH (UID 9 BODY[1] {5000}\r\n BODY[HEADER.FIELDS (To \"Cc\")] {6000}\r\n";
    const std::array<std::uint32_t, 1> elided{static_cast<std::uint32_t>(unit.find('{'))};
    const prefix_of p(unit, elided);
    const auto literal = p.literal();
    ASSERT_TRUE(literal);
    EXPECT_EQ(literal->uid, 9U);
    EXPECT_EQ(literal->section.section.what, section_text::header_fields);
    EXPECT_EQ(literal->section.section.fields, (seq_of<text>{"To", "Cc"}));
}

TEST(imap_client_event, a_literal_that_is_no_body) {
    for (const std::string_view unit :
         {"* 1 FETCH (ENVELOPE (NIL {5000}\r\n", "* 1 FETCH (BODY[1] \"x\" ENVELOPE ({5000}\r\n",
          "* LIST () \"/\" {5000}\r\n", "* STATUS {5000}\r\n", "* 1 FETCH (BODY[HEADER.FIELDS ({5000}\r\n",
          "* 1 FETCH (BODYSTRUCTURE ({5000}\r\n"}) {
        const prefix_of p(unit);
        EXPECT_FALSE(p.literal()) << unit;
    }
}

} // namespace
} // namespace mailwire::imap
