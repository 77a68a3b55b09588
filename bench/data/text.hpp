// SPDX-License-Identifier: BSL-1.0
// Small pieces of mail and of wire text.

#pragma once

#include "random.hpp"
#include "words.hpp"

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

// put(out) << ... appends texts, octets and unsigned numbers. The operands of << are evaluated from left to right; the
// arguments of a function are not, and with choices of a random_source among them that would be seen in the data.
class put {
public:
    explicit put(std::string& out) noexcept : out_(out) {}

    put& operator<<(std::string_view text) {
        out_ += text;
        return *this;
    }

    put& operator<<(char octet) {
        out_ += octet;
        return *this;
    }

    template <std::unsigned_integral Number> put& operator<<(Number number) {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
        out_.append(digits, end);
        return *this;
    }

private:
    std::string& out_;
};

// A number with at least two digits; `fill` stands for the first one where there is only one.
inline std::string two_digits(std::uint32_t number, char fill = '0') {
    std::string out;
    put(out) << number;
    if (out.size() == 1) {
        out.insert(out.begin(), fill);
    }
    return out;
}

// An IMAP quoted string, or the text of one in a header field: quotes and backslashes are escaped.
inline std::string quoted_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    out += '"';
    return out;
}

// Words in the given number, from fewest to most, with spaces between them.
inline std::string some_words(random_source& random, std::uint32_t fewest, std::uint32_t most) {
    std::string out;
    for (std::uint32_t left = random.between(fewest, most); left != 0; --left) {
        put(out) << random.pick(words::plain) << (left == 1 ? std::string_view() : std::string_view(" "));
    }
    return out;
}

inline std::string hexadecimal(std::uint64_t number) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
    return {digits, end};
}

inline std::string clock_time(random_source& random) {
    std::string out = two_digits(random.below(24));
    put(out) << ':' << two_digits(random.below(60)) << ':' << two_digits(random.below(60));
    return out;
}

// The text of a Date field, RFC 5322 section 3.3.
inline std::string header_date(random_source& random) {
    std::string out;
    put(out) << random.pick(words::weekdays) << ", " << random.between(1, 28) << ' ' << random.pick(words::months)
             << ' ' << random.between(1995, 2030) << ' ' << clock_time(random) << ' ' << random.pick(words::zones);
    return out;
}

// date-time of RFC 9051: the day is two octets wide, the first of which may be a space.
inline std::string date_time(random_source& random) {
    std::string out = "\"";
    put(out) << two_digits(random.between(1, 28), ' ') << '-' << random.pick(words::months) << '-'
             << random.between(1995, 2030) << ' ' << clock_time(random) << ' ' << random.pick(words::zones) << '"';
    return out;
}

// A msg-id, RFC 5322 section 3.6.4.
inline std::string message_id(random_source& random) {
    std::string out = "<";
    if (random.chance(40)) {
        put(out) << (random.next() >> 20) << '.' << random.below(100'000);
    } else {
        put(out) << hexadecimal(random.next()) << '-' << hexadecimal(random.next() >> 32);
    }
    put(out) << '@' << random.pick(words::hosts) << '>';
    return out;
}

// The flags of a message, with spaces between them and no parentheses; possibly none.
inline std::string message_flags(random_source& random) {
    constexpr std::array rare = {"\\Answered", "\\Flagged", "\\Deleted", "\\Draft"};
    std::string out;
    const auto add = [&out](std::string_view flag) { put(out) << (out.empty() ? "" : " ") << flag; };
    if (random.chance(75)) {
        add("\\Seen");
    }
    for (const auto* const flag : rare) {
        if (random.chance(8)) {
            add(flag);
        }
    }
    if (random.chance(25)) {
        add(random.pick(words::keywords));
    }
    return out;
}

// A sequence-set of up to `most` ranges and numbers, ascending from a random message on.
inline std::string number_set(random_source& random, std::uint32_t most) {
    std::string out;
    std::uint32_t number = random.between(1, 50'000);
    for (std::uint32_t left = random.doubling_between(1, most); left != 0; --left) {
        put(out) << number;
        if (random.chance(40)) {
            number += random.between(1, 80);
            put(out) << ':' << number;
        }
        number += random.between(2, 200);
        put(out) << (left == 1 ? "" : ",");
    }
    return out;
}

} // namespace mailwire::bench
