// SPDX-License-Identifier: BSL-1.0
#include "mail_server/dates.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "date_text.hpp"

namespace mail_server {

namespace {

TEST(dates, of_the_store_are_read_and_written) {
    struct {
        std::string_view text;
        instant when;
        calendar_date day;
    } const rows[] = {
        {"01-Jan-1970 00:00:00 +0000", {0, 0}, {1970, 1, 1}},
        {"07-Feb-1994 21:52:25 -0800", {760686745, -480}, {1994, 2, 7}},
        {"01-Jan-1970 00:00:00 +0530", {-19800, 330}, {1970, 1, 1}},
        {"31-Dec-1969 23:59:59 -0001", {59, -1}, {1969, 12, 31}},
        {"29-Feb-2000 12:00:00 +1400", {951775200, 840}, {2000, 2, 29}},
        {"01-Jan-0000 00:00:00 +0000", {-62167219200, 0}, {0, 1, 1}},
        {"31-Dec-9999 23:59:59 -9959", {253402660739, -5999}, {9999, 12, 31}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(parse_internal_date(row.text), row.when) << row.text;
        EXPECT_EQ(format_internal_date(row.when), row.text);
        EXPECT_EQ(local_date(row.when), row.day) << row.text;
    }
}

TEST(dates, of_the_store_may_be_spelled_otherwise) {
    const instant when = {760686745, -480};
    for (const std::string_view text :
         {" 7-Feb-1994 21:52:25 -0800", "7-Feb-1994 21:52:25 -0800", "07-fEB-1994 21:52:25 -0800"}) {
        EXPECT_EQ(parse_internal_date(text), when) << text;
    }
    EXPECT_EQ(parse_internal_date("31-Dec-2016 23:59:60 +0000"), (instant{1483228800, 0})) << "a leap second";
}

TEST(dates, that_do_not_exist_are_refused) {
    for (const std::string_view text : {"",
                                        " ",
                                        "-",
                                        "07-Feb-1994",
                                        "29-Feb-1995 00:00:00 +0000",
                                        "00-Jan-1995 00:00:00 +0000",
                                        "32-Jan-1995 00:00:00 +0000",
                                        "01-Foo-1995 00:00:00 +0000",
                                        "01-Jan-1995 24:00:00 +0000",
                                        "01-Jan-1995 00:60:00 +0000",
                                        "01-Jan-1995 00:00:61 +0000",
                                        "01-Jan-1995 00:00:00 +0060",
                                        "01-Jan-1995 00:00:00 00000",
                                        "01-Jan-1995 00:00:00  0000",
                                        "001-Jan-1995 00:00:00 +0000",
                                        "01-Jan-95 00:00:00 +0000",
                                        "01-Jan--995 00:00:00 +0000",
                                        "01-Jan-1995 00:00:00 +0000 ",
                                        "01 Jan 1995 00:00:00 +0000",
                                        "01-Jan-1995 0a:00:00 +0000",
                                        "01-Jan-1995T00:00:00 +0000",
                                        "01-Jan-1995 -1:00:00 +0000",
                                        "01-January-1995 00:00:00 +0000"}) {
        EXPECT_EQ(parse_internal_date(text), std::nullopt) << text;
    }
}

TEST(dates, of_a_header) {
    struct {
        std::string_view value;
        calendar_date day;
    } const rows[] = {
        {"Fri, 21 Nov 1997 09:55:06 -0600", {1997, 11, 21}},                                     // RFC 5322 A.1.1
        {"Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330 (Newfoundland Time)", {1969, 2, 13}}, // A.5
        {"21 Nov 97 09:55:06 GMT", {1997, 11, 21}},                                              // A.6.2
        {"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", {1997, 11, 21}},                     // A.6.3
        {"3 Apr 2025 10:00 EST", {2025, 4, 3}},
        {"Wed,2 apr 2025 10:00:00 +0000 (UTC)", {2025, 4, 2}},
        {"1 Jan 49 00:00:00 GMT", {2049, 1, 1}},
        {"1 Jan 50 00:00:00 GMT", {1950, 1, 1}},
        {"1 Jan 105 00:00:00 GMT", {2005, 1, 1}},
        {"(a (b) \tc)1(x)Jan(y)2001", {2001, 1, 1}},
        {"29 Feb 2024", {2024, 2, 29}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(parse_header_date(row.value), row.day) << row.value;
    }
}

TEST(dates, of_a_header_that_names_no_day) {
    for (const std::string_view value :
         {"", "Jan", "1 Jan", "Jan 1 2020", "30 Feb 2020", "x Jan 2020", "1 Jan x", "1 Jan 20201", "1 Jan 5",
          "1 (Jan 2020", "99999999999 Jan 2020", "-1 Jan 2020"}) {
        EXPECT_EQ(parse_header_date(value), std::nullopt) << value;
    }
}

TEST(dates, are_ordered) {
    EXPECT_LT((calendar_date{1999, 12, 31}), (calendar_date{2000, 1, 1}));
    EXPECT_LT((calendar_date{2000, 1, 31}), (calendar_date{2000, 2, 1}));
    EXPECT_GT((calendar_date{2000, 2, 2}), (calendar_date{2000, 2, 1}));
}

} // namespace
} // namespace mail_server
