// SPDX-License-Identifier: BSL-1.0
// Every alternative of every rule of a server's units is one that some unit needs: none stands behind another that
// takes all it would take.

#include "support/generate/alternatives.hpp"
#include "support/generate/profile_test.hpp"

#include "mailwire/imap/grammar/body.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailwire::imap {
namespace {

using branches = std::vector<std::string>;

TEST(ResponseAlternatives, AreAllMatched) {
    EXPECT_EQ((test::branches_never_matched<everything, grammar::response>(side::server, test::dialects_of_sentences(),
                                                                           test::number_of_sentences(20))),
              branches());
}

TEST(ResponseAlternatives, OfAGreetingAreAllMatched) {
    EXPECT_EQ((test::branches_never_matched<everything, grammar::greeting>(side::server, test::dialects_of_sentences(),
                                                                           test::number_of_sentences(4))),
              branches());
}

TEST(ResponseAlternatives, ThatAreOnlyLookedForAreKnown) {
    // A status word begins no data nobody knows; a text or an enclosed message is no body-type-basic.
    test::expect_only_looked_for<everything, grammar::response, grammar::detail::status_word,
                                 grammar::sor<grammar::detail::media<kw<"TEXT">>, grammar::media_message>>();
    test::expect_only_looked_for<everything, grammar::greeting>();
}

// Rules that are wrong on purpose.
struct number_or_word : grammar::sor<run_of<digit | alpha>, kw<"NIL">> {};
struct more_digits : grammar::seq<run_of<digit>, grammar::opt<run_of<digit>>> {};

TEST(Alternatives, BehindOneThatTakesAllOfThemAreFound) {
    EXPECT_EQ((test::branches_never_matched<everything, number_or_word>(side::server, {{}}, 100)).size(), 1U);
    EXPECT_EQ((test::branches_never_matched<everything, more_digits>(side::server, {{}}, 100)).size(), 1U);
}

} // namespace
} // namespace mailwire::imap
