// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/parts_of.hpp"

#include <gtest/gtest.h>

namespace mailwire {
namespace {

static_assert(head_of("abc", 0).empty());
static_assert(head_of("abc", 2) == "ab");
static_assert(head_of("abc", 4) == "abc");
static_assert(tail_of("abc", 0) == "abc");
static_assert(tail_of("abc", 1) == "bc");
static_assert(tail_of("abc", 3).empty());

TEST(parts_of, a_text_is_its_head_and_its_tail) {
    const std::string_view text = "* 1 EXISTS";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        EXPECT_EQ(std::string(head_of(text, at)) + std::string(tail_of(text, at)), text);
        EXPECT_EQ(tail_of(text, at).data(), text.data() + at);
    }
}

} // namespace
} // namespace mailwire
