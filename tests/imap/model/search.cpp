// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/search.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(search, is_read_and_written) {
    test::good_commands({
        {"B4-4", "a1 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith x\"\r\n"},
        {"B4-5", "a1 SEARCH RETURN (MIN COUNT) FLAGGED\r\n"},
        {"B4-5", "a1 SEARCH RETURN () FLAGGED\r\n"},
        {"B4-6", "a1 SEARCH RETURN (ALL) CHARSET UTF-8 TEXT {4+}\r\n\xd0\xbc\xd0\xb0\r\n",
         "a1 SEARCH RETURN (ALL) CHARSET UTF-8 TEXT \"\xd0\xbc\xd0\xb0\"\r\n"},
        {"B7-11", "a1 SEARCH return (min max all count) ALL\r\n", "a1 SEARCH RETURN (MIN MAX ALL COUNT) ALL\r\n"},
        {"B7-12", "a1 SEARCH RETURN (SAVE) SEEN\r\n"},
        {"X-4731-1", "a1 UID SEARCH RETURN (MIN COUNT) 1:100\r\n"},
        {"X-5182-1", "a1 SEARCH RETURN (SAVE MIN) ALL\r\n"},
        {"X-5182-2", "a1 UID SEARCH RETURN (SAVE) $ OR $ 1,3000:3021\r\n"},
        {"X-4466-6", "a1 SEARCH RETURN (FOO (a b) MIN BAR 1:5 BAZ) ALL\r\n"},
        {"O-14", "a1 SEARCH CHARSET \"KOI8-R\" ALL\r\n", "a1 SEARCH CHARSET KOI8-R ALL\r\n"},
    });
    test::bad_commands({
        {"B4-5", "a1 SEARCH RETURN ALL\r\n", errc::syntax, 17},
        {"B4-5", "a1 SEARCH RETURN (MIN)\r\n", errc::syntax, 22},
        {"B4-5", "a1 SEARCH RETURN (MIN) \r\n", errc::syntax, 23},
        {"B4-5", "a1 SEARCH RETURN (MIN MAX ) ALL\r\n", errc::syntax, 26},
        {"P2", "a1 SEARCH RETURN (MIN 5) ALL\r\n", errc::syntax, 22},
        {"X-4466-6", "a1 SEARCH RETURN (FOO \"x\") ALL\r\n", errc::syntax, 22},
        {"B4-6", "a1 SEARCH CHARSET UTF-8 RETURN (ALL) ALL\r\n", errc::syntax, 24},
        {"B4-6", "a1 SEARCH CHARSET {5+}\r\nUTF-8 ALL\r\n", errc::syntax, 18},
        {"P12", "a1 SEARCH  RETURN () ALL\r\n", errc::syntax, 10},
    });
}

TEST(search, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value().get<search>(); };
    EXPECT_FALSE(read("a SEARCH ALL\r\n")->returns);
    const auto none = read("a SEARCH RETURN () ALL\r\n");
    ASSERT_TRUE(none->returns);
    EXPECT_TRUE(none->returns->empty());
    const auto some = read("a SEARCH RETURN (SAVE X-FOO 1:5) CHARSET X 5 ALL\r\n");
    EXPECT_EQ(some->charset, text("X"));
    EXPECT_EQ(some->keys.size(), 2U);
    EXPECT_EQ(some->returns->size(), 2U);
    EXPECT_TRUE(some->returns->get<search_return::save>());
    EXPECT_FALSE(some->returns->get<search_return::all>());
    EXPECT_EQ((*some->returns)[1].name(), text("X-FOO"));
    EXPECT_EQ((*some->returns)[1].rest(), "1:5");
}

template <typename Command> std::string written(const Command& value) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", value) == misuse::none ? result : "refused";
}

TEST(search, is_written_from_a_program) {
    const search_key keys[] = {sequence_set("1:*")};
    EXPECT_EQ(written(search{.keys = keys}), "a SEARCH 1:*\r\n");
    EXPECT_EQ(written(uid_search{.charset = "X", .keys = keys}), "a UID SEARCH CHARSET X 1:*\r\n");
    EXPECT_EQ(written(search{.keys = keys, .returns = items<slot::search_return_opt>()}), "a SEARCH RETURN () 1:*\r\n");
    const search_return::min min;
    const search_return::count count;
    const item<slot::search_return_opt> options[] = {min, count};
    EXPECT_EQ(written(search{.keys = keys, .returns = items<slot::search_return_opt>(options)}),
              "a SEARCH RETURN (MIN COUNT) 1:*\r\n");
    EXPECT_EQ(written(search{}), "refused");
    EXPECT_EQ(written(search{.charset = "a\nb", .keys = keys}), "refused");
    const item<slot::search_return_opt> nothing[] = {{}};
    EXPECT_EQ(written(search{.keys = keys, .returns = items<slot::search_return_opt>(nothing)}), "refused");
}

} // namespace
} // namespace mailwire::imap
