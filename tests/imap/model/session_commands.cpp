// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/session_commands.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(session_commands, are_read_and_written) {
    test::good_commands({
        {"B1-1", "a1 CAPABILITY\r\n"},
        {"B1-2", "a1 noop\r\n", "a1 NOOP\r\n"},
        {"B1-3", "a1 LOGOUT\r\n"},
        {"B2-1", "a1 STARTTLS\r\n"},
        {"B2-2", "a1 AUTHENTICATE PLAIN\r\n"},
        {"B2-3", "a1 AUTHENTICATE EXTERNAL =\r\n"},
        {"X-4959-1", "a1 authenticate PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n",
         "a1 AUTHENTICATE PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n"},
        {"B2-6", "a1 LOGIN SMITH \"SES AME\"\r\n"},
        {"A6", "a1 LOGIN NIL NIL\r\n"},
        {"B3-17", "a1 IDLE\r\n"},
        {"X-2177-1", "a1 idle\r\n", "a1 IDLE\r\n"},
    });
    test::bad_commands({
        {"B2-1", "a1 STARTTLS now\r\n", errc::syntax, 11},
        {"B2-2", "a1 AUTHENTICATE\r\n", errc::syntax, 15},
        {"B2-2", "a1 AUTHENTICATE \"PLAIN\"\r\n", errc::syntax, 16},
        {"B2-3", "a1 AUTHENTICATE PLAIN \r\n", errc::syntax, 22},
        {"B2-3", "a1 AUTHENTICATE PLAIN AAA\r\n", errc::syntax, 25},
        {"B2-3", "a1 AUTHENTICATE PLAIN AB-_\r\n", errc::syntax, 24},
        {"B2-3", "a1 AUTHENTICATE PLAIN \"AAAA\"\r\n", errc::syntax, 22},
        {"B2-3", "a1 AUTHENTICATE PLAIN = AAAA\r\n", errc::syntax, 23},
        {"P8", "a1 AUTHENTICATE PLAIN *\r\n", errc::syntax, 22},
        {"B2-6", "a1 LOGIN SMITH\r\n", errc::syntax, 14},
        {"B3-17", "a1 IDLE DONE\r\n", errc::syntax, 7},
    });
}

template <typename Command> std::optional<Command> read(std::string_view wire, std::span<token> tape) {
    return parse_command(wire, tape).value.value().get<Command>();
}

TEST(session_commands, fields) {
    token tape[16];
    EXPECT_TRUE(read<starttls>("a STARTTLS\r\n", tape));
    EXPECT_TRUE(read<idle>("a IDLE\r\n", tape));
    EXPECT_EQ(read<authenticate>("a AUTHENTICATE PLAIN\r\n", tape), (authenticate{"PLAIN", {}}));
    EXPECT_EQ(read<authenticate>("a AUTHENTICATE PLAIN =\r\n", tape), (authenticate{"PLAIN", "="}));
    EXPECT_EQ(read<authenticate>("a AUTHENTICATE X AA==\r\n", tape), (authenticate{"X", "AA=="}));
    EXPECT_EQ(read<login>("a LOGIN b \"c d\"\r\n", tape), (login{"b", "c d"}));
}

TEST(session_commands, take_over_where_other_lines_follow) {
    EXPECT_EQ(effect_of<starttls>(), command_effect::starts_tls);
    EXPECT_EQ(effect_of<authenticate>(), command_effect::authenticates);
    EXPECT_EQ(effect_of<idle>(), command_effect::idles);
    EXPECT_EQ(effect_of<login>(), command_effect::logs_in);
}

TEST(session_commands, EN_16_LOGIN_is_sent_in_ASCII_alone) {
    EXPECT_TRUE((login{"u", "p \r\n"}.may_be_sent()));
    EXPECT_TRUE((login{"", ""}.may_be_sent()));
    EXPECT_FALSE((login{"\xc3\xa4", "p"}.may_be_sent()));
    EXPECT_FALSE((login{"u", "\xff"}.may_be_sent()));
}

template <typename Command> std::string written(const Command& value) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", value) == misuse::none ? result : "refused";
}

TEST(session_commands, are_written_from_a_program) {
    EXPECT_EQ(written(authenticate{"PLAIN", {}}), "a AUTHENTICATE PLAIN\r\n");
    EXPECT_EQ(written(authenticate{"PLAIN", "AAAA"}), "a AUTHENTICATE PLAIN AAAA\r\n");
    EXPECT_EQ(written(authenticate{"a b", {}}), "refused");
    EXPECT_EQ(written(authenticate{"", {}}), "refused");
    EXPECT_EQ(written(authenticate{"PLAIN", "AAA"}), "refused");
    EXPECT_EQ(written(authenticate{"PLAIN", "*"}), "refused");
    EXPECT_EQ(written(authenticate{"PLAIN", "AAAA\r\nb LOGOUT"}), "refused");
    EXPECT_EQ(written(idle{}), "a IDLE\r\n");
}

} // namespace
} // namespace mailwire::imap
