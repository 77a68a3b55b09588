// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/seq_of.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

using kind = token_kind;

constexpr std::string_view unit = "abcdef";

// Two fields, and a struct that is one list.
struct pair {
    text first = {};
    text second = {};
    static pair read(cursor& c) {
        const text a = c.text();
        return {a, c.text()};
    }
    friend bool operator==(const pair&, const pair&) = default;
};
struct boxed {
    using one_field = void;
    text value = {};
    static boxed read(cursor& c) {
        cursor in = c.enter();
        return {in.text()};
    }
    friend bool operator==(const boxed&, const boxed&) = default;
};

// Two fields that are passed over without a look at them.
struct skipped : pair {
    static skipped read(cursor& c) {
        ++reads;
        return {pair::read(c)};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    static inline int reads = 0;
};

constexpr token texts[] = {{kind::atom, 0, 1}, {kind::atom, 1, 2}, {kind::nil, 3, 1}, {kind::atom, 4, 2}};

TEST(seq_of, walks_a_tape_or_an_array) {
    const seq_of<text> from_tape{cursor(unit, texts)};
    const text values[] = {"a", "bc", text::nil(), "ef"};
    const seq_of<text> from_array = values;
    for (const auto& s : {from_tape, from_array}) {
        EXPECT_FALSE(s.empty());
        EXPECT_EQ(s.size(), 4U);
        EXPECT_EQ(s[0], text("a"));
        EXPECT_EQ(s[1], text("bc"));
        EXPECT_TRUE(s[2].is_nil());
        EXPECT_EQ(s[3], text("ef"));
        std::size_t n = 0;
        for (const text& t : s)
            n += t.is_nil() ? 100 : t.size();
        EXPECT_EQ(n, 105U);
    }
    EXPECT_TRUE(from_tape == from_array);
    EXPECT_FALSE(from_tape == seq_of<text>(std::span<const text>(values).first(3)));
    EXPECT_FALSE(seq_of<text>(std::span<const text>(values).first(3)) == from_tape);
    const text others[] = {"a", "bc", "", "ef"};
    EXPECT_FALSE(from_tape == seq_of<text>(others));
}

TEST(seq_of, steps_over_values_of_any_number_of_fields) {
    const seq_of<pair> pairs{cursor(unit, texts)};
    ASSERT_EQ(pairs.size(), 2U);
    EXPECT_EQ(pairs[1], (pair{text::nil(), "ef"}));
    const token boxes[] = {
        {kind::list, 0, 1}, {kind::atom, 0, 1}, {kind::list, 0, 2}, {kind::atom, 1, 1}, {kind::atom, 2, 1}};
    const seq_of<boxed> boxed_values{cursor(unit, boxes)};
    ASSERT_EQ(boxed_values.size(), 2U);
    EXPECT_EQ(boxed_values[1], boxed{"b"});
    const seq_of<skipped> skipped_values{cursor(unit, texts)};
    EXPECT_EQ(skipped_values.size(), 2U);
    EXPECT_EQ(skipped::reads, 0);
    EXPECT_EQ(skipped_values[1].second, text("ef"));
    EXPECT_EQ(skipped::reads, 1);
}

TEST(seq_of, empty) {
    EXPECT_TRUE(seq_of<text>().empty());
    EXPECT_EQ(seq_of<text>().size(), 0U);
    EXPECT_TRUE(seq_of<text>(cursor(unit, {})).empty());
    EXPECT_TRUE(seq_of<text>(std::span<const text>()).empty());
    EXPECT_TRUE(seq_of<text>() == seq_of<text>(cursor(unit, {})));
    EXPECT_TRUE(seq_of<text>() == seq_of<text>(std::initializer_list<text>{}));
}

TEST(seq_of, iterators) {
    const text values[] = {"a", "b"};
    seq_of<text>::iterator i = seq_of<text>(values).begin();
    EXPECT_EQ(*i++, text("a"));
    EXPECT_EQ(*i, text("b"));
    EXPECT_EQ(++i, seq_of<text>(values).end());
    EXPECT_EQ(read_value<text>(*std::array<cursor, 1>{cursor(unit, texts)}.begin()), text("a"));
}

} // namespace
} // namespace mailwire
