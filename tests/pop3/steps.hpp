// SPDX-License-Identifier: BSL-1.0
// What the readers of both directions make of octets that come in pieces, as text that a test can compare, and what
// is written of the values they gave.

#pragma once

#include <mailwire/pop3/dots.hpp>
#include <mailwire/pop3/limits.hpp>
#include <mailwire/pop3/session/command_reader.hpp>
#include <mailwire/pop3/session/response_reader.hpp>
#include <mailwire/pop3/write.hpp>

#include <gtest/gtest.h>

#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "pop3/describe.hpp"
#include "pop3/judge.hpp"
#include "pop3/rows.hpp"
#include "support/allocations.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {

struct reading {
    std::string says;            // a sentence for each part, "; " between two
    std::string left;            // octets behind the last part
    std::uint32_t quirks = 0;    // deviations that were tolerated
    std::string written;         // the values, written again
    misuse fault = misuse::none; // of writing them
    bool bare_line_feed = false; // of a message
    bool refused = false;        // a line was

    void note(const std::string& sentence) {
        if (!says.empty()) says += "; ";
        says += sentence;
    }
    void note_fault(misuse one) {
        if (one != misuse::none) fault = one;
    }
    friend bool operator==(const reading&, const reading&) = default;
    friend void PrintTo(const reading& r, std::ostream* out) {
        *out << r.says << " | left " << testing::PrintToString(r.left) << " | quirks " << r.quirks << " | written "
             << testing::PrintToString(r.written) << (r.bare_line_feed ? " | bare line feed" : "")
             << (r.fault == misuse::none ? "" : " | not to be written");
    }
};

// What a part of a response says; a piece of a message says its octets.
inline std::string describe(const response_step& step, answer_form form) {
    cursor c = step.fields;
    switch (step.part) {
    case response_part::none:
        return "nothing";
    case response_part::greeting:
        return step.ok ? describe(greeting::read(c)) : describe(reply::read(c, answer_form::text), answer_form::text);
    case response_part::reply:
        return describe(reply::read(c, form), form);
    case response_part::scan_listing:
        return describe(scan_listing::read(c));
    case response_part::unique_id:
        return describe(unique_id::read(c));
    case response_part::capability:
        return describe(item<slot::capability>::read(c));
    case response_part::language:
        return describe(language_listing::read(c));
    case response_part::mechanism:
        return describe(mechanism_listing::read(c));
    case response_part::challenge:
        return describe(challenge::read(c));
    case response_part::body:
        return "body " + quoted(step.octets);
    case response_part::end_of_lines:
        return "end";
    case response_part::fault:
        return "fault " + describe(step.fault);
    case response_part::no_reply:
        return "no reply";
    }
    return "?";
}

// Writes the values of a part. Not of a message, whose dots the caller doubles.
template <sink Sink> misuse write_step(Sink& out, const response_step& step, answer_form form, bool utf8) {
    cursor c = step.fields;
    switch (step.part) {
    case response_part::greeting:
        if (step.ok) return write_greeting(out, greeting::read(c), utf8);
        return write_reply(out, reply::read(c, answer_form::text), answer_form::text, utf8);
    case response_part::reply:
        return write_reply(out, reply::read(c, form), form, utf8);
    case response_part::scan_listing:
        return write_listed(out, scan_listing::read(c));
    case response_part::unique_id:
        return write_listed(out, unique_id::read(c));
    case response_part::capability:
        return write_listed(out, item<slot::capability>::read(c));
    case response_part::language:
        return write_listed(out, language_listing::read(c));
    case response_part::mechanism:
        return write_listed(out, mechanism_listing::read(c));
    case response_part::challenge:
        return write_challenge(out, challenge::read(c));
    case response_part::none:
    case response_part::body:
    case response_part::end_of_lines:
    case response_part::fault:
    case response_part::no_reply:
        break;
    }
    return misuse::none;
}

// Reads one response.
class response_hearing {
public:
    response_hearing(context answers, const parse_options& options)
        : answers_(answers), options_(options),
          reader_(longest_response_line, limits().sasl_line, 1'000, options.quirks) {
        answers.greeting ? reader_.begin_greeting() : reader_.begin(answers.form);
    }

    void feed(std::string_view octets) {
        received_ += octets;
        while (!reader_.idle() || reader_.refusing()) {
            const response_step step = [&] {
                const mailwire::test::no_allocation_here guard("read a response");
                return reader_.next(received_, options_);
            }();
            if (step.part == response_part::none && step.used == 0) break;
            if (step.part == response_part::body) {
                add_to_body(step.octets);
            } else if (step.part != response_part::none) {
                add(step);
            }
            received_.erase(0, step.used);
        }
        heard_.left = received_;
    }

    // Each part is written into buffers of all sizes up to its own from now on.
    void check_narrow_buffers() { narrow_ = true; }

    bool complete() const { return reader_.idle(); }

    // The connection has ended.
    void end() {
        const response_step step = reader_.end();
        if (step.part != response_part::none) add(step);
    }

    reading heard() const {
        reading all = heard_;
        if (in_body_) all.note("body " + quoted(std::string_view(message_)));
        return all;
    }

private:
    void add_to_body(std::string_view octets) {
        in_body_ = true;
        message_ += octets;
    }

    void end_body() {
        heard_.note("body " + quoted(std::string_view(message_)));
        std::string stuffed(2 * message_.size(), '\0');
        dot_stuffer dots;
        stuffed.resize(dots.next(message_, stuffed).written);
        heard_.written += stuffed;
        in_body_ = false;
        message_.clear();
    }

    void add(const response_step& step) {
        if (in_body_) end_body();
        heard_.note(describe(step, answers_.form));
        heard_.quirks |= step.quirks;
        heard_.bare_line_feed |= step.bare_line_feed;
        heard_.refused |= step.part == response_part::fault || step.part == response_part::no_reply;
        string_sink sink(heard_.written);
        const std::size_t before = sink.size();
        const misuse fault = write_step(sink, step, answers_.form, options_.utf8);
        heard_.note_fault(fault);
        if (narrow_ && fault == misuse::none) {
            check_narrow(sink.size() - before,
                         [&](auto& out) { return write_step(out, step, answers_.form, options_.utf8); });
        }
        if (step.part == response_part::end_of_lines) heard_.written += ".\r\n";
    }

    context answers_;
    parse_options options_;
    response_reader<> reader_;
    std::string received_;
    reading heard_;
    std::string message_;
    bool in_body_ = false;
    bool narrow_ = false;
};

inline reading read_response(std::span<const std::string_view> pieces, context answers,
                             const parse_options& options = {}) {
    response_hearing hearing(answers, options);
    for (const std::string_view piece : pieces) {
        hearing.feed(piece);
    }
    return hearing.heard();
}

// Reads all lines of a client: commands, or the responses of a SASL exchange.
inline reading read_client(std::span<const std::string_view> pieces, bool in_exchange,
                           const parse_options& options = {}) {
    command_reader<> reader(longest_command, limits().sasl_line, options);
    reader.set_exchange(in_exchange);
    reading heard;
    string_sink sink(heard.written);
    for (const std::string_view piece : pieces) {
        heard.left += piece;
        for (;;) {
            const command_step step = [&] {
                const mailwire::test::no_allocation_here guard("read a line of a client");
                return reader.next(heard.left);
            }();
            if (step.part == command_part::none && step.used == 0) break;
            heard.quirks |= step.quirks;
            if (step.part == command_part::fault) {
                heard.refused = true;
                heard.note("fault " + describe(step.fault));
            } else if (step.part == command_part::command || step.part == command_part::unknown) {
                heard.note(describe(step.command));
                heard.note_fault(write_command(sink, step.command, options.utf8));
            } else if (step.part != command_part::none) {
                const sasl_line line{step.part == command_part::cancel, step.base64};
                heard.note(describe(line));
                heard.note_fault(write_sasl_line(sink, line));
            }
            heard.left.erase(0, step.used);
        }
    }
    return heard;
}

} // namespace mailwire::pop3::test
