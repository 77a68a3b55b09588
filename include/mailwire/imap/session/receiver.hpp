// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/wipe.hpp"
#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/session/skipper.hpp"

namespace mailwire::imap::detail {

enum class step_kind : std::uint8_t {
    more,          // nothing to do before more octets come
    unit,          // `text` is a whole unit
    literal,       // `text` is a unit up to the header of a literal: keep, stream or refuse it
    literal_piece, // `text` are octets of a streamed literal
    literal_end,   // the streamed literal is complete
    bad,           // `error` says why the octets here are no unit, `text` how they begin; the next step goes on behind
};

struct step {
    step_kind kind = step_kind::more;
    std::string_view text = {};
    frame literal = {};
    mailwire::error error = {};
};

// The receiving half of a session: cuts what comes in into units, pieces of streamed literals and faults. Whatever the
// peer sends, the steps do not depend on how the network cut it. Views are valid until the next step and until octets
// are received.
class receiver {
public:
    receiver(std::span<char> storage, std::span<std::uint32_t> elided, side from, std::uint64_t limit)
        : in_(storage), framer_(from), skipper_(from), elided_(elided),
          limit_(static_cast<std::size_t>(std::min<std::uint64_t>(limit, storage.size()))), from_(from) {}

    std::span<char> prepare() { return in_.prepare(); }
    void commit(std::size_t octets) {
        const std::size_t before = in_.size();
        in_.commit(octets);
        received_ += in_.size() - before;
    }

    // The octets of the unit under way, and what has come behind them.
    std::string_view view() const { return in_.view(); }

    // How many octets have been received, and how many of them came before the unit under way.
    std::uint64_t received() const { return received_; }
    std::uint64_t unit_start() const { return unit_start_; }

    // Offsets of the literals of this unit that were streamed.
    std::span<const std::uint32_t> elided() const { return elided_.first(elided_count_); }

    // The literals of this unit so far, and the octets of those that were kept.
    std::size_t literals() const { return literals_; }
    std::uint64_t kept_octets() const { return kept_octets_; }

    bool streaming() const { return streaming_; }

    // From the next unit on, units of so many octets.
    void limit(std::uint64_t octets) {
        limit_ = static_cast<std::size_t>(std::min<std::uint64_t>(octets, in_.capacity()));
    }

    // Wipes the unit that was handed out, and what is left of those before it.
    void wipe_unit() {
        wipe(in_.front(unit_size_));
        in_.for_each_stale([](std::span<char> octets) { wipe(octets); });
    }

    // The octets that `view` begins with, to be decoded where they are.
    std::span<char> front(std::size_t octets) { return in_.front(octets); }

    // How many octets have come behind the unit that the last step has handed out.
    std::size_t behind() const { return in_.size() - unit_size_; }

    // True when the octets received so far end between two units.
    bool between_units() const { return in_.size() == unit_size_ && !streaming_ && !skipping_; }

    // Forgets what was received and not looked at, and the unit that was handed out, and wipes both.
    void drop() {
        if (in_.empty()) return;
        wipe(in_.front(in_.size()));
        in_.for_each_stale([](std::span<char> octets) { wipe(octets); });
        in_.consume(in_.size());
        next_unit();
    }

    step next() {
        settle();
        if (skipping_) {
            if (const step s = skip(); skipping_ || s.kind == step_kind::bad) return s;
        }
        if (streaming_) return next_piece();
        const frame f = framer_.scan(in_.view());
        if (f.kind == frame_kind::more ? in_.size() >= limit_ : f.size > limit_) return too_long();
        switch (f.kind) {
        case frame_kind::more:
            return {};
        case frame_kind::unit:
            return {step_kind::unit, whole(f), {}, {}};
        case frame_kind::bare_line_feed:
            return {step_kind::bad, whole(f), {}, {errc::bare_line_feed, f.size - 1, 0, 0}};
        case frame_kind::bad_literal:
            return {step_kind::bad, whole(f), f, {errc::endless_literal, f.header, 0, largest_literal}};
        case frame_kind::literal:
            break;
        }
        return {step_kind::literal, head_of(in_.view(), f.size), f, {}};
    }

    // The three answers to a literal. First: its octets stay in the buffer.
    bool can_keep(const frame& f) const { return f.octets < limit_ && f.size + f.octets + 2 <= limit_; }
    void keep(const frame& f) {
        framer_.literal_kept(f.octets);
        line_ = f.size + static_cast<std::size_t>(f.octets);
        kept_octets_ += f.octets;
        ++literals_;
    }

    // Second: its octets are handed on as they come. Room for pieces has to be left behind the unit's text.
    bool can_stream(const frame& f) const {
        return elided_count_ != elided_.size() && f.size + smallest_piece <= in_.capacity();
    }
    void stream(const frame& f) {
        elided_[elided_count_++] = static_cast<std::uint32_t>(f.header);
        framer_.literal_elided();
        line_ = f.size;
        streaming_ = true;
        left_ = f.octets;
        at_ = f.size;
        ++literals_;
    }

    // Third: the unit is refused, and what belongs to it is passed over. A synchronizing literal of a client ends the
    // unit: who is refused does not send it (RFC 9051 2.2.1).
    void refuse(const frame& f) {
        if (from_ == side::client && !f.non_synchronizing) {
            unit_size_ = f.size;
            return;
        }
        skipper_.begin_at_literal(head_of(in_.view(), f.size), f.octets);
        skipping_ = true;
        in_.consume(f.size);
    }

private:
    static constexpr std::size_t smallest_piece = 64;
    static constexpr std::uint64_t largest_literal = 9223372036854775807U;

    // The unit ends here; it leaves the buffer with the next step.
    std::string_view whole(const frame& f) {
        unit_size_ = f.size;
        return head_of(in_.view(), f.size);
    }

    // The first `limit_` octets are not the whole unit. All that is known of it is known from them, so that the rest is
    // read in the same way whether it is here already or not.
    step too_long() {
        const std::string_view text = head_of(in_.view(), limit_);
        skipper_.begin(text, line_);
        skipping_ = true;
        in_.consume(limit_);
        return {step_kind::bad, text, {}, {errc::unit_too_long, limit_, limit_ + std::uint64_t{1}, limit_}};
    }

    step skip() {
        const skipper::result passed = skipper_.pass(in_.view());
        if (from_ == side::client) wipe(in_.front(passed.taken)); // it may be a password
        in_.consume(passed.taken);
        if (passed.outcome != skipper::outcome::more) {
            if (from_ == side::client) wipe_unit();
            next_unit();
        }
        if (passed.outcome != skipper::outcome::bad_literal) return {};
        return {step_kind::bad, {}, {}, {errc::endless_literal, skipper_.header(), 0, largest_literal}};
    }

    // Takes off what the last step has handed out.
    void settle() {
        if (handed_ != 0) in_.erase(at_, handed_);
        handed_ = 0;
        if (unit_size_ == 0) return;
        in_.consume(unit_size_);
        next_unit();
    }

    void next_unit() {
        unit_start_ = received_ - in_.size();
        unit_size_ = 0;
        line_ = 0;
        elided_count_ = 0;
        literals_ = 0;
        kept_octets_ = 0;
        skipping_ = false;
        framer_.next_unit();
    }

    step next_piece() {
        if (left_ == 0) {
            streaming_ = false;
            return {step_kind::literal_end, head_of(in_.view(), at_), {}, {}};
        }
        handed_ = static_cast<std::size_t>(std::min<std::uint64_t>(left_, in_.size() - at_));
        if (handed_ == 0) return {};
        left_ -= handed_;
        return {step_kind::literal_piece, head_of(tail_of(in_.view(), at_), handed_), {}, {}};
    }

    inbox in_;
    framer framer_;
    skipper skipper_;
    std::span<std::uint32_t> elided_;
    std::uint64_t received_ = 0;
    std::uint64_t unit_start_ = 0;
    std::uint64_t kept_octets_ = 0;
    std::uint64_t left_ = 0; // octets of the streamed literal that are still to come
    std::size_t elided_count_ = 0;
    std::size_t literals_ = 0;
    std::size_t limit_;
    std::size_t line_ = 0;      // where the current line of the unit begins: behind its last literal
    std::size_t unit_size_ = 0; // of the unit the last step has handed out
    std::size_t at_ = 0;        // where the octets of the streamed literal stand
    std::size_t handed_ = 0;    // how many of them the last step has handed out
    side from_;
    bool streaming_ = false;
    bool skipping_ = false;
};

} // namespace mailwire::imap::detail
