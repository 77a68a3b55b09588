// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/memory.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace mailwire::sasl {
namespace {

TEST(sasl_memory, keeps_until_it_is_full) {
    char lent[8];
    memory m(lent);
    std::string_view kept = "before";
    EXPECT_TRUE(m.keep("abc", kept));
    EXPECT_EQ(kept, "abc");
    EXPECT_EQ(kept.data(), lent);
    EXPECT_FALSE(m.keep("123456", kept));
    EXPECT_EQ(kept, "abc");
    EXPECT_EQ(m.rest().size(), 5U);
    EXPECT_TRUE(m.keep("", kept));
    EXPECT_TRUE(m.keep("12345", kept));
    EXPECT_EQ(std::string_view(lent, 8), "abc12345");
    EXPECT_TRUE(m.rest().empty());
    EXPECT_FALSE(m.keep("x", kept));
}

TEST(sasl_memory, takes_what_was_written) {
    char lent[4];
    memory m(lent);
    m.rest()[0] = 'a';
    EXPECT_EQ(m.take(1), "a");
    EXPECT_EQ(m.rest().data(), lent + 1);
}

TEST(sasl_memory, may_be_nothing) {
    memory m({});
    std::string_view kept;
    EXPECT_TRUE(m.keep("", kept));
    EXPECT_FALSE(m.keep("a", kept));
}

} // namespace
} // namespace mailwire::sasl
