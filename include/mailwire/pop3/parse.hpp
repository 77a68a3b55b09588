// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/control.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/grammar/response.hpp"
#include "mailwire/pop3/model/language.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/model/sasl.hpp"
#include "mailwire/pop3/profile.hpp"
#include "mailwire/pop3/separate.hpp"

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
