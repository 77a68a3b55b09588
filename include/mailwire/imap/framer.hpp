// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/scan.hpp"
#include "mailwire/imap/grammar/strings.hpp"

namespace mailwire::imap {

enum class frame_kind : std::uint8_t {
    more,           // the unit goes on behind what is here
    unit,           // `size` octets are the unit, CRLF included
    literal,        // `size` octets end with the header of a literal
    bare_line_feed, // `size` octets are a line that ends without CR
    bad_literal,    // `size` octets end with the header of a literal that is larger than any number
};

struct frame {
    frame_kind kind = frame_kind::more;
    std::size_t size = 0;
    std::uint64_t octets = 0;       // of a literal: how many follow
    std::size_t header = 0;         // of a literal: offset of its header in the unit
    bool non_synchronizing = false; // of a literal: {n+}
};

// Finds where a unit ends (RFC 9051 2.2: a line, or lines with counted octets between them) without knowing what it
// says. Goes on where it stopped: however the octets come in, each is looked at once.
//
// A line that ends in {n} announces a literal, except where that is text: behind "+", in the text of a status response
// ("* OK hello {5}"), and behind a quote that is still open. RFC 7888 3 makes {n+} of a client a literal everywhere: a
// command that is refused must not smuggle in a second one.
class framer {
public:
    explicit framer(side from) : from_(from) {}

    // Scans a unit, of which `octets` is all that is here from its first octet on. After `literal` call `literal_kept`
    // or `literal_elided`, after any other answer but `more` call `next_unit`.
    frame scan(std::string_view octets) {
        if (at_ > octets.size()) return {};
        const char* begin = octets.data();
        const char* end = begin + octets.size();
        const char* feed = find_line_end(begin + at_, end);
        if (feed == end) {
            at_ = octets.size();
            return {};
        }
        at_ = static_cast<std::size_t>(feed - begin) + 1;
        if (feed == begin || feed[-1] != '\r' || at_ - line_ < 2) return {frame_kind::bare_line_feed, at_, 0, 0, false};
        if (line_mode_ || at_ - line_ < 5 || feed[-2] != '}') return {frame_kind::unit, at_, 0, 0, false};
        return end_of_line(head_of(octets, at_));
    }

    // The `octets` octets of the literal stay in the unit's buffer; the unit goes on behind them.
    void literal_kept(std::uint64_t octets) {
        at_ += static_cast<std::size_t>(octets);
        line_ = at_;
    }
    // The octets of the literal are taken out; the unit goes on behind its header.
    void literal_elided() { line_ = at_; }

    void next_unit() { at_ = line_ = 0; }

    // The header of a literal at the end of a line that ends with CRLF: kind literal, bad_literal, or unit where there
    // is none. `header` counts from the start of the line.
    static frame header_at_end(std::string_view line) {
        frame result{frame_kind::unit, line.size(), 0, 0, false};
        if (line.size() < 5 || line[line.size() - 3] != '}') return result;
        std::size_t p = line.size() - 4;
        const bool plus = line[p] == '+';
        if (plus && p-- == 0) return result;
        const std::size_t last_digit = p;
        while (p != 0 && digit.contains(line[p]))
            --p;
        if (line[p] != '{' || p == last_digit) return result;
        const auto header = grammar::detail::read_literal_header(line.data() + p, line.data() + line.size());
        result.kind = header.too_big ? frame_kind::bad_literal : frame_kind::literal;
        result.octets = header.octets;
        result.header = p != 0 && line[p - 1] == '~' ? p - 1 : p;
        result.non_synchronizing = plus;
        return result;
    }

    // True where `unit`, a unit so far, ends in text for a person: a continuation, or a status response outside a code
    // that takes strings (RFC 3501 BADCHARSET, RFC 4469 BADURL). Only a server sends such text.
    bool is_text(std::string_view unit) const {
        if (from_ == side::client || unit.empty()) return false;
        if (unit.front() == '+') return true;
        std::size_t word = unit.find(' ');
        if (word == std::string_view::npos) return false;
        unit.remove_prefix(word + 1);
        word = unit.find(' ');
        if (word == std::string_view::npos || !is_status_word(head_of(unit, word))) return false;
        unit.remove_prefix(word + 1);
        return !in_string_code(unit);
    }

    // In line mode each line is a unit (RFC 9051 6.2.2 and 6.3.13: AUTHENTICATE and IDLE).
    void line_mode(bool on) { line_mode_ = on; }

private:
    // The unit so far ends with "}" CRLF.
    frame end_of_line(std::string_view unit) const {
        frame result = header_at_end(tail_of(unit, line_));
        result.size = at_;
        if (result.kind == frame_kind::unit) return result;
        result.header += line_;
        const bool always = from_ == side::client && result.non_synchronizing;
        if (!always && (quote_is_open(head_of(tail_of(unit, line_), result.header - line_)) || is_text(unit))) {
            return {frame_kind::unit, at_, 0, 0, false};
        }
        return result;
    }

    static bool quote_is_open(std::string_view line) {
        bool open = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '"') open = !open;
            if (open && line[i] == '\\') ++i;
        }
        return open;
    }

    static bool is_status_word(std::string_view word) {
        for (const std::string_view status : {"OK", "NO", "BAD", "BYE", "PREAUTH"}) {
            if (equal_ignoring_case(word, status)) return true;
        }
        return false;
    }

    static bool in_string_code(std::string_view text) {
        for (const std::string_view code : {"[BADCHARSET ", "[BADURL "}) {
            if (text.size() >= code.size() && equal_ignoring_case(head_of(text, code.size()), code)) {
                return text.find(']') == std::string_view::npos;
            }
        }
        return false;
    }

    std::size_t at_ = 0;   // scanned up to here
    std::size_t line_ = 0; // the current line starts here: at the unit's start or behind a literal
    side from_;
    bool line_mode_ = false;
};

} // namespace mailwire::imap
