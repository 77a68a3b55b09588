// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/body_extension.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

std::string structure_with(std::string_view extensions) {
    return "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL NIL NIL " + std::string(extensions) +
           "))\r\n";
}

TEST(body_extension, rows) {
    const std::string all[] = {structure_with("NIL"), structure_with("\"a\\\"b\""), structure_with("{3}\r\na\"b"),
                               structure_with("9223372036854775807"), structure_with("(1 \"a\" (NIL 2)) 3 NIL")};
    test::good_responses({
        {"B6-18", all[0]},
        {"B6-18", all[1]},
        {"B6-18", all[2], structure_with("\"a\\\"b\"")},
        {"B6-18", all[3]},
        {"B6-18", all[4]},
    });
    test::bad_responses({
        {"B6-18", structure_with("()"), errc::syntax, 72},
        {"B6-18", structure_with("(1(2))"), errc::syntax, 73},
        {"B6-18", structure_with("a"), errc::syntax, 71},
    });
}

TEST(body_extension, fields) {
    const std::string wire = structure_with("(1 \"a\" (NIL 2)) 3");
    token tape[64];
    const auto r = parse_response(wire, tape);
    ASSERT_TRUE(r);
    const auto body = r.value.as<fetch_data>().att.get<body_structure>();
    ASSERT_TRUE(body);
    ASSERT_EQ(body->extensions.size(), 2U);
    const body_extension list = body->extensions[0];
    ASSERT_EQ(list.list.size(), 3U);
    EXPECT_EQ(list.list[0].number, 1U);
    EXPECT_EQ(list.list[1].value, text("a"));
    EXPECT_TRUE(list.list[2].list[0].value.is_nil());
    EXPECT_EQ(list.list[2].list[1].number, 2U);
    EXPECT_EQ(body->extensions[1].number, 3U);
}

} // namespace
} // namespace mailwire::imap
