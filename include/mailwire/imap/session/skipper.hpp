// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/imap/framer.hpp"

namespace mailwire::imap::detail {

// Passes over the rest of a unit that is refused. It keeps no octet and needs none again, however they come in, and it
// sees the literals a framer would see: what is announced as a literal is never looked at as a command or a response.
class skipper {
public:
    explicit skipper(side from) : from_(from) {}

    // Goes on behind `unit`, the unit so far, whose last line begins at `line` and has not ended.
    void begin(std::string_view unit, std::size_t line) {
        *this = skipper(from_);
        passed_ = line;
        (void)pass(tail_of(unit, line));
        note_text(unit);
    }
    // Goes on behind `unit`, the unit so far up to the header of a literal, with the octets of that literal.
    void begin_at_literal(std::string_view unit, std::uint64_t octets) {
        *this = skipper(from_);
        passed_ = unit.size();
        left_ = octets;
        note_text(unit);
    }

    enum class outcome : std::uint8_t {
        more,        // the unit goes on
        end,         // the octets taken end the unit
        bad_literal, // they end with the header of a literal that is larger than any number: nobody knows what follows
    };
    struct result {
        std::size_t taken = 0;
        skipper::outcome outcome = skipper::outcome::more;
    };

    // Takes octets up to the end of the unit.
    result pass(std::string_view octets) {
        std::size_t at = 0;
        while (at != octets.size()) {
            if (left_ != 0) {
                const std::uint64_t n = std::min<std::uint64_t>(left_, octets.size() - at);
                left_ -= n;
                at += static_cast<std::size_t>(n);
                continue;
            }
            ++passed_;
            if (!ends_line(octets[at++])) continue;
            const outcome o = end_of_line();
            if (o != outcome::more) return {at, o};
        }
        return {at, outcome::more};
    }

    // Of a bad_literal: the offset of its header in the unit, which counts no octets of literals passed over.
    std::uint64_t header() const { return header_; }

private:
    // How much of "{" number ["+"] "}" CR stands at the end of the octets so far.
    enum class part : std::uint8_t { none, open, digits, plus, close, cr };

    void note_text(std::string_view unit) {
        text_ = framer(from_).is_text(unit);
        // A status response in which a literal may stand has an open code that takes strings; behind the code is text.
        code_ = !text_ && framer(from_).is_text(head_of(unit, unit.find('[')));
    }

    bool ends_line(char c) {
        if (c == '\n') return true;
        note_quote(c);
        if (c == ']' && code_) text_ = true;
        note_header(c);
        return false;
    }

    void note_quote(char c) {
        if (escaped_) {
            escaped_ = false;
        } else if (c == '"') {
            quoted_ = !quoted_;
        } else {
            escaped_ = quoted_ && c == '\\';
        }
    }

    void note_header(char c) {
        const part before = part_;
        part_ = part::none;
        if (c == '{') {
            part_ = part::open;
            octets_ = 0;
            too_big_ = false;
            header_ = passed_ - (binary_ ? 2 : 1);
            header_quoted_ = quoted_;
        } else if (digit.contains(c)) {
            if (before == part::open || before == part::digits) add_digit(static_cast<std::uint64_t>(c - '0'));
        } else if (c == '+') {
            if (before == part::digits) part_ = part::plus;
        } else if (c == '}') {
            non_synchronizing_ = before == part::plus;
            if (before == part::digits || before == part::plus) part_ = part::close;
        } else if (c == '\r' && before == part::close) {
            part_ = part::cr;
        }
        binary_ = c == '~';
    }

    void add_digit(std::uint64_t d) {
        constexpr std::uint64_t max = 9223372036854775807U;
        if (octets_ > (max - d) / 10) too_big_ = true;
        octets_ = octets_ * 10 + d;
        part_ = part::digits;
    }

    // A client that is refused does not send the octets of a synchronizing literal (RFC 9051 2.2.1): the unit ends.
    outcome end_of_line() {
        const bool unasked = from_ == side::client && non_synchronizing_;
        const bool literal = part_ == part::cr && (unasked || (!header_quoted_ && !text_));
        if (!literal) return outcome::end;
        if (too_big_) return outcome::bad_literal;
        if (from_ == side::client && !unasked) return outcome::end;
        left_ = octets_;
        part_ = part::none;
        quoted_ = escaped_ = binary_ = false;
        return outcome::more;
    }

    std::uint64_t left_ = 0;   // octets of a literal that are still to be passed over
    std::uint64_t passed_ = 0; // octets of the unit but for those
    std::uint64_t octets_ = 0; // the number in the header
    std::uint64_t header_ = 0;
    side from_;
    part part_ = part::none;
    bool binary_ = false; // the last octet was "~"
    bool quoted_ = false;
    bool escaped_ = false;
    bool header_quoted_ = false;
    bool too_big_ = false;
    bool non_synchronizing_ = false;
    bool text_ = false;
    bool code_ = false; // text follows behind "]"
};

} // namespace mailwire::imap::detail
