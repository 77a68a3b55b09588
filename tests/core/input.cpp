// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/input.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire {
namespace {

using pegtl::rewind_mode;

TEST(input, is_a_unit_and_a_place_in_it) {
    const std::string_view unit = "abc";
    input in(unit, {});
    EXPECT_EQ(in.size(), 3U);
    EXPECT_FALSE(in.empty());
    EXPECT_EQ(in.current(), unit.data());
    EXPECT_EQ(in.end(), unit.data() + 3);
    in.bump(2);
    EXPECT_EQ(in.offset(), 2U);
    in.advance_to(in.end());
    EXPECT_TRUE(in.empty());
    EXPECT_EQ(in.offset(), 3U);
    EXPECT_EQ(in.fault(), (error{errc::syntax, 3, 0, 0}));
}

TEST(input, goes_back_where_a_mark_says) {
    token storage[4];
    input in("abc", storage);
    in.tape().push(token_kind::atom, 0, 1);
    {
        auto mark = in.mark<rewind_mode::required>();
        in.bump(2);
        in.tape().push(token_kind::atom, 1, 1);
        EXPECT_FALSE(mark(false));
    }
    EXPECT_EQ(in.offset(), 0U);
    EXPECT_EQ(in.tape().count(), 1U);
    {
        auto mark = in.mark<rewind_mode::required>();
        in.bump(1);
        in.tape().push(token_kind::atom, 1, 1);
        EXPECT_TRUE(mark(true));
    }
    EXPECT_EQ(in.offset(), 1U);
    EXPECT_EQ(in.tape().count(), 2U);
    {
        auto mark = in.mark<rewind_mode::active>();
        in.bump(1);
        EXPECT_FALSE(mark(false));
    }
    EXPECT_EQ(in.offset(), 2U);
}

// The error is at the furthest octet that was reached, given up or not.
TEST(input, knows_how_far_it_got) {
    input in("abcdef", {});
    {
        auto mark = in.mark<rewind_mode::required>();
        in.bump(4);
    }
    in.bump(1);
    EXPECT_EQ(in.fault(), (error{errc::syntax, 4, 0, 0}));
    in.reached(in.current() + 4);
    EXPECT_EQ(in.fault().offset, 5U);
    in.reached(in.current());
    EXPECT_EQ(in.fault().offset, 5U);
}

TEST(input, a_named_fault_counts_where_nothing_got_further) {
    input in("abcdef", {});
    in.bump(2);
    in.fail(errc::number_too_big, 7, 9);
    EXPECT_EQ(in.fault(), (error{errc::number_too_big, 2, 7, 9}));
    in.fail(errc::literal_too_big); // at the same place the first one counts
    EXPECT_EQ(in.fault().code, errc::number_too_big);
    in.bump(1);
    EXPECT_EQ(in.fault(), (error{errc::syntax, 3, 0, 0}));
    in.fail(errc::literal_too_big);
    EXPECT_EQ(in.fault(), (error{errc::literal_too_big, 3, 0, 0}));
}

TEST(input, counts_levels) {
    input in("abc", {}, {.depth = 2});
    EXPECT_TRUE(in.enter());
    EXPECT_TRUE(in.enter());
    EXPECT_FALSE(in.enter());
    EXPECT_EQ(in.fault(), (error{errc::too_deep, 0, 3, 2}));
    in.leave();
    EXPECT_TRUE(in.enter());
    in.leave();
    in.leave();
    EXPECT_TRUE(in.enter());
    input flat("abc", {}, {.depth = 0});
    EXPECT_FALSE(flat.enter());
    EXPECT_EQ(flat.fault(), (error{errc::too_deep, 0, 1, 0}));
    // It stays the reason, whatever was tried afterwards.
    flat.bump(2);
    EXPECT_EQ(flat.fault().code, errc::too_deep);
}

TEST(input, quirks) {
    input in("", {}, {.quirks = 6});
    EXPECT_FALSE(in.quirk_allowed(1));
    EXPECT_TRUE(in.quirk_allowed(2));
    EXPECT_EQ(in.quirks_fired(), 0U);
    in.quirk_fired(2);
    in.quirk_fired(4);
    EXPECT_EQ(in.quirks_fired(), 6U);
}

TEST(input, stops_at_a_literal_and_keeps_its_tape) {
    token storage[4];
    input in("abc", storage);
    EXPECT_FALSE(in.prefix());
    in.expect_literal_at_end();
    EXPECT_TRUE(in.prefix());
    const std::uint32_t opened = in.tape().open(token_kind::list, 0);
    {
        auto mark = in.mark<rewind_mode::required>();
        in.tape().push(token_kind::atom, 0, 1);
        in.stop_at_literal();
    }
    // What the grammar does from here on is lost, a second literal too.
    in.tape().close(opened, token_kind::list);
    in.tape().push(token_kind::atom, 1, 1);
    in.stop_at_literal();
    in.tape().rewind(0);
    EXPECT_TRUE(in.stopped());
    EXPECT_EQ(in.kept().count(), 2U);
    EXPECT_EQ(in.kept().tokens()[0].size(), token::open_size);
    EXPECT_EQ(in.kept().tokens()[1].offset, 0U);
    EXPECT_TRUE(in.elided().empty());
    const std::uint32_t offsets[] = {1, 2};
    in.elided(offsets);
    EXPECT_EQ(in.elided().size(), 2U);
}

} // namespace
} // namespace mailwire
