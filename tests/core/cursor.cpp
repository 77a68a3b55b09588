// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/cursor.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire {
namespace {

using kind = token_kind;

constexpr std::string_view unit = "atom \"quoted\" \"e\\\"s\" {3}\r\nlit NIL 12345 ~{70000}\r\n";

TEST(cursor, reads_field_by_field) {
    const token tokens[] = {{kind::atom, 0, 4},     {kind::quoted, 6, 6}, {kind::escaped, 15, 4},
                            {kind::literal, 26, 3}, {kind::nil, 30, 3},   {kind::number, 34, 5},
                            {kind::absent, 0, 0},   {kind::absent, 0, 0}, {kind::streamed, 40, 2}};
    cursor c(unit, tokens);
    EXPECT_EQ(c.text(), text("atom"));
    EXPECT_EQ(c.text(), text("quoted"));
    EXPECT_EQ(c.text(), text("e\"s"));
    EXPECT_EQ(c.text(), text("lit"));
    EXPECT_TRUE(c.at_nil());
    EXPECT_TRUE(c.text().is_nil());
    EXPECT_FALSE(c.skip_absent());
    EXPECT_EQ(c.number32(), 12345U);
    EXPECT_TRUE(c.at_absent());
    EXPECT_TRUE(c.skip_absent());
    EXPECT_TRUE(c.text().is_nil()); // absent reads as nil
    const text streamed = c.text();
    EXPECT_TRUE(streamed.is_streamed());
    EXPECT_TRUE(streamed.is_binary());
    EXPECT_EQ(streamed.size(), 70000U);
    EXPECT_EQ(streamed.stream_index(), 2U);
    EXPECT_FALSE(c.more());
}

// Behind the last field everything is absent, and stays so.
TEST(cursor, ends) {
    for (cursor c : {cursor(), cursor(unit, {})}) {
        EXPECT_FALSE(c.more());
        EXPECT_EQ(c.kind(), kind::absent);
        EXPECT_TRUE(c.text().is_nil());
        EXPECT_EQ(c.raw(), "");
        EXPECT_EQ(c.number(), 0U);
        EXPECT_FALSE(c.skip_absent());
        EXPECT_FALSE(c.enter().more());
        c.skip();
        EXPECT_FALSE(c.more());
    }
}

TEST(cursor, hops_over_lists_and_enters_them) {
    const token tokens[] = {{kind::list, 0, 3}, {kind::atom, 0, 1}, {kind::item, 7, 1},
                            {kind::atom, 1, 1}, {kind::list, 0, 0}, {kind::atom, 2, 1}};
    cursor c(unit, tokens);
    EXPECT_TRUE(c.at_list());
    cursor inside = c.enter();
    EXPECT_EQ(inside.raw(), "a");
    EXPECT_TRUE(inside.at_item());
    EXPECT_EQ(inside.position()->offset, 7U);
    cursor value = inside.enter();
    EXPECT_FALSE(inside.more());
    EXPECT_EQ(value.raw(), "t");
    EXPECT_FALSE(value.more());
    EXPECT_FALSE(c.enter().more()); // an empty list
    EXPECT_EQ(c.raw(), "o");
    cursor over(unit, tokens);
    over.skip();
    over.skip();
    EXPECT_EQ(over.raw(), "o");
}

// What a unit breaks off in reaches to the end of the tape; an empty list before it is empty.
TEST(cursor, open_lists_reach_to_the_end) {
    const token tokens[] = {
        {kind::item, 7, token::open_size}, {kind::list, 0, 0}, {kind::list, 0, token::open_size}, {kind::atom, 0, 1}};
    cursor c(unit, tokens);
    cursor inside = c.enter();
    EXPECT_FALSE(c.more());
    EXPECT_FALSE(inside.enter().more());
    cursor list = inside.enter();
    EXPECT_FALSE(inside.more());
    EXPECT_EQ(list.raw(), "a");
    cursor over(unit, tokens);
    over.skip();
    EXPECT_FALSE(over.more());
}

// A size that promises more than there is (a tape that was cut) leads nowhere else than to the end.
TEST(cursor, never_leaves_its_tape) {
    const token tokens[] = {{kind::list, 0, 9}, {kind::atom, 0, 1}};
    cursor c(unit, std::span<const token>(tokens));
    cursor inside = c.enter();
    EXPECT_FALSE(c.more());
    EXPECT_EQ(inside.raw(), "a");
    EXPECT_FALSE(inside.more());
}

TEST(cursor, numbers) {
    EXPECT_EQ(number_in("0"), 0U);
    EXPECT_EQ(number_in("007"), 7U);
    EXPECT_EQ(number_in("18446744073709551615"), 18446744073709551615U);
    EXPECT_EQ(number_in(""), 0U);
}

} // namespace
} // namespace mailwire
