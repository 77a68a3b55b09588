// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/list_command.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(list_command, is_read_and_written) {
    test::good_commands({
        {"B3-10", "a1 LIST \"\" *\r\n"},
        {"L-19", "a1 LIST \"\" *.%]\r\n"},
        {"L-19", "a1 LIST #news. \"*\"\r\n", "a1 LIST #news. *\r\n"},
        {"B3-11", "a1 LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %\r\n"},
        {"B3-11", "a1 LIST () \"\" %\r\n"},
        {"B8-3", "a1 list (remote subscribed) \"\" *\r\n", "a1 LIST (REMOTE SUBSCRIBED) \"\" *\r\n"},
        {"B8-4", "a1 LIST (RECURSIVEMATCH SUBSCRIBED) \"\" %\r\n"},
        {"B3-12", "a1 LIST \"\" (\"INBOX\" Drafts Sent/%)\r\n", "a1 LIST \"\" (INBOX Drafts Sent/%)\r\n"},
        {"X-5258-1", "a1 LIST \"\" (x)\r\n"},
        {"B3-13", "a1 LIST \"\" % RETURN (CHILDREN STATUS (MESSAGES UNSEEN))\r\n"},
        {"B3-13", "a1 LIST \"\" % RETURN ()\r\n"},
        {"B8-5", "a1 LIST \"\" * RETURN (SUBSCRIBED)\r\n"},
        {"B8-6", "a1 LIST \"\" % return (children)\r\n", "a1 LIST \"\" % RETURN (CHILDREN)\r\n"},
        {"X-5258-2", "a1 LIST (X-OPT (\"a\" (b c))) \"\" * RETURN (X-RET (1))\r\n"},
        {"L-29", "a1 LIST (vendor.acme-opt) \"\" *\r\n"},
        {"X-5258-2", "a1 LIST (X-OPT ({1}\r\na)) \"\" {1}\r\n*\r\n", "a1 LIST (X-OPT ({1}\r\na)) \"\" *\r\n"},
    });
    test::bad_commands({
        {"B3-10", "a1 LIST \"\"\r\n", errc::syntax, 10},
        {"B3-10", "a1 LIST * \"\"\r\n", errc::syntax, 8},
        {"P5", "a1 LIST (RECURSIVEMATCH) \"\" *\r\n", errc::syntax, 23},
        {"P5", "a1 LIST (REMOTE RECURSIVEMATCH) \"\" *\r\n", errc::syntax, 30},
        {"B3-11", "a1 LIST (SUBSCRIBED)\"\" *\r\n", errc::syntax, 20},
        {"B3-12", "a1 LIST \"\" ()\r\n", errc::syntax, 12},
        {"B3-13", "a1 LIST \"\" * RETURN CHILDREN\r\n", errc::syntax, 20},
        {"B3-13", "a1 LIST \"\" *  RETURN (CHILDREN)\r\n", errc::syntax, 13},
        {"B8-7", "a1 LIST \"\" % RETURN (STATUS ())\r\n", errc::syntax, 29},
        {"P2", "a1 LIST \"\" % RETURN (STATUS)\r\n", errc::syntax, 27},
        {"X-5258-2", "a1 LIST (FOO ()) \"\" *\r\n", errc::syntax, 14},
    });
}

TEST(list_command, fields) {
    token tape[64];
    const auto read = [&](std::string_view wire) { return parse_command(wire, tape).value.value().as<list>(); };
    const list plain = read("a LIST r %\r\n");
    EXPECT_EQ(plain.reference, text("r"));
    EXPECT_EQ(plain.pattern, text("%"));
    EXPECT_TRUE(plain.patterns.empty());
    EXPECT_FALSE(plain.selection);
    EXPECT_FALSE(plain.returns);
    const list empty = read("a LIST () r % RETURN ()\r\n");
    EXPECT_TRUE(empty.selection && empty.selection->empty());
    EXPECT_TRUE(empty.returns && empty.returns->empty());
    const list all = read("a LIST (SUBSCRIBED X (y)) \"\" (a \"b c\") RETURN (CHILDREN STATUS (SIZE UNSEEN))\r\n");
    EXPECT_EQ(all.patterns, (seq_of<text>{"a", "b c"}));
    EXPECT_TRUE(all.pattern.empty());
    ASSERT_EQ(all.selection->size(), 2U);
    EXPECT_TRUE(all.selection->get<select_subscribed>());
    EXPECT_FALSE(all.selection->get<select_remote>());
    EXPECT_EQ((*all.selection)[1].name(), text("X"));
    EXPECT_EQ((*all.selection)[1].rest(), "(y)");
    EXPECT_TRUE(all.returns->get<return_children>());
    const auto status = all.returns->get<return_status>();
    ASSERT_TRUE(status);
    EXPECT_EQ(status->att.size(), 2U);
    EXPECT_TRUE(status->att.get<status_unseen>());
}

std::string written(const list& value) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", value) == misuse::none ? result : "refused";
}

TEST(list_command, is_written_from_a_program) {
    const select_subscribed subscribed;
    const select_recursivematch recursive;
    const status_messages messages;
    const item<slot::status_att> att[] = {messages};
    const return_status status{items<slot::status_att>(att)};
    const return_children children;
    const item<slot::list_select_opt> selection[] = {recursive, subscribed};
    const item<slot::return_option> returns[] = {children, status};
    const text patterns[] = {"INBOX", "a b/%"};
    list l{"", "*"};
    EXPECT_EQ(written(l), "a LIST \"\" *\r\n");
    l.selection = items<slot::list_select_opt>(selection);
    l.returns = items<slot::return_option>(returns);
    EXPECT_EQ(written(l), "a LIST (RECURSIVEMATCH SUBSCRIBED) \"\" * RETURN (CHILDREN STATUS (MESSAGES))\r\n");
    l.patterns = patterns;
    EXPECT_EQ(written(l), "refused"); // a pattern and patterns
    l.pattern = {};
    l.selection.emplace();
    l.returns.emplace();
    EXPECT_EQ(written(l), "a LIST () \"\" (INBOX \"a b/%\") RETURN ()\r\n");
}

TEST(list_command, refuses_what_has_no_place) {
    EXPECT_EQ(written(list{"*", "x"}), "a LIST \"*\" x\r\n");
    EXPECT_EQ(written(list{text::nil(), "x"}), "refused");
    EXPECT_EQ(written(list{"", text::nil()}), "refused");
    const select_recursivematch recursive;
    const select_remote remote;
    const item<slot::list_select_opt> selection[] = {remote, recursive};
    list l{"", "*"};
    l.selection = items<slot::list_select_opt>(selection); // P5
    EXPECT_EQ(written(l), "refused");
    l.selection = items<slot::list_select_opt>(std::span(selection, 1));
    EXPECT_EQ(written(l), "a LIST (REMOTE) \"\" *\r\n");
    const return_status no_items;
    const item<slot::return_option> returns[] = {no_items};
    l.returns = items<slot::return_option>(returns);
    EXPECT_EQ(written(l), "refused");
}

} // namespace
} // namespace mailwire::imap
