// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/core/send_buffer.hpp"

namespace mailwire::pop3 {

// The send buffer of a session; a sink for writers. Lines are written wholly or not at all (begin_unit, put, end_unit), bodies
// as far as there is room (room, wrote). POP3 never has to stop in mid-output, so this is a plain queue of octets.
class line_outbox : public send_buffer {
public:
    using send_buffer::send_buffer;

    // The sink.
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::size_t, bool) { overflow(); }

    // A unit of these octets. False as for end_unit.
    bool put_unit(std::string_view octets) {
        begin_unit();
        put(octets);
        return end_unit();
    }

    // Room for octets of a body, to be followed by wrote(). What is in the buffer is moved only where that frees more
    // than it moves, so that a slow connection costs no quadratic copying; empty: send first.
    std::span<char> room() {
        if (first() >= last() - first()) move_to_front();
        return behind();
    }
    using send_buffer::wrote;
};

} // namespace mailwire::pop3
