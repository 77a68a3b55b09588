// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/ext/auth_resp_code.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(auth_resp_code, is_a_capability) {
    std::array<token, tokens_of_a_line> tape;
    EXPECT_TRUE(parse_capability("auth-resp-code\r\n", tape).value.is<capability::auth_resp_code>());
    EXPECT_FALSE(parse_capability("AUTH-RESP-CODES\r\n", tape).value.known());
    EXPECT_EQ(parse_capability("AUTH-RESP-CODE x\r\n", tape).error, (error{errc::syntax, 14, 0, 0}));
    std::string line;
    string_sink sink(line);
    EXPECT_EQ(write_listed(sink, capability::auth_resp_code{}), misuse::none);
    EXPECT_EQ(line, "AUTH-RESP-CODE\r\n");
    capability_set set;
    capability::auth_resp_code{}.learn(set);
    EXPECT_EQ(set, (capability_set{.auth_resp_code = true}));
}

// RFC 3206 4 and 5: the codes, which may have more levels.
TEST(auth_resp_code, codes) {
    const auto read = [](std::string_view line) { return parse_reply(line, answer_form::text).value.code; };
    EXPECT_EQ(read("-ERR [SYS/TEMP] later\r\n"), code::sys_temp);
    EXPECT_EQ(read("-ERR [SYS/PERM] broken\r\n"), code::sys_perm);
    EXPECT_EQ(read("-ERR [AUTH] wrong\r\n"), code::auth);
    EXPECT_TRUE(read("-ERR [SYS/TEMP] later\r\n").is(code::sys));
    EXPECT_TRUE(read("-ERR [sys/temp/DISK] later\r\n").is(code::sys_temp));
    EXPECT_TRUE(read("-ERR [SYS/FOO] later\r\n").is(code::sys));
    EXPECT_FALSE(read("-ERR [SYS/FOO] later\r\n").is(code::sys_temp));
    EXPECT_FALSE(read("-ERR [SYS/PERM] later\r\n").is(code::sys_temp));
    EXPECT_FALSE(read("-ERR [AUTHOR] x\r\n").is(code::auth));
    EXPECT_FALSE(read("-ERR AUTH x\r\n").is(code::auth));
}

TEST(auth_resp_code, are_written) {
    for (const response_code one :
         {code::sys, code::sys_temp, code::sys_perm, code::auth, code::login_delay, code::in_use, code::utf8}) {
        std::string line;
        string_sink sink(line);
        EXPECT_EQ(write_reply(sink, reply{.ok = false, .code = one, .text = "no"}, answer_form::text), misuse::none);
        EXPECT_EQ(line, "-ERR [" + std::string(one.levels) + "] no\r\n");
    }
}

} // namespace
} // namespace mailwire::pop3::test
