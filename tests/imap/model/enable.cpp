// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/enable.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

TEST(enable, is_read_and_written) {
    test::good_commands({
        {"B3-1", "a1 ENABLE CONDSTORE UTF8=ACCEPT\r\n"},
        {"X-5161-1", "a1 enable X-GOOD-IDEA\r\n", "a1 ENABLE X-GOOD-IDEA\r\n"},
    });
    test::bad_commands({
        {"B3-1", "a1 ENABLE\r\n", errc::syntax, 9},
        {"B3-1", "a1 ENABLE \r\n", errc::syntax, 10},
        {"A3", "a1 ENABLE a]b\r\n", errc::syntax, 11},
        {"B3-1", "a1 ENABLE \"X\"\r\n", errc::syntax, 10},
    });
    test::good_responses({
        {"B5-5", "* ENABLED\r\n"},
        {"B3-1", "* ENABLED CONDSTORE\r\n"},
        {"X-5161-2", "* enabled A B\r\n", "* ENABLED A B\r\n"},
    });
    test::bad_responses({{"B5-5", "* ENABLED (A)\r\n", errc::syntax, 10}});
}

TEST(enable, fields) {
    token tape[16];
    EXPECT_EQ(parse_command("a ENABLE A B\r\n", tape).value.value().get<enable>(), (enable{{"A", "B"}}));
    EXPECT_EQ(parse_response("* ENABLED A\r\n", tape).value.as<enabled_data>(), (enabled_data{{"A"}}));
    EXPECT_TRUE(parse_response("* ENABLED\r\n", tape).value.as<enabled_data>().capabilities.empty());
}

TEST(enable, refuses_what_has_no_place) {
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_command(out, "a", enable{}), misuse::bad_value);
    EXPECT_EQ(write_command(out, "a", enable{{"A B"}}), misuse::bad_value);
    EXPECT_EQ(write_data(out, enabled_data{{""}}), misuse::bad_value);
    result.clear();
    EXPECT_EQ(write_data(out, enabled_data{}), misuse::none);
    EXPECT_EQ(result, "* ENABLED\r\n");
}

} // namespace
} // namespace mailwire::imap
