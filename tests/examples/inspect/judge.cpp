// SPDX-License-Identifier: BSL-1.0
#include "inspect/judge.hpp"

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace inspect::test {
namespace {

using mailwire::side;

struct row {
    protocol speaks;
    side from;
    std::string_view octets;
    std::string_view context;
    std::string_view mode;
    std::string_view kind;
    std::string_view verdict_and_detail;
};

constexpr auto imap = protocol::imap;
constexpr auto pop3 = protocol::pop3;

std::string judged(const row& each) {
    const index_row where{
        "id", 0, each.octets.size(), std::string(each.context), std::string(each.mode), std::string(each.kind)};
    const judgement result = judge(each.octets, where, settings(each.speaks, each.from));
    return std::string(name_of(result.judged)) + ": " + result.detail;
}

TEST(judge, judges_units_of_imap) {
    const std::vector<row> rows{
        {imap, side::client, "a1 NOOP\r\n", "", "", "unit", "accept: command NOOP"},
        {imap, side::client, "a1 LOGIN a {1}\r\nb\r\n", "LOGIN", "", "", "accept: command LOGIN"},
        {imap, side::client, "a1 XFOO\r\n", "", "", "", "unknown: command XFOO"},
        {imap, side::client, "a1 XFOO\r\nmore\r\n", "", "", "", "unknown: command XFOO, 6 octets behind the unit"},
        {imap, side::client, "a1 NOOP\r\na2 NOOP\r\n", "", "", "", "reject: 9 octets behind the unit"},
        {imap, side::client, "a1 NOOP x\r\n\r\n", "", "", "", "reject: command: syntax at 7"},
        {imap, side::client, "a1 NOOP", "", "", "", "incomplete: command: breaks off at 7"},
        {imap, side::client, "a1 LOGIN a {5}\r\nb", "", "", "",
         "incomplete: command: breaks off at 17 (a literal of 5 octets, 1 are here)"},
        {imap, side::client, "", "", "", "", "incomplete: no octets"},
        {imap, side::client, "DONE\r\n", "", "", "idle-done", "unknown: kind idle-done is not supported"},
        {imap, side::client, "a1 NOOP\r\n", "", "utf8,rev7", "", "unknown: mode rev7 is not supported"},
        {imap, side::server, "* 1 FETCH (UID 1 X-A 1)\r\n", "", "utf8", "", "accept: data FETCH (unknown inside: X-A)"},
        {imap, side::server, "* XFOO\r\n", "", "", "", "unknown: data XFOO"},
        {imap, side::server, "* OK hi\r\n", "", "", "greeting", "accept: greeting OK"},
        {imap, side::server, "* NO hi\r\n", "", "", "greeting", "reject: greeting: syntax at 2"},
        {imap, side::server, "* OK hi\r\n", "", "", "unit", "accept: status OK"},
        {imap, side::server, "* 4294967296 EXISTS\r\n", "", "", "",
         "reject: response: number too big (at most 4294967295) at 2"},
    };
    for (const row& each : rows)
        EXPECT_EQ(judged(each), each.verdict_and_detail) << each.octets;
}

TEST(judge, judges_units_of_pop3) {
    const std::vector<row> rows{
        {pop3, side::client, "RETR 1\r\n", "", "", "unit", "accept: command RETR"},
        {pop3, side::client, "XTND\r\n", "", "", "", "unknown: command XTND"},
        {pop3, side::client, "RETR 0\r\n", "", "", "", "reject: command: syntax at 5"},
        {pop3, side::client, "AHh4\r\n", "", "", "sasl-response", "unknown: kind sasl-response is not supported"},
        {pop3, side::server, "+OK\r\n1 2\r\n.\r\n", "LIST", "", "", "accept: answer +OK"},
        {pop3, side::server, "+OK\r\n1 2\r\n.\r\n", "", "ctx=list", "", "accept: answer +OK"},
        {pop3, side::server, "+OK\r\n1 2\r\n.\r\n", "", "", "", "reject: 8 octets behind the unit"},
        {pop3, side::server, "+OK\r\n1 2\r\n", "LIST", "", "", "incomplete: answer +OK: breaks off at 10"},
        {pop3, side::server, "+OK x <a@b>\r\n", "(greeting)", "", "", "accept: greeting"},
        {pop3, side::server, "+OK x\r\n", "", "", "greeting", "accept: greeting"},
        {pop3, side::server, "+OK\r\n", "XTND", "", "", "unknown: context XTND is not supported"},
        {pop3, side::server, "+OK [x\r\n", "", "respcodes", "", "reject: answer: syntax at 6"},
    };
    for (const row& each : rows)
        EXPECT_EQ(judged(each), each.verdict_and_detail) << each.octets;
}

// A context that was given for all units stands where the index has none.
TEST(judge, keeps_what_the_index_leaves_open) {
    settings reading(protocol::pop3, side::server);
    reading.set_context("LIST");
    EXPECT_EQ(judge("+OK\r\n.\r\n", {"id"}, reading).judged, verdict::accept);
}

TEST(judge, reads_the_index_and_prints_verdicts) {
    const std::string pack = "* 1 EXISTS\r\n* X\r\n* 1 EXISTSx\r\n* 1";
    std::istringstream index("note\tbytes\tid\toffset\r\n"
                             "x\t12\ta\t0\r\n"
                             "\n"
                             "\t5\tb\t12\n"
                             "\t13\tc\t17\n"
                             "\t3\td\t30");
    std::ostringstream out;
    print_judgements(out, pack, read_index(index, pack.size()), settings(protocol::imap, side::server));
    EXPECT_EQ(out.str(), "a\taccept\tdata EXISTS\n"
                         "b\tunknown\tdata X\n"
                         "c\tunknown\tdata EXISTSx\n"
                         "d\tincomplete\tresponse: breaks off at 3\n");
}

std::string fault_of(const std::string& text) {
    std::istringstream index(text);
    try {
        read_index(index, 20);
    } catch (const std::runtime_error& why) {
        return why.what();
    }
    return "";
}

TEST(judge, refuses_an_index_that_is_none) {
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t20\t0\n"), "");
    EXPECT_EQ(fault_of(""), "line 1 of the index has no column id");
    EXPECT_EQ(fault_of("id\toffset\n"), "line 1 of the index has no column bytes");
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t0\t1\nb\t0\n"), "line 3 of the index: column bytes holds no number");
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t-1\t1\n"), "line 2 of the index: column offset holds no number");
    const std::string outside = "line 2 of the index: the unit is not in the pack, which has 20 octets";
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t21\t0\n"), outside);
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t19\t2\n"), outside);
    EXPECT_EQ(fault_of("id\toffset\tbytes\na\t1\t18446744073709551615\n"), outside);
}

} // namespace
} // namespace inspect::test
