// SPDX-License-Identifier: BSL-1.0
// Lines that are units of their own: greetings and continuations of a server, and what a client says behind
// AUTHENTICATE and IDLE. The first octet says how they are read (1: UTF-8, 2, 4: quirks, 8: no status without a text),
// the second one in what pieces the octets come; the rest is the stream, and the text that a program sends. Whatever it
// is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces give the lines that the whole gives, and in line mode each line is one unit
//   - judging without a tape says what recording says, and so does an explanation
//   - what was read is written, and what was written is one unit that reads and is written the same again
//   - a greeting other than PREAUTH is a response with the same values
//   - a text that a program sends makes one line that reads as it is, or none

#include <mailwire/imap/explain.hpp>
#include <mailwire/imap/framer.hpp>
#include <mailwire/imap/grammar/forms.hpp>
#include <mailwire/imap/grammar/quirks.hpp>
#include <mailwire/imap/grammar/session_command.hpp>
#include <mailwire/imap/parse.hpp>
#include <mailwire/imap/write.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"
#include "support/fields.hpp"
#include "support/frames.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using imap::frame_kind;

namespace {

using parse = imap::parsed<imap::response> (*)(std::string_view, std::span<token>, imap::parse_options);
using explain = explanation (*)(std::string_view, imap::parse_options);

dialect dialect_of(unsigned octet) {
    dialect d{.from = side::server, .utf8 = (octet & 1U) != 0};
    if ((octet & 2U) != 0) d.quirks |= imap::quirks::bare_continuation;
    if ((octet & 4U) != 0) d.quirks |= imap::quirks::of_servers & ~imap::quirks::bare_continuation;
    if ((octet & 8U) != 0) d.forms &= ~imap::forms::no_text;
    return d;
}

std::vector<test::framed> frames_of(std::string_view octets, cutter pieces) {
    std::vector<std::string_view> cut;
    for (; !octets.empty(); octets.remove_prefix(cut.back().size()))
        cut.push_back(octets.substr(0, pieces.next(octets.size())));
    return test::frames_of(side::server, cut);
}

bool is_one_unit(std::string_view text) {
    const auto frames = frames_of(text, cutter::whole());
    return !frames.empty() && frames.back().kind == frame_kind::unit && frames.back().offset == 0 &&
           frames.back().size == text.size();
}

// What a call writes, or nothing where the writer refuses it.
template <typename Write> std::string written(Write write_one) {
    size_sink count;
    const misuse counted = without_heap([&] { return write_one(count); });
    std::string text(count.size(), '?');
    span_sink sink(text);
    const misuse result = without_heap([&] { return write_one(sink); });
    require(result == counted && sink.size() == text.size(), "counting says what writing says");
    return result == misuse::none ? text : std::string();
}

std::string written(const imap::response& value, const dialect& rules) {
    return written([&](auto& sink) { return imap::write_response(sink, value, {.utf8 = rules.utf8}); });
}

// Parses a unit that has to be judged alike by all that judge. The value is valid as long as the tape.
imap::parsed<imap::response> judged(parse how, explain why, std::string_view unit, std::vector<token>& tape,
                                    const dialect& rules) {
    const imap::parse_options options{rules};
    tape.resize(unit.size());
    const auto result = without_heap([&] { return how(unit, tape, options); });
    const auto without_tape = without_heap([&] { return how(unit, {}, options); });
    const error told = why(unit, options).error;
    require(told.code == result.error.code && told.offset == result.error.offset,
            "an explanation is of the same error");
    require(without_tape.quirks == result.quirks, "judging tolerates what recording tolerates");
    if (result.error) {
        require(result.error.code != errc::tape_full, "as many tokens as octets are enough");
        require(result.error.offset <= unit.size(), "an error is inside its unit");
        require(without_tape.error == result.error, "judging refuses what recording refuses");
        return result;
    }
    const std::span<const token> tokens(result.value.tokens().position(), result.value.tokens().end());
    require(test::inside(unit, tokens), "a token is inside its unit");
    const error full{errc::tape_full, 0, tokens.size(), 0};
    require(without_tape.error == (tokens.empty() ? error{} : full), "judging counts what recording records");
    return result;
}

void check_round_trip(parse how, explain why, const imap::parsed<imap::response>& first, dialect rules) {
    const std::string text = written(first.value, rules);
    // Some of what is tolerated cannot be sent.
    if (text.empty()) return require(first.quirks != 0, "what was read can be written");
    rules.quirks = 0;
    std::vector<token> tape;
    const auto second = judged(how, why, text, tape, rules);
    require(bool(second) && second.value.kind() == first.value.kind(), "what was written can be read, and strictly");
    require(written(second.value, rules) == text && is_one_unit(text), "it is one unit, and written the same again");
}

void check_server_line(std::string_view octets, const dialect& rules, bool framed) {
    edge memory;
    const std::string_view unit = memory.put(octets);
    std::vector<token> tape;
    std::vector<token> other;
    const auto greeting = judged(imap::parse_greeting<>, imap::explain_greeting<>, unit, tape, rules);
    const auto response = judged(imap::parse_response<>, imap::explain_response<>, unit, other, rules);
    if (greeting) {
        require(greeting.value.kind() == imap::response_kind::status, "a greeting is a status");
        const bool preauth = greeting.value.status().condition == imap::condition::preauth;
        require(bool(response) != preauth, "all greetings but PREAUTH are responses");
        require(preauth || written(greeting.value, rules) == written(response.value, rules), "of the same values");
        if (framed) check_round_trip(imap::parse_greeting<>, imap::explain_greeting<>, greeting, rules);
    }
    if (!response || response.value.kind() != imap::response_kind::continuation) return;
    require(!greeting && unit.starts_with('+'), "a continuation is no greeting");
    if (framed) check_round_trip(imap::parse_response<>, imap::explain_response<>, response, rules);
}

template <typename Rule> bool accepts(std::string_view unit) {
    std::array<token, 4> tape;
    input in(unit, tape, {.from = side::client});
    input judging(unit, {}, {.from = side::client});
    const bool good = without_heap([&] { return run<Rule>(in); });
    require(without_heap([&] { return run<Rule, apply_mode::nothing>(judging); }) == good, "judging says the same");
    require(good || (in.fault() == judging.fault() && in.fault().offset <= unit.size()), "both stop at one octet");
    require(!good || (in.empty() && test::inside(unit, in.tape().tokens())), "a token is inside its line");
    return good;
}

bool is_base64(std::string_view text) {
    if (text.size() % 4 != 0) return false;
    for (int i = 0; i != 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    return std::all_of(text.begin(), text.end(), [](char c) { return imap::grammar::base64_char.contains(c); });
}

void check_client_line(std::string_view octets) {
    edge memory;
    const std::string_view line = memory.put(octets);
    const bool ends = line.ends_with("\r\n");
    const std::string_view text = line.substr(0, line.size() - (ends ? 2 : 0));
    require(accepts<imap::grammar::authenticate_line>(line) == (ends && (text == "*" || is_base64(text))),
            "base64 or *");
    require(accepts<imap::grammar::idle_done>(line) == (ends && equal_ignoring_case(text, "DONE")), "DONE, or nothing");
    imap::framer framer(side::client);
    framer.line_mode(true);
    const imap::frame f = without_heap([&] { return framer.scan(line); });
    require(f.kind == (ends ? frame_kind::unit : frame_kind::bare_line_feed) && f.size == line.size(), "one line");
}

// What a program sends: one line that reads as it is, or none.
void check_text(std::string_view text, const dialect& rules) {
    const imap::write_options options{.utf8 = rules.utf8};
    const imap::parse_options strict{{.from = side::server, .utf8 = rules.utf8}};
    std::vector<token> tape(text.size() + 20);
    const std::string go = written([&](auto& sink) { return imap::write_continuation(sink, text, options); });
    const auto read = imap::parse_response(go, tape, strict);
    require(go.empty() || (is_one_unit(go) && read && read.value.continuation() == text), "it says the text");
    const imap::status_response value{imap::condition::preauth, {}, text};
    const std::string hello = written([&](auto& sink) { return imap::write_status(sink, value, options); });
    const auto greeting = imap::parse_greeting(hello, tape, strict);
    const std::string_view said = text.empty() ? "-" : text;
    require(hello.empty() || (is_one_unit(hello) && greeting && greeting.value.status().text == said),
            "so does a greeting");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, std::min<std::size_t>(size, 2000));
    const dialect rules = dialect_of(take(octets));
    const unsigned seed = take(octets);
    const auto frames = frames_of(octets, cutter::whole());
    require(frames_of(octets, cutter::single()) == frames, "single octets give the frames of the whole");
    require(frames_of(octets, cutter::seeded(seed)) == frames, "pieces give the frames of the whole");
    for (const test::framed& f : frames) {
        if (f.kind == frame_kind::unit) check_server_line(octets.substr(f.offset, f.size), rules, true);
    }
    check_server_line(octets, rules, false); // the parser needs no framer not to fall
    check_text(octets, rules);
    for (std::size_t feed = octets.find('\n'); feed != octets.npos; feed = octets.find('\n')) {
        check_client_line(octets.substr(0, feed + 1));
        octets.remove_prefix(feed + 1);
    }
    return 0;
}
