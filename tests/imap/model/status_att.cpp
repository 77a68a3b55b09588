// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/status_att.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

// B8-1, P10: which number each item takes.
TEST(status_att, items) {
    struct {
        std::string_view word;
        std::string_view largest;
        std::string_view too_large;
        bool zero;
    } const rows[] = {
        {"MESSAGES", "4294967295", "4294967296", true},
        {"UIDNEXT", "4294967295", "4294967296", false},
        {"UIDVALIDITY", "4294967295", "4294967296", false},
        {"UNSEEN", "4294967295", "4294967296", true},
        {"DELETED", "4294967295", "4294967296", true},
        {"SIZE", "9223372036854775807", "9223372036854775808", true},
    };
    for (const auto& row : rows) {
        const std::string before = "* STATUS x (" + std::string(row.word) + " ";
        test::good_commands({{"B8-1", "a STATUS x (" + std::string(row.word) + ")\r\n"}});
        test::good_responses({{"B8-1", before + "1)\r\n"}, {"B8-1", before + std::string(row.largest) + ")\r\n"}});
        test::bad_responses(
            {{"B8-1", before + std::string(row.too_large) + ")\r\n", errc::number_too_big, before.size()},
             {"B8-1", before + "-1)\r\n", errc::syntax, before.size()},
             {"B8-1", before + ")\r\n", errc::syntax, before.size()}});
        if (row.zero) {
            test::good_responses({{"B8-1", before + "0)\r\n"}});
        } else {
            test::bad_responses({{"P10", before + "0)\r\n", errc::syntax, before.size()}});
        }
    }
}

TEST(status_att, several_in_any_order) {
    test::good_responses({
        {"B8-1", "* STATUS x (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3 UNSEEN 0 DELETED 0 SIZE 9)\r\n"},
        {"B8-1", "* STATUS x (size 9 messages 1)\r\n", "* STATUS x (SIZE 9 MESSAGES 1)\r\n"},
        {"B8-1", "* STATUS x (SIZE 9 SIZE 8)\r\n"},
    });
    test::good_commands({{"B8-1", "a1 STATUS x (MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)\r\n"}});
    test::bad_responses({
        {"B8-1", "* STATUS x (SIZE 9MESSAGES 1)\r\n", errc::syntax, 18},
        {"B8-1", "* STATUS x (SIZE 9,MESSAGES 1)\r\n", errc::syntax, 18},
        {"B8-1", "* STATUS x (SIZE 9 )\r\n", errc::syntax, 19},
    });
}

TEST(status_att, gives_the_first_of_a_kind) {
    token tape[16];
    const std::string wire = "* STATUS x (SIZE 9223372036854775807 SIZE 8)\r\n";
    const auto status = parse_response(wire, tape).value.as<status_data>();
    EXPECT_EQ(status.values.get<mailbox_size>(), mailbox_size{9223372036854775807U});
    EXPECT_FALSE(status.values.get<messages>());
}

} // namespace
} // namespace mailwire::imap
