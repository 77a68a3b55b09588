// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server_table_names.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace mailwire::pop3 {
namespace {

template <typename Enum> void expect_names(std::size_t count) {
    std::set<std::string_view> seen;
    for (std::size_t n = 0; n != count; ++n) {
        const std::string_view name = name_of(static_cast<Enum>(n));
        EXPECT_FALSE(name.empty()) << n;
        EXPECT_TRUE(seen.insert(name).second) << name;
    }
}

// Each has a name of its own, in the order of its enumerator.
TEST(server_table_names, are_complete) {
    expect_names<server_state>(server_states);
    expect_names<server_input>(server_inputs);
    expect_names<server_action>(static_cast<std::size_t>(server_action::never) + 1);
    EXPECT_EQ(name_of(server_state::greeting), "greeting");
    EXPECT_EQ(name_of(server_state::failed), "failed");
    EXPECT_EQ(name_of(server_input::late), "late");
    EXPECT_EQ(name_of(server_action::missing), "missing");
    EXPECT_EQ(name_of(server_action::never), "never");
}

} // namespace
} // namespace mailwire::pop3
