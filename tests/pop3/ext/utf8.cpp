// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/ext/utf8.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

std::array<token, tokens_of_a_line> tape;

template <typename Command> std::string written(const Command& command) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_command(sink, command);
    return fault == misuse::none ? line : name_of(fault);
}

static_assert(utf8::role() == command_role::utf8 && utf8::answer() == answer_form::text);
static_assert(lang::role() == command_role::anywhere);
static_assert(lang{}.answer() == answer_form::languages && lang{"en"}.answer() == answer_form::language);
static_assert(lang{"*"}.answer() == answer_form::language);
static_assert(is_multi_line(answer_form::languages) && !is_multi_line(answer_form::language));

TEST(utf8, commands) {
    EXPECT_EQ(written(utf8{}), "UTF8\r\n");
    EXPECT_EQ(written(lang{}), "LANG\r\n");
    EXPECT_EQ(written(lang{"*"}), "LANG *\r\n");
    EXPECT_EQ(written(lang{"zh-Hant"}), "LANG zh-Hant\r\n");
    EXPECT_TRUE(parse_command("utf8\r\n", tape).value.is<utf8>());
    EXPECT_EQ(parse_command("LANG\r\n", tape).value.as<lang>().range, "");
    EXPECT_EQ(parse_command("lang en-boont\r\n", tape).value.as<lang>().range, "en-boont");
    EXPECT_EQ(parse_command("LANG *\r\n", tape).value.as<lang>().range, "*");
}

TEST(utf8, ranges_that_no_line_can_carry_are_refused) {
    for (const std::string_view bad : {" ", "en de", "en_US", "en-", "**", "en-*", "en\r\nQUIT", "\xc3\xa9"}) {
        EXPECT_EQ(written(lang{bad}), "bad value") << bad;
    }
}

TEST(utf8, capabilities) {
    const auto read = [](std::string_view line) {
        capability_set set;
        const auto result = parse_capability(line, tape);
        EXPECT_TRUE(result) << line;
        visit<everything>(result.value, [&](const auto& one) {
            if constexpr (requires { one.learn(set); }) one.learn(set);
        });
        return set;
    };
    EXPECT_EQ(read("UTF8\r\n"), (capability_set{.utf8 = true}));
    EXPECT_EQ(read("UTF8 USER\r\n"), (capability_set{.utf8 = true, .utf8_user = true}));
    EXPECT_EQ(read("utf8 user\r\n"), (capability_set{.utf8 = true, .utf8_user = true}));
    EXPECT_EQ(read("LANG\r\n"), (capability_set{.lang = true}));
    std::string lines;
    string_sink sink(lines);
    EXPECT_EQ(write_listed(sink, capability::utf8{}), misuse::none);
    EXPECT_EQ(write_listed(sink, capability::utf8{true}), misuse::none);
    EXPECT_EQ(write_listed(sink, capability::lang{}), misuse::none);
    EXPECT_EQ(lines, "UTF8\r\nUTF8 USER\r\nLANG\r\n");
}

// RFC 6856 5
TEST(utf8, response_code) {
    EXPECT_TRUE(parse_reply("-ERR [UTF8] not without UTF8\r\n", answer_form::body).value.code.is(code::utf8));
    EXPECT_FALSE(parse_reply("-ERR [UTF-8] x\r\n", answer_form::body).value.code.is(code::utf8));
}

} // namespace
} // namespace mailwire::pop3::test
