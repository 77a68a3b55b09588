// SPDX-License-Identifier: BSL-1.0
// What a parser is compared with: loops over the same data that do less than any parser has to. Each returns what it
// counted, so that no compiler leaves the work out and a test can check it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#if defined(__SSE2__) && !defined(MAILWIRE_NO_SIMD)
#define MAILWIRE_BENCH_SSE2 1
#include <emmintrin.h>
#else
#define MAILWIRE_BENCH_SSE2 0
#endif

namespace mailwire::bench {

// The buffer into which the limits copy. It is used over and over, as the receive buffer of a program is, and stays in
// the cache of the processor.
struct copy_buffer {
    static constexpr std::size_t size = 65'536;
    std::array<char, size> octets{};
    std::size_t used = 0;

    // Copies the octets behind those of the last call; begins anew where the buffer is full.
    void put(const char* from, std::size_t count) noexcept {
        while (count != 0) {
            used = used == size ? 0 : used;
            const std::size_t now = count < size - used ? count : size - used;
            std::memcpy(octets.data() + used, from, now);
            used += now;
            from += now;
            count -= now;
        }
    }
};

// memcpy of everything through the buffer. Returns the sum of the last octets of the pieces.
inline std::uint64_t copy_all(std::string_view data, copy_buffer& buffer) noexcept {
    std::uint64_t sum = 0;
    while (!data.empty()) {
        const std::string_view piece = data.substr(0, copy_buffer::size);
        std::memcpy(buffer.octets.data(), piece.data(), piece.size());
        sum += static_cast<unsigned char>(buffer.octets[piece.size() - 1]);
        data.remove_prefix(piece.size());
    }
    return sum;
}

namespace limits_detail {

inline const char* find_lf(const char* at, const char* end) noexcept {
    return static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
}

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The size in the `{n}` or `{n+}` that stands right before the CRLF, if there is one.
inline std::optional<std::size_t> literal_before(const char* begin, const char* crlf) noexcept {
    const char* at = crlf;
    if (at == begin || *--at != '}') {
        return std::nullopt;
    }
    if (at != begin && at[-1] == '+') {
        --at;
    }
    std::size_t size = 0;
    std::size_t unit = 1;
    const char* const digits_end = at;
    while (at != begin && is_digit(at[-1])) {
        size += static_cast<std::size_t>(*--at - '0') * unit;
        unit *= 10;
    }
    if (at == digits_end || at == begin || at[-1] != '{') {
        return std::nullopt;
    }
    return size;
}

} // namespace limits_detail

// The lines of the data, found with memchr.
inline std::size_t count_lines(std::string_view data) noexcept {
    std::size_t lines = 0;
    const char* const end = data.data() + data.size();
    for (const char* at = data.data(); (at = limits_detail::find_lf(at, end)) != nullptr; ++at) {
        ++lines;
    }
    return lines;
}

// The complete IMAP units of the data: lines that do not end in a literal's size; the octets of literals are jumped
// over.
inline std::size_t frame_memchr(std::string_view data) noexcept {
    std::size_t units = 0;
    const char* at = data.data();
    const char* const end = at + data.size();
    while (const char* const lf = limits_detail::find_lf(at, end)) {
        const char* const crlf = lf != at && lf[-1] == '\r' ? lf - 1 : lf;
        const auto literal = limits_detail::literal_before(at, crlf);
        units += literal ? 0 : 1;
        const std::size_t jump = literal.value_or(0);
        if (jump > static_cast<std::size_t>(end - lf - 1)) {
            break;
        }
        at = lf + 1 + jump;
    }
    return units;
}

// What a scan for tokens met. Atoms are runs of octets above SP that mean nothing else.
struct token_counts {
    std::size_t atoms = 0;
    std::size_t quoted = 0;
    std::size_t open = 0;
    std::size_t close = 0;
    std::size_t literals = 0;
    std::size_t lines = 0;

    friend bool operator==(const token_counts&, const token_counts&) = default;
};

// One octet at a time.
struct scalar_scan {
    // The end of the atom that has begun before at.
    static const char* atom_end(const char* at, const char* end) noexcept {
        while (at != end && !ends_atom(*at)) {
            ++at;
        }
        return at;
    }

    // The first quote or backslash.
    static const char* quote_or_escape(const char* at, const char* end) noexcept {
        while (at != end && *at != '"' && *at != '\\') {
            ++at;
        }
        return at;
    }

private:
    static bool ends_atom(char c) noexcept {
        return static_cast<unsigned char>(c) <= ' ' || c == '(' || c == ')' || c == '"' || c == '{';
    }
};

#if MAILWIRE_BENCH_SSE2

// Sixteen octets at a time, with no more than every x86-64 processor has.
struct sse2_scan {
    static const char* atom_end(const char* at, const char* end) noexcept {
        return find(at, end, scalar_scan::atom_end, [](__m128i octets) noexcept {
            const __m128i space = _mm_set1_epi8(' ');
            const __m128i up_to_space = _mm_cmpeq_epi8(_mm_min_epu8(octets, space), octets);
            const __m128i parenthesis = _mm_cmpeq_epi8(_mm_or_si128(octets, _mm_set1_epi8(1)), _mm_set1_epi8(')'));
            const __m128i quote = _mm_cmpeq_epi8(octets, _mm_set1_epi8('"'));
            const __m128i brace = _mm_cmpeq_epi8(octets, _mm_set1_epi8('{'));
            return _mm_or_si128(_mm_or_si128(up_to_space, parenthesis), _mm_or_si128(quote, brace));
        });
    }

    static const char* quote_or_escape(const char* at, const char* end) noexcept {
        return find(at, end, scalar_scan::quote_or_escape, [](__m128i octets) noexcept {
            return _mm_or_si128(_mm_cmpeq_epi8(octets, _mm_set1_epi8('"')),
                                _mm_cmpeq_epi8(octets, _mm_set1_epi8('\\')));
        });
    }

private:
    template <typename Rest, typename Match>
    static const char* find(const char* at, const char* end, Rest rest, Match match) noexcept {
        for (; end - at >= 16; at += 16) {
            const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            const int mask = _mm_movemask_epi8(match(octets));
            if (mask != 0) {
                return at + __builtin_ctz(static_cast<unsigned>(mask));
            }
        }
        return rest(at, end);
    }
};

#else

using sse2_scan = scalar_scan;

#endif

namespace limits_detail {

// The octet behind the closing quote. Requires that the opening quote is before at.
template <typename Scan> const char* quoted_end(const char* at, const char* end) noexcept {
    while ((at = Scan::quote_or_escape(at, end)) != end) {
        if (*at == '"') {
            return at + 1;
        }
        at += end - at > 1 ? 2 : 1;
    }
    return end;
}

// The octet behind a literal whose brace is before at, or at itself where this is no literal.
inline const char* literal_end(const char* at, const char* end) noexcept {
    std::size_t size = 0;
    const char* digit = at;
    while (digit != end && is_digit(*digit)) {
        size = size * 10 + static_cast<std::size_t>(*digit++ - '0');
    }
    digit += digit != end && *digit == '+' ? 1 : 0;
    if (digit == at || end - digit < 3 || std::memcmp(digit, "}\r\n", 3) != 0 ||
        size > static_cast<std::size_t>(end - digit - 3)) {
        return at;
    }
    return digit + 3 + size;
}

template <typename Scan> token_counts scan_tokens(std::string_view data) noexcept {
    token_counts counts;
    const char* at = data.data();
    const char* const end = at + data.size();
    while (at != end) {
        switch (*at++) {
        case '(':
            ++counts.open;
            break;
        case ')':
            ++counts.close;
            break;
        case '\n':
            ++counts.lines;
            break;
        case '"':
            ++counts.quoted;
            at = quoted_end<Scan>(at, end);
            break;
        case '{':
            ++counts.literals;
            at = literal_end(at, end);
            break;
        default:
            if (static_cast<unsigned char>(at[-1]) > ' ') {
                ++counts.atoms;
                at = Scan::atom_end(at, end);
            }
        }
    }
    return counts;
}

} // namespace limits_detail

// The tokens of IMAP data. Nothing is made of them and nothing is checked.
inline token_counts tok_scalar(std::string_view data) noexcept { return limits_detail::scan_tokens<scalar_scan>(data); }

// The same with SSE2; the same as tok_scalar where has_sse2 is false.
inline token_counts tok_sse2(std::string_view data) noexcept { return limits_detail::scan_tokens<sse2_scan>(data); }

inline constexpr bool has_sse2 = MAILWIRE_BENCH_SSE2 != 0;

struct number_counts {
    std::size_t numbers = 0;
    std::uint64_t sum = 0;

    friend bool operator==(const number_counts&, const number_counts&) = default;
};

// The decimal numbers of the data and their sum.
inline number_counts numbers_scalar(std::string_view data) noexcept {
    number_counts counts;
    std::uint64_t number = 0;
    bool in_number = false;
    for (const char c : data) {
        const auto digit = static_cast<unsigned char>(c - '0');
        if (digit <= 9) {
            number = number * 10 + digit;
            in_number = true;
        } else if (in_number) {
            ++counts.numbers;
            counts.sum += number;
            number = 0;
            in_number = false;
        }
    }
    counts.numbers += in_number ? 1 : 0;
    counts.sum += number;
    return counts;
}

struct message_counts {
    std::size_t messages = 0;
    std::size_t octets = 0; // of the messages, without what dot-stuffing added
    std::size_t stuffed_lines = 0;

    friend bool operator==(const message_counts&, const message_counts&) = default;
};

// Copies the messages out of answers to RETR: memchr finds the lines, a look at their first octet finds the dots.
inline message_counts pop_nl(std::string_view data, copy_buffer& buffer) noexcept {
    message_counts counts;
    const char* at = data.data();
    const char* const end = at + data.size();
    while (const char* lf = limits_detail::find_lf(at, end)) { // the line with +OK
        const char* run = at = lf + 1;
        const auto copy_run = [&](const char* run_end) noexcept {
            buffer.put(run, static_cast<std::size_t>(run_end - run));
            counts.octets += static_cast<std::size_t>(run_end - run);
        };
        while ((lf = limits_detail::find_lf(at, end)) != nullptr) {
            if (*at == '.') {
                copy_run(at);
                if (lf - at == 2 && at[1] == '\r') {
                    ++counts.messages;
                    at = lf + 1;
                    break;
                }
                ++counts.stuffed_lines;
                run = at + 1;
            }
            at = lf + 1;
        }
        if (lf == nullptr) {
            break;
        }
    }
    return counts;
}

} // namespace mailwire::bench
