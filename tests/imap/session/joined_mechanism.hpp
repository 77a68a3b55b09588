// SPDX-License-Identifier: BSL-1.0
// A SASL mechanism of any length for two joined sessions. Each side writes down what it hears; what it says is up to its
// seed alone.

#pragma once

#include "mailwire/imap.hpp"
#include "support/pipe.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// As an octet string goes over the wire.
inline std::string base64_of(std::string_view octets) {
    std::string text(octets.size() * 2 + 4, '\0');
    text.resize(base64_encode({octets.data(), octets.size()}, {text.data(), text.size()}));
    return text;
}

// Octets of one message of the mechanism; a step that had no room gives the same again.
inline sasl::step say_octets(std::uint64_t seed, std::span<char> out, sasl::status status) {
    generator random(seed);
    const std::size_t size = random.below(60);
    if (size > out.size()) return sasl::no_room(size);
    for (char& c : out.first(size))
        c = static_cast<char>(random.below(256));
    return {status, size};
}

// Answers each challenge until `fails_at`. ClientFirst: has an initial response.
template <bool ClientFirst> class dance_client {
public:
    static constexpr std::string_view name() { return ClientFirst ? "X-DANCE" : "X-LATE-DANCE"; }
    static constexpr bool client_first = ClientFirst;

    dance_client() = default;
    dance_client(std::uint64_t seed, std::size_t fails_at) : seed_(seed), fails_at_(fails_at) {}

    sasl::step step(std::string_view, std::span<char> out) {
        if (steps_ == fails_at_) return sasl::failure(sasl::fault::not_allowed);
        const sasl::step s = say_octets(seed_ + steps_, out, sasl::status::more);
        if (s.fault == sasl::fault::none) ++steps_;
        return s;
    }
    // Believes whatever follows its first word.
    bool complete() const { return steps_ != 0; }

private:
    std::uint64_t seed_ = 0;
    std::size_t fails_at_ = 0;
    std::size_t steps_ = 0;
};

// Asks `rounds` times, and is content or not.
template <bool ClientFirst> class dance_server {
public:
    static constexpr std::string_view name() { return dance_client<ClientFirst>::name(); }
    static constexpr bool client_first = ClientFirst;

    dance_server() = default;
    dance_server(std::uint64_t seed, std::size_t rounds, bool content)
        : seed_(seed), rounds_(rounds), content_(content) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (!spoken_) first_word_ = response.empty() ? "=" : base64_of(response);
        if (steps_ == rounds_) {
            complete_ = content_;
            spoken_ = true;
            return content_ ? sasl::step{sasl::status::done} : sasl::failure(sasl::fault::not_allowed);
        }
        const sasl::step s = say_octets(seed_ + steps_, out, sasl::status::more);
        if (s.fault != sasl::fault::none) return s;
        ++steps_;
        spoken_ = true;
        return s;
    }
    bool complete() const { return complete_; }
    // What it was given first, as an initial response has it.
    const std::string& first_word() const { return first_word_; }
    std::string_view identity() const { return complete_ ? "ada" : ""; }

private:
    std::uint64_t seed_ = 0;
    std::size_t rounds_ = 0;
    std::size_t steps_ = 0;
    std::string first_word_;
    bool spoken_ = false;
    bool content_ = false;
    bool complete_ = false;
};

} // namespace mailwire::test
