// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_list.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mail_server {
namespace {

const std::vector<mailbox_entry> mailboxes = {
    {"INBOX", false}, {"a", true}, {"a/b", true}, {"a/b/c", false}, {"\xc3\xa4", false}};
const std::vector<std::string> subscriptions = {"INBOX", "a/b/c", "gone/x", "\xc3\xa4"};

// One line a mailbox, in IMAP's notation.
std::vector<std::string> lines(const std::vector<listed_mailbox>& found) {
    std::vector<std::string> all;
    for (const auto& each : found) {
        std::string line = each.name;
        for (const auto* attribute : each.attributes) {
            line += std::string(" ") + attribute;
        }
        all.push_back(line + (each.has_subscribed_below ? " +" : "") + (each.exists ? "" : " !"));
    }
    return all;
}

struct row {
    list_wish wish;
    std::vector<std::string> found;
};

const std::vector<std::string> all = {"*"};
const std::vector<std::string> top = {"%"};

const row rows[] = {
    {{.patterns = all},
     {"INBOX \\HasNoChildren", "a \\HasChildren", "a/b \\HasChildren", "a/b/c \\HasNoChildren",
      "&AOQ- \\HasNoChildren"}},
    {{.patterns = {"inbox", "a/%", "nothing"}}, {"INBOX \\HasNoChildren", "a/b \\HasChildren"}},
    {{.patterns = {"&AOQ-"}, .tells_subscribed = true}, {"&AOQ- \\Subscribed \\HasNoChildren"}},
    {{.patterns = top, .tells_subscribed = true},
     {"INBOX \\Subscribed \\HasNoChildren", "a \\HasChildren", "&AOQ- \\Subscribed \\HasNoChildren"}},
    {{.patterns = all, .subscribed = true, .tells_subscribed = true},
     {"INBOX \\Subscribed \\HasNoChildren", "a/b/c \\Subscribed \\HasNoChildren", "&AOQ- \\Subscribed \\HasNoChildren",
      "gone/x \\Subscribed \\NonExistent !"}},
    // What "%" hides is told of above it.
    {{.patterns = top, .subscribed = true, .recursive_match = true, .tells_subscribed = true},
     {"INBOX \\Subscribed \\HasNoChildren", "a \\HasChildren +", "&AOQ- \\Subscribed \\HasNoChildren",
      "gone \\NonExistent + !"}},
    // Nothing is hidden: then what is not subscribed is not told of.
    {{.patterns = all, .subscribed = true, .recursive_match = true},
     {"INBOX \\HasNoChildren", "a/b/c \\HasNoChildren", "&AOQ- \\HasNoChildren", "gone/x \\NonExistent !"}},
};

TEST(mailbox_list, list) {
    for (const auto& each : rows) {
        EXPECT_EQ(lines(list_mailboxes(mailboxes, subscriptions, each.wish)), each.found) << each.wish.patterns[0];
    }
}

TEST(mailbox_list, lsub) {
    using names = std::vector<std::string>;
    EXPECT_EQ(lines(list_subscriptions(subscriptions, "*")), names({"INBOX", "a/b/c", "gone/x", "&AOQ-"}));
    EXPECT_EQ(lines(list_subscriptions(subscriptions, "%")),
              names({"INBOX", "a \\Noselect", "gone \\Noselect", "&AOQ-"}));
    EXPECT_EQ(lines(list_subscriptions(subscriptions, "a/%")), names({"a/b \\Noselect"}));
    EXPECT_EQ(lines(list_subscriptions(subscriptions, "a/b")), names({}));
    EXPECT_EQ(lines(list_subscriptions({"a", "a/b", "a/c"}, "%")), names({"a"}));
}

} // namespace
} // namespace mail_server
