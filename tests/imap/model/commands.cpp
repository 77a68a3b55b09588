// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/commands.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

TEST(commands, are_read_and_written) {
    test::good_commands({
        {"B1-1", "a1 CAPABILITY\r\n"},
        {"B1-2", "a1 nOOp\r\n", "a1 NOOP\r\n"},
        {"B1-3", "a1 LOGOUT\r\n"},
        {"B4-1", "a1 CLOSE\r\n"},
        {"B4-2", "a1 UNSELECT\r\n"},
        {"B4-3", "a1 EXPUNGE\r\n"},
        {"B2-6", "a1 LOGIN SMITH \"SES AME\"\r\n"},
        {"B3-2", "a1 SELECT INBOX\r\n"},
        {"L-1", "a1 CREATE foo}bar[x\r\n"},
        {"L-2", "a1 SELECT arch]ive\r\n"},
        {"L-5", "a1 SELECT \"\xd0\xbc\xd0\xb0\"\r\n"},
        {"L-18", "a1 SELECT {5+}\r\niNbOx\r\n", "a1 SELECT iNbOx\r\n"},
        {"B3-4", "a1 EXAMINE blurdybloop\r\n"},
        {"B3-5", "a1 CREATE owatagusiam/\r\n"},
        {"B3-6", "a1 DELETE foo\r\n"},
        {"B3-7", "a1 RENAME INBOX old-mail\r\n"},
        {"B3-10", "a1 LIST \"\" *\r\n"},
        {"L-19", "a1 LIST \"\" *.%]\r\n"},
        {"L-19", "a1 LIST #news. \"*\"\r\n", "a1 LIST #news. *\r\n"},
        {"B3-15", "a1 STATUS blurdybloop (UIDNEXT MESSAGES)\r\n"},
        {"B4-7", "a1 FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])\r\n"},
        {"B4-8", "a1 FETCH 1 FULL\r\n"},
        {"B4-8", "a1 FETCH 1 fast\r\n", "a1 FETCH 1 FAST\r\n"},
        {"B4-8", "a1 UID FETCH * ALL\r\n"},
        {"L-13", "a1 FETCH *:4,5:7 FLAGS\r\n", "a1 FETCH *:4,5:7 (FLAGS)\r\n"},
        {"B4-9", "a1 STORE 2:4 +FLAGS.Silent (\\Deleted)\r\n", "a1 STORE 2:4 +FLAGS.SILENT (\\Deleted)\r\n"},
        {"B8-17", "a1 STORE 1 FLAGS \\answered \\SEEN\r\n", "a1 STORE 1 FLAGS (\\answered \\SEEN)\r\n"},
        {"B4-9", "a1 UID STORE 1 -FLAGS ()\r\n"},
        {"L-14", "a1 STORE $ +FLAGS (\\Seen)\r\n"},
        {"B4-10", "a1 COPY 2:4 MEETING\r\n"},
        {"B4-11", "a1 MOVE 42:69 foo\r\n"},
        {"B4-12", "a1 UID COPY 1 \"\"\r\n"},
        {"B4-12", "a1 UID MOVE 1:* {2+}\r\n\"\"\r\n", "a1 UID MOVE 1:* \"\\\"\\\"\"\r\n"},
        {"B4-12", "a1 uid search ALL\r\n", "a1 UID SEARCH ALL\r\n"},
        {"B4-13", "a1 UID EXPUNGE 3000:3002\r\n"},
    });
    test::bad_commands({
        {"B4-13", "a1 UID EXPUNGE\r\n", errc::syntax, 14},
        {"B3-2", "a1 SELECT\r\n", errc::syntax, 9},
        {"B3-2", "a1 SELECT \r\n", errc::syntax, 10},
        {"B3-2", "a1 SELECT a b\r\n", errc::syntax, 12},
        {"L-2", "a1 SELECT a%b\r\n", errc::syntax, 11},
        {"B3-7", "a1 RENAME a\r\n", errc::syntax, 11},
        {"B3-10", "a1 LIST \"\"\r\n", errc::syntax, 10},
        {"B4-10", "a1 COPY MEETING 1\r\n", errc::syntax, 8},
    });
}

template <typename Command> std::optional<Command> read(std::string_view wire, std::span<token> tape) {
    const auto parsed = parse_command(wire, tape);
    EXPECT_TRUE(parsed) << wire;
    EXPECT_EQ(parsed.value.tag(), "a") << wire;
    return parsed.value.value().get<Command>();
}

TEST(commands, fields) {
    token tape[64];
    EXPECT_TRUE(read<noop>("a NOOP\r\n", tape));
    EXPECT_FALSE(read<noop>("a LOGOUT\r\n", tape));
    EXPECT_EQ(read<login>("a LOGIN b \"c d\"\r\n", tape)->password, text("c d"));
    EXPECT_EQ(read<select>("a SELECT b\r\n", tape)->mailbox, text("b"));
    EXPECT_EQ(read<rename>("a RENAME b c\r\n", tape)->from, text("b"));
    EXPECT_EQ(read<rename>("a RENAME b c\r\n", tape)->to, text("c"));
    EXPECT_EQ(read<list>("a LIST r %\r\n", tape)->reference, text("r"));
    EXPECT_EQ(read<list>("a LIST r %\r\n", tape)->pattern, text("%"));
    EXPECT_TRUE(read<status>("a STATUS b (SIZE)\r\n", tape)->att.get<status_size>());
    EXPECT_EQ(read<search>("a SEARCH CHARSET X ALL\r\n", tape)->charset, text("X"));
    EXPECT_EQ(read<fetch>("a FETCH 5 ALL\r\n", tape)->macro, fetch_macro::all);
    EXPECT_EQ(read<fetch>("a FETCH 5 Fast\r\n", tape)->macro, fetch_macro::fast);
    EXPECT_EQ(read<uid_fetch>("a UID FETCH 5 full\r\n", tape)->macro, fetch_macro::full);
    EXPECT_EQ(read<uid_fetch>("a UID FETCH 5 UID\r\n", tape)->macro, fetch_macro::none);
    EXPECT_EQ(read<store>("a STORE 5 +FLAGS.SILENT x y\r\n", tape)->action, store_action::add);
    EXPECT_TRUE(read<store>("a STORE 5 +FLAGS.SILENT x y\r\n", tape)->silent);
    EXPECT_EQ(read<store>("a STORE 5 +FLAGS.SILENT x y\r\n", tape)->flags.size(), 2U);
    EXPECT_EQ(read<uid_store>("a UID STORE 5 -FLAGS ()\r\n", tape)->action, store_action::remove);
    EXPECT_EQ(read<uid_store>("a UID STORE 5 flags ()\r\n", tape)->action, store_action::replace);
    EXPECT_FALSE(read<uid_store>("a UID STORE 5 FLAGS ()\r\n", tape)->silent);
    EXPECT_EQ(read<copy>("a COPY 1:2 b\r\n", tape)->messages, sequence_set("1:2"));
    EXPECT_EQ(read<uid_move>("a UID MOVE 1:2 b\r\n", tape)->mailbox, text("b"));
    EXPECT_EQ(read<uid_expunge>("a UID EXPUNGE 7\r\n", tape)->messages, sequence_set(7U));
}

TEST(commands, fields_of_append) {
    token tape[64];
    const auto all = read<append>("a APPEND b (\\Seen x) \" 7-Feb-1994 21:52:25 -0800\" {3}\r\nabc\r\n", tape);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->mailbox, text("b"));
    EXPECT_EQ(all->flags.size(), 2U);
    EXPECT_EQ(all->date, " 7-Feb-1994 21:52:25 -0800");
    EXPECT_EQ(all->message, text("abc"));
    const auto bare = read<append>("a APPEND b {0}\r\n\r\n", tape);
    EXPECT_TRUE(bare->flags.empty());
    EXPECT_TRUE(bare->date.empty());
    EXPECT_EQ(bare->message, text(""));
    // Before its octets have come, all but the message is known, also behind an empty list of flags.
    const auto prefix = parse_command_prefix("a APPEND b () \" 7-Feb-1994 21:52:25 -0800\" {3}\r\n", tape);
    ASSERT_TRUE(prefix);
    const auto begun = prefix.value.value().get<append>();
    EXPECT_TRUE(begun->flags.empty());
    EXPECT_EQ(begun->date, " 7-Feb-1994 21:52:25 -0800");
    EXPECT_TRUE(begun->message.is_nil());
}

template <typename Command> std::string written(const Command& value, const write_options& options = {}) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", value, options) == misuse::none ? result : "refused";
}

TEST(commands, are_written_from_a_program) {
    EXPECT_EQ(written(login{"fred", "a \"b\\"}), "a LOGIN fred \"a \\\"b\\\\\"\r\n");
    EXPECT_EQ(written(select{""}), "a SELECT \"\"\r\n");
    EXPECT_EQ(written(fetch{"1:*", {}, fetch_macro::fast}), "a FETCH 1:* FAST\r\n");
    const text flags[] = {"\\Seen", "x"};
    EXPECT_EQ(written(uid_store{7U, store_action::remove, true, flags}), "a UID STORE 7 -FLAGS.SILENT (\\Seen x)\r\n");
    EXPECT_EQ(written(append{"b", flags, " 7-Feb-1994 21:52:25 -0800", "hi"}),
              "a APPEND b (\\Seen x) \" 7-Feb-1994 21:52:25 -0800\" {2}\r\nhi\r\n");
    EXPECT_EQ(written(append{"b", {}, {}, text::streamed(5)}, {.literals = literal_form::plus}),
              "a APPEND b {5+}\r\n\r\n");
}

// F1: what CR, LF and NUL would break becomes a literal, or nothing at all.
TEST(commands, refuse_what_has_no_place) {
    EXPECT_EQ(written(select{"x\"\r\nZ1 LOGOUT"}), "a SELECT {13}\r\nx\"\r\nZ1 LOGOUT\r\n");
    EXPECT_EQ(written(login{"fred", "p\r\nZ1 LOGOUT"}, {.literals = literal_form::minus}),
              "a LOGIN fred {12+}\r\np\r\nZ1 LOGOUT\r\n");
    EXPECT_EQ(written(login{"fred", "a\0b"sv}), "refused");
    EXPECT_EQ(written(login{"fred", text::nil()}), "refused");
    EXPECT_EQ(written(login{"fred", text::binary("a")}), "refused");
    EXPECT_EQ(written(status{"b", {}}), "refused");
    EXPECT_EQ(written(search{text::nil(), {}}), "refused");
    EXPECT_EQ(written(fetch{{}, {}, fetch_macro::fast}), "refused");
    EXPECT_EQ(written(fetch{1U, {}, fetch_macro::none}), "refused");
    const text recent[] = {"\\Recent"};
    EXPECT_EQ(written(store{1U, store_action::add, false, recent}), "refused");
    EXPECT_EQ(written(append{"b", recent, {}, "x"}), "refused");
    EXPECT_EQ(written(append{"b", {}, "7-Feb-1994 21:52:25 -0800", "x"}), "refused");
    EXPECT_EQ(written(append{"b", {}, {}, text::nil()}), "refused");
    EXPECT_EQ(written(append{"b", {}, {}, text::binary("x")}), "refused");
    EXPECT_EQ(written(copy{{}, "b"}), "refused");
    EXPECT_EQ(written(copy{1U, text::nil()}), "refused");
}

} // namespace
} // namespace mailwire::imap
