// SPDX-License-Identifier: BSL-1.0
#include "mail_server/search_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "date_text.hpp"

namespace mail_server {
namespace {

constexpr std::string_view message = "From: Ann Field <ann@example.org>\r\n"
                                     "Subject: quarterly\r\n figures\r\n"
                                     "X-Empty:\r\n"
                                     "To: x@example.org\r\n"
                                     "To: second@example.org\r\n"
                                     "Date: Tue, 1 Apr 2025 23:59:00 -1000\r\n"
                                     "\r\n"
                                     "Dear all,\r\nthe Figures are\r\nattached. Gr\xc3\xbc\xc3\x9f"
                                     "e\r\n";

TEST(search_text, is_found_in_any_case) {
    struct {
        std::string_view text;
        std::string_view needle;
        bool found;
    } const rows[] = {
        {"", "", true},
        {"abc", "", true},
        {"", "a", false},
        {"abc", "ABC", true},
        {"xABcx", "abC", true},
        {"abc", "abcd", false},
        {"aab", "ab", true},
        {"\xc3\xbc", "\xc3\xbc", true},
        {"\xc3\xbc", "\xc3\x9c", false},
        {"a.c", "abc", false},
        {"abababac", "ababac", true},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(contains_ignoring_case(row.text, row.needle), row.found) << row.text << " / " << row.needle;
    }
}

TEST(search_text, of_one_field) {
    struct {
        std::string_view name;
        std::string_view needle;
        bool found;
    } const rows[] = {
        {"subject", "quarterly figures", true},
        {"Subject", "QUARTERLY", true},
        {"Subject", "Subject", false},
        {"From", "field <ANN", true},
        {"To", "second", true},
        {"To", "ann", false},
        {"X-Empty", "", true},
        {"X-None", "", false},
        {"Dear all,", "", false},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(header_contains(message, row.name, row.needle), row.found) << row.name << " / " << row.needle;
    }
}

TEST(search_text, of_body_and_of_all) {
    struct {
        std::string_view needle;
        bool in_body;
        bool anywhere;
    } const rows[] = {
        {"figures ARE", true, true},         {"are\r\nattached", true, true},
        {"quarterly figures", false, true},  {"subject: Q", false, true},
        {"gr\xc3\xbc\xc3\x9f", true, true},  {"nowhere", false, false},
        {"-1000\r\n\r\nDear", false, false}, {"", true, true},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(body_contains(message, row.needle), row.in_body) << row.needle;
        EXPECT_EQ(text_contains(message, row.needle), row.anywhere) << row.needle;
    }
}

TEST(search_text, of_the_day_it_was_sent) {
    EXPECT_EQ(sent_date(message), (calendar_date{2025, 4, 1}));
    EXPECT_EQ(sent_date("Subject: x\r\n\r\nDate: 1 Apr 2025\r\n"), std::nullopt);
    EXPECT_EQ(sent_date("Date: soon\r\n\r\n"), std::nullopt);
}

} // namespace
} // namespace mail_server
