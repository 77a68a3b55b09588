// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/data.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

TEST(data, is_read_and_written) {
    test::good_responses({
        {"B5-6", "* CAPABILITY STARTTLS AUTH=GSSAPI IMAP4rev2 XPIG-LATIN\r\n"},
        {"P11", "* CAPABILITY IMAP4rev1\r\n"},
        {"P11", "* CAPABILITY X}Y\r\n"},
        {"B5-11", "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Junk)\r\n"},
        {"B5-11", "* FLAGS ()\r\n"},
        {"O", "* SEARCH 2 3 6\r\n"},
        {"O", "* SEARCH\r\n"},
        {"B5-12", "* 23 EXISTS\r\n"},
        {"B5-12", "* 0 exists\r\n", "* 0 EXISTS\r\n"},
        {"L-11", "* 007 EXISTS\r\n", "* 7 EXISTS\r\n"},
        {"O", "* 4294967295 RECENT\r\n"},
        {"B5-13", "* 44 EXPUNGE\r\n"},
        {"B5-14", "* 23 FETCH (FLAGS (\\Seen) RFC822.SIZE 44827 UID 447)\r\n"},
    });
}

TEST(data, is_refused) {
    test::bad_responses({
        {"B5", "* 0 FETCH (UID 1)\r\n", errc::syntax, 4},
        {"B5", "* 0 EXPUNGE\r\n", errc::syntax, 4},
        {"B5", "* 01 EXPUNGE\r\n", errc::syntax, 5},
        {"B5", "* 4294967296 EXISTS\r\n", errc::number_too_big, 2},
        {"B5", "* 4294967296 FETCH (UID 1)\r\n", errc::number_too_big, 2},
        {"B5-14", "* 1 FETCH ()\r\n", errc::syntax, 11},
        {"B5-14", "* 1 FETCH (UID 1\r\n", errc::syntax, 16},
        {"B5-14", "* 1 FETCH (UID 1) \r\n", errc::syntax, 17},
        {"B5-14", "* 1 FETCH UID 1\r\n", errc::syntax, 10},
        {"B5-14", "* FETCH 1 (UID 1)\r\n", errc::none, 0},
        {"B5-12", "* 23 EXISTS \r\n", errc::syntax, 11},
        {"B5-12", "* 23  EXISTS\r\n", errc::syntax, 5},
        {"B5-6", "* CAPABILITY\r\n", errc::syntax, 12},
        {"B5-6", "* CAPABILITY \"IMAP4rev1\"\r\n", errc::syntax, 13},
        {"A3", "* CAPABILITY a]b\r\n", errc::syntax, 14},
        {"P3", "* FLAGS (\\Recent)\r\n", errc::syntax, 9},
        {"P3", "* FLAGS (\\*)\r\n", errc::syntax, 10},
        {"B5-11", "* FLAGS\r\n", errc::syntax, 7},
        {"O", "* SEARCH 0\r\n", errc::syntax, 9},
        {"P12", "* SEARCH 1 \r\n", errc::syntax, 11},
        {"O", "* SEARCH 1,2\r\n", errc::syntax, 10},
    });
}

TEST(data, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_response(wire, tape).value; };
    EXPECT_EQ(read("* CAPABILITY A B\r\n").as<capability_data>(), (capability_data{{"A", "B"}}));
    EXPECT_EQ(read("* FLAGS (\\Seen a)\r\n").as<flags_data>(), (flags_data{{"\\Seen", "a"}}));
    EXPECT_EQ(read("* 7 EXISTS\r\n").as<exists>(), exists{7});
    EXPECT_EQ(read("* 7 RECENT\r\n").as<recent>(), recent{7});
    EXPECT_EQ(read("* 7 EXPUNGE\r\n").as<expunge_data>(), expunge_data{7});
    EXPECT_FALSE(read("* 7 EXPUNGE\r\n").is<exists>());
    const auto fetch = read("* 23 FETCH (UID 447 FLAGS ())\r\n").as<fetch_data>();
    EXPECT_EQ(fetch.number, 23U);
    EXPECT_EQ(fetch.att.get<uid>(), uid{447});
}

template <typename Data> std::string written(const Data& value) {
    std::string result;
    string_sink out(result);
    return write_data(out, value) == misuse::none ? result : "refused";
}

TEST(data, written_from_a_program) {
    EXPECT_EQ(written(exists{0}), "* 0 EXISTS\r\n");
    const std::uint32_t numbers[] = {1, 4294967295U};
    EXPECT_EQ(written(search_data{numbers}), "* SEARCH 1 4294967295\r\n");
    const uid one{7};
    const text names[] = {"\\Seen", "\\Recent"};
    const flags two{names};
    const item<slot::msg_att> att[] = {one, two};
    EXPECT_EQ(written(fetch_data{3, items<slot::msg_att>(att)}), "* 3 FETCH (UID 7 FLAGS (\\Seen \\Recent))\r\n");
}

TEST(data, refuses_what_has_no_place) {
    EXPECT_EQ(written(expunge_data{0}), "refused");
    EXPECT_EQ(written(fetch_data{0, {}}), "refused");
    EXPECT_EQ(written(fetch_data{1, {}}), "refused");
    const item<slot::msg_att> nothing[] = {{}};
    EXPECT_EQ(written(fetch_data{1, items<slot::msg_att>(nothing)}), "refused");
    EXPECT_EQ(written(flags_data{{"\\Recent"}}), "refused");
    EXPECT_EQ(written(flags_data{{"\\*"}}), "refused");
    EXPECT_EQ(written(flags_data{{""}}), "refused");
    EXPECT_EQ(written(capability_data{{"a b"}}), "refused");
    const std::uint32_t numbers[] = {1, 0};
    EXPECT_EQ(written(search_data{numbers}), "refused");
}

} // namespace
} // namespace mailwire::imap
