// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/session/client_table.hpp"

namespace mailwire::imap {

// A command that was put into the output and is not answered yet.
struct in_flight {
    std::uint32_t number = 0;
    command_effect effect = command_effect::none;
    bool keeps_message_numbers = false;
    std::uint32_t switches_on = 0; // modes, when it succeeds
    std::uint64_t received = 0;    // octets that had come from the server before
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
    return head_of(unit, ends ? size : 0);
}

// The commands in flight, oldest first, in storage of the caller.
class commands_in_flight {
public:
    explicit commands_in_flight(std::span<in_flight> storage) : storage_(storage) {}

    std::size_t size() const { return count_; }
    bool full() const { return count_ == storage_.size(); }
    const in_flight& operator[](std::size_t i) const { return storage_[i]; }

    // Requires: not full.
    void add(const in_flight& command) { storage_[count_++] = command; }
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

    bool holds(std::uint32_t number) const { return index_of(number) != count_; }
    // The index of the command with this number, or size().
    std::size_t index_of(std::uint32_t number) const {
        std::size_t i = 0;
        while (i != count_ && storage_[i].number != number)
            ++i;
        return i;
    }
    bool oldest_is(command_effect effect) const { return count_ != 0 && storage_[0].effect == effect; }
    bool has(command_effect effect) const {
        for (const in_flight& c : storage_.first(count_)) {
            if (c.effect == effect) return true;
        }
        return false;
    }
    // Whether no message number can change before all of them are answered (RFC 9051 5.5).
    bool keep_message_numbers() const {
        for (const in_flight& c : storage_.first(count_)) {
            if (!c.keeps_message_numbers) return false;
        }
        return true;
    }
    // The state when all of them have succeeded: what may be sent behind them goes by it.
    client_state foreseen(client_state state) const {
        if (state > client_state::selected) return state; // nothing is sent any more
        for (const in_flight& c : storage_.first(count_))
            state = after(c.effect, state);
        return state;
    }

private:
    static client_state after(command_effect effect, client_state state) {
        switch (effect) {
        case command_effect::logs_in:
        case command_effect::authenticates:
        case command_effect::deselects:
            return client_state::authenticated;
        case command_effect::selects:
            return client_state::selected;
        case command_effect::unauthenticates:
            return client_state::not_authenticated;
        case command_effect::logs_out:
            return client_state::logged_out;
        case command_effect::none:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return state;
    }

    std::span<in_flight> storage_;
    std::size_t count_ = 0;
};

} // namespace detail

} // namespace mailwire::imap
