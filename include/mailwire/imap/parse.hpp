// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/control.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/model/command.hpp"
#include "mailwire/imap/model/response.hpp"
#include "mailwire/imap/profile.hpp"
#include "mailwire/imap/separate.hpp"

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
