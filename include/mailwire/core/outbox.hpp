// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/send_buffer.hpp"
#include "mailwire/core/sink.hpp"

namespace mailwire {

// The send buffer of a session whose units may have stops; a sink for writers. Where a unit has a stop, sending pauses:
// until the peer says go on, or until the octets of a literal, which are not in the buffer, have been handed over piece by
// piece.
class outbox : private send_buffer {
public:
    explicit outbox(std::span<char> storage) : send_buffer(storage) {}

    // The sink.
    using send_buffer::ok;
    using send_buffer::put;
    using send_buffer::size;
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) {
        if (stops_ == stop_.size()) {
            overflow();
        } else {
            stop_[stops_++] = {last(), octets, 0, wait};
        }
    }

    void begin_unit() {
        const std::size_t moved = first();
        send_buffer::begin_unit();
        for (std::size_t i = 0; i != stops_; ++i) {
            stop_[i].offset -= moved;
            stop_[i].unit_end -= moved;
        }
        unit_stops_ = stops_;
    }
    bool end_unit() {
        if (!send_buffer::end_unit()) {
            stops_ = unit_stops_;
            return false;
        }
        for (std::size_t i = unit_stops_; i != stops_; ++i)
            stop_[i].unit_end = last();
        unit_stops_ = stops_;
        return true;
    }
    void abandon_unit() {
        send_buffer::abandon_unit();
        stops_ = unit_stops_;
    }

    using send_buffer::has_room;
    using send_buffer::keep_secret;
    using send_buffer::put_base64;
    using send_buffer::room_for_base64;
    using send_buffer::wipe_behind;

    // What can be sent now, in one piece. Valid until the next call that changes the outbox.
    std::string_view output() const {
        if (at_stop()) return stop_[0].wait ? std::string_view() : piece_;
        const std::string_view all = send_buffer::output();
        return stops_ == 0 ? all : head_of(all, stop_[0].offset - first());
    }
    void sent(std::size_t octets) {
        if (!at_stop()) {
            send_buffer::sent(octets);
            if (at_stop() && !stop_[0].wait && stop_[0].octets == 0) pop();
        } else {
            piece_.remove_prefix(octets);
            stop_[0].octets -= octets;
            if (stop_[0].octets == 0 && !stop_[0].wait) pop();
        }
    }
    bool empty() const { return send_buffer::empty() && stops_ == 0; }

    // The peer said "+". False when nothing waits for it.
    bool go_on() {
        if (!at_stop() || !stop_[0].wait) return false;
        stop_[0].wait = false;
        if (stop_[0].octets == 0) pop();
        return true;
    }
    // True while a unit is in the buffer that cannot be sent to its end without the peer or without a literal's octets.
    bool has_stop() const { return stops_ != 0; }
    bool waiting() const { return at_stop() && stop_[0].wait; }

    // The peer refused the literal that is waited for: the rest of its unit is not sent.
    void cancel_unit() {
        if (!at_stop()) return;
        const std::size_t end = stop_[0].unit_end;
        send_buffer::sent(end - first());
        piece_ = {};
        while (stops_ != 0 && stop_[0].unit_end == end)
            pop();
    }

    // Octets of the literal that is missing next. They are not copied: they stay valid until `sent` has taken them all.
    misuse literal(std::string_view octets) {
        if (!piece_.empty()) return misuse::busy;
        if (missing() == 0) return misuse::wrong_state;
        if (octets.size() > missing()) return misuse::literal_size;
        piece_ = octets;
        return misuse::none;
    }
    // How many octets of that literal have not been handed over.
    std::uint64_t missing() const {
        for (std::size_t i = 0; i != stops_; ++i) {
            if (stop_[i].octets != 0) return stop_[i].octets - piece_.size();
        }
        return 0;
    }

private:
    struct pending_stop {
        std::size_t offset = 0;
        std::uint64_t octets = 0;
        std::size_t unit_end = 0;
        bool wait = false;
    };

    bool at_stop() const { return stops_ != 0 && stop_[0].offset == first(); }

    void pop() {
        --stops_;
        for (std::size_t i = 0; i != stops_; ++i)
            stop_[i] = stop_[i + 1];
        if (unit_stops_ != 0) --unit_stops_;
    }

    std::array<pending_stop, default_stops> stop_{};
    std::string_view piece_;
    std::size_t stops_ = 0;
    std::size_t unit_stops_ = 0;
};

} // namespace mailwire
