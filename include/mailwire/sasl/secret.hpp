// SPDX-License-Identifier: BSL-1.0
// Octets that must not outlive their use, and comparing them.

#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/core/wipe.hpp"

namespace mailwire::sasl {

using mailwire::wipe;

// Whether the two are the same, in a time that depends on their sizes alone: how long it takes does not tell a peer how
// much of a guess was right. Texts of different sizes are different at once; hash both first where the size is a secret.
[[nodiscard]] inline bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i != a.size(); ++i) {
        const auto differs = static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
        difference = static_cast<unsigned char>(difference | differs);
    }
    return difference == 0;
}

// N octets that are wiped when their life ends. They are not copied, so that there is one place to wipe.
template <std::size_t N> class secret_octets {
public:
    secret_octets() = default;
    secret_octets(const secret_octets&) = delete;
    secret_octets& operator=(const secret_octets&) = delete;
    ~secret_octets() { wipe(octets_); }

    std::span<char, N> span() { return octets_; }
    std::string_view view() const { return {octets_.data(), N}; }
    char& operator[](std::size_t i) { return octets_[i]; }
    char operator[](std::size_t i) const { return octets_[i]; }

private:
    std::array<char, N> octets_{};
};

} // namespace mailwire::sasl
