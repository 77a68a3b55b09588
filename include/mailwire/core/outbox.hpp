// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/core/wipe.hpp"

namespace mailwire {

// The send buffer of a session, in storage of the caller; a sink for writers. Units are written wholly or not at all:
//
//   outbox.begin_unit(); ... put ...; if (!outbox.end_unit()) -> there was no room, nothing has changed
//
// Where a unit has a stop, sending pauses: until the peer says go on, or until the octets of a literal, which are not
// in the buffer, have been handed over piece by piece.
class outbox {
public:
    explicit outbox(std::span<char> storage) : storage_(storage) {}

    // The sink.
    void put(std::string_view octets) {
        wanted_ += octets.size();
        if (overflow_ || octets.size() > storage_.size() - last_) {
            overflow_ = true;
            return;
        }
        if (!octets.empty()) std::memcpy(storage_.data() + last_, octets.data(), octets.size());
        last_ += octets.size();
    }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) {
        if (stops_ == stop_.size()) {
            overflow_ = true;
        } else {
            stop_[stops_++] = {last_, octets, 0, wait};
        }
    }
    bool ok() const { return !overflow_; }
    std::size_t size() const { return wanted_; }

    void begin_unit() {
        move_to_front();
        unit_ = last_;
        unit_stops_ = stops_;
        wanted_ = 0;
        overflow_ = false;
    }
    bool end_unit() {
        if (overflow_) {
            abandon_unit();
            return false;
        }
        for (std::size_t i = unit_stops_; i != stops_; ++i)
            stop_[i].unit_end = last_;
        unit_ = last_;
        unit_stops_ = stops_;
        return true;
    }
    void abandon_unit() {
        last_ = unit_;
        stops_ = unit_stops_;
        overflow_ = false;
    }

    // Whether a unit of so many octets would fit.
    bool has_room(std::size_t octets) const { return storage_.size() - (last_ - first_) >= octets; }

    // Room for octets that put_base64 then spells as base64, as many as that leaves room for with a CRLF behind it. It
    // is at the back of the storage: call it inside a unit, and put nothing in between.
    std::span<char> room_for_base64() { return storage_.last(groups() * 3); }
    void put_base64(std::size_t octets) {
        const std::span<char> from = room_for_base64().first(octets);
        const std::size_t size = base64_encode({from.data(), from.size()}, storage_.subspan(last_));
        last_ += size;
        wanted_ += size;
    }

    // What is in the buffer is a secret, or part of one: it is wiped once it has been sent.
    void keep_secret() { secret_ = true; }
    // Wipes what lies behind the octets to send: what is left of a unit that was abandoned.
    void wipe_behind() { wipe(storage_.subspan(last_)); }

    // What can be sent now, in one piece. Valid until the next call that changes the outbox.
    std::string_view output() const {
        if (!at_stop()) return {storage_.data() + first_, (stops_ == 0 ? last_ : stop_[0].offset) - first_};
        return stop_[0].wait ? std::string_view() : piece_;
    }
    void sent(std::size_t octets) {
        if (!at_stop()) {
            first_ += octets;
            if (at_stop() && !stop_[0].wait && stop_[0].octets == 0) pop();
            wipe_secret();
        } else {
            piece_.remove_prefix(octets);
            stop_[0].octets -= octets;
            if (stop_[0].octets == 0 && !stop_[0].wait) pop();
        }
    }
    bool empty() const { return first_ == last_ && stops_ == 0; }

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
        first_ = end;
        piece_ = {};
        while (stops_ != 0 && stop_[0].unit_end == end)
            pop();
        wipe_secret();
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

    // Groups of three octets, four in base64, that there is room for.
    std::size_t groups() const {
        const std::size_t room = storage_.size() - last_;
        return room < 2 ? 0 : (room - 2) / 4;
    }

    void wipe_secret() {
        if (!secret_ || !empty()) return;
        wipe(storage_);
        secret_ = false;
    }

    bool at_stop() const { return stops_ != 0 && stop_[0].offset == first_; }

    void pop() {
        --stops_;
        for (std::size_t i = 0; i != stops_; ++i)
            stop_[i] = stop_[i + 1];
        if (unit_stops_ != 0) --unit_stops_;
    }

    void move_to_front() {
        if (first_ == 0) return;
        std::memmove(storage_.data(), storage_.data() + first_, last_ - first_);
        for (std::size_t i = 0; i != stops_; ++i) {
            stop_[i].offset -= first_;
            stop_[i].unit_end -= first_;
        }
        last_ -= first_;
        first_ = 0;
    }

    std::span<char> storage_;
    std::array<pending_stop, default_stops> stop_{};
    std::string_view piece_;
    std::size_t stops_ = 0;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::size_t unit_ = 0;
    std::size_t unit_stops_ = 0;
    std::size_t wanted_ = 0; // octets of the unit that is written, fit or not
    bool overflow_ = false;
    bool secret_ = false;
};

} // namespace mailwire
