// SPDX-License-Identifier: BSL-1.0
#include "mail_server/list_pattern.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mail_server {
namespace {

struct row {
    std::string_view name;
    std::string_view pattern;
    bool matches;
};

constexpr row rows[] = {
    {"work", "work", true},
    {"work", "Work", false},
    {"work", "wor", false},
    {"work", "works", false},
    {"work", "", false},
    {"work", "*", true},
    {"work", "%", true},
    {"work/2026", "*", true},
    {"work/2026", "%", false},
    {"work/2026", "%/%", true},
    {"work/2026", "work/%", true},
    {"work/2026", "work%", false},
    {"work/2026", "work*", true},
    {"work/2026", "work*2026", true},
    {"work/2026", "work%2026", false},
    {"work/2026/may", "%/%", false},
    {"work/2026/may", "work/%/may", true},
    {"work/2026/may", "work/*may", true},
    {"work/2026/may", "%/*y", true},
    {"work/2026/may", "*%", true},
    {"work/2026/may", "%*", true},
    {"work/2026/may", "%%%", false},
    {"work/2026/may", "w%k/*/%", true},
    {"work", "work*", true},
    {"work", "work%", true},
    {"work", "%work", true},
    {"work", "w%o%r%k", true},
    {"work", "w*x", false},
    {"INBOX", "inbox", true},
    {"INBOX", "InB%", true},
    {"INBOX", "inbox/%", false},
    {"INBOX/Below", "inbox/Below", true},
    {"INBOX/Below", "inbox/below", false},
    {"INBOX/Below", "inbox*", true},
    {"INBOXES", "inboxes", false},
    {"a/INBOX", "a/inbox", false},
};

TEST(list_pattern, table) {
    for (const row& each : rows) {
        EXPECT_EQ(matches_list_pattern(each.name, each.pattern), each.matches) << each.name << ' ' << each.pattern;
    }
}

TEST(list_pattern, does_not_take_ages) {
    const std::string name(1000, 'a');
    std::string pattern;
    for (int i = 0; i != 900; ++i) {
        pattern += "*a";
    }
    EXPECT_TRUE(matches_list_pattern(name, pattern));
    EXPECT_FALSE(matches_list_pattern(name, pattern + "*b"));
}

} // namespace
} // namespace mail_server
