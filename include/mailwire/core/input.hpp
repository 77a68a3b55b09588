// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "mailwire/core/error.hpp"
#include "mailwire/core/pegtl.hpp"
#include "mailwire/core/tape.hpp"

namespace mailwire {

// Who wrote the octets. A few rules differ by direction (RFC 9051 4.3: no {n+} from a server).
enum class side : std::uint8_t { client, server };

// How a client may send a literal (RFC 9051 4.3, RFC 7888).
enum class literal_form : std::uint8_t {
    synchronizing, // {n}, then wait for "+"
    minus,         // {n+} up to 4096 octets, else {n}
    plus,          // {n+}
};

// What a parse may accept beyond or within its grammar. Everything here is a switch of the input, never a second grammar.
struct dialect {
    side from = side::server;
    bool utf8 = true; // UTF-8 in quoted strings and text (RFC 9051; RFC 6855 in a revision 1 session)
    literal_form literals = literal_form::minus;
    std::uint32_t forms = ~0U;            // parts of the grammar that are in force, one bit each
    std::uint32_t quirks = 0;             // tolerated deviations, one bit each
    std::uint16_t depth = 64;             // levels of nesting
    std::uint16_t most_literals = 0xffff; // literals of one unit
};

// One whole unit, the way through it, and the tape that records it. Satisfies what PEGTL's combinators ask of an
// input and no more: no line counting, no source name, no allocation.
class input {
public:
    input(std::string_view unit, std::span<token> storage, const dialect& rules = {})
        : begin_(unit.data()), current_(begin_), end_(begin_ + unit.size()), furthest_(begin_), tape_(storage),
          rules_(rules) {}

    // What PEGTL asks.
    const char* current() const { return current_; }
    const char* end(std::size_t = 0) const { return end_; }
    bool empty() const { return current_ == end_; }
    std::size_t size(std::size_t = 0) const { return static_cast<std::size_t>(end_ - current_); }
    void bump(std::size_t octets) { current_ += octets; }

    template <pegtl::rewind_mode M> auto mark() {
        if constexpr (M == pegtl::rewind_mode::required) {
            return rewinding_mark(*this);
        } else {
            return plain_mark<M>();
        }
    }

    // What the rules of this library ask.
    void advance_to(const char* p) { current_ = p; }
    std::uint32_t offset_of(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }
    std::uint32_t offset() const { return offset_of(current_); }
    mailwire::tape& tape() { return tape_; }
    const mailwire::tape& tape() const { return tape_; }
    const dialect& rules() const { return rules_; }

    bool enter() {
        if (depth_ == rules_.depth) {
            fail(errc::too_deep, depth_ + 1U, rules_.depth);
            return false;
        }
        ++depth_;
        return true;
    }
    void leave() { --depth_; }

    // The literal whose header stands at `offset`: false where the unit has too many of them. One that is met again on
    // another way through the grammar counts once.
    bool enter_literal(std::uint32_t offset) {
        if (literals_ != 0 && offset <= last_literal_) return true;
        if (literals_ == rules_.most_literals) {
            fail(errc::too_many_literals, literals_ + 1U, rules_.most_literals);
            return false;
        }
        last_literal_ = offset;
        ++literals_;
        return true;
    }

    bool form_allowed(std::uint32_t bit) const { return (rules_.forms & bit) != 0; }
    bool quirk_allowed(std::uint32_t bit) const { return (rules_.quirks & bit) != 0; }
    void quirk_fired(std::uint32_t bit) { fired_ |= bit; }
    std::uint32_t quirks_fired() const { return fired_; }

    // Literals whose octets were handed on as they came: offsets of their headers in this unit, ascending.
    void elided(std::span<const std::uint32_t> offsets) { elided_ = offsets; }
    std::span<const std::uint32_t> elided() const { return elided_; }

    // Prefix mode: the unit breaks off after the header of a literal, and the question is which field that literal is.
    void expect_literal_at_end() { prefix_ = true; }
    bool prefix() const { return prefix_; }
    bool stopped() const { return stopped_; }

    // The literal has been reached: what is recorded is kept, whatever the grammar does while it unwinds.
    void stop_at_literal() {
        if (!stopped_) kept_ = std::exchange(tape_, mailwire::tape());
        stopped_ = true;
    }
    const mailwire::tape& kept() const { return kept_; }

    // Notes a fault with a name of its own; a plain syntax error needs none. The one furthest in the unit counts.
    void fail(errc code, std::uint64_t actual = 0, std::uint64_t maximum = 0) {
        if (!fault_ || offset() > fault_.offset) fault_ = {code, offset(), actual, maximum};
    }

    // Notes an octet that was looked at and refused without being advanced to.
    void reached(const char* p) { furthest_ = std::max(furthest_, p); }

    // Why the unit was refused, and the first octet that fits no rule: the furthest any of them got. A named fault is
    // the reason only if nothing else was tried behind it.
    error fault() const {
        const std::uint64_t reached = offset_of(std::max(furthest_, current_));
        if (fault_ && (fault_.offset >= reached || is_limit(fault_.code))) return fault_;
        return {errc::syntax, reached, 0, 0};
    }

private:
    // A limit that is passed refuses the unit whatever else might be tried.
    static bool is_limit(errc code) { return code == errc::too_deep || code == errc::too_many_literals; }

    template <pegtl::rewind_mode M> struct [[nodiscard]] plain_mark {
        static constexpr pegtl::rewind_mode next_rewind_mode = M;
        bool operator()(bool result) const { return result; }
    };

    // Restores the place and the tape unless it was told of success. The way back is where the furthest octet reached
    // is noted: it costs nothing where nothing goes wrong.
    class [[nodiscard]] rewinding_mark {
    public:
        static constexpr pegtl::rewind_mode next_rewind_mode = pegtl::rewind_mode::active;

        explicit rewinding_mark(input& in) : in_(&in), place_(in.current_), tokens_(in.tape_.count()) {}
        rewinding_mark(const rewinding_mark&) = delete;
        rewinding_mark& operator=(const rewinding_mark&) = delete;
        ~rewinding_mark() {
            if (in_ != nullptr) in_->rewind(place_, tokens_);
        }
        bool operator()(bool result) {
            if (result) in_ = nullptr;
            return result;
        }

    private:
        input* in_;
        const char* place_;
        std::uint32_t tokens_;
    };

    void rewind(const char* place, std::uint32_t tokens) {
        furthest_ = std::max(furthest_, current_);
        current_ = place;
        tape_.rewind(tokens);
    }

    const char* begin_;
    const char* current_;
    const char* end_;
    const char* furthest_;
    mailwire::tape tape_;
    mailwire::tape kept_;
    dialect rules_;
    std::span<const std::uint32_t> elided_;
    error fault_;
    std::uint32_t fired_ = 0;
    std::uint32_t last_literal_ = 0;
    std::uint16_t literals_ = 0;
    std::uint16_t depth_ = 0;
    bool prefix_ = false;
    bool stopped_ = false;
};

} // namespace mailwire
