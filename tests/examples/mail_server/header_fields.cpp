// SPDX-License-Identifier: BSL-1.0
#include "mail_server/header_fields.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mail_server {
namespace {

TEST(header_fields, end_with_the_empty_line) {
    struct {
        std::string_view message;
        std::size_t size;
    } const rows[] = {
        {"", 0},
        {"A: b\r\n\r\nbody", 8},
        {"A: b\r\n", 6},
        {"A: b", 4},
        {"\r\nbody\r\n", 2},
        {"A: b\n\nbody\n\n", 6},
        {"A: b\r\n \r\n\r\nx", 11},
        {"A: b\r\nC: d\r\n\r\n\r\n", 14},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(header_size(row.message), row.size) << row.message;
    }
}

TEST(header_fields, are_split_and_unfolded) {
    const std::string_view header = "From x: y\r\n" // no name has a space, but it is told as one
                                    "Subject :  a\r\n\tb \r\n"
                                    "junk\r\n"
                                    "empty:\r\n"
                                    " \r\n"
                                    "url:http://x\r\n"
                                    "\r\n"
                                    "body: x\r\n";
    const auto fields = header_fields(header);
    ASSERT_EQ(fields.size(), 5U);
    EXPECT_EQ(fields[1].name, "Subject");
    EXPECT_EQ(fields[1].value, "  a\r\n\tb ");
    EXPECT_EQ(fields[1].whole, "Subject :  a\r\n\tb \r\n");
    EXPECT_EQ(fields[2].name, "");
    EXPECT_EQ(fields[2].whole, "junk\r\n");
    EXPECT_EQ(field_value(fields, "SUBJECT"), "a\tb");
    EXPECT_EQ(field_value(fields, "Empty"), "");
    EXPECT_EQ(field_value(fields, "url"), "http://x");
    EXPECT_EQ(field_value(fields, "body"), std::nullopt);
}

TEST(header_fields, without_a_line_end_or_with_a_bare_one) {
    const auto fields = header_fields("a: b\nc: d\n e");
    ASSERT_EQ(fields.size(), 2U);
    EXPECT_EQ(field_value(fields, "a"), "b");
    EXPECT_EQ(field_value(fields, "c"), "d e");
}

TEST(header_fields, are_not_begun_by_a_continued_line) {
    const auto fields = header_fields(" a: b\r\nc: d\r\n");
    ASSERT_EQ(fields.size(), 2U);
    EXPECT_EQ(fields[0].name, "");
    EXPECT_EQ(fields[1].name, "c");
}

TEST(header_fields, are_selected_octet_by_octet) {
    const std::string_view header = "From: a\r\nSUBJECT : b\r\n  c\r\nmbox line\r\nTo: d\r\nsubject: e\r\n\r\n";
    struct {
        std::vector<std::string> names;
        bool matching;
        std::string_view selected;
    } const rows[] = {
        {{"Subject"}, true, "SUBJECT : b\r\n  c\r\nsubject: e\r\n\r\n"},
        {{"to", "from"}, true, "From: a\r\nTo: d\r\n\r\n"},
        {{"Subject", "To"}, false, "From: a\r\nmbox line\r\n\r\n"},
        {{"X"}, true, "\r\n"},
        {{"X"}, false, header},
        {{"Subj", "Fro"}, true, "\r\n"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(select_fields(header, row.names, row.matching), row.selected);
    }
    const std::vector<std::string> names = {"a"};
    EXPECT_EQ(select_fields("a: b\r\nc: d\r\n", names, true), "a: b\r\n") << "there is no empty line to keep";
    EXPECT_EQ(select_fields("", names, true), "");
}

TEST(header_fields, names_are_equal_in_ascii_only) {
    EXPECT_TRUE(equal_ignoring_case("Message-ID", "mESSAGE-id"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("\xc4", "\xe4"));
    EXPECT_FALSE(equal_ignoring_case("@", "`"));
    EXPECT_FALSE(equal_ignoring_case("[", "{"));
}

} // namespace
} // namespace mail_server
