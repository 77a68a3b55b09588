// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/tape.hpp"
#include "mailwire/core/text.hpp"

namespace mailwire {

// Decimal digits to a value. Requires: digits a grammar has judged.
constexpr std::uint64_t number_in(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits)
        value = value * 10 + static_cast<unsigned char>(c) - '0';
    return value;
}

// Walks the tokens of one unit in order. Reads what the grammar has recorded, field by field; the order of the reads
// is the order of the rule. Views it returns point into the unit.
class cursor {
public:
    constexpr cursor() = default;
    constexpr cursor(const char* unit, const token* first, const token* last) : unit_(unit), at_(first), last_(last) {}
    constexpr cursor(std::string_view unit, std::span<const token> tokens)
        : cursor(unit.data(), tokens.data(), tokens.data() + tokens.size()) {}

    constexpr bool more() const { return at_ != last_; }
    constexpr token_kind kind() const { return more() ? at_->kind() : token_kind::absent; }
    constexpr bool at_list() const { return kind() == token_kind::list; }
    constexpr bool at_item() const { return kind() == token_kind::item; }
    constexpr bool at_nil() const { return kind() == token_kind::nil; }
    constexpr bool at_absent() const { return kind() == token_kind::absent; }

    constexpr const char* unit() const { return unit_; }
    constexpr const token* position() const { return at_; }
    constexpr const token* end() const { return last_; }

    // Passes over one field, whatever is in it. What the unit breaks off in reaches to the end of the tape.
    [[gnu::always_inline]] constexpr void skip() {
        if (more()) pass();
    }

    // An optional field that is not there is passed over and answers true.
    constexpr bool skip_absent() {
        if (kind() != token_kind::absent || !more()) return false;
        skip();
        return true;
    }

    // A string, atom or NIL. Absent reads as NIL.
    [[gnu::always_inline]] mailwire::text text() {
        if (!more()) return mailwire::text::nil();
        const token t = *at_;
        pass();
        if (t.kind() == token_kind::streamed) return streamed(t);
        const spelling how = spelling_of(t.kind());
        return {unit_ + t.offset, how == spelling::nil ? 0 : t.size(), how};
    }

    // The octets of one token as they stand in the unit.
    [[gnu::always_inline]] std::string_view raw() {
        if (!more()) return {};
        const token t = *at_;
        pass();
        return {unit_ + t.offset, t.size()};
    }

    [[gnu::always_inline]] std::uint64_t number() { return number_in(raw()); }
    std::uint32_t number32() { return static_cast<std::uint32_t>(number()); }

    // Steps over a list or an item and returns a cursor over what is in it.
    [[gnu::always_inline]] constexpr cursor enter() {
        if (!more()) return {};
        const token* first = at_ + 1;
        skip();
        return {unit_, first, at_};
    }

private:
    // Requires: more().
    [[gnu::always_inline]] constexpr void pass() {
        at_ += at_->is_branch() ? std::min<std::ptrdiff_t>(at_->hop(), last_ - at_) : 1;
    }

    static constexpr spelling spelling_of(token_kind kind) {
        if (kind == token_kind::escaped) return spelling::escaped;
        return kind <= token_kind::nil ? spelling::nil : spelling::plain;
    }

    // The token of a streamed literal stands at its header, "{" number ["+"] "}" CRLF with or without "~" before it.
    mailwire::text streamed(token t) const {
        const char* p = unit_ + t.offset;
        const bool binary = *p == '~';
        if (binary) ++p;
        std::uint64_t octets = 0;
        for (++p; *p >= '0' && *p <= '9'; ++p)
            octets = octets * 10 + static_cast<std::uint64_t>(*p - '0');
        return mailwire::text::streamed(octets, static_cast<std::uint16_t>(t.size()), binary);
    }

    const char* unit_ = nullptr;
    const token* at_ = nullptr;
    const token* last_ = nullptr;
};

} // namespace mailwire
