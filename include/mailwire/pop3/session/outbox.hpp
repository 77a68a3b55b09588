// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/sasl/secret.hpp"

namespace mailwire::pop3 {

// The send buffer of a session, in storage of the caller; a sink for writers. Lines are written wholly or not at all
// (begin_unit, put, end_unit), bodies as far as there is room (room, wrote). POP3 never has to stop in mid-output, so
// this is a plain queue of octets.
class line_outbox {
public:
    explicit line_outbox(std::span<char> storage) : storage_(storage) {}

    // The sink.
    void put(std::string_view octets) {
        if (overflow_ || octets.size() > storage_.size() - last_) {
            overflow_ = true;
            return;
        }
        if (!octets.empty()) std::memcpy(storage_.data() + last_, octets.data(), octets.size());
        last_ += octets.size();
    }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::size_t, bool) { overflow_ = true; }
    bool ok() const { return !overflow_; }
    std::size_t size() const { return last_ - unit_; }

    void begin_unit() {
        move_to_front();
        unit_ = last_;
        overflow_ = false;
    }
    // False when there was no room; then nothing has changed.
    bool end_unit() {
        const bool fitted = !overflow_;
        if (!fitted) abandon_unit();
        return fitted;
    }
    // A unit of these octets. False as for end_unit.
    bool put_unit(std::string_view octets) {
        begin_unit();
        put(octets);
        return end_unit();
    }
    // What has been put of the unit may be part of a secret, and is wiped.
    void abandon_unit() {
        sasl::wipe(storage_.subspan(unit_, last_ - unit_));
        last_ = unit_;
        overflow_ = false;
    }

    // Whether a unit of so many octets would fit.
    bool has_room(std::size_t octets) const { return storage_.size() - (last_ - first_) >= octets; }

    // Room for octets of a body, to be followed by wrote(). What is in the buffer is moved only where that frees more
    // than it moves, so that a slow connection costs no quadratic copying; empty: send first.
    std::span<char> room() {
        if (first_ >= last_ - first_) move_to_front();
        return storage_.subspan(last_);
    }
    void wrote(std::size_t octets) { last_ += octets; }

    // Room for octets that put_base64 then spells as base64, as many as that leaves room for with a CRLF behind it. It is at
    // the back of the storage: call begin_unit first, and nothing in between.
    std::span<char> room_for_base64() { return storage_.last(groups() * 3); }
    void put_base64(std::size_t octets) {
        const std::span<char> from = room_for_base64().first(octets);
        last_ += base64_encode({from.data(), from.size()}, storage_.subspan(last_));
        secret_ = true;
    }

    // What is in the buffer is a secret, or part of one: it is wiped once it has been sent.
    void keep_secret() { secret_ = true; }

    // What can be sent now. Valid until the next call that changes the buffer.
    std::string_view output() const { return {storage_.data() + first_, last_ - first_}; }
    void sent(std::size_t octets) {
        first_ += octets < last_ - first_ ? octets : last_ - first_;
        if (secret_ && empty()) {
            sasl::wipe(storage_);
            secret_ = false;
        }
    }
    bool empty() const { return first_ == last_; }

private:
    // Groups of three octets, four in base64, that there is room for.
    std::size_t groups() const {
        const std::size_t room = storage_.size() - last_;
        return room < 2 ? 0 : (room - 2) / 4;
    }

    void move_to_front() {
        if (first_ == 0) return;
        std::memmove(storage_.data(), storage_.data() + first_, last_ - first_);
        last_ -= first_;
        first_ = 0;
    }

    std::span<char> storage_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::size_t unit_ = 0;
    bool overflow_ = false;
    bool secret_ = false;
};

} // namespace mailwire::pop3
