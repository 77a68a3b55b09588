// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_search_key.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "support/scratch_folder.hpp"

namespace mail_server {
namespace {

constexpr std::string_view text = "From: Ada <ada@example.org>\r\nSubject: Lunch on\r\n Thursday\r\n"
                                  "Date: Sat, 1 Feb 2003 23:30:00 -0800\r\n\r\nat noon\r\n";

class search_key_test : public testing::Test {
protected:
    search_key_test() {
        mail.add_user("alice");
        inbox = mail.find("alice", "INBOX").value();
        const std::string flags[] = {"\\Seen", "$Work"};
        // 2 February 2003, 07:30 UTC, in a zone where it is still the day before.
        mail.append(inbox, flags, {1044171000, -480}, text);
    }

    // Whether the message meets what stands behind SEARCH.
    bool finds(std::string_view keys, bool is_saved = false) {
        const std::string unit = "a SEARCH " + std::string(keys) + "\r\n";
        std::array<mailwire::token, 512> tape;
        const auto parsed = mailwire::imap::parse_command(unit, tape);
        EXPECT_TRUE(parsed) << keys;
        const viewed_message viewed{mail.message(inbox, 1).value(), false};
        message_source source(mail, inbox, 1, text.size());
        return meets({viewed, 3, 5, 9, source, is_saved}, parsed.value.value().as<mailwire::imap::search>().keys);
    }

    mailwire::test::scratch_folder folder;
    store mail{(folder.path() / "mail.db").string()};
    mailbox_id inbox = 0;
};

TEST_F(search_key_test, holds) {
    for (const std::string_view keys : {"ALL",
                                        "SEEN",
                                        "UNDELETED",
                                        "OLD",
                                        "KEYWORD $WORK",
                                        "3",
                                        "1:4",
                                        "5:2",
                                        "3:*",
                                        "UID 1",
                                        "UID 1:*",
                                        "ON 1-Feb-2003",
                                        "SINCE 1-Feb-2003",
                                        "BEFORE 2-Feb-2003",
                                        "SENTON 1-Feb-2003",
                                        "FROM ada",
                                        "SUBJECT thursday",
                                        "SUBJECT \"on thursday\"",
                                        "HEADER date -0800",
                                        "HEADER subject \"\"",
                                        "BODY NOON",
                                        "TEXT lunch",
                                        "TEXT noon",
                                        "LARGER 10",
                                        "SMALLER 1000",
                                        "NOT DRAFT",
                                        "OR DRAFT SEEN",
                                        "(SEEN 3)",
                                        "SEEN (OR 9 3) NOT (SEEN DRAFT)"}) {
        EXPECT_TRUE(finds(keys)) << keys;
        EXPECT_FALSE(finds("NOT (" + std::string(keys) + ")")) << keys;
    }
}

TEST_F(search_key_test, does_not_hold) {
    for (const std::string_view keys :
         {"UNSEEN", "DELETED", "RECENT", "NEW", "UNKEYWORD $work", "4:*", "2", "UID 2:*", "ON 2-Feb-2003",
          "BEFORE 1-Feb-2003", "SENTSINCE 2-Feb-2003", "TO ada", "SUBJECT noon", "HEADER cc \"\"", "BODY lunch",
          "LARGER 1000", "OR DRAFT FLAGGED", "(SEEN 4)", "SEEN DRAFT"}) {
        EXPECT_FALSE(finds(keys)) << keys;
        EXPECT_TRUE(finds("NOT (" + std::string(keys) + ")")) << keys;
    }
}

TEST_F(search_key_test, knows_what_was_saved) {
    for (const std::string_view keys : {"$", "UID $", "($ SEEN)"}) {
        EXPECT_TRUE(finds(keys, true)) << keys;
        EXPECT_FALSE(finds(keys, false)) << keys;
    }
}

TEST_F(search_key_test, refuses_days_that_do_not_exist) {
    for (const std::string_view keys : {"ON 31-Feb-2003", "NOT SENTBEFORE 29-Feb-2003", "OR DRAFT SINCE 31-Jun-2003"}) {
        EXPECT_THROW(finds(keys), bad_search) << keys;
    }
}

TEST_F(search_key_test, reads_no_more_than_it_must) {
    const uid_number uids[] = {1};
    const auto viewed = viewed_message{mail.message(inbox, 1).value(), false};
    mail.expunge(inbox, uids);
    message_source source(mail, inbox, 1, text.size());
    const searched_message message{viewed, 1, 1, 1, source};
    EXPECT_TRUE(meets(message, mailwire::imap::search_key(mailwire::imap::key::seen{})));
    EXPECT_THROW(meets(message, mailwire::imap::search_key(mailwire::imap::key::subject{"x"})), message_gone);
}

} // namespace
} // namespace mail_server
