// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/store.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

// A10: the modifiers come before the item.
TEST(store, is_read_and_written) {
    test::good_commands({
        {"B4-9", "a STORE 2:4 +FLAGS.Silent (\\Deleted)\r\n", "a STORE 2:4 +FLAGS.SILENT (\\Deleted)\r\n"},
        {"B4-9", "a UID STORE 1 -FLAGS \\Seen x\r\n", "a UID STORE 1 -FLAGS (\\Seen x)\r\n"},
        {"X-4466-5", "a STORE 1 (FOO 5 BAR) FLAGS ()\r\n"},
        {"X-4551/7162-5", "a UID STORE 6,4,8 (UNCHANGEDSINCE 12121230045) +FLAGS.SILENT (\\Deleted)\r\n"},
        {"X-4551/7162-5", "a STORE 1 (unchangedsince 0) FLAGS (a)\r\n", "a STORE 1 (UNCHANGEDSINCE 0) FLAGS (a)\r\n"},
    });
    test::bad_commands({
        {"A10", "a STORE 1 FLAGS () (UNCHANGEDSINCE 5)\r\n", errc::syntax, 18},
        {"X-4466-5", "a STORE 1 () FLAGS ()\r\n", errc::syntax, 11},
        {"X-4466-5", "a STORE 1 (FOO 5)FLAGS ()\r\n", errc::syntax, 17},
        {"X-4466-5", "a STORE 1 (FOO 5)\r\n", errc::syntax, 17},
        {"P2", "a STORE 1 (UNCHANGEDSINCE) FLAGS ()\r\n", errc::syntax, 25},
        {"P2", "a STORE 1 (UNCHANGEDSINCE (5)) FLAGS ()\r\n", errc::syntax, 26},
        {"X-4551/7162-5", "a STORE 1 (UNCHANGEDSINCE 9223372036854775808) FLAGS ()\r\n", errc::number_too_big, 26},
        {"B4-9", "a STORE 1 + FLAGS ()\r\n", errc::syntax, 11},
    });
}

TEST(store, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value().get<store>(); };
    const auto plain = read("a STORE 5 FLAGS (x)\r\n");
    ASSERT_TRUE(plain);
    EXPECT_TRUE(plain->modifiers.empty());
    EXPECT_EQ(plain->action, store_action::replace);
    EXPECT_FALSE(plain->silent);
    const auto more = read("a STORE 5 (UNCHANGEDSINCE 7 X-FOO 1:5) -FLAGS.SILENT x y\r\n");
    ASSERT_TRUE(more);
    EXPECT_EQ(more->modifiers.get<unchangedsince>(), unchangedsince{7});
    EXPECT_EQ(more->modifiers[1].rest(), "1:5");
    EXPECT_EQ(more->action, store_action::remove);
    EXPECT_TRUE(more->silent);
    EXPECT_EQ(more->flags, (seq_of<text>{"x", "y"}));
}

TEST(store, is_written_from_a_program) {
    const auto written = [](const auto& value) {
        std::string result;
        string_sink out(result);
        return write_command(out, "a", value) == misuse::none ? result : "refused";
    };
    const text flags[] = {"\\Seen"};
    const unchangedsince since{5};
    const item<slot::store_modifier> modifiers[] = {since};
    EXPECT_EQ(written(store{.messages = 7U, .flags = flags, .modifiers = items<slot::store_modifier>(modifiers)}),
              "a STORE 7 (UNCHANGEDSINCE 5) FLAGS (\\Seen)\r\n");
    EXPECT_EQ(written(store{.messages = 7U, .action = store_action::add, .silent = true, .flags = flags}),
              "a STORE 7 +FLAGS.SILENT (\\Seen)\r\n");
    EXPECT_EQ(written(store{.flags = flags}), "refused");
    EXPECT_EQ(written(store{.messages = 1U, .flags = {"\\Recent"}}), "refused");
}

} // namespace
} // namespace mailwire::imap
