// SPDX-License-Identifier: BSL-1.0
#include "inspect/pop3.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "examples/inspect/tree_text.hpp"

namespace inspect::test {
namespace {

pop3_options answering(std::string_view context) {
    pop3_options result;
    result.context = pop3_context_of(context).value();
    return result;
}

// What is answered, the answer with all its lines, and what is printed of it.
struct row {
    std::string_view context;
    std::string_view wire;
    std::string_view tree;
};

TEST(pop3, shows_answers) {
    const std::vector<row> rows{
        {"greeting", "+OK [LOGIN-DELAY] ready <1896.697170952@dbc.mtview.ca.us>\r\n", R"(
at 0, 59 octets: greeting
        0      0  atom "+OK"
        5      5  raw "LOGIN-DELAY"
       18     18  raw "ready "
       24     24  raw "<1896.697170952@dbc.mtview.ca.us>"
       57     57  raw ""
)"},
        {"STAT", "+OK 2 320\r\n", R"(
at 0, 11 octets: answer +OK
        0      0  atom "+OK"
        4      4  number "2"
        6      6  number "320"
        9      9  absent
)"},
        {"LIST 2", "+OK 2 200 octets\r\n", R"(
at 0, 18 octets: answer +OK
        0      0  atom "+OK"
        4      4  number "2"
        6      6  number "200"
       10     10  raw "octets"
)"},
        {"UIDL 1", "+OK 1 whq\r\n", R"(
at 0, 11 octets: answer +OK
        0      0  atom "+OK"
        4      4  number "1"
        6      6  atom "whq"
)"},
        {"LIST", "+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n", R"(
at 0, 33 octets: answer +OK
        0      0  atom "+OK"
        4      4  absent
        4      4  raw "2 messages"
       16     16  line
       16     16    number "1"
       18     18    number "120"
       21     21    absent
       23     23  line
       23     23    number "2"
       25     25    number "200"
       28     28    absent
       30     30  end ".\r\n"
)"},
        {"UIDL", "+OK\r\n1 a:b\r\n.\r\n", R"(
at 0, 15 octets: answer +OK
        0      0  atom "+OK"
        3      3  absent
        3      3  absent
        5      5  line
        5      5    number "1"
        7      7    atom "a:b"
       12     12  end ".\r\n"
)"},
        {"CAPA", "+OK\r\nTOP\r\nSASL PLAIN LOGIN\r\nX-NEW a b\r\n.\r\n", R"(
at 0, 42 octets: answer +OK (unknown inside: X-NEW)
        0      0  atom "+OK"
        3      3  absent
        3      3  absent
        5      5  line
        5      5    item TOP
       10     10  line
       10     10    item SASL
       15     15      raw "PLAIN LOGIN"
       28     28  line
       28     28    item (unknown)
       28     28      atom "X-NEW"
       34     34      raw "a b"
       39     39  end ".\r\n"
)"},
        {"RETR 1", "+OK 120 octets\r\nSubject: x\r\n\r\n..dot\r\n.\r\n", R"(
at 0, 40 octets: answer +OK (a message of 20 octets)
        0      0  atom "+OK"
        4      4  absent
        4      4  raw "120 octets"
       16     16  message "Subject: x\r\n\r\n..dot\r\n"
       37     37  end ".\r\n"
)"},
        {"TOP 1 0", "+OK\r\n.\r\n", R"(
at 0, 8 octets: answer +OK (a message of 0 octets)
        0      0  atom "+OK"
        3      3  absent
        3      3  absent
        5      5  message ""
        5      5  end ".\r\n"
)"},
        {"RETR 9", "-ERR [SYS/TEMP] no such message\r\n", R"(
at 0, 33 octets: answer -ERR
        0      0  atom "-ERR"
        6      6  raw "SYS/TEMP"
       16     16  raw "no such message"
)"},
        {"NOOP", "+OK\r\n", R"(
at 0, 5 octets: answer +OK
        0      0  atom "+OK"
        3      3  absent
        3      3  absent
)"},
    };
    for (const row& each : rows) {
        const unit read = read_pop3_unit(each.wire, 0, answering(each.context));
        EXPECT_EQ(tree_text(read), each.tree) << each.wire;
        EXPECT_EQ(read.octets, each.wire);
    }
}

// What is answered, and a stream whose first unit is no sound answer.
struct refused {
    std::string_view context;
    std::string_view wire;
    verdict judged;
    mailwire::error fault;
    std::size_t octets; // of the unit
};

TEST(pop3, says_why_an_answer_is_refused) {
    using mailwire::errc;
    const std::vector<refused> rows{
        {"NOOP", "+ok\r\n+OK\r\n", verdict::reject, {errc::syntax, 0, 0, 0}, 5},
        {"greeting", "-ERR\r\n", verdict::reject, {errc::syntax, 0, 0, 0}, 6},
        {"STAT", "+OK 2\r\n", verdict::reject, {errc::syntax, 5, 0, 0}, 7},
        {"LIST", "+OK\r\n1 1\r\n0 1\r\n2 2\r\n.\r\n+OK\r\n", verdict::reject, {errc::syntax, 10, 0, 0}, 23},
        {"LIST", "+OK\r\n0 1\r\n0 2\r\n3 3", verdict::reject, {errc::syntax, 5, 0, 0}, 18}, // the first reason counts
        {"LIST", "+OK\r\n1 1\n2 2\r\n3 3\r\n.\r\n", verdict::reject, {errc::bare_line_feed, 8, 0, 0}, 22},
        {"CAPA", "+OK\r\n..TOP\r\n.\r\n", verdict::reject, {errc::syntax, 5, 0, 0}, 15},
        {"RETR 1", "+OK\r\na\r\nb\n.\nc\r\n.\r\n", verdict::reject, {errc::bare_line_feed, 9, 0, 0}, 18},
        {"RETR 1", "+OK\r\nabc\r\n", verdict::incomplete, {errc::truncated, 10, 0, 0}, 10},
        {"RETR 1", "+OK\r\n", verdict::incomplete, {errc::truncated, 5, 0, 0}, 5},
        {"UIDL", "+OK\r\n1 a\r\n2 b", verdict::incomplete, {errc::truncated, 13, 0, 0}, 13},
        {"UIDL", "+OK\r\n1 a\r\n", verdict::incomplete, {errc::truncated, 10, 0, 0}, 10},
        {"NOOP", "+OK", verdict::incomplete, {errc::truncated, 3, 0, 0}, 3},
    };
    for (const refused& each : rows) {
        const unit read = read_pop3_unit(each.wire, 0, answering(each.context));
        EXPECT_EQ(read.judged, each.judged) << each.wire;
        EXPECT_EQ(read.fault, each.fault) << each.wire;
        EXPECT_EQ(read.octets, each.wire.substr(0, each.octets)) << each.wire;
        EXPECT_TRUE(read.fields.empty()) << each.wire;
    }
}

// RFC 2449 4: 512 octets with the CRLF.
TEST(pop3, knows_how_long_a_line_may_be) {
    const std::string longest = "+OK " + std::string(506, 'x') + "\r\n";
    EXPECT_EQ(read_pop3_unit(longest, 0, answering("NOOP")).judged, verdict::accept);
    const std::string too_long = "+OK " + std::string(507, 'x') + "\r\n+OK\r\n";
    const unit read = read_pop3_unit(too_long, 0, answering("NOOP"));
    EXPECT_EQ(read.fault, (mailwire::error{mailwire::errc::unit_too_long, 512, 513, 512}));
    EXPECT_EQ(read.octets.size(), 513U);
}

} // namespace
} // namespace inspect::test
