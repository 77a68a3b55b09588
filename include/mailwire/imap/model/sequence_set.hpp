// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/core/cursor.hpp"

namespace mailwire::imap {

// "*": the largest number in use (RFC 9051 9, seq-number).
inline constexpr std::uint32_t star = 0;

// Two numbers and all between them, in either order. A single number is a range of one.
struct seq_range {
    std::uint32_t first = star;
    std::uint32_t last = star;

    constexpr seq_range() = default;
    constexpr seq_range(std::uint32_t number) : first(number), last(number) {}
    constexpr seq_range(std::uint32_t from, std::uint32_t to) : first(from), last(to) {}

    // True when the range holds `number`, with "*" standing for `largest`.
    constexpr bool contains(std::uint32_t number, std::uint32_t largest) const {
        const std::uint32_t a = first == star ? largest : first;
        const std::uint32_t b = last == star ? largest : last;
        return a <= b ? a <= number && number <= b : b <= number && number <= a;
    }
    friend constexpr bool operator==(const seq_range&, const seq_range&) = default;
};

// sequence-set and uid-set (RFC 9051 9): ranges in the order they were given, never expanded. Points to validated text
// or to ranges of the program.
class sequence_set {
public:
    constexpr sequence_set() = default;
    constexpr sequence_set(seq_range range) : single_(range), kind_(kind::single) {}
    constexpr sequence_set(std::uint32_t number) : sequence_set(seq_range(number)) {}
    constexpr sequence_set(std::span<const seq_range> ranges) : ranges_(ranges), kind_(kind::ranges) {}

    // A set written in the program, judged when it is compiled: sequence_set("1:*").
    template <std::size_t N>
    consteval sequence_set(const char (&literal)[N]) : text_(literal, N - 1), kind_(kind::text) {
        if (!valid(text_)) this_is_no_sequence_set();
    }

    // A set from text that is not known before: nothing where the text is no sequence-set. Points into the text.
    static constexpr std::optional<sequence_set> parse(std::string_view text) {
        if (!valid(text)) return std::nullopt;
        return from_wire(text);
    }

    // The result of the last SEARCH with RETURN (SAVE), "$" (RFC 5182).
    static constexpr sequence_set last_result() { return from_wire("$"); }

    static sequence_set read(cursor& c) { return from_wire(c.raw()); }

    constexpr bool is_last_result() const { return kind_ == kind::text && text_ == "$"; }
    constexpr bool empty() const { return begin() == end(); }

    // True for a set that is a uid-set as well: neither "$" nor "*" is in it.
    constexpr bool has_numbers_only() const {
        for (const seq_range r : *this) {
            if (r.first == star || r.last == star) return false;
        }
        return !is_last_result();
    }

    constexpr bool contains(std::uint32_t number, std::uint32_t largest) const {
        for (const seq_range r : *this) {
            if (r.contains(number, largest)) return true;
        }
        return false;
    }

    // Stands alone: it needs the text or the ranges, but not the set.
    class iterator {
    public:
        using value_type = seq_range;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr iterator(const sequence_set& set, std::size_t at)
            : text_(set.text_), ranges_(set.ranges_), value_(set.single_), at_(at), size_(set.size()) {
            decode();
        }
        constexpr seq_range operator*() const { return value_; }
        constexpr iterator& operator++() {
            at_ = next_;
            decode();
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        constexpr void decode() {
            next_ = at_ + 1;
            if (at_ == size_) return;
            if (!ranges_.empty()) value_ = ranges_[at_];
            if (text_.empty()) return;
            next_ = at_;
            value_.first = number_at(text_, next_);
            value_.last = value_.first;
            if (next_ != size_ && text_[next_] == ':') value_.last = number_at(text_, ++next_);
            if (next_ != size_) ++next_;
        }

        std::string_view text_ = {};
        std::span<const seq_range> ranges_;
        seq_range value_;
        std::size_t at_ = 0;
        std::size_t next_ = 0;
        std::size_t size_ = 0;
    };

    constexpr iterator begin() const { return {*this, 0}; }
    constexpr iterator end() const { return {*this, size()}; }

    void write(auto& out) const {
        if (kind_ == kind::text) {
            out.wire(text_);
            return;
        }
        if (!out.require(!empty())) return; // there is no empty set on the wire
        bool first = true;
        for (const seq_range r : *this) {
            if (!first) out.raw(",");
            first = false;
            write_number(out, r.first);
            if (r.first != r.last) {
                out.raw(":");
                write_number(out, r.last);
            }
        }
    }

    // Equal when they hold the same ranges in the same order, however they are spelled.
    friend constexpr bool operator==(const sequence_set& a, const sequence_set& b) {
        if (a.is_last_result() || b.is_last_result()) return a.is_last_result() && b.is_last_result();
        auto i = a.begin();
        auto k = b.begin();
        for (; i != a.end() && k != b.end(); ++i, ++k) {
            if (!(*i == *k)) return false;
        }
        return i == a.end() && k == b.end();
    }

private:
    enum class kind : std::uint8_t { none, single, ranges, text };

    static void this_is_no_sequence_set() {}

    static constexpr sequence_set from_wire(std::string_view text) {
        sequence_set result;
        result.text_ = text;
        result.kind_ = kind::text;
        return result;
    }

    static void write_number(auto& out, std::uint32_t n) {
        if (n == star) {
            out.raw("*");
        } else {
            out.number(n);
        }
    }

    constexpr std::size_t size() const {
        switch (kind_) {
        case kind::none:
            return 0;
        case kind::single:
            return 1;
        case kind::ranges:
            return ranges_.size();
        case kind::text:
            return text_ == "$" ? 0 : text_.size();
        }
        return 0;
    }

    static constexpr std::uint32_t number_at(std::string_view text, std::size_t& at) {
        if (text[at] == '*') {
            ++at;
            return star;
        }
        std::uint32_t n = 0;
        for (; at != text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            n = n * 10 + static_cast<std::uint32_t>(text[at] - '0');
        }
        return n;
    }

    // One seq-number at the front of `text`, taken off; false where there is none.
    static constexpr bool take_number(std::string_view& text) {
        if (text.empty()) return false;
        if (text.front() == '*') {
            text.remove_prefix(1);
            return true;
        }
        if (text.front() < '1' || text.front() > '9') return false;
        std::uint64_t n = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            n = n * 10 + static_cast<std::uint64_t>(text.front() - '0');
            if (n > 4294967295U) return false;
            text.remove_prefix(1);
        }
        return true;
    }

    static constexpr bool valid(std::string_view text) {
        if (text == "$") return true;
        for (;;) {
            if (!take_number(text)) return false;
            if (!text.empty() && text.front() == ':') {
                text.remove_prefix(1);
                if (!take_number(text)) return false;
            }
            if (text.empty()) return true;
            if (text.front() != ',') return false;
            text.remove_prefix(1);
        }
    }

    std::string_view text_ = {};
    std::span<const seq_range> ranges_;
    seq_range single_;
    kind kind_ = kind::none;
};

} // namespace mailwire::imap
