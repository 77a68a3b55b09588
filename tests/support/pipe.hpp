// SPDX-License-Identifier: BSL-1.0
// A wire between the two ends of a protocol, without a network: octets that one session wants to send are what the
// other one receives, cut into pieces as a seed says. What a seed gives is the same on every machine.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::test {

// Numbers that look random and depend on the seed alone (splitmix64).
class generator {
public:
    explicit generator(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }

    // From 0 up to, not including, `end`. Requires: end > 0.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }
    bool one_in(std::size_t n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

// Writes as many of the octets as there is room for into the session, at most `most`; returns how many.
template <typename Session> std::size_t receive(Session& session, std::string_view octets, std::size_t most) {
    const auto room = session.prepare();
    const std::size_t n = std::min({octets.size(), room.size(), most});
    std::copy_n(octets.data(), n, room.data());
    session.commit(n);
    return n;
}

// Joins two sessions of any protocol that have prepare, commit, output and sent. The first one may be either end.
template <typename First, typename Second> class pipe {
public:
    // Pieces have 1 to `largest` octets; with 1 they come octet by octet.
    pipe(First& first, Second& second, generator& random, std::size_t largest)
        : first_(first), second_(second), random_(random), largest_(largest) {}

    // Moves one piece each way, where there is one; false when nothing could be moved.
    bool move() {
        const std::size_t n = move_one(first_, second_, from_first_);
        return move_one(second_, first_, from_second_) + n != 0;
    }

    // Keeps what goes over the wire from now on.
    void record(bool on) { record_ = on; }
    const std::string& from_first() const { return from_first_; }
    const std::string& from_second() const { return from_second_; }

private:
    template <typename From, typename To> std::size_t move_one(From& from, To& to, std::string& wire) {
        const std::string_view octets = from.output();
        if (octets.empty()) return 0;
        const std::size_t n = receive(to, octets, largest_ == 1 ? 1 : random_.below(largest_) + 1);
        if (record_) wire.append(octets.substr(0, n));
        from.sent(n);
        return n;
    }

    First& first_;
    Second& second_;
    generator& random_;
    std::size_t largest_;
    std::string from_first_;
    std::string from_second_;
    bool record_ = false;
};

} // namespace mailwire::test
