// SPDX-License-Identifier: BSL-1.0
// Responses of a POP3 server. Five octets say what is answered and what is known of the server (see `setting_of`), and
// in what pieces the octets come; the rest is what the server sends. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces give the parts that the whole gives, with the same errors at the same offsets, and no line is lost
//   - what was read is written, and what was written reads as the same

#include <mailwire/pop3/session/response_reader.hpp>
#include <mailwire/pop3/write.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::pop3;

namespace {

constexpr std::size_t longest_challenge = 700;

struct setting {
    bool greeting = false;
    answer_form form = answer_form::text;
    parse_options options = {};
    std::uint64_t seed = 0;
};

// 'A': greeting, 'B' to 'M': the forms of answers in their order. '0' to '5': what is known of response codes, without
// and with UTF-8. '@' to 'O', '@' to '_': the quirks of servers, four and five bits. The seed of the pieces.
setting setting_of(std::string_view& octets) {
    setting s;
    const unsigned form = (take(octets) + 13U - 'A' % 13U) % 13U;
    s.greeting = form == 0;
    if (!s.greeting) s.form = static_cast<answer_form>(form - 1);
    const unsigned known = (take(octets) + 6U - '0' % 6U) % 6U;
    s.options.codes = static_cast<response_codes>(known % 3);
    s.options.utf8 = known >= 3;
    s.options.quirks = take(octets) & 15U;
    s.options.quirks |= (take(octets) & 31U) << 4U;
    s.seed = take(octets);
    return s;
}

// What a value of a step is read with once it has been written: strictly.
struct context {
    std::uint32_t fired = 0;
    parse_options options = {};
};

// A value goes out and comes back. Not written are texts that would read as response codes, what was only tolerated,
// and lines that a canonical spelling makes too long.
template <typename Value, typename Write, typename Parse>
void check_written(const context& c, const Value& value, bool may_be_refused, Write write, Parse parse) {
    std::array<char, 2 * longest_challenge> room;
    span_sink sink(room);
    if (without_heap([&] { return write(sink, value); }) != misuse::none) {
        return require(may_be_refused || c.fired != 0 || sink.size() > longest_response_line, "it can be written");
    }
    const std::string line(sink.view());
    require(line.size() >= 2 && line.find("\r\n") == line.size() - 2, "what is written is one line");
    const auto again = without_heap([&] { return parse(std::string_view(line)); });
    require(!again.error && again.quirks == 0, "what was written can be read, and strictly");
    std::array<char, 2 * longest_challenge> second_room;
    span_sink second(second_room);
    require(write(second, again.value) == misuse::none, "it can be written again");
    require(second.view() == line, "it is written the same again");
    if constexpr (requires { value == again.value; }) require(value == again.value, "it reads as the same");
}

bool begins_with_bracket(response_code code, std::string_view text) { return !code && text.starts_with("["); }

void check_first_line(const response_step& step, const setting& s, const context& c) {
    cursor fields = step.fields;
    const bool utf8 = s.options.utf8;
    if (step.part == response_part::greeting && step.ok) {
        const auto value = greeting::read(fields);
        const bool odd = value.timestamp.empty() && value.text.find('<') != value.text.npos;
        check_written(
            c, value, odd || begins_with_bracket(value.code, value.text),
            [&](auto& to, const greeting& v) { return write_greeting(to, v, utf8); },
            [&](std::string_view line) { return parse_greeting(line, c.options); });
    } else if (step.part == response_part::reply) {
        const auto value = reply::read(fields, s.form);
        // To LANG a refusal may come in UTF-8, though it was not agreed on.
        const bool foreign = s.form == answer_form::language && !value.ok && !utf8;
        check_written(
            c, value, foreign || begins_with_bracket(value.code, value.text),
            [&](auto& to, const reply& v) { return write_reply(to, v, s.form, utf8); },
            [&](std::string_view line) { return parse_reply(line, s.form, c.options); });
    } else if (step.part == response_part::challenge) {
        check_written(
            c, challenge::read(fields), false, [](auto& to, const challenge& v) { return write_challenge(to, v); },
            [&](std::string_view line) { return parse_challenge(line, c.options); });
    }
}

void check_listed_line(const response_step& step, const setting& s, const context& c) {
    cursor fields = step.fields;
    std::array<token, tokens_of_a_line> tape;
    const auto write = [&](auto& to, const auto& v) { return write_listed(to, v, s.options.utf8); };
    if (step.part == response_part::scan_listing) {
        check_written(c, scan_listing::read(fields), false, write,
                      [&](std::string_view line) { return parse_scan_listing(line, c.options); });
    } else if (step.part == response_part::unique_id) {
        check_written(c, unique_id::read(fields), false, write,
                      [&](std::string_view line) { return parse_unique_id(line, c.options); });
    } else if (step.part == response_part::language) {
        check_written(c, language_listing::read(fields), false, write,
                      [&](std::string_view line) { return parse_language_listing(line, c.options); });
    } else if (step.part == response_part::mechanism) {
        check_written(c, mechanism_listing::read(fields), false, write,
                      [&](std::string_view line) { return parse_mechanism_listing(line, c.options); });
    } else if (step.part == response_part::capability) {
        check_written(c, item<slot::capability>::read(fields), false, write,
                      [&](std::string_view line) { return parse_capability(line, tape, c.options); });
    }
}

void check_fields(const response_step& step, const setting& s) {
    context c{step.quirks, s.options};
    c.options.quirks = 0;
    check_first_line(step, s, c);
    check_listed_line(step, s, c);
}

struct part {
    response_part kind;
    std::string octets;
    std::uint32_t quirks;
    error fault;
    bool ok;
    bool bare_line_feed;

    friend bool operator==(const part&, const part&) = default;
};

void note(std::vector<part>& parts, const response_step& step) {
    const bool refused = step.part == response_part::fault || step.part == response_part::no_reply;
    if (step.part == response_part::none) return;
    if (step.part == response_part::body && !parts.empty() && parts.back().kind == response_part::body) {
        parts.back().octets += step.octets;
    } else {
        // How much of a line is there when it is refused for its length depends on the pieces.
        const std::string octets(refused ? std::string_view() : step.octets);
        parts.push_back({step.part, octets, step.quirks, step.fault, step.ok, step.bare_line_feed});
    }
}

// Reads one response after the other, all of them answers of the same form.
std::vector<part> read(std::string_view octets, cutter pieces, const setting& s) {
    std::vector<part> parts;
    response_reader<> reader(longest_response_line, longest_challenge, 20, s.options.quirks);
    std::string received;
    edge memory;
    while (!octets.empty()) {
        const std::size_t n = pieces.next(octets.size());
        received += octets.substr(0, n);
        octets.remove_prefix(n);
        for (;;) {
            if (reader.idle() && !reader.refusing() && received.empty()) break;
            if (reader.idle()) s.greeting ? reader.begin_greeting() : reader.begin(s.form);
            const std::string_view copy = memory.put(received);
            const response_step step = without_heap([&] { return reader.next(copy, s.options); });
            require(step.used <= received.size(), "no more is used than there is");
            if (step.part == response_part::none && step.used == 0) break;
            require(step.fault.offset <= longest_challenge, "an error is inside its line");
            require(step.part != response_part::fault || step.fault, "a refusal has a reason");
            if (!step.fault) check_fields(step, s);
            note(parts, step);
            received.erase(0, step.used);
        }
    }
    require(received.find("\r\n") == received.npos && received.size() < longest_challenge, "no line is left behind");
    note(parts, reader.end());
    return parts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, size);
    const setting s = setting_of(octets);
    const std::vector<part> whole = read(octets, cutter::whole(), s);
    require(read(octets, cutter::single(), s) == whole, "single octets give the parts of the whole");
    require(read(octets, cutter::seeded(s.seed), s) == whole, "pieces give the parts of the whole");
    return 0;
}
