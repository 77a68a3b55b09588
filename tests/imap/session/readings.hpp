// SPDX-License-Identifier: BSL-1.0
// What a receiver makes of octets, written down as lines, and the same told plainly for comparison.

#pragma once

#include "support/pipe.hpp"

#include "mailwire/imap/session/receiver.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap::detail {

using steps = std::vector<std::string>;

// Which literals are kept, streamed and refused in these tests.
struct policy {
    side from = side::client;
    std::size_t limit = 64;
    std::size_t capacity = 192;
    std::size_t elided = 2;
    std::uint64_t keep_up_to = 8;
    std::uint64_t stream_up_to = 20;
};

inline std::string say(const char* what, std::string_view text) { return std::string(what) + " " + std::string(text); }
inline std::string say(const mailwire::error& e) {
    return std::string(name_of(e.code)) + " @" + std::to_string(e.offset) + " " + std::to_string(e.actual) + "/" +
           std::to_string(e.maximum);
}

// What a receiver makes of octets, with every piece of a literal joined to the one before.
class reading {
public:
    explicit reading(const policy& p)
        : rules_(p), in_(p.capacity), elided_(p.elided), receiver_(in_, elided_, p.from, p.limit) {}

    void feed(std::string_view octets, std::size_t most) {
        while (!octets.empty() && !over_) {
            const std::size_t n = test::receive(receiver_, octets, most);
            ASSERT_NE(n, 0U) << "no room while more is asked for";
            octets.remove_prefix(n);
            while (take_step()) {
            }
        }
    }
    const steps& log() const { return log_; }
    receiver& session() { return receiver_; }

private:
    bool take_step() {
        const step s = receiver_.next();
        switch (s.kind) {
        case step_kind::more:
            return false;
        case step_kind::unit:
            log_.push_back(say("unit", s.text));
            break;
        case step_kind::literal:
            literal(s);
            break;
        case step_kind::literal_piece:
            if (!log_.back().starts_with("octets ")) log_.emplace_back("octets ");
            log_.back().append(s.text);
            break;
        case step_kind::literal_end:
            log_.push_back(say("end", s.text));
            break;
        case step_kind::bad:
            log_.push_back(say("bad", s.text) + " " + say(s.error));
            over_ = s.error.code == errc::endless_literal;
            break;
        }
        return !over_;
    }

    void literal(const step& s) {
        const frame& f = s.literal;
        if (f.octets <= rules_.keep_up_to && receiver_.can_keep(f)) {
            receiver_.keep(f);
        } else if (f.octets <= rules_.stream_up_to && receiver_.can_stream(f)) {
            log_.push_back(say("stream", s.text));
            receiver_.stream(f);
        } else {
            log_.push_back(say("refuse", s.text));
            receiver_.refuse(f);
        }
    }

    policy rules_;
    std::vector<char> in_;
    std::vector<std::uint32_t> elided_;
    receiver receiver_;
    steps log_;
    bool over_ = false;
};

// The same, told plainly: all octets are here, nothing is resumed, nothing is thrown away before its turn.
class plain_reading {
public:
    plain_reading(const policy& p, std::string_view octets) : rules_(p), octets_(octets) {
        while (!over_ && one_unit()) {
        }
    }
    const steps& log() const { return log_; }

private:
    // False when the octets end before the unit does.
    bool one_unit() {
        text_.clear();
        line_ = streamed_ = 0;
        refused_ = false;
        for (;;) {
            const std::size_t feed = octets_.find('\n', at_);
            const std::string_view more = octets_.substr(at_, feed == octets_.npos ? feed : feed + 1 - at_);
            if (!refused_ && text_.size() + more.size() > rules_.limit - (feed == octets_.npos ? 1 : 0)) {
                log_.push_back(say("bad", (text_ + std::string(more)).substr(0, rules_.limit)) + " " +
                               say({errc::unit_too_long, rules_.limit, rules_.limit + 1, rules_.limit}));
                refuse(rules_.limit);
            }
            text_ += more;
            at_ += more.size();
            if (feed == octets_.npos) return false;
            if (!end_of_line()) return true;
            if (at_ > octets_.size()) return false;
        }
    }

    // True when the unit goes on behind a literal.
    bool end_of_line() {
        const std::string_view line = std::string_view(text_).substr(line_);
        frame f =
            line.ends_with("\r\n") ? framer::header_at_end(line) : frame{frame_kind::bare_line_feed, 0, 0, 0, false};
        f.size = text_.size();
        f.header += line_;
        const bool number = f.kind == frame_kind::literal || f.kind == frame_kind::bad_literal;
        const bool unasked = rules_.from == side::client && f.non_synchronizing;
        if (number && !unasked && (open_quote(line.substr(0, f.header - line_)) || is_text()))
            f.kind = frame_kind::unit;
        if (f.kind == frame_kind::unit || f.kind == frame_kind::bare_line_feed || f.kind == frame_kind::bad_literal) {
            end_unit(f);
            return false;
        }
        return literal(f);
    }

    // Of a refused unit is text what its beginning says; behind a code that takes strings is text.
    bool is_text() const {
        const framer rules(rules_.from);
        if (!refused_) return rules.is_text(text_);
        const std::string_view head = std::string_view(text_).substr(0, refused_at_);
        const bool code = rules.is_text(head.substr(0, head.find('[')));
        return rules.is_text(head) || (code && text_.find(']', refused_at_) != text_.npos);
    }

    void refuse(std::size_t at) {
        refused_ = true;
        refused_at_ = at;
    }

    static bool open_quote(std::string_view line) {
        bool open = false;
        bool escaped = false;
        for (const char c : line) {
            const bool was_escaped = escaped;
            escaped = open && c == '\\' && !was_escaped;
            if (c == '"' && !was_escaped) open = !open;
        }
        return open;
    }

    void end_unit(const frame& f) {
        over_ = f.kind == frame_kind::bad_literal;
        if (over_) {
            const mailwire::error e{errc::endless_literal, f.header, 0, 9223372036854775807U};
            log_.push_back(say("bad", refused_ ? "" : text_) + " " + say(e));
        } else if (!refused_ && f.kind == frame_kind::bare_line_feed) {
            log_.push_back(say("bad", text_) + " " + say({errc::bare_line_feed, f.size - 1, 0, 0}));
        } else if (!refused_) {
            log_.push_back(say("unit", text_));
        }
    }

    bool literal(const frame& f) {
        const bool waits = rules_.from == side::client && !f.non_synchronizing;
        if (refused_ && waits) return false;
        const bool here = f.octets < octets_.size() - at_;
        const std::string_view octets = octets_.substr(at_, here ? static_cast<std::size_t>(f.octets) : octets_.npos);
        if (!refused_ && f.octets <= rules_.keep_up_to && f.size + f.octets + 2 <= rules_.limit) {
            text_ += octets;
        } else if (!refused_ && f.octets <= rules_.stream_up_to && streamed_ != rules_.elided &&
                   f.size + 64 <= rules_.capacity) {
            log_.push_back(say("stream", text_));
            if (!octets.empty()) log_.push_back(say("octets", octets));
            if (octets.size() == f.octets) log_.push_back(say("end", text_));
            ++streamed_;
        } else if (!refused_) {
            log_.push_back(say("refuse", text_));
            refuse(text_.size());
            if (waits) return false;
        }
        line_ = text_.size();
        at_ += octets.size();
        if (octets.size() != f.octets) at_ = octets_.size() + 1;
        return true;
    }

    policy rules_;
    std::string_view octets_;
    std::size_t at_ = 0;
    std::string text_;
    std::size_t line_ = 0;
    std::size_t streamed_ = 0;
    std::size_t refused_at_ = 0;
    bool refused_ = false;
    bool over_ = false;
    steps log_;
};

} // namespace mailwire::imap::detail
