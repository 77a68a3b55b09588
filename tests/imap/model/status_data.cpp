// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/status_data.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

TEST(status_data, is_read_and_written) {
    test::good_responses({
        {"B5-9", "* STATUS x (SIZE 5)\r\n"},
        {"B5-9", "* STATUS \"in box\" ()\r\n"},
        {"L-18", "* STATUS \"inbox\" (MESSAGES 1)\r\n", "* STATUS inbox (MESSAGES 1)\r\n"},
        {"B5-9", "* STATUS x (X-FOO 5 MESSAGES 1 X-BAR (a \"b\"))\r\n"},
        {"B5-9", "* STATUS x (X-FOO ())\r\n"},
    });
    test::bad_responses({
        {"P2", "* STATUS x (MESSAGES (1))\r\n", errc::syntax, 21},
        {"B5-9", "* STATUS x (X-FOO)\r\n", errc::syntax, 17},
        {"L-28", "* STATUS x (X-FOO \"a\")\r\n", errc::syntax, 18},
        {"L-28", "* STATUS x (X-FOO NIL)\r\n", errc::syntax, 18},
        {"B5-9", "* STATUS x (MESSAGES 1\r\n", errc::syntax, 22},
        {"B5-9", "* STATUS x\r\n", errc::syntax, 10},
    });
}

TEST(status_data, fields) {
    token tape[32];
    const auto s = parse_response("* STATUS \"a b\" (X-FOO (a) MESSAGES 3)\r\n", tape).value.as<status_data>();
    EXPECT_EQ(s.mailbox, text("a b"));
    ASSERT_EQ(s.values.size(), 2U);
    EXPECT_EQ(s.values.get<messages>(), messages{3});
    EXPECT_FALSE(s.values[0].known());
    EXPECT_EQ(s.values[0].name(), text("X-FOO"));
    EXPECT_EQ(s.values[0].rest(), "(a)");
}

TEST(status_data, is_written_from_a_program) {
    const mailbox_size size{9223372036854775807U};
    const item<slot::status_att_val> values[] = {size};
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_data(out, status_data{"x", items<slot::status_att_val>(values)}), misuse::none);
    EXPECT_EQ(result, "* STATUS x (SIZE 9223372036854775807)\r\n");
    const uidnext zero{0};
    const item<slot::status_att_val> bad[] = {zero};
    EXPECT_EQ(write_data(out, status_data{"x", items<slot::status_att_val>(bad)}), misuse::bad_value);
}

} // namespace
} // namespace mailwire::imap
