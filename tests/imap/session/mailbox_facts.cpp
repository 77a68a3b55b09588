// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/mailbox_facts.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

// Learns a status with this code.
template <typename Code> violation learn(mailbox_facts& facts, const Code& code) {
    return facts.learn(status_response{condition::ok, code, "x"});
}

TEST(imap_mailbox_facts, nothing_is_known_at_first) {
    const mailbox_facts facts;
    EXPECT_EQ(facts.exists(), 0U);
    EXPECT_EQ(facts.recent(), 0U);
    EXPECT_EQ(facts.uid_validity(), 0U);
    EXPECT_EQ(facts.uid_next(), 0U);
    EXPECT_EQ(facts.highest_modseq(), 0U);
    EXPECT_FALSE(facts.read_only());
    EXPECT_FALSE(facts.uids_persist());
}

TEST(imap_mailbox_facts, MB_2_MB_5_how_many_messages_there_are) {
    mailbox_facts facts;
    EXPECT_EQ(facts.learn(exists{4294967295U}), violation::none);
    EXPECT_EQ(facts.learn(expunge_data{4294967295U}), violation::none);
    EXPECT_EQ(facts.learn(expunge_data{4294967295U}), violation::no_such_message);
    EXPECT_EQ(facts.exists(), 4294967294U);
    EXPECT_EQ(facts.learn(exists{2}), violation::exists_shrank);
    EXPECT_EQ(facts.learn(exists{2}), violation::none);
    EXPECT_EQ(facts.learn(expunge_data{3}), violation::no_such_message);
    EXPECT_EQ(facts.learn(expunge_data{1}), violation::none);
    EXPECT_EQ(facts.learn(expunge_data{1}), violation::none);
    EXPECT_EQ(facts.learn(expunge_data{1}), violation::no_such_message);
    EXPECT_EQ(facts.exists(), 0U);
    EXPECT_EQ(facts.learn(recent{3}), violation::none);
    EXPECT_EQ(facts.recent(), 3U);
}

TEST(imap_mailbox_facts, MB_11_MB_12_B6_VANISHED) {
    mailbox_facts facts;
    EXPECT_EQ(facts.learn(exists{100}), violation::none);
    EXPECT_EQ(facts.learn(vanished_data{"1:4294967295", true}), violation::none);
    EXPECT_EQ(facts.exists(), 100U);
    EXPECT_EQ(facts.learn(vanished_data{"5", false}), violation::none);
    EXPECT_EQ(facts.learn(vanished_data{"20:11,7", false}), violation::none);
    EXPECT_EQ(facts.exists(), 88U);
    EXPECT_EQ(facts.learn(vanished_data{"1:88", false}), violation::none);
    EXPECT_EQ(facts.exists(), 0U);
    EXPECT_EQ(facts.learn(vanished_data{"1", false}), violation::no_such_message);
    EXPECT_EQ(facts.learn(exists{5}), violation::none);
    EXPECT_EQ(facts.learn(vanished_data{"1:4294967295,1:4294967295,1:4294967295", false}), violation::no_such_message);
    EXPECT_EQ(facts.exists(), 0U);
}

TEST(imap_mailbox_facts, MB_15_FETCH) {
    mailbox_facts facts;
    EXPECT_EQ(facts.learn(exists{5}), violation::none);
    EXPECT_EQ(facts.learn(fetch_data{5, {}}), violation::none);
    EXPECT_EQ(facts.learn(fetch_data{6, {}}), violation::no_such_message);
    EXPECT_EQ(facts.exists(), 5U);
}

TEST(imap_mailbox_facts, RX_2_codes) {
    mailbox_facts facts;
    EXPECT_EQ(facts.learn(status_response{condition::ok, {}, "x"}), violation::none);
    EXPECT_EQ(learn(facts, code_uidnext{7}), violation::none);
    EXPECT_EQ(facts.uid_next(), 7U);
    EXPECT_EQ(learn(facts, code_read_only{}), violation::none);
    EXPECT_TRUE(facts.read_only());
    EXPECT_EQ(learn(facts, code_read_write{}), violation::none);
    EXPECT_FALSE(facts.read_only());
}

TEST(imap_mailbox_facts, MB_18_MB_19_UIDVALIDITY) {
    mailbox_facts facts;
    EXPECT_EQ(learn(facts, code_uidvalidity{7}), violation::none) << "the first one is no change";
    EXPECT_TRUE(facts.uids_persist());
    EXPECT_EQ(learn(facts, code_uidvalidity{7}), violation::none);
    EXPECT_EQ(learn(facts, code_uidvalidity{6}), violation::uid_validity_changed);
    EXPECT_EQ(facts.uid_validity(), 6U);
    EXPECT_EQ(learn(facts, code_uidnotsticky{}), violation::none);
    EXPECT_FALSE(facts.uids_persist());
}

TEST(imap_mailbox_facts, RX_16_mod_sequences) {
    mailbox_facts facts;
    const status_response plain{condition::ok, {}, "x"};
    EXPECT_EQ(learn(facts, code_highestmodseq{100}), violation::none);
    EXPECT_EQ(facts.highest_modseq(), 100U) << "the mailbox as it opens";
    facts.learn(modseq{130});
    facts.learn(modseq{120});
    EXPECT_EQ(facts.highest_modseq(), 100U);
    EXPECT_EQ(facts.settle(plain), violation::none);
    EXPECT_EQ(facts.highest_modseq(), 130U);
    facts.learn(modseq{200});
    const code_highestmodseq code{150};
    EXPECT_EQ(facts.settle({condition::ok, code, "x"}), violation::none);
    EXPECT_EQ(facts.highest_modseq(), 150U) << "the code counts, although 200 was seen";
    EXPECT_EQ(facts.settle(plain), violation::none);
    EXPECT_EQ(facts.highest_modseq(), 150U) << "and 200 is forgotten";
    EXPECT_EQ(learn(facts, code_nomodseq{}), violation::none);
    EXPECT_EQ(facts.highest_modseq(), 0U);
}

} // namespace
} // namespace mailwire::imap
