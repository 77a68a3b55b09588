// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/esearch_data.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(esearch_data, is_read_and_written) {
    test::good_responses({
        {"B5-10", "* ESEARCH\r\n"},
        {"B5-10", "* ESEARCH (TAG \"a1\")\r\n"},
        {"B5-10", "* ESEARCH UID\r\n"},
        {"B5-10", "* ESEARCH (TAG \"a1\") UID COUNT 17 ALL 4:18,21,28\r\n"},
        {"B5-10", "* esearch (tag a1) uid count 0\r\n", "* ESEARCH (TAG \"a1\") UID COUNT 0\r\n"},
        {"A14", "* ESEARCH (TAG {4}\r\nA284) COUNT 3\r\n", "* ESEARCH (TAG \"A284\") COUNT 3\r\n"},
        {"B7-11", "* ESEARCH (TAG \"a1\") MIN 2 MAX 47 ALL 2,10:15,47 COUNT 8\r\n"},
        {"B7-13", "* ESEARCH (TAG \"h\") ALL 1:3,5,8\r\n"},
        {"B7-13", "* ESEARCH ALL *\r\n"},
        {"B7-14", "* ESEARCH (TAG \"h\") X-FUTURE (a 1) COUNT 2\r\n"},
        {"B7-14", "* ESEARCH X 5 X 1:* X 9223372036854775807 X ()\r\n"},
        {"A14", "* ESEARCH (TAG \"C01\") UID ADDTO (1 2733) ADDTO (1 2731:2732)\r\n"},
    });
    test::bad_responses({
        {"P7", "* ESEARCH UID (TAG \"a\")\r\n", errc::syntax, 14},
        {"P7", "* ESEARCH COUNT 1 UID\r\n", errc::syntax, 18},
        {"P7", "* ESEARCH COUNT 1 UID 5\r\n", errc::syntax, 18},
        {"P7", "* ESEARCH COUNT 1 (TAG \"a\")\r\n", errc::syntax, 18},
        {"P7", "* ESEARCH (TAG \"A\") ALL $\r\n", errc::syntax, 24},
        {"P2", "* ESEARCH (TAGS \"a\")\r\n", errc::syntax, 14},
        {"P2", "* ESEARCH MIN 0\r\n", errc::syntax, 14},
        {"P2", "* ESEARCH MAX (1)\r\n", errc::syntax, 14},
        {"P2", "* ESEARCH COUNT 4294967296\r\n", errc::number_too_big, 16},
        {"B7-13", "* ESEARCH ALL\r\n", errc::syntax, 13},
        {"B7-14", "* ESEARCH X-NEW \"b\"\r\n", errc::syntax, 16},
        {"B7-14", "* ESEARCH X-NEW\r\n", errc::syntax, 15},
        {"P12", "* ESEARCH (TAG \"A\")COUNT 3\r\n", errc::syntax, 19},
        {"P12", "* ESEARCH  COUNT 3\r\n", errc::syntax, 10},
        {"P12", "* ESEARCH COUNT 3 \r\n", errc::syntax, 18},
    });
}

TEST(esearch_data, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_response(wire, tape).value.as<esearch_data>(); };
    const auto nothing = read("* ESEARCH\r\n");
    EXPECT_TRUE(nothing.tag.is_nil());
    EXPECT_FALSE(nothing.uids);
    EXPECT_TRUE(nothing.results.empty());
    const auto some = read("* ESEARCH (TAG \"a\\\"1\") UID MIN 2 MAX 47 X-FOO (a 1) ALL 2,47 COUNT 8\r\n");
    EXPECT_EQ(some.tag, text("a\"1"));
    EXPECT_TRUE(some.uids);
    EXPECT_EQ(some.results.size(), 5U);
    EXPECT_EQ(some.results.get<found::min>(), found::min{2});
    EXPECT_EQ(some.results.get<found::max>(), found::max{47});
    EXPECT_EQ(some.results.get<found::all>(), found::all{"2,47"});
    EXPECT_EQ(some.results.get<found::count>(), found::count{8});
    EXPECT_FALSE(some.results[2].known());
    EXPECT_EQ(some.results[2].name(), text("X-FOO"));
    EXPECT_EQ(some.results[2].rest(), "(a 1)");
    EXPECT_TRUE(read("* ESEARCH UID\r\n").uids);
    EXPECT_FALSE(read("* ESEARCH COUNT 1\r\n").uids);
}

std::string written(const esearch_data& value) {
    std::string result;
    string_sink out(result);
    return write_data(out, value) == misuse::none ? result : "refused";
}

TEST(esearch_data, is_written_from_a_program) {
    EXPECT_EQ(written({}), "* ESEARCH\r\n");
    const found::all all{"1:3,7"};
    const found::count count{4};
    const item<slot::search_return_data> both[] = {all, count};
    EXPECT_EQ(written({"a1", true, items<slot::search_return_data>(both)}),
              "* ESEARCH (TAG \"a1\") UID ALL 1:3,7 COUNT 4\r\n");
    const auto alone = [](const auto& value) {
        const item<slot::search_return_data> one[] = {value};
        return written({"a", false, items<slot::search_return_data>(one)});
    };
    EXPECT_EQ(alone(found::all{sequence_set::last_result()}), "refused");
    EXPECT_EQ(alone(found::all{}), "refused");
    EXPECT_EQ(alone(found::min{0}), "refused");
    EXPECT_EQ(alone(found::max{0}), "refused");
    EXPECT_EQ(written({std::string_view("a\0", 2), false, {}}), "refused");
}

} // namespace
} // namespace mailwire::imap
