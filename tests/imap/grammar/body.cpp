// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/body.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

constexpr std::string_view fields = " NIL NIL NIL \"7BIT\" 9";
constexpr std::string_view no_envelope = " (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

std::string operator+(std::string_view a, std::string_view b) { return std::string(a).append(b); }

void expect_body(const std::string& text, bool good) {
    expect_rule<grammar::body>({{text, good ? text.size() : refused}});
}

// B6-17: which form a single part has is told by its media type (A11).
TEST(body, single_parts) {
    struct {
        std::string text;
        bool good;
    } const rows[] = {
        {"(\"TEXT\" \"PLAIN\"" + fields + " 4)", true},
        {"(\"text\" \"x\"" + fields + " 9223372036854775807)", true},
        {"(\"TEXT\" {5}\r\nPLAIN" + fields + " 4)", true},
        {"(\"TEXT\" \"PLAIN\"" + fields + ")", false}, // a text has lines
        {"(\"TEXTS\" \"PLAIN\"" + fields + ")", true},
        {"(\"IMAGE\" \"PNG\"" + fields + ")", true},
        {"({5}\r\nIMAGE \"PNG\"" + fields + ")", true},
        {"(\"X\" \"Y\" (\"a\" \"b\" \"c\" \"d\") \"<id>\" \"text\" {6}\r\nBASE64 0)", true},
        {"(\"X\" \"Y\" (\"a\" {1}\r\nb) NIL NIL \"7BIT\" 9223372036854775807)", true}, // D4, P10
        {"(\"MESSAGE\" \"RFC822\"" + fields + no_envelope + " (\"X\" \"Y\"" + fields + ") 3)", true},
        {"(\"message\" \"global\"" + fields + no_envelope + " (\"X\" \"Y\"" + fields + ") 3)", true},
        {"(\"MESSAGE\" \"RFC822\"" + fields + ")", false}, // and a message what it encloses
        {"(\"message\" \"Global\"" + fields + ")", false},
        {"(\"MESSAGE\" \"GLOBALS\"" + fields + ")", true},
        {"(\"MESSAGE\" \"PARTIAL\"" + fields + ")", true},
        {"(\"MESSAGE\" \"PARTIAL\"" + fields + no_envelope + " (\"X\" \"Y\"" + fields + ") 3)", false},
        {"(\"MESSAGE\" \"RFC822\"" + fields + no_envelope + " (\"X\" \"Y\"" + fields + "))", false},
        {"(\"MESSAGE\" \"RFC822\"" + fields + no_envelope + ")", false},
        {"(\"IMAGE\" \"PNG\"" + fields + " 4)", false}, // lines are for text alone
        {"(IMAGE \"PNG\"" + fields + ")", false},
        {"(\"IMAGE\" NIL" + fields + ")", false},
        {"(\"IMAGE\"" + fields + ")", false},
        {"(\"IMAGE\" \"PNG\" () NIL NIL \"7BIT\" 9)", false},
        {"(\"IMAGE\" \"PNG\" (\"a\") NIL NIL \"7BIT\" 9)", false},
        {"(\"IMAGE\" \"PNG\" (\"a\" NIL) NIL NIL \"7BIT\" 9)", false},
        {"(\"IMAGE\" \"PNG\" NIL NIL NIL NIL 9)", false}, // P12: an encoding is a string
        {"(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" -1)", false},
        {"(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 9223372036854775808)", false},
        {"()", false},
        {"NIL", false},
    };
    for (const auto& row : rows)
        expect_body(row.text, row.good);
}

// P12, A11: what servers leave out, or send in a form of their own.
TEST(body, tolerated_forms) {
    const auto expect = [](std::uint32_t bit, const std::string& text, bool good = true) {
        expect_rule<grammar::body>({{text, good ? text.size() : refused}}, {.quirks = bit});
        expect_rule<grammar::body>({{text, refused}}, {.quirks = ~bit});
    };
    for (const char* ext : {"", " NIL", " \"md5\" NIL NIL NIL"}) {
        expect(quirks::incomplete_body, "(\"TEXT\" \"PLAIN\"" + fields + ext + ")");
        expect(quirks::incomplete_body, "(\"MESSAGE\" \"RFC822\"" + fields + ext + ")");
    }
    expect(quirks::incomplete_body, "(\"MESSAGE\" \"RFC822\"" + fields + no_envelope + ")", false);
    expect(quirks::nil_encoding, "(\"IMAGE\" \"PNG\" NIL NIL NIL NIL 9)");
    expect(quirks::nil_encoding, "(\"TEXT\" \"PLAIN\" NIL NIL NIL nil 9 1)");
    expect(quirks::nil_encoding, "(\"IMAGE\" \"PNG\" NIL NIL NIL 7BIT 9)", false);
    expect(quirks::empty_list, "(\"IMAGE\" \"PNG\" () NIL NIL \"7BIT\" 9)");
    expect(quirks::empty_list, "(\"X\" \"Y\"" + fields + " NIL (\"inline\" ()))");
    expect(quirks::empty_list, "((\"X\" \"Y\"" + fields + ") \"MIXED\" ())");
    expect(quirks::empty_list, "(\"X\" \"Y\"" + fields + " NIL ())", false);
}

// B6-18: each field of the extension data may be the last.
TEST(body, extension_data_of_a_single_part) {
    for (const char* ext :
         {" NIL", " \"md5\"", " NIL NIL", " NIL (\"inline\" NIL)", " NIL (\"attachment\" (\"FILENAME\" \"a\"))",
          " NIL NIL NIL", " NIL NIL \"en\"", " NIL NIL (\"en\" \"de\")", " NIL NIL NIL NIL",
          " NIL NIL NIL \"http://x/\"", " NIL NIL NIL NIL 42 (NIL \"z\") {1}\r\nx ((1) 2)"}) {
        expect_body("(\"X\" \"Y\"" + fields + ext + ")", true);
        expect_body("(\"TEXT\" \"PLAIN\"" + fields + " 4" + ext + ")", true);
        expect_body("(\"X\" \"Y\"" + fields + ext + " )", false);
    }
    for (const char* ext : {" x", " 5", " ()", " NIL \"inline\"", " NIL (\"inline\")", " NIL (NIL NIL)", " NIL NIL ()",
                            " NIL NIL (NIL)", " NIL NIL NIL 5", " NIL NIL NIL NIL ()", " NIL NIL NIL NIL x"}) {
        expect_body("(\"X\" \"Y\"" + fields + ext + ")", false);
    }
}

// B6-16, B6-19: no space stands between two parts.
TEST(body, multiparts) {
    const std::string part = "(\"X\" \"Y\"" + fields + ")";
    expect_body("(" + part + " \"MIXED\")", true);
    expect_body("(" + part + part + " \"MIXED\")", true);
    expect_body("((" + part + " \"A\")" + part + " \"MIXED\")", true);
    for (const char* ext : {" NIL", " (\"BOUNDARY\" \"b\")", " NIL NIL \"en\" NIL", " NIL NIL NIL NIL 1 2"}) {
        expect_body("(" + part + " \"MIXED\"" + ext + ")", true);
    }
    expect_body("(" + part + " " + part + " \"MIXED\")", false);
    expect_body("(" + part + ")", false);
    expect_body("(" + part + " NIL)", false);
    expect_body("(" + part + " \"MIXED\" \"md5\")", false);
    expect_body("(\"MIXED\")", false);
}

// Each body is one list, and a part is one hop away from the next.
TEST(body, is_one_list) {
    const std::string part = "(\"X\" \"Y\"" + fields + ")";
    const auto result = test::match<grammar::body>("(" + part + part + " \"MIXED\")");
    ASSERT_EQ(result.tokens.size(), 18U);
    EXPECT_EQ(result.tokens[0].hop(), 18U);
    EXPECT_EQ(result.tokens[1].hop(), 8U);
    EXPECT_EQ(result.tokens[9].hop(), 8U);
}

// C3, C5: the limit counts bodies, closed and unclosed.
TEST(body, nests_as_deep_as_the_limit) {
    const std::string part = "(\"X\" \"Y\"" + fields + ")";
    const auto nested = [&](std::size_t levels) {
        std::string text = part;
        for (std::size_t i = 1; i != levels; ++i)
            text = "(" + text + " \"M\")";
        return text;
    };
    for (const std::uint16_t depth : {std::uint16_t{1}, std::uint16_t{2}, std::uint16_t{64}, std::uint16_t{1000}}) {
        const dialect rules{.depth = depth};
        const auto good = test::match<grammar::body>(nested(depth), rules);
        EXPECT_TRUE(good.ok) << depth;
        const auto bad = test::match<grammar::body>(nested(depth + 1U), rules);
        EXPECT_FALSE(bad.ok) << depth;
        EXPECT_EQ(bad.fault, (error{errc::too_deep, depth, depth + 1U, depth}));
        const auto unclosed = test::match<grammar::body>(std::string(100000, '('), rules);
        EXPECT_EQ(unclosed.fault, (error{errc::too_deep, depth, depth + 1U, depth}));
    }
    // Siblings are no levels.
    std::string wide = "(";
    for (int i = 0; i != 200; ++i)
        wide += nested(3);
    EXPECT_TRUE((test::match<grammar::body>(wide + " \"M\")", {.depth = 4}).ok));
}

// C4: an extension nests under the same limit, on top of the body it belongs to.
TEST(body, extensions_nest_as_deep_as_the_limit) {
    const auto with = [&](std::size_t levels) {
        return "(\"X\" \"Y\"" + fields + " NIL NIL NIL NIL " + std::string(levels, '(') + "1" +
               std::string(levels, ')') + ")";
    };
    EXPECT_TRUE(test::match<grammar::body>(with(63)).ok);
    EXPECT_EQ(test::match<grammar::body>(with(64)).fault.code, errc::too_deep);
    EXPECT_TRUE(test::match<body_extension>(std::string(64, '(') + "1" + std::string(64, ')')).ok);
    EXPECT_EQ(test::match<body_extension>(std::string(65, '(')).fault, (error{errc::too_deep, 64, 65, 64}));
}

} // namespace
} // namespace mailwire::imap::grammar
