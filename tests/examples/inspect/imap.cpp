// SPDX-License-Identifier: BSL-1.0
#include "inspect/imap.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "examples/inspect/tree_text.hpp"

namespace inspect::test {
namespace {

imap_options from_server() { return {}; }

// A unit of a server alone in its stream, and what is printed of it.
struct row {
    std::string_view wire;
    std::string_view tree;
};

TEST(imap, shows_responses) {
    const std::vector<row> rows{
        {"* OK [CAPABILITY IMAP4rev1 IMAP4rev2] ready\r\n", R"(
at 0, 45 octets: greeting OK
        2      2  raw "OK"
        6      6  item CAPABILITY
       16     16    list of 2
       17     17      atom "IMAP4rev1"
       27     27      atom "IMAP4rev2"
       38     38  raw "ready"
)"},
        {"a1 OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n", R"(
at 0, 50 octets: tagged OK
        0      0  atom "a1"
        3      3  raw "OK"
        7      7  item COPYUID
       15     15    number "38505"
       21     21    raw "304,319:320"
       33     33    raw "3956:3958"
       44     44  raw "Done"
)"},
        {"* 23 EXISTS\r\n", R"(
at 0, 13 octets: data EXISTS
        2      2  item EXISTS
        2      2    number "23"
)"},
        {"* LIST (\\HasChildren) \"/\" \"Sent \\\"old\\\"\"\r\n", R"(
at 0, 42 octets: data LIST
        2      2  item LIST
        7      7    list of 1
        8      8      atom "\\HasChildren"
       23     23    quoted "/"
       27     27    escaped "Sent \\\"old\\\""
       40     40    absent
)"},
        {"* STATUS {5}\r\nINBOX (MESSAGES 231 UIDNEXT 44292)\r\n", R"(
at 0, 50 octets: data STATUS
        2      2  item STATUS
       14     14    literal "INBOX"
       20     20    list of 2
       21     21      item MESSAGES
       30     30        number "231"
       34     34      item UIDNEXT
       42     42        number "44292"
)"},
        {"* SEARCH 2 84 882\r\n", R"(
at 0, 19 octets: data SEARCH
        2      2  item SEARCH
        8      8    raw " 2 84 882"
       17     17    absent
)"},
        {"* FLAGS (\\Seen $Junk)\r\n", R"(
at 0, 23 octets: data FLAGS
        2      2  item FLAGS
        8      8    list of 2
        9      9      atom "\\Seen"
       15     15      atom "$Junk"
)"},
        {"* 12 FETCH (UID 827 FLAGS (\\Seen) RFC822.SIZE 44827 X-COLOUR \"red\")\r\n", R"(
at 0, 69 octets: data FETCH (unknown inside: X-COLOUR)
        2      2  item FETCH
        2      2    number "12"
       11     11    list of 4
       12     12      item UID
       16     16        number "827"
       20     20      item FLAGS
       26     26        list of 1
       27     27          atom "\\Seen"
       34     34      item RFC822.SIZE
       46     46        number "44827"
       52     52      item (unknown)
       52     52        atom "X-COLOUR"
       61     61        raw "\"red\""
)"},
        {"* 1 FETCH (BODY[1.HEADER.FIELDS (Subject)]<0> {7}\r\nSubject BODY[TEXT] NIL)\r\n", R"(
at 0, 76 octets: data FETCH
        2      2  item FETCH
        2      2    number "1"
       10     10    list of 2
       11     11      item BODY[
       16     16        raw "1"
       18     18        atom "HEADER.FIELDS"
       32     32        list of 1
       33     33          atom "Subject"
       43     43        number "0"
       51     51        literal "Subject"
       59     59      item BODY[
       64     64        absent
       64     64        atom "TEXT"
       68     68        absent
       69     69        absent
       70     70        nil "NIL"
)"},
        {"* 1 FETCH (ENVELOPE (\"Wed\" \"Hi\" ((\"Joe\" NIL \"joe\" \"x.org\")) NIL NIL NIL NIL NIL NIL "
         "\"<1@x>\"))\r\n",
         R"(
at 0, 95 octets: data FETCH
        2      2  item FETCH
        2      2    number "1"
       10     10    list of 1
       11     11      item ENVELOPE
       20     20        list of 10
       22     22          quoted "Wed"
       28     28          quoted "Hi"
       32     32          list of 1
       33     33            list of 4
       35     35              quoted "Joe"
       40     40              nil "NIL"
       45     45              quoted "joe"
       51     51              quoted "x.org"
       60     60          nil "NIL"
       64     64          nil "NIL"
       68     68          nil "NIL"
       72     72          nil "NIL"
       76     76          nil "NIL"
       80     80          nil "NIL"
       85     85          quoted "<1@x>"
)"},
        {"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3 1)(\"IMAGE\" \"PNG\" (\"NAME\" \"a\") "
         "NIL NIL \"BASE64\" 9) \"MIXED\"))\r\n",
         R"(
at 0, 124 octets: data FETCH
        2      2  item FETCH
        2      2    number "1"
       10     10    list of 1
       11     11      item BODYSTRUCTURE
       25     25        list of 3
       26     26          list of 8
       28     28            quoted "TEXT"
       35     35            quoted "PLAIN"
       42     42            nil "NIL"
       46     46            nil "NIL"
       50     50            nil "NIL"
       55     55            quoted "7BIT"
       61     61            number "3"
       63     63            number "1"
       65     65          list of 7
       67     67            quoted "IMAGE"
       75     75            quoted "PNG"
       80     80            list of 2
       82     82              quoted "NAME"
       89     89              quoted "a"
       93     93            nil "NIL"
       97     97            nil "NIL"
      102    102            quoted "BASE64"
      110    110            number "9"
      114    114          quoted "MIXED"
)"},
        {"* XFUTURE (a) b\r\n", R"(
at 0, 17 octets: unknown data XFUTURE
        2      2  item (unknown)
        2      2    atom "XFUTURE"
       10     10    raw "(a) b"
)"},
        {"* 7 XNOTE {3}\r\na\r\n\r\n", R"(
at 0, 20 octets: unknown data XNOTE
        2      2  item (unknown)
        2      2    number "7"
        4      4    atom "XNOTE"
       10     10    raw "{3}\r\na\r\n"
)"},
        {"+ go on\r\n", R"(
at 0, 9 octets: continuation
        2      2  raw "go on"
)"},
        {"* NO [X-CODE a] text\r\n", R"(
at 0, 22 octets: status NO (unknown inside: X-CODE)
        2      2  raw "NO"
        6      6  item (unknown)
        6      6    atom "X-CODE"
       13     13    raw "a"
       16     16  raw "text"
)"},
        {"* BYE\r\n", R"(
at 0, 7 octets: greeting BYE
        2      2  raw "BYE"
        5      5  absent
        5      5  absent
)"},
    };
    for (const row& each : rows) {
        const unit read = read_imap_unit(each.wire, 0, from_server());
        EXPECT_EQ(tree_text(read), each.tree) << each.wire;
        EXPECT_EQ(read.octets, each.wire);
    }
}

// A stream whose first unit is no sound one.
struct refused {
    std::string_view wire;
    verdict judged;
    mailwire::error fault;
    std::size_t octets; // of the unit
};

TEST(imap, says_why_a_unit_is_refused) {
    using mailwire::errc;
    const std::vector<refused> rows{
        {"* 1 EXIST\r\n* 2 EXISTS\r\n", verdict::unknown, {}, 11},
        {"* 1 FETCH (UID 0)\r\n* 2 EXISTS\r\n", verdict::reject, {errc::syntax, 15, 0, 0}, 19},
        {"* 4294967296 EXISTS\r\n", verdict::reject, {errc::number_too_big, 2, 0, 4294967295}, 21},
        {"* 1 EXISTS\n* 2 EXISTS\r\n", verdict::reject, {errc::bare_line_feed, 10, 0, 0}, 11},
        {"* LIST () NIL {99999999999999999999}\r\n* 2 EXISTS\r\n",
         verdict::reject,
         {errc::number_too_big, 14, 0, 9223372036854775807},
         38},
        {"", verdict::incomplete, {errc::truncated, 0, 0, 0}, 0},
        {"* 1 EXISTS\r", verdict::incomplete, {errc::truncated, 11, 0, 0}, 11},
        {"* LIST () NIL {5}\r\nINB", verdict::incomplete, {errc::truncated, 22, 0, 0}, 22},
        {"* LIST () NIL {5}\r\nINBOX", verdict::incomplete, {errc::truncated, 24, 0, 0}, 24},
    };
    for (const refused& each : rows) {
        const unit read = read_imap_unit(each.wire, 0, from_server());
        EXPECT_EQ(read.judged, each.judged) << each.wire;
        EXPECT_EQ(read.fault, each.fault) << each.wire;
        EXPECT_EQ(read.octets, each.wire.substr(0, each.octets)) << each.wire;
        EXPECT_EQ(read.fields.empty(), each.judged != verdict::unknown) << each.wire;
    }
}

TEST(imap, says_how_much_of_a_literal_is_here) {
    EXPECT_EQ(read_imap_unit("* LIST () NIL {5}\r\nINB", 0, from_server()).note, "a literal of 5 octets, 3 are here");
}

TEST(imap, has_room_for_all_fields) {
    std::string wire = "* FLAGS (";
    for (int i = 0; i != 999; ++i)
        wire += "flag ";
    const unit read = read_imap_unit(wire + "flag)\r\n", 0, from_server());
    EXPECT_EQ(read.fields.at(0).fields.at(0).fields.size(), 1000U);
}

// PREAUTH is a greeting and nothing else; NO is none.
TEST(imap, reads_a_greeting_where_a_stream_begins) {
    const std::string_view stream = "* PREAUTH hi\r\n* OK hi\r\n";
    EXPECT_EQ(read_imap_unit(stream, 0, from_server()).what, "greeting PREAUTH");
    EXPECT_EQ(read_imap_unit(stream, 14, from_server()).what, "status OK");
    EXPECT_EQ(read_imap_unit("* NO hi\r\n", 0, from_server()).what, "status NO");
}

TEST(imap, reads_what_it_is_told_to) {
    imap_options options = from_server();
    options.rule = imap_rule::unit;
    EXPECT_EQ(read_imap_unit("* OK hi\r\n", 0, options).what, "status OK");
    EXPECT_EQ(read_imap_unit("* PREAUTH hi\r\n", 0, options).what, "greeting PREAUTH");
    options.rule = imap_rule::greeting;
    EXPECT_EQ(read_imap_unit("* OK hi\r\n", 0, options).what, "greeting OK");
    EXPECT_EQ(read_imap_unit("* NO hi\r\n", 0, options).judged, verdict::reject);
}

} // namespace
} // namespace inspect::test
