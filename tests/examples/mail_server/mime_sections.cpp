// SPDX-License-Identifier: BSL-1.0
// BODY[...] of the parts that the MIME reader finds.
#include "mail_server/mime.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail_server {
namespace {

using numbers = std::vector<std::uint32_t>;

std::optional<std::string> section(std::string_view message, const numbers& path, section_text text) {
    const auto range = find_section(parse_message(message), path, text);
    return range ? std::optional(std::string(octets(message, *range))) : std::nullopt;
}

// Shaped as the example of RFC 9051 6.4.5.1.
constexpr std::string_view complex_message = "Subject: top\r\n"
                                             "Content-Type: multipart/mixed; boundary=a\r\n"
                                             "\r\n"
                                             "--a\r\n"
                                             "\r\n"
                                             "one\r\n"
                                             "--a\r\n"
                                             "Content-Type: application/octet-stream\r\n"
                                             "\r\n"
                                             "two\r\n"
                                             "--a\r\n"
                                             "Content-Type: message/rfc822\r\n"
                                             "\r\n"
                                             "Subject: third\r\n"
                                             "Content-Type: multipart/mixed; boundary=b\r\n"
                                             "\r\n"
                                             "--b\r\n"
                                             "\r\n"
                                             "three one\r\n"
                                             "--b\r\n"
                                             "Content-Type: application/x\r\n"
                                             "\r\n"
                                             "three two\r\n"
                                             "--b--\r\n"
                                             "--a\r\n"
                                             "Content-Type: multipart/mixed; boundary=c\r\n"
                                             "\r\n"
                                             "--c\r\n"
                                             "Content-Type: image/gif\r\n"
                                             "\r\n"
                                             "four one\r\n"
                                             "--c\r\n"
                                             "Content-Type: message/global\r\n"
                                             "\r\n"
                                             "Subject: inner\r\n"
                                             "\r\n"
                                             "four two\r\n"
                                             "\r\n"
                                             "--c--\r\n"
                                             "--a--\r\n";

TEST(mime_sections, of_a_complex_message) {
    struct {
        numbers path;
        section_text text;
        std::string octets;
    } const rows[] = {
        {{}, section_text::all, std::string(complex_message)},
        {{}, section_text::header, "Subject: top\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"},
        {{1}, section_text::all, "one"},
        {{1}, section_text::mime, "\r\n"},
        {{2}, section_text::all, "two"},
        {{2}, section_text::mime, "Content-Type: application/octet-stream\r\n\r\n"},
        {{3}, section_text::mime, "Content-Type: message/rfc822\r\n\r\n"},
        {{3}, section_text::header, "Subject: third\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"},
        {{3},
         section_text::text,
         "--b\r\n\r\nthree one\r\n--b\r\nContent-Type: application/x\r\n\r\nthree two\r\n--b--"},
        {{3, 1}, section_text::all, "three one"},
        {{3, 2}, section_text::all, "three two"},
        {{3, 2}, section_text::mime, "Content-Type: application/x\r\n\r\n"},
        {{4, 1}, section_text::all, "four one"},
        {{4, 1}, section_text::mime, "Content-Type: image/gif\r\n\r\n"},
        {{4, 2}, section_text::all, "Subject: inner\r\n\r\nfour two\r\n"},
        {{4, 2}, section_text::header, "Subject: inner\r\n\r\n"},
        {{4, 2}, section_text::text, "four two\r\n"},
        {{4, 2, 1}, section_text::all, "four two\r\n"},
        {{4, 2, 1}, section_text::mime, "Subject: inner\r\n\r\n"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(section(complex_message, row.path, row.text), row.octets)
            << testing::PrintToString(row.path) << " " << static_cast<int>(row.text);
    }
    const auto text = section(complex_message, {}, section_text::text);
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->starts_with("--a\r\n"));
    EXPECT_TRUE(text->ends_with("--a--\r\n"));
}

TEST(mime_sections, that_a_complex_message_does_not_have) {
    struct {
        numbers path;
        section_text text;
    } const rows[] = {
        {{}, section_text::mime},    {{0}, section_text::all},       {{5}, section_text::all},
        {{1, 1}, section_text::all}, {{1}, section_text::header},    {{4}, section_text::text},
        {{3, 3}, section_text::all}, {{4, 2, 2}, section_text::all}, {{4, 2, 1, 1}, section_text::all},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(section(complex_message, row.path, row.text), std::nullopt)
            << testing::PrintToString(row.path) << " " << static_cast<int>(row.text);
    }
}

TEST(mime_sections, of_a_message_that_is_its_own_part) {
    constexpr std::string_view plain = "Subject: x\r\n\r\nbody\r\n";
    EXPECT_EQ(section(plain, {}, section_text::text), "body\r\n");
    EXPECT_EQ(section(plain, {1}, section_text::all), "body\r\n");
    EXPECT_EQ(section(plain, {1}, section_text::mime), "Subject: x\r\n\r\n");
    EXPECT_EQ(section(plain, {1}, section_text::header), std::nullopt);
    EXPECT_EQ(section(plain, {1, 1}, section_text::all), std::nullopt);
    EXPECT_EQ(section(plain, {2}, section_text::all), std::nullopt);

    constexpr std::string_view forwarded = "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nbody\r\n";
    EXPECT_EQ(section(forwarded, {1}, section_text::all), "Subject: in\r\n\r\nbody\r\n");
    EXPECT_EQ(section(forwarded, {1}, section_text::header), "Subject: in\r\n\r\n");
    EXPECT_EQ(section(forwarded, {1, 1}, section_text::all), "body\r\n");
    EXPECT_EQ(section(forwarded, {1, 1}, section_text::mime), "Subject: in\r\n\r\n");
    EXPECT_EQ(section(forwarded, {1, 1, 1}, section_text::all), std::nullopt);
}

TEST(mime_sections, without_an_empty_line) {
    EXPECT_EQ(section("Subject: x\r\n", {}, section_text::header), "Subject: x\r\n");
    EXPECT_EQ(section("Subject: x\r\n", {}, section_text::text), "");
    EXPECT_EQ(section("", {}, section_text::all), "");
    EXPECT_EQ(section("", {1}, section_text::all), "");
}

TEST(mime_sections, of_lines_that_end_with_lf) {
    constexpr std::string_view message = "Content-Type: multipart/mixed; boundary=z\n\n--z\n\none\n--z\n\ntwo\n--z--\n";
    EXPECT_EQ(section(message, {1}, section_text::all), "one");
    EXPECT_EQ(section(message, {2}, section_text::all), "two");
}

TEST(mime_sections, of_any_beginning_of_a_message_lie_within_it) {
    for (std::size_t size = 0; size <= complex_message.size(); ++size) {
        const auto beginning = complex_message.substr(0, size);
        const part message = parse_message(beginning);
        EXPECT_EQ(message.whole(), (octet_range{0, size}));
        for (const numbers& path : {numbers{1}, numbers{3}, numbers{3, 1}, numbers{4, 2}, numbers{4, 2, 1}}) {
            if (const part* found = find_part(message, path)) {
                EXPECT_LE(found->body.begin + found->body.size, size);
                EXPECT_EQ(found->header.begin + found->header.size, found->body.begin);
            }
        }
    }
}

} // namespace
} // namespace mail_server
