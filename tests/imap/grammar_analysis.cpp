// SPDX-License-Identifier: BSL-1.0
// No rule of a grammar comes back to itself without having taken an octet, whatever a profile puts into the slots. That
// every branch is reached is what the sentences show.

#include "support/grammar_analysis.hpp"

#include "support/generate/choices.hpp"

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailwire::imap {
namespace {

struct base_alone : profile<rfc9051> {};

template <typename Profile> void expect_no_loop() {
    EXPECT_EQ(test::loops_in(test::rule_graph<grammar::response, Profile>()), 0U);
    EXPECT_EQ(test::loops_in(test::rule_graph<grammar::greeting, Profile>()), 0U);
    EXPECT_EQ(test::loops_in(test::rule_graph<grammar::command, Profile>()), 0U);
}

TEST(GrammarAnalysis, FindsNoLoop) {
    expect_no_loop<everything>();
    expect_no_loop<base_alone>();
}

// A rule nobody has described would be judged by what it says of itself alone.
TEST(GrammarAnalysis, KnowsEveryRuleThatTakesOctets) {
    for (const auto* start :
         {&test::rule_graph<grammar::response, everything>(), &test::rule_graph<grammar::greeting, everything>(),
          &test::rule_graph<grammar::command, everything>()}) {
        for (const test::rule_node* n : test::all_reached(*start)) {
            EXPECT_FALSE(n->kind == test::rule_kind::custom && n->children.empty()) << n->type;
        }
    }
}

// The only branches that no sentence can take are deviations.
TEST(GrammarAnalysis, FindsNoBranchThatNothingCanTake) {
    for (const auto* start :
         {&test::rule_graph<grammar::response, everything>(), &test::rule_graph<grammar::greeting, everything>(),
          &test::rule_graph<grammar::command, everything>()}) {
        EXPECT_EQ(test::choice_tally(*start).impossible(), std::vector<std::string>());
    }
}

// Rules that are wrong on purpose.
struct left_recursive : pegtl::sor<pegtl::seq<left_recursive, ch<'a'>>, ch<'b'>> {};
struct endless : pegtl::star<pegtl::opt<ch<'a'>>> {};
struct through_nothing;
struct middle : pegtl::seq<run_of<digit, 0>, through_nothing> {};
struct through_nothing : pegtl::sor<ch<'a'>, middle> {};

// An item of a program's own whose tail never comes to an end.
struct looping_item {
    using word = mailwire::word<slot::msg_att, "X-LOOP">;
    using tail = pegtl::seq<grammar::sp, endless>;
};
struct looping_profile : profile<looping_item, rfc9051> {};

TEST(GrammarAnalysis, FindsALoop) {
    EXPECT_NE((test::loops_in(test::rule_graph<left_recursive, everything>(), -1)), 0U);
    EXPECT_NE((test::loops_in(test::rule_graph<endless, everything>(), -1)), 0U);
    EXPECT_NE((test::loops_in(test::rule_graph<through_nothing, everything>(), -1)), 0U);
    EXPECT_NE((test::loops_in(test::rule_graph<grammar::response, looping_profile>(), -1)), 0U);
    EXPECT_EQ((test::loops_in(test::rule_graph<grammar::command, looping_profile>(), -1)), 0U);
}

} // namespace
} // namespace mailwire::imap
