// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/scan.hpp>

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

constexpr std::size_t longest = 70;

using scan = const char* (*)(const char*, const char*);

struct variant {
    const char* name;
    scan quoted;
    scan text;
};

template <char... Stops> const char* by_definition(const char* b, const char* e) {
    while (b != e && static_cast<unsigned char>(*b) < 0x80 && ((*b != Stops) && ...)) {
        ++b;
    }
    return b;
}

const variant variants[] = {
    {"scalar", scan_scalar::find_stop<'"', '\\', '\r', '\n', '\0'>, scan_scalar::find_stop<'\r', '\n', '\0'>},
    {"swar", scan_swar::find_stop<'"', '\\', '\r', '\n', '\0'>, scan_swar::find_stop<'\r', '\n', '\0'>},
#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
    {"sse2", scan_sse2::find_stop<'"', '\\', '\r', '\n', '\0'>, scan_sse2::find_stop<'\r', '\n', '\0'>},
#endif
    {"default", find_quoted_stop, find_text_stop},
};

// Calls check(b, e, position, octet) for every length, every position in it and every octet there, with plain
// characters before it. The range is the whole of its allocation, so that a sanitizer sees a read beside it.
template <typename Check> void for_every_octet_everywhere(char after, Check check) {
    for (std::size_t length = 0; length <= longest; ++length) {
        const auto room = std::make_unique<char[]>(length);
        char* const b = room.get();
        for (std::size_t at = 0; at != length; ++at) {
            for (int octet = 0; octet != 256; ++octet) {
                std::memset(b, 'x', length);
                std::memset(b + at, after, length - at);
                b[at] = static_cast<char>(octet);
                check(b, b + length, at, static_cast<char>(octet));
            }
        }
    }
}

class scan_variants : public testing::TestWithParam<variant> {};

TEST_P(scan_variants, agree_with_the_definition_on_every_octet_everywhere) {
    // Behind the octet: plain characters, stops of each kind, octets one off a stop, and octets that are stops when
    // their highest bit is dropped.
    for (const char after : {'x', '"', '\n', '\0', '\x01', '#', '\x80', '\xa2', '\xff'}) {
        std::size_t wrong = 0;
        for_every_octet_everywhere(after, [&](const char* b, const char* e, std::size_t, char) {
            const bool same = GetParam().quoted(b, e) == by_definition<'"', '\\', '\r', '\n', '\0'>(b, e) &&
                              GetParam().text(b, e) == by_definition<'\r', '\n', '\0'>(b, e);
            wrong += same ? 0U : 1U;
        });
        EXPECT_EQ(wrong, 0U) << static_cast<int>(after);
    }
}

TEST_P(scan_variants, find_each_stop_and_nothing_else) {
    const std::string_view quoted_stops("\"\\\r\n\0", 5);
    const std::string_view text_stops("\r\n\0", 3);
    std::size_t wrong = 0;
    for_every_octet_everywhere('x', [&](const char* b, const char* e, std::size_t at, char octet) {
        const bool eight_bit = static_cast<unsigned char>(octet) >= 0x80;
        const char* quoted = eight_bit || quoted_stops.find(octet) != std::string_view::npos ? b + at : e;
        const char* text = eight_bit || text_stops.find(octet) != std::string_view::npos ? b + at : e;
        wrong += GetParam().quoted(b, e) == quoted && GetParam().text(b, e) == text ? 0U : 1U;
    });
    EXPECT_EQ(wrong, 0U);
}

TEST_P(scan_variants, return_the_end_of_an_empty_range) {
    EXPECT_EQ(GetParam().quoted(nullptr, nullptr), nullptr);
    EXPECT_EQ(GetParam().text(nullptr, nullptr), nullptr);
    const char stop[] = "\n";
    EXPECT_EQ(GetParam().quoted(stop, stop), stop);
    EXPECT_EQ(GetParam().text(stop, stop), stop);
}

TEST_P(scan_variants, stop_at_the_end_when_a_stop_is_behind_it) {
    const std::string text = std::string(longest, 'x') + std::string(longest, '\n');
    for (std::size_t length = 0; length <= longest; ++length) {
        const char* const e = text.data() + longest;
        EXPECT_EQ(GetParam().quoted(e - length, e), e) << length;
        EXPECT_EQ(GetParam().text(e - length, e), e) << length;
    }
}

INSTANTIATE_TEST_SUITE_P(all, scan_variants, testing::ValuesIn(variants),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(scan, first_marked_octet_in_either_byte_order) {
    for (unsigned octet = 0; octet != 8; ++octet) {
        const std::uint64_t from_low = ~std::uint64_t{0} << (octet * 8 + 7);
        const std::uint64_t from_high = ~std::uint64_t{0} >> (octet * 8);
        EXPECT_EQ(scan_swar::first_marked<std::endian::little>(from_low & (scan_swar::every_octet << 7)), octet);
        EXPECT_EQ(scan_swar::first_marked<std::endian::big>(from_high & (scan_swar::every_octet << 7)), octet);
    }
}

// Every pair of neighbours, so that a mark that depends on the octet beside it shows.
TEST(scan, marks_are_exact_in_every_octet) {
    const auto mark = [](unsigned octet) { return octet == '\n' || octet == 0 || octet >= 0x80 ? 0x80U : 0U; };
    std::size_t wrong = 0;
    for (unsigned even = 0; even != 256; ++even) {
        for (unsigned odd = 0; odd != 256; ++odd) {
            const std::uint64_t pairs = 0x0001000100010001U;
            const std::uint64_t mask = scan_swar::mark_stops<'\n', '\0'>(pairs * (odd << 8 | even));
            wrong += mask == pairs * (mark(odd) << 8 | mark(even)) ? 0U : 1U;
        }
    }
    EXPECT_EQ(wrong, 0U);
}

TEST(scan, find_octet_finds_each_octet_everywhere) {
    std::size_t wrong = 0;
    for_every_octet_everywhere('x', [&](const char* b, const char* e, std::size_t at, char octet) {
        wrong += find_octet(b, e, octet) == b + (octet == 'x' ? 0U : at) ? 0U : 1U;
        wrong += find_octet(b, e, octet == 'y' ? 'z' : 'y') == e ? 0U : 1U;
        wrong += find_line_end(b, e) == (octet == '\n' ? b + at : e) ? 0U : 1U;
    });
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(find_octet(nullptr, nullptr, 'x'), nullptr);
    EXPECT_EQ(find_line_end(nullptr, nullptr), nullptr);
}

TEST(scan, skip_class_stops_at_the_first_octet_outside) {
    constexpr char_class set = alpha | octets("\xff");
    std::size_t wrong = 0;
    for_every_octet_everywhere('x', [&](const char* b, const char* e, std::size_t at, char octet) {
        const bool inside = (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') || octet == '\xff';
        wrong += skip_class<set>(b, e) == (inside ? e : b + at) ? 0U : 1U;
    });
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(skip_class<set>(nullptr, nullptr), nullptr);
}

} // namespace
} // namespace mailwire
