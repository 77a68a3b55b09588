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
        {"STLS\r\n", "STLS"},
        {"AUTH-RESP-CODE\r\n", "AUTH-RESP-CODE"},
        {"UTF8\r\n", "UTF8"},
        {"utf8 user\r\n", "UTF8 USER"},
        {"UTF8 USER\r\n", "UTF8 USER"},
        {"LANG\r\n", "LANG"},
        {"AUTH-RESP-CODES\r\n", "unknown AUTH-RESP-CODES"},
        {"XTND\r\n", "unknown XTND"},
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
        {"STLS now\r\n", "syntax at 4"},
        {"AUTH-RESP-CODE x\r\n", "syntax at 14"},
        {"LANG en\r\n", "syntax at 4"},
        {"UTF8 \r\n", "syntax at 5"},
        {"UTF8 YES\r\n", "syntax at 5"},
        {"UTF8 USERS\r\n", "syntax at 9"},
        {"UTF8 USER x\r\n", "syntax at 9"},
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

sasl::mechanism_set mechanisms(std::initializer_list<std::string_view> names) {
    sasl::mechanism_set set;
    for (const std::string_view name : names) {
        set.add(name);
    }
    return set;
}

TEST(capability, is_remembered) {
    EXPECT_EQ(learnt({}), capability_set());
    EXPECT_EQ(learnt({"TOP\r\n"}), (capability_set{.top = true}));
    EXPECT_EQ(learnt({"USER\r\n", "SASL PLAIN\r\n"}),
              (capability_set{.user = true, .sasl = true, .mechanisms = mechanisms({"PLAIN"})}));
    EXPECT_EQ(learnt({"RESP-CODES\r\n", "PIPELINING\r\n"}), (capability_set{.resp_codes = true, .pipelining = true}));
    EXPECT_EQ(learnt({"UIDL\r\n", "IMPLEMENTATION x\r\n", "X-Y\r\n"}), (capability_set{.uidl = true}));
    EXPECT_EQ(learnt({"LOGIN-DELAY 900\r\n"}), (capability_set{.login_delay = true, .login_delay_seconds = 900}));
    EXPECT_EQ(learnt({"LOGIN-DELAY 9 USER\r\n"}),
              (capability_set{.login_delay = true, .login_delay_per_user = true, .login_delay_seconds = 9}));
    EXPECT_EQ(learnt({"EXPIRE NEVER\r\n"}), (capability_set{.expire = true}));
    EXPECT_EQ(learnt({"EXPIRE 5 USER\r\n"}),
              (capability_set{.expire = true, .expire_per_user = true, .expire_days = 5}));
    EXPECT_EQ(learnt({"STLS\r\n", "AUTH-RESP-CODE\r\n"}), (capability_set{.stls = true, .auth_resp_code = true}));
    EXPECT_EQ(learnt({"UTF8\r\n", "LANG\r\n"}), (capability_set{.utf8 = true, .lang = true}));
    EXPECT_EQ(learnt({"UTF8 USER\r\n"}), (capability_set{.utf8 = true, .utf8_user = true}));
}

// P-D15: the last line counts, of all it says. Mechanisms add up.
TEST(capability, that_comes_twice) {
    EXPECT_EQ(learnt({"EXPIRE 60 USER\r\n", "EXPIRE 0\r\n"}), (capability_set{.expire = true, .expire_days = 0}));
    EXPECT_EQ(learnt({"LOGIN-DELAY 9 USER\r\n", "TOP\r\n", "LOGIN-DELAY 7\r\n"}),
              (capability_set{.top = true, .login_delay = true, .login_delay_seconds = 7}));
    EXPECT_EQ(learnt({"UTF8 USER\r\n", "UTF8\r\n"}), (capability_set{.utf8 = true}));
    EXPECT_EQ(learnt({"SASL PLAIN\r\n", "SASL\r\n", "SASL scram-sha-256 X PLAIN\r\n", "TOP\r\n", "TOP\r\n"}),
              (capability_set{.top = true, .sasl = true, .mechanisms = mechanisms({"PLAIN", "SCRAM-SHA-256"})}));
}

} // namespace
} // namespace mailwire::pop3::test
