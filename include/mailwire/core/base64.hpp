// SPDX-License-Identifier: BSL-1.0
// Base64, RFC 4648 section 4, in its one canonical spelling.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace mailwire {

// The 64 digits of an alphabet, and the way back from an octet to its value.
struct base64_alphabet {
    static constexpr std::uint8_t none = 64;

    char digits[64] = {};
    std::uint8_t values[256] = {};

    // Requires 64 different octets.
    explicit constexpr base64_alphabet(std::string_view digits64) noexcept {
        for (auto& value : values) {
            value = none;
        }
        for (std::uint8_t i = 0; i != 64; ++i) {
            digits[i] = digits64[i];
            values[static_cast<unsigned char>(digits[i])] = i;
        }
    }

    // The digit of the six lowest bits.
    [[nodiscard]] constexpr char digit(std::uint32_t bits) const noexcept { return digits[bits & 0x3fU]; }

    // The value of a digit, or none.
    [[nodiscard]] constexpr std::uint8_t value(char c) const noexcept { return values[static_cast<unsigned char>(c)]; }
};

inline constexpr base64_alphabet base64_standard{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};

enum class base64_error : std::uint8_t {
    none,
    length,   // the text ends where a digit or a '=' has to follow: its length is no multiple of four
    alphabet, // an octet that is no digit; a space or a line end is one too
    padding,  // a '=' where none may stand or over bits that are not zero, or an octet behind the padding
    room,     // the text is good, but out is too small for it
};

struct base64_result {
    std::size_t size = 0; // octets written; for room, the octets that out has to hold
    base64_error error = base64_error::none;
    std::size_t offset =
        0; // the first octet that cannot stand where it does; for none and room, the length of the text

    [[nodiscard]] explicit constexpr operator bool() const noexcept { return error == base64_error::none; }
};

// The length of the base64 text of this many octets; the largest std::size_t when the true length does not fit in one.
[[nodiscard]] constexpr std::size_t base64_encoded_size(std::size_t octets) noexcept {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    return octets > most / 4 * 3 ? most : octets / 3 * 4 + (octets % 3 == 0 ? 0U : 4U);
}

// The most octets that a base64 text of this length can hold.
[[nodiscard]] constexpr std::size_t base64_decoded_size_max(std::size_t length) noexcept { return length / 4 * 3; }

// Writes in as base64 with padding and without line ends. Returns the length of the text, in octets. When that is more
// than out has room for, nothing is written. Where the two overlap, in has to begin behind the beginning of out, by the
// difference of their lengths at least.
[[nodiscard]] constexpr std::size_t base64_encode(std::string_view in, std::span<char> out) noexcept {
    const std::size_t size = base64_encoded_size(in.size());
    if (size > out.size()) {
        return size;
    }
    const auto octet = [in](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(in[i]); };
    std::size_t to = 0;
    std::size_t from = 0;
    const auto put = [&](std::uint32_t bits, int digits) {
        for (int i = 0; i != 4; ++i) {
            out[to++] = i < digits ? base64_standard.digit(bits >> (18 - 6 * i)) : '=';
        }
    };
    for (; in.size() - from >= 3; from += 3) {
        put(octet(from) << 16 | octet(from + 1) << 8 | octet(from + 2), 4);
    }
    if (in.size() - from == 2) {
        put(octet(from) << 16 | octet(from + 1) << 8, 3);
    } else if (in.size() - from == 1) {
        put(octet(from) << 16, 2);
    }
    return size;
}

// Judges a base64 text. Its result has the size of what the text holds; the error is never room.
[[nodiscard]] constexpr base64_result base64_check(std::string_view in) noexcept {
    std::size_t digits = 0;
    while (digits != in.size() && base64_standard.value(in[digits]) != base64_alphabet::none) {
        ++digits;
    }
    const std::size_t size = digits / 4 * 3;
    const std::size_t last = digits % 4;
    if (digits == in.size()) {
        return last == 0 ? base64_result{size, base64_error::none, digits}
                         : base64_result{0, base64_error::length, digits};
    }
    if (in[digits] != '=') {
        return {0, base64_error::alphabet, digits};
    }
    // Two digits leave four bits over, three leave two.
    const std::uint8_t unused = last == 2 ? 0x0f : 0x03;
    if (last < 2 || (base64_standard.value(in[digits - 1]) & unused) != 0) {
        return {0, base64_error::padding, digits};
    }
    const std::size_t end = digits - last + 4;
    for (std::size_t i = digits; i != end; ++i) {
        if (i == in.size()) {
            return {0, base64_error::length, i};
        }
        if (in[i] != '=') {
            return {0, base64_error::padding, i};
        }
    }
    return end == in.size() ? base64_result{size + last - 1, base64_error::none, end}
                            : base64_result{0, base64_error::padding, end};
}

// Decodes a base64 text. Only the canonical spelling is taken: padded, without spaces or line ends, zero in the bits
// that are not used. Nothing is written unless the whole text is good and fits. out may begin where in begins.
[[nodiscard]] constexpr base64_result base64_decode(std::string_view in, std::span<char> out) noexcept {
    base64_result result = base64_check(in);
    if (!result) {
        return result;
    }
    if (result.size > out.size()) {
        result.error = base64_error::room;
        return result;
    }
    std::size_t to = 0;
    for (std::size_t from = 0; from != in.size(); from += 4) {
        std::uint32_t bits = 0;
        for (std::size_t i = from; i != from + 4; ++i) {
            bits = bits << 6 | (in[i] == '=' ? 0U : base64_standard.value(in[i]));
        }
        for (int shift = 16; shift >= 0 && to != result.size; shift -= 8) {
            out[to++] = static_cast<char>(bits >> shift & 0xffU);
        }
    }
    return result;
}

} // namespace mailwire
