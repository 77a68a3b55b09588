// SPDX-License-Identifier: BSL-1.0
// No rule comes back to itself without having taken an octet, and every alternative is one that some line needs: none
// stands behind another that takes all it would take.

#include "support/grammar_analysis.hpp"

#include "support/generate/alternatives.hpp"

#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/grammar/response.hpp"
#include "mailwire/pop3/profile.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace mailwire::test {

// What POP3's own rules are.
namespace pop3_grammar = pop3::grammar;

template <char_class Class, std::size_t Min, typename S>
struct rule_shape<pop3_grammar::octets_of<Class, Min>, S> : leaf_shape {
    static constexpr rule_leaf leaf = {.kind = leaf_kind::utf8_octets, .set = Class, .least = Min, .most = any_number};
};
template <char_class Class, std::size_t Min, std::size_t Max, typename S>
struct rule_shape<pop3_grammar::few_of<Class, Min, Max>, S> : octets_shape<Class, Min, Max> {};
template <char_class Class, typename S>
struct rule_shape<pop3_grammar::not_before<Class>, S> : branch_shape<rule_kind::not_at, pegtl::type_list<>> {};
template <typename S> struct rule_shape<pop3_grammar::base64, S> : plain_leaf_shape<leaf_kind::base64> {};
template <pop3::response_codes Codes, typename S>
struct rule_shape<pop3_grammar::codes_are<Codes>, S> : plain_leaf_shape<leaf_kind::nothing> {};

} // namespace mailwire::test

namespace mailwire::pop3 {
namespace {

// The rules of responses ask their input about the server.
struct whole : profile<everything> {
    using graph_input = response_input;
};

// Nothing is known of the server: both kinds of text are read.
const std::vector<dialect> dialects{{.utf8 = true}, {.utf8 = false}};

template <typename Start> class Lines : public testing::Test {};
using starts = testing::Types<grammar::command, grammar::client_response, grammar::greeting, grammar::single_line,
                              grammar::continue_req, grammar::capability, grammar::scan_listing_line,
                              grammar::unique_id_line, grammar::language_line, grammar::mechanism_line,
                              grammar::data_line<grammar::drop_listing>, grammar::data_line<grammar::scan_listing>,
                              grammar::data_line<grammar::unique_id_answer>, grammar::data_line<grammar::language>>;
TYPED_TEST_SUITE(Lines, starts);

TYPED_TEST(Lines, HaveNoLoop) { EXPECT_EQ(test::loops_in(test::rule_graph<TypeParam, whole>()), 0U); }

TYPED_TEST(Lines, AreMadeOfKnownRules) {
    for (const test::rule_node* n : test::all_reached(test::rule_graph<TypeParam, whole>()))
        EXPECT_FALSE(n->kind == test::rule_kind::custom && n->children.empty()) << n->type;
}

// The only branches that no line can take are deviations.
TYPED_TEST(Lines, HaveNoBranchThatNothingCanTake) {
    EXPECT_EQ(test::choice_tally(test::rule_graph<TypeParam, whole>()).impossible(), std::vector<std::string>());
}

TYPED_TEST(Lines, MatchEachAlternative) {
    const auto never = test::branches_never_matched<whole, TypeParam>(side::server, dialects, 4000);
    EXPECT_EQ(never, std::vector<std::string>());
    test::expect_only_looked_for<whole, TypeParam>();
}

} // namespace
} // namespace mailwire::pop3
