// SPDX-License-Identifier: BSL-1.0
#include "inspect/imap.hpp"

#include <vector>

#include "inspect/escape.hpp"
#include "inspect/tree.hpp"
#include "mailwire/imap/explain.hpp"
#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/parse.hpp"

namespace inspect {
namespace {

namespace imap = mailwire::imap;
using mailwire::errc;
using mailwire::error;
using mailwire::side;
using mailwire::token;

// Finds the end of the unit; its octets, its fault and what is missing are noted in `result`. False where there is no
// whole and sound unit.
bool frame_unit(unit& result, std::string_view rest, side from) {
    imap::framer framer(from);
    for (;;) {
        const imap::frame found = framer.scan(rest);
        result.octets = rest.substr(0, found.size);
        switch (found.kind) {
        case imap::frame_kind::unit:
            return true;
        case imap::frame_kind::literal:
            if (found.octets > rest.size() - found.size) {
                result.octets = rest;
                result.judged = verdict::incomplete;
                result.fault = {errc::truncated, rest.size(), 0, 0};
                result.note = "a literal of " + std::to_string(found.octets) + " octets, " +
                              std::to_string(rest.size() - found.size) + " are here";
                return false;
            }
            framer.literal_kept(found.octets);
            break;
        case imap::frame_kind::more:
            result.octets = rest;
            result.judged = verdict::incomplete;
            result.fault = {errc::truncated, rest.size(), 0, 0};
            return false;
        case imap::frame_kind::bare_line_feed:
            result.judged = verdict::reject;
            result.fault = {errc::bare_line_feed, found.size - 1, 0, 0};
            result.why = sentence_of({.error = result.fault});
            return false;
        case imap::frame_kind::bad_literal:
            result.judged = verdict::reject;
            result.fault = {errc::number_too_big, found.header, 0, 9223372036854775807U};
            result.why = sentence_of({.error = result.fault});
            return false;
        }
    }
}

// Calls `parse(tape)` with a tape that has room for all fields of the unit.
template <typename Parse> auto with_tape(std::vector<token>& tape, Parse parse) {
    auto result = parse(tape);
    while (result.error.code == errc::tape_full) {
        tape.resize(2 * tape.size());
        result = parse(tape);
    }
    return result;
}

void refuse(unit& result, const error& fault, const mailwire::explanation& why) {
    result.judged = verdict::reject;
    result.fault = fault;
    result.why = sentence_of(why);
}

// What the unit is and whether its name is known: shows in its item, or in the first word of a status response.
void name_unit(unit& result, std::string_view what, const node& named) {
    result.what = std::string(what) + " " + std::string(named.kind == "item" ? name_of(named) : named.octets);
    if (named.kind == "item" && named.word.empty()) result.judged = verdict::unknown;
}

void read_command(unit& result, const imap_options& options, std::vector<token>& tape) {
    const auto parsed =
        with_tape(tape, [&](auto& room) { return imap::parse_command(result.octets, room, {options.dialect}); });
    if (!parsed) return refuse(result, parsed.error, imap::explain_command(result.octets, {options.dialect}));
    result.fields = tree_of(result.octets, parsed.value.tokens(), word_of<imap::everything>);
    name_unit(result, "command", result.fields.at(1));
}

void read_response(unit& result, const imap::parsed<imap::response>& parsed, const mailwire::explanation& why) {
    if (!parsed) return refuse(result, parsed.error, why);
    result.fields = tree_of(result.octets, parsed.value.tokens(), word_of<imap::everything>);
    switch (parsed.value.kind()) {
    case imap::response_kind::data:
        return name_unit(result, "data", result.fields.at(0));
    case imap::response_kind::status:
        return name_unit(result, result.what, result.fields.at(0));
    case imap::response_kind::tagged:
        return name_unit(result, "tagged", result.fields.at(1));
    case imap::response_kind::continuation:
        result.what = "continuation";
        return;
    }
}

imap::parsed<imap::response> parse_greeting(std::string_view octets, std::vector<token>& tape,
                                            const imap_options& options) {
    return with_tape(tape, [&](auto& room) { return imap::parse_greeting(octets, room, {options.dialect}); });
}

void read_greeting(unit& result, const imap::parsed<imap::response>& greeting, const imap_options& options) {
    result.what = "greeting";
    read_response(result, greeting, imap::explain_greeting(result.octets, {options.dialect}));
}

// A greeting is told from a response by its place alone; a unit that comes without its place may be either.
void read_from_server(unit& result, const imap_options& options, std::vector<token>& tape) {
    const bool begins = options.rule == imap_rule::automatic && result.offset == 0;
    if (options.rule == imap_rule::greeting || begins) {
        const auto greeting = parse_greeting(result.octets, tape, options);
        if (greeting || !begins) return read_greeting(result, greeting, options);
    }
    const auto response =
        with_tape(tape, [&](auto& room) { return imap::parse_response(result.octets, room, {options.dialect}); });
    if (!response && options.rule == imap_rule::unit) {
        const auto greeting = parse_greeting(result.octets, tape, options);
        if (greeting) return read_greeting(result, greeting, options);
    }
    const bool status = response && response.value.kind() == imap::response_kind::status;
    result.what = status ? "status" : "response";
    read_response(result, response, imap::explain_response(result.octets, {options.dialect}));
}

} // namespace

unit read_imap_unit(std::string_view stream, std::size_t offset, const imap_options& options) {
    const side from = options.dialect.from;
    unit result;
    result.offset = offset;
    result.what = from == side::client ? "command" : "response";
    if (!frame_unit(result, stream.substr(offset), from)) return result;
    std::vector<token> tape(64);
    if (from == side::client) {
        read_command(result, options, tape);
    } else {
        read_from_server(result, options, tape);
    }
    return result;
}

} // namespace inspect
