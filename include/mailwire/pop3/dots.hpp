// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "mailwire/core/scan.hpp"
#include "mailwire/pop3/grammar/quirks.hpp"
#include "mailwire/pop3/line_ends.hpp"

// The dot layer of a message in a multi-line response (RFC 1939 3): a line that begins with a dot travels with a second
// one, and a line of one dot ends the message. Neither class holds octets of the message.
namespace mailwire::pop3 {

// What dot_unstuffer::next found: a piece of the message, the end of it, or neither.
struct unstuffed {
    std::string_view piece; // points into the input, or to a constant; empty: no piece
    std::size_t used = 0;   // octets of the input that are done with
    bool ended = false;     // the line with the dot has been taken; what follows is no message
};

// Takes the dots out of a message that arrives in pieces of any size. Copies nothing.
//
// Only CRLF begins a line, so only CRLF "." CRLF ends the message (and "." CRLF at its very start); a bare LF or CR is
// data. A dot that begins a line is taken away whatever follows it, as RFC 1939 3 tells a client to do.
//
// `tolerated`: bits of namespace quirks.
class dot_unstuffer {
public:
    explicit dot_unstuffer(std::uint32_t tolerated = 0) : tolerated_(tolerated) {}

    // Call again with what is behind `used` octets until `used` is all there was, or `ended` is true.
    unstuffed next(std::string_view input) {
        const char* begin = input.data();
        const char* end = begin + input.size();
        for (const char* p = begin; p != end;) {
            switch (place_) {
            case place::line_start:
                place_ = *p == '.' ? ++p, place::dot : place::line;
                break;
            case place::dot:
                if (*p == '\r') {
                    place_ = place::dot_cr;
                    ++p;
                    break;
                }
                place_ = place::line;
                if (*p == '\n' && (tolerates(quirks::dot_line_feed) || tolerates(quirks::bare_line_feed))) {
                    return ended(p + 1 - begin);
                }
                if (*p != '.' && tolerates(quirks::unstuffed_dots)) return held_back(".", p - begin);
                break;
            case place::dot_cr:
                if (*p == '\n') return ended(p + 1 - begin);
                if (tolerates(quirks::dot_carriage_return)) return ended(p - begin);
                after_cr_ = true;
                return held_back(tolerates(quirks::unstuffed_dots) ? ".\r" : "\r", p - begin);
            case place::line:
                return piece(begin, p, end);
            }
        }
        return {{}, input.size(), false};
    }

    // True when a line feed without CR before it has passed since the start. RFC 5322 knows none; a reader that takes it
    // for the end of a line sees other lines than the sender.
    bool bare_line_feed() const { return bare_line_feed_; }

    // True where a connection that ends here ends the message too: quirks::dot_carriage_return.
    bool may_end() const { return place_ == place::dot_cr && (tolerated_ & quirks::dot_carriage_return) != 0; }

    // The deviations that were tolerated since the start.
    std::uint32_t quirks_fired() const { return fired_; }

private:
    enum class place : std::uint8_t { line_start, line, dot, dot_cr };

    // Asked only where the deviation is there: it has then fired.
    bool tolerates(std::uint32_t quirk) {
        fired_ |= tolerated_ & quirk;
        return (tolerated_ & quirk) != 0;
    }

    unstuffed ended(std::ptrdiff_t used) {
        place_ = place::line_start;
        return {{}, static_cast<std::size_t>(used), true};
    }

    // Octets that could have belonged to the end. They did not, and may be gone from the input.
    unstuffed held_back(std::string_view octets, std::ptrdiff_t used) {
        place_ = place::line;
        return {octets, static_cast<std::size_t>(used), false};
    }

    // The message from p to where the next dot has to be looked at, or to the end of the input.
    unstuffed piece(const char* begin, const char* p, const char* end) {
        const char* feed = find_line_end_to_judge(p, end);
        for (; feed != end; feed = find_line_end_to_judge(feed + 1, end)) {
            if (feed == p ? after_cr_ : feed[-1] == '\r') {
                if (feed + 1 != end && feed[1] != '.') continue;
                place_ = place::line_start;
                after_cr_ = false;
                return taken(begin, p, feed + 1);
            }
            bare_line_feed_ = true;
            if (tolerates(quirks::bare_line_feed)) {
                place_ = place::line_start;
                after_cr_ = false;
                return taken(begin, p, feed + 1);
            }
        }
        after_cr_ = end[-1] == '\r';
        return taken(begin, p, end);
    }

    static unstuffed taken(const char* begin, const char* p, const char* stop) {
        return {{p, static_cast<std::size_t>(stop - p)}, static_cast<std::size_t>(stop - begin), false};
    }

    std::uint32_t tolerated_;
    std::uint32_t fired_ = 0;
    place place_ = place::line_start;
    bool after_cr_ = false;
    bool bare_line_feed_ = false;
};

// What a sender does with a line feed that has no CR before it.
enum class line_feeds : std::uint8_t {
    as_they_are, // sent as it is
    as_crlf,     // sent as CRLF (RFC 1939 11: how a message is stored is no concern of the client)
};

// What dot_stuffer::next did.
struct stuffed {
    std::size_t used = 0;    // octets of the message that were taken
    std::size_t written = 0; // octets that were written
};

// Doubles the dots of a message that is sent in pieces of any size, into storage of any size.
//
// A dot is doubled at the start of the message, after CRLF, and after a bare LF too: a reader that takes the LF for the
// end of a line must not find the end of the message in it. A bare CR is sent as it is.
class dot_stuffer {
public:
    explicit dot_stuffer(line_feeds feeds = line_feeds::as_they_are) : feeds_(feeds) {}

    // Takes as much of the message as has room. Takes or writes at least one octet where both are not empty.
    stuffed next(std::string_view message, std::span<char> out) {
        const char* p = message.data();
        const char* end = p + message.size();
        char* to = out.data();
        char* stop = to + out.size();
        while (p != end && to != stop) {
            if (place_ == place::lone_lf || place_ == place::line_start) {
                const bool dot = *p == '.';
                place_ = place::line;
                if (dot) *to++ = '.';
                continue;
            }
            const auto room = static_cast<std::size_t>(std::min(end - p, stop - to));
            const std::size_t n = run(p, p + room);
            if (n != 0) std::memcpy(to, p, n);
            p += n;
            to += n;
            if (place_ == place::cr_wanted && to != stop) {
                *to++ = '\r';
                place_ = place::after_cr;
            }
        }
        return {static_cast<std::size_t>(p - message.data()), static_cast<std::size_t>(to - out.data())};
    }

    // What ends the message: the dot on its own line, with CRLF before it where the message has none.
    std::string_view ending() const { return place_ == place::line_start ? ".\r\n" : "\r\n.\r\n"; }

private:
    // lone_lf: after a bare LF. cr_wanted: before one that is to be sent as CRLF.
    enum class place : std::uint8_t { line_start, lone_lf, line, after_cr, cr_wanted };

    // How many octets can be copied as they are; notes what they end with.
    std::size_t run(const char* begin, const char* end) {
        const char* feed = find_line_end_to_judge(begin, end);
        for (; feed != end; feed = find_line_end_to_judge(feed + 1, end)) {
            const bool crlf = feed == begin ? place_ == place::after_cr : feed[-1] == '\r';
            if (!crlf && feeds_ == line_feeds::as_crlf) {
                place_ = place::cr_wanted;
                return static_cast<std::size_t>(feed - begin);
            }
            if (feed + 1 != end && feed[1] != '.') continue;
            place_ = crlf ? place::line_start : place::lone_lf;
            return static_cast<std::size_t>(feed - begin) + 1;
        }
        place_ = end[-1] == '\r' ? place::after_cr : place::line;
        return static_cast<std::size_t>(end - begin);
    }

    line_feeds feeds_;
    place place_ = place::line_start;
};

} // namespace mailwire::pop3
