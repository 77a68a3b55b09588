// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "mailwire/core/chars.hpp"

namespace mailwire {

// How the octets of a text are spelled.
enum class spelling : std::uint8_t {
    plain,    // octets of the program, or wire octets that stand for themselves (atom, literal, unescaped quoted)
    nil,      // no text at all: NIL
    escaped,  // octets between quotes on the wire, with backslashes that are not part of the text
    streamed, // a literal whose octets pass by in pieces: only its size and its index are known
};

// Octets with a meaning: a mailbox name, a subject, a password, a body. A program makes one from any string; a parse
// makes one that points into its unit and is valid as long as the unit. Copying copies no octets.
class text {
public:
    constexpr text() = default;
    constexpr text(std::string_view octets) : data_(octets.data()), size_(octets.size()) {}
    template <typename String>
    requires std::convertible_to<const String&, std::string_view>
    constexpr text(const String& octets) : text(static_cast<std::string_view>(octets)) {}
    constexpr text(const char* data, std::size_t size, spelling how) : data_(data), size_(size), how_(how) {}

    static constexpr text nil() { return {nullptr, 0, spelling::nil}; }

    // A literal of `octets` octets that are not here: they follow in pieces through the session.
    static constexpr text streamed(std::uint64_t octets, std::uint16_t index = 0, bool binary = false) {
        text result(nullptr, 0, spelling::streamed);
        result.size_ = octets;
        result.index_ = index;
        result.binary_ = binary;
        return result;
    }

    // A literal8 (RFC 9051 9): octets among which NUL may stand.
    static constexpr text binary(std::string_view octets) {
        text result(octets);
        result.binary_ = true;
        return result;
    }

    constexpr bool is_nil() const { return how_ == spelling::nil; }
    constexpr bool is_streamed() const { return how_ == spelling::streamed; }
    constexpr bool is_binary() const { return binary_; }
    constexpr spelling how() const { return how_; }
    constexpr std::uint16_t stream_index() const { return index_; }

    // The octets as they are spelled: with backslashes when escaped, none when nil or streamed.
    constexpr std::string_view spelled() const {
        return how_ == spelling::streamed ? std::string_view()
                                          : std::string_view(data_, static_cast<std::size_t>(size_));
    }

    // The number of octets the text stands for.
    constexpr std::uint64_t size() const {
        if (how_ != spelling::escaped) return size_;
        std::uint64_t n = 0;
        for_each([&n](char) { ++n; });
        return n;
    }
    constexpr bool empty() const { return size_ == 0; }

    // Calls `visit(char)` for each octet the text stands for.
    template <typename Visit> constexpr void for_each(Visit&& visit) const {
        const std::string_view octets = spelled();
        for (std::size_t i = 0; i < octets.size(); ++i) {
            if (how_ == spelling::escaped && octets[i] == '\\' && i + 1 < octets.size()) ++i;
            visit(octets[i]);
        }
    }

    // Writes the octets the text stands for to `out`, which has room for `spelled().size()`; returns the number written.
    std::size_t copy_to(char* out) const {
        char* p = out;
        for_each([&p](char c) { *p++ = c; });
        return static_cast<std::size_t>(p - out);
    }

    // True when the text stands for just these octets. A nil text equals nothing but a nil text.
    friend constexpr bool operator==(const text& a, const text& b) {
        if (a.is_nil() || b.is_nil()) return a.is_nil() && b.is_nil();
        if (a.is_streamed() || b.is_streamed()) {
            return a.is_streamed() && b.is_streamed() && a.size_ == b.size_ && a.index_ == b.index_;
        }
        return equal_octets(a, b, [](char x, char y) { return x == y; });
    }

    // The same with ASCII letters in either case.
    constexpr bool equal_ignoring_case(const text& other) const {
        if (is_nil() || other.is_nil() || is_streamed() || other.is_streamed()) return false;
        return equal_octets(*this, other, [](char x, char y) { return to_upper(x) == to_upper(y); });
    }

private:
    constexpr char next_octet(std::size_t& i) const {
        if (how_ == spelling::escaped && data_[i] == '\\' && i + 1 < size_) ++i;
        return data_[i++];
    }

    template <typename Equal> static constexpr bool equal_octets(const text& a, const text& b, Equal equal) {
        std::size_t i = 0;
        std::size_t k = 0;
        while (i < a.size_ && k < b.size_) {
            if (!equal(a.next_octet(i), b.next_octet(k))) return false;
        }
        return i >= a.size_ && k >= b.size_;
    }

    const char* data_ = nullptr;
    std::uint64_t size_ = 0;
    std::uint16_t index_ = 0;
    spelling how_ = spelling::plain;
    bool binary_ = false;
};

} // namespace mailwire
