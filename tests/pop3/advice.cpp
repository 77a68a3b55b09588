// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/advice.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3::test {
namespace {

// PS-13
TEST(advice, after_a_refused_login) {
    struct {
        response_code code;
        login_advice advice;
    } const rows[] = {
        {{}, login_advice::other_method},
        {{"AUTH"}, login_advice::other_credentials},
        {{"auth"}, login_advice::other_credentials},
        {{"AUTH/EXPIRED"}, login_advice::other_credentials},
        {{"LOGIN-DELAY"}, login_advice::wait},
        {{"IN-USE"}, login_advice::wait},
        {{"SYS/TEMP"}, login_advice::wait},
        {{"SYS/TEMP/DISK"}, login_advice::wait},
        {{"SYS"}, login_advice::wait},
        {{"SYS/OTHER"}, login_advice::wait},
        {{"SYS/PERM"}, login_advice::give_up},
        {{"sys/perm/disk"}, login_advice::give_up},
        {{"SYS/PERMANENT"}, login_advice::wait},
        {{"UTF8"}, login_advice::other_method},
        {{"AUTHORITY"}, login_advice::other_method},
        {{"X"}, login_advice::other_method},
    };
    for (const auto& r : rows) {
        EXPECT_EQ(after_refusal(r.code), r.advice) << r.code.levels;
    }
}

// PC-7
TEST(advice, next_login) {
    EXPECT_EQ(next_login({}, 5000), 5000U);
    EXPECT_EQ(next_login({.login_delay = true, .login_delay_seconds = 0}, 5000), 5000U);
    EXPECT_EQ(next_login({.login_delay = true, .login_delay_seconds = 900}, 5000), 905000U);
    EXPECT_EQ(next_login({.login_delay = true, .login_delay_seconds = 0xffffffffU}, 1), 4294967295001U);
    EXPECT_EQ(next_login({.login_delay = true, .login_delay_seconds = 10}, never - 5), never);
}

// PC-8, PK-10
TEST(advice, keep_for) {
    const auto expire = [](std::uint32_t days) { return capability_set{.expire = true, .expire_days = days}; };
    EXPECT_EQ(keep_for({}, 30), keep_advice::unknown);
    EXPECT_EQ(keep_for(expire(0), 0), keep_advice::impossible);
    EXPECT_EQ(keep_for(expire(0), 30), keep_advice::impossible);
    EXPECT_EQ(keep_for(expire(30), 29), keep_advice::fine);
    EXPECT_EQ(keep_for(expire(30), 30), keep_advice::too_long);
    EXPECT_EQ(keep_for(expire(30), capability_set::never), keep_advice::too_long);
    EXPECT_EQ(keep_for(expire(capability_set::never), 30), keep_advice::fine);
    EXPECT_EQ(keep_for(expire(capability_set::never), capability_set::never), keep_advice::fine);
}

} // namespace
} // namespace mailwire::pop3::test
