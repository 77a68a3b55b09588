// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/imap/framer.hpp"

namespace mailwire::imap::detail {

enum class step_kind : std::uint8_t {
    more,          // nothing to do before more octets come
    unit,          // `text` is a whole unit
    literal,       // `text` is a unit up to the header of a literal: keep, stream or refuse it
    literal_piece, // `text` are octets of a streamed literal
    literal_end,   // the streamed literal is complete
    bad,           // `error` says why the octets here are no unit; the next step goes on behind them
};

struct step {
    step_kind kind = step_kind::more;
    std::string_view text = {};
    frame literal = {};
    mailwire::error error = {};
};

// The receiving half of a session: cuts what comes in into units, pieces of streamed literals and faults. Views are
// valid until the next step and until octets are received.
class receiver {
public:
    receiver(std::span<char> storage, std::span<std::uint32_t> elided, side from, std::uint64_t limit)
        : in_(storage), framer_(from), elided_(elided),
          limit_(static_cast<std::size_t>(std::min<std::uint64_t>(limit, storage.size()))), from_(from) {}

    std::span<char> prepare() { return in_.prepare(); }
    void commit(std::size_t octets) { in_.commit(octets); }

    // The octets of the unit under way.
    std::string_view view() const { return in_.view(); }

    // Offsets of the literals of this unit that were streamed.
    std::span<const std::uint32_t> elided() const { return elided_.first(elided_count_); }

    // True when the octets received so far end between two units.
    bool between_units() const { return in_.size() == unit_size_ && !streaming_ && !skipping_; }

    step next() {
        settle();
        if (skipping_ && !skip()) return {};
        if (streaming_) return next_piece();
        const frame f = framer_.scan(in_.view());
        switch (f.kind) {
        case frame_kind::more:
            if (in_.size() < limit_) return {};
            begin_skip();
            return too_long();
        case frame_kind::unit:
            unit_size_ = f.size;
            if (f.size > limit_) return too_long();
            return {step_kind::unit, in_.view().substr(0, f.size), {}, {}};
        case frame_kind::bare_line_feed:
            unit_size_ = f.size;
            return {step_kind::bad, {}, {}, {errc::bare_line_feed, f.size - 1, 0, 0}};
        case frame_kind::bad_literal:
            unit_size_ = f.size;
            return {step_kind::bad, {}, f, {errc::number_too_big, f.header, 0, 9223372036854775807U}};
        case frame_kind::literal:
            break;
        }
        if (f.size > limit_) {
            refuse(f);
            return too_long();
        }
        return {step_kind::literal, in_.view().substr(0, f.size), f, {}};
    }

    // The three answers to a literal. First: its octets stay in the buffer.
    bool can_keep(const frame& f) const { return f.octets < limit_ && f.size + f.octets + 2 <= limit_; }
    void keep(const frame& f) { framer_.literal_kept(f.octets); }

    // Second: its octets are handed on as they come. Room for pieces has to be left behind the unit's text.
    bool can_stream(const frame& f) const {
        return elided_count_ != elided_.size() && f.size + smallest_piece <= in_.capacity();
    }
    void stream(const frame& f) {
        elided_[elided_count_++] = static_cast<std::uint32_t>(f.header);
        framer_.literal_elided();
        streaming_ = true;
        left_ = f.octets;
        at_ = f.size;
    }

    // Third: the unit is refused, and what belongs to it is passed over. A synchronizing literal of a client ends the
    // unit: who is refused does not send it (RFC 9051 7.6).
    void refuse(const frame& f) {
        if (from_ == side::client && !f.non_synchronizing) {
            unit_size_ = f.size;
            return;
        }
        in_.consume(f.size);
        skipping_ = true;
        text_ = false;
        left_ = f.octets;
    }

private:
    static constexpr std::size_t smallest_piece = 64;
    static constexpr std::size_t longest_header = 32;

    // However the octets came in, the error is the same.
    step too_long() const { return {step_kind::bad, {}, {}, {errc::unit_too_long, limit_, limit_ + 1, limit_}}; }

    // Takes off what the last step has handed out.
    void settle() {
        if (handed_ != 0) in_.erase(at_, handed_);
        handed_ = 0;
        if (unit_size_ == 0) return;
        in_.consume(unit_size_);
        next_unit();
    }

    void next_unit() {
        unit_size_ = 0;
        elided_count_ = 0;
        skipping_ = false;
        framer_.next_unit();
    }

    step next_piece() {
        if (left_ == 0) {
            streaming_ = false;
            return {step_kind::literal_end, in_.view().substr(0, at_), {}, {}};
        }
        handed_ = static_cast<std::size_t>(std::min<std::uint64_t>(left_, in_.size() - at_));
        if (handed_ == 0) return {};
        left_ -= handed_;
        return {step_kind::literal_piece, in_.view().substr(at_, handed_), {}, {}};
    }

    // The unit does not end in the buffer. Of its text only the end of the line matters from now on.
    void begin_skip() {
        skipping_ = true;
        text_ = framer_.is_text(in_.view());
        left_ = 0;
        keep_line_end();
    }

    void keep_line_end() {
        if (in_.size() > longest_header) in_.consume(in_.size() - longest_header);
    }

    // Passes over octets of a refused unit; true when its end is reached.
    bool skip() {
        for (;;) {
            const std::uint64_t octets = std::min<std::uint64_t>(left_, in_.size());
            in_.consume(static_cast<std::size_t>(octets));
            left_ -= octets;
            if (left_ != 0) return false;
            const std::string_view here = in_.view();
            const std::size_t feed = here.find('\n');
            if (feed == std::string_view::npos) {
                keep_line_end();
                return false;
            }
            const frame f = framer::header_at_end(here.substr(0, feed + 1));
            in_.consume(feed + 1);
            const bool literal =
                f.kind == frame_kind::literal && !text_ && (from_ == side::server || f.non_synchronizing);
            if (!literal) break;
            left_ = f.octets;
        }
        next_unit();
        return true;
    }

    inbox in_;
    framer framer_;
    std::span<std::uint32_t> elided_;
    std::size_t elided_count_ = 0;
    std::size_t limit_;
    std::size_t unit_size_ = 0; // of the unit the last step has handed out
    std::size_t at_ = 0;        // where the octets of the streamed literal stand
    std::size_t handed_ = 0;    // how many of them the last step has handed out
    std::uint64_t left_ = 0;    // how many are still to come, or to be passed over
    side from_;
    bool streaming_ = false;
    bool skipping_ = false;
    bool text_ = false; // the unit passed over ends in text, where {n} is no literal
};

} // namespace mailwire::imap::detail
