// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/cursor.hpp"

namespace mailwire::imap {

// The numbers of a SEARCH response: text of the unit, each number with a space before it and decoded as it is reached,
// or an array of the program.
class number_list {
public:
    constexpr number_list() = default;
    constexpr number_list(std::span<const std::uint32_t> numbers) : numbers_(numbers) {}
    template <std::size_t N> constexpr number_list(const std::uint32_t (&numbers)[N]) : numbers_(numbers) {}

    static number_list read(cursor& c) {
        number_list result;
        result.text_ = c.raw();
        return result;
    }

    // Stands alone: it needs the text or the numbers, but not the list.
    class iterator {
    public:
        using value_type = std::uint32_t;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr iterator(const number_list& list, std::size_t at)
            : text_(list.text_), numbers_(list.numbers_), at_(at), size_(list.size()) {
            decode();
        }
        constexpr std::uint32_t operator*() const { return value_; }
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
            if (text_.empty()) {
                value_ = numbers_[at_];
                return;
            }
            value_ = 0;
            for (; next_ != size_ && text_[next_] != ' '; ++next_) {
                value_ = value_ * 10 + static_cast<std::uint32_t>(text_[next_] - '0');
            }
        }

        std::string_view text_ = {};
        std::span<const std::uint32_t> numbers_;
        std::size_t at_ = 0;
        std::size_t next_ = 0;
        std::size_t size_ = 0;
        std::uint32_t value_ = 0;
    };

    constexpr iterator begin() const { return {*this, 0}; }
    constexpr iterator end() const { return {*this, size()}; }
    constexpr bool empty() const { return size() == 0; }

    void write(auto& out) const {
        for (const std::uint32_t n : *this) {
            out.require(n != 0);
            out.sp().number(n);
        }
    }
    friend bool operator==(const number_list& a, const number_list& b) {
        auto i = a.begin();
        auto k = b.begin();
        for (; i != a.end() && k != b.end(); ++i, ++k) {
            if (*i != *k) return false;
        }
        return i == a.end() && k == b.end();
    }

private:
    constexpr std::size_t size() const { return text_.empty() ? numbers_.size() : text_.size(); }

    std::string_view text_ = {};
    std::span<const std::uint32_t> numbers_;
};

} // namespace mailwire::imap
