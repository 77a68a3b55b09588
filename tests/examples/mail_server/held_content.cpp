// SPDX-License-Identifier: BSL-1.0
#include "mail_server/held_content.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "mail_server/sqlite.hpp"
#include "mail_server/store.hpp"
#include "support/scratch_folder.hpp"

namespace mail_server {
namespace {

using uid_list = std::vector<uid_number>;

TEST(content_holds, let_go_when_the_last_reader_ends) {
    content_holds holds;
    EXPECT_TRUE(holds.leave_behind(1)) << "nobody reads it";
    holds.take(1);
    holds.take(1);
    holds.take(2);
    EXPECT_FALSE(holds.give_back(2)) << "its message is there";
    EXPECT_FALSE(holds.leave_behind(1));
    EXPECT_FALSE(holds.give_back(1)) << "somebody reads it still";
    EXPECT_TRUE(holds.give_back(1));
    holds.take(1);
    EXPECT_FALSE(holds.give_back(1));
}

class held_content_test : public testing::Test {
protected:
    held_content_test() {
        mail.add_user("alice");
        mail.create("alice", "other");
        inbox = mail.find("alice", "INBOX").value();
        other = mail.find("alice", "other").value();
        mail.append(inbox, {}, {}, text);
    }

    // How many contents the file has.
    std::int64_t contents() {
        database seen_from_outside(file);
        return first_integer(seen_from_outside, "SELECT count(*) FROM contents").value();
    }

    void check_read(const held_content& held) const {
        std::string all;
        for (std::string some = held.read(0, 1000); !some.empty(); some = held.read(all.size(), 50000)) {
            all += some;
        }
        EXPECT_EQ(all, text);
        EXPECT_EQ(held.read(text.size() + 1, 10), "");
    }

    mailwire::test::scratch_folder folder;
    std::string file = (folder.path() / "mail.db").string();
    store mail{file};
    std::string text = std::string(100000, 'x') + std::string(50000, 'y');
    mailbox_id inbox = 0;
    mailbox_id other = 0;
};

TEST_F(held_content_test, stays_when_the_message_is_expunged) {
    auto one = mail.hold(inbox, 1);
    auto two = mail.hold(inbox, 1);
    mail.expunge(inbox, uid_list{1});
    EXPECT_EQ(mail.hold(inbox, 1), nullptr);
    EXPECT_EQ(mail.content(inbox, 1), std::nullopt);
    check_read(*one);
    one.reset();
    check_read(*two);
    EXPECT_EQ(contents(), 1);
    two.reset();
    EXPECT_EQ(contents(), 0);
}

TEST_F(held_content_test, stays_when_the_mailbox_is_removed) {
    mail.move(inbox, uid_list{1}, other);
    auto held = mail.hold(other, 1);
    EXPECT_EQ(mail.remove("alice", "other"), outcome::ok);
    check_read(*held);
    held.reset();
    EXPECT_EQ(contents(), 0);
}

TEST_F(held_content_test, stays_when_the_message_is_moved) {
    auto held = mail.hold(inbox, 1);
    mail.move(inbox, uid_list{1}, other);
    check_read(*held);
    held.reset();
    EXPECT_EQ(mail.content(other, 1), text);
}

// A copy has the same content.
TEST_F(held_content_test, leaves_what_others_have) {
    auto held = mail.hold(inbox, 1);
    mail.copy(inbox, uid_list{1}, other);
    mail.expunge(inbox, uid_list{1});
    held.reset();
    EXPECT_EQ(mail.content(other, 1), text);
    mail.expunge(other, uid_list{1});
    EXPECT_EQ(contents(), 0);
}

} // namespace
} // namespace mail_server
