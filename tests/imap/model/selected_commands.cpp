// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/selected_commands.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(selected_commands, are_read_and_written) {
    test::good_commands({
        {"B4-1", "a CLOSE\r\n"},
        {"B4-2", "a UNSELECT\r\n"},
        {"X-3691-1", "a unselect\r\n", "a UNSELECT\r\n"},
        {"B4-3", "a EXPUNGE\r\n"},
        {"B4-10", "a COPY 2:4 MEETING\r\n"},
        {"B4-11", "a MOVE 42:69 \"a b\"\r\n"},
        {"X-6851-1", "a UID MOVE 42:69 foo\r\n"},
        {"B4-12", "a UID COPY $ foo\r\n"},
        {"B4-13", "a UID EXPUNGE 3000:3002\r\n"},
        {"X-4315-1", "a uid expunge *\r\n", "a UID EXPUNGE *\r\n"},
    });
    test::bad_commands({
        {"B4-1", "a CLOSE x\r\n", errc::syntax, 7},
        {"B4-3", "a EXPUNGE 1\r\n", errc::syntax, 9},
        {"B4-13", "a UID EXPUNGE\r\n", errc::syntax, 13},
        {"B4-13", "a UID EXPUNGE 1 2\r\n", errc::syntax, 15},
        {"B4-10", "a COPY 1\r\n", errc::syntax, 8},
        {"B4-11", "a MOVE 1,x\r\n", errc::syntax, 9},
    });
}

TEST(selected_commands, fields) {
    token tape[16];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value(); };
    EXPECT_EQ(read("a MOVE 1:2 b\r\n").get<imap::move>()->messages, sequence_set("1:2"));
    EXPECT_EQ(read("a MOVE 1:2 b\r\n").get<imap::move>()->mailbox, text("b"));
    EXPECT_FALSE(read("a UID MOVE 1:2 b\r\n").get<imap::move>());
    EXPECT_EQ(read("a UID COPY 7 b\r\n").get<uid_copy>()->messages, sequence_set(7U));
    EXPECT_EQ(read("a UID EXPUNGE 7\r\n").get<uid_expunge>()->messages, sequence_set(7U));
}

} // namespace
} // namespace mailwire::imap
