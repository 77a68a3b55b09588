// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/preview.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(preview, is_asked_for) {
    test::good_commands({
        {"X-8970-1", "a1 FETCH 1:4 (ENVELOPE PREVIEW (LAZY))\r\n"},
        {"X-8970-1", "a1 FETCH 1 (PREVIEW UID)\r\n"},
        {"X-8970-1", "a1 FETCH 1 preview (lazy lazy)\r\n", "a1 FETCH 1 (PREVIEW (LAZY))\r\n"},
        // A10: whose parenthesis it is
        {"A10", "a1 FETCH 1 PREVIEW (LAZY)\r\n", "a1 FETCH 1 (PREVIEW (LAZY))\r\n"},
        {"A10", "a1 FETCH 1 PREVIEW (CHANGEDSINCE 5)\r\n", "a1 FETCH 1 (PREVIEW) (CHANGEDSINCE 5)\r\n"},
        {"A10", "a1 FETCH 1 PREVIEW (LAZY) (CHANGEDSINCE 5)\r\n", "a1 FETCH 1 (PREVIEW (LAZY)) (CHANGEDSINCE 5)\r\n"},
    });
    test::bad_commands({
        {"X-8970-1", "a1 FETCH 1 (PREVIEW ())\r\n", errc::syntax, 21},
        {"X-8970-1", "a1 FETCH 1 (PREVIEW (EAGER))\r\n", errc::syntax, 21},
        {"X-8970-1", "a1 FETCH 1 (PREVIEW (LAZY )))\r\n", errc::syntax, 26},
        {"X-8970-1", "a1 FETCH 1 (PREVIEW(LAZY))\r\n", errc::syntax, 19},
        {"X-8970-1", "a1 FETCH 1 (PREVIEWS)\r\n", errc::syntax, 12},
        {"A10", "a1 FETCH 1 (PREVIEW (CHANGEDSINCE 5))\r\n", errc::syntax, 21},
    });
}

TEST(preview, is_answered) {
    test::good_responses({
        {"X-8970-1", "* 1 FETCH (PREVIEW \"Preview text!\")\r\n"},
        {"X-8970-1", "* 1 FETCH (PREVIEW \"\" UID 5)\r\n"},
        {"X-8970-1", "* 1 FETCH (preview nil)\r\n", "* 1 FETCH (PREVIEW NIL)\r\n"},
        {"X-8970-1", "* 1 FETCH (PREVIEW {2}\r\nhi)\r\n", "* 1 FETCH (PREVIEW \"hi\")\r\n"},
    });
    test::bad_responses({
        {"X-8970-1", "* 1 FETCH (PREVIEW)\r\n", errc::syntax, 18},
        {"X-8970-1", "* 1 FETCH (PREVIEW hi)\r\n", errc::syntax, 19},
        {"X-8970-1", "* 1 FETCH (PREVIEW (LAZY) \"x\")\r\n", errc::syntax, 19},
    });
}

TEST(preview, fields) {
    token tape[16];
    const auto asked = [&tape](std::string_view wire) {
        return parse_command(wire, tape).value.value().get<fetch>()->att.get<fetch_preview>();
    };
    EXPECT_EQ(asked("a FETCH 1 (PREVIEW (LAZY) UID)\r\n"), fetch_preview{true});
    EXPECT_EQ(asked("a FETCH 1 (PREVIEW UID)\r\n"), fetch_preview{false});
    const auto answered = [&tape](std::string_view wire) {
        return parse_response(wire, tape).value.as<fetch_data>().att.get<preview>();
    };
    EXPECT_EQ(answered("* 1 FETCH (PREVIEW \"a b\")\r\n"), preview{"a b"});
    EXPECT_EQ(answered("* 1 FETCH (PREVIEW NIL)\r\n"), preview{});
    EXPECT_FALSE(answered("* 1 FETCH (PREVIEW \"\")\r\n")->value.is_nil());
    EXPECT_EQ(preview_extension::capability, "PREVIEW");
}

// Who does not list the extension does not speak it.
TEST(preview, is_one_line_of_a_profile) {
    struct without : profile<rfc9051> {};
    struct with : profile<rfc9051, preview_extension> {};
    token tape[16];
    const std::string_view command = "a FETCH 1 (PREVIEW)\r\n";
    EXPECT_FALSE(parse_command<without>(command, tape));
    EXPECT_TRUE(parse_command<with>(command, tape));
    const std::string_view response = "* 1 FETCH (PREVIEW \"x\")\r\n";
    EXPECT_FALSE(parse_response<without>(response, tape).value.as<fetch_data>().att.get<preview>());
    EXPECT_TRUE(parse_response<with>(response, tape).value.as<fetch_data>().att.get<preview>());
}

} // namespace
} // namespace mailwire::imap
