// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/pop3/dots.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/session/outbox.hpp"
#include "mailwire/pop3/write.hpp"

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
