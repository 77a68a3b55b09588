// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/slot.hpp"

#include "mailwire/core/cursor.hpp"
#include "mailwire/core/input.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace mailwire {
namespace {

using test::match;
using test::refused;

struct sp : ch<' '> {};
struct number : tok<token_kind::number, run_of<digit>> {};
struct other_word : pegtl::seq<tok<token_kind::atom, run_of<alpha>>, maybe<pegtl::seq<sp, number>>> {};

struct closed {
    using other = void;
};
struct open {
    using other = other_word;
};
struct led {
    using lead = pegtl::seq<number, sp>;
    using other = void;
};

template <typename Slot, fixed_string Word, typename Tail = pegtl::success> struct alt {
    using word = mailwire::word<Slot, Word>;
    using tail = Tail;
    static alt read(cursor&) { return {}; }
};

using body = alt<closed, "BODY">;
using body_section = alt<closed, "BODY[", pegtl::seq<number, ch<']'>>>;
using body_structure = alt<closed, "BODYSTRUCTURE">;
using size = alt<closed, "SIZE", pegtl::seq<sp, number>>;
using uid_next = alt<open, "UIDNEXT", pegtl::seq<sp, number>>;
using exists = alt<led, "EXISTS">;

struct all : profile<extension<body, body_section>, extension<extension<uid_next>, exists>, body_structure, size> {};
struct few : profile<size> {};

static_assert(std::is_same_v<alternatives_of<closed, all>, pegtl::type_list<body, body_section, body_structure, size>>);
static_assert(std::is_same_v<alternatives_of<closed, few>, pegtl::type_list<size>>);
static_assert(std::is_same_v<alternatives_of<open, few>, pegtl::type_list<>>);

// An id tells types apart, the same word in two slots too, and is never that of an unknown word.
static_assert(id_of<body> != id_of<body_section> && id_of<body> != id_of<alt<open, "BODY">>);
static_assert(id_of<body> != unknown_id && id_of<exists> != unknown_id);

TEST(slot, words_in_any_case_and_the_longest_first) {
    test::expect_rule<slot_rule<closed>, all>({
        {"BODY", 4},
        {"body ", 4},
        {"BODY)", 4},
        {"BODY[12]", 8},
        {"Body[1]]", 7},
        {"BODYSTRUCTURE", 13},
        {"SIZE 5", 6},
        {"BODY[x]", refused},
        {"BODY[", refused},
        {"BODYX", refused},
        {"BODY.X", refused},
        {"BODY/X", refused}, // a word ends where an atom ends
        {"BODYSTRUCTURES", refused},
        {"SIZE", refused},
        {"SIZE  5", refused},
        {"BOD", refused},
        {"", refused},
        {"\xc2ODY", refused},
    });
    test::expect_rule<slot_rule<closed>, few>({{"BODY", refused}, {"SIZE 5", 6}});
}

// Words shorter and longer than what is compared at once, with one octet changed at each place, and cut off.
TEST(slot, words_to_the_last_octet) {
    for (const std::string_view word : {"BODY", "BODYSTRUCTURE"}) {
        for (std::size_t i = 0; i != word.size(); ++i) {
            for (int c = 0; c != 256; ++c) {
                std::string text(word);
                text[i] = static_cast<char>(c);
                const bool same = to_upper(text[i]) == word[i];
                const bool ends = i == 4 && !detail::word_octets.contains(text[i]); // BODY, with something behind it
                test::expect_rule<slot_rule<closed>, all>({{text, same ? word.size() : ends ? 4 : refused}});
            }
            const std::string_view part = word.substr(0, i);
            test::expect_rule<slot_rule<closed>, all>({{part, part == "BODY" ? 4 : refused}});
        }
    }
}

TEST(slot, where_no_word_stands) {
    test::expect_rule<no_word_of<closed>, all>({{"SIZE", refused}, {"size 5", refused}, {"SIZES", 0}, {"", 0}});
    test::expect_rule<no_word_of<closed>, few>({{"BODY", 0}, {"SIZE", refused}});
}

TEST(slot, items_hold_id_and_fields) {
    const auto known = match<slot_rule<closed>, all>("SIZE 5");
    ASSERT_EQ(known.tokens.size(), 2U);
    EXPECT_EQ(known.tokens[0].kind(), token_kind::item);
    EXPECT_EQ(known.tokens[0].offset, id_of<size>);
    EXPECT_EQ(known.tokens[0].size(), 1U);
    const auto none = match<slot_rule<closed>, all>("BODY");
    ASSERT_EQ(none.tokens.size(), 1U);
    EXPECT_EQ(none.tokens[0].size(), 0U);
}

// P2: a word that is known and goes wrong is not taken for an unknown one.
TEST(slot, unknown_words) {
    test::expect_rule<slot_rule<open>, all>({{"UIDNEXT 5", 9},
                                             {"UIDNEXT", refused},
                                             {"UIDNEXT x", refused},
                                             {"OTHER", 5},
                                             {"UIDNEXTS 7", 10},
                                             {"5", refused}});
    const auto unknown = match<slot_rule<open>, all>("OTHER 5");
    ASSERT_EQ(unknown.tokens.size(), 3U);
    EXPECT_EQ(unknown.tokens[0].offset, unknown_id);
    EXPECT_EQ(unknown.tokens[0].size(), 2U);
    // In a profile without the word it is one of the others.
    EXPECT_EQ((match<slot_rule<open>, few>("UIDNEXT 5").tokens.at(0).offset), unknown_id);
}

TEST(slot, what_leads_belongs_to_the_item) {
    test::expect_rule<slot_rule<led>, all>(
        {{"5 EXISTS", 8}, {"5 OTHER", refused}, {"EXISTS", refused}, {"5  EXISTS", refused}});
    const auto result = match<slot_rule<led>, all>("12 EXISTS");
    ASSERT_EQ(result.tokens.size(), 2U);
    EXPECT_EQ(result.tokens[0].offset, id_of<exists>);
    EXPECT_EQ(result.tokens[1].kind(), token_kind::number);
    EXPECT_EQ(result.tokens[1].size(), 2U);
}

TEST(slot, errors_are_where_the_tail_ends) {
    EXPECT_EQ((match<slot_rule<closed>, all>("SIZE x").fault.offset), 5U);
    EXPECT_EQ((match<slot_rule<closed>, all>("BODY[1 ").fault.offset), 6U);
    EXPECT_EQ((match<slot_rule<closed>, all>("FOO").fault.offset), 0U);
}

} // namespace
} // namespace mailwire
