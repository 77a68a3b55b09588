// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/list_data.hpp"

#include "imap/tolerated.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

TEST(list_data, is_read_and_written) {
    test::good_responses({
        {"B5-7", "* LIST (\\Marked) \":\" Tables (tablecloth ((\"edge\" \"lacy\") (\"color\" \"red\")))\r\n"},
        {"B5-7", "* list () nil inbox\r\n", "* LIST () NIL inbox\r\n"},
        {"L-4", "* LIST () \"\\\\\" \"a\\\\b\"\r\n"},
        {"L-2", "* LIST () \"/\" a]b\r\n"},
        {"L-5", "* LIST () \"/\" \"\xd0\xbc\xd0\xb0\"\r\n"},
        {"L-5", "* LIST () \"\xd0\xbc\" a\r\n"},
        {"L-5", "* LIST () \"/\" {4}\r\n\xd0\xbc\xd0\xb0\r\n", "* LIST () \"/\" \"\xd0\xbc\xd0\xb0\"\r\n"},
        {"L-6", "* LIST () \"/\" {5}\r\na\r\nbc\r\n"},
        {"L-18", "* LIST (\\Noselect) \"/\" {5}\r\niNbOx\r\n", "* LIST (\\Noselect) \"/\" iNbOx\r\n"},
        {"B3-2", "* LIST () \"/\" x ()\r\n", "* LIST () \"/\" x\r\n", true},
        {"B8-8", "* LIST () \"/\" foo (CHILDINFO (\"SUBSCRIBED\"))\r\n"},
        {"B8-8", "* LIST () \"/\" foo (\"CHILDINFO\" (\"SUBSCRIBED\" \"X\"))\r\n",
         "* LIST () \"/\" foo (CHILDINFO (\"SUBSCRIBED\" \"X\"))\r\n"},
        {"B8-9", "* LIST () \"/\" New (\"OLDNAME\" (Old))\r\n", "* LIST () \"/\" New (OLDNAME (Old))\r\n"},
        {"B8-9", "* LIST () \"/\" New (OLDNAME ({3}\r\na b))\r\n", "* LIST () \"/\" New (OLDNAME (\"a b\"))\r\n"},
        {"B8-10", "* LIST () \"/\" x (future (a \"b\") other 5)\r\n"},
        {"L-29", "* LIST () \"/\" x (\"vendor.acme-tag\" (1))\r\n", "* LIST () \"/\" x (vendor.acme-tag (1))\r\n"},
        {"B8-11", "* LIST (\\NoInferiors \\XFuture) \"/\" x\r\n"},
        {"B8-12", "* LIST (\\Unmarked \\HasNoChildren) \"/\" x\r\n"},
        {"B8-14", "* LIST (\\Subscribed \\Remote) \"/\" x\r\n"},
        {"B8-15", "* LIST (\\Marked \\Drafts \\HasNoChildren) \"/\" MyDrafts\r\n"},
        {"B8-16", "* LIST (\\XFuture) \"/\" x\r\n"},
    });
}

TEST(list_data, is_refused) {
    test::bad_responses({
        {"B5-7", "* LIST () \"//\" x\r\n", errc::syntax, 12},
        {"B5-7", "* LIST (Marked) \"/\" x\r\n", errc::syntax, 8},
        {"B5-7", "* LIST () {1}\r\n/ x\r\n", errc::syntax, 10},
        {"D5", "* LIST () \"/\" x (Sample \"text\")\r\n", errc::syntax, 24},
        {"A14", "* LIST () \"/\" {3+}\r\nabc\r\n", errc::syntax, 16},
        {"P4", "* LIST (\\Marked \\Noselect) \"/\" x\r\n", errc::syntax, 17},
        {"P4", "* LIST (\\HasChildren \\HasNoChildren) \"/\" x\r\n", errc::syntax, 35},
        {"P4", "* LIST (\\a \\b \\A) \"/\" x\r\n", errc::syntax, 16},
        {"P6", "* LIST () \"/\" foo (CHILDINFO (SUBSCRIBED))\r\n", errc::syntax, 30},
        {"P6", "* LIST () \"/\" foo (CHILDINFO ({10}\r\nSUBSCRIBED))\r\n", errc::syntax, 30},
        {"P2", "* LIST () \"/\" foo (OLDNAME 5)\r\n", errc::syntax, 27},
        {"B8-10", "* LIST () \"/\" foo (x)\r\n", errc::syntax, 20},
    });
}

// P4: contradictions are tolerated on demand.
TEST(list_data, tolerated_attributes) {
    for (const char* wire :
         {"* LIST (\\Marked \\Noselect) \"/\" x\r\n", "* LIST (\\HasChildren \\HasNoChildren) \"/\" x\r\n",
          "* LIST (\\X \\x) \"/\" x\r\n", "* LIST (\\NonExistent \\Noselect \\HasChildren) \"/\" x\r\n"}) {
        test::expect_tolerated(quirks::contradicting_attributes, wire);
    }
    token tape[16];
    const auto parsed = parse_response("* LIST (\\HasChildren \\hasnochildren \\Sent) \"/\" x\r\n", tape,
                                       {.dialect = {.quirks = quirks::of_servers}});
    ASSERT_TRUE(parsed);
    const auto l = parsed.value.as<list_data>();
    EXPECT_EQ(l.attributes.size(), 3U);
    EXPECT_FALSE(l.has_children());
    EXPECT_TRUE(l.has("\\SENT"));
}

// Quoted strings as servers send them.
TEST(list_data, tolerated_names) {
    test::expect_tolerated(quirks::eight_bit, "* LIST () \"/\" \"caf\xe9\"\r\n");
    test::expect_tolerated(quirks::eight_bit, "* LIST () \"/\" \"\xd0\xbc\"\r\n", {.utf8 = false});
    test::expect_tolerated(quirks::stray_backslash, "* LIST () \"/\" \"a\\b\"\r\n");
    token tape[16];
    const parse_options options{.dialect = {.quirks = quirks::of_servers}};
    EXPECT_EQ(parse_response("* LIST () NIL \"caf\xe9\"\r\n", tape, options).value.as<list_data>().mailbox,
              text("caf\xe9"));
    EXPECT_EQ(parse_response("* LIST () NIL \"a\\b\\\\c\"\r\n", tape, options).value.as<list_data>().mailbox,
              text("ab\\c"));
}

TEST(list_data, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_response(wire, tape).value.as<list_data>(); };
    const auto l = read("* LIST (\\Marked \\HasChildren) \"/\" \"a \\\"b\" (x 5 CHILDINFO (\"SUBSCRIBED\" \"Y\"))\r\n");
    EXPECT_EQ(l.attributes, (seq_of<text>{"\\Marked", "\\HasChildren"}));
    EXPECT_EQ(l.delimiter, text("/"));
    EXPECT_EQ(l.mailbox, text("a \"b"));
    EXPECT_EQ(l.has_children(), true);
    ASSERT_EQ(l.extended.size(), 2U);
    EXPECT_FALSE(l.extended[0].known());
    EXPECT_EQ(l.extended[0].name(), text("x"));
    EXPECT_EQ(l.extended[0].rest(), "5");
    EXPECT_EQ(l.extended.get<childinfo>(), (childinfo{{"SUBSCRIBED", "Y"}}));
    EXPECT_FALSE(l.extended.get<oldname>());
    EXPECT_EQ(read("* LIST () \"/\" n (\"oldname\" (\"a b\"))\r\n").extended.get<oldname>(), oldname{"a b"});
    EXPECT_EQ(read("* LIST (\\HasNoChildren) \"/\" x\r\n").has_children(), false);
    EXPECT_FALSE(read("* LIST () \"/\" x\r\n").has_children());
    EXPECT_TRUE(read("* LIST () NIL NIL\r\n").delimiter.is_nil());
    EXPECT_EQ(read("* LIST () NIL NIL\r\n").mailbox, text("NIL")); // A6
    EXPECT_EQ(read("* LIST () \"\\\"\" a\r\n").delimiter, text("\""));
    EXPECT_EQ(read("* LIST () \"\xd0\xbc\" a\r\n").delimiter, text("\xd0\xbc"));
    EXPECT_TRUE(read("* LIST () \"/\" x ()\r\n").extended.empty());
}

std::string written(const list_data& value) {
    std::string result;
    string_sink out(result);
    return write_data(out, value) == misuse::none ? result : "refused";
}

TEST(list_data, is_written_from_a_program) {
    EXPECT_EQ(written({{"\\Marked", "\\X"}, "/", "a b", {}}), "* LIST (\\Marked \\X) \"/\" \"a b\"\r\n");
    EXPECT_EQ(written({{}, "\\", "\xd0\xbc", {}}), "* LIST () \"\\\\\" {2}\r\n\xd0\xbc\r\n");
    const oldname old{"a b"};
    const item<slot::mbox_list_extended_item> extended[] = {old};
    EXPECT_EQ(written({{}, "/", "x", items<slot::mbox_list_extended_item>(extended)}),
              "* LIST () \"/\" x (OLDNAME (\"a b\"))\r\n");
    EXPECT_EQ(written({{}, "/", "x\r\n* 99 EXPUNGE", {}}), "* LIST () \"/\" {15}\r\nx\r\n* 99 EXPUNGE\r\n"); // F5
}

TEST(list_data, refuses_what_has_no_place) {
    EXPECT_EQ(written({{"Marked"}, "/", "x", {}}), "refused");
    EXPECT_EQ(written({{"\\Marked", "\\noselect"}, "/", "x", {}}), "refused"); // P4
    EXPECT_EQ(written({{"\\HasChildren", "\\HasNoChildren"}, "/", "x", {}}), "refused");
    EXPECT_EQ(written({{"\\X", "\\x"}, "/", "x", {}}), "refused");
    EXPECT_EQ(written({{}, "//", "x", {}}), "refused");
    EXPECT_EQ(written({{}, "", "x", {}}), "refused");
    EXPECT_EQ(written({{}, "\xff", "x", {}}), "refused");
    EXPECT_EQ(written({{}, "/", text::nil(), {}}), "refused");
    EXPECT_EQ(written({{}, "/", "a\0b"sv, {}}), "refused");
    for (const char* option : {"", "a b", "a\"", "a\r\n* 99 EXPUNGE"}) {
        const text options[] = {option};
        const childinfo bad{options};
        const item<slot::mbox_list_extended_item> extended[] = {bad};
        EXPECT_EQ(written({{}, "/", "x", items<slot::mbox_list_extended_item>(extended)}), "refused") << option;
    }
    const childinfo none;
    const oldname nil{text::nil()};
    const item<slot::mbox_list_extended_item> empty[] = {none};
    EXPECT_EQ(written({{}, "/", "x", items<slot::mbox_list_extended_item>(empty)}), "refused");
    const item<slot::mbox_list_extended_item> no_name[] = {nil};
    EXPECT_EQ(written({{}, "/", "x", items<slot::mbox_list_extended_item>(no_name)}), "refused");
}

} // namespace
} // namespace mailwire::imap
