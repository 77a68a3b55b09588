// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/uidonly.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(uidonly, responses) {
    test::good_responses({
        {"X-9586-1", "* 25996 UIDFETCH (FLAGS (\\Seen))\r\n"},
        {"X-9586-1", "* 4294967295 uidfetch (UID 5)\r\n", "* 4294967295 UIDFETCH (UID 5)\r\n"},
        {"X-9586-1", "* 1 UIDFETCH (BODY[] {3}\r\nabc)\r\n"},
        {"X-9586-3", "a1 BAD [UIDREQUIRED] Message numbers are not allowed\r\n"},
    });
    test::bad_responses({
        {"X-9586-1", "* 0 UIDFETCH (FLAGS ())\r\n", errc::syntax, 4},
        {"X-9586-1", "* 1 UIDFETCH ()\r\n", errc::syntax, 14},
        {"X-9586-1", "* 1 UIDFETCH\r\n", errc::syntax, 12},
        {"X-9586-1", "* 4294967296 UIDFETCH (FLAGS ())\r\n", errc::number_too_big, 2},
        {"X-9586-3", "a1 BAD [UIDREQUIRED 5] x\r\n", errc::syntax, 19},
    });
}

TEST(uidonly, fields) {
    token tape[16];
    const auto parsed = parse_response("* 7 UIDFETCH (FLAGS (a))\r\n", tape);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed.value.has_number());
    EXPECT_FALSE(parsed.value.is<fetch_data>());
    const auto data = parsed.value.as<uidfetch_data>();
    EXPECT_EQ(data.uid, 7U);
    EXPECT_EQ(data.att.get<flags>(), flags{{"a"}});
    EXPECT_TRUE(parse_response("a BAD [UIDREQUIRED] x\r\n", tape).value.status().code.is<code_uidrequired>());
    EXPECT_EQ(uidonly_extension::capability, "UIDONLY");
}

TEST(uidonly, is_written_from_a_program) {
    const auto written = [](const uidfetch_data& value) {
        std::string result;
        string_sink out(result);
        return write_data(out, value) == misuse::none ? result : "refused";
    };
    const flags none;
    const item<slot::msg_att> att[] = {none};
    EXPECT_EQ(written({7, items<slot::msg_att>(att)}), "* 7 UIDFETCH (FLAGS ())\r\n");
    EXPECT_EQ(written({0, items<slot::msg_att>(att)}), "refused");
    EXPECT_EQ(written({7, {}}), "refused");
}

} // namespace
} // namespace mailwire::imap
