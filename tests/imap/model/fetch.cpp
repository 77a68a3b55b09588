// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/fetch.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(fetch, is_read_and_written) {
    test::good_commands({
        {"B4-7", "a FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])\r\n"},
        {"B4-7", "a FETCH 1 FLAGS\r\n", "a FETCH 1 (FLAGS)\r\n"},
        {"B4-8", "a UID FETCH 1:* full\r\n", "a UID FETCH 1:* FULL\r\n"},
        {"X-5182-2", "a FETCH $ (UID FLAGS)\r\n"},
        {"X-4466-4", "a FETCH 1 FLAGS (FOO 5)\r\n", "a FETCH 1 (FLAGS) (FOO 5)\r\n"},
        {"X-4466-4", "a FETCH 1 ALL (FOO BAR (a b) BAZ 1:*)\r\n"},
        {"X-4551/7162-6", "a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12345)\r\n"},
        {"X-5162/7162-3", "a UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)\r\n"},
        {"X-5162/7162-3", "a UID FETCH 1:* FLAGS (vanished changedsince 5)\r\n",
         "a UID FETCH 1:* (FLAGS) (VANISHED CHANGEDSINCE 5)\r\n"},
    });
    test::bad_commands({
        {"B4-7", "a FETCH 1\r\n", errc::syntax, 9},
        {"B4-8", "a FETCH 1 (FAST)\r\n", errc::syntax, 11},
        {"X-4466-4", "a FETCH 1 FLAGS ()\r\n", errc::syntax, 17},
        {"X-4466-4", "a FETCH 1 FLAGS (FOO \"x\")\r\n", errc::syntax, 21},
        {"X-4466-4", "a FETCH 1 FLAGS (FOO) (BAR)\r\n", errc::syntax, 21},
        {"P2", "a FETCH 1 FLAGS (CHANGEDSINCE)\r\n", errc::syntax, 29},
        {"P2", "a FETCH 1 FLAGS (CHANGEDSINCE (5))\r\n", errc::syntax, 30},
        {"X-4551/7162-6", "a FETCH 1 FLAGS (CHANGEDSINCE 0)\r\n", errc::syntax, 31},
    });
}

TEST(fetch, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value().get<fetch>(); };
    const auto plain = read("a FETCH 1:3 (UID FLAGS)\r\n");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->messages, sequence_set("1:3"));
    EXPECT_EQ(plain->macro, fetch_macro::none);
    EXPECT_EQ(plain->att.size(), 2U);
    EXPECT_TRUE(plain->modifiers.empty());
    const auto more = read("a FETCH 1 FAST (CHANGEDSINCE 7 X-FOO (a))\r\n");
    ASSERT_TRUE(more);
    EXPECT_EQ(more->macro, fetch_macro::fast);
    EXPECT_TRUE(more->att.empty());
    EXPECT_EQ(more->modifiers.get<changedsince>(), changedsince{7});
    EXPECT_EQ(more->modifiers[1].name(), text("X-FOO"));
    EXPECT_EQ(more->modifiers[1].rest(), "(a)");
}

TEST(fetch, is_written_from_a_program) {
    const auto written = [](const auto& value) {
        std::string result;
        string_sink out(result);
        return write_command(out, "a", value) == misuse::none ? result : "refused";
    };
    const fetch_uid uid;
    const item<slot::fetch_att> att[] = {uid};
    const changedsince since{5};
    const fetch_vanished vanished;
    const item<slot::fetch_modifier> modifiers[] = {since, vanished};
    EXPECT_EQ(written(uid_fetch{.messages = "1:*",
                                .att = items<slot::fetch_att>(att),
                                .modifiers = items<slot::fetch_modifier>(modifiers)}),
              "a UID FETCH 1:* (UID) (CHANGEDSINCE 5 VANISHED)\r\n");
    EXPECT_EQ(written(fetch{.messages = 1U, .macro = fetch_macro::all}), "a FETCH 1 ALL\r\n");
    EXPECT_EQ(written(fetch{.messages = 1U}), "refused");
    EXPECT_EQ(written(fetch{.macro = fetch_macro::all}), "refused");
    const changedsince never{0};
    const item<slot::fetch_modifier> wrong[] = {never};
    EXPECT_EQ(
        written(fetch{.messages = 1U, .macro = fetch_macro::all, .modifiers = items<slot::fetch_modifier>(wrong)}),
        "refused");
}

} // namespace
} // namespace mailwire::imap
