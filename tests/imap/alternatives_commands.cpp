// SPDX-License-Identifier: BSL-1.0
// Every alternative of every rule of a client's units is one that some unit needs: none stands behind another that
// takes all it would take.

#include "support/generate/alternatives.hpp"
#include "support/generate/profile_test.hpp"

#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailwire::imap {
namespace {

using branches = std::vector<std::string>;

TEST(CommandAlternatives, AreAllMatched) {
    EXPECT_EQ((test::branches_never_matched<everything, grammar::command>(side::client, test::dialects_of_sentences(),
                                                                          test::number_of_sentences(20))),
              branches());
}

TEST(CommandAlternatives, ThatAreOnlyLookedForAreKnown) {
    // Selection options without a base option are refused beforehand; those that are good are taken by their slot.
    test::expect_only_looked_for<everything, grammar::command, grammar::list_select_independent_opt,
                                 grammar::sor<grammar::list_select_independent_opt, grammar::list_select_mod_opt>>();
}

} // namespace
} // namespace mailwire::imap
