// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/tape.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mailwire {

void PrintTo(const token& t, std::ostream* out) {
    *out << "token " << static_cast<int>(t.kind()) << " at " << t.offset << " size " << t.size();
}

bool operator==(const token& a, const token& b) { return a.offset == b.offset && a.packed == b.packed; }

namespace {

using kind = token_kind;

TEST(tape, tokens_hold_what_they_were_given) {
    for (int k = 0; k <= static_cast<int>(kind::item); ++k) {
        const token t(static_cast<kind>(k), 4294967295U, token::max_size);
        EXPECT_EQ(t.kind(), static_cast<kind>(k));
        EXPECT_EQ(t.offset, 4294967295U);
        EXPECT_EQ(t.size(), token::max_size);
    }
    EXPECT_EQ(token().kind(), kind::absent);
    EXPECT_EQ(token(kind::atom, 0, 9).hop(), 1U);
    EXPECT_EQ(token(kind::raw, 0, 9).hop(), 1U);
    EXPECT_EQ(token(kind::list, 0, 9).hop(), 10U);
    EXPECT_EQ(token(kind::item, 0, 0).hop(), 1U);
}

TEST(tape, lists_hold_their_size) {
    token storage[8];
    tape t(storage);
    t.push(kind::atom, 0, 1);
    const auto outer = t.open(kind::list, 2);
    t.push(kind::number, 3, 1);
    const auto inner = t.open(kind::item, 0);
    t.name(inner, 77);
    t.push(kind::nil, 5, 3);
    t.close(inner, kind::item);
    t.close(outer, kind::list);
    const std::vector<token> expected{
        {kind::atom, 0, 1}, {kind::list, 2, 3}, {kind::number, 3, 1}, {kind::item, 77, 1}, {kind::nil, 5, 3}};
    EXPECT_EQ(std::vector<token>(t.tokens().begin(), t.tokens().end()), expected);
    EXPECT_FALSE(t.full());
}

TEST(tape, what_is_never_closed_stays_open) {
    token storage[8];
    tape t(storage);
    const auto opened = t.open(kind::item, 0);
    EXPECT_EQ(t.tokens()[0].size(), token::open_size);
    t.name(opened, 77);
    EXPECT_EQ(t.tokens()[0].offset, 77U);
    EXPECT_EQ(t.tokens()[0].size(), token::open_size);
    t.push(kind::atom, 1, 1);
    EXPECT_EQ(t.tokens()[0].size(), token::open_size);
    t.close(opened, kind::item);
    EXPECT_EQ(t.tokens()[0], token(kind::item, 77, 1));
}

// N tokens fit into room for N; the next makes the tape full, until it is taken back.
TEST(tape, counts_on_when_it_is_full) {
    token storage[3];
    for (std::uint32_t room = 0; room != 3; ++room) {
        tape t(std::span<token>(storage).first(room));
        for (std::uint32_t i = 0; i != room; ++i)
            t.push(kind::atom, i, 1);
        EXPECT_FALSE(t.full());
        const auto opened = t.open(kind::list, 9);
        t.push(kind::atom, 9, 1);
        t.name(opened, 5);
        t.close(opened, kind::list);
        EXPECT_TRUE(t.full());
        EXPECT_EQ(t.count(), room + 2);
        EXPECT_EQ(t.tokens().size(), room);
        t.rewind(room + 1);
        EXPECT_TRUE(t.full());
        t.rewind(room);
        EXPECT_FALSE(t.full());
        for (std::uint32_t i = 0; i != room; ++i)
            EXPECT_EQ(t.tokens()[i], token(kind::atom, i, 1));
    }
    tape none;
    EXPECT_FALSE(none.full());
    none.push(kind::atom, 0, 1);
    EXPECT_TRUE(none.full());
    EXPECT_TRUE(none.tokens().empty());
}

// A list whose own token has room and whose content has not is closed all the same.
TEST(tape, closes_a_list_that_outgrew_it) {
    token storage[2];
    tape t(storage);
    const auto opened = t.open(kind::list, 4);
    for (int i = 0; i != 5; ++i)
        t.push(kind::atom, 0, 1);
    t.close(opened, kind::list);
    EXPECT_TRUE(t.full());
    EXPECT_EQ(t.tokens()[0], token(kind::list, 4, 5));
    t.rewind(2);
    EXPECT_FALSE(t.full());
}

} // namespace
} // namespace mailwire
