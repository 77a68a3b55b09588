// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/body.hpp"

#include "imap/tolerated.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

// `structure` in a FETCH response.
std::string unit(std::string_view structure) { return "* 1 FETCH (BODYSTRUCTURE " + std::string(structure) + ")\r\n"; }

TEST(body, units) {
    test::good_responses({
        {"B6-1", unit("(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 2279 48 NIL NIL NIL NIL)")},
        {"B6-16", "* 1 FETCH (BODY ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)(\"TEXT\" \"HTML\" NIL NIL NIL "
                  "\"7BIT\" 1 1) \"MIXED\"))\r\n"},
        {"B6-17",
         unit("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 342 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"TEXT\" "
              "\"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 10)")},
        {"B6-18",
         unit(
             "(\"APPLICATION\" \"PDF\" (\"NAME\" \"a\") NIL NIL \"BASE64\" 9 NIL (\"attachment\" (\"FILENAME\" \"a\")) "
             "(\"en\" \"de\") \"http://x/\")")},
        {"B6-18", unit("(\"X\" \"Y\" NIL \"<id>\" {5}\r\na\r\nbc \"8BIT\" 9223372036854775807)")},
        // Fields behind the location are nobody's yet: they are read past and not written.
        {"B6-18", unit("(\"X\" \"Y\" NIL NIL NIL \"BASE64\" 9 NIL NIL NIL NIL 42 (NIL \"z\"))")},
        // Extension data that breaks off is written to its end.
        {"B6-18", unit("(\"X\" \"Y\" NIL NIL NIL \"BASE64\" 9 \"md5\")"),
         unit("(\"X\" \"Y\" NIL NIL NIL \"BASE64\" 9 \"md5\" NIL NIL NIL)"), true},
        {"B6-19", unit("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\" (\"BOUNDARY\" \"b\") NIL \"en\" NIL)"),
         unit("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) \"MIXED\" (\"BOUNDARY\" \"b\") NIL (\"en\") NIL)"), true},
    });
    test::bad_responses({
        {"A11", unit("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1)"), errc::syntax, 61},
        {"A11", unit("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 342)"), errc::syntax, 67},
        {"A11", unit("(\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 1 1)"), errc::syntax, 61},
        {"P12", unit("(\"TEXT\" \"PLAIN\" NIL NIL NIL NIL 1 1)"), errc::syntax, 53},
        {"B6-16", unit("((\"X\" \"Y\" NIL NIL NIL \"7BIT\" 1) (\"X\" \"Y\" NIL NIL NIL \"7BIT\" 1) \"MIXED\")"),
         errc::syntax, 57},
        {"C3", unit(std::string(100000, '(')), errc::too_deep, 25 + 64},
    });
}

// P12, A11: what servers send all the same.
TEST(body, tolerated_forms) {
    test::expect_tolerated(quirks::incomplete_body, unit("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1)"));
    test::expect_tolerated(quirks::incomplete_body, unit("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 342 NIL)"));
    test::expect_tolerated(quirks::nil_encoding, unit("(\"X\" \"Y\" NIL NIL NIL NIL 1)"));
    test::expect_tolerated(quirks::empty_list, unit("(\"X\" \"Y\" () NIL NIL \"7BIT\" 1)"));
    token tape[64];
    const std::string wire = unit("(\"TEXT\" \"PLAIN\" () NIL NIL NIL 1 NIL (\"inline\" ()) NIL NIL)");
    const auto parsed = parse_response(wire, tape, {.dialect = {.quirks = quirks::of_servers}});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.quirks, quirks::incomplete_body | quirks::empty_list | quirks::nil_encoding);
    const auto b = parsed.value.as<fetch_data>().att.get<body_structure>();
    ASSERT_TRUE(b);
    EXPECT_TRUE(b->parameters.empty());
    EXPECT_TRUE(b->encoding.is_nil());
    EXPECT_EQ(b->octets, 1U);
    EXPECT_FALSE(b->lines);
    EXPECT_TRUE(b->extended);
    EXPECT_EQ(b->disposition.type, text("inline"));
    EXPECT_TRUE(b->disposition.parameters.empty());
}

std::optional<body_structure> read(const std::string& wire, std::span<token> tape) {
    const auto parsed = parse_response(wire, tape);
    EXPECT_TRUE(parsed) << wire;
    return parsed.value.as<fetch_data>().att.get<body_structure>();
}

TEST(body, fields_of_a_single_part) {
    token tape[64];
    const std::string wire =
        unit("(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\" \"NAME\" \"a\") \"<id>\" \"text\" \"7BIT\" 2279 48 \"md5\" "
             "(\"inline\" (\"a\" \"b\")) \"en\" \"http://x/\" 5)");
    const auto b = read(wire, tape);
    ASSERT_TRUE(b);
    EXPECT_FALSE(b->is_multipart());
    EXPECT_EQ(b->type, text("TEXT"));
    EXPECT_EQ(b->subtype, text("PLAIN"));
    ASSERT_EQ(b->parameters.size(), 2U);
    EXPECT_EQ(b->parameters[1], (parameter{"NAME", "a"}));
    EXPECT_EQ(b->id, text("<id>"));
    EXPECT_EQ(b->description, text("text"));
    EXPECT_EQ(b->encoding, text("7BIT"));
    EXPECT_EQ(b->octets, 2279U);
    EXPECT_EQ(b->lines, 48U);
    EXPECT_TRUE(b->extended);
    EXPECT_EQ(b->md5, text("md5"));
    EXPECT_EQ(b->disposition.type, text("inline"));
    EXPECT_EQ(b->disposition.parameters[0], (parameter{"a", "b"}));
    ASSERT_EQ(b->languages.size(), 1U);
    EXPECT_EQ(b->languages[0], text("en"));
    EXPECT_EQ(b->location, text("http://x/"));
}

TEST(body, fields_of_nested_parts) {
    token tape[128];
    const std::string wire = unit("((\"X\" \"A\" NIL NIL NIL \"7BIT\" 1)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 2 "
                                  "(NIL \"inner\" NIL NIL NIL NIL "
                                  "NIL NIL NIL NIL) ((\"X\" \"B\" NIL NIL NIL \"7BIT\" 3)(\"X\" \"C\" NIL NIL NIL "
                                  "\"7BIT\" 4) \"ALTERNATIVE\") 5) \"MIXED\" "
                                  "(\"BOUNDARY\" \"b\") (\"inline\" NIL) (\"en\" \"de\") NIL)");
    const auto b = read(wire, tape);
    ASSERT_TRUE(b);
    EXPECT_TRUE(b->is_multipart());
    EXPECT_TRUE(b->type.is_nil());
    EXPECT_EQ(b->subtype, text("MIXED"));
    EXPECT_EQ(b->parameters[0], (parameter{"BOUNDARY", "b"}));
    EXPECT_EQ(b->disposition.type, text("inline"));
    EXPECT_EQ(b->languages.size(), 2U);
    ASSERT_EQ(b->parts.size(), 2U);
    EXPECT_EQ(b->parts[0].subtype, text("A"));
    EXPECT_FALSE(b->parts[0].extended);
    const imap::body message = b->parts[1];
    ASSERT_TRUE(message.envelope);
    EXPECT_EQ(message.envelope->subject, text("inner"));
    EXPECT_EQ(message.lines, 5U);
    ASSERT_EQ(message.enclosed.size(), 1U);
    ASSERT_EQ(message.enclosed[0].parts.size(), 2U);
    EXPECT_EQ(message.enclosed[0].parts[1].octets, 4U);
}

std::string written(const body& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {.from = side::server});
    value.write(out);
    return out.fault() == misuse::none ? result : "refused";
}

body text_part() {
    body b;
    b.type = "TEXT";
    b.subtype = "PLAIN";
    b.encoding = "7BIT";
    b.octets = 5;
    b.lines = 1;
    return b;
}

TEST(body, is_written_from_a_program) {
    const body parts[] = {text_part(), text_part()};
    body multipart;
    multipart.parts = parts;
    multipart.subtype = "MIXED";
    const std::string part = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)";
    EXPECT_EQ(written(multipart), "(" + part + part + " \"MIXED\")");
    body message = text_part();
    message.type = "message";
    message.subtype = "rfc822";
    message.envelope = envelope_fields{};
    message.enclosed = std::span<const body>(parts, 1);
    EXPECT_EQ(written(message),
              "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 5 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) " + part +
                  " 1)");
}

// A11: the fields have to be those of the media type, or the reader would take them for something else.
TEST(body, refuses_fields_of_another_type) {
    body b = text_part();
    b.type = "IMAGE";
    EXPECT_EQ(written(b), "refused"); // lines
    b.lines.reset();
    EXPECT_NE(written(b), "refused");
    b.envelope = envelope_fields{};
    EXPECT_EQ(written(b), "refused");
    b.envelope.reset();
    b.type = "text";
    EXPECT_EQ(written(b), "refused"); // no lines
    b.type = "message";
    b.subtype = "global";
    EXPECT_EQ(written(b), "refused"); // no envelope
    b.type = "IMAGE";
    const body inner[] = {text_part()};
    b.enclosed = inner;
    EXPECT_EQ(written(b), "refused");
    body message = text_part();
    message.type = "MESSAGE";
    message.subtype = "RFC822";
    EXPECT_EQ(written(message), "refused"); // lines without an envelope
    message.envelope = envelope_fields{};
    EXPECT_EQ(written(message), "refused"); // an envelope without a body
    EXPECT_EQ(written(body{}), "refused");  // no type
    b = text_part();
    b.octets = 9223372036854775808U;
    EXPECT_EQ(written(b), "refused");
}

} // namespace
} // namespace mailwire::imap
