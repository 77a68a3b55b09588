// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>

#include "mailwire/core/scan.hpp"

// The scan of the dot layer. It exists twice, 16 octets at a time and by memchr, and gives the same answers.
namespace mailwire::pop3 {

namespace scan_lines {

// Whether the LF at `feed` is one whose neighbours have to be looked at. [b, e) are the octets there are.
[[nodiscard]] inline bool to_judge(const char* b, const char* feed, const char* e) {
    return feed == b || feed[-1] != '\r' || feed + 1 == e || feed[1] == '.';
}

[[nodiscard]] inline const char* find(const char* b, const char* from, const char* e) {
    const char* feed = find_line_end(from, e);
    while (feed != e && !to_judge(b, feed, e))
        feed = find_line_end(feed + 1, e);
    return feed;
}

} // namespace scan_lines

// The first LF in [b, e) that has no CR before it, or a dot behind it, or no octet before or behind it at all; or e.
// All other line ends are nothing to a dot layer. Both pointers may be null.
[[nodiscard]] inline const char* find_line_end_to_judge(const char* b, const char* e) {
    const char* p = b;
#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
    if (b == e || *b == '\n') return b;
    const auto load = [](const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); };
    for (++p; e - p > 16; p += 16) {
        const __m128i feeds = _mm_cmpeq_epi8(load(p), _mm_set1_epi8('\n'));
        const __m128i after_cr = _mm_cmpeq_epi8(load(p - 1), _mm_set1_epi8('\r'));
        const __m128i before_dot = _mm_cmpeq_epi8(load(p + 1), _mm_set1_epi8('.'));
        const __m128i plain = _mm_andnot_si128(before_dot, after_cr);
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(plain, feeds)));
        if (found != 0) return p + std::countr_zero(found);
    }
#endif
    return scan_lines::find(b, p, e);
}

} // namespace mailwire::pop3
