// SPDX-License-Identifier: BSL-1.0
// Lines of a POP3 client: commands, and behind AUTH the lines of a SASL exchange. The first octet says what is
// tolerated (1: UTF-8, 2, 4, 8: the quirks of clients), the second one in what pieces the octets come; the rest is what
// the client sends. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces give the lines that the whole gives, with the same errors at the same offsets, and no line is lost
//   - what was read is written, and what was written reads as the same
//   - octets that a program puts into a command make one line that reads as they are, or none

#include <mailwire/pop3/session/command_reader.hpp>
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

constexpr std::size_t longest_response = 400;

parse_options options_of(unsigned octet) {
    parse_options o{.utf8 = (octet & 1U) != 0};
    if ((octet & 2U) != 0) o.quirks |= quirks::auth_without_mechanism;
    if ((octet & 4U) != 0) o.quirks |= quirks::mechanism_in_any_case;
    if ((octet & 8U) != 0) o.quirks |= quirks::bare_line_feed;
    return o;
}

template <typename Command> bool are_same(const Command& a, const Command& b) {
    bool same = true;
    if constexpr (requires { a.message; }) same = same && a.message == b.message;
    if constexpr (requires { a.lines; }) same = same && a.lines == b.lines;
    if constexpr (requires { a.name; }) same = same && a.name == b.name;
    if constexpr (requires { a.password; }) same = same && a.password == b.password;
    if constexpr (requires { a.digest; }) same = same && a.digest == b.digest;
    if constexpr (requires { a.mechanism; }) same = same && a.mechanism == b.mechanism;
    if constexpr (requires { a.initial_response; }) same = same && a.initial_response == b.initial_response;
    if constexpr (requires { a.range; }) same = same && a.range == b.range;
    return same;
}

using line_room = std::array<char, 2 * longest_response>;

// The line of a command, or nothing where the writer refuses it.
template <typename Command> std::string written(const Command& command, bool utf8) {
    line_room room;
    span_sink sink(room);
    const misuse m = without_heap([&] { return write_command(sink, command, utf8); });
    if (m != misuse::none) return {};
    require(sink.ok() && sink.size() <= longest_command, "a command is no longer than the limit");
    return std::string(sink.view());
}

void check_command(const command_step& step, const parse_options& o) {
    const std::string line = written(step.command, o.utf8);
    // Some of what is tolerated cannot be sent; a line that gets its CR back may be one octet too long.
    if (line.empty()) return require(step.quirks != 0, "what was read can be written");
    std::array<token, tokens_of_a_line> tape;
    const auto again = without_heap([&] { return parse_command(line, tape, {.utf8 = o.utf8}); });
    require(bool(again) && again.quirks == 0, "what was written can be read, and strictly");
    require(again.value.id() == step.command.id(), "it is the same command");
    const bool known = visit<everything>(step.command, [&]<typename Command>(const Command& value) {
        require(are_same(value, again.value.as<Command>()), "it has the same values");
    });
    require(known == step.command.known() && known == (step.part == command_part::command),
            "a known command is visited");
    if (!known) {
        const bool same =
            again.value.name().spelled() == step.command.name().spelled() && again.value.rest() == step.command.rest();
        require(same, "an unknown command has the same words");
    }
    require(written(again.value, o.utf8) == line, "it is written the same again");
}

void check_response(const command_step& step) {
    line_room room;
    span_sink sink(room);
    const sasl_line value{step.part == command_part::cancel, step.base64};
    const misuse m = without_heap([&] { return write_sasl_line(sink, value); });
    require(m == misuse::none && sink.ok(), "a response can be written");
    const auto again = parse_sasl_line(sink.view());
    require(bool(again) && again.value == value, "what was written reads as the same");
}

struct part {
    command_part kind;
    std::string octets;
    std::string base64;
    std::uint32_t id;
    std::uint32_t quirks;
    error fault;

    friend bool operator==(const part&, const part&) = default;
};

part note(const command_step& step, std::string_view received, const parse_options& o) {
    const std::string_view line = received.substr(0, step.used);
    if (step.part == command_part::fault) {
        require(step.fault && step.fault.offset <= line.size(), "an error is inside its line");
    } else {
        const std::size_t end = (o.quirks & quirks::bare_line_feed) != 0 ? line.find('\n') + 1 : line.find("\r\n") + 2;
        require(!step.fault && end == line.size(), "a line ends with its line end");
    }
    if (step.part == command_part::command || step.part == command_part::unknown) check_command(step, o);
    if (step.part == command_part::response || step.part == command_part::cancel) check_response(step);
    const bool reads = step.part == command_part::command || step.part == command_part::unknown;
    return {step.part,   std::string(line), std::string(step.base64), reads ? step.command.id() : unknown_id,
            step.quirks, step.fault};
}

// AUTH begins an exchange; a line that is empty, cancels or is refused ends it.
bool goes_on(const command_step& step, bool exchange) {
    if (exchange) return step.part == command_part::response && !step.base64.empty();
    return step.part == command_part::command && step.role == command_role::auth;
}

std::vector<part> read(std::string_view octets, cutter pieces, const parse_options& o) {
    command_reader<> reader(longest_command, longest_response, o);
    std::vector<part> parts;
    std::string received;
    edge memory;
    bool exchange = false;
    while (!octets.empty()) {
        const std::size_t n = pieces.next(octets.size());
        received += octets.substr(0, n);
        octets.remove_prefix(n);
        for (;;) {
            const std::string_view copy = memory.put(received);
            const command_step step = without_heap([&] { return reader.next(copy); });
            require(step.used <= received.size(), "no more is used than there is");
            if (step.part == command_part::none && step.used == 0) break;
            if (step.part != command_part::none) {
                parts.push_back(note(step, copy, o));
                exchange = goes_on(step, exchange);
                reader.set_exchange(exchange);
            }
            received.erase(0, step.used);
        }
    }
    require(received.find("\r\n") == received.npos && received.size() < longest_response, "no line is left behind");
    return parts;
}

// A program's value: one line that reads as it, or none.
template <typename Command> void check_value(const Command& value, bool utf8) {
    const std::string line = written(value, utf8);
    if (line.empty()) return;
    require(line.find_first_of("\r\n") == line.size() - 2, "a command is one line");
    std::array<token, tokens_of_a_line> tape;
    const auto read = parse_command(line, tape, {.utf8 = utf8});
    require(bool(read) && read.value.template is<Command>(), "it reads as the command it is");
    require(are_same(value, read.value.template as<Command>()), "it reads with the values it has");
}

void check_values(std::string_view octets, bool utf8) {
    constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";
    check_value(user{octets}, utf8);
    check_value(pass{octets}, utf8);
    check_value(apop{octets, digest}, utf8);
    check_value(apop{"mrose", octets}, utf8);
    check_value(auth{octets, {}}, utf8);
    check_value(auth{"PLAIN", octets}, utf8);
    check_value(lang{octets}, utf8);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, size);
    const parse_options o = options_of(take(octets));
    const unsigned seed = take(octets);
    const std::vector<part> whole = read(octets, cutter::whole(), o);
    require(read(octets, cutter::single(), o) == whole, "single octets give the lines of the whole");
    require(read(octets, cutter::seeded(seed), o) == whole, "pieces give the lines of the whole");
    check_values(octets, o.utf8);
    std::array<token, tokens_of_a_line> tape;
    const auto alone = parse_command(octets, tape, o); // the parser needs no framer not to fall
    require(alone.error.offset <= octets.size(), "an error is inside its line");
    require(parse_sasl_line(octets, o).error.offset <= octets.size(), "an error is inside its line");
    return 0;
}
