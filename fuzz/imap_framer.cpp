// SPDX-License-Identifier: BSL-1.0
// A stream cut into units. The first octet says whose it is (1: a server's), the second one which literals are taken
// out (one bit each, again from the ninth on), the third one which units are lines (line_mode; one bit each), the fourth
// one in what pieces the octets come; the rest is the stream. Whatever it is:
//   - nothing is read that is not there (sanitizers), and nothing comes from the heap
//   - the frames are those of a plain reading of RFC 9051 2.2 and 4.3, and cover each octet once
//   - the pieces give the frames that the whole gives
//   - the header that a frame names is the header at the end of its line

#include <mailwire/imap/framer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using imap::frame;
using imap::frame_kind;

namespace {

struct setting {
    side from = side::client;
    unsigned elided = 0;
    unsigned lines = 0;

    bool takes_out(std::size_t literal) const { return (elided >> literal % 8 & 1U) != 0; }
    bool is_line(std::size_t unit) const { return (lines >> unit % 8 & 1U) != 0; }
};

// A frame, the octets of its unit so far, and how many octets of the stream were passed when it was found.
struct found {
    frame_kind kind;
    std::string unit;
    std::size_t passed;
    std::uint64_t octets;
    std::size_t header;
    bool non_synchronizing;

    friend bool operator==(const found&, const found&) = default;
};

struct result {
    std::vector<found> frames;
    std::string rest;       // of the unit that is not whole
    std::size_t passed = 0; // octets in units and in literals that were taken out

    friend bool operator==(const result&, const result&) = default;
};

// The end of a line that ends with LF, judged the slow way.
found judged(const setting& s, const std::string& unit, std::size_t line, bool is_line) {
    found f{frame_kind::unit, unit, 0, 0, 0, false};
    std::string_view text = std::string_view(unit).substr(line);
    if (!text.ends_with("\r\n")) return f.kind = frame_kind::bare_line_feed, f;
    const std::size_t open = text.rfind('{');
    if (is_line || open == text.npos || !text.ends_with("}\r\n")) return f;
    std::string_view digits = text.substr(open + 1, text.size() - open - 4);
    const bool plus = digits.ends_with('+');
    if (plus) digits.remove_suffix(1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return f;
    const bool binary = open != 0 && text[open - 1] == '~';
    text = text.substr(0, open - (binary ? 1 : 0));
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted && text[i] == '\\') ++i;
    }
    const bool smuggles = s.from == side::client && plus;
    if (!smuggles && (quoted || imap::framer(s.from).is_text(unit))) return f;
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    constexpr std::string_view most = "9223372036854775807";
    f.header = line + text.size();
    f.non_synchronizing = plus;
    if (digits.size() > most.size() || (digits.size() == most.size() && digits > most)) {
        f.kind = frame_kind::bad_literal;
        return f;
    }
    f.kind = frame_kind::literal;
    for (const char c : digits)
        f.octets = f.octets * 10 + static_cast<std::uint64_t>(c - '0');
    return f;
}

result expected(const setting& s, std::string_view octets) {
    result r;
    std::size_t line = 0;
    std::size_t units = 0;
    std::size_t literals = 0;
    for (;;) {
        const std::size_t feed = octets.find('\n', r.passed);
        if (feed == octets.npos) break;
        r.rest += octets.substr(r.passed, feed + 1 - r.passed);
        r.passed = feed + 1;
        r.frames.push_back(judged(s, r.rest, line, s.is_line(units)));
        const found& f = r.frames.back();
        r.frames.back().passed = r.passed;
        if (f.kind == frame_kind::literal) {
            const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(f.octets, octets.size() - r.passed));
            if (!s.takes_out(literals++)) r.rest += octets.substr(r.passed, n);
            r.passed += n;
            line = r.rest.size();
            if (n != f.octets) return r;
        } else {
            ++units;
            r.rest.clear();
            line = 0;
        }
    }
    r.rest += octets.substr(r.passed);
    r.passed = octets.size();
    return r;
}

void check_header(const setting& s, const found& f, std::size_t line) {
    if (f.kind != frame_kind::literal) return;
    const std::string_view text = std::string_view(f.unit).substr(line);
    const frame header = without_heap([&] { return imap::framer::header_at_end(text); });
    require(header.kind == frame_kind::literal && header.octets == f.octets && header.header + line == f.header &&
                header.non_synchronizing == f.non_synchronizing,
            "a frame names the header at the end of its line");
    require(s.from == side::client || !imap::framer(s.from).is_text(f.unit), "text has no literals");
}

result framed(const setting& s, std::string_view octets, cutter pieces) {
    result r;
    edge memory;
    imap::framer framer(s.from);
    framer.line_mode(s.is_line(0));
    std::size_t units = 0;
    std::size_t literals = 0;
    std::size_t line = 0;
    std::uint64_t taken_out = 0; // still to come
    for (std::size_t here = 0; here != octets.size();) {
        here += pieces.next(octets.size() - here);
        for (;;) {
            const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(taken_out, here - r.passed));
            taken_out -= n;
            r.passed += n;
            r.rest += octets.substr(r.passed, here - r.passed);
            r.passed = here;
            const std::string_view copy = memory.put(r.rest);
            const frame f = without_heap([&] { return framer.scan(copy); });
            if (f.kind == frame_kind::more) break;
            require(f.size != 0 && f.size <= r.rest.size(), "a frame is inside what is here");
            r.passed -= r.rest.size() - f.size;
            const std::uint64_t follow = f.kind == frame_kind::literal ? f.octets : 0;
            r.frames.push_back({f.kind, r.rest.substr(0, f.size), r.passed, follow, f.header, f.non_synchronizing});
            check_header(s, r.frames.back(), line);
            if (f.kind == frame_kind::literal && s.takes_out(literals++)) {
                r.rest.resize(f.size);
                taken_out = f.octets;
                framer.literal_elided();
                line = f.size;
            } else if (f.kind == frame_kind::literal) {
                r.passed += r.rest.size() - f.size;
                framer.literal_kept(f.octets);
                line = f.size + static_cast<std::size_t>(f.octets);
            } else {
                r.rest.clear();
                framer.next_unit();
                framer.line_mode(s.is_line(++units));
                line = 0;
            }
        }
    }
    return r;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, std::min<std::size_t>(size, 2000));
    setting s;
    if ((take(octets) & 1U) != 0) s.from = side::server;
    s.elided = take(octets);
    s.lines = take(octets);
    const unsigned seed = take(octets);
    const result whole = framed(s, octets, cutter::whole());
    require(whole.passed == octets.size(), "each octet is passed once");
    require(whole == expected(s, octets), "the frames are those of a plain reading");
    require(framed(s, octets, cutter::single()) == whole, "single octets give the frames of the whole");
    require(framed(s, octets, cutter::seeded(seed)) == whole, "pieces give the frames of the whole");
    return 0;
}
