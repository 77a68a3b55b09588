// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/capabilities.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

std::array<token, tokens_of_a_line> tape;

const auto parse = [](std::string_view line) { return parse_capability(line, tape); };
const auto text = [](const item<slot::capability>& c) { return describe(c); };
const auto write = [](auto& sink, const item<slot::capability>& c) { return write_listed(sink, c); };

// RFC 2449 5 and 6
TEST(capability, is_read_and_written_back) {
    const std::string longest = "X " + std::string(508, 'p') + "\r\n";
    const std::string says = "unknown X [" + std::string(508, 'p') + "]";
    const row rows[] = {
        {"TOP\r\n", "TOP"},
        {"top\r\n", "TOP"},
        {"USER\r\n", "USER"},
        {"SASL CRAM-MD5 KERBEROS_V4\r\n", "SASL [CRAM-MD5 KERBEROS_V4]"},
        {"SASL\r\n", "SASL []"},
        {"RESP-CODES\r\n", "RESP-CODES"},
        {"LOGIN-DELAY 900\r\n", "LOGIN-DELAY 900"},
        {"LOGIN-DELAY 900 USER\r\n", "LOGIN-DELAY 900 per user"},
        {"PIPELINING\r\n", "PIPELINING"},
        {"EXPIRE 60\r\n", "EXPIRE 60"},
        {"EXPIRE 0\r\n", "EXPIRE 0"},
        {"EXPIRE 5 USER\r\n", "EXPIRE 5 per user"},
        {"EXPIRE NEVER\r\n", "EXPIRE NEVER"},
        {"expire never user\r\n", "EXPIRE NEVER per user"},
        {"UIDL\r\n", "UIDL"},
        {"IMPLEMENTATION Shlemazle-Plotz-v302\r\n", "IMPLEMENTATION [Shlemazle-Plotz-v302]"},
        {"IMPLEMENTATION BlurdyBlurp POP3 server\r\n", "IMPLEMENTATION [BlurdyBlurp POP3 server]"},
        {"IMPLEMENTATION v1.2.3\r\n", "IMPLEMENTATION [v1.2.3]"},
        {"STLS\r\n", "unknown STLS"},
        {"UTF8 USER\r\n", "unknown UTF8 [USER]"},
        {"X-GOOGLE-RICO\r\n", "unknown X-GOOGLE-RICO"},
        {"TOPPINGS a b\r\n", "unknown TOPPINGS [a b]"},
        {longest, says},
    };
    for (const row& r : rows) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
}

TEST(capability, is_refused_with_its_offset) {
    const row rows[] = {
        {"TOP \r\n", "syntax at 3"},
        {"TOP 1\r\n", "syntax at 3"},
        {".TOP\r\n", "syntax at 0"},
        {"X.Y\r\n", "syntax at 1"},
        {"X  y\r\n", "syntax at 2"},
        {"X y \r\n", "syntax at 4"},
        {"\r\n", "syntax at 0"},
        {"LOGIN-DELAY\r\n", "syntax at 11"},
        {"LOGIN-DELAY soon\r\n", "syntax at 12"},
        {"LOGIN-DELAY 900 user x\r\n", "syntax at 20"},
        {"EXPIRE\r\n", "syntax at 6"},
        {"EXPIRE -1\r\n", "syntax at 7"},
        {"EXPIRE 4294967296\r\n", "number too big at 7 (0 of 4294967295)"},
        {"EXPIRE NEVERMORE\r\n", "syntax at 12"},
    };
    for (const row& r : rows) {
        check_line(r, parse, text);
    }
}

capability_set learnt(std::initializer_list<std::string_view> lines) {
    capability_set set;
    for (const std::string_view line : lines) {
        const auto result = parse(line);
        EXPECT_TRUE(result) << line;
        visit<everything>(result.value, [&](const auto& announced) {
            if constexpr (requires { announced.learn(set); }) {
                announced.learn(set);
            }
        });
    }
    return set;
}

TEST(capability, is_remembered) {
    EXPECT_EQ(learnt({}), capability_set());
    EXPECT_EQ(learnt({"TOP\r\n"}), (capability_set{.top = true}));
    EXPECT_EQ(learnt({"USER\r\n", "SASL PLAIN\r\n"}), (capability_set{.user = true, .sasl = true}));
    EXPECT_EQ(learnt({"RESP-CODES\r\n", "PIPELINING\r\n"}), (capability_set{.resp_codes = true, .pipelining = true}));
    EXPECT_EQ(learnt({"UIDL\r\n", "IMPLEMENTATION x\r\n", "X-Y\r\n"}), (capability_set{.uidl = true}));
    EXPECT_EQ(learnt({"LOGIN-DELAY 900\r\n"}), (capability_set{.login_delay = true, .login_delay_seconds = 900}));
    EXPECT_EQ(learnt({"EXPIRE NEVER\r\n"}), (capability_set{.expire = true}));
    EXPECT_EQ(learnt({"EXPIRE 60\r\n", "EXPIRE 0\r\n"}), (capability_set{.expire = true, .expire_days = 0}));
}

} // namespace
} // namespace mailwire::pop3::test
