// SPDX-License-Identifier: BSL-1.0
#include <mailwire/sasl/mechanism_set.hpp>

#include <mailwire/sasl/mechanisms.hpp>

#include <gtest/gtest.h>

#include <algorithm>

#include "sasl/crypto.hpp"

namespace mailwire::sasl {
namespace {

static_assert(mechanism_set().empty());
static_assert(!mechanism_set().has("PLAIN"));
static_assert([] {
    mechanism_set set;
    set.add("PLAIN");
    return set.has("PLAIN") && !set.has("LOGIN") && !set.empty();
}());

TEST(mechanism_set, has_what_was_added) {
    for (const std::string_view added : mechanism_names) {
        mechanism_set set;
        set.add(added);
        set.add(added);
        EXPECT_FALSE(set.empty());
        for (const std::string_view name : mechanism_names) {
            EXPECT_EQ(set.has(name), name == added) << name << ' ' << added;
        }
    }
}

TEST(mechanism_set, adds_up) {
    mechanism_set set;
    mechanism_set backwards;
    for (std::size_t i = 0; i != mechanism_names.size(); ++i) {
        EXPECT_FALSE(set.has(mechanism_names[i]));
        set.add(mechanism_names[i]);
        backwards.add(mechanism_names[mechanism_names.size() - 1 - i]);
        EXPECT_EQ(set == backwards, i + 1 == mechanism_names.size());
    }
    for (const std::string_view name : mechanism_names) {
        EXPECT_TRUE(set.has(name)) << name;
    }
}

TEST(mechanism_set, takes_names_in_any_case) {
    mechanism_set set;
    set.add("plain");
    set.add("Scram-Sha-256");
    EXPECT_TRUE(set.has("PLAIN"));
    EXPECT_TRUE(set.has("pLaIn"));
    EXPECT_TRUE(set.has("SCRAM-SHA-256"));
    EXPECT_FALSE(set.has("SCRAM-SHA-1"));
}

// Of a name that is not of this folder nothing is noted, and nothing is known.
TEST(mechanism_set, passes_over_what_it_does_not_know) {
    mechanism_set set;
    for (const std::string_view name :
         {"", "GSSAPI", "PLAIN ", "PLAI", "PLAINER", "SCRAM-SHA-256-PLUS", "LOGIN PLAIN"}) {
        set.add(name);
        EXPECT_FALSE(set.has(name)) << name;
    }
    EXPECT_TRUE(set.empty());
    EXPECT_EQ(set, mechanism_set());
}

// The names are those the mechanisms themselves have.
TEST(mechanism_set, knows_every_mechanism_of_this_folder) {
    const std::string_view of_classes[] = {scram_sha_256_client<test::openssl>::name(),
                                           scram_sha_1_client<test::openssl>::name(),
                                           cram_md5_client<test::openssl>::name(),
                                           external_client::name(),
                                           oauthbearer_client::name(),
                                           xoauth2_client::name(),
                                           plain_client::name(),
                                           login_client::name(),
                                           anonymous_client::name()};
    EXPECT_TRUE(
        std::equal(std::begin(of_classes), std::end(of_classes), mechanism_names.begin(), mechanism_names.end()));
}

} // namespace
} // namespace mailwire::sasl
