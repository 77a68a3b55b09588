// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/append.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

// A16: after the mailbox each octet says what comes.
TEST(append, is_read_and_written) {
    test::good_commands({
        {"B3-16", "a APPEND saved {3}\r\nabc\r\n"},
        {"B3-16", "a append \"in box\" (\\Seen x) \"17-Feb-1994 21:52:25 -0800\" {3+}\r\nabc\r\n",
         "a APPEND \"in box\" (\\Seen x) \"17-Feb-1994 21:52:25 -0800\" {3+}\r\nabc\r\n"},
        {"B3-16", "a APPEND x \" 7-Feb-1994 21:52:25 -0800\" {0}\r\n\r\n"},
    });
    test::bad_commands({
        {"A16", "a APPEND x \" 7-Feb-1994 21:52:25 -0800\" (a) {1}\r\nm\r\n", errc::syntax, 40},
        {"A16", "a APPEND x (a)\r\n", errc::syntax, 14},
        {"A16", "a APPEND x {1}\r\nm {1}\r\nn\r\n", errc::syntax, 17},
        {"X-3516-1", "a APPEND x ~{3}\r\na\r\n", errc::syntax, 11},
    });
}

TEST(append, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value().get<append>(); };
    const auto all = read("a APPEND b (\\Seen x) \"17-Feb-1994 21:52:25 -0800\" {3}\r\nabc\r\n");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->mailbox, text("b"));
    EXPECT_EQ(all->flags, (seq_of<text>{"\\Seen", "x"}));
    EXPECT_EQ(all->date, "17-Feb-1994 21:52:25 -0800");
    EXPECT_EQ(all->message, text("abc"));
    const auto least = read("a APPEND b {3}\r\nabc\r\n");
    EXPECT_TRUE(least->flags.empty());
    EXPECT_TRUE(least->date.empty());
    EXPECT_EQ(least->message, text("abc"));
}

} // namespace
} // namespace mailwire::imap
