// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_table_names.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace mailwire::imap {
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
TEST(imap_server_table_names, are_complete) {
    expect_names<server_state>(server_states);
    expect_names<server_input>(server_inputs);
    expect_names<server_action>(static_cast<std::size_t>(server_action::never) + 1);
    expect_names<server_mode>(server_modes);
    expect_names<server_mode_input>(server_mode_inputs);
    expect_names<server_mode_action>(static_cast<std::size_t>(server_mode_action::never) + 1);
    EXPECT_EQ(name_of(server_state::greeting), "greeting");
    EXPECT_EQ(name_of(server_state::failed), "failed");
    EXPECT_EQ(name_of(server_input::late), "late");
    EXPECT_EQ(name_of(server_input::answer_logged_out), "answer logged out");
    EXPECT_EQ(name_of(server_action::missing), "missing");
    EXPECT_EQ(name_of(server_action::never), "never");
    EXPECT_EQ(name_of(server_mode::lines), "lines");
    EXPECT_EQ(name_of(server_mode::idling), "idling");
    EXPECT_EQ(name_of(server_mode::compression), "compression");
    EXPECT_EQ(name_of(server_mode_input::challenge), "challenge");
    EXPECT_EQ(name_of(server_mode_input::compression_started), "compression started");
    EXPECT_EQ(name_of(server_mode_action::give_up), "give up");
    EXPECT_EQ(name_of(server_mode_action::never), "never");
}

} // namespace
} // namespace mailwire::imap
