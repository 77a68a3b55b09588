// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/patience.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::detail {
namespace {

constexpr limits allowed{.bad_commands = 3, .bad_commands_before_login = 2, .commands_before_login = 4};

TEST(patience, ends_with_the_last_of_some_bad_commands_in_a_row) {
    for (const bool stranger : {false, true}) {
        patience p;
        const int most = stranger ? 2 : 3;
        for (int i = 1; i != most; ++i)
            EXPECT_TRUE(p.take_bad(allowed, stranger));
        EXPECT_FALSE(p.take_bad(allowed, stranger));
    }
}

TEST(patience, is_there_again_behind_a_good_command) {
    patience p;
    for (int i = 0; i != 100; ++i) {
        EXPECT_TRUE(p.take_bad(allowed, false));
        EXPECT_TRUE(p.take_bad(allowed, false));
        EXPECT_TRUE(p.take_good(allowed, false));
    }
}

TEST(patience, with_strangers_ends_whatever_they_send) {
    patience p;
    for (int i = 0; i != 2; ++i) {
        EXPECT_TRUE(p.take_good(allowed, true));
        EXPECT_TRUE(p.take_bad(allowed, true));
    }
    EXPECT_FALSE(p.take_good(allowed, true));
    p.begin_anew();
    EXPECT_TRUE(p.take_good(allowed, true));
}

} // namespace
} // namespace mailwire::imap::detail
