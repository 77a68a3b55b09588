// SPDX-License-Identifier: BSL-1.0
#include "mail_server/store.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/scratch_folder.hpp"

namespace mail_server {

void PrintTo(outcome value, std::ostream* out) {
    constexpr std::string_view names[] = {"ok", "no_such_mailbox", "already_exists", "has_children", "not_permitted"};
    *out << names[static_cast<int>(value)];
}

namespace {

class store_test : public testing::Test {
protected:
    store_test() { mail.add_user("alice"); }

    std::vector<std::string> names(std::string_view user = "alice") const {
        std::vector<std::string> all;
        for (const auto& each : mail.mailboxes(user)) {
            all.push_back(each.name + (each.has_children ? "+" : ""));
        }
        return all;
    }

    mailbox_id id(std::string_view name) const { return mail.find("alice", name).value(); }

    uid_number append(std::string_view mailbox, std::string_view octets, std::vector<std::string> flags = {}) {
        return mail.append(id(mailbox), flags, {}, octets).value();
    }

    mailwire::test::scratch_folder folder;
    store mail{(folder.path() / "mail.db").string()};
};

using name_list = std::vector<std::string>;

TEST_F(store_test, keeps_a_user_that_comes_again) {
    append("INBOX", "kept");
    mail.add_user("alice");
    EXPECT_EQ(mail.content(id("INBOX"), 1), "kept");
    EXPECT_EQ(names("Alice"), name_list({}));
    EXPECT_EQ(names("alice' --"), name_list({}));
}

TEST_F(store_test, has_an_inbox_in_any_case) {
    EXPECT_EQ(names(), name_list({"INBOX"}));
    EXPECT_EQ(mail.find("alice", "inbox"), mail.find("alice", "INBOX"));
    EXPECT_TRUE(mail.find("alice", "InBoX"));
    EXPECT_EQ(mail.create("alice", "inBOX"), outcome::already_exists);
    EXPECT_EQ(mail.remove("alice", "inbox"), outcome::not_permitted);
    EXPECT_EQ(mail.create("alice", "inbox/below"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX+", "INBOX/below"}));
    EXPECT_FALSE(mail.find("alice", "INBOX/Below"));
}

TEST_F(store_test, creates_what_is_above_too) {
    EXPECT_EQ(mail.create("alice", "a/b/c"), outcome::ok);
    EXPECT_EQ(mail.create("alice", "a/b/d/"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX", "a+", "a/b+", "a/b/c", "a/b/d"}));
    EXPECT_EQ(mail.create("alice", "a/b"), outcome::already_exists);
    mail.add_user("bob");
    EXPECT_EQ(names("bob"), name_list({"INBOX"}));
    EXPECT_FALSE(mail.find("bob", "a"));
}

TEST_F(store_test, refuses_names_that_no_mailbox_can_have) {
    std::string deep = "x";
    for (int i = 0; i < 32; ++i) {
        deep += "/x";
    }
    for (const std::string& name : {std::string(), std::string("/"), std::string("/a"), std::string("a//b"),
                                    std::string("a\nb"), std::string("a\0b", 3), std::string(1001, 'a'), deep}) {
        EXPECT_EQ(mail.create("alice", name), outcome::not_permitted) << name;
        EXPECT_EQ(mail.rename("alice", "INBOX", name), outcome::not_permitted) << name;
        EXPECT_FALSE(mail.find("alice", name)) << name;
    }
    EXPECT_EQ(names(), name_list({"INBOX"}));
    EXPECT_EQ(mail.create("alice", "we\"ird %*'\xc3\xa4"), outcome::ok);
    EXPECT_TRUE(mail.find("alice", "we\"ird %*'\xc3\xa4"));
}

TEST_F(store_test, removes_only_what_has_nothing_below) {
    mail.create("alice", "a/b");
    append("a/b", "x");
    EXPECT_EQ(mail.remove("alice", "a"), outcome::has_children);
    EXPECT_EQ(mail.remove("alice", "a/b"), outcome::ok);
    EXPECT_EQ(mail.remove("alice", "a/b"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.create("alice", "ab"), outcome::ok) << "is not below a";
    EXPECT_EQ(mail.remove("alice", "a"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX", "ab"}));
}

TEST_F(store_test, forgets_a_removed_mailbox) {
    mail.create("alice", "a");
    const auto old_id = id("a");
    const auto old_info = mail.info(old_id).value();
    append("a", "x");
    mail.remove("alice", "a");
    EXPECT_FALSE(mail.info(old_id));
    EXPECT_TRUE(mail.messages(old_id).empty());
    EXPECT_EQ(mail.append(old_id, {}, {}, "x"), std::nullopt);
    mail.create("alice", "a");
    EXPECT_NE(id("a"), old_id);
    EXPECT_GT(mail.info(id("a"))->uidvalidity, old_info.uidvalidity);
    EXPECT_EQ(mail.info(id("a"))->exists, 0U);
}

TEST_F(store_test, renames_what_is_below_too) {
    mail.create("alice", "a/b/c");
    mail.create("alice", "ab");
    append("a/b", "x");
    const auto before = id("a/b");
    EXPECT_EQ(mail.rename("alice", "a", "z/y"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX", "ab", "z+", "z/y+", "z/y/b+", "z/y/b/c"}));
    EXPECT_EQ(id("z/y/b"), before);
    EXPECT_EQ(mail.content(before, 1), "x");
    EXPECT_EQ(mail.rename("alice", "z/y/b", "b/"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX", "ab", "b+", "b/c", "z+", "z/y"}));
}

TEST_F(store_test, refuses_to_rename) {
    mail.create("alice", "a/b");
    mail.create("alice", "c");
    EXPECT_EQ(mail.rename("alice", "x", "y"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.rename("alice", "a", "c"), outcome::already_exists);
    EXPECT_EQ(mail.rename("alice", "a", "a"), outcome::already_exists);
    EXPECT_EQ(mail.rename("alice", "a", "inbox"), outcome::already_exists);
    EXPECT_EQ(mail.rename("alice", "a", "a/x"), outcome::not_permitted);
    EXPECT_EQ(mail.rename("alice", "a", std::string(999, 'x')), outcome::not_permitted) << "for what is below it";
    EXPECT_EQ(names(), name_list({"INBOX", "a+", "a/b", "c"}));
}

TEST_F(store_test, empties_a_renamed_inbox) {
    append("INBOX", "one", {"\\Seen"});
    append("INBOX", "two");
    mail.create("alice", "INBOX/below");
    const auto inbox = id("INBOX");
    EXPECT_EQ(mail.rename("alice", "inbox", "old/mail"), outcome::ok);
    EXPECT_EQ(names(), name_list({"INBOX+", "INBOX/below", "old+", "old/mail"}));
    EXPECT_EQ(id("INBOX"), inbox);
    EXPECT_EQ(mail.info(inbox)->exists, 0U);
    EXPECT_EQ(mail.info(inbox)->uidnext, 3U);
    const auto moved = mail.messages(id("old/mail"));
    ASSERT_EQ(moved.size(), 2U);
    EXPECT_EQ(moved[0].flags, std::vector<std::string>({"\\Seen"}));
    EXPECT_EQ(mail.content(id("old/mail"), moved[1].uid), "two");
    EXPECT_GT(append("old/mail", "three"), moved[1].uid);
    EXPECT_EQ(append("INBOX", "three"), 3U);
}

TEST_F(store_test, remembers_subscriptions) {
    mail.create("alice", "a/b");
    for (const auto* name : {"a/b", "inbox", "a/b", "INBOX", "a"}) {
        EXPECT_EQ(mail.subscribe("alice", name), outcome::ok) << name;
    }
    EXPECT_EQ(mail.subscribe("alice", "x"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.subscribe("alice", "a//b"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.subscriptions("alice"), name_list({"INBOX", "a", "a/b"}));
    EXPECT_EQ(mail.unsubscribe("alice", "a"), outcome::ok);
    EXPECT_EQ(mail.unsubscribe("alice", "a"), outcome::ok) << "there is such a mailbox";
    EXPECT_EQ(mail.unsubscribe("alice", "x"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.unsubscribe("alice", "a//b"), outcome::no_such_mailbox);
    EXPECT_EQ(mail.subscriptions("alice"), name_list({"INBOX", "a/b"}));
    EXPECT_EQ(mail.subscriptions("bob"), name_list({}));
}

TEST_F(store_test, keeps_the_subscription_of_a_mailbox_that_goes) {
    mail.create("alice", "a");
    mail.create("alice", "b");
    mail.subscribe("alice", "a");
    mail.subscribe("alice", "b");
    mail.remove("alice", "a");
    mail.rename("alice", "b", "c");
    EXPECT_EQ(mail.subscriptions("alice"), name_list({"a", "b"}));
    EXPECT_EQ(mail.unsubscribe("alice", "a"), outcome::ok);
    EXPECT_EQ(mail.subscriptions("alice"), name_list({"b"}));
}

TEST_F(store_test, tells_about_a_mailbox) {
    append("INBOX", "12345", {"\\seen"});
    append("INBOX", "123", {"\\Deleted", "\\Flagged", "\\Seen"});
    append("INBOX", "", {"Seen"});
    const auto info = mail.info(id("INBOX")).value();
    EXPECT_EQ(info.name, "INBOX");
    EXPECT_EQ(info.exists, 3U);
    EXPECT_EQ(info.uidnext, 4U);
    EXPECT_EQ(info.unseen, 1U);
    EXPECT_EQ(info.deleted, 1U);
    EXPECT_EQ(info.size, 8U);
    EXPECT_NE(info.uidvalidity, 0U);
    EXPECT_FALSE(mail.info(12345));
}

TEST_F(store_test, gives_every_mailbox_its_own_uidvalidity) {
    mail.add_user("bob");
    mail.create("alice", "a/b/c");
    std::set<std::uint32_t> seen;
    for (const auto* name : {"INBOX", "a", "a/b", "a/b/c"}) {
        seen.insert(mail.info(id(name))->uidvalidity);
    }
    seen.insert(mail.info(mail.find("bob", "INBOX").value())->uidvalidity);
    EXPECT_EQ(seen.size(), 5U);
}

TEST_F(store_test, keeps_what_it_has_in_its_file) {
    append("INBOX", "kept");
    store again((folder.path() / "mail.db").string());
    const auto found = again.find("alice", "INBOX").value();
    EXPECT_EQ(again.content(found, 1), "kept");
    EXPECT_EQ(again.append(found, {}, {}, "from the other"), 2U);
    EXPECT_EQ(mail.content(found, 2), "from the other");
}

TEST_F(store_test, says_when_it_cannot_open_its_file) {
    EXPECT_THROW(store((folder.path() / "no" / "mail.db").string()), store_error);
    EXPECT_THROW(mail.create("nobody", "a"), store_error);
}

} // namespace
} // namespace mail_server
