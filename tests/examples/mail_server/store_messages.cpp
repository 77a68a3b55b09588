// SPDX-License-Identifier: BSL-1.0
// The messages of the store.
#include "mail_server/store.hpp"

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "date_text.hpp"
#include "support/scratch_folder.hpp"

namespace mail_server {
namespace {

using flag_list = std::vector<std::string>;
using uid_list = std::vector<uid_number>;

constexpr std::size_t piece = 64 * 1024; // how the store cuts a content

// Octets in which no two pieces are alike.
std::string long_text(std::size_t size) {
    std::string text;
    while (text.size() < size) {
        text += std::to_string(text.size()) + "\r\n";
    }
    text.resize(size);
    return text;
}

class store_messages_test : public testing::Test {
protected:
    store_messages_test() {
        mail.add_user("alice");
        mail.create("alice", "other");
        inbox = mail.find("alice", "INBOX").value();
        other = mail.find("alice", "other").value();
    }

    uid_number append(std::string_view octets, const flag_list& flags = {}) {
        return mail.append(inbox, flags, {}, octets).value();
    }

    uid_list uids(mailbox_id mailbox) const {
        uid_list all;
        for (const auto& each : mail.messages(mailbox)) {
            all.push_back(each.uid);
        }
        return all;
    }

    // The rows of a table, or what else the SQL says, seen from outside.
    std::int64_t count(const std::string& sql) const {
        sqlite3* opened = nullptr;
        sqlite3_open(file.c_str(), &opened);
        sqlite3_stmt* prepared = nullptr;
        sqlite3_prepare_v2(opened, sql.c_str(), -1, &prepared, nullptr);
        const auto result = sqlite3_step(prepared) == SQLITE_ROW ? sqlite3_column_int64(prepared, 0) : -1;
        sqlite3_finalize(prepared);
        sqlite3_close(opened);
        return result;
    }

    mailwire::test::scratch_folder folder;
    std::string file = (folder.path() / "mail.db").string();
    store mail{file};
    mailbox_id inbox = 0;
    mailbox_id other = 0;
};

TEST_F(store_messages_test, keeps_what_is_appended) {
    const instant when = {760686745, -480};
    const flag_list flags = {"\\seen", "$Label1", "\\SEEN", "\\Recent", "$label1"};
    EXPECT_EQ(mail.append(inbox, flags, when, std::string_view("a\0\r\nb", 5)), 1U);
    const auto info = mail.message(inbox, 1).value();
    EXPECT_EQ(info.uid, 1U);
    EXPECT_EQ(info.flags, flag_list({"\\Seen", "$Label1"}));
    EXPECT_EQ(info.internal_date, when);
    EXPECT_EQ(info.size, 5U);
    EXPECT_EQ(mail.content(inbox, 1), std::string("a\0\r\nb", 5));
    EXPECT_FALSE(mail.message(inbox, 2));
    EXPECT_FALSE(mail.message(other, 1));
    EXPECT_FALSE(mail.content(inbox, 2));
    EXPECT_FALSE(mail.read(inbox, 2, 0, 1));
    EXPECT_EQ(mail.content(inbox, append("")), "");
}

TEST_F(store_messages_test, never_uses_a_uid_again) {
    EXPECT_EQ(append("a"), 1U);
    EXPECT_EQ(append("b"), 2U);
    EXPECT_EQ(mail.expunge(inbox, uid_list{2}), uid_list({2}));
    EXPECT_EQ(append("c"), 3U);
    EXPECT_EQ(mail.expunge(inbox, uid_list{3, 7, 1}), uid_list({3, 1}));
    EXPECT_EQ(append("d"), 4U);
    EXPECT_EQ(uids(inbox), uid_list({4}));
    EXPECT_EQ(mail.info(inbox)->uidnext, 5U);
}

TEST_F(store_messages_test, says_when_no_uids_are_left) {
    sqlite3* opened = nullptr;
    sqlite3_open(file.c_str(), &opened);
    sqlite3_exec(opened, "UPDATE mailboxes SET uidnext = 4294967294", nullptr, nullptr, nullptr);
    sqlite3_close(opened);
    EXPECT_EQ(append("last"), 4294967294U);
    EXPECT_THROW(append("one more"), store_error);
    EXPECT_EQ(uids(inbox), uid_list({4294967294U}));
    EXPECT_EQ(mail.info(inbox)->uidnext, 4294967295U);
    EXPECT_EQ(count("SELECT count(*) FROM contents"), 1);
}

TEST_F(store_messages_test, comes_and_goes_in_pieces) {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 7}) {
        const std::string text = long_text(size);
        for (const std::size_t step : {std::size_t{1000}, piece, piece + 5, 4 * piece}) {
            auto message = mail.begin_append(inbox, {}, {}, size).value();
            for (std::size_t i = 0; i < size; i += step) {
                message.write(std::string_view(text).substr(i, step));
            }
            const auto uid = message.commit().value();
            EXPECT_EQ(mail.content(inbox, uid), text) << size << " in steps of " << step;
            std::string back;
            for (std::size_t i = 0; i < size; i += step) {
                back += mail.read(inbox, uid, i, step).value();
            }
            EXPECT_EQ(back, text) << size << " in steps of " << step;
        }
    }
    EXPECT_LE(count("SELECT max(length(octets)) FROM pieces"), static_cast<std::int64_t>(piece));
}

TEST_F(store_messages_test, is_read_from_any_place) {
    const std::string text = long_text(2 * piece + 10);
    append(text);
    for (const std::size_t offset : {std::size_t{0}, std::size_t{5}, piece - 1, piece, 2 * piece + 9, 2 * piece + 10}) {
        for (const std::size_t max : {std::size_t{0}, std::size_t{1}, std::size_t{3}, piece, 3 * piece}) {
            EXPECT_EQ(mail.read(inbox, 1, offset, max), text.substr(offset, max)) << offset << " " << max;
        }
    }
    EXPECT_EQ(mail.read(inbox, 1, text.size() + 1, 10), "");
    EXPECT_EQ(mail.read(inbox, 1, ~std::uint64_t{0}, 10), "");
}

TEST_F(store_messages_test, is_there_only_when_committed) {
    const std::string text = long_text(piece * 2);
    {
        auto message = mail.begin_append(inbox, {}, {}, text.size()).value();
        message.write(text);
        EXPECT_TRUE(uids(inbox).empty());
        EXPECT_EQ(mail.append(inbox, {}, {}, "another, meanwhile"), 1U);
    }
    auto second = mail.begin_append(inbox, {}, {}, text.size()).value();
    second.write(text);
    second.abort();
    EXPECT_EQ(uids(inbox), uid_list({1}));
    EXPECT_EQ(count("SELECT count(*) FROM contents"), 1) << "nothing is left of what was not committed";
    EXPECT_EQ(count("SELECT count(*) FROM pieces"), 1);
    auto third = mail.begin_append(inbox, {}, {}, 3).value();
    auto moved = std::move(third);
    moved.write("abc");
    EXPECT_EQ(moved.commit(), 2U);
    EXPECT_EQ(mail.content(inbox, 2), "abc");
}

TEST_F(store_messages_test, is_of_the_announced_size) {
    auto message = mail.begin_append(inbox, {}, {}, 3).value();
    EXPECT_THROW(message.write("four"), store_error);
    message.write("ab");
    EXPECT_THROW(message.commit(), store_error);
    message.write("c");
    EXPECT_EQ(message.commit(), 1U);
    EXPECT_EQ(mail.content(inbox, 1), "abc");
}

TEST_F(store_messages_test, does_not_come_into_a_mailbox_that_is_gone) {
    {
        auto message = mail.begin_append(other, {}, {}, 1).value();
        message.write("a");
        mail.remove("alice", "other");
        EXPECT_EQ(message.commit(), std::nullopt);
    }
    EXPECT_FALSE(mail.begin_append(other, {}, {}, 1));
    EXPECT_EQ(count("SELECT count(*) FROM contents"), 0);
}

TEST_F(store_messages_test, changes_flags) {
    append("a", {"\\Seen", "x"});
    append("b");
    struct {
        flag_change change;
        flag_list flags;
        flag_list result;
    } const rows[] = {
        {flag_change::add, {"\\deleted", "X", "y"}, {"\\Seen", "x", "\\Deleted", "y"}},
        {flag_change::remove, {"\\SEEN", "none", "Y"}, {"x", "\\Deleted"}},
        {flag_change::add, {}, {"x", "\\Deleted"}},
        {flag_change::replace, {"\\flagged", "\\recent"}, {"\\Flagged"}},
        {flag_change::replace, {}, {}},
        {flag_change::remove, {"\\Flagged"}, {}},
    };
    for (const auto& row : rows) {
        const auto changed = mail.change_flags(inbox, uid_list{9, 1}, row.change, row.flags);
        ASSERT_EQ(changed.size(), 1U);
        EXPECT_EQ(changed[0].uid, 1U);
        EXPECT_EQ(changed[0].flags, row.result);
        EXPECT_EQ(mail.message(inbox, 1)->flags, row.result);
        EXPECT_EQ(mail.message(inbox, 2)->flags, flag_list());
    }
}

TEST_F(store_messages_test, has_keywords) {
    append("a", {"\\Seen", "x", "$Junk"});
    append("b", {"X", "y"});
    EXPECT_EQ(mail.keywords(inbox), flag_list({"x", "$Junk", "y"}));
    EXPECT_EQ(mail.keywords(other), flag_list());
}

TEST_F(store_messages_test, is_copied) {
    const instant when = {1000, 60};
    const flag_list flags = {"\\Seen", "x"};
    mail.append(inbox, flags, when, "one");
    append("two");
    EXPECT_EQ(mail.copy(inbox, uid_list{2, 1}, other), uid_list({1, 2}));
    EXPECT_EQ(mail.content(other, 1), "two");
    EXPECT_EQ(mail.content(other, 2), "one");
    EXPECT_EQ(mail.message(other, 2)->flags, flags);
    EXPECT_EQ(mail.message(other, 2)->internal_date, when);
    EXPECT_EQ(mail.message(other, 2)->size, 3U);
    EXPECT_EQ(uids(inbox), uid_list({1, 2}));
    EXPECT_EQ(mail.copy(inbox, uid_list{1}, inbox), uid_list({3}));
    EXPECT_EQ(count("SELECT count(*) FROM contents"), 2) << "copies share their content";
    mail.expunge(inbox, uid_list{1, 2, 3});
    EXPECT_EQ(mail.content(other, 2), "one");
    mail.remove("alice", "other");
    EXPECT_EQ(count("SELECT count(*) FROM contents"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM pieces"), 0);
}

TEST_F(store_messages_test, is_moved) {
    append("one", {"\\Flagged"});
    append("two");
    EXPECT_EQ(mail.move(inbox, uid_list{1}, other), uid_list({1}));
    EXPECT_EQ(uids(inbox), uid_list({2}));
    EXPECT_EQ(mail.content(other, 1), "one");
    EXPECT_EQ(mail.message(other, 1)->flags, flag_list({"\\Flagged"}));
    EXPECT_EQ(mail.move(inbox, uid_list{2}, inbox), uid_list({3}));
    EXPECT_EQ(uids(inbox), uid_list({3}));
    EXPECT_EQ(mail.content(inbox, 3), "two");
}

TEST_F(store_messages_test, is_copied_and_moved_with_all_or_not_at_all) {
    append("one");
    EXPECT_EQ(mail.copy(inbox, uid_list{1, 5}, other), std::nullopt);
    EXPECT_EQ(mail.move(inbox, uid_list{1, 5}, other), std::nullopt);
    EXPECT_EQ(mail.copy(inbox, uid_list{1}, 12345), std::nullopt);
    EXPECT_EQ(uids(inbox), uid_list({1}));
    EXPECT_TRUE(uids(other).empty());
    EXPECT_EQ(mail.info(other)->uidnext, 1U);
    EXPECT_EQ(mail.copy(inbox, uid_list{}, other), uid_list());
}

} // namespace
} // namespace mail_server
