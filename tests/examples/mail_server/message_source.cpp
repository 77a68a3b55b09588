// SPDX-License-Identifier: BSL-1.0
#include "mail_server/message_source.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/scratch_folder.hpp"

namespace mail_server {
namespace {

class message_source_test : public testing::Test {
protected:
    message_source_test() {
        mail.add_user("alice");
        inbox = mail.find("alice", "INBOX").value();
    }

    message_source stored(const std::string& octets) {
        return {mail, inbox, mail.append(inbox, {}, {}, octets).value(), octets.size()};
    }

    mailwire::test::scratch_folder folder;
    store mail{(folder.path() / "mail.db").string()};
    mailbox_id inbox = 0;
};

// The end of a header is found wherever the pieces that are read meet.
TEST_F(message_source_test, finds_the_end_of_the_header) {
    for (const std::size_t size : {10U, 16382U, 16383U, 16384U, 16385U, 16386U, 16387U, 49152U, 49153U, 200000U}) {
        const std::string header = "X: " + std::string(size - 7, 'x') + "\r\n\r\n";
        for (const std::string body : {"", "y", "\r\n\r\nz"}) {
            auto source = stored(header + body);
            EXPECT_EQ(source.header(), header) << size;
        }
    }
}

TEST_F(message_source_test, a_message_may_be_all_header_or_none) {
    EXPECT_EQ(stored("").header(), "");
    EXPECT_EQ(stored("\r\nbody").header(), "\r\n");
    EXPECT_EQ(stored("Subject: x").header(), "Subject: x");
    const std::string lines(40000, 'x');
    EXPECT_EQ(stored(lines).header(), lines);
}

TEST_F(message_source_test, knows_its_sections) {
    auto source = stored("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n");
    const std::vector<std::uint32_t> message;
    const std::vector<std::uint32_t> first = {1};
    EXPECT_EQ(source.section(message, section_text::all), octet_range({0, 64}));
    EXPECT_EQ(source.section(message, section_text::header), octet_range({0, 45}));
    EXPECT_EQ(source.section(message, section_text::text), octet_range({45, 19}));
    EXPECT_EQ(source.section(message, section_text::mime), std::nullopt);
    EXPECT_EQ(source.read(source.section(first, section_text::all).value()), "one");
    EXPECT_EQ(source.section(first, section_text::header), std::nullopt);
    EXPECT_FALSE(source.has_content());
    EXPECT_EQ(source.content().size(), 64U);
    EXPECT_TRUE(source.has_content());
    EXPECT_EQ(source.read(60, 100), "--\r\n");
    EXPECT_EQ(source.read({64, 0}), "");
}

TEST_F(message_source_test, says_when_the_message_is_gone) {
    auto source = stored("Subject: x\r\n\r\nbody");
    const uid_number uids[] = {1};
    mail.expunge(inbox, uids);
    EXPECT_THROW(source.header(), message_gone);
    EXPECT_THROW(source.content(), message_gone);
    EXPECT_THROW(source.structure(), message_gone);
    EXPECT_THROW(source.section({}, section_text::all), message_gone);
}

// Who was told of a size can read so many octets.
TEST_F(message_source_test, holds_what_it_has_told_of) {
    auto source = stored("Subject: x\r\n\r\nbody");
    EXPECT_EQ(source.section({}, section_text::all), octet_range({0, 18}));
    const uid_number uids[] = {1};
    mail.expunge(inbox, uids);
    EXPECT_EQ(source.read(14, 100), "body");
    EXPECT_EQ(source.content(), "Subject: x\r\n\r\nbody");
}

} // namespace
} // namespace mail_server
