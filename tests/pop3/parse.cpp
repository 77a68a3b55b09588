// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/parse.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(parse, a_full_tape_is_said) {
    std::array<token, tokens_of_a_line> tape;
    const std::string_view line = "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n";
    for (std::size_t room = 0; room != 3; ++room) {
        EXPECT_EQ(parse_command(line, std::span(tape).first(room)).error, (error{errc::tape_full, 0, 0, room}));
    }
    EXPECT_TRUE(parse_command(line, std::span(tape).first(3)));
    // What is wrong is said first.
    EXPECT_EQ(parse_command("QUIT now\r\n", {}).error, (error{errc::syntax, 4, 0, 0}));
}

TEST(parse, utf8_stands_where_it_was_agreed_on) {
    std::array<token, tokens_of_a_line> tape;
    const parse_options utf8{.utf8 = true};
    EXPECT_EQ(describe(parse_command("USER \xd1\x8f\r\n", tape, utf8).value), "USER [\xd1\x8f]");
    EXPECT_EQ(describe(parse_command("PASS a \xd1\x8f b\r\n", tape, utf8).value), "PASS [a \xd1\x8f b]");
    EXPECT_EQ(parse_command("USER \xd1\r\n", tape, utf8).error, (error{errc::syntax, 5, 0, 0}));
    EXPECT_EQ(parse_command("USER a\xc0\xaf\r\n", tape, utf8).error, (error{errc::syntax, 6, 0, 0}));
    EXPECT_EQ(parse_command("USER \xd1\x8f\r\n", tape).error, (error{errc::syntax, 5, 0, 0}));
}

TEST(parse, a_line_is_one_line) {
    std::array<token, tokens_of_a_line> tape;
    EXPECT_EQ(parse_command("NOOP", tape).error, (error{errc::syntax, 4, 0, 0}));
    EXPECT_EQ(parse_command("NOOP\r\nQUIT\r\n", tape).error, (error{errc::syntax, 6, 0, 0}));
    EXPECT_EQ(parse_command("", tape).error, (error{errc::syntax, 0, 0, 0}));
    EXPECT_EQ(parse_greeting("+OK\r\n.\r\n").error, (error{errc::syntax, 5, 0, 0}));
    EXPECT_EQ(parse_reply("+OK 1 2\r\n\r\n", answer_form::drop_listing).error, (error{errc::syntax, 9, 0, 0}));
}

// Any octet anywhere: judged, never read past the end, and the offset lies in the line.
TEST(parse, any_octet_anywhere) {
    std::array<token, tokens_of_a_line> tape;
    const std::string_view lines[] = {"APOP m c4c9334bac560ecc979e58001b3e22fb\r\n",
                                      "+OK [A/B] 1 <a@b>\r\n",
                                      "1 2 x\r\n",
                                      "EXPIRE 5 USER\r\n",
                                      "AUTH PLAIN AA==\r\n",
                                      "+ AAA=\r\n",
                                      "LANG zh-Hant\r\n",
                                      "es Espa\xc3\xb1ol\r\n"};
    for (const std::string_view line : lines) {
        for (std::size_t at = 0; at != line.size(); ++at) {
            for (int octet = 0; octet != 256; ++octet) {
                std::string changed(line);
                changed[at] = static_cast<char>(octet);
                changed.shrink_to_fit();
                const mailwire::test::no_allocation_here guard("parse");
                EXPECT_LE(parse_command(changed, tape).error.offset, changed.size());
                EXPECT_LE(parse_command(changed, tape, {.quirks = ~0U}).error.offset, changed.size());
                EXPECT_LE(parse_unique_id(changed, {.quirks = ~0U}).error.offset, changed.size());
                EXPECT_LE(parse_greeting(changed, {.quirks = ~0U}).error.offset, changed.size());
                EXPECT_LE(parse_capability(changed, tape).error.offset, changed.size());
                EXPECT_LE(parse_greeting(changed).error.offset, changed.size());
                EXPECT_LE(parse_reply(changed, answer_form::text).error.offset, changed.size());
                EXPECT_LE(parse_reply(changed, answer_form::scan_listing).error.offset, changed.size());
                EXPECT_LE(parse_scan_listing(changed).error.offset, changed.size());
                EXPECT_LE(parse_unique_id(changed).error.offset, changed.size());
                EXPECT_LE(parse_sasl_line(changed).error.offset, changed.size());
                EXPECT_LE(parse_challenge(changed).error.offset, changed.size());
                EXPECT_LE(parse_language_listing(changed).error.offset, changed.size());
                EXPECT_LE(parse_mechanism_listing(changed).error.offset, changed.size());
                EXPECT_LE(parse_reply(changed, answer_form::language).error.offset, changed.size());
            }
        }
    }
}

} // namespace
} // namespace mailwire::pop3::test
