// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"

namespace mailwire::pop3 {

// The arguments of a capability: words with one space between each two. Not owned; walked without a store.
class params {
public:
    constexpr params() = default;
    constexpr params(std::string_view words) : words_(words) {}
    constexpr params(const char* words) : words_(words) {}

    class iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = std::string_view;

        constexpr iterator() = default;
        constexpr explicit iterator(std::string_view rest) : rest_(rest) {}

        constexpr std::string_view operator*() const { return head_of(rest_, rest_.find(' ')); }
        constexpr iterator& operator++() {
            const std::size_t space = rest_.find(' ');
            rest_ = space == std::string_view::npos ? std::string_view() : tail_of(rest_, space + 1);
            return *this;
        }
        constexpr iterator operator++(int) {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) {
            return a.rest_.size() == b.rest_.size();
        }

    private:
        std::string_view rest_;
    };

    constexpr iterator begin() const { return iterator(words_); }
    constexpr iterator end() const { return {}; }
    constexpr bool empty() const { return words_.empty(); }

    // All of them as they stand in the line.
    constexpr std::string_view line() const { return words_; }

    // Whether one of them is this word, in any case.
    constexpr bool contains(std::string_view word) const {
        for (const std::string_view one : *this) {
            if (equal_ignoring_case(one, word)) return true;
        }
        return false;
    }

    friend constexpr bool operator==(const params&, const params&) = default;

private:
    std::string_view words_;
};

} // namespace mailwire::pop3
