// SPDX-License-Identifier: BSL-1.0
// One direction of a connection that takes its time: octets that one session has sent and the other one has not
// received. A layer over them stands for deflate: who reads without it reads nonsense.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace mailwire::test {

class line {
public:
    // Takes what the session wants to send, at most so many octets; false where nothing could be taken.
    template <typename From> bool load(From& from, std::size_t most) {
        if (octets_.size() >= capacity) return false;
        const std::string_view wanted = from.output();
        const std::size_t n = std::min({wanted.size(), most, capacity - octets_.size()});
        for (const char c : wanted.substr(0, n))
            octets_ += layered(c, sender_);
        from.sent(n);
        return n != 0;
    }

    // Hands on what has arrived, at most so many octets; false where nothing could be handed on.
    template <typename To> bool unload(To& to, std::size_t most) {
        if (octets_.empty()) return false;
        const auto room = to.prepare();
        const std::size_t n = std::min({octets_.size(), room.size(), most});
        std::transform(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(n), room.begin(),
                       [this](char c) { return layered(c, receiver_); });
        to.commit(n);
        octets_.erase(0, n);
        return n != 0;
    }

    // The layer begins for what is sent, and for what is received, from now on.
    void layer_sender() { sender_ = true; }
    void layer_receiver() { receiver_ = true; }
    // Octets that were received before the layer was known of.
    void give_back(std::string_view octets) { octets_.insert(0, octets); }
    // What nobody has sent.
    void inject(std::string_view octets) { octets_ += octets; }

    bool empty() const { return octets_.empty(); }

private:
    static constexpr std::size_t capacity = 6000;
    static char layered(char c, bool on) { return on ? static_cast<char>(c ^ 0x55) : c; }

    std::string octets_;
    bool sender_ = false;
    bool receiver_ = false;
};

} // namespace mailwire::test
