// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/capability_set.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using capabilities = capability_set<everything>;
using revision_2 = capability_set<rfc9051>;

TEST(imap_capability_set, nothing_is_known_at_first) {
    const capabilities c;
    EXPECT_FALSE(c.known());
    EXPECT_FALSE(c.has<"IMAP4rev1">());
    EXPECT_FALSE(c.has("IMAP4rev2"));
    EXPECT_EQ(c.literals(), literal_form::synchronizing);
    EXPECT_FALSE(c.mechanisms().has("PLAIN"));
}

TEST(imap_capability_set, names_are_compared_without_case_and_as_a_whole) {
    capabilities c;
    c.replace({"imap4REV1", "Literal+", "LOGINDISABLED", "quota", "utf8=accept"});
    EXPECT_TRUE(c.known());
    EXPECT_TRUE(c.has<"IMAP4rev1">());
    EXPECT_TRUE(c.has<"LITERAL+">());
    EXPECT_TRUE(c.has<"LOGINDISABLED">());
    EXPECT_TRUE(c.has<"QUOTA">());
    EXPECT_TRUE(c.has("Utf8=Accept"));
    EXPECT_FALSE(c.has<"IMAP4rev2">());
    EXPECT_FALSE(c.has<"LITERAL-">());
    c.replace({"IMAP4rev", "IMAP4rev11", "LITERAL", "XLITERAL-", "LOGINDISABLEDX", ""});
    EXPECT_TRUE(c.known());
    for (const std::string_view name : {"IMAP4rev1", "IMAP4rev2", "LITERAL+", "LITERAL-", "LOGINDISABLED", "QUOTA"})
        EXPECT_FALSE(c.has(name)) << name;
}

// ST-45: what the profile does not know is passed over.
TEST(imap_capability_set, ST_45_what_nobody_knows) {
    capabilities c;
    c.replace({"X-WHATEVER", "IDLE", "AUTH=", "AUTH", "AUTH=X-OWN"});
    EXPECT_FALSE(c.has("X-WHATEVER"));
    EXPECT_FALSE(c.has("AUTH=X-OWN"));
    EXPECT_TRUE(c.has<"IDLE">());
    EXPECT_FALSE(c.mechanisms().has("PLAIN"));
}

TEST(imap_capability_set, RX_10_a_list_replaces_the_one_before) {
    capabilities c;
    c.replace({"IMAP4rev2", "LITERAL-", "AUTH=PLAIN"});
    c.replace({"IMAP4rev1"});
    EXPECT_TRUE(c.has<"IMAP4rev1">());
    EXPECT_FALSE(c.has<"IMAP4rev2">());
    EXPECT_FALSE(c.has<"LITERAL-">());
    EXPECT_FALSE(c.mechanisms().has("PLAIN"));
    c.replace({});
    EXPECT_TRUE(c.known());
    EXPECT_FALSE(c.has<"IMAP4rev1">());
}

TEST(imap_capability_set, mechanisms) {
    capabilities c;
    c.replace({"AUTH=PLAIN", "auth=scram-sha-256", "AUTHX=LOGIN", "AUTH=CRAM-MD5 "});
    EXPECT_TRUE(c.mechanisms().has("PLAIN"));
    EXPECT_TRUE(c.mechanisms().has("SCRAM-SHA-256"));
    EXPECT_FALSE(c.mechanisms().has("LOGIN"));
    EXPECT_FALSE(c.mechanisms().has("CRAM-MD5"));
}

// RFC 7888 5: a server that offers both is out of order, and what both allow is safe.
TEST(imap_capability_set, FR_10_FR_12_how_literals_are_sent) {
    struct row {
        std::vector<text> announced;
        literal_form form;
    };
    for (const row& r :
         {row{{"IMAP4rev1"}, literal_form::synchronizing}, row{{"IMAP4rev2"}, literal_form::minus},
          row{{"IMAP4rev1", "LITERAL+"}, literal_form::plus}, row{{"LITERAL-"}, literal_form::minus},
          row{{"LITERAL+", "LITERAL-"}, literal_form::minus}, row{{"IMAP4rev2", "LITERAL+"}, literal_form::plus}}) {
        capabilities c;
        c.replace(seq_of<text>(std::span<const text>(r.announced)));
        EXPECT_EQ(c.literals(), r.form);
    }
}

template <typename Command> bool offered(const capabilities& c) {
    return is_offered(facts_of<everything, Command>(), c);
}

// RFC 9051, appendix E: what IMAP4rev2 has taken in, a server of revision 1 has where it says so.
TEST(imap_capability_set, TL_11_commands_that_need_an_announcement) {
    capabilities c;
    EXPECT_TRUE(offered<noop>(c));
    EXPECT_TRUE(offered<login>(c));
    EXPECT_TRUE(offered<lsub>(c)) << "revision 1 is nothing a server has to announce beside itself";
    EXPECT_FALSE(offered<idle>(c));
    EXPECT_FALSE(offered<id>(c));
    c.replace({"IMAP4rev1"});
    EXPECT_FALSE(offered<idle>(c));
    EXPECT_FALSE(offered<enable>(c));
    EXPECT_FALSE(offered<unselect>(c));
    EXPECT_FALSE(offered<imap::move>(c));
    EXPECT_FALSE(offered<uid_move>(c));
    EXPECT_FALSE(offered<uid_expunge>(c));
    c.replace({"IMAP4rev1", "IDLE", "ENABLE", "UNSELECT", "MOVE", "UIDPLUS", "NAMESPACE"});
    EXPECT_TRUE(offered<idle>(c) && offered<enable>(c) && offered<unselect>(c) && offered<namespace_command>(c));
    EXPECT_TRUE(offered<imap::move>(c) && offered<uid_move>(c) && offered<uid_expunge>(c));
    EXPECT_FALSE(offered<compress>(c));
    c.replace({"IMAP4rev2"});
    EXPECT_TRUE(offered<idle>(c) && offered<enable>(c) && offered<unselect>(c) && offered<namespace_command>(c));
    EXPECT_TRUE(offered<imap::move>(c) && offered<uid_move>(c) && offered<uid_expunge>(c));
    EXPECT_FALSE(offered<compress>(c) || offered<unauthenticate>(c) || offered<id>(c) || offered<getquota>(c));
    c.replace({"COMPRESS=DEFLATE", "UNAUTHENTICATE", "ID", "QUOTA"});
    EXPECT_TRUE(offered<compress>(c) && offered<unauthenticate>(c) && offered<id>(c) && offered<getquota>(c));
}

TEST(imap_capability_set, facts_come_from_the_command_and_its_extension) {
    constexpr command_facts of_fetch = facts_of<everything, fetch>();
    EXPECT_EQ(of_fetch.legal, legal_in::selected);
    EXPECT_TRUE(of_fetch.keeps_message_numbers);
    EXPECT_EQ(of_fetch.capability, "");
    constexpr command_facts of_compress = facts_of<everything, compress>();
    EXPECT_EQ(of_compress.effect, command_effect::compresses);
    EXPECT_EQ(of_compress.capability, "COMPRESS=DEFLATE");
    EXPECT_FALSE(of_compress.in_revision_2);
    constexpr command_facts of_idle = facts_of<rfc9051, idle>();
    EXPECT_EQ(of_idle.effect, command_effect::idles);
    EXPECT_EQ(of_idle.capability, "IDLE");
    EXPECT_TRUE(of_idle.in_revision_2);
}

// A profile knows its own extensions and what every session acts on.
TEST(imap_capability_set, of_another_profile) {
    revision_2 c;
    c.replace({"IMAP4rev2", "QUOTA", "STARTTLS"});
    EXPECT_TRUE(c.has<"IMAP4rev2">());
    EXPECT_TRUE(c.has<"STARTTLS">());
    EXPECT_FALSE(c.has("QUOTA"));
}

} // namespace
} // namespace mailwire::imap
