// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/strings.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap::grammar {
namespace {

using namespace std::string_view_literals;
using test::expect_rule;
using test::refused;

// RFC 9051 9, each class once more, in its own words: octet by octet, not by sets.
bool is_ctl(int c) { return c < 0x20 || c == 0x7f; }
bool is_char(int c) { return c >= 0x01 && c <= 0x7f; }
bool is_atom_char(int c) { return is_char(c) && !is_ctl(c) && "(){ %*\"\\]"sv.find(static_cast<char>(c)) == ""sv.npos; }

// D5: every octet alone, and as the first, the middle and the last of three.
template <typename Rule, typename Allowed> void expect_alphabet(Allowed allowed, const dialect& rules = {}) {
    for (int c = 0; c != 256; ++c) {
        const char octet = static_cast<char>(c);
        const bool good = allowed(c);
        expect_rule<Rule>({{{&octet, 1}, good ? 1 : refused}}, rules);
        const std::string first{octet, 'a', 'b'};
        const std::string middle{'a', octet, 'b'};
        const std::string last{'a', 'b', octet};
        expect_rule<Rule>({{first, good ? 3 : refused}, {middle, good ? 3U : 1U}, {last, good ? 3U : 2U}}, rules);
    }
}

TEST(strings, alphabets) {
    expect_alphabet<atom>(is_atom_char);
    expect_alphabet<tag>([](int c) { return (is_atom_char(c) || c == ']') && c != '+'; });
    expect_alphabet<tok<token_kind::atom, run_of<astring_char>>>([](int c) { return is_atom_char(c) || c == ']'; });
    expect_alphabet<tok<token_kind::atom, run_of<list_char>>>(
        [](int c) { return is_atom_char(c) || c == ']' || c == '%' || c == '*'; });
    expect_alphabet<run_of<text_char>>([](int c) { return is_char(c) && c != '\r' && c != '\n'; });
    expect_alphabet<text>([](int c) { return is_char(c) && c != '\r' && c != '\n'; }, {.utf8 = false});
}

TEST(strings, pairs_of_octets_in_a_quoted_string) {
    for (int a = 0; a != 256; ++a) {
        for (int b = 0; b != 256; ++b) {
            const std::string wire{'"', static_cast<char>(a), static_cast<char>(b), '"'};
            const auto stands = [](int c) { return is_char(c) && c != '\r' && c != '\n' && c != '"' && c != '\\'; };
            std::size_t taken = refused;
            if (a == '"') taken = 2;
            if (stands(a) && b == '"') taken = 3;
            if (stands(a) && stands(b)) taken = 4;
            if (a == '\\' && (b == '"' || b == '\\')) taken = 4;
            if (a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf) taken = 4;
            expect_rule<quoted>({{wire, taken}});
        }
    }
}

TEST(strings, quoted) {
    expect_rule<quoted>({
        {"\"\"", 2},
        {"\"a b\" c", 5},
        {"\"a\\\"b\\\\\"", 8},
        {"\"a\x01\t\x7f\"", 6},
        {"\"\xd0\xbc\xd0\xb0\"", 6}, // L-5
        {"\"\xe2\x82\xac\xf0\x9f\x98\x80\"", 9},
        {"\"a\\\"\xd0\xbc\"", 7},
        {"\"\xc0\xaf\"", refused},         // an overlong slash
        {"\"\xed\xa0\x80\"", refused},     // a surrogate
        {"\"\xf4\x90\x80\x80\"", refused}, // above U+10FFFF
        {"\"\xd0\"", refused},             // cut short
        {"\"a\\x\"", refused},             // A16: only \" and \\ are escapes
        {"\"a\\", refused},
        {"\"a\\\"", refused},
        {"\"", refused},
        {"", refused},
        {"a", refused},
        {"\"a\0\""sv, refused},                        // A15
        {"\"0123456789abcdef0123456789abcdef\" ", 34}, // longer than one step of a scan
        {"\"0123456789abcdef0123456789abcd\\\"\"", 34},
    });
    const dialect seven_bit{.utf8 = false};
    expect_rule<quoted>({{"\"\xd0\xbc\"", refused}, {"\"a\\\\\"", 5}}, seven_bit);
    EXPECT_EQ(test::match<quoted>("\"a\"").tokens.at(0).kind(), token_kind::quoted);
    EXPECT_EQ(test::match<quoted>("\"\\\\\"").tokens.at(0).kind(), token_kind::escaped);
    EXPECT_EQ(test::match<quoted>("\"ab\\x\"").fault.offset, 4U);
    EXPECT_EQ(test::match<quoted>("\"ab\rx\"").fault.offset, 3U);
    EXPECT_EQ(test::match<quoted>("\"ab\\\"\xd0\xd0\"").fault.offset, 5U);
}

// One character, recorded without its backslash.
TEST(strings, quoted_char) {
    expect_rule<quoted_char>({{"a", 1},
                              {"\\\\", 2},
                              {"\\\"", 2},
                              {"\x01", 1},
                              {"\xd0\xbc", 2},
                              {"\xe2\x82\xac\"", 3},
                              {"\xf0\x9f\x98\x80", 4},
                              {"\"", refused},
                              {"\\x", refused},
                              {"\r", refused},
                              {"\xd0", refused},
                              {"\xd0x", refused},
                              {"\xc0\xaf", refused},
                              {"\xe0\x80\x80", refused},
                              {"\xed\xa0\x80", refused},
                              {"\xf0\x80\x80\x80", refused},
                              {"\xf4\x90\x80\x80", refused},
                              {"", refused}});
    expect_rule<quoted_char>({{"\xd0\xbc", refused}, {"a", 1}}, {.utf8 = false});
    EXPECT_EQ(test::match<quoted_char>("\\\"").tokens.at(0).size(), 1U);
    expect_rule<utf8_2>({{"\xc2\x80", 2}, {"\xdf\xbf", 2}, {"\xc1\x80", refused}, {"\xc2\xc0", refused}});
    expect_rule<utf8_3>({{"\xe0\xa0\x80", 3}, {"\xed\x9f\xbf", 3}, {"\xef\xbf\xbf", 3}, {"\xe1\x80", refused}});
    expect_rule<utf8_4>(
        {{"\xf0\x90\x80\x80", 4}, {"\xf3\x80\x80\x80", 4}, {"\xf4\x8f\xbf\xbf", 4}, {"\xf5\x80\x80\x80", refused}});
}

// What peers send as a quoted string that is none.
TEST(strings, tolerated_in_quoted) {
    const dialect stray{.quirks = quirks::stray_backslash};
    expect_rule<quoted>({{"\"a\\x\"", 5},
                         {"\"C:\\dir\\\\\"", 10},
                         {"\"a\\\"b\"", 6},
                         {"\"\\\xd0\xbc\"", 5},
                         {"\"a\\\r\"", refused},
                         {"\"a\\\"", refused},
                         {"\"a\\", refused},
                         {"\"\\\xff\"", refused}},
                        stray);
    expect_rule<quoted>({{"\"a\\x\"", refused}}, {.quirks = ~quirks::stray_backslash});
    const auto t = test::match<quoted>("\"C:\\dir\"", stray).tokens.at(0);
    EXPECT_EQ(t.kind(), token_kind::escaped);
    const dialect latin{.quirks = quirks::eight_bit};
    expect_rule<quoted>({{"\"caf\xe9\"", 6}, {"\"\xff\\\"\"", 5}, {"\"\xd0\xbc\"", 4}, {"\"\xff\r\"", refused}}, latin);
    expect_rule<quoted>({{"\"\xff\"", 3}, {"\"\xd0\xbc\"", 4}}, {.utf8 = false, .quirks = quirks::eight_bit});
    expect_rule<quoted>({{"\"\xff\"", refused}}, {.quirks = ~quirks::eight_bit});
    expect_rule<quoted>({{"\"\xd0\xbc\"", refused}}, {.utf8 = false, .quirks = ~quirks::eight_bit});
}

TEST(strings, literal_headers) {
    expect_rule<literal>({
        {"{0}\r\n", 5}, // A7
        {"{3}\r\nabc", 8},
        {"{3}\r\nabcd", 8},
        {"{03}\r\nabc", 9}, // number64 may begin with zeros
        {"{3}\r\na\r\n", 8},
        {"{3}\r\nab", refused},
        {"{4}\r\na\0bc"sv, refused}, // A15: no NUL
        {"{}\r\n", refused},         // A13
        {"{+}\r\n", refused},
        {"{ 3}\r\nabc", refused},
        {"{3 }\r\nabc", refused},
        {"{+3}\r\nabc", refused},
        {"{3\r\nabc", refused},
        {"{-1}\r\n", refused},
        {"{0x3}\r\nabc", refused},
        {"{3}}\r\nabc", refused},
        {"{3}\nabc", refused},
        {"{3}\rabc", refused},
        {"{3}abc", refused},
        {"~{3}\r\nabc", refused},
        {"{3+}\r\nabc", refused}, // A14: never from a server
        {"{3+", refused},
        {"{", refused},
        {"", refused},
    });
    const auto octet = test::match<literal>("{3}\r\nabc").tokens.at(0);
    EXPECT_EQ(octet.kind(), token_kind::literal);
    EXPECT_EQ(octet.offset, 5U);
    EXPECT_EQ(octet.size(), 3U);
}

TEST(strings, literal_headers_of_a_client) {
    const std::string most = "{4096+}\r\n" + std::string(4096, 'x');
    const std::string more = "{4097+}\r\n" + std::string(4097, 'x');
    const dialect client{.from = side::client};
    expect_rule<literal>({{"{3+}\r\nabc", 9}, {"{3}\r\nabc", 8}, {most, most.size()}, {more, refused}}, client);
    EXPECT_EQ(test::match<literal>(more, client).fault, (error{errc::literal_too_big, 0, 4097, 4096}));
    const dialect plus{.from = side::client, .literals = literal_form::plus};
    expect_rule<literal>({{most, most.size()}, {more, more.size()}}, plus);
}

TEST(strings, literal8) {
    expect_rule<literal8>({
        {"~{3}\r\na\0b"sv, 9},
        {"~{0}\r\n", 6},
        {"~{3+}\r\nabc", refused},
        {"{3}\r\nabc", refused},
        {"~{3}\r\nab", refused},
        {"~", refused},
        {"~{", refused},
    });
    expect_rule<literal8>({{"~{3+}\r\na\0b"sv, 10}}, {.from = side::client});
}

// B1: one digit too many, and one too much.
TEST(strings, literal_sizes) {
    struct {
        std::string_view size;
        errc code;
    } const rows[] = {
        {"4294967295", errc::syntax},
        {"4294967296", errc::syntax},
        {"9223372036854775807", errc::syntax},
        {"9223372036854775808", errc::number_too_big},
        {"18446744073709551616", errc::number_too_big},
        {"99999999999999999999", errc::number_too_big},
    };
    for (const auto& row : rows) {
        const auto result = test::match<literal>("{" + std::string(row.size) + "}\r\nab");
        EXPECT_FALSE(result.ok) << row.size;
        EXPECT_EQ(result.fault.code, row.code) << row.size;
        const std::size_t end = row.size.size() + 6;
        EXPECT_EQ(result.fault.offset, row.code == errc::syntax ? end : 0) << row.size;
    }
    const std::string digits(1000000, '1'); // B4
    EXPECT_EQ(test::match<number>(digits).fault.code, errc::number_too_big);
    EXPECT_EQ(test::match<literal>("{" + digits + "}\r\n").fault.code, errc::number_too_big);
}

TEST(strings, numbers) {
    expect_rule<number>(
        {{"0", 1}, {"007 ", 3}, {"4294967295", 10}, {"4294967296", refused}, {"-1", refused}, {"", refused}});
    expect_rule<nz_number>({{"1", 1}, {"4294967295)", 10}, {"4294967296", refused}, {"0", refused}, {"01", refused}});
    expect_rule<number64>({{"0", 1}, {"9223372036854775807", 19}, {"9223372036854775808", refused}, {"+1", refused}});
    expect_rule<nz_number64>({{"9223372036854775807", 19}, {"18446744073709551616", refused}, {"0", refused}});
    EXPECT_EQ(test::match<number>("4294967296").fault, (error{errc::number_too_big, 0, 0, 4294967295U}));
    EXPECT_EQ(test::match<nz_number>("01").fault, (error{errc::syntax, 0, 0, 0}));
}

TEST(strings, nil_and_strings) {
    expect_rule<nil>({{"NIL", 3}, {"nil)", 3}, {"NiL ", 3}, {"NILL", refused}, {"NI", refused}, {"\"NIL\"", refused}});
    expect_rule<nstring>({{"NIL", 3}, {"\"NIL\"", 5}, {"{3}\r\nNIL", 8}, {"abc", refused}, {"NIL]", 3}});
    expect_rule<string>({{"NIL", refused}, {"\"\"", 2}, {"{0}\r\n", 5}});
    expect_rule<astring>({{"NIL", 3}, {"a]b", 3}, {"\"a b\"", 5}, {"{1}\r\n ", 6}, {"", refused}, {"(", refused}});
    EXPECT_EQ(test::match<astring>("NIL").tokens.at(0).kind(), token_kind::atom); // A6
    EXPECT_EQ(test::match<nstring>("NIL").tokens.at(0).kind(), token_kind::nil);
    expect_rule<list_mailbox>({{"*.%]", 4}, {"\"*\"", 3}, {"", refused}});
    expect_rule<charset>({{"UTF-8", 5}, {"\"UTF-8\"", 7}, {"{5}\r\nUTF-8", refused}, {"a]", 1}});
    expect_rule<tag>({{"A.1-x] ", 6}, {"a+", 1}, {"+", refused}, {"*", refused}});
}

TEST(strings, text_takes_utf8_where_it_may) {
    expect_rule<text>({
        {"a b\r\n", 3},
        {"\xd0\xbc x\r", 4},
        {"x \xe2\x82\xac", 5},
        {"x \xe2\x82", refused},
        {"\xff", refused},
        {"", refused},
        {"\r", refused},
        {"a\0b"sv, 1},
    });
    expect_rule<text>({{"ab\xd0\xbc", 2}, {"\xd0\xbc", refused}}, {.utf8 = false});
    EXPECT_EQ(test::match<text>("ab\xd0\xbc\xff").fault.offset, 4U);
}

TEST(strings, base64_ends_where_its_groups_do) {
    expect_rule<base64>(
        {{"", 0}, {"YWJj", 4}, {"YWI=", 4}, {"YQ==", 4}, {"YWJjYQ==x", 8}, {"YWJjY", 4}, {"=", 0}, {"YW=", 0}});
}

} // namespace
} // namespace mailwire::imap::grammar
