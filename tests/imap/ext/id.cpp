// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/id.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using test::expect_rule;
using test::refused;

TEST(id, is_read_and_written) {
    test::good_commands({
        {"X-2971-1", "a1 ID (\"name\" \"sodr\" \"version\" \"19.34\" \"vendor\" NIL)\r\n"},
        {"X-2971-1", "a1 id nil\r\n", "a1 ID NIL\r\n"},
        {"X-2971-2", "a1 ID ()\r\n", "a1 ID NIL\r\n", true},
        {"L-9", "a1 ID (\"name\" {1+}\r\nx)\r\n", "a1 ID (\"name\" \"x\")\r\n"},
        {"X-2971-1", "a1 ID (\"name\" {2}\r\n\r\n)\r\n"},
    });
    test::good_responses({
        {"X-2971-1", "* ID (\"name\" \"Cyrus\" \"os\" \"sunos\")\r\n"},
        {"X-2971-2", "* ID NIL\r\n"},
        {"X-2971-3", "* ID ()\r\n", "* ID NIL\r\n", true},
    });
    test::bad_commands({
        {"X-2971-1", "a1 ID\r\n", errc::syntax, 5},
        {"X-2971-1", "a1 ID (\"name\")\r\n", errc::syntax, 13},
        {"X-2971-1", "a1 ID (name \"x\")\r\n", errc::syntax, 7},
        {"X-2971-1", "a1 ID (NIL \"x\")\r\n", errc::syntax, 7},
        {"X-2971-1", "a1 ID (\"name\" x)\r\n", errc::syntax, 14},
        {"X-2971-1", "a1 ID \"name\"\r\n", errc::syntax, 6},
    });
    test::bad_responses({
        {"X-2971-3", "* ID (\"name\" \"Cyrus\" \"version\")\r\n", errc::syntax, 30},
        {"X-2971-3", "* ID (\"a\" \"b\" )\r\n", errc::syntax, 14},
    });
    expect_rule<grammar::id_params_list>({{"NIL", 3}, {"()", 2}, {"(\"a\" NIL)", 9}, {"(NIL NIL)", refused}});
}

TEST(id, fields) {
    token tape[32];
    const auto command = parse_command("a ID (\"name\" \"x\" \"vendor\" NIL)\r\n", tape).value.value().get<id>();
    ASSERT_TRUE(command);
    EXPECT_EQ(command->fields, (seq_of<id_field>{{"name", "x"}, {"vendor", text::nil()}}));
    EXPECT_TRUE(parse_command("a ID NIL\r\n", tape).value.value().as<id>().fields.empty());
    const auto data = parse_response("* ID (\"os\" \"sunos\")\r\n", tape).value.as<id_data>();
    EXPECT_EQ(data, (id_data{{{"os", "sunos"}}}));
}

std::string written(const seq_of<id_field>& fields) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", id{fields}) == misuse::none ? result : "refused";
}

TEST(id, is_written_from_a_program) {
    EXPECT_EQ(written({}), "a ID NIL\r\n");
    EXPECT_EQ(written({{"name", "a \"b\""}, {"os", text::nil()}}), "a ID (\"name\" \"a \\\"b\\\"\" \"os\" NIL)\r\n");
}

// X-2971-2: what the RFC does not let a program send, a parser takes all the same.
TEST(id, limits) {
    const std::string name(30, 'n');
    const std::string value(1024, 'v');
    EXPECT_NE(written({{name, value}}), "refused");
    EXPECT_EQ(written({{name + 'n', "x"}}), "refused");
    EXPECT_EQ(written({{"x", value + 'v'}}), "refused");
    EXPECT_EQ(written({{"name", "x"}, {"NAME", "y"}}), "refused");
    EXPECT_EQ(written({{text::nil(), "x"}}), "refused");
    std::vector<std::string> names;
    for (int i = 0; i != 31; ++i)
        names.push_back("f" + std::to_string(i));
    std::vector<id_field> fields;
    std::string wire = "* ID (";
    for (const std::string& each : names) {
        fields.push_back({each, "x"});
        wire += "\"" + each + "\" \"x\" ";
    }
    EXPECT_EQ(written(std::span<const id_field>(fields)), "refused");
    EXPECT_NE(written(std::span<const id_field>(fields).first(30)), "refused");
    wire.back() = ')';
    token tape[128];
    wire += "\r\n";
    const auto parsed = parse_response(wire, tape);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.value.as<id_data>().fields.size(), 31U);
}

static_assert(id_extension::capability == "ID");

} // namespace
} // namespace mailwire::imap
