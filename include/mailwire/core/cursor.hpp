// SPDX-License-Identifier: BSL-1.0
#pragma once

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
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
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

    // Passes over one field, whatever is in it.
    constexpr void skip() {
        if (!more()) return;
        const std::uint32_t hop = at_->hop();
        at_ = hop < static_cast<std::size_t>(last_ - at_) ? at_ + hop : last_;
    }

    // An optional field that is not there is passed over and answers true.
    constexpr bool skip_absent() {
        if (kind() != token_kind::absent || !more()) return false;
        skip();
        return true;
    }

    // A string, atom or NIL. Absent reads as NIL.
    mailwire::text text() {
        if (!more()) return mailwire::text::nil();
        const token t = *at_;
        skip();
        const char* p = unit_ + t.offset;
        switch (t.kind()) {
        case token_kind::nil:
        case token_kind::absent:
            return mailwire::text::nil();
        case token_kind::escaped:
            return {p, t.size(), spelling::escaped};
        case token_kind::streamed:
            return streamed(t);
        default:
            return {p, t.size(), spelling::plain};
        }
    }

    // The octets of one token as they stand in the unit.
    std::string_view raw() {
        if (!more()) return {};
        const token t = *at_;
        skip();
        return {unit_ + t.offset, t.size()};
    }

    std::uint64_t number() { return number_in(raw()); }
    std::uint32_t number32() { return static_cast<std::uint32_t>(number()); }

    // Steps over a list or an item and returns a cursor over what is in it. What the unit breaks off in reaches to the
    // end of the tape.
    constexpr cursor enter() {
        if (!more()) return {};
        const token* first = at_ + 1;
        skip();
        return {unit_, first, at_};
    }

private:
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
