// SPDX-License-Identifier: BSL-1.0
// Pseudo-random choices that are the same on every machine and with every standard library.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace mailwire::bench {

// The splitmix64 generator of Steele, Lea and Flood, and the choices the data generators make with it.
class random_source {
public:
    explicit constexpr random_source(std::uint64_t seed) noexcept : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31);
    }

    // A number from 0 to n - 1. Requires n > 0.
    constexpr std::uint32_t below(std::uint32_t n) noexcept {
        return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
    }

    // A number from first to last, both included. Requires first <= last and a difference below 2^32 - 1.
    constexpr std::uint32_t between(std::uint32_t first, std::uint32_t last) noexcept {
        return first + below(last - first + 1);
    }

    // A number from first to last of which every doubling is equally likely: many small ones and a few large ones.
    // Requires 0 < first <= last < 2^31.
    constexpr std::uint32_t doubling_between(std::uint32_t first, std::uint32_t last) noexcept {
        std::uint32_t doublings = 0;
        while ((first << (doublings + 1)) <= last) {
            ++doublings;
        }
        const std::uint32_t low = first << below(doublings + 1);
        return between(low, low > last / 2 ? last : 2 * low - 1);
    }

    constexpr bool chance(std::uint32_t percent) noexcept { return below(100) < percent; }

    template <typename T, std::size_t Size> constexpr const T& pick(const std::array<T, Size>& choices) noexcept {
        static_assert(Size != 0 && Size <= std::numeric_limits<std::uint32_t>::max());
        return choices[below(static_cast<std::uint32_t>(Size))];
    }

private:
    std::uint64_t state_;
};

} // namespace mailwire::bench
