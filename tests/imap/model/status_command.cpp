// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/status_command.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

TEST(status_command, is_read_and_written) {
    test::good_commands({
        {"B3-15", "a1 STATUS blurdybloop (UIDNEXT MESSAGES)\r\n"},
        {"B3-15", "a1 status \"in box\" (size)\r\n", "a1 STATUS \"in box\" (SIZE)\r\n"},
        {"A6", "a1 STATUS NIL (DELETED)\r\n"},
    });
    test::bad_commands({
        {"B3-15", "a1 STATUS x ()\r\n", errc::syntax, 13},
        {"B3-15", "a1 STATUS x MESSAGES\r\n", errc::syntax, 12},
        {"B3-15", "a1 STATUS x (FOO)\r\n", errc::syntax, 13},
        {"B3-15", "a1 STATUS x\r\n", errc::syntax, 11},
    });
}

TEST(status_command, fields) {
    token tape[16];
    const auto s = parse_command("a STATUS b (SIZE UNSEEN)\r\n", tape).value.value().as<status>();
    EXPECT_EQ(s.mailbox, text("b"));
    EXPECT_EQ(s.att.size(), 2U);
    EXPECT_TRUE(s.att.get<status_size>());
    EXPECT_TRUE(s.att.get<status_unseen>());
    EXPECT_FALSE(s.att.get<status_messages>());
}

TEST(status_command, is_written_from_a_program) {
    const status_deleted deleted;
    const item<slot::status_att> att[] = {deleted};
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_command(out, "a", status{"x y", items<slot::status_att>(att)}), misuse::none);
    EXPECT_EQ(result, "a STATUS \"x y\" (DELETED)\r\n");
    EXPECT_EQ(write_command(out, "a", status{"x", {}}), misuse::bad_value);
}

} // namespace
} // namespace mailwire::imap
