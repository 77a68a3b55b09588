// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace mailwire::pop3 {

// Tells whether two listings of one session name the same messages, without a store: a server may not renumber messages
// or lose one while the session lasts (RFC 1939 4). The order of the lines is free. Lines for new messages, and for
// those that have been marked, may come or not.
class listing_check {
public:
    // What a line of a listing is known by: a message-number and the unique-id, or another text that goes with it.
    static constexpr std::uint32_t digest(std::uint32_t number, std::string_view text) {
        std::uint32_t hash = 2166136261U;
        const auto mix = [&hash](unsigned octet) { hash = (hash ^ octet) * 16777619U; };
        for (unsigned shift = 0; shift != 32; shift += 8)
            mix((number >> shift) & 255U);
        for (const char c : text)
            mix(static_cast<unsigned char>(c));
        return hash;
    }

    void line(std::uint32_t number, std::uint32_t digest) {
        if (known_ && number > last_) return;
        now_.add(digest);
        if (number > last_) last_ = number;
    }
    // The message with this line has been marked as deleted.
    void marked(std::uint32_t digest) { marked_.add(digest); }

    // A listing has been read to its end. False when it does not go with the first one.
    bool end() {
        const sum now = std::exchange(now_, {});
        if (!known_) first_ = now;
        known_ = true;
        return now == first_ || now == first_ - marked_;
    }

private:
    struct sum {
        std::uint32_t lines = 0;
        std::uint32_t digests = 0;

        constexpr void add(std::uint32_t digest) {
            ++lines;
            digests += digest;
        }
        friend constexpr sum operator-(sum a, sum b) { return {a.lines - b.lines, a.digests - b.digests}; }
        friend constexpr bool operator==(const sum&, const sum&) = default;
    };

    sum now_;
    sum first_;
    sum marked_;
    std::uint32_t last_ = 0; // the greatest number in the first listing
    bool known_ = false;
};

} // namespace mailwire::pop3
