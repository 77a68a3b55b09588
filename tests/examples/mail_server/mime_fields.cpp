// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mime_fields.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "imap_text.hpp"

namespace mail_server {
namespace {

TEST(mime_fields, content_type) {
    struct {
        std::string_view value;
        std::string_view type;
        std::string_view subtype;
        std::string_view parameters;
    } const rows[] = {
        {"text/plain", "text", "plain", "NIL"},
        {" Text / HTML ; CharSet = UTF-8 ", "Text", "HTML", R"(("CharSet" "UTF-8"))"},
        {"text/plain; charset=us-ascii (Plain text)", "text", "plain", R"(("charset" "us-ascii"))"},
        {R"(a/b; x="q\"u;o\\te";y=(c)z)", "a", "b", R"(("x" "q\"u;o\\te" "y" "z"))"},
        {"a/b; name*0=a; name*1=\"b c\"; n*=utf-8''%c3", "a", "b",
         R"(("name*0" "a" "name*1" "b c" "n*" "utf-8''%c3"))"},
        {"a/b; x=un quoted; =z; novalue; k = v ;", "a", "b", R"(("x" "un" "k" "v"))"},
        {"a/b; (c ; d=e) f=\"\"; g==?utf-8?q?=41?=", "a", "b", R"(("f" "" "g" "=?utf-8?q?=41?="))"},
        {"a/b x=1; y=2", "a", "b", R"(("y" "2"))"},
        {"a/b; x=\"open; y=2", "a", "b", R"(("x" "open; y=2"))"},
        {"a/b; x=1(open; y=2", "a", "b", R"(("x" "1"))"},
        {"a/b; x=\"a\\", "a", "b", R"(("x" "a\\"))"},
        {"a/b; x=y/z:1", "a", "b", R"(("x" "y/z:1"))"},
    };
    for (const auto& row : rows) {
        const auto found = parse_content_type(row.value);
        ASSERT_TRUE(found) << row.value;
        EXPECT_EQ(found->type, row.type) << row.value;
        EXPECT_EQ(found->subtype, row.subtype) << row.value;
        EXPECT_EQ(test::imap_text(found->parameters), row.parameters) << row.value;
    }
    for (const std::string_view value :
         {"", "text", "text/", "/plain", "; charset=x", "text plain", "(a/b", "\"a\"/b"}) {
        EXPECT_FALSE(parse_content_type(value)) << value;
    }
}

TEST(mime_fields, content_disposition) {
    struct {
        std::string_view value;
        content_disposition disposition;
    } const rows[] = {
        {"INLINE", {"INLINE", {}}},
        {"attachment; filename=\"a \\\"q\\\".bin\"; size=12",
         {"attachment", {{"filename", "a \"q\".bin"}, {"size", "12"}}}},
        {"attachment filename=x", {"attachment", {}}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(parse_content_disposition(row.value), row.disposition) << row.value;
    }
    EXPECT_EQ(parse_content_disposition(""), std::nullopt);
    EXPECT_EQ(parse_content_disposition(" (c) ; filename=x"), std::nullopt);
}

TEST(mime_fields, tokens_and_languages) {
    EXPECT_EQ(parse_token(" (c) base64 ; x"), "base64");
    EXPECT_EQ(parse_token("X-Foo (hm)"), "X-Foo");
    EXPECT_EQ(parse_token(" "), "");
    using tags = std::vector<std::string>;
    EXPECT_EQ(parse_languages("de"), tags({"de"}));
    EXPECT_EQ(parse_languages("en,fr , \"de\" (x), , es-419"), tags({"en", "fr", "de", "es-419"}));
    EXPECT_EQ(parse_languages(""), tags());
    EXPECT_EQ(parse_languages(" , (only a comment)"), tags());
}

TEST(mime_fields, parameter_is_found_in_any_case) {
    const parameter_list parameters = {{"a", "1"}, {"Boundary", "x"}, {"boundary", "y"}};
    EXPECT_EQ(parameter(parameters, "boundary"), "x");
    EXPECT_EQ(parameter(parameters, "b"), std::nullopt);
}

} // namespace
} // namespace mail_server
