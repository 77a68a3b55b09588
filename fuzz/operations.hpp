// SPDX-License-Identifier: BSL-1.0
// What the fuzz targets share: an oracle that tells what is not so, octets in pieces, and sessions as lists of
// operations.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/allocations.hpp"
#include "support/pipe.hpp"

namespace mailwire::fuzz {

inline void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

// What a call returns that takes nothing from the heap.
template <typename Call> auto without_heap(Call call) {
    const std::size_t before = test::allocations();
    if constexpr (std::is_void_v<decltype(call())>) {
        call();
        require(test::allocations() == before, "nothing comes from the heap");
    } else {
        auto result = call();
        require(test::allocations() == before, "nothing comes from the heap");
        return result;
    }
}

inline std::string_view octets_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Takes the first octet off; 0 where there is none.
inline unsigned take(std::string_view& octets) {
    if (octets.empty()) return 0;
    const auto first = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    return first;
}

// Octets that end where their memory ends, so that a sanitizer sees a step behind them. Every eighth time the memory is
// of just their size and a step before them is seen too; the other times it stays, which is quicker.
class edge {
public:
    // Valid until the next call.
    std::string_view put(std::string_view octets) {
        if (calls_++ % 8 == 0 || memory_.size() < octets.size()) {
            memory_ = std::vector<char>(octets.begin(), octets.end());
        } else {
            std::copy(octets.begin(), octets.end(), memory_.end() - static_cast<std::ptrdiff_t>(octets.size()));
        }
        return {memory_.data() + (memory_.size() - octets.size()), octets.size()};
    }

private:
    std::vector<char> memory_;
    unsigned calls_ = 0;
};

// Says how large the next piece of a stream is.
class cutter {
public:
    static cutter whole() { return cutter(static_cast<std::size_t>(-1), 0); }
    static cutter single() { return cutter(1, 0); }
    // Pieces of 1 to 24 octets, as the seed says; every other one is short.
    static cutter seeded(std::uint64_t seed) { return cutter(24, seed); }

    // At least 1, at most what there is. Requires: there is something.
    std::size_t next(std::size_t available) {
        if (most_ == 1 || most_ > available * 24) return std::min(most_, available);
        return std::min(random_.below(random_.one_in(2) ? most_ : 3) + 1, available);
    }

private:
    cutter(std::size_t most, std::uint64_t seed) : random_(seed), most_(most) {}

    test::generator random_;
    std::size_t most_;
};

// One operation on a session. Its code is the first octet of a field, counted from 'a', its argument the second one,
// and its text the rest.
struct operation {
    unsigned code = 0;
    unsigned argument = 0;
    std::string_view text = {};
};

// Takes the first field off a list of operations. Fields end with '|', so that seeds can be read and a mutation of one
// operation leaves the others alone.
inline std::string_view take_field(std::string_view& rest) {
    const std::string_view field = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    return field;
}
inline operation take_operation(std::string_view& rest, unsigned codes) {
    std::string_view field = take_field(rest);
    const unsigned code = (take(field) - 'a') % codes;
    const unsigned argument = take(field);
    return {code, argument, field};
}

// Whether a session's table leads from one state to another in at most so many steps.
template <typename Input, typename State> bool leads(State from, State to, std::size_t inputs, int steps) {
    if (from == to) return true;
    if (steps == 0) return false;
    for (std::size_t i = 0; i != inputs; ++i) {
        const State next = next_state(from, action_of(from, static_cast<Input>(i)));
        if (next != from && leads<Input>(next, to, inputs, steps - 1)) return true;
    }
    return false;
}

// What a session told, in order. Runs of one kind of octets count as one entry.
class story {
public:
    void add(std::string_view kind, std::string_view octets) {
        entries_.emplace_back(kind);
        entries_.back() += ' ';
        entries_.back() += octets;
    }
    void add_run(std::string_view kind, std::string_view octets) {
        if (entries_.empty() || !entries_.back().starts_with(kind)) add(kind, {});
        entries_.back() += octets;
    }
    // Prints where two stories part.
    void require_same(const story& other) const {
        const auto [a, b] =
            std::mismatch(entries_.begin(), entries_.end(), other.entries_.begin(), other.entries_.end());
        if (a == entries_.end() && b == other.entries_.end()) return;
        std::fprintf(stderr, "%s\n%s\n", a == entries_.end() ? "(end)" : a->c_str(),
                     b == other.entries_.end() ? "(end)" : b->c_str());
        require(false, "pieces tell what the whole tells");
    }

private:
    std::vector<std::string> entries_;
};

} // namespace mailwire::fuzz
