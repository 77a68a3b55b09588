// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/command.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(command, has_a_tag_and_a_value) {
    token tape[16];
    const auto parsed = parse_command("A.1-x] SELECT b\r\n", tape);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.value.tag(), "A.1-x]");
    EXPECT_TRUE(parsed.value.value().known());
    EXPECT_TRUE(parsed.value.value().is<select>());
    EXPECT_FALSE(parsed.value.value().is<examine>());
}

TEST(command, of_an_unknown_word_is_one) {
    token tape[16];
    const auto parsed = parse_command("a X-FOO b (\"c\r\n", tape);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.value.tag(), "a");
    EXPECT_FALSE(parsed.value.value().known());
    EXPECT_EQ(parsed.value.value().name(), text("X-FOO"));
    EXPECT_EQ(parsed.value.value().rest(), "b (\"c");
}

TEST(command, calls_the_first_function_that_takes_it) {
    token tape[16];
    const auto parsed = parse_command("a EXAMINE b\r\n", tape);
    std::string called;
    EXPECT_TRUE(on(
        parsed.value, [&](const noop&) { called += "noop"; }, [&](const examine& e) { called += e.mailbox.spelled(); },
        [&](const item<slot::command>&) { called += "other"; }));
    EXPECT_EQ(called, "b");
    EXPECT_TRUE(on(
        parsed.value, [&](const item<slot::command>&) { called += "other"; },
        [&](const examine&) { called += "late"; }));
    EXPECT_EQ(called, "bother");
    EXPECT_FALSE(on(parsed.value, [&](const noop&) { called += "noop"; }));
    EXPECT_EQ(called, "bother");
}

} // namespace
} // namespace mailwire::imap
