// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/parts_of.hpp"
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
