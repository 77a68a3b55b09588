// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/namespace.hpp"

#include "imap/tolerated.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(namespace_, is_read_and_written) {
    test::good_commands({{"B3-14", "a1 NAMESPACE\r\n"}, {"X-2342-1", "a1 namespace\r\n", "a1 NAMESPACE\r\n"}});
    test::bad_commands({{"B3-14", "a1 NAMESPACE x\r\n", errc::syntax, 12}});
    test::good_responses({
        {"B3-14", "* NAMESPACE ((\"\" \"/\")) NIL ((\"Public/\" \"/\")(\"#ftp/\" \"/\"))\r\n"},
        {"B5-8", "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL NIL\r\n"},
        {"L-9", "* NAMESPACE (({0}\r\n \"/\")) NIL NIL\r\n", "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n"},
        {"X-2342-1", "* NAMESPACE nil NIL ((\"\" \".\"))\r\n", "* NAMESPACE NIL NIL ((\"\" \".\"))\r\n"},
        {"X-2342-2", "* NAMESPACE ((\"\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) ((\"~\" \"/\")) NIL\r\n"},
        {"B5-8", "* NAMESPACE ((\"\" NIL)) ((\"~\" \"\\\\\" \"A\" (\"b\") \"C\" ({2}\r\n\r\n))) NIL\r\n"},
    });
    test::bad_responses({
        {"B5-8", "* NAMESPACE NIL NIL\r\n", errc::syntax, 19},
        {"B5-8", "* NAMESPACE NIL NIL NIL NIL\r\n", errc::syntax, 23},
        {"P12", "* NAMESPACE () NIL NIL\r\n", errc::syntax, 13},
        {"D2", "* NAMESPACE ((\"\" \"/\")) NIL  NIL\r\n", errc::syntax, 27},
        {"D2", "* NAMESPACE ((\"\" \"/\"))((\"Other Users/\" \"/\")) NIL\r\n", errc::syntax, 22},
        {"D2", "* NAMESPACE ((\"\" \"/\") (\"#mh/\" \"/\")) NIL NIL\r\n", errc::syntax, 21},
        {"B5-8", "* NAMESPACE ((\"\" \"/\" \"X-P\" ())) NIL NIL\r\n", errc::syntax, 28},
        {"B5-8", "* NAMESPACE ((NIL \"/\")) NIL NIL\r\n", errc::syntax, 14},
        {"B5-8", "* NAMESPACE ((\"\" \"//\")) NIL NIL\r\n", errc::syntax, 19},
    });
}

// P12, D2
TEST(namespace_, tolerated_forms) {
    test::expect_tolerated(quirks::namespace_spaces, "* NAMESPACE ((\"\" \"/\"))  NIL NIL\r\n");
    test::expect_tolerated(quirks::namespace_spaces, "* NAMESPACE ((\"\" \"/\") (\"#mh/\" \"/\")) NIL NIL\r\n");
    test::expect_tolerated(quirks::empty_list, "* NAMESPACE ((\"\" \"/\")) () NIL\r\n");
    token tape[32];
    const auto parsed = parse_response("* NAMESPACE ((\"\" \"/\") (\"a\" NIL))  () NIL\r\n", tape,
                                       {.dialect = {.quirks = quirks::of_servers}});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed.quirks, quirks::namespace_spaces | quirks::empty_list);
    const auto n = parsed.value.as<namespace_data>();
    ASSERT_EQ(n.personal.size(), 2U);
    EXPECT_EQ(n.personal[1].prefix, text("a"));
    EXPECT_TRUE(n.others.empty());
    EXPECT_TRUE(n.shared.empty());
}

TEST(namespace_, fields) {
    token tape[64];
    const auto parsed = parse_response("* NAMESPACE ((\"\" \"/\")(\"#mh/\" NIL \"X-PARAM\" (\"F1\" \"F2\") \"Y\" "
                                       "(\"z\"))) NIL ((\"Public/\" \"\\\\\"))\r\n",
                                       tape);
    ASSERT_TRUE(parsed);
    const auto n = parsed.value.as<namespace_data>();
    ASSERT_EQ(n.personal.size(), 2U);
    EXPECT_EQ(n.personal[0], (namespace_descriptor{"", "/", {}}));
    EXPECT_EQ(n.personal[1].prefix, text("#mh/"));
    EXPECT_TRUE(n.personal[1].delimiter.is_nil());
    ASSERT_EQ(n.personal[1].extensions.size(), 2U);
    EXPECT_EQ(n.personal[1].extensions[0], (namespace_extension{"X-PARAM", {"F1", "F2"}}));
    EXPECT_EQ(n.personal[1].extensions[1].name, text("Y"));
    EXPECT_TRUE(n.others.empty());
    ASSERT_EQ(n.shared.size(), 1U);
    EXPECT_EQ(n.shared[0].delimiter, text("\\"));
}

std::string written(const namespace_data& value) {
    std::string result;
    string_sink out(result);
    return write_data(out, value) == misuse::none ? result : "refused";
}

TEST(namespace_, is_written_from_a_program) {
    const text values[] = {"a", "b c"};
    const namespace_extension extensions[] = {{"X", values}};
    const namespace_descriptor own[] = {{"", "/", {}}, {"#mh/", text::nil(), extensions}};
    namespace_data n;
    EXPECT_EQ(written(n), "* NAMESPACE NIL NIL NIL\r\n");
    n.shared = own;
    EXPECT_EQ(written(n), "* NAMESPACE NIL NIL ((\"\" \"/\")(\"#mh/\" NIL \"X\" (\"a\" \"b c\")))\r\n");
}

TEST(namespace_, refuses_what_has_no_place) {
    const namespace_extension no_values[] = {{"X", {}}};
    const namespace_descriptor rows[] = {{text::nil(), "/", {}}, {"", "", {}},   {"", "//", {}},
                                         {"", "\xd0\xbc", {}},   {"", "\r", {}}, {"", "/", no_values}};
    for (const namespace_descriptor& row : rows) {
        namespace_data n;
        n.personal = std::span(&row, 1);
        EXPECT_EQ(written(n), "refused");
    }
}

} // namespace
} // namespace mailwire::imap
