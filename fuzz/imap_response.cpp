// SPDX-License-Identifier: BSL-1.0
// Octets of a server: framed in one piece and in several, each unit parsed, written, parsed and written again.

#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace mailwire;

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

struct unit_frame {
    imap::frame_kind kind;
    std::size_t offset; // of the unit
    std::size_t size;
    std::uint64_t octets;
    friend bool operator==(const unit_frame&, const unit_frame&) = default;
};

// Frames octets that come in pieces of a size, all literals kept. A literal that cannot be here ends it.
std::vector<unit_frame> frames_of(std::string_view octets, std::size_t piece) {
    imap::framer framer(side::server);
    std::vector<unit_frame> frames;
    std::size_t unit = 0;
    for (std::size_t end = std::min(piece, octets.size());; end = std::min(end + piece, octets.size())) {
        for (;;) {
            const imap::frame f = framer.scan(octets.substr(unit, end - unit));
            if (f.kind == imap::frame_kind::more) break;
            frames.push_back({f.kind, unit, f.size, f.octets});
            if (f.kind != imap::frame_kind::literal) {
                unit += f.size;
                framer.next_unit();
            } else if (f.octets > octets.size()) {
                return frames;
            } else {
                framer.literal_kept(f.octets);
            }
        }
        if (end == octets.size()) return frames;
    }
}

// Every token lies inside the unit, every list inside the tape.
void require_inside(std::string_view unit, std::span<const token> tokens) {
    for (std::size_t i = 0; i != tokens.size(); ++i) {
        const token t = tokens[i];
        if (t.kind() == token_kind::item || t.kind() == token_kind::list) {
            require(t.size() < tokens.size() - i, "a list ends on the tape");
        } else {
            require(t.offset <= unit.size() && t.size() <= unit.size() - t.offset, "a token is inside its unit");
        }
    }
}

std::string written(const imap::response& value, bool utf8) {
    std::string text;
    string_sink out(text);
    const misuse result = imap::write_response(out, value, {.utf8 = utf8});
    require(result == misuse::none, "what was read can be written");
    return text;
}

// `whole` is true for what a framer took for one unit: of other octets nobody knows where what is written of them ends.
void judge(std::string_view unit, bool utf8, bool whole) {
    imap::parse_options options;
    options.dialect.utf8 = utf8;
    std::vector<token> tape(unit.size());
    const auto first = imap::parse_response(unit, tape, options);
    if (!first) {
        require(first.error.code != errc::tape_full, "as many tokens as octets are enough");
        require(first.error.offset <= unit.size(), "an error is inside its unit");
        return;
    }
    const cursor tokens = first.value.tokens();
    require_inside(unit, {tokens.position(), tokens.end()});
    const std::string text = written(first.value, utf8);
    std::vector<token> second_tape(text.size());
    const auto second = imap::parse_response(text, second_tape, options);
    require(bool(second), "what was written can be read");
    require(written(second.value, utf8) == text, "it is written the same again");
    if (!whole) return;
    const auto frames = frames_of(text, text.size());
    require(!frames.empty() && frames.back().kind == imap::frame_kind::unit && frames.back().offset == 0 &&
                frames.back().size == text.size(),
            "it is one unit");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    // The first octet chooses how the others come in.
    const bool utf8 = (data[0] & 1U) == 0;
    const std::size_t piece = (data[0] >> 1U) % 16U + 1U;
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (octets.empty()) return 0;
    const auto frames = frames_of(octets, octets.size());
    require(frames_of(octets, piece) == frames, "pieces give the frames of the whole");
    require(frames_of(octets, 1) == frames, "single octets give the frames of the whole");
    for (const unit_frame& f : frames) {
        if (f.kind == imap::frame_kind::unit) judge(octets.substr(f.offset, f.size), utf8, true);
    }
    judge(octets, utf8, false); // the parser needs no framer not to fall
    return 0;
}
