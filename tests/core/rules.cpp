// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/rules.hpp"

#include "mailwire/core/input.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire {
namespace {

using namespace std::string_view_literals;
using test::expect_rule;
using test::match;
using test::refused;

struct nothing_known : profile<> {};

template <typename Rule> void expect(std::initializer_list<test::rule_row> rows, const dialect& rules = {}) {
    expect_rule<Rule, nothing_known>(rows, rules);
}
template <typename Rule> test::matched matched(std::string_view text, const dialect& rules = {}) {
    return match<Rule, nothing_known>(text, rules);
}

TEST(rules, octets) {
    expect<ch<'a'>>({{"ab", 1}, {"b", refused}, {"A", refused}, {"", refused}});
    expect<ch<'\0'>>({{"\0"sv, 1}, {"", refused}});
    expect<one_of<digit>>({{"1", 1}, {"a", refused}, {"\xb1", refused}, {"", refused}});
    expect<run_of<digit>>(
        {{"", refused}, {"a", refused}, {"1", 1}, {"12a", 2}, {"123456789012345678901234567890", 30}});
    expect<run_of<digit, 0>>({{"", 0}, {"a", 0}, {"1a", 1}});
    expect<run_of<digit, 3>>({{"12", refused}, {"123", 3}, {"1234", 4}});
    expect<exactly_of<digit, 2>>({{"1", refused}, {"12", 2}, {"123", 2}, {"1a", refused}, {"", refused}});
    EXPECT_EQ((matched<exactly_of<digit, 3>>("12a").fault.offset), 2U);
    EXPECT_EQ((matched<exactly_of<digit, 3>>("12").fault.offset), 2U);
    expect<at_end>({{"", 0}, {"a", refused}});
}

// A word, in any case, and with one octet changed at each place.
template <fixed_string Word> void expect_word() {
    constexpr std::string_view word = Word.view();
    expect<kw<Word>>({{word.substr(0, word.size() - 1), refused}});
    for (std::size_t i = 0; i != word.size(); ++i) {
        for (int c = 0; c != 256; ++c) {
            std::string text(word);
            text[i] = static_cast<char>(c);
            const bool same = to_upper(text[i]) == word[i];
            expect<kw<Word>>({{text, same ? word.size() : refused}});
        }
    }
}

TEST(rules, words) {
    expect<kw<"FETCH">>({{"FETCH", 5}, {"fetch ", 5}, {"FeTcHX", 5}, {"FETC", refused}, {"", refused}});
    expect<kw<"RFC822.SIZE">>({{"rfc822.size", 11}, {"RFC822NSIZE", refused}, {"RFC822.SIZ", refused}});
    expect<exact<"\r\n">>({{"\r\n", 2}, {"\r", refused}, {"\n\r", refused}});
    expect<exact<"Ab">>({{"Ab", 2}, {"AB", refused}, {"ab", refused}});
    // Each length that is compared in its own way.
    expect_word<"X">();
    expect_word<"ON">();
    expect_word<"NIL">();
    expect_word<"SEEN">();
    expect_word<"RFC822">();
    expect_word<"SINCE-8">();
    expect_word<"ENVELOPE">();
    expect_word<"RFC822.SIZE">();
    expect_word<"BODY[HEADER.FIELDS.NOT">();
}

TEST(rules, numbers) {
    using small = number_up_to<255>;
    expect<small>({{"0", 1},
                   {"255", 3},
                   {"000255", 6},
                   {"25a", 2},
                   {"256", refused},
                   {"1000", refused},
                   {"a", refused},
                   {"", refused}});
    expect<number_up_to<255, octet_range('1', '9')>>({{"255", 3}, {"0", refused}, {"01", refused}});
    expect<number_up_to<18446744073709551615U>>({{"18446744073709551615", 20}, {"18446744073709551616", refused}});
    EXPECT_EQ(matched<small>("256").fault, (error{errc::number_too_big, 0, 0, 255}));
    EXPECT_EQ(matched<small>("x").fault, (error{errc::syntax, 0, 0, 0}));
}

TEST(rules, looking_ahead) {
    expect<at<kw<"AB">>>({{"AB", 0}, {"A", refused}});
    expect<not_at<kw<"AB">>>({{"AB", refused}, {"A", 0}, {"", 0}});
    // What was only looked at is not what was understood.
    EXPECT_EQ((matched<pegtl::seq<ch<'a'>, at<run_of<digit>>, ch<'b'>>>("a123").fault.offset), 1U);
    EXPECT_EQ((matched<pegtl::seq<ch<'a'>, not_at<run_of<digit>>>>("a123").fault.offset), 1U);
    // And nothing of it is recorded.
    EXPECT_TRUE((matched<at<tok<token_kind::atom, ch<'a'>>>>("a").tokens.empty()));
}

TEST(rules, the_next_octet_decides) {
    using rule = when_next<'"', pegtl::seq<ch<'"'>, run_of<digit>>, run_of<alpha>>;
    expect<rule>({{"\"12", 3}, {"ab", 2}, {"\"a", refused}, {"12", refused}, {"", refused}});
    // What is not the one is not tried as the other.
    expect<when_next<'a', exact<"ab">, exact<"ac">>>({{"ab", 2}, {"ac", refused}});
}

struct nest : nested<'(', pegtl::seq<ch<'('>, pegtl::opt<nest>, ch<')'>>> {};

TEST(rules, nesting_counts_what_is_open) {
    const dialect rules{.depth = 3};
    expect<nest>({{"()", 2}, {"((()))", 6}, {"(((())))", refused}, {"((((", refused}, {"", refused}, {"x", refused}},
                 rules);
    EXPECT_EQ(matched<nest>("(((())))", rules).fault, (error{errc::too_deep, 3, 4, 3}));
    EXPECT_EQ(matched<nest>("(((x", rules).fault, (error{errc::syntax, 3, 0, 0}));
    // Siblings are no levels, nor is what was given up.
    expect<pegtl::plus<nest>>({{"((()))((()))((()))", 18}}, rules);
    expect<pegtl::sor<pegtl::seq<nest, ch<'x'>>, nest>>({{"((()))", 6}}, rules);
    expect<deeper<ch<'a'>>>({{"a", 1}, {"b", refused}}, rules);
    expect<deeper<ch<'a'>>>({{"a", refused}}, {.depth = 0});
}

TEST(rules, quirks_fire_where_they_are_tolerated) {
    using rule = quirk<4, ch<' '>>;
    expect<rule>({{" ", refused}});
    expect<rule>({{" ", 1}, {"x", refused}}, {.quirks = 4});
    expect<rule>({{" ", refused}}, {.quirks = 2});
    input in(" ", {}, {.quirks = 6});
    EXPECT_TRUE(run<rule>(in));
    EXPECT_EQ(in.quirks_fired(), 4U);
    input other("x", {}, {.quirks = 6});
    EXPECT_FALSE(run<rule>(other));
    EXPECT_EQ(other.quirks_fired(), 0U);
}

TEST(rules, tokens) {
    using word = tok<token_kind::atom, run_of<alpha>>;
    using words = list_tok<pegtl::seq<ch<'('>, separated<word, ch<' '>>, ch<')'>>>;
    expect<words>({{"(a)", 3}, {"(a b c)", 7}, {"(a  b)", refused}, {"(a ", refused}, {"()", refused}});
    const auto list = matched<words>("(ab c)");
    ASSERT_EQ(list.tokens.size(), 3U);
    EXPECT_EQ(list.tokens[0].kind(), token_kind::list);
    EXPECT_EQ(list.tokens[0].offset, 0U);
    EXPECT_EQ(list.tokens[0].size(), 2U);
    EXPECT_EQ(list.tokens[1].offset, 1U);
    EXPECT_EQ(list.tokens[1].size(), 2U);
    // Inside a token there are no tokens.
    EXPECT_EQ((matched<tok<token_kind::raw, words>>("(ab c)").tokens.size()), 1U);
    // An optional field is there or absent, but always one.
    const auto missing = matched<maybe<word>>("1");
    ASSERT_EQ(missing.tokens.size(), 1U);
    EXPECT_EQ(missing.tokens[0].kind(), token_kind::absent);
    EXPECT_EQ(matched<maybe<word>>("a").tokens.at(0).kind(), token_kind::atom);
    expect<absent_tok>({{"", 0}, {"a", 0}});
    // An alternative that was given up leaves nothing behind.
    using either = pegtl::sor<pegtl::seq<words, ch<'!'>>, tok<token_kind::raw, words>>;
    EXPECT_EQ(matched<either>("(ab c)").tokens.size(), 1U);
}

} // namespace
} // namespace mailwire
