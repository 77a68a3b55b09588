// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <type_traits>

#include "mailwire/core/cursor.hpp"

namespace mailwire {

// Reads one T at the cursor. T is text, or a struct with a static read(cursor&).
template <typename T> T read_value(cursor& c) {
    if constexpr (std::is_same_v<T, text>) {
        return c.text();
    } else {
        return T::read(c);
    }
}

// Passes over one T. A struct that knows how many fields it is says so, and is not decoded: with `one_field` where it is
// one (a list, an item), otherwise with a static skip(cursor&).
template <typename T> [[gnu::always_inline]] inline void skip_value(cursor& c) {
    if constexpr (std::is_same_v<T, text> || requires { typename T::one_field; }) {
        c.skip();
    } else if constexpr (requires { T::skip(c); }) {
        T::skip(c);
    } else {
        (void)T::read(c);
    }
}

// A sequence of values for both directions: a stretch of a tape, decoded as it is walked, or an array of the program.
// Neither is owned. Forward iteration only; each step on a tape decodes one value.
template <typename T> class seq_of {
public:
    constexpr seq_of() = default;
    constexpr explicit seq_of(cursor elements)
        : data_(elements.position()), last_(elements.end()), unit_(elements.unit()) {}
    constexpr seq_of(std::span<const T> values) : data_(values.data()), last_(values.data() + values.size()) {}
    template <std::size_t N> constexpr seq_of(const T (&values)[N]) : seq_of(std::span<const T>(values)) {}

    // Values written in place live to the end of the full expression: hand the sequence on in that expression.
    constexpr seq_of(std::initializer_list<T> values) : seq_of(std::span<const T>(values.begin(), values.size())) {}

    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = T;

        constexpr iterator() = default;
        constexpr iterator(const void* at, const void* last, const char* unit) : at_(at), last_(last), unit_(unit) {}

        T operator*() const {
            if (unit_ == nullptr) return *static_cast<const T*>(at_);
            cursor c = here();
            return read_value<T>(c);
        }
        iterator& operator++() {
            if (unit_ == nullptr) {
                at_ = static_cast<const T*>(at_) + 1;
            } else {
                cursor c = here();
                skip_value<T>(c);
                at_ = c.position();
            }
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        cursor here() const { return {unit_, static_cast<const token*>(at_), static_cast<const token*>(last_)}; }

        const void* at_ = nullptr;
        const void* last_ = nullptr;
        const char* unit_ = nullptr;
    };

    constexpr iterator begin() const { return {data_, last_, unit_}; }
    constexpr iterator end() const { return {last_, last_, unit_}; }
    constexpr bool empty() const { return data_ == last_; }

    // The number of values; on a tape this walks them.
    std::size_t size() const {
        std::size_t n = 0;
        for (iterator i = begin(); i != end(); ++i)
            ++n;
        return n;
    }

    // The value at an index, counted from 0. Requires: index < size().
    T operator[](std::size_t index) const {
        iterator i = begin();
        for (; index != 0; --index)
            ++i;
        return *i;
    }

private:
    const void* data_ = nullptr;
    const void* last_ = nullptr;
    const char* unit_ = nullptr;
};

// Two sequences are equal when their values are, wherever they lie.
template <typename T> bool operator==(const seq_of<T>& a, const seq_of<T>& b) {
    auto i = a.begin();
    auto k = b.begin();
    for (; i != a.end() && k != b.end(); ++i, ++k) {
        if (!(*i == *k)) return false;
    }
    return i == a.end() && k == b.end();
}

} // namespace mailwire
