// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_facts.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace mailwire::imap {
namespace {

// Facts that learn from octets.
struct taught : server_facts<everything> {
    violation hear(std::string_view line) {
        std::array<token, 64> tape{};
        const auto parsed = parse_response(line, tape, {reading()});
        EXPECT_FALSE(parsed.error) << line;
        return learn(parsed.value);
    }
    void settle_with(std::string_view line, std::uint32_t switched_on = 0) {
        std::array<token, 64> tape{};
        const auto parsed = parse_response(line, tape, {reading()});
        EXPECT_FALSE(parsed.error) << line;
        settle(parsed.value.status(), switched_on);
    }
};

TEST(imap_server_facts, EN_6_modes) {
    taught facts;
    EXPECT_EQ(facts.modes(), 0U);
    EXPECT_TRUE(facts.reading().utf8) << "what it is has not been said";
    EXPECT_FALSE(facts.writing().utf8) << "nothing is sent that it may not take";
    (void)facts.hear("* CAPABILITY IMAP4rev1 IMAP4rev2\r\n");
    EXPECT_EQ(facts.modes(), 0U);
    EXPECT_FALSE(facts.reading().utf8);
    (void)facts.hear("* CAPABILITY IMAP4rev2\r\n");
    EXPECT_EQ(facts.modes(), modes::rev2 | modes::utf8);
    EXPECT_TRUE(facts.has_mode(modes::utf8));
    EXPECT_FALSE(facts.has_mode(modes::condstore));
    EXPECT_TRUE(facts.reading().utf8);
    EXPECT_TRUE(facts.writing().utf8);
    EXPECT_EQ(facts.writing().literals, literal_form::minus);
    EXPECT_EQ(facts.writing().from, side::client);
}

TEST(imap_server_facts, EN_4_ENABLED_and_commands_that_succeed) {
    taught facts;
    (void)facts.hear("* ENABLED CONDSTORE\r\n");
    EXPECT_EQ(facts.modes(), modes::condstore);
    facts.settle_with("A1 NO x\r\n", modes::uidonly);
    facts.settle_with("A1 BAD x\r\n", modes::uidonly);
    EXPECT_EQ(facts.modes(), modes::condstore);
    EXPECT_TRUE(facts.writing().message_numbers);
    facts.settle_with("A1 OK x\r\n", modes::uidonly);
    EXPECT_EQ(facts.modes(), modes::condstore | modes::uidonly);
    EXPECT_FALSE(facts.writing().message_numbers);
}

// Only a server with mod-sequences is asked for them; what comes unasked moves nothing.
TEST(imap_server_facts, RX_16_mod_sequences_where_they_were_asked_for) {
    taught facts;
    facts.begin_opening(false);
    EXPECT_EQ(facts.hear("* 3 EXISTS\r\n"), violation::none);
    facts.end_opening(true);
    EXPECT_EQ(facts.hear("* 1 FETCH (MODSEQ (9))\r\n"), violation::none);
    facts.settle_with("A1 OK x\r\n");
    EXPECT_EQ(facts.mailbox().highest_modseq(), 0U);
    (void)facts.hear("* ENABLED CONDSTORE\r\n");
    EXPECT_EQ(facts.hear("* 1 FETCH (MODSEQ (9))\r\n"), violation::none);
    facts.settle_with("A2 OK x\r\n");
    EXPECT_EQ(facts.mailbox().highest_modseq(), 9U);
}

TEST(imap_server_facts, ST_18_a_mailbox_opens) {
    taught facts;
    facts.begin_opening(false);
    EXPECT_EQ(facts.hear("* 5 FETCH (FLAGS ())\r\n"), violation::none) << "the count may come later";
    EXPECT_EQ(facts.hear("* 5 EXISTS\r\n"), violation::none);
    facts.begin_opening(false);
    EXPECT_EQ(facts.mailbox().exists(), 5U) << "it opens once";
    facts.end_opening(true);
    EXPECT_EQ(facts.hear("* 6 FETCH (FLAGS ())\r\n"), violation::no_such_message);
    // Another one, from a server that does not say when the old one is closed.
    facts.begin_opening(true);
    EXPECT_EQ(facts.mailbox().exists(), 0U);
    EXPECT_EQ(facts.hear("* 2 EXISTS\r\n"), violation::none);
    facts.end_opening(false);
    EXPECT_EQ(facts.mailbox().exists(), 0U) << "it did not open";
}

TEST(imap_server_facts, ST_18_from_a_server_that_says_CLOSED) {
    taught facts;
    (void)facts.hear("* ENABLED QRESYNC\r\n");
    facts.begin_opening(false);
    (void)facts.hear("* 5 EXISTS\r\n");
    facts.end_opening(true);
    facts.begin_opening(true);
    EXPECT_EQ(facts.mailbox().exists(), 5U) << "still the old one";
    EXPECT_EQ(facts.hear("* 6 FETCH (FLAGS ())\r\n"), violation::no_such_message);
    facts.note_closed(true);
    EXPECT_EQ(facts.mailbox().exists(), 0U);
    EXPECT_EQ(facts.hear("* 6 FETCH (FLAGS ())\r\n"), violation::none) << "of the new one";
    (void)facts.hear("* 7 EXISTS\r\n");
    facts.end_opening(true);
    EXPECT_EQ(facts.mailbox().exists(), 7U);
    facts.note_closed(false);
    EXPECT_EQ(facts.mailbox().exists(), 0U);
    EXPECT_EQ(facts.hear("* 1 FETCH (FLAGS ())\r\n"), violation::no_such_message);
}

TEST(imap_server_facts, EN_26_numbers_under_UIDONLY) {
    taught facts;
    (void)facts.hear("* 5 EXISTS\r\n");
    (void)facts.hear("* ENABLED UIDONLY\r\n");
    EXPECT_EQ(facts.hear("* 1 FETCH (FLAGS ())\r\n"), violation::number_under_uidonly);
    EXPECT_EQ(facts.hear("* 1 EXPUNGE\r\n"), violation::number_under_uidonly);
    EXPECT_EQ(facts.hear("* VANISHED 7\r\n"), violation::none);
    EXPECT_EQ(facts.hear("* 7 UIDFETCH (FLAGS ())\r\n"), violation::none);
    EXPECT_EQ(facts.hear("* 9 EXISTS\r\n"), violation::none) << "a count is no number of a message";
}

TEST(imap_server_facts, TL_10_TL_21_what_is_forgotten) {
    taught facts;
    (void)facts.hear("* OK [CAPABILITY IMAP4rev1 IDLE] x\r\n");
    (void)facts.hear("* ENABLED CONDSTORE\r\n");
    EXPECT_TRUE(facts.capabilities().has<"IDLE">());
    facts.forget_capabilities();
    EXPECT_FALSE(facts.capabilities().known());
    EXPECT_EQ(facts.modes(), modes::condstore);
    facts.settle_with("A1 OK [CAPABILITY IMAP4rev1 ID] x\r\n");
    EXPECT_TRUE(facts.capabilities().has<"ID">());
    facts.unauthenticate();
    EXPECT_EQ(facts.modes(), 0U);
    EXPECT_FALSE(facts.capabilities().known());
}

} // namespace
} // namespace mailwire::imap
