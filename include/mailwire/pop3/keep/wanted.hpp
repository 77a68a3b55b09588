// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "mailwire/core/instant.hpp"

namespace mailwire::pop3 {

// What the caller wants with a message of the server.
enum class wish : std::uint8_t {
    fetch,  // it is new
    leave,  // nothing is done with it
    remove, // it is marked without being fetched: it was stored earlier, has expired, or the user has deleted it
};

// The wish for a message that was first seen so long ago, in a program that leaves mail on the server for some days. A
// clock that was set back removes nothing. RFC 1939 8.
constexpr wish kept_for_days(instant now, instant first_seen, std::uint32_t days) {
    const std::uint64_t period = std::uint64_t{days} * 24 * 60 * 60 * 1000;
    return now >= first_seen && now - first_seen >= period ? wish::remove : wish::leave;
}

// A size nobody has said, and the limit that no size exceeds.
inline constexpr std::uint64_t any_size = std::numeric_limits<std::uint64_t>::max();

// A message a fetcher has to do with. Message-numbers hold in one session only.
struct wanted_message {
    std::uint32_t message = 0;
    std::uint32_t digest = 0; // of its line in the listing
    std::uint64_t octets = any_size;
    pop3::wish wish = pop3::wish::fetch;
};

// The wanted messages with the smallest numbers, as many as the caller lends room for, in ascending order.
class wanted_list {
public:
    explicit wanted_list(std::span<wanted_message> storage) : storage_(storage) {}

    // A number that is there already is not added again.
    void add(const wanted_message& m) {
        const auto place = lower_bound(m.message);
        if (place != end() && place->message == m.message) return;
        if (count_ == storage_.size()) {
            more_ = true;
            if (place == end()) return;
        } else {
            ++count_;
        }
        std::move_backward(place, end() - 1, end());
        *place = m;
    }

    // The message with this number; nullptr: it is not here.
    wanted_message* find(std::uint32_t number) {
        const auto place = lower_bound(number);
        return place != end() && place->message == number ? &*place : nullptr;
    }

    // A walk from the first to the last.
    bool at_end() const { return at_ == count_; }
    const wanted_message& front() const { return storage_[at_]; }
    void pop() { ++at_; }

    bool empty() const { return count_ == 0; }
    // Whether a message did not fit. Behind last(), the greatest number that did, there is more to do.
    bool more() const { return more_; }
    std::uint32_t last() const { return storage_[count_ - 1].message; }

    void clear() {
        count_ = 0;
        at_ = 0;
        more_ = false;
    }

private:
    using iterator = std::span<wanted_message>::iterator;

    iterator end() const { return storage_.begin() + static_cast<std::ptrdiff_t>(count_); }
    iterator lower_bound(std::uint32_t number) const {
        return std::lower_bound(storage_.begin(), end(), number,
                                [](const wanted_message& m, std::uint32_t n) { return m.message < n; });
    }

    std::span<wanted_message> storage_;
    std::size_t count_ = 0;
    std::size_t at_ = 0;
    bool more_ = false;
};

} // namespace mailwire::pop3
