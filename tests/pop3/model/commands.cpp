// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/commands.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

template <typename Command> std::string written(const Command& command, bool utf8 = false) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_command(sink, command, utf8);
    return fault == misuse::none ? line : name_of(fault);
}

TEST(commands, are_written) {
    EXPECT_EQ(written(quit{}), "QUIT\r\n");
    EXPECT_EQ(written(stat{}), "STAT\r\n");
    EXPECT_EQ(written(list{}), "LIST\r\n");
    EXPECT_EQ(written(list{2}), "LIST 2\r\n");
    EXPECT_EQ(written(retr{1}), "RETR 1\r\n");
    EXPECT_EQ(written(dele{4294967295}), "DELE 4294967295\r\n");
    EXPECT_EQ(written(noop{}), "NOOP\r\n");
    EXPECT_EQ(written(rset{}), "RSET\r\n");
    EXPECT_EQ(written(top{1, 0}), "TOP 1 0\r\n");
    EXPECT_EQ(written(uidl{}), "UIDL\r\n");
    EXPECT_EQ(written(uidl{2}), "UIDL 2\r\n");
    EXPECT_EQ(written(user{"mrose"}), "USER mrose\r\n");
    EXPECT_EQ(written(pass{" my pass "}), "PASS  my pass \r\n");
    EXPECT_EQ(written(apop{"mrose", "c4c9334bac560ecc979e58001b3e22fb"}),
              "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n");
    EXPECT_EQ(written(capa{}), "CAPA\r\n");
}

TEST(commands, with_values_that_no_line_can_carry_are_refused) {
    EXPECT_EQ(written(retr{}), "bad value");
    EXPECT_EQ(written(dele{0}), "bad value");
    EXPECT_EQ(written(top{0, 1}), "bad value");
    EXPECT_EQ(written(user{""}), "bad value");
    EXPECT_EQ(written(user{"a b"}), "bad value");
    EXPECT_EQ(written(pass{""}), "bad value");
    EXPECT_EQ(written(apop{"mrose", "c4c9334bac560ecc979e58001b3e22f"}), "bad value");
    EXPECT_EQ(written(apop{"m rose", "c4c9334bac560ecc979e58001b3e22fb"}), "bad value");
    EXPECT_EQ(written(user{"\xd1\x8f"}), "bad value");
    EXPECT_EQ(written(user{"\xd1\x8f"}, true), "USER \xd1\x8f\r\n");
    EXPECT_EQ(written(user{"\xd1"}, true), "bad value");
}

// Attack rows F1 and F7: each octet in each place of each string either is refused or reads as just that string.
TEST(commands, F1_F7_no_octet_gets_out_of_its_argument) {
    const auto check = [](const auto& command, std::string_view says) {
        std::string line;
        string_sink sink(line);
        if (write_command(sink, command) == misuse::none) {
            std::array<token, tokens_of_a_line> tape;
            const auto result = parse_command(line, tape);
            ASSERT_TRUE(result) << line;
            EXPECT_EQ(describe(result.value), says);
            EXPECT_EQ(line.find_first_of("\r\n"), line.size() - 2);
        }
    };
    for (int octet = 0; octet != 256; ++octet) {
        for (std::size_t at = 0; at != 3; ++at) {
            std::string value = "abc";
            value[at] = static_cast<char>(octet);
            check(user{value}, "USER [" + value + "]");
            check(pass{value}, "PASS [" + value + "]");
            check(apop{value, "c4c9334bac560ecc979e58001b3e22fb"},
                  "APOP [" + value + "] [c4c9334bac560ecc979e58001b3e22fb]");
            EXPECT_EQ(written(apop{"mrose", value}), "bad value");
        }
    }
    EXPECT_EQ(written(user{"a\r\nQUIT"}), "bad value");
    EXPECT_EQ(written(pass{"p\r\nDELE 1"}), "bad value");
    EXPECT_EQ(written(pass{std::string_view("p\0", 2)}), "bad value");
}

// RFC 2449 4: 255 octets with the CRLF.
TEST(commands, are_no_longer_than_the_rfc_allows) {
    const std::string name(longest_command - 7, 'a');
    EXPECT_EQ(written(user{name}).size(), longest_command);
    EXPECT_EQ(written(user{name + 'a'}), "bad value");
}

TEST(commands, say_how_they_are_answered) {
    static_assert(list{}.answer() == answer_form::scan_listings && list{1}.answer() == answer_form::scan_listing);
    static_assert(uidl{}.answer() == answer_form::unique_ids && uidl{1}.answer() == answer_form::unique_id);
    static_assert(retr::answer() == answer_form::body && top::answer() == answer_form::body);
    static_assert(capa::answer() == answer_form::capabilities && stat::answer() == answer_form::drop_listing);
    for (const answer_form one_line : {quit::answer(), noop::answer(), rset::answer(), dele::answer(), user::answer(),
                                       pass::answer(), apop::answer(), stat::answer(), list{1}.answer()}) {
        EXPECT_FALSE(is_multi_line(one_line));
    }
    for (const answer_form lines : {list{}.answer(), uidl{}.answer(), retr::answer(), top::answer(), capa::answer()}) {
        EXPECT_TRUE(is_multi_line(lines));
    }
}

} // namespace
} // namespace mailwire::pop3::test
