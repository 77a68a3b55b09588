// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/commands.hpp"

namespace mailwire::imap {

// A command that was put into the output and is not answered yet.
struct in_flight {
    std::uint32_t number = 0;
    command_effect effect = command_effect::none;
    std::uint64_t received = 0; // octets that had come from the server before
};

namespace detail {

// The tag of a command: a letter and the command's number (RFC 9051 2.2.1).
class tag_text {
public:
    explicit tag_text(std::uint32_t number) {
        do {
            text_[--first_] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        text_[--first_] = 'A';
    }
    std::string_view view() const { return {text_.data() + first_, text_.size() - first_}; }

private:
    std::array<char, 11> text_;
    std::size_t first_ = text_.size();
};

// The tag at the start of a unit that cannot be read, or nothing.
inline std::string_view leading_tag(std::string_view unit) {
    constexpr char_class tag_char = grammar::astring_char - octets("+");
    const char* end = skip_class<tag_char>(unit.data(), unit.data() + unit.size());
    const auto size = static_cast<std::size_t>(end - unit.data());
    const bool ends = size != unit.size() && (*end == ' ' || *end == '\r' || *end == '\n');
    return unit.substr(0, ends ? size : 0);
}

// The commands in flight, oldest first, in storage of the caller.
class commands_in_flight {
public:
    explicit commands_in_flight(std::span<in_flight> storage) : storage_(storage) {}

    std::size_t size() const { return count_; }
    bool full() const { return count_ == storage_.size(); }
    const in_flight& operator[](std::size_t i) const { return storage_[i]; }

    // Requires: not full. `received`: the octets that have come from the server up to now.
    void add(std::uint32_t number, command_effect effect, std::uint64_t received) {
        storage_[count_++] = {number, effect, received};
    }
    void take(std::size_t i) {
        for (; i + 1 != count_; ++i)
            storage_[i] = storage_[i + 1];
        --count_;
    }

    // Whether a unit that begins behind `start` octets of the server can answer the command. What the server had said
    // before there was a command is no answer to it, whatever it looks like.
    bool can_answer(std::size_t i, std::uint64_t start) const { return start >= storage_[i].received; }

    // The index of the command that a reply with this tag answers, or size().
    std::size_t find(std::string_view tag, std::uint64_t start) const {
        for (std::size_t i = 0; i != count_; ++i) {
            if (tag_text(storage_[i].number).view() == tag) return can_answer(i, start) ? i : count_;
        }
        return count_;
    }

    bool holds(std::uint32_t number) const {
        for (const in_flight& c : storage_.first(count_)) {
            if (c.number == number) return true;
        }
        return false;
    }
    bool selecting() const {
        for (const in_flight& c : storage_.first(count_)) {
            if (c.effect == command_effect::selects) return true;
        }
        return false;
    }

private:
    std::span<in_flight> storage_;
    std::size_t count_ = 0;
};

} // namespace detail

} // namespace mailwire::imap
