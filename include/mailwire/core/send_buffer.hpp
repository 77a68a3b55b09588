// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/wipe.hpp"

namespace mailwire {

// Octets to send, in storage of the caller. Units are written wholly or not at all:
//
//   buffer.begin_unit(); ... put ...; if (!buffer.end_unit()) -> there was no room, nothing has changed
class send_buffer {
public:
    explicit send_buffer(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        wanted_ += octets.size();
        if (overflow_ || octets.size() > storage_.size() - last_) {
            overflow_ = true;
            return;
        }
        if (!octets.empty()) std::memcpy(storage_.data() + last_, octets.data(), octets.size());
        last_ += octets.size();
    }
    // The unit is not sent, whatever is put.
    void overflow() { overflow_ = true; }
    bool ok() const { return !overflow_; }
    // Octets of the unit, fit or not.
    std::size_t size() const { return wanted_; }

    void begin_unit() {
        move_to_front();
        unit_ = last_;
        wanted_ = 0;
        overflow_ = false;
    }
    // False when there was no room; then nothing has changed.
    bool end_unit() {
        if (overflow_) {
            abandon_unit();
            return false;
        }
        unit_ = last_;
        return true;
    }
    // What has been put of the unit may be part of a secret, and is wiped.
    void abandon_unit() {
        wipe(storage_.subspan(unit_, last_ - unit_));
        last_ = unit_;
        overflow_ = false;
    }

    // Whether a unit of so many octets would fit.
    bool has_room(std::size_t octets) const { return storage_.size() - (last_ - first_) >= octets; }

    // Room for octets that put_base64 then spells as base64, as many as that leaves room for with a CRLF behind it. It is at
    // the back of the storage: call it inside a unit, and put nothing in between.
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

    // What can be sent now. Valid until the next call that changes the buffer.
    std::string_view output() const { return {storage_.data() + first_, last_ - first_}; }
    void sent(std::size_t octets) {
        first_ += octets < last_ - first_ ? octets : last_ - first_;
        if (!secret_ || first_ != last_) return;
        wipe(storage_);
        secret_ = false;
    }
    bool empty() const { return first_ == last_; }

protected:
    // Offsets in the storage: of what is sent next, and behind all that was put.
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }

    void move_to_front() {
        if (first_ == 0) return;
        std::memmove(storage_.data(), storage_.data() + first_, last_ - first_);
        last_ -= first_;
        first_ = 0;
    }

    // All that is free behind what was put, and so many octets written there.
    std::span<char> behind() { return storage_.subspan(last_); }
    void wrote(std::size_t octets) { last_ += octets; }

private:
    // Groups of three octets, four in base64, that there is room for.
    std::size_t groups() const {
        const std::size_t room = storage_.size() - last_;
        return room < 2 ? 0 : (room - 2) / 4;
    }

    std::span<char> storage_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::size_t unit_ = 0;
    std::size_t wanted_ = 0;
    bool overflow_ = false;
    bool secret_ = false;
};

} // namespace mailwire
