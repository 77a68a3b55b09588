// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/limits.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

// The figures of the documentation.
static_assert(limits{}.command_line == 255);
static_assert(limits{}.response_line == 4096);
static_assert(limits{}.listing_lines == 1'000'000);
static_assert(limits{}.bad_commands_before_login == 3);
static_assert(limits{}.bad_commands == 20);

// RFC 2449 4: 255 octets with the CRLF, and not one more.
TEST(limits, command_line) {
    const std::string longest = "USER " + std::string(248, 'a') + "\r\n";
    ASSERT_EQ(longest.size(), 255U);
    check_server(longest, "+OK\r\n", {"USER [" + std::string(248, 'a') + "]"});
    check_server("USER " + std::string(249, 'a') + "\r\n", "-ERR line too long\r\n",
                 {"error unit too long at 255 (256 of 255)"});
}

TEST(limits, response_line) {
    for (const std::uint32_t limit : {512U, 64U}) {
        for (const bool over : {false, true}) {
            const std::string text(limit - 6 + (over ? 1 : 0), 't');
            const std::string too_long = "error unit too long at " + std::to_string(limit) + " (" +
                                         std::to_string(limit + 1) + " of " + std::to_string(limit) + ")";
            const std::string greeting = "+OK " + text + "\r\n";
            mailwire::test::for_each_split(greeting, [&](std::span<const std::string_view> pieces) {
                client_options options{.tls = tls_policy::optional};
                options.limits.response_line = limit;
                test_client<1024> asking(options);
                log told;
                for (const std::string_view piece : pieces) {
                    asking.feed(piece, told);
                }
                EXPECT_EQ(told, log{over ? too_long : "greeting +OK [" + text + "]"});
            });
        }
    }
}

// The defaults count: three bad commands of a stranger are answered, and twenty of a user.
TEST(limits, bad_commands) {
    const auto answered = [](std::string_view login, int bad) {
        test_server server;
        EXPECT_EQ(server.session.greet(), misuse::none);
        server.feed(login);
        for (int i = 0; i != bad; ++i) {
            server.feed("XTND\r\n");
        }
        return server.session.state() != server_state::ended;
    };
    EXPECT_TRUE(answered("", 3));
    EXPECT_FALSE(answered("", 4));
    EXPECT_TRUE(answered("USER mrose\r\nPASS my secret\r\n", 20));
    EXPECT_FALSE(answered("USER mrose\r\nPASS my secret\r\n", 21));
}

} // namespace
} // namespace mailwire::pop3::test
