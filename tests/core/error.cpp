// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace mailwire {
namespace {

// Every code has a name of its own.
template <typename Code> std::size_t names(Code last) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const std::string_view name = name_of(static_cast<Code>(i));
        EXPECT_FALSE(name.empty()) << i;
        EXPECT_NE(name, "unknown") << i;
        EXPECT_TRUE(seen.insert(name).second) << name;
    }
    return seen.size();
}

TEST(error, names) {
    EXPECT_EQ(names(errc::timed_out), static_cast<std::size_t>(errc::timed_out) + 1);
    EXPECT_EQ(names(misuse::literal_size), static_cast<std::size_t>(misuse::literal_size) + 1);
    EXPECT_STREQ(name_of(static_cast<errc>(255)), "unknown");
    EXPECT_STREQ(name_of(static_cast<misuse>(255)), "unknown");
    EXPECT_STREQ(name_of(errc::too_deep), "too deep");
    EXPECT_STREQ(name_of(errc::login_before_tls), "login before TLS");
    EXPECT_STREQ(name_of(errc::input_before_compression), "input before compression");
    EXPECT_STREQ(name_of(misuse::needs_tls), "needs TLS");
    EXPECT_STREQ(name_of(misuse::bad_value), "bad value");
}

// Up to unexpected_command a session goes on behind the unit; from unexpected_greeting on nothing can be trusted.
TEST(error, some_are_for_good) {
    for (int i = 0; i <= static_cast<int>(errc::timed_out); ++i) {
        const auto code = static_cast<errc>(i);
        EXPECT_EQ(is_fatal(code), i > static_cast<int>(errc::unexpected_command)) << name_of(code);
    }
    static_assert(is_fatal(errc::login_before_tls) && !is_fatal(errc::none));
}

TEST(error, is_true_when_there_is_one) {
    EXPECT_FALSE(error{});
    EXPECT_FALSE((error{errc::none, 5, 1, 2}));
    EXPECT_TRUE(error{errc::syntax});
    EXPECT_EQ((error{errc::syntax, 1, 2, 3}), (error{errc::syntax, 1, 2, 3}));
    EXPECT_NE((error{errc::syntax, 1, 2, 3}), (error{errc::syntax, 1, 2, 4}));
    EXPECT_NE((error{errc::syntax, 1, 2, 3}), (error{errc::too_deep, 1, 2, 3}));
}

} // namespace
} // namespace mailwire
