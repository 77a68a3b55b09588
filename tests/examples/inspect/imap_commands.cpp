// SPDX-License-Identifier: BSL-1.0
#include "inspect/imap.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "examples/inspect/tree_text.hpp"

namespace inspect::test {
namespace {

imap_options from_client() {
    imap_options result;
    result.dialect.from = mailwire::side::client;
    return result;
}

// A unit of a client, and what is printed of it.
struct row {
    std::string_view wire;
    std::string_view tree;
};

TEST(imap_commands, shows_commands) {
    const std::vector<row> rows{
        {"a1 LOGIN joe {6}\r\nse\\\"\001\377\r\n", R"(
at 0, 26 octets: command LOGIN
        0      0  atom "a1"
        3      3  item LOGIN
        9      9    atom "joe"
       18     18    literal "se\\\"\x01\xff"
)"},
        {"a2 NOOP\r\n", R"(
at 0, 9 octets: command NOOP
        0      0  atom "a2"
        3      3  item NOOP
)"},
        {"a3 UID FETCH 1:*,9 (FLAGS BODY.PEEK[HEADER]<0.100>)\r\n", R"(
at 0, 53 octets: command UID FETCH
        0      0  atom "a3"
        3      3  item UID FETCH
       13     13    raw "1:*,9"
       19     19    list of 2
       20     20      item FLAGS
       26     26      item BODY.PEEK[
       36     36        absent
       36     36        atom "HEADER"
       42     42        absent
       44     44        number "0"
       46     46        number "100"
       51     51    absent
)"},
        {"a4 FETCH 2 FULL\r\n", R"(
at 0, 17 octets: command FETCH
        0      0  atom "a4"
        3      3  item FETCH
        9      9    raw "2"
       11     11    raw "FULL"
       15     15    absent
)"},
        {"a5 STORE 1 +FLAGS.SILENT (\\Deleted)\r\n", R"(
at 0, 37 octets: command STORE
        0      0  atom "a5"
        3      3  item STORE
        9      9    raw "1"
       10     10    absent
       11     11    raw "+"
       17     17    raw ".SILENT"
       25     25    list of 1
       26     26      atom "\\Deleted"
)"},
        {"a6 SEARCH CHARSET UTF-8 OR FROM \"a\" NOT SEEN (1:3 SINCE 1-Feb-1994)\r\n", R"(
at 0, 69 octets: command SEARCH
        0      0  atom "a6"
        3      3  item SEARCH
        9      9    absent
       18     18    atom "UTF-8"
       24     24    list of 2
       24     24      item OR
       27     27        item FROM
       33     33          quoted "a"
       36     36        item NOT
       40     40          item SEEN
       45     45      list of 2
       46     46        raw "1:3"
       50     50        item SINCE
       56     56          raw "1-Feb-1994"
)"},
        {"a7 APPEND Drafts (\\Draft) \" 7-Feb-1994 21:52:25 -0800\" {4}\r\nHi\r\n\r\n", R"(
at 0, 66 octets: command APPEND
        0      0  atom "a7"
        3      3  item APPEND
       10     10    atom "Drafts"
       17     17    list of 1
       18     18      atom "\\Draft"
       27     27    raw " 7-Feb-1994 21:52:25 -0800"
       60     60    literal "Hi\r\n"
)"},
        {"a8 list \"\" INBOX.%\r\n", R"(
at 0, 20 octets: command LIST
        0      0  atom "a8"
        3      3  item LIST
        7      7    absent
        9      9    quoted ""
       11     11    atom "INBOX.%"
       18     18    absent
)"},
        {"a9 STATUS \"a b\" (UIDNEXT MESSAGES)\r\n", R"(
at 0, 36 octets: command STATUS
        0      0  atom "a9"
        3      3  item STATUS
       11     11    quoted "a b"
       16     16    list of 2
       17     17      item UIDNEXT
       25     25      item MESSAGES
)"},
        {"b1 UID MOVE $ Trash\r\n", R"(
at 0, 21 octets: command UID MOVE
        0      0  atom "b1"
        3      3  item UID MOVE
       12     12    raw "$"
       14     14    atom "Trash"
)"},
        {"b2 XAPPLE (a) \"b\"\r\n", R"(
at 0, 19 octets: unknown command XAPPLE
        0      0  atom "b2"
        3      3  item (unknown)
        3      3    atom "XAPPLE"
       10     10    raw "(a) \"b\""
)"},
        {"b3 RENAME a \"b\\\\c\"\r\n", R"(
at 0, 20 octets: command RENAME
        0      0  atom "b3"
        3      3  item RENAME
       10     10    atom "a"
       13     13    escaped "b\\\\c"
)"},
    };
    for (const row& each : rows) {
        const unit read = read_imap_unit(each.wire, 0, from_client());
        EXPECT_EQ(tree_text(read), each.tree) << each.wire;
        EXPECT_EQ(read.octets, each.wire);
    }
}

// A stream whose first unit is no sound command.
struct refused {
    std::string_view wire;
    verdict judged;
    mailwire::error fault;
    std::size_t octets; // of the unit
};

TEST(imap_commands, says_why_a_unit_is_refused) {
    using mailwire::errc;
    const std::vector<refused> rows{
        {"a1 LOGIN joe\r\na2 NOOP\r\n", verdict::reject, {errc::syntax, 12, 0, 0}, 14},
        {"a1 LOGIN joe {2}\r\n\1\r\n", verdict::reject, {errc::bare_line_feed, 20, 0, 0}, 21},
        {"a1 LOGIN joe {2}\r\n", verdict::incomplete, {errc::truncated, 18, 0, 0}, 18},
        {"* NOOP\r\n", verdict::reject, {errc::syntax, 0, 0, 0}, 8},
        {"\r\na2 NOOP\r\n", verdict::reject, {errc::syntax, 0, 0, 0}, 2},
        {"a1 UNKNOWN {3+}\r\na b\r\na2 NOOP\r\n", verdict::unknown, {}, 22},
        {"a1 NOOP \r\n", verdict::reject, {errc::syntax, 7, 0, 0}, 10},
    };
    for (const refused& each : rows) {
        const unit read = read_imap_unit(each.wire, 0, from_client());
        EXPECT_EQ(read.judged, each.judged) << each.wire;
        EXPECT_EQ(read.fault, each.fault) << each.wire;
        EXPECT_EQ(read.octets, each.wire.substr(0, each.octets)) << each.wire;
    }
}

// RFC 7888 5: without LITERAL+ a literal that does not wait has up to 4096 octets.
TEST(imap_commands, takes_large_literals_from_those_who_may) {
    const std::string wire = "a1 LOGIN joe {4097+}\r\n" + std::string(4097, 'x') + "\r\n";
    imap_options options = from_client();
    const unit refused = read_imap_unit(wire, 0, options);
    EXPECT_EQ(refused.fault, (mailwire::error{mailwire::errc::literal_too_big, 13, 4097, 4096}));
    EXPECT_EQ(refused.octets.size(), wire.size());
    options.dialect.literals = mailwire::literal_form::plus;
    EXPECT_EQ(read_imap_unit(wire, 0, options).judged, verdict::accept);
}

} // namespace
} // namespace inspect::test
