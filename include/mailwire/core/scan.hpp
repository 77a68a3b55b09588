// SPDX-License-Identifier: BSL-1.0
// Scans over the octets [b, e): each returns a pointer to the octet it looks for, or e. Nothing outside [b, e) is read.
//
// The scans for a stop exist three times (16 octets at a time, 8, and 1) and give the same answers; the names in
// mailwire itself use the fastest that the machine has. MAILWIRE_NO_SIMD chooses the plain loop.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
#include <emmintrin.h>
#endif

#include "mailwire/core/chars.hpp"

namespace mailwire {

// The first octet that is c. Both pointers may be null.
[[nodiscard, gnu::always_inline]] inline const char* find_octet(const char* b, const char* e, char c) noexcept {
    if (b == e) {
        return e;
    }
    const void* found = std::memchr(b, static_cast<unsigned char>(c), static_cast<std::size_t>(e - b));
    return found == nullptr ? e : static_cast<const char*>(found);
}

// The first LF. A line ends after it; whether CR stands before it is for the caller to judge.
[[nodiscard, gnu::always_inline]] inline const char* find_line_end(const char* b, const char* e) noexcept {
    return find_octet(b, e, '\n');
}

// The first octet that is not in the set.
template <char_class Set>
[[nodiscard, gnu::always_inline]] constexpr const char* skip_class(const char* b, const char* e) noexcept {
    constexpr const auto& table = octet_table<Set>;
    const auto in_set = [](char c) { return table[static_cast<unsigned char>(c)]; };
    for (; e - b >= 4; b += 4) {
        if (!in_set(b[0])) {
            return b;
        }
        if (!in_set(b[1])) {
            return b + 1;
        }
        if (!in_set(b[2])) {
            return b + 2;
        }
        if (!in_set(b[3])) {
            return b + 3;
        }
    }
    while (b != e && in_set(*b)) {
        ++b;
    }
    return b;
}

namespace scan_scalar {

// The first octet that is one of Stops, all of them ASCII, or that is not ASCII.
template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    static_assert(((static_cast<unsigned char>(Stops) < 0x80) && ...));
    constexpr char stops[] = {Stops...};
    constexpr char_class pass = octet_range(0x00, 0x7f) - octets({stops, sizeof...(Stops)});
    return skip_class<pass>(b, e);
}

} // namespace scan_scalar

namespace scan_swar {

inline constexpr std::uint64_t every_octet = 0x0101010101010101U;

[[nodiscard, gnu::always_inline]] inline std::uint64_t load(const char* p) noexcept {
    std::uint64_t eight = 0;
    std::memcpy(&eight, p, sizeof(eight));
    return eight;
}

// The index in memory of the first octet whose highest bit is set in mask. Requires that there is one.
template <std::endian Order = std::endian::native>
[[nodiscard, gnu::always_inline]] constexpr std::size_t first_marked(std::uint64_t mask) noexcept {
    static_assert(Order == std::endian::little || Order == std::endian::big);
    if constexpr (Order == std::endian::little) {
        return static_cast<std::size_t>(std::countr_zero(mask)) / 8;
    } else {
        return static_cast<std::size_t>(std::countl_zero(mask)) / 8;
    }
}

// The highest bit of each octet that is a stop, and no other bit. The sums below carry out of no octet, because both
// summands stay under 0x80; so the mask is exact in every octet and serves either byte order.
template <char... Stops>
[[nodiscard, gnu::always_inline]] constexpr std::uint64_t mark_stops(std::uint64_t eight) noexcept {
    constexpr std::uint64_t low_bits = every_octet * 0x7f;
    const std::uint64_t ascii = eight & low_bits;
    const std::uint64_t others = (((ascii ^ (every_octet * static_cast<unsigned char>(Stops))) + low_bits) & ...);
    return (~others | eight) & ~low_bits;
}

template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    if (e - b < 8) {
        return scan_scalar::find_stop<Stops...>(b, e);
    }
    for (; e - b >= 8; b += 8) {
        if (const auto mask = mark_stops<Stops...>(load(b)); mask != 0) {
            return b + first_marked(mask);
        }
    }
    // The last load overlaps octets that are known to be no stops, so that the rest needs no loop of its own.
    const auto mask = mark_stops<Stops...>(load(e - 8));
    return mask == 0 ? e : e - 8 + first_marked(mask);
}

} // namespace scan_swar

#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
namespace scan_sse2 {

// A bit for each of the 16 octets at p that is a stop.
template <char... Stops> [[nodiscard, gnu::always_inline]] inline unsigned mark_stops(const char* p) noexcept {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i stops = sixteen;
    ((stops = _mm_or_si128(stops, _mm_cmpeq_epi8(sixteen, _mm_set1_epi8(Stops)))), ...);
    return static_cast<unsigned>(_mm_movemask_epi8(stops));
}

template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    if (e - b < 16) {
        return scan_swar::find_stop<Stops...>(b, e);
    }
    for (; e - b >= 16; b += 16) {
        if (const auto mask = mark_stops<Stops...>(b); mask != 0) {
            return b + std::countr_zero(mask);
        }
    }
    // The last load overlaps here too.
    const auto mask = mark_stops<Stops...>(e - 16);
    return mask == 0 ? e : e - 16 + std::countr_zero(mask);
}

} // namespace scan_sse2

namespace scan_default = scan_sse2;
#elif defined(MAILWIRE_NO_SIMD)
namespace scan_default = scan_scalar;
#else
namespace scan_default = scan_swar;
#endif

// The first octet that ends or breaks a run of plain characters in an IMAP quoted string: DQUOTE, backslash, CR, LF,
// NUL, or an octet that is not ASCII. RFC 9051 section 9, quoted.
[[nodiscard, gnu::always_inline]] inline const char* find_quoted_stop(const char* b, const char* e) noexcept {
    return scan_default::find_stop<'"', '\\', '\r', '\n', '\0'>(b, e);
}

// The first octet that ends or breaks a run of plain characters in IMAP text: CR, LF, NUL, or an octet that is not
// ASCII. RFC 9051 section 9, text.
[[nodiscard, gnu::always_inline]] inline const char* find_text_stop(const char* b, const char* e) noexcept {
    return scan_default::find_stop<'\r', '\n', '\0'>(b, e);
}

} // namespace mailwire
