// SPDX-License-Identifier: BSL-1.0
#include "demo/report.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>
#include <string>

#include "demo/endpoint.hpp"

namespace demo {
namespace {

class report_test : public testing::Test {
protected:
    report_test() : before_(std::cout.rdbuf(text_.rdbuf())) {}
    ~report_test() override { std::cout.rdbuf(before_); }
    std::string printed() const { return text_.str(); }

    report out;

private:
    std::ostringstream text_;
    std::streambuf* before_;
};

TEST_F(report_test, passes_what_is_there_and_right) {
    out.print({"POP3", "row", {"+OK"}, {"-ERR"}, "all", true}, {"STAT\r\n", "+OK 2 320\r\n"});
    EXPECT_EQ(printed(), "pass  POP3  row\n      C: STAT\n      S: +OK 2 320\n      understood: all\n\n");
    EXPECT_TRUE(out.all_passed());
    out.skip("POP3", "other", "not here");
    EXPECT_TRUE(out.all_passed());
    out.summary();
    EXPECT_TRUE(printed().ends_with("skip  POP3  other\n      not here\n\n1 passed, 0 failed, 1 skipped\n"));
}

TEST_F(report_test, fails_what_is_missing_unwanted_or_wrong) {
    const wire_text wire{"STAT\r\n", "+OK 2 320\r\n"};
    const report::row rows[] = {{"POP3", "missing", {"-ERR"}, {}, "all", true},
                                {"POP3", "unwanted", {}, {"+OK"}, "all", true},
                                {"POP3", "wrong", {"+OK"}, {}, "all", false}};
    for (const auto& row : rows) {
        report each;
        each.print(row, wire);
        EXPECT_FALSE(each.all_passed()) << row.what;
        EXPECT_NE(printed().find("FAIL  POP3  " + std::string(row.what)), std::string::npos);
    }
    out.broke("POP3", "no greeting");
    EXPECT_FALSE(out.all_passed());
}

TEST_F(report_test, has_passed_nothing_where_all_was_skipped) {
    out.skip("POP3", "row", "not here");
    EXPECT_FALSE(out.all_passed());
}

TEST_F(report_test, shows_no_secret) {
    out.print({"POP3", "row", {}, {}, "all", true},
              {"USER a\r\nPASS one two\r\nUSER a\r\nPASS three\r\nAPOP a four\r\nA1 LOGIN a five\r\nPASS six", ""});
    EXPECT_EQ(printed(),
              "pass  POP3  row\n      C: USER a\n      C: PASS ...\n      C: USER a\n      C: PASS ...\n"
              "      C: APOP ...\n      C: A1 LOGIN ...\n      C: (1 more lines)\n      understood: all\n\n");
}

TEST(endpoint, knows_what_stays_on_this_machine) {
    for (const auto* address : {"localhost:110", "127.0.0.1:1", "127.1.2.3:110", "::1:110"})
        EXPECT_TRUE(is_loopback(address)) << address;
    for (const auto* address :
         {"mail.example.org:110", "localhost.example.org:110", "10.0.0.1:110", "::2:110", "", ":1"})
        EXPECT_FALSE(is_loopback(address)) << address;
}

} // namespace
} // namespace demo
