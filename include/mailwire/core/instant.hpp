// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>

// Sessions have no clock. The caller says what time it is, in milliseconds since any moment it likes, by a clock that
// never goes back; a session says when it wants to be asked again.
namespace mailwire {

using instant = std::uint64_t;

// Nothing is due.
inline constexpr instant never = std::numeric_limits<instant>::max();

// The instant so many seconds later.
constexpr instant seconds_after(instant from, std::uint64_t seconds) {
    return seconds >= (never - from) / 1000 ? never : from + seconds * 1000;
}

} // namespace mailwire
