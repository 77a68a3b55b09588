// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/reader.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;

// I7
TEST(sasl_reader, check_text) {
    struct {
        std::string_view text;
        finding found;
    } const rows[] = {
        {"", {}},
        {"user", {}},
        {"p@ss w\xc3\xb6rd \x7e", {}},
        {"\xf0\x9f\x94\x91", {}},
        {"u\x01", {fault::control_character, 1}},
        {"u\0"sv, {fault::control_character, 1}},
        {"\r\n", {fault::control_character, 0}},
        {"us\x7f", {fault::control_character, 2}},
        {"us\x1f\xff", {fault::control_character, 2}},
        {"us\xff\x1f", {fault::bad_encoding, 2}},
        {"w\xf6rd", {fault::bad_encoding, 1}},
        {"abc\xc3", {fault::bad_encoding, 3}},
        {"\xed\xa0\x80", {fault::bad_encoding, 0}},
        {"\xc0\x80", {fault::bad_encoding, 0}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(check_text(row.text), row.found) << row.text;
        const finding further{row.found.fault, row.found ? row.found.offset + 5 : 0};
        EXPECT_EQ(check_text(row.text, 5), further) << row.text;
    }
    EXPECT_EQ(check_controls("w\xf6rd"), finding{});
    EXPECT_EQ(check_controls("w\xf6\trd", 1), (finding{fault::control_character, 3}));
}

TEST(sasl_reader, every_control_character) {
    for (int octet = 0; octet != 256; ++octet) {
        const std::string text = {'a', static_cast<char>(octet)};
        EXPECT_EQ(bool(check_controls(text)), octet < 0x20 || octet == 0x7f) << octet;
    }
}

TEST(sasl_reader, goes_from_left_to_right) {
    reader in("n,a=b,123");
    EXPECT_TRUE(in.sees('n'));
    EXPECT_FALSE(in.take('y'));
    EXPECT_TRUE(in.take('n'));
    EXPECT_TRUE(in.expect(','));
    in.expect("a=");
    EXPECT_EQ(in.some(alpha), "b");
    in.expect_in_any_case(",");
    EXPECT_EQ(in.any(alpha), "");
    EXPECT_EQ(in.rest(), "123");
    EXPECT_EQ(in.any(digit), "123");
    in.expect_end();
    EXPECT_TRUE(in.at_end());
    EXPECT_TRUE(in.ok());
    EXPECT_EQ(in.offset(), 9U);
}

TEST(sasl_reader, the_first_fault_stays) {
    reader in("abc");
    in.expect("ax");
    EXPECT_EQ(in.found(), (finding{fault::bad_syntax, 1}));
    in.fail(fault::too_long);
    EXPECT_EQ(in.found(), (finding{fault::bad_syntax, 1}));
    EXPECT_FALSE(in.take('b'));
    EXPECT_FALSE(in.sees('b'));
    EXPECT_EQ(in.any(alpha), "");
    EXPECT_EQ(in.some(alpha), "");
    EXPECT_EQ(in.offset(), 1U);
}

TEST(sasl_reader, faults_stand_where_the_octet_is) {
    const auto at = [](auto&& read) {
        reader in("ab");
        read(in);
        return in.found();
    };
    EXPECT_EQ(at([](reader& in) { in.expect("abc"); }), (finding{fault::bad_syntax, 2}));
    EXPECT_EQ(at([](reader& in) { in.expect_in_any_case("AC"); }), (finding{fault::bad_syntax, 1}));
    EXPECT_EQ(at([](reader& in) { in.expect_in_any_case("ABC"); }), (finding{fault::bad_syntax, 2}));
    EXPECT_EQ(at([](reader& in) { in.expect_in_any_case("Ab"); }), finding{});
    EXPECT_EQ(at([](reader& in) { in.some(digit); }), (finding{fault::bad_syntax, 0}));
    EXPECT_EQ(at([](reader& in) { in.expect_end(); }), (finding{fault::bad_syntax, 0}));
}

} // namespace
} // namespace mailwire::sasl
