// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/tape.hpp"
#include "mailwire/pop3/dots.hpp"
#include "mailwire/pop3/framer.hpp"
#include "mailwire/pop3/parse.hpp"

namespace mailwire::pop3 {

// A part of a response.
enum class response_part : std::uint8_t {
    none,         // nothing to hand on yet
    greeting,     // the first line of a session
    reply,        // the first or only line of an answer
    scan_listing, // a line of LIST
    unique_id,    // a line of UIDL
    capability,   // a line of CAPA
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
    std::string_view octets = {}; // the line with its CRLF, or the piece of the message
    cursor fields = {};           // of the line
    error fault = {};
};

// Reads the responses of a server, each in the context of the command it answers. Holds no octets: what is not used yet
// is given again, with more behind it.
template <typename Profile = everything> class response_reader {
public:
    // longest_line: in octets, with the CRLF. most_listed: lines of one listing.
    response_reader(std::size_t longest_line, std::uint32_t most_listed)
        : lines_(longest_line), most_listed_(most_listed) {}

    // What comes next is the greeting, or the answer to a command with this form. Requires: idle().
    void begin_greeting() { place_ = place::greeting; }
    void begin(answer_form form) {
        place_ = place::first_line;
        form_ = form;
    }

    // True when the last response has been read; nothing is read before another one has begun, except the rest of a
    // refused line.
    bool idle() const { return place_ == place::idle; }
    bool refusing() const { return lines_.refusing(); }

    // True when a multi-line answer is under way.
    bool inside_lines() const { return place_ == place::listing || place_ == place::body; }
    answer_form form() const { return form_; }

    // The next part of the response. `octets` is all that was received and not used.
    response_step next(std::string_view octets, const parse_options& options) {
        if (place_ == place::body && !refusing()) return next_of_body(octets);
        const framed_line found = lines_.scan(octets);
        switch (found.kind) {
        case line_kind::more:
            return {};
        case line_kind::rest:
            return {.used = found.size};
        case line_kind::line:
        case line_kind::bad:
            break;
        }
        response_step step{.used = found.size, .octets = octets.substr(0, found.size), .fault = found.fault};
        if (place_ == place::listing) {
            read_listed(step, options);
        } else {
            read_first_line(step, options);
        }
        if (step.fault && step.part != response_part::no_reply) step.part = response_part::fault;
        return step;
    }

private:
    enum class place : std::uint8_t { idle, greeting, first_line, listing, body };

    void read_first_line(response_step& step, const parse_options& options) {
        const bool greets = place_ == place::greeting;
        step.first_line = true;
        step.ok = begins_with(step.octets, "+OK");
        step.part = greets ? response_part::greeting : response_part::reply;
        if (!step.ok && !begins_with(step.octets, "-ERR")) step.part = response_part::no_reply;
        if (!step.fault) {
            if (greets && step.ok) {
                parse<grammar::greeting>(step, options);
            } else if (greets) {
                parse<grammar::single_line>(step, options);
            } else {
                detail::with_reply_rule(form_, [&]<typename Rule>() { parse<Rule>(step, options); });
            }
        }
        place_ = place::idle;
        if (!greets && step.ok && is_multi_line(form_)) begin_lines();
    }

    void begin_lines() {
        place_ = form_ == answer_form::body ? place::body : place::listing;
        dots_ = dot_unstuffer();
        listed_ = 0;
    }

    // A line of a listing begins with a digit or a letter, never with a dot: nothing is stuffed here (RFC 2449 3).
    void read_listed(response_step& step, const parse_options& options) {
        if (step.octets == ".\r\n") {
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

    void read_listed_fields(response_step& step, const parse_options& options) {
        if (form_ == answer_form::scan_listings) {
            step.part = response_part::scan_listing;
            parse<grammar::scan_listing_line>(step, options);
        } else if (form_ == answer_form::unique_ids) {
            step.part = response_part::unique_id;
            parse<grammar::unique_id_line>(step, options);
        } else {
            step.part = response_part::capability;
            parse<grammar::capability>(step, options);
        }
    }

    response_step next_of_body(std::string_view octets) {
        const unstuffed found = dots_.next(octets);
        response_step step{.used = found.used, .octets = found.piece};
        if (found.ended) {
            step.part = response_part::end_of_lines;
            step.bare_line_feed = dots_.bare_line_feed();
            place_ = place::idle;
        } else if (!found.piece.empty()) {
            step.part = response_part::body;
        }
        return step;
    }

    template <typename Rule> void parse(response_step& step, const parse_options& options) {
        const auto result =
            detail::parse_line<Rule, Profile>(step.octets, tape_, side::server, options, [](cursor c) { return c; });
        step.fields = result.value;
        step.fault = result.error;
    }

    // Whether the line has this status: behind it stands a space or the end of the line, whatever follows.
    static bool begins_with(std::string_view line, std::string_view status) {
        if (line.substr(0, status.size()) != status) return false;
        return line.size() == status.size() || std::string_view(" \r\n").find(line[status.size()]) != line.npos;
    }

    line_scanner lines_;
    std::array<token, tokens_of_a_line> tape_{};
    std::uint32_t most_listed_;
    std::uint32_t listed_ = 0;
    dot_unstuffer dots_;
    place place_ = place::idle;
    answer_form form_ = answer_form::text;
};

} // namespace mailwire::pop3
