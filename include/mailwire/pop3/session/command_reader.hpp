// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/tape.hpp"
#include "mailwire/pop3/framer.hpp"
#include "mailwire/pop3/parse.hpp"

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
