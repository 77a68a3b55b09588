// SPDX-License-Identifier: BSL-1.0
// Judges whole units of real wire data: a command, or a response in the context of the command it answers.

#pragma once

#include <mailwire/pop3/dots.hpp>
#include <mailwire/pop3/limits.hpp>
#include <mailwire/pop3/session/response_reader.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailwire::pop3::test {

enum class verdict { accept, unknown, reject };

inline const char* name_of(verdict v) {
    return v == verdict::accept ? "accept" : v == verdict::unknown ? "unknown" : "reject";
}

// One line of a client, framed in pieces. `judge(line)` says what it is.
template <typename Judge>
verdict judge_line(std::span<const std::string_view> pieces, std::size_t longest, Judge judge) {
    line_scanner lines(longest);
    std::string received;
    std::size_t found_lines = 0;
    verdict result = verdict::reject;
    for (const std::string_view piece : pieces) {
        received += piece;
        const framed_line found = lines.scan(received);
        if (found.kind == line_kind::more) continue;
        if (found.kind != line_kind::line || ++found_lines != 1) return verdict::reject;
        result = judge(std::string_view(received).substr(0, found.size));
        received.erase(0, found.size);
    }
    return received.empty() ? result : verdict::reject;
}

// A command. Strict: 255 octets.
inline verdict judge_command(std::span<const std::string_view> pieces, const parse_options& options = {}) {
    return judge_line(pieces, longest_command, [&](std::string_view line) {
        std::array<token, tokens_of_a_line> tape;
        const auto command = parse_command(line, tape, options);
        return !command ? verdict::reject : command.value.known() ? verdict::accept : verdict::unknown;
    });
}

// A client's answer to a challenge.
inline verdict judge_sasl_line(std::span<const std::string_view> pieces, const parse_options& options = {}) {
    return judge_line(pieces, limits().sasl_line, [&](std::string_view line) {
        return parse_sasl_line(line, options) ? verdict::accept : verdict::reject;
    });
}

// What a response answers: the greeting answers nothing.
struct context {
    bool greeting = false;
    answer_form form = answer_form::text;
};

// A whole response in pieces, or one challenge. Strict: 512 octets a line, no octets behind it, no bare LF in a
// message.
// `sender`: whether a sender may put it out so, each dot in its place.
inline verdict judge_response(std::span<const std::string_view> pieces, context answers,
                              const parse_options& options = {}, bool sender = false) {
    response_reader<> reader(longest_response_line, limits().sasl_line, 1'000'000, options.quirks);
    std::string received;
    std::string wire;
    std::string message;
    std::size_t challenges = 0;
    answers.greeting ? reader.begin_greeting() : reader.begin(answers.form);
    for (const std::string_view piece : pieces) {
        received += piece;
        wire += piece;
        while (!reader.idle()) {
            const response_step step = reader.next(received, options);
            if (step.part == response_part::fault || step.part == response_part::no_reply) return verdict::reject;
            if (step.part == response_part::greeting && !step.ok) return verdict::reject;
            if (step.bare_line_feed) return verdict::reject;
            if (step.part == response_part::body) message += step.octets;
            if (step.part == response_part::challenge) ++challenges;
            if (step.part == response_part::none && step.used == 0) break;
            received.erase(0, step.used);
        }
    }
    if (reader.idle() == (challenges == 1) || !received.empty()) return verdict::reject;
    if (!sender || answers.form != answer_form::body) return verdict::accept;
    std::string stuffed(2 * message.size() + 8, '\0');
    dot_stuffer dots;
    stuffed.resize(dots.next(message, stuffed).written);
    stuffed += dots.ending();
    return wire.ends_with("\r\n" + stuffed) ? verdict::accept : verdict::reject;
}

// The context a command gives to its answer; nothing where the command is not known.
inline std::optional<context> context_of(std::string_view command) {
    if (command == "(greeting)") return context{.greeting = true};
    if (command == "(sasl-response)") return context{.form = answer_form::sasl};
    if (command.empty()) return context{};
    std::array<token, tokens_of_a_line> tape;
    const std::string line = std::string(command) + "\r\n";
    const auto parsed = parse_command(line, tape);
    std::optional<context> result;
    if (parsed) {
        visit<everything>(parsed.value, [&](const auto& c) { result = context{.form = c.answer()}; });
    } else {
        // The name of a command without its arguments.
        for (const std::string_view arguments : {" 1", " x", " 1 1", " x 00000000000000000000000000000000"}) {
            const std::string full = std::string(command) + std::string(arguments) + "\r\n";
            const auto again = parse_command(full, tape);
            if (again) visit<everything>(again.value, [&](const auto& c) { result = context{.form = c.answer()}; });
        }
    }
    return result;
}

} // namespace mailwire::pop3::test
