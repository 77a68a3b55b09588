// SPDX-License-Identifier: BSL-1.0
// Responses of a POP3 server. The first octet says what is answered and what is known of the server, the second in what
// pieces the octets come; the rest is what the server sends. Whatever it is:
//   - nothing is read or written that is not there (sanitizers)
//   - the pieces give the parts that the whole gives, with the same errors at the same offsets
//   - what was read is written, and what was written reads as the same

#include <mailwire/pop3/session/response_reader.hpp>
#include <mailwire/pop3/write.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace mailwire;
using namespace mailwire::pop3;

namespace {

struct setting {
    bool greeting = false;
    answer_form form = answer_form::text;
    parse_options options = {};
};

// 0: greeting, 1 to 8: the forms of answers; then what is known of response codes, UTF-8, and the quirks.
setting setting_of(std::uint8_t octet) {
    setting s;
    s.greeting = octet % 9 == 0;
    if (!s.greeting) s.form = static_cast<answer_form>(octet % 9 - 1);
    s.options.codes = static_cast<response_codes>(octet / 9 % 3);
    s.options.utf8 = octet / 27 % 2 == 1;
    s.options.quirks = octet / 54 % 2 == 1 ? ~std::uint32_t{0} : 0;
    return s;
}

void require(bool condition) {
    if (!condition) std::abort();
}

// A value goes out and comes back. Not written are texts that would read as response codes, a "<" in a greeting that
// was only tolerated, and lines that a canonical spelling makes too long.
template <typename Value, typename Write, typename Parse>
void check_written(const Value& value, bool may_be_refused, Write write, Parse parse) {
    std::string line;
    string_sink sink(line);
    if (write(sink, value) != misuse::none) return require(may_be_refused || line.size() > longest_response_line);
    const auto again = parse(std::string_view(line));
    require(!again.error);
    std::string second;
    string_sink second_sink(second);
    require(write(second_sink, again.value) == misuse::none);
    require(second == line);
    if constexpr (requires { value == again.value; }) require(value == again.value);
}

void check_fields(const response_step& step, const setting& s) {
    cursor fields = step.fields;
    const bool utf8 = s.options.utf8;
    std::array<token, tokens_of_a_line> tape;
    if (step.part == response_part::greeting && step.ok) {
        const auto value = greeting::read(fields);
        const bool odd = value.timestamp.empty() && value.text.find('<') != value.text.npos;
        const bool bracket = !value.code && value.text.substr(0, 1) == "[";
        check_written(
            value, odd || bracket, [&](auto& to, const greeting& v) { return write_greeting(to, v, utf8); },
            [&](std::string_view line) { return parse_greeting(line, s.options); });
    } else if (step.part == response_part::reply) {
        const auto value = reply::read(fields, s.form);
        const bool bracket = !value.code && value.text.substr(0, 1) == "[";
        check_written(
            value, bracket, [&](auto& to, const reply& v) { return write_reply(to, v, s.form, utf8); },
            [&](std::string_view line) { return parse_reply(line, s.form, s.options); });
    } else if (step.part == response_part::scan_listing) {
        check_written(
            scan_listing::read(fields), false, [&](auto& to, const auto& v) { return write_listed(to, v, utf8); },
            [&](std::string_view line) { return parse_scan_listing(line, s.options); });
    } else if (step.part == response_part::unique_id) {
        check_written(
            unique_id::read(fields), false, [&](auto& to, const auto& v) { return write_listed(to, v, utf8); },
            [&](std::string_view line) { return parse_unique_id(line, s.options); });
    } else if (step.part == response_part::capability) {
        check_written(
            item<slot::capability>::read(fields), false,
            [&](auto& to, const auto& v) { return write_listed(to, v, utf8); },
            [&](std::string_view line) { return parse_capability(line, tape, s.options); });
    }
}

struct part {
    response_part kind;
    std::string octets;
    error fault;
    bool flag;

    friend bool operator==(const part&, const part&) = default;
};

// Reads one response after the other, all of them answers of the same form.
std::vector<part> read(std::string_view octets, std::size_t piece, const setting& s) {
    std::vector<part> parts;
    response_reader<> reader(longest_response_line, 20);
    std::string received;
    while (!octets.empty()) {
        received += octets.substr(0, piece);
        octets.remove_prefix(std::min(piece, octets.size()));
        for (;;) {
            if (reader.idle() && !reader.refusing() && received.empty()) break;
            if (reader.idle()) s.greeting ? reader.begin_greeting() : reader.begin(s.form);
            // The octets lie in memory of just their size.
            const std::vector<char> exact(received.begin(), received.end());
            const response_step step = reader.next({exact.data(), exact.size()}, s.options);
            require(step.used <= received.size());
            if (step.part == response_part::none && step.used == 0) break;
            require(step.fault.offset <= longest_response_line);
            if (!step.fault) check_fields(step, s);
            const bool more_body =
                step.part == response_part::body && !parts.empty() && parts.back().kind == response_part::body;
            if (more_body) {
                parts.back().octets += step.octets;
            } else if (step.part == response_part::fault || step.part == response_part::no_reply) {
                parts.push_back({step.part, {}, step.fault, step.ok});
            } else if (step.part != response_part::none) {
                parts.push_back({step.part, std::string(step.octets), {}, step.ok || step.bare_line_feed});
            }
            received.erase(0, step.used);
        }
    }
    return parts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const setting s = setting_of(data[0]);
    const std::string_view octets(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::vector<part> whole = read(octets, octets.size(), s);
    require(read(octets, 1, s) == whole);
    require(read(octets, data[1] + std::size_t{1}, s) == whole);
    return 0;
}
