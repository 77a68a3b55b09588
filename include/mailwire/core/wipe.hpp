// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

namespace mailwire {

// Sets the octets to zero. The writes are volatile, so that no compiler drops them although nobody reads the octets
// afterwards.
inline void wipe(std::span<char> octets) noexcept {
    volatile char* at = octets.data();
    for (std::size_t i = 0; i != octets.size(); ++i)
        at[i] = 0;
}

} // namespace mailwire
