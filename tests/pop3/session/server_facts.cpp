// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server_facts.hpp>

#include <mailwire/pop3/parse.hpp>

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <string>

namespace mailwire::pop3 {
namespace {

void learn(server_facts& facts, std::initializer_list<std::string> lines) {
    for (const std::string& line : lines) {
        std::array<token, tokens_of_a_line> tape;
        facts.learn<everything>(parse_capability(line + "\r\n", tape).value);
    }
}

// Only a listing that comes to its end counts, and then it counts alone.
TEST(server_facts, learns_from_whole_listings) {
    server_facts facts;
    EXPECT_TRUE(facts.due());
    facts.begin_listing(true);
    learn(facts, {"TOP", "SASL PLAIN X-Y", "UTF8 USER", "X-Z a b", "IMPLEMENTATION TOP UIDL"});
    EXPECT_EQ(facts.capabilities(), capability_set());
    facts.end_listing();
    EXPECT_FALSE(facts.due());
    EXPECT_TRUE(facts.capabilities().known && facts.capabilities().top && facts.capabilities().utf8_user);
    EXPECT_TRUE(facts.capabilities().mechanisms.has("PLAIN"));
    EXPECT_FALSE(facts.capabilities().mechanisms.has("X-Y"));
    EXPECT_FALSE(facts.capabilities().uidl) << "PC-4: IMPLEMENTATION is never used";
    facts.begin_listing(true);
    learn(facts, {"UIDL"});
    facts.end_listing();
    EXPECT_TRUE(facts.capabilities().uidl);
    EXPECT_FALSE(facts.capabilities().top);
}

// PC-1: -ERR to CAPA. There is nothing to ask for again, and nothing is known.
TEST(server_facts, of_a_server_without_capa) {
    server_facts facts;
    facts.begin_listing(false);
    EXPECT_FALSE(facts.due());
    EXPECT_EQ(facts.capabilities(), capability_set());
}

// PC-3: a login changes what depends on the user.
TEST(server_facts, some_are_due_again_after_the_login) {
    struct row {
        std::string line;
        bool due;
    };
    for (const row& r : {row{"LOGIN-DELAY 60 USER", true}, row{"EXPIRE NEVER USER", true}, row{"LOGIN-DELAY 60", false},
                         row{"EXPIRE 7", false}, row{"UTF8 USER", false}}) {
        server_facts facts;
        facts.begin_listing(true);
        learn(facts, {r.line});
        facts.end_listing();
        facts.log_in();
        EXPECT_EQ(facts.due(), r.due) << r.line;
        facts.begin_listing(true);
        facts.end_listing();
        EXPECT_FALSE(facts.due()) << r.line;
    }
}

// PC-5: a "[" is a code only where one of two capabilities says so.
TEST(server_facts, say_whether_there_are_response_codes) {
    server_facts facts;
    EXPECT_EQ(facts.codes(), response_codes::unknown);
    facts.begin_listing(true);
    facts.end_listing();
    EXPECT_EQ(facts.codes(), response_codes::absent);
    facts.begin_listing(true);
    learn(facts, {"AUTH-RESP-CODE"});
    facts.end_listing();
    EXPECT_EQ(facts.codes(), response_codes::unknown);
    facts.begin_listing(true);
    learn(facts, {"RESP-CODES"});
    facts.end_listing();
    EXPECT_EQ(facts.codes(), response_codes::announced);
}

TEST(server_facts, note_what_is_agreed_on) {
    server_facts facts;
    EXPECT_FALSE(facts.utf8_texts() || facts.apop_offered());
    facts.agree_on_utf8_texts();
    EXPECT_TRUE(facts.utf8_texts());
    EXPECT_FALSE(facts.apop_offered());
    facts.offer_apop();
    EXPECT_TRUE(facts.apop_offered());
}

} // namespace
} // namespace mailwire::pop3
