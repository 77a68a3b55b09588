// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/scan.hpp"

namespace mailwire::pop3 {

// What a look at the received octets found.
enum class line_kind : std::uint8_t {
    more, // no line yet
    line, // `size` octets are a line with its CRLF
    bad,  // `size` octets begin a line that `fault` refuses: drop them, its rest is found as `rest`
    rest, // `size` octets belong to a line that was refused: drop them
};

// What ends a line.
enum class line_ends : std::uint8_t {
    crlf,
    crlf_or_dot, // and the LF of a line that is a dot alone, see quirks::dot_line_feed
    any_feed,    // and every LF, see quirks::bare_line_feed
};

struct framed_line {
    line_kind kind = line_kind::more;
    std::size_t size = 0;
    error fault = {};
};

// Finds lines, in both directions of POP3. Never looks twice at an octet, however small the pieces are.
//
// A line ends with CRLF and with nothing else (RFC 1939 3). LF without CR before it refuses the line up to the next CRLF:
// what a sender has hidden behind such an LF is never taken for a line of its own. A line that is too long is refused
// in the same way, so that the next line is read as if the bad one had not been there.
class line_scanner {
public:
    // `maximum` is the longest line in octets, with its CRLF.
    explicit line_scanner(std::size_t maximum, line_ends ends = line_ends::crlf) : maximum_(maximum), ends_(ends) {}

    std::size_t maximum() const { return maximum_; }
    // Sets the longest line, for the lines whose end has not been looked for yet.
    void set_maximum(std::size_t maximum) { maximum_ = maximum; }

    // Looks at all octets that were received and not dropped. Requires that they begin as they did in the call before,
    // if that answered `more`; what other calls answered has been dropped (or, a line, used).
    // Errors: bare_line_feed, with the offset of the LF; unit_too_long, noticed at its octet number `maximum`.
    framed_line scan(std::string_view octets) {
        const char* begin = octets.data();
        const char* end = begin + octets.size();
        if (refused_) return skip(begin, end);
        const char* feed = find_line_end(begin + seen_, begin + std::min(octets.size(), maximum_));
        const auto size = static_cast<std::size_t>(feed - begin);
        if (size == maximum_) return refuse(octets, size, {errc::unit_too_long, size, size + 1, maximum_});
        seen_ = size;
        if (feed == end) return {};
        seen_ = 0;
        if ((size != 0 && feed[-1] == '\r') || is_tolerated(octets, size)) return {line_kind::line, size + 1, {}};
        return refuse(octets, size + 1, {errc::bare_line_feed, size, 0, 0});
    }

    // True when the rest of a refused line is still to come.
    bool refusing() const { return refused_; }

private:
    bool is_tolerated(std::string_view octets, std::size_t feed) const {
        if (ends_ == line_ends::crlf_or_dot) return feed == 1 && octets.front() == '.';
        return ends_ == line_ends::any_feed;
    }

    framed_line refuse(std::string_view octets, std::size_t size, const error& fault) {
        seen_ = 0;
        refused_ = true;
        after_cr_ = size != 0 && octets[size - 1] == '\r';
        return {line_kind::bad, size, fault};
    }

    framed_line skip(const char* begin, const char* end) {
        if (begin == end) return {};
        const char* feed = find_line_end(begin, end);
        for (; feed != end; feed = find_line_end(feed + 1, end)) {
            if (ends_ == line_ends::any_feed || (feed == begin ? after_cr_ : feed[-1] == '\r')) {
                refused_ = false;
                return {line_kind::rest, static_cast<std::size_t>(feed - begin) + 1, {}};
            }
        }
        after_cr_ = end[-1] == '\r';
        return {line_kind::rest, static_cast<std::size_t>(end - begin), {}};
    }

    std::size_t maximum_;
    std::size_t seen_ = 0;
    line_ends ends_;
    bool refused_ = false;
    bool after_cr_ = false;
};

} // namespace mailwire::pop3
