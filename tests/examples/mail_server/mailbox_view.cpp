// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_view.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/scratch_folder.hpp"

namespace mail_server {
namespace {

using numbers = std::vector<std::uint32_t>;

class mailbox_view_test : public testing::Test {
protected:
    mailbox_view_test() {
        mail.add_user("alice");
        inbox = mail.find("alice", "INBOX").value();
    }

    uid_number append(std::vector<std::string> flags = {}) { return mail.append(inbox, flags, {}, "x").value(); }

    void append_many(int count) {
        for (int i = 0; i != count; ++i) {
            append();
        }
    }

    void expunge(std::vector<uid_number> uids) { mail.expunge(inbox, uids); }

    // What a set means in a view, "-" where it is refused.
    static std::string meaning(const mailbox_view& view, std::string_view set, numbering by) {
        const auto found = view.numbers_in(mailwire::imap::sequence_set::parse(set).value(), by);
        std::string text = found ? "" : "-";
        for (const auto number : found.value_or(numbers())) {
            text += std::to_string(number) + ' ';
        }
        return text;
    }

    mailwire::test::scratch_folder folder;
    store mail{(folder.path() / "mail.db").string()};
    accounts logins{"alice", "secret"};
    site shared{.mail = mail, .logins = logins};
    mailbox_id inbox = 0;
};

TEST_F(mailbox_view_test, tells_what_others_have_done) {
    append_many(4);
    mailbox_view view(inbox, false);
    EXPECT_TRUE(view.refresh(shared).exists);
    EXPECT_EQ(view.size(), 4U);

    expunge({1, 3, 4});
    append();
    const std::string flags[] = {"\\Seen"};
    const uid_number changed[] = {2};
    mail.change_flags(inbox, changed, flag_change::add, flags);
    const auto changes = view.refresh(shared);
    EXPECT_EQ(changes.expunged, numbers({1, 2, 2}));
    EXPECT_EQ(changes.flags, numbers({1}));
    EXPECT_TRUE(changes.exists);
    EXPECT_EQ(view.uids_of(numbers({1, 2})), std::vector<uid_number>({2, 5}));

    const auto nothing = view.refresh(shared);
    EXPECT_TRUE(nothing.expunged.empty() && nothing.flags.empty() && !nothing.exists);
}

TEST_F(mailbox_view_test, a_message_is_recent_for_the_first_who_may_change_it) {
    append_many(2);
    mailbox_view first(inbox, true);
    first.refresh(shared);
    EXPECT_EQ(first.recent(), 2U);
    mailbox_view second(inbox, false);
    second.refresh(shared);
    EXPECT_EQ(second.recent(), 2U);
    mailbox_view third(inbox, false);
    third.refresh(shared);
    EXPECT_EQ(third.recent(), 0U);
    append();
    third.refresh(shared);
    second.refresh(shared);
    EXPECT_EQ(third.recent(), 1U);
    EXPECT_EQ(second.recent(), 2U);
    EXPECT_TRUE(third[3].has_flag("\\recent"));
    EXPECT_FALSE(second[3].has_flag("\\Recent"));
}

TEST_F(mailbox_view_test, knows_numbers_and_uids) {
    append_many(6);
    expunge({1, 4});
    mailbox_view view(inbox, false);
    view.refresh(shared); // the UIDs are 2, 3, 5, 6
    EXPECT_EQ(view.number_of(5), 3U);
    EXPECT_EQ(view.number_of(4), 0U);
    EXPECT_EQ(view.number_of(7), 0U);
    EXPECT_EQ(view.last_uid(), 6U);

    struct row {
        std::string_view set;
        std::string_view by_number;
        std::string_view by_uid;
    };
    constexpr row rows[] = {
        {"1", "1 ", ""},
        {"*", "4 ", "4 "},
        {"2:3", "2 3 ", "1 2 "},
        {"4:2", "2 3 4 ", "1 2 "},
        {"3,1,3,1:2", "1 2 3 ", "1 2 "},
        {"3:*", "3 4 ", "2 3 4 "},
        {"*:*", "4 ", "4 "},
        {"5", "-", "3 "},
        {"4:5", "-", "3 "},
        {"1:4294967295", "-", "1 2 3 4 "},
        {"4294967295:*", "-", "4 "},
        {"7:9", "-", ""},
        {"$", "", ""},
    };
    for (const row& each : rows) {
        EXPECT_EQ(meaning(view, each.set, numbering::sequence), each.by_number) << each.set;
        EXPECT_EQ(meaning(view, each.set, numbering::uid), each.by_uid) << each.set;
    }
}

TEST_F(mailbox_view_test, remembers_what_a_search_has_found) {
    append_many(4);
    mailbox_view view(inbox, false);
    view.refresh(shared);
    view.save({2, 3, 4});
    expunge({1, 3});
    EXPECT_EQ(meaning(view, "$", numbering::sequence), "2 3 4 ");
    view.refresh(shared);
    EXPECT_EQ(meaning(view, "$", numbering::sequence), "1 2 ");
    EXPECT_EQ(meaning(view, "$", numbering::uid), "1 2 ");
    EXPECT_TRUE(view.is_saved(4));
    EXPECT_FALSE(view.is_saved(1));
    view.save({});
    EXPECT_EQ(meaning(view, "$", numbering::uid), "");
}

TEST_F(mailbox_view_test, nothing_is_in_an_empty_mailbox) {
    mailbox_view view(inbox, false);
    EXPECT_FALSE(view.refresh(shared).exists);
    EXPECT_EQ(meaning(view, "*", numbering::sequence), "-");
    EXPECT_EQ(meaning(view, "1:*", numbering::sequence), "-");
    EXPECT_EQ(meaning(view, "1:*", numbering::uid), "");
}

} // namespace
} // namespace mail_server
