// SPDX-License-Identifier: BSL-1.0
// Modified UTF-7, the spelling of international mailbox names in IMAP. RFC 3501 section 5.1.3, RFC 9051 appendix A.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/utf8.hpp"

namespace mailwire {

inline constexpr base64_alphabet base64_modified{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,"};

enum class mutf7_error : std::uint8_t {
    none,
    octet,        // an octet outside a run that has to be encoded: a control, or one that is not ASCII
    alphabet,     // an octet inside a run that is no digit of modified base64
    unterminated, // the name ends inside a run
    bits,         // a run ends with a digit too many, or with unused bits that are not zero
    surrogate,    // half of a surrogate pair
    printable,    // a run holds a character that has to stand for itself, or a '&'
    shift,        // a run begins where another has just ended
    nul,          // NUL, which no mailbox name may hold
    utf8,         // the text to encode is no UTF-8
    room,         // the text is good, but out is too small for it
};

struct mutf7_result {
    std::size_t size = 0; // octets written; for room, the octets that out has to hold
    mutf7_error error = mutf7_error::none;
    std::size_t offset = 0; // the octet of the text read at which the error shows; for none and room, its length

    [[nodiscard]] explicit constexpr operator bool() const noexcept { return error == mutf7_error::none; }
};

namespace mutf7_detail {

// Writes what fits and counts the rest.
struct bounded {
    std::span<char> out;
    std::size_t size = 0;

    constexpr void put(char c) noexcept {
        if (size < out.size()) {
            out[size] = c;
        }
        ++size;
    }

    constexpr void put_utf8(char32_t code_point) noexcept {
        char octets[4] = {};
        const std::size_t count = utf8_encode_one(code_point, octets);
        for (std::size_t i = 0; i != count; ++i) {
            put(octets[i]);
        }
    }

    [[nodiscard]] constexpr mutf7_result finish(std::size_t offset) const noexcept {
        return {size, size > out.size() ? mutf7_error::room : mutf7_error::none, offset};
    }
};

[[nodiscard]] constexpr bool is_printable(char32_t c) noexcept { return c >= 0x20 && c <= 0x7e; }

// Takes one unit of UTF-16. high is the first half of a pair while the second is awaited, otherwise zero.
[[nodiscard]] constexpr mutf7_error take_unit(char32_t unit, char32_t& high, bounded& to) noexcept {
    const bool is_low = unit >= 0xdc00 && unit <= 0xdfff;
    if (is_low != (high != 0)) {
        return mutf7_error::surrogate;
    }
    if (is_low) {
        to.put_utf8(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
        high = 0;
    } else if (is_surrogate(unit)) {
        high = unit;
    } else if (unit == 0) {
        return mutf7_error::nul;
    } else if (is_printable(unit)) {
        return mutf7_error::printable;
    } else {
        to.put_utf8(unit);
    }
    return mutf7_error::none;
}

// Reads a run whose first digit is at offset `at`. The offset of the result is that of the error or of the '-'.
[[nodiscard]] constexpr mutf7_result decode_run(std::string_view name, std::size_t at, bounded& to) noexcept {
    std::uint32_t bits = 0;
    unsigned count = 0;
    char32_t high = 0;
    for (; at != name.size() && name[at] != '-'; ++at) {
        const std::uint8_t value = base64_modified.value(name[at]);
        if (value == base64_alphabet::none) {
            return {0, mutf7_error::alphabet, at};
        }
        bits = bits << 6 | value;
        count += 6;
        if (count >= 16) {
            count -= 16;
            const mutf7_error error = take_unit(bits >> count, high, to);
            if (error != mutf7_error::none) {
                return {0, error, at};
            }
            bits &= (1U << count) - 1;
        }
    }
    if (at == name.size()) {
        return {0, mutf7_error::unterminated, at};
    }
    if (count >= 6 || bits != 0) {
        return {0, mutf7_error::bits, at};
    }
    return {0, high != 0 ? mutf7_error::surrogate : mutf7_error::none, at};
}

// Writes characters as one run, which the first of them opens.
struct run_writer {
    bounded& to;
    std::uint32_t bits = 0;
    unsigned count = 0;
    bool open = false;

    constexpr void unit(char32_t value) noexcept {
        bits = bits << 16 | static_cast<std::uint32_t>(value);
        for (count += 16; count >= 6; count -= 6) {
            to.put(base64_modified.digit(bits >> (count - 6)));
        }
    }

    constexpr void put(char32_t code_point) noexcept {
        if (!open) {
            to.put('&');
            open = true;
        }
        if (code_point < 0x10000) {
            unit(code_point);
        } else {
            unit(0xd800 + ((code_point - 0x10000) >> 10));
            unit(0xdc00 + (code_point & 0x3ffU));
        }
    }

    constexpr void end() noexcept {
        if (!open) {
            return;
        }
        if (count != 0) {
            to.put(base64_modified.digit(bits << (6 - count)));
        }
        to.put('-');
        count = 0;
        open = false;
    }
};

} // namespace mutf7_detail

// Reads a mailbox name in modified UTF-7 and writes it to out as UTF-8. Only the one canonical spelling of a name is
// taken, so that mutf7_encode gives back the octets that were read. Returns the size of the UTF-8; with an empty out
// that is the way to ask for it. On an error the octets of out are unspecified. The two may not overlap.
[[nodiscard]] constexpr mutf7_result mutf7_decode(std::string_view name, std::span<char> out) noexcept {
    mutf7_detail::bounded to{out};
    bool after_run = false;
    for (std::size_t at = 0; at != name.size(); ++at) {
        if (name[at] != '&') {
            if (!mutf7_detail::is_printable(static_cast<unsigned char>(name[at]))) {
                return {0, mutf7_error::octet, at};
            }
            to.put(name[at]);
            after_run = false;
            continue;
        }
        if (at + 1 != name.size() && name[at + 1] == '-') {
            to.put('&');
            after_run = false;
            ++at;
            continue;
        }
        if (after_run) {
            return {0, mutf7_error::shift, at};
        }
        const mutf7_result run = mutf7_detail::decode_run(name, at + 1, to);
        if (!run) {
            return run;
        }
        at = run.offset;
        after_run = true;
    }
    return to.finish(name.size());
}

// Reads a mailbox name in UTF-8 and writes it to out in modified UTF-7. Returns the size of that; with an empty out
// that is the way to ask for it. On an error the octets of out are unspecified. The two may not overlap.
[[nodiscard]] constexpr mutf7_result mutf7_encode(std::string_view name, std::span<char> out) noexcept {
    mutf7_detail::bounded to{out};
    mutf7_detail::run_writer run{to};
    for (std::size_t at = 0; at != name.size();) {
        const utf8_character c = utf8_decode_one(name.data() + at, name.data() + name.size());
        if (c.size == 0) {
            return {0, mutf7_error::utf8, at};
        }
        if (c.code_point == 0) {
            return {0, mutf7_error::nul, at};
        }
        at += c.size;
        if (!mutf7_detail::is_printable(c.code_point)) {
            run.put(c.code_point);
            continue;
        }
        run.end();
        to.put(static_cast<char>(c.code_point));
        if (c.code_point == '&') {
            to.put('-');
        }
    }
    run.end();
    return to.finish(name.size());
}

} // namespace mailwire
