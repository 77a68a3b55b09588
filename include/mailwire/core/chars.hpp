// SPDX-License-Identifier: BSL-1.0
// Sets of octets, the core sets of RFC 5234 appendix B.1, and ASCII case.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailwire {

// A set of octets. All members are public because only then can a set be a template argument: skip_class<alpha | digit>.
// Four words rather than 256 flags keep the names of such templates short; octet_table<Set> is the fast form to look up.
struct char_class {
    std::uint64_t words[4] = {};

    [[nodiscard]] constexpr bool contains(char c) const noexcept {
        const auto octet = static_cast<unsigned char>(c);
        return ((words[octet >> 6] >> (octet & 63U)) & 1U) != 0;
    }

    [[nodiscard]] constexpr bool operator()(char c) const noexcept { return contains(c); }

    // The octets in either set.
    [[nodiscard]] friend constexpr char_class operator|(char_class a, const char_class& b) noexcept {
        for (std::size_t i = 0; i != 4; ++i) {
            a.words[i] |= b.words[i];
        }
        return a;
    }

    // The octets of the first set that are not in the second.
    [[nodiscard]] friend constexpr char_class operator-(char_class a, const char_class& b) noexcept {
        for (std::size_t i = 0; i != 4; ++i) {
            a.words[i] &= ~b.words[i];
        }
        return a;
    }

    [[nodiscard]] friend constexpr bool operator==(const char_class&, const char_class&) noexcept = default;
};

// The set of the octets from first to last, both included. Requires 0 <= first <= last <= 255.
// Sets are made with all four words written out: of a value that was made empty and filled in by index g++ 12 leaves the
// zero words out of the names of templates, so that one_of<a> and one_of<b> of different sets become one function.
[[nodiscard]] constexpr char_class octet_range(int first, int last) noexcept {
    std::uint64_t words[4] = {};
    for (int octet = first; octet <= last; ++octet) {
        words[octet >> 6] |= std::uint64_t{1} << (octet & 63);
    }
    return {{words[0], words[1], words[2], words[3]}};
}

// The set of the octets that occur in text.
[[nodiscard]] constexpr char_class octets(std::string_view text) noexcept {
    std::uint64_t words[4] = {};
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        words[octet >> 6] |= std::uint64_t{1} << (octet & 63U);
    }
    return {{words[0], words[1], words[2], words[3]}};
}

// The same set with one flag for each octet.
template <char_class Set>
inline constexpr std::array<bool, 256> octet_table = [] {
    std::array<bool, 256> table{};
    for (std::size_t octet = 0; octet != table.size(); ++octet) {
        table[octet] = ((Set.words[octet >> 6] >> (octet & 63U)) & 1U) != 0;
    }
    return table;
}();

// ALPHA = %x41-5A / %x61-7A
inline constexpr char_class alpha = octet_range('A', 'Z') | octet_range('a', 'z');

// DIGIT = %x30-39
inline constexpr char_class digit = octet_range('0', '9');

// VCHAR = %x21-7E
inline constexpr char_class vchar = octet_range(0x21, 0x7e);

// CTL = %x00-1F / %x7F
inline constexpr char_class ctl = octet_range(0x00, 0x1f) | octet_range(0x7f, 0x7f);

// CHAR = %x01-7F
inline constexpr char_class char_ = octet_range(0x01, 0x7f);

// The upper case of an ASCII letter; every other octet as it is. No locale is asked.
[[nodiscard]] constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

// Whether no octet is above 127.
[[nodiscard]] constexpr bool is_ascii(std::string_view octets) noexcept {
    for (const char c : octets) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

// Whether the two texts are the same but for the case of ASCII letters, as RFC 5234 section 2.3 compares strings.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i != a.size(); ++i) {
        if (to_upper(a[i]) != to_upper(b[i])) {
            return false;
        }
    }
    return true;
}

} // namespace mailwire
