// SPDX-License-Identifier: BSL-1.0
// Where a generator takes its decisions from: a seed, or the octets of a fuzzer.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailwire::test {

class decisions {
public:
    explicit decisions(std::uint64_t seed) : state_(seed) {}
    explicit decisions(std::string_view octets) : octets_(octets), from_octets_(true) {}

    // A number below `n`, which is not 0. Octets that have run out give 0.
    std::size_t below(std::size_t n) {
        if (from_octets_) return next_octets(n) % n;
        return static_cast<std::size_t>(next_random() % n);
    }
    bool one_in(std::size_t n) { return below(n) == n - 1; }

    // A number with few or many digits alike.
    std::uint64_t of_any_size() {
        const std::uint64_t high = static_cast<std::uint64_t>(below(1U << 16U)) << 48U;
        const std::uint64_t middle = static_cast<std::uint64_t>(below(1U << 24U)) << 24U;
        return (high | middle | below(1U << 24U)) >> below(64);
    }

    bool from_octets() const { return from_octets_; }

    // True for octets that have run out: what is begun should come to an end.
    bool exhausted() const { return from_octets_ && octets_.empty(); }

private:
    // splitmix64
    std::uint64_t next_random() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    std::size_t next_octets(std::size_t n) {
        std::size_t value = 0;
        for (std::size_t most = n - 1; most != 0 && !octets_.empty(); most >>= 8U) {
            value = value << 8U | static_cast<unsigned char>(octets_.front());
            octets_.remove_prefix(1);
        }
        return value;
    }

    std::uint64_t state_ = 0;
    std::string_view octets_ = {};
    bool from_octets_ = false;
};

} // namespace mailwire::test
