// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/reply.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

const auto text = [](const greeting& g) { return describe(g); };
const auto write = [](auto& sink, const greeting& g) { return write_greeting(sink, g); };
const auto parse = [](std::string_view line) { return parse_greeting(line); };

TEST(greeting, with_and_without_a_timestamp) {
    const row rows[] = {
        {"+OK\r\n", "+OK"},
        {"+OK \r\n", "+OK"},
        {"+OK POP3 server ready\r\n", "+OK [POP3 server ready]"},
        {"+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n",
         "+OK [POP3 server ready <1896.697170952@dbc.mtview.ca.us>] timestamp [<1896.697170952@dbc.mtview.ca.us>]"},
        {"+OK <a@b> welcome\r\n", "+OK [<a@b> welcome] timestamp [<a@b>]"},
        {"+OK ready<a+b.c==@[127.0.0.1]>.\r\n", "+OK [ready<a+b.c==@[127.0.0.1]>.] timestamp [<a+b.c==@[127.0.0.1]>]"},
        {"+OK [SYS/TEMP] slow today\r\n", "+OK code [SYS/TEMP] [slow today]"},
        {"+OK [X] <a@b>\r\n", "+OK code [X] [<a@b>] timestamp [<a@b>]"},
    };
    for (const row& r : rows) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
}

TEST(greeting, is_positive_and_has_one_timestamp_at_most) {
    const row rows[] = {
        {"-ERR too busy\r\n", "syntax at 0"},    {"+OK ready <1896.697170952>\r\n", "syntax at 25"},
        {"+OK ready <a@b\r\n", "syntax at 14"},  {"+OK <a@b> <c@d>\r\n", "syntax at 10"},
        {"+OK <>\r\n", "syntax at 5"},           {"+OK <a@b c>\r\n", "syntax at 8"},
        {"+OK <a.@b>\r\n", "syntax at 7"},       {"+OK <a@b@c>\r\n", "syntax at 8"},
        {"+OK <\xc3\xb3@b>\r\n", "syntax at 5"},
    };
    for (const row& r : rows) {
        check_line(r, parse, text);
    }
    check_line({"+OK [foo bar\r\n", "+OK [[foo bar]"}, parse, text);
}

TEST(greeting, angle_brackets_are_tolerated_where_that_is_asked_for) {
    const auto tolerant = [](std::string_view line) {
        return parse_greeting(line, {.quirks = quirks::angle_bracket_in_greeting});
    };
    check_line({"+OK ready <1896.697170952>\r\n", "+OK [ready <1896.697170952>]"}, tolerant, text);
    check_line({"+OK <a@b> <c@d>\r\n", "+OK [<a@b> <c@d>]"}, tolerant, text);
    EXPECT_EQ(tolerant("+OK <hi>\r\n").quirks, quirks::angle_bracket_in_greeting);
    EXPECT_EQ(tolerant("+OK <a@b>\r\n").quirks, 0U);
    EXPECT_EQ(tolerant("+OK <a@b>\r\n").value.timestamp, "<a@b>");
}

TEST(greeting, gets_its_timestamp_behind_the_text) {
    const auto written = [](const greeting& g) {
        std::string line;
        string_sink sink(line);
        const misuse fault = write_greeting(sink, g);
        return fault == misuse::none ? line : name_of(fault);
    };
    EXPECT_EQ(written({.text = "ready", .timestamp = "<a@b>"}), "+OK ready <a@b>\r\n");
    EXPECT_EQ(written({.timestamp = "<a@b>"}), "+OK <a@b>\r\n");
    EXPECT_EQ(written({.text = "<a@b> ready", .timestamp = "<a@b>"}), "+OK <a@b> ready\r\n");
    EXPECT_EQ(written({.code = code::in_use, .text = "[x]"}), "+OK [IN-USE] [x]\r\n");
    EXPECT_EQ(written({.text = "<a@b> ready", .timestamp = "<c@d>"}), "bad value");
    EXPECT_EQ(written({.text = "ready", .timestamp = "a@b"}), "bad value");
    EXPECT_EQ(written({.text = "ready", .timestamp = "<a@b> "}), "bad value");
    EXPECT_EQ(written({.text = "<hi>"}), "bad value");
    EXPECT_EQ(written({.text = "[x]"}), "bad value");
}

TEST(response_code, is_what_it_begins_with) {
    EXPECT_TRUE(response_code{"IN-USE"}.is(code::in_use));
    EXPECT_TRUE(response_code{"in-use"}.is(code::in_use));
    EXPECT_TRUE(response_code{"IN-USE/HERE/NOW"}.is(code::in_use));
    EXPECT_TRUE(response_code{"LOGIN-DELAY"}.is(code::login_delay));
    EXPECT_FALSE(response_code{"IN-USE"}.is(code::login_delay));
    EXPECT_FALSE(response_code{"IN-USED"}.is(code::in_use));
    EXPECT_FALSE(response_code{"IN"}.is(code::in_use));
    EXPECT_FALSE(response_code{"SYS"}.is({"SYS/TEMP"}));
    EXPECT_FALSE(response_code{}.is(code::in_use));
    EXPECT_FALSE(response_code{"X"}.is({}));
    EXPECT_FALSE(response_code{});
}

} // namespace
} // namespace mailwire::pop3::test
