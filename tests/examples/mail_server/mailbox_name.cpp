// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_name.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mail_server {
namespace {

struct row {
    std::string_view wire;
    std::string_view name;
};

// RFC 3501 5.1.3 has the last of them.
constexpr row rows[] = {
    {"INBOX", "INBOX"},
    {"R&-D", "R&D"},
    {"&AOQ-rger", "\xc3\xa4rger"},
    {"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"},
};

TEST(mailbox_name, goes_both_ways) {
    for (const row& each : rows) {
        EXPECT_EQ(name_from_wire(each.wire), each.name);
        EXPECT_EQ(name_to_wire(each.name), each.wire);
    }
}

TEST(mailbox_name, there_are_names_that_no_mailbox_has) {
    for (const std::string_view each : {"R&D", "&AOQ", "&AOQ-&AOQ-", "\xc3\xa4rger", "&AGEAYg-"}) {
        EXPECT_FALSE(name_from_wire(each)) << each;
    }
}

} // namespace
} // namespace mail_server
