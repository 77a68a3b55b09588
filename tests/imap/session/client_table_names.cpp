// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client_table_names.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace mailwire::imap {
namespace {

template <typename Enum> void expect_names(Enum last) {
    std::set<std::string_view> seen;
    for (std::size_t n = 0; n <= static_cast<std::size_t>(last); ++n) {
        const std::string_view name = name_of(static_cast<Enum>(n));
        EXPECT_FALSE(name.empty()) << n;
        EXPECT_TRUE(seen.insert(name).second) << name;
    }
}

// Each has a name of its own, in the order of its enumerator.
TEST(imap_client_table_names, are_complete) {
    expect_names(client_state::failed);
    expect_names(client_input::command_selected);
    expect_names(client_action::never);
    expect_names(client_mode::compression);
    expect_names(client_mode_input::other);
    expect_names(client_mode_action::never);
    EXPECT_EQ(name_of(client_state::greeting), "greeting");
    EXPECT_EQ(name_of(client_state::failed), "failed");
    EXPECT_EQ(name_of(client_input::unknown_tag), "unknown tag");
    EXPECT_EQ(name_of(client_input::command_selected), "command selected");
    EXPECT_EQ(name_of(client_action::go_back), "go back");
    EXPECT_EQ(name_of(client_action::never), "never");
    EXPECT_EQ(name_of(client_mode::asking_compression), "asking compression");
    EXPECT_EQ(name_of(client_mode_input::continuation), "continuation");
    EXPECT_EQ(name_of(client_mode_action::stray), "stray");
}

} // namespace
} // namespace mailwire::imap
