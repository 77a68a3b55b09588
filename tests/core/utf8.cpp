// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/utf8.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

struct range {
    int first;
    int last;
};

// The rows of the ABNF in RFC 3629 section 4.
struct {
    std::size_t size;
    range octets[4];
} const syntax[] = {
    {1, {{0x00, 0x7f}}},
    {2, {{0xc2, 0xdf}, {0x80, 0xbf}}},
    {3, {{0xe0, 0xe0}, {0xa0, 0xbf}, {0x80, 0xbf}}},
    {3, {{0xe1, 0xec}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {3, {{0xed, 0xed}, {0x80, 0x9f}, {0x80, 0xbf}}},
    {3, {{0xee, 0xef}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf0, 0xf0}, {0x90, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf1, 0xf3}, {0x80, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf4, 0xf4}, {0x80, 0x8f}, {0x80, 0xbf}, {0x80, 0xbf}}},
};

std::size_t size_by_the_syntax(std::string_view text) {
    for (const auto& row : syntax) {
        bool matches = row.size <= text.size();
        for (std::size_t i = 0; matches && i != row.size; ++i) {
            const auto octet = static_cast<unsigned char>(text[i]);
            matches = row.octets[i].first <= octet && octet <= row.octets[i].last;
        }
        if (matches) {
            return row.size;
        }
    }
    return 0;
}

std::size_t decoded_size(std::string_view text) { return utf8_decode_one(text.data(), text.data() + text.size()).size; }

// The offset of the first bad sequence. The text is copied to the whole of an allocation, so that a sanitizer sees a
// read beside it.
std::size_t first_invalid(std::string_view text) {
    const auto copy = std::make_unique<char[]>(text.size());
    std::copy(text.begin(), text.end(), copy.get());
    return static_cast<std::size_t>(find_invalid_utf8(copy.get(), copy.get() + text.size()) - copy.get());
}

TEST(utf8, agrees_with_the_syntax_of_rfc_3629) {
    const std::string_view edges("\x00\x41\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xff", 11);
    std::size_t wrong = 0;
    for (int pair = 0; pair != 0x10000; ++pair) {
        for (const char third : edges) {
            for (const char fourth : edges) {
                const char text[] = {static_cast<char>(pair >> 8), static_cast<char>(pair & 0xff), third, fourth};
                wrong += decoded_size({text, 4}) == size_by_the_syntax({text, 4}) ? 0U : 1U;
            }
        }
    }
    EXPECT_EQ(wrong, 0U);
}

TEST(utf8, gives_back_every_code_point) {
    std::size_t wrong = 0;
    for (char32_t code_point = 0; code_point <= 0x10ffff; ++code_point) {
        if (is_surrogate(code_point)) {
            continue;
        }
        char octets[4] = {};
        const std::size_t size = utf8_encode_one(code_point, octets);
        const utf8_character back = utf8_decode_one(octets, octets + size);
        wrong += back.code_point == code_point && back.size == size ? 0U : 1U;
        wrong += size_by_the_syntax({octets, size}) == size ? 0U : 1U;
        for (std::size_t cut = 1; cut < size; ++cut) {
            wrong += utf8_decode_one(octets, octets + cut).size == 0 ? 0U : 1U;
        }
    }
    EXPECT_EQ(wrong, 0U);
}

TEST(utf8, knows_the_surrogates) {
    EXPECT_FALSE(is_surrogate(0xd7ff));
    EXPECT_TRUE(is_surrogate(0xd800));
    EXPECT_TRUE(is_surrogate(0xdfff));
    EXPECT_FALSE(is_surrogate(0xe000));
}

TEST(utf8, reads_known_characters) {
    struct {
        std::string_view text;
        char32_t code_point;
    } const rows[] = {
        {"A", 0x41},
        {"\xc3\xa4", 0xe4},
        {"\xe2\x98\xba", 0x263a},
        {"\xf0\x9f\x98\x80", 0x1f600},
        {"\xf4\x8f\xbf\xbf", 0x10ffff},
    };
    for (const auto& row : rows) {
        const utf8_character c = utf8_decode_one(row.text.data(), row.text.data() + row.text.size());
        EXPECT_EQ(c.code_point, row.code_point);
        EXPECT_EQ(c.size, row.text.size());
        char octets[4] = {};
        EXPECT_EQ(std::string_view(octets, utf8_encode_one(row.code_point, octets)), row.text);
    }
}

// Each bad sequence with every length of good text before it, both ASCII and not, and with good text behind it.
TEST(utf8, finds_the_first_bad_sequence_everywhere) {
    const std::string_view bad[] = {
        "\x80",             // a continuation alone
        "\xc0\x80",         // NUL, too long
        "\xc1\xbf",         // DEL, too long
        "\xe0\x80\xaf",     // too long
        "\xf0\x8f\xbf\xbf", // too long
        "\xed\xa0\x80",     // a surrogate
        "\xed\xbf\xbf",     // a surrogate
        "\xf4\x90\x80\x80", // above U+10FFFF
        "\xf5\x80\x80\x80", // above U+10FFFF
        "\xe4",             // cut short
        "\xe4\xb8",         // cut short
        "\xf0\x9f\x98",     // cut short
        "\xe4\xb8\x41",     // a letter for a continuation
        "\xfe",
        "\xff",
    };
    for (const std::string_view sequence : bad) {
        for (const std::string_view filler : {"x", "\xc3\xa4", "\xe2\x98\xba", "\xf0\x9f\x98\x80"}) {
            std::string before;
            for (int count = 0; count != 40; ++count, before += filler) {
                EXPECT_EQ(first_invalid(before), before.size());
                EXPECT_EQ(first_invalid(before + std::string(sequence)), before.size()) << sequence;
                EXPECT_EQ(first_invalid(before + std::string(sequence) + "xxxxxxxxx"), before.size()) << sequence;
                EXPECT_EQ(first_invalid("xxx" + before + std::string(sequence)), before.size() + 3) << sequence;
            }
        }
    }
}

TEST(utf8, takes_an_empty_text) {
    EXPECT_EQ(find_invalid_utf8(nullptr, nullptr), nullptr);
    EXPECT_EQ(first_invalid(""), 0U);
}

} // namespace
} // namespace mailwire
