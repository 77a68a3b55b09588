// SPDX-License-Identifier: BSL-1.0
// UTF-8 as RFC 3629 has it: the shortest spelling only, no surrogates, nothing above U+10FFFF.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace mailwire {

struct utf8_character {
    char32_t code_point = 0;
    std::size_t size = 0; // in octets; zero when the octets are no UTF-8
};

[[nodiscard]] constexpr bool is_surrogate(char32_t code_point) noexcept {
    return code_point >= 0xd800 && code_point <= 0xdfff;
}

// The character that begins at b. Requires b != e.
[[nodiscard]] constexpr utf8_character utf8_decode_one(const char* b, const char* e) noexcept {
    const auto lead = static_cast<unsigned char>(*b);
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return {};
    }
    const int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (e - b < size) {
        return {};
    }
    char32_t code_point = lead & (0x7fU >> size);
    for (int i = 1; i != size; ++i) {
        const auto next = static_cast<unsigned char>(b[i]);
        if ((next & 0xc0U) != 0x80) {
            return {};
        }
        code_point = code_point << 6 | (next & 0x3fU);
    }
    const char32_t smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    if (code_point < smallest || code_point > 0x10ffff || is_surrogate(code_point)) {
        return {};
    }
    return {code_point, static_cast<std::size_t>(size)};
}

// Writes the character at out and returns its length in octets. Requires room for four octets and a code point up to
// U+10FFFF that is no surrogate.
constexpr std::size_t utf8_encode_one(char32_t code_point, char* out) noexcept {
    if (code_point < 0x80) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    const std::size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (std::size_t i = size - 1; i != 0; --i) {
        out[i] = static_cast<char>(0x80U | (code_point & 0x3fU));
        code_point >>= 6;
    }
    out[0] = static_cast<char>((0xf00U >> size & 0xf0U) | code_point);
    return size;
}

// The first octet of the first sequence in [b, e) that is no UTF-8, a sequence that e cuts short among them; or e. Both
// pointers may be null.
[[nodiscard]] inline const char* find_invalid_utf8(const char* b, const char* e) noexcept {
    while (b != e) {
        if (e - b >= 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, b, sizeof(eight));
            if ((eight & 0x8080808080808080U) == 0) {
                b += 8;
                continue;
            }
        }
        const std::size_t size = utf8_decode_one(b, e).size;
        if (size == 0) {
            return b;
        }
        b += size;
    }
    return e;
}

} // namespace mailwire
