// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace mailwire {

// What a token of the tape stands for.
enum class token_kind : std::uint8_t {
    absent,   // an optional field that is not there
    nil,      // NIL
    atom,     // the octets as they are
    quoted,   // the octets between the quotes, none of them escaped
    escaped,  // the octets between the quotes, some of them escaped with a backslash
    literal,  // the octets of a literal
    streamed, // a literal handed on in pieces: offset of its header, index among the unit's streamed literals
    number,   // decimal digits
    raw,      // validated text with a structure of its own, read on demand
    list,     // size = number of tokens inside
    item,     // offset = id of the alternative, size = number of tokens of its value
};

// One field of a unit: eight octets. Offsets count from the start of the unit, so the buffer may move.
struct token {
    std::uint32_t offset = 0;
    std::uint32_t packed = 0;

    static constexpr std::uint32_t max_size = (1U << 28U) - 1;

    // The size of a list or an item that was begun and not ended: the unit breaks off inside it, and all tokens behind
    // it belong to it.
    static constexpr std::uint32_t open_size = max_size;

    constexpr token() = default;
    constexpr token(token_kind kind, std::uint32_t at, std::uint32_t size) : offset(at), packed(pack(kind, size)) {}

    static constexpr std::uint32_t pack(token_kind kind, std::uint32_t size) {
        return (size << 4U) | static_cast<std::uint32_t>(kind);
    }

    constexpr token_kind kind() const { return static_cast<token_kind>(packed & 15U); }
    constexpr std::uint32_t size() const { return packed >> 4U; }

    // True for a list or an item: tokens of its own follow it.
    constexpr bool is_branch() const { return kind() >= token_kind::list; }

    // The number of tokens from this one to its next sibling.
    constexpr std::uint32_t hop() const { return is_branch() ? size() + 1 : 1; }
};
static_assert(sizeof(token) == 8);

// The recording side of a tape: tokens go into storage the caller lends. Tokens that do not fit are counted all the
// same, so that the text is judged to its end; a rewind takes them back as it takes back the others.
class tape {
public:
    constexpr tape() = default;
    constexpr explicit tape(std::span<token> storage) : first_(storage.data()), capacity_(as_count(storage.size())) {}

    // The tokens recorded, and those of a full tape for which there was no room.
    constexpr std::uint32_t count() const { return count_; }
    constexpr bool full() const { return count_ > capacity_; }

    void push(token_kind kind, std::uint32_t offset, std::uint32_t size) {
        if (count_ < capacity_) first_[count_] = token(kind, offset, size);
        ++count_;
    }

    // Opens a list or an item; `close` writes its size.
    std::uint32_t open(token_kind kind, std::uint32_t offset) {
        push(kind, offset, token::open_size);
        return count_;
    }
    void close(std::uint32_t opened, token_kind kind) {
        if (opened <= capacity_) first_[opened - 1].packed = token::pack(kind, count_ - opened);
    }
    void name(std::uint32_t opened, std::uint32_t id) {
        if (opened <= capacity_) first_[opened - 1].offset = id;
    }

    void rewind(std::uint32_t count) { count_ = count; }

    std::span<const token> tokens() const { return {first_, full() ? capacity_ : count_}; }

private:
    static constexpr std::uint32_t as_count(std::size_t n) {
        return n > token::max_size ? token::max_size : static_cast<std::uint32_t>(n);
    }

    token* first_ = nullptr;
    std::uint32_t count_ = 0;
    std::uint32_t capacity_ = 0;
};

} // namespace mailwire
