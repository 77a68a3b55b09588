// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/sequence_set.hpp"

// Sets of numbers compared and put together while they are walked: nothing is expanded, stored or allocated. What is
// walked is always ascending: ranges from the lower number to the higher one, with a gap between each two.
namespace mailwire::imap {

// The numbers of a set as ascending ranges, whatever order, overlap or direction it was written with. `Set` is a
// sequence_set, a number_list, or anything else that gives seq_range or numbers and is cheap to copy. "*" is `largest`;
// where that is 0 nothing is in use, and a range with "*" holds no number.
//
// A walk of n ranges costs n steps where each begins no lower than the one before, and O(n^2) steps otherwise.
template <typename Set> class ascending_ranges {
public:
    constexpr ascending_ranges(const Set& set, std::uint32_t largest)
        : set_(set), largest_(largest), in_order_(is_in_order()) {}

    // Stands alone: it needs what the set points to, but not this object.
    class iterator {
    public:
        using value_type = seq_range;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr explicit iterator(const ascending_ranges& ranges)
            : ranges_(ranges), at_(ranges.set_.begin()), end_(ranges.set_.end()) {
            advance(1);
        }
        constexpr seq_range operator*() const { return value_; }
        constexpr iterator& operator++() {
            advance(std::uint64_t{value_.last} + 1);
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        // Equal at the same range of the same set, and behind the last one.
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.value_ == b.value_; }

    private:
        // The first range with numbers from `lowest` on. The end is the range of no number.
        constexpr void advance(std::uint64_t lowest) {
            value_ = {};
            if (ranges_->in_order_) {
                take_in_order();
            } else if (const auto first = ranges_->next_from(lowest)) {
                value_ = ranges_->grown(*first);
            }
        }
        constexpr void take_in_order() {
            for (; at_ != end_; ++at_) {
                const bounds b = ranges_->bounds_of(*at_);
                if (b.empty()) continue;
                if (value_.first == 0) {
                    value_ = {b.low, b.high};
                } else if (b.low > std::uint64_t{value_.last} + 1) {
                    return;
                }
                value_.last = std::max(value_.last, b.high);
            }
        }

        using position = decltype(std::declval<const Set&>().begin());
        std::optional<ascending_ranges> ranges_;
        position at_ = {};
        position end_ = {};
        seq_range value_;
    };

    constexpr iterator begin() const { return iterator(*this); }
    constexpr iterator end() const { return {}; }

private:
    struct bounds {
        std::uint32_t low = 1;
        std::uint32_t high = 0;
        constexpr bool empty() const { return low > high; }
    };

    constexpr bounds bounds_of(seq_range r) const {
        if (largest_ == 0 && (r.first == star || r.last == star)) return {};
        const std::uint32_t a = r.first == star ? largest_ : r.first;
        const std::uint32_t b = r.last == star ? largest_ : r.last;
        return {std::min(a, b), std::max(a, b)};
    }

    constexpr bool is_in_order() const {
        std::uint32_t low = 0;
        for (const seq_range r : set_) {
            const bounds b = bounds_of(r);
            if (b.empty()) continue;
            if (b.low < low) return false;
            low = b.low;
        }
        return true;
    }

    // The smallest number not below `lowest`, with the end of the longest of the ranges that hold it.
    constexpr std::optional<seq_range> next_from(std::uint64_t lowest) const {
        std::optional<seq_range> found;
        for (const seq_range r : set_) {
            const bounds b = bounds_of(r);
            if (b.empty() || b.high < lowest) continue;
            const std::uint32_t low = std::max(b.low, static_cast<std::uint32_t>(lowest));
            if (!found || low < found->first) {
                found = seq_range(low, b.high);
            } else if (low == found->first) {
                found->last = std::max(found->last, b.high);
            }
        }
        return found;
    }

    // The range with all that overlaps or touches its end. Every pass but the last takes at least one range in.
    constexpr seq_range grown(seq_range range) const {
        for (std::uint32_t before = 0; before != range.last;) {
            before = range.last;
            for (const seq_range r : set_) {
                const bounds b = bounds_of(r);
                if (!b.empty() && b.low <= std::uint64_t{range.last} + 1) range.last = std::max(range.last, b.high);
            }
        }
        return range;
    }

    Set set_;
    std::uint32_t largest_;
    bool in_order_;
};

// The numbers of a set. Nothing for "$": only the server knows which those are (RFC 5182).
constexpr std::optional<ascending_ranges<sequence_set>> numbers_of(const sequence_set& set, std::uint32_t largest) {
    if (set.is_last_result()) return std::nullopt;
    return ascending_ranges<sequence_set>(set, largest);
}
constexpr ascending_ranges<number_list> numbers_of(const number_list& list) { return {list, 0}; }

// Which numbers of two sets are meant.
enum class set_operation : std::uint8_t { in_either, in_both, in_first_only };

// Two ascending sets as one, put together as it is walked: a walk costs one walk of each. Either may be such a set itself.
template <set_operation Operation, typename First, typename Second> class combined_ranges {
public:
    constexpr combined_ranges(const First& first, const Second& second) : first_(first), second_(second) {}

    class iterator {
    public:
        using value_type = seq_range;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr explicit iterator(const combined_ranges& sets)
            : a_(sets.first_.begin()), a_end_(sets.first_.end()), b_(sets.second_.begin()), b_end_(sets.second_.end()) {
            advance(1);
        }
        constexpr seq_range operator*() const { return value_; }
        constexpr iterator& operator++() {
            advance(std::uint64_t{value_.last} + 1);
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.value_ == b.value_; }

    private:
        // A stretch in which neither set changes, as one of them or both or none have it.
        struct stretch {
            bool in_first;
            bool in_second;
            std::uint64_t last;
        };
        static constexpr std::uint64_t beyond = std::uint64_t{4294967295U} + 1;

        template <typename At> static constexpr bool holds(const At& at, const At& end, std::uint64_t number) {
            return at != end && (*at).first <= number;
        }
        // The last number up to which a set stays as it is at `number`.
        template <typename At> static constexpr std::uint64_t until(const At& at, const At& end, std::uint64_t number) {
            if (at == end) return beyond;
            return holds(at, end, number) ? (*at).last : std::uint64_t{(*at).first} - 1;
        }
        template <typename At> static constexpr void leave_behind(At& at, const At& end, std::uint64_t number) {
            while (at != end && (*at).last < number)
                ++at;
        }

        constexpr stretch stretch_at(std::uint64_t number) {
            leave_behind(a_, a_end_, number);
            leave_behind(b_, b_end_, number);
            return {holds(a_, a_end_, number), holds(b_, b_end_, number),
                    std::min(until(a_, a_end_, number), until(b_, b_end_, number))};
        }
        static constexpr bool is_meant(const stretch& s) {
            if constexpr (Operation == set_operation::in_either) return s.in_first || s.in_second;
            if constexpr (Operation == set_operation::in_both) return s.in_first && s.in_second;
            return s.in_first && !s.in_second;
        }
        constexpr void advance(std::uint64_t number) {
            value_ = {};
            while (number < beyond) {
                const stretch s = stretch_at(number);
                if (is_meant(s)) {
                    if (value_.first == 0) value_.first = static_cast<std::uint32_t>(number);
                    value_.last = static_cast<std::uint32_t>(s.last);
                } else if (value_.first != 0) {
                    return;
                }
                number = s.last + 1;
            }
        }

        using first_position = decltype(std::declval<const First&>().begin());
        using second_position = decltype(std::declval<const Second&>().begin());
        first_position a_ = {};
        first_position a_end_ = {};
        second_position b_ = {};
        second_position b_end_ = {};
        seq_range value_;
    };

    constexpr iterator begin() const { return iterator(*this); }
    constexpr iterator end() const { return {}; }

private:
    First first_;
    Second second_;
};

// The numbers that are in a or b, in both, and in a but not in b. a and b are ascending.
template <typename A, typename B>
constexpr combined_ranges<set_operation::in_either, A, B> union_of(const A& a, const B& b) {
    return {a, b};
}
template <typename A, typename B>
constexpr combined_ranges<set_operation::in_both, A, B> intersection_of(const A& a, const B& b) {
    return {a, b};
}
template <typename A, typename B>
constexpr combined_ranges<set_operation::in_first_only, A, B> difference_of(const A& a, const B& b) {
    return {a, b};
}

// How many numbers there are, each counted once.
template <typename Ascending> constexpr std::uint64_t count_of(const Ascending& set) {
    std::uint64_t sum = 0;
    for (const seq_range r : set)
        sum += std::uint64_t{r.last} - r.first + 1;
    return sum;
}

// The smallest number that is not below `lowest`, or nothing.
template <typename Ascending>
constexpr std::optional<std::uint32_t> first_from(const Ascending& set, std::uint32_t lowest) {
    for (const seq_range r : set) {
        if (r.last >= lowest) return std::max(r.first, lowest);
    }
    return std::nullopt;
}

template <typename Ascending> constexpr bool contains(const Ascending& set, std::uint32_t number) {
    return number != 0 && first_from(set, number) == number;
}

template <typename Ascending> constexpr std::optional<std::uint32_t> minimum_of(const Ascending& set) {
    return first_from(set, 1);
}
template <typename Ascending> constexpr std::optional<std::uint32_t> maximum_of(const Ascending& set) {
    std::optional<std::uint32_t> last;
    for (const seq_range r : set)
        last = r.last;
    return last;
}

// A set to be sent, with its ranges in `room`: the shortest there is for its numbers. Nothing where there is no room for
// all of its ranges. An empty set stays empty, which is no set on the wire.
template <typename Ascending>
constexpr std::optional<sequence_set> normalized(const Ascending& set, std::span<seq_range> room) {
    std::size_t size = 0;
    for (const seq_range r : set) {
        if (size == room.size()) return std::nullopt;
        room[size++] = r;
    }
    return sequence_set(std::span<const seq_range>(room.first(size)));
}

} // namespace mailwire::imap
