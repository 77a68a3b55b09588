// SPDX-License-Identifier: BSL-1.0
// mailwire in one file, made by scripts/amalgamate: change the headers under include/, not this.
// Needs PEGTL 3.2 (<tao/pegtl/...>) on the include path.
#pragma once

#include <tao/pegtl/apply_mode.hpp>
#include <tao/pegtl/internal/at.hpp>
#include <tao/pegtl/internal/not_at.hpp>
#include <tao/pegtl/internal/opt.hpp>
#include <tao/pegtl/internal/plus.hpp>
#include <tao/pegtl/internal/seq.hpp>
#include <tao/pegtl/internal/sor.hpp>
#include <tao/pegtl/internal/star.hpp>
#include <tao/pegtl/internal/success.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/rewind_mode.hpp>
#include <tao/pegtl/type_list.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- mailwire/core/base64.hpp
// Base64, RFC 4648 section 4, in its one canonical spelling.

namespace mailwire {

// The 64 digits of an alphabet, and the way back from an octet to its value.
struct base64_alphabet {
    static constexpr std::uint8_t none = 64;

    char digits[64] = {};
    std::uint8_t values[256] = {};

    // Requires 64 different octets.
    explicit constexpr base64_alphabet(std::string_view digits64) noexcept {
        for (auto& value : values) {
            value = none;
        }
        for (std::uint8_t i = 0; i != 64; ++i) {
            digits[i] = digits64[i];
            values[static_cast<unsigned char>(digits[i])] = i;
        }
    }

    // The digit of the six lowest bits.
    [[nodiscard]] constexpr char digit(std::uint32_t bits) const noexcept { return digits[bits & 0x3fU]; }

    // The value of a digit, or none.
    [[nodiscard]] constexpr std::uint8_t value(char c) const noexcept { return values[static_cast<unsigned char>(c)]; }
};

inline constexpr base64_alphabet base64_standard{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};

enum class base64_error : std::uint8_t {
    none,
    length,   // the text ends where a digit or a '=' has to follow: its length is no multiple of four
    alphabet, // an octet that is no digit; a space or a line end is one too
    padding,  // a '=' where none may stand or over bits that are not zero, or an octet behind the padding
    room,     // the text is good, but out is too small for it
};

struct base64_result {
    std::size_t size = 0; // octets written; for room, the octets that out has to hold
    base64_error error = base64_error::none;
    std::size_t offset =
        0; // the first octet that cannot stand where it does; for none and room, the length of the text

    [[nodiscard]] explicit constexpr operator bool() const noexcept { return error == base64_error::none; }
};

// The length of the base64 text of this many octets; the largest std::size_t when the true length does not fit in one.
[[nodiscard]] constexpr std::size_t base64_encoded_size(std::size_t octets) noexcept {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    return octets > most / 4 * 3 ? most : octets / 3 * 4 + (octets % 3 == 0 ? 0U : 4U);
}

// The most octets that a base64 text of this length can hold.
[[nodiscard]] constexpr std::size_t base64_decoded_size_max(std::size_t length) noexcept { return length / 4 * 3; }

// Writes in as base64 with padding and without line ends. Returns the length of the text, in octets. When that is more
// than out has room for, nothing is written. Where the two overlap, in has to begin behind the beginning of out, by the
// difference of their lengths at least.
[[nodiscard]] constexpr std::size_t base64_encode(std::string_view in, std::span<char> out) noexcept {
    const std::size_t size = base64_encoded_size(in.size());
    if (size > out.size()) {
        return size;
    }
    const auto octet = [in](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(in[i]); };
    std::size_t to = 0;
    std::size_t from = 0;
    const auto put = [&](std::uint32_t bits, int digits) {
        for (int i = 0; i != 4; ++i) {
            out[to++] = i < digits ? base64_standard.digit(bits >> (18 - 6 * i)) : '=';
        }
    };
    for (; in.size() - from >= 3; from += 3) {
        put(octet(from) << 16 | octet(from + 1) << 8 | octet(from + 2), 4);
    }
    if (in.size() - from == 2) {
        put(octet(from) << 16 | octet(from + 1) << 8, 3);
    } else if (in.size() - from == 1) {
        put(octet(from) << 16, 2);
    }
    return size;
}

// Judges a base64 text. Its result has the size of what the text holds; the error is never room.
[[nodiscard]] constexpr base64_result base64_check(std::string_view in) noexcept {
    std::size_t digits = 0;
    while (digits != in.size() && base64_standard.value(in[digits]) != base64_alphabet::none) {
        ++digits;
    }
    const std::size_t size = digits / 4 * 3;
    const std::size_t last = digits % 4;
    if (digits == in.size()) {
        return last == 0 ? base64_result{size, base64_error::none, digits}
                         : base64_result{0, base64_error::length, digits};
    }
    if (in[digits] != '=') {
        return {0, base64_error::alphabet, digits};
    }
    // Two digits leave four bits over, three leave two.
    const std::uint8_t unused = last == 2 ? 0x0f : 0x03;
    if (last < 2 || (base64_standard.value(in[digits - 1]) & unused) != 0) {
        return {0, base64_error::padding, digits};
    }
    const std::size_t end = digits - last + 4;
    for (std::size_t i = digits; i != end; ++i) {
        if (i == in.size()) {
            return {0, base64_error::length, i};
        }
        if (in[i] != '=') {
            return {0, base64_error::padding, i};
        }
    }
    return end == in.size() ? base64_result{size + last - 1, base64_error::none, end}
                            : base64_result{0, base64_error::padding, end};
}

// Decodes a base64 text. Only the canonical spelling is taken: padded, without spaces or line ends, zero in the bits
// that are not used. Nothing is written unless the whole text is good and fits. out may begin where in begins.
[[nodiscard]] constexpr base64_result base64_decode(std::string_view in, std::span<char> out) noexcept {
    base64_result result = base64_check(in);
    if (!result) {
        return result;
    }
    if (result.size > out.size()) {
        result.error = base64_error::room;
        return result;
    }
    std::size_t to = 0;
    for (std::size_t from = 0; from != in.size(); from += 4) {
        std::uint32_t bits = 0;
        for (std::size_t i = from; i != from + 4; ++i) {
            bits = bits << 6 | (in[i] == '=' ? 0U : base64_standard.value(in[i]));
        }
        for (int shift = 16; shift >= 0 && to != result.size; shift -= 8) {
            out[to++] = static_cast<char>(bits >> shift & 0xffU);
        }
    }
    return result;
}

} // namespace mailwire

// ---- mailwire/core/instant.hpp
// Sessions have no clock. The caller says what time it is, in milliseconds since any moment it likes, by a clock that
// never goes back; a session says when it wants to be asked again.
namespace mailwire {

using instant = std::uint64_t;

// Nothing is due.
inline constexpr instant never = std::numeric_limits<instant>::max();

// The instant so many seconds later.
constexpr instant seconds_after(instant from, std::uint64_t seconds) {
    return seconds >= (never - from) / 1000 ? never : from + seconds * 1000;
}

} // namespace mailwire

// ---- mailwire/core/idle_timer.hpp
namespace mailwire {

// How long nothing has happened, by the instants the caller has named. Before it has named one, nothing is ever due.
class idle_timer {
public:
    // It is this time now. An instant before the last one is taken for the last one.
    void at(instant now) {
        if (!started_) since_ = now_ = now;
        started_ = true;
        if (now > now_) now_ = now;
    }

    // Something has happened, at the last instant that was named.
    void restart() { since_ = now_; }

    // When it will have been so many seconds.
    instant due(std::uint64_t seconds) const { return started_ ? seconds_after(since_, seconds) : never; }

    bool is_past(instant due) const { return started_ && now_ >= due; }

private:
    instant now_ = 0;
    instant since_ = 0;
    bool started_ = false;
};

} // namespace mailwire

// ---- mailwire/core/error.hpp
namespace mailwire {

// What is wrong with octets that came from the peer. Values are grouped by what a caller can do.
enum class errc : std::uint8_t {
    none,

    // This unit is refused; the next one is read as if it had not been there.
    syntax,             // the octet at `offset` fits no rule
    number_too_big,     // a number does not fit the range its rule gives it
    bare_line_feed,     // LF without CR before it
    too_deep,           // nesting deeper than the limit
    tape_full,          // more fields than the token storage holds; the text itself is valid
    unit_too_long,      // a line outgrew the buffer or its limit
    literal_too_big,    // a literal is larger than the limit
    too_many_literals,  // more literals in one unit than the limit
    unknown_command,    // a command whose name the profile does not know
    unexpected_command, // a command the state does not allow

    // The peer broke the protocol; the session stays in its failed state and repeats this error.
    unexpected_greeting,      // the first line is no greeting
    unexpected_response,      // a reply that answers nothing
    unexpected_continuation,  // "+" while nothing waits for it
    login_before_tls,         // the server says that the client is logged in before TLS, which is required
    unknown_tag,              // a tagged reply to no command in flight
    input_before_tls,         // octets between the agreement on TLS and its handshake
    input_before_compression, // octets between the command that asks for compression and its answer
    endless_literal,          // a literal of more octets than there are numbers: nobody knows what follows
    truncated,                // the connection ended inside a unit
    unproven_server,          // a login succeeded although the server has not proved that it knows the secret
    timed_out,                // the peer was silent for too long
};

// True for the errors after which nothing that follows can be trusted.
constexpr bool is_fatal(errc code) { return code >= errc::unexpected_greeting; }

// One fault: what, and where. Tests true when there is a fault.
//   offset   octets from the start of the unit to where it was noticed
//   actual   for limits: what the peer sent or announced (octets, levels, literals, tokens), else 0
//   maximum  for limits: what is allowed, else 0
struct error {
    errc code = errc::none;
    std::uint64_t offset = 0;
    std::uint64_t actual = 0;
    std::uint64_t maximum = 0;

    explicit constexpr operator bool() const { return code != errc::none; }
    friend constexpr bool operator==(const error&, const error&) = default;
};

// What is wrong with a call. A call answered with a misuse has changed nothing and put no octet out.
enum class misuse : std::uint8_t {
    none,
    wrong_state,  // the session's state does not allow this now
    busy,         // a literal or an exchange is under way and must end first
    not_offered,  // the peer has not announced what this needs
    needs_tls,    // a login, over a connection that is not encrypted, where TLS is required
    bad_value,    // a value has octets its place on the wire cannot carry
    no_room,      // the output or the list of commands in flight is full: send, read, call again
    literal_size, // more octets than the literal announced
};

// Short English name of a code for logs and messages; valid for ever.
constexpr const char* name_of(errc code) {
    switch (code) {
    case errc::none:
        return "none";
    case errc::syntax:
        return "syntax";
    case errc::number_too_big:
        return "number too big";
    case errc::bare_line_feed:
        return "bare line feed";
    case errc::too_deep:
        return "too deep";
    case errc::tape_full:
        return "tape full";
    case errc::unit_too_long:
        return "unit too long";
    case errc::literal_too_big:
        return "literal too big";
    case errc::too_many_literals:
        return "too many literals";
    case errc::unknown_command:
        return "unknown command";
    case errc::unexpected_command:
        return "unexpected command";
    case errc::unexpected_greeting:
        return "unexpected greeting";
    case errc::unexpected_response:
        return "unexpected response";
    case errc::unexpected_continuation:
        return "unexpected continuation";
    case errc::login_before_tls:
        return "login before TLS";
    case errc::unknown_tag:
        return "unknown tag";
    case errc::input_before_tls:
        return "input before TLS";
    case errc::input_before_compression:
        return "input before compression";
    case errc::endless_literal:
        return "endless literal";
    case errc::truncated:
        return "truncated";
    case errc::unproven_server:
        return "unproven server";
    case errc::timed_out:
        return "timed out";
    }
    return "unknown";
}

constexpr const char* name_of(misuse code) {
    switch (code) {
    case misuse::none:
        return "none";
    case misuse::wrong_state:
        return "wrong state";
    case misuse::busy:
        return "busy";
    case misuse::not_offered:
        return "not offered";
    case misuse::needs_tls:
        return "needs TLS";
    case misuse::bad_value:
        return "bad value";
    case misuse::no_room:
        return "no room";
    case misuse::literal_size:
        return "literal size";
    }
    return "unknown";
}

} // namespace mailwire

// ---- mailwire/core/parts_of.hpp
// Parts of a text. std::string_view::substr checks the place it is given and throws, where nobody can catch it; with these
// nothing that can be reached ends the program.
namespace mailwire {

// The first octets of a text, as many as there are.
[[nodiscard]] constexpr std::string_view head_of(std::string_view text, std::size_t octets) noexcept {
    return {text.data(), octets < text.size() ? octets : text.size()};
}

// The octets of a text from `at` on. Requires: `at` is not behind its end.
[[nodiscard]] constexpr std::string_view tail_of(std::string_view text, std::size_t at) noexcept {
    text.remove_prefix(at);
    return text;
}

} // namespace mailwire

// ---- mailwire/core/wipe.hpp
namespace mailwire {

// Sets the octets to zero. The writes are volatile, so that no compiler drops them although nobody reads the octets
// afterwards.
inline void wipe(std::span<char> octets) noexcept {
    volatile char* at = octets.data();
    for (std::size_t i = 0; i != octets.size(); ++i)
        at[i] = 0;
}

} // namespace mailwire

// ---- mailwire/core/send_buffer.hpp
namespace mailwire {

// Octets to send, in storage of the caller. Units are written wholly or not at all:
//
//   buffer.begin_unit(); ... put ...; if (!buffer.end_unit()) -> there was no room, nothing has changed
class send_buffer {
public:
    explicit send_buffer(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        wanted_ += octets.size();
        if (overflow_ || octets.size() > storage_.size() - last_) {
            overflow_ = true;
            return;
        }
        if (!octets.empty()) std::memcpy(storage_.data() + last_, octets.data(), octets.size());
        last_ += octets.size();
    }
    // The unit is not sent, whatever is put.
    void overflow() { overflow_ = true; }
    bool ok() const { return !overflow_; }
    // Octets of the unit, fit or not.
    std::size_t size() const { return wanted_; }

    void begin_unit() {
        move_to_front();
        unit_ = last_;
        wanted_ = 0;
        overflow_ = false;
    }
    // False when there was no room; then nothing has changed.
    bool end_unit() {
        if (overflow_) {
            abandon_unit();
            return false;
        }
        unit_ = last_;
        return true;
    }
    // What has been put of the unit may be part of a secret, and is wiped.
    void abandon_unit() {
        wipe(storage_.subspan(unit_, last_ - unit_));
        last_ = unit_;
        overflow_ = false;
    }

    // Whether a unit of so many octets would fit.
    bool has_room(std::size_t octets) const { return storage_.size() - (last_ - first_) >= octets; }

    // Room for octets that put_base64 then spells as base64, as many as that leaves room for with a CRLF behind it. It is at
    // the back of the storage: call it inside a unit, and put nothing in between.
    std::span<char> room_for_base64() { return storage_.last(groups() * 3); }
    void put_base64(std::size_t octets) {
        const std::span<char> from = room_for_base64().first(octets);
        const std::size_t size = base64_encode({from.data(), from.size()}, storage_.subspan(last_));
        last_ += size;
        wanted_ += size;
    }

    // What is in the buffer is a secret, or part of one: it is wiped once it has been sent.
    void keep_secret() { secret_ = true; }
    // Wipes what lies behind the octets to send: what is left of a unit that was abandoned.
    void wipe_behind() { wipe(storage_.subspan(last_)); }

    // What can be sent now. Valid until the next call that changes the buffer.
    std::string_view output() const { return {storage_.data() + first_, last_ - first_}; }
    void sent(std::size_t octets) {
        first_ += octets < last_ - first_ ? octets : last_ - first_;
        if (!secret_ || first_ != last_) return;
        wipe(storage_);
        secret_ = false;
    }
    bool empty() const { return first_ == last_; }

protected:
    // Offsets in the storage: of what is sent next, and behind all that was put.
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }

    void move_to_front() {
        if (first_ == 0) return;
        std::memmove(storage_.data(), storage_.data() + first_, last_ - first_);
        last_ -= first_;
        first_ = 0;
    }

    // All that is free behind what was put, and so many octets written there.
    std::span<char> behind() { return storage_.subspan(last_); }
    void wrote(std::size_t octets) { last_ += octets; }

private:
    // Groups of three octets, four in base64, that there is room for.
    std::size_t groups() const {
        const std::size_t room = storage_.size() - last_;
        return room < 2 ? 0 : (room - 2) / 4;
    }

    std::span<char> storage_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::size_t unit_ = 0;
    std::size_t wanted_ = 0;
    bool overflow_ = false;
    bool secret_ = false;
};

} // namespace mailwire

// ---- mailwire/core/sink.hpp
namespace mailwire {

// A place where output has to stop before it goes on.
//   offset  octets of the output before it
//   octets  of a literal that is not in the output: so many octets have to be sent here
//   wait    the peer has to say "+" first (a synchronizing literal, RFC 9051 4.3)
struct output_stop {
    std::size_t offset = 0;
    std::uint64_t octets = 0;
    bool wait = false;
};

// What writers write to. `put` takes octets that may be gone afterwards, `put_ref` octets that stay valid until the
// output has been sent, `stop` marks a stop. `size` counts the octets of the whole output, fit or not.
template <typename S>
concept sink = requires(S& s, const S& c, std::string_view octets, std::uint64_t n, bool wait) {
    s.put(octets);
    s.put_ref(octets);
    s.stop(n, wait);
    { c.ok() } -> std::same_as<bool>;
    { c.size() } -> std::convertible_to<std::size_t>;
};

// The stops of one output, at most N. One too many is remembered.
template <std::size_t N> class stop_list {
public:
    void add(output_stop s) {
        if (count_ == N) {
            overflow_ = true;
        } else {
            stops_[count_++] = s;
        }
    }
    bool overflow() const { return overflow_; }
    std::span<const output_stop> all() const { return {stops_.data(), count_}; }

private:
    std::array<output_stop, N> stops_{};
    std::size_t count_ = 0;
    bool overflow_ = false;
};

inline constexpr std::size_t default_stops = 8;

// Writes into storage of the caller. The first octet that does not fit makes the sink not ok for good; `size` then says
// how much room the output would have needed, and nothing is written behind the storage.
class span_sink {
public:
    explicit span_sink(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        if (!overflow_ && octets.size() <= storage_.size() - size_) {
            if (!octets.empty()) std::memcpy(storage_.data() + size_, octets.data(), octets.size());
        } else {
            overflow_ = true;
        }
        size_ += octets.size();
    }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size_, octets, wait}); }

    bool ok() const { return !overflow_ && !stops_.overflow(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {storage_.data(), overflow_ ? 0 : size_}; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    std::span<char> storage_;
    std::size_t size_ = 0;
    stop_list<default_stops> stops_;
    bool overflow_ = false;
};

// Appends to a string of the caller. The only sink that allocates.
class string_sink {
public:
    explicit string_sink(std::string& out) : out_(&out), start_(out.size()) {}

    void put(std::string_view octets) { out_->append(octets); }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size(), octets, wait}); }

    bool ok() const { return !stops_.overflow(); }
    std::size_t size() const { return out_->size() - start_; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    std::string* out_;
    std::size_t start_;
    stop_list<default_stops> stops_;
};

// Counts and writes nothing.
class size_sink {
public:
    void put(std::string_view octets) { size_ += octets.size(); }
    void put_ref(std::string_view octets) { size_ += octets.size(); }
    void stop(std::uint64_t, bool) {}

    bool ok() const { return true; }
    std::size_t size() const { return size_; }

private:
    std::size_t size_ = 0;
};

// Collects pieces for a gathered write: small ones are copied into storage of the caller, octets given by reference
// stay where they are. At most N pieces.
template <std::size_t N> class gather_sink {
public:
    explicit gather_sink(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        size_ += octets.size();
        if (overflow_ || octets.size() > storage_.size() - used_) {
            overflow_ = true;
            return;
        }
        if (octets.empty()) return;
        char* at = storage_.data() + used_;
        std::memcpy(at, octets.data(), octets.size());
        used_ += octets.size();
        if (count_ != 0 && pieces_[count_ - 1].data() + pieces_[count_ - 1].size() == at) {
            pieces_[count_ - 1] = {pieces_[count_ - 1].data(), pieces_[count_ - 1].size() + octets.size()};
        } else {
            add({at, octets.size()});
        }
    }
    void put_ref(std::string_view octets) {
        size_ += octets.size();
        if (!octets.empty()) add(octets);
    }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size_, octets, wait}); }

    bool ok() const { return !overflow_ && !stops_.overflow(); }
    std::size_t size() const { return size_; }
    std::span<const std::string_view> pieces() const { return {pieces_.data(), count_}; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    void add(std::string_view piece) {
        if (count_ == N) {
            overflow_ = true;
        } else {
            pieces_[count_++] = piece;
        }
    }

    std::span<char> storage_;
    std::array<std::string_view, N> pieces_{};
    stop_list<default_stops> stops_;
    std::size_t used_ = 0;
    std::size_t size_ = 0;
    std::size_t count_ = 0;
    bool overflow_ = false;
};

} // namespace mailwire

// ---- mailwire/core/outbox.hpp
namespace mailwire {

// The send buffer of a session whose units may have stops; a sink for writers. Where a unit has a stop, sending pauses:
// until the peer says go on, or until the octets of a literal, which are not in the buffer, have been handed over piece by
// piece.
class outbox : private send_buffer {
public:
    explicit outbox(std::span<char> storage) : send_buffer(storage) {}

    // The sink.
    using send_buffer::ok;
    using send_buffer::put;
    using send_buffer::size;
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) {
        if (stops_ == stop_.size()) {
            overflow();
        } else {
            stop_[stops_++] = {last(), octets, 0, wait};
        }
    }

    void begin_unit() {
        const std::size_t moved = first();
        send_buffer::begin_unit();
        for (std::size_t i = 0; i != stops_; ++i) {
            stop_[i].offset -= moved;
            stop_[i].unit_end -= moved;
        }
        unit_stops_ = stops_;
    }
    bool end_unit() {
        if (!send_buffer::end_unit()) {
            stops_ = unit_stops_;
            return false;
        }
        for (std::size_t i = unit_stops_; i != stops_; ++i)
            stop_[i].unit_end = last();
        unit_stops_ = stops_;
        return true;
    }
    void abandon_unit() {
        send_buffer::abandon_unit();
        stops_ = unit_stops_;
    }

    using send_buffer::has_room;
    using send_buffer::keep_secret;
    using send_buffer::put_base64;
    using send_buffer::room_for_base64;
    using send_buffer::wipe_behind;

    // What can be sent now, in one piece. Valid until the next call that changes the outbox.
    std::string_view output() const {
        if (at_stop()) return stop_[0].wait ? std::string_view() : piece_;
        const std::string_view all = send_buffer::output();
        return stops_ == 0 ? all : head_of(all, stop_[0].offset - first());
    }
    void sent(std::size_t octets) {
        if (!at_stop()) {
            send_buffer::sent(octets);
            if (at_stop() && !stop_[0].wait && stop_[0].octets == 0) pop();
        } else {
            piece_.remove_prefix(octets);
            stop_[0].octets -= octets;
            if (stop_[0].octets == 0 && !stop_[0].wait) pop();
        }
    }
    bool empty() const { return send_buffer::empty() && stops_ == 0; }

    // The peer said "+". False when nothing waits for it.
    bool go_on() {
        if (!at_stop() || !stop_[0].wait) return false;
        stop_[0].wait = false;
        if (stop_[0].octets == 0) pop();
        return true;
    }
    // True while a unit is in the buffer that cannot be sent to its end without the peer or without a literal's octets.
    bool has_stop() const { return stops_ != 0; }
    bool waiting() const { return at_stop() && stop_[0].wait; }

    // The peer refused the literal that is waited for: the rest of its unit is not sent.
    void cancel_unit() {
        if (!at_stop()) return;
        const std::size_t end = stop_[0].unit_end;
        send_buffer::sent(end - first());
        piece_ = {};
        while (stops_ != 0 && stop_[0].unit_end == end)
            pop();
    }

    // Octets of the literal that is missing next. They are not copied: they stay valid until `sent` has taken them all.
    misuse literal(std::string_view octets) {
        if (!piece_.empty()) return misuse::busy;
        if (missing() == 0) return misuse::wrong_state;
        if (octets.size() > missing()) return misuse::literal_size;
        piece_ = octets;
        return misuse::none;
    }
    // How many octets of that literal have not been handed over.
    std::uint64_t missing() const {
        for (std::size_t i = 0; i != stops_; ++i) {
            if (stop_[i].octets != 0) return stop_[i].octets - piece_.size();
        }
        return 0;
    }

private:
    struct pending_stop {
        std::size_t offset = 0;
        std::uint64_t octets = 0;
        std::size_t unit_end = 0;
        bool wait = false;
    };

    bool at_stop() const { return stops_ != 0 && stop_[0].offset == first(); }

    void pop() {
        --stops_;
        for (std::size_t i = 0; i != stops_; ++i)
            stop_[i] = stop_[i + 1];
        if (unit_stops_ != 0) --unit_stops_;
    }

    std::array<pending_stop, default_stops> stop_{};
    std::string_view piece_;
    std::size_t stops_ = 0;
    std::size_t unit_stops_ = 0;
};

} // namespace mailwire

// ---- mailwire/core/pegtl.hpp
// What the grammars are made of. PEGTL's header of all its rules brings strings and streams along, which cost a small
// translation unit a third of its time; so the combinators that are used here get their names once more.
namespace mailwire::pegtl {

using tao::pegtl::apply_mode;
using tao::pegtl::nothing;
using tao::pegtl::rewind_mode;
using tao::pegtl::type_list;

template <typename... Rules> struct seq : tao::pegtl::internal::seq<Rules...> {};
template <typename... Rules> struct sor : tao::pegtl::internal::sor<Rules...> {};
template <typename Rule, typename... Rules> struct star : tao::pegtl::internal::star<Rule, Rules...> {};
template <typename Rule, typename... Rules> struct plus : tao::pegtl::internal::plus<Rule, Rules...> {};
template <typename... Rules> struct opt : tao::pegtl::internal::opt<Rules...> {};
template <typename... Rules> struct at : tao::pegtl::internal::at<Rules...> {};
template <typename... Rules> struct not_at : tao::pegtl::internal::not_at<Rules...> {};
struct success : tao::pegtl::internal::success {};

} // namespace mailwire::pegtl

// ---- mailwire/core/control.hpp
namespace mailwire {

// apply_mode::action means: record tokens. apply_mode::nothing means: judge only.
using pegtl::apply_mode;
using pegtl::rewind_mode;

// The control of every parse: no hooks, no actions, just the rule. A rule with a member `island` is kept out of line:
// g++ stops inlining altogether once a translation unit has grown too much, and a few fixed borders keep the fast
// paths fast whatever else is compiled beside them. No rule throws; `noexcept` says so where the compiler cannot see it,
// because rules recurse or are called through pointers.
template <typename Rule> struct lean {
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) noexcept {
        if constexpr (requires { typename Rule::island; }) {
            return outlined<A, M, Action, Control>(in);
        } else {
            return inlined<A, M, Action, Control>(in);
        }
    }

private:
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool inlined(In& in) noexcept {
        if constexpr (requires { Rule::match(in); }) {
            return Rule::match(in);
        } else {
            return Rule::template match<A, M, Action, Control>(in);
        }
    }

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::noinline]] static bool outlined(In& in) noexcept {
        return inlined<A, M, Action, Control>(in);
    }
};

// Runs a rule over an input with the lean control.
template <typename Rule, apply_mode A = apply_mode::action, typename In> bool run(In& in) {
    return lean<Rule>::template match<A, rewind_mode::active, pegtl::nothing, lean>(in);
}

} // namespace mailwire

// ---- mailwire/core/tape.hpp
namespace mailwire {

// What a token of the tape stands for.
enum class token_kind : std::uint8_t {
    absent,   // an optional field that is not there
    nil,      // NIL
    atom,     // the octets as they are
    quoted,   // the octets between the quotes, none of them escaped
    escaped,  // the octets between the quotes, some of them escaped with a backslash
    literal,  // the octets of a literal
    streamed, // a literal handed on in pieces: offset of its header, index among the unit's streamed literals
    number,   // decimal digits
    raw,      // validated text with a structure of its own, read on demand
    list,     // size = number of tokens inside
    item,     // offset = id of the alternative, size = number of tokens of its value
};

// One field of a unit: eight octets. Offsets count from the start of the unit, so the buffer may move.
struct token {
    std::uint32_t offset = 0;
    std::uint32_t packed = 0;

    static constexpr std::uint32_t max_size = (1U << 28U) - 1;

    // The size of a list or an item that was begun and not ended: the unit breaks off inside it, and all tokens behind
    // it belong to it.
    static constexpr std::uint32_t open_size = max_size;

    constexpr token() = default;
    constexpr token(token_kind kind, std::uint32_t at, std::uint32_t size) : offset(at), packed(pack(kind, size)) {}

    static constexpr std::uint32_t pack(token_kind kind, std::uint32_t size) {
        return (size << 4U) | static_cast<std::uint32_t>(kind);
    }

    constexpr token_kind kind() const { return static_cast<token_kind>(packed & 15U); }
    constexpr std::uint32_t size() const { return packed >> 4U; }

    // True for a list or an item: tokens of its own follow it.
    constexpr bool is_branch() const { return kind() >= token_kind::list; }

    // The number of tokens from this one to its next sibling.
    constexpr std::uint32_t hop() const { return is_branch() ? size() + 1 : 1; }
};
static_assert(sizeof(token) == 8);

// The recording side of a tape: tokens go into storage the caller lends. Tokens that do not fit are counted all the
// same, so that the text is judged to its end; a rewind takes them back as it takes back the others.
class tape {
public:
    constexpr tape() = default;
    constexpr explicit tape(std::span<token> storage) : first_(storage.data()), capacity_(as_count(storage.size())) {}

    // The tokens recorded, and those of a full tape for which there was no room.
    constexpr std::uint32_t count() const { return count_; }
    constexpr bool full() const { return count_ > capacity_; }

    void push(token_kind kind, std::uint32_t offset, std::uint32_t size) {
        if (count_ < capacity_) first_[count_] = token(kind, offset, size);
        ++count_;
    }

    // Opens a list or an item; `close` writes its size.
    std::uint32_t open(token_kind kind, std::uint32_t offset) {
        push(kind, offset, token::open_size);
        return count_;
    }
    void close(std::uint32_t opened, token_kind kind) {
        if (opened <= capacity_) first_[opened - 1].packed = token::pack(kind, count_ - opened);
    }
    void name(std::uint32_t opened, std::uint32_t id) {
        if (opened <= capacity_) first_[opened - 1].offset = id;
    }

    void rewind(std::uint32_t count) { count_ = count; }

    std::span<const token> tokens() const { return {first_, full() ? capacity_ : count_}; }

private:
    static constexpr std::uint32_t as_count(std::size_t n) {
        return n > token::max_size ? token::max_size : static_cast<std::uint32_t>(n);
    }

    token* first_ = nullptr;
    std::uint32_t count_ = 0;
    std::uint32_t capacity_ = 0;
};

} // namespace mailwire

// ---- mailwire/core/input.hpp
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

// ---- mailwire/core/chars.hpp
// Sets of octets, the core sets of RFC 5234 appendix B.1, and ASCII case.

namespace mailwire {

// A set of octets. All members are public because only then can a set be a template argument: skip_class<alpha | digit>.
// Four words rather than 256 flags keep the names of such templates short; octet_table<Set> is the fast form to look up.
struct char_class {
    std::uint64_t words[4] = {};

    [[nodiscard]] constexpr bool contains(char c) const noexcept {
        const auto octet = static_cast<unsigned char>(c);
        return ((words[octet >> 6] >> (octet & 63U)) & 1U) != 0;
    }

    [[nodiscard]] constexpr bool operator()(char c) const noexcept { return contains(c); }

    // The octets in either set.
    [[nodiscard]] friend constexpr char_class operator|(char_class a, const char_class& b) noexcept {
        for (std::size_t i = 0; i != 4; ++i) {
            a.words[i] |= b.words[i];
        }
        return a;
    }

    // The octets of the first set that are not in the second.
    [[nodiscard]] friend constexpr char_class operator-(char_class a, const char_class& b) noexcept {
        for (std::size_t i = 0; i != 4; ++i) {
            a.words[i] &= ~b.words[i];
        }
        return a;
    }

    [[nodiscard]] friend constexpr bool operator==(const char_class&, const char_class&) noexcept = default;
};

// The set of the octets from first to last, both included. Requires 0 <= first <= last <= 255.
// Sets are made with all four words written out: of a value that was made empty and filled in by index g++ 12 leaves the
// zero words out of the names of templates, so that one_of<a> and one_of<b> of different sets become one function.
[[nodiscard]] constexpr char_class octet_range(int first, int last) noexcept {
    std::uint64_t words[4] = {};
    for (int octet = first; octet <= last; ++octet) {
        words[octet >> 6] |= std::uint64_t{1} << (octet & 63);
    }
    return {{words[0], words[1], words[2], words[3]}};
}

// The set of the octets that occur in text.
[[nodiscard]] constexpr char_class octets(std::string_view text) noexcept {
    std::uint64_t words[4] = {};
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        words[octet >> 6] |= std::uint64_t{1} << (octet & 63U);
    }
    return {{words[0], words[1], words[2], words[3]}};
}

// The same set with one flag for each octet.
template <char_class Set>
inline constexpr std::array<bool, 256> octet_table = [] {
    std::array<bool, 256> table{};
    for (std::size_t octet = 0; octet != table.size(); ++octet) {
        table[octet] = ((Set.words[octet >> 6] >> (octet & 63U)) & 1U) != 0;
    }
    return table;
}();

// ALPHA = %x41-5A / %x61-7A
inline constexpr char_class alpha = octet_range('A', 'Z') | octet_range('a', 'z');

// DIGIT = %x30-39
inline constexpr char_class digit = octet_range('0', '9');

// VCHAR = %x21-7E
inline constexpr char_class vchar = octet_range(0x21, 0x7e);

// CTL = %x00-1F / %x7F
inline constexpr char_class ctl = octet_range(0x00, 0x1f) | octet_range(0x7f, 0x7f);

// CHAR = %x01-7F
inline constexpr char_class char_ = octet_range(0x01, 0x7f);

// The upper case of an ASCII letter; every other octet as it is. No locale is asked.
[[nodiscard]] constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

// Whether no octet is above 127.
[[nodiscard]] constexpr bool is_ascii(std::string_view octets) noexcept {
    for (const char c : octets) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

// Whether the two texts are the same but for the case of ASCII letters, as RFC 5234 section 2.3 compares strings.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i != a.size(); ++i) {
        if (to_upper(a[i]) != to_upper(b[i])) {
            return false;
        }
    }
    return true;
}

} // namespace mailwire

// ---- mailwire/core/fixed_string.hpp
namespace mailwire {

// A string literal as a template argument: kw<"FETCH">.
template <std::size_t N> struct fixed_string {
    char text[N] = {};

    consteval fixed_string(const char (&literal)[N]) {
        for (std::size_t i = 0; i != N; ++i)
            text[i] = literal[i];
    }
    constexpr std::size_t size() const { return N - 1; }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

// A string literal as a function argument, and nothing else: text that stands in the program, never text that came
// from somewhere. Writers take their fixed parts as this.
class constant {
public:
    template <std::size_t N> consteval constant(const char (&literal)[N]) : view_(literal, N - 1) {}
    constexpr std::string_view view() const { return view_; }

private:
    std::string_view view_;
};

} // namespace mailwire

// ---- mailwire/core/scan.hpp
// Scans over the octets [b, e): each returns a pointer to the octet it looks for, or e. Nothing outside [b, e) is read.
//
// The scans for a stop exist three times (16 octets at a time, 8, and 1) and give the same answers; the names in
// mailwire itself use the fastest that the machine has. MAILWIRE_NO_SIMD chooses the plain loop.

#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
#include <emmintrin.h>
#endif

namespace mailwire {

// The first octet that is c. Both pointers may be null.
[[nodiscard, gnu::always_inline]] inline const char* find_octet(const char* b, const char* e, char c) noexcept {
    if (b == e) {
        return e;
    }
    const void* found = std::memchr(b, static_cast<unsigned char>(c), static_cast<std::size_t>(e - b));
    return found == nullptr ? e : static_cast<const char*>(found);
}

// The first LF. A line ends after it; whether CR stands before it is for the caller to judge.
[[nodiscard, gnu::always_inline]] inline const char* find_line_end(const char* b, const char* e) noexcept {
    return find_octet(b, e, '\n');
}

// The first octet that is not in the set.
template <char_class Set>
[[nodiscard, gnu::always_inline]] constexpr const char* skip_class(const char* b, const char* e) noexcept {
    constexpr const auto& table = octet_table<Set>;
    const auto in_set = [](char c) { return table[static_cast<unsigned char>(c)]; };
    for (; e - b >= 4; b += 4) {
        if (!in_set(b[0])) {
            return b;
        }
        if (!in_set(b[1])) {
            return b + 1;
        }
        if (!in_set(b[2])) {
            return b + 2;
        }
        if (!in_set(b[3])) {
            return b + 3;
        }
    }
    while (b != e && in_set(*b)) {
        ++b;
    }
    return b;
}

namespace scan_scalar {

// The first octet that is one of Stops, all of them ASCII, or that is not ASCII.
template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    static_assert(((static_cast<unsigned char>(Stops) < 0x80) && ...));
    constexpr char stops[] = {Stops...};
    constexpr char_class pass = octet_range(0x00, 0x7f) - octets({stops, sizeof...(Stops)});
    return skip_class<pass>(b, e);
}

} // namespace scan_scalar

namespace scan_swar {

inline constexpr std::uint64_t every_octet = 0x0101010101010101U;

[[nodiscard, gnu::always_inline]] inline std::uint64_t load(const char* p) noexcept {
    std::uint64_t eight = 0;
    std::memcpy(&eight, p, sizeof(eight));
    return eight;
}

// The index in memory of the first octet whose highest bit is set in mask. Requires that there is one.
template <std::endian Order = std::endian::native>
[[nodiscard, gnu::always_inline]] constexpr std::size_t first_marked(std::uint64_t mask) noexcept {
    static_assert(Order == std::endian::little || Order == std::endian::big);
    if constexpr (Order == std::endian::little) {
        return static_cast<std::size_t>(std::countr_zero(mask)) / 8;
    } else {
        return static_cast<std::size_t>(std::countl_zero(mask)) / 8;
    }
}

// The highest bit of each octet that is a stop, and no other bit. The sums below carry out of no octet, because both
// summands stay under 0x80; so the mask is exact in every octet and serves either byte order.
template <char... Stops>
[[nodiscard, gnu::always_inline]] constexpr std::uint64_t mark_stops(std::uint64_t eight) noexcept {
    constexpr std::uint64_t low_bits = every_octet * 0x7f;
    const std::uint64_t ascii = eight & low_bits;
    const std::uint64_t others = (((ascii ^ (every_octet * static_cast<unsigned char>(Stops))) + low_bits) & ...);
    return (~others | eight) & ~low_bits;
}

template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    if (e - b < 8) {
        return scan_scalar::find_stop<Stops...>(b, e);
    }
    for (; e - b >= 8; b += 8) {
        if (const auto mask = mark_stops<Stops...>(load(b)); mask != 0) {
            return b + first_marked(mask);
        }
    }
    // The last load overlaps octets that are known to be no stops, so that the rest needs no loop of its own.
    const auto mask = mark_stops<Stops...>(load(e - 8));
    return mask == 0 ? e : e - 8 + first_marked(mask);
}

} // namespace scan_swar

#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
namespace scan_sse2 {

// A bit for each of the 16 octets at p that is a stop.
template <char... Stops> [[nodiscard, gnu::always_inline]] inline unsigned mark_stops(const char* p) noexcept {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i stops = sixteen;
    ((stops = _mm_or_si128(stops, _mm_cmpeq_epi8(sixteen, _mm_set1_epi8(Stops)))), ...);
    return static_cast<unsigned>(_mm_movemask_epi8(stops));
}

template <char... Stops>
[[nodiscard, gnu::always_inline]] inline const char* find_stop(const char* b, const char* e) noexcept {
    if (e - b < 16) {
        return scan_swar::find_stop<Stops...>(b, e);
    }
    for (; e - b >= 16; b += 16) {
        if (const auto mask = mark_stops<Stops...>(b); mask != 0) {
            return b + std::countr_zero(mask);
        }
    }
    // The last load overlaps here too.
    const auto mask = mark_stops<Stops...>(e - 16);
    return mask == 0 ? e : e - 16 + std::countr_zero(mask);
}

} // namespace scan_sse2

namespace scan_default = scan_sse2;
#elif defined(MAILWIRE_NO_SIMD)
namespace scan_default = scan_scalar;
#else
namespace scan_default = scan_swar;
#endif

// The first octet that ends or breaks a run of plain characters in an IMAP quoted string: DQUOTE, backslash, CR, LF,
// NUL, or an octet that is not ASCII. RFC 9051 section 9, quoted.
[[nodiscard, gnu::always_inline]] inline const char* find_quoted_stop(const char* b, const char* e) noexcept {
    return scan_default::find_stop<'"', '\\', '\r', '\n', '\0'>(b, e);
}

// The first octet that ends or breaks a run of plain characters in IMAP text: CR, LF, NUL, or an octet that is not
// ASCII. RFC 9051 section 9, text.
[[nodiscard, gnu::always_inline]] inline const char* find_text_stop(const char* b, const char* e) noexcept {
    return scan_default::find_stop<'\r', '\n', '\0'>(b, e);
}

} // namespace mailwire

// ---- mailwire/core/rules.hpp
// The leaf rules grammars are made of, and the few rules that record tokens. All combinators are PEGTL's.
namespace mailwire {

// One given octet.
template <char C> struct ch {
    using rule_t = ch;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || *in.current() != C) return false;
        in.bump(1);
        return true;
    }
};

// One octet of a class.
template <char_class Class> struct one_of {
    using rule_t = one_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || !octet_table<Class>[static_cast<unsigned char>(*in.current())]) return false;
        in.bump(1);
        return true;
    }
};

// At least `Min` octets of a class, as many as there are.
template <char_class Class, std::size_t Min = 1> struct run_of {
    using rule_t = run_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* stop = skip_class<Class>(in.current(), in.end());
        if (static_cast<std::size_t>(stop - in.current()) < Min) return false;
        in.advance_to(stop);
        return true;
    }
};

// Exactly `N` octets of a class.
template <char_class Class, std::size_t N> struct exactly_of {
    using rule_t = exactly_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* p = in.current();
        for (std::size_t i = 0; i != N; ++i, ++p) {
            if (p == in.end() || !octet_table<Class>[static_cast<unsigned char>(*p)]) {
                in.reached(p);
                return false;
            }
        }
        in.advance_to(p);
        return true;
    }
};

namespace detail {

// Compares the octets of a word from `Offset` on, as many as an Unsigned holds, at once. ASCII case is folded where the
// word has a letter.
template <fixed_string Word, typename Unsigned, std::size_t Offset>
[[gnu::always_inline]] inline bool equal_part(const char* p) {
    constexpr auto pattern = [] {
        std::array<char, sizeof(Unsigned)> key{};
        std::array<char, sizeof(Unsigned)> fold{};
        for (std::size_t i = 0; i != sizeof(Unsigned); ++i) {
            key[i] = Word.text[Offset + i];
            fold[i] = alpha.contains(key[i]) ? char{0x20} : char{0};
        }
        struct {
            Unsigned key, fold;
        } result{std::bit_cast<Unsigned>(key), std::bit_cast<Unsigned>(fold)};
        return result;
    }();
    Unsigned octets = 0;
    std::memcpy(&octets, p + Offset, sizeof octets);
    return static_cast<Unsigned>((octets ^ pattern.key) & ~pattern.fold) == 0;
}

// Compares a word from `Offset` on in parts of one size; the last of them may overlap the one before it.
template <fixed_string Word, typename Unsigned, std::size_t Offset = 0>
[[gnu::always_inline]] inline bool equal_parts(const char* p) {
    constexpr std::size_t left = Word.size() - Offset;
    if constexpr (left <= sizeof(Unsigned)) {
        return equal_part<Word, Unsigned, Word.size() - sizeof(Unsigned)>(p);
    } else {
        return equal_part<Word, Unsigned, Offset>(p) && equal_parts<Word, Unsigned, Offset + sizeof(Unsigned)>(p);
    }
}

template <fixed_string Word> [[gnu::always_inline]] inline bool equal_word(const char* p) {
    if constexpr (Word.size() >= 8) {
        return equal_parts<Word, std::uint64_t>(p);
    } else if constexpr (Word.size() >= 4) {
        return equal_parts<Word, std::uint32_t>(p);
    } else if constexpr (Word.size() >= 2) {
        return equal_parts<Word, std::uint16_t>(p);
    } else {
        return equal_part<Word, std::uint8_t, 0>(p);
    }
}

} // namespace detail

// A word of the protocol in any case (RFC 5234 2.3: strings in ABNF are case-insensitive).
template <fixed_string Word> struct kw {
    using rule_t = kw;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.size() < Word.size() || !detail::equal_word<Word>(in.current())) return false;
        in.bump(Word.size());
        return true;
    }
};

// A word in just this case.
template <fixed_string Word> struct exact {
    using rule_t = exact;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        if (in.size() < Word.size() || std::memcmp(in.current(), Word.text, Word.size()) != 0) return false;
        in.bump(Word.size());
        return true;
    }
};

// The end of the unit.
struct at_end {
    using rule_t = at_end;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) { return in.empty(); }
};

// Digits whose value is at most `Max`. `First` restricts the first digit (RFC 9051: nz-number starts with digit-nz).
// All digits are taken before the value is judged: a number that is too big is no shorter number.
template <std::uint64_t Max, char_class First = digit> struct number_up_to {
    using rule_t = number_up_to;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* p = in.current();
        if (p == in.end() || !octet_table<First>[static_cast<unsigned char>(*p)]) return false;
        const char* const first = p;
        std::uint64_t value = 0;
        for (; p != in.end(); ++p) {
            const unsigned d = static_cast<unsigned char>(*p) - unsigned{'0'};
            if (d > 9) break;
            value = value * 10 + d;
        }
        // The value is exact up to 19 digits; more make it wrap around.
        if (p - first > 19 ? !is_small({first, p}) : value > Max) {
            in.fail(errc::number_too_big, 0, Max);
            return false;
        }
        in.advance_to(p);
        return true;
    }

private:
    // With zeros in front even a long number may be small.
    static bool is_small(std::string_view digits) {
        std::uint64_t value = 0;
        for (const char c : digits) {
            const auto d = static_cast<std::uint64_t>(c - '0');
            if (value > (Max - d) / 10) return false;
            value = value * 10 + d;
        }
        return true;
    }
};

// Whether R would match here. What is only looked at ahead does not count as the place a unit was understood to.
template <typename R> struct at {
    using rule_t = at;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode, rewind_mode, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        const char* place = in.current();
        const bool result = Control<R>::template match<apply_mode::nothing, rewind_mode::active, Action, Control>(in);
        in.advance_to(place);
        return result;
    }
};

// Whether R would not match here.
template <typename R> struct not_at {
    using rule_t = not_at;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return !at<R>::template match<A, M, Action, Control>(in);
    }
};

// R where the next octet is `First`, otherwise Else. Says what sor<R, Else> says as long as nothing of Else begins with
// that octet; but a text that begins with it and is not R is refused at once, so that nothing has to be kept to go back.
template <char First, typename R, typename Else> struct when_next {
    using rule_t = when_next;
    using subs_t = pegtl::type_list<R, Else>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if (!in.empty() && *in.current() == First) return Control<R>::template match<A, M, Action, Control>(in);
        return Control<Else>::template match<A, M, Action, Control>(in);
    }
};

// R, one level deeper.
template <typename R> struct deeper {
    using rule_t = deeper;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if (!in.enter()) return false;
        const bool result = Control<R>::template match<A, M, Action, Control>(in);
        in.leave();
        return result;
    }
};

// R, which starts with `First`, one level deeper. The limit is noted only where R would really begin.
template <char First, typename R> struct nested : pegtl::seq<at<ch<First>>, deeper<R>> {};

// R, where the form `Bit` is in force: a part of the grammar that only one revision has, or that a session has agreed on.
template <std::uint32_t Bit, typename R> struct form {
    using rule_t = form;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return in.form_allowed(Bit) && Control<R>::template match<A, M, Action, Control>(in);
    }
};

// R, where the input tolerates the deviation `Bit`. Where it fires, the input remembers.
template <std::uint32_t Bit, typename R> struct quirk {
    using rule_t = quirk;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if (!in.quirk_allowed(Bit) || !Control<R>::template match<A, M, Action, Control>(in)) return false;
        in.quirk_fired(Bit);
        return true;
    }
};

// Records what R matched as one token. Inside R nothing is recorded.
template <token_kind Kind, typename R> struct tok {
    using rule_t = tok;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        const char* begin = in.current();
        if (!Control<R>::template match<apply_mode::nothing, M, Action, Control>(in)) return false;
        if constexpr (A == apply_mode::action) {
            in.tape().push(Kind, in.offset_of(begin), static_cast<std::uint32_t>(in.current() - begin));
        }
        return true;
    }
};

// Records one token that holds what R records.
template <typename R> struct list_tok {
    using rule_t = list_tok;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        if constexpr (A == apply_mode::nothing) {
            return Control<R>::template match<A, M, Action, Control>(in);
        } else {
            const std::uint32_t before = in.tape().count();
            const std::uint32_t opened = in.tape().open(token_kind::list, in.offset());
            if (!Control<R>::template match<A, M, Action, Control>(in)) {
                in.tape().rewind(before);
                return false;
            }
            in.tape().close(opened, token_kind::list);
            return true;
        }
    }
};

// Matches nothing and records that an optional field is not there.
struct absent_tok {
    using rule_t = absent_tok;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if constexpr (A == apply_mode::action) in.tape().push(token_kind::absent, in.offset(), 0);
        return true;
    }
};

// R or, on the tape, its absence: a reader always finds one field here.
template <typename R> struct maybe : pegtl::sor<R, absent_tok> {};

// One or more R with one separator between each two.
template <typename R, typename Separator> struct separated : pegtl::seq<R, pegtl::star<Separator, R>> {};

} // namespace mailwire

// ---- mailwire/core/slot.hpp
// Productions that RFCs extend with "=/" lines. Such a production is a slot, each of its lines an alternative:
//
//   struct uid {                                           // msg-att-static =/ "UID" SP uniqueid
//       using word = mailwire::word<slot::msg_att, "UID">;
//       using tail = seq<sp, uniqueid>;                    // an alias, so that equal tails are compiled once
//       std::uint32_t value = 0;
//       static uid read(cursor& c) { return {c.number32()}; }
//       void write(auto& out) const { out.sp().number(value); }
//   };
//
// An extension lists alternatives, a profile lists extensions. A slot's rule asks its input for the profile. An alternative
// may say where it stands, for messages: static constexpr std::string_view rfc = "RFC 8970 6";
namespace mailwire {

template <typename Slot, fixed_string Word> struct word {
    using slot = Slot;
    static constexpr std::string_view text = Word.view();
};

template <typename T>
concept alternative = requires {
    typename T::word::slot;
    typename T::tail;
};

// The alternatives one RFC adds. `Parts` are alternatives or other extensions.
template <typename... Parts> struct extension { using parts = pegtl::type_list<Parts...>; };

// What one program speaks. Name it as a struct of your own: struct mine : profile<preview, rfc9051> {};
template <typename... Parts> struct profile { using parts = pegtl::type_list<Parts...>; };

namespace detail {

template <typename... Lists> struct concat;
template <> struct concat<> { using type = pegtl::type_list<>; };
template <typename... A> struct concat<pegtl::type_list<A...>> { using type = pegtl::type_list<A...>; };
template <typename... A, typename... B, typename... Rest>
struct concat<pegtl::type_list<A...>, pegtl::type_list<B...>, Rest...> : concat<pegtl::type_list<A..., B...>, Rest...> {
};

template <typename Slot, typename Part> struct collect;
template <typename Slot, typename... Parts>
struct collect<Slot, pegtl::type_list<Parts...>> : concat<typename collect<Slot, Parts>::type...> {};
template <typename Slot, typename Part>
requires requires { typename Part::parts; }
struct collect<Slot, Part> : collect<Slot, typename Part::parts> {};
struct any_slot {};
template <typename Slot, alternative Part> struct collect<Slot, Part> {
    static constexpr bool wanted = std::is_same_v<Slot, any_slot> || std::is_same_v<Slot, typename Part::word::slot>;
    using type = std::conditional_t<wanted, pegtl::type_list<Part>, pegtl::type_list<>>;
};

// The name of a type as the compiler spells it, to tell two alternatives with one word apart.
template <typename T> constexpr std::string_view type_name() { return __PRETTY_FUNCTION__; }

constexpr std::uint32_t hash(std::string_view text, std::uint32_t seed) {
    for (const char c : text)
        seed = (seed ^ static_cast<unsigned char>(c)) * 16777619U;
    return seed;
}

} // namespace detail

// The alternatives of a slot in a profile, as a type_list.
template <typename Slot, typename Profile> using alternatives_of = typename detail::collect<Slot, Profile>::type;

// The alternatives of all slots in a profile.
template <typename Profile> using all_alternatives_of = typename detail::collect<detail::any_slot, Profile>::type;

// What an item token carries for an alternative: a number that depends on the type and its word alone, so that a view
// needs no profile. 0 is a word the profile does not know.
template <alternative Alt>
inline constexpr std::uint32_t
    id_of = detail::hash(Alt::word::text, detail::hash(detail::type_name<Alt>(), 2166136261U)) | 1U;
inline constexpr std::uint32_t unknown_id = 0;

namespace detail {

// The first eight octets of a text; fewer leave zeros. As a number, so that they are compared at once.
constexpr std::uint64_t first_octets(std::string_view text) {
    if (std::is_constant_evaluated() || text.size() < 8) {
        std::array<char, 8> octets{};
        std::copy_n(text.begin(), std::min<std::size_t>(text.size(), 8), octets.begin());
        return std::bit_cast<std::uint64_t>(octets);
    }
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data(), 8);
    return octets;
}

// The bits in which the first eight octets of a word and of its other spellings agree.
constexpr std::uint64_t word_mask(std::string_view word) {
    std::array<char, 8> mask{};
    for (std::size_t i = 0; i != std::min<std::size_t>(word.size(), 8); ++i) {
        mask[i] = static_cast<char>(alpha.contains(word[i]) ? 0xdf : 0xff);
    }
    return std::bit_cast<std::uint64_t>(mask);
}

template <typename In> struct row {
    std::string_view word;
    std::uint64_t key = 0; // the word's first octets, without the bits that mask lacks
    std::uint64_t mask = 0;
    std::uint32_t id = 0;
    bool (*tail)(In&) noexcept = nullptr;
    bool open_ended = false;
};

constexpr char first_letter(std::string_view word) { return to_upper(word.front()); }

// A letter's words lie together, the longest first: BODYSTRUCTURE is tried before BODY.
template <typename Row> constexpr bool row_before(const Row& a, const Row& b) {
    if (first_letter(a.word) != first_letter(b.word)) return first_letter(a.word) < first_letter(b.word);
    return a.word.size() > b.word.size();
}

// Tails run under the control of the parse. An input that is made for another one than `lean` runs them itself.
template <apply_mode A, typename Tail, typename In> bool match_tail(In& in) noexcept {
    if constexpr (requires { in.template run_tail<Tail, A>(); }) {
        return in.template run_tail<Tail, A>();
    } else {
        return lean<Tail>::template match<A, rewind_mode::active, pegtl::nothing, lean>(in);
    }
}

// A word ends where no further octet of an atom follows (RFC 9051 9, ATOM-CHAR: "UNSEEN/X" is another word than
// "UNSEEN"); a word that ends in a bracket ("BODY[") ends there.
inline constexpr char_class word_octets = vchar - octets("(){%*\"\\]");

template <typename Alt, apply_mode A, typename In> constexpr row<In> make_row() {
    constexpr std::string_view word = Alt::word::text;
    constexpr std::uint64_t mask = word_mask(word);
    return {
        word, first_octets(word) & mask, mask, id_of<Alt>, &match_tail<A, typename Alt::tail, In>, word.back() == '['};
}

template <apply_mode A, typename In, typename... Alts> constexpr auto make_rows(pegtl::type_list<Alts...>) {
    std::array<row<In>, sizeof...(Alts)> rows{make_row<Alts, A, In>()...};
    for (std::size_t i = 1; i < rows.size(); ++i) {
        for (std::size_t k = i; k != 0 && row_before(rows[k], rows[k - 1]); --k)
            std::swap(rows[k], rows[k - 1]);
    }
    return rows;
}

// The words of a slot in a profile as data: rows by first letter, and where each letter begins.
template <typename Slot, typename In, apply_mode A> struct dispatch {
    static constexpr auto rows = make_rows<A, In>(alternatives_of<Slot, typename In::profile>{});
    static constexpr auto starts = [] {
        std::array<std::uint8_t, 257> table{};
        std::size_t next = 0;
        for (std::size_t c = 0; c != 256; ++c) {
            table[c] = static_cast<std::uint8_t>(next);
            while (next != rows.size() && static_cast<unsigned char>(first_letter(rows[next].word)) == c)
                ++next;
        }
        table[256] = static_cast<std::uint8_t>(rows.size());
        return table;
    }();
    static_assert(rows.size() < 256, "a slot holds at most 255 words");

    static const row<In>* find(const In& in) {
        if (in.empty()) return nullptr;
        const auto letter = static_cast<unsigned char>(to_upper(*in.current()));
        const std::uint64_t octets = first_octets({in.current(), in.size()});
        for (std::size_t i = starts[letter]; i != starts[letter + 1U]; ++i) {
            if ((octets & rows[i].mask) == rows[i].key && goes_on(in, rows[i])) return &rows[i];
        }
        return nullptr;
    }

private:
    // Whether the rest of the word follows where its first eight octets stand, and ends there.
    static bool goes_on(const In& in, const row<In>& candidate) {
        const std::size_t n = candidate.word.size();
        if (n > 8) {
            if (in.size() < n || !equal_ignoring_case({in.current() + 8, n - 8}, tail_of(candidate.word, 8)))
                return false;
        }
        if (candidate.open_ended || in.size() == n) return true;
        return !octet_table<word_octets>[static_cast<unsigned char>(in.current()[n])];
    }
};

// A word that stands here, and its octets with the quotes it may have.
template <typename In> struct word_here {
    const row<In>* known = nullptr;
    std::size_t octets = 0;
};

template <typename Slot, apply_mode A, typename In> word_here<In> find_word(In& in) {
    if (const auto* known = dispatch<Slot, In, A>::find(in)) return {known, known->word.size()};
    if constexpr (requires { typename Slot::maybe_quoted; }) {
        if (in.empty() || *in.current() != '"') return {};
        const char* quote = in.current();
        in.bump(1);
        const auto* known = dispatch<Slot, In, A>::find(in);
        const bool closed =
            known != nullptr && in.size() > known->word.size() && in.current()[known->word.size()] == '"';
        in.advance_to(quote);
        if (closed) return {known, known->word.size() + 2};
    }
    return {};
}

// An input that explains is told which alternative is being read, for as long as the answer lives.
template <typename Slot, typename In> auto reading_alternative(In& in, std::uint32_t id) {
    if constexpr (requires { in.template reading<Slot>(id); }) {
        return in.template reading<Slot>(id);
    } else {
        return id;
    }
}

} // namespace detail

// One alternative of a slot: its word, then its tail. Recorded as an item token that holds what the tail records.
//
// A slot is a struct with
//   using other = rule;   what an unknown word looks like (name, then the rest), or void where none is allowed
//   using lead = rule;    optional: what stands before the word and belongs to the alternative (a message number)
//   using maybe_quoted = void;   optional: a word may stand between quotes
template <typename Slot> struct slot_rule {
    using rule_t = slot_rule;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        static_assert(
            requires { typename In::profile; }, "a grammar with slots needs an input that names a profile");
        auto mark = in.template mark<rewind_mode::required>();
        std::uint32_t opened = 0;
        if constexpr (requires { typename Slot::lead; }) {
            opened = open<A>(in, unknown_id);
            if (!Control<typename Slot::lead>::template match<A, rewind_mode::active, Action, Control>(in)) {
                return mark(false);
            }
        }
        const auto found = detail::find_word<Slot, A>(in);
        const std::uint32_t id = found.known == nullptr ? unknown_id : found.known->id;
        if constexpr (requires { typename Slot::lead; }) {
            name<A>(in, opened, id);
        } else {
            opened = open<A>(in, id);
        }
        [[maybe_unused]] const auto reading = detail::reading_alternative<Slot>(in, id);
        if (found.known != nullptr) {
            in.bump(found.octets);
            if (!found.known->tail(in)) return mark(false);
        } else if constexpr (std::is_void_v<typename Slot::other>) {
            return mark(false);
        } else {
            using other = typename Slot::other;
            if (!Control<other>::template match<A, rewind_mode::active, Action, Control>(in)) return mark(false);
        }
        if constexpr (A == apply_mode::action) in.tape().close(opened, token_kind::item);
        return mark(true);
    }

private:
    template <apply_mode A, typename In> static std::uint32_t open(In& in, std::uint32_t id) {
        if constexpr (A == apply_mode::action) {
            return in.tape().open(token_kind::item, id);
        } else {
            return 0;
        }
    }
    template <apply_mode A, typename In> static void name(In& in, std::uint32_t opened, std::uint32_t id) {
        if constexpr (A == apply_mode::action) in.tape().name(opened, id);
    }
};

// Matches nothing, and only where no word of the slot follows.
template <typename Slot> struct no_word_of {
    using rule_t = no_word_of;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        return detail::dispatch<Slot, In, A>::find(in) == nullptr;
    }
};

// An input that carries a profile.
template <typename Profile, typename Base> struct input_for : Base {
    using profile = Profile;
    using Base::Base;
};

} // namespace mailwire

// ---- mailwire/core/utf8.hpp
// UTF-8 as RFC 3629 has it: the shortest spelling only, no surrogates, nothing above U+10FFFF.

namespace mailwire {

struct utf8_character {
    char32_t code_point = 0;
    std::size_t size = 0; // in octets; zero when the octets are no UTF-8
};

[[nodiscard]] constexpr bool is_surrogate(char32_t code_point) noexcept {
    return code_point >= 0xd800 && code_point <= 0xdfff;
}

// The character that begins at b. Requires b != e.
[[nodiscard]] constexpr utf8_character utf8_decode_one(const char* b, const char* e) noexcept {
    const auto lead = static_cast<unsigned char>(*b);
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xc2 || lead > 0xf4) {
        return {};
    }
    const int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (e - b < size) {
        return {};
    }
    char32_t code_point = lead & (0x7fU >> size);
    for (int i = 1; i != size; ++i) {
        const auto next = static_cast<unsigned char>(b[i]);
        if ((next & 0xc0U) != 0x80) {
            return {};
        }
        code_point = code_point << 6 | (next & 0x3fU);
    }
    const char32_t smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    if (code_point < smallest || code_point > 0x10ffff || is_surrogate(code_point)) {
        return {};
    }
    return {code_point, static_cast<std::size_t>(size)};
}

// Writes the character at out and returns its length in octets. Requires room for four octets and a code point up to
// U+10FFFF that is no surrogate.
constexpr std::size_t utf8_encode_one(char32_t code_point, char* out) noexcept {
    if (code_point < 0x80) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    const std::size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (std::size_t i = size - 1; i != 0; --i) {
        out[i] = static_cast<char>(0x80U | (code_point & 0x3fU));
        code_point >>= 6;
    }
    out[0] = static_cast<char>((0xf00U >> size & 0xf0U) | code_point);
    return size;
}

// The first octet of the first sequence in [b, e) that is no UTF-8, a sequence that e cuts short among them; or e. Both
// pointers may be null.
[[nodiscard]] inline const char* find_invalid_utf8(const char* b, const char* e) noexcept {
    while (b != e) {
        if (e - b >= 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, b, sizeof(eight));
            if ((eight & 0x8080808080808080U) == 0) {
                b += 8;
                continue;
            }
        }
        const std::size_t size = utf8_decode_one(b, e).size;
        if (size == 0) {
            return b;
        }
        b += size;
    }
    return e;
}

} // namespace mailwire

// ---- mailwire/imap/grammar/forms.hpp
// Parts of the grammar that are not always in force, one bit each in dialect::forms. A parse has all of them unless it
// is told otherwise.
namespace mailwire::imap::forms {

// What only IMAP4rev1 has (RFC 3501): CHECK, LSUB, the RFC822 items, NEW, OLD, RECENT.
inline constexpr std::uint32_t rev1 = 1U << 0;
// What only IMAP4rev2 has (RFC 9051): numbers of 63 bits where revision 1 has 32.
inline constexpr std::uint32_t rev2 = 1U << 1;
// Message numbers. Off once UIDONLY is enabled (RFC 9586): then only unique identifiers name messages.
inline constexpr std::uint32_t message_numbers = 1U << 2;
// A code or a status word at the end of a line, where the ABNF wants a space and a text, and the RFCs' own examples
// have none.
inline constexpr std::uint32_t no_text = 1U << 3;

} // namespace mailwire::imap::forms

// ---- mailwire/imap/grammar/quirks.hpp
// The deviations from the RFCs that can be tolerated, one bit each in dialect::quirks. None is on unless asked for, and
// what reads with one on says which have fired.
namespace mailwire::imap::quirks {

// Responses.

// "+" CRLF: a continuation without the space and the text behind its "+".
inline constexpr std::uint32_t bare_continuation = 1U << 0;
// "* SEARCH " CRLF, "* FLAGS (\Seen) " CRLF: a space before the CRLF of untagged data.
inline constexpr std::uint32_t trailing_space = 1U << 1;
// "()" where a list that is empty is NIL: addresses, body parameters, namespaces.
inline constexpr std::uint32_t empty_list = 1U << 2;
// Two spaces between two namespaces, and a space between two descriptors.
inline constexpr std::uint32_t namespace_spaces = 1U << 3;
// NIL for the transfer encoding of a body.
inline constexpr std::uint32_t nil_encoding = 1U << 4;
// A TEXT body without its number of lines, a MESSAGE/RFC822 body without envelope, body and lines.
inline constexpr std::uint32_t incomplete_body = 1U << 5;
// Attributes of LIST that exclude each other: \HasChildren with \HasNoChildren, two of \Noselect, \NonExistent,
// \Marked and \Unmarked, or one of them twice.
inline constexpr std::uint32_t contradicting_attributes = 1U << 6;
// An address with a space behind it: "((NIL NIL "a" "b") (NIL NIL "c" "d"))".
inline constexpr std::uint32_t space_between_addresses = 1U << 7;
// Flags with octets an atom cannot have: "]", "%", "*".
inline constexpr std::uint32_t flag_octets = 1U << 8;
// A quoted string with octets above 127 that are no UTF-8, or where UTF-8 is not agreed on.
inline constexpr std::uint32_t eight_bit = 1U << 9;
// A backslash before any other octet than a quote or a backslash in a quoted string.
inline constexpr std::uint32_t stray_backslash = 1U << 10;

// Commands.

// A space before the CRLF of a command.
inline constexpr std::uint32_t command_trailing_space = 1U << 16;

// All that a client can meet, and all that a server can.
inline constexpr std::uint32_t of_servers = 0x7ff;
inline constexpr std::uint32_t of_clients = command_trailing_space;

} // namespace mailwire::imap::quirks

// ---- mailwire/imap/grammar/strings.hpp
// RFC 9051 9: the atoms, strings and numbers everything else is made of.
namespace mailwire::imap::grammar {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

namespace detail {

// A production that is another one under a name of its own. Costs nothing: where R is called, this is not.
template <typename R> struct same_as {
    using rule_t = typename pegtl::seq<R>::rule_t;
    using subs_t = typename pegtl::seq<R>::subs_t;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        return Control<R>::template match<A, M, Action, Control>(in);
    }
};

// R, where UTF-8 may stand in quoted strings.
template <typename R> struct where_utf8 {
    using rule_t = typename pegtl::seq<R>::rule_t;
    using subs_t = typename pegtl::seq<R>::subs_t;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        return in.rules().utf8 && Control<R>::template match<A, M, Action, Control>(in);
    }
};

} // namespace detail

// SP = %x20, exactly one (RFC 9051 9, note 2)
struct sp : ch<' '> {};

// CRLF = CR LF
struct crlf : exact<"\r\n"> {};

struct lp : ch<'('> {};
struct rp : ch<')'> {};

// list-wildcards = "%" / "*"
inline constexpr char_class list_wildcards = octets("%*");

// quoted-specials = DQUOTE / "\"
inline constexpr char_class quoted_specials = octets("\"\\");

// resp-specials = "]"
inline constexpr char_class resp_specials = octets("]");

// atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
inline constexpr char_class atom_specials = octets("(){ ") | ctl | list_wildcards | quoted_specials | resp_specials;

// ATOM-CHAR = <any CHAR except atom-specials>
inline constexpr char_class atom_char = char_ - atom_specials;

// ASTRING-CHAR = ATOM-CHAR / resp-specials
inline constexpr char_class astring_char = atom_char | resp_specials;

// list-char = ATOM-CHAR / list-wildcards / resp-specials
inline constexpr char_class list_char = atom_char | list_wildcards | resp_specials;

// TEXT-CHAR = <any CHAR except CR and LF>
inline constexpr char_class text_char = char_ - octets("\r\n");

// digit-nz = %x31-39
inline constexpr char_class digit_nz = octet_range('1', '9');

// A word of a production that ends where an atom would end.
template <fixed_string Word> struct keyword : seq<kw<Word>, not_at<one_of<atom_char>>> {};

// atom = 1*ATOM-CHAR
struct atom : tok<token_kind::atom, run_of<atom_char>> {};

// number = 1*DIGIT ; unsigned 32-bit integer
struct number : tok<token_kind::number, number_up_to<4294967295U>> {};

namespace detail {

// 63 bits, and 32 in a session of revision 1 alone (RFC 3501 9, number).
template <char_class First> struct wide_number {
    using rule_t = wide_number;
    using subs_t = pegtl::type_list<>;

    template <typename In> [[gnu::always_inline]] static bool match(In& in) {
        const char* first = in.current();
        if (!number_up_to<9223372036854775807U, First>::match(in)) return false;
        if (in.current() - first < 10 || in.form_allowed(forms::rev2)) return true;
        in.advance_to(first);
        return number_up_to<4294967295U, First>::match(in);
    }
};

} // namespace detail

// number64 = 1*DIGIT ; unsigned 63-bit integer
struct number64 : tok<token_kind::number, detail::wide_number<digit>> {};

// nz-number = digit-nz *DIGIT ; non-zero unsigned 32-bit integer
struct nz_number : tok<token_kind::number, number_up_to<4294967295U, digit_nz>> {};

// nz-number64 = digit-nz *DIGIT ; unsigned 63-bit integer
struct nz_number64 : tok<token_kind::number, detail::wide_number<digit_nz>> {};

// nil = "NIL"
struct nil : tok<token_kind::nil, keyword<"NIL">> {};

// UTF8-2 = %xC2-DF UTF8-tail (RFC 3629 4)
namespace detail {
struct utf8_tail : one_of<octet_range(0x80, 0xbf)> {};
} // namespace detail
struct utf8_2 : seq<one_of<octet_range(0xc2, 0xdf)>, detail::utf8_tail> {};

// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
struct utf8_3 : sor<seq<ch<'\xe0'>, one_of<octet_range(0xa0, 0xbf)>, detail::utf8_tail>,
                    seq<one_of<octet_range(0xe1, 0xec)>, detail::utf8_tail, detail::utf8_tail>,
                    seq<ch<'\xed'>, one_of<octet_range(0x80, 0x9f)>, detail::utf8_tail>,
                    seq<one_of<octet_range(0xee, 0xef)>, detail::utf8_tail, detail::utf8_tail>> {};

// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
struct utf8_4 : sor<seq<ch<'\xf0'>, one_of<octet_range(0x90, 0xbf)>, detail::utf8_tail, detail::utf8_tail>,
                    seq<one_of<octet_range(0xf1, 0xf3)>, detail::utf8_tail, detail::utf8_tail, detail::utf8_tail>,
                    seq<ch<'\xf4'>, one_of<octet_range(0x80, 0x8f)>, detail::utf8_tail, detail::utf8_tail>> {};

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
// The character alone as a token, for the places where exactly one stands between quotes. `quoted` scans many at once.
struct quoted_char : sor<tok<token_kind::quoted, one_of<text_char - quoted_specials>>,
                         seq<ch<'\\'>, tok<token_kind::quoted, one_of<quoted_specials>>>,
                         detail::where_utf8<tok<token_kind::quoted, sor<utf8_2, utf8_3, utf8_4>>>> {};

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
struct quoted {
    using rule_t = quoted;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    [[gnu::always_inline]] static bool match(In& in) {
        if (in.empty() || *in.current() != '"') return false;
        const char* begin = in.current() + 1;
        const char* stop = find_quoted_stop(begin, in.end());
        if (stop == in.end() || *stop != '"') return slow<A>(in, begin, stop);
        return accept<A>(in, begin, stop, token_kind::quoted);
    }

private:
    template <apply_mode A, typename In>
    static bool accept(In& in, const char* begin, const char* end, token_kind kind) {
        if constexpr (A == apply_mode::action) {
            in.tape().push(kind, in.offset_of(begin), static_cast<std::uint32_t>(end - begin));
        }
        in.advance_to(end + 1);
        return true;
    }

    // An escape, an octet above 127, or the end of the unit came before the closing quote.
    template <apply_mode A, typename In>
    [[gnu::noinline, gnu::cold]] static bool slow(In& in, const char* begin, const char* stop) {
        token_kind kind = token_kind::quoted;
        bool eight_bit = false;
        while (stop != in.end() && *stop != '"') {
            if (*stop == '\\') {
                kind = token_kind::escaped;
                if (in.end() - stop >= 2 && quoted_specials.contains(stop[1])) {
                    ++stop;
                } else if (!tolerate(in, quirks::stray_backslash)) {
                    return refuse(in, stop + 1);
                }
            } else if (static_cast<unsigned char>(*stop) < 0x80 ||
                       !(in.rules().utf8 || tolerate(in, quirks::eight_bit))) {
                return refuse(in, stop);
            } else {
                eight_bit = true;
            }
            stop = find_quoted_stop(stop + 1, in.end());
        }
        if (stop == in.end()) return refuse(in, stop);
        if (eight_bit) {
            const char* bad = find_invalid_utf8(begin, stop);
            if (bad != stop && !tolerate(in, quirks::eight_bit)) return refuse(in, bad);
        }
        return accept<A>(in, begin, stop, kind);
    }

    template <typename In> static bool tolerate(In& in, std::uint32_t quirk) {
        if (!in.quirk_allowed(quirk)) return false;
        in.quirk_fired(quirk);
        return true;
    }

    template <typename In> static bool refuse(In& in, const char* where) {
        in.reached(std::min(where, in.end()));
        return false;
    }
};

namespace detail {

// The header of a literal: "{" number64 ["+"] "}" CRLF, with "~" before it for a literal8.
struct literal_header {
    std::uint64_t octets = 0;
    const char* end = nullptr;  // behind CRLF; null where there is no header
    const char* stop = nullptr; // where the header is wrong
    bool non_synchronizing = false;
    bool too_big = false;
};

inline literal_header read_literal_header(const char* p, const char* end) {
    literal_header result;
    const char* digits = ++p;
    constexpr std::uint64_t max = 9223372036854775807U;
    for (; p != end && *p >= '0' && *p <= '9'; ++p) {
        const auto d = static_cast<std::uint64_t>(*p - '0');
        if (result.octets > (max - d) / 10) result.too_big = true;
        result.octets = result.octets * 10 + d;
    }
    result.stop = p;
    if (p == digits) return result;
    if (p != end && *p == '+') {
        result.non_synchronizing = true;
        ++p;
    }
    for (const char c : {'}', '\r', '\n'}) {
        result.stop = p;
        if (p == end || *p != c) return result;
        ++p;
    }
    result.end = p;
    return result;
}

// A literal whose octets stand behind its header, or were handed on elsewhere, or are still to come.
template <bool Binary> struct any_literal {
    using rule_t = any_literal;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        const char* open = begin + (Binary ? 1 : 0);
        if (in.size() < (Binary ? 2U : 1U) || *open != '{' || (Binary && *begin != '~')) return false;
        const literal_header header = read_literal_header(open, in.end());
        if (header.end == nullptr) return refuse(in, header.stop);
        if (header.too_big) {
            in.fail(errc::number_too_big, 0, 9223372036854775807U);
            return false;
        }
        if (header.non_synchronizing && !allowed(in, header)) return false;
        if (header.octets > 4294967295U && !in.form_allowed(forms::rev2)) {
            in.fail(errc::number_too_big, header.octets, 4294967295U);
            return false;
        }
        if (!in.enter_literal(in.offset())) return false;
        if (const int index = elided_index(in, begin); index >= 0) {
            push<A>(in, token_kind::streamed, begin, static_cast<std::size_t>(index));
            in.advance_to(header.end);
            return true;
        }
        if (in.prefix() && header.end == in.end()) {
            in.stop_at_literal();
            return false;
        }
        return whole<A>(in, header);
    }

private:
    // RFC 9051 4.3: never from a server, and up to 4096 octets unless the peer speaks LITERAL+ (RFC 7888).
    template <typename In> static bool allowed(In& in, const literal_header& header) {
        if (in.rules().from == side::server || in.rules().literals == literal_form::synchronizing) {
            return refuse(in, header.end - 4);
        }
        if (in.rules().literals == literal_form::plus || header.octets <= 4096) return true;
        in.fail(errc::literal_too_big, header.octets, 4096);
        return false;
    }

    template <apply_mode A, typename In> static bool whole(In& in, const literal_header& header) {
        if (header.octets > static_cast<std::uint64_t>(in.end() - header.end)) return refuse(in, in.end());
        const auto size = static_cast<std::size_t>(header.octets);
        if constexpr (!Binary) {
            const void* nul = size == 0 ? nullptr : std::memchr(header.end, '\0', size);
            if (nul != nullptr) return refuse(in, static_cast<const char*>(nul));
        }
        push<A>(in, token_kind::literal, header.end, size);
        in.advance_to(header.end + size);
        return true;
    }

    template <apply_mode A, typename In> static void push(In& in, token_kind kind, const char* at, std::size_t size) {
        if constexpr (A == apply_mode::action) {
            in.tape().push(kind, in.offset_of(at), static_cast<std::uint32_t>(size));
        }
    }

    template <typename In> static bool refuse(In& in, const char* where) {
        in.reached(where);
        return false;
    }

    template <typename In> static int elided_index(const In& in, const char* header) {
        const auto& offsets = in.elided();
        for (std::size_t i = 0; i != offsets.size(); ++i) {
            if (offsets[i] == in.offset_of(header)) return static_cast<int>(i);
        }
        return -1;
    }
};

} // namespace detail

// literal = "{" number64 ["+"] "}" CRLF *CHAR8 ; CHAR8 is any octet except NUL
struct literal : detail::any_literal<false> {
    using island = void;
};

// literal8 = "~{" number64 "}" CRLF *OCTET ; RFC 7888 6 adds ["+"]
struct literal8 : detail::any_literal<true> {
    using island = void;
};

// string = quoted / literal
struct string : when_next<'"', quoted, literal> {
    using island = void;
};

// nstring = string / nil
struct nstring : when_next<'"', quoted, sor<nil, literal>> {
    using island = void;
};

// astring = 1*ASTRING-CHAR / string
struct astring : sor<tok<token_kind::atom, run_of<astring_char>>, string> {};

// tag = 1*<any ASTRING-CHAR except "+">
struct tag : tok<token_kind::atom, run_of<astring_char - octets("+")>> {};

// mailbox = "INBOX" / astring
// INBOX is recognised by whoever compares names: any of its spellings is an astring.
struct mailbox : astring {};

// list-mailbox = 1*list-char / string
struct list_mailbox : sor<tok<token_kind::atom, run_of<list_char>>, string> {};

// charset = atom / quoted
struct charset : sor<atom, quoted> {};

// text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4)
struct text {
    using rule_t = text;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        const char* stop = find_text_stop(begin, in.end());
        if (stop != in.end() && static_cast<unsigned char>(*stop) >= 0x80 && in.rules().utf8) {
            while (stop != in.end() && static_cast<unsigned char>(*stop) >= 0x80)
                stop = find_text_stop(stop + 1, in.end());
            const char* bad = find_invalid_utf8(begin, stop);
            if (bad != stop) {
                in.reached(bad);
                return false;
            }
        }
        if (stop == begin) return false;
        if constexpr (A == apply_mode::action) {
            in.tape().push(token_kind::raw, in.offset_of(begin), static_cast<std::uint32_t>(stop - begin));
        }
        in.advance_to(stop);
        return true;
    }
};

// base64-char     = ALPHA / DIGIT / "+" / "/"
// base64-terminal = (2base64-char "==") / (3base64-char "=")
// base64          = *(4base64-char) [base64-terminal]
inline constexpr char_class base64_char = alpha | digit | octets("+/");
struct base64_terminal : sor<seq<exactly_of<base64_char, 2>, exact<"==">>, seq<exactly_of<base64_char, 3>, ch<'='>>> {};
struct base64 : seq<star<exactly_of<base64_char, 4>>, opt<base64_terminal>> {};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/dates.hpp
// RFC 9051 9: dates and times.
namespace mailwire::imap::grammar {

// date-day = 1*2DIGIT
struct date_day : seq<one_of<digit>, opt<one_of<digit>>> {};

// date-day-fixed = (SP DIGIT) / 2DIGIT
struct date_day_fixed : sor<seq<sp, one_of<digit>>, exactly_of<digit, 2>> {};

// date-month = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" / "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
struct date_month : sor<kw<"Jan">, kw<"Feb">, kw<"Mar">, kw<"Apr">, kw<"May">, kw<"Jun">, kw<"Jul">, kw<"Aug">,
                        kw<"Sep">, kw<"Oct">, kw<"Nov">, kw<"Dec">> {};

// date-year = 4DIGIT
struct date_year : exactly_of<digit, 4> {};

// date-text = date-day "-" date-month "-" date-year
struct date_text : seq<date_day, ch<'-'>, date_month, ch<'-'>, date_year> {};

// date = date-text / DQUOTE date-text DQUOTE
// One token without the quotes.
struct date : sor<tok<token_kind::raw, date_text>, seq<ch<'"'>, tok<token_kind::raw, date_text>, ch<'"'>>> {};

// time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
struct time : seq<exactly_of<digit, 2>, ch<':'>, exactly_of<digit, 2>, ch<':'>, exactly_of<digit, 2>> {};

// zone = ("+" / "-") 4DIGIT
struct zone : seq<one_of<octets("+-")>, exactly_of<digit, 4>> {};

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
// One token of 26 octets without the quotes.
namespace detail {
struct date_time_text : seq<date_day_fixed, ch<'-'>, date_month, ch<'-'>, date_year, sp, time, sp, zone> {};
} // namespace detail
using detail::date_time_text;
struct date_time : seq<ch<'"'>, tok<token_kind::raw, date_time_text>, ch<'"'>> {
    using island = void;
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/sets.hpp
// RFC 9051 9: sets of message numbers and unique identifiers. A set is one token, judged here and walked on demand: a
// token a number would let a short line ask for a lot of memory.
namespace mailwire::imap::grammar {

// seq-number = nz-number / "*"
struct seq_number : sor<nz_number, ch<'*'>> {};

// seq-range = seq-number ":" seq-number
struct seq_range : seq<seq_number, ch<':'>, seq_number> {};

// seq-last-command = "$"
struct seq_last_command : ch<'$'> {};

namespace detail {

// (seq-number / seq-range) ["," sequence-set]
// PEG: the range comes first, since it begins with a number.
struct seq_numbers : separated<sor<seq_range, seq_number>, ch<','>> {};

// A set a server sends: what "$" stands for is known to the client that has said it.
struct sent_set : tok<token_kind::raw, seq_numbers> {
    using island = void;
};

} // namespace detail

// sequence-set = (seq-number / seq-range) ["," sequence-set]
// sequence-set =/ seq-last-command
struct sequence_set : tok<token_kind::raw, sor<seq_last_command, detail::seq_numbers>> {
    using island = void;
};

// uniqueid = nz-number
struct uniqueid : nz_number {};

// uid-range = (uniqueid ":" uniqueid)
struct uid_range : seq<uniqueid, ch<':'>, uniqueid> {};

// uid-set = (uniqueid / uid-range) *("," uid-set)
// PEG: the range comes first, since it begins with an identifier.
struct uid_set : tok<token_kind::raw, separated<sor<uid_range, uniqueid>, ch<','>>> {
    using island = void;
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/tagged_ext.hpp
// RFC 9051 9 and RFC 4466: the form that options, parameters and results nobody knows yet will have. A name is one
// token, a value another one, whose text is judged here and read where it is wanted.
namespace mailwire::imap::grammar {

// tagged-ext-label  = tagged-label-fchar *tagged-label-char
// tagged-label-char = tagged-label-fchar / DIGIT / ":"
inline constexpr char_class tagged_label_fchar = alpha | octets("-_.");
inline constexpr char_class tagged_label_char = tagged_label_fchar | digit | octets(":");
struct tagged_ext_label : tok<token_kind::atom, seq<one_of<tagged_label_fchar>, run_of<tagged_label_char, 0>>> {};

// tagged-ext-comp = astring / tagged-ext-comp *(SP tagged-ext-comp) / "(" tagged-ext-comp ")"
// PEG: written without the left recursion.
struct tagged_ext_comp;
namespace detail {
struct tagged_ext_item : sor<astring, nested<'(', seq<lp, tagged_ext_comp, rp>>> {
    using island = void;
};
} // namespace detail
struct tagged_ext_comp : separated<detail::tagged_ext_item, sp> {};

// tagged-ext-simple = sequence-set / number / number64
// PEG: a number64 that is no sequence-set is longer than one, so the numbers are asked first.
struct tagged_ext_simple : sor<seq<number_up_to<9223372036854775807U>, not_at<one_of<octets(":,*")>>>, sequence_set> {};

// tagged-ext-val = tagged-ext-simple / "(" [tagged-ext-comp] ")"
struct tagged_ext_val : sor<tagged_ext_simple, seq<lp, opt<tagged_ext_comp>, rp>> {};

namespace detail {

// A value as one token.
struct tagged_ext_text : tok<token_kind::raw, tagged_ext_val> {
    using island = void;
};

// select-param   = select-param-name [SP select-param-value]
// fetch-modifier = fetch-modifier-name [SP fetch-modif-params]
// store-modifier = store-modifier-name [SP store-modif-params]
// RFC 4466: each name is a tagged-ext-label, each value a tagged-ext-val. A value begins with what no name begins with.
struct tagged_param : seq<tagged_ext_label, maybe<seq<sp, tagged_ext_text>>> {};

} // namespace detail

using detail::tagged_param;

// search-modifier-name = tagged-ext-label
struct search_modifier_name : detail::same_as<tagged_ext_label> {};

// search-mod-params = tagged-ext-val
struct search_mod_params : detail::same_as<detail::tagged_ext_text> {};

// search-ret-opt-ext = search-modifier-name [SP search-mod-params]
struct search_ret_opt_ext : seq<search_modifier_name, maybe<seq<sp, search_mod_params>>> {};

// search-return-value = tagged-ext-val
struct search_return_value : detail::same_as<detail::tagged_ext_text> {};

// search-ret-data-ext = search-modifier-name SP search-return-value
struct search_ret_data_ext : seq<search_modifier_name, sp, search_return_value> {};

// vendor-token   = "vendor." name-component
// name-component = 1*UTF8-CHAR ; not ".", "/", "%" or "*"
// PEG: of a name-component only what an atom can hold is taken, and no "-" but at its start: what follows one is the
// atom of the tag.
inline constexpr char_class name_component_char = atom_char - octets("./%*");
struct name_component : seq<one_of<name_component_char>, run_of<name_component_char - octets("-"), 0>> {};
struct vendor_token : seq<kw<"vendor.">, name_component> {};

// option-vendor-tag = vendor-token "-" atom
struct option_vendor_tag : tok<token_kind::atom, seq<vendor_token, ch<'-'>, run_of<atom_char>>> {};

// option-standard-tag = atom
struct option_standard_tag : detail::same_as<atom> {};

// option-val-comp = astring / option-val-comp *(SP option-val-comp) / "(" option-val-comp ")"
// PEG: the same as tagged-ext-comp, without the left recursion.
struct option_val_comp : detail::same_as<tagged_ext_comp> {};

// option-value = "(" option-val-comp ")"
struct option_value : tok<token_kind::raw, seq<lp, option_val_comp, rp>> {};

// option-extension = (option-standard-tag / option-vendor-tag) [SP option-value]
// PEG: every vendor tag is an atom, so it is asked first.
struct option_extension : seq<sor<option_vendor_tag, option_standard_tag>, maybe<seq<sp, option_value>>> {};

// eitem-standard-tag = atom
struct eitem_standard_tag : detail::same_as<atom> {};

// eitem-vendor-tag = vendor-token "-" atom
struct eitem_vendor_tag : detail::same_as<option_vendor_tag> {};

namespace detail {

// PEG: every vendor tag is an atom, so it is asked first.
struct eitem_tag : sor<eitem_vendor_tag, eitem_standard_tag> {};

} // namespace detail

// mbox-list-extended-item-tag = astring ; The content MUST conform to either "eitem-vendor-tag" or "eitem-standard-tag"
// PEG: a literal is not taken: no tag needs one.
struct mbox_list_extended_item_tag
    : when_next<'"', seq<ch<'"'>, tok<token_kind::quoted, detail::eitem_tag>, ch<'"'>>, detail::eitem_tag> {};

namespace detail {

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val, where the tag is none of those known
struct unknown_extended_item : seq<mbox_list_extended_item_tag, sp, tagged_ext_text> {};

// A value of STATUS nobody knows: "Extensions should use the generic syntax defined by tagged-ext".
struct unknown_status : seq<atom, sp, tagged_ext_text> {};

} // namespace detail

using detail::unknown_extended_item;
using detail::unknown_status;

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/slots.hpp
namespace mailwire::imap {

class writer;

namespace grammar {

// Whatever stands between here and the CRLF that ends the unit, literals included: what an unknown response carries.
struct rest_of_unit {
    using rule_t = rest_of_unit;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        if (in.size() < 2) return false;
        const char* begin = in.current();
        const char* end = in.end() - 2;
        if (in.prefix()) {
            in.stop_at_literal();
            return false;
        }
        if constexpr (A == apply_mode::action) {
            in.tape().push(token_kind::raw, in.offset_of(begin), static_cast<std::uint32_t>(end - begin));
        }
        in.advance_to(end);
        return true;
    }
};

namespace detail {

// A word nobody knows and whatever follows it in the unit. A word begins with a letter: "-1" is a number gone wrong.
struct unknown_data : seq<at<one_of<alpha>>, atom, sor<seq<sp, rest_of_unit>, absent_tok>> {};

// atom [SP 1*<any TEXT-CHAR except "]">], the last line of resp-text-code
struct unknown_code : seq<atom, sor<seq<sp, tok<token_kind::raw, run_of<text_char - octets("]")>>>, absent_tok>> {};

// The value of an item nobody knows: one string, atom, flag or list of them.
struct unknown_value : sor<string, literal8, seq<opt<ch<'\\'>>, run_of<astring_char>>,
                           nested<'(', seq<lp, opt<separated<unknown_value, sp>>, rp>>> {
    using island = void;
};
struct unknown_item : seq<atom, sp, tok<token_kind::raw, unknown_value>> {};

} // namespace detail
} // namespace grammar

// The productions of RFC 9051 9 that RFCs extend with "=/" lines. `other` is what an unknown word looks like.
namespace slot {

// command-any, command-auth, command-nonauth, command-select. A unit whose command is unknown is refused by name, so
// its arguments are not judged. "UID" is no command: it belongs to the words of those that exist in two forms.
struct command {
    using writer = imap::writer;
    using other = grammar::seq<not_at<grammar::keyword<"UID">>, grammar::detail::unknown_data>;
};

// response-data without the status responses and without those that begin with a number.
struct response_data {
    using writer = imap::writer;
    using other = grammar::detail::unknown_data;
};

// The part of mailbox-data that begins with a number: number SP "EXISTS" / number SP "RECENT"
struct counted_data {
    using writer = imap::writer;
    using lead = grammar::seq<grammar::number, grammar::sp>;
    using other = void; // message_data takes a word that neither knows
};

// message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))
struct message_data {
    using writer = imap::writer;
    using lead = grammar::seq<grammar::nz_number, grammar::sp>;
    using other = grammar::seq<no_word_of<counted_data>, grammar::detail::unknown_data>;
};

// msg-att-dynamic, msg-att-static. An unknown item is followed by exactly one value: with an optional value the next
// word could not be told from it.
struct msg_att {
    using writer = imap::writer;
    using other = grammar::detail::unknown_item;
};

// fetch-att. The macros ALL, FULL and FAST are no items: they stand alone.
struct fetch_att {
    using writer = imap::writer;
    using other = void;
};

// resp-text-code; the last line of the production is the unknown code: atom [SP 1*<any TEXT-CHAR except "]">]
struct resp_text_code {
    using writer = imap::writer;
    using other = grammar::detail::unknown_code;
};

// search-key, where it begins with a word
struct search_key {
    using writer = imap::writer;
    using other = void;
};

// status-att
struct status_att {
    using writer = imap::writer;
    using other = void;
};

// status-att-val; extensions have the generic form of tagged-ext
struct status_att_val {
    using writer = imap::writer;
    using other = grammar::unknown_status;
};

// list-select-opt: list-select-base-opt, list-select-independent-opt, list-select-mod-opt
struct list_select_opt {
    using writer = imap::writer;
    using other = grammar::option_extension;
};

// return-option, which is list-return-opt
struct return_option {
    using writer = imap::writer;
    using other = grammar::option_extension;
};

// mbox-list-extended-item. Its tag may stand between quotes.
struct mbox_list_extended_item {
    using writer = imap::writer;
    using maybe_quoted = void;
    using other = grammar::unknown_extended_item;
};

// search-return-opt
struct search_return_opt {
    using writer = imap::writer;
    using other = grammar::search_ret_opt_ext;
};

// search-return-data
struct search_return_data {
    using writer = imap::writer;
    using other = grammar::search_ret_data_ext;
};

// select-param of RFC 4466
struct select_param {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

// fetch-modifier of RFC 4466
struct fetch_modifier {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

// store-modifier of RFC 4466
struct store_modifier {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

} // namespace slot
} // namespace mailwire::imap

// ---- mailwire/imap/grammar/fetch.hpp
// RFC 9051 9 and RFC 4466: the FETCH of a client and the items of the answer.
namespace mailwire::imap::grammar {

// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822.SIZE" / "BODY" ["STRUCTURE"] / "UID" /
//             "BODY" section [partial] / "BODY.PEEK" section [partial] / "BINARY" [".PEEK"] section-binary [partial] /
//             "BINARY.SIZE" section-binary
struct fetch_att : slot_rule<slot::fetch_att> {};

namespace detail {

// fetch-att / "(" fetch-att *(SP fetch-att) ")" as a list of items either way; a macro stands alone.
struct fetch_list : list_tok<seq<lp, separated<fetch_att, sp>, rp>> {};
struct fetch_macro : tok<token_kind::raw, sor<keyword<"ALL">, keyword<"FULL">, keyword<"FAST">>> {};
struct fetch_what : sor<fetch_list, fetch_macro, list_tok<fetch_att>> {};

} // namespace detail

// fetch-modifier = fetch-modifier-name [SP fetch-modif-params]
struct fetch_modifier : slot_rule<slot::fetch_modifier> {
    static constexpr std::string_view rfc = "RFC 4466 2.4";
};

// fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
struct fetch_modifiers : seq<sp, list_tok<seq<lp, separated<fetch_modifier, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.4";
};

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [fetch-modifiers]
// PEG: the slot takes the word.
struct fetch : seq<sp, sequence_set, sp, detail::fetch_what, maybe<fetch_modifiers>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP (msg-att-dynamic / msg-att-static)) ")"
// msg-att-dynamic and msg-att-static are one slot: what tells them apart is no syntax.
struct msg_att : list_tok<seq<lp, separated<slot_rule<slot::msg_att>, sp>, rp>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/flags.hpp
// RFC 9051 9: flags. A flag is one token with its backslash.
namespace mailwire::imap::grammar {

// obsolete-flag-recent = "\Recent"
struct obsolete_flag_recent : seq<ch<'\\'>, keyword<"Recent">> {};

// flag-extension = "\" atom
struct flag_extension : seq<ch<'\\'>, run_of<atom_char>> {};

// flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" / "$NotJunk" / "$Phishing" / atom
struct flag_keyword : run_of<atom_char> {};

namespace detail {

// The octets of a flag, without the token.
struct flag_text : sor<seq<not_at<obsolete_flag_recent>, flag_extension>, flag_keyword> {};

// The flags with names of their own have the form of a flag-extension, \Recent as well.
struct flag_fetch_text : sor<flag_extension, flag_keyword> {};

struct flag_perm_text : sor<exact<"\\*">, flag_text> {};

// What servers send as a flag that is none.
struct odd_flag
    : tok<token_kind::atom,
          seq<not_at<obsolete_flag_recent>, opt<ch<'\\'>>, run_of<atom_char | list_wildcards | resp_specials>>> {};
struct odd_flag_fetch : tok<token_kind::atom, seq<opt<ch<'\\'>>, run_of<atom_char | list_wildcards | resp_specials>>> {
};

// "(" [flag *(SP flag)] ")"
// Lenient: flags with octets an atom cannot have (quirks::flag_octets).
template <typename Flag, typename Odd>
struct flags_in_parens : sor<list_tok<seq<lp, opt<separated<Flag, sp>>, rp>>,
                             quirk<quirks::flag_octets, list_tok<seq<lp, separated<Odd, sp>, rp>>>> {};

} // namespace detail

// What a writer asks for.
using detail::flag_fetch_text;
using detail::flag_perm_text;
using detail::flag_text;

// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
//        ; Does not include "\Recent"
// The flags with names of their own have the form of a flag-extension; what they mean is told by comparing.
struct flag : tok<token_kind::atom, flag_text> {};

// flag-fetch = flag / obsolete-flag-recent
struct flag_fetch : tok<token_kind::atom, flag_fetch_text> {};

// flag-list = "(" [flag *(SP flag)] ")"
struct flag_list : detail::flags_in_parens<flag, detail::odd_flag> {
    using island = void;
};

// flag-perm = flag / "\*"
struct flag_perm : tok<token_kind::atom, flag_perm_text> {};

namespace detail {

// The list of msg-att-dynamic: "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
struct flag_fetch_list : flags_in_parens<flag_fetch, odd_flag_fetch> {
    using island = void;
};

// The list of "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")"
struct flag_perm_list : flags_in_parens<flag_perm, odd_flag> {};

} // namespace detail

using detail::flag_fetch_list;
using detail::flag_perm_list;

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/search.hpp
// RFC 9051 9: the SEARCH of a client.
namespace mailwire::imap::grammar {

// search-key = ... / sequence-set / "(" search-key *(SP search-key) ")"
// PEG: the keys that begin with a word are a slot, and asked before a set: no word begins with a digit, "*" or "$".
// RFC 9586: where message numbers are out of force, "$" is left of the sets.
struct search_key
    : sor<slot_rule<slot::search_key>, form<forms::message_numbers, sequence_set>,
          nested<'(', list_tok<seq<lp, separated<search_key, sp>, rp>>>, tok<token_kind::raw, seq_last_command>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

namespace detail {

// The search-key of "NOT" SP search-key and of "OR": each of them is a level deeper.
struct deeper_key : deeper<search_key> {};

} // namespace detail

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
struct search_program
    : seq<sor<seq<keyword<"CHARSET">, sp, charset, sp>, absent_tok>, list_tok<separated<search_key, sp>>> {};

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" / "SAVE" / search-ret-opt-ext
struct search_return_opt : slot_rule<slot::search_return_opt> {};

// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")"
struct search_return_opts
    : seq<sp, keyword<"RETURN">, sp, list_tok<seq<lp, opt<separated<search_return_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

// search = "SEARCH" [search-return-opts] SP search-program
// PEG: the slot takes the word.
struct search : seq<maybe<search_return_opts>, sp, search_program> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/command.hpp
// RFC 9051 9: what a client sends on messages, and the line of any command.
namespace mailwire::imap::grammar {

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
// PEG: the slot takes the word.
struct append : seq<sp, mailbox, maybe<seq<sp, flag_list>>, maybe<seq<sp, date_time>>, sp, literal> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.12";
};

// copy = "COPY" SP sequence-set SP mailbox
// PEG: the slot takes the word.
struct copy : seq<sp, sequence_set, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.7";
};

// move = "MOVE" SP sequence-set SP mailbox
// PEG: the slot takes the word.
struct move : seq<sp, sequence_set, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.8";
};

// store-modifier = store-modifier-name [SP store-modif-params]
struct store_modifier : slot_rule<slot::store_modifier> {
    static constexpr std::string_view rfc = "RFC 4466 2.5";
};

// store-modifiers = SP "(" store-modifier *(SP store-modifier) ")"
struct store_modifiers : seq<sp, list_tok<seq<lp, separated<store_modifier, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.5";
};

// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
struct store_att_flags
    : seq<maybe<tok<token_kind::raw, one_of<octets("+-")>>>, kw<"FLAGS">, maybe<tok<token_kind::raw, kw<".SILENT">>>,
          sp, sor<flag_list, list_tok<separated<flag, sp>>>> {};

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags
// PEG: the slot takes the word.
struct store : seq<sp, sequence_set, maybe<store_modifiers>, sp, store_att_flags> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.6";
};

// uid-expunge = "EXPUNGE" SP sequence-set
// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge)
// PEG: the slot takes the word and the "UID" before it, here and in the other five.
struct uid_expunge : seq<sp, sequence_set> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.9";
};

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
// The four are one slot: where a command is legal is for the session to say.
struct command
    : seq<tag, sp, slot_rule<slot::command>, sor<crlf, quirk<quirks::command_trailing_space, seq<sp, crlf>>>, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/response.hpp
// RFC 9051 9: what a server sends.
namespace mailwire::imap::grammar {

// capability = ("AUTH=" auth-type) / atom
// PEG: an auth-type is an atom, and so is "AUTH=" with one behind it.
struct capability : atom {};

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
// PEG: the slot takes the word, here and among the codes. Which revision is in it is for the client to judge.
struct capability_data : list_tok<plus<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 7.2.2";
};

// append-uid = uniqueid ; RFC 4315: or a uid-set, where several messages have been appended
struct append_uid : detail::same_as<uid_set> {};

// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
// PEG: the slot takes the word.
struct resp_code_apnd : seq<sp, nz_number, sp, append_uid> {};

// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
// PEG: the slot takes the word.
struct resp_code_copy : seq<sp, nz_number, sp, uid_set, sp, uid_set> {};

namespace detail {

// [text]; RFC 3501 has no brackets there.
struct text_or_none : sor<text, form<forms::rev2 | forms::no_text, absent_tok>> {};

// SP [text] behind a code, or nothing at all: examples of RFC 9051 and RFC 5530 ("[CLOSED]") end at the bracket.
struct text_behind_code : sor<seq<sp, text_or_none>, form<forms::no_text, absent_tok>> {};

// What is never the name of data.
struct status_word : sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">, keyword<"BYE">, keyword<"PREAUTH">> {};

} // namespace detail

// resp-text-code = "ALERT" / ... / atom [SP 1*<any TEXT-CHAR except "]">]
struct resp_text_code : slot_rule<slot::resp_text_code> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// resp-text = ["[" resp-text-code "]" SP] [text]
// PEG: a text that begins with "[" is a code, or it is wrong.
struct resp_text : sor<seq<ch<'['>, resp_text_code, ch<']'>, detail::text_behind_code>,
                       seq<not_at<ch<'['>>, absent_tok, detail::text_or_none>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

namespace detail {

// SP resp-text behind a status word, or nothing at all.
struct behind_status : sor<seq<sp, resp_text>, form<forms::no_text, seq<at<crlf>, absent_tok, absent_tok>>> {};

} // namespace detail

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
struct resp_cond_state
    : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"NO">, keyword<"BAD">>>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// resp-cond-bye = "BYE" SP resp-text
struct resp_cond_bye : seq<tok<token_kind::raw, keyword<"BYE">>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1.5";
};

// resp-cond-auth = ("OK" / "PREAUTH") SP resp-text
struct resp_cond_auth : seq<tok<token_kind::raw, sor<keyword<"OK">, keyword<"PREAUTH">>>, detail::behind_status> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// continue-req = "+" SP (resp-text / base64) CRLF
// PEG: what the text means is for whoever waits for it: a code and base64 are a text as well.
struct continue_req
    : seq<ch<'+'>, sor<seq<sp, maybe<text>>, quirk<quirks::bare_continuation, seq<at<crlf>, absent_tok>>>, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.6";
};

namespace detail {

// mailbox-data / message-data / capability-data / enable-data. What begins with a digit is asked first, and of that
// FETCH, of which there is most; a status word is never the name of data that nobody knows.
struct untagged_data
    : sor<seq<at<one_of<digit>>, sor<slot_rule<slot::message_data>, slot_rule<slot::counted_data>>>,
          seq<not_at<one_of<digit>>, sor<resp_cond_state, seq<not_at<status_word>, slot_rule<slot::response_data>>>>> {
};

} // namespace detail

// response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data / capability-data /
//                 enable-data) CRLF
// PEG: mailbox-data, message-data and the rest are slots. A resp-cond-bye is read as response-fatal, which is the same
// octets: one unit cannot tell whether another one follows.
struct response_data
    : seq<ch<'*'>, sp, detail::untagged_data, sor<crlf, quirk<quirks::trailing_space, seq<sp, crlf>>>> {
    static constexpr std::string_view rfc = "RFC 9051 7";
};

// response-tagged = tag SP resp-cond-state CRLF
struct response_tagged : seq<tag, sp, resp_cond_state, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// response-fatal = "*" SP resp-cond-bye CRLF
struct response_fatal : seq<ch<'*'>, sp, resp_cond_bye, crlf> {
    static constexpr std::string_view rfc = "RFC 9051 7.1.5";
};

// response-done = response-tagged / response-fatal
struct response_done : sor<response_tagged, response_fatal> {};

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
struct greeting : seq<ch<'*'>, sp, sor<resp_cond_auth, resp_cond_bye>, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 7.1";
};

// response = *(continue-req / response-data) response-done
// One unit at a time: which of the three it is shows in its first octets.
struct response : seq<sor<response_data, continue_req, response_done>, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar

// ---- mailwire/core/text.hpp
namespace mailwire {

// How the octets of a text are spelled.
enum class spelling : std::uint8_t {
    plain,    // octets of the program, or wire octets that stand for themselves (atom, literal, unescaped quoted)
    nil,      // no text at all: NIL
    escaped,  // octets between quotes on the wire, with backslashes that are not part of the text
    streamed, // a literal whose octets pass by in pieces: only its size and its index are known
};

// Octets with a meaning: a mailbox name, a subject, a password, a body. A program makes one from any string; a parse
// makes one that points into its unit and is valid as long as the unit. Copying copies no octets.
class text {
public:
    constexpr text() = default;
    constexpr text(std::string_view octets) : data_(octets.data()), size_(octets.size()) {}
    template <typename String>
    requires std::convertible_to<const String&, std::string_view>
    constexpr text(const String& octets) : text(static_cast<std::string_view>(octets)) {}
    constexpr text(const char* data, std::size_t size, spelling how) : data_(data), size_(size), how_(how) {}

    static constexpr text nil() { return {nullptr, 0, spelling::nil}; }

    // A literal of `octets` octets that are not here: they follow in pieces through the session.
    static constexpr text streamed(std::uint64_t octets, std::uint16_t index = 0, bool binary = false) {
        text result(nullptr, 0, spelling::streamed);
        result.size_ = octets;
        result.index_ = index;
        result.binary_ = binary;
        return result;
    }

    // A literal8 (RFC 9051 9): octets among which NUL may stand.
    static constexpr text binary(std::string_view octets) {
        text result(octets);
        result.binary_ = true;
        return result;
    }

    constexpr bool is_nil() const { return how_ == spelling::nil; }
    constexpr bool is_streamed() const { return how_ == spelling::streamed; }
    constexpr bool is_binary() const { return binary_; }
    constexpr spelling how() const { return how_; }
    constexpr std::uint16_t stream_index() const { return index_; }

    // The octets as they are spelled: with backslashes when escaped, none when nil or streamed.
    constexpr std::string_view spelled() const {
        return how_ == spelling::streamed ? std::string_view()
                                          : std::string_view(data_, static_cast<std::size_t>(size_));
    }

    // The number of octets the text stands for.
    constexpr std::uint64_t size() const {
        if (how_ != spelling::escaped) return size_;
        std::uint64_t n = 0;
        for_each([&n](char) { ++n; });
        return n;
    }
    constexpr bool empty() const { return size_ == 0; }

    // Calls `visit(char)` for each octet the text stands for.
    template <typename Visit> constexpr void for_each(Visit&& visit) const {
        const std::string_view octets = spelled();
        for (std::size_t i = 0; i < octets.size(); ++i) {
            if (how_ == spelling::escaped && octets[i] == '\\' && i + 1 < octets.size()) ++i;
            visit(octets[i]);
        }
    }

    // Writes the octets the text stands for to `out`, which has room for `spelled().size()`; returns the number written.
    std::size_t copy_to(char* out) const {
        char* p = out;
        for_each([&p](char c) { *p++ = c; });
        return static_cast<std::size_t>(p - out);
    }

    // True when the text stands for just these octets. A nil text equals nothing but a nil text.
    friend constexpr bool operator==(const text& a, const text& b) {
        if (a.is_nil() || b.is_nil()) return a.is_nil() && b.is_nil();
        if (a.is_streamed() || b.is_streamed()) {
            return a.is_streamed() && b.is_streamed() && a.size_ == b.size_ && a.index_ == b.index_;
        }
        return equal_octets(a, b, [](char x, char y) { return x == y; });
    }

    // The same with ASCII letters in either case.
    constexpr bool equal_ignoring_case(const text& other) const {
        if (is_nil() || other.is_nil() || is_streamed() || other.is_streamed()) return false;
        return equal_octets(*this, other, [](char x, char y) { return to_upper(x) == to_upper(y); });
    }

private:
    constexpr char next_octet(std::size_t& i) const {
        if (how_ == spelling::escaped && data_[i] == '\\' && i + 1 < size_) ++i;
        return data_[i++];
    }

    template <typename Equal> static constexpr bool equal_octets(const text& a, const text& b, Equal equal) {
        std::size_t i = 0;
        std::size_t k = 0;
        while (i < a.size_ && k < b.size_) {
            if (!equal(a.next_octet(i), b.next_octet(k))) return false;
        }
        return i >= a.size_ && k >= b.size_;
    }

    const char* data_ = nullptr;
    std::uint64_t size_ = 0;
    std::uint16_t index_ = 0;
    spelling how_ = spelling::plain;
    bool binary_ = false;
};

} // namespace mailwire

// ---- mailwire/core/cursor.hpp
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

// ---- mailwire/core/seq_of.hpp
namespace mailwire {

// Reads one T at the cursor. T is text, or a struct with a static read(cursor&).
template <typename T> T read_value(cursor& c) {
    if constexpr (std::is_same_v<T, text>) {
        return c.text();
    } else {
        return T::read(c);
    }
}

// Passes over one T. A struct that knows how many fields it is says so, and is not decoded: with `one_field` where it is
// one (a list, an item), otherwise with a static skip(cursor&).
template <typename T> [[gnu::always_inline]] inline void skip_value(cursor& c) {
    if constexpr (std::is_same_v<T, text> || requires { typename T::one_field; }) {
        c.skip();
    } else if constexpr (requires { T::skip(c); }) {
        T::skip(c);
    } else {
        (void)T::read(c);
    }
}

// A sequence of values for both directions: a stretch of a tape, decoded as it is walked, or an array of the program.
// Neither is owned. Forward iteration only; each step on a tape decodes one value.
template <typename T> class seq_of {
public:
    constexpr seq_of() = default;
    constexpr explicit seq_of(cursor elements)
        : data_(elements.position()), last_(elements.end()), unit_(elements.unit()) {}
    constexpr seq_of(std::span<const T> values) : data_(values.data()), last_(values.data() + values.size()) {}
    template <std::size_t N> constexpr seq_of(const T (&values)[N]) : seq_of(std::span<const T>(values)) {}

    // Values written in place live to the end of the full expression: hand the sequence on in that expression.
    constexpr seq_of(std::initializer_list<T> values) : seq_of(std::span<const T>(values.begin(), values.size())) {}

    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = T;

        constexpr iterator() = default;
        constexpr iterator(const void* at, const void* last, const char* unit) : at_(at), last_(last), unit_(unit) {}

        T operator*() const {
            if (unit_ == nullptr) return *static_cast<const T*>(at_);
            cursor c = here();
            return read_value<T>(c);
        }
        iterator& operator++() {
            if (unit_ == nullptr) {
                at_ = static_cast<const T*>(at_) + 1;
            } else {
                cursor c = here();
                skip_value<T>(c);
                at_ = c.position();
            }
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        cursor here() const { return {unit_, static_cast<const token*>(at_), static_cast<const token*>(last_)}; }

        const void* at_ = nullptr;
        const void* last_ = nullptr;
        const char* unit_ = nullptr;
    };

    constexpr iterator begin() const { return {data_, last_, unit_}; }
    constexpr iterator end() const { return {last_, last_, unit_}; }
    constexpr bool empty() const { return data_ == last_; }

    // The number of values; on a tape this walks them.
    std::size_t size() const {
        std::size_t n = 0;
        for (iterator i = begin(); i != end(); ++i)
            ++n;
        return n;
    }

    // The value at an index, counted from 0. Requires: index < size().
    T operator[](std::size_t index) const {
        iterator i = begin();
        for (; index != 0; --index)
            ++i;
        return *i;
    }

private:
    const void* data_ = nullptr;
    const void* last_ = nullptr;
    const char* unit_ = nullptr;
};

// Two sequences are equal when their values are, wherever they lie.
template <typename T> bool operator==(const seq_of<T>& a, const seq_of<T>& b) {
    auto i = a.begin();
    auto k = b.begin();
    for (; i != a.end() && k != b.end(); ++i, ++k) {
        if (!(*i == *k)) return false;
    }
    return i == a.end() && k == b.end();
}

} // namespace mailwire

// ---- mailwire/core/item.hpp
namespace mailwire {

// One alternative of a slot as it was read: its id and the tokens of its value. Ask it for a type, or hand it to `on`.
template <typename Slot> class item {
public:
    using one_field = void;

    constexpr item() = default;

    // A value of the program, to be sent. Not copied: it has to outlive the item.
    template <alternative Alt>
    constexpr item(const Alt& value) : value_(&value), write_(&write_as<Alt>), id_(id_of<Alt>), present_(true) {
        static_assert(std::is_same_v<typename Alt::word::slot, Slot>, "this alternative belongs to another slot");
    }

    static item read(cursor& c) {
        item result;
        result.present_ = c.at_item();
        if (result.present_) result.id_ = c.position()->offset;
        result.inside_ = c.enter();
        return result;
    }

    // False for an item that an optional field lacks.
    constexpr explicit operator bool() const { return present_; }

    // False for a word the parsing profile does not know; then `name` and `rest` say what stood there.
    constexpr bool known() const { return id_ != unknown_id; }
    constexpr std::uint32_t id() const { return id_; }

    template <alternative Alt> constexpr bool is() const {
        static_assert(std::is_same_v<typename Alt::word::slot, Slot>, "this alternative belongs to another slot");
        return present_ && id_ == id_of<Alt>;
    }

    // The value as an Alt. Requires: is<Alt>().
    template <alternative Alt> Alt as() const {
        if (value_ != nullptr) return *static_cast<const Alt*>(value_);
        cursor c = inside_;
        return Alt::read(c);
    }

    template <alternative Alt> std::optional<Alt> get() const {
        if (!is<Alt>()) return std::nullopt;
        return as<Alt>();
    }

    // The tokens of the value, for readers that know no types.
    constexpr cursor tokens() const { return inside_; }

    // True for a value of the program, which knows how to write itself.
    constexpr bool is_value() const { return value_ != nullptr; }
    void write_value(typename Slot::writer& out) const { write_(value_, out); }

    // Of an unknown word: the word, and the octets behind it up to the end of the item.
    text name() const {
        cursor c = after_lead();
        return c.text();
    }
    std::string_view rest() const {
        cursor c = after_lead();
        c.skip();
        return c.raw();
    }

private:
    template <typename Alt> static void write_as(const void* value, typename Slot::writer& out) {
        out.put(*static_cast<const Alt*>(value));
    }

    cursor after_lead() const {
        cursor c = inside_;
        if constexpr (requires { typename Slot::lead; }) c.skip();
        return c;
    }

    cursor inside_;
    const void* value_ = nullptr;
    void (*write_)(const void*, typename Slot::writer&) = nullptr;
    std::uint32_t id_ = unknown_id;
    bool present_ = false;
};

// The items of a list. `get<preview>()` finds the first of a type; a loop with `on` visits all.
template <typename Slot> class items : public seq_of<item<Slot>> {
public:
    using seq_of<item<Slot>>::seq_of;

    template <alternative Alt> std::optional<Alt> get() const {
        for (const item<Slot> i : *this) {
            if (i.template is<Alt>()) return i.template as<Alt>();
        }
        return std::nullopt;
    }
};

namespace detail {

// The parameter type of a callable with one parameter.
template <typename F> struct parameter : parameter<decltype(&F::operator())> {};
template <typename R, typename P> struct parameter<R(P)> { using type = std::remove_cvref_t<P>; };
template <typename C, typename R, typename P> struct parameter<R (C::*)(P) const> {
    using type = std::remove_cvref_t<P>;
};
template <typename C, typename R, typename P> struct parameter<R (C::*)(P)> { using type = std::remove_cvref_t<P>; };

template <typename Slot, typename F> bool try_one(const item<Slot>& i, F& f) {
    using wanted = typename parameter<F>::type;
    if constexpr (std::is_same_v<wanted, item<Slot>>) {
        f(i);
        return true;
    } else {
        if (!i.template is<wanted>()) return false;
        f(i.template as<wanted>());
        return true;
    }
}

} // namespace detail

// Calls the first of the functions whose parameter is what the item is; a parameter of type item<Slot> takes any.
// Returns whether one was called.
//
//   on(i, [](uid u) { ... }, [](const envelope& e) { ... }, [](item<slot::msg_att> rest) { ... });
template <typename Slot, typename... Functions> bool on(const item<Slot>& i, Functions&&... functions) {
    return (detail::try_one(i, functions) || ...);
}

// Calls `f` with the item as the alternative of the profile it is. Returns false for an unknown word.
template <typename Profile, typename Slot, typename F> bool visit(const item<Slot>& i, F&& f) {
    return []<typename... Alts>(const item<Slot>& it, F& call, pegtl::type_list<Alts...>) {
        bool found = false;
        (void)((it.template is<Alts>() ? (call(it.template as<Alts>()), found = true) : false) || ...);
        return found;
    }(i, f, alternatives_of<Slot, Profile>{});
}

// An alternative that is a word and nothing else.
template <typename Slot, fixed_string Word> struct bare_word {
    using word = mailwire::word<Slot, Word>;
    using tail = pegtl::success;

    static bare_word read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const bare_word&, const bare_word&) = default;
};

} // namespace mailwire

// ---- mailwire/imap/model/command.hpp
namespace mailwire::imap {

// One unit of a client: a tag and a command. Valid as long as the unit and the tape it was read from.
class command {
public:
    command() = default;
    command(std::string_view unit, std::span<const token> tokens) : tokens_(unit, tokens) {}

    std::string_view tag() const {
        cursor c = tokens_;
        return c.raw();
    }
    item<slot::command> value() const {
        cursor c = tokens_;
        c.skip();
        return item<slot::command>::read(c);
    }
    cursor tokens() const { return tokens_; }

private:
    cursor tokens_;
};

// Calls the first of the functions whose parameter is the command.
template <typename... Functions> bool on(const command& c, Functions&&... functions) {
    return on(c.value(), functions...);
}

} // namespace mailwire::imap

// ---- mailwire/imap/framer.hpp
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

// ---- mailwire/imap/model/message_numbers.hpp
// What names messages by their numbers, which change with every EXPUNGE (RFC 9051 2.3.1.2), and not by unique
// identifiers. Under UIDONLY there is none of it (RFC 9586 3).
namespace mailwire::imap {

namespace detail {

template <typename Tail> inline constexpr bool is_by_number = false;
template <typename R> inline constexpr bool is_by_number<form<forms::message_numbers, R>> = true;

} // namespace detail

// Commands have it in their tail: FETCH, STORE, SEARCH, COPY, MOVE. Data say it themselves.
template <typename Alt> constexpr bool names_by_number() {
    if constexpr (requires { Alt::names_by_number; }) {
        return Alt::names_by_number;
    } else {
        return detail::is_by_number<typename Alt::tail>;
    }
}

// The modes that a command which carries this alternative switches on, bits of namespace modes: MODSEQ and its like
// switch CONDSTORE on without ENABLE (RFC 7162 3.1). An extension specializes it for its own alternatives.
template <typename Alt> inline constexpr std::uint32_t switched_on_by = 0;

} // namespace mailwire::imap

// ---- mailwire/imap/model/sequence_set.hpp
namespace mailwire::imap {

// "*": the largest number in use (RFC 9051 9, seq-number).
inline constexpr std::uint32_t star = 0;

// Two numbers and all between them, in either order. A single number is a range of one.
struct seq_range {
    std::uint32_t first = star;
    std::uint32_t last = star;

    constexpr seq_range() = default;
    constexpr seq_range(std::uint32_t number) : first(number), last(number) {}
    constexpr seq_range(std::uint32_t from, std::uint32_t to) : first(from), last(to) {}

    // True when the range holds `number`, with "*" standing for `largest`.
    constexpr bool contains(std::uint32_t number, std::uint32_t largest) const {
        const std::uint32_t a = first == star ? largest : first;
        const std::uint32_t b = last == star ? largest : last;
        return a <= b ? a <= number && number <= b : b <= number && number <= a;
    }
    friend constexpr bool operator==(const seq_range&, const seq_range&) = default;
};

// sequence-set and uid-set (RFC 9051 9): ranges in the order they were given, never expanded. Points to validated text
// or to ranges of the program.
class sequence_set {
public:
    constexpr sequence_set() = default;
    constexpr sequence_set(seq_range range) : single_(range), kind_(kind::single) {}
    constexpr sequence_set(std::uint32_t number) : sequence_set(seq_range(number)) {}
    constexpr sequence_set(std::span<const seq_range> ranges) : ranges_(ranges), kind_(kind::ranges) {}

    // A set written in the program, judged when it is compiled: sequence_set("1:*").
    template <std::size_t N>
    consteval sequence_set(const char (&literal)[N]) : text_(literal, N - 1), kind_(kind::text) {
        if (!valid(text_)) this_is_no_sequence_set();
    }

    // A set from text that is not known before: nothing where the text is no sequence-set. Points into the text.
    static constexpr std::optional<sequence_set> parse(std::string_view text) {
        if (!valid(text)) return std::nullopt;
        return from_wire(text);
    }

    // The result of the last SEARCH with RETURN (SAVE), "$" (RFC 5182).
    static constexpr sequence_set last_result() { return from_wire("$"); }

    static sequence_set read(cursor& c) { return from_wire(c.raw()); }

    constexpr bool is_last_result() const { return kind_ == kind::text && text_ == "$"; }
    constexpr bool empty() const { return begin() == end(); }

    // True for a set that is a uid-set as well: neither "$" nor "*" is in it.
    constexpr bool has_numbers_only() const {
        for (const seq_range r : *this) {
            if (r.first == star || r.last == star) return false;
        }
        return !is_last_result();
    }

    constexpr bool contains(std::uint32_t number, std::uint32_t largest) const {
        for (const seq_range r : *this) {
            if (r.contains(number, largest)) return true;
        }
        return false;
    }

    // Stands alone: it needs the text or the ranges, but not the set.
    class iterator {
    public:
        using value_type = seq_range;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr iterator(const sequence_set& set, std::size_t at)
            : text_(set.text_), ranges_(set.ranges_), value_(set.single_), at_(at), size_(set.size()) {
            decode();
        }
        constexpr seq_range operator*() const { return value_; }
        constexpr iterator& operator++() {
            at_ = next_;
            decode();
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        constexpr void decode() {
            next_ = at_ + 1;
            if (at_ == size_) return;
            if (!ranges_.empty()) value_ = ranges_[at_];
            if (text_.empty()) return;
            next_ = at_;
            value_.first = number_at(text_, next_);
            value_.last = value_.first;
            if (next_ != size_ && text_[next_] == ':') value_.last = number_at(text_, ++next_);
            if (next_ != size_) ++next_;
        }

        std::string_view text_ = {};
        std::span<const seq_range> ranges_;
        seq_range value_;
        std::size_t at_ = 0;
        std::size_t next_ = 0;
        std::size_t size_ = 0;
    };

    constexpr iterator begin() const { return {*this, 0}; }
    constexpr iterator end() const { return {*this, size()}; }

    void write(auto& out) const {
        if (kind_ == kind::text) {
            out.wire(text_);
            return;
        }
        if (!out.require(!empty())) return; // there is no empty set on the wire
        bool first = true;
        for (const seq_range r : *this) {
            if (!first) out.raw(",");
            first = false;
            write_number(out, r.first);
            if (r.first != r.last) {
                out.raw(":");
                write_number(out, r.last);
            }
        }
    }

    // Equal when they hold the same ranges in the same order, however they are spelled.
    friend constexpr bool operator==(const sequence_set& a, const sequence_set& b) {
        if (a.is_last_result() || b.is_last_result()) return a.is_last_result() && b.is_last_result();
        auto i = a.begin();
        auto k = b.begin();
        for (; i != a.end() && k != b.end(); ++i, ++k) {
            if (!(*i == *k)) return false;
        }
        return i == a.end() && k == b.end();
    }

private:
    enum class kind : std::uint8_t { none, single, ranges, text };

    static void this_is_no_sequence_set() {}

    static constexpr sequence_set from_wire(std::string_view text) {
        sequence_set result;
        result.text_ = text;
        result.kind_ = kind::text;
        return result;
    }

    static void write_number(auto& out, std::uint32_t n) {
        if (n == star) {
            out.raw("*");
        } else {
            out.number(n);
        }
    }

    constexpr std::size_t size() const {
        switch (kind_) {
        case kind::none:
            return 0;
        case kind::single:
            return 1;
        case kind::ranges:
            return ranges_.size();
        case kind::text:
            return text_ == "$" ? 0 : text_.size();
        }
        return 0;
    }

    static constexpr std::uint32_t number_at(std::string_view text, std::size_t& at) {
        if (text[at] == '*') {
            ++at;
            return star;
        }
        std::uint32_t n = 0;
        for (; at != text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            n = n * 10 + static_cast<std::uint32_t>(text[at] - '0');
        }
        return n;
    }

    // One seq-number at the front of `text`, taken off; false where there is none.
    static constexpr bool take_number(std::string_view& text) {
        if (text.empty()) return false;
        if (text.front() == '*') {
            text.remove_prefix(1);
            return true;
        }
        if (text.front() < '1' || text.front() > '9') return false;
        std::uint64_t n = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            n = n * 10 + static_cast<std::uint64_t>(text.front() - '0');
            if (n > 4294967295U) return false;
            text.remove_prefix(1);
        }
        return true;
    }

    static constexpr bool valid(std::string_view text) {
        if (text == "$") return true;
        for (;;) {
            if (!take_number(text)) return false;
            if (!text.empty() && text.front() == ':') {
                text.remove_prefix(1);
                if (!take_number(text)) return false;
            }
            if (text.empty()) return true;
            if (text.front() != ',') return false;
            text.remove_prefix(1);
        }
    }

    std::string_view text_ = {};
    std::span<const seq_range> ranges_;
    seq_range single_;
    kind kind_ = kind::none;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/writer.hpp
namespace mailwire::imap {

struct everything;

struct write_options {
    side from = side::client;
    literal_form literals = literal_form::synchronizing;
    bool utf8 = false;           // UTF-8 may stand in quoted strings and text
    bool message_numbers = true; // messages may be named by number; not so under UIDONLY (RFC 9586)
};

// Writes values as IMAP spells them. A string gets the plainest form its octets and its place allow: atom, quoted or
// literal; one that no form can carry makes the writer fail, and the unit is not sent.
class writer {
public:
    // Writes what was read as an alternative that only a program's own profile has; false where it has none of this id.
    using write_own = bool (*)(writer& out, std::uint32_t id, cursor tokens);

    template <sink Sink>
    writer(Sink& to, const write_options& options, write_own own = nullptr) : options_(options), sink_(&to), own_(own) {
        put_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put(octets); };
        put_ref_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put_ref(octets); };
        stop_ = [](void* s, std::uint64_t n, bool wait) { static_cast<Sink*>(s)->stop(n, wait); };
    }

    misuse fault() const { return fault_; }
    bool require(bool condition) {
        if (!condition) fault_ = misuse::bad_value;
        return condition;
    }

    writer& raw(constant octets) { return emit(octets.view()); }
    writer& sp() { return emit(" "); }

    // number64 (RFC 9051 9), the widest there is; Rule says which numbers may stand in a narrower place.
    template <typename Rule = grammar::number64> writer& number(std::uint64_t n) {
        char digits[20];
        char* p = digits + sizeof digits;
        do {
            *--p = static_cast<char>('0' + n % 10);
            n /= 10;
        } while (n != 0);
        return judged<Rule>({p, static_cast<std::size_t>(digits + sizeof digits - p)});
    }

    // Text the grammar has judged, as it stands in a unit.
    writer& wire(std::string_view octets) { return emit(octets); }

    // Text of a program that has to be what a rule says, and is written as it is.
    template <typename Rule> writer& judged(std::string_view octets) {
        return is<Rule>(octets) ? emit(octets) : fail();
    }

    writer& atom(const text& t) { return only<grammar::atom_char>(t); }
    writer& tag(std::string_view t) { return only<grammar::astring_char - octets("+")>(text(t)); }

    writer& astring(const text& t) {
        if (all_of<grammar::astring_char>(t)) return emit(t.spelled());
        return string(t);
    }
    writer& mailbox(const text& t) { return astring(t); }
    writer& list_mailbox(const text& t) {
        if (all_of<grammar::list_char>(t)) return emit(t.spelled());
        return string(t);
    }
    writer& charset(const text& t) { return all_of<grammar::atom_char>(t) ? emit(t.spelled()) : quoted_only(t); }
    writer& nstring(const text& t) { return t.is_nil() ? emit("NIL") : string(t); }

    writer& string(const text& t) {
        if (t.is_nil()) return fail();
        if (t.is_streamed() || !quotable(t)) return literal(t);
        return quoted(t);
    }

    // One quoted string and nothing else, for the places where no literal may stand.
    writer& quoted_only(const text& t) { return t.is_nil() || t.is_streamed() || !quotable(t) ? fail() : quoted(t); }

    // A literal, whatever the octets are but NUL. Those of a streamed text follow through the session.
    writer& literal(const text& t) {
        if (t.is_nil() || t.is_binary() || t.how() == spelling::escaped) return fail();
        if (t.spelled().find('\0') != std::string_view::npos) return fail();
        return counted(t);
    }
    // The same with NUL among them (RFC 9051 9, literal8).
    writer& literal8(const text& t) {
        return t.is_nil() || t.how() == spelling::escaped ? fail() : emit("~").counted(t);
    }

    // text (RFC 9051 9): a line a person reads. Never empty on the wire, never more than a line.
    writer& human(std::string_view t) {
        for (const char c : t) {
            if (c == '\r' || c == '\n' || c == '\0') return fail();
        }
        const char* end = t.data() + t.size();
        if (options_.utf8 ? find_invalid_utf8(t.data(), end) != end : !is_ascii(t)) return fail();
        return emit(t);
    }

    // Each value of a sequence, with one space between each two.
    template <typename Sequence, typename WriteOne> writer& joined(const Sequence& values, WriteOne write_one) {
        bool first = true;
        for (const auto& v : values) {
            if (!first) sp();
            first = false;
            write_one(v);
        }
        return *this;
    }
    template <typename Sequence, typename WriteOne> writer& parens(const Sequence& values, WriteOne write_one) {
        return emit("(").joined(values, write_one).emit(")");
    }
    // Rule says which flags may stand here: flag_text, flag_fetch_text, flag_perm_text or flag_extension.
    template <typename Rule> writer& flags(const seq_of<text>& values) {
        return parens(values, [this](const text& f) { f.is_binary() ? fail() : judged<Rule>(f.spelled()); });
    }

    // A date-time without its quotes, 26 octets; a date-text such as 1-Feb-1994. The grammar's own rules judge them.
    writer& date_time(std::string_view t) { return emit("\"").judged<grammar::date_time_text>(t).emit("\""); }
    writer& date(std::string_view t) { return judged<grammar::date_text>(t); }

    // An alternative of a slot: what leads, its word, its tail.
    template <alternative Alt> writer& put(const Alt& value) {
        if constexpr (names_by_number<Alt>()) require(options_.message_numbers);
        if constexpr (names_by_number<Alt>() && requires { value.messages; }) note_numbers(value.messages);
        switched_on_ |= switched_on_by<Alt>;
        if constexpr (requires { value.write_lead(*this); }) value.write_lead(*this);
        emit(Alt::word::text);
        value.write(*this);
        return *this;
    }

    // Messages that the unit names by their numbers: "$" is none of them.
    void note_numbers(const sequence_set& messages) {
        if (messages.is_last_result()) return;
        require(options_.message_numbers);
        numbers_ = true;
    }
    // Whether they may be.
    bool may_number() const { return options_.message_numbers; }
    // Whether it does, and the modes that what was written switches on, bits of namespace modes.
    bool has_numbers() const { return numbers_; }
    std::uint32_t switched_on() const { return switched_on_; }

    // An item of either origin. What was read is written from its values, an unknown one as it came.
    template <typename Slot> writer& put(const item<Slot>& i) {
        if (!i) return fail();
        if (i.is_value()) {
            i.write_value(*this);
        } else if (!i.known()) {
            put_unknown(i);
        } else if (!visit<everything>(i, [this](const auto& value) { this->put(value); })) {
            if (own_ == nullptr || !own_(*this, i.id(), i.tokens())) fail();
        }
        return *this;
    }
    template <typename Slot> writer& items(const seq_of<item<Slot>>& values) {
        return joined(values, [this](const item<Slot>& i) { put(i); });
    }

private:
    writer& emit(std::string_view octets) {
        put_(sink_, octets);
        return *this;
    }
    writer& fail() {
        fault_ = misuse::bad_value;
        return *this;
    }

    template <typename Slot> void put_unknown(const item<Slot>& i) {
        if constexpr (requires { typename Slot::lead; }) {
            cursor c = i.tokens();
            emit(c.raw()).sp();
        }
        emit(i.name().spelled());
        if (!i.rest().empty()) sp().forward(i.rest());
    }

    // Text as it came. What is a literal in it waits as any other does.
    writer& forward(std::string_view octets) {
        for (std::size_t at = octets.find("\r\n"); at != octets.npos; at = octets.find("\r\n")) {
            const frame header = framer::header_at_end(head_of(octets, at + 2));
            emit(head_of(octets, at + 2));
            octets.remove_prefix(at + 2);
            if (options_.from == side::client && !header.non_synchronizing) stop_(sink_, 0, true);
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(header.octets, octets.size()));
            emit(head_of(octets, size));
            octets.remove_prefix(size);
        }
        return emit(octets);
    }

    template <typename Rule> bool is(std::string_view t) const {
        input in(t, {}, {.from = options_.from, .utf8 = options_.utf8});
        return run<Rule, apply_mode::nothing>(in) && in.empty();
    }

    writer& counted(const text& t) {
        const bool non_sync = options_.from == side::client && non_synchronizing(t.size());
        emit("{").number(t.size()).emit(non_sync ? "+}\r\n" : "}\r\n");
        const bool wait = options_.from == side::client && !non_sync;
        if (wait || t.is_streamed()) stop_(sink_, t.is_streamed() ? t.size() : 0, wait);
        if (!t.spelled().empty()) put_ref_(sink_, t.spelled());
        return *this;
    }

    template <char_class Class> static bool all_of(const text& t) {
        const std::string_view s = t.spelled();
        return t.how() == spelling::plain && !t.is_binary() && !s.empty() &&
               skip_class<Class>(s.data(), s.data() + s.size()) == s.data() + s.size();
    }
    template <char_class Class> writer& only(const text& t) { return all_of<Class>(t) ? emit(t.spelled()) : fail(); }

    // Long strings go as literals: RFC 2683 3.2.1.5 advises against lines beyond some thousand octets.
    static constexpr std::size_t longest_quoted = 4096;

    bool quotable(const text& t) const {
        const std::string_view s = t.spelled();
        if (s.size() > longest_quoted || t.is_binary()) return false;
        if (t.how() == spelling::escaped && !is_escaped(s)) return false;
        const char* end = s.data() + s.size();
        bool eight_bit = false;
        for (const char* p = find_text_stop(s.data(), end); p != end; p = find_text_stop(p + 1, end)) {
            if (static_cast<unsigned char>(*p) < 0x80 || !options_.utf8) return false;
            eight_bit = true;
        }
        return !eight_bit || find_invalid_utf8(s.data(), end) == end;
    }

    // Whether each quote and each backslash has a backslash before it.
    static bool is_escaped(std::string_view s) {
        for (std::size_t i = 0; i != s.size(); ++i) {
            if (s[i] == '"') return false;
            if (s[i] == '\\' && (++i == s.size() || !grammar::quoted_specials.contains(s[i]))) return false;
        }
        return true;
    }

    writer& quoted(const text& t) {
        std::string_view rest = t.spelled();
        emit("\"");
        while (t.how() == spelling::plain) {
            const std::size_t special = first_special(rest);
            if (special == rest.size()) break;
            emit(head_of(rest, special)).emit("\\").emit(head_of(tail_of(rest, special), 1));
            rest.remove_prefix(special + 1);
        }
        return emit(rest).emit("\"");
    }

    // The index of the first quote or backslash, or the size.
    static std::size_t first_special(std::string_view s) {
        const char* end = s.data() + s.size();
        const char* p = find_quoted_stop(s.data(), end);
        while (p != end && !grammar::quoted_specials.contains(*p))
            p = find_quoted_stop(p + 1, end);
        return static_cast<std::size_t>(p - s.data());
    }

    bool non_synchronizing(std::uint64_t octets) const {
        if (options_.literals == literal_form::plus) return true;
        return options_.literals == literal_form::minus && octets <= 4096;
    }

    write_options options_;
    void* sink_;
    write_own own_;
    void (*put_)(void*, std::string_view);
    void (*put_ref_)(void*, std::string_view);
    void (*stop_)(void*, std::uint64_t, bool);
    misuse fault_ = misuse::none;
    std::uint32_t switched_on_ = 0;
    bool numbers_ = false;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/status_response.hpp
namespace mailwire::imap {

// The first word of a status response (RFC 9051 7.1).
enum class condition : std::uint8_t { ok, no, bad, bye, preauth };

// A status response, tagged or untagged: what happened, a code a program can use, a text a person can read.
struct status_response {
    imap::condition condition = condition::ok;
    item<slot::resp_text_code> code = {};
    std::string_view text = {};

    static status_response read(cursor& c) {
        status_response result;
        result.condition = condition_of(c.raw());
        if (c.at_absent()) {
            c.skip();
        } else {
            result.code = item<slot::resp_text_code>::read(c);
        }
        result.text = c.raw();
        return result;
    }

    // RFC 9051 7.1: a code is followed by a space and a text that is not empty, also where a reader would do without.
    void write(auto& out) const {
        out.wire(word(condition)).sp();
        if (code) out.raw("[").put(code).raw("] ");
        if (text.empty()) {
            out.raw("-");
        } else {
            if (!code) out.require(text.front() != '[');
            out.human(text);
        }
    }

    static constexpr std::string_view word(imap::condition c) {
        switch (c) {
        case condition::ok:
            return "OK";
        case condition::no:
            return "NO";
        case condition::bad:
            return "BAD";
        case condition::bye:
            return "BYE";
        case condition::preauth:
            return "PREAUTH";
        }
        return "BAD";
    }

private:
    static constexpr imap::condition condition_of(std::string_view word) {
        switch (word.size()) {
        case 2:
            return to_upper(word[0]) == 'O' ? condition::ok : condition::no;
        case 3:
            return to_upper(word[1]) == 'A' ? condition::bad : condition::bye;
        default:
            return condition::preauth;
        }
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/response.hpp
namespace mailwire::imap {

// What kind of unit a server has sent (RFC 9051 7).
enum class response_kind : std::uint8_t {
    data,         // "*" and data: FETCH, LIST, EXISTS ...
    status,       // "*" and a status: OK, NO, BAD, BYE, PREAUTH
    tagged,       // the answer to a command: tag and status
    continuation, // "+"
};

// One unit of a server. Valid as long as the unit and the tape it was read from.
class response {
public:
    response() = default;
    response(std::string_view unit, std::span<const token> tokens) : tokens_(unit, tokens) {
        if (unit.front() == '+') {
            kind_ = response_kind::continuation;
        } else if (unit.front() != '*') {
            kind_ = response_kind::tagged;
        } else {
            kind_ = tokens_.at_item() ? response_kind::data : response_kind::status;
        }
    }

    response_kind kind() const { return kind_; }

    // The tag of a tagged response, empty for any other.
    std::string_view tag() const {
        cursor c = tokens_;
        return kind_ == response_kind::tagged ? c.raw() : std::string_view();
    }

    // Requires: kind() is status or tagged.
    status_response status() const {
        cursor c = tokens_;
        if (kind_ == response_kind::tagged) c.skip();
        return status_response::read(c);
    }

    // What stands behind "+". Requires: kind() is continuation.
    std::string_view continuation() const {
        cursor c = tokens_;
        return c.raw();
    }

    // Untagged data as an Alt, whichever production it belongs to.
    template <alternative Alt> bool is() const {
        return kind_ == response_kind::data && tokens_.position()->offset == id_of<Alt>;
    }
    template <alternative Alt> Alt as() const { return data<typename Alt::word::slot>().template as<Alt>(); }

    // Untagged data that begins with a number: EXISTS, EXPUNGE, FETCH.
    bool has_number() const { return kind_ == response_kind::data && digit.contains(tokens_.unit()[2]); }

    // Untagged data with a word that nobody knows.
    bool is_unknown() const { return kind_ == response_kind::data && tokens_.position()->offset == unknown_id; }

    template <typename Slot> item<Slot> data() const {
        cursor c = tokens_;
        return item<Slot>::read(c);
    }

    cursor tokens() const { return tokens_; }

private:
    cursor tokens_;
    response_kind kind_ = response_kind::status;
};

namespace detail {

template <typename F> bool try_response(const response& r, F& f) {
    using wanted = typename mailwire::detail::parameter<F>::type;
    if constexpr (std::is_same_v<wanted, response>) {
        f(r);
        return true;
    } else if constexpr (std::is_same_v<wanted, status_response>) {
        if (r.kind() != response_kind::status && r.kind() != response_kind::tagged) return false;
        f(r.status());
        return true;
    } else {
        if (!r.is<wanted>()) return false;
        f(r.as<wanted>());
        return true;
    }
}

} // namespace detail

// Calls the first of the functions whose parameter is what the response is: any data of the protocol, status_response,
// or response for the rest. Returns whether one was called.
template <typename... Functions> bool on(const response& r, Functions&&... functions) {
    return (detail::try_response(r, functions) || ...);
}

} // namespace mailwire::imap

// ---- mailwire/imap/model/command_facts.hpp
// What a session has to know of a command.
namespace mailwire::imap {

// Where a command is legal (RFC 9051 6: command-any, command-nonauth, command-auth, command-select; ENABLE has a place of
// its own, RFC 9051 6.3.1).
enum class legal_in : std::uint8_t { any, not_authenticated, before_selection, authenticated, selected };

// What a command, or the tagged OK to it, does to the session (RFC 9051 3).
enum class command_effect : std::uint8_t {
    none,
    logs_in,
    selects,
    deselects,
    logs_out,
    unauthenticates,
    // What follows are no commands for a while.
    authenticates,
    idles,
    starts_tls,
    compresses,
};

// Whether a command says who the client is, and may hold a secret.
constexpr bool is_login(command_effect effect) {
    return effect == command_effect::logs_in || effect == command_effect::authenticates;
}

// What ENABLE, or a command that an extension says it of, switches on for the rest of the session. An extension names its
// bits in `enables`; one of a program's own takes them from 1 << 16 up.
namespace modes {

inline constexpr std::uint32_t rev2 = 1U << 0;      // RFC 9051
inline constexpr std::uint32_t utf8 = 1U << 1;      // UTF-8 in quoted strings (RFC 9051, RFC 6855)
inline constexpr std::uint32_t condstore = 1U << 2; // RFC 7162
inline constexpr std::uint32_t qresync = 1U << 3;   // RFC 7162
inline constexpr std::uint32_t uidonly = 1U << 4;   // RFC 9586

} // namespace modes

// A command without arguments.
template <fixed_string Word, legal_in Where, command_effect Effect = command_effect::none> struct plain_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = pegtl::success;
    static constexpr legal_in legal = Where;
    static constexpr command_effect effect = Effect;

    static plain_command read(cursor&) { return {}; }
    void write(auto&) const {}
};

// The effect of a command that names none is none.
template <typename Command> constexpr command_effect effect_of() {
    if constexpr (requires { Command::effect; }) {
        return Command::effect;
    } else {
        return command_effect::none;
    }
}

// FETCH, STORE and SEARCH keep the numbers of messages as they are until they are answered: no EXPUNGE may come
// (RFC 9051 7.5.1), and commands with message numbers may follow at once (RFC 9051 5.5).
template <typename Command> constexpr bool keeps_message_numbers() {
    if constexpr (requires { Command::keeps_message_numbers; }) {
        return Command::keeps_message_numbers;
    } else {
        return false;
    }
}

} // namespace mailwire::imap

// ---- mailwire/imap/ext/compress.hpp
// RFC 4978: what follows is compressed. The sessions say when; the program lays deflate between them and the connection.
namespace mailwire::imap {

namespace grammar {

// algorithm = "DEFLATE"
struct algorithm : tok<token_kind::raw, kw<"DEFLATE">> {};

// compress = "COMPRESS" SP algorithm
// PEG: the slot takes the word.
struct compress : seq<sp, algorithm> {
    static constexpr std::string_view rfc = "RFC 4978 3";
};

} // namespace grammar

// compress = "COMPRESS" SP algorithm. There is one algorithm: raw deflate (RFC 1951), without a header of zlib.
struct compress {
    using word = mailwire::word<slot::command, "COMPRESS">;
    using tail = grammar::compress;
    static constexpr std::string_view rfc = "RFC 4978 3";
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = command_effect::compresses;

    static compress read(cursor& c) {
        c.skip();
        return {};
    }
    void write(auto& out) const { out.raw(" DEFLATE"); }
    friend bool operator==(const compress&, const compress&) = default;
};

// resp-text-code =/ "COMPRESSIONACTIVE": another layer compresses already
using code_compressionactive = bare_word<slot::resp_text_code, "COMPRESSIONACTIVE">;

struct compress_extension : extension<compress, code_compressionactive> {
    static constexpr std::string_view capability = "COMPRESS=DEFLATE";
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/id.hpp
// RFC 2971, IMAP4 ID extension: who the two programs are, for statistics and for reports of faults. Nothing is to
// depend on it.
namespace mailwire::imap {
namespace grammar {

// id_params_list = "(" #(string SPACE nstring) ")" / nil ; # is a list with a space between each two
struct id_params_list : when_next<'(', list_tok<seq<lp, opt<separated<seq<string, sp, nstring>, sp>>, rp>>, nil> {
    static constexpr std::string_view rfc = "RFC 2971 4";
};

// id = "ID" SPACE id_params_list
// PEG: the slot takes the word.
struct id : seq<sp, id_params_list> {
    static constexpr std::string_view rfc = "RFC 2971 3.1";
};

// id_response = "ID" SPACE id_params_list
// PEG: the slot takes the word.
struct id_response : seq<sp, id_params_list> {
    static constexpr std::string_view rfc = "RFC 2971 3.2";
};

} // namespace grammar

// A field such as name, version, vendor, os or support-url, and its value; nil where there is none to tell.
struct id_field {
    text name = {};
    text value = text::nil();

    static id_field read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const id_field&, const id_field&) = default;
};

namespace detail {

inline seq_of<id_field> read_id_fields(cursor& c) {
    if (c.at_list()) return seq_of<id_field>(c.enter());
    c.skip();
    return {};
}

// RFC 2971 3.3: no more than 30 fields, each once, names of up to 30 and values of up to 1024 octets.
void write_id_fields(auto& out, const seq_of<id_field>& fields) {
    if (fields.empty()) {
        out.raw(" NIL");
        return;
    }
    std::size_t count = 0;
    out.sp().parens(fields, [&](const id_field& field) {
        if (!out.require(++count <= 30 && field.name.size() <= 30 && field.value.size() <= 1024)) return;
        std::size_t same = 0;
        for (const id_field& other : fields)
            same += field.name.equal_ignoring_case(other.name) ? 1U : 0U;
        out.require(same == 1);
        out.string(field.name).sp().nstring(field.value);
    });
}

} // namespace detail

// id = "ID" SP id_params_list. No fields, which is NIL on the wire, ask without telling.
struct id {
    using word = mailwire::word<slot::command, "ID">;
    using tail = grammar::id;
    static constexpr std::string_view rfc = "RFC 2971 3.1";
    static constexpr legal_in legal = legal_in::any;
    seq_of<id_field> fields = {};

    static id read(cursor& c) { return {detail::read_id_fields(c)}; }
    void write(auto& out) const { detail::write_id_fields(out, fields); }
    friend bool operator==(const id&, const id&) = default;
};

// id_response = "ID" SP id_params_list
struct id_data {
    using word = mailwire::word<slot::response_data, "ID">;
    using tail = grammar::id_response;
    static constexpr std::string_view rfc = "RFC 2971 3.2";
    seq_of<id_field> fields = {};

    static id_data read(cursor& c) { return {detail::read_id_fields(c)}; }
    void write(auto& out) const { detail::write_id_fields(out, fields); }
    friend bool operator==(const id_data&, const id_data&) = default;
};

struct id_extension : extension<id, id_data> {
    static constexpr std::string_view capability = "ID";
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/preview.hpp
// RFC 8970: the first words of a message, as a server has picked them.
namespace mailwire::imap {

namespace grammar {

// preview-mod = "LAZY"
struct preview_mod : keyword<"LAZY"> {};

} // namespace grammar

// fetch-att =/ "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]
struct fetch_preview {
    using word = mailwire::word<slot::fetch_att, "PREVIEW">;
    using tail = maybe<grammar::seq<
        grammar::sp, list_tok<grammar::seq<grammar::lp, separated<grammar::preview_mod, grammar::sp>, grammar::rp>>>>;
    static constexpr std::string_view rfc = "RFC 8970 3.1";
    bool lazy = false; // only where the server has the preview at hand

    static fetch_preview read(cursor& c) {
        const bool lazy = c.at_list();
        c.skip();
        return {lazy};
    }
    void write(auto& out) const {
        if (lazy) out.raw(" (LAZY)");
    }
    friend bool operator==(const fetch_preview&, const fetch_preview&) = default;
};

// msg-att-dynamic =/ "PREVIEW" SP nstring
struct preview {
    using word = mailwire::word<slot::msg_att, "PREVIEW">;
    using tail = grammar::seq<grammar::sp, grammar::nstring>;
    static constexpr std::string_view rfc = "RFC 8970 3.2";
    text value = text::nil(); // at most 256 characters; nil: there is none yet; empty: there is nothing to show

    static preview read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().nstring(value); }
    friend bool operator==(const preview&, const preview&) = default;
};

struct preview_extension : extension<fetch_preview, preview> {
    static constexpr std::string_view capability = "PREVIEW";
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/status_att.hpp
// What STATUS asks for and answers (RFC 9051 6.3.11, 7.3.4; 9, status-att and status-att-val).
namespace mailwire::imap {

// An item of the command: a word.
template <fixed_string Word> using status_word = bare_word<slot::status_att, Word>;

// An item of the response: a word and a number.
template <fixed_string Word, typename Number> struct status_number {
    using word = mailwire::word<slot::status_att_val, Word>;
    using tail = grammar::seq<grammar::sp, Number>;
    std::uint64_t value = 0;

    static status_number read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().template number<Number>(value); }
    friend bool operator==(const status_number&, const status_number&) = default;
};

using status_messages = status_word<"MESSAGES">;
using status_uidnext = status_word<"UIDNEXT">;
using status_uidvalidity = status_word<"UIDVALIDITY">;
using status_unseen = status_word<"UNSEEN">;
using status_deleted = status_word<"DELETED">;
using status_size = status_word<"SIZE">;

using messages = status_number<"MESSAGES", grammar::number>;
using uidnext = status_number<"UIDNEXT", grammar::nz_number>;
using uidvalidity = status_number<"UIDVALIDITY", grammar::nz_number>;
using unseen = status_number<"UNSEEN", grammar::number>;
using deleted = status_number<"DELETED", grammar::number>;
using mailbox_size = status_number<"SIZE", grammar::number64>; // in octets

struct status_atts : extension<status_messages, status_uidnext, status_uidvalidity, status_unseen, status_deleted,
                               status_size, messages, uidnext, uidvalidity, unseen, deleted, mailbox_size> {};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/quota.hpp
// RFC 9208, IMAP QUOTA Extension: how much of a resource is in use under a quota root, and how much may be. The code
// OVERQUOTA and the status item DELETED are in RFC 9051 as well.
namespace mailwire::imap {
namespace grammar {

// quota-root-name = astring
struct quota_root_name : detail::same_as<astring> {};

// resource-name-ext = atom
struct resource_name_ext : detail::same_as<atom> {};

// resource-name = "STORAGE" / "MESSAGE" / "MAILBOX" / "ANNOTATION-STORAGE" / resource-name-ext
// PEG: each of the words is an atom.
struct resource_name : detail::same_as<resource_name_ext> {};

// resource-limit = number64 ; 63 bits in every revision
struct resource_limit : tok<token_kind::number, number_up_to<9223372036854775807U>> {};

// resource-usage = number64
struct resource_usage : tok<token_kind::number, number_up_to<9223372036854775807U>> {};

// getquota = "GETQUOTA" SP quota-root-name
// PEG: the slot takes the word of this production and of the next ones.
struct getquota : seq<sp, quota_root_name> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.1";
};

// getquotaroot = "GETQUOTAROOT" SP mailbox
struct getquotaroot : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.2";
};

// quota-resource = resource-name SP resource-usage SP resource-limit
struct quota_resource : seq<resource_name, sp, resource_usage, sp, resource_limit> {};

// quota-list = "(" quota-resource *(SP quota-resource) ")"
struct quota_list : list_tok<seq<lp, separated<quota_resource, sp>, rp>> {};

// quota-response = "QUOTA" SP quota-root-name SP quota-list
struct quota_response : seq<sp, quota_root_name, sp, quota_list> {
    static constexpr std::string_view rfc = "RFC 9208 4.2.1";
};

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
struct quotaroot_response : seq<sp, mailbox, list_tok<star<sp, quota_root_name>>> {
    static constexpr std::string_view rfc = "RFC 9208 4.2.2";
};

// setquota-resource = resource-name SP resource-limit
struct setquota_resource : seq<resource_name, sp, resource_limit> {};

// setquota-list = "(" [setquota-resource *(SP setquota-resource)] ")"
struct setquota_list : list_tok<seq<lp, opt<separated<setquota_resource, sp>>, rp>> {};

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list
struct setquota : seq<sp, quota_root_name, sp, setquota_list> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.3";
};

// status-att-deleted-storage = "DELETED-STORAGE" SP number64
struct status_att_deleted_storage : seq<sp, tok<token_kind::number, number_up_to<9223372036854775807U>>> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.4";
};

} // namespace grammar

// A resource of a quota root. STORAGE and ANNOTATION-STORAGE count units of 1024 octets (RFC 9208 5).
struct quota_resource {
    text name = {};
    std::uint64_t usage = 0;
    std::uint64_t limit = 0;

    static quota_resource read(cursor& c) {
        quota_resource r;
        r.name = c.text();
        r.usage = c.number();
        r.limit = c.number();
        return r;
    }
    static void skip(cursor& c) { (void)read(c); }
    void write(auto& out) const {
        out.atom(name).sp().template number<grammar::resource_usage>(usage);
        out.sp().template number<grammar::resource_limit>(limit);
    }
    friend bool operator==(const quota_resource&, const quota_resource&) = default;
};

// setquota-resource: the limit that is asked for.
struct quota_limit {
    text name = {};
    std::uint64_t limit = 0;

    static quota_limit read(cursor& c) {
        const text name = c.text();
        return {name, c.number()};
    }
    static void skip(cursor& c) { (void)read(c); }
    void write(auto& out) const { out.atom(name).sp().template number<grammar::resource_limit>(limit); }
    friend bool operator==(const quota_limit&, const quota_limit&) = default;
};

// getquota = "GETQUOTA" SP quota-root-name
struct getquota {
    using word = mailwire::word<slot::command, "GETQUOTA">;
    using tail = grammar::getquota;
    static constexpr std::string_view rfc = "RFC 9208 4.1.1";
    static constexpr legal_in legal = legal_in::authenticated;
    text root = {};

    static getquota read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().astring(root); }
    friend bool operator==(const getquota&, const getquota&) = default;
};

// getquotaroot = "GETQUOTAROOT" SP mailbox
struct getquotaroot {
    using word = mailwire::word<slot::command, "GETQUOTAROOT">;
    using tail = grammar::getquotaroot;
    static constexpr std::string_view rfc = "RFC 9208 4.1.2";
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};

    static getquotaroot read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
    friend bool operator==(const getquotaroot&, const getquotaroot&) = default;
};

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list. Limits that are not in the list are removed.
struct setquota {
    using word = mailwire::word<slot::command, "SETQUOTA">;
    using tail = grammar::setquota;
    static constexpr std::string_view rfc = "RFC 9208 4.1.3";
    static constexpr legal_in legal = legal_in::authenticated;
    text root = {};
    seq_of<quota_limit> limits = {};

    static setquota read(cursor& c) {
        const text root = c.text();
        return {root, seq_of<quota_limit>(c.enter())};
    }
    void write(auto& out) const {
        out.sp().astring(root).sp().parens(limits, [&out](const quota_limit& one) { one.write(out); });
    }
    friend bool operator==(const setquota&, const setquota&) = default;
};

// quota-response = "QUOTA" SP quota-root-name SP quota-list
struct quota_data {
    using word = mailwire::word<slot::response_data, "QUOTA">;
    using tail = grammar::quota_response;
    static constexpr std::string_view rfc = "RFC 9208 4.2.1";
    text root = {};
    seq_of<quota_resource> resources = {};

    static quota_data read(cursor& c) {
        const text root = c.text();
        return {root, seq_of<quota_resource>(c.enter())};
    }
    void write(auto& out) const {
        out.require(!resources.empty());
        out.sp().astring(root).sp().parens(resources, [&out](const quota_resource& one) { one.write(out); });
    }
    friend bool operator==(const quota_data&, const quota_data&) = default;
};

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
struct quotaroot_data {
    using word = mailwire::word<slot::response_data, "QUOTAROOT">;
    using tail = grammar::quotaroot_response;
    static constexpr std::string_view rfc = "RFC 9208 4.2.2";
    text mailbox = {};
    seq_of<text> roots = {};

    static quotaroot_data read(cursor& c) {
        const text name = c.text();
        return {name, seq_of<text>(c.enter())};
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        for (const text& root : roots)
            out.sp().astring(root);
    }
    friend bool operator==(const quotaroot_data&, const quotaroot_data&) = default;
};

// status-att =/ "DELETED-STORAGE": the octets that an EXPUNGE would free, and how many those are
using status_deleted_storage = status_word<"DELETED-STORAGE">;
struct deleted_storage {
    using word = mailwire::word<slot::status_att_val, "DELETED-STORAGE">;
    using tail = grammar::status_att_deleted_storage;
    static constexpr std::string_view rfc = "RFC 9208 4.1.4";
    std::uint64_t value = 0;

    static deleted_storage read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const deleted_storage&, const deleted_storage&) = default;
};

// A server offers also "QUOTA=RES-" with the name of each resource, and where limits can be set, QUOTASET.
struct quota_extension
    : extension<getquota, getquotaroot, setquota, quota_data, quotaroot_data, status_deleted_storage, deleted_storage> {
    static constexpr std::string_view capability = "QUOTA";
    static constexpr std::string_view resource_prefix = "QUOTA=RES-";
    static constexpr std::string_view settable = "QUOTASET";
};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/delimiter.hpp
namespace mailwire::imap::grammar::detail {

// The hierarchy delimiter of mailbox-list and namespace-descr: DQUOTE QUOTED-CHAR DQUOTE / nil
struct delimiter : when_next<'"', seq<ch<'"'>, quoted_char, ch<'"'>>, nil> {};

} // namespace mailwire::imap::grammar::detail

// ---- mailwire/imap/grammar/status.hpp
// RFC 9051 9: what STATUS asks for and answers.
namespace mailwire::imap::grammar {

// status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN" / "DELETED" / "SIZE"
struct status_att : slot_rule<slot::status_att> {};

// status-att-val = ("MESSAGES" SP number) / ("UIDNEXT" SP nz-number) / ("UIDVALIDITY" SP nz-number) /
//                  ("UNSEEN" SP number) / ("DELETED" SP number) / ("SIZE" SP number64)
struct status_att_val : slot_rule<slot::status_att_val> {};

// status-att-list = status-att-val *(SP status-att-val)
struct status_att_list : separated<status_att_val, sp> {};

namespace detail {

// "(" status-att *(SP status-att) ")"
struct status_atts : list_tok<seq<lp, separated<status_att, sp>, rp>> {};

// SP mailbox SP "(" [status-att-list] ")", which is in mailbox-data behind its "STATUS"
struct status_data : seq<sp, mailbox, sp, list_tok<seq<lp, opt<status_att_list>, rp>>> {};

} // namespace detail

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
// PEG: the slot takes the word.
struct status : seq<sp, mailbox, sp, detail::status_atts> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.11";
};

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
// PEG: the slot takes the word.
struct status_option : seq<sp, detail::status_atts> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.8";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/list.hpp
// RFC 9051 9 and RFC 5258 6: the LIST command and the LIST response.
namespace mailwire::imap::grammar {

// list-select-base-opt = "SUBSCRIBED" / option-extension
// PEG: of an option-extension its name alone; the one place this stands in has no values.
struct list_select_base_opt : sor<keyword<"SUBSCRIBED">, option_vendor_tag, option_standard_tag> {};

// list-select-base-opt-quoted = DQUOTE list-select-base-opt DQUOTE
struct list_select_base_opt_quoted : seq<ch<'"'>, tok<token_kind::quoted, list_select_base_opt>, ch<'"'>> {};

// childinfo-extended-item = "CHILDINFO" SP "(" list-select-base-opt-quoted *(SP list-select-base-opt-quoted) ")"
// PEG: the slot takes the word.
struct childinfo_extended_item : seq<sp, list_tok<seq<lp, separated<list_select_base_opt_quoted, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.6";
};

// child-mbox-flag = "\HasChildren" / "\HasNoChildren"
struct child_mbox_flag : seq<ch<'\\'>, sor<keyword<"HasChildren">, keyword<"HasNoChildren">>> {};

// list-select-independent-opt = "REMOTE" / option-extension
// RFC 6154 6: list-select-independent-opt =/ "SPECIAL-USE"
// PEG: the options that are known not to be base options; any other may be one.
struct list_select_independent_opt : sor<keyword<"REMOTE">, keyword<"SPECIAL-USE">> {};

// list-select-mod-opt = "RECURSIVEMATCH" / option-extension
struct list_select_mod_opt : keyword<"RECURSIVEMATCH"> {};

// list-select-opt = list-select-base-opt / list-select-independent-opt / list-select-mod-opt
struct list_select_opt : slot_rule<slot::list_select_opt> {};

namespace detail {

// Options of which one modifies base options, and none is a base option.
struct modified_without_base : seq<lp, star<list_select_independent_opt, sp>, list_select_mod_opt,
                                   star<sp, sor<list_select_independent_opt, list_select_mod_opt>>, rp> {};

} // namespace detail

// list-select-opts = "(" [(*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)) /
//                    (list-select-independent-opt *(SP list-select-independent-opt))] ")"
// PEG: what the two forms leave out is refused beforehand.
struct list_select_opts
    : seq<not_at<detail::modified_without_base>, list_tok<seq<lp, opt<separated<list_select_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.1";
};

// return-option = "SUBSCRIBED" / "CHILDREN" / status-option / option-extension
struct return_option : slot_rule<slot::return_option> {};

// list-return-opt = return-option
struct list_return_opt : detail::same_as<return_option> {};

// list-return-opts = "RETURN" SP "(" [list-return-opt *(SP list-return-opt)] ")"
struct list_return_opts : seq<keyword<"RETURN">, sp, list_tok<seq<lp, opt<separated<list_return_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.2";
};

// patterns = "(" list-mailbox *(SP list-mailbox) ")" ; RFC 5258 6, RFC 9051 has one list-mailbox here
struct patterns : list_tok<seq<lp, separated<list_mailbox, sp>, rp>> {};

// mbox-or-pat = list-mailbox / patterns
struct mbox_or_pat : sor<list_mailbox, patterns> {};

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
// PEG: the slot takes the word. A mailbox begins with no parenthesis.
struct list : seq<maybe<seq<sp, list_select_opts>>, sp, mailbox, sp, mbox_or_pat, maybe<seq<sp, list_return_opts>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9";
};

// oldname-extended-item = "OLDNAME" SP "(" mailbox ")"
// PEG: the slot takes the word.
struct oldname_extended_item : seq<sp, lp, mailbox, rp> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.7";
};

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val
struct mbox_list_extended_item : slot_rule<slot::mbox_list_extended_item> {};

// mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
struct mbox_list_extended : list_tok<seq<lp, opt<separated<mbox_list_extended_item, sp>>, rp>> {};

// mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" / "\Unmarked"
struct mbx_list_sflag
    : tok<token_kind::atom,
          seq<ch<'\\'>, sor<keyword<"NonExistent">, keyword<"Noselect">, keyword<"Marked">, keyword<"Unmarked">>>> {};

// mbx-list-oflag = "\Noinferiors" / child-mbox-flag / "\Subscribed" / "\Remote" / flag-extension
// PEG: those that are spelled out, but for child-mbox-flag, have the form of a flag-extension.
struct mbx_list_oflag : tok<token_kind::atom, seq<not_at<mbx_list_sflag>, sor<child_mbox_flag, flag_extension>>> {};

namespace detail {

// The attributes of a mailbox, as they come in: which of them excludes one before it?
class attributes_so_far {
public:
    // Adds one; false where it was there already, or is the second of child-mbox-flag or of mbx-list-sflag. Each is
    // compared with the first 64: there are not half as many, and a list without end is not to cost more than its length.
    bool add(const mailwire::text& one) {
        for (std::size_t i = 0; i != count_; ++i) {
            if (one.equal_ignoring_case(seen_[i])) return false;
        }
        if (count_ != seen_.size()) seen_[count_++] = one;
        return first_of(one, {"\\HasChildren", "\\HasNoChildren"}, has_child_flag_) &&
               first_of(one, {"\\NonExistent", "\\Noselect", "\\Marked", "\\Unmarked"}, has_sflag_);
    }

private:
    static bool first_of(const mailwire::text& one, std::initializer_list<std::string_view> group, bool& has) {
        for (const std::string_view name : group) {
            if (one.equal_ignoring_case(name)) return !std::exchange(has, true);
        }
        return true;
    }

    std::array<mailwire::text, 64> seen_;
    std::size_t count_ = 0;
    bool has_child_flag_ = false;
    bool has_sflag_ = false;
};

// The same of attributes on the wire, one space between each two.
inline bool are_consistent(std::string_view attributes) {
    attributes_so_far before;
    while (!attributes.empty()) {
        const std::string_view one = head_of(attributes, attributes.find(' '));
        if (!before.add(one)) return false;
        attributes.remove_prefix(std::min(one.size() + 1, attributes.size()));
    }
    return true;
}

// R, which matches attributes, where none of them excludes another.
template <typename R> struct consistent {
    using rule_t = consistent;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        if (!Control<R>::template match<A, M, Action, Control>(in)) return false;
        return are_consistent({begin, static_cast<std::size_t>(in.current() - begin)});
    }
};

} // namespace detail

// mbx-list-flags = *(mbx-list-oflag SP) mbx-list-sflag *(SP mbx-list-oflag) / mbx-list-oflag *(SP mbx-list-oflag)
//                ; each flag once, child-mbox-flag at most once
// Lenient: any attributes together (quirks::contradicting_attributes).
struct mbx_list_flags
    : sor<seq<detail::consistent<sor<seq<star<mbx_list_oflag, sp>, mbx_list_sflag, star<sp, mbx_list_oflag>>,
                                     separated<mbx_list_oflag, sp>>>,
              at<rp>>,
          quirk<quirks::contradicting_attributes, separated<tok<token_kind::atom, flag_extension>, sp>>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
};

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
struct mailbox_list : seq<list_tok<seq<lp, opt<mbx_list_flags>, rp>>, sp, detail::delimiter, sp, mailbox,
                          maybe<seq<sp, mbox_list_extended>>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/delimiter.hpp
namespace mailwire::imap {

// Writes a hierarchy delimiter: one character, or NIL where names have no hierarchy. One beyond ASCII needs
// write_options::utf8.
void write_delimiter(auto& out, const text& delimiter) {
    if (delimiter.is_nil()) {
        out.raw("NIL");
        return;
    }
    std::size_t characters = 0;
    delimiter.for_each([&](char c) { characters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U; });
    out.require(characters == 1);
    out.quoted_only(delimiter);
}

} // namespace mailwire::imap

// ---- mailwire/imap/model/list_data.hpp
namespace mailwire::imap {

// childinfo-extended-item: mailboxes below this one match the options (RFC 9051 6.3.9.6).
struct childinfo {
    using word = mailwire::word<slot::mbox_list_extended_item, "CHILDINFO">;
    using tail = grammar::childinfo_extended_item;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.6";
    seq_of<text> options = {};

    static childinfo read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!options.empty());
        out.sp().parens(options, [&out](const text& option) { out.raw("\"").atom(option).raw("\""); });
    }
    friend bool operator==(const childinfo&, const childinfo&) = default;
};

// oldname-extended-item: what the mailbox was called before, or what the client called it (RFC 9051 6.3.9.7).
struct oldname {
    using word = mailwire::word<slot::mbox_list_extended_item, "OLDNAME">;
    using tail = grammar::oldname_extended_item;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.7";
    text mailbox = {};

    static oldname read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.raw(" (").mailbox(mailbox).raw(")"); }
    friend bool operator==(const oldname&, const oldname&) = default;
};

// Writes the attributes of a mailbox between parentheses. Refuses those that exclude each other.
void write_attributes(auto& out, const seq_of<text>& attributes) {
    grammar::detail::attributes_so_far before;
    for (const text& one : attributes)
        out.require(before.add(one));
    out.template flags<grammar::flag_extension>(attributes);
}

// "LIST" SP mailbox-list. A nil delimiter means that the name has no hierarchy.
struct list_data {
    using word = mailwire::word<slot::response_data, "LIST">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
    seq_of<text> attributes = {};
    text delimiter = text::nil();
    text mailbox = {};
    items<slot::mbox_list_extended_item> extended = {};

    static list_data read(cursor& c) {
        list_data l;
        l.attributes = seq_of<text>(c.enter());
        l.delimiter = c.text();
        l.mailbox = c.text();
        if (!c.skip_absent()) l.extended = items<slot::mbox_list_extended_item>(c.enter());
        return l;
    }
    void write(auto& out) const {
        write_attributes(out.sp(), attributes);
        write_delimiter(out.sp(), delimiter);
        out.sp().mailbox(mailbox);
        if (!extended.empty()) out.raw(" (").items(extended).raw(")");
    }

    // Whether the attributes have this one, in any case.
    bool has(std::string_view attribute) const {
        for (const text& one : attributes) {
            if (one.equal_ignoring_case(attribute)) return true;
        }
        return false;
    }

    // \HasChildren or \HasNoChildren; neither of them, or both, say nothing (RFC 9051 7.3.1).
    std::optional<bool> has_children() const {
        const bool yes = has("\\HasChildren");
        if (yes == has("\\HasNoChildren")) return std::nullopt;
        return yes;
    }
};

struct list_datas : extension<list_data, childinfo, oldname> {};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/envelope.hpp
// RFC 9051 9: the header of a message as a server has read it. Each field is one token, a list of addresses one list.
namespace mailwire::imap::grammar {

// addr-adl = nstring
struct addr_adl : detail::same_as<nstring> {};

// addr-host = nstring
struct addr_host : detail::same_as<nstring> {};

// addr-mailbox = nstring
struct addr_mailbox : detail::same_as<nstring> {};

// addr-name = nstring
struct addr_name : detail::same_as<nstring> {};

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
struct address : list_tok<seq<lp, addr_name, sp, addr_adl, sp, addr_mailbox, sp, addr_host, rp>> {};

namespace detail {

// "(" 1*address ")" / nil
// Lenient: "()" for NIL (quirks::empty_list), and spaces behind addresses (quirks::space_between_addresses).
struct address_list
    : when_next<'(',
                sor<list_tok<seq<lp, plus<address>, rp>>, quirk<quirks::empty_list, list_tok<seq<lp, rp>>>,
                    quirk<quirks::space_between_addresses, list_tok<seq<lp, plus<address, opt<sp>>, rp>>>>,
                nil> {
    using island = void;
};

} // namespace detail

// env-bcc = "(" 1*address ")" / nil
struct env_bcc : detail::same_as<detail::address_list> {};

// env-cc = "(" 1*address ")" / nil
struct env_cc : detail::same_as<detail::address_list> {};

// env-date = nstring
struct env_date : detail::same_as<nstring> {};

// env-from = "(" 1*address ")" / nil
struct env_from : detail::same_as<detail::address_list> {};

// env-in-reply-to = nstring
struct env_in_reply_to : detail::same_as<nstring> {};

// env-message-id = nstring
struct env_message_id : detail::same_as<nstring> {};

// env-reply-to = "(" 1*address ")" / nil
struct env_reply_to : detail::same_as<detail::address_list> {};

// env-sender = "(" 1*address ")" / nil
struct env_sender : detail::same_as<detail::address_list> {};

// env-subject = nstring
struct env_subject : detail::same_as<nstring> {};

// env-to = "(" 1*address ")" / nil
struct env_to : detail::same_as<detail::address_list> {};

// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
//            env-in-reply-to SP env-message-id ")"
struct envelope : list_tok<seq<lp, env_date, sp, env_subject, sp, env_from, sp, env_sender, sp, env_reply_to, sp,
                               env_to, sp, env_cc, sp, env_bcc, sp, env_in_reply_to, sp, env_message_id, rp>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/grammar/body.hpp
// RFC 9051 9: the structure of a message. Each body is one list token.
namespace mailwire::imap::grammar {

struct body;

// body-extension = nstring / number / number64 / "(" body-extension *(SP body-extension) ")"
struct body_extension : sor<nstring, number64, nested<'(', list_tok<seq<lp, separated<body_extension, sp>, rp>>>> {
    using island = void;
};

// body-fld-desc = nstring
struct body_fld_desc : detail::same_as<nstring> {};

// body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
// Lenient: "()" for NIL (quirks::empty_list).
struct body_fld_param : when_next<'(',
                                  sor<list_tok<seq<lp, separated<seq<string, sp, string>, sp>, rp>>,
                                      quirk<quirks::empty_list, list_tok<seq<lp, rp>>>>,
                                  nil> {
    using island = void;
};

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
struct body_fld_dsp : sor<list_tok<seq<lp, string, sp, body_fld_param, rp>>, nil> {
    using island = void;
};

// body-fld-enc = (DQUOTE ("7BIT" / "8BIT" / "BINARY" / "BASE64"/ "QUOTED-PRINTABLE") DQUOTE) / string
// Lenient: NIL (quirks::nil_encoding).
struct body_fld_enc : sor<string, quirk<quirks::nil_encoding, nil>> {};

// body-fld-id = nstring
struct body_fld_id : detail::same_as<nstring> {};

// body-fld-lang = nstring / "(" string *(SP string) ")"
struct body_fld_lang : sor<nstring, list_tok<seq<lp, separated<string, sp>, rp>>> {
    using island = void;
};

// body-fld-lines = number64
struct body_fld_lines : number64 {};

// body-fld-loc = nstring
struct body_fld_loc : detail::same_as<nstring> {};

// body-fld-md5 = nstring
struct body_fld_md5 : detail::same_as<nstring> {};

// body-fld-octets = number ; the prose says 63 bits
struct body_fld_octets : number64 {};

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
struct body_fields : seq<body_fld_param, sp, body_fld_id, sp, body_fld_desc, sp, body_fld_enc, sp, body_fld_octets> {
    using island = void;
};

namespace detail {

// [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_more : opt<sp, body_fld_dsp, opt<sp, body_fld_lang, opt<sp, body_fld_loc, star<sp, body_extension>>>> {
};

} // namespace detail

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_1part : seq<body_fld_md5, detail::body_ext_more> {
    using island = void;
};

// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]
struct body_ext_mpart : seq<body_fld_param, detail::body_ext_more> {};

namespace detail {

// A media type with a meaning of its own, between its quotes.
template <typename Words> struct media : seq<ch<'"'>, tok<token_kind::quoted, Words>, ch<'"'>> {};

} // namespace detail

// media-subtype = string
struct media_subtype : detail::same_as<string> {};

// media-basic = ((DQUOTE ("APPLICATION" / "AUDIO" / "IMAGE" / "FONT" / "MESSAGE" / "MODEL" / "VIDEO" ) DQUOTE) /
//               string) SP media-subtype
struct media_basic : seq<string, sp, media_subtype> {};

// media-message = DQUOTE "MESSAGE" DQUOTE SP DQUOTE ("RFC822" / "GLOBAL") DQUOTE
struct media_message : seq<detail::media<kw<"MESSAGE">>, sp, detail::media<sor<kw<"RFC822">, kw<"GLOBAL">>>> {};

// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
struct media_text : seq<detail::media<kw<"TEXT">>, sp, media_subtype> {};

// body-type-basic = media-basic SP body-fields
//                   ; MESSAGE subtype MUST NOT be "RFC822" or "GLOBAL"
// PEG: media-basic takes any string, so what has a form of its own is kept out.
struct body_type_basic : seq<not_at<sor<detail::media<kw<"TEXT">>, media_message>>, media_basic, sp, body_fields> {};

// body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
struct body_type_msg : seq<media_message, sp, body_fields, sp, envelope, sp, body, sp, body_fld_lines> {};

// body-type-text = media-text SP body-fields SP body-fld-lines
struct body_type_text : seq<media_text, sp, body_fields, sp, body_fld_lines> {};

// body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
// PEG: the special forms come first, so that what they refuse is not asked twice.
// Lenient: a text without its lines, a message without what it encloses (quirks::incomplete_body).
struct body_type_1part : seq<sor<body_type_text, body_type_msg, body_type_basic,
                                 quirk<quirks::incomplete_body, seq<media_basic, sp, body_fields>>>,
                             opt<sp, body_ext_1part>> {};

// body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
struct body_type_mpart : seq<plus<body>, sp, media_subtype, opt<sp, body_ext_mpart>> {};

// body = "(" (body-type-1part / body-type-mpart) ")"
struct body : nested<'(', list_tok<seq<lp, sor<body_type_mpart, body_type_1part>, rp>>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/body_extension.hpp
namespace mailwire::imap {

// body-extension (RFC 9051 9): what a later standard may put behind the location of a body. A list where `list` is not
// empty, a number where there is one, a string or NIL otherwise.
struct body_extension {
    using one_field = void;

    text value = text::nil();
    std::optional<std::uint64_t> number = {};
    seq_of<body_extension> list = {};

    static body_extension read(cursor& c) {
        body_extension e;
        if (c.at_list()) {
            e.list = seq_of<body_extension>(c.enter());
        } else if (c.kind() == token_kind::number) {
            e.number = c.number();
        } else {
            e.value = c.text();
        }
        return e;
    }

    void write(auto& out) const {
        if (!list.empty()) {
            out.parens(list, [&out](const body_extension& e) { e.write(out); });
        } else if (number) {
            out.number(*number);
        } else {
            out.nstring(value);
        }
    }

    friend bool operator==(const body_extension&, const body_extension&) = default;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/envelope.hpp
namespace mailwire::imap {

// One address of an envelope (RFC 9051 7.5.2). A nil host marks the start of a group (its name is the mailbox) or, with
// a nil mailbox, its end.
struct address {
    using one_field = void;

    text name = text::nil();
    text adl = text::nil();
    text mailbox = text::nil();
    text host = text::nil();

    static address read(cursor& c) {
        cursor in = c.enter();
        return {in.text(), in.text(), in.text(), in.text()};
    }
    void write(auto& out) const {
        out.raw("(").nstring(name).sp().nstring(adl).sp().nstring(mailbox).sp().nstring(host).raw(")");
    }
    friend bool operator==(const address&, const address&) = default;
};

// The header of a message as the server has read it (RFC 9051 7.5.2). An address field without addresses is NIL.
struct envelope_fields {
    text date = text::nil();
    text subject = text::nil();
    seq_of<address> from = {};
    seq_of<address> sender = {};
    seq_of<address> reply_to = {};
    seq_of<address> to = {};
    seq_of<address> cc = {};
    seq_of<address> bcc = {};
    text in_reply_to = text::nil();
    text message_id = text::nil();

    static envelope_fields read(cursor& c) {
        cursor in = c.enter();
        envelope_fields e;
        e.date = in.text();
        e.subject = in.text();
        e.from = addresses(in);
        e.sender = addresses(in);
        e.reply_to = addresses(in);
        e.to = addresses(in);
        e.cc = addresses(in);
        e.bcc = addresses(in);
        e.in_reply_to = in.text();
        e.message_id = in.text();
        return e;
    }

    void write(auto& out) const {
        out.raw("(").nstring(date).sp().nstring(subject);
        for (const auto* field : {&from, &sender, &reply_to, &to, &cc, &bcc}) {
            out.sp();
            write_addresses(out, *field);
        }
        out.sp().nstring(in_reply_to).sp().nstring(message_id).raw(")");
    }
    friend bool operator==(const envelope_fields&, const envelope_fields&) = default;

private:
    static seq_of<address> addresses(cursor& c) {
        if (!c.at_list()) {
            c.skip();
            return {};
        }
        return seq_of<address>(c.enter());
    }

    // "(" 1*address ")": no space stands between two addresses.
    static void write_addresses(auto& out, const seq_of<address>& all) {
        if (all.empty()) {
            out.raw("NIL");
            return;
        }
        out.raw("(");
        for (const address& a : all)
            a.write(out);
        out.raw(")");
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/body.hpp
namespace mailwire::imap {

// A parameter of a media type or disposition, as it stands in the message (RFC 2231 spellings are not undone).
struct parameter {
    text name = {};
    text value = {};

    static parameter read(cursor& c) {
        text name = c.text();
        return {name, c.text()};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const parameter&, const parameter&) = default;
};

// body-fld-dsp: a Content-Disposition. A nil type means there is none.
struct disposition {
    text type = text::nil();
    seq_of<parameter> parameters = {};

    friend bool operator==(const disposition&, const disposition&) = default;
};

// The structure of a message or a part of one (RFC 9051 7.5.2). `parts` holds the parts of a multipart and is empty
// for everything else. What only BODYSTRUCTURE gives (from md5 on) is there when `extended` is true.
struct body {
    using one_field = void;

    seq_of<body> parts = {};
    text type = text::nil(); // nil for a multipart
    text subtype = {};
    seq_of<parameter> parameters = {};
    text id = text::nil();
    text description = text::nil();
    text encoding = {};
    std::uint64_t octets = 0;
    std::optional<envelope_fields> envelope = {}; // of an enclosed message
    seq_of<body> enclosed = {};                   // its body: one element
    std::optional<std::uint64_t> lines = {};

    bool extended = false;
    text md5 = text::nil();
    imap::disposition disposition = {};
    seq_of<text> languages = {};
    text location = text::nil();
    seq_of<body_extension> extensions = {};

    bool is_multipart() const { return !parts.empty(); }

    static body read(cursor& c) {
        cursor in = c.enter();
        body b;
        if (in.at_list()) {
            b.read_multipart(in);
        } else {
            b.read_single(in);
        }
        return b;
    }

    void write(auto& out) const {
        out.raw("(");
        if (is_multipart()) {
            for (const body& part : parts)
                part.write(out);
            out.sp().string(subtype);
            if (extended) write_parameters(out.sp(), parameters);
        } else {
            write_single(out);
            if (extended) out.sp().nstring(md5);
        }
        if (extended) write_extension(out);
        out.raw(")");
    }

    friend bool operator==(const body&, const body&) = default;

private:
    void read_multipart(cursor& in) {
        const token* first = in.position();
        while (in.at_list())
            in.skip();
        parts = seq_of<body>(cursor(in.unit(), first, in.position()));
        subtype = in.text();
        if (!in.more()) return;
        extended = true;
        parameters = read_parameters(in);
        read_extension(in);
    }

    void read_single(cursor& in) {
        type = in.text();
        subtype = in.text();
        parameters = read_parameters(in);
        id = in.text();
        description = in.text();
        encoding = in.text();
        octets = in.number();
        if (in.at_list()) {
            envelope = envelope_fields::read(in);
            const token* first = in.position();
            in.skip();
            enclosed = seq_of<body>(cursor(in.unit(), first, in.position()));
        }
        if (in.kind() == token_kind::number) lines = in.number();
        if (!in.more()) return;
        extended = true;
        md5 = in.text();
        read_extension(in);
    }

    void read_extension(cursor& in) {
        if (in.at_list()) {
            cursor d = in.enter();
            disposition.type = d.text();
            disposition.parameters = read_parameters(d);
        } else {
            in.skip();
        }
        languages = read_languages(in);
        location = in.text();
        if (in.more()) extensions = seq_of<body_extension>(in);
    }

    static seq_of<parameter> read_parameters(cursor& in) {
        if (in.at_list()) return seq_of<parameter>(in.enter());
        in.skip();
        return {};
    }

    // nstring / "(" string *(SP string) ")"; a single string is a list of one.
    static seq_of<text> read_languages(cursor& in) {
        if (in.at_list()) return seq_of<text>(in.enter());
        const token* first = in.position();
        const bool one = in.more() && !in.at_nil();
        in.skip();
        return one ? seq_of<text>(cursor(in.unit(), first, in.position())) : seq_of<text>();
    }

    void write_single(auto& out) const {
        out.string(type).sp().string(subtype).sp();
        write_parameters(out, parameters);
        out.sp().nstring(id).sp().nstring(description).sp().string(encoding).sp().number(octets);
        out.require(has_fields_of_its_type());
        if (envelope) {
            envelope->write(out.sp());
            for (const body& b : enclosed)
                b.write(out.sp());
        }
        if (lines) out.sp().number(*lines);
    }

    // Lines are counted of a text and of a message; a message encloses another one, and nothing else does.
    bool has_fields_of_its_type() const {
        const bool is_message = type.equal_ignoring_case("MESSAGE") &&
                                (subtype.equal_ignoring_case("RFC822") || subtype.equal_ignoring_case("GLOBAL"));
        return envelope.has_value() == is_message && enclosed.size() == (is_message ? 1U : 0U) &&
               lines.has_value() == (is_message || type.equal_ignoring_case("TEXT"));
    }

    void write_extension(auto& out) const {
        out.sp();
        if (disposition.type.is_nil()) {
            out.raw("NIL");
        } else {
            out.raw("(").string(disposition.type).sp();
            write_parameters(out, disposition.parameters);
            out.raw(")");
        }
        out.sp();
        if (languages.empty()) {
            out.raw("NIL");
        } else {
            out.parens(languages, [&out](const text& l) { out.string(l); });
        }
        out.sp().nstring(location);
        for (const body_extension& e : extensions)
            e.write(out.sp());
    }

    static void write_parameters(auto& out, const seq_of<parameter>& all) {
        if (all.empty()) {
            out.raw("NIL");
        } else {
            out.parens(all, [&out](const parameter& p) { out.string(p.name).sp().string(p.value); });
        }
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/section.hpp
// RFC 9051 9: which part of a message.
namespace mailwire::imap::grammar {

// header-fld-name = astring
struct header_fld_name : astring {};

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
struct header_list : list_tok<seq<lp, separated<header_fld_name, sp>, rp>> {};

// section-part = nz-number *("." nz-number)
// PEG: a "." is taken only where a digit follows, since it also precedes section-text.
struct section_part : tok<token_kind::raw, seq<nz_number, star<ch<'.'>, nz_number>>> {};

// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
// PEG: the longer word comes first.
struct section_msgtext
    : sor<seq<tok<token_kind::atom, sor<kw<"HEADER.FIELDS.NOT">, kw<"HEADER.FIELDS">>>, sp, header_list>,
          seq<tok<token_kind::atom, sor<kw<"HEADER">, kw<"TEXT">>>, absent_tok>> {};

// section-text = section-msgtext / "MIME"
struct section_text : sor<section_msgtext, seq<tok<token_kind::atom, kw<"MIME">>, absent_tok>> {};

// section-spec = section-msgtext / (section-part ["." section-text])
struct section_spec : sor<seq<absent_tok, section_msgtext>,
                          seq<section_part, sor<seq<ch<'.'>, section_text>, seq<absent_tok, absent_tok>>>> {};

// section = "[" [section-spec] "]"
// PEG: the slot takes the bracket with the word before it ("BODY["). Three fields, each of which may be absent: the
// part numbers, the word behind them, and the names of header fields.
struct section : seq<sor<section_spec, seq<absent_tok, absent_tok, absent_tok>>, ch<']'>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5.1";
};

// section-binary = "[" [section-part] "]"
// PEG: the slot takes the bracket with the word before it ("BINARY[").
struct section_binary : seq<maybe<section_part>, ch<']'>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

// partial = "<" number64 "." nz-number64 ">"
struct partial : seq<ch<'<'>, number64, ch<'.'>, nz_number64, ch<'>'>> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
};

namespace detail {

// ["<" number ">"] of msg-att-static. RFC 9051 lets a request start beyond 32 bits, so the answer may as well.
struct origin : maybe<seq<ch<'<'>, number64, ch<'>'>>> {};

} // namespace detail

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/section.hpp
namespace mailwire::imap {

// What of a part is meant (RFC 9051 6.4.5.1). `whole` is the part itself, or the message where there is no part.
enum class section_text : std::uint8_t { whole, header, header_fields, header_fields_not, text, mime };

// The section between the brackets of BODY[...]. `part` is the part's path as it is written, "1.2"; empty: the message.
struct section {
    std::string_view part = {};
    section_text what = section_text::whole;
    seq_of<text> fields = {}; // of header_fields and header_fields_not

    static section read(cursor& c) {
        section s;
        s.part = c.raw();
        s.what = c.at_absent() ? section_text::whole : word_of(c.raw());
        if (s.what == section_text::whole) c.skip_absent();
        if (c.at_list()) {
            s.fields = seq_of<text>(c.enter());
        } else {
            c.skip();
        }
        return s;
    }

    // Writes the section and the closing bracket.
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        if (!part.empty() && what != section_text::whole) out.raw(".");
        if (what == section_text::mime) out.require(!part.empty());
        out.wire(word(what));
        if (what == section_text::header_fields || what == section_text::header_fields_not) {
            out.require(!fields.empty());
            out.sp().parens(fields, [&out](const text& name) { out.astring(name); });
        }
        out.raw("]");
    }

    static constexpr std::string_view word(section_text what) {
        switch (what) {
        case section_text::whole:
            return "";
        case section_text::header:
            return "HEADER";
        case section_text::header_fields:
            return "HEADER.FIELDS";
        case section_text::header_fields_not:
            return "HEADER.FIELDS.NOT";
        case section_text::text:
            return "TEXT";
        case section_text::mime:
            return "MIME";
        }
        return "";
    }

    friend bool operator==(const section&, const section&) = default;

private:
    // The words differ in length but for TEXT and MIME.
    static constexpr section_text word_of(std::string_view word) {
        switch (word.size()) {
        case 6:
            return section_text::header;
        case 13:
            return section_text::header_fields;
        case 17:
            return section_text::header_fields_not;
        default:
            return to_upper(word.front()) == 'T' ? section_text::text : section_text::mime;
        }
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/msg_att.hpp
// What a FETCH response says of one message (RFC 9051 7.5.2; 9, msg-att-static and msg-att-dynamic).
namespace mailwire::imap {

namespace detail {

// The octets of a message: a literal, whatever they are. What was read with backslashes stays a quoted string.
void write_octets(auto& out, const text& value) {
    if (value.is_nil()) {
        out.raw("NIL");
    } else if (value.how() == spelling::escaped) {
        out.string(value);
    } else {
        out.literal(value);
    }
}

} // namespace detail

// "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
struct flags {
    using word = mailwire::word<slot::msg_att, "FLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_fetch_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    seq_of<text> value = {};

    static flags read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_fetch_text>(value); }
    friend bool operator==(const flags&, const flags&) = default;
};

// "UID" SP uniqueid
struct uid {
    using word = mailwire::word<slot::msg_att, "UID">;
    using tail = grammar::seq<grammar::sp, grammar::uniqueid>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::uint32_t value = 0;

    static uid read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const {
        out.require(value != 0);
        out.sp().number(value);
    }
    friend bool operator==(const uid&, const uid&) = default;
};

// "INTERNALDATE" SP date-time. 26 octets as they stand between the quotes: "17-Jul-1996 02:44:25 -0700".
struct internal_date {
    using word = mailwire::word<slot::msg_att, "INTERNALDATE">;
    using tail = grammar::seq<grammar::sp, grammar::date_time>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view value = {};

    static internal_date read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const { out.sp().date_time(value); }
    friend bool operator==(const internal_date&, const internal_date&) = default;
};

// "RFC822.SIZE" SP number64. In octets.
struct rfc822_size {
    using word = mailwire::word<slot::msg_att, "RFC822.SIZE">;
    using tail = grammar::seq<grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::uint64_t value = 0;

    static rfc822_size read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const rfc822_size&, const rfc822_size&) = default;
};

// "ENVELOPE" SP envelope
struct envelope : envelope_fields {
    using word = mailwire::word<slot::msg_att, "ENVELOPE">;
    using tail = grammar::seq<grammar::sp, grammar::envelope>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static envelope read(cursor& c) { return {envelope_fields::read(c)}; }
    void write(auto& out) const { envelope_fields::write(out.sp()); }
    friend bool operator==(const envelope&, const envelope&) = default;
};

// "BODYSTRUCTURE" SP body
struct body_structure : body {
    using word = mailwire::word<slot::msg_att, "BODYSTRUCTURE">;
    using tail = grammar::seq<grammar::sp, grammar::body>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static body_structure read(cursor& c) { return {body::read(c)}; }
    void write(auto& out) const { body::write(out.sp()); }
    friend bool operator==(const body_structure&, const body_structure&) = default;
};

// "BODY" SP body: the structure without its extension data
struct body_outline : body {
    using word = mailwire::word<slot::msg_att, "BODY">;
    using tail = grammar::seq<grammar::sp, grammar::body>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static body_outline read(cursor& c) { return {body::read(c)}; }
    void write(auto& out) const { body::write(out.sp()); }
    friend bool operator==(const body_outline&, const body_outline&) = default;
};

// "BODY" section ["<" number ">"] SP nstring. The octets of a section; nil where the message has no such part. Of a
// literal that streams only size and index are here.
struct body_section {
    using word = mailwire::word<slot::msg_att, "BODY[">;
    using tail = grammar::seq<grammar::section, grammar::detail::origin, grammar::sp, grammar::nstring>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    imap::section section = {};
    std::optional<std::uint64_t> origin = {}; // the first octet, where only a part of the section was asked for
    text value = text::nil();

    static body_section read(cursor& c) {
        body_section b;
        b.section = imap::section::read(c);
        if (!c.skip_absent() && c.more()) b.origin = c.number();
        b.value = c.text();
        return b;
    }
    void write(auto& out) const {
        section.write(out);
        if (origin) out.raw("<").number(*origin).raw(">");
        detail::write_octets(out.sp(), value);
    }
    friend bool operator==(const body_section&, const body_section&) = default;
};

// "BINARY" section-binary ["<" number ">"] SP (nstring / literal8). The octets of a part without its transfer encoding;
// nil where the message has no such part. Of a literal that streams only size and index are here. RFC 3516 4.2 has the
// first octet of a partial answer, which the ABNF forgets (erratum 7246).
struct binary_section {
    using word = mailwire::word<slot::msg_att, "BINARY[">;
    using tail = grammar::seq<grammar::section_binary, grammar::detail::origin, grammar::sp,
                              grammar::sor<grammar::nstring, grammar::literal8>>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view part = {}; // "1.2"; empty: the message
    std::optional<std::uint64_t> origin = {};
    text value = text::nil();

    static binary_section read(cursor& c) {
        binary_section b;
        b.part = c.raw();
        if (!c.skip_absent() && c.more()) b.origin = c.number();
        b.value = c.text();
        return b;
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
        if (origin) out.raw("<").number(*origin).raw(">");
        out.sp();
        if (value.is_binary() || value.spelled().find('\0') != std::string_view::npos) {
            out.literal8(value);
        } else {
            detail::write_octets(out, value);
        }
    }
    friend bool operator==(const binary_section&, const binary_section&) = default;
};

// "BINARY.SIZE" section-binary SP number: how many octets BINARY gives. Counted in 63 bits, as in BODYSTRUCTURE.
struct binary_size {
    using word = mailwire::word<slot::msg_att, "BINARY.SIZE[">;
    using tail = grammar::seq<grammar::section_binary, grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view part = {};
    std::uint64_t value = 0;

    static binary_size read(cursor& c) {
        const std::string_view name = c.raw();
        return {name, c.number()};
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("] ").number(value);
    }
    friend bool operator==(const binary_size&, const binary_size&) = default;
};

struct msg_atts : extension<flags, uid, internal_date, rfc822_size, envelope, body_structure, body_outline,
                            body_section, binary_section, binary_size> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/resp_text_code.hpp
// The codes of status responses (RFC 9051 7.1; 9, resp-text-code).
namespace mailwire::imap {

// A code that is a word and nothing else.
template <fixed_string Word> using code = bare_word<slot::resp_text_code, Word>;

// A code with one number that is not zero.
template <fixed_string Word, typename Tail = grammar::seq<grammar::sp, grammar::nz_number>> struct code_number {
    using word = mailwire::word<slot::resp_text_code, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t value = 0;

    static code_number read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().template number<grammar::nz_number>(value); }
    friend bool operator==(const code_number&, const code_number&) = default;
};

using code_alert = code<"ALERT">;
using code_parse = code<"PARSE">;
using code_read_only = code<"READ-ONLY">;
using code_read_write = code<"READ-WRITE">;
using code_trycreate = code<"TRYCREATE">;
using code_uidnotsticky = code<"UIDNOTSTICKY">;
using code_closed = code<"CLOSED">;
using code_unavailable = code<"UNAVAILABLE">;
using code_authenticationfailed = code<"AUTHENTICATIONFAILED">;
using code_authorizationfailed = code<"AUTHORIZATIONFAILED">;
using code_expired = code<"EXPIRED">;
using code_privacyrequired = code<"PRIVACYREQUIRED">;
using code_contactadmin = code<"CONTACTADMIN">;
using code_noperm = code<"NOPERM">;
using code_inuse = code<"INUSE">;
using code_expungeissued = code<"EXPUNGEISSUED">;
using code_corruption = code<"CORRUPTION">;
using code_serverbug = code<"SERVERBUG">;
using code_clientbug = code<"CLIENTBUG">;
using code_cannot = code<"CANNOT">;
using code_limit = code<"LIMIT">;
using code_overquota = code<"OVERQUOTA">;
using code_alreadyexists = code<"ALREADYEXISTS">;
using code_nonexistent = code<"NONEXISTENT">;
using code_notsaved = code<"NOTSAVED">;
using code_haschildren = code<"HASCHILDREN">;
using code_unknown_cte = code<"UNKNOWN-CTE">;
using code_uidnext = code_number<"UIDNEXT">;
using code_uidvalidity = code_number<"UIDVALIDITY">;

// "BADCHARSET" [SP "(" charset *(SP charset) ")" ]
struct code_badcharset {
    using word = mailwire::word<slot::resp_text_code, "BADCHARSET">;
    using tail =
        maybe<grammar::seq<grammar::sp,
                           list_tok<grammar::seq<grammar::lp, separated<grammar::charset, grammar::sp>, grammar::rp>>>>;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> charsets = {};

    static code_badcharset read(cursor& c) {
        if (c.skip_absent()) return {};
        return {seq_of<text>(c.enter())};
    }
    void write(auto& out) const {
        if (!charsets.empty()) out.sp().parens(charsets, [&out](const text& name) { out.charset(name); });
    }
    friend bool operator==(const code_badcharset&, const code_badcharset&) = default;
};

// capability-data as a code
struct code_capability {
    using word = mailwire::word<slot::resp_text_code, "CAPABILITY">;
    using tail = grammar::capability_data;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> capabilities = {};

    static code_capability read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const code_capability&, const code_capability&) = default;
};

// "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")"
struct code_permanentflags {
    using word = mailwire::word<slot::resp_text_code, "PERMANENTFLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_perm_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> flags = {};

    static code_permanentflags read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_perm_text>(flags); }
    friend bool operator==(const code_permanentflags&, const code_permanentflags&) = default;
};

// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid ; RFC 4315 lets append-uid be a uid-set
struct code_appenduid {
    using word = mailwire::word<slot::resp_text_code, "APPENDUID">;
    using tail = grammar::resp_code_apnd;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t uidvalidity = 0;
    sequence_set uids = {};

    static code_appenduid read(cursor& c) {
        const std::uint32_t validity = c.number32();
        return {validity, sequence_set::read(c)};
    }
    void write(auto& out) const {
        out.require(uids.has_numbers_only());
        uids.write(out.sp().template number<grammar::nz_number>(uidvalidity).sp());
    }
    friend bool operator==(const code_appenduid&, const code_appenduid&) = default;
};

// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
struct code_copyuid {
    using word = mailwire::word<slot::resp_text_code, "COPYUID">;
    using tail = grammar::resp_code_copy;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t uidvalidity = 0;
    sequence_set from = {};
    sequence_set to = {};

    static code_copyuid read(cursor& c) {
        const std::uint32_t validity = c.number32();
        const sequence_set from = sequence_set::read(c);
        return {validity, from, sequence_set::read(c)};
    }
    void write(auto& out) const {
        out.require(from.has_numbers_only() && to.has_numbers_only());
        from.write(out.sp().template number<grammar::nz_number>(uidvalidity).sp());
        to.write(out.sp());
    }
    friend bool operator==(const code_copyuid&, const code_copyuid&) = default;
};

struct resp_text_codes
    : extension<extension<code_alert, code_parse, code_read_only, code_read_write, code_trycreate, code_uidnotsticky,
                          code_closed, code_unavailable, code_authenticationfailed, code_authorizationfailed,
                          code_expired, code_privacyrequired, code_contactadmin, code_noperm, code_inuse>,
                extension<code_expungeissued, code_corruption, code_serverbug, code_clientbug, code_cannot, code_limit,
                          code_overquota, code_alreadyexists, code_nonexistent, code_notsaved, code_haschildren,
                          code_unknown_cte, code_uidnext, code_uidvalidity>,
                code_badcharset, code_capability, code_permanentflags, code_appenduid, code_copyuid> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/search_key.hpp
// What a SEARCH looks for (RFC 9051 6.4.4; 9, search-key).
namespace mailwire::imap {

// One criterion: a word with its arguments, a set of messages, or several criteria that must all hold.
class search_key {
public:
    using one_field = void;

    constexpr search_key() = default;
    template <alternative Alt> constexpr search_key(const Alt& key) : key_(key) {}
    constexpr search_key(sequence_set messages) : messages_(messages) {}
    constexpr search_key(seq_of<search_key> all) : all_(all), is_group_(true) {}

    static search_key read(cursor& c) {
        if (c.at_item()) {
            search_key k;
            k.key_ = item<slot::search_key>::read(c);
            return k;
        }
        if (c.at_list()) return seq_of<search_key>(c.enter());
        return sequence_set::read(c);
    }

    // Exactly one of the three says what this criterion is.
    const item<slot::search_key>& word() const { return key_; }
    bool is_set() const { return !key_ && !is_group_; }
    const sequence_set& messages() const { return messages_; }
    bool is_group() const { return is_group_; }
    const seq_of<search_key>& all() const { return all_; }

    void write(auto& out) const {
        if (key_) {
            out.put(key_);
        } else if (is_group_) {
            out.require(!all_.empty());
            out.parens(all_, [&out](const search_key& k) { k.write(out); });
        } else {
            out.note_numbers(messages_);
            messages_.write(out);
        }
    }

private:
    item<slot::search_key> key_ = {};
    sequence_set messages_ = {};
    seq_of<search_key> all_ = {};
    bool is_group_ = false;
};

// A criterion that is a word and nothing else.
template <fixed_string Word> using key_word = bare_word<slot::search_key, Word>;

// A word and a text to look for.
template <fixed_string Word> struct key_text {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::astring>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text value = {};

    static key_text read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().astring(value); }
};

// A word and a date: "1-Feb-1994".
template <fixed_string Word> struct key_date {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::date>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    std::string_view value = {};

    static key_date read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const { out.sp().date(value); }
};

// A word and a size in octets.
template <fixed_string Word> struct key_size {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    std::uint64_t value = 0;

    static key_size read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
};

// A word and a keyword flag.
template <fixed_string Word> struct key_flag {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, tok<token_kind::atom, grammar::flag_keyword>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text value = {};

    static key_flag read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().atom(value); }
};

namespace key {

using all = key_word<"ALL">;
using answered = key_word<"ANSWERED">;
using deleted = key_word<"DELETED">;
using draft = key_word<"DRAFT">;
using flagged = key_word<"FLAGGED">;
using seen = key_word<"SEEN">;
using unanswered = key_word<"UNANSWERED">;
using undeleted = key_word<"UNDELETED">;
using undraft = key_word<"UNDRAFT">;
using unflagged = key_word<"UNFLAGGED">;
using unseen = key_word<"UNSEEN">;
using bcc = key_text<"BCC">;
using body = key_text<"BODY">;
using cc = key_text<"CC">;
using from = key_text<"FROM">;
using subject = key_text<"SUBJECT">;
using text = key_text<"TEXT">;
using to = key_text<"TO">;
using before = key_date<"BEFORE">;
using on = key_date<"ON">;
using since = key_date<"SINCE">;
using sent_before = key_date<"SENTBEFORE">;
using sent_on = key_date<"SENTON">;
using sent_since = key_date<"SENTSINCE">;
using larger = key_size<"LARGER">;
using smaller = key_size<"SMALLER">;
using keyword = key_flag<"KEYWORD">;
using unkeyword = key_flag<"UNKEYWORD">;

// "HEADER" SP header-fld-name SP astring
struct header {
    using word = mailwire::word<slot::search_key, "HEADER">;
    using tail = grammar::seq<grammar::sp, grammar::header_fld_name, grammar::sp, grammar::astring>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    mailwire::text name = {};
    mailwire::text value = {};

    static header read(cursor& c) {
        const mailwire::text field = c.text();
        return {field, c.text()};
    }
    void write(auto& out) const { out.sp().astring(name).sp().astring(value); }
};

// "UID" SP sequence-set
struct uid {
    using word = mailwire::word<slot::search_key, "UID">;
    using tail = grammar::seq<grammar::sp, grammar::sequence_set>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    sequence_set value = {};

    static uid read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { value.write(out.sp()); }
};

// "NOT" SP search-key
struct not_ {
    using word = mailwire::word<slot::search_key, "NOT">;
    using tail = grammar::seq<grammar::sp, grammar::detail::deeper_key>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    search_key value = {};

    static not_ read(cursor& c) { return {search_key::read(c)}; }
    void write(auto& out) const { value.write(out.sp()); }
};

// "OR" SP search-key SP search-key
struct or_ {
    using word = mailwire::word<slot::search_key, "OR">;
    using tail = grammar::seq<grammar::sp, grammar::detail::deeper_key, grammar::sp, grammar::detail::deeper_key>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    search_key one = {};
    search_key other = {};

    static or_ read(cursor& c) {
        const search_key first = search_key::read(c);
        return {first, search_key::read(c)};
    }
    void write(auto& out) const {
        one.write(out.sp());
        other.write(out.sp());
    }
};

} // namespace key

struct search_keys : extension<extension<key::all, key::answered, key::deleted, key::draft, key::flagged, key::seen,
                                         key::unanswered, key::undeleted, key::undraft, key::unflagged, key::unseen>,
                               extension<key::bcc, key::body, key::cc, key::from, key::subject, key::text, key::to,
                                         key::before, key::on, key::since, key::sent_before, key::sent_on,
                                         key::sent_since, key::larger, key::smaller, key::keyword, key::unkeyword>,
                               key::header, key::uid, key::not_, key::or_> {};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/rev1.hpp
// What IMAP4rev1 (RFC 3501) has and RFC 9051 has dropped, in force with forms::rev1. The responses RECENT and SEARCH
// are no part of it: RFC 9051 still knows them.
namespace mailwire::imap {

namespace rev1 {

// An alternative that is a word and nothing else.
template <typename Slot, fixed_string Word> struct bare_word {
    using word = mailwire::word<Slot, Word>;
    using tail = form<forms::rev1, pegtl::success>;
    static constexpr std::string_view rfc = "RFC 3501 9";

    static bare_word read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const bare_word&, const bare_word&) = default;
};

} // namespace rev1

namespace grammar {

// lsub = "LSUB" SP mailbox SP list-mailbox (RFC 3501 9)
// PEG: the slot takes the word.
struct lsub : seq<sp, mailbox, sp, list_mailbox> {
    static constexpr std::string_view rfc = "RFC 3501 6.3.9";
};

namespace detail {

// The mailbox-list of RFC 3501, which ends with the mailbox.
struct lsub_data : seq<sp, list_tok<seq<lp, opt<mbx_list_flags>, rp>>, sp, delimiter, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 3501 7.2.3";
};

} // namespace detail
} // namespace grammar

// A checkpoint of the selected mailbox. NOOP does as well, and is what RFC 9051 has kept.
struct check {
    using word = mailwire::word<slot::command, "CHECK">;
    using tail = form<forms::rev1, pegtl::success>;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 3501 6.4.1";

    static check read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const check&, const check&) = default;
};

// The mailboxes a user is subscribed to; LIST (SUBSCRIBED) in RFC 9051.
struct lsub {
    using word = mailwire::word<slot::command, "LSUB">;
    using tail = form<forms::rev1, grammar::lsub>;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr std::string_view rfc = "RFC 3501 6.3.9";
    text reference = {};
    text pattern = {};

    static lsub read(cursor& c) {
        const text root = c.text();
        return {root, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(reference).sp().list_mailbox(pattern); }
    friend bool operator==(const lsub&, const lsub&) = default;
};

// "LSUB" SP mailbox-list. A nil delimiter means that the name has no hierarchy.
struct lsub_data {
    using word = mailwire::word<slot::response_data, "LSUB">;
    using tail = form<forms::rev1, grammar::detail::lsub_data>;
    static constexpr std::string_view rfc = "RFC 3501 7.2.3";
    seq_of<text> attributes = {};
    text delimiter = text::nil();
    text mailbox = {};

    static lsub_data read(cursor& c) {
        lsub_data l;
        l.attributes = seq_of<text>(c.enter());
        l.delimiter = c.text();
        l.mailbox = c.text();
        return l;
    }
    void write(auto& out) const {
        write_attributes(out.sp(), attributes);
        write_delimiter(out.sp(), delimiter);
        out.sp().mailbox(mailbox);
    }
    friend bool operator==(const lsub_data&, const lsub_data&) = default;
};

// fetch-att: "RFC822" / "RFC822.HEADER" / "RFC822.TEXT", as BODY[], BODY.PEEK[HEADER] and BODY[TEXT]
using fetch_rfc822 = rev1::bare_word<slot::fetch_att, "RFC822">;
using fetch_rfc822_header = rev1::bare_word<slot::fetch_att, "RFC822.HEADER">;
using fetch_rfc822_text = rev1::bare_word<slot::fetch_att, "RFC822.TEXT">;

// msg-att-static: "RFC822" [".HEADER" / ".TEXT"] SP nstring
template <fixed_string Word> struct rfc822_part {
    using word = mailwire::word<slot::msg_att, Word>;
    using tail = form<forms::rev1, grammar::seq<grammar::sp, grammar::nstring>>;
    static constexpr std::string_view rfc = "RFC 3501 7.4.2";
    text value = text::nil();

    static rfc822_part read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { detail::write_octets(out.sp(), value); }
    friend bool operator==(const rfc822_part&, const rfc822_part&) = default;
};
using rfc822 = rfc822_part<"RFC822">;
using rfc822_header = rfc822_part<"RFC822.HEADER">;
using rfc822_text = rfc822_part<"RFC822.TEXT">;

namespace key {

using new_ = rev1::bare_word<slot::search_key, "NEW">;
using old = rev1::bare_word<slot::search_key, "OLD">;
using recent = rev1::bare_word<slot::search_key, "RECENT">;

} // namespace key

// status-att "RECENT", in the answer with a number
using status_recent = rev1::bare_word<slot::status_att, "RECENT">;
using recent_count = status_number<"RECENT", form<forms::rev1, grammar::number>>;

// "UNSEEN" SP nz-number: the number of the first message that was not seen
using code_unseen = code_number<"UNSEEN", form<forms::rev1, grammar::seq<grammar::sp, grammar::nz_number>>>;

struct imap4rev1
    : extension<check, lsub, lsub_data, fetch_rfc822, fetch_rfc822_header, fetch_rfc822_text, rfc822, rfc822_header,
                rfc822_text, key::new_, key::old, key::recent, status_recent, recent_count, code_unseen> {
    static constexpr std::string_view capability = "IMAP4rev1";
};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/esearch.hpp
// RFC 9051 9 and RFC 7162 7: what a search has found.
namespace mailwire::imap::grammar {

// tag-string = astring
struct tag_string : astring {};

// search-correlator = SP "(" "TAG" SP tag-string ")"
struct search_correlator : seq<sp, lp, keyword<"TAG">, sp, tag_string, rp> {};

// search-return-data = "MIN" SP nz-number / "MAX" SP nz-number / "ALL" SP sequence-set / "COUNT" SP number /
//                      search-ret-data-ext
// PEG: "UID" stands before the data and is none of it.
struct search_return_data : seq<not_at<keyword<"UID">>, slot_rule<slot::search_return_data>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
};

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
// PEG: the slot takes the word.
struct esearch_response : seq<maybe<search_correlator>, maybe<seq<sp, tok<token_kind::raw, keyword<"UID">>>>,
                              list_tok<star<sp, search_return_data>>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
};

namespace detail {

inline constexpr std::uint64_t largest_mod_sequence = 9223372036854775807U;

} // namespace detail

// mod-sequence-value = 1*DIGIT ; 1 to 2^63 - 1, whatever the revision of IMAP
struct mod_sequence_value
    : tok<token_kind::number, seq<star<ch<'0'>>, number_up_to<detail::largest_mod_sequence, digit_nz>>> {};

// search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")"
struct search_sort_mod_seq : seq<lp, keyword<"MODSEQ">, sp, mod_sequence_value, rp> {
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
};

namespace detail {

struct found_numbers : tok<token_kind::raw, plus<sp, nz_number>> {
    using island = void;
};

} // namespace detail

// obsolete-search-response = "SEARCH" *(SP nz-number)
// RFC 7162: "SEARCH" [1*(SP nz-number) SP search-sort-mod-seq]
// PEG: the slot takes the word. The numbers are one token.
struct obsolete_search_response : sor<seq<detail::found_numbers, maybe<seq<sp, search_sort_mod_seq>>>,
                                      seq<tok<token_kind::raw, pegtl::success>, absent_tok>> {
    static constexpr std::string_view rfc = "RFC 3501 7.2.5";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/vanished_data.hpp
namespace mailwire::imap {

namespace grammar {

// known-uids = sequence-set ; "*" is not allowed (RFC 7162 7)
struct known_uids : detail::same_as<uid_set> {};

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids (RFC 7162 7)
// PEG: the slot takes the word.
struct expunged_resp : seq<maybe<seq<sp, tok<token_kind::raw, kw<"(EARLIER)">>>>, sp, known_uids> {
    static constexpr std::string_view rfc = "RFC 7162 3.2.10";
};

} // namespace grammar

// Messages that are gone, by unique identifier. QRESYNC and UIDONLY both send it, and a program may speak either: it is
// part of what every program reads.
struct vanished_data {
    using word = mailwire::word<slot::response_data, "VANISHED">;
    using tail = grammar::expunged_resp;
    static constexpr std::string_view rfc = "RFC 7162 3.2.10";
    sequence_set uids = {};
    bool earlier = false; // gone before the mailbox was selected: message numbers stay as they are

    static vanished_data read(cursor& c) {
        vanished_data v;
        v.earlier = !c.at_absent();
        c.skip();
        v.uids = sequence_set::read(c);
        return v;
    }
    // As for expunge_data.
    bool renumbers() const { return !earlier; }
    void write(auto& out) const {
        out.require(uids.has_numbers_only());
        if (earlier) out.raw(" (EARLIER)");
        uids.write(out.sp());
    }
    friend bool operator==(const vanished_data&, const vanished_data&) = default;
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/rfc7162.hpp
// RFC 7162: every change of a message has a number (CONDSTORE), and with these a client catches up (QRESYNC).
namespace mailwire::imap {

namespace grammar {

// mod-sequence-valzer = "0" / mod-sequence-value
struct mod_sequence_valzer : sor<mod_sequence_value, tok<token_kind::number, ch<'0'>>> {};

// permsg-modsequence = mod-sequence-value
struct permsg_modsequence : mod_sequence_value {};

// fetch-mod-resp = "MODSEQ" SP "(" permsg-modsequence ")"
// PEG: the slot takes the word.
struct fetch_mod_resp : seq<sp, lp, permsg_modsequence, rp> {};

// attr-flag-keyword = atom
struct attr_flag_keyword : run_of<atom_char> {};

// attr-flag-extension = "\\" atom
struct attr_flag_extension : seq<exact<"\\\\">, run_of<atom_char>> {};

// attr-flag = "\\Answered" / "\\Flagged" / "\\Deleted" / "\\Seen" / "\\Draft" / attr-flag-keyword / attr-flag-extension
//           ; Does not include "\\Recent"
// PEG: the flags with names of their own have the form of an attr-flag-extension.
struct attr_flag : sor<seq<not_at<seq<exact<"\\\\">, keyword<"Recent">>>, attr_flag_extension>, attr_flag_keyword> {};

// entry-flag-name = DQUOTE "/flags/" attr-flag DQUOTE
// One token, the flag with the backslashes of a quoted string.
struct entry_flag_name : seq<ch<'"'>, kw<"/flags/">, tok<token_kind::escaped, attr_flag>, ch<'"'>> {};

// entry-name = entry-flag-name
struct entry_name : entry_flag_name {};

// entry-type-resp = "priv" / "shared"
struct entry_type_resp : sor<keyword<"priv">, keyword<"shared">> {};

// entry-type-req = entry-type-resp / "all"
struct entry_type_req : tok<token_kind::raw, sor<entry_type_resp, keyword<"all">>> {};

// search-modseq-ext = SP entry-name SP entry-type-req
struct search_modseq_ext : seq<sp, entry_name, sp, entry_type_req> {};

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
// PEG: the slot takes the word.
struct search_modsequence : seq<sor<search_modseq_ext, seq<absent_tok, absent_tok>>, sp, mod_sequence_valzer> {
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
};

// uidvalidity = nz-number
struct uidvalidity : nz_number {};

// known-sequence-set = sequence-set ; "*" is not allowed
struct known_sequence_set : detail::same_as<uid_set> {};

// known-uid-set = sequence-set ; "*" is not allowed
struct known_uid_set : detail::same_as<uid_set> {};

// seq-match-data = "(" known-sequence-set SP known-uid-set ")"
struct seq_match_data : seq<lp, known_sequence_set, sp, known_uid_set, rp> {};

namespace detail {

// "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
struct qresync_param
    : seq<sp, lp, uidvalidity, sp, mod_sequence_value, maybe<seq<sp, known_uids>>,
          sor<form<forms::message_numbers, seq<sp, seq_match_data>>, seq<absent_tok, absent_tok>>, rp> {
    static constexpr std::string_view rfc = "RFC 7162 3.2.5";
};

} // namespace detail
} // namespace grammar

// A word and a mod-sequence: what has changed since, or what the highest one is.
template <typename Slot, fixed_string Word, typename Number = grammar::mod_sequence_value> struct mod_sequence {
    using word = mailwire::word<Slot, Word>;
    using tail = grammar::seq<grammar::sp, Number>;
    static constexpr std::string_view rfc = "RFC 7162 3.1";
    std::uint64_t value = 0;

    static mod_sequence read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().template number<Number>(value); }
    friend bool operator==(const mod_sequence&, const mod_sequence&) = default;
};

// resp-text-code =/ "HIGHESTMODSEQ" SP mod-sequence-value / "NOMODSEQ" / "MODIFIED" SP sequence-set
using code_highestmodseq = mod_sequence<slot::resp_text_code, "HIGHESTMODSEQ">;
using code_nomodseq = bare_word<slot::resp_text_code, "NOMODSEQ">;

// The messages a conditional STORE has left alone; unique identifiers in the answer to UID STORE.
struct code_modified {
    using word = mailwire::word<slot::resp_text_code, "MODIFIED">;
    using tail = grammar::seq<grammar::sp, grammar::detail::sent_set>;
    static constexpr std::string_view rfc = "RFC 7162 3.1.3";
    sequence_set messages = {};

    static code_modified read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const {
        out.require(!messages.is_last_result());
        messages.write(out.sp());
    }
    friend bool operator==(const code_modified&, const code_modified&) = default;
};

// status-att =/ "HIGHESTMODSEQ" ; status-att-val =/ "HIGHESTMODSEQ" SP mod-sequence-valzer
using status_highestmodseq = status_word<"HIGHESTMODSEQ">;
using highestmodseq = mod_sequence<slot::status_att_val, "HIGHESTMODSEQ", grammar::mod_sequence_valzer>;

// chgsince-fetch-mod = "CHANGEDSINCE" SP mod-sequence-value, rexpunges-fetch-mod = "VANISHED" (of UID FETCH alone)
using changedsince = mod_sequence<slot::fetch_modifier, "CHANGEDSINCE">;
using fetch_vanished = bare_word<slot::fetch_modifier, "VANISHED">;

// store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer
using unchangedsince = mod_sequence<slot::store_modifier, "UNCHANGEDSINCE", grammar::mod_sequence_valzer>;

// fetch-mod-sequence = "MODSEQ"
using fetch_modseq = bare_word<slot::fetch_att, "MODSEQ">;

// msg-att-dynamic =/ fetch-mod-resp
struct modseq {
    using word = mailwire::word<slot::msg_att, "MODSEQ">;
    using tail = grammar::fetch_mod_resp;
    static constexpr std::string_view rfc = "RFC 7162 3.1.4.2";
    std::uint64_t value = 0;

    static modseq read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.raw(" (").template number<grammar::permsg_modsequence>(value).raw(")"); }
    friend bool operator==(const modseq&, const modseq&) = default;
};

namespace found {

// In ESEARCH: the highest of the messages found.
using modseq = mod_sequence<slot::search_return_data, "MODSEQ">;

} // namespace found

// Whose flag a search means, where users have their own (entry-type-req).
enum class entry_type : std::uint8_t { all, shared, private_ };

namespace key {

// search-modsequence: what has changed with this number or a higher one.
struct modseq {
    using word = mailwire::word<slot::search_key, "MODSEQ">;
    using tail = grammar::search_modsequence;
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
    std::uint64_t value = 0;
    mailwire::text flag = mailwire::text::nil(); // only changes of this flag; nil: any change
    entry_type type = entry_type::all;           // of the flag

    static modseq read(cursor& c) {
        modseq m;
        if (c.at_absent()) {
            c.skip();
            c.skip();
        } else {
            m.flag = c.text();
            const char letter = to_upper(c.raw().front());
            m.type = letter == 'A' ? entry_type::all : letter == 'S' ? entry_type::shared : entry_type::private_;
        }
        m.value = c.number();
        return m;
    }
    void write(auto& out) const {
        if (!flag.is_nil()) write_entry(out);
        out.sp().template number<grammar::mod_sequence_valzer>(value);
    }
    friend bool operator==(const modseq&, const modseq&) = default;

private:
    // The flag's backslash is written as two: it stands in a quoted string.
    void write_entry(auto& out) const {
        std::string_view name = flag.spelled();
        out.raw(" \"/flags/");
        if (flag.how() == spelling::plain && name.starts_with('\\')) {
            name.remove_prefix(1);
            out.require(!equal_ignoring_case(name, "Recent"));
            out.raw("\\\\").template judged<grammar::attr_flag_keyword>(name);
        } else {
            out.template judged<grammar::attr_flag>(name);
        }
        out.raw(type == entry_type::all      ? constant("\" all")
                : type == entry_type::shared ? constant("\" shared")
                                             : constant("\" priv"));
    }
};

} // namespace key

// select-param =/ condstore-param = "CONDSTORE"
using condstore_param = bare_word<slot::select_param, "CONDSTORE">;

// select-param =/ "QRESYNC" SP "(" ... ")": what the client knows of the mailbox
struct qresync_param {
    using word = mailwire::word<slot::select_param, "QRESYNC">;
    using tail = grammar::detail::qresync_param;
    static constexpr std::string_view rfc = "RFC 7162 3.2.5";
    std::uint32_t uidvalidity = 0;
    std::uint64_t modseq = 0;
    sequence_set known_uids = {};    // empty: all up to the highest
    sequence_set known_numbers = {}; // some message numbers, ascending; empty: none are told
    sequence_set uids_of_them = {};  // their unique identifiers

    static qresync_param read(cursor& c) {
        qresync_param q;
        q.uidvalidity = c.number32();
        q.modseq = c.number();
        if (!c.skip_absent()) q.known_uids = sequence_set::read(c);
        if (!c.skip_absent()) q.known_numbers = sequence_set::read(c);
        if (!c.skip_absent()) q.uids_of_them = sequence_set::read(c);
        return q;
    }
    void write(auto& out) const {
        out.raw(" (").template number<grammar::uidvalidity>(uidvalidity).sp();
        out.template number<grammar::mod_sequence_value>(modseq);
        out.require(known_uids.has_numbers_only() && known_numbers.has_numbers_only());
        out.require(uids_of_them.has_numbers_only() && known_numbers.empty() == uids_of_them.empty());
        if (!known_uids.empty()) known_uids.write(out.sp());
        if (!known_numbers.empty()) {
            out.require(out.may_number()); // RFC 9586 3.6
            known_numbers.write(out.raw(" ("));
            uids_of_them.write(out.sp());
            out.raw(")");
        }
        out.raw(")");
    }
    friend bool operator==(const qresync_param&, const qresync_param&) = default;
};

// RFC 7162 3.1: what enables CONDSTORE without ENABLE.
template <> inline constexpr std::uint32_t switched_on_by<condstore_param> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<status_highestmodseq> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<fetch_modseq> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<changedsince> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<unchangedsince> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<key::modseq> = modes::condstore;

struct condstore
    : extension<code_highestmodseq, code_nomodseq, code_modified, status_highestmodseq, highestmodseq, changedsince,
                unchangedsince, fetch_modseq, modseq, found::modseq, key::modseq, condstore_param> {
    static constexpr std::string_view capability = "CONDSTORE";
    static constexpr std::uint32_t enables = modes::condstore;
};

// A server with QRESYNC has CONDSTORE (RFC 7162 3.2.3); VANISHED is read by every program.
struct qresync : extension<qresync_param, fetch_vanished> {
    using implies = condstore;
    static constexpr std::string_view capability = "QRESYNC";
    static constexpr std::uint32_t enables = modes::condstore | modes::qresync;
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/uidonly.hpp
// RFC 9586: no message numbers, only unique identifiers. Once a client has enabled it, forms::message_numbers is out of
// force, and VANISHED (model/vanished_data.hpp) stands for EXPUNGE.
namespace mailwire::imap {

namespace grammar {

// uidfetch-resp = uniqueid SP "UIDFETCH" SP msg-att
// PEG: the slot takes the number and the word.
struct uidfetch_resp : seq<sp, msg_att> {
    static constexpr std::string_view rfc = "RFC 9586 3.3";
};

} // namespace grammar

// message-data =/ uidfetch-resp: what FETCH is otherwise
struct uidfetch_data {
    using word = mailwire::word<slot::message_data, "UIDFETCH">;
    using tail = grammar::uidfetch_resp;
    static constexpr std::string_view rfc = "RFC 9586 3.3";
    std::uint32_t uid = 0;
    items<slot::msg_att> att = {};

    static uidfetch_data read(cursor& c) {
        const std::uint32_t number = c.number32();
        return {number, items<slot::msg_att>(c.enter())};
    }
    void write_lead(auto& out) const {
        out.require(uid != 0);
        out.number(uid).sp();
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

// resp-text-code =/ "UIDREQUIRED": the command has used message numbers
using code_uidrequired = bare_word<slot::resp_text_code, "UIDREQUIRED">;

struct uidonly_extension : extension<uidfetch_data, code_uidrequired> {
    static constexpr std::string_view capability = "UIDONLY";
    static constexpr std::uint32_t enables = modes::uidonly;
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/unauthenticate.hpp
// RFC 8437: back to the state before the login, for the next user of the connection. All that was enabled ends.
namespace mailwire::imap {

// command-auth =/ "UNAUTHENTICATE"
using unauthenticate = plain_command<"UNAUTHENTICATE", legal_in::authenticated, command_effect::unauthenticates>;

struct unauthenticate_extension : extension<unauthenticate> {
    static constexpr std::string_view capability = "UNAUTHENTICATE";
};

} // namespace mailwire::imap

// ---- mailwire/imap/ext/utf8_accept.hpp
// RFC 6855, RFC 9755: a session of revision 1 with UTF-8 in its quoted strings and its mailbox names. It adds no words; a
// session that has enabled it reads and writes UTF-8.
namespace mailwire::imap {

struct utf8_accept_extension : extension<> {
    static constexpr std::string_view capability = "UTF8=ACCEPT";
    static constexpr std::uint32_t enables = modes::utf8;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/append.hpp
namespace mailwire::imap {

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
// The message is text::streamed(octets) where its octets follow through the session.
struct append {
    using word = mailwire::word<slot::command, "APPEND">;
    using tail = grammar::append;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr std::string_view rfc = "RFC 9051 6.3.12";
    text mailbox = {};
    seq_of<text> flags = {};
    std::string_view date = {}; // empty: the server's own; else as internal_date::value
    text message = {};

    static append read(cursor& c) {
        append a;
        a.mailbox = c.text();
        if (!c.skip_absent()) a.flags = seq_of<text>(c.enter());
        if (!c.skip_absent()) a.date = c.raw();
        a.message = c.text();
        return a;
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        if (!flags.empty()) out.sp().template flags<grammar::flag_text>(flags);
        if (!date.empty()) out.sp().date_time(date);
        out.sp().literal(message);
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/session_command.hpp
// RFC 9051 9: commands about the session, and the lines that follow two of them.
namespace mailwire::imap::grammar {

// auth-type = atom
struct auth_type : detail::same_as<atom> {};

// initial-resp = (base64 / "=")
// PEG: a base64 of no octets is what "=" stands for; a space with nothing behind it is none.
struct initial_resp : tok<token_kind::raw, sor<ch<'='>, seq<at<one_of<base64_char>>, base64>>> {};

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
// PEG: the slot takes the word, and each line that follows is a unit of its own: authenticate_line.
struct authenticate : seq<sp, auth_type, maybe<seq<sp, initial_resp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
};

// A line of a client while AUTHENTICATE goes on: base64, or the "*" of RFC 9051 6.2.2 that cancels.
struct authenticate_line : seq<tok<token_kind::raw, sor<ch<'*'>, base64>>, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
};

// enable = "ENABLE" 1*(SP capability)
// PEG: the slot takes the word.
struct enable : list_tok<plus<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.1";
};

// enable-data = "ENABLED" *(SP capability)
// PEG: the slot takes the word.
struct enable_data : list_tok<star<sp, capability>> {
    static constexpr std::string_view rfc = "RFC 9051 7.2.1";
};

// idle = "IDLE" CRLF "DONE"
// PEG: the slot takes the word "IDLE"; the line that ends it is a unit of its own.
struct idle_done : seq<kw<"DONE">, crlf, at_end> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.13";
};

// password = astring
struct password : detail::same_as<astring> {};

// userid = astring
struct userid : detail::same_as<astring> {};

// login = "LOGIN" SP userid SP password
// PEG: the slot takes the word.
struct login : seq<sp, userid, sp, password> {
    static constexpr std::string_view rfc = "RFC 9051 6.2.3";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/enable.hpp
// What a client and a server agree on beyond the base protocol (RFC 9051 6.3.1, RFC 5161).
namespace mailwire::imap {

// enable = "ENABLE" 1*(SP capability)
struct enable {
    using word = mailwire::word<slot::command, "ENABLE">;
    using tail = grammar::enable;
    static constexpr std::string_view rfc = "RFC 9051 6.3.1";
    static constexpr legal_in legal = legal_in::before_selection;
    seq_of<text> capabilities = {};

    static enable read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const enable&, const enable&) = default;
};

// enable-data = "ENABLED" *(SP capability): what has just been enabled
struct enabled_data {
    using word = mailwire::word<slot::response_data, "ENABLED">;
    using tail = grammar::enable_data;
    static constexpr std::string_view rfc = "RFC 9051 7.2.1";
    seq_of<text> capabilities = {};

    static enabled_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        for (const text& name : capabilities)
            out.sp().atom(name);
    }
    friend bool operator==(const enabled_data&, const enabled_data&) = default;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/fetch_att.hpp
// What a FETCH command asks for (RFC 9051 6.4.5; 9, fetch-att).
namespace mailwire::imap {

// An item that is a word and nothing else.
template <fixed_string Word> using fetch_word = bare_word<slot::fetch_att, Word>;

using fetch_envelope = fetch_word<"ENVELOPE">;
using fetch_flags = fetch_word<"FLAGS">;
using fetch_internal_date = fetch_word<"INTERNALDATE">;
using fetch_rfc822_size = fetch_word<"RFC822.SIZE">;
using fetch_body_structure = fetch_word<"BODYSTRUCTURE">;
using fetch_body_outline = fetch_word<"BODY">;
using fetch_uid = fetch_word<"UID">;

// partial = "<" number64 "." nz-number64 ">": so many octets from an offset on (RFC 9051 6.4.5)
struct partial {
    std::uint64_t first = 0;
    std::uint64_t octets = 0;

    static std::optional<partial> read(cursor& c) {
        if (c.skip_absent()) return std::nullopt;
        const std::uint64_t from = c.number();
        return partial{from, c.number()};
    }
    void write(auto& out) const {
        out.raw("<").number(first).raw(".").template number<grammar::nz_number64>(octets).raw(">");
    }
    friend bool operator==(const partial&, const partial&) = default;
};

// "BODY" section [partial] sets \Seen, "BODY.PEEK" section [partial] does not.
template <fixed_string Word> struct fetch_section {
    using word = mailwire::word<slot::fetch_att, Word>;
    using tail = grammar::seq<grammar::section, maybe<grammar::partial>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    imap::section section = {};
    std::optional<imap::partial> partial = {};

    static fetch_section read(cursor& c) {
        fetch_section f;
        f.section = imap::section::read(c);
        f.partial = imap::partial::read(c);
        return f;
    }
    void write(auto& out) const {
        section.write(out);
        if (partial) partial->write(out);
    }
    friend bool operator==(const fetch_section&, const fetch_section&) = default;
};

using fetch_body = fetch_section<"BODY[">;
using fetch_body_peek = fetch_section<"BODY.PEEK[">;

// "BINARY" section-binary [partial] sets \Seen, "BINARY.PEEK" section-binary [partial] does not: the octets of a part
// without its transfer encoding.
template <fixed_string Word> struct fetch_section_binary {
    using word = mailwire::word<slot::fetch_att, Word>;
    using tail = grammar::seq<grammar::section_binary, maybe<grammar::partial>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    std::string_view part = {}; // "1.2"; empty: the message
    std::optional<imap::partial> partial = {};

    static fetch_section_binary read(cursor& c) {
        fetch_section_binary f;
        f.part = c.raw();
        f.partial = imap::partial::read(c);
        return f;
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
        if (partial) partial->write(out);
    }
    friend bool operator==(const fetch_section_binary&, const fetch_section_binary&) = default;
};

using fetch_binary = fetch_section_binary<"BINARY[">;
using fetch_binary_peek = fetch_section_binary<"BINARY.PEEK[">;

// "BINARY.SIZE" section-binary: how many octets BINARY would give
struct fetch_binary_size {
    using word = mailwire::word<slot::fetch_att, "BINARY.SIZE[">;
    using tail = grammar::section_binary;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    std::string_view part = {};

    static fetch_binary_size read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
    }
    friend bool operator==(const fetch_binary_size&, const fetch_binary_size&) = default;
};

struct fetch_atts : extension<fetch_envelope, fetch_flags, fetch_internal_date, fetch_rfc822_size, fetch_body_structure,
                              fetch_body_outline, fetch_uid, fetch_body, fetch_body_peek, fetch_binary,
                              fetch_binary_peek, fetch_binary_size> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/fetch.hpp
namespace mailwire::imap {

// "ALL", "FULL" and "FAST" stand for a list of items (RFC 9051 6.4.5).
enum class fetch_macro : std::uint8_t { none, all, full, fast };

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [fetch-modifiers]
// Modifiers are an extension's (RFC 4466 2.4), such as CHANGEDSINCE.
template <fixed_string Word, typename Tail> struct fetch_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    sequence_set messages = {};
    items<slot::fetch_att> att = {};
    fetch_macro macro = fetch_macro::none;
    items<slot::fetch_modifier> modifiers = {};

    static fetch_command read(cursor& c) {
        fetch_command f;
        f.messages = sequence_set::read(c);
        if (c.at_list()) {
            f.att = items<slot::fetch_att>(c.enter());
        } else {
            const std::string_view name = c.raw();
            f.macro = name.size() == 3           ? fetch_macro::all
                      : to_upper(name[1]) == 'U' ? fetch_macro::full
                                                 : fetch_macro::fast;
        }
        if (!c.skip_absent()) f.modifiers = items<slot::fetch_modifier>(c.enter());
        return f;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        write_what(out);
        if (!modifiers.empty()) out.raw(" (").items(modifiers).raw(")");
    }

private:
    void write_what(auto& out) const {
        switch (macro) {
        case fetch_macro::none:
            out.require(!att.empty());
            out.raw(" (").items(att).raw(")");
            break;
        case fetch_macro::all:
            out.raw(" ALL");
            break;
        case fetch_macro::full:
            out.raw(" FULL");
            break;
        case fetch_macro::fast:
            out.raw(" FAST");
            break;
        }
    }
};
using fetch = fetch_command<"FETCH", form<forms::message_numbers, grammar::fetch>>;
using uid_fetch = fetch_command<"UID FETCH", grammar::fetch>;

struct fetch_commands : extension<fetch, uid_fetch> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/list_command.hpp
namespace mailwire::imap {

// list-select-opt: which mailboxes (RFC 9051 6.3.9.1). RECURSIVEMATCH stands with SUBSCRIBED or another base option.
using select_subscribed = bare_word<slot::list_select_opt, "SUBSCRIBED">;
using select_remote = bare_word<slot::list_select_opt, "REMOTE">;
using select_recursivematch = bare_word<slot::list_select_opt, "RECURSIVEMATCH">;

// return-option: what to tell of them (RFC 9051 6.3.9.2)
using return_subscribed = bare_word<slot::return_option, "SUBSCRIBED">;
using return_children = bare_word<slot::return_option, "CHILDREN">;

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
struct return_status {
    using word = mailwire::word<slot::return_option, "STATUS">;
    using tail = grammar::status_option;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.8";
    items<slot::status_att> att = {};

    static return_status read(cursor& c) { return {items<slot::status_att>(c.enter())}; }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
struct list {
    using word = mailwire::word<slot::command, "LIST">;
    using tail = grammar::list;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9";
    static constexpr legal_in legal = legal_in::authenticated;
    text reference = {};
    text pattern = {};                                          // where there are no `patterns`
    seq_of<text> patterns = {};                                 // in parentheses; more than one needs LIST-EXTENDED
    std::optional<items<slot::list_select_opt>> selection = {}; // an empty list makes the command an extended one
    std::optional<items<slot::return_option>> returns = {};     // likewise

    static list read(cursor& c) {
        list l;
        if (!c.skip_absent()) l.selection = items<slot::list_select_opt>(c.enter());
        l.reference = c.text();
        if (c.at_list()) {
            l.patterns = seq_of<text>(c.enter());
        } else {
            l.pattern = c.text();
        }
        if (!c.skip_absent()) l.returns = items<slot::return_option>(c.enter());
        return l;
    }

    void write(auto& out) const {
        if (selection) {
            out.require(!is_modified_without_base());
            out.raw(" (").items(*selection).raw(")");
        }
        out.sp().mailbox(reference).sp();
        if (patterns.empty()) {
            out.list_mailbox(pattern);
        } else {
            out.require(pattern.empty() && !pattern.is_nil());
            out.parens(patterns, [&out](const text& each) { out.list_mailbox(each); });
        }
        if (returns) out.raw(" RETURN (").items(*returns).raw(")");
    }

private:
    // RFC 9051 6.3.9.1: RECURSIVEMATCH is for a base option to modify. An option that is not known may be one.
    bool is_modified_without_base() const {
        bool modified = false;
        for (const item<slot::list_select_opt> option : *selection) {
            if (option.is<select_recursivematch>()) {
                modified = true;
            } else if (!option.is<select_remote>() && !is_special_use(option)) {
                return false;
            }
        }
        return modified;
    }
    static bool is_special_use(const item<slot::list_select_opt>& option) {
        return !option.is_value() && !option.known() && option.name().equal_ignoring_case("SPECIAL-USE") &&
               option.rest().empty();
    }
};

struct list_commands : extension<list, select_subscribed, select_remote, select_recursivematch, return_subscribed,
                                 return_children, return_status> {};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/mailbox_command.hpp
// RFC 9051 9: commands on mailboxes. The slot takes the word of each; what stands here is what follows it.
namespace mailwire::imap::grammar {

// create = "CREATE" SP mailbox
struct create : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.4";
};

// delete = "DELETE" SP mailbox
struct delete_ : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.5";
};

// select-param = select-param-name [SP select-param-value] ; RFC 4466 3
struct select_param : slot_rule<slot::select_param> {};

// select-params = SP "(" select-param *(SP select-param) ")" ; RFC 4466 3
struct select_params : seq<sp, list_tok<seq<lp, separated<select_param, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.1";
};

// examine = "EXAMINE" SP mailbox [select-params] ; RFC 4466 3 adds the parameters
struct examine : seq<sp, mailbox, maybe<select_params>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.3";
};

// rename = "RENAME" SP mailbox SP mailbox
struct rename : seq<sp, mailbox, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.6";
};

// select = "SELECT" SP mailbox [select-params] ; RFC 4466 3 adds the parameters
struct select : seq<sp, mailbox, maybe<select_params>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.2";
};

// subscribe = "SUBSCRIBE" SP mailbox
struct subscribe : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.7";
};

// unsubscribe = "UNSUBSCRIBE" SP mailbox
struct unsubscribe : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.8";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/mailbox_commands.hpp
// Commands on mailboxes (RFC 9051 6.3).
namespace mailwire::imap {

// A command on one mailbox. Tail is its production.
template <fixed_string Word, typename Tail> struct mailbox_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = Tail::rfc;
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};

    static mailbox_command read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
    friend bool operator==(const mailbox_command&, const mailbox_command&) = default;
};
using create = mailbox_command<"CREATE", grammar::create>;
using delete_ = mailbox_command<"DELETE", grammar::delete_>;
using subscribe = mailbox_command<"SUBSCRIBE", grammar::subscribe>;
using unsubscribe = mailbox_command<"UNSUBSCRIBE", grammar::unsubscribe>;

// select = "SELECT" SP mailbox [select-params], and examine, which opens the mailbox read-only
template <fixed_string Word, typename Tail> struct select_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = Tail::rfc;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = command_effect::selects;
    text mailbox = {};
    items<slot::select_param> parameters = {}; // only what the server offers (RFC 4466 2.1)

    static select_command read(cursor& c) {
        select_command s;
        s.mailbox = c.text();
        if (!c.skip_absent()) s.parameters = items<slot::select_param>(c.enter());
        return s;
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        if (!parameters.empty()) out.raw(" (").items(parameters).raw(")");
    }
};
using select = select_command<"SELECT", grammar::select>;
using examine = select_command<"EXAMINE", grammar::examine>;

// rename = "RENAME" SP mailbox SP mailbox
struct rename {
    using word = mailwire::word<slot::command, "RENAME">;
    using tail = grammar::rename;
    static constexpr std::string_view rfc = "RFC 9051 6.3.6";
    static constexpr legal_in legal = legal_in::authenticated;
    text from = {};
    text to = {};

    static rename read(cursor& c) {
        const text old_name = c.text();
        return {old_name, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(from).sp().mailbox(to); }
    friend bool operator==(const rename&, const rename&) = default;
};

struct mailbox_commands : extension<select, examine, create, delete_, rename, subscribe, unsubscribe> {};

} // namespace mailwire::imap

// ---- mailwire/imap/grammar/namespace.hpp
// RFC 9051 9: the NAMESPACE response.
namespace mailwire::imap::grammar {

// namespace-response-extension = SP string SP "(" string *(SP string) ")"
struct namespace_response_extension : seq<sp, string, sp, list_tok<seq<lp, separated<string, sp>, rp>>> {};

// namespace-response-extensions = *namespace-response-extension
struct namespace_response_extensions : list_tok<star<namespace_response_extension>> {};

// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [namespace-response-extensions] ")"
struct namespace_descr : list_tok<seq<lp, string, sp, detail::delimiter, namespace_response_extensions, rp>> {};

namespace detail {

// Lenient: more spaces than the one there is, or than none (quirks::namespace_spaces).
struct namespace_spaces : sor<quirk<quirks::namespace_spaces, plus<sp>>, pegtl::success> {};

} // namespace detail

// namespace = nil / "(" 1*namespace-descr ")"
// Lenient: "()" for NIL (quirks::empty_list).
struct namespace_ : when_next<'(',
                              sor<list_tok<seq<lp, plus<namespace_descr, detail::namespace_spaces>, rp>>,
                                  quirk<quirks::empty_list, list_tok<seq<lp, rp>>>>,
                              nil> {
    using island = void;
};

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace
// PEG: the slot takes the word.
struct namespace_response
    : seq<sp, namespace_, sp, detail::namespace_spaces, namespace_, sp, detail::namespace_spaces, namespace_> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.2";
};

} // namespace mailwire::imap::grammar

// ---- mailwire/imap/model/namespace.hpp
// Where mailboxes are: a user's own, those of others, and those all share (RFC 9051 6.3.10, RFC 2342).
namespace mailwire::imap {

// namespace-command = "NAMESPACE"
using namespace_command = plain_command<"NAMESPACE", legal_in::authenticated>;

// namespace-response-extension = SP string SP "(" string *(SP string) ")"
struct namespace_extension {
    text name = {};
    seq_of<text> values = {};

    static namespace_extension read(cursor& c) {
        const text name = c.text();
        return {name, seq_of<text>(c.enter())};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const namespace_extension&, const namespace_extension&) = default;
};

// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [namespace-response-extensions] ")"
struct namespace_descriptor {
    text prefix = {};
    text delimiter = text::nil();
    seq_of<namespace_extension> extensions = {};

    static namespace_descriptor read(cursor& c) {
        cursor in = c.enter();
        namespace_descriptor d;
        d.prefix = in.text();
        d.delimiter = in.text();
        d.extensions = seq_of<namespace_extension>(in.enter());
        return d;
    }
    void write(auto& out) const {
        write_delimiter(out.raw("(").string(prefix).sp(), delimiter);
        for (const namespace_extension& one : extensions) {
            out.require(!one.values.empty());
            out.sp().string(one.name).sp().parens(one.values, [&out](const text& value) { out.string(value); });
        }
        out.raw(")");
    }
    friend bool operator==(const namespace_descriptor&, const namespace_descriptor&) = default;
};

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace. NIL is an empty sequence.
struct namespace_data {
    using word = mailwire::word<slot::response_data, "NAMESPACE">;
    using tail = grammar::namespace_response;
    static constexpr std::string_view rfc = "RFC 9051 7.3.2";
    seq_of<namespace_descriptor> personal = {};
    seq_of<namespace_descriptor> others = {};
    seq_of<namespace_descriptor> shared = {};

    static namespace_data read(cursor& c) {
        namespace_data n;
        for (auto* field : {&n.personal, &n.others, &n.shared}) {
            if (c.at_list()) {
                *field = seq_of<namespace_descriptor>(c.enter());
            } else {
                c.skip();
            }
        }
        return n;
    }
    void write(auto& out) const {
        for (const auto* field : {&personal, &others, &shared}) {
            out.sp();
            if (field->empty()) {
                out.raw("NIL");
                continue;
            }
            out.raw("(");
            for (const namespace_descriptor& one : *field)
                one.write(out);
            out.raw(")");
        }
    }
    friend bool operator==(const namespace_data&, const namespace_data&) = default;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/search.hpp
namespace mailwire::imap {

// What of the messages found a SEARCH asks for (RFC 9051 6.4.4; 9, search-return-opt).
namespace search_return {

using min = bare_word<slot::search_return_opt, "MIN">;
using max = bare_word<slot::search_return_opt, "MAX">;
using all = bare_word<slot::search_return_opt, "ALL">;
using count = bare_word<slot::search_return_opt, "COUNT">;
using save = bare_word<slot::search_return_opt, "SAVE">; // RFC 9051 6.4.4.1: "$" is what was found

} // namespace search_return

// search = "SEARCH" [search-return-opts] SP search-program
// Return options that are empty are sent as RETURN (), which asks for ALL; none at all are not the same to a server of
// revision 1.
template <fixed_string Word, typename Tail> struct search_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text charset = text::nil();
    seq_of<search_key> keys = {};
    std::optional<items<slot::search_return_opt>> returns = {};

    static search_command read(cursor& c) {
        search_command s;
        if (!c.skip_absent()) s.returns = items<slot::search_return_opt>(c.enter());
        s.charset = c.text();
        s.keys = seq_of<search_key>(c.enter());
        return s;
    }
    void write(auto& out) const {
        out.require(!keys.empty());
        if (returns) out.raw(" RETURN (").items(*returns).raw(")");
        if (!charset.is_nil()) out.raw(" CHARSET ").charset(charset);
        out.sp().joined(keys, [&out](const search_key& k) { k.write(out); });
    }
};
using search = search_command<"SEARCH", form<forms::message_numbers, grammar::search>>;
using uid_search = search_command<"UID SEARCH", grammar::search>;

struct search_commands : extension<search, uid_search, search_return::min, search_return::max, search_return::all,
                                   search_return::count, search_return::save> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/selected_commands.hpp
// Commands on the selected mailbox (RFC 9051 6.4).
namespace mailwire::imap {

using close = plain_command<"CLOSE", legal_in::selected, command_effect::deselects>;
using unselect = plain_command<"UNSELECT", legal_in::selected, command_effect::deselects>;
using expunge = plain_command<"EXPUNGE", legal_in::selected>;

// copy = "COPY" SP sequence-set SP mailbox and move = "MOVE" SP sequence-set SP mailbox
template <fixed_string Word, typename Tail> struct copy_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 9051 6.4.7";
    sequence_set messages = {};
    text mailbox = {};

    static copy_command read(cursor& c) {
        const sequence_set set = sequence_set::read(c);
        return {set, c.text()};
    }
    void write(auto& out) const {
        messages.write(out.sp());
        out.sp().mailbox(mailbox);
    }
};
using copy = copy_command<"COPY", form<forms::message_numbers, grammar::copy>>;
using uid_copy = copy_command<"UID COPY", grammar::copy>;
using move = copy_command<"MOVE", form<forms::message_numbers, grammar::move>>;
using uid_move = copy_command<"UID MOVE", grammar::move>;

// uid-expunge = "EXPUNGE" SP sequence-set
struct uid_expunge {
    using word = mailwire::word<slot::command, "UID EXPUNGE">;
    using tail = grammar::uid_expunge;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr std::string_view rfc = "RFC 9051 6.4.9";
    sequence_set messages = {};

    static uid_expunge read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { messages.write(out.sp()); }
};

struct selected_commands : extension<close, unselect, expunge, uid_expunge, copy, uid_copy, move, uid_move> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/session_commands.hpp
// Commands about the session itself (RFC 9051 6.1, 6.2 and 6.3.13).
namespace mailwire::imap {

using capability = plain_command<"CAPABILITY", legal_in::any>;
using noop = plain_command<"NOOP", legal_in::any>;
using logout = plain_command<"LOGOUT", legal_in::any, command_effect::logs_out>;
using starttls = plain_command<"STARTTLS", legal_in::not_authenticated, command_effect::starts_tls>;

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)
// The lines that follow are units of their own (grammar::authenticate_line).
struct authenticate {
    using word = mailwire::word<slot::command, "AUTHENTICATE">;
    using tail = grammar::authenticate;
    static constexpr std::string_view rfc = "RFC 9051 6.2.2";
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::authenticates;
    text mechanism = {};

    // The initial response in base64, as it stands on the wire: "=" for one without octets, empty for none.
    std::string_view initial_response = {};

    static authenticate read(cursor& c) {
        const text name = c.text();
        return {name, c.raw()};
    }
    void write(auto& out) const {
        out.sp().atom(mechanism);
        if (!initial_response.empty()) out.sp().template judged<grammar::initial_resp>(initial_response);
    }
    friend bool operator==(const authenticate&, const authenticate&) = default;
};

// login = "LOGIN" SP userid SP password
struct login {
    using word = mailwire::word<slot::command, "LOGIN">;
    using tail = grammar::login;
    static constexpr std::string_view rfc = "RFC 9051 6.2.3";
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::logs_in;
    text user = {};
    text password = {};

    static login read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    void write(auto& out) const { out.sp().astring(user).sp().astring(password); }
    // A client sends names and passwords beyond US-ASCII by AUTHENTICATE alone (RFC 9755 5).
    bool may_be_sent() const { return is_ascii(user.spelled()) && is_ascii(password.spelled()); }
    friend bool operator==(const login&, const login&) = default;
};

// idle = "IDLE" CRLF "DONE" (RFC 9051 6.3.13, RFC 2177)
// The line that ends it is a unit of its own (grammar::idle_done).
using idle = plain_command<"IDLE", legal_in::authenticated, command_effect::idles>;

struct session_commands : extension<capability, noop, logout, starttls, authenticate, login, idle> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/status_command.hpp
namespace mailwire::imap {

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
struct status {
    using word = mailwire::word<slot::command, "STATUS">;
    using tail = grammar::status;
    static constexpr std::string_view rfc = "RFC 9051 6.3.11";
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};
    items<slot::status_att> att = {};

    static status read(cursor& c) {
        const text name = c.text();
        return {name, items<slot::status_att>(c.enter())};
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.sp().mailbox(mailbox).raw(" (").items(att).raw(")");
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/store.hpp
namespace mailwire::imap {

// What a STORE does with its flags (RFC 9051 6.4.6).
enum class store_action : std::uint8_t { replace, add, remove };

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags
// Modifiers are an extension's (RFC 4466 2.5), such as UNCHANGEDSINCE.
template <fixed_string Word, typename Tail> struct store_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.6";
    sequence_set messages = {};
    store_action action = store_action::replace;
    bool silent = false;
    seq_of<text> flags = {};
    items<slot::store_modifier> modifiers = {};

    static store_command read(cursor& c) {
        store_command s;
        s.messages = sequence_set::read(c);
        if (!c.skip_absent()) s.modifiers = items<slot::store_modifier>(c.enter());
        if (!c.skip_absent()) s.action = c.raw() == "+" ? store_action::add : store_action::remove;
        s.silent = !c.at_absent();
        c.skip();
        s.flags = seq_of<text>(c.enter());
        return s;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        if (!modifiers.empty()) out.raw(" (").items(modifiers).raw(")");
        out.sp();
        if (action == store_action::add) out.raw("+");
        if (action == store_action::remove) out.raw("-");
        out.raw("FLAGS");
        if (silent) out.raw(".SILENT");
        out.sp().template flags<grammar::flag_text>(flags);
    }
};
using store = store_command<"STORE", form<forms::message_numbers, grammar::store>>;
using uid_store = store_command<"UID STORE", grammar::store>;

struct store_commands : extension<store, uid_store> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/commands.hpp
// The commands of a client (RFC 9051 6). A command on messages exists twice: with message numbers and, behind "UID",
// with unique identifiers.
namespace mailwire::imap {

struct commands : extension<session_commands, enable, mailbox_commands, list_commands, namespace_command, status,
                            append, search_commands, fetch_commands, store_commands, selected_commands> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/fetch_data.hpp
namespace mailwire::imap {

// nz-number SP "FETCH" SP msg-att
struct fetch_data {
    using word = mailwire::word<slot::message_data, "FETCH">;
    using tail = grammar::seq<grammar::sp, grammar::msg_att>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    static constexpr bool names_by_number = true;
    std::uint32_t number = 0;
    items<slot::msg_att> att = {};

    static fetch_data read(cursor& c) {
        const std::uint32_t n = c.number32();
        return {n, items<slot::msg_att>(c.enter())};
    }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/number_list.hpp
namespace mailwire::imap {

// The numbers of a SEARCH response: text of the unit, each number with a space before it and decoded as it is reached,
// or an array of the program.
class number_list {
public:
    constexpr number_list() = default;
    constexpr number_list(std::span<const std::uint32_t> numbers) : numbers_(numbers) {}
    template <std::size_t N> constexpr number_list(const std::uint32_t (&numbers)[N]) : numbers_(numbers) {}

    static number_list read(cursor& c) {
        number_list result;
        result.text_ = c.raw();
        return result;
    }

    // Stands alone: it needs the text or the numbers, but not the list.
    class iterator {
    public:
        using value_type = std::uint32_t;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() = default;
        constexpr iterator(const number_list& list, std::size_t at)
            : text_(list.text_), numbers_(list.numbers_), at_(at), size_(list.size()) {
            decode();
        }
        constexpr std::uint32_t operator*() const { return value_; }
        constexpr iterator& operator++() {
            at_ = next_;
            decode();
            return *this;
        }
        constexpr iterator operator++(int) {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        constexpr void decode() {
            next_ = at_ + 1;
            if (at_ == size_) return;
            if (text_.empty()) {
                value_ = numbers_[at_];
                return;
            }
            value_ = 0;
            for (; next_ != size_ && text_[next_] != ' '; ++next_) {
                value_ = value_ * 10 + static_cast<std::uint32_t>(text_[next_] - '0');
            }
        }

        std::string_view text_ = {};
        std::span<const std::uint32_t> numbers_;
        std::size_t at_ = 0;
        std::size_t next_ = 0;
        std::size_t size_ = 0;
        std::uint32_t value_ = 0;
    };

    constexpr iterator begin() const { return {*this, 0}; }
    constexpr iterator end() const { return {*this, size()}; }
    constexpr bool empty() const { return size() == 0; }

    void write(auto& out) const {
        for (const std::uint32_t n : *this) {
            out.require(n != 0);
            out.sp().number(n);
        }
    }
    friend bool operator==(const number_list& a, const number_list& b) {
        auto i = a.begin();
        auto k = b.begin();
        for (; i != a.end() && k != b.end(); ++i, ++k) {
            if (*i != *k) return false;
        }
        return i == a.end() && k == b.end();
    }

private:
    constexpr std::size_t size() const { return text_.empty() ? numbers_.size() : text_.size(); }

    std::string_view text_ = {};
    std::span<const std::uint32_t> numbers_;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/search_data.hpp
namespace mailwire::imap {

// obsolete-search-response = "SEARCH" *(SP nz-number), and behind the numbers RFC 7162's search-sort-mod-seq
struct search_data {
    using word = mailwire::word<slot::response_data, "SEARCH">;
    using tail = grammar::obsolete_search_response;
    static constexpr std::string_view rfc = "RFC 3501 7.2.5";
    number_list numbers = {};
    std::optional<std::uint64_t> modseq = {}; // the highest of the messages found, where MODSEQ was asked for

    static search_data read(cursor& c) {
        search_data s{number_list::read(c)};
        if (!c.skip_absent() && c.more()) s.modseq = c.number();
        return s;
    }
    void write(auto& out) const {
        numbers.write(out);
        if (!modseq) return;
        out.require(!numbers.empty());
        out.raw(" (MODSEQ ").template number<grammar::mod_sequence_value>(*modseq).raw(")");
    }
    friend bool operator==(const search_data&, const search_data&) = default;
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/status_data.hpp
namespace mailwire::imap {

// "STATUS" SP mailbox SP "(" [status-att-list] ")"
struct status_data {
    using word = mailwire::word<slot::response_data, "STATUS">;
    using tail = grammar::detail::status_data;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    text mailbox = {};
    items<slot::status_att_val> values = {};

    static status_data read(cursor& c) {
        const text name = c.text();
        return {name, items<slot::status_att_val>(c.enter())};
    }
    void write(auto& out) const { out.sp().mailbox(mailbox).raw(" (").items(values).raw(")"); }
};

} // namespace mailwire::imap

// ---- mailwire/imap/model/data.hpp
// Untagged data of a server (RFC 9051 7.2 to 7.5).
namespace mailwire::imap {

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
// Which revision is in it is for the client to judge.
struct capability_data {
    using word = mailwire::word<slot::response_data, "CAPABILITY">;
    using tail = grammar::capability_data;
    static constexpr std::string_view rfc = "RFC 9051 7.2.2";
    seq_of<text> capabilities = {};

    static capability_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const capability_data&, const capability_data&) = default;
};

// "FLAGS" SP flag-list: the flags a mailbox knows
struct flags_data {
    using word = mailwire::word<slot::response_data, "FLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.5";
    seq_of<text> flags = {};

    static flags_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_text>(flags); }
    friend bool operator==(const flags_data&, const flags_data&) = default;
};

// number SP "EXISTS" and obsolete-recent-response = number SP "RECENT"
template <fixed_string Word> struct count_data {
    using word = mailwire::word<slot::counted_data, Word>;
    using tail = pegtl::success;
    static constexpr std::string_view rfc = "RFC 9051 7.4.1";
    std::uint32_t value = 0;

    static count_data read(cursor& c) { return {c.number32()}; }
    void write_lead(auto& out) const { out.number(value).sp(); }
    void write(auto&) const {}
    friend bool operator==(const count_data&, const count_data&) = default;
};
using exists = count_data<"EXISTS">;
using recent = count_data<"RECENT">;

// nz-number SP "EXPUNGE"
struct expunge_data {
    using word = mailwire::word<slot::message_data, "EXPUNGE">;
    using tail = pegtl::success;
    static constexpr std::string_view rfc = "RFC 9051 7.5.1";
    static constexpr bool names_by_number = true;
    std::uint32_t number = 0;

    static expunge_data read(cursor& c) { return {c.number32()}; }
    // Whether it changes the numbers of other messages: then it has its time (RFC 9051 7.5.1).
    bool renumbers() const { return true; }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto&) const {}
    friend bool operator==(const expunge_data&, const expunge_data&) = default;
};

struct response_datas : extension<capability_data, enabled_data, flags_data, list_datas, namespace_data, status_data,
                                  search_data, exists, recent, expunge_data, fetch_data> {};

} // namespace mailwire::imap

// ---- mailwire/imap/model/esearch_data.hpp
// What a SEARCH with return options has found (RFC 9051 7.3.4; 9, esearch-response).
namespace mailwire::imap {

namespace found {

// "MIN" SP nz-number and "MAX" SP nz-number
template <fixed_string Word> struct one_number {
    using word = mailwire::word<slot::search_return_data, Word>;
    using tail = grammar::seq<grammar::sp, grammar::nz_number>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    std::uint32_t value = 0;

    static one_number read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().template number<grammar::nz_number>(value); }
    friend bool operator==(const one_number&, const one_number&) = default;
};
using min = one_number<"MIN">;
using max = one_number<"MAX">;

// "ALL" SP sequence-set, without "$". The grammar has "*" here, but a server that means a message names it.
struct all {
    using word = mailwire::word<slot::search_return_data, "ALL">;
    using tail = grammar::seq<grammar::sp, grammar::detail::sent_set>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    sequence_set value = {};

    static all read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const {
        out.require(!value.is_last_result());
        value.write(out.sp());
    }
    friend bool operator==(const all&, const all&) = default;
};

// "COUNT" SP number
struct count {
    using word = mailwire::word<slot::search_return_data, "COUNT">;
    using tail = grammar::seq<grammar::sp, grammar::number>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    std::uint32_t value = 0;

    static count read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const count&, const count&) = default;
};

} // namespace found

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
struct esearch_data {
    using word = mailwire::word<slot::response_data, "ESEARCH">;
    using tail = grammar::esearch_response;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    text tag = text::nil(); // of the command that is answered; nil: the response names none
    bool uids = false;      // true: the numbers are unique identifiers
    items<slot::search_return_data> results = {};

    static esearch_data read(cursor& c) {
        esearch_data e;
        if (!c.skip_absent()) e.tag = c.text();
        e.uids = !c.at_absent();
        c.skip();
        e.results = items<slot::search_return_data>(c.enter());
        return e;
    }
    void write(auto& out) const {
        if (!tag.is_nil()) out.raw(" (TAG ").string(tag).raw(")");
        if (uids) out.raw(" UID");
        if (!results.empty()) out.sp().items(results);
    }
};

struct esearch_datas : extension<esearch_data, found::min, found::max, found::all, found::count> {};

} // namespace mailwire::imap

// ---- mailwire/imap/profile.hpp
namespace mailwire::imap {

// IMAP4rev2 itself: what every profile begins with.
struct rfc9051 : extension<commands, response_datas, esearch_datas, vanished_data, msg_atts, fetch_atts,
                           resp_text_codes, search_keys, status_atts> {
    static constexpr std::string_view capability = "IMAP4rev2";
    static constexpr std::uint32_t enables = modes::rev2 | modes::utf8;
};

// All the library knows: what a program gets that names no profile of its own.
struct everything : profile<rfc9051, imap4rev1, preview_extension, uidonly_extension, condstore, qresync, id_extension,
                            quota_extension, compress_extension, unauthenticate_extension, utf8_accept_extension> {};

} // namespace mailwire::imap

// ---- mailwire/imap/separate.hpp
// Separate compilation: where MAILWIRE_SEPARATE_COMPILATION is defined, the grammar is compiled in the one translation
// unit that includes mailwire/src.hpp, and all others only name it. Of the library's own profile, that is: a program's
// own one is compiled where it is used.
namespace mailwire {

namespace imap::detail {

using separate_input = input_for<everything, input>;

} // namespace imap::detail

#ifdef MAILWIRE_SEPARATE_COMPILATION
extern template bool run<imap::grammar::response>(imap::detail::separate_input&);
extern template bool run<imap::grammar::greeting>(imap::detail::separate_input&);
extern template bool run<imap::grammar::command>(imap::detail::separate_input&);
#endif

} // namespace mailwire

// ---- mailwire/imap/parse.hpp
namespace mailwire::imap {

// What a parse gives: the value, or why there is none. The value's views point into the unit and the tape.
template <typename T> struct parsed {
    mailwire::error error;
    T value;
    std::uint32_t quirks = 0; // deviations that were tolerated, one bit each

    explicit operator bool() const { return !error; }
};

// Octets a unit takes besides its text: literals that were handed on as they came (offsets of their headers).
struct parse_options {
    mailwire::dialect dialect;
    std::span<const std::uint32_t> elided = {};
};

namespace detail {

// The offsets of tokens end somewhere; a unit that is longer is not cut.
constexpr error too_long(std::string_view unit) {
    if (unit.size() <= token::max_size) return {};
    return {errc::unit_too_long, token::max_size, unit.size(), token::max_size};
}

template <typename Rule, typename View, typename Profile>
parsed<View> parse_unit(std::string_view unit, std::span<token> tape, const parse_options& options) {
    parsed<View> result;
    result.error = too_long(unit);
    if (result.error) return result;
    input_for<Profile, input> in(unit, tape, options.dialect);
    in.elided(options.elided);
    if (!run<Rule>(in)) {
        result.error = in.fault();
    } else if (in.tape().full()) {
        result.error = {errc::tape_full, 0, in.tape().count(), tape.size()};
    } else {
        result.value = View(unit, in.tape().tokens());
    }
    result.quirks = in.quirks_fired();
    return result;
}

} // namespace detail

// What the beginning of a unit up to the header of a literal says. `value` holds the fields before the literal; the
// lists and items the literal lies in reach to the end of the tape.
template <typename T> struct parsed_prefix {
    mailwire::error error; // set where no literal may stand there
    T value;

    explicit operator bool() const { return !error; }
};

namespace detail {

template <typename Rule, typename View, typename Profile>
parsed_prefix<View> parse_prefix(std::string_view unit, std::span<token> tape, const parse_options& options) {
    parsed_prefix<View> result;
    result.error = too_long(unit);
    if (result.error) return result;
    input_for<Profile, input> in(unit, tape, options.dialect);
    in.elided(options.elided);
    in.expect_literal_at_end();
    (void)run<Rule>(in);
    if (!in.stopped()) {
        result.error = in.fault();
    } else if (in.kept().full()) {
        result.error = {errc::tape_full, 0, in.kept().count(), tape.size()};
    } else {
        result.value = View(unit, in.kept().tokens());
    }
    return result;
}

} // namespace detail

// Parses one unit of a server, from its first octet to the CRLF that ends it, literals included.
//   tape   room for the fields: as many tokens as the unit has octets always suffice, half as many nearly always
// Errors: syntax, number_too_big, literal_too_big, too_deep, with the offset in the unit; tape_full with the number of
// tokens wanted and given; unit_too_long beyond token::max_size octets. RFC 9051 7 and 9, response.
template <typename Profile = everything>
parsed<response> parse_response(std::string_view unit, std::span<token> tape, parse_options options = {}) {
    options.dialect.from = side::server;
    return detail::parse_unit<grammar::response, response, Profile>(unit, tape, options);
}

// Parses the first unit of a server: OK, PREAUTH or BYE. RFC 9051 7.1 and 9, greeting.
template <typename Profile = everything>
parsed<response> parse_greeting(std::string_view unit, std::span<token> tape, parse_options options = {}) {
    options.dialect.from = side::server;
    return detail::parse_unit<grammar::greeting, response, Profile>(unit, tape, options);
}

// Parses one unit of a client. RFC 9051 6 and 9, command.
template <typename Profile = everything>
parsed<command> parse_command(std::string_view unit, std::span<token> tape, parse_options options = {}) {
    options.dialect.from = side::client;
    return detail::parse_unit<grammar::command, command, Profile>(unit, tape, options);
}

// Parses the beginning of a unit that ends with the header of a literal: may one stand there, and which field is it?
template <typename Profile = everything>
parsed_prefix<response> parse_response_prefix(std::string_view unit, std::span<token> tape,
                                              parse_options options = {}) {
    options.dialect.from = side::server;
    return detail::parse_prefix<grammar::response, response, Profile>(unit, tape, options);
}
template <typename Profile = everything>
parsed_prefix<command> parse_command_prefix(std::string_view unit, std::span<token> tape, parse_options options = {}) {
    options.dialect.from = side::client;
    return detail::parse_prefix<grammar::command, command, Profile>(unit, tape, options);
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/mailbox_facts.hpp
namespace mailwire::imap {

// What a server says that contradicts what it has said, or what it may say now. The session goes on: a program that
// keeps a list of messages reads it anew (RFC 9051 5.2, 7.5.1).
enum class violation : std::uint8_t {
    none,
    exists_shrank,        // EXISTS with less messages than there were; only EXPUNGE and VANISHED take some away
    no_such_message,      // EXPUNGE or FETCH of a number behind the last one, VANISHED of more messages than there are
    expunge_out_of_place, // EXPUNGE while only FETCH, STORE or SEARCH is in flight, or nothing
    uid_validity_changed, // all unique identifiers of the mailbox are void
    number_under_uidonly, // a message number, where only unique identifiers were agreed on (RFC 9586 3)
};

// The mailbox that is selected, as far as a few numbers hold it. What is not known is 0.
class mailbox_facts {
public:
    std::uint32_t exists() const { return exists_; }
    std::uint32_t recent() const { return recent_; } // revision 1 only
    std::uint32_t uid_validity() const { return uid_validity_; }
    std::uint32_t uid_next() const { return uid_next_; }

    // The mod-sequence a program may remember this view of the mailbox by (RFC 7162 6): it moves on with tagged replies
    // only. 0 where the mailbox has none.
    std::uint64_t highest_modseq() const { return highest_modseq_; }

    bool read_only() const { return read_only_; }
    bool uids_persist() const { return uid_validity_ != 0 && !uid_not_sticky_; }

    violation learn(const imap::exists& e) {
        const bool shrank = e.value < exists_;
        exists_ = e.value;
        return shrank ? violation::exists_shrank : violation::none;
    }
    violation learn(const imap::recent& r) {
        recent_ = r.value;
        return violation::none;
    }
    violation learn(const expunge_data& e) {
        if (e.number > exists_) return violation::no_such_message;
        --exists_;
        return violation::none;
    }
    violation learn(const vanished_data& v) {
        if (v.earlier) return violation::none;
        std::uint64_t gone = 0;
        for (const seq_range range : v.uids)
            gone += std::max(range.first, range.last) - std::min(range.first, range.last) + std::uint64_t{1};
        const bool fewer = gone > exists_;
        exists_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(gone, exists_));
        return fewer ? violation::no_such_message : violation::none;
    }
    violation learn(const fetch_data& f) {
        if (f.number > exists_) return violation::no_such_message;
        return violation::none;
    }
    // The mod-sequence of a message.
    void learn(const imap::modseq& m) { seen_modseq_ = std::max(seen_modseq_, m.value); }

    violation learn(const status_response& status) {
        const auto& code = status.code;
        if (!code) return violation::none;
        if (const auto next = code.get<code_uidnext>()) uid_next_ = next->value;
        if (const auto modseq = code.get<code_highestmodseq>()) seen_modseq_ = highest_modseq_ = modseq->value;
        if (code.is<code_nomodseq>()) seen_modseq_ = highest_modseq_ = 0;
        if (code.is<code_read_only>()) read_only_ = true;
        if (code.is<code_read_write>()) read_only_ = false;
        if (code.is<code_uidnotsticky>()) uid_not_sticky_ = true;
        if (const auto validity = code.get<code_uidvalidity>()) {
            const bool changed = uid_validity_ != 0 && uid_validity_ != validity->value;
            uid_validity_ = validity->value;
            return changed ? violation::uid_validity_changed : violation::none;
        }
        return violation::none;
    }

    // A tagged reply: its code counts, or else what the messages said up to it.
    violation settle(const status_response& status) {
        highest_modseq_ = std::max(highest_modseq_, seen_modseq_);
        return learn(status);
    }

private:
    std::uint64_t highest_modseq_ = 0;
    std::uint64_t seen_modseq_ = 0;
    std::uint32_t exists_ = 0;
    std::uint32_t recent_ = 0;
    std::uint32_t uid_validity_ = 0;
    std::uint32_t uid_next_ = 0;
    bool read_only_ = false;
    bool uid_not_sticky_ = false;
};

} // namespace mailwire::imap

// ---- mailwire/imap/session/client_event.hpp
namespace mailwire::imap {

enum class client_event_kind : std::uint8_t {
    need_input,        // send what output() has, then receive
    need_output,       // the session has something to send on its own, or the server lets a literal go on: send what
                       // output() has, hand over octets that are missing
    greeting,          // `response` is the server's first line
    response,          // `response` is untagged data or an untagged status
    done,              // `response` is the tagged reply to `command`
    literal_begin,     // a literal of `octets_total` octets starts; `response` is its unit up to here
    literal_data,      // `octets` are the next octets of it
    literal_end,       // it is complete; the unit goes on
    challenge,         // `octets`, decoded: answer(), respond() or cancel()
    idling,            // IDLE has begun: what happens is told until end_idle()
    idle_due,          // IDLE has lasted as long as it should: end_idle(), then begin it anew
    start_tls,         // `response` is the tagged OK to STARTTLS: do the handshake, then call tls_started()
    start_compression, // `octets` came behind the OK to COMPRESS and are deflate: take them, call compression_started()
    error,             // `error`; of a tagged reply that cannot be read, `command` is what it ends
    closed,            // the connection has ended
};

// What has happened. Its views are valid until the next call of next, prepare, commit or send; those of a challenge until
// it is answered.
struct client_event {
    client_event_kind kind = client_event_kind::need_input;
    imap::response response = {};
    std::uint32_t command = 0;
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
    imap::violation violation = violation::none; // what is wrong with a response that is readable
    std::uint32_t quirks = 0; // the deviations from the RFCs that were tolerated in it, bits of namespace quirks
};

// Which octets a literal of a FETCH or UIDFETCH response is: known when it begins.
struct body_literal {
    std::uint32_t number = 0;         // message number; 0 in UIDFETCH
    std::optional<std::uint32_t> uid; // where the server sent it before the literal
    body_section section;             // its value is nil
    bool decoded = false;             // BINARY: the part without its transfer encoding
};

namespace detail {

// The section of an item whose value is what is missing, or nothing.
inline std::optional<body_section> section_without_value(const item<slot::msg_att>& i) {
    cursor fields = i.tokens();
    if (i.is<rfc822>()) return fields.more() ? std::nullopt : std::optional(body_section());
    if (i.is<rfc822_header>() || i.is<rfc822_text>()) {
        if (fields.more()) return std::nullopt;
        return body_section{
            {{}, i.is<rfc822_header>() ? section_text::header : section_text::text, {}}, {}, text::nil()};
    }
    body_section result;
    if (i.is<body_section>()) {
        result.section = section::read(fields);
    } else if (i.is<binary_section>()) {
        result.section.part = fields.raw();
    } else {
        return std::nullopt;
    }
    // The origin, which may be absent but has its token: without one the literal is the name of a header field.
    if (!fields.more()) return std::nullopt;
    if (!fields.skip_absent()) result.origin = fields.number();
    return fields.more() ? std::nullopt : std::optional(result);
}

inline std::optional<body_literal> literal_in(const items<slot::msg_att>& att, body_literal result) {
    bool found = false;
    for (const auto i : att) {
        if (const auto u = i.get<uid>()) result.uid = u->value;
        const auto section = section_without_value(i);
        found = section.has_value();
        if (found) result.section = *section;
        result.decoded = i.is<binary_section>();
    }
    if (!found) return std::nullopt;
    return result;
}

} // namespace detail

// Of the response of a literal_begin event: the section whose octets follow, or nothing where the literal is another
// string.
inline std::optional<body_literal> body_literal_of(const response& r) {
    if (r.is<fetch_data>()) {
        const auto data = r.as<fetch_data>();
        return detail::literal_in(data.att, {data.number, {}, {}});
    }
    if (r.is<uidfetch_data>()) {
        const auto data = r.as<uidfetch_data>();
        return detail::literal_in(data.att, {0, data.uid, {}});
    }
    return std::nullopt;
}

} // namespace mailwire::imap

// ---- mailwire/core/tls_policy.hpp
namespace mailwire {

// Whether a login may travel over a connection that is not encrypted (RFC 8314).
enum class tls_policy : std::uint8_t {
    required, // only under TLS
    optional, // in the clear too: what a listener learns is lost
};

} // namespace mailwire

// ---- mailwire/core/total.hpp
namespace mailwire::detail {

// Whether every cell of a table names an action. A cell nobody wrote is Action::missing, and its table does not compile.
template <typename Action, std::size_t Inputs, std::size_t States>
constexpr bool is_total(const Action (&table)[Inputs][States]) {
    for (const auto& row : table) {
        for (const Action cell : row) {
            if (cell == Action::missing) return false;
        }
    }
    return true;
}

} // namespace mailwire::detail

// ---- mailwire/imap/session/client_mode_table.hpp
// What the connection of a client carries, as a table: [input][mode] -> action. A command may take it over for a while:
// AUTHENTICATE (RFC 9051 6.2.2), IDLE (6.3.13), STARTTLS (6.2.1), COMPRESS (RFC 4978 3); nothing is sent behind those
// before they are answered (RFC 9051 5.5).
namespace mailwire::imap {

enum class client_mode : std::uint8_t {
    lines,              // commands and responses
    exchange,           // AUTHENTICATE is in flight; the server's turn
    challenged,         // AUTHENTICATE is in flight; the program's turn
    asking_idle,        // IDLE is in flight; its "+" has not come
    idling,             // the server tells what happens
    ending_idle,        // DONE is said
    asking_tls,         // STARTTLS is in flight
    tls,                // the server has agreed: the handshake is due
    asking_compression, // COMPRESS is in flight
    compression,        // the server has agreed: from here on it is deflate
};
inline constexpr std::size_t client_modes = 10;

enum class client_mode_input : std::uint8_t {
    // What the program asks for.
    send_command, // any that takes nothing over
    send_authenticate,
    send_response, // to a challenge, "*" included
    send_idle,
    send_done,
    send_starttls,
    send_compress,
    tls_started,
    compression_started,
    // What the server sends.
    go_ahead,     // the "+" that a literal waits for
    continuation, // a "+" that no literal waits for
    agreed,       // tagged OK to the command that has taken the connection over
    refused,      // tagged NO or BAD to it
    other,        // any other line
};
inline constexpr std::size_t client_mode_inputs = 14;

enum class client_mode_action : std::uint8_t {
    missing,
    refuse,            // the call: misuse::wrong_state
    wait,              // the call: misuse::busy, something has to be answered first
    put,               // the command goes out
    begin,             // the command or the response goes out; -> exchange
    ask_idle,          // the command goes out; -> asking_idle
    end_idle,          // DONE goes out; -> ending_idle
    ask_tls,           // the command goes out; -> asking_tls
    ask_compression,   // the command goes out; -> asking_compression
    go_on,             // the literal goes out
    take,              // the line is handed on
    prompt,            // -> challenged
    let_idle,          // -> idling
    agree_tls,         // the line is handed on; -> tls
    agree_compression, // the line is handed on; -> compression
    finish,            // back to lines
    stray,             // client_input::stray_continuation
    never,             // cannot happen: no line is read
};

namespace detail {

struct client_mode_cells {
    using enum client_mode_action;
    // clang-format off
    static constexpr client_mode_action table[client_mode_inputs][client_modes] = {
        //                         lines            exchange  challenged  asking_idle  idling    ending_idle  asking_tls  tls     ask.compression    compression
        /* send_command        */ {put,             wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_authenticate   */ {begin,           wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_response       */ {refuse,          refuse,   begin,      refuse,      refuse,   refuse,      refuse,     refuse, refuse,            refuse},
        /* send_idle           */ {ask_idle,        wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_done           */ {refuse,          refuse,   refuse,     wait,        end_idle, refuse,      refuse,     refuse, refuse,            refuse},
        /* send_starttls       */ {ask_tls,         wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* send_compress       */ {ask_compression, wait,     wait,       wait,        wait,     wait,        wait,       refuse, wait,              refuse},
        /* tls_started         */ {refuse,          refuse,   refuse,     refuse,      refuse,   refuse,      refuse,     finish, refuse,            refuse},
        /* compression_started */ {refuse,          refuse,   refuse,     refuse,      refuse,   refuse,      refuse,     refuse, refuse,            finish},
        /* go_ahead            */ {go_on,           never,    never,      never,       never,    never,       never,      never,  never,             never},
        /* continuation        */ {stray,           prompt,   never,      let_idle,    stray,    stray,       stray,      never,  stray,             never},
        /* agreed              */ {never,           finish,   never,      finish,      finish,   finish,      agree_tls,  never,  agree_compression, never},
        /* refused             */ {never,           finish,   never,      finish,      finish,   finish,      finish,     never,  finish,            never},
        /* other               */ {take,            take,     never,      take,        take,     take,        take,       never,  take,              never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_mode_cells::table));

} // namespace detail

constexpr client_mode_action action_of(client_mode mode, client_mode_input input) {
    return detail::client_mode_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(mode)];
}

constexpr client_mode next_mode(client_mode mode, client_mode_action action) {
    switch (action) {
    case client_mode_action::begin:
        return client_mode::exchange;
    case client_mode_action::ask_idle:
        return client_mode::asking_idle;
    case client_mode_action::end_idle:
        return client_mode::ending_idle;
    case client_mode_action::ask_tls:
        return client_mode::asking_tls;
    case client_mode_action::ask_compression:
        return client_mode::asking_compression;
    case client_mode_action::prompt:
        return client_mode::challenged;
    case client_mode_action::let_idle:
        return client_mode::idling;
    case client_mode_action::agree_tls:
        return client_mode::tls;
    case client_mode_action::agree_compression:
        return client_mode::compression;
    case client_mode_action::finish:
        return client_mode::lines;
    case client_mode_action::missing:
    case client_mode_action::refuse:
    case client_mode_action::wait:
    case client_mode_action::put:
    case client_mode_action::go_on:
    case client_mode_action::take:
    case client_mode_action::stray:
    case client_mode_action::never:
        break;
    }
    return mode;
}

} // namespace mailwire::imap

// ---- mailwire/imap/limits.hpp
namespace mailwire::imap {

// What a session accepts from its peer. A limit that is passed is a typed error with what came and what is allowed;
// the session goes on behind the unit.
struct limits {
    // Octets of one unit without the octets of its streamed literals. The receive buffer is a limit as well; the smaller
    // of the two counts. RFC 7162 4 asks a server for 8192; a response with an ENVELOPE may be longer.
    std::uint64_t unit = 65536;

    // The same of a client that has not logged in: a command of a stranger is short.
    std::uint64_t unit_before_login = 8192;

    // literal: up to so many octets a literal stays in the buffer and is part of the unit's values; a larger one is
    // handed on in pieces. 4096 is what RFC 7888 5 lets a client send unasked.
    std::uint64_t inline_literal = 4096;

    // literal: what a client accepts in a response, and a server in an APPEND. 2 GiB: more than any server takes.
    std::uint64_t literal = 1ULL << 31U;

    // literal: octets in all literals of one command other than the message of an APPEND. Many small ones cost as much
    // as a large one.
    std::uint64_t command_literals = 65536;

    // literal: the same before login: a name and a password.
    std::uint64_t command_literals_before_login = 4096;

    // literal: literals of one command. For each the server judges the command so far once more, before it lets it in.
    std::uint16_t literals = 64;

    // tag: octets of the tag of a command. The server repeats it in its answer; clients use a few.
    std::uint16_t tag = 64;

    // Nesting of body, search-key and the like. Real messages nest less than 20 deep; the stack pays for each level.
    std::uint16_t depth = 64;

    // Commands in a row that are no commands, before the server says BYE: a person's typing errors pass, a program that
    // speaks another protocol does not. Fewer before authentication.
    std::uint16_t bad_commands = 20;
    std::uint16_t bad_commands_before_login = 3;

    // Commands in all before login. A client needs about six; who goes on is looking for something else.
    std::uint16_t commands_before_login = 50;

    // Seconds a server gives a client for its login, from the greeting on and in all: who is nobody yet holds a
    // connection no longer than that, whatever it sends.
    std::uint32_t login_seconds = 60;

    // Seconds of silence after which a server ends a session that has logged in. RFC 9051 5.4 asks for 1800 at least.
    std::uint32_t idle_seconds = 1800;

    // Seconds after which a client ends IDLE and begins it anew: RFC 9051 6.3.13 has 29 minutes.
    std::uint32_t idle_anew_seconds = 28 * 60;

    // Seconds of silence after which a client that waits for an answer gives up. A search may take minutes.
    std::uint32_t answer_seconds = 300;
};

} // namespace mailwire::imap

// ---- mailwire/imap/session/client_table.hpp
// What an IMAP client session does in which state (RFC 9051 3), as a table: [input][state] -> action, one line an input,
// one column a state. What the connection carries at the moment is client_mode_table.hpp. docs/imap-states.md draws both.
namespace mailwire::imap {

// The states of RFC 9051 3, with what lies before and behind them.
enum class client_state : std::uint8_t {
    greeting,          // nothing has come yet
    not_authenticated, // RFC 9051 3.1
    authenticated,     // RFC 9051 3.2
    selected,          // RFC 9051 3.3
    logged_out,        // RFC 9051 3.4: BYE has come; what still comes is delivered
    closed,            // the connection has ended
    failed,            // the server broke the protocol
};
inline constexpr std::size_t client_states = 7;

enum class client_input : std::uint8_t {
    // What the server sends.
    greeting_ok,
    greeting_preauth,
    preauth_in_clear, // PREAUTH where TLS is required and has not begun
    greeting_bye,
    greeting_other,     // a first line that is no greeting
    late_greeting,      // a greeting that is not the first line
    data,               // untagged data or an untagged status but BYE
    bye,                // untagged BYE
    stray_continuation, // a "+" that nothing waits for
    done,               // a tagged reply that changes no state
    logged_in,          // tagged OK to LOGIN, AUTHENTICATE
    unproven,           // the same, before the server has proved what its mechanism asks for
    selected,           // tagged OK to SELECT, EXAMINE
    deselected,         // tagged OK to CLOSE, UNSELECT; tagged NO or BAD to SELECT, EXAMINE; OK with CLOSED unasked
    unauthenticated,    // tagged OK to UNAUTHENTICATE
    unknown_tag,        // a tagged reply to no command in flight
    before_tls,         // octets between the agreement on TLS and its handshake
    no_end,             // a literal of more octets than there are numbers
    end,                // of the connection, between units
    cut,                // of the connection, inside a unit
    late,               // an answer has not come in time
    // What the program asks for.
    command_any,               // CAPABILITY, NOOP, LOGOUT
    command_not_authenticated, // LOGIN, AUTHENTICATE, STARTTLS
    command_before_selection,  // ENABLE
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
};
inline constexpr std::size_t client_inputs = 26;

enum class client_action : std::uint8_t {
    missing,
    refuse,  // the call: misuse::wrong_state
    put,     // the command goes out
    take,    // the line is handed on
    greet,   // the line is handed on; -> not_authenticated
    admit,   // the line is handed on; -> authenticated
    open,    // the line is handed on; -> selected
    leave,   // the line is handed on; -> authenticated, no mailbox is selected
    go_back, // the line is handed on; -> not_authenticated
    part,    // the line is handed on; -> logged_out
    over,    // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no line is read, nothing is waited for
};

namespace detail {

struct client_cells {
    using enum client_action;
    // clang-format off
    static constexpr client_action table[client_inputs][client_states] = {
        //                               greeting  not_auth.  auth.    selected  logged_out  closed  failed
        /* greeting_ok               */ {greet,    never,     never,   never,    never,      never,  never},
        /* greeting_preauth          */ {admit,    never,     never,   never,    never,      never,  never},
        /* preauth_in_clear          */ {fail,     never,     never,   never,    never,      never,  never},
        /* greeting_bye              */ {part,     never,     never,   never,    never,      never,  never},
        /* greeting_other            */ {fail,     never,     never,   never,    never,      never,  never},
        /* late_greeting             */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* data                      */ {never,    take,      take,    take,     take,       never,  never},
        /* bye                       */ {never,    part,      part,    part,     take,       never,  never},
        /* stray_continuation        */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* done                      */ {never,    take,      take,    take,     take,       never,  never},
        /* logged_in                 */ {never,    admit,     take,    take,     take,       never,  never},
        /* unproven                  */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* selected                  */ {never,    fail,      open,    open,     take,       never,  never},
        /* deselected                */ {never,    take,      leave,   leave,    take,       never,  never},
        /* unauthenticated           */ {never,    take,      go_back, go_back,  take,       never,  never},
        /* unknown_tag               */ {never,    fail,      fail,    fail,     fail,       never,  never},
        /* before_tls                */ {never,    fail,      never,   never,    never,      never,  never},
        /* no_end                    */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* end                       */ {over,     over,      over,    over,     over,       stay,   stay},
        /* cut                       */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* late                      */ {fail,     fail,      fail,    fail,     fail,       never,  never},
        /* command_any               */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* command_not_authenticated */ {refuse,   put,       refuse,  refuse,   refuse,     refuse, refuse},
        /* command_before_selection  */ {refuse,   refuse,    put,     refuse,   refuse,     refuse, refuse},
        /* command_authenticated     */ {refuse,   refuse,    put,     put,      refuse,     refuse, refuse},
        /* command_selected          */ {refuse,   refuse,    refuse,  put,      refuse,     refuse, refuse},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_cells::table));

} // namespace detail

constexpr client_action action_of(client_state state, client_input input) {
    return detail::client_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

constexpr client_state next_state(client_state state, client_action action) {
    switch (action) {
    case client_action::greet:
    case client_action::go_back:
        return client_state::not_authenticated;
    case client_action::admit:
    case client_action::leave:
        return client_state::authenticated;
    case client_action::open:
        return client_state::selected;
    case client_action::part:
        return client_state::logged_out;
    case client_action::over:
        return client_state::closed;
    case client_action::fail:
        return client_state::failed;
    case client_action::missing:
    case client_action::refuse:
    case client_action::put:
    case client_action::take:
    case client_action::stay:
    case client_action::never:
        break;
    }
    return state;
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/in_flight.hpp
namespace mailwire::imap {

// A command that was put into the output and is not answered yet.
struct in_flight {
    std::uint32_t number = 0;
    command_effect effect = command_effect::none;
    bool keeps_message_numbers = false;
    std::uint32_t switches_on = 0; // modes, when it succeeds
    std::uint64_t received = 0;    // octets that had come from the server before
};

namespace detail {

// The tag of a command: a letter and the command's number (RFC 9051 2.2.1).
class tag_text {
public:
    explicit tag_text(std::uint32_t number) {
        do {
            text_[--first_] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        text_[--first_] = 'A';
    }
    std::string_view view() const { return {text_.data() + first_, text_.size() - first_}; }

private:
    std::array<char, 11> text_;
    std::size_t first_ = text_.size();
};

// The tag at the start of a unit that cannot be read, or nothing.
inline std::string_view leading_tag(std::string_view unit) {
    constexpr char_class tag_char = grammar::astring_char - octets("+");
    const char* end = skip_class<tag_char>(unit.data(), unit.data() + unit.size());
    const auto size = static_cast<std::size_t>(end - unit.data());
    const bool ends = size != unit.size() && (*end == ' ' || *end == '\r' || *end == '\n');
    return head_of(unit, ends ? size : 0);
}

// The commands in flight, oldest first, in storage of the caller.
class commands_in_flight {
public:
    explicit commands_in_flight(std::span<in_flight> storage) : storage_(storage) {}

    std::size_t size() const { return count_; }
    bool full() const { return count_ == storage_.size(); }
    const in_flight& operator[](std::size_t i) const { return storage_[i]; }

    // Requires: not full.
    void add(const in_flight& command) { storage_[count_++] = command; }
    void take(std::size_t i) {
        for (; i + 1 != count_; ++i)
            storage_[i] = storage_[i + 1];
        --count_;
    }

    // Whether a unit that begins behind `start` octets of the server can answer the command. What the server had said
    // before there was a command is no answer to it, whatever it looks like.
    bool can_answer(std::size_t i, std::uint64_t start) const { return start >= storage_[i].received; }

    // The index of the command that a reply with this tag answers, or size().
    std::size_t find(std::string_view tag, std::uint64_t start) const {
        for (std::size_t i = 0; i != count_; ++i) {
            if (tag_text(storage_[i].number).view() == tag) return can_answer(i, start) ? i : count_;
        }
        return count_;
    }

    bool holds(std::uint32_t number) const { return index_of(number) != count_; }
    // The index of the command with this number, or size().
    std::size_t index_of(std::uint32_t number) const {
        std::size_t i = 0;
        while (i != count_ && storage_[i].number != number)
            ++i;
        return i;
    }
    bool oldest_is(command_effect effect) const { return count_ != 0 && storage_[0].effect == effect; }
    bool has(command_effect effect) const {
        for (const in_flight& c : storage_.first(count_)) {
            if (c.effect == effect) return true;
        }
        return false;
    }
    // Whether no message number can change before all of them are answered (RFC 9051 5.5).
    bool keep_message_numbers() const {
        for (const in_flight& c : storage_.first(count_)) {
            if (!c.keeps_message_numbers) return false;
        }
        return true;
    }
    // The state when all of them have succeeded: what may be sent behind them goes by it.
    client_state foreseen(client_state state) const {
        if (state > client_state::selected) return state; // nothing is sent any more
        for (const in_flight& c : storage_.first(count_))
            state = after(c.effect, state);
        return state;
    }

private:
    static client_state after(command_effect effect, client_state state) {
        switch (effect) {
        case command_effect::logs_in:
        case command_effect::authenticates:
        case command_effect::deselects:
            return client_state::authenticated;
        case command_effect::selects:
            return client_state::selected;
        case command_effect::unauthenticates:
            return client_state::not_authenticated;
        case command_effect::logs_out:
            return client_state::logged_out;
        case command_effect::none:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return state;
    }

    std::span<in_flight> storage_;
    std::size_t count_ = 0;
};

} // namespace detail

} // namespace mailwire::imap

// ---- mailwire/imap/session/client_options.hpp
namespace mailwire::imap {

// The storage a client session works in, lent by the caller for the session's life.
struct client_buffers {
    std::span<char> in;              // at least as large as the longest unit
    std::span<char> out;             // commands not yet sent
    std::span<token> tape;           // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one response
    std::span<in_flight> commands;   // commands in flight
};

// Storage of the usual sizes, for those who do not want to choose.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t Commands = 16> struct client_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 32> elided;
    std::array<in_flight, Commands> commands;

    client_buffers buffers() { return {in, out, tape, elided, commands}; }
};

struct client_options {
    imap::limits limits = {};
    bool secure = false; // the connection is encrypted from its start

    // Whether logins are refused before TLS, and a server that says PREAUTH before it is an impostor (RFC 9051 7.1.4).
    tls_policy tls = tls_policy::required;

    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

// What became of a command: its number, which the event `done` names, or why it was not sent.
struct sent_command {
    misuse fault = misuse::none;
    std::uint32_t number = 0;

    explicit operator bool() const { return fault == misuse::none; }
};

} // namespace mailwire::imap

// ---- mailwire/sasl/mechanism_set.hpp
// Which mechanisms a server offers, as far as they are among those of this folder.

namespace mailwire::sasl {

// The names of the mechanisms of this folder, the strongest first: what a client that has a password should try before
// the next one.
inline constexpr std::array<std::string_view, 9> mechanism_names{
    "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "EXTERNAL", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN", "ANONYMOUS"};

// Whether a name is one of them, in any case.
constexpr bool is_known_mechanism(std::string_view name) {
    for (const std::string_view known : mechanism_names) {
        if (equal_ignoring_case(known, name)) return true;
    }
    return false;
}

class mechanism_set {
public:
    // Notes a mechanism; one that is not of this folder is passed over. Names are compared in any case.
    constexpr void add(std::string_view name) { bits_ |= bit_of(name); }

    // Whether it has been noted; of a name that is not of this folder nothing is known.
    constexpr bool has(std::string_view name) const { return (bits_ & bit_of(name)) != 0; }

    constexpr bool empty() const { return bits_ == 0; }

    friend constexpr bool operator==(const mechanism_set&, const mechanism_set&) = default;

private:
    static constexpr std::uint32_t bit_of(std::string_view name) {
        for (std::size_t i = 0; i != mechanism_names.size(); ++i) {
            if (equal_ignoring_case(mechanism_names[i], name)) return 1U << i;
        }
        return 0;
    }

    std::uint32_t bits_ = 0;
};

} // namespace mailwire::sasl

// ---- mailwire/imap/session/capability_set.hpp
namespace mailwire::imap {

namespace detail {

// What a session itself acts on, beside what the extensions of its profile are called.
inline constexpr std::array<std::string_view, 13> base_capabilities{
    "IMAP4rev1", "IMAP4rev2", "LITERAL+", "LITERAL-",  "LOGINDISABLED", "STARTTLS", "SASL-IR",
    "IDLE",      "ENABLE",    "UNSELECT", "NAMESPACE", "MOVE",          "UIDPLUS"};

// Commands that IMAP4rev2 has, and a server of revision 1 only where it says so (RFC 9051, appendix E).
struct later_command {
    std::string_view word;
    std::string_view capability;
};
inline constexpr std::array<later_command, 7> later_commands{{{"IDLE", "IDLE"},
                                                              {"ENABLE", "ENABLE"},
                                                              {"NAMESPACE", "NAMESPACE"},
                                                              {"UNSELECT", "UNSELECT"},
                                                              {"MOVE", "MOVE"},
                                                              {"UID MOVE", "MOVE"},
                                                              {"UID EXPUNGE", "UIDPLUS"}}};

// Calls `use` with each extension of a profile that has a capability, from the innermost out.
template <typename Part, typename Use> constexpr void for_each_extension(Use& use) {
    if constexpr (requires { typename Part::parts; }) {
        [&]<typename... Parts>(pegtl::type_list<Parts...>) {
            (for_each_extension<Parts>(use), ...);
        }(typename Part::parts{});
        if constexpr (requires { Part::capability; }) use.template operator()<Part>();
    }
}

template <typename Profile> constexpr std::size_t count_extensions() {
    std::size_t count = 0;
    const auto use = [&count]<typename Extension>() { ++count; };
    for_each_extension<Profile>(use);
    return count;
}

// All the names a session of this profile knows. A name may be among them twice: the first one counts.
template <typename Profile> constexpr auto make_capability_names() {
    std::array<std::string_view, base_capabilities.size() + count_extensions<Profile>()> names{};
    std::size_t at = 0;
    for (const std::string_view name : base_capabilities)
        names[at++] = name;
    const auto use = [&]<typename Extension>() { names[at++] = Extension::capability; };
    for_each_extension<Profile>(use);
    return names;
}
template <typename Profile> inline constexpr auto capability_names = make_capability_names<Profile>();

// The place of a name; the number of them for one that no profile knows.
template <typename Profile> constexpr std::size_t capability_index(std::string_view name) {
    const auto& names = capability_names<Profile>;
    for (std::size_t i = 0; i != names.size(); ++i) {
        if (equal_ignoring_case(names[i], name)) return i;
    }
    return names.size();
}

} // namespace detail

// What a server announces, as far as its profile knows it. What a program wants to know besides comes to it with the
// capability data.
template <typename Profile> class capability_set {
public:
    // Whether anything has been announced since the session began, or since TLS or a login made it void.
    bool known() const { return known_; }

    // capabilities.has<"IDLE">(); an extension is asked for by its own name for it.
    template <fixed_string Name> bool has() const {
        constexpr std::size_t i = detail::capability_index<Profile>(Name.view());
        static_assert(i != detail::capability_names<Profile>.size(),
                      "no extension of this profile has this capability");
        return bits_[i];
    }
    bool has(std::string_view name) const {
        const std::size_t i = detail::capability_index<Profile>(name);
        return i != bits_.size() && bits_[i];
    }

    // The mechanisms of AUTHENTICATE ("AUTH=").
    const sasl::mechanism_set& mechanisms() const { return mechanisms_; }

    // How a client may send a literal. A server is not to offer both LITERAL+ and LITERAL-; where one does, what both
    // allow is safe (RFC 7888 5). IMAP4rev2 has what LITERAL- offers (RFC 9051 4.3).
    literal_form literals() const {
        if (has<"LITERAL-">()) return literal_form::minus;
        if (has<"LITERAL+">()) return literal_form::plus;
        return has<"IMAP4rev2">() ? literal_form::minus : literal_form::synchronizing;
    }

    // Replaces what was known (RFC 9051 7.2.2).
    void replace(const seq_of<text>& announced) {
        *this = {};
        known_ = true;
        for (const text& name : announced)
            add(name);
    }

private:
    void add(const text& name) {
        constexpr std::string_view auth = "AUTH=";
        const std::string_view spelled = name.spelled();
        if (spelled.size() > auth.size() && equal_ignoring_case(head_of(spelled, auth.size()), auth)) {
            mechanisms_.add(tail_of(spelled, auth.size()));
        }
        const std::size_t i = detail::capability_index<Profile>(spelled);
        if (i != bits_.size()) bits_[i] = true;
    }

    std::bitset<detail::capability_names<Profile>.size()> bits_;
    sasl::mechanism_set mechanisms_;
    bool known_ = false;
};

// What a session has to know of a command before it sends or delivers it.
struct command_facts {
    legal_in legal = legal_in::any;
    command_effect effect = command_effect::none;
    bool keeps_message_numbers = false;
    std::string_view capability = {}; // without which it is not known; empty: every server has it
    bool in_revision_2 = false;       // a server of revision 2 has it without that capability
};

namespace detail {

template <typename Extension, typename Command> constexpr bool has_alternative() {
    return []<typename... Alts>(pegtl::type_list<Alts...>) {
        return (std::is_same_v<Alts, Command> || ...);
    }(all_alternatives_of<Extension>{});
}

} // namespace detail

template <typename Profile, typename Command> constexpr command_facts facts_of() {
    command_facts facts{Command::legal, effect_of<Command>(), keeps_message_numbers<Command>()};
    // The profile's outer parts come last: what only holds others together is no extension of its own.
    const auto use = [&facts]<typename Extension>() {
        const bool revision = Extension::capability == "IMAP4rev1" || Extension::capability == "IMAP4rev2";
        const bool holds = detail::has_alternative<Extension, Command>();
        if (holds && !revision && facts.capability.empty()) facts.capability = Extension::capability;
    };
    detail::for_each_extension<Profile>(use);
    for (const auto& later : detail::later_commands) {
        if (later.word != Command::word::text) continue;
        facts.capability = later.capability;
        facts.in_revision_2 = true;
    }
    return facts;
}

// Whether a server with these capabilities has the command. Where nothing is known, only what every server has.
template <typename Profile> bool is_offered(const command_facts& facts, const capability_set<Profile>& capabilities) {
    if (facts.capability.empty() || capabilities.has(facts.capability)) return true;
    return facts.in_revision_2 && capabilities.template has<"IMAP4rev2">();
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/modes.hpp
namespace mailwire::imap::detail {

// The modes that an extension of the profile has under this name, bits of namespace modes; none for a name that cannot be
// enabled, or that the profile does not know.
template <typename Profile> std::uint32_t mode_of(std::string_view capability) {
    std::uint32_t modes = 0;
    const auto use = [&]<typename Extension>() {
        if constexpr (requires { Extension::enables; }) {
            if (equal_ignoring_case(Extension::capability, capability)) modes |= Extension::enables;
        }
    };
    for_each_extension<Profile>(use);
    return modes;
}

// What the names in ENABLED switch on (RFC 9051 7.2.1).
template <typename Profile> std::uint32_t enabled_by(const seq_of<text>& capabilities) {
    std::uint32_t modes = 0;
    for (const text& name : capabilities)
        modes |= mode_of<Profile>(name.spelled());
    return modes;
}

// The modes in force, bits of namespace modes. A server of revision 2 alone has nothing to enable (RFC 9051, appendix A).
template <typename Profile>
std::uint32_t modes_in_force(std::uint32_t enabled, const capability_set<Profile>& announced) {
    const bool only_rev2 = announced.template has<"IMAP4rev2">() && !announced.template has<"IMAP4rev1">();
    return enabled | (only_rev2 ? modes::rev2 | modes::utf8 : 0U);
}

} // namespace mailwire::imap::detail

// ---- mailwire/imap/write.hpp
// Whole units into a sink, without a session. Each answers misuse::bad_value when a value has octets its place cannot
// carry and misuse::no_room when the sink is not ok; what the sink then holds is no unit. Where the sink has stops, the
// output pauses there: for the "+" of the peer, or for the octets of a streamed literal.
namespace mailwire::imap {

namespace detail {

template <typename Alt, typename... Known> constexpr bool is_among(pegtl::type_list<Known...>) {
    return (std::is_same_v<Alt, Known> || ...);
}

// Writes what was read as an alternative that Profile has and the library has not.
template <typename Profile> bool write_own(writer& out, std::uint32_t id, cursor tokens) {
    const auto write_one = [&]<typename Alt>(pegtl::type_list<Alt>) {
        if constexpr (is_among<Alt>(all_alternatives_of<everything>{})) {
            return false;
        } else {
            if (id != id_of<Alt>) return false;
            out.put(Alt::read(tokens));
            return true;
        }
    };
    return [&]<typename... Alts>(pegtl::type_list<Alts...>) {
        bool found = false;
        (void)((found = write_one(pegtl::type_list<Alts>{})) || ...);
        return found;
    }(all_alternatives_of<Profile>{});
}

template <typename Profile> constexpr writer::write_own own_writer() {
    if constexpr (std::is_same_v<Profile, everything>) {
        return nullptr;
    } else {
        return &write_own<Profile>;
    }
}

template <typename Profile, sink Sink, typename WriteUnit>
misuse write_unit(Sink& to, const write_options& options, WriteUnit&& write_one) {
    writer out(to, options, own_writer<Profile>());
    write_one(out);
    out.raw("\r\n");
    if (out.fault() != misuse::none) return out.fault();
    return to.ok() ? misuse::none : misuse::no_room;
}

inline write_options from_server(write_options options) {
    options.from = side::server;
    return options;
}

} // namespace detail

// tag SP command CRLF. RFC 9051 9, command.
template <typename Profile = everything, sink Sink, alternative Command>
misuse write_command(Sink& to, std::string_view tag, const Command& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, options, [&](writer& out) { out.tag(tag).sp().put(value); });
}
template <typename Profile = everything, sink Sink>
misuse write_command(Sink& to, const command& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, options, [&](writer& out) { out.tag(value.tag()).sp().put(value.value()); });
}

// "*" SP data CRLF. RFC 9051 9, response-data.
template <typename Profile = everything, sink Sink, alternative Data>
misuse write_data(Sink& to, const Data& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options),
                                       [&](writer& out) { out.raw("* ").put(value); });
}

// "*" SP status CRLF, also for a greeting. RFC 9051 9, resp-cond-state, resp-cond-auth, resp-cond-bye.
template <typename Profile = everything, sink Sink>
misuse write_status(Sink& to, const status_response& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options),
                                       [&](writer& out) { value.write(out.raw("* ")); });
}

// tag SP status CRLF. RFC 9051 9, response-tagged.
template <typename Profile = everything, sink Sink>
misuse write_tagged(Sink& to, std::string_view tag, const status_response& value, const write_options& options = {}) {
    return detail::write_unit<Profile>(to, detail::from_server(options), [&](writer& out) {
        out.require(value.condition == condition::ok || value.condition == condition::no ||
                    value.condition == condition::bad);
        value.write(out.tag(tag).sp());
    });
}

// "+" SP text CRLF. RFC 9051 9, continue-req.
template <sink Sink> misuse write_continuation(Sink& to, std::string_view text, const write_options& options = {}) {
    return detail::write_unit<everything>(to, detail::from_server(options),
                                          [&](writer& out) { out.raw("+ ").human(text); });
}

// A response as it was read, from its values: a proxy's way. Unknown data goes through as it came.
template <typename Profile = everything, sink Sink>
misuse write_response(Sink& to, const response& value, const write_options& options = {}) {
    switch (value.kind()) {
    case response_kind::continuation:
        return write_continuation(to, value.continuation(), options);
    case response_kind::tagged:
        return write_tagged<Profile>(to, value.tag(), value.status(), options);
    case response_kind::status:
        return write_status<Profile>(to, value.status(), options);
    case response_kind::data:
        break;
    }
    return detail::write_unit<Profile>(to, detail::from_server(options), [&](writer& out) {
        out.raw("* ");
        if (!value.has_number()) {
            out.put(value.data<slot::response_data>());
        } else if (visit<everything>(value.data<slot::counted_data>(), [](const auto&) {})) {
            out.put(value.data<slot::counted_data>());
        } else {
            out.put(value.data<slot::message_data>());
        }
    });
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/server_facts.hpp
namespace mailwire::imap {

// What a client session knows of its server. All of it is forgotten when TLS begins (RFC 9051 6.2.1).
template <typename Profile> class server_facts {
public:
    const capability_set<Profile>& capabilities() const { return capabilities_; }
    const mailbox_facts& mailbox() const { return mailbox_; }

    // Those in force, bits of namespace modes.
    std::uint32_t modes() const { return detail::modes_in_force(enabled_, capabilities_); }
    bool has_mode(std::uint32_t mode) const { return (modes() & mode) != 0; }

    // How its responses read. Before it has said what it is, UTF-8 is no fault.
    dialect reading() const {
        dialect d;
        d.utf8 = !capabilities_.known() || has_mode(modes::utf8);
        return d;
    }
    // How commands to it are written.
    write_options writing() const {
        return {side::client, capabilities_.literals(), has_mode(modes::utf8), !has_mode(modes::uidonly)};
    }

    // Untagged data, an untagged status, the greeting.
    violation learn(const response& r) {
        if (r.kind() == response_kind::data) return learn_data(r);
        const status_response status = r.status();
        learn_capabilities(status);
        return mailbox_.learn(status);
    }

    // A tagged reply. `switched_on`: the modes its command switches on when it succeeds.
    void settle(const status_response& status, std::uint32_t switched_on) {
        learn_capabilities(status);
        if (status.condition == condition::ok) enabled_ |= switched_on;
        (void)mailbox_.settle(status);
    }

    // What comes now is of another mailbox. From a server that says when the old one is closed, it is not before that
    // (RFC 9051 7.1, CLOSED; RFC 7162 3.2.11).
    void begin_opening(bool another_is_selected) {
        if (opening_ || (another_is_selected && has_mode(modes::rev2 | modes::qresync))) return;
        close_mailbox();
        opening_ = true;
    }
    void end_opening(bool ok) {
        if (!opening_ || !ok) close_mailbox();
        opening_ = false;
    }
    // CLOSED, CLOSE, UNSELECT.
    void close_mailbox() { mailbox_ = {}; }
    void note_closed(bool selecting) {
        close_mailbox();
        opening_ = selecting;
    }

    // Another login, another user, may have others (RFC 9051 7.1, RFC 8437 3).
    void forget_capabilities() { capabilities_ = {}; }
    void unauthenticate() { *this = {}; }

private:
    violation learn_data(const response& r) {
        if (r.is<fetch_data>()) return judge(learn_fetch(r.as<fetch_data>()), true);
        if (r.is<exists>()) return mailbox_.learn(r.as<exists>());
        if (r.is<expunge_data>()) return judge(mailbox_.learn(r.as<expunge_data>()), true);
        if (r.is<vanished_data>()) return judge(mailbox_.learn(r.as<vanished_data>()), false);
        if (r.is<recent>()) return mailbox_.learn(r.as<recent>());
        if (r.is<capability_data>()) capabilities_.replace(r.as<capability_data>().capabilities);
        if (r.is<enabled_data>()) enabled_ |= detail::enabled_by<Profile>(r.as<enabled_data>().capabilities);
        if (r.is<uidfetch_data>()) learn_modseq(r.as<uidfetch_data>().att);
        return violation::none;
    }

    violation learn_fetch(const fetch_data& f) {
        learn_modseq(f.att);
        return mailbox_.learn(f);
    }
    void learn_modseq(const items<slot::msg_att>& att) {
        if (!has_mode(modes::condstore)) return;
        if (const auto m = att.get<modseq>()) mailbox_.learn(*m);
    }

    // While a mailbox opens, data may come in any order: how many messages it has may still be unsaid.
    violation judge(violation v, bool by_number) const {
        if (by_number && has_mode(modes::uidonly)) return violation::number_under_uidonly;
        return opening_ ? violation::none : v;
    }

    // Capabilities come as data and as a code (RFC 9051 7.1, 7.2.2).
    void learn_capabilities(const status_response& status) {
        if (const auto code = status.code.template get<code_capability>()) capabilities_.replace(code->capabilities);
    }

    capability_set<Profile> capabilities_;
    mailbox_facts mailbox_;
    std::uint32_t enabled_ = 0;
    bool opening_ = false;
};

} // namespace mailwire::imap

// ---- mailwire/imap/session/client_progress.hpp
namespace mailwire::imap::detail {

// Where a client session stands: its state and its mode, the commands in flight, what it knows of the server. It decides
// what may be sent and what a line that has come means; it sees no octets.
template <typename Profile> class client_progress {
public:
    client_progress(std::span<in_flight> storage, const client_options& options)
        : commands_(storage), tls_(options.tls), secure_(options.secure) {}

    client_state state() const { return state_; }
    client_mode mode() const { return mode_; }
    const server_facts<Profile>& server() const { return server_; }
    const commands_in_flight& commands() const { return commands_; }
    bool secure() const { return secure_; }
    std::uint32_t last_number() const { return last_number_; }
    // The command that has taken the connection over.
    std::uint32_t taken_by() const { return taken_by_; }

    // Whether a command may be sent now, as far as it does not depend on its values.
    misuse may_send(const command_facts& facts) const {
        const auto where = static_cast<unsigned>(client_input::command_any) + static_cast<unsigned>(facts.legal);
        const client_state foreseen = commands_.foreseen(state_);
        if (action_of(foreseen, static_cast<client_input>(where)) == client_action::refuse) return misuse::wrong_state;
        if (facts.legal == legal_in::before_selection && selected_once_) return misuse::wrong_state;
        if (facts.effect == command_effect::starts_tls && secure_) return misuse::wrong_state;
        if (const misuse m = may(sending(facts.effect)); m != misuse::none) return m;
        if (takes_all(facts.effect) && commands_.size() != 0) return misuse::busy;
        if (const misuse m = may_log_in(facts.effect); m != misuse::none) return m;
        if (!is_offered(facts, server_.capabilities())) return misuse::not_offered;
        return commands_.full() ? misuse::no_room : misuse::none;
    }

    // Nothing may be under way before these, in either direction: what follows the answer is read in another way.
    static bool takes_all(command_effect effect) {
        return effect == command_effect::starts_tls || effect == command_effect::compresses;
    }

    // Whether the mode allows this call.
    misuse may(client_mode_input input) const {
        const client_mode_action action = action_of(mode_, input);
        if (action == client_mode_action::refuse) return misuse::wrong_state;
        return action == client_mode_action::wait ? misuse::busy : misuse::none;
    }

    // Whether the server has a mechanism, as far as it is known.
    bool offers_mechanism(std::string_view name) const {
        const capability_set<Profile>& offered = server_.capabilities();
        return !offered.known() || !sasl::is_known_mechanism(name) || offered.mechanisms().has(name);
    }
    bool takes_initial_response() const {
        const capability_set<Profile>& offered = server_.capabilities();
        return offered.template has<"SASL-IR">() || offered.template has<"IMAP4rev2">();
    }

    write_options writing() const {
        write_options o = server_.writing();
        // What a server takes may change with the login (RFC 9051 7.1); "{n}" it always takes.
        if (commands_.has(command_effect::logs_in)) o.literals = literal_form::synchronizing;
        return o;
    }

    // A command was sent; its number. `received`: the octets that had come from the server before.
    std::uint32_t note_sent(const command_facts& facts, std::uint32_t switches_on, std::uint64_t received) {
        commands_.add({++last_number_, facts.effect, facts.keeps_message_numbers, switches_on, received});
        go(sending(facts.effect));
        if (mode_ != client_mode::lines) taken_by_ = last_number_;
        return last_number_;
    }
    // A mechanism that is complete, or a program that answers itself: an OK to AUTHENTICATE can be believed.
    void note_proof(bool proved) { proved_ = proved; }

    void go(client_mode_input input) { mode_ = next_mode(mode_, action_of(mode_, input)); }
    void start_tls() {
        go(client_mode_input::tls_started);
        server_ = {};
        secure_ = true;
    }

    // What a line does to the state; false where the table says that the session has failed.
    bool act(client_input input) {
        const client_action action = action_of(state_, input);
        state_ = next_state(state_, action);
        if (state_ > client_state::selected) {
            // Behind BYE nothing is sent any more, and no answer begins anything; behind the end neither.
            mode_ = client_mode::lines;
            taken_by_ = 0;
        }
        return action != client_action::fail;
    }

    client_input input_of_greeting(condition c) const {
        if (c == condition::ok) return client_input::greeting_ok;
        if (c != condition::preauth) return client_input::greeting_bye;
        return needs_tls() ? client_input::preauth_in_clear : client_input::greeting_preauth;
    }
    void learn_greeting(const response& r) { (void)server_.learn(r); }

    // Untagged data and status. `wrong` is set to what is wrong with them.
    client_input learn_untagged(const response& r, violation& wrong) {
        const bool selecting = commands_.has(command_effect::selects);
        client_input input = client_input::data;
        if (r.kind() == response_kind::status) {
            const status_response status = r.status();
            if (status.condition == condition::bye) input = client_input::bye;
            if (status.condition == condition::ok && status.code.template is<code_closed>()) {
                server_.note_closed(selecting);
                if (!selecting) input = client_input::deselected;
            }
        }
        if (commands_.oldest_is(command_effect::selects)) server_.begin_opening(state_ == client_state::selected);
        wrong = server_.learn(r);
        if (wrong == violation::none && is_out_of_place(r)) wrong = violation::expunge_out_of_place;
        return input;
    }

    // The index of the command that a reply answers; it comes behind `start` octets of the server. Nothing for a tag that
    // is in flight nowhere.
    std::optional<std::size_t> find(std::string_view tag, std::uint64_t start) const {
        const std::size_t i = commands_.find(tag, start);
        return i == commands_.size() ? std::nullopt : std::optional(i);
    }
    // Whether a "+" behind `start` octets of the server can be meant for the command.
    bool can_answer(std::uint32_t number, std::uint64_t start) const {
        const std::size_t i = commands_.index_of(number);
        return i != commands_.size() && commands_.can_answer(i, start);
    }

    // What a tagged reply to a command is to the state.
    client_input input_of_reply(const in_flight& command, condition c) const {
        if (command.effect == command_effect::selects && c != condition::ok) return client_input::deselected;
        if (c != condition::ok) return client_input::done;
        switch (command.effect) {
        case command_effect::authenticates:
            return proved_ ? client_input::logged_in : client_input::unproven;
        case command_effect::logs_in:
            return client_input::logged_in;
        case command_effect::selects:
            return client_input::selected;
        case command_effect::deselects:
            return client_input::deselected;
        case command_effect::unauthenticates:
            return client_input::unauthenticated;
        case command_effect::none:
        case command_effect::logs_out:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return client_input::done;
    }
    void learn_reply(const in_flight& command, const status_response& status, client_input input) {
        const bool ok = status.condition == condition::ok;
        if (command.effect == command_effect::selects) {
            server_.end_opening(ok);
            selected_once_ = selected_once_ || ok;
        }
        if (input == client_input::deselected) server_.close_mailbox();
        if (input == client_input::logged_in) server_.forget_capabilities();
        if (input == client_input::unauthenticated) {
            server_ = {};
            selected_once_ = false;
        }
        server_.settle(status, command.switches_on);
    }

    // Takes a command off the list: it is answered, `agreed` or not.
    in_flight take(std::size_t index, bool agreed) {
        const in_flight command = commands_[index];
        commands_.take(index);
        if (command.number == taken_by_) {
            go(agreed ? client_mode_input::agreed : client_mode_input::refused);
            taken_by_ = 0;
        }
        return command;
    }

private:
    static client_mode_input sending(command_effect effect) {
        switch (effect) {
        case command_effect::authenticates:
            return client_mode_input::send_authenticate;
        case command_effect::idles:
            return client_mode_input::send_idle;
        case command_effect::starts_tls:
            return client_mode_input::send_starttls;
        case command_effect::compresses:
            return client_mode_input::send_compress;
        case command_effect::none:
        case command_effect::logs_in:
        case command_effect::selects:
        case command_effect::deselects:
        case command_effect::logs_out:
        case command_effect::unauthenticates:
            break;
        }
        return client_mode_input::send_command;
    }

    bool needs_tls() const { return tls_ == tls_policy::required && !secure_; }

    misuse may_log_in(command_effect effect) const {
        const capability_set<Profile>& offered = server_.capabilities();
        const bool login = effect == command_effect::logs_in;
        if (effect == command_effect::starts_tls && offered.known() && !offered.template has<"STARTTLS">()) {
            return misuse::not_offered;
        }
        if (!is_login(effect)) return misuse::none;
        if (needs_tls()) return misuse::needs_tls;
        return login && offered.template has<"LOGINDISABLED">() ? misuse::not_offered : misuse::none;
    }

    // RFC 9051 7.5.1: not while only commands are in flight that keep the numbers, nor while there are none.
    bool is_out_of_place(const response& r) const {
        if (!commands_.keep_message_numbers()) return false;
        return r.is<expunge_data>() || (r.is<vanished_data>() && !r.as<vanished_data>().earlier);
    }

    commands_in_flight commands_;
    server_facts<Profile> server_;
    std::uint32_t last_number_ = 0;
    std::uint32_t taken_by_ = 0;
    client_state state_ = client_state::greeting;
    client_mode mode_ = client_mode::lines;
    tls_policy tls_;
    bool secure_;
    bool proved_ = false;        // an OK to AUTHENTICATE can be believed
    bool selected_once_ = false; // since the login: ENABLE has had its time (RFC 9051 6.3.1)
};

} // namespace mailwire::imap::detail

// ---- mailwire/core/inbox.hpp
namespace mailwire {

// The receive buffer of a session, in storage of the caller. Octets come in at the back and are taken off the front;
// `prepare` moves what is left to the start of the storage, so views into the buffer end there.
class inbox {
public:
    explicit inbox(std::span<char> storage) : storage_(storage) {}

    // Room for octets to receive. Empty when the buffer is full of octets not yet taken.
    std::span<char> prepare() {
        if (first_ != 0) {
            std::memmove(storage_.data(), storage_.data() + first_, size());
            last_ -= first_;
            first_ = 0;
        }
        return storage_.subspan(last_);
    }

    // Takes note of `octets` octets written to the start of what `prepare` returned; more than that room is cut off.
    void commit(std::size_t octets) {
        const std::size_t room = storage_.size() - last_;
        last_ += octets < room ? octets : room;
    }

    std::string_view view() const { return {storage_.data() + first_, size()}; }
    std::size_t size() const { return last_ - first_; }
    bool empty() const { return first_ == last_; }
    std::size_t capacity() const { return storage_.size(); }

    // True when nothing more can be received before something is taken.
    bool full() const { return size() == storage_.size(); }

    void consume(std::size_t octets) {
        first_ += octets;
        if (first_ == last_) first_ = last_ = 0;
    }

    // The octets that `view` begins with, to be decoded where they are.
    std::span<char> front(std::size_t octets) { return storage_.subspan(first_, octets); }

    // All of the storage that holds nothing to be read any more: where a secret may still lie.
    void for_each_stale(auto run) {
        run(storage_.first(first_));
        run(storage_.subspan(last_));
    }

    // Cuts `octets` octets out of the middle, at `offset` from the front: a literal that is not kept.
    void erase(std::size_t offset, std::size_t octets) {
        char* at = storage_.data() + first_ + offset;
        std::memmove(at, at + octets, size() - offset - octets);
        last_ -= octets;
    }

private:
    std::span<char> storage_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

} // namespace mailwire

// ---- mailwire/imap/session/skipper.hpp
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

// ---- mailwire/imap/session/receiver.hpp
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

// ---- mailwire/imap/session/literal_limits.hpp
namespace mailwire::imap::detail {

// Why a literal that begins here is not handed on in pieces, or no error.
inline mailwire::error stream_fault(const receiver& in, const frame& f, const limits& allowed) {
    if (f.octets > allowed.literal) return {errc::literal_too_big, f.header, f.octets, allowed.literal};
    const std::size_t streamed = in.elided().size();
    if (!in.can_stream(f)) return {errc::too_many_literals, f.header, streamed + 1, streamed};
    return {};
}

// Why a literal of a command does not stay in the buffer, or no error. `budget`: the octets of all literals of the command.
inline mailwire::error keep_fault(const receiver& in, const frame& f, const limits& allowed, std::uint64_t budget) {
    const std::uint64_t most = allowed.inline_literal;
    if (f.octets > most || !in.can_keep(f)) return {errc::literal_too_big, f.header, f.octets, most};
    const std::uint64_t sum = in.kept_octets() + f.octets;
    if (sum > budget) return {errc::literal_too_big, f.header, sum, budget};
    const std::size_t number = in.literals() + 1;
    if (number > allowed.literals) return {errc::too_many_literals, f.header, number, allowed.literals};
    return {};
}

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/client_core.hpp
namespace mailwire::imap::detail {

// What a client session does with what comes: octets in, events out. What a program asks of it is imap::basic_client.
template <typename Profile> class client_core {
public:
    client_core(const client_buffers& buffers, const client_options& options)
        : receiver_(buffers.in, buffers.elided, side::server, options.limits.unit), out_(buffers.out),
          tape_(buffers.tape), progress_(buffers.commands, options), limits_(options.limits), quirks_(options.quirks) {}

    outbox& out() { return out_; }
    const outbox& out() const { return out_; }
    const client_progress<Profile>& progress() const { return progress_; }

    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) {
        receiver_.commit(octets);
        if (octets != 0) silence_.restart();
    }
    void closed() { ended_ = true; }

    void at(instant now) {
        silence_.at(now);
        idle_.at(now);
    }
    instant deadline() const {
        if (progress_.state() == client_state::closed || progress_.state() == client_state::failed) return never;
        switch (progress_.mode()) {
        case client_mode::idling:
            return idle_told_ ? never : idle_.due(limits_.idle_anew_seconds);
        case client_mode::challenged:
        case client_mode::tls:
        case client_mode::compression:
            return never;
        case client_mode::lines:
        case client_mode::exchange:
        case client_mode::asking_idle:
        case client_mode::ending_idle:
        case client_mode::asking_tls:
        case client_mode::asking_compression:
            break;
        }
        const bool waits = progress_.state() == client_state::greeting || progress_.commands().size() != 0;
        return waits ? silence_.due(limits_.answer_seconds) : never;
    }

    void sent(std::size_t octets) {
        if (octets != 0 && out_.has_stop()) silence_.restart(); // a message is answered when all of it is there
        out_.sent(octets);
        // The command was refused before its line was out: nobody will say "+" to its literal.
        if (out_.waiting() && !progress_.commands().holds(progress_.last_number())) out_.cancel_unit();
    }

    misuse literal(std::string_view octets) {
        const bool over = progress_.state() == client_state::failed || progress_.state() == client_state::closed;
        return over ? misuse::wrong_state : out_.literal(octets);
    }

    misuse may_send(const command_facts& facts) const {
        const misuse fault = progress_.may_send(facts);
        const bool unread = progress_.takes_all(facts.effect) && receiver_.behind() != 0;
        if (fault != misuse::none && fault != misuse::no_room) return fault;
        return out_.has_stop() || unread ? misuse::busy : fault;
    }
    std::uint32_t note_sent(const command_facts& facts, std::uint32_t switches_on) {
        if (is_login(facts.effect)) out_.keep_secret();
        if (progress_.commands().size() == 0) silence_.restart();
        return progress_.note_sent(facts, switches_on, receiver_.received());
    }
    // The answer to a challenge was put into the output. `proved`: an OK can be believed now.
    void note_response(bool proved) {
        out_.keep_secret();
        note_line(client_mode_input::send_response);
        progress_.note_proof(proved);
    }
    void note_line(client_mode_input input) {
        silence_.restart();
        progress_.go(input);
    }
    void note_proof(bool proved) { progress_.note_proof(proved); }

    // The challenge that waits for its answer, decoded.
    std::string_view challenge() const { return head_of(receiver_.view(), challenge_size_); }

    misuse tls_started() {
        if (progress_.may(client_mode_input::tls_started) != misuse::none || await_tls({}).error)
            return misuse::wrong_state;
        progress_.start_tls();
        return misuse::none;
    }
    misuse compression_started() {
        if (progress_.may(client_mode_input::compression_started) != misuse::none) return misuse::wrong_state;
        receiver_.drop();
        progress_.go(client_mode_input::compression_started);
        return misuse::none;
    }

    client_event next() {
        if (progress_.state() == client_state::failed) return failure_event();
        if (progress_.state() == client_state::closed) return {.kind = client_event_kind::closed};
        if (progress_.mode() == client_mode::challenged) return ended_ ? rest() : client_event();
        if (progress_.mode() == client_mode::tls) return await_tls({.kind = client_event_kind::start_tls});
        if (progress_.mode() == client_mode::compression)
            return {.kind = client_event_kind::start_compression, .octets = behind()};
        // A challenge that cannot be read is answered at once.
        if (progress_.mode() == client_mode::exchange && !out_.has_room(cancel_line.size())) {
            const bool over = ended_ || silence_.is_past(deadline());
            return over ? rest() : client_event{.kind = client_event_kind::need_output};
        }
        for (;;) {
            const step s = receiver_.next();
            switch (s.kind) {
            case step_kind::more:
                return rest();
            case step_kind::unit:
                return unit(s.text);
            case step_kind::literal:
                if (const client_event e = literal_header(s); e.kind != client_event_kind::need_input) return e;
                break;
            case step_kind::literal_piece:
                return {.kind = client_event_kind::literal_data, .octets = s.text};
            case step_kind::literal_end:
                return {.kind = client_event_kind::literal_end};
            case step_kind::bad:
                return bad(s);
            }
        }
    }

private:
    static constexpr std::string_view cancel_line = "*\r\n";

    parse_options reading() const {
        parse_options o{progress_.server().reading(), receiver_.elided()};
        o.dialect.depth = limits_.depth;
        o.dialect.quirks = quirks_;
        return o;
    }

    // Nothing more can be read now.
    client_event rest() {
        if (ended_) {
            const bool between = receiver_.between_units() || progress_.mode() == client_mode::challenged;
            if (!between) return fail(client_input::cut, {errc::truncated, receiver_.view().size(), 0, 0});
            (void)progress_.act(client_input::end);
            return {.kind = client_event_kind::closed};
        }
        if (!silence_.is_past(deadline())) return {};
        if (progress_.mode() != client_mode::idling) return fail(client_input::late, {errc::timed_out, 0, 0, 0});
        idle_told_ = true;
        return {.kind = client_event_kind::idle_due, .command = progress_.taken_by()};
    }

    // Between the agreement on TLS and its handshake nothing may come.
    client_event await_tls(client_event event) {
        if (receiver_.behind() != 0) return fail(client_input::before_tls, {errc::input_before_tls, 0, 0, 0});
        return ended_ ? rest() : event;
    }
    std::string_view behind() const { return tail_of(receiver_.view(), receiver_.view().size() - receiver_.behind()); }

    client_event unit(std::string_view text) {
        if (progress_.state() == client_state::greeting) return greeting(text);
        const auto r = parse_response<Profile>(text, tape_, reading());
        if (!r) return is_greeting(text) ? fail(client_input::late_greeting) : unreadable(text, r.error);
        client_event event{.kind = client_event_kind::response, .response = r.value, .quirks = r.quirks};
        if (r.value.kind() == response_kind::continuation) return continuation(event);
        if (r.value.kind() == response_kind::tagged) return tagged(event);
        const client_input input = progress_.learn_untagged(r.value, event.violation);
        return act(input, event);
    }

    client_event greeting(std::string_view text) {
        const auto r = parse_greeting<Profile>(text, tape_, reading());
        if (!r) return fail(client_input::greeting_other);
        const client_input input = progress_.input_of_greeting(r.value.status().condition);
        if (input != client_input::preauth_in_clear) progress_.learn_greeting(r.value);
        return act(input, {.kind = client_event_kind::greeting, .response = r.value, .quirks = r.quirks});
    }

    // RFC 9051 7.1.4: what is no response, and would have been a greeting, is PREAUTH.
    bool is_greeting(std::string_view text) const { return !parse_greeting<Profile>(text, tape_, reading()).error; }

    client_event act(client_input input, client_event event) { return progress_.act(input) ? event : fail(input); }

    client_event continuation(client_event event) {
        const std::uint64_t start = receiver_.unit_start();
        // A "+" that the server sent before the command is none to it.
        if (out_.waiting() && progress_.can_answer(progress_.last_number(), start)) {
            out_.go_on();
            return {.kind = client_event_kind::need_output, .command = progress_.last_number()};
        }
        const client_mode_action action = action_of(progress_.mode(), client_mode_input::continuation);
        if (action == client_mode_action::stray || !progress_.can_answer(progress_.taken_by(), start)) {
            return fail(client_input::stray_continuation);
        }
        event.command = progress_.taken_by();
        if (action == client_mode_action::prompt) return prompt(event);
        progress_.go(client_mode_input::continuation);
        idle_told_ = false;
        idle_.restart();
        event.kind = client_event_kind::idling;
        return event;
    }

    // Decodes a challenge where it is, at the front of the buffer. One that cannot be decoded ends the exchange.
    client_event prompt(client_event event) {
        const std::string_view base64 = event.response.continuation();
        const base64_result decoded = base64_decode(base64, receiver_.front(base64.size()));
        if (!decoded) {
            refuse_challenge();
            return {.kind = client_event_kind::error, .error = {errc::syntax, 2, 0, 0}};
        }
        challenge_size_ = decoded.size;
        progress_.go(client_mode_input::continuation);
        return {.kind = client_event_kind::challenge,
                .command = event.command,
                .octets = challenge(),
                .quirks = event.quirks};
    }

    // Nobody can answer it: the exchange ends, and the server says so to its command.
    void refuse_challenge() {
        out_.begin_unit();
        out_.put(cancel_line);
        (void)out_.end_unit();
        progress_.note_proof(false);
    }

    client_event tagged(client_event event) {
        const auto i = progress_.find(event.response.tag(), receiver_.unit_start());
        if (!i) return fail(client_input::unknown_tag);
        const status_response status = event.response.status();
        const in_flight command = progress_.commands()[*i];
        const client_input input = progress_.input_of_reply(command, status.condition);
        if (action_of(progress_.state(), input) == client_action::fail) return fail(input);
        progress_.learn_reply(command, status, input);
        event.kind = client_event_kind::done;
        event.command = take(*i, status.condition == condition::ok);
        event = act(input, event);
        if (progress_.mode() == client_mode::compression) {
            event.kind = client_event_kind::start_compression;
            event.octets = behind();
        }
        if (progress_.mode() != client_mode::tls) return event;
        event.kind = client_event_kind::start_tls;
        return await_tls(event);
    }

    // Takes a command off the list; its number. Where it waits for "+", the rest of it is not sent.
    std::uint32_t take(std::size_t i, bool agreed) {
        const std::uint32_t number = progress_.take(i, agreed).number;
        if (number == progress_.last_number() && out_.waiting()) out_.cancel_unit();
        return number;
    }

    // A tagged reply that cannot be read still ends its command, a challenge that cannot be read its exchange.
    client_event unreadable(std::string_view text, const mailwire::error& error) {
        if (progress_.mode() == client_mode::exchange && text.starts_with('+')) refuse_challenge();
        client_event event{.kind = client_event_kind::error, .error = error};
        const auto i = progress_.find(leading_tag(text), receiver_.unit_start());
        if (!i) return event;
        // Whatever it was meant to say, nobody knows it: as for BAD.
        const in_flight command = progress_.commands()[*i];
        const client_input input = progress_.input_of_reply(command, condition::bad);
        progress_.learn_reply(command, {condition::bad, {}, {}}, input);
        event.command = take(*i, false);
        return act(input, event);
    }

    client_event literal_header(const step& s) {
        const frame& f = s.literal;
        if (f.octets <= limits_.inline_literal && receiver_.can_keep(f)) {
            receiver_.keep(f);
            return {};
        }
        if (progress_.state() == client_state::greeting) return fail(client_input::greeting_other);
        const auto prefix = parse_response_prefix<Profile>(s.text, tape_, reading());
        mailwire::error error = prefix.error;
        if (!error) error = stream_fault(receiver_, f, limits_);
        if (error) {
            client_event event = unreadable(s.text, error);
            receiver_.refuse(f);
            return event;
        }
        receiver_.stream(f);
        return {.kind = client_event_kind::literal_begin, .response = prefix.value, .octets_total = f.octets};
    }

    client_event bad(const step& s) {
        if (progress_.state() == client_state::greeting) return fail(client_input::greeting_other);
        if (s.error.code == errc::endless_literal) return fail(client_input::no_end, s.error);
        return unreadable(s.text, s.error);
    }

    static errc code_of(client_input input) {
        switch (input) {
        case client_input::greeting_other:
            return errc::unexpected_greeting;
        case client_input::preauth_in_clear:
            return errc::login_before_tls;
        case client_input::stray_continuation:
            return errc::unexpected_continuation;
        case client_input::unknown_tag:
            return errc::unknown_tag;
        case client_input::unproven:
            return errc::unproven_server;
        default:
            return errc::unexpected_response;
        }
    }
    client_event fail(client_input input) { return fail(input, {code_of(input), 0, 0, 0}); }
    client_event fail(client_input input, const mailwire::error& error) {
        (void)progress_.act(input);
        failure_ = error;
        return failure_event();
    }
    client_event failure_event() const { return {.kind = client_event_kind::error, .error = failure_}; }

    receiver receiver_;
    outbox out_;
    std::span<token> tape_;
    client_progress<Profile> progress_;
    limits limits_;
    mailwire::error failure_;
    idle_timer silence_; // since the server last said something, or was told something
    idle_timer idle_;    // since IDLE began
    std::size_t challenge_size_ = 0;
    std::uint32_t quirks_;
    bool idle_told_ = false;
    bool ended_ = false;
};

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/put_unit.hpp
namespace mailwire::imap::detail {

// Puts one unit into the outbox, or several that belong together: what `write` writes, wholly or not at all. `write`
// returns a misuse. Where the answer is not misuse::none, the outbox is as it was; only octets that were partly sent may
// have moved to the front of its storage. Requires: the outbox has no stop.
template <typename Write> misuse put_unit(outbox& out, Write write) {
    static_assert(std::is_trivially_copyable_v<outbox>);
    // An image and no copy: a copy may leave out the octets between members.
    alignas(outbox) std::array<std::byte, sizeof(outbox)> before;
    const char* front = out.output().data();
    std::memcpy(before.data(), &out, sizeof out);
    out.begin_unit();
    const bool moved = !out.output().empty() && out.output().data() != front;
    if (moved) std::memcpy(before.data(), &out, sizeof out);
    const misuse fault = write();
    if (fault == misuse::none && out.end_unit()) return misuse::none;
    std::memcpy(static_cast<void*>(&out), before.data(), sizeof out);
    out.wipe_behind();
    return fault == misuse::none ? misuse::no_room : fault;
}

} // namespace mailwire::imap::detail

// ---- mailwire/sasl/fault.hpp
namespace mailwire::sasl {

// Why an exchange came to nothing. Values are grouped by what a caller can do. None of them, and no text made of them,
// holds an octet of a message or of a secret.
enum class fault : std::uint8_t {
    none,

    // The peer's message is no good; the exchange is over.
    bad_syntax,          // the octet at the offset fits no rule of the mechanism
    bad_encoding,        // the octets from the offset on are no UTF-8
    control_character,   // a control character in a name, a password or a token
    too_long,            // a message longer than the limit, or a name longer than the memory that was lent
    too_many_rounds,     // more messages than the limit
    unexpected_message,  // a message where the mechanism has none
    unknown_extension,   // SCRAM: an extension that is mandatory and not known (m=)
    channel_binding,     // SCRAM, OAUTHBEARER: the peer wants channel binding, or its c= is not what it said first
    wrong_nonce,         // SCRAM: not the nonce of this exchange, or nothing was added to it
    too_few_iterations,  // SCRAM: fewer than the limit; the password would be cheap to guess from what we send
    too_many_iterations, // SCRAM: more than the limit; the server would keep this client busy

    // The answer is no.
    bad_server_signature, // SCRAM, client: the server does not know the password; it is not the server it pretends to be
    refused,              // client: the server said no in a message of the mechanism
    not_allowed,          // server: unknown user, wrong secret, or not allowed to act as another

    // Ours: a call, a credential or a record cannot be used. The peer has done nothing wrong.
    bad_credential, // a credential has octets the mechanism cannot carry, or is missing
    bad_nonce,      // a nonce of too few octets, or of octets a nonce may not have
    bad_record,     // what the store found has no salt, too long a salt, or no iterations
    no_room,        // `out` is too small; nothing has changed, and `size` is what it has to hold
    no_memory,      // the lent memory is too small for the mechanism's own message
    crypto_failed,  // the caller's hash function said it cannot do this
};

// True for the faults on this side, which say nothing about the peer.
constexpr bool is_local(fault f) { return f >= fault::bad_credential; }

// What judging a text has found: a fault and the octet it was noticed at. Tests true when there is a fault.
struct finding {
    sasl::fault fault = sasl::fault::none;
    std::size_t offset = 0;

    explicit constexpr operator bool() const { return fault != sasl::fault::none; }
    friend constexpr bool operator==(const finding&, const finding&) = default;
};

// Short English name of a fault for logs and messages; valid for ever.
constexpr const char* name_of(fault f) {
    switch (f) {
    case fault::none:
        return "none";
    case fault::bad_syntax:
        return "bad syntax";
    case fault::bad_encoding:
        return "bad encoding";
    case fault::control_character:
        return "control character";
    case fault::too_long:
        return "too long";
    case fault::too_many_rounds:
        return "too many rounds";
    case fault::unexpected_message:
        return "unexpected message";
    case fault::unknown_extension:
        return "unknown extension";
    case fault::channel_binding:
        return "channel binding";
    case fault::wrong_nonce:
        return "wrong nonce";
    case fault::too_few_iterations:
        return "too few iterations";
    case fault::too_many_iterations:
        return "too many iterations";
    case fault::bad_server_signature:
        return "bad server signature";
    case fault::refused:
        return "refused";
    case fault::not_allowed:
        return "not allowed";
    case fault::bad_credential:
        return "bad credential";
    case fault::bad_nonce:
        return "bad nonce";
    case fault::bad_record:
        return "bad record";
    case fault::no_room:
        return "no room";
    case fault::no_memory:
        return "no memory";
    case fault::crypto_failed:
        return "crypto failed";
    }
    return "unknown";
}

} // namespace mailwire::sasl

// ---- mailwire/sasl/limits.hpp
namespace mailwire::sasl {

// The longest salt SCRAM takes, in octets. Servers use 12 to 32; the client keeps it on the stack.
inline constexpr std::size_t longest_salt = 256;

// What a mechanism accepts from its peer. A limit that is passed is a fault of its own, and the exchange is over.
struct limits {
    // Octets of one message, before base64. Tokens of OAuth are the longest honest messages, a few kilobytes; 64 KiB is
    // what servers in use take.
    std::size_t message = 65536;

    // Messages from the peer in one exchange. The mechanisms here need three at most and end by themselves; the limit
    // holds whatever a mechanism does. 16 is far from any honest exchange and from any that hurts.
    unsigned rounds = 16;

    // iteration-count, for a SCRAM client. Below 4096, which RFC 5802 5.1 and RFC 7677 4 ask for, what the client sends
    // lets anybody who listens guess the password cheaply.
    std::uint32_t least_iterations = 4096;

    // iteration-count, for a SCRAM client. The client computes for as long as the server asks for: 600,000 is what is
    // recommended for SHA-256 today and takes about a second; 2,147,483,647 would take most of an hour.
    std::uint32_t most_iterations = 600'000;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/mechanism.hpp
// What a mechanism is to the session that carries its messages (RFC 4422). A session needs nothing else of sasl/.

namespace mailwire::sasl {

enum class status : std::uint8_t {
    more,   // send the output, even if it is empty, and wait for the next message
    done,   // client: send the output; this side has nothing to add. server: the client is who it says; report success
    failed, // send nothing more; client: cancel with "*"; server: report failure
};

// What came of one message.
//   size    octets in `out`, to be sent as they are but for the protocol's base64; for no_room the octets `out` must hold
//   fault   why it failed. With status more: the exchange goes on only because its form asks for one more message, and
//           its end will be a failure (the error messages of OAuth)
//   offset  of the fault, in octets from the start of the message, or of our own text for a bad_credential; else 0
struct step {
    sasl::status status = sasl::status::more;
    std::size_t size = 0;
    sasl::fault fault = sasl::fault::none;
    std::size_t offset = 0;

    friend constexpr bool operator==(const step&, const step&) = default;
};

constexpr step failure(fault f, std::size_t offset = 0) { return {status::failed, 0, f, offset}; }
constexpr step failure(const finding& found) { return failure(found.fault, found.offset); }
constexpr step no_room(std::size_t needed) { return {status::failed, needed, fault::no_room, 0}; }

// The octets of some texts together and `more`; the largest size there is when the sum has no room in one. Nothing is
// read, so that a size that makes no sense does no harm.
constexpr std::size_t octets_of(std::initializer_list<std::string_view> texts, std::size_t more = 0) {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    for (const std::string_view text : texts)
        more = text.size() > most - more ? most : more + text.size();
    return more;
}

// The client's side of a mechanism. Octets are those of the mechanism: the session does base64, "*" and "=".
//
//   client_first  step({}, out) writes the initial response. A session that may not send one calls step with the empty
//                 challenge the server then begins with; it is the same call.
//   step          answers a challenge. `out` and the challenge must not overlap. Wipe `out` once it has been sent.
//   complete      whether a success of the server can be believed. A session reports failure when the server says OK
//                 while this is false: a server that has proved nothing may be anybody.
template <typename M>
concept client_mechanism = requires(M& m, const M& c, std::string_view challenge, std::span<char> out) {
    { M::name() } -> std::same_as<std::string_view>;
    { M::client_first } -> std::convertible_to<bool>;
    { m.step(challenge, out) } -> std::same_as<sasl::step>;
    { c.complete() } -> std::same_as<bool>;
};

// The server's side. Begin with `begin`, then call step with each response. Success is never sent with data: where a
// mechanism has a last word of the server, it is a challenge, and the client answers it with an empty response.
//
//   complete  the client is who it says, and may act as it asked
//   identity  whom it acts as; valid as long as the lent memory. Empty before complete(), and empty where only the caller
//             knows (EXTERNAL without a name, a token without a user)
template <typename M>
concept server_mechanism = requires(M& m, const M& c, std::string_view response, std::span<char> out) {
    { M::name() } -> std::same_as<std::string_view>;
    { M::client_first } -> std::convertible_to<bool>;
    { m.step(response, out) } -> std::same_as<sasl::step>;
    { c.complete() } -> std::same_as<bool>;
    { c.identity() } -> std::same_as<std::string_view>;
};

// Begins the server's side, with the initial response if the client has sent one; an empty one ("=") is one. A mechanism
// in which the server speaks first takes none (RFC 9051 6.2.2), but where it says takes_early_answer: then it is the answer
// to the first challenge, which is not sent.
template <server_mechanism M>
step begin(M& mechanism, std::optional<std::string_view> initial_response, std::span<char> out) {
    if constexpr (M::client_first) {
        return initial_response ? mechanism.step(*initial_response, out) : step{};
    } else if constexpr (requires { M::takes_early_answer; }) {
        return mechanism.step(initial_response.value_or(std::string_view()), out);
    } else {
        return initial_response ? failure(fault::unexpected_message) : mechanism.step({}, out);
    }
}

// Where an exchange stands: the limits that every mechanism has, and the end that is final. A mechanism asks `admit`
// before it looks at a message and tells `settle` what came of it.
class progress {
public:
    explicit progress(const limits& allowed) : longest_(allowed.message), rounds_left_(allowed.rounds) {}

    // A failed step when the message must not be looked at.
    step admit(std::string_view message) {
        if (last_.status == status::failed) return last_;
        if (message.size() > longest_) return last_ = failure(fault::too_long, longest_);
        if (rounds_left_ == 0) return last_ = failure(fault::too_many_rounds);
        --rounds_left_;
        return {};
    }

    // A step that had no room has not happened. Any other failure is repeated for ever.
    step settle(const step& s) {
        if (s.fault == fault::no_room) {
            ++rounds_left_;
            return s;
        }
        begun_ = true;
        return last_ = s;
    }

    bool begun() const { return begun_; }
    bool complete() const { return last_.status == status::done; }

private:
    std::size_t longest_;
    unsigned rounds_left_;
    step last_;
    bool begun_ = false;
};

} // namespace mailwire::sasl

// ---- mailwire/imap/session/client.hpp
namespace mailwire::imap {

// The client's side of an IMAP connection. No socket, no clock, no allocation: octets in, events out, commands in,
// octets out.
//
//   for (;;) {
//       while (!mail.output().empty()) mail.sent(socket.write(mail.output()));
//       auto event = mail.next();
//       if (event.kind == client_event_kind::need_input) mail.commit(socket.read(mail.prepare()));
//       ...
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(const client_buffers& buffers, const client_options& options = {})
        : core_(buffers, options) {}

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input, but
    // while a challenge waits. Ends the views of the last event.
    std::span<char> prepare() { return core_.prepare(); }
    void commit(std::size_t octets) { core_.commit(octets); }
    // The server has closed the connection. What was received before is still read.
    void closed() { core_.closed(); }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, unless the
    // server has said something, or in IDLE the event idle_due. `never` where nothing is waited for, and before the
    // first at().
    void at(instant now) { core_.at(now); }
    instant deadline() const { return core_.deadline(); }

    // Octets to send now. Empty when there are none, while a literal waits for "+", and while a streamed literal waits
    // for its octets. Valid until the next call that is not const.
    std::string_view output() const { return core_.out().output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) { core_.sent(std::min(octets, output().size())); }

    // Puts a command into the output. Its answer comes as the event `done`, which names its number. RFC 9051 6.
    //   wrong_state  the state has no room for it: as it will be when the commands in flight have succeeded
    //   busy         something has to be answered first: an earlier command is in the middle of a literal, or has taken
    //                the connection over; STARTTLS and COMPRESS want nothing in flight; a command with message numbers
    //                wants nothing but FETCH, STORE and SEARCH (RFC 9051 5.5)
    //   needs_tls    LOGIN and AUTHENTICATE without TLS, where client_options::tls requires it
    //   not_offered  LOGIN under LOGINDISABLED, STARTTLS where the capabilities are known and do not have it; a command
    //                of an extension before the server has announced it
    //   bad_value    a value has octets its place cannot carry; a message number under UIDONLY
    //   no_room      the output or the list of commands is full
    // Nothing has changed then. After IDLE the event idling comes; after STARTTLS and COMPRESS start_tls and
    // start_compression; the challenges of an AUTHENTICATE that is sent so are answered with respond().
    template <alternative Command> sent_command send(const Command& value) {
        static_assert(std::is_same_v<typename Command::word::slot, slot::command>, "this is no command");
        constexpr command_facts facts = facts_of<Profile, Command>();
        if (const misuse fault = core_.may_send(facts); fault != misuse::none) return {fault, 0};
        if constexpr (requires { value.may_be_sent(); }) {
            if (!value.may_be_sent()) return {misuse::bad_value, 0};
        }
        std::uint32_t switches_on = 0;
        const misuse fault = detail::put_unit(core_.out(), [&] {
            bool numbers = false;
            const misuse written =
                detail::write_unit<Profile>(core_.out(), core_.progress().writing(), [&](writer& out) {
                    out.tag(next_tag().view()).sp().put(value);
                    numbers = out.has_numbers();
                    switches_on = out.switched_on();
                });
            if (written != misuse::none) return written;
            return numbers && !core_.progress().commands().keep_message_numbers() ? misuse::busy : misuse::none;
        });
        if (fault != misuse::none) return {fault, 0};
        core_.note_proof(true); // of AUTHENTICATE: the program answers the challenges itself
        return {misuse::none, core_.note_sent(facts, switches_on)};
    }

    // Sends AUTHENTICATE, with the initial response where the mechanism has one and the server takes it (SASL-IR,
    // IMAP4rev2). Then, for each event challenge, call answer() with the same mechanism. An OK before the mechanism is
    // complete() is the error unproven_server.
    // Misuse: as for send; not_offered where the capabilities are known and do not have the mechanism; bad_value also
    // where the mechanism cannot begin: sasl_fault() says why. RFC 9051 6.2.2, RFC 4959.
    template <sasl::client_mechanism M> sent_command authenticate(M& mechanism) {
        constexpr command_facts facts = facts_of<Profile, imap::authenticate>();
        if (const misuse fault = core_.may_send(facts); fault != misuse::none) return {fault, 0};
        if (!core_.progress().offers_mechanism(M::name())) return {misuse::not_offered, 0};
        const bool initial = M::client_first && core_.progress().takes_initial_response();
        const misuse fault = detail::put_unit(core_.out(), [&] {
            outbox& out = core_.out();
            out.put(next_tag().view());
            out.put(" AUTHENTICATE ");
            out.put(M::name());
            const misuse written = initial ? put_initial_response(mechanism) : misuse::none;
            out.put("\r\n");
            return written;
        });
        if (fault != misuse::none) return {fault, 0};
        core_.note_proof(mechanism.complete());
        return {misuse::none, core_.note_sent(facts, 0)};
    }

    // Answers the challenge of the last event. A mechanism that fails cancels the exchange: sasl_fault() says why, and the
    // server's BAD comes as done. Misuse: wrong_state (there is no challenge), no_room (for good, where there is nothing
    // to send). RFC 9051 6.2.2.
    template <sasl::client_mechanism M> misuse answer(M& mechanism) {
        bool failed = false;
        const misuse fault = put_response([&](outbox& out) {
            const sasl::step s = mechanism.step(core_.challenge(), out.room_for_base64());
            if (s.fault == sasl::fault::no_room) return misuse::no_room;
            fault_ = s.fault;
            failed = s.status == sasl::status::failed;
            if (failed) {
                out.put("*");
            } else {
                out.put_base64(s.size);
            }
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(!failed && mechanism.complete());
        return fault;
    }
    // Answers a challenge with octets of the program, which then knows itself whether an OK can be believed. Misuse: as for
    // answer.
    misuse respond(std::string_view octets) {
        const misuse fault = put_response([octets](outbox& out) {
            const std::span<char> room = out.room_for_base64();
            if (octets.size() > room.size()) return misuse::no_room;
            std::copy(octets.begin(), octets.end(), room.begin());
            out.put_base64(octets.size());
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(true);
        return fault;
    }
    // Answers a challenge with "*": the server says BAD to the AUTHENTICATE. Misuse: as for answer.
    misuse cancel() {
        const misuse fault = put_response([](outbox& out) {
            out.put("*");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(false);
        return fault;
    }
    // What went wrong in the last SASL exchange on this side.
    sasl::fault sasl_fault() const { return fault_; }

    // Says DONE: the answer to IDLE follows. Misuse: wrong_state (no IDLE), busy (it has not begun), no_room.
    // RFC 9051 6.3.13.
    misuse end_idle() {
        if (const misuse m = core_.progress().may(client_mode_input::send_done); m != misuse::none) return m;
        const misuse fault = detail::put_unit(core_.out(), [this] {
            core_.out().put("DONE\r\n");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_line(client_mode_input::send_done);
        return fault;
    }

    // The handshake that start_tls asked for is done. All that the server has said before is forgotten. Misuse:
    // wrong_state (no handshake is due; or octets have come in between, which could be anybody's: next() then gives the
    // error input_before_tls). RFC 9051 6.2.1.
    misuse tls_started() { return core_.tls_started(); }

    // From here on octets are inflated before they are committed, and deflated after output() had them; those of the event
    // start_compression come first. Misuse: wrong_state (COMPRESS has not been agreed on). RFC 4978 3.
    misuse compression_started() { return core_.compression_started(); }

    // The next octets of a streamed literal (APPEND). Not copied: valid until sent() has taken them all; then the next
    // piece may follow. Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    // A reply that comes before "+" ends the literal and the command. Once its octets are on their way, all of them
    // have to be sent, also after the reply: the server counts them.
    misuse literal(std::string_view octets) { return core_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return core_.out().missing(); }

    // What has happened next.
    client_event next() { return core_.next(); }

    client_state state() const { return core_.progress().state(); }
    client_mode mode() const { return core_.progress().mode(); }
    std::size_t in_flight_count() const { return core_.progress().commands().size(); }
    // What the server announces; while it is not known(), send CAPABILITY before anything of an extension.
    const capability_set<Profile>& capabilities() const { return core_.progress().server().capabilities(); }
    // What is enabled, bits of namespace modes.
    std::uint32_t modes() const { return core_.progress().server().modes(); }
    // What is known of the selected mailbox; from the first response to a SELECT on, of the one that opens.
    const mailbox_facts& mailbox() const { return core_.progress().server().mailbox(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return core_.progress().secure(); }

private:
    detail::tag_text next_tag() const { return detail::tag_text(core_.progress().last_number() + 1); }

    template <sasl::client_mechanism M> misuse put_initial_response(M& mechanism) {
        outbox& out = core_.out();
        out.put(" ");
        if (!out.ok() || !out.has_room(3)) return misuse::no_room; // a mechanism steps once
        const sasl::step s = mechanism.step({}, out.room_for_base64());
        if (s.fault == sasl::fault::no_room) return misuse::no_room;
        fault_ = s.fault;
        if (s.status == sasl::status::failed) return misuse::bad_value;
        if (s.size == 0) {
            out.put("="); // an empty one, and not none (RFC 4959 3)
        } else {
            out.put_base64(s.size);
        }
        return misuse::none;
    }

    template <typename Put> misuse put_response(Put put) {
        if (const misuse m = core_.progress().may(client_mode_input::send_response); m != misuse::none) return m;
        return detail::put_unit(core_.out(), [&] {
            const misuse m = put(core_.out());
            core_.out().put("\r\n");
            return m;
        });
    }

    detail::client_core<Profile> core_;
    sasl::fault fault_ = sasl::fault::none;
};

using client = basic_client<>;

} // namespace mailwire::imap

// ---- mailwire/imap/client.hpp
// All an IMAP client needs.

// ---- mailwire/imap/session/denial.hpp
namespace mailwire::imap::detail {

// How a server session answers a unit itself.
enum class denial : std::uint8_t {
    bad,     // BAD, with the name of the error
    privacy, // NO: a login wants TLS (RFC 9051 7.1, PRIVACYREQUIRED)
    by_uid,  // BAD: only unique identifiers name messages (RFC 9586 3, UIDREQUIRED)
};

// How a command is answered that does not read under UIDONLY: with message numbers allowed it might.
template <typename Profile>
denial denial_under_uidonly(std::string_view text, std::span<token> tape, parse_options reading) {
    reading.dialect.forms |= forms::message_numbers;
    return parse_command<Profile>(text, tape, reading).error ? denial::bad : denial::by_uid;
}

// Writes the answer to a unit that begins like `text`: with its tag, or without where none can be read (RFC 9051 7.1.3). None
// of it has an octet of what the client sent but the tag.
inline misuse write_denial(outbox& out, std::string_view text, std::size_t longest_tag, const mailwire::error& error,
                           denial how) {
    const code_privacyrequired privacy;
    const code_uidrequired by_uid;
    status_response status{condition::bad, {}, name_of(error.code)};
    if (how == denial::privacy) status = {condition::no, privacy, "TLS has to come first"};
    if (how == denial::by_uid) status.code = by_uid;
    const std::string_view tag = leading_tag(text);
    const bool tagged = !tag.empty() && tag.size() <= longest_tag;
    return tagged ? write_tagged(out, tag, status) : write_status(out, status);
}

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/patience.hpp
namespace mailwire::imap::detail {

// How many commands a server still takes from a client: bad ones in a row, and before the login any.
class patience {
public:
    // One more has come. False where it was one too many.
    bool take_good(const limits& allowed, bool stranger) {
        bad_ = 0;
        return take(allowed, stranger);
    }
    bool take_bad(const limits& allowed, bool stranger) {
        const auto most = stranger ? allowed.bad_commands_before_login : allowed.bad_commands;
        const bool few = take(allowed, stranger);
        return ++bad_ < most && few;
    }
    // The client is another one from here on.
    void begin_anew() { *this = {}; }

private:
    bool take(const limits& allowed, bool stranger) {
        return !stranger || ++before_login_ <= allowed.commands_before_login;
    }

    std::uint16_t bad_ = 0;
    std::uint16_t before_login_ = 0;
};

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/sasl_message.hpp
namespace mailwire::imap::detail {

// What a client has said last in AUTHENTICATE, decoded where it stands in the receive buffer (RFC 9051 6.2.2).
class sasl_message {
public:
    // The initial response of the command; false where it is no base64. "=" is an empty one (RFC 4959 3).
    bool begin(const authenticate& command, receiver& in) {
        const std::string_view base64 = command.initial_response;
        first_ = true;
        present_ = !base64.empty();
        size_ = 0;
        if (base64.empty() || base64 == "=") return true;
        at_ = static_cast<std::size_t>(base64.data() - in.view().data());
        const base64_result decoded = base64_decode(base64, in.front(at_ + base64.size()).subspan(at_));
        size_ = decoded.size;
        return static_cast<bool>(decoded);
    }

    // A line of the exchange, without its CRLF.
    base64_result next(std::string_view line, receiver& in) {
        const base64_result decoded = base64_decode(line, in.front(line.size()));
        first_ = false;
        present_ = true;
        at_ = 0;
        size_ = decoded.size;
        return decoded;
    }

    // Whether it came with the command.
    bool is_first() const { return first_; }
    // Nothing where the command has no initial response.
    std::optional<std::string_view> octets(const receiver& in) const {
        if (!present_) return std::nullopt;
        return head_of(tail_of(in.view(), at_), size_);
    }

private:
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    bool present_ = false;
    bool first_ = true;
};

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/server_event.hpp
namespace mailwire::imap {

enum class server_event_kind : std::uint8_t {
    need_input,  // send what output() has, then receive
    need_output, // send what output() has, then call next: the session has let a literal go on, or finds no room for
                 // an answer that may be due
    need_answer, // a command was delivered and waits for finish(); or the program has not greeted yet
    command,     // `command` is legal now: do it, then finish(). To AUTHENTICATE, step() or challenge() first; to IDLE,
                 // begin_idle() first. Of AUTHENTICATE, `octets` are its initial response, decoded where it stood
    literal_begin, // an APPEND's message of `octets_total` octets is announced: accept_literal() or finish() with NO
    literal_data,  // `octets` are the next octets of it
    literal_end,   // it is complete; the command event follows unless the rest of the line is wrong
    response,      // `octets`, decoded, answer the challenge: step(), challenge() or finish(). They may be a password
    cancelled,     // the client has ended AUTHENTICATE; the session has answered BAD
    done,          // the client has ended IDLE: finish()
    start_tls,     // send what output() has, do the handshake, then call tls_started()
    start_compression, // send what output() has, then call compression_started()
    error,             // `error` in a unit; the session has answered it. Fatal: send what output() has, then close
    closed,            // the connection has ended, or BYE is said: send what output() has, then close
};

// What has happened. Views of a command and of a response are valid until it is answered or prepare() is called; other
// views until the next call of next, prepare or commit.
struct server_event {
    server_event_kind kind = server_event_kind::need_input;
    imap::command command = {};
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
    std::uint32_t quirks = 0; // the deviations from the RFCs that were tolerated in a command, bits of namespace quirks
};

} // namespace mailwire::imap

// ---- mailwire/imap/session/server_mode_table.hpp
// Whose turn it is in a server session, as a table: [input][mode] -> action. One command at a time is answered; some take
// the connection over for a while: AUTHENTICATE (RFC 9051 6.2.2), IDLE (6.3.13), STARTTLS (6.2.1), COMPRESS (RFC 4978 3).
namespace mailwire::imap {

enum class server_mode : std::uint8_t {
    lines,                 // the client's turn: commands are read
    offered,               // the program's: a literal is announced, let it in or answer the command
    answering,             // the program's: a command is to be answered
    authenticating,        // the program's: AUTHENTICATE, or a response to a challenge
    challenged,            // the client's: a challenge is sent
    asked_to_idle,         // the program's: IDLE
    idling,                // both: the program tells what happens, the client says DONE
    asked_for_tls,         // the program's: STARTTLS
    tls,                   // agreed on: the handshake is due
    asked_for_compression, // the program's: COMPRESS
    compression,           // agreed on: from here on it is deflate
};
inline constexpr std::size_t server_modes = 11;

enum class server_mode_input : std::uint8_t {
    // What the client sends.
    command, // that takes nothing over
    command_authenticate,
    command_idle,
    command_starttls,
    command_compress,
    literal,  // of a message, announced
    response, // to a challenge
    cancel,   // "*"
    done,     // DONE
    fault,    // a unit that is not what is read here
    // What the program says.
    data, // untagged, of any kind
    accept_literal,
    challenge,
    begin_idle,
    finish_ok,
    finish_other, // NO, BAD
    tls_started,
    compression_started,
};
inline constexpr std::size_t server_mode_inputs = 18;

enum class server_mode_action : std::uint8_t {
    missing,
    refuse,            // the call: misuse::wrong_state
    put,               // it goes out
    deny,              // the session answers BAD
    give_up,           // the session answers BAD to the command under way; -> lines
    offer,             // -> offered
    ask,               // the command is handed to the program; -> answering
    ask_proof,         // the command or the response is handed to the program; -> authenticating
    ask_idle,          // the command is handed to the program; -> asked_to_idle
    ask_tls,           // the command is handed to the program; -> asked_for_tls
    ask_compression,   // the command is handed to the program; -> asked_for_compression
    prompt,            // it goes out; -> challenged
    let_idle,          // it goes out; -> idling
    finish,            // it goes out; -> lines
    agree_tls,         // it goes out; -> tls
    agree_compression, // it goes out; -> compression
    never,             // cannot happen: nothing is read
};

namespace detail {

struct server_mode_cells {
    using enum server_mode_action;
    // clang-format off
    static constexpr server_mode_action table[server_mode_inputs][server_modes] = {
        //                          lines            offered  answering  authent.  challenged  asked_to_idle  idling   asked_for_tls  tls     asked_for_compr.   compression
        /* command              */ {ask,             never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_authenticate */ {ask_proof,       never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_idle         */ {ask_idle,        never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_starttls     */ {ask_tls,         never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* command_compress     */ {ask_compression, never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* literal              */ {offer,           never,   never,     never,    never,      never,         never,   never,         never,  never,             never},
        /* response             */ {never,           never,   never,     never,    ask_proof,  never,         never,   never,         never,  never,             never},
        /* cancel               */ {never,           never,   never,     never,    give_up,    never,         never,   never,         never,  never,             never},
        /* done                 */ {never,           never,   never,     never,    never,      never,         ask,     never,         never,  never,             never},
        /* fault                */ {deny,            never,   never,     never,    give_up,    never,         give_up, never,         never,  never,             never},
        /* data                 */ {put,             put,     put,       put,      put,        put,           put,     put,           refuse, put,               refuse},
        /* accept_literal       */ {refuse,          finish,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            refuse},
        /* challenge            */ {refuse,          refuse,  refuse,    prompt,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            refuse},
        /* begin_idle           */ {refuse,          refuse,  refuse,    refuse,   refuse,     let_idle,      refuse,  refuse,        refuse, refuse,            refuse},
        /* finish_ok            */ {refuse,          finish,  finish,    finish,   refuse,     finish,        refuse,  agree_tls,     refuse, agree_compression, refuse},
        /* finish_other         */ {refuse,          finish,  finish,    finish,   refuse,     finish,        refuse,  finish,        refuse, finish,            refuse},
        /* tls_started          */ {refuse,          refuse,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        finish, refuse,            refuse},
        /* compression_started  */ {refuse,          refuse,  refuse,    refuse,   refuse,     refuse,        refuse,  refuse,        refuse, refuse,            finish},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_mode_cells::table));

} // namespace detail

constexpr server_mode_action action_of(server_mode mode, server_mode_input input) {
    return detail::server_mode_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(mode)];
}

constexpr server_mode next_mode(server_mode mode, server_mode_action action) {
    switch (action) {
    case server_mode_action::offer:
        return server_mode::offered;
    case server_mode_action::ask:
        return server_mode::answering;
    case server_mode_action::ask_proof:
        return server_mode::authenticating;
    case server_mode_action::ask_idle:
        return server_mode::asked_to_idle;
    case server_mode_action::ask_tls:
        return server_mode::asked_for_tls;
    case server_mode_action::ask_compression:
        return server_mode::asked_for_compression;
    case server_mode_action::prompt:
        return server_mode::challenged;
    case server_mode_action::let_idle:
        return server_mode::idling;
    case server_mode_action::give_up:
    case server_mode_action::finish:
        return server_mode::lines;
    case server_mode_action::agree_tls:
        return server_mode::tls;
    case server_mode_action::agree_compression:
        return server_mode::compression;
    case server_mode_action::missing:
    case server_mode_action::refuse:
    case server_mode_action::put:
    case server_mode_action::deny:
    case server_mode_action::never:
        break;
    }
    return mode;
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/server_options.hpp
namespace mailwire::imap {

// The storage a server session works in, lent by the caller for the session's life.
struct server_buffers {
    std::span<char> in;    // at least as large as the longest command
    std::span<char> out;   // responses not yet sent; at least 256 octets, for the answers of the session itself
    std::span<token> tape; // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one command
};

// Storage of the usual sizes. RFC 7162 4 asks a server for command lines of 8192 octets.
template <std::size_t In = 16384, std::size_t Out = 16384> struct server_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 8> elided;

    server_buffers buffers() { return {in, out, tape, elided}; }
};

struct server_options {
    imap::limits limits = {};
    bool secure = false; // the connection is encrypted from its start

    // Whether logins are refused before TLS. What a client has sent in the clear is lost even if it is refused: it is the
    // client that has to insist. Announce LOGINDISABLED (RFC 9051 6.2.3).
    tls_policy tls = tls_policy::optional;

    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::imap

// ---- mailwire/imap/session/server_table.hpp
// What an IMAP server session does in which state (RFC 9051 3), as a table: [input][state] -> action, one line an input,
// one column a state. Whose turn it is within a command is server_mode_table.hpp. docs/imap-states.md draws both.
namespace mailwire::imap {

// The states of RFC 9051 3, with what lies before and behind them.
enum class server_state : std::uint8_t {
    greeting,          // the program has not greeted yet
    not_authenticated, // RFC 9051 3.1
    authenticated,     // RFC 9051 3.2
    selected,          // RFC 9051 3.3
    logged_out,        // RFC 9051 3.4: BYE is said
    closed,            // the connection has ended
    failed,            // the client broke the protocol
};
inline constexpr std::size_t server_states = 7;

enum class server_input : std::uint8_t {
    // What the client sends.
    command_any,               // CAPABILITY, NOOP, LOGOUT
    command_not_authenticated, // LOGIN, AUTHENTICATE, STARTTLS
    command_before_selection,  // ENABLE
    command_authenticated,     // SELECT, LIST, APPEND ...
    command_selected,          // FETCH, STORE ...
    before_change,             // octets between the agreement on TLS or compression and its beginning
    no_end,                    // a literal of more octets than there are numbers
    end,                       // of the connection, between units
    cut,                       // of the connection, inside a unit
    late,                      // the client has been silent for too long
    // What the program says.
    greet_ok,
    greet_preauth,
    greet_bye,
    data,                   // untagged data or status
    bye,                    // untagged BYE
    closed,                 // untagged OK with CLOSED, while no mailbox is being selected
    answer,                 // a tagged reply that changes no state
    answer_logged_in,       // tagged OK to LOGIN, AUTHENTICATE
    answer_selected,        // tagged OK to SELECT, EXAMINE
    answer_deselected,      // tagged OK to CLOSE, UNSELECT; tagged NO to SELECT, EXAMINE
    answer_unauthenticated, // tagged OK to UNAUTHENTICATE
    answer_logged_out,      // tagged OK to LOGOUT
};
inline constexpr std::size_t server_inputs = 22;

enum class server_action : std::uint8_t {
    missing,
    deliver, // the command is handed to the program
    deny,    // the session answers BAD
    refuse,  // the call: misuse::wrong_state
    put,     // it goes out
    greet,   // it goes out; -> not_authenticated
    admit,   // it goes out; -> authenticated
    open,    // it goes out; -> selected
    leave,   // it goes out; -> authenticated, no mailbox is selected
    go_back, // it goes out; -> not_authenticated
    part,    // it goes out; -> logged_out
    over,    // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: nothing is read, no such command is under way
};

namespace detail {

struct server_cells {
    using enum server_action;
    // clang-format off
    static constexpr server_action table[server_inputs][server_states] = {
        //                               greeting  not_auth.  auth.    selected  logged_out  closed  failed
        /* command_any               */ {never,    deliver,   deliver, deliver,  never,      never,  never},
        /* command_not_authenticated */ {never,    deliver,   deny,    deny,     never,      never,  never},
        /* command_before_selection  */ {never,    deny,      deliver, deliver,  never,      never,  never},
        /* command_authenticated     */ {never,    deny,      deliver, deliver,  never,      never,  never},
        /* command_selected          */ {never,    deny,      deny,    deliver,  never,      never,  never},
        /* before_change             */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* no_end                    */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* end                       */ {over,     over,      over,    over,     over,       stay,   stay},
        /* cut                       */ {over,     fail,      fail,    fail,     over,       never,  never},
        /* late                      */ {never,    fail,      fail,    fail,     never,      never,  never},
        /* greet_ok                  */ {greet,    refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* greet_preauth             */ {admit,    refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* greet_bye                 */ {part,     refuse,    refuse,  refuse,   refuse,     refuse, refuse},
        /* data                      */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* bye                       */ {refuse,   part,      part,    part,     refuse,     refuse, refuse},
        /* closed                    */ {refuse,   put,       put,     leave,    refuse,     refuse, refuse},
        /* answer                    */ {refuse,   put,       put,     put,      refuse,     refuse, refuse},
        /* answer_logged_in          */ {never,    admit,     put,     put,      refuse,     refuse, refuse},
        /* answer_selected           */ {never,    refuse,    open,    open,     refuse,     refuse, refuse},
        /* answer_deselected         */ {never,    refuse,    leave,   leave,    refuse,     refuse, refuse},
        /* answer_unauthenticated    */ {never,    refuse,    go_back, go_back,  refuse,     refuse, refuse},
        /* answer_logged_out         */ {never,    part,      part,    part,     refuse,     refuse, refuse},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_cells::table));

} // namespace detail

constexpr server_action action_of(server_state state, server_input input) {
    return detail::server_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

constexpr server_state next_state(server_state state, server_action action) {
    switch (action) {
    case server_action::greet:
    case server_action::go_back:
        return server_state::not_authenticated;
    case server_action::admit:
    case server_action::leave:
        return server_state::authenticated;
    case server_action::open:
        return server_state::selected;
    case server_action::part:
        return server_state::logged_out;
    case server_action::over:
        return server_state::closed;
    case server_action::fail:
        return server_state::failed;
    case server_action::missing:
    case server_action::deliver:
    case server_action::deny:
    case server_action::refuse:
    case server_action::put:
    case server_action::stay:
    case server_action::never:
        break;
    }
    return state;
}

} // namespace mailwire::imap

// ---- mailwire/imap/session/server_progress.hpp
namespace mailwire::imap::detail {

// What a server session has to know of a command that has come.
struct verdict {
    bool known = false;
    command_facts facts = {};
    // Why the session answers it itself, or errc::none.
    errc fault = errc::none;
    bool needs_tls = false; // the answer is NO with PRIVACYREQUIRED
};

// Where a server session stands: its state and its mode, the command under way, what it has told its client. It decides
// what a command and an answer may be; it sees no octets.
template <typename Profile> class server_progress {
public:
    explicit server_progress(const server_options& options) : tls_(options.tls), secure_(options.secure) {}

    server_state state() const { return state_; }
    server_mode mode() const { return mode_; }
    command_effect effect() const { return effect_; }
    bool secure() const { return secure_; }
    bool is_logged_in() const { return state_ == server_state::authenticated || state_ == server_state::selected; }
    const capability_set<Profile>& announced() const { return announced_; }
    const mailbox_facts& mailbox() const { return mailbox_; }

    // Those in force, bits of namespace modes.
    std::uint32_t modes() const { return modes_in_force(enabled_, announced_); }
    bool has_mode(std::uint32_t mode) const { return (modes() & mode) != 0; }

    // How commands read. Before the server has said what it is, UTF-8 is no fault.
    dialect reading() const {
        dialect d;
        d.from = side::client;
        d.utf8 = !announced_.known() || has_mode(modes::utf8);
        d.literals = literals_;
        if (has_mode(modes::uidonly)) d.forms &= ~forms::message_numbers;
        return d;
    }
    write_options writing() const {
        return {side::server, literal_form::synchronizing, has_mode(modes::utf8), !has_mode(modes::uidonly)};
    }

    verdict judge(const command& c) const {
        verdict v;
        v.known = visit<Profile>(c.value(), [&v]<typename Command>(const Command&) {
            constexpr command_facts facts = facts_of<Profile, Command>();
            v.facts = facts;
        });
        if (!v.known || !is_announced(v.facts)) {
            v.fault = errc::unknown_command;
            return v;
        }
        const bool disabled = v.facts.effect == command_effect::logs_in && announced_.template has<"LOGINDISABLED">();
        v.needs_tls = state_ == server_state::not_authenticated && is_login(v.facts.effect) &&
                      (disabled || (tls_ == tls_policy::required && !secure_));
        const bool twice = (v.facts.effect == command_effect::starts_tls && secure_) ||
                           (v.facts.effect == command_effect::compresses && compressed_);
        if (v.needs_tls || twice || action_of(state_, input_of(v.facts)) == server_action::deny) {
            v.fault = errc::unexpected_command;
        }
        return v;
    }

    // The command is the program's now; its tag is kept until it is answered.
    void deliver(const verdict& v, std::string_view tag) {
        keep_tag(tag);
        effect_ = v.facts.effect;
        keeps_numbers_ = v.facts.keeps_message_numbers;
        proved_ = true;
        go(delivering(effect_));
    }
    void offer(const verdict& v, std::string_view tag) {
        keep_tag(tag);
        effect_ = v.facts.effect;
        keeps_numbers_ = false;
        go(server_mode_input::literal);
    }
    std::string_view tag() const { return {tag_.data(), tag_size_}; }
    static constexpr std::size_t longest_tag = 64;

    bool allows(server_mode_input input) const { return action_of(mode_, input) != server_mode_action::refuse; }
    bool allows(server_input input) const { return action_of(state_, input) != server_action::refuse; }
    void go(server_mode_input input) { mode_ = next_mode(mode_, action_of(mode_, input)); }
    void act(server_input input) {
        state_ = next_state(state_, action_of(state_, input));
        if (state_ > server_state::selected) mode_ = server_mode::lines; // nothing is under way any more
    }

    // What an untagged status is to the state.
    server_input input_of(const status_response& status) const {
        if (status.condition == condition::bye) return server_input::bye;
        const bool closes = status.condition == condition::ok && status.code.template is<code_closed>();
        return closes && !is_selecting() ? server_input::closed : server_input::data;
    }

    // What the tagged reply to the command under way is to the state.
    server_input input_of_answer(condition c) const {
        if (effect_ == command_effect::selects && c == condition::no && state_ != server_state::not_authenticated) {
            return server_input::answer_deselected;
        }
        if (c != condition::ok) return server_input::answer;
        switch (effect_) {
        case command_effect::authenticates:
        case command_effect::logs_in:
            return server_input::answer_logged_in;
        case command_effect::selects:
            return server_input::answer_selected;
        case command_effect::deselects:
            return server_input::answer_deselected;
        case command_effect::unauthenticates:
            return server_input::answer_unauthenticated;
        case command_effect::logs_out:
            return server_input::answer_logged_out;
        case command_effect::none:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return server_input::answer;
    }

    // CLOSE, UNSELECT and UNAUTHENTICATE succeed or are wrong: there is no NO to them (RFC 9051 6.4.1, RFC 8437 3). An OK
    // to AUTHENTICATE wants a mechanism that is complete.
    misuse may_finish(condition c) const {
        if (!allows(c == condition::ok ? server_mode_input::finish_ok : server_mode_input::finish_other)) {
            return misuse::wrong_state;
        }
        const bool never_no = effect_ == command_effect::deselects || effect_ == command_effect::unauthenticates;
        if (c == condition::no && never_no) return misuse::bad_value;
        const bool unproven = effect_ == command_effect::authenticates && c == condition::ok && !proved_;
        return unproven ? misuse::wrong_state : misuse::none;
    }
    void note_proof(bool proved) { proved_ = proved; }

    // EXPUNGE and its like: not while no command is under way, nor while one is that keeps the numbers (RFC 9051 7.5.1). A
    // command is under way when it has come whole.
    bool may_renumber() const {
        return mode_ != server_mode::lines && mode_ != server_mode::offered && !keeps_numbers_;
    }

    // Whether what is to be put out contradicts what was said before, or itself. A mailbox that opens contradicts nothing.
    bool contradicts(const exists& e) const { return is_wrong(e); }
    bool contradicts(const expunge_data& e) const { return is_wrong(e); }
    bool contradicts(const vanished_data& v) const { return is_wrong(v); }
    bool contradicts(const capability_data& c) const { return !is_announcement(c.capabilities); }
    bool contradicts(const status_response& status) const {
        const auto code = status.code.template get<code_capability>();
        return code && !is_announcement(code->capabilities);
    }
    bool contradicts(const auto&) const { return false; }

    // What was put out.
    void learn(const exists& e) { (void)mailbox_.learn(e); }
    void learn(const expunge_data& e) { (void)mailbox_.learn(e); }
    void learn(const vanished_data& v) { (void)mailbox_.learn(v); }
    void learn(const capability_data& c) { announce(c.capabilities); }
    void learn(const enabled_data& e) { enabled_ |= enabled_by<Profile>(e.capabilities); }
    void learn(const status_response& status) {
        if (status.condition == condition::ok && status.code.template is<code_closed>()) mailbox_ = {};
        if (const auto code = status.code.template get<code_capability>()) announce(code->capabilities);
    }
    void learn(const auto&) {}

    void learn_answer(const status_response& status, server_input input) {
        if (input == server_input::answer_deselected) mailbox_ = {};
        if (input == server_input::answer_logged_in) announced_ = {};
        if (input == server_input::answer_unauthenticated) {
            announced_ = {};
            mailbox_ = {};
            enabled_ = 0;
            compressed_ = false;
        }
        learn(status);
    }

    void start_tls() {
        go(server_mode_input::tls_started);
        announced_ = {};
        enabled_ = 0;
        secure_ = true;
    }
    void start_compression() {
        go(server_mode_input::compression_started);
        compressed_ = true;
    }

private:
    static server_input input_of(const command_facts& facts) {
        const auto first = static_cast<unsigned>(server_input::command_any);
        return static_cast<server_input>(first + static_cast<unsigned>(facts.legal));
    }
    static server_mode_input delivering(command_effect effect) {
        switch (effect) {
        case command_effect::authenticates:
            return server_mode_input::command_authenticate;
        case command_effect::idles:
            return server_mode_input::command_idle;
        case command_effect::starts_tls:
            return server_mode_input::command_starttls;
        case command_effect::compresses:
            return server_mode_input::command_compress;
        case command_effect::none:
        case command_effect::logs_in:
        case command_effect::selects:
        case command_effect::deselects:
        case command_effect::logs_out:
        case command_effect::unauthenticates:
            break;
        }
        return server_mode_input::command;
    }

    bool is_selecting() const { return mode_ == server_mode::answering && effect_ == command_effect::selects; }

    // A command whose capability is not among those announced is unknown (RFC 9051 6.5). Before any were, and after a
    // login until they are again, all that the profile has is there.
    bool is_announced(const command_facts& facts) const {
        if (!announced_.known()) return true;
        if (facts.effect == command_effect::starts_tls && !secure_) return announced_.template has<"STARTTLS">();
        return is_offered(facts, announced_);
    }

    void keep_tag(std::string_view tag) {
        tag_size_ = std::min(tag.size(), tag_.size());
        std::copy_n(tag.data(), tag_size_, tag_.data());
    }

    template <typename Data> bool is_wrong(const Data& value) const {
        mailbox_facts learnt = mailbox_;
        return learnt.learn(value) != violation::none && !is_selecting();
    }

    // RFC 9051 6.1.1: a revision is among them. RFC 7888 5: not both forms of literals.
    static bool is_announcement(const seq_of<text>& capabilities) {
        capability_set<Profile> announced;
        announced.replace(capabilities);
        const bool revision = announced.template has<"IMAP4rev1">() || announced.template has<"IMAP4rev2">();
        return revision && !(announced.template has<"LITERAL+">() && announced.template has<"LITERAL-">());
    }
    void announce(const seq_of<text>& capabilities) {
        announced_.replace(capabilities);
        literals_ = announced_.literals();
    }

    capability_set<Profile> announced_;
    mailbox_facts mailbox_;
    std::uint32_t enabled_ = 0;
    std::array<char, longest_tag> tag_{};
    std::size_t tag_size_ = 0;
    server_state state_ = server_state::greeting;
    server_mode mode_ = server_mode::lines;
    command_effect effect_ = command_effect::none;
    literal_form literals_ = literal_form::minus; // what clients may know from an earlier announcement
    tls_policy tls_;
    bool keeps_numbers_ = false;
    bool secure_;
    bool proved_ = true; // an OK to AUTHENTICATE can be meant
    bool compressed_ = false;
};

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/server_core.hpp
namespace mailwire::imap::detail {

// What a server session does with what comes: octets in, events out, and the answers it gives itself. What a program
// answers is imap::basic_server.
template <typename Profile> class server_core {
public:
    server_core(const server_buffers& buffers, const server_options& options)
        : receiver_(buffers.in, buffers.elided, side::client, options.limits.unit), out_(buffers.out),
          out_size_(buffers.out.size()), tape_(buffers.tape), progress_(options), limits_(options.limits),
          quirks_(options.quirks) {
        limits_.tag = std::min<std::uint16_t>(limits_.tag, server_progress<Profile>::longest_tag);
    }

    outbox& out() { return out_; }
    const outbox& out() const { return out_; }
    const server_progress<Profile>& progress() const { return progress_; }
    server_progress<Profile>& progress() { return progress_; }

    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    void closed() { ended_ = true; }
    void sent(std::size_t octets) {
        out_.sent(octets);
        if (octets != 0 && !is_stranger()) silence_.restart();
    }
    misuse literal(std::string_view octets) {
        const bool over = progress_.state() == server_state::failed || progress_.state() == server_state::closed;
        const misuse fault = over ? misuse::wrong_state : out_.literal(octets);
        if (fault == misuse::none && !is_stranger()) silence_.restart();
        return fault;
    }
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        if (is_stranger()) return silence_.due(limits_.login_seconds);
        if (out_.has_stop() && out_.output().empty()) return never; // the program's octets are missing
        const bool waits = progress_.mode() == server_mode::lines || progress_.mode() == server_mode::idling;
        return progress_.is_logged_in() && waits ? silence_.due(limits_.idle_seconds) : never;
    }

    // Puts a unit out where both tables have a place for it.
    template <typename Write> misuse put(server_input input, Write write) {
        if (!progress_.allows(input) || !progress_.allows(server_mode_input::data)) return misuse::wrong_state;
        if (out_.has_stop()) return misuse::busy;
        const misuse fault = put_unit(out_, write);
        if (fault == misuse::none) progress_.act(input);
        return fault;
    }

    misuse accept_literal() {
        if (!progress_.allows(server_mode_input::accept_literal)) return misuse::wrong_state;
        if (const misuse fault = go_ahead(announced_); fault != misuse::none) return fault;
        receiver_.stream(announced_);
        progress_.go(server_mode_input::accept_literal);
        return misuse::none;
    }

    // The command under way is answered: nothing of it is looked at any more.
    void note_answer(const status_response& status, server_input input) {
        const bool refused = progress_.mode() == server_mode::offered;
        const bool ok = status.condition == condition::ok;
        const bool secret = is_login(progress_.effect());
        progress_.go(ok ? server_mode_input::finish_ok : server_mode_input::finish_other);
        progress_.learn_answer(status, input);
        progress_.act(input);
        if (input == server_input::answer_logged_in) receiver_.limit(limits_.unit);
        if (input == server_input::answer_unauthenticated) {
            receiver_.limit(limits_.unit_before_login);
            patience_.begin_anew();
            silence_.restart();
        }
        if (refused) receiver_.refuse(announced_);
        if (secret) receiver_.wipe_unit();
        if (!is_stranger()) silence_.restart();
    }
    void note_greeting() {
        silence_.restart();
        if (progress_.state() == server_state::not_authenticated) receiver_.limit(limits_.unit_before_login);
    }

    // What the client has said in AUTHENTICATE: the initial response, if it has sent one, or the response of the last event.
    std::optional<std::string_view> said() const { return sasl_.octets(receiver_); }
    bool is_first() const { return sasl_.is_first(); }
    // A challenge was put out.
    void note_challenge() {
        progress_.go(server_mode_input::challenge);
        receiver_.wipe_unit();
    }

    misuse tls_started() {
        const misuse fault = may_change(server_mode_input::tls_started);
        if (fault == misuse::none) progress_.start_tls();
        return fault;
    }
    misuse compression_started() {
        const misuse fault = may_change(server_mode_input::compression_started);
        if (fault == misuse::none) progress_.start_compression();
        return fault;
    }

    server_event next() {
        switch (progress_.state()) {
        case server_state::failed:
            return failure_event();
        case server_state::closed:
            return {.kind = server_event_kind::closed};
        case server_state::logged_out:
            receiver_.drop(); // RFC 9051 3.4: nothing that comes behind BYE is read
            return ended_ ? end() : server_event{.kind = server_event_kind::closed};
        case server_state::greeting:
            return ended_ ? end() : server_event{.kind = server_event_kind::need_answer};
        case server_state::not_authenticated:
        case server_state::authenticated:
        case server_state::selected:
            break;
        }
        return go_on();
    }

private:
    // What the session puts out on its own beside the tag: BAD, BYE, "+".
    static constexpr std::size_t longest_answer = 128;

    bool is_stranger() const { return progress_.state() == server_state::not_authenticated; }
    bool reads() const {
        return progress_.mode() == server_mode::lines || progress_.mode() == server_mode::challenged ||
               progress_.mode() == server_mode::idling;
    }

    misuse may_change(server_mode_input input) const {
        if (!progress_.allows(input)) return misuse::wrong_state;
        if (!out_.empty()) return misuse::busy;
        return receiver_.behind() != 0 ? misuse::wrong_state : misuse::none;
    }

    server_event go_on() {
        if (is_stranger() && silence_.is_past(deadline())) return time_out();
        if (progress_.mode() == server_mode::tls) {
            return change({errc::input_before_tls, 0, 0, 0}, server_event_kind::start_tls);
        }
        if (progress_.mode() == server_mode::compression) {
            return change({errc::input_before_compression, 0, 0, 0}, server_event_kind::start_compression);
        }
        if (!reads()) return ended_ ? end() : server_event{.kind = server_event_kind::need_answer};
        return read();
    }

    server_event read() {
        for (;;) {
            if (!can_answer()) {
                const bool late = !ended_ && silence_.is_past(deadline());
                return late ? time_out() : server_event{.kind = server_event_kind::need_output};
            }
            const step s = receiver_.next();
            if (s.kind != step_kind::more && !is_stranger()) silence_.restart();
            switch (s.kind) {
            case step_kind::more:
                if (!ended_ && silence_.is_past(deadline())) return time_out();
                return ended_ ? end() : server_event{};
            case step_kind::unit:
                return unit(s.text);
            case step_kind::literal:
                if (const server_event e = literal_header(s); e.kind != server_event_kind::need_input) return e;
                break;
            case step_kind::literal_piece:
                return {.kind = server_event_kind::literal_data, .octets = s.text};
            case step_kind::literal_end:
                return {.kind = server_event_kind::literal_end};
            case step_kind::bad:
                return bad(s);
            }
        }
    }

    // No command is read while there is no room for the answer that may be due: none goes unanswered.
    bool can_answer() const {
        if (receiver_.streaming()) return true;
        if (out_.has_stop()) return false;
        const std::size_t waiting = out_.output().size();
        return waiting == 0 || out_size_ - waiting >= limits_.tag + longest_answer;
    }

    parse_options reading() const {
        parse_options o{progress_.reading(), receiver_.elided()};
        o.dialect.depth = limits_.depth;
        o.dialect.quirks = quirks_;
        return o;
    }

    server_event unit(std::string_view text) {
        if (progress_.mode() == server_mode::challenged) return response(text);
        if (progress_.mode() == server_mode::idling) return idle_line(text);
        const auto r = parse_command<Profile>(text, tape_, reading());
        if (!r) return deny(text, r.error);
        const verdict v = progress_.judge(r.value);
        if (const auto error = refusal(v, r.value.tag().size())) return deny(text, error, v.needs_tls);
        if (const auto command = r.value.value(); command.template is<authenticate>()) {
            const auto initial = command.template as<authenticate>();
            if (!sasl_.begin(initial, receiver_)) return deny(text, {errc::syntax, text.size() - 2, 0, 0});
        }
        if (!patience_.take_good(limits_, is_stranger())) {
            return say_bye({errc::unexpected_command, 0, 0, 0}, "too many commands");
        }
        progress_.deliver(v, r.value.tag());
        const std::string_view said_already =
            v.facts.effect == command_effect::authenticates ? said().value_or("") : "";
        return {.kind = server_event_kind::command, .command = r.value, .octets = said_already, .quirks = r.quirks};
    }

    // Why a command is not for the program, or no error.
    mailwire::error refusal(const verdict& v, std::size_t tag_size) const {
        if (tag_size > limits_.tag) return {errc::unit_too_long, limits_.tag, tag_size, limits_.tag};
        return v.fault == errc::none ? mailwire::error() : mailwire::error{v.fault, tag_size + 1, 0, 0};
    }

    // A line of AUTHENTICATE: base64, or "*" (RFC 9051 6.2.2).
    server_event response(std::string_view text) {
        const std::string_view line = head_of(text, text.size() - 2);
        if (line == "*") {
            server_event event = give_up({errc::none, 0, 0, 0}, "cancelled", server_mode_input::cancel);
            if (event.kind == server_event_kind::error && !event.error) event.kind = server_event_kind::cancelled;
            return event;
        }
        const base64_result decoded = sasl_.next(line, receiver_);
        if (!decoded) return give_up({errc::syntax, decoded.offset, 0, 0}, "no base64", server_mode_input::fault);
        progress_.go(server_mode_input::response);
        return {.kind = server_event_kind::response, .octets = *said()};
    }

    // A line of IDLE: DONE (RFC 9051 6.3.13).
    server_event idle_line(std::string_view text) {
        if (!equal_ignoring_case(text, "DONE\r\n")) {
            return give_up({errc::syntax, 0, 0, 0}, "DONE is expected", server_mode_input::fault);
        }
        progress_.go(server_mode_input::done);
        return {.kind = server_event_kind::done};
    }

    // The command under way is answered BAD.
    server_event give_up(const mailwire::error& error, std::string_view text, server_mode_input input) {
        const status_response status{condition::bad, {}, text};
        receiver_.wipe_unit();
        (void)put(server_input::data, [&] { return write_tagged<Profile>(out_, progress_.tag(), status); });
        progress_.go(input);
        return count_bad(error);
    }

    // The literal is welcome where the grammar has a place for it, the state allows the command, and it fits. The message
    // of an APPEND is offered to the program, whatever its size; any other literal stays in the buffer.
    server_event literal_header(const step& s) {
        if (progress_.mode() != server_mode::lines) {
            receiver_.refuse(s.literal);
            return give_up({errc::syntax, 0, 0, 0}, "no literal here", server_mode_input::fault);
        }
        const auto prefix = parse_command_prefix<Profile>(s.text, tape_, reading());
        if (prefix.error) return refuse_literal(s, prefix.error);
        const verdict v = progress_.judge(prefix.value);
        const auto value = prefix.value.value();
        const bool message = value.template is<append>() && value.tokens().more();
        mailwire::error error = refusal(v, prefix.value.tag().size());
        const std::uint64_t budget = is_stranger() ? limits_.command_literals_before_login : limits_.command_literals;
        if (!error && message) error = stream_fault(receiver_, s.literal, limits_);
        if (!error && !message) error = keep_fault(receiver_, s.literal, limits_, budget);
        if (error) return refuse_literal(s, error, v.needs_tls);
        if (!message) return keep_literal(s);
        announced_ = s.literal;
        progress_.offer(v, prefix.value.tag());
        return {.kind = server_event_kind::literal_begin, .command = prefix.value, .octets_total = s.literal.octets};
    }

    server_event keep_literal(const step& s) {
        if (go_ahead(s.literal) != misuse::none) {
            return refuse_literal(s, {errc::literal_too_big, s.literal.header, s.literal.octets, 0});
        }
        receiver_.keep(s.literal);
        if (s.literal.non_synchronizing) return {};
        return {.kind = server_event_kind::need_output};
    }

    // "+" for a literal the client waits with; a non-synchronizing one is on its way already (RFC 7888 3).
    misuse go_ahead(const frame& f) {
        if (f.non_synchronizing) return misuse::none;
        return put(server_input::data, [&] { return write_continuation(out_, "go ahead"); });
    }

    server_event refuse_literal(const step& s, const mailwire::error& error, bool needs_tls = false) {
        write_denial(s.text, error, needs_tls);
        receiver_.refuse(s.literal);
        receiver_.wipe_unit();
        return count_bad(error);
    }

    server_event bad(const step& s) {
        if (s.error.code == errc::endless_literal) {
            write_denial(s.text, s.error, false);
            return fail(server_input::no_end, s.error, "no end of this literal");
        }
        if (progress_.mode() != server_mode::lines) {
            return give_up(s.error, name_of(s.error.code), server_mode_input::fault);
        }
        return deny(s.text, s.error);
    }

    // RFC 9051 7.1.3: BAD with the tag, or without where none can be read. Then BYE when it has been too often.
    server_event deny(std::string_view text, const mailwire::error& error, bool needs_tls = false) {
        write_denial(text, error, needs_tls);
        receiver_.wipe_unit(); // it may have been a login
        return count_bad(error);
    }
    server_event count_bad(const mailwire::error& error) {
        if (!patience_.take_bad(limits_, is_stranger())) return say_bye(error, "too many bad commands");
        return {.kind = server_event_kind::error, .error = error};
    }
    server_event say_bye(const mailwire::error& error, std::string_view why) {
        (void)put(server_input::bye, [&] { return write_status<Profile>(out_, {condition::bye, {}, why}); });
        return {.kind = server_event_kind::error, .error = error};
    }
    void write_denial(std::string_view text, const mailwire::error& error, bool needs_tls) {
        denial how = needs_tls ? denial::privacy : denial::bad;
        if (!needs_tls && error.code == errc::syntax && progress_.has_mode(modes::uidonly)) {
            how = denial_under_uidonly<Profile>(text, tape_, reading());
        }
        (void)put(server_input::data, [&] { return detail::write_denial(out_, text, limits_.tag, error, how); });
    }

    // Between an agreement and what was agreed on nothing may come.
    server_event change(const mailwire::error& error, server_event_kind kind) {
        if (receiver_.behind() != 0) return fail(server_input::before_change, error, {});
        return ended_ ? end() : server_event{.kind = kind};
    }

    server_event time_out() { return fail(server_input::late, {errc::timed_out, 0, 0, 0}, "too long without a word"); }

    server_event end() {
        const bool between = receiver_.between_units() || !reads();
        const server_input input = between ? server_input::end : server_input::cut;
        if (action_of(progress_.state(), input) == server_action::fail) {
            return fail(input, {errc::truncated, receiver_.view().size(), 0, 0}, {});
        }
        progress_.act(input);
        receiver_.drop();
        return {.kind = server_event_kind::closed};
    }

    // RFC 9051 3.4: a server says why it leaves, where somebody can still read it.
    server_event fail(server_input input, const mailwire::error& error, std::string_view goodbye) {
        if (!goodbye.empty() && !out_.has_stop()) {
            (void)put_unit(out_, [&] { return write_status<Profile>(out_, {condition::bye, {}, goodbye}); });
        }
        progress_.act(input);
        receiver_.drop(); // an unanswered login may be in it
        failure_ = error;
        return failure_event();
    }
    server_event failure_event() const { return {.kind = server_event_kind::error, .error = failure_}; }

    receiver receiver_;
    outbox out_;
    std::size_t out_size_;
    std::span<token> tape_;
    server_progress<Profile> progress_;
    limits limits_;
    frame announced_;
    mailwire::error failure_;
    idle_timer silence_; // since the greeting; after a login since something was last said or sent
    sasl_message sasl_;
    patience patience_;
    std::uint32_t quirks_;
    bool ended_ = false;
};

} // namespace mailwire::imap::detail

// ---- mailwire/imap/session/server.hpp
namespace mailwire::imap {

// The server's side of an IMAP connection. No socket, no clock, no allocation. One command at a time is handed to the
// program; pipelined ones wait in the receive buffer. Lines that are no command, commands nobody knows or that were not
// announced, and commands the state does not allow are answered here.
//
//   for (;;) {
//       while (!mail.output().empty()) mail.sent(socket.write(mail.output()));
//       auto event = mail.next();
//       if (event.kind == server_event_kind::need_input) mail.commit(socket.read(mail.prepare()));
//       ...
//   }
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(const server_buffers& buffers, const server_options& options = {})
        : core_(buffers, options) {}

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input.
    std::span<char> prepare() { return core_.prepare(); }
    void commit(std::size_t octets) { core_.commit(octets); }
    // The client has closed the connection. What was received before is still read.
    void closed() { core_.closed(); }

    // What time it is, and when to say so again at the latest: from then on next() says BYE and gives the error timed_out.
    // `never` while the program answers, and before the first at().
    void at(instant now) { core_.at(now); }
    instant deadline() const { return core_.deadline(); }

    // Octets to send now. Empty when there are none, and while a streamed literal waits for its octets. Valid until the
    // next call that is not const.
    std::string_view output() const { return core_.out().output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) { core_.sent(std::min(octets, output().size())); }

    // The first line: OK, PREAUTH or BYE (RFC 9051 7.1). Capabilities in its code are what is announced from here on.
    // Misuse: wrong_state, no_room, bad_value.
    misuse greet(const status_response& status) {
        const server_input input = status.condition == condition::preauth ? server_input::greet_preauth
                                   : status.condition == condition::bye   ? server_input::greet_bye
                                                                          : server_input::greet_ok;
        if (status.condition == condition::no || status.condition == condition::bad) return misuse::bad_value;
        const misuse fault = put_status(input, status);
        if (fault == misuse::none) core_.note_greeting();
        return fault;
    }

    // Untagged data (RFC 9051 7.2 to 7.5). CAPABILITY and ENABLED count: what is announced last is what clients may use.
    // Misuse: wrong_state (also for EXPUNGE and VANISHED while no command is under way, or FETCH, STORE or SEARCH is,
    // RFC 9051 7.5.1), busy (a literal's octets are missing), no_room (send what output() has, then call again),
    // bad_value (also for EXISTS with less messages than before, EXPUNGE of none there is, a message number under UIDONLY,
    // capabilities without a revision or with LITERAL+ and LITERAL-). Nothing has changed then.
    template <alternative Data> misuse send(const Data& value) {
        if constexpr (requires { value.renumbers(); }) {
            if (value.renumbers() && !core_.progress().may_renumber()) return misuse::wrong_state;
        }
        const misuse fault = core_.put(server_input::data, [&] {
            const misuse written = write_data<Profile>(core_.out(), value, core_.progress().writing());
            if (written != misuse::none) return written;
            return core_.progress().contradicts(value) ? misuse::bad_value : misuse::none;
        });
        if (fault == misuse::none) core_.progress().learn(value);
        return fault;
    }
    // An untagged status; BYE ends the session. OK with CLOSED ends the selection, unless another mailbox is being
    // selected (RFC 9051 7.1).
    misuse send(const status_response& status) { return put_status(core_.progress().input_of(status), status); }

    // The next octets of a literal that was sent as text::streamed. Not copied: valid until sent() has taken them all.
    // Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    misuse literal(std::string_view octets) { return core_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return core_.out().missing(); }

    // Lets the client send the literal that was announced. Misuse: wrong_state, busy, no_room; nothing has changed then.
    misuse accept_literal() { return core_.accept_literal(); }

    // Gives a mechanism what the client has sent with AUTHENTICATE or as a response. Ends the views of the event.
    //   more    a challenge goes out; the client's answer comes as an event
    //   done    the client is who it says: finish() with OK, or with NO
    //   failed  finish() with NO; for the fault no_room send what output() has, then call again
    // RFC 9051 6.2.2.
    template <sasl::server_mechanism M> sasl::step step(M& mechanism) {
        if (!core_.progress().allows(server_mode_input::challenge)) {
            return sasl::failure(sasl::fault::unexpected_message);
        }
        sasl::step s = sasl::no_room(1);
        const misuse fault = put_challenge([&](std::span<char> room) {
            const std::optional<std::string_view> said = core_.said();
            s = core_.is_first() ? sasl::begin(mechanism, said, room) : mechanism.step(*said, room);
            return s.status == sasl::status::more ? std::optional(s.size) : std::nullopt;
        });
        core_.progress().note_proof(mechanism.complete());
        return s.status == sasl::status::more && fault != misuse::none ? sasl::no_room(1) : s;
    }
    // A challenge of the program, which then knows itself when the client has proved who it is. Misuse: wrong_state (there is
    // no AUTHENTICATE to answer), no_room.
    misuse challenge(std::string_view octets) {
        if (!core_.progress().allows(server_mode_input::challenge)) return misuse::wrong_state;
        const misuse fault = put_challenge([octets](std::span<char> room) -> std::optional<std::size_t> {
            if (octets.size() > room.size()) return std::nullopt;
            std::copy(octets.begin(), octets.end(), room.begin());
            return octets.size();
        });
        if (fault == misuse::none) core_.progress().note_proof(true);
        return fault;
    }

    // Lets IDLE begin: "+" goes out, and then whatever happens, until the event done. Misuse: wrong_state, busy, no_room.
    // RFC 9051 6.3.13.
    misuse begin_idle() {
        if (!core_.progress().allows(server_mode_input::begin_idle)) return misuse::wrong_state;
        const misuse fault =
            core_.put(server_input::data, [this] { return write_continuation(core_.out(), "idling"); });
        if (fault == misuse::none) core_.progress().go(server_mode_input::begin_idle);
        return fault;
    }

    // The tagged reply to the command that was delivered: OK, NO or BAD. Its effect on the state is the session's. OK to
    // LOGOUT sends BYE first (RFC 9051 6.1.3). In place of accept_literal it refuses the literal. OK to STARTTLS and to
    // COMPRESS is followed by the events start_tls and start_compression.
    // Misuse: as send; wrong_state also for OK to AUTHENTICATE before the mechanism is complete; bad_value also for NO to
    // CLOSE, UNSELECT and UNAUTHENTICATE, which have none. Nothing has changed then.
    misuse finish(const status_response& status) {
        if (const misuse m = core_.progress().may_finish(status.condition); m != misuse::none) return m;
        const server_input input = core_.progress().input_of_answer(status.condition);
        if (!core_.progress().allows(input)) return misuse::wrong_state;
        if (core_.out().has_stop()) return misuse::busy;
        const misuse fault = detail::put_unit(core_.out(), [&] { return write_answer(status); });
        if (fault == misuse::none) core_.note_answer(status, input);
        return fault;
    }

    // Whether the command under way can be answered so.
    bool may_finish(condition c) const { return core_.progress().may_finish(c) == misuse::none; }

    // The handshake that start_tls asked for is done. Misuse: wrong_state (no handshake is due; or octets have come in
    // between, which could be anybody's: next() then gives the error input_before_tls), busy (the OK is not sent yet).
    // RFC 9051 6.2.1.
    misuse tls_started() { return core_.tls_started(); }

    // From here on octets are inflated before they are committed, and deflated after output() had them. Misuse: wrong_state
    // (COMPRESS has not been agreed on, or octets have come before the OK was sent), busy (the OK is not sent yet).
    // RFC 4978 3.
    misuse compression_started() { return core_.compression_started(); }

    // What has happened next.
    server_event next() { return core_.next(); }

    server_state state() const { return core_.progress().state(); }
    server_mode mode() const { return core_.progress().mode(); }
    // What was announced last; after a login and after TLS nothing, until it is announced again.
    const capability_set<Profile>& announced() const { return core_.progress().announced(); }
    // What is enabled, bits of namespace modes.
    std::uint32_t modes() const { return core_.progress().modes(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return core_.progress().secure(); }

private:
    misuse put_status(server_input input, const status_response& status) {
        const misuse fault = core_.put(input, [&] {
            const misuse written = write_status<Profile>(core_.out(), status, core_.progress().writing());
            if (written != misuse::none) return written;
            return core_.progress().contradicts(status) ? misuse::bad_value : misuse::none;
        });
        if (fault == misuse::none) core_.progress().learn(status);
        return fault;
    }

    misuse write_answer(const status_response& status) {
        const write_options options = core_.progress().writing();
        if (core_.progress().effect() == command_effect::logs_out && status.condition == condition::ok) {
            const misuse fault = write_status<Profile>(core_.out(), {condition::bye, {}, "logging out"}, options);
            if (fault != misuse::none) return fault;
        }
        if (core_.progress().contradicts(status)) return misuse::bad_value;
        return write_tagged<Profile>(core_.out(), core_.progress().tag(), status, options);
    }

    // A line "+" SP base64. `fill` writes the octets into the room it is given, and says how many; nothing where there is no
    // challenge to send.
    template <typename Fill> misuse put_challenge(Fill fill) {
        const misuse fault = core_.put(server_input::data, [&] {
            core_.out().put("+ ");
            const auto size = core_.out().ok() ? fill(core_.out().room_for_base64()) : std::nullopt;
            if (!size) return misuse::no_room;
            core_.out().put_base64(*size);
            core_.out().put("\r\n");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_challenge();
        return fault;
    }

    detail::server_core<Profile> core_;
};

using server = basic_server<>;

} // namespace mailwire::imap

// ---- mailwire/imap/server.hpp
// All an IMAP server needs.

// ---- mailwire/imap.hpp
// Everything of IMAP. A program that is a client or a server alone includes less with imap/client.hpp or
// imap/server.hpp.

// ---- mailwire/pop3/grammar/quirks.hpp
// The deviations from the RFCs that can be tolerated, one bit each in the options of a session or a parse. None is on
// unless asked for, and what reads with one on says which have fired.
namespace mailwire::pop3::quirks {

// Responses.

// A "<" in the greeting that begins no msg-id. The greeting then has no timestamp, whatever it looks like.
inline constexpr std::uint32_t angle_bracket_in_greeting = 1U << 0;
// +ok, -err: a status that is not in upper case (RFC 1939 3: "MUST").
inline constexpr std::uint32_t status_in_any_case = 1U << 1;
// LF without CR before it ends a line, also in a message. What a sender hides behind such an LF is then read as a line
// of its own: only for servers that send no CR at all.
inline constexpr std::uint32_t bare_line_feed = 1U << 2;
// "." LF, without the CR, ends a multi-line answer.
inline constexpr std::uint32_t dot_line_feed = 1U << 3;
// "." CR, without the LF, ends a message, where the connection ends there or anything but LF follows.
inline constexpr std::uint32_t dot_carriage_return = 1U << 4;
// A line of a message that begins with one dot and goes on without a second one keeps its dot.
inline constexpr std::uint32_t unstuffed_dots = 1U << 5;
// A line of LIST without its size, or of UIDL without its id. The message then has none.
inline constexpr std::uint32_t incomplete_listing = 1U << 6;
// The answer to UIDL msg without the message-number: "+OK" SP unique-id.
inline constexpr std::uint32_t unique_id_without_number = 1U << 7;
// A challenge without the space behind its "+", where it is empty.
inline constexpr std::uint32_t challenge_without_space = 1U << 8;

// Commands.

// AUTH without a mechanism, which asks for a list of them: older than RFC 1734, and still sent by some clients.
inline constexpr std::uint32_t auth_without_mechanism = 1U << 9;
// The name of a mechanism in small letters.
inline constexpr std::uint32_t mechanism_in_any_case = 1U << 10;

// All that a client can meet, and all that a server can.
inline constexpr std::uint32_t of_servers = 0x1ff;
inline constexpr std::uint32_t of_clients = auth_without_mechanism | mechanism_in_any_case | bare_line_feed;

} // namespace mailwire::pop3::quirks

// ---- mailwire/pop3/grammar/lexical.hpp
// RFC 2449 3 and RFC 1939 3: what commands and responses are made of. Where an RFC says a thing in prose only, the ABNF
// above the rule is ours and tagged "Prose:".
namespace mailwire::pop3::grammar {

using pegtl::at;
using pegtl::not_at;
using pegtl::opt;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;
using pegtl::success;

// SP = %x20 ; exactly one, RFC 1939 3
struct sp : ch<' '> {};

// CRLF = %x0D.0A
struct crlf : sor<exact<"\r\n">, quirk<quirks::bare_line_feed, ch<'\n'>>> {};

// cchar = %x21-2D / %x2F-7F ; printable ASCII, excluding "."
inline constexpr char_class cchar = octet_range(0x21, 0x7f) - octets(".");

// Defect: the RFC leaves SP out of gchar and schar; "+OK 2 messages" would match neither.
// gchar = %x21-3B / %x3D-7F ; printable ASCII, excluding "<"
inline constexpr char_class gchar = octet_range(0x20, 0x7f) - octets("<");

// schar = %x21-5A / %x5C-7F ; printable ASCII, excluding "["
// RFC 2449 6.4 speaks of a "[" that a text begins with; behind its first octet it is a character like others.
inline constexpr char_class schar = octet_range(0x20, 0x7f);

// rchar = %x21-2E / %x30-5C / %x5E-7F ; printable ASCII, excluding "/" and "]"
inline constexpr char_class rchar = octet_range(0x21, 0x7f) - octets("/]");

// CHAR = %x01-7F, as far as it can stand in a line
inline constexpr char_class line_char = char_ - octets("\r\n");

inline constexpr char_class digit_nz = octet_range('1', '9');

// Not in the RFC: at least Min octets of a class, and where the input allows it UTF-8 beside them (RFC 6856 2).
template <char_class Class, std::size_t Min = 1> struct octets_of {
    using rule_t = octets_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* begin = in.current();
        const char* p = skip_class<Class>(begin, in.end());
        while (p != in.end() && in.rules().utf8 && static_cast<unsigned char>(*p) >= 0x80) {
            const std::size_t size = utf8_decode_one(p, in.end()).size;
            if (size == 0) break;
            p = skip_class<Class>(p + size, in.end());
        }
        in.advance_to(p);
        return static_cast<std::size_t>(p - begin) >= Min;
    }
};

// Not in the RFC: Min to Max octets of a class, and no further octet of it behind them.
template <char_class Class, std::size_t Min, std::size_t Max> struct few_of {
    using rule_t = few_of;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        const char* begin = in.current();
        const char* p = skip_class<Class>(begin, in.end());
        const auto n = static_cast<std::size_t>(p - begin);
        in.advance_to(n > Max ? begin + Max : p);
        return n >= Min && n <= Max;
    }
};

// Not in the RFC: matches nothing, where no octet of a class follows.
template <char_class Class> struct not_before {
    using rule_t = not_before;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) { return in.empty() || !Class.contains(*in.current()); }
};

// param = 1*VCHAR
struct param : octets_of<vchar> {};

// Not in the RFC, which repeats it: the arguments of a line.
//   params = param *(SP param)
struct params : separated<param, sp> {};

// Prose: RFC 1939 4 and 5, "message-number", counted from 1, decimal.
//   msg = nz-digit *DIGIT
struct msg : number_up_to<4294967295U, digit_nz> {};

// Prose: RFC 1939 5, a count of messages or, in TOP, of lines.
//   count = 1*DIGIT
struct count : number_up_to<4294967295U> {};

// Prose: RFC 1939 5, "the exact size of the message in octets".
//   size = 1*DIGIT
struct size : number_up_to<18446744073709551615U> {};

// Prose: RFC 1939 7, one to 70 characters in the range 0x21 to 0x7E.
//   unique-id = 1*70VCHAR
struct unique_id : few_of<vchar, 1, 70> {};

// sasl-mech = 1*20mech-char ; RFC 4422 3.1
// mech-char = UPPER-ALPHA / DIGIT / HYPHEN / UNDERSCORE
// Quirk: mechanism_in_any_case.
inline constexpr char_class mech_char = octet_range('A', 'Z') | digit | octets("-_");
struct sasl_mech : sor<seq<few_of<mech_char, 1, 20>, not_before<alpha>>,
                       quirk<quirks::mechanism_in_any_case, few_of<mech_char | alpha, 1, 20>>> {};

// base64          = base64-terminal / ( 1*(4base64-char) [base64-terminal] ) ; RFC 5034 5
// base64-char     = ALPHA / DIGIT / "+" / "/"
// base64-terminal = (2base64-char "==") / (3base64-char "=")
inline constexpr char_class base64_char = alpha | digit | octets("+/");
struct base64 {
    using rule_t = base64;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) {
        auto mark = in.template mark<rewind_mode::required>();
        const char* begin = in.current();
        const char* end = skip_class<base64_char | octets("=")>(begin, in.end());
        const base64_result text = base64_check({begin, static_cast<std::size_t>(end - begin)});
        in.advance_to(begin + text.offset);
        return mark(text && begin != end);
    }
};

// Prose: RFC 6856 3.2, a language tag (RFC 5646) in the form all of them have.
//   lang-tag = 1*8ALPHA *("-" 1*8(ALPHA / DIGIT))
struct lang_tag : seq<few_of<alpha, 1, 8>, star<ch<'-'>, few_of<alpha | digit, 1, 8>>> {};

// Prose: RFC 6856 3.2, a basic language range (RFC 4647 2.1).
//   lang-range = lang-tag / "*"
struct lang_range : sor<lang_tag, ch<'*'>> {};

// resp-code  = "[" resp-level *("/" resp-level) "]"
// resp-level = 1*rchar
struct resp_level : run_of<rchar> {};
struct resp_levels : separated<resp_level, ch<'/'>> {};

// atext of RFC 5322 3.2.3
inline constexpr char_class atext = alpha | digit | octets("!#$%&'*+-/=?^_`{|}~");

// dtext of RFC 5322 3.4.1
inline constexpr char_class dtext = vchar - octets("[]\\");

// timestamp = "<" *VCHAR ">" ; MUST conform to RFC-822 msg-id
// RFC 5322 3.6.4, without its obsolete forms:
//   msg-id = "<" dot-atom-text "@" (dot-atom-text / "[" *dtext "]") ">"
struct dot_atom_text : separated<run_of<atext>, ch<'.'>> {};
struct no_fold_literal : seq<ch<'['>, run_of<dtext, 0>, ch<']'>> {};
struct timestamp : seq<ch<'<'>, dot_atom_text, ch<'@'>, sor<dot_atom_text, no_fold_literal>, ch<'>'>> {};

} // namespace mailwire::pop3::grammar

// ---- mailwire/pop3/grammar/slots.hpp
namespace mailwire::pop3 {

class writer;

namespace grammar {

// A command nobody knows. Its arguments are not judged: it is refused by name.
//   command = keyword *(SP param) CRLF
//   keyword = 3*4VCHAR
struct keyword : few_of<vchar, 3, 4> {};
struct unknown_command : seq<tok<token_kind::atom, keyword>,
                             sor<seq<sp, tok<token_kind::raw, octets_of<vchar | octets(" "), 0>>>, absent_tok>> {};

// A capability nobody knows.
//   capability = capa-tag *(SP param) CRLF
//   capa-tag   = 1*cchar
struct capa_tag : run_of<cchar> {};
struct unknown_capability
    : seq<tok<token_kind::atom, capa_tag>, sor<seq<sp, tok<token_kind::raw, params>>, absent_tok>> {};

} // namespace grammar

// The productions that RFCs extend: a new capability brings its tag and its commands (RFC 2449 5). `other` is what an
// unknown word looks like.
namespace slot {

struct command {
    using writer = pop3::writer;
    using other = grammar::unknown_command;
};

struct capability {
    using writer = pop3::writer;
    using other = grammar::unknown_capability;
};

} // namespace slot
} // namespace mailwire::pop3

// ---- mailwire/pop3/grammar/response.hpp
// What a server sends, line by line (RFC 2449 3; RFC 1939 4, 5 and 7). Which rule a line has to match depends on the
// command it answers.
namespace mailwire::pop3 {

// Whether a "[" that begins a text is a response code (RFC 2449 6.4).
enum class response_codes : std::uint8_t {
    unknown,   // nobody has said so: what looks like a code is one, the rest is text
    absent,    // the server lists capabilities, RESP-CODES not among them: it is text
    announced, // it is a code, and a text that begins with "[" and is none is refused
};

// The input of the rules below.
struct response_input : input {
    using input::input;
    response_codes codes = response_codes::unknown;
};

namespace grammar {

// Not in the RFC: true where the input knows this of the server.
template <response_codes Codes> struct codes_are {
    using rule_t = codes_are;
    using subs_t = pegtl::type_list<>;

    template <typename In> static bool match(In& in) { return in.codes == Codes; }
};

// resp-code = "[" resp-level *("/" resp-level) "]"
struct resp_code : seq<ch<'['>, tok<token_kind::raw, resp_levels>, ch<']'>> {};

// text = *schar / resp-code *CHAR
struct coded_text : seq<not_at<codes_are<response_codes::absent>>, resp_code, opt<sp>,
                        tok<token_kind::raw, octets_of<line_char, 0>>> {};
struct plain_text : seq<not_at<codes_are<response_codes::announced>, ch<'['>>, absent_tok,
                        tok<token_kind::raw, octets_of<schar, 0>>> {};
struct text : sor<coded_text, plain_text> {};

// status = "+OK" / "-ERR" ; upper case, RFC 1939 3
template <fixed_string Word>
struct status : tok<token_kind::atom, sor<exact<Word>, quirk<quirks::status_in_any_case, kw<Word>>>> {};
struct ok : status<"+OK"> {};
struct err : status<"-ERR"> {};

// single-line = status [SP text] CRLF ; 512 octets maximum
struct optional_text : sor<seq<sp, text>, seq<absent_tok, absent_tok>> {};
struct err_line : seq<err, optional_text, crlf, at_end> {};
struct single_line : seq<sor<ok, err>, optional_text, crlf, at_end> {};

// Prose: RFC 1939 5, STAT and LIST: "makes no requirement on what follows" the size.
//   extra = [SP *schar]
struct extra : sor<seq<sp, tok<token_kind::raw, octets_of<schar, 0>>>, absent_tok> {};

// Prose: RFC 1939 5, STAT.
//   drop-listing = count SP size extra
struct drop_listing : seq<tok<token_kind::number, count>, sp, tok<token_kind::number, size>, extra> {};

// Prose: RFC 1939 5, LIST.
//   scan-listing = msg SP size extra
// Quirk: incomplete_listing, a line without a size, or with something else in its place: that is then its "extra".
struct sized : seq<sp, tok<token_kind::number, size>, extra> {};
struct not_sized : quirk<quirks::incomplete_listing, seq<absent_tok, extra>> {};
struct scan_listing : seq<tok<token_kind::number, msg>, sor<sized, not_sized>> {};

// Prose: RFC 1939 7, UIDL: "No information follows the unique-id".
//   unique-id-listing = msg SP unique-id
// Quirk: incomplete_listing, a line without an id.
struct named : seq<sp, tok<token_kind::atom, unique_id>> {};
struct not_named : quirk<quirks::incomplete_listing, seq<absent_tok, opt<sp>, at<crlf>>> {};
struct unique_id_listing : seq<tok<token_kind::number, msg>, sor<named, not_named>> {};

// The same, as the answer to UIDL msg.
// Quirk: unique_id_without_number.
struct id_alone : quirk<quirks::unique_id_without_number, seq<absent_tok, tok<token_kind::atom, unique_id>>> {};
struct unique_id_answer : sor<unique_id_listing, id_alone> {};

// Prose: RFC 6856 3.2, the answer to LANG with an argument. The "text" is in UTF-8.
//   language = lang-tag SP *schar
struct language : seq<tok<token_kind::atom, lang_tag>, sp, tok<token_kind::raw, octets_of<schar, 0>>> {};

// Prose: the answers to STAT, to LIST msg, to UIDL msg and to LANG with an argument.
//   data-line = ("+OK" SP listing CRLF) / single-line ; the latter with "-ERR" only
template <typename Listing> struct data_line : sor<err_line, seq<ok, sp, Listing, crlf, at_end>> {};

// Prose: the lines of the multi-line answers to LIST and to UIDL.
struct scan_listing_line : seq<scan_listing, crlf, at_end> {};
struct unique_id_line : seq<unique_id_listing, crlf, at_end> {};

// Prose: RFC 6856 3.2, "the language tag, optionally followed by a single space and a human-readable description".
//   language-listing = lang-tag [SP *schar]
struct language_line : seq<tok<token_kind::atom, lang_tag>,
                           sor<seq<sp, tok<token_kind::raw, octets_of<schar, 0>>>, absent_tok>, crlf, at_end> {};

// Prose: the lines of the answer to AUTH without a mechanism, which no RFC has.
struct mechanism_line : seq<tok<token_kind::atom, sasl_mech>, crlf, at_end> {};

// continue-req = "+" SP [base64] CRLF ; RFC 5034 5
struct challenge_without_space : quirk<quirks::challenge_without_space, absent_tok> {};
struct continue_req
    : seq<ch<'+'>, sor<seq<sp, maybe<tok<token_kind::raw, base64>>>, challenge_without_space>, crlf, at_end> {};

// capability = capa-tag *(SP param) CRLF ; 512 octets maximum
// The arguments of each tag are the tail beside its struct in model/.
struct capability : seq<slot_rule<slot::capability>, crlf, at_end> {};

// greeting = "+OK" [resp-code] *gchar [timestamp] *gchar CRLF
// Defect: the RFC leaves out the SP behind "+OK", and that the line may end there. Nothing is known of the server yet:
// what looks like a response code is one.
struct gchars : tok<token_kind::raw, octets_of<gchar, 0>> {};
struct greeting_code : sor<seq<resp_code, opt<sp>>, absent_tok> {};
struct greeting_text : seq<greeting_code, gchars, maybe<tok<token_kind::raw, timestamp>>, gchars, crlf> {};
struct loose_greeting_text : seq<greeting_code, tok<token_kind::raw, octets_of<schar, 0>>, absent_tok, gchars, crlf> {};
struct greeting : seq<ok,
                      sor<seq<sp, sor<greeting_text, quirk<quirks::angle_bracket_in_greeting, loose_greeting_text>>>,
                          seq<absent_tok, gchars, absent_tok, gchars, crlf>>,
                      at_end> {};

} // namespace grammar
} // namespace mailwire::pop3

// ---- mailwire/pop3/model/params.hpp
namespace mailwire::pop3 {

// The arguments of a capability: words with one space between each two. Not owned; walked without a store.
class params {
public:
    constexpr params() = default;
    constexpr params(std::string_view words) : words_(words) {}
    constexpr params(const char* words) : words_(words) {}

    class iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = std::string_view;

        constexpr iterator() = default;
        constexpr explicit iterator(std::string_view rest) : rest_(rest) {}

        constexpr std::string_view operator*() const { return head_of(rest_, rest_.find(' ')); }
        constexpr iterator& operator++() {
            const std::size_t space = rest_.find(' ');
            rest_ = space == std::string_view::npos ? std::string_view() : tail_of(rest_, space + 1);
            return *this;
        }
        constexpr iterator operator++(int) {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) {
            return a.rest_.size() == b.rest_.size();
        }

    private:
        std::string_view rest_;
    };

    constexpr iterator begin() const { return iterator(words_); }
    constexpr iterator end() const { return {}; }
    constexpr bool empty() const { return words_.empty(); }

    // All of them as they stand in the line.
    constexpr std::string_view line() const { return words_; }

    // Whether one of them is this word, in any case.
    constexpr bool contains(std::string_view word) const {
        for (const std::string_view one : *this) {
            if (equal_ignoring_case(one, word)) return true;
        }
        return false;
    }

    friend constexpr bool operator==(const params&, const params&) = default;

private:
    std::string_view words_;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/grammar/command.hpp
// What a client sends. RFC 1939 has the commands in prose, so that all of their ABNF is ours.
namespace mailwire::pop3::grammar {

// Prose: RFC 1939 5, RETR and DELE.
//   message-argument = SP msg
struct message_argument : seq<sp, tok<token_kind::number, msg>> {};

// Prose: RFC 1939 5 and 7, LIST and UIDL.
//   optional-message = [SP msg]
struct optional_message : sor<message_argument, absent_tok> {};

// Prose: RFC 1939 7, TOP; both arguments are required.
//   top-arguments = SP msg SP count
struct top_arguments : seq<message_argument, sp, tok<token_kind::number, count>> {};

// Prose: RFC 1939 7, USER: "a string identifying a mailbox".
//   name = param
struct name : param {};
struct user_argument : seq<sp, tok<token_kind::raw, name>> {};

// Prose: RFC 1939 7, PASS: the one argument, whose spaces "may be treated as part of the password". They all are.
//   password = 1*(VCHAR / SP)
struct password : octets_of<vchar | octets(" ")> {};
struct pass_argument : seq<sp, tok<token_kind::raw, password>> {};

// Prose: RFC 1939 7, APOP: "a 16-octet value which is sent in hexadecimal format, using lower-case ASCII characters".
//   digest = 32(DIGIT / %x61-66)
struct digest : exactly_of<digit | octet_range('a', 'f'), 32> {};
struct apop_arguments : seq<sp, tok<token_kind::raw, name>, sp, tok<token_kind::raw, digest>> {};

// auth-command     = "AUTH" SP sasl-mech [SP initial-response] *(CRLF [base64]) [CRLF cancel-response] CRLF
// initial-response = base64 / "=" ; RFC 5034 5
// The lines behind the first one are client_response and cancel_response.
// Quirk: auth_without_mechanism.
struct initial_response : sor<base64, ch<'='>> {};
struct auth_arguments
    : sor<seq<sp, tok<token_kind::atom, sasl_mech>, sor<seq<sp, tok<token_kind::raw, initial_response>>, absent_tok>>,
          quirk<quirks::auth_without_mechanism, seq<absent_tok, absent_tok>>> {};

// A line of the client in a SASL exchange: [base64] CRLF, or "*" CRLF which cancels it.
struct cancel_response : tok<token_kind::nil, ch<'*'>> {};
struct client_response : seq<sor<cancel_response, tok<token_kind::raw, base64>, absent_tok>, crlf, at_end> {};

// Prose: RFC 6856 3, LANG.
//   lang-argument = [SP lang-range]
struct lang_argument : sor<seq<sp, tok<token_kind::raw, lang_range>>, absent_tok> {};

// command = keyword *(SP param) CRLF ; 255 octets maximum
// The arguments of each keyword are the tail beside its struct in model/.
struct command : seq<slot_rule<slot::command>, crlf, at_end> {};

} // namespace mailwire::pop3::grammar

// ---- mailwire/pop3/model/writer.hpp
namespace mailwire::pop3 {

struct everything;

// Writes values as POP3 spells them. Every string of a program is judged by the rule that will read it; POP3 has no way
// to quote, so a string its place cannot carry (CR, LF, NUL, a space in a name) makes the writer fail, and the line is
// not sent.
class writer {
public:
    // `as_utf8`: whether UTF-8 may stand beside ASCII (RFC 6856).
    template <sink Sink> explicit writer(Sink& to, bool as_utf8 = false) : sink_(&to), utf8_(as_utf8) {
        put_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put(octets); };
    }

    // none, or bad_value when a value did not fit its place. Whether the sink had room is the sink's to say.
    misuse fault() const { return fault_; }

    // Marks the values as not fit to be written unless the condition holds.
    writer& require(bool condition) {
        if (!condition) fault_ = misuse::bad_value;
        return *this;
    }

    writer& raw(constant octets) { return emit(octets.view()); }
    writer& sp() { return emit(" "); }
    writer& crlf() { return emit("\r\n"); }
    writer& number(std::uint64_t n) {
        char digits[20];
        char* p = digits + sizeof digits;
        do {
            *--p = static_cast<char>('0' + n % 10);
            n /= 10;
        } while (n != 0);
        return emit({p, static_cast<std::size_t>(digits + sizeof digits - p)});
    }

    // A message-number, which is never 0.
    writer& message(std::uint32_t n) { return require(n != 0).number(n); }

    writer& name(std::string_view octets) { return judged<grammar::name>(octets); }
    writer& password(std::string_view octets) { return judged<grammar::password>(octets); }
    writer& digest(std::string_view octets) { return judged<grammar::digest>(octets); }
    writer& unique_id(std::string_view octets) { return judged<grammar::unique_id>(octets); }
    writer& response_levels(std::string_view octets) { return judged<grammar::resp_levels>(octets); }
    writer& mechanism(std::string_view octets) { return judged<grammar::sasl_mech>(octets); }
    writer& base64(std::string_view octets) { return judged<grammar::base64>(octets); }
    writer& initial_response(std::string_view octets) { return judged<grammar::initial_response>(octets); }
    writer& language_tag(std::string_view octets) { return judged<grammar::lang_tag>(octets); }
    writer& language_range(std::string_view octets) { return judged<grammar::lang_range>(octets); }

    // Arguments with one space between each two, and one before them; nothing for no arguments.
    writer& params(std::string_view octets) { return octets.empty() ? *this : sp().judged<grammar::params>(octets); }

    // What a person reads: without a response code before it, and behind one.
    writer& plain_text(std::string_view octets) {
        require(octets.empty() || octets.front() != '[');
        return judged<grammar::octets_of<grammar::schar, 0>>(octets);
    }
    writer& coded_text(std::string_view octets) { return judged<grammar::octets_of<grammar::line_char, 0>>(octets); }

    // A text in UTF-8, whether or not it was agreed on.
    writer& utf8_text(std::string_view octets) { return judged<grammar::octets_of<grammar::schar, 0>>(octets, true); }

    // The text of a greeting. The "<" of its timestamp, where there is one, is the only one in it.
    writer& greeting_text(std::string_view octets) {
        using gchars = grammar::octets_of<grammar::gchar, 0>;
        return judged<grammar::seq<gchars, grammar::opt<grammar::timestamp, gchars>>>(octets);
    }

    writer& timestamp(std::string_view octets) { return judged<grammar::timestamp>(octets); }

    // What stands behind the numbers of a listing, with the space before it; nothing for nothing.
    writer& extra(std::string_view octets) {
        return octets.empty() ? *this : sp().judged<grammar::octets_of<grammar::schar>>(octets);
    }

    // An alternative of a slot: its word, its tail.
    template <alternative Alt> writer& put(const Alt& value) {
        emit(Alt::word::text);
        value.write(*this);
        return *this;
    }

    // An item of either origin. What was read is written as the profile knows it, an unknown one as it came.
    template <typename Profile = everything, typename Slot> writer& put(const item<Slot>& i) {
        if (i.is_value()) {
            i.write_value(*this);
        } else if (!visit<Profile>(i, [this](const auto& value) { this->put(value); })) {
            emit(i.name().spelled());
            if (!i.rest().empty()) sp().emit(i.rest());
        }
        return *this;
    }

private:
    writer& emit(std::string_view octets) {
        put_(sink_, octets);
        return *this;
    }

    // Octets that are just what a rule matches.
    template <typename Rule> writer& judged(std::string_view octets) { return judged<Rule>(octets, utf8_); }
    template <typename Rule> writer& judged(std::string_view octets, bool as_utf8) {
        input in(octets, {}, {.from = side::client, .utf8 = as_utf8});
        require(run<Rule, apply_mode::nothing>(in) && in.empty());
        return emit(octets);
    }

    void* sink_;
    void (*put_)(void*, std::string_view);
    misuse fault_ = misuse::none;
    bool utf8_;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/capabilities.hpp
namespace mailwire::pop3 {

// What a client remembers of a CAPA listing.
struct capability_set {
    // EXPIRE NEVER: messages stay as long as their owner lets them.
    static constexpr std::uint32_t never = 0xffffffffU;

    bool known = false; // a listing has been read to its end
    bool top = false;
    bool user = false;
    bool sasl = false;
    bool resp_codes = false;
    bool pipelining = false;
    bool uidl = false;
    bool stls = false;
    bool auth_resp_code = false;
    bool utf8 = false;
    bool utf8_user = false; // names and passwords may be in UTF-8
    bool lang = false;
    bool login_delay = false;          // login_delay_seconds has been announced
    bool login_delay_per_user = false; // it may be another one once the user is known
    bool expire = false;               // expire_days has been announced
    bool expire_per_user = false;      // they may be others once the user is known
    std::uint32_t login_delay_seconds = 0;
    std::uint32_t expire_days = never; // 0: what was fetched is gone after QUIT
    sasl::mechanism_set mechanisms = {};

    friend constexpr bool operator==(const capability_set&, const capability_set&) = default;
};

// The lines of a CAPA listing (RFC 2449 6). `learn` notes in a set what the line announces; of a line that comes twice
// the last one counts; mechanisms add up.
namespace capability {

// A capability without arguments.
template <fixed_string Word, bool capability_set::*Member> struct plain {
    using word = mailwire::word<slot::capability, Word>;
    using tail = grammar::success;

    static plain read(cursor&) { return {}; }
    void write(writer&) const {}
    void learn(capability_set& set) const { set.*Member = true; }
};

using top = plain<"TOP", &capability_set::top>;
using user = plain<"USER", &capability_set::user>;
using resp_codes = plain<"RESP-CODES", &capability_set::resp_codes>;
using pipelining = plain<"PIPELINING", &capability_set::pipelining>;
using uidl = plain<"UIDL", &capability_set::uidl>;

// [SP params], read as one field.
struct words_tail : grammar::sor<grammar::seq<grammar::sp, tok<token_kind::raw, grammar::params>>, absent_tok> {};

struct sasl {
    using word = mailwire::word<slot::capability, "SASL">;
    using tail = words_tail;
    params mechanisms = {};

    static sasl read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.params(mechanisms.line()); }
    void learn(capability_set& set) const {
        set.sasl = true;
        for (const std::string_view name : mechanisms)
            set.mechanisms.add(name);
    }
};

struct implementation {
    using word = mailwire::word<slot::capability, "IMPLEMENTATION">;
    using tail = words_tail;
    params text = {};

    static implementation read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.params(text.line()); }
};

// [SP "USER"]: another value may hold once the user is known.
struct user_tail : grammar::sor<grammar::seq<grammar::sp, tok<token_kind::raw, kw<"USER">>>, absent_tok> {};

struct login_delay {
    using word = mailwire::word<slot::capability, "LOGIN-DELAY">;
    using tail = grammar::seq<grammar::sp, tok<token_kind::number, grammar::count>, user_tail>;
    std::uint32_t seconds = 0;
    bool per_user = false;

    static login_delay read(cursor& c) {
        const std::uint32_t least = c.number32();
        return {least, !c.raw().empty()};
    }
    void write(writer& out) const {
        out.sp().number(seconds);
        if (per_user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.login_delay = true;
        set.login_delay_seconds = seconds;
        set.login_delay_per_user = per_user;
    }
};

struct expire {
    using word = mailwire::word<slot::capability, "EXPIRE">;
    using tail = grammar::seq<grammar::sp,
                              grammar::sor<tok<token_kind::number, grammar::count>, tok<token_kind::nil, kw<"NEVER">>>,
                              user_tail>;
    std::uint32_t days = 0; // or capability_set::never
    bool per_user = false;

    static expire read(cursor& c) {
        const bool kept = c.at_nil();
        const std::string_view least = c.raw();
        return {kept ? capability_set::never : static_cast<std::uint32_t>(number_in(least)), !c.raw().empty()};
    }
    void write(writer& out) const {
        if (days == capability_set::never) {
            out.raw(" NEVER");
        } else {
            out.sp().number(days);
        }
        if (per_user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.expire = true;
        set.expire_days = days;
        set.expire_per_user = per_user;
    }
};

} // namespace capability
} // namespace mailwire::pop3

// ---- mailwire/pop3/model/command.hpp
namespace mailwire::pop3 {

// How a command is answered when the answer is +OK. An -ERR is one line of text, whatever was asked.
enum class answer_form : std::uint8_t {
    text,          // one line of text
    drop_listing,  // one line with the numbers of STAT
    scan_listing,  // one line with the numbers of LIST msg
    unique_id,     // one line with the id of UIDL msg
    language,      // one line with the language of LANG and a text
    sasl,          // challenges, each of which the client answers, then one line of text
    scan_listings, // a line of text, then a line for each message
    unique_ids,    // a line of text, then a line for each message
    capabilities,  // a line of text, then a line for each capability
    languages,     // a line of text, then a line for each language
    mechanisms,    // a line of text, then a line for each SASL mechanism
    body,          // a line of text, then a message
};

// Whether more lines follow the +OK, up to one with a dot alone. RFC 1939 3.
constexpr bool is_multi_line(answer_form form) {
    switch (form) {
    case answer_form::text:
    case answer_form::drop_listing:
    case answer_form::scan_listing:
    case answer_form::unique_id:
    case answer_form::language:
    case answer_form::sasl:
        return false;
    case answer_form::scan_listings:
    case answer_form::unique_ids:
    case answer_form::capabilities:
    case answer_form::languages:
    case answer_form::mechanisms:
    case answer_form::body:
        return true;
    }
    return false;
}

// What a command means to a session: where it is legal and what its answer changes. RFC 1939 4 to 6, RFC 2449 5,
// RFC 2595 4, RFC 5034 4, RFC 6856 2.
enum class command_role : std::uint8_t {
    user,         // AUTHORIZATION; lets PASS follow
    pass,         // AUTHORIZATION, behind USER; its +OK begins TRANSACTION
    apop,         // AUTHORIZATION, where the greeting has a timestamp; its +OK begins TRANSACTION
    auth,         // AUTHORIZATION; challenges may follow; its +OK begins TRANSACTION
    stls,         // AUTHORIZATION; behind its +OK begins TLS
    utf8,         // AUTHORIZATION; behind its +OK texts and messages are in UTF-8
    before_login, // AUTHORIZATION
    anywhere,     // AUTHORIZATION and TRANSACTION
    work,         // TRANSACTION
    quit,         // AUTHORIZATION and TRANSACTION; ends the session
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/language.hpp
// What a server says to LANG. The texts are in UTF-8, whatever was agreed on before. RFC 6856 3.2.
namespace mailwire::pop3 {

// The answer to LANG with an argument: the language that texts are in from now on, this one included.
struct language {
    static constexpr answer_form form = answer_form::language;
    std::string_view tag = {}; // a language tag (RFC 5646)
    std::string_view text = {};

    static language read(cursor& c) {
        const std::string_view chosen = c.raw();
        return {chosen, c.raw()};
    }
    void write(writer& out) const { out.language_tag(tag).sp().utf8_text(text); }
    friend constexpr bool operator==(const language&, const language&) = default;
};

// A language in the answer to LANG without an argument.
struct language_listing {
    static constexpr answer_form listed_in = answer_form::languages;
    std::string_view tag = {};         // a language tag (RFC 5646)
    std::string_view description = {}; // in the language itself

    static language_listing read(cursor& c) {
        const std::string_view one = c.raw();
        return {one, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        out.language_tag(tag);
        if (!description.empty()) out.sp().utf8_text(description);
    }
    friend constexpr bool operator==(const language_listing&, const language_listing&) = default;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/listing.hpp
// The numbers a maildrop is described with (RFC 1939 5 and 7). Sizes count octets, each line end as two (RFC 1939 11).
namespace mailwire::pop3 {

namespace detail {

// What stands behind the numbers; a server should send nothing there.
inline std::string_view read_extra(cursor& c) { return c.skip_absent() ? std::string_view() : c.raw(); }

} // namespace detail

// The answer to STAT.
struct drop_listing {
    static constexpr answer_form form = answer_form::drop_listing;
    std::uint32_t messages = 0;
    std::uint64_t octets = 0;
    std::string_view extra = {};

    static drop_listing read(cursor& c) {
        const std::uint32_t count = c.number32();
        const std::uint64_t size = c.number();
        return {count, size, detail::read_extra(c)};
    }
    void write(writer& out) const { out.number(messages).sp().number(octets).extra(extra); }
    friend constexpr bool operator==(const drop_listing&, const drop_listing&) = default;
};

// A message in the answer to LIST.
struct scan_listing {
    static constexpr answer_form form = answer_form::scan_listing;
    static constexpr answer_form listed_in = answer_form::scan_listings;
    std::uint32_t message = 0; // from 1
    std::uint64_t octets = 0;  // 0 where a line without it is tolerated
    std::string_view extra = {};

    static scan_listing read(cursor& c) {
        const std::uint32_t number = c.number32();
        const std::uint64_t size = c.skip_absent() ? 0 : c.number();
        return {number, size, detail::read_extra(c)};
    }
    void write(writer& out) const { out.message(message).sp().number(octets).extra(extra); }
    friend constexpr bool operator==(const scan_listing&, const scan_listing&) = default;
};

// A message in the answer to UIDL.
struct unique_id {
    static constexpr answer_form form = answer_form::unique_id;
    static constexpr answer_form listed_in = answer_form::unique_ids;
    std::uint32_t message = 0; // from 1; 0 where an answer without it is tolerated
    std::string_view id = {};  // 1 to 70 printable octets, compared octet by octet; never a file name

    static unique_id read(cursor& c) {
        const std::uint32_t number = c.skip_absent() ? 0 : c.number32();
        return {number, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const { out.message(message).sp().unique_id(id); }
    friend constexpr bool operator==(const unique_id&, const unique_id&) = default;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/reply.hpp
namespace mailwire::pop3 {

// What a machine can read of a text: levels of detail, the broadest first, with "/" between them (RFC 2449 8).
struct response_code {
    std::string_view levels = {}; // without the brackets; empty: no code

    constexpr explicit operator bool() const { return !levels.empty(); }

    // Whether this is `other`, or `other` with more detail: [SYS/TEMP] is SYS, and so is [SYS/FOO].
    constexpr bool is(response_code other) const {
        const std::size_t n = other.levels.size();
        if (n == 0 || levels.size() < n || !equal_ignoring_case(head_of(levels, n), other.levels)) return false;
        return levels.size() == n || levels[n] == '/';
    }
    friend constexpr bool operator==(const response_code&, const response_code&) = default;
};

namespace code {

// RFC 2449 8.1
inline constexpr response_code login_delay{"LOGIN-DELAY"}; // too soon after the last login
inline constexpr response_code in_use{"IN-USE"};           // the login was right, the maildrop is locked

// RFC 3206 4 and 5
inline constexpr response_code sys{"SYS"};           // the server has a problem
inline constexpr response_code sys_temp{"SYS/TEMP"}; // that will pass
inline constexpr response_code sys_perm{"SYS/PERM"}; // that a person has to look at
inline constexpr response_code auth{"AUTH"};         // the user or the secret is wrong

// RFC 6856 5
inline constexpr response_code utf8{"UTF8"}; // the message cannot be had without the command UTF8

} // namespace code

// The first line of an answer, or all of it. RFC 2449 3, single-line.
struct reply {
    bool ok = true;          // +OK, otherwise -ERR
    response_code code = {}; // of text
    std::string_view text = {};

    // In place of a text, where ok and the command was STAT, LIST msg, UIDL msg or LANG with an argument.
    pop3::drop_listing drop = {};
    pop3::scan_listing scan = {};
    pop3::unique_id unique = {};
    pop3::language language = {};

    static reply read(cursor& c, answer_form form) {
        reply result;
        result.ok = c.raw().front() == '+';
        if (result.ok && form == answer_form::drop_listing) {
            result.drop = pop3::drop_listing::read(c);
        } else if (result.ok && form == answer_form::scan_listing) {
            result.scan = pop3::scan_listing::read(c);
        } else if (result.ok && form == answer_form::unique_id) {
            result.unique = pop3::unique_id::read(c);
        } else if (result.ok && form == answer_form::language) {
            result.language = pop3::language::read(c);
        } else {
            result.code.levels = c.skip_absent() ? std::string_view() : c.raw();
            result.text = c.skip_absent() ? std::string_view() : c.raw();
        }
        return result;
    }

    void write(writer& out, answer_form form) const {
        if (ok) {
            out.raw("+OK");
        } else {
            out.raw("-ERR");
        }
        if (ok && form == answer_form::drop_listing) {
            drop.write(out.sp());
        } else if (ok && form == answer_form::scan_listing) {
            scan.write(out.sp());
        } else if (ok && form == answer_form::unique_id) {
            unique.write(out.sp());
        } else if (ok && form == answer_form::language) {
            language.write(out.sp());
        } else if (code) {
            out.raw(" [").response_levels(code.levels).raw("]");
            if (!text.empty()) out.sp().coded_text(text);
        } else if (!text.empty()) {
            out.sp().plain_text(text);
        }
    }
    friend constexpr bool operator==(const reply&, const reply&) = default;
};

// The first line of a session. RFC 1939 4 and 7 (APOP), RFC 2449 3.
struct greeting {
    response_code code = {};
    std::string_view text = {};      // all of it, the timestamp too where it came from a server
    std::string_view timestamp = {}; // "<...@...>" with its brackets, what APOP is made with; empty: no APOP

    static greeting read(cursor& c) {
        c.skip(); // the status
        greeting result;
        result.code.levels = c.skip_absent() ? std::string_view() : c.raw();
        const std::string_view before = c.raw();
        result.timestamp = c.skip_absent() ? std::string_view() : c.raw();
        const std::string_view after = c.raw();
        const auto size = static_cast<std::size_t>(after.data() + after.size() - before.data());
        result.text = {before.data(), size};
        return result;
    }

    // A timestamp that is no part of the text is written behind it.
    void write(writer& out) const {
        const bool to_add = !timestamp.empty() && text.find(timestamp) == std::string_view::npos;
        out.raw("+OK");
        if (code) out.raw(" [").response_levels(code.levels).raw("]");
        if (!text.empty()) out.require(code || text.front() != '[').sp().greeting_text(text);
        if (to_add) out.require(text.find('<') == std::string_view::npos).sp().timestamp(timestamp);
    }
    friend constexpr bool operator==(const greeting&, const greeting&) = default;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/advice.hpp
// What a well-behaved client makes of a refused login and of the server's policies. Nothing here acts: it is the
// program that waits, asks its user or goes on.
namespace mailwire::pop3 {

enum class login_advice : std::uint8_t {
    other_method,      // the reason is not said: another mechanism or command may succeed
    other_credentials, // the same name and password are refused again, whatever carries them: ask for others
    wait,              // nothing is wrong with the credentials: log in again later
    give_up,           // nothing will change until somebody mends the server
};

// What to do after -ERR to PASS, APOP or AUTH with this response code. RFC 2449 8, RFC 3206 4 and 5.
constexpr login_advice after_refusal(response_code why) {
    if (why.is(code::auth)) return login_advice::other_credentials;
    if (why.is(code::sys_perm)) return login_advice::give_up;
    if (why.is(code::sys) || why.is(code::login_delay) || why.is(code::in_use)) return login_advice::wait;
    return login_advice::other_method;
}

// The first moment at which the server lets the same user in again, where `last` is when it answered the last login
// with +OK (RFC 2449 6.5). A set read before the login knows only the least delay where the server has one for each
// user (login_delay_per_user); the one read behind the login counts.
constexpr instant next_login(const capability_set& capabilities, instant last) {
    return capabilities.login_delay ? seconds_after(last, capabilities.login_delay_seconds) : last;
}

enum class keep_advice : std::uint8_t {
    fine,       // EXPIRE NEVER: the server removes nothing by itself
    unknown,    // the server does not say
    too_long,   // the server may remove a message before the period is over: warn
    impossible, // EXPIRE 0: what was fetched is gone after QUIT
};

// Whether mail can be left on the server for so many days (capability_set::never: for good). RFC 2449 6.7.
constexpr keep_advice keep_for(const capability_set& capabilities, std::uint32_t days) {
    if (!capabilities.expire) return keep_advice::unknown;
    if (capabilities.expire_days == capability_set::never) return keep_advice::fine;
    if (capabilities.expire_days == 0) return keep_advice::impossible;
    return days >= capabilities.expire_days ? keep_advice::too_long : keep_advice::fine;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/keep/listing_check.hpp
namespace mailwire::pop3 {

// Tells whether two listings of one session name the same messages, without a store: a server may not renumber messages
// or lose one while the session lasts (RFC 1939 4). The order of the lines is free. Lines for new messages, and for
// those that have been marked, may come or not.
class listing_check {
public:
    // What a line of a listing is known by: a message-number and the unique-id, or another text that goes with it.
    static constexpr std::uint32_t digest(std::uint32_t number, std::string_view text) {
        std::uint32_t hash = 2166136261U;
        const auto mix = [&hash](unsigned octet) { hash = (hash ^ octet) * 16777619U; };
        for (unsigned shift = 0; shift != 32; shift += 8)
            mix((number >> shift) & 255U);
        for (const char c : text)
            mix(static_cast<unsigned char>(c));
        return hash;
    }

    void line(std::uint32_t number, std::uint32_t digest) {
        if (known_ && number > last_) return;
        now_.add(digest);
        if (number > last_) last_ = number;
    }
    // The message with this line has been marked as deleted.
    void marked(std::uint32_t digest) { marked_.add(digest); }

    // A listing has been read to its end. False when it does not go with the first one.
    bool end() {
        const sum now = std::exchange(now_, {});
        if (!known_) first_ = now;
        known_ = true;
        return now == first_ || now == first_ - marked_;
    }

private:
    struct sum {
        std::uint32_t lines = 0;
        std::uint32_t digests = 0;

        constexpr void add(std::uint32_t digest) {
            ++lines;
            digests += digest;
        }
        friend constexpr sum operator-(sum a, sum b) { return {a.lines - b.lines, a.digests - b.digests}; }
        friend constexpr bool operator==(const sum&, const sum&) = default;
    };

    sum now_;
    sum first_;
    sum marked_;
    std::uint32_t last_ = 0; // the greatest number in the first listing
    bool known_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/keep/wanted.hpp
namespace mailwire::pop3 {

// What the caller wants with a message of the server.
enum class wish : std::uint8_t {
    fetch,  // it is new
    leave,  // nothing is done with it
    remove, // it is marked without being fetched: it was stored earlier, has expired, or the user has deleted it
};

// The wish for a message that was first seen so long ago, in a program that leaves mail on the server for some days. A
// clock that was set back removes nothing. RFC 1939 8.
constexpr wish kept_for_days(instant now, instant first_seen, std::uint32_t days) {
    const std::uint64_t period = std::uint64_t{days} * 24 * 60 * 60 * 1000;
    return now >= first_seen && now - first_seen >= period ? wish::remove : wish::leave;
}

// A size nobody has said, and the limit that no size exceeds.
inline constexpr std::uint64_t any_size = std::numeric_limits<std::uint64_t>::max();

// A message a fetcher has to do with. Message-numbers hold in one session only.
struct wanted_message {
    std::uint32_t message = 0;
    std::uint32_t digest = 0; // of its line in the listing
    std::uint64_t octets = any_size;
    pop3::wish wish = pop3::wish::fetch;
};

// The wanted messages with the smallest numbers, as many as the caller lends room for, in ascending order.
class wanted_list {
public:
    explicit wanted_list(std::span<wanted_message> storage) : storage_(storage) {}

    // A number that is there already is not added again.
    void add(const wanted_message& m) {
        const auto place = lower_bound(m.message);
        if (place != end() && place->message == m.message) return;
        if (count_ == storage_.size()) {
            more_ = true;
            if (place == end()) return;
        } else {
            ++count_;
        }
        std::move_backward(place, end() - 1, end());
        *place = m;
    }

    // The message with this number; nullptr: it is not here.
    wanted_message* find(std::uint32_t number) {
        const auto place = lower_bound(number);
        return place != end() && place->message == number ? &*place : nullptr;
    }

    // A walk from the first to the last.
    bool at_end() const { return at_ == count_; }
    const wanted_message& front() const { return storage_[at_]; }
    void pop() { ++at_; }

    bool empty() const { return count_ == 0; }
    // Whether a message did not fit. Behind last(), the greatest number that did, there is more to do.
    bool more() const { return more_; }
    std::uint32_t last() const { return storage_[count_ - 1].message; }

    void clear() {
        count_ = 0;
        at_ = 0;
        more_ = false;
    }

private:
    using iterator = std::span<wanted_message>::iterator;

    iterator end() const { return storage_.begin() + static_cast<std::ptrdiff_t>(count_); }
    iterator lower_bound(std::uint32_t number) const {
        return std::lower_bound(storage_.begin(), end(), number,
                                [](const wanted_message& m, std::uint32_t n) { return m.message < n; });
    }

    std::span<wanted_message> storage_;
    std::size_t count_ = 0;
    std::size_t at_ = 0;
    bool more_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/commands.hpp
// The commands of a client (RFC 1939 4 to 7, RFC 2449 5). Each says its place in a session (`role`) and how it is
// answered (`answer`), so that a session knows no command by name.
namespace mailwire::pop3 {

// A command without arguments.
template <fixed_string Word, command_role Role, answer_form Answer = answer_form::text> struct plain_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::success;
    static constexpr command_role role() { return Role; }
    static constexpr answer_form answer() { return Answer; }

    static plain_command read(cursor&) { return {}; }
    void write(writer&) const {}
};

using quit = plain_command<"QUIT", command_role::quit>;
using stat = plain_command<"STAT", command_role::work, answer_form::drop_listing>;
using noop = plain_command<"NOOP", command_role::work>;
using rset = plain_command<"RSET", command_role::work>;
using capa = plain_command<"CAPA", command_role::anywhere, answer_form::capabilities>;

// A command on one message.
template <fixed_string Word, answer_form Answer> struct message_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::message_argument;
    static constexpr command_role role() { return command_role::work; }
    static constexpr answer_form answer() { return Answer; }
    std::uint32_t message = 0; // from 1

    static message_command read(cursor& c) { return {c.number32()}; }
    void write(writer& out) const { out.sp().message(message); }
};

using retr = message_command<"RETR", answer_form::body>;
using dele = message_command<"DELE", answer_form::text>;

// A command on all messages or on one. The answer has a line for each message, or is one line.
template <fixed_string Word, answer_form All, answer_form One> struct listing_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::optional_message;
    static constexpr command_role role() { return command_role::work; }
    constexpr answer_form answer() const { return message == 0 ? All : One; }
    std::uint32_t message = 0; // 0: all

    static listing_command read(cursor& c) { return {c.skip_absent() ? 0 : c.number32()}; }
    void write(writer& out) const {
        if (message != 0) out.sp().number(message);
    }
};

using list = listing_command<"LIST", answer_form::scan_listings, answer_form::scan_listing>;
using uidl = listing_command<"UIDL", answer_form::unique_ids, answer_form::unique_id>;

// The header of a message and the first lines of its body.
struct top {
    using word = mailwire::word<slot::command, "TOP">;
    using tail = grammar::top_arguments;
    static constexpr command_role role() { return command_role::work; }
    static constexpr answer_form answer() { return answer_form::body; }
    std::uint32_t message = 0; // from 1
    std::uint32_t lines = 0;

    static top read(cursor& c) {
        const std::uint32_t number = c.number32();
        return {number, c.number32()};
    }
    void write(writer& out) const { out.sp().message(message).sp().number(lines); }
};

struct user {
    using word = mailwire::word<slot::command, "USER">;
    using tail = grammar::user_argument;
    static constexpr command_role role() { return command_role::user; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view name = {};

    static user read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.sp().name(name); }
};

struct pass {
    using word = mailwire::word<slot::command, "PASS">;
    using tail = grammar::pass_argument;
    static constexpr command_role role() { return command_role::pass; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view password = {}; // all of its spaces belong to it

    static pass read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.sp().password(password); }
};

struct apop {
    using word = mailwire::word<slot::command, "APOP">;
    using tail = grammar::apop_arguments;
    static constexpr command_role role() { return command_role::apop; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view name = {};
    std::string_view digest = {}; // MD5 of the greeting's timestamp and the secret, 32 lower-case hexadecimal digits

    static apop read(cursor& c) {
        const std::string_view who = c.raw();
        return {who, c.raw()};
    }
    void write(writer& out) const { out.sp().name(name).sp().digest(digest); }
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/model/sasl.hpp
namespace mailwire::pop3 {

// A SASL mechanism in the answer to AUTH without one. No RFC has this answer; see quirks::auth_without_mechanism.
struct mechanism_listing {
    static constexpr answer_form listed_in = answer_form::mechanisms;
    std::string_view name = {};

    static mechanism_listing read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.mechanism(name); }
    friend constexpr bool operator==(const mechanism_listing&, const mechanism_listing&) = default;
};

// A line of the client in a SASL exchange: octets in base64, or the end of the exchange. RFC 5034 4.
struct sasl_line {
    bool cancelled = false;       // "*"
    std::string_view base64 = {}; // empty: no octets

    static sasl_line read(cursor& c) {
        if (c.at_nil()) return {true, {}};
        return {false, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        if (cancelled) {
            out.require(base64.empty()).raw("*");
        } else if (!base64.empty()) {
            out.base64(base64);
        }
    }
    friend constexpr bool operator==(const sasl_line&, const sasl_line&) = default;
};

// A challenge of the server: octets in base64. RFC 5034 4.
struct challenge {
    std::string_view base64 = {}; // empty: no octets

    static challenge read(cursor& c) { return {c.skip_absent() ? std::string_view() : c.raw()}; }
    void write(writer& out) const {
        out.raw("+ ");
        if (!base64.empty()) out.base64(base64);
    }
    friend constexpr bool operator==(const challenge&, const challenge&) = default;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/line_ends.hpp
// The scan of the dot layer. It exists twice, 16 octets at a time and by memchr, and gives the same answers.
namespace mailwire::pop3 {

namespace scan_lines {

// Whether the LF at `feed` is one whose neighbours have to be looked at. [b, e) are the octets there are.
[[nodiscard]] inline bool to_judge(const char* b, const char* feed, const char* e) {
    return feed == b || feed[-1] != '\r' || feed + 1 == e || feed[1] == '.';
}

[[nodiscard]] inline const char* find(const char* b, const char* from, const char* e) {
    const char* feed = find_line_end(from, e);
    while (feed != e && !to_judge(b, feed, e))
        feed = find_line_end(feed + 1, e);
    return feed;
}

} // namespace scan_lines

// The first LF in [b, e) that has no CR before it, or a dot behind it, or no octet before or behind it at all; or e.
// All other line ends are nothing to a dot layer. Both pointers may be null.
[[nodiscard]] inline const char* find_line_end_to_judge(const char* b, const char* e) {
    const char* p = b;
#if !defined(MAILWIRE_NO_SIMD) && (defined(__SSE2__) || defined(_M_X64))
    if (b == e || *b == '\n') return b;
    const auto load = [](const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); };
    for (++p; e - p > 16; p += 16) {
        const __m128i feeds = _mm_cmpeq_epi8(load(p), _mm_set1_epi8('\n'));
        const __m128i after_cr = _mm_cmpeq_epi8(load(p - 1), _mm_set1_epi8('\r'));
        const __m128i before_dot = _mm_cmpeq_epi8(load(p + 1), _mm_set1_epi8('.'));
        const __m128i plain = _mm_andnot_si128(before_dot, after_cr);
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(plain, feeds)));
        if (found != 0) return p + std::countr_zero(found);
    }
#endif
    return scan_lines::find(b, p, e);
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/dots.hpp
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

// ---- mailwire/pop3/framer.hpp
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

// ---- mailwire/pop3/ext/auth.hpp
// RFC 5034, which replaces RFC 1734: SASL. The capability SASL is one of RFC 2449.
namespace mailwire::pop3 {

// A login by a SASL mechanism. The sessions carry the exchange: see client::authenticate and server::step.
struct auth {
    using word = mailwire::word<slot::command, "AUTH">;
    using tail = grammar::auth_arguments;
    constexpr command_role role() const { return mechanism.empty() ? command_role::before_login : command_role::auth; }
    constexpr answer_form answer() const { return mechanism.empty() ? answer_form::mechanisms : answer_form::sasl; }
    std::string_view mechanism = {};        // empty only where quirks::auth_without_mechanism is tolerated
    std::string_view initial_response = {}; // in base64; "=" where it has no octets; empty: none

    static auth read(cursor& c) {
        const std::string_view name = c.skip_absent() ? std::string_view() : c.raw();
        return {name, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        out.sp().mechanism(mechanism);
        if (!initial_response.empty()) out.sp().initial_response(initial_response);
    }
};

struct rfc5034 : extension<auth> {};

} // namespace mailwire::pop3

// ---- mailwire/pop3/ext/auth_resp_code.hpp
// RFC 3206: the codes SYS/TEMP, SYS/PERM and AUTH tell a refused login from a server in trouble. They are in
// namespace code of model/reply.hpp.
namespace mailwire::pop3 {

namespace capability {

using auth_resp_code = plain<"AUTH-RESP-CODE", &capability_set::auth_resp_code>;

} // namespace capability

struct rfc3206 : extension<capability::auth_resp_code> {};

} // namespace mailwire::pop3

// ---- mailwire/pop3/ext/stls.hpp
// RFC 2595 4: TLS on a connection that began without.
namespace mailwire::pop3 {

using stls = plain_command<"STLS", command_role::stls>;

namespace capability {

using stls = plain<"STLS", &capability_set::stls>;

} // namespace capability

struct rfc2595 : extension<stls, capability::stls> {};

} // namespace mailwire::pop3

// ---- mailwire/pop3/ext/utf8.hpp
// RFC 6856: UTF-8 in names, passwords, texts and messages, and texts in a language of the user.
namespace mailwire::pop3 {

// From the answer on, messages and texts are in UTF-8. There is no way back (RFC 6856 2.1).
using utf8 = plain_command<"UTF8", command_role::utf8>;

// Asks for texts in a language, or for the languages there are.
struct lang {
    using word = mailwire::word<slot::command, "LANG">;
    using tail = grammar::lang_argument;
    static constexpr command_role role() { return command_role::anywhere; }
    constexpr answer_form answer() const { return range.empty() ? answer_form::languages : answer_form::language; }
    std::string_view range = {}; // a basic language range (RFC 4647); "*": as the server likes; empty: list them

    static lang read(cursor& c) { return {c.skip_absent() ? std::string_view() : c.raw()}; }
    void write(writer& out) const {
        if (!range.empty()) out.sp().language_range(range);
    }
};

namespace capability {

// UTF8. With USER, names and passwords may be in UTF-8, with or without the command.
struct utf8 {
    using word = mailwire::word<slot::capability, "UTF8">;
    using tail = user_tail;
    bool user = false;

    static utf8 read(cursor& c) { return {!c.raw().empty()}; }
    void write(writer& out) const {
        if (user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.utf8 = true;
        set.utf8_user = user;
    }
};

using lang = plain<"LANG", &capability_set::lang>;

} // namespace capability

struct rfc6856 : extension<utf8, lang, capability::utf8, capability::lang> {};

} // namespace mailwire::pop3

// ---- mailwire/pop3/profile.hpp
namespace mailwire::pop3 {

// Post Office Protocol - Version 3
struct rfc1939 : extension<quit, stat, list, retr, dele, noop, rset, top, uidl, user, pass, apop> {};

// POP3 Extension Mechanism
struct rfc2449 : extension<capa, capability::top, capability::user, capability::sasl, capability::resp_codes,
                           capability::login_delay, capability::pipelining, capability::expire, capability::uidl,
                           capability::implementation> {};

// All the library knows: what a program gets that names no profile of its own.
struct everything : profile<rfc1939, rfc2449, rfc2595, rfc3206, rfc5034, rfc6856> {};

} // namespace mailwire::pop3

// ---- mailwire/pop3/separate.hpp
// Separate compilation: where MAILWIRE_SEPARATE_COMPILATION is defined, the grammar is compiled in the one translation
// unit that includes mailwire/src.hpp, and all others only name it. Of the library's own profile, that is: a program's
// own one is compiled where it is used.
namespace mailwire {

namespace pop3::detail {

using separate_input = input_for<everything, response_input>;

} // namespace pop3::detail

#ifdef MAILWIRE_SEPARATE_COMPILATION
extern template bool run<pop3::grammar::command>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::client_response>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::greeting>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::continue_req>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::single_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::drop_listing>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::scan_listing>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::unique_id_answer>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::language>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::scan_listing_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::unique_id_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::language_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::mechanism_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::capability>(pop3::detail::separate_input&);
#endif

} // namespace mailwire

// ---- mailwire/pop3/parse.hpp
namespace mailwire::pop3 {

// What a parse gives: the value, or why there is none. Views in the value point into the line, an item into the tape too.
template <typename T> struct parsed {
    mailwire::error error = {};
    T value = {};
    std::uint32_t quirks = 0; // deviations that were tolerated, one bit each

    explicit operator bool() const { return !error; }
};

// What the reader knows of the peer.
struct parse_options {
    bool utf8 = false;        // UTF-8 was agreed on (RFC 6856)
    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
    response_codes codes = response_codes::unknown;
};

// More tokens than any line of POP3 needs with the library's own profile.
inline constexpr std::size_t tokens_of_a_line = 8;

namespace detail {

// A start rule, as one function: which one it is does not have to be known where the line around it is read.
template <typename Profile> using line_rule = bool (*)(input_for<Profile, response_input>&);
template <typename Rule, typename Profile>
inline constexpr line_rule<Profile> rule_of_line = &run<Rule, apply_mode::action, input_for<Profile, response_input>>;

// Runs a rule over one line. The fields are on `tape`.
template <typename Profile>
parsed<cursor> read_line(line_rule<Profile> rule, std::string_view line, std::span<token> tape, side from,
                         const parse_options& options) {
    input_for<Profile, response_input> in(line, tape,
                                          dialect{.from = from, .utf8 = options.utf8, .quirks = options.quirks});
    in.codes = options.codes;
    parsed<cursor> result;
    if (!rule(in)) {
        result.error = in.fault();
    } else if (in.tape().full()) {
        result.error = {errc::tape_full, 0, 0, tape.size()};
    } else {
        result.value = cursor(line, in.tape().tokens());
    }
    result.quirks = in.quirks_fired();
    return result;
}

// The same with the value that `read` makes of the fields.
template <typename Rule, typename Profile, typename Read>
auto parse_line(std::string_view line, std::span<token> tape, side from, const parse_options& options, Read read) {
    const auto fields = read_line<Profile>(rule_of_line<Rule, Profile>, line, tape, from, options);
    parsed<decltype(read(cursor()))> result{.error = fields.error, .quirks = fields.quirks};
    if (fields) result.value = read(fields.value);
    return result;
}

// Calls `run` with the rule of a first line that answers a command with this form.
template <typename Run> auto with_reply_rule(answer_form form, Run run) {
    switch (form) {
    case answer_form::drop_listing:
        return run.template operator()<grammar::data_line<grammar::drop_listing>>();
    case answer_form::scan_listing:
        return run.template operator()<grammar::data_line<grammar::scan_listing>>();
    case answer_form::unique_id:
        return run.template operator()<grammar::data_line<grammar::unique_id_answer>>();
    case answer_form::language:
        return run.template operator()<grammar::data_line<grammar::language>>();
    case answer_form::text:
    case answer_form::sasl:
    case answer_form::scan_listings:
    case answer_form::unique_ids:
    case answer_form::capabilities:
    case answer_form::languages:
    case answer_form::mechanisms:
    case answer_form::body:
        break;
    }
    return run.template operator()<grammar::single_line>();
}

} // namespace detail

// Parses one line of a client, its CRLF included. An unknown keyword is an item that is not `known`; wrong arguments of
// a known one are an error. `tape` has room for tokens_of_a_line tokens, and the item lives as long as the tape.
// Errors: syntax, number_too_big, tape_full, with the offset in the line. RFC 2449 3, command.
template <typename Profile = everything>
parsed<item<slot::command>> parse_command(std::string_view line, std::span<token> tape,
                                          const parse_options& options = {}) {
    return detail::parse_line<grammar::command, Profile>(line, tape, side::client, options,
                                                         [](cursor c) { return item<slot::command>::read(c); });
}

// Parses a line of a client in a SASL exchange, its CRLF included.
// Errors: syntax (also of the base64), with the offset in the line. RFC 5034 5, base64 and cancel-response.
inline parsed<sasl_line> parse_sasl_line(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::client_response, everything>(line, tape, side::client, options,
                                                                    [](cursor c) { return sasl_line::read(c); });
}

// Parses a challenge, its CRLF included.
// Errors: syntax (also of the base64), with the offset in the line. RFC 5034 5, continue-req.
inline parsed<challenge> parse_challenge(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::continue_req, everything>(line, tape, side::server, options,
                                                                 [](cursor c) { return challenge::read(c); });
}

// Parses the first line of a session, its CRLF included. Only +OK is a greeting.
// Errors: syntax, with the offset in the line. RFC 2449 3, greeting.
inline parsed<greeting> parse_greeting(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::greeting, everything>(line, tape, side::server, options,
                                                             [](cursor c) { return greeting::read(c); });
}

// Parses the first or only line of an answer, its CRLF included, by the form of that answer.
// Errors: syntax, number_too_big, with the offset in the line. RFC 2449 3, single-line.
inline parsed<reply> parse_reply(std::string_view line, answer_form form, parse_options options = {}) {
    if (form == answer_form::language) options.utf8 = true; // RFC 6856 3.2
    return detail::with_reply_rule(form, [&]<typename Rule>() {
        std::array<token, tokens_of_a_line> tape;
        return detail::parse_line<Rule, everything>(line, tape, side::server, options,
                                                    [form](cursor c) { return reply::read(c, form); });
    });
}

// Parses a line of a listing, its CRLF included.
// Errors: syntax, number_too_big, with the offset in the line. RFC 1939 5 and 7, RFC 6856 3.2.
inline parsed<scan_listing> parse_scan_listing(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::scan_listing_line, everything>(line, tape, side::server, options,
                                                                      [](cursor c) { return scan_listing::read(c); });
}
inline parsed<unique_id> parse_unique_id(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::unique_id_line, everything>(line, tape, side::server, options,
                                                                   [](cursor c) { return unique_id::read(c); });
}

inline parsed<language_listing> parse_language_listing(std::string_view line, parse_options options = {}) {
    options.utf8 = true; // RFC 6856 3.2
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::language_line, everything>(line, tape, side::server, options,
                                                                  [](cursor c) { return language_listing::read(c); });
}
inline parsed<mechanism_listing> parse_mechanism_listing(std::string_view line, const parse_options& options = {}) {
    std::array<token, tokens_of_a_line> tape;
    return detail::parse_line<grammar::mechanism_line, everything>(line, tape, side::server, options,
                                                                   [](cursor c) { return mechanism_listing::read(c); });
}

// Parses a line of a capability list, its CRLF included. `tape` as for parse_command.
// Errors: syntax, number_too_big, tape_full, with the offset in the line. RFC 2449 3, capability.
template <typename Profile = everything>
parsed<item<slot::capability>> parse_capability(std::string_view line, std::span<token> tape,
                                                const parse_options& options = {}) {
    return detail::parse_line<grammar::capability, Profile>(line, tape, side::server, options,
                                                            [](cursor c) { return item<slot::capability>::read(c); });
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/response_reader.hpp
namespace mailwire::pop3 {

// A part of a response.
enum class response_part : std::uint8_t {
    none,         // nothing to hand on yet
    greeting,     // the first line of a session
    reply,        // the first or only line of an answer
    scan_listing, // a line of LIST
    unique_id,    // a line of UIDL
    capability,   // a line of CAPA
    language,     // a line of LANG
    mechanism,    // a line of AUTH without a mechanism
    challenge,    // a line of a SASL exchange: the answer is not complete yet
    body,         // a piece of a message
    end_of_lines, // the dot that ends a multi-line answer
    fault,        // this line is refused; the next one is read as if it had not been there
    no_reply,     // this line is no answer: it begins with neither +OK nor -ERR
};

// What response_reader::next found. Views point into the octets it was given, fields into the reader.
struct response_step {
    response_part part = response_part::none;
    std::size_t used = 0;         // octets that are done with once the views are; with `none`: to be dropped now
    bool first_line = false;      // greeting, reply, and the fault of such a line
    bool ok = false;              // of a first line: it is +OK
    bool bare_line_feed = false;  // of end_of_lines behind a message: see dot_unstuffer
    std::uint32_t quirks = 0;     // deviations that were tolerated in it
    std::string_view octets = {}; // the line with its CRLF, or the piece of the message
    cursor fields = {};           // of the line
    error fault = {};

    // Sets one field after the other: as an aggregate all of it would be cleared by a loop that takes longer than the
    // parse of a short line.
    response_step() {}
    response_step(response_part what, std::size_t octets_used) : part(what), used(octets_used) {}
};

// Reads the responses of a server, each in the context of the command it answers. Holds no octets: what is not used yet
// is given again, with more behind it.
template <typename Profile = everything> class response_reader {
public:
    // `longest_line`: in octets, with the CRLF; `longest_challenge`: the same, of the lines of a SASL exchange.
    // `most_listed`: lines of one listing. `tolerated`: bits of namespace quirks.
    response_reader(std::size_t longest_line, std::size_t longest_challenge, std::uint32_t most_listed,
                    std::uint32_t tolerated = 0)
        : lines_(longest_line, ends_with(tolerated)), longest_line_(longest_line),
          longest_challenge_(longest_challenge), most_listed_(most_listed), tolerated_(tolerated) {}

    // What comes next is the greeting, or the answer to a command with this form. Requires: idle().
    void begin_greeting() { place_ = place::greeting; }
    void begin(answer_form form) {
        place_ = place::first_line;
        form_ = form;
        lines_.set_maximum(form == answer_form::sasl ? longest_challenge_ : longest_line_);
    }

    // True when the last response has been read; nothing is read before another one has begun, except the rest of a
    // refused line.
    bool idle() const { return place_ == place::idle; }
    bool refusing() const { return lines_.refusing(); }

    // True when a multi-line answer is under way.
    bool inside_lines() const { return place_ == place::listing || place_ == place::body; }
    answer_form form() const { return form_; }

    // The connection has ended. The last line, where that makes it whole: quirks::dot_carriage_return.
    response_step end() {
        if (place_ != place::body || !dots_.may_end()) return {};
        place_ = place::idle;
        response_step step(response_part::end_of_lines, 0);
        step.quirks = quirks::dot_carriage_return;
        return step;
    }

    // The next part of the response. `octets` is all that was received and not used.
    response_step next(std::string_view octets, const parse_options& options) {
        if (place_ == place::body && !refusing()) return next_of_body(octets);
        const framed_line found = lines_.scan(octets);
        switch (found.kind) {
        case line_kind::more:
            return {};
        case line_kind::rest:
            return {response_part::none, found.size};
        case line_kind::line:
        case line_kind::bad:
            break;
        }
        return read_line(found, octets, options);
    }

private:
    enum class place : std::uint8_t { idle, greeting, first_line, listing, body };

    // One result with a name and one way out: it is built where the caller wants it. What is not copied there right
    // after it was written costs no wait for the writes.
    response_step read_line(const framed_line& found, std::string_view octets, const parse_options& options) {
        response_step step(response_part::none, found.size);
        step.octets = head_of(octets, found.size);
        if (found.kind == line_kind::bad) step.fault = found.fault;
        if (place_ == place::listing) {
            read_listed(step, options);
        } else {
            read_first_line(step, options);
        }
        if (step.fault && step.part != response_part::no_reply) step.part = response_part::fault;
        return step;
    }

    void read_first_line(response_step& step, parse_options options) {
        const bool greets = place_ == place::greeting;
        step.first_line = true;
        step.ok = begins_with(step.octets, "+OK");
        step.part = greets ? response_part::greeting : response_part::reply;
        if (!greets && form_ == answer_form::sasl && is_challenge(step.octets)) return read_challenge(step, options);
        if (!step.ok && !begins_with(step.octets, "-ERR")) step.part = response_part::no_reply;
        if (form_ == answer_form::language) options.utf8 = true; // RFC 6856 3.2
        if (!step.fault) {
            if (greets && step.ok) {
                parse(detail::rule_of_line<grammar::greeting, Profile>, step, options);
            } else if (greets) {
                parse(detail::rule_of_line<grammar::single_line, Profile>, step, options);
            } else {
                parse(
                    detail::with_reply_rule(form_, []<typename Rule>() { return detail::rule_of_line<Rule, Profile>; }),
                    step, options);
            }
        }
        place_ = place::idle;
        if (!greets && step.ok && is_multi_line(form_)) begin_lines();
    }

    // The answer goes on behind a challenge, so that place_ stays.
    void read_challenge(response_step& step, const parse_options& options) {
        step.first_line = false;
        step.part = response_part::challenge;
        if (!step.fault) parse(detail::rule_of_line<grammar::continue_req, Profile>, step, options);
    }

    void begin_lines() {
        place_ = form_ == answer_form::body ? place::body : place::listing;
        dots_ = dot_unstuffer(tolerated_);
        listed_ = 0;
    }

    // A line of a listing begins with a digit or a letter, never with a dot: nothing is stuffed here (RFC 2449 3).
    void read_listed(response_step& step, const parse_options& options) {
        if (ends_lines(step)) {
            step.part = response_part::end_of_lines;
            place_ = place::idle;
            return;
        }
        if (listed_ > most_listed_) {
            step.fault = {}; // said once
            return;
        }
        if (listed_++ == most_listed_) {
            step.fault = {errc::unit_too_long, 0, listed_, most_listed_};
        } else if (!step.fault) {
            read_listed_fields(step, options);
        }
    }

    // The line with the dot. Quirk: dot_line_feed.
    bool ends_lines(response_step& step) const {
        if (step.octets == ".\r\n") return true;
        if (step.fault || step.octets != ".\n") return false;
        const bool only_here = (tolerated_ & quirks::dot_line_feed) != 0;
        step.quirks |= only_here ? quirks::dot_line_feed : quirks::bare_line_feed;
        return true;
    }

    void read_listed_fields(response_step& step, const parse_options& options) {
        if (form_ == answer_form::scan_listings) {
            step.part = response_part::scan_listing;
            parse(detail::rule_of_line<grammar::scan_listing_line, Profile>, step, options);
        } else if (form_ == answer_form::unique_ids) {
            step.part = response_part::unique_id;
            parse(detail::rule_of_line<grammar::unique_id_line, Profile>, step, options);
        } else if (form_ == answer_form::languages) {
            step.part = response_part::language;
            parse_options with_utf8 = options; // RFC 6856 3.2
            with_utf8.utf8 = true;
            parse(detail::rule_of_line<grammar::language_line, Profile>, step, with_utf8);
        } else if (form_ == answer_form::mechanisms) {
            step.part = response_part::mechanism;
            parse(detail::rule_of_line<grammar::mechanism_line, Profile>, step, options);
        } else {
            step.part = response_part::capability;
            parse(detail::rule_of_line<grammar::capability, Profile>, step, options);
        }
    }

    response_step next_of_body(std::string_view octets) {
        const unstuffed found = dots_.next(octets);
        response_step step(response_part::none, found.used);
        step.octets = found.piece;
        if (found.ended) {
            step.part = response_part::end_of_lines;
            step.bare_line_feed = dots_.bare_line_feed();
            step.quirks = dots_.quirks_fired();
            place_ = place::idle;
        } else if (!found.piece.empty()) {
            step.part = response_part::body;
        }
        return step;
    }

    void parse(detail::line_rule<Profile> rule, response_step& step, const parse_options& options) {
        const auto result = detail::read_line<Profile>(rule, step.octets, tape_, side::server, options);
        step.fields = result.value;
        if (result.error) step.fault = result.error;
        step.quirks |= result.quirks;
    }

    static line_ends ends_with(std::uint32_t tolerated) {
        if ((tolerated & quirks::bare_line_feed) != 0) return line_ends::any_feed;
        return (tolerated & quirks::dot_line_feed) != 0 ? line_ends::crlf_or_dot : line_ends::crlf;
    }

    // A "+" with a space or the end of the line behind it.
    static bool is_challenge(std::string_view line) {
        return line.size() > 1 && line[0] == '+' && std::string_view(" \r\n").find(line[1]) != line.npos;
    }

    // Whether the line has this status: behind it stands a space or the end of the line, whatever follows.
    bool begins_with(std::string_view line, std::string_view status) const {
        const std::string_view word = head_of(line, status.size());
        const bool any_case = (tolerated_ & quirks::status_in_any_case) != 0;
        if (word != status && !(any_case && equal_ignoring_case(word, status))) return false;
        return line.size() == status.size() || std::string_view(" \r\n").find(line[status.size()]) != line.npos;
    }

    line_scanner lines_;
    std::array<token, tokens_of_a_line> tape_{};
    std::size_t longest_line_;
    std::size_t longest_challenge_;
    std::uint32_t most_listed_;
    std::uint32_t tolerated_;
    std::uint32_t listed_ = 0;
    dot_unstuffer dots_;
    place place_ = place::idle;
    answer_form form_ = answer_form::text;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/client_event.hpp
namespace mailwire::pop3 {

enum class client_event_kind : std::uint8_t {
    need_input,   // receive, or send what output() has: nothing to tell before that
    greeting,     // the server is there; -ERR (`ok` is false): it does not want us, and closes
    reply,        // the first or only line of the answer to a command
    scan_listing, // a line of the answer to LIST
    unique_id,    // a line of the answer to UIDL
    capability,   // a line of the answer to CAPA
    language,     // a line of the answer to LANG
    mechanism,    // a line of the answer to AUTH without a mechanism
    challenge,    // the server's turn of a SASL exchange is over: answer it, or cancel
    start_tls,    // the server agrees to STLS: send what output() has, do the handshake, then call tls_started()
    body,         // a piece of the answer to RETR or TOP
    end_of_lines, // the answer to LIST, UIDL, CAPA, LANG, RETR or TOP is complete
    error,        // the server sent something wrong
    closed,       // the connection is over
};

// What a client session has to tell. A kind, and the views that belong to it.
struct client_event {
    // Sets one field after the other: as an aggregate all of it would be cleared by a loop that takes longer than the
    // parse of a short line.
    client_event() {}
    explicit client_event(client_event_kind what) : kind(what) {}
    explicit client_event(const mailwire::error& why) : kind(client_event_kind::error), error(why) {}

    client_event_kind kind = client_event_kind::need_input;

    // Of greeting and reply: +OK. An error in such a line does not hide this: where the line was +OK, the command
    // succeeded, and where lines follow it, they do.
    bool ok = false;

    // The deviations from the RFCs that were tolerated in this, bits of namespace quirks. Those in a message are told with
    // its end_of_lines.
    std::uint32_t quirks = 0;

    // Of end_of_lines behind a message: it had an LF without CR before it, which RFC 5322 does not allow.
    bool bare_line_feed = false;

    // The form of the answer, the id of the command that is answered and its message-number, 0 where it has none. Of an
    // error that belongs to no command (the greeting, what ends the session) the id is unknown_id.
    answer_form form = answer_form::text;
    std::uint32_t command = unknown_id;
    std::uint32_t message = 0;

    // Of body: octets of the message with its dots as they were stored. Line ends are CRLF.
    std::string_view body = {};

    // Of challenge: its octets, decoded. Valid until it is answered.
    std::string_view challenge = {};

    // Of error: what, and at which octet of the line. From errc::unexpected_greeting on the session is over, and every
    // call of next() gives this error; otherwise it goes on behind the line.
    mailwire::error error = {};

    // The fields of the line, for the accessors below.
    cursor fields = {};

    // Whether this belongs to the answer to such a command: e.answers<retr>().
    template <alternative Command> constexpr bool answers() const { return command == id_of<Command>; }

    // Requires: kind is greeting. Without `ok` there is no timestamp.
    pop3::greeting greeting() const {
        cursor c = fields;
        if (ok) return pop3::greeting::read(c);
        const pop3::reply r = pop3::reply::read(c, answer_form::text);
        return {r.code, r.text, {}};
    }

    // Requires: kind is reply.
    pop3::reply reply() const {
        cursor c = fields;
        return pop3::reply::read(c, form);
    }

    // Require: kind is the one of the same name.
    pop3::scan_listing scan_listing() const { return read<pop3::scan_listing>(); }
    pop3::unique_id unique_id() const { return read<pop3::unique_id>(); }
    item<slot::capability> capability() const { return read<item<slot::capability>>(); }
    language_listing language() const { return read<language_listing>(); }
    mechanism_listing mechanism() const { return read<mechanism_listing>(); }

private:
    template <typename T> T read() const {
        cursor c = fields;
        return T::read(c);
    }
};

// The kind of event that a part of a response becomes.
constexpr client_event_kind kind_of(response_part part) {
    switch (part) {
    case response_part::none:
        return client_event_kind::need_input;
    case response_part::greeting:
        return client_event_kind::greeting;
    case response_part::reply:
        return client_event_kind::reply;
    case response_part::scan_listing:
        return client_event_kind::scan_listing;
    case response_part::unique_id:
        return client_event_kind::unique_id;
    case response_part::capability:
        return client_event_kind::capability;
    case response_part::language:
        return client_event_kind::language;
    case response_part::mechanism:
        return client_event_kind::mechanism;
    case response_part::challenge:
        return client_event_kind::challenge;
    case response_part::body:
        return client_event_kind::body;
    case response_part::end_of_lines:
        return client_event_kind::end_of_lines;
    case response_part::fault:
    case response_part::no_reply:
        return client_event_kind::error;
    }
    return client_event_kind::error;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/keep/lister.hpp
namespace mailwire::pop3 {

// What an event meant to a lister.
enum class listing_step : std::uint8_t {
    more,    // nothing yet
    command, // send() is due again
    end,     // wanted() is complete, as far as there was room
    refused, // the server gives no such listing
    changed, // what was listed before was lost or renumbered
};

// Finds out which messages of a maildrop are wanted: by UIDL, or by LIST alone where there are no unique-ids. Where the
// sizes matter, LIST follows UIDL. What did not fit the room for wanted messages is listed again.
class lister {
public:
    lister(std::span<wanted_message> room, bool sizes) : wanted_(room), sizes_(sizes) {}

    wanted_list& wanted() { return wanted_; }
    const wanted_list& wanted() const { return wanted_; }

    // Whether a UIDL listing has been read to its end, no line of it was refused, and none contradicted it.
    bool complete() const { return ended_ && by_id_ && !line_lost_ && !changed_; }

    // Whether another kind of listing may be tried behind a refused one. Not once messages have been chosen by their
    // ids.
    bool may_do_without_ids() const { return by_id_ && !ended_; }
    void do_without_ids() { by_id_ = false; }

    // Forgets the messages that were wanted, which are done with; the next listing is for those behind them.
    void go_on() {
        handled_ = wanted_.last();
        wanted_.clear();
    }

    // A message has been marked, so that the next listing does not name it.
    void marked(const wanted_message& m) { check_.marked(m.digest); }

    template <typename Client> misuse send(Client& mail) {
        return by_id_ && !sizing_ ? mail.send(uidl{}) : mail.send(list{});
    }

    // Takes an event of the answer. `wish_for(unique_id)` answers with a wish.
    template <typename WishFor> listing_step take(const client_event& e, WishFor& wish_for) {
        switch (e.kind) {
        case client_event_kind::unique_id:
            line(e.unique_id(), wish_for);
            return listing_step::more;
        case client_event_kind::scan_listing:
            line(e.scan_listing());
            return listing_step::more;
        case client_event_kind::end_of_lines:
            return end();
        case client_event_kind::reply:
        case client_event_kind::error:
            return first_or_bad_line(e.ok);
        default:
            return listing_step::more;
        }
    }

private:
    template <typename WishFor> void line(const unique_id& u, WishFor& wish_for) {
        const std::uint32_t digest = listing_check::digest(u.message, u.id);
        check_.line(u.message, digest);
        if (u.message <= handled_) return;
        const wish what = wish_for(u);
        if (what != wish::leave) wanted_.add({.message = u.message, .digest = digest, .wish = what});
    }
    void line(const scan_listing& s) {
        if (sizing_) {
            if (wanted_message* m = wanted_.find(s.message)) m->octets = s.octets;
            return;
        }
        // The size is no part of the digest: it may be an estimate that gets better.
        const std::uint32_t digest = listing_check::digest(s.message, {});
        check_.line(s.message, digest);
        if (s.message > handled_) wanted_.add({.message = s.message, .digest = digest, .octets = s.octets});
    }

    listing_step first_or_bad_line(bool ok) {
        if (began_) {
            line_lost_ = line_lost_ || !sizing_;
        } else if (ok) {
            began_ = true;
        } else {
            return listing_step::refused;
        }
        return listing_step::more;
    }

    listing_step end() {
        began_ = false;
        if (sizing_) {
            sizing_ = false;
            return listing_step::end;
        }
        ended_ = true;
        changed_ = !check_.end() && !line_lost_;
        if (changed_) return listing_step::changed;
        sizing_ = sizes_ && by_id_ && !wanted_.empty();
        return sizing_ ? listing_step::command : listing_step::end;
    }

    wanted_list wanted_;
    listing_check check_;
    std::uint32_t handled_ = 0; // messages up to this number are done with
    bool sizes_;
    bool by_id_ = true;
    bool sizing_ = false; // the listing under way is for the sizes of what is wanted
    bool began_ = false;
    bool ended_ = false;
    bool line_lost_ = false;
    bool changed_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/keep.hpp
namespace mailwire::pop3 {

// What becomes of a message on the server once the caller has stored it (RFC 1939 8).
enum class fetch_mode : std::uint8_t { keep, remove };

// What to do with a message that is larger than the limit. It stays on the server in either case.
enum class oversize : std::uint8_t {
    leave,  // nothing
    header, // its header is fetched, with TOP
};

struct fetch_options {
    fetch_mode mode = fetch_mode::keep;

    // In octets, by the LIST of the server. Its word is not checked against what comes.
    std::uint64_t largest = any_size;
    pop3::oversize oversize = pop3::oversize::leave;
};

enum class fetch_state : std::uint8_t {
    listing,   // finds out what there is
    fetching,  // the octets of message() come as body events
    storing,   // message() is complete: store it, then call stored()
    removing,  // message() is being marked
    resetting, // all marks are being taken back

    // At rest, until the caller has decided.
    expires_at_once, // mode keep, but EXPIRE 0: what is fetched is gone after QUIT. proceed(), or leave
    no_unique_ids,   // mode keep, but no UIDL: nothing tells old mail from new. proceed() in mode remove, or leave

    // At rest for good.
    done,            // all that was wanted is done: send QUIT
    no_listing,      // the server does not say what it has
    listing_changed, // messages were lost or renumbered within the session; abandon() takes the marks back
    reset_refused,   // only closing the connection without QUIT leaves all messages where they are
};

// Fetches what the caller does not have yet, one message after the other, in a session that is logged in. It works with
// the events of the session, which stays the caller's:
//
//   while (!fetch.at_rest()) {
//       fetch.step(mail);
//       move octets, e = mail.next();
//       fetch.take(e, [&](const unique_id& u) { return store.has(u.id) ? wish::leave : wish::fetch; });
//       on body: append; when fetch.state() is storing: store, then fetch.stored();
//   }
//
// The caller says of each unique-id what it wants, and answers by what it had stored before the session: two messages
// with one id are two messages. In mode remove, what an earlier session has stored is answered with wish::remove. No
// message is fetched and removed that was not stored whole.
//
// What does not fit the storage is listed again later, so that a few entries are enough for any maildrop; one is
// needed.
class fetcher {
public:
    // `capabilities` is what the session knows of the server: it may say that mail cannot be kept there.
    fetcher(const fetch_options& options, std::span<wanted_message> storage, const capability_set& capabilities = {})
        : lister_(storage, options.largest != any_size), largest_(options.largest), mode_(options.mode),
          oversize_(options.oversize) {
        const bool vanishes = keep_for(capabilities, 0) == keep_advice::impossible;
        if (mode_ == fetch_mode::keep && vanishes) state_ = fetch_state::expires_at_once;
    }

    fetch_state state() const { return state_; }
    // Nothing more happens unless the caller decides.
    bool at_rest() const { return state_ >= fetch_state::expires_at_once; }

    // The message at work; requires that there is one.
    std::uint32_t message() const { return wanted().front().message; }
    // Only the header of it is fetched, because it is too large.
    bool header_only() const { return header_only_; }

    // Whether a UIDL listing has been read to its end and no line of it was refused. A caller that forgets ids which
    // the server no longer lists does so only then.
    bool complete() const { return lister_.complete(); }

    // Messages the server refused to send, and messages that were too large.
    std::uint32_t refused() const { return refused_; }
    std::uint32_t too_large() const { return too_large_; }

    // Messages that are marked: those that were stored, by e.message of each +OK to DELE. They are removed() when QUIT
    // is answered with +OK. Without that all may still be there, and the next session asks for their ids again.
    std::uint32_t marked() const { return marked_; }
    std::uint32_t removed() const { return quit_ok_ ? marked_ : 0; }

    // Sends the next command when one is due. Returns what client::send says; no_room and busy: call again later.
    template <typename Client> misuse step(Client& mail) {
        if (!due_ || at_rest()) return misuse::none;
        misuse result = misuse::none;
        if (state_ == fetch_state::listing) {
            result = lister_.send(mail);
        } else if (state_ == fetch_state::fetching) {
            result = header_only_ ? mail.send(top{message(), 0}) : mail.send(retr{message()});
        } else if (state_ == fetch_state::removing) {
            result = mail.send(dele{message()});
        } else if (state_ == fetch_state::resetting) {
            result = mail.send(rset{});
        }
        due_ = result != misuse::none;
        return result;
    }

    // Looks at an event of the session; those it does not care about are passed over. `wish_for(unique_id)` answers
    // with a wish; ids are compared octet by octet.
    template <typename WishFor> void take(const client_event& e, WishFor wish_for) {
        if (e.answers<quit>()) quit_ok_ = e.ok;
        if (due_) return;
        const bool first_line = e.kind == client_event_kind::reply || e.kind == client_event_kind::error;
        if (state_ == fetch_state::listing && (e.answers<uidl>() || e.answers<list>())) {
            go_on_listing(lister_.take(e, wish_for));
        } else if (state_ == fetch_state::fetching && (e.answers<retr>() || e.answers<top>())) {
            if (e.kind == client_event_kind::end_of_lines) {
                received();
            } else if (first_line && !e.ok) {
                ++refused_;
                next_message();
            }
        } else if (state_ == fetch_state::removing && e.answers<dele>()) {
            if (e.ok) note_mark();
            next_message();
        } else if (state_ == fetch_state::resetting && e.answers<rset>()) {
            if (e.ok) marked_ = 0;
            state_ = e.ok ? fetch_state::done : fetch_state::reset_refused;
        }
    }

    // The caller has stored the message, or (false) could not: then it stays on the server.
    void stored(bool success = true) {
        if (state_ != fetch_state::storing) return;
        if (success && mode_ == fetch_mode::remove && !header_only_) {
            begin(fetch_state::removing);
        } else {
            next_message();
        }
    }

    // Goes on although the mail cannot be kept: in expires_at_once it is fetched all the same, and only closing the
    // connection without QUIT leaves it on the server; without unique-ids all of it is fetched and then removed.
    void proceed() {
        if (state_ == fetch_state::no_unique_ids) {
            mode_ = fetch_mode::remove;
            lister_.do_without_ids();
            begin(fetch_state::listing);
        } else if (state_ == fetch_state::expires_at_once) {
            begin(fetch_state::listing);
        }
    }

    // Nothing shall be removed after all: what is under way is read to its end, then RSET takes the marks back.
    void abandon() {
        const bool waits = state_ <= fetch_state::removing && state_ != fetch_state::storing && !due_;
        abandoned_ = true;
        if (!waits && state_ != fetch_state::resetting && state_ != fetch_state::reset_refused) reset();
    }

private:
    const wanted_list& wanted() const { return lister_.wanted(); }

    void go_on_listing(listing_step step) {
        if (step == listing_step::more) return;
        if (abandoned_) return reset();
        switch (step) {
        case listing_step::more:
            break;
        case listing_step::command:
            due_ = true;
            break;
        case listing_step::end:
            begin_message();
            break;
        case listing_step::refused:
            listing_refused();
            break;
        case listing_step::changed:
            state_ = fetch_state::listing_changed;
            break;
        }
    }
    void listing_refused() {
        if (!lister_.may_do_without_ids()) {
            state_ = fetch_state::no_listing;
        } else if (mode_ == fetch_mode::remove) {
            lister_.do_without_ids();
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::no_unique_ids;
        }
    }

    void begin(fetch_state state) {
        state_ = state;
        due_ = true;
    }

    // Begins with the next message that has to be fetched or marked; when all are done, with what did not fit.
    void begin_message() {
        if (abandoned_) return reset();
        for (; !wanted().at_end(); lister_.wanted().pop()) {
            const wanted_message& m = wanted().front();
            if (m.wish == wish::remove) return begin(fetch_state::removing);
            header_only_ = m.octets > largest_;
            if (header_only_) ++too_large_;
            if (!header_only_ || oversize_ == oversize::header) return begin(fetch_state::fetching);
        }
        header_only_ = false;
        if (wanted().more()) {
            lister_.go_on();
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::done;
        }
    }
    void next_message() {
        lister_.wanted().pop();
        begin_message();
    }

    void received() {
        if (abandoned_) return reset();
        state_ = fetch_state::storing;
    }
    void note_mark() {
        ++marked_;
        lister_.marked(wanted().front());
    }
    void reset() {
        if (marked_ != 0) return begin(fetch_state::resetting);
        due_ = false;
        state_ = fetch_state::done;
    }

    lister lister_;
    std::uint64_t largest_;
    std::uint32_t refused_ = 0;
    std::uint32_t too_large_ = 0;
    std::uint32_t marked_ = 0;
    fetch_mode mode_;
    pop3::oversize oversize_;
    fetch_state state_ = fetch_state::listing;
    bool due_ = true; // a command has to be sent
    bool header_only_ = false;
    bool abandoned_ = false;
    bool quit_ok_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/limits.hpp
namespace mailwire::pop3 {

// The longest line of a command and the longest line of a response that may be sent, in octets with the CRLF
// (RFC 2449 4; RFC 1939 3). What this library writes is never longer.
inline constexpr std::size_t longest_command = 255;
inline constexpr std::size_t longest_response_line = 512;

// How much of what a peer sends is taken. A line never outgrows the receive buffer either, whatever stands here.
struct limits {
    // command, in octets with the CRLF. RFC 2449 4 asks for 255; a longer one has no honest use.
    std::uint32_t command_line = longest_command;

    // single-line, greeting, capability and the lines of listings, in octets with the CRLF. RFC 2449 4 has 512; servers
    // with long texts or many SASL mechanisms exceed it, and no lookup depends on it. 512 is the strict value.
    std::uint32_t response_line = 4096;

    // The lines of one listing. Nothing is stored for a line; the limit keeps a server from feeding a client for ever.
    // No known server opens a maildrop of a million messages.
    std::uint32_t listing_lines = 1'000'000;

    // A challenge and a response of a SASL exchange, in octets with the CRLF. RFC 5034 4 exempts them from the two limits
    // above; these are 64 KiB of a mechanism's own in base64. Tokens of a few kilobytes are honest.
    std::uint32_t sasl_line = 87'400;

    // Seconds a server gives a client for its login, from the greeting on and in all: who is nobody yet holds a
    // connection no longer than that, whatever it sends.
    std::uint32_t login_seconds = 60;

    // Seconds of silence after which a server ends a session that has logged in. RFC 1939 3 asks for 600 at least.
    std::uint32_t idle_seconds = 600;

    // Seconds of silence after which a client that waits for an answer gives up. Servers that open a large maildrop may
    // take minutes over PASS.
    std::uint32_t answer_seconds = 300;

    // Commands in a row that are malformed, unknown or out of place and still get an answer; the next one ends the
    // session. Few before the login, where only strangers are; more after it, where old clients probe.
    std::uint16_t bad_commands_before_login = 3;
    std::uint16_t bad_commands = 20;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/in_flight.hpp
namespace mailwire::pop3 {

// A command that waits for its answer.
struct pending_command {
    std::uint32_t id = unknown_id;
    std::uint32_t message = 0;
    answer_form form = answer_form::text;
    command_role role = command_role::work;
};

// The commands in flight, in the order in which they are answered, in storage of the caller.
class in_flight_queue {
public:
    explicit in_flight_queue(std::span<pending_command> storage) : storage_(storage) {}

    bool empty() const { return count_ == 0; }
    bool full() const { return count_ == storage_.size(); }
    std::size_t size() const { return count_; }

    // Require: not full; not empty.
    void push(const pending_command& command) { storage_[(first_ + count_++) % storage_.size()] = command; }
    const pending_command& front() const { return storage_[first_]; }
    void pop() {
        first_ = (first_ + 1) % static_cast<std::uint32_t>(storage_.size());
        --count_;
    }

private:
    std::span<pending_command> storage_; // a ring
    std::uint32_t first_ = 0;
    std::uint32_t count_ = 0;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/client_options.hpp
namespace mailwire::pop3 {

// Storage a client works in, lent by the caller for the client's life.
struct client_buffers {
    std::span<char> in;                   // received octets; no line is longer than this
    std::span<char> out;                  // octets to send; no line is longer than this
    std::span<pending_command> in_flight; // one for each command that may be in flight at once
};

// Storage of the usual sizes, for those who do not want to choose. An OAuth token needs an Out of a third more than its
// octets.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t InFlight = 64> struct client_storage {
    static_assert(Out >= longest_command, "a command has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<pending_command, InFlight> in_flight;

    client_buffers buffers() { return {in, out, in_flight}; }
};

struct client_options {
    pop3::limits limits = {};
    bool apop = false;                     // APOP may be used. Its MD5 is broken: prefer TLS and AUTH or USER
    bool secure = false;                   // the connection is encrypted from its start
    tls_policy tls = tls_policy::required; // without TLS nothing is sent but CAPA, STLS and QUIT
    std::uint32_t quirks = 0;              // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/client_table.hpp
// What a client session does, as a table: [input][state] -> action, one line an input, one column a state. RFC 1939 3 to
// 7, RFC 2449 5 and 6.6, RFC 2595 4, RFC 5034 4, RFC 6856 2. docs/pop3-states.md draws it.
namespace mailwire::pop3 {

enum class client_state : std::uint8_t {
    greeting,      // waits for the first line of the server
    authorization, // not logged in
    named,         // not logged in; the last command was USER, and it has not been refused
    login,         // PASS or APOP is in flight
    exchange,      // AUTH is in flight; the server's turn
    challenged,    // AUTH is in flight; the program's turn
    asking_tls,    // STLS is in flight
    tls,           // the server has agreed: the handshake is due
    transaction,   // logged in
    quitting,      // QUIT is in flight
    ended,         // QUIT was answered, or the greeting was -ERR: the server closes
    closed,        // the connection ended in peace
    failed,        // the server broke the protocol
};
inline constexpr std::size_t client_states = 13;

// What happens to a client: a call, a line, the end of the connection, time.
enum class client_input : std::uint8_t {
    send_user,
    send_pass,
    send_apop,
    send_auth,
    send_response, // to a challenge, "*" included
    send_stls,
    send_before_login,
    send_anywhere,
    send_work,
    send_quit,
    tls_started,
    greeting_ok,
    greeting_err,
    user_ok,
    user_err,
    login_ok, // to PASS and to APOP
    login_err,
    challenge,
    auth_ok,
    auth_unproven, // +OK to AUTH, before the server has proved what its mechanism asks for
    auth_err,
    stls_ok,
    stls_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    no_reply, // a line that is no reply, where one is due
    surplus,  // octets while nothing is in flight
    end,      // of the connection, between units
    cut,      // of the connection, inside a unit
    late,     // an answer has not come in time
};
inline constexpr std::size_t client_inputs = 32;

enum class client_action : std::uint8_t {
    missing,
    refuse,  // the call: misuse::wrong_state
    wait,    // the call: misuse::busy, an answer or an exchange has to end first
    put,     // the command goes out
    name,    // the command goes out; -> named
    unname,  // the command goes out; -> authorization: PASS follows nothing but USER
    enter,   // the command goes out; -> login
    begin,   // the command or the response goes out; -> exchange
    ask_tls, // the command goes out; -> asking_tls
    leave,   // the command goes out; -> quitting
    restart, // all that was learnt is forgotten; -> authorization
    take,    // the line is handed on
    greet,   // the line is handed on; -> authorization
    forget,  // the line is handed on; -> authorization
    prompt,  // the line is handed on; -> challenged
    agree,   // the line is handed on; -> tls
    admit,   // the line is handed on; -> transaction
    finish,  // the line is handed on; -> ended
    close,   // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no such answer is due, no line is read, nothing is waited for
};

namespace detail {

struct client_cells {
    using enum client_action;
    // clang-format off
    static constexpr client_action table[client_inputs][client_states] = {
        //                       greeting authoriz. named    login   exchange challen. asking  tls      transac. quitting ended   closed  failed
        /* send_user         */ {refuse,  name,     name,    wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_pass         */ {refuse,  refuse,   enter,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_apop         */ {refuse,  enter,    enter,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_auth         */ {refuse,  begin,    begin,   wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_response     */ {refuse,  refuse,   refuse,  refuse, refuse,  begin,   refuse, refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_stls         */ {refuse,  ask_tls,  ask_tls, wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_before_login */ {refuse,  put,      unname,  wait,   wait,    wait,    wait,   refuse,  refuse,  refuse,  refuse, refuse, refuse},
        /* send_anywhere     */ {refuse,  put,      unname,  wait,   wait,    wait,    wait,   refuse,  put,     refuse,  refuse, refuse, refuse},
        /* send_work         */ {refuse,  refuse,   refuse,  wait,   wait,    wait,    wait,   refuse,  put,     refuse,  refuse, refuse, refuse},
        /* send_quit         */ {refuse,  leave,    leave,   wait,   wait,    wait,    wait,   refuse,  leave,   refuse,  refuse, refuse, refuse},
        /* tls_started       */ {refuse,  refuse,   refuse,  refuse, refuse,  refuse,  refuse, restart, refuse,  refuse,  refuse, refuse, refuse},
        /* greeting_ok       */ {greet,   never,    never,   never,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* greeting_err      */ {finish,  never,    never,   never,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* user_ok           */ {never,   take,     take,    take,   take,    never,   never,  never,   never,   take,    never,  never,  never},
        /* user_err          */ {never,   take,     forget,  take,   take,    never,   never,  never,   never,   take,    never,  never,  never},
        /* login_ok          */ {never,   never,    never,   admit,  never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* login_err         */ {never,   never,    never,   forget, never,   never,   never,  never,   never,   never,   never,  never,  never},
        /* challenge         */ {never,   never,    never,   never,  prompt,  never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_ok           */ {never,   never,    never,   never,  admit,   never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_unproven     */ {never,   never,    never,   never,  fail,    never,   never,  never,   never,   never,   never,  never,  never},
        /* auth_err          */ {never,   never,    never,   never,  forget,  never,   never,  never,   never,   never,   never,  never,  never},
        /* stls_ok           */ {never,   never,    never,   never,  never,   never,   agree,  never,   never,   never,   never,  never,  never},
        /* stls_err          */ {never,   never,    never,   never,  never,   never,   forget, never,   never,   never,   never,  never,  never},
        /* other_ok          */ {never,   take,     take,    take,   take,    never,   never,  never,   take,    take,    never,  never,  never},
        /* other_err         */ {never,   take,     take,    take,   take,    never,   never,  never,   take,    take,    never,  never,  never},
        /* quit_ok           */ {never,   never,    never,   never,  never,   never,   never,  never,   never,   finish,  never,  never,  never},
        /* quit_err          */ {never,   never,    never,   never,  never,   never,   never,  never,   never,   finish,  never,  never,  never},
        /* no_reply          */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
        /* surplus           */ {never,   fail,     fail,    never,  never,   never,   never,  fail,    fail,    never,   fail,   never,  never},
        /* end               */ {close,   close,    close,   close,  close,   close,   close,  close,   close,   close,   close,  stay,   stay},
        /* cut               */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
        /* late              */ {fail,    fail,     fail,    fail,   fail,    never,   fail,   never,   fail,    fail,    never,  never,  never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(client_cells::table));

} // namespace detail

constexpr client_action action_of(client_state state, client_input input) {
    return detail::client_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

// Where an action leads.
constexpr client_state next_state(client_state state, client_action action) {
    switch (action) {
    case client_action::name:
        return client_state::named;
    case client_action::unname:
    case client_action::restart:
    case client_action::greet:
    case client_action::forget:
        return client_state::authorization;
    case client_action::enter:
        return client_state::login;
    case client_action::begin:
        return client_state::exchange;
    case client_action::prompt:
        return client_state::challenged;
    case client_action::ask_tls:
        return client_state::asking_tls;
    case client_action::agree:
        return client_state::tls;
    case client_action::leave:
        return client_state::quitting;
    case client_action::admit:
        return client_state::transaction;
    case client_action::finish:
        return client_state::ended;
    case client_action::close:
        return client_state::closed;
    case client_action::fail:
        return client_state::failed;
    case client_action::missing:
    case client_action::refuse:
    case client_action::wait:
    case client_action::put:
    case client_action::take:
    case client_action::stay:
    case client_action::never:
        return state;
    }
    return state;
}

// The call that sends a command with this role.
constexpr client_input sending(command_role role) {
    switch (role) {
    case command_role::user:
        return client_input::send_user;
    case command_role::pass:
        return client_input::send_pass;
    case command_role::apop:
        return client_input::send_apop;
    case command_role::auth:
        return client_input::send_auth;
    case command_role::stls:
        return client_input::send_stls;
    case command_role::utf8:
    case command_role::before_login:
        return client_input::send_before_login;
    case command_role::anywhere:
        return client_input::send_anywhere;
    case command_role::work:
        return client_input::send_work;
    case command_role::quit:
        return client_input::send_quit;
    }
    return client_input::send_work;
}

// The answer to a command with this role.
constexpr client_input answered(command_role role, bool ok) {
    switch (role) {
    case command_role::user:
        return ok ? client_input::user_ok : client_input::user_err;
    case command_role::pass:
    case command_role::apop:
        return ok ? client_input::login_ok : client_input::login_err;
    case command_role::auth:
        return ok ? client_input::auth_ok : client_input::auth_err;
    case command_role::stls:
        return ok ? client_input::stls_ok : client_input::stls_err;
    case command_role::utf8:
    case command_role::before_login:
    case command_role::anywhere:
    case command_role::work:
        return ok ? client_input::other_ok : client_input::other_err;
    case command_role::quit:
        return ok ? client_input::quit_ok : client_input::quit_err;
    }
    return client_input::other_ok;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/outbox.hpp
namespace mailwire::pop3 {

// The send buffer of a session; a sink for writers. Lines are written wholly or not at all (begin_unit, put, end_unit), bodies
// as far as there is room (room, wrote). POP3 never has to stop in mid-output, so this is a plain queue of octets.
class line_outbox : public send_buffer {
public:
    using send_buffer::send_buffer;

    // The sink.
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::size_t, bool) { overflow(); }

    // A unit of these octets. False as for end_unit.
    bool put_unit(std::string_view octets) {
        begin_unit();
        put(octets);
        return end_unit();
    }

    // Room for octets of a body, to be followed by wrote(). What is in the buffer is moved only where that frees more
    // than it moves, so that a slow connection costs no quadratic copying; empty: send first.
    std::span<char> room() {
        if (first() >= last() - first()) move_to_front();
        return behind();
    }
    using send_buffer::wrote;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/server_facts.hpp
namespace mailwire::pop3 {

// What a client session knows of its server. All of it is forgotten when TLS begins (RFC 2595 4).
class server_facts {
public:
    const capability_set& capabilities() const { return capabilities_; }
    // See client::capabilities_due.
    bool due() const { return due_; }
    bool utf8_texts() const { return utf8_texts_; }
    bool apop_offered() const { return apop_offered_; }

    // Whether a "[" is a response code. AUTH-RESP-CODE alone says that there are some (RFC 3206 6).
    response_codes codes() const {
        if (!capabilities_.known) return response_codes::unknown;
        if (capabilities_.resp_codes) return response_codes::announced;
        return capabilities_.auth_resp_code ? response_codes::unknown : response_codes::absent;
    }

    void offer_apop() { apop_offered_ = true; }
    void agree_on_utf8_texts() { utf8_texts_ = true; }

    // CAPA is answered, line by line. Only a listing that comes to its end counts.
    void begin_listing(bool ok) {
        learned_ = {};
        due_ = due_ && ok; // -ERR: this server has no CAPA
    }
    template <typename Profile> void learn(const item<slot::capability>& line) {
        visit<Profile>(line, [this](const auto& announced) {
            if constexpr (requires { announced.learn(learned_); }) announced.learn(learned_);
        });
    }
    void end_listing() {
        capabilities_ = learned_;
        capabilities_.known = true;
        due_ = false;
    }

    // The user is known now: what depends on it has to be asked again (RFC 2449 6.5 and 6.7).
    void log_in() { due_ = due_ || capabilities_.login_delay_per_user || capabilities_.expire_per_user; }

private:
    capability_set capabilities_;
    capability_set learned_;
    bool due_ = true;
    bool utf8_texts_ = false;
    bool apop_offered_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/write.hpp
// Writes one line with its CRLF into a sink, without a session. Answers bad_value when a value has octets its place
// cannot carry or the line is longer than RFC 2449 4 allows; the sink then holds a line that must not be sent. Whether
// the sink had room is `ok()` of the sink.
namespace mailwire::pop3 {

namespace detail {

inline constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

template <sink Sink, typename Write> misuse write_line(Sink& out, std::size_t longest, bool as_utf8, Write write) {
    const std::size_t before = out.size();
    writer to(out, as_utf8);
    write(to);
    to.crlf();
    return out.size() - before > longest ? misuse::bad_value : to.fault();
}

} // namespace detail

// A command: an alternative of slot::command, or an item of it.
template <sink Sink, typename Command> misuse write_command(Sink& out, const Command& command, bool as_utf8 = false) {
    return detail::write_line(out, longest_command, as_utf8, [&](writer& to) { to.put(command); });
}

template <sink Sink> misuse write_greeting(Sink& out, const greeting& value, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) { value.write(to); });
}

template <sink Sink> misuse write_reply(Sink& out, const reply& value, answer_form form, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) { value.write(to, form); });
}

// A line of a SASL exchange, of the client and of the server. No limit but the sink's.
template <sink Sink> misuse write_sasl_line(Sink& out, const sasl_line& value) {
    return detail::write_line(out, detail::unlimited, false, [&](writer& to) { value.write(to); });
}
template <sink Sink> misuse write_challenge(Sink& out, const challenge& value) {
    return detail::write_line(out, detail::unlimited, false, [&](writer& to) { value.write(to); });
}

// A line of a listing: scan_listing, unique_id, language_listing, mechanism_listing, an alternative of slot::capability
// or an item of it.
template <sink Sink, typename Value> misuse write_listed(Sink& out, const Value& value, bool as_utf8 = false) {
    return detail::write_line(out, longest_response_line, as_utf8, [&](writer& to) {
        if constexpr (requires { Value::listed_in; }) {
            value.write(to);
        } else {
            to.put(value);
        }
    });
}

} // namespace mailwire::pop3

// ---- mailwire/sasl/secret.hpp
// Octets that must not outlive their use, and comparing them.

namespace mailwire::sasl {

using mailwire::wipe;

// Whether the two are the same, in a time that depends on their sizes alone: how long it takes does not tell a peer how
// much of a guess was right. Texts of different sizes are different at once; hash both first where the size is a secret.
[[nodiscard]] inline bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i != a.size(); ++i) {
        const auto differs = static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
        difference = static_cast<unsigned char>(difference | differs);
    }
    return difference == 0;
}

// N octets that are wiped when their life ends. They are not copied, so that there is one place to wipe.
template <std::size_t N> class secret_octets {
public:
    secret_octets() = default;
    secret_octets(const secret_octets&) = delete;
    secret_octets& operator=(const secret_octets&) = delete;
    ~secret_octets() { wipe(octets_); }

    std::span<char, N> span() { return octets_; }
    std::string_view view() const { return {octets_.data(), N}; }
    char& operator[](std::size_t i) { return octets_[i]; }
    char operator[](std::size_t i) const { return octets_[i]; }

private:
    std::array<char, N> octets_{};
};

} // namespace mailwire::sasl

// ---- mailwire/pop3/session/client.hpp
namespace mailwire::pop3 {

// The client's half of a session (RFC 1939, RFC 2449, RFC 2595, RFC 5034, RFC 6856). No socket, no clock: octets are moved
// by the caller.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(client_buffers buffers, const client_options& options = {})
        : inbox_(buffers.in), outbox_(buffers.out), in_flight_(buffers.in_flight),
          reader_(std::min<std::size_t>(options.limits.response_line, buffers.in.size()),
                  std::min<std::size_t>(options.limits.sasl_line, buffers.in.size()), options.limits.listing_lines,
                  options.quirks),
          quirks_(options.quirks), patience_(options.limits.answer_seconds), tls_(options.tls),
          apop_allowed_(options.apop), secure_(options.secure) {}

    // Room for received octets, never empty after need_input but while a challenge waits. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) {
        inbox_.commit(octets);
        if (octets != 0) silence_.restart();
    }
    // The server closed the connection. What was received before is still read.
    void closed() { peer_closed_ = true; }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, unless an
    // answer has come. `never` where nothing is waited for, and before the first at().
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        const bool asked = !in_flight_.empty() && state_ != client_state::challenged;
        const bool over = state_ == client_state::failed || state_ == client_state::closed;
        return !over && (asked || state_ == client_state::greeting) ? silence_.due(patience_) : never;
    }

    // The next event. Its views are valid until the next call of next or prepare.
    client_event next() {
        release();
        if (state_ == client_state::failed) return client_event(fatal_);
        if (state_ == client_state::closed) return client_event(client_event_kind::closed);
        if (state_ == client_state::challenged) return peer_closed_ ? rest() : client_event();
        if (state_ == client_state::tls) return await_tls();
        // A challenge that is refused is answered at once.
        if (state_ == client_state::exchange && !peer_closed_ && !outbox_.has_room(cancel_line.size())) return rest();
        for (;;) {
            if (reader_.idle() && !reader_.refusing()) {
                if (state_ == client_state::greeting) {
                    reader_.begin_greeting();
                } else if (!in_flight_.empty()) {
                    reader_.begin(in_flight_.front().form);
                } else if (!inbox_.empty()) {
                    return fail(client_input::surplus, {errc::unexpected_response, 0, 0, 0});
                }
            }
            const response_step step = reader_.next(inbox_.view(), reading());
            if (step.part != response_part::none) return event_of(step);
            if (step.used == 0) return rest();
            inbox_.consume(step.used);
        }
    }

    // Octets to send now; empty: none. Valid until the next call that is not const.
    std::string_view output() const { return outbox_.output(); }
    void sent(std::size_t octets) { outbox_.sent(octets); }

    // Sends a command. The answer comes as events that name it.
    //   wrong_state  the state has no room for this command; STLS under TLS or behind UTF8
    //   busy         an answer has to come first: always without PIPELINING, with it behind PASS, APOP, AUTH, STLS and
    //                QUIT, and before STLS
    //   needs_tls    without TLS, where client_options::tls requires it, all but CAPA, STLS and QUIT
    //   not_offered  APOP, without client_options::apop or without a timestamp in the greeting; STLS, where the
    //                capabilities are known and do not have it
    //   bad_value    a value has octets its place cannot carry, or the line is longer than 255 octets
    //   no_room      the output or the list of commands in flight is full
    // Names and passwords may be in UTF-8 where the capabilities have UTF8 USER (RFC 6856 2.2).
    template <alternative Command> misuse send(const Command& command) {
        static_assert(std::is_same_v<typename Command::word::slot, slot::command>, "this is no command");
        if (const misuse m = may_send(command.role(), command.answer()); m != misuse::none) return m;
        outbox_.begin_unit();
        if (const misuse m = write_command(outbox_, command, server_.capabilities().utf8_user); m != misuse::none) {
            return abandon(m);
        }
        if (!outbox_.end_unit()) return misuse::no_room;
        std::uint32_t message = 0;
        if constexpr (requires { command.message; }) message = command.message;
        note_sent({id_of<Command>, message, command.answer(), command.role()});
        proved_ = true; // of AUTH: the program answers the challenges itself
        return misuse::none;
    }

    // Sends AUTH, with the initial response where the mechanism has one, the server lists SASL and the line is not longer
    // than 255 octets. Then, for each challenge event, call answer() with the same mechanism. A +OK before the mechanism
    // is complete() is the error unproven_server.
    // Errors: as for send; bad_value also where the mechanism cannot begin: sasl_fault() says why. RFC 5034 4.
    template <sasl::client_mechanism M> misuse authenticate(M& mechanism) {
        if (const misuse m = may_send(command_role::auth, answer_form::sasl); m != misuse::none) return m;
        constexpr std::size_t line = std::string_view("AUTH  \r\n").size() + M::name().size();
        std::array<char, (longest_command - line) / 4 * 3> octets;
        std::array<char, longest_command> base64;
        std::string_view initial;
        if (M::client_first && server_.capabilities().sasl && outbox_.has_room(longest_command)) {
            const sasl::step s = mechanism.step({}, octets);
            if (s.fault != sasl::fault::no_room) {
                fault_ = s.fault;
                if (s.status == sasl::status::failed) return misuse::bad_value;
                initial = {base64.data(), base64_encode({octets.data(), s.size}, base64)};
                if (initial.empty()) initial = "=";
            }
        }
        const misuse m = send(auth{M::name(), initial});
        sasl::wipe(octets);
        sasl::wipe(base64);
        proved_ = mechanism.complete();
        return m;
    }

    // Answers the challenge of the last event. A mechanism that fails cancels the exchange: sasl_fault() says why, and the
    // server's -ERR comes as a reply.
    // Errors: wrong_state (there is no challenge), no_room (for good, where there is nothing to send). RFC 5034 4.
    template <sasl::client_mechanism M> misuse answer(M& mechanism) {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        const sasl::step s = mechanism.step(challenge(), outbox_.room_for_base64());
        if (s.fault == sasl::fault::no_room) return abandon(misuse::no_room);
        fault_ = s.fault;
        if (s.status == sasl::status::failed) return cancel();
        outbox_.put_base64(s.size);
        proved_ = mechanism.complete();
        return end_response();
    }

    // Answers a challenge with octets of the program, which then knows itself whether a +OK can be believed.
    // Errors: as for answer.
    misuse respond(std::string_view octets) {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        const std::span<char> room = outbox_.room_for_base64();
        if (octets.size() > room.size()) return abandon(misuse::no_room);
        std::copy(octets.begin(), octets.end(), room.begin());
        outbox_.put_base64(octets.size());
        return end_response();
    }
    // Answers a challenge with "*": the server says -ERR to the AUTH. Errors: as for answer.
    misuse cancel() {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        outbox_.put("*");
        proved_ = false;
        return end_response();
    }

    // Asks for the mechanisms the way that is older than CAPA. Errors: as for send; not_offered without
    // quirks::auth_without_mechanism.
    misuse list_mechanisms() {
        if ((quirks_ & quirks::auth_without_mechanism) == 0) return misuse::not_offered;
        const auth bare;
        if (const misuse m = may_send(bare.role(), bare.answer()); m != misuse::none) return m;
        if (!outbox_.put_unit("AUTH\r\n")) return misuse::no_room;
        note_sent({id_of<auth>, 0, bare.answer(), bare.role()});
        return misuse::none;
    }

    // What went wrong in the last SASL exchange on this side.
    sasl::fault sasl_fault() const { return fault_; }

    // The handshake that start_tls asked for is done. All that the server has said before is forgotten: its capabilities,
    // its timestamp, its language. Errors: wrong_state (no handshake is due; or octets have come in between, which could
    // be anybody's: next() then gives the error input_before_tls). RFC 2595 4.
    misuse tls_started() {
        const client_action action = action_of(state_, client_input::tls_started);
        if (action == client_action::refuse || await_tls().kind == client_event_kind::error) return misuse::wrong_state;
        state_ = next_state(state_, action);
        server_ = {};
        secure_ = true;
        return misuse::none;
    }

    client_state state() const { return state_; }
    // How many commands wait for the end of their answer.
    std::size_t in_flight() const { return in_flight_.size(); }
    // What the last CAPA listing said that was read to its end.
    const capability_set& capabilities() const { return server_.capabilities(); }
    // Whether CAPA may bring something new: it has not been answered yet, or not since TLS began, or a login may have
    // changed what depends on the user (RFC 2449 6.5 and 6.7).
    bool capabilities_due() const { return server_.due(); }
    // Whether APOP can be sent now as far as the server is concerned.
    bool apop_offered() const { return server_.apop_offered(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return secure_; }

private:
    static constexpr std::string_view cancel_line = "*\r\n";
    // A challenge stays until it is answered.
    void release() {
        if (state_ == client_state::challenged) return;
        inbox_.consume(used_);
        used_ = 0;
    }

    std::string_view challenge() const { return head_of(inbox_.view(), challenge_size_); }

    parse_options reading() const {
        return {.utf8 = server_.utf8_texts(), .quirks = quirks_, .codes = server_.codes()};
    }

    misuse may_send(command_role role, answer_form form) const {
        using enum command_role;
        const client_action action = action_of(state_, sending(role));
        const bool harmless = role == stls || role == quit || form == answer_form::capabilities;
        if (action == client_action::refuse) return misuse::wrong_state;
        if (role == stls && (secure_ || utf8_)) return misuse::wrong_state;
        if (action == client_action::wait || (!in_flight_.empty() && !server_.capabilities().pipelining))
            return misuse::busy;
        if (role == stls && (!in_flight_.empty() || inbox_.size() != used_)) return misuse::busy;
        if (tls_ == tls_policy::required && !secure_ && !harmless) return misuse::needs_tls;
        if (role == apop && !server_.apop_offered()) return misuse::not_offered;
        if (role == stls && server_.capabilities().known && !server_.capabilities().stls) return misuse::not_offered;
        return in_flight_.full() ? misuse::no_room : misuse::none;
    }

    misuse abandon(misuse m) {
        outbox_.abandon_unit();
        return m;
    }

    void note_sent(const pending_command& command) {
        const bool secret = command.role == command_role::pass || command.role == command_role::auth;
        if (secret) outbox_.keep_secret();
        if (in_flight_.empty()) silence_.restart();
        in_flight_.push(command);
        state_ = next_state(state_, action_of(state_, sending(command.role)));
    }

    misuse end_response() {
        outbox_.put("\r\n");
        if (!outbox_.end_unit()) return misuse::no_room;
        outbox_.keep_secret();
        silence_.restart();
        state_ = next_state(state_, action_of(state_, client_input::send_response));
        return misuse::none;
    }

    // Nothing more can be read now.
    client_event rest() {
        if (!peer_closed_) {
            return silence_.is_past(deadline()) ? fail(client_input::late, {errc::timed_out, 0, 0, 0}) : client_event();
        }
        if (const response_step last = reader_.end(); last.part != response_part::none) return event_of(last);
        const bool challenged = state_ == client_state::challenged;
        const bool between = challenged || (inbox_.empty() && !reader_.inside_lines() && !reader_.refusing());
        if (!between) return fail(client_input::cut, {errc::truncated, inbox_.size(), 0, 0});
        state_ = next_state(state_, action_of(state_, client_input::end));
        return client_event(client_event_kind::closed);
    }

    // Between the agreement and the handshake nothing may come.
    client_event await_tls() {
        release();
        if (!inbox_.empty()) return fail(client_input::surplus, {errc::input_before_tls, 0, 0, 0});
        return peer_closed_ ? rest() : client_event(client_event_kind::start_tls);
    }

    client_event fail(client_input input, const error& why) {
        state_ = next_state(state_, action_of(state_, input));
        fatal_ = why;
        return client_event(fatal_);
    }
    client_event event_of(const response_step& step) {
        const bool greets = state_ == client_state::greeting;
        if (step.part == response_part::no_reply) {
            const errc code = greets ? errc::unexpected_greeting : errc::unexpected_response;
            return fail(client_input::no_reply, {code, step.fault.offset, 0, 0});
        }
        const bool answers_auth = step.first_line && !greets && in_flight_.front().role == command_role::auth;
        if (answers_auth && step.ok && !proved_)
            return fail(client_input::auth_unproven, {errc::unproven_server, 0, 0, 0});
        return read_event(step, greets);
    }

    // One result with a name and one way out: it is built where the caller wants it.
    client_event read_event(const response_step& step, bool greets) {
        used_ = step.used;
        client_event event;
        describe(event, step);
        if (!greets) {
            event.command = in_flight_.front().id;
            event.message = in_flight_.front().message;
        }
        if (step.first_line) note_first_line(event, greets);
        if (event.form == answer_form::sasl && !step.first_line) note_challenge(event);
        if (step.part == response_part::capability) server_.template learn<Profile>(event.capability());
        if (step.part == response_part::end_of_lines && event.form == answer_form::capabilities) server_.end_listing();
        if (!greets && reader_.idle()) in_flight_.pop();
        if (state_ == client_state::tls) {
            if (inbox_.size() != used_) event = await_tls();
            if (!event.error) event.kind = client_event_kind::start_tls;
        }
        return event;
    }

    void describe(client_event& event, const response_step& step) const {
        event.kind = kind_of(step.part);
        event.ok = step.ok;
        event.form = reader_.form();
        event.quirks = step.quirks;
        event.bare_line_feed = step.bare_line_feed;
        if (step.part == response_part::body) event.body = step.octets;
        if (step.fault) event.error = step.fault;
        event.fields = step.fields;
    }

    // What the first line of an answer means to the session; its status counts even where its text is refused.
    void note_first_line(const client_event& event, bool greets) {
        if (greets) {
            const client_input input = event.ok ? client_input::greeting_ok : client_input::greeting_err;
            state_ = next_state(state_, action_of(state_, input));
            const bool whole = event.kind == client_event_kind::greeting && event.ok;
            if (whole && apop_allowed_ && !event.greeting().timestamp.empty()) server_.offer_apop();
            return;
        }
        const client_action action = action_of(state_, answered(in_flight_.front().role, event.ok));
        state_ = next_state(state_, action);
        if (event.form == answer_form::capabilities) server_.begin_listing(event.ok);
        if (!event.ok) return;
        if (action == client_action::admit) server_.log_in();
        if (in_flight_.front().role == command_role::utf8) utf8_ = true;
        if (utf8_ || event.form == answer_form::language) server_.agree_on_utf8_texts();
    }

    // Decodes a challenge where it is, at the front of the buffer. One that cannot be decoded ends the exchange.
    void note_challenge(client_event& event) {
        if (event.kind != client_event_kind::challenge) {
            outbox_.put_unit(cancel_line);
            proved_ = false;
            return;
        }
        cursor c = event.fields;
        challenge_size_ = base64_decode(pop3::challenge::read(c).base64, inbox_.front(used_)).size;
        event.challenge = challenge();
        state_ = next_state(state_, action_of(state_, client_input::challenge));
    }

    inbox inbox_;
    line_outbox outbox_;
    in_flight_queue in_flight_;
    response_reader<Profile> reader_;
    error fatal_;
    server_facts server_;
    std::size_t used_ = 0;           // octets of the last event
    std::size_t challenge_size_ = 0; // octets at the front of the buffer
    idle_timer silence_;             // since the server last said something, or was asked for something
    std::uint32_t quirks_;
    std::uint32_t patience_;
    client_state state_ = client_state::greeting;
    sasl::fault fault_ = sasl::fault::none;
    tls_policy tls_;
    bool apop_allowed_;
    bool secure_;
    bool proved_ = false; // a +OK to AUTH can be believed
    bool utf8_ = false;   // UTF8 was agreed on
    bool peer_closed_ = false;
};

using client = basic_client<>;

} // namespace mailwire::pop3

// ---- mailwire/pop3/client.hpp
// All a POP3 client needs.

// ---- mailwire/pop3/session/answer_writer.hpp
namespace mailwire::pop3 {

// Writes the answer that a server owes to the last line of its client, and knows how much of it is still to come. Each
// call writes wholly or not at all.
class answer_writer {
public:
    answer_writer(std::span<char> storage, line_feeds feeds) : out_(storage), dots_(feeds), feeds_(feeds) {}

    // What has been written and not been sent.
    line_outbox& out() { return out_; }
    const line_outbox& out() const { return out_; }

    // A line of the client has come that is answered in this form.
    void owe(answer_form form) {
        part_ = part::all;
        form_ = form;
    }
    // The session is over: what is still due will not be written.
    void owe_nothing() { part_ = part::none; }
    answer_form form() const { return form_; }
    bool is_due() const { return part_ == part::all; }
    bool is_due(answer_form form) const { return is_due() && form_ == form; }
    bool is_complete() const { return part_ == part::none; }

    // A line that is no part of an answer, or a whole one.
    template <typename Write> misuse put(Write write) {
        out_.begin_unit();
        const misuse m = write(out_);
        if (m != misuse::none) out_.abandon_unit();
        if (m != misuse::none) return m;
        return out_.end_unit() ? misuse::none : misuse::no_room;
    }

    // The first or only line. Errors: bad_value, no_room.
    misuse reply(const pop3::reply& line, bool as_utf8) {
        const misuse m = put([&](line_outbox& to) { return write_reply(to, line, form_, as_utf8); });
        if (m != misuse::none) return m;
        part_ = part::none;
        if (!line.ok || !is_multi_line(form_)) return m;
        part_ = form_ == answer_form::body ? part::body : part::lines;
        dots_ = dot_stuffer(feeds_);
        return m;
    }

    // A line of a listing. Errors: wrong_state (it is no line of this one), bad_value, no_room.
    template <typename Value> misuse line(answer_form listing, const Value& value) {
        if (part_ != part::lines || form_ != listing) return misuse::wrong_state;
        return put([&](line_outbox& to) { return write_listed(to, value); });
    }

    // Octets of a message. Returns how many were taken; none where no message is due.
    std::size_t body(std::string_view octets) {
        if (part_ != part::body) return 0;
        const stuffed done = dots_.next(octets, out_.room());
        out_.wrote(done.written);
        return done.used;
    }

    // The line with the dot. Errors: wrong_state, no_room.
    misuse end_of_lines() {
        if (part_ != part::lines && part_ != part::body) return misuse::wrong_state;
        const std::string_view last = part_ == part::body ? dots_.ending() : ".\r\n";
        if (!out_.put_unit(last)) return misuse::no_room;
        part_ = part::none;
        return misuse::none;
    }

    // A challenge: its octets go to the start of room_for_challenge(), which is empty where there is no room for any.
    std::span<char> room_for_challenge() {
        out_.begin_unit();
        out_.put("+ ");
        return out_.room_for_base64();
    }
    void abandon_challenge() { out_.abandon_unit(); }
    void put_challenge(std::size_t octets) {
        out_.put_base64(octets);
        out_.keep_secret();
        out_.put("\r\n");
        out_.end_unit();
        part_ = part::none;
    }

private:
    enum class part : std::uint8_t { none, all, lines, body };

    line_outbox out_;
    dot_stuffer dots_;
    line_feeds feeds_;
    part part_ = part::none;
    answer_form form_ = answer_form::text;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/client_message.hpp
namespace mailwire::pop3 {

// What the line at the front of the receive buffer has of a SASL exchange. It is decoded where it is, and only when it is
// asked for: until then the views of the line stand.
class client_message {
public:
    enum class kind : std::uint8_t { none, encoded, decoded, cancelled };

    // AUTH without an initial response; "*".
    void set_none() { kind_ = kind::none; }
    void set_cancelled() { kind_ = kind::cancelled; }
    // `base64` is in the line; "=" where it has no octets, or empty.
    void set(std::string_view line, std::string_view base64) {
        kind_ = kind::encoded;
        at_ = base64.empty() ? 0 : static_cast<std::size_t>(base64.data() - line.data());
        size_ = base64.size();
    }

    bool is_cancelled() const { return kind_ == kind::cancelled; }

    // Its octets; nothing where there is no message. Requires: the line is at the front of the buffer.
    std::optional<std::string_view> decode(inbox& from) {
        if (kind_ == kind::none || kind_ == kind::cancelled) return std::nullopt;
        if (kind_ == kind::encoded) {
            const std::string_view text = head_of(tail_of(from.view(), at_), size_);
            size_ = text == "=" ? 0 : base64_decode(text, from.front(at_ + size_)).size;
            kind_ = kind::decoded;
        }
        return head_of(from.view(), size_);
    }

private:
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    kind kind_ = kind::none;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/command_reader.hpp
namespace mailwire::pop3 {

// What a line of a client is.
enum class command_part : std::uint8_t {
    none,     // no line yet
    command,  // a command the profile knows
    unknown,  // a command it does not know
    response, // an answer to a challenge
    cancel,   // "*" in place of one
    fault,    // this line is refused; the next one is read as if it had not been there
};

// What command_reader::next found. Views point into the octets it was given, items into the reader too.
struct command_step {
    command_part part = command_part::none;
    std::size_t used = 0; // octets that are done with once the views are; with `none`: to be dropped now
    item<slot::command> command = {};
    command_role role = command_role::work;
    answer_form form = answer_form::text;
    std::string_view base64 = {}; // of a response, or of the initial response of AUTH ("=" where that has no octets)
    std::uint32_t quirks = 0;     // deviations that were tolerated in it
    error fault = {};
};

// Reads the lines of a client: commands, and within a SASL exchange responses. Holds no octets: what is not used yet is
// given again, with more behind it.
template <typename Profile = everything> class command_reader {
public:
    // The longest lines in octets, with their CRLF. `options`: UTF-8 in names and passwords, and bits of namespace quirks.
    command_reader(std::size_t of_command, std::size_t of_response, const parse_options& options)
        : lines_(of_command, ends_with(options.quirks)), longest_command_(of_command), longest_response_(of_response),
          options_(options) {}

    // Whether the lines that come are responses. Lines of an exchange may be longer than commands (RFC 5034 4).
    void set_exchange(bool under_way) {
        in_exchange_ = under_way;
        lines_.set_maximum(under_way ? longest_response_ : longest_command_);
    }

    // True when the rest of a refused line is still to come.
    bool refusing() const { return lines_.refusing(); }

    // The next line. `octets` is all that was received and not used.
    command_step next(std::string_view octets) {
        const framed_line found = lines_.scan(octets);
        command_step step{.used = found.size, .fault = found.fault};
        if (found.kind == line_kind::bad) step.part = command_part::fault;
        if (found.kind != line_kind::line) return step;
        const std::string_view line = head_of(octets, found.size);
        if (in_exchange_) {
            read_response(step, line);
        } else {
            read_command(step, line);
        }
        if (step.fault) step.part = command_part::fault;
        return step;
    }

private:
    static line_ends ends_with(std::uint32_t tolerated) {
        return (tolerated & quirks::bare_line_feed) != 0 ? line_ends::any_feed : line_ends::crlf;
    }

    void read_response(command_step& step, std::string_view line) {
        const auto read = parse_sasl_line(line, options_);
        step.fault = read.error;
        step.quirks = read.quirks;
        step.part = read.value.cancelled ? command_part::cancel : command_part::response;
        step.base64 = read.value.base64;
    }

    void read_command(command_step& step, std::string_view line) {
        const auto read = parse_command<Profile>(line, tape_, options_);
        step.fault = read.error;
        step.quirks = read.quirks;
        step.part = command_part::unknown;
        step.command = read.value;
        visit<Profile>(read.value, [&](const auto& asked) {
            step.part = command_part::command;
            step.role = asked.role();
            step.form = asked.answer();
            if constexpr (requires { asked.initial_response; }) step.base64 = asked.initial_response;
        });
    }

    line_scanner lines_;
    std::array<token, tokens_of_a_line> tape_{};
    std::size_t longest_command_;
    std::size_t longest_response_;
    parse_options options_;
    bool in_exchange_ = false;
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/server_table.hpp
// What a server session does, as a table: [input][state] -> action, one line an input, one column a state. RFC 1939 3 to
// 7, RFC 2449 5 and 6.6, RFC 2595 4, RFC 5034 4, RFC 6856 2. docs/pop3-states.md draws it.
namespace mailwire::pop3 {

enum class server_state : std::uint8_t {
    greeting,      // has not greeted yet
    authorization, // nobody is logged in
    named,         // nobody is logged in; the last command was USER, and it was answered +OK
    exchange,      // nobody is logged in; a challenge was sent, and lines of the client are no commands
    tls,           // STLS was answered +OK: the handshake is due
    transaction,   // somebody is logged in
    update,        // QUIT came in TRANSACTION: marked messages are being removed
    ended,         // QUIT was answered, or there were too many bad commands: close once the output is sent
    closed,        // the client closed the connection
    failed,        // the client broke the protocol, was silent for too long, or left inside a command
};
inline constexpr std::size_t server_states = 10;

// What happens to a server: a line, an answer of the application, the end of the connection, time.
enum class server_input : std::uint8_t {
    user_command,
    pass_command,
    apop_command,
    auth_command,
    stls_command,
    before_login_command,
    anywhere_command,
    work_command,
    quit_command,
    sasl_response,
    sasl_cancel,
    bad_response, // a line of an exchange that is no base64
    unknown,      // a command the profile does not know, or APOP without a timestamp
    unwelcome,    // STLS under TLS or behind UTF8
    needs_tls,    // a login without TLS, where that is required
    malformed,    // a line that is no command
    too_many,     // one bad command more than the limit
    early,        // octets behind STLS
    greeted,
    challenged, // the answer to AUTH or to a response is a challenge
    user_ok,
    user_err,
    login_ok, // to PASS, APOP, AUTH and a response
    login_err,
    stls_ok,
    stls_err,
    other_ok, // to what changes no state
    other_err,
    quit_ok,
    quit_err,
    tls_started,
    end,  // of the connection, between commands
    cut,  // of the connection, inside a command
    late, // the client was silent for too long, or has not logged in in time
};
inline constexpr std::size_t server_inputs = 34;

enum class server_action : std::uint8_t {
    missing,
    give,    // the line is handed on
    unname,  // the command is handed on; -> authorization: PASS follows nothing but USER
    update,  // the command is handed on; -> update
    deny,    // the session answers -ERR itself
    lapse,   // the session answers -ERR itself; -> authorization
    refuse,  // the call: misuse::wrong_state
    answer,  // the answer goes out
    name,    // the answer goes out; -> named
    open,    // the greeting or the answer goes out; -> authorization
    prompt,  // the challenge goes out; -> exchange
    agree,   // the answer goes out; -> tls
    restart, // all that was agreed on is forgotten; -> authorization
    admit,   // the answer goes out; -> transaction
    finish,  // the answer goes out; -> ended
    close,   // -> closed
    fail,    // -> failed, with an error that stays
    stay,    // nothing changes any more
    never,   // cannot happen: no line is read, no such answer is due
};

namespace detail {

struct server_cells {
    using enum server_action;
    // clang-format off
    static constexpr server_action table[server_inputs][server_states] = {
        //                          greeting authoriz. named   exchange tls      transac. update  ended   closed  failed
        /* user_command         */ {never,   give,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* pass_command         */ {never,   deny,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* apop_command         */ {never,   give,     give,   never,   never,   deny,    never,  never,  never,  never},
        /* auth_command         */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* stls_command         */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* before_login_command */ {never,   give,     unname, never,   never,   deny,    never,  never,  never,  never},
        /* anywhere_command     */ {never,   give,     unname, never,   never,   give,    never,  never,  never,  never},
        /* work_command         */ {never,   deny,     lapse,  never,   never,   give,    never,  never,  never,  never},
        /* quit_command         */ {never,   give,     give,   never,   never,   update,  never,  never,  never,  never},
        /* sasl_response        */ {never,   never,    never,  give,    never,   never,   never,  never,  never,  never},
        /* sasl_cancel          */ {never,   never,    never,  give,    never,   never,   never,  never,  never,  never},
        /* bad_response         */ {never,   never,    never,  lapse,   never,   never,   never,  never,  never,  never},
        /* unknown              */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* unwelcome            */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* needs_tls            */ {never,   deny,     lapse,  never,   never,   deny,    never,  never,  never,  never},
        /* malformed            */ {never,   deny,     lapse,  lapse,   never,   deny,    never,  never,  never,  never},
        /* too_many             */ {never,   finish,   finish, finish,  never,   finish,  never,  never,  never,  never},
        /* early                */ {never,   fail,     fail,   never,   fail,    never,   never,  never,  never,  never},
        /* greeted              */ {open,    refuse,   refuse, refuse,  refuse,  refuse,  refuse, refuse, refuse, refuse},
        /* challenged           */ {never,   prompt,   never,  prompt,  never,   never,   never,  never,  never,  never},
        /* user_ok              */ {never,   name,     name,   never,   never,   never,   never,  never,  never,  never},
        /* user_err             */ {never,   answer,   open,   never,   never,   never,   never,  never,  never,  never},
        /* login_ok             */ {never,   admit,    admit,  admit,   never,   never,   never,  never,  never,  never},
        /* login_err            */ {never,   answer,   open,   open,    never,   never,   never,  never,  never,  never},
        /* stls_ok              */ {never,   agree,    never,  never,   never,   never,   never,  never,  never,  never},
        /* stls_err             */ {never,   answer,   never,  never,   never,   never,   never,  never,  never,  never},
        /* other_ok             */ {never,   answer,   never,  never,   never,   answer,  never,  never,  never,  never},
        /* other_err            */ {never,   answer,   never,  never,   never,   answer,  never,  never,  never,  never},
        /* quit_ok              */ {never,   finish,   finish, never,   never,   never,   finish, never,  never,  never},
        /* quit_err             */ {never,   finish,   finish, never,   never,   never,   finish, never,  never,  never},
        /* tls_started          */ {refuse,  refuse,   refuse, refuse,  restart, refuse,  refuse, refuse, refuse, refuse},
        /* end                  */ {close,   close,    close,  close,   close,   close,   close,  stay,   stay,   stay},
        /* cut                  */ {never,   fail,     fail,   fail,    never,   fail,    never,  never,  never,  never},
        /* late                 */ {never,   fail,     fail,   fail,    fail,    fail,    never,  never,  never,  never},
    };
    // clang-format on
};
static_assert(mailwire::detail::is_total(server_cells::table));

} // namespace detail

constexpr server_action action_of(server_state state, server_input input) {
    return detail::server_cells::table[static_cast<std::size_t>(input)][static_cast<std::size_t>(state)];
}

// Where an action leads.
constexpr server_state next_state(server_state state, server_action action) {
    switch (action) {
    case server_action::unname:
    case server_action::lapse:
    case server_action::open:
    case server_action::restart:
        return server_state::authorization;
    case server_action::update:
        return server_state::update;
    case server_action::name:
        return server_state::named;
    case server_action::prompt:
        return server_state::exchange;
    case server_action::agree:
        return server_state::tls;
    case server_action::admit:
        return server_state::transaction;
    case server_action::finish:
        return server_state::ended;
    case server_action::close:
        return server_state::closed;
    case server_action::fail:
        return server_state::failed;
    case server_action::missing:
    case server_action::give:
    case server_action::deny:
    case server_action::refuse:
    case server_action::answer:
    case server_action::stay:
    case server_action::never:
        return state;
    }
    return state;
}

// The line that carries a command with this role.
constexpr server_input received(command_role role) {
    switch (role) {
    case command_role::user:
        return server_input::user_command;
    case command_role::pass:
        return server_input::pass_command;
    case command_role::apop:
        return server_input::apop_command;
    case command_role::auth:
        return server_input::auth_command;
    case command_role::stls:
        return server_input::stls_command;
    case command_role::utf8:
    case command_role::before_login:
        return server_input::before_login_command;
    case command_role::anywhere:
        return server_input::anywhere_command;
    case command_role::work:
        return server_input::work_command;
    case command_role::quit:
        return server_input::quit_command;
    }
    return server_input::unknown;
}

// The answer to a command with this role.
constexpr server_input answering(command_role role, bool ok) {
    switch (role) {
    case command_role::user:
        return ok ? server_input::user_ok : server_input::user_err;
    case command_role::pass:
    case command_role::apop:
    case command_role::auth:
        return ok ? server_input::login_ok : server_input::login_err;
    case command_role::stls:
        return ok ? server_input::stls_ok : server_input::stls_err;
    case command_role::utf8:
    case command_role::before_login:
    case command_role::anywhere:
    case command_role::work:
        return ok ? server_input::other_ok : server_input::other_err;
    case command_role::quit:
        return ok ? server_input::quit_ok : server_input::quit_err;
    }
    return server_input::other_ok;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/denial.hpp
namespace mailwire::pop3 {

// The -ERR lines that a server session sends on its own account. None of them has an octet of what the client sent.
enum class denial : std::uint8_t {
    unknown,
    out_of_place,
    needs_tls,
    syntax,
    no_base64,
    too_long,
    bare_line_feed,
    too_many,
};

constexpr std::string_view line_of(denial why) {
    switch (why) {
    case denial::unknown:
        return "-ERR unknown command\r\n";
    case denial::out_of_place:
        return "-ERR command not valid in this state\r\n";
    case denial::needs_tls:
        return "-ERR TLS has to come first\r\n";
    case denial::syntax:
        return "-ERR syntax error\r\n";
    case denial::no_base64:
        return "-ERR this is no base64\r\n";
    case denial::too_long:
        return "-ERR line too long\r\n";
    case denial::bare_line_feed:
        return "-ERR line feed without carriage return\r\n";
    case denial::too_many:
        return "-ERR too many bad commands\r\n";
    }
    return "-ERR\r\n";
}

inline constexpr std::size_t longest_denial = line_of(denial::bare_line_feed).size();

// How a command that the table has no place for is answered.
constexpr denial denial_of(server_input command) {
    if (command == server_input::unknown) return denial::unknown;
    return command == server_input::needs_tls ? denial::needs_tls : denial::out_of_place;
}

// How a line that is refused with this fault is answered.
constexpr denial denial_of(errc fault, bool in_exchange) {
    if (fault == errc::unit_too_long) return denial::too_long;
    if (fault == errc::bare_line_feed) return denial::bare_line_feed;
    return in_exchange ? denial::no_base64 : denial::syntax;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/server_event.hpp
namespace mailwire::pop3 {

enum class server_event_kind : std::uint8_t {
    need_input,  // receive: nothing to tell before that
    need_output, // send what output() has: the session has answered a command itself, or finds no room to do so
    need_answer, // greet, or finish the answer to the last command: nothing is read before that
    command,     // the client asks for something
    response,    // the client answers a challenge: step(), challenge(), ok() or err()
    cancelled,   // the client ends the exchange: err()
    start_tls,   // send what output() has, do the handshake, then call tls_started()
    error,       // the client sent a line that is no command; the session has answered it
    closed,      // send what output() has, then close
};

// What a server session has to tell. A kind, and the view that belongs to it.
struct server_event {
    server_event_kind kind = server_event_kind::need_input;

    // Of command: one the profile knows, in a state that allows it.
    item<slot::command> command = {};

    // Of response: its octets, decoded. Valid until it is answered. They may be a password.
    std::string_view response = {};

    // The deviations from the RFCs that were tolerated in this, bits of namespace quirks.
    std::uint32_t quirks = 0;

    // Of error: what, and at which octet of the line; never the octets themselves, which may be a password.
    mailwire::error error = {};
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/server_options.hpp
namespace mailwire::pop3 {

// Storage a server works in, lent by the caller for the server's life.
struct server_buffers {
    std::span<char> in;  // received octets; no command and no SASL response is longer than this
    std::span<char> out; // octets to send; at least longest_response_line
};

// Storage of the usual sizes, for those who do not want to choose. An OAuth token needs an In of a third more than its
// octets.
template <std::size_t In = 4096, std::size_t Out = 16384> struct server_storage {
    static_assert(Out >= longest_response_line, "a response line has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;

    server_buffers buffers() { return {in, out}; }
};

struct server_options {
    pop3::limits limits = {};
    line_feeds feeds = line_feeds::as_they_are; // in the messages that are sent
    bool secure = false;                        // the connection is encrypted from its start

    // Whether logins are refused before TLS. What a client has sent in the clear is lost even if it is refused: it is the
    // client that has to insist.
    tls_policy tls = tls_policy::optional;

    bool utf8_user = false;   // names and passwords may be in UTF-8: the capabilities have UTF8 USER
    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

} // namespace mailwire::pop3

// ---- mailwire/pop3/session/server.hpp
namespace mailwire::pop3 {

// The server's half of a session (RFC 1939, RFC 2449, RFC 2595, RFC 5034, RFC 6856). No socket, no
// clock, no maildrop: octets are moved by the caller, commands are answered by it. A command that is malformed, unknown, or
// out of place is answered here. Commands are read one at a time: those that a client sends ahead (PIPELINING) wait in the
// buffer.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
//
// An answer is one of
//   ok(text), err(text), err(code, text)
//   send(drop_listing), send(scan_listing), send(unique_id)    to STAT, to LIST msg, to UIDL msg
//   send(language)                                             to LANG with an argument
//   step(mechanism), or challenge(octets)                      to AUTH and to a response, until ok() or err()
//   ok(text), then send() for each line or body() for the octets of the message, then end_of_lines()
// and each of these calls returns no_room, and has done nothing, when output() has to be sent first.
//
// Messages are removed only when QUIT comes in TRANSACTION (state() is then update), before it is answered: a session
// that ends in any other way removes nothing (RFC 1939 6).
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(server_buffers buffers, const server_options& options = {})
        : inbox_(buffers.in), answer_(buffers.out, options.feeds),
          reader_(std::min<std::size_t>(options.limits.command_line, buffers.in.size()),
                  std::min<std::size_t>(options.limits.sasl_line, buffers.in.size()),
                  {.utf8 = options.utf8_user, .quirks = options.quirks}),
          login_seconds_(options.limits.login_seconds), idle_seconds_(options.limits.idle_seconds),
          most_bad_before_login_(options.limits.bad_commands_before_login), most_bad_(options.limits.bad_commands),
          tls_(options.tls), secure_(options.secure) {}

    // Room for received octets, never empty after need_input. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) { inbox_.commit(octets); }
    // The client closed the connection, or its half of it. Commands that were received before are still read.
    void closed() { peer_closed_ = true; }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, and there is
    // nothing to do but to close; no message is removed (RFC 1939 3). `never` where nothing is waited for, and before the
    // first at().
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        if (state_ == server_state::transaction) return silence_.due(idle_seconds_);
        return is_before_login() ? silence_.due(login_seconds_) : never;
    }

    // The next event. Its view is valid until the next call of next or prepare.
    server_event next() {
        if (state_ == server_state::failed) return {.kind = server_event_kind::error, .error = fatal_};
        if (state_ == server_state::ended || state_ == server_state::closed) return {.kind = server_event_kind::closed};
        if (state_ == server_state::greeting)
            return peer_closed_ ? rest() : server_event{.kind = server_event_kind::need_answer};
        const bool late = silence_.is_past(deadline());
        if (late && (is_before_login() || !answer_.out().empty()))
            return fail(server_input::late, {errc::timed_out, 0, 0, 0});
        if (!answer_.is_complete()) return {.kind = server_event_kind::need_answer};
        release();
        if (state_ == server_state::tls) return await_tls();
        for (;;) {
            if (!answer_.out().has_room(longest_denial)) return {.kind = server_event_kind::need_output};
            const command_step step = reader_.next(inbox_.view());
            if (step.part != command_part::none) return event_of(step);
            if (step.used == 0) return late ? fail(server_input::late, {errc::timed_out, 0, 0, 0}) : rest();
            inbox_.consume(step.used);
        }
    }

    // Octets to send now; empty: none. Valid until the next call that is not const.
    std::string_view output() const { return answer_.out().output(); }
    void sent(std::size_t octets) {
        const bool something = octets != 0 && !answer_.out().empty();
        answer_.out().sent(octets);
        if (something && state_ == server_state::transaction) silence_.restart();
    }

    // The first line of the session: greet({.text = "POP3 server ready"}). With a timestamp, APOP is offered.
    // Errors: wrong_state, bad_value, no_room. RFC 1939 4 and 7.
    misuse greet(const greeting& first_line = {}) {
        const server_action action = action_of(state_, server_input::greeted);
        if (action == server_action::refuse) return misuse::wrong_state;
        const misuse m = answer_.put([&](line_outbox& out) { return write_greeting(out, first_line); });
        if (m != misuse::none) return m;
        apop_offered_ = !first_line.timestamp.empty();
        silence_.restart();
        go(action);
        return misuse::none;
    }

    // The answer +OK, or its first line where more are due. The answers to STAT, LIST msg and UIDL msg are sent as their
    // values instead. A text does not begin with "[".
    // Errors: wrong_state (nothing of the kind is due; to AUTH, before the mechanism is complete), bad_value (the text is no
    // line), no_room.
    misuse ok(std::string_view text = {}) {
        const answer_form form = answer_.form();
        const bool fits = is_multi_line(form) || form == answer_form::text || (form == answer_form::sasl && proved_);
        return answer_.is_due() && fits ? reply_with({.ok = true, .text = text}) : misuse::wrong_state;
    }

    // The answer -ERR. A code may only be sent where the capabilities list RESP-CODES (RFC 2449 6.4).
    // Errors: as for ok.
    misuse err(std::string_view text = {}) { return err({}, text); }
    misuse err(response_code code, std::string_view text) {
        return answer_.is_due() ? reply_with({.ok = false, .code = code, .text = text}) : misuse::wrong_state;
    }

    // The answer to STAT: drop_listing. To LIST msg and UIDL msg, or after ok() a line of LIST and UIDL: scan_listing,
    // unique_id. To LANG with an argument: language. After ok(), a line of LANG: language_listing; of AUTH without a
    // mechanism: mechanism_listing; of CAPA: what namespace capability has, or an item of it.
    // Errors: wrong_state (this is not what was asked for), bad_value, no_room.
    misuse send(const drop_listing& value) {
        return answer_.is_due(value.form) ? reply_with({.drop = value}) : misuse::wrong_state;
    }
    misuse send(const scan_listing& value) {
        if (answer_.is_due(value.form)) return reply_with({.scan = value});
        return answer_.line(value.listed_in, value);
    }
    misuse send(const unique_id& value) {
        if (answer_.is_due(value.form)) return reply_with({.unique = value});
        return answer_.line(value.listed_in, value);
    }
    misuse send(const language& value) {
        return answer_.is_due(value.form) ? reply_with({.language = value}) : misuse::wrong_state;
    }
    misuse send(const language_listing& value) { return answer_.line(value.listed_in, value); }
    misuse send(const mechanism_listing& value) { return answer_.line(value.listed_in, value); }
    template <alternative Capability> misuse send(const Capability& value) {
        static_assert(std::is_same_v<typename Capability::word::slot, slot::capability>, "this is no capability");
        return answer_.line(answer_form::capabilities, value);
    }
    misuse send(const item<slot::capability>& value) { return answer_.line(answer_form::capabilities, value); }

    // Gives a mechanism what the client has sent with AUTH or as a response. Ends the views of the event.
    //   more    a challenge goes out; the client's answer comes as an event
    //   done    the client is who it says: answer ok() or err()
    //   failed  answer err(code::auth, ...); for the fault no_room send what output() has, then call again
    // RFC 5034 4.
    template <sasl::server_mechanism M> sasl::step step(M& mechanism) {
        if (!owes_challenge()) return sasl::failure(sasl::fault::unexpected_message);
        const std::optional<std::string_view> sent = message_.decode(inbox_);
        const std::span<char> room = answer_.room_for_challenge();
        const bool first = state_ != server_state::exchange;
        const sasl::step s = room.empty() ? sasl::no_room(1)
                             : first      ? sasl::begin(mechanism, sent, room)
                                          : mechanism.step(*sent, room);
        proved_ = mechanism.complete();
        if (s.status == sasl::status::more) {
            put_challenge(s.size);
        } else {
            answer_.abandon_challenge();
        }
        return s;
    }

    // A challenge of the program, which then knows itself when the client has proved who it is.
    // Errors: wrong_state (no exchange is under way), no_room (for good, where there is nothing to send).
    misuse challenge(std::string_view octets) {
        if (!owes_challenge()) return misuse::wrong_state;
        const std::span<char> room = answer_.room_for_challenge();
        if (room.empty() || octets.size() > room.size()) {
            answer_.abandon_challenge();
            return misuse::no_room;
        }
        std::copy(octets.begin(), octets.end(), room.begin());
        put_challenge(octets.size());
        return misuse::none;
    }

    // The handshake that start_tls asked for is done. Errors: wrong_state (no handshake is due; or octets have come in
    // between, which could be anybody's: next() then gives the error input_before_tls). RFC 2595 4.
    misuse tls_started() {
        const server_action action = action_of(state_, server_input::tls_started);
        if (action == server_action::refuse) return misuse::wrong_state;
        release();
        if (!inbox_.empty()) return misuse::wrong_state;
        secure_ = true;
        utf8_texts_ = false;
        go(action);
        return misuse::none;
    }

    // Octets of the message that RETR or TOP asks for, after ok(). Returns how many were taken: fewer than all, and
    // perhaps none, where output() has to be sent first. None are taken where no message is due.
    std::size_t body(std::string_view octets) { return answer_.body(octets); }

    // The line with the dot: the answer is complete. A message that does not end with CRLF gets one.
    // Errors: wrong_state, no_room.
    misuse end_of_lines() { return answer_.end_of_lines(); }

    server_state state() const { return state_; }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return secure_; }
    // Whether the client has asked for messages and texts in UTF-8 (RFC 6856 2.1).
    bool utf8() const { return utf8_; }

private:
    bool is_before_login() const {
        return state_ == server_state::authorization || state_ == server_state::named ||
               state_ == server_state::exchange || state_ == server_state::tls;
    }

    void go(server_action action) {
        state_ = next_state(state_, action);
        reader_.set_exchange(state_ == server_state::exchange);
    }

    // What belongs to a login stays until it is answered, and is then wiped.
    void release() {
        if (answer_.is_due(answer_form::sasl)) return;
        inbox_.consume(used_);
        used_ = 0;
        if (secret_) inbox_.for_each_stale([](std::span<char> octets) { sasl::wipe(octets); });
        secret_ = false;
    }

    server_event fail(server_input input, const error& why) {
        go(action_of(state_, input));
        answer_.owe_nothing();
        fatal_ = why;
        return {.kind = server_event_kind::error, .error = fatal_};
    }

    // Nothing more can be read now.
    server_event rest() {
        if (!peer_closed_) return {};
        const bool inside = !inbox_.empty() || reader_.refusing();
        if (inside && state_ != server_state::greeting)
            return fail(server_input::cut, {errc::truncated, inbox_.size(), 0, 0});
        go(action_of(state_, server_input::end));
        return {.kind = server_event_kind::closed};
    }

    // Between the agreement and the handshake nothing may come.
    server_event await_tls() {
        if (!inbox_.empty()) return fail(server_input::early, {errc::input_before_tls, 0, 0, 0});
        return peer_closed_ ? rest() : server_event{.kind = server_event_kind::start_tls};
    }

    server_event event_of(const command_step& step) {
        if (step.part == command_part::fault) return malformed(step);
        const bool in_exchange = step.part == command_part::response || step.part == command_part::cancel;
        return in_exchange ? respond(step) : command(step);
    }

    server_event malformed(const command_step& step) {
        const bool in_exchange = state_ == server_state::exchange;
        deny(denial_of(step.fault.code, in_exchange),
             in_exchange ? server_input::bad_response : server_input::malformed);
        inbox_.consume(step.used);
        return {.kind = server_event_kind::error, .error = step.fault};
    }

    // Hands a line of an exchange on, decoded where it is.
    server_event respond(const command_step& step) {
        const bool cancelled = step.part == command_part::cancel;
        go(action_of(state_, cancelled ? server_input::sasl_cancel : server_input::sasl_response));
        answer_.owe(answer_form::sasl);
        take(step);
        proved_ = !cancelled;
        secret_ = true;
        if (cancelled) {
            message_.set_cancelled();
            return {.kind = server_event_kind::cancelled, .quirks = step.quirks};
        }
        message_.set(inbox_.view(), step.base64);
        return {.kind = server_event_kind::response, .response = *message_.decode(inbox_), .quirks = step.quirks};
    }

    // Hands a command on, or answers it and has that sent.
    server_event command(const command_step& step) {
        const server_input input = judged(step);
        const server_action action = action_of(state_, input);
        if (action == server_action::deny || action == server_action::lapse) {
            deny(denial_of(input), input);
            inbox_.consume(step.used);
            return {.kind = server_event_kind::need_output};
        }
        if (input == server_input::stls_command && inbox_.size() != step.used) {
            return fail(server_input::early, {errc::input_before_tls, step.used, 0, 0});
        }
        go(action);
        role_ = step.role;
        answer_.owe(step.form);
        take(step);
        proved_ = true;
        secret_ = role_ == command_role::pass || role_ == command_role::auth;
        message_.set_none();
        if (!step.base64.empty()) message_.set(inbox_.view(), step.base64);
        return {.kind = server_event_kind::command, .command = step.command, .quirks = step.quirks};
    }

    // What a command is to the table.
    server_input judged(const command_step& step) const {
        using enum command_role;
        const command_role role = step.role;
        const bool login = role == user || role == pass || role == apop || role == auth;
        if (step.part == command_part::unknown || (role == apop && !apop_offered_)) return server_input::unknown;
        if (role == stls && (secure_ || utf8_)) return server_input::unwelcome;
        if (login && tls_ == tls_policy::required && !secure_) return server_input::needs_tls;
        return received(role);
    }

    void take(const command_step& step) {
        bad_ = 0;
        used_ = step.used;
        if (state_ == server_state::transaction) silence_.restart();
    }

    bool owes_challenge() const { return answer_.is_due(answer_form::sasl) && !message_.is_cancelled(); }

    void put_challenge(std::size_t octets) {
        answer_.put_challenge(octets);
        go(action_of(state_, server_input::challenged));
    }

    void deny(denial why, server_input input) {
        const bool logged_in = state_ == server_state::transaction;
        const bool too_many = ++bad_ > (logged_in ? most_bad_ : most_bad_before_login_);
        secret_ = true; // it may have been a password with something wrong about it
        answer_.out().put_unit(line_of(too_many ? denial::too_many : why));
        go(action_of(state_, too_many ? server_input::too_many : input));
    }

    misuse reply_with(const reply& line) {
        const server_action action = action_of(state_, answering(role_, line.ok));
        const bool as_utf8 = utf8_texts_ || (line.ok && answer_.form() == answer_form::language);
        if (const misuse m = answer_.reply(line, as_utf8); m != misuse::none) return m;
        if (line.ok && role_ == command_role::utf8) utf8_ = true;
        utf8_texts_ = as_utf8 || utf8_;
        go(action);
        if (state_ == server_state::transaction) silence_.restart();
        if (action == server_action::admit) bad_ = 0;
        return misuse::none;
    }

    inbox inbox_;
    answer_writer answer_;
    command_reader<Profile> reader_;
    error fatal_;
    idle_timer silence_;   // in TRANSACTION since the client last did something, before that since the greeting
    std::size_t used_ = 0; // octets of the last line
    client_message message_;
    std::uint32_t login_seconds_;
    std::uint32_t idle_seconds_;
    std::uint16_t most_bad_before_login_;
    std::uint16_t most_bad_;
    std::uint16_t bad_ = 0; // in a row
    tls_policy tls_;
    server_state state_ = server_state::greeting;
    command_role role_ = command_role::work;
    bool apop_offered_ = false;
    bool utf8_ = false;       // UTF8 was agreed on
    bool utf8_texts_ = false; // by UTF8 or LANG
    bool proved_ = true;      // an ok() to AUTH can be meant
    bool secret_ = false;     // the last line is to be wiped
    bool secure_;
    bool peer_closed_ = false;
};

using server = basic_server<>;

} // namespace mailwire::pop3

// ---- mailwire/pop3/server.hpp
// All a POP3 server needs.

// ---- mailwire/pop3/grammar/url.hpp
// RFC 2384 8: a mailbox as a URL. The parts of it that come from RFC 1738 5 stand before those that use them.
namespace mailwire::pop3::grammar::url {

using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// RFC 1738 5:
//   unreserved = alpha / digit / safe / extra
//   safe       = "$" / "-" / "_" / "." / "+"
//   extra      = "!" / "*" / "'" / "(" / ")" / ","
inline constexpr char_class unreserved = alpha | digit | octets("$-_.+") | octets("!*'(),");

// escape = "%" hex hex
inline constexpr char_class hex = digit | octet_range('A', 'F') | octet_range('a', 'f');
struct escape : seq<ch<'%'>, exactly_of<hex, 2>> {};

// domainlabel = alphadigit / alphadigit *(alphadigit / "-") alphadigit
inline constexpr char_class alphadigit = alpha | digit;
struct domainlabel : seq<run_of<alphadigit>, star<run_of<octets("-")>, run_of<alphadigit>>> {};

// toplabel = alpha / alpha *(alphadigit / "-") alphadigit
struct toplabel : seq<mailwire::at<one_of<alpha>>, domainlabel> {};

// hostname = *(domainlabel ".") toplabel
struct hostname : seq<star<domainlabel, ch<'.'>>, toplabel> {};

// hostnumber = digits "." digits "." digits "." digits
struct digits : number_up_to<255> {};
struct hostnumber : seq<digits, ch<'.'>, digits, ch<'.'>, digits, ch<'.'>, digits> {};

// RFC 3986 3.2.2, which updates RFC 1738; an address is not judged further.
//   IP-literal = "[" 1*(HEXDIG / ":" / ".") "]"
struct ip_literal : seq<ch<'['>, run_of<hex | octets(":.")>, ch<']'>> {};

// host = hostname / hostnumber
struct host : sor<hostname, hostnumber, ip_literal> {};

// port = digits ; of RFC 1738. There is no port 0.
struct port : number_up_to<65535, octet_range('1', '9')> {};

// hostport = host [":" port]
struct hostport : seq<tok<token_kind::raw, host>,
                      sor<seq<ch<':'>, run_of<octets("0"), 0>, tok<token_kind::number, port>>, absent_tok>> {};

// achar = uchar / "&" / "=" / "~"
// uchar = unreserved / escape
inline constexpr char_class plain_achar = unreserved | octets("&=~");
struct achars : plus<sor<run_of<plain_achar>, escape>> {};

// enc-user = 1*achar
struct enc_user : achars {};

// enc-sasl = 1*achar
struct enc_sasl : achars {};

// enc-ext = "+" ("APOP" / 1*achar)
struct enc_ext : seq<ch<'+'>, achars> {};

// enc-auth-type = enc-sasl / enc-ext
// PEG: what begins with "+" would be taken for the former, of which it is a part.
struct enc_auth_type : sor<enc_ext, enc_sasl> {};

// auth = ";AUTH=" ("*" / enc-auth-type)
// "*" is an achar.
struct auth : seq<kw<";AUTH=">, tok<token_kind::raw, enc_auth_type>> {};

// user-auth = enc-user [auth]
struct user_auth : seq<tok<token_kind::raw, enc_user>, maybe<auth>> {};

// server = [user-auth "@"] hostport
struct server : seq<sor<seq<user_auth, ch<'@'>>, seq<absent_tok, absent_tok>>, hostport> {};

// pop-url = "pop://" server
struct pop_url : seq<kw<"pop://">, server> {};

} // namespace mailwire::pop3::grammar::url

// ---- mailwire/pop3/url.hpp
namespace mailwire::pop3 {

// A part of a URL: octets of the program, or the spelling of a URL with its %XX. Not owned.
class url_text {
public:
    constexpr url_text() = default;
    constexpr url_text(std::string_view octets) : spelled_(octets) {}
    template <typename String>
    requires std::convertible_to<const String&, std::string_view>
    constexpr url_text(const String& octets) : spelled_(octets) {}

    // A part as it stands in a URL. A "%" without two hexadecimal digits behind it stands for itself.
    static constexpr url_text encoded(std::string_view spelling) {
        url_text result(spelling);
        result.encoded_ = true;
        return result;
    }

    constexpr bool empty() const { return spelled_.empty(); }
    constexpr std::string_view spelled() const { return spelled_; }

    // Calls `visit(char)` for each octet the part stands for.
    template <typename Visit> constexpr void for_each(Visit&& visit) const {
        for (std::size_t i = 0; i != spelled_.size();)
            visit(next_octet(i));
    }

    // The octets the part stands for, written to `room`; none when that is too small. `spelled().size()` octets always
    // suffice. Any octet may come out, NUL and line ends too: what becomes of it is judged where it is used.
    constexpr std::optional<std::string_view> decode(std::span<char> room) const {
        std::size_t n = 0;
        for (std::size_t i = 0; i != spelled_.size();) {
            if (n == room.size()) return std::nullopt;
            room[n++] = next_octet(i);
        }
        return std::string_view(room.data(), n);
    }

    // Whether it stands for this word, in any case.
    constexpr bool equal_ignoring_case(std::string_view word) const {
        std::size_t i = 0;
        for (const char c : word) {
            if (i == spelled_.size() || to_upper(next_octet(i)) != to_upper(c)) return false;
        }
        return i == spelled_.size();
    }

    // True when both stand for the same octets.
    friend constexpr bool operator==(const url_text& a, const url_text& b) {
        std::size_t i = 0;
        std::size_t k = 0;
        while (i != a.spelled_.size() && k != b.spelled_.size()) {
            if (a.next_octet(i) != b.next_octet(k)) return false;
        }
        return i == a.spelled_.size() && k == b.spelled_.size();
    }

private:
    static constexpr int value_of(char digit) {
        const std::string_view all = "0123456789ABCDEF";
        const std::size_t at = all.find(to_upper(digit));
        return at == std::string_view::npos ? -1 : static_cast<int>(at);
    }

    // The octet at `i`, which is moved behind it.
    constexpr char next_octet(std::size_t& i) const {
        const char c = spelled_[i++];
        if (!encoded_ || c != '%' || spelled_.size() - i < 2) return c;
        const int high = value_of(spelled_[i]);
        const int low = value_of(spelled_[i + 1]);
        if (high < 0 || low < 0) return c;
        i += 2;
        return static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    }

    std::string_view spelled_ = {};
    bool encoded_ = false;
};

// A maildrop as a URL names it (RFC 2384). There is no place for a password in it, and no relative form.
struct url {
    static constexpr std::uint16_t default_port = 110;

    url_text user = {};         // empty: to be asked for
    url_text auth = {};         // a SASL mechanism, "*" any, "+APOP" or "+" and an extension; empty: not said
    std::string_view host = {}; // a name, an IPv4 address, or an IPv6 address in brackets
    std::uint16_t port = 0;     // 0: not said

    constexpr std::uint16_t port_to_use() const { return port == 0 ? default_port : port; }

    // Whether the client chooses the mechanism (RFC 2384 4); also where none is named.
    constexpr bool any_mechanism() const { return auth.empty() || auth == url_text("*"); }
    constexpr bool apop() const { return auth.equal_ignoring_case("+APOP"); }

    static url read(cursor& c) {
        url result;
        if (!c.skip_absent()) result.user = url_text::encoded(c.raw());
        if (!c.skip_absent()) result.auth = url_text::encoded(c.raw());
        result.host = c.raw();
        if (!c.skip_absent()) result.port = static_cast<std::uint16_t>(c.number32());
        return result;
    }
    friend constexpr bool operator==(const url&, const url&) = default;
};

// Parses a URL, all of the text. The views of the result point into it.
// Errors: syntax, number_too_big, with the offset in the text. RFC 2384 8, pop-url.
inline parsed<url> parse_url(std::string_view text) {
    std::array<token, 4> tape;
    input in(text, tape, {.from = side::client, .utf8 = false});
    parsed<url> result;
    if (!run<pegtl::seq<grammar::url::pop_url, at_end>>(in)) {
        result.error = in.fault();
    } else {
        cursor c(text, in.tape().tokens());
        result.value = url::read(c);
    }
    return result;
}

namespace detail {

// Writes what the part stands for, with %XX where an octet is none that a URL may have there.
template <sink Sink> void write_encoded(Sink& out, const url_text& part) {
    part.for_each([&out](char c) {
        if (grammar::url::plain_achar(c)) return out.put({&c, 1});
        const std::string_view digits = "0123456789ABCDEF";
        const auto octet = static_cast<unsigned char>(c);
        const char escape[] = {'%', digits[octet >> 4U], digits[octet & 15U]};
        out.put({escape, sizeof escape});
    });
}

} // namespace detail

// Writes a URL. Answers bad_value, with nothing written, for a host that is none and for a mechanism without a user.
// Whether the sink had room is `ok()` of the sink.
template <sink Sink> misuse write_url(Sink& out, const url& value) {
    input host(value.host, {}, {.from = side::client, .utf8 = false});
    if (!run<pegtl::seq<grammar::url::host, at_end>, apply_mode::nothing>(host)) return misuse::bad_value;
    if (value.user.empty() && !value.auth.empty()) return misuse::bad_value;
    out.put("pop://");
    if (!value.user.empty()) {
        detail::write_encoded(out, value.user);
        if (!value.auth.empty()) {
            out.put(";AUTH=");
            detail::write_encoded(out, value.auth);
        }
        out.put("@");
    }
    out.put(value.host);
    if (value.port != 0) {
        char digits[6] = {':'};
        std::size_t size = 1;
        for (std::uint32_t unit = 10000; unit != 0; unit /= 10) {
            if (value.port >= unit) digits[size++] = static_cast<char>('0' + value.port / unit % 10);
        }
        out.put({digits, size});
    }
    return misuse::none;
}

} // namespace mailwire::pop3

// ---- mailwire/pop3.hpp
// POP3, both roles: RFC 1939 and what extends it.

// ---- mailwire/sasl/memory.hpp
namespace mailwire::sasl {

// Memory of the caller in which a mechanism keeps what it has to remember from one message to the next. Passwords and
// keys are never kept there. Nothing is given back before the exchange ends.
class memory {
public:
    explicit memory(std::span<char> lent) : lent_(lent) {}

    // What is left. Write there, then `take` so many octets.
    std::span<char> rest() const { return lent_.subspan(used_); }

    // Requires no more octets than are left. Returns them; valid as long as the lent memory.
    std::string_view take(std::size_t octets) {
        const std::string_view taken(lent_.data() + used_, octets);
        used_ += octets;
        return taken;
    }

    // Copies a text. False when there is no room; then nothing has changed.
    bool keep(std::string_view text, std::string_view& kept) {
        if (text.size() > lent_.size() - used_) return false;
        if (!text.empty()) std::memcpy(lent_.data() + used_, text.data(), text.size());
        kept = take(text.size());
        return true;
    }

private:
    std::span<char> lent_;
    std::size_t used_ = 0;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/reader.hpp
namespace mailwire::sasl {

// The first octet from which on a text is no UTF-8, or its size.
inline std::size_t utf8_until(std::string_view text) {
    const char* end = text.data() + text.size();
    return text.size() - static_cast<std::size_t>(end - find_invalid_utf8(text.data(), end));
}

// A name or a password: no control characters (SASLprep prohibits them, RFC 4013 2.3). `start` is added to the offset.
inline finding check_controls(std::string_view text, std::size_t start = 0) {
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (ctl(text[i])) return {fault::control_character, start + i};
    }
    return {};
}

// The same, and UTF-8. The fault is the one further to the left.
inline finding check_text(std::string_view text, std::size_t start = 0) {
    const std::size_t good = utf8_until(text);
    if (const finding found = check_controls(head_of(text, good), start)) return found;
    return good == text.size() ? finding{} : finding{fault::bad_encoding, start + good};
}

// Goes through a message from left to right. The first fault stays: afterwards nothing is taken any more, so that a
// sequence of calls needs one look at the end.
class reader {
public:
    explicit reader(std::string_view message) : text_(message) {}

    std::size_t offset() const { return at_; }
    std::string_view rest() const { return tail_of(text_, at_); }
    bool at_end() const { return at_ == text_.size(); }
    bool ok() const { return !found_; }
    const finding& found() const { return found_; }

    void fail(const finding& found) {
        if (ok()) found_ = found;
    }
    void fail(fault f) { fail({f, at_}); }

    // Whether this octet is next.
    bool sees(char c) const { return ok() && !at_end() && text_[at_] == c; }

    // Passes over the octet if it is next.
    bool take(char c) {
        if (!sees(c)) return false;
        ++at_;
        return true;
    }

    // The octet has to be next.
    bool expect(char c) {
        if (take(c)) return true;
        fail(fault::bad_syntax);
        return false;
    }

    // The word has to be next, in this case.
    void expect(std::string_view word) {
        for (const char c : word) {
            if (!expect(c)) return;
        }
    }

    // The word has to be next, in any case.
    void expect_in_any_case(std::string_view word) {
        for (const char c : word) {
            if (!ok() || at_end() || to_upper(text_[at_]) != to_upper(c)) return fail(fault::bad_syntax);
            ++at_;
        }
    }

    // As many octets of a class as there are, at least one.
    std::string_view some(const char_class& set) {
        const std::string_view taken = any(set);
        if (taken.empty()) fail(fault::bad_syntax);
        return taken;
    }

    // As many octets of a class as there are.
    std::string_view any(const char_class& set) {
        if (!ok()) return {};
        const std::size_t start = at_;
        while (!at_end() && set(text_[at_]))
            ++at_;
        return head_of(tail_of(text_, start), at_ - start);
    }

    void expect_end() {
        if (!at_end()) fail(fault::bad_syntax);
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    finding found_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/anonymous.hpp
// ANONYMOUS, RFC 4505.

namespace mailwire::sasl {

// message = [ email / token ]
// token   = 1*255TCHAR             ;; TCHAR is any UTF-8 encoded character except "@"
// email   = addr-spec
//
// Judges a trace. Control characters are refused (3, the "trace" profile); the profile's other tables are the caller's.
// Of an address it asks that something stands on either side of the last "@": nobody is reached by it.
inline finding check_trace(std::string_view trace) {
    constexpr std::size_t most_characters = 255;
    if (const finding found = check_text(trace)) return found;
    if (const std::size_t at = trace.rfind('@'); at != trace.npos) {
        return at == 0 || at + 1 == trace.size() ? finding{fault::bad_syntax, at} : finding{};
    }
    std::size_t characters = 0;
    for (std::size_t i = 0; i != trace.size(); ++i) {
        const bool continues = (static_cast<unsigned char>(trace[i]) & 0xc0U) == 0x80;
        if (!continues && ++characters > most_characters) return {fault::too_long, i};
    }
    return {};
}

class anonymous_client {
public:
    static constexpr std::string_view name() { return "ANONYMOUS"; }
    static constexpr bool client_first = true;

    // An address or a token for the server's log; may be empty. Valid until the exchange has ended.
    explicit anonymous_client(std::string_view trace = {}, const limits& allowed = {})
        : trace_(trace), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        if (trace_.size() > out.size()) return no_room(trace_.size());
        if (const finding found = check_trace(trace_)) return failure(fault::bad_credential, found.offset);
        span_sink to(out);
        to.put(trace_);
        return {status::done, to.size()};
    }

    std::string_view trace_;
    progress progress_;
};

// Whether a stranger may come in.
template <typename S>
concept anonymous_store = requires(S& s, std::string_view trace) {
    { s.admits(trace) } -> std::same_as<bool>;
};

// The lent memory takes the trace, which may have 1020 octets.
template <anonymous_store Store> class anonymous_server {
public:
    static constexpr std::string_view name() { return "ANONYMOUS"; }
    static constexpr bool client_first = true;

    anonymous_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }

    // Always the same: the trace is what a stranger says of itself and names no user.
    std::string_view identity() const { return complete() ? "anonymous" : std::string_view(); }

    // What the client said for the log; valid as long as the lent memory.
    std::string_view trace() const { return trace_; }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (const finding found = check_trace(response)) return failure(found);
        if (!memory_.keep(response, trace_)) return failure(fault::too_long);
        return store_->admits(response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view trace_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/hash.hpp
// The hashes a mechanism computes with. They come from the program: this library has no cryptography of its own but
// HMAC (RFC 2104) and PBKDF2 (RFC 8018 5.2, which RFC 5802 calls Hi) on top of a hash.

namespace mailwire::sasl {

// The parts of a text, hashed as if they stood one behind the other.
using text_parts = std::span<const std::string_view>;

// A hash: the octets of its digest and of the blocks it works in, and which function of the program computes it.
struct md5 {
    static constexpr std::size_t size = 16;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out) -> decltype(hashes.md5(parts, out)) {
        return hashes.md5(parts, out);
    }
};

struct sha_1 {
    static constexpr std::size_t size = 20;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out) -> decltype(hashes.sha1(parts, out)) {
        return hashes.sha1(parts, out);
    }
};

struct sha_256 {
    static constexpr std::size_t size = 32;
    static constexpr std::size_t block = 64;
    static auto digest(auto& hashes, text_parts parts, std::span<char, size> out)
        -> decltype(hashes.sha256(parts, out)) {
        return hashes.sha256(parts, out);
    }
};

// What the program brings for a hash: an object with a function
//     bool md5(sasl::text_parts parts, std::span<char, 16> out)
//     bool sha1(sasl::text_parts parts, std::span<char, 20> out)
//     bool sha256(sasl::text_parts parts, std::span<char, 32> out)
// that writes the digest of the parts. False says that it cannot be computed here (a system may forbid MD5); the exchange
// then ends with crypto_failed. The functions do not throw. `out` overlaps no part.
//
// It may also bring HMAC, which is then used instead of ours; for each hash
//     bool hmac(sasl::sha_256, std::string_view key, sasl::text_parts parts, std::span<char, 32> out)
template <typename C, typename Hash>
concept crypto = requires(C& c, text_parts parts, std::span<char, Hash::size> out) {
    { Hash::digest(c, parts, out) } -> std::same_as<bool>;
};

template <typename C, typename Hash>
concept brings_hmac = requires(C& c, std::string_view key, text_parts parts, std::span<char, Hash::size> out) {
    { c.hmac(Hash{}, key, parts, out) } -> std::same_as<bool>;
};

// A key of HMAC, ready for use. It holds the key as a whole block: a long key is hashed once, here.
template <typename Hash> class hmac_key {
public:
    // False when the hash cannot be computed.
    template <crypto<Hash> C> bool set(C& c, std::string_view key) {
        wipe(block_.span());
        if (key.size() > Hash::block)
            return Hash::digest(c, text_parts(&key, 1), block_.span().template first<Hash::size>());
        for (std::size_t i = 0; i != key.size(); ++i)
            block_[i] = key[i];
        return true;
    }

    // The HMAC of the parts. False when the hash cannot be computed. `out` may be one of the parts.
    template <crypto<Hash> C, std::convertible_to<std::string_view>... Parts>
    bool sign(C& c, std::span<char, Hash::size> out, const Parts&... parts) const {
        if constexpr (brings_hmac<C, Hash>) {
            const std::array<std::string_view, sizeof...(Parts)> all{parts...};
            secret_octets<Hash::size> digest;
            const bool good = c.hmac(Hash{}, block_.view(), text_parts(all), digest.span());
            copy(digest, out);
            return good;
        } else {
            secret_octets<Hash::block> pad;
            secret_octets<Hash::size> digest;
            fill(pad, 0x36);
            const std::array<std::string_view, sizeof...(Parts) + 1> inner{pad.view(), parts...};
            if (!Hash::digest(c, text_parts(inner), digest.span())) return false;
            fill(pad, 0x5c);
            const std::array<std::string_view, 2> outer{pad.view(), digest.view()};
            return Hash::digest(c, text_parts(outer), out);
        }
    }

private:
    void fill(secret_octets<Hash::block>& pad, unsigned char with) const {
        for (std::size_t i = 0; i != Hash::block; ++i)
            pad[i] = static_cast<char>(static_cast<unsigned char>(block_[i]) ^ with);
    }

    static void copy(const secret_octets<Hash::size>& from, std::span<char, Hash::size> to) {
        for (std::size_t i = 0; i != Hash::size; ++i)
            to[i] = from[i];
    }

    secret_octets<Hash::block> block_;
};

// a = a XOR b.
template <std::size_t N> void exclusive_or(std::span<char, N> a, std::string_view b) {
    for (std::size_t i = 0; i != N; ++i)
        a[i] = static_cast<char>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
}

// Hi(str, salt, i) of RFC 5802 2.2: one block of PBKDF2. Takes as long as `iterations` asks for. Requires iterations > 0.
// False when the hash cannot be computed.
template <typename Hash, crypto<Hash> C>
bool hi(C& c, std::string_view password, std::string_view salt, std::uint32_t iterations,
        std::span<char, Hash::size> out) {
    hmac_key<Hash> key;
    secret_octets<Hash::size> u;
    // INT(1), four octets, most significant first.
    constexpr std::string_view first_block("\0\0\0\1", 4);
    if (!key.set(c, password) || !key.sign(c, u.span(), salt, first_block)) return false;
    for (std::size_t i = 0; i != Hash::size; ++i)
        out[i] = u[i];
    for (std::uint32_t round = 1; round != iterations; ++round) {
        if (!key.sign(c, u.span(), u.view())) return false;
        exclusive_or(out, u.view());
    }
    return true;
}

} // namespace mailwire::sasl

// ---- mailwire/sasl/nonce.hpp
namespace mailwire::sasl {

// printable = %x21-2B / %x2D-7E                        RFC 5802 7: printable ASCII except ","
inline constexpr char_class printable = vchar - octets(",");

// A text that is used once: in SCRAM from either side, in CRAM-MD5 from the server. The randomness comes from the caller.
// A nonce that is no good is empty, and the mechanism it is given to fails with bad_nonce.
class nonce {
public:
    // 128 bits cannot be guessed and do not come twice.
    static constexpr std::size_t least_octets = 16;
    static constexpr std::size_t most_octets = 48;

    // Writes random octets as base64. Requires 16 to 48 octets from the system's generator for secrets, fresh for each
    // exchange: who can foresee or repeat a nonce can replay an exchange.
    static nonce from_octets(std::span<const char> random) {
        nonce made;
        if (random.size() < least_octets || random.size() > most_octets) return made;
        made.size_ = base64_encode({random.data(), random.size()}, made.text_);
        return made;
    }

    // A text that is random already, of 1 to 64 printable octets without ",".
    static nonce from_text(std::string_view text) {
        nonce made;
        if (text.size() > made.text_.size()) return made;
        for (const char c : text) {
            if (!printable(c)) return nonce();
            made.text_[made.size_++] = c;
        }
        return made;
    }

    std::string_view view() const { return {text_.data(), size_}; }
    bool empty() const { return size_ == 0; }

private:
    nonce() = default;

    std::array<char, base64_encoded_size(most_octets)> text_{};
    std::size_t size_ = 0;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/store.hpp
// What a client logs in with, and what a server asks the program that knows its users. The calls of a store come from
// inside `step` and are answered at once; views they are given live as long as the call.

namespace mailwire::sasl {

// A name, its password, and whom to act as; empty: as the user itself. LOGIN and CRAM-MD5 cannot act as another.
// The views stay valid until the exchange has ended; the mechanisms keep no copy of a password.
struct credentials {
    std::string_view user;
    std::string_view password;
    std::string_view authorization = {};
};

// Whether this is the user's password. Compare what is derived from passwords with equal_in_constant_time (secret.hpp).
template <typename S>
concept password_store = requires(S& s, std::string_view user, std::string_view password) {
    { s.check(user, password) } -> std::same_as<bool>;
};

// Whether this user, whose secret was right, may act as that one. Asked only when the client names another than itself.
template <typename S>
concept authorizing_store = requires(S& s, std::string_view user, std::string_view authorization) {
    { s.allows(user, authorization) } -> std::same_as<bool>;
};

// The password of a user as it is, or none. CRAM-MD5 needs it; the view stays valid until `step` has returned.
template <typename S>
concept plaintext_store = requires(S& s, std::string_view user) {
    { s.password(user) } -> std::same_as<std::optional<std::string_view>>;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/cram_md5.hpp
// CRAM-MD5, RFC 2195. The password stays off the wire, but who listens can try guesses against what is on it, and the
// server has to know the password as it is: SCRAM is better in both.

namespace mailwire::sasl {

// HMAC-MD5 of a challenge as 32 lower-case digits. The 16 octets may be any, NUL as well. False when there is no MD5.
template <crypto<md5> Crypto>
bool cram_digest(Crypto& hashes, std::string_view secret, std::string_view challenge, std::span<char, 32> out) {
    constexpr std::string_view digits = "0123456789abcdef";
    hmac_key<md5> key;
    secret_octets<md5::size> digest;
    if (!key.set(hashes, secret) || !key.sign(hashes, digest.span(), challenge)) return false;
    for (std::size_t i = 0; i != md5::size; ++i) {
        const auto octet = static_cast<unsigned char>(digest[i]);
        out[2 * i] = digits[octet >> 4];
        out[2 * i + 1] = digits[octet & 0xfU];
    }
    return true;
}

template <crypto<md5> Crypto> class cram_md5_client {
public:
    static constexpr std::string_view name() { return "CRAM-MD5"; }
    static constexpr bool client_first = false;

    cram_md5_client(Crypto& hashes, const credentials& who, const limits& allowed = {})
        : hashes_(&hashes), who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    // An empty challenge would make the answer the same every time.
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (challenge.empty()) return failure(fault::bad_syntax);
        const std::size_t size = octets_of({who_.user}, 33);
        if (size > out.size()) return no_room(size);
        if (who_.user.empty() || who_.password.empty() || !who_.authorization.empty()) {
            return failure(fault::bad_credential);
        }
        if (const finding found = check_text(who_.user)) return failure(fault::bad_credential, found.offset);
        if (const finding found = check_controls(who_.password)) return failure(fault::bad_credential, found.offset);
        std::array<char, 32> digest{};
        if (!cram_digest(*hashes_, who_.password, challenge, std::span<char, 32>(digest))) {
            return failure(fault::crypto_failed);
        }
        span_sink to(out);
        to.put(who_.user);
        to.put(" ");
        to.put({digest.data(), digest.size()});
        return {status::done, size};
    }

    Crypto* hashes_;
    credentials who_;
    progress progress_;
};

// The challenge is "<" nonce "@" host ">". The lent memory takes it and the user's name. An unknown user, and one with an
// empty password, takes as long as a wrong password.
template <crypto<md5> Crypto, plaintext_store Store> class cram_md5_server {
public:
    static constexpr std::string_view name() { return "CRAM-MD5"; }
    static constexpr bool client_first = false;

    // Requires a host name of printable ASCII; it stays valid until the first call of step has returned.
    cram_md5_server(Crypto& hashes, Store& store, const nonce& once, std::string_view host, std::span<char> lent,
                    const limits& allowed = {})
        : hashes_(&hashes), store_(&store), once_(once), host_(host), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        if (progress_.begun()) return progress_.settle(judge(response));
        return progress_.settle(response.empty() ? challenge(out) : failure(fault::unexpected_message));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? user_ : std::string_view(); }

private:
    sasl::step challenge(std::span<char> out) {
        if (once_.empty()) return failure(fault::bad_nonce);
        span_sink to(memory_.rest());
        to.put("<");
        to.put(once_.view());
        to.put("@");
        to.put(host_);
        to.put(">");
        if (!to.ok()) return failure(fault::no_memory);
        if (to.size() > out.size()) return no_room(to.size());
        challenge_ = memory_.take(to.size());
        span_sink copy(out);
        copy.put(challenge_);
        return {status::more, copy.size()};
    }

    // The name may have spaces in it, the digest is what stands behind the last one.
    sasl::step judge(std::string_view response) {
        constexpr char_class lower_hex = digit | octet_range('a', 'f');
        if (complete()) return failure(fault::unexpected_message);
        const std::size_t space = response.rfind(' ');
        if (space == 0 || space == response.npos) return failure(fault::bad_syntax, space == 0 ? 0 : response.size());
        const std::string_view user = head_of(response, space);
        if (const finding found = check_text(user)) return failure(found);
        const std::string_view shown = tail_of(response, space + 1);
        reader in(shown);
        in.any(lower_hex);
        if (!in.at_end() || shown.size() != 32) return failure(fault::bad_syntax, space + 1 + in.offset());
        if (!memory_.keep(user, user_)) return failure(fault::too_long);

        const std::string_view password = store_->password(user_).value_or("");
        secret_octets<32> right;
        if (!cram_digest(*hashes_, password, challenge_, right.span())) return failure(fault::crypto_failed);
        const bool same = equal_in_constant_time(right.view(), shown);
        return same && !password.empty() ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Crypto* hashes_;
    Store* store_;
    nonce once_;
    std::string_view host_;
    memory memory_;
    progress progress_;
    std::string_view challenge_;
    std::string_view user_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/external.hpp
// EXTERNAL, RFC 4422 appendix A: the client is known already, by its TLS certificate for instance.

namespace mailwire::sasl {

// Whether the client this connection belongs to may act as this one; empty: as whom the certificate names.
template <typename S>
concept external_store = requires(S& s, std::string_view authorization) {
    { s.allows(authorization) } -> std::same_as<bool>;
};

// external_response = [authzid], which is UTF-8 without NUL. An empty one is still a response: protocols write it as "=".
class external_client {
public:
    static constexpr std::string_view name() { return "EXTERNAL"; }
    static constexpr bool client_first = true;

    // Whom to act as; empty: whom the server takes the client for. The view stays valid until the exchange has ended.
    explicit external_client(std::string_view authorization = {}, const limits& allowed = {})
        : authorization_(authorization), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        if (authorization_.size() > out.size()) return no_room(authorization_.size());
        if (const finding found = check_text(authorization_)) return failure(fault::bad_credential, found.offset);
        span_sink to(out);
        to.put(authorization_);
        return {status::done, to.size()};
    }

    std::string_view authorization_;
    progress progress_;
};

// The lent memory takes the name.
template <external_store Store> class external_server {
public:
    static constexpr std::string_view name() { return "EXTERNAL"; }
    static constexpr bool client_first = true;

    external_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }

    // Empty when the client left it to the server: then it is whom the outer layer names.
    std::string_view identity() const { return complete() ? authorization_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (const finding found = check_text(response)) return failure(found);
        if (!memory_.keep(response, authorization_)) return failure(fault::too_long);
        return store_->allows(response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view authorization_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/login.hpp
// LOGIN, draft-murchison-sasl-login-00: obsolete, and still what some servers offer. Only ever under TLS.

namespace mailwire::sasl {

// The name answers the first challenge, the password the second. What the challenges say is ignored (2.1): servers
// differ, and there is no way to ask for anything else.
class login_client {
public:
    static constexpr std::string_view name() { return "LOGIN"; }
    static constexpr bool client_first = false;

    explicit login_client(const credentials& who, const limits& allowed = {}) : who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::span<char> out) const {
        if (complete()) return failure(fault::unexpected_message);
        const std::string_view text = progress_.begun() ? who_.password : who_.user;
        if (text.size() > out.size()) return no_room(text.size());
        if (text.empty() || !who_.authorization.empty()) return failure(fault::bad_credential);
        if (const finding found = progress_.begun() ? check_controls(text) : check_text(text)) {
            return failure(fault::bad_credential, found.offset);
        }
        span_sink to(out);
        to.put(text);
        return {progress_.begun() ? status::done : status::more, text.size()};
    }

    credentials who_;
    progress progress_;
};

// What a server asks. The draft has "User Name" and "Password", and lets a server say what clients in use wait for.
struct login_prompts {
    std::string_view user = "Username:";
    std::string_view password = "Password:";
};

// A password may be of any octets but controls (2); a name is UTF-8. That a name be shorter than 64 characters (2) is
// not demanded: addresses are longer. The lent memory takes the name.
template <password_store Store> class login_server {
public:
    static constexpr std::string_view name() { return "LOGIN"; }
    static constexpr bool client_first = false;
    static constexpr bool takes_early_answer = true; // curl and mutt send the name with the command

    login_server(Store& store, std::span<char> lent, const limits& allowed = {}, const login_prompts& prompts = {})
        : store_(&store), memory_(lent), prompts_(prompts), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response, out));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? user_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response, std::span<char> out) {
        if (!progress_.begun() && response.empty()) return ask(prompts_.user, out);
        if (complete()) return failure(fault::unexpected_message);
        if (response.empty()) return failure(fault::bad_syntax);
        if (user_.empty()) {
            if (const finding found = check_text(response)) return failure(found);
            if (prompts_.password.size() > out.size()) return no_room(prompts_.password.size());
            return memory_.keep(response, user_) ? ask(prompts_.password, out) : failure(fault::too_long);
        }
        if (const finding found = check_controls(response)) return failure(found);
        return store_->check(user_, response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    static sasl::step ask(std::string_view prompt, std::span<char> out) {
        span_sink to(out);
        to.put(prompt);
        return to.ok() ? sasl::step{status::more, prompt.size()} : no_room(prompt.size());
    }

    Store* store_;
    memory memory_;
    login_prompts prompts_;
    progress progress_;
    std::string_view user_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/bearer.hpp
// Logging in with an OAuth token (RFC 6750): what XOAUTH2 and OAUTHBEARER share. They differ in how a message is written
// and in what answers an error; that is their Format:
//
//   name()                       the mechanism's name
//   dummy                        what answers an error message
//   check(shown)                 what is wrong with the client's own values, and where in its text
//   write(out, shown)            the client's message
//   read(message, names, shown)  the same the other way; the user's name is kept in memory, the rest are views

namespace mailwire::sasl {

// A token and whose mail it opens. In a server, `user` is what the client asked for and may be empty in OAUTHBEARER.
// host and port are what the client connected to, as it says; OAUTHBEARER only, empty and 0 when it does not say.
struct bearer_credentials {
    std::string_view user;
    std::string_view token;
    std::string_view host = {};
    std::uint16_t port = 0;
};

// What a server thinks of a token.
//   identity  whose it is, when that is not the user the client named; valid until `step` has returned
//   error     the answer to a client that is not allowed, in JSON (RFC 7628 3.2.2)
struct bearer_verdict {
    bool allowed = false;
    std::string_view identity = {};
    std::string_view error = R"({"status":"invalid_token"})";
};

// Judges a token: whether it is good, for this server, and for this user. Where the client names a host and a port, they
// must be the server's (RFC 7628 3.2). It is asked with an empty token too, by clients that want to know the scope;
// whatever it says then, the answer is no.
template <typename S>
concept bearer_store = requires(S& s, const bearer_credentials& shown) {
    { s.check(shown) } -> std::same_as<bearer_verdict>;
};

// b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="             RFC 6750 2.1
inline std::string_view read_token(reader& in) {
    constexpr char_class token_char = alpha | digit | octets("-._~+/");
    const std::string_view rest = in.rest();
    const std::size_t size = in.some(token_char).size();
    return in.ok() ? head_of(rest, size + in.any(octets("=")).size()) : std::string_view();
}

inline finding check_token(std::string_view token) {
    reader in(token);
    read_token(in);
    in.expect_end();
    return in.found();
}

// An error message is answered as the mechanism wants it, and fails with `refused`; the challenge was the reason, in
// JSON, and is the caller's to look at.
template <typename Format> class bearer_client {
public:
    static constexpr std::string_view name() { return Format::name(); }
    static constexpr bool client_first = true;

    explicit bearer_client(const bearer_credentials& shown, const limits& allowed = {})
        : shown_(shown), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        span_sink to(out);
        if (progress_.begun()) {
            if (!complete()) return failure(fault::unexpected_message);
            to.put(Format::dummy);
            return to.ok() ? sasl::step{status::more, to.size(), fault::refused} : no_room(to.size());
        }
        if (!challenge.empty()) return failure(fault::unexpected_message);
        const std::size_t least = octets_of({shown_.user, shown_.token, shown_.host});
        if (least > out.size()) return no_room(least);
        if (const finding found = Format::check(shown_)) return failure(fault::bad_credential, found.offset);
        size_sink needed;
        Format::write(needed, shown_);
        if (needed.size() > out.size()) return no_room(needed.size());
        Format::write(to, shown_);
        return {status::done, to.size()};
    }

    bearer_credentials shown_;
    progress progress_;
};

// The lent memory takes the name of whom the client acts as.
template <typename Format, bearer_store Store> class bearer_server {
public:
    static constexpr std::string_view name() { return Format::name(); }
    static constexpr bool client_first = true;

    bearer_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response, out));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response, std::span<char> out) {
        if (complete()) return failure(fault::unexpected_message);
        if (progress_.begun()) return failure(response == Format::dummy ? fault::not_allowed : fault::bad_syntax);
        memory names = memory_;
        bearer_credentials shown;
        if (const finding found = Format::read(response, names, shown)) return failure(found);
        const bearer_verdict verdict = store_->check(shown);
        if (verdict.allowed && !shown.token.empty()) {
            identity_ = shown.user;
            const bool other = !verdict.identity.empty() && verdict.identity != shown.user;
            if (other && !names.keep(verdict.identity, identity_)) return failure(fault::too_long);
            return {status::done};
        }
        span_sink to(out);
        to.put(verdict.error);
        return to.ok() ? sasl::step{status::more, to.size(), fault::not_allowed} : no_room(to.size());
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view identity_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/gs2.hpp
// The GS2 header and the names in it, which SCRAM (RFC 5802 7) and OAUTHBEARER (RFC 7628 3.1) begin with.

namespace mailwire::sasl {

// What a client says about channel binding, which this library does not do.
enum class channel_binding : std::uint8_t {
    unsupported, // "n": the client cannot do it
    not_offered, // "y": the client can, but has not seen the server offer a mechanism with -PLUS
};

// saslname = 1*(value-safe-char / "=2C" / "=3D")
//
// Writes a name, with "," and "=" escaped.
template <sink Out> void write_saslname(Out& out, std::string_view name) {
    while (!name.empty()) {
        const std::size_t plain = name.find_first_of(",=");
        out.put(head_of(name, plain));
        if (plain == name.npos) return;
        out.put(name[plain] == ',' ? "=2C" : "=3D");
        name.remove_prefix(plain + 1);
    }
}

// Reads a name up to the next "," and returns it as it stands, escapes and all. A control character in it is a fault of
// its own: the rule would let it pass, no user has it.
inline std::string_view read_saslname(reader& in) {
    const std::size_t start = in.offset();
    const std::string_view name = in.some(octet_range(0, 255) - octets(","));
    if (const finding found = check_text(name, start)) in.fail(found);
    for (std::size_t at = name.find('='); at != name.npos; at = name.find('=', at + 1)) {
        const std::string_view escape = head_of(tail_of(name, at), 3);
        if (escape != "=2C" && escape != "=3D") in.fail({fault::bad_syntax, start + at});
    }
    return name;
}

// Writes what a name that was read means. Requires a name read_saslname took.
template <sink Out> void write_unescaped(Out& out, std::string_view name) {
    while (!name.empty()) {
        const std::size_t plain = name.find('=');
        out.put(head_of(name, plain));
        if (plain == name.npos) return;
        out.put(name[plain + 1] == '2' ? "," : "=");
        name.remove_prefix(plain + 3);
    }
}

// gs2-header     = gs2-cbind-flag "," [ authzid ] ","
// gs2-cbind-flag = ("p=" cb-name) / "n" / "y"
// authzid        = "a=" saslname
template <sink Out> void write_gs2_header(Out& out, channel_binding binding, std::string_view authorization) {
    out.put(binding == channel_binding::unsupported ? "n," : "y,");
    if (!authorization.empty()) {
        out.put("a=");
        write_saslname(out, authorization);
    }
    out.put(",");
}

// Returns the authzid as it stands, or nothing. "p=" is the fault channel_binding: no server here offers -PLUS. "y" says
// that the client thinks so too.
inline std::string_view read_gs2_header(reader& in) {
    if (in.sees('p')) in.fail(fault::channel_binding);
    if (!in.take('n')) {
        if (!in.expect('y')) return {};
    }
    in.expect(',');
    std::string_view authorization;
    if (in.sees('a')) {
        in.expect("a=");
        authorization = read_saslname(in);
    }
    in.expect(',');
    return authorization;
}

} // namespace mailwire::sasl

// ---- mailwire/sasl/oauthbearer.hpp
// OAUTHBEARER, RFC 7628. Only ever under TLS.

namespace mailwire::sasl {

// kvsep       = %x01
// key         = 1*(ALPHA)
// value       = *(VCHAR / SP / HTAB / CR / LF )
// kvpair      = key "=" value kvsep
// client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
//
// The second form answers an error message and is nothing to begin with. Of the keys, auth has to be there; auth, host
// and port are read and stand once at most, others are ignored.
struct oauthbearer {
    static constexpr std::string_view name() { return "OAUTHBEARER"; }
    static constexpr std::string_view dummy = "\1";
    static constexpr char_class value = vchar | octets(" \t\r\n");

    static finding check(const bearer_credentials& shown) {
        if (const finding found = check_text(shown.user)) return found;
        reader host(shown.host);
        host.any(vchar);
        host.expect_end();
        return host.ok() ? check_token(shown.token) : host.found();
    }

    template <sink Out> static void write(Out& out, const bearer_credentials& shown) {
        write_gs2_header(out, channel_binding::unsupported, shown.user);
        if (!shown.host.empty()) {
            out.put("\1host=");
            out.put(shown.host);
        }
        if (shown.port != 0) {
            out.put("\1port=");
            write_port(out, shown.port);
        }
        out.put("\1auth=Bearer ");
        out.put(shown.token);
        out.put("\1\1");
    }

    static finding read(std::string_view message, memory& names, bearer_credentials& shown) {
        reader in(message);
        const std::string_view user = read_gs2_header(in);
        in.expect('\1');
        pairs seen;
        while (in.ok() && !in.take('\1'))
            read_pair(in, shown, seen);
        if (in.ok() && !seen.auth) in.fail(fault::bad_syntax);
        in.expect_end();
        span_sink to(names.rest());
        write_unescaped(to, in.ok() ? user : std::string_view());
        if (!to.ok()) return {fault::too_long, 0};
        shown.user = names.take(to.size());
        return in.found();
    }

private:
    struct pairs {
        bool auth = false;
        bool host = false;
        bool port = false;
    };

    static void read_pair(reader& in, bearer_credentials& shown, pairs& seen) {
        const std::size_t start = in.offset();
        const std::string_view key = in.some(alpha);
        in.expect('=');
        const auto once = [&](bool& before) {
            if (before) in.fail({fault::bad_syntax, start});
            before = true;
        };
        if (key == "auth") {
            once(seen.auth);
            shown.token = read_auth(in);
        } else if (key == "host") {
            once(seen.host);
            shown.host = in.any(value);
        } else if (key == "port") {
            once(seen.port);
            shown.port = read_port(in);
        } else {
            in.any(value);
        }
        in.expect('\1');
    }

    // An empty value asks which scope is wanted (4.3).
    static std::string_view read_auth(reader& in) {
        if (in.sees('\1')) return {};
        in.expect_in_any_case("Bearer");
        in.expect(' ');
        return read_token(in);
    }

    // A positive number without leading zeros, 3.1.
    static std::uint16_t read_port(reader& in) {
        if (in.sees('0')) in.fail(fault::bad_syntax);
        const std::size_t start = in.offset();
        std::uint32_t port = 0;
        for (const char c : in.some(digit)) {
            port = port * 10 + static_cast<std::uint32_t>(c - '0');
            if (port > 0xffff) {
                in.fail({fault::bad_syntax, start});
                return 0;
            }
        }
        return static_cast<std::uint16_t>(port);
    }

    template <sink Out> static void write_port(Out& out, std::uint32_t port) {
        std::array<char, 5> digits{};
        std::size_t first = digits.size();
        for (; port != 0; port /= 10)
            digits[--first] = static_cast<char>('0' + port % 10);
        out.put({digits.data() + first, digits.size() - first});
    }
};

using oauthbearer_client = bearer_client<oauthbearer>;
template <bearer_store Store> using oauthbearer_server = bearer_server<oauthbearer, Store>;

} // namespace mailwire::sasl

// ---- mailwire/sasl/plain.hpp
// PLAIN, RFC 4616. The password goes over the wire as it is: only ever under TLS.

namespace mailwire::sasl {

// message = [authzid] UTF8NUL authcid UTF8NUL passwd
// authcid = 1*SAFE ; MUST accept up to 255 octets
// authzid = 1*SAFE ; MUST accept up to 255 octets
// passwd  = 1*SAFE ; MUST accept up to 255 octets
//
// SAFE is any UTF-8 but NUL; control characters are refused, as SASLprep does in names and passwords (appendix A). The
// views of `read` point into the message.
inline finding read_plain(std::string_view message, credentials& read) {
    constexpr char_class safe = octet_range(1, 255);
    constexpr char nul = '\0';
    reader in(message);
    const auto part = [&in](std::string_view text) {
        if (const finding found = check_text(text, in.offset() - text.size())) in.fail(found);
        return text;
    };
    read.authorization = part(in.any(safe));
    in.expect(nul);
    read.user = part(in.some(safe));
    in.expect(nul);
    read.password = part(in.some(safe));
    in.expect_end();
    return in.found();
}

class plain_client {
public:
    static constexpr std::string_view name() { return "PLAIN"; }
    static constexpr bool client_first = true;

    explicit plain_client(const credentials& who, const limits& allowed = {}) : who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        const std::size_t size = octets_of({who_.authorization, who_.user, who_.password}, 2);
        if (size > out.size()) return no_room(size);
        for (const std::string_view part : {who_.authorization, who_.user, who_.password}) {
            if (const finding found = check_text(part)) return failure(fault::bad_credential, found.offset);
        }
        if (who_.user.empty() || who_.password.empty()) return failure(fault::bad_credential);
        span_sink to(out);
        to.put(who_.authorization);
        to.put({"\0", 1});
        to.put(who_.user);
        to.put({"\0", 1});
        to.put(who_.password);
        return {status::done, size};
    }

    credentials who_;
    progress progress_;
};

// The store says whether the password is right, and whether the user may act as another. The lent memory takes the name
// of whom the client acts as; 255 octets are what RFC 4616 2 asks for at least.
template <typename Store>
requires password_store<Store> && authorizing_store<Store>
class plain_server {
public:
    static constexpr std::string_view name() { return "PLAIN"; }
    static constexpr bool client_first = true;

    plain_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        credentials who;
        if (const finding found = read_plain(response, who)) return failure(found);
        const bool as_itself = who.authorization.empty() || who.authorization == who.user;
        if (!memory_.keep(as_itself ? who.user : who.authorization, identity_)) return failure(fault::too_long);
        const bool right = store_->check(who.user, who.password);
        if (!right || (!as_itself && !store_->allows(who.user, who.authorization))) return failure(fault::not_allowed);
        return {status::done};
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view identity_;
};

} // namespace mailwire::sasl

// ---- mailwire/sasl/scram_keys.hpp
// The keys of SCRAM, RFC 5802 3.

namespace mailwire::sasl {

// What SCRAM with a hash is called.
template <typename Hash> inline constexpr std::string_view scram_name = "";
template <> inline constexpr std::string_view scram_name<sha_1> = "SCRAM-SHA-1";
template <> inline constexpr std::string_view scram_name<sha_256> = "SCRAM-SHA-256";

// What a password becomes with a salt and a number of iterations.
//   client  ClientKey: who has it can log in
//   stored  StoredKey: proves a ClientKey
//   server  ServerKey: who has it can pretend to be the server
template <typename Hash> struct scram_keys {
    secret_octets<Hash::size> client;
    secret_octets<Hash::size> stored;
    secret_octets<Hash::size> server;

    // SaltedPassword := Hi(Normalize(password), salt, i)
    // ClientKey      := HMAC(SaltedPassword, "Client Key")
    // StoredKey      := H(ClientKey)
    // ServerKey      := HMAC(SaltedPassword, "Server Key")
    //
    // Takes as long as `iterations` asks for; 600,000 take about a second. The password is taken as it is: where it is
    // not ASCII, the caller has prepared it (RFC 4013). Requires iterations > 0. False when the hash cannot be computed.
    template <crypto<Hash> Crypto>
    bool derive(Crypto& hashes, std::string_view password, std::string_view salt, std::uint32_t iterations) {
        secret_octets<Hash::size> salted;
        hmac_key<Hash> key;
        if (!hi<Hash>(hashes, password, salt, iterations, salted.span())) return false;
        if (!key.set(hashes, salted.view())) return false;
        if (!key.sign(hashes, client.span(), std::string_view("Client Key"))) return false;
        if (!key.sign(hashes, server.span(), std::string_view("Server Key"))) return false;
        const std::string_view parts[] = {client.view()};
        return Hash::digest(hashes, text_parts(parts), stored.span());
    }
};

// What a server keeps of a password. The salt is random, 16 octets for instance, another for each user; the two keys are
// those of scram_keys.
template <typename Hash> struct scram_record {
    std::string_view salt; // 1 to 256 octets; valid until `step` has returned
    std::uint32_t iterations = 0;
    secret_octets<Hash::size> stored_key;
    secret_octets<Hash::size> server_key;
};

// Finds the record of a user. When there is none, a store answers false; if it fills in a salt and iterations as it would
// for a user (decoy_salt makes one), the exchange goes on and fails at its end, and nobody learns which users there are.
template <typename S, typename Hash>
concept scram_store = authorizing_store<S> && requires(S& s, std::string_view user, scram_record<Hash>& record) {
    { s.find(user, record) } -> std::same_as<bool>;
};

// A salt for a user that does not exist: the same each time the name comes, and not to be told from a real one without
// the site's secret. False when the hash cannot be computed.
template <typename Hash, crypto<Hash> Crypto>
bool decoy_salt(Crypto& hashes, std::string_view site_secret, std::string_view user, std::span<char, 16> out) {
    hmac_key<Hash> key;
    secret_octets<Hash::size> salt;
    if (!key.set(hashes, site_secret) || !key.sign(hashes, salt.span(), user)) return false;
    for (std::size_t i = 0; i != out.size(); ++i)
        out[i] = salt[i];
    return true;
}

} // namespace mailwire::sasl

// ---- mailwire/sasl/scram_message.hpp
// The messages of SCRAM, RFC 5802 7: attributes in a fixed order, and optional extensions behind them.

namespace mailwire::sasl {

// value      = 1*value-char
// value-char = value-safe-char / "="       ;; UTF8-char except NUL, "=", and ","
inline constexpr char_class scram_value = octet_range(1, 255) - octets(",");

// A message whose octets are UTF-8; what is not is the first fault.
inline reader read_utf8(std::string_view message) {
    reader in(message);
    if (const std::size_t good = utf8_until(message); good != message.size()) in.fail({fault::bad_encoding, good});
    return in;
}

// The value of the attribute that has to be next. Where "m=" stands instead, the peer wants an extension that this side
// must understand and does not (5.1).
inline std::string_view read_attribute(reader& in, char name, const char_class& value = scram_value) {
    if (in.sees('m')) in.fail(fault::unknown_extension);
    in.expect(name);
    in.expect('=');
    return in.some(value);
}

// extensions = attr-val *("," attr-val)
// attr-val   = ALPHA "=" value
//
// Passes over one; those not known are ignored (5.1).
inline void read_extension(reader& in) {
    if (in.at_end() || !alpha(in.rest().front())) return in.fail(fault::bad_syntax);
    read_attribute(in, in.rest().front());
}

// ["," extensions] up to the end.
inline void read_extensions(reader& in) {
    while (in.take(','))
        read_extension(in);
    in.expect_end();
}

// client-first-message      = gs2-header client-first-message-bare
// client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
struct scram_client_first {
    std::string_view gs2_header;
    std::string_view authorization; // with its escapes
    std::string_view bare;
    std::string_view user; // with its escapes
    std::string_view nonce;

    static finding read(std::string_view message, scram_client_first& read) {
        reader in = read_utf8(message);
        read.authorization = read_gs2_header(in);
        read.gs2_header = head_of(message, in.offset());
        read.bare = in.rest();
        if (in.sees('m')) in.fail(fault::unknown_extension);
        in.expect("n=");
        read.user = read_saslname(in);
        in.expect(',');
        read.nonce = read_attribute(in, 'r', printable);
        read_extensions(in);
        return in.found();
    }
};

// server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
// posit-number         = %x31-39 *DIGIT
struct scram_server_first {
    std::string_view nonce;
    std::string_view salt; // base64
    std::size_t salt_offset = 0;
    std::uint32_t iterations = 0; // a number too big for 32 bits reads as the biggest
    std::size_t iterations_offset = 0;

    static finding read(std::string_view message, scram_server_first& read) {
        reader in = read_utf8(message);
        read.nonce = read_attribute(in, 'r', printable);
        in.expect(',');
        read.salt = read_attribute(in, 's');
        read.salt_offset = in.offset() - read.salt.size();
        in.expect(',');
        if (in.rest().starts_with("i=0")) in.fail({fault::bad_syntax, in.offset() + 2});
        const std::string_view digits = read_attribute(in, 'i', digit);
        read.iterations_offset = in.offset() - digits.size();
        read.iterations = value_of(digits);
        read_extensions(in);
        return in.found();
    }

private:
    static std::uint32_t value_of(std::string_view digits) {
        constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
        std::uint64_t value = 0;
        for (const char c : digits) {
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
            if (value > most) return static_cast<std::uint32_t>(most);
        }
        return static_cast<std::uint32_t>(value);
    }
};

// client-final-message               = client-final-message-without-proof "," proof
// client-final-message-without-proof = channel-binding "," nonce ["," extensions]
struct scram_client_final {
    std::string_view without_proof;
    std::string_view channel_binding; // base64
    std::string_view nonce;
    std::size_t nonce_offset = 0;
    std::string_view proof; // base64
    std::size_t proof_offset = 0;

    static finding read(std::string_view message, scram_client_final& read) {
        reader in = read_utf8(message);
        read.channel_binding = read_attribute(in, 'c');
        in.expect(',');
        read.nonce = read_attribute(in, 'r', printable);
        read.nonce_offset = in.offset() - read.nonce.size();
        while (in.ok() && !in.rest().starts_with(",p")) {
            in.expect(',');
            read_extension(in);
        }
        read.without_proof = head_of(message, in.offset());
        in.expect(',');
        read.proof = read_attribute(in, 'p');
        read.proof_offset = in.offset() - read.proof.size();
        in.expect_end();
        return in.found();
    }
};

// server-final-message = (server-error / verifier) ["," extensions]
// server-error         = "e=" server-error-value
// verifier             = "v=" base64
struct scram_server_final {
    bool error = false;
    std::string_view verifier; // base64
    std::size_t verifier_offset = 0;

    static finding read(std::string_view message, scram_server_final& read) {
        reader in = read_utf8(message);
        read.error = in.sees('e');
        read.verifier = read_attribute(in, read.error ? 'e' : 'v');
        read.verifier_offset = in.offset() - read.verifier.size();
        read_extensions(in);
        return in.found();
    }
};

// Writes base64 in pieces, so that no room for the whole is needed.
template <sink Out> void write_base64(Out& out, std::string_view octets) {
    constexpr std::size_t piece = 48;
    char digits[base64_encoded_size(piece)];
    for (; !octets.empty(); octets.remove_prefix(octets.size() < piece ? octets.size() : piece))
        out.put({digits, base64_encode(head_of(octets, piece), digits)});
}

// Whether the base64 text is that of the octets; there is one spelling only.
inline bool is_base64_of(std::string_view text, std::string_view octets) {
    if (text.size() != base64_encoded_size(octets.size())) return false;
    constexpr std::size_t piece = 48;
    char digits[base64_encoded_size(piece)];
    for (; !octets.empty(); octets.remove_prefix(octets.size() < piece ? octets.size() : piece)) {
        const std::size_t size = base64_encode(head_of(octets, piece), digits);
        if (head_of(text, size) != std::string_view(digits, size)) return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace mailwire::sasl

// ---- mailwire/sasl/scram_client.hpp
// SCRAM, RFC 5802 and RFC 7677: the client, without channel binding.

namespace mailwire::sasl {

// The answer to the server's first message takes as long as the server's iterations ask for, within the limits. Only
// after the server's last message is the exchange complete: until then anybody may be the server.
template <typename Hash, crypto<Hash> Crypto> class scram_client {
public:
    static constexpr std::string_view name() { return scram_name<Hash>; }
    static constexpr bool client_first = true;

    // The lent memory takes the first message: the names, the nonce and 20 octets. The password stays valid until the
    // server's first message has been answered; nothing else is kept.
    scram_client(Crypto& hashes, const credentials& who, const nonce& once, std::span<char> lent,
                 const limits& allowed = {}, channel_binding binding = channel_binding::unsupported)
        : hashes_(&hashes), password_(who.password), least_(allowed.least_iterations), most_(allowed.most_iterations),
          progress_(allowed), own_(judge(who, once)) {
        if (!own_) write_first(who, once, lent, binding);
    }

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        const sasl::step s = progress_.settle(answer(challenge, out));
        if (s.fault != fault::no_room) ++answered_;
        return s;
    }
    bool complete() const { return progress_.complete(); }

private:
    static constexpr std::size_t digest_digits = base64_encoded_size(Hash::size);

    static finding judge(const credentials& who, const nonce& once) {
        if (once.empty()) return {fault::bad_nonce, 0};
        if (who.user.empty() || who.password.empty()) return {fault::bad_credential, 0};
        return {};
    }

    void write_first(const credentials& who, const nonce& once, std::span<char> lent, channel_binding binding) {
        if (octets_of({who.user, who.authorization}) > lent.size()) {
            own_ = {fault::no_memory, 0};
            return;
        }
        for (const std::string_view part : {who.user, who.password, who.authorization}) {
            if (const finding found = check_text(part)) {
                own_ = {fault::bad_credential, found.offset};
                return;
            }
        }
        span_sink to(lent);
        write_gs2_header(to, binding, who.authorization);
        const std::size_t header = to.size();
        to.put("n=");
        write_saslname(to, who.user);
        to.put(",r=");
        to.put(once.view());
        if (!to.ok()) {
            own_ = {fault::no_memory, 0};
            return;
        }
        first_ = to.view();
        header_ = head_of(first_, header);
        nonce_ = tail_of(first_, first_.size() - once.view().size());
    }

    sasl::step answer(std::string_view challenge, std::span<char> out) {
        switch (answered_) {
        case 0:
            return begin(challenge, out);
        case 1:
            return prove(challenge, out);
        case 2:
            return verify(challenge);
        default:
            return failure(fault::unexpected_message);
        }
    }

    sasl::step begin(std::string_view challenge, std::span<char> out) const {
        if (own_) return failure(own_);
        if (!challenge.empty()) return failure(fault::unexpected_message);
        span_sink to(out);
        to.put(first_);
        return to.ok() ? sasl::step{status::more, to.size()} : no_room(to.size());
    }

    sasl::step prove(std::string_view challenge, std::span<char> out) {
        scram_server_first server;
        if (const finding found = scram_server_first::read(challenge, server)) return failure(found);
        if (!server.nonce.starts_with(nonce_) || server.nonce == nonce_) return failure(fault::wrong_nonce, 2);
        if (server.iterations < least_) return failure(fault::too_few_iterations, server.iterations_offset);
        if (server.iterations > most_) return failure(fault::too_many_iterations, server.iterations_offset);
        std::array<char, longest_salt> salt{};
        const base64_result decoded = base64_decode(server.salt, salt);
        if (!decoded) {
            const bool long_one = decoded.error == base64_error::room;
            return failure(long_one ? fault::too_long : fault::bad_syntax, server.salt_offset + decoded.offset);
        }

        span_sink to(out);
        to.put("c=");
        write_base64(to, header_);
        to.put(",r=");
        to.put(server.nonce);
        const std::size_t needed = to.size() + 3 + digest_digits;
        if (needed > out.size()) return no_room(needed);
        secret_octets<Hash::size> proof;
        if (!sign({salt.data(), decoded.size}, server.iterations, challenge, to.view(), proof)) {
            return failure(fault::crypto_failed);
        }
        to.put(",p=");
        write_base64(to, proof.view());
        return {status::more, to.size()};
    }

    // AuthMessage     := client-first-message-bare + "," + server-first-message + "," +
    //                    client-final-message-without-proof
    // ClientSignature := HMAC(StoredKey, AuthMessage)
    // ClientProof     := ClientKey XOR ClientSignature
    // ServerSignature := HMAC(ServerKey, AuthMessage)
    bool sign(std::string_view salt, std::uint32_t iterations, std::string_view server_first,
              std::string_view without_proof, secret_octets<Hash::size>& proof) {
        constexpr std::string_view comma = ",";
        const std::string_view bare = tail_of(first_, header_.size());
        scram_keys<Hash> keys;
        hmac_key<Hash> key;
        if (!keys.derive(*hashes_, password_, salt, iterations)) return false;
        if (!key.set(*hashes_, keys.stored.view())) return false;
        if (!key.sign(*hashes_, proof.span(), bare, comma, server_first, comma, without_proof)) return false;
        exclusive_or(proof.span(), keys.client.view());
        if (!key.set(*hashes_, keys.server.view())) return false;
        return key.sign(*hashes_, server_signature_.span(), bare, comma, server_first, comma, without_proof);
    }

    sasl::step verify(std::string_view challenge) {
        scram_server_final server;
        if (const finding found = scram_server_final::read(challenge, server)) return failure(found);
        if (server.error) return failure(fault::refused);
        std::array<char, Hash::size> signature{};
        const base64_result decoded = base64_decode(server.verifier, signature);
        if (!decoded && decoded.error != base64_error::room) {
            return failure(fault::bad_syntax, server.verifier_offset + decoded.offset);
        }
        const std::string_view shown(signature.data(), decoded.error == base64_error::none ? decoded.size : 0);
        const bool same = equal_in_constant_time(shown, server_signature_.view());
        wipe(server_signature_.span());
        return same ? sasl::step{status::done} : failure(fault::bad_server_signature, server.verifier_offset);
    }

    Crypto* hashes_;
    std::string_view password_;
    std::uint32_t least_;
    std::uint32_t most_;
    progress progress_;
    finding own_;
    unsigned answered_ = 0;
    std::string_view first_;
    std::string_view header_;
    std::string_view nonce_;
    secret_octets<Hash::size> server_signature_;
};

template <crypto<sha_1> Crypto> using scram_sha_1_client = scram_client<sha_1, Crypto>;
template <crypto<sha_256> Crypto> using scram_sha_256_client = scram_client<sha_256, Crypto>;

} // namespace mailwire::sasl

// ---- mailwire/sasl/scram_server.hpp
// SCRAM, RFC 5802 and RFC 7677: the server, without channel binding.

namespace mailwire::sasl {

// A client that fails gets no "e=" message: the protocol's own answer says all a stranger needs to know.
template <typename Hash, crypto<Hash> Crypto, scram_store<Hash> Store> class scram_server {
public:
    static constexpr std::string_view name() { return scram_name<Hash>; }
    static constexpr bool client_first = true;

    // The lent memory takes the client's first message, its two names once more without escapes, and the server's first
    // message: 1024 octets are enough for names of 255.
    scram_server(Crypto& hashes, Store& store, const nonce& once, std::span<char> lent, const limits& allowed = {})
        : hashes_(&hashes), store_(&store), once_(once), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        const sasl::step s = progress_.settle(answer(response, out));
        if (s.fault == fault::no_room) return s;
        ++answered_;
        if (answered_ == 2 || s.status == status::failed) wipe_keys();
        return s;
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step answer(std::string_view response, std::span<char> out) {
        switch (answered_) {
        case 0:
            return begin(response, out);
        case 1:
            return judge(response, out);
        case 2:
            return response.empty() ? sasl::step{status::done} : failure(fault::bad_syntax);
        default:
            return failure(fault::unexpected_message);
        }
    }

    sasl::step begin(std::string_view response, std::span<char> out) {
        if (once_.empty()) return failure(fault::bad_nonce);
        memory kept = memory_;
        std::string_view message;
        if (!kept.keep(response, message)) return failure(fault::too_long);
        scram_client_first client;
        if (const finding found = scram_client_first::read(message, client)) return failure(found);
        std::string_view user;
        std::string_view authorization;
        if (!keep_name(kept, client.user, user) || !keep_name(kept, client.authorization, authorization)) {
            return failure(fault::too_long);
        }

        const bool known = store_->find(user, record_);
        const std::string_view salt = record_.salt;
        if (salt.empty() && !known) return failure(fault::not_allowed);
        if (salt.empty() || salt.size() > longest_salt || record_.iterations == 0) return failure(fault::bad_record);
        span_sink to(kept.rest());
        write_first(to, client.nonce, salt);
        if (!to.ok()) return failure(fault::too_long);
        if (to.size() > out.size()) return no_room(to.size());
        server_first_ = kept.take(to.size());
        span_sink copy(out);
        copy.put(server_first_);

        known_ = known;
        header_ = client.gs2_header;
        bare_ = client.bare;
        client_nonce_ = client.nonce;
        user_ = user;
        identity_ = authorization.empty() ? user : authorization;
        return {status::more, copy.size()};
    }

    static bool keep_name(memory& kept, std::string_view escaped, std::string_view& name) {
        span_sink to(kept.rest());
        write_unescaped(to, escaped);
        if (to.ok()) name = kept.take(to.size());
        return to.ok();
    }

    template <sink Out> void write_first(Out& to, std::string_view client_nonce, std::string_view salt) const {
        to.put("r=");
        to.put(client_nonce);
        to.put(once_.view());
        to.put(",s=");
        write_base64(to, salt);
        to.put(",i=");
        std::array<char, 10> digits{};
        std::size_t first = digits.size();
        for (std::uint32_t rest = record_.iterations; rest != 0; rest /= 10)
            digits[--first] = static_cast<char>('0' + rest % 10);
        to.put({digits.data() + first, digits.size() - first});
    }

    sasl::step judge(std::string_view response, std::span<char> out) {
        scram_client_final client;
        if (const finding found = scram_client_final::read(response, client)) return failure(found);
        if (!is_base64_of(client.channel_binding, header_)) return failure(fault::channel_binding, 2);
        // The nonce stands at the front of our own first message: "r=" nonce.
        const std::size_t size = client_nonce_.size() + once_.view().size();
        if (client.nonce != head_of(tail_of(server_first_, 2), size))
            return failure(fault::wrong_nonce, client.nonce_offset);
        std::array<char, Hash::size> proof{};
        const base64_result decoded = base64_decode(client.proof, proof);
        if (!decoded && decoded.error != base64_error::room) {
            return failure(fault::bad_syntax, client.proof_offset + decoded.offset);
        }
        const std::size_t needed = 2 + base64_encoded_size(Hash::size);
        if (needed > out.size()) return no_room(needed);

        bool right = false;
        secret_octets<Hash::size> signature;
        if (!check(client.without_proof, proof, right, signature)) return failure(fault::crypto_failed);
        if (!right || !known_ || !decoded || decoded.size != Hash::size) return failure(fault::not_allowed);
        if (identity_ != user_ && !store_->allows(user_, identity_)) return failure(fault::not_allowed);
        span_sink to(out);
        to.put("v=");
        write_base64(to, signature.view());
        return {status::more, to.size()};
    }

    // The ClientKey is the proof XOR HMAC(StoredKey, AuthMessage), and is right when its hash is the StoredKey. False when
    // the hash cannot be computed.
    bool check(std::string_view without_proof, std::span<char, Hash::size> proof, bool& right,
               secret_octets<Hash::size>& server_signature) {
        constexpr std::string_view comma = ",";
        hmac_key<Hash> key;
        secret_octets<Hash::size> client_key;
        secret_octets<Hash::size> hashed;
        if (!key.set(*hashes_, record_.stored_key.view())) return false;
        if (!key.sign(*hashes_, client_key.span(), bare_, comma, server_first_, comma, without_proof)) return false;
        exclusive_or(client_key.span(), {proof.data(), proof.size()});
        const std::string_view parts[] = {client_key.view()};
        if (!Hash::digest(*hashes_, text_parts(parts), hashed.span())) return false;
        right = equal_in_constant_time(hashed.view(), record_.stored_key.view());
        if (!key.set(*hashes_, record_.server_key.view())) return false;
        return key.sign(*hashes_, server_signature.span(), bare_, comma, server_first_, comma, without_proof);
    }

    void wipe_keys() {
        wipe(record_.stored_key.span());
        wipe(record_.server_key.span());
    }

    Crypto* hashes_;
    Store* store_;
    nonce once_;
    memory memory_;
    progress progress_;
    unsigned answered_ = 0;
    bool known_ = false;
    scram_record<Hash> record_;
    std::string_view header_;
    std::string_view bare_;
    std::string_view client_nonce_;
    std::string_view server_first_;
    std::string_view user_;
    std::string_view identity_;
};

template <crypto<sha_1> Crypto, scram_store<sha_1> Store> using scram_sha_1_server = scram_server<sha_1, Crypto, Store>;
template <crypto<sha_256> Crypto, scram_store<sha_256> Store>
using scram_sha_256_server = scram_server<sha_256, Crypto, Store>;

} // namespace mailwire::sasl

// ---- mailwire/sasl/xoauth2.hpp
// XOAUTH2, as Google defined it before OAUTHBEARER and as Microsoft took it over. Only ever under TLS.

namespace mailwire::sasl {

// "user=" user %x01 "auth=Bearer " token %x01 %x01; an error message is answered by an empty one.
struct xoauth2 {
    static constexpr std::string_view name() { return "XOAUTH2"; }
    static constexpr std::string_view dummy = "";

    static finding check(const bearer_credentials& shown) {
        if (shown.user.empty()) return {fault::bad_syntax, 0};
        if (const finding found = check_text(shown.user)) return found;
        return check_token(shown.token);
    }

    template <sink Out> static void write(Out& out, const bearer_credentials& shown) {
        out.put("user=");
        out.put(shown.user);
        out.put("\1auth=Bearer ");
        out.put(shown.token);
        out.put("\1\1");
    }

    static finding read(std::string_view message, memory& names, bearer_credentials& shown) {
        reader in(message);
        in.expect("user=");
        const std::size_t start = in.offset();
        const std::string_view user = in.some(octet_range(0, 255) - octets("\1"));
        if (const finding found = check_text(user, start)) in.fail(found);
        in.expect("\1auth=");
        in.expect_in_any_case("Bearer");
        in.expect(' ');
        shown.token = read_token(in);
        in.expect("\1\1");
        in.expect_end();
        if (in.ok() && !names.keep(user, shown.user)) in.fail({fault::too_long, start});
        return in.found();
    }
};

using xoauth2_client = bearer_client<xoauth2>;
template <bearer_store Store> using xoauth2_server = bearer_server<xoauth2, Store>;

} // namespace mailwire::sasl

// ---- mailwire/sasl/mechanisms.hpp
// All mechanisms. A program that uses one includes that one.

// ---- mailwire/version.hpp
namespace mailwire {

// The version of the library, as major.minor.patch. CMake reads it from this line; it is written nowhere else.
inline constexpr std::string_view version = "0.1.0";

} // namespace mailwire

// ---- mailwire/mailwire.hpp
// Everything. A program that speaks one protocol in one role includes less and compiles faster: pop3/client.hpp,
// pop3/server.hpp, imap/client.hpp, imap/server.hpp.
