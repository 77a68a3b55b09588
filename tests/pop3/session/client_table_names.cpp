// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client_table_names.hpp>

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
TEST(client_table_names, are_complete) {
    expect_names<client_state>(client_states);
    expect_names<client_input>(client_inputs);
    expect_names<client_action>(static_cast<std::size_t>(client_action::never) + 1);
    EXPECT_EQ(name_of(client_state::greeting), "greeting");
    EXPECT_EQ(name_of(client_state::failed), "failed");
    EXPECT_EQ(name_of(client_input::late), "late");
    EXPECT_EQ(name_of(client_action::missing), "missing");
    EXPECT_EQ(name_of(client_action::never), "never");
}

} // namespace
} // namespace mailwire::pop3
