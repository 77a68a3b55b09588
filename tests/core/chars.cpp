// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/chars.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire {
namespace {

template <char_class Set> struct takes_a_set { static constexpr bool has_a = Set.contains('A'); };
static_assert(takes_a_set<alpha | digit>::has_a);
static_assert(!takes_a_set<vchar - alpha>::has_a);

// The octets that the set holds, in order, as its look-up and as its table say.
template <char_class Set> std::string members() {
    std::string found;
    for (int octet = 0; octet != 256; ++octet) {
        const auto c = static_cast<char>(octet);
        EXPECT_EQ(Set.contains(c), Set(c)) << octet;
        EXPECT_EQ(Set.contains(c), octet_table<Set>[static_cast<std::size_t>(octet)]) << octet;
        if (Set.contains(c)) {
            found += c;
        }
    }
    return found;
}

std::string run(int first, int last) {
    std::string octets;
    for (int octet = first; octet <= last; ++octet) {
        octets += static_cast<char>(octet);
    }
    return octets;
}

TEST(chars, core_sets_hold_what_rfc_5234_says) {
    EXPECT_EQ(members<alpha>(), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    EXPECT_EQ(members<digit>(), "0123456789");
    EXPECT_EQ(members<vchar>(), run(0x21, 0x7e));
    EXPECT_EQ(members<ctl>(), run(0x00, 0x1f) + '\x7f');
    EXPECT_EQ(members<char_>(), run(0x01, 0x7f));
}

TEST(chars, sets_are_built_from_ranges_and_octets) {
    EXPECT_EQ(members<char_class{}>(), "");
    EXPECT_EQ((members<octet_range(0x00, 0xff)>()), run(0x00, 0xff));
    EXPECT_EQ((members<octet_range(0x80, 0x80)>()), "\x80");
    EXPECT_EQ(members<octets("zaz~")>(), "az~");
    EXPECT_EQ(members<octets(std::string_view("\0\xff", 2))>(), std::string("\0\xff", 2));
    EXPECT_EQ(members<octets("")>(), "");
}

TEST(chars, sets_are_united_and_subtracted) {
    EXPECT_EQ((members<octets("ab") | octets("bc")>()), "abc");
    EXPECT_EQ((members<octets("abc") - octets("bd")>()), "ac");
    EXPECT_EQ((members<octet_range(0x3f, 0x41) - octets("@")>()), "?A");
    EXPECT_EQ(vchar - vchar, char_class{});
    EXPECT_NE(vchar, char_);
}

TEST(chars, only_ascii_letters_have_an_upper_case) {
    for (int octet = 0; octet != 256; ++octet) {
        const auto c = static_cast<char>(octet);
        const bool is_lower = std::string_view("abcdefghijklmnopqrstuvwxyz").find(c) != std::string_view::npos;
        EXPECT_EQ(to_upper(c), is_lower ? static_cast<char>(octet - 0x20) : c) << octet;
    }
}

TEST(chars, texts_are_compared_without_case) {
    struct {
        std::string_view a;
        std::string_view b;
        bool equal;
    } const rows[] = {
        {"", "", true},
        {"a", "", false},
        {"inbox", "INBOX", true},
        {"InBoX", "iNbOx", true},
        {"inbox", "i", false},
        {"a1", "A2", false},
        {"[", "{", false},
        {"@", "`", false},
        {"\xe4", "\xc4", false},
        {"k", "\x0b", false},
        {"stra\xdf"
         "e",
         "STRA\xdf"
         "E",
         true},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(equal_ignoring_case(row.a, row.b), row.equal) << row.a << ' ' << row.b;
        EXPECT_EQ(equal_ignoring_case(row.b, row.a), row.equal) << row.b << ' ' << row.a;
    }
}

template <char_class Set> bool holds(char c) { return Set.contains(c); }

// Sets whose words differ only in their place are different template arguments also to the linker.
TEST(chars, sets_are_told_apart_as_template_arguments) {
    EXPECT_TRUE(holds<octet_range(0x20, 0x20)>('\x20'));
    EXPECT_FALSE(holds<octet_range(0xe0, 0xe0)>('\x20'));
    EXPECT_TRUE(holds<octet_range(0xe0, 0xe0)>('\xe0'));
    EXPECT_TRUE(holds<octet_range(0x80, 0x9f)>('\x80'));
    EXPECT_FALSE(holds<octet_range(0x00, 0x1f)>('\x80'));
    EXPECT_TRUE(holds<octets(" ")>(' '));
    EXPECT_FALSE(holds<octets("\xe0")>(' '));
    EXPECT_FALSE((holds<octets("a") - octets("b")>(' ')));
    EXPECT_FALSE((holds<octets("\xe0") | octets("\xe1")>(' ')));
}

} // namespace
} // namespace mailwire
