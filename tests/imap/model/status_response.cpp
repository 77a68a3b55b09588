// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/status_response.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(status_response, is_read) {
    struct {
        std::string_view wire;
        imap::condition condition;
        std::string_view text;
        bool code;
    } const rows[] = {
        {"* OK a b\r\n", condition::ok, "a b", false},        {"* no x\r\n", condition::no, "x", false},
        {"* Bad x\r\n", condition::bad, "x", false},          {"* bYE\r\n", condition::bye, "", false},
        {"* OK [ALERT] x\r\n", condition::ok, "x", true},     {"* OK [ALERT]  x \r\n", condition::ok, " x ", true},
        {"* OK [ALERT]\r\n", condition::ok, "", true},        {"* OK [X-FOO 1] [2]\r\n", condition::ok, "[2]", true},
        {"a NO [TRYCREATE] x\r\n", condition::no, "x", true},
    };
    token tape[16];
    for (const auto& row : rows) {
        const auto parsed = parse_response(row.wire, tape);
        ASSERT_TRUE(parsed) << row.wire;
        const status_response status = parsed.value.status();
        EXPECT_EQ(status.condition, row.condition) << row.wire;
        EXPECT_EQ(status.text, row.text) << row.wire;
        EXPECT_EQ(bool(status.code), row.code) << row.wire;
    }
    EXPECT_EQ(parse_greeting("* PREAUTH hi\r\n", tape).value.status().condition, condition::preauth);
}

TEST(status_response, gives_its_code) {
    token tape[16];
    const auto parsed = parse_response("a OK [APPENDUID 38505 3955] done\r\n", tape);
    const status_response status = parsed.value.status();
    EXPECT_TRUE(status.code.is<code_appenduid>());
    EXPECT_FALSE(status.code.is<code_alert>());
    ASSERT_TRUE(status.code.get<code_appenduid>());
    EXPECT_EQ(status.code.get<code_appenduid>()->uidvalidity, 38505U);
    const auto unknown = parse_response("a OK [X-FOO (a b)] done\r\n", tape).value.status().code;
    EXPECT_FALSE(unknown.known());
    EXPECT_EQ(unknown.name(), text("X-FOO"));
    EXPECT_EQ(unknown.rest(), "(a b)");
}

std::string written(const status_response& value, const write_options& options = {}) {
    std::string result;
    string_sink out(result);
    return write_tagged(out, "a", value, options) == misuse::none ? result : "refused";
}

TEST(status_response, is_written) {
    EXPECT_EQ(written({condition::ok, {}, "done"}), "a OK done\r\n");
    EXPECT_EQ(written({condition::no, code_trycreate{}, "no such mailbox"}), "a NO [TRYCREATE] no such mailbox\r\n");
    EXPECT_EQ(written({condition::bad, {}, ""}), "a BAD -\r\n");
    EXPECT_EQ(written({condition::ok, code_closed{}, ""}), "a OK [CLOSED] -\r\n");
    EXPECT_EQ(written({condition::ok, code_closed{}, "[x"}), "a OK [CLOSED] [x\r\n");
    EXPECT_EQ(written({condition::ok, {}, "\xd0\xbc"}, {.utf8 = true}), "a OK \xd0\xbc\r\n");
}

// F5: text of a person or of a mailbox gives no second line and no code.
TEST(status_response, is_one_line_or_none) {
    for (const std::string_view text : {"[x", "a\rb", "a\nb", "a\r\n* 99 EXPUNGE", "\xd0\xbc"}) {
        EXPECT_EQ(written({condition::ok, {}, text}), "refused");
    }
    EXPECT_EQ(written({condition::ok, {}, std::string_view("a\0b", 3)}), "refused");
    EXPECT_EQ(written({condition::ok, {}, "a\xff"}, {.utf8 = true}), "refused");
    EXPECT_EQ(written({condition::bye, {}, "x"}), "refused"); // never behind a tag
    EXPECT_EQ(written({condition::preauth, {}, "x"}), "refused");
    EXPECT_EQ(written({condition::ok, code_uidnext{0}, "x"}), "refused");
}

} // namespace
} // namespace mailwire::imap
