// SPDX-License-Identifier: BSL-1.0
// Which mechanisms a server offers, as far as they are among those of this folder.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"

namespace mailwire::sasl {

// The names of the mechanisms of this folder, the strongest first: what a client that has a password should try before
// the next one.
inline constexpr std::array<std::string_view, 9> mechanism_names{
    "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "EXTERNAL", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN", "ANONYMOUS"};

// Whether a name is one of them, in any case.
constexpr bool is_known_mechanism(std::string_view name) {
    for (const std::string_view known : mechanism_names) {
        if (equal_ignoring_case(known, name)) return true;
    }
    return false;
}

class mechanism_set {
public:
    // Notes a mechanism; one that is not of this folder is passed over. Names are compared in any case.
    constexpr void add(std::string_view name) { bits_ |= bit_of(name); }

    // Whether it has been noted; of a name that is not of this folder nothing is known.
    constexpr bool has(std::string_view name) const { return (bits_ & bit_of(name)) != 0; }

    constexpr bool empty() const { return bits_ == 0; }

    friend constexpr bool operator==(const mechanism_set&, const mechanism_set&) = default;

private:
    static constexpr std::uint32_t bit_of(std::string_view name) {
        for (std::size_t i = 0; i != mechanism_names.size(); ++i) {
            if (equal_ignoring_case(mechanism_names[i], name)) return 1U << i;
        }
        return 0;
    }

    std::uint32_t bits_ = 0;
};

} // namespace mailwire::sasl
