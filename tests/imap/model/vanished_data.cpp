// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/vanished_data.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(vanished_data, is_read_and_written) {
    test::good_responses({
        {"X-5162/7162-4", "* VANISHED 405,407,410,425\r\n"},
        {"X-5162/7162-4", "* VANISHED (EARLIER) 300:310,405,411\r\n"},
        {"X-9586-2", "* vanished (earlier) 405\r\n", "* VANISHED (EARLIER) 405\r\n"},
    });
    test::bad_responses({
        {"X-5162/7162-4", "* VANISHED\r\n", errc::syntax, 10},
        {"X-5162/7162-4", "* VANISHED 1:*\r\n", errc::syntax, 13},
        {"X-5162/7162-4", "* VANISHED $\r\n", errc::syntax, 11},
        {"X-5162/7162-4", "* VANISHED 0\r\n", errc::syntax, 11},
        {"X-5162/7162-4", "* VANISHED (EARLIER)\r\n", errc::syntax, 20},
        {"X-5162/7162-4", "* VANISHED (EARLIER)300:310\r\n", errc::syntax, 20},
        {"X-5162/7162-4", "* VANISHED (LATER) 1\r\n", errc::syntax, 11},
        {"X-5162/7162-4", "* VANISHED 1 2\r\n", errc::syntax, 12},
    });
}

TEST(vanished_data, fields) {
    token tape[16];
    const auto read = [&tape](std::string_view wire) { return parse_response(wire, tape).value.as<vanished_data>(); };
    EXPECT_EQ(read("* VANISHED 1:3\r\n"), (vanished_data{"1:3", false}));
    EXPECT_EQ(read("* VANISHED (EARLIER) 1:3\r\n"), (vanished_data{"1:3", true}));
    const auto written = [](const vanished_data& value) {
        std::string result;
        string_sink out(result);
        return write_data(out, value) == misuse::none ? result : "refused";
    };
    EXPECT_EQ(written({7U, true}), "* VANISHED (EARLIER) 7\r\n");
    EXPECT_EQ(written({"1:*", false}), "refused");
    EXPECT_EQ(written({sequence_set::last_result(), false}), "refused");
    EXPECT_EQ(written({{}, false}), "refused");
}

} // namespace
} // namespace mailwire::imap
