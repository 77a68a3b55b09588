// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/response.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(response, kinds) {
    struct {
        std::string_view wire;
        response_kind kind;
        std::string_view tag;
        bool number;
        bool unknown;
    } const rows[] = {
        {"* OK x\r\n", response_kind::status, "", false, false},
        {"* BYE\r\n", response_kind::status, "", false, false},
        {"a1 NO x\r\n", response_kind::tagged, "a1", false, false},
        {"+ x\r\n", response_kind::continuation, "", false, false},
        {"* FLAGS ()\r\n", response_kind::data, "", false, false},
        {"* 5 EXISTS\r\n", response_kind::data, "", true, false},
        {"* 5 EXPUNGE\r\n", response_kind::data, "", true, false},
        {"* X-FOO 5\r\n", response_kind::data, "", false, true},
        {"* 5 X-FOO\r\n", response_kind::data, "", true, true},
        {"* SEARCH\r\n", response_kind::data, "", false, false},
    };
    token tape[16];
    for (const auto& row : rows) {
        const auto parsed = parse_response(row.wire, tape);
        ASSERT_TRUE(parsed) << row.wire;
        EXPECT_EQ(parsed.value.kind(), row.kind) << row.wire;
        EXPECT_EQ(parsed.value.tag(), row.tag) << row.wire;
        EXPECT_EQ(parsed.value.has_number(), row.number) << row.wire;
        EXPECT_EQ(parsed.value.is_unknown(), row.unknown) << row.wire;
    }
}

// A18: what "+" carries is told by whoever waits for it.
TEST(response, continuation) {
    token tape[4];
    EXPECT_EQ(parse_response("+ YGgG\r\n", tape).value.continuation(), "YGgG");
    EXPECT_EQ(parse_response("+ [ALERT] x\r\n", tape).value.continuation(), "[ALERT] x");
    EXPECT_EQ(parse_response("+ \r\n", tape).value.continuation(), "");
}

TEST(response, unknown_data_has_a_name_and_a_rest) {
    token tape[8];
    const auto data = parse_response("* X-FOO a {1}\r\n( b\r\n", tape).value.data<slot::response_data>();
    EXPECT_EQ(data.name(), text("X-FOO"));
    EXPECT_EQ(data.rest(), "a {1}\r\n( b");
    const auto numbered = parse_response("* 12 X-FOO\r\n", tape).value.data<slot::message_data>();
    EXPECT_EQ(numbered.name(), text("X-FOO"));
    EXPECT_EQ(numbered.rest(), "");
}

TEST(response, calls_the_first_function_that_takes_it) {
    token tape[16];
    const auto called = [&tape](std::string_view wire) {
        std::string result;
        on(
            parse_response(wire, tape).value, [&](const exists& e) { result = "exists " + std::to_string(e.value); },
            [&](const flags_data&) { result = "flags"; },
            [&](const status_response& s) { result = "status " + std::string(s.text); },
            [&](const response&) { result = "other"; });
        return result;
    };
    EXPECT_EQ(called("* 7 EXISTS\r\n"), "exists 7");
    EXPECT_EQ(called("* FLAGS ()\r\n"), "flags");
    EXPECT_EQ(called("* OK x\r\n"), "status x");
    EXPECT_EQ(called("a NO y\r\n"), "status y");
    EXPECT_EQ(called("* 7 EXPUNGE\r\n"), "other");
    EXPECT_EQ(called("+ x\r\n"), "other");
    EXPECT_FALSE(on(parse_response("+ x\r\n", tape).value, [](const exists&) {}));
}

} // namespace
} // namespace mailwire::imap
