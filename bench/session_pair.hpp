// SPDX-License-Identifier: BSL-1.0
// What the conversations of both protocols need: a program that gives up, and octets that are carried over.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

namespace mailwire::bench {

inline void require(bool condition, const char* what) {
    if (!condition) {
        std::fprintf(stderr, "%s\n", what);
        std::exit(1);
    }
}

// Moves what one session wants to send into the other.
template <typename From, typename To> void carry(From& from, To& to) {
    const std::string_view octets = from.output();
    const std::span<char> room = to.prepare();
    const std::size_t size = std::min(room.size(), octets.size());
    std::memcpy(room.data(), octets.data(), size);
    to.commit(size);
    from.sent(size);
}

} // namespace mailwire::bench
