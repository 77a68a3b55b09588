// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/denial.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace mailwire::pop3 {
namespace {

constexpr denial all[] = {denial::unknown,   denial::out_of_place, denial::needs_tls,      denial::syntax,
                          denial::no_base64, denial::too_long,     denial::bare_line_feed, denial::too_many};
static_assert(static_cast<std::size_t>(denial::too_many) + 1 == std::size(all));

// Each is one line of its own that a client can read, and none is longer than the room that is kept for one.
TEST(denial, lines) {
    std::set<std::string_view> seen;
    for (const denial why : all) {
        const std::string_view line = line_of(why);
        EXPECT_TRUE(line.starts_with("-ERR ") && line.ends_with("\r\n")) << line;
        EXPECT_EQ(line.find_first_of("\r\n"), line.size() - 2) << line;
        EXPECT_NE(line[5], '[') << "PC-6: no code, whatever the capabilities are";
        EXPECT_LE(line.size(), longest_denial) << line;
        EXPECT_TRUE(seen.insert(line).second) << line;
    }
}

TEST(denial, says_why) {
    EXPECT_EQ(denial_of(server_input::unknown), denial::unknown);
    EXPECT_EQ(denial_of(server_input::needs_tls), denial::needs_tls);
    EXPECT_EQ(denial_of(server_input::work_command), denial::out_of_place);
    EXPECT_EQ(denial_of(server_input::unwelcome), denial::out_of_place);
    for (const bool in_exchange : {false, true}) {
        EXPECT_EQ(denial_of(errc::unit_too_long, in_exchange), denial::too_long);
        EXPECT_EQ(denial_of(errc::bare_line_feed, in_exchange), denial::bare_line_feed);
        EXPECT_EQ(denial_of(errc::syntax, in_exchange), in_exchange ? denial::no_base64 : denial::syntax);
    }
    EXPECT_EQ(denial_of(errc::number_too_big, false), denial::syntax);
}

} // namespace
} // namespace mailwire::pop3
