// SPDX-License-Identifier: BSL-1.0
// The dot layer of a message. The first octet says what the sender does with line feeds (1) and which quirks the reader
// tolerates (2, 4, 8, 16), the second and third one in what pieces the octets come and the room for the output; the
// rest is a message to be sent, and after that octets from a server. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - a message goes out the same in any pieces and any room, as the rules say that a sender may be held to
//   - it comes back, in any pieces, and what follows it is not touched
//   - octets of a server give the same messages, ends and quirks in any pieces, and without quirks those the RFC gives

#include <mailwire/pop3/dots.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::pop3;

namespace {

// What goes out for a message, said as simply as possible.
std::string stuffed_by_rule(std::string_view message, line_feeds feeds) {
    std::string wire;
    for (std::size_t i = 0; i != message.size(); ++i) {
        const char c = message[i];
        const char before = i == 0 ? '\n' : message[i - 1];
        if (c == '.' && before == '\n') wire += '.';
        if (c == '\n' && (i == 0 || before != '\r') && feeds == line_feeds::as_crlf) wire += '\r';
        wire += c;
    }
    return wire + (wire.empty() || wire.ends_with("\r\n") ? ".\r\n" : "\r\n.\r\n");
}

std::string stuff(std::string_view message, line_feeds feeds, cutter pieces, cutter rooms) {
    dot_stuffer dots(feeds);
    edge memory;
    std::vector<char> storage(2 * message.size() + 2);
    std::string wire;
    while (!message.empty()) {
        const std::string_view piece = memory.put(message.substr(0, pieces.next(message.size())));
        const std::span<char> room = std::span(storage).last(rooms.next(storage.size()));
        const stuffed done = without_heap([&] { return dots.next(piece, room); });
        require(done.used + done.written != 0, "something happens where both have room");
        require(done.used <= piece.size() && done.written <= room.size(), "no more than there is");
        wire.append(room.data(), done.written);
        message.remove_prefix(done.used);
    }
    return wire.append(dots.ending());
}

struct message {
    std::string octets;
    bool ended = false;
    bool bare_line_feed = false;
    bool may_end = false;
    std::uint32_t quirks = 0;
    std::size_t end = 0; // octets of the input that are done with

    friend bool operator==(const message&, const message&) = default;
};

// One message after the other.
std::vector<message> unstuff(std::string_view wire, std::uint32_t tolerated, cutter pieces) {
    std::vector<message> found(1);
    dot_unstuffer dots(tolerated);
    edge memory;
    std::size_t done = 0;
    while (!wire.empty()) {
        const std::size_t n = pieces.next(wire.size());
        std::string_view piece = memory.put(wire.substr(0, n));
        while (!piece.empty()) {
            const unstuffed u = without_heap([&] { return dots.next(piece); });
            require(u.used <= piece.size(), "no more is used than there is");
            require(u.used != 0 || u.ended || !u.piece.empty(), "something happens");
            require(!u.ended || u.piece.empty(), "the end is no piece");
            piece.remove_prefix(u.used);
            done += u.used;
            message& m = found.back();
            m.octets += u.piece;
            m.bare_line_feed = dots.bare_line_feed();
            m.may_end = dots.may_end();
            m.quirks = dots.quirks_fired();
            m.end = done;
            if (!u.ended) continue;
            m.ended = true;
            found.emplace_back();
            dots = dot_unstuffer(tolerated);
        }
        wire.remove_prefix(n);
    }
    return found;
}

// The octets of the messages that end, as RFC 1939 3 has it: lines end with CRLF and with nothing else.
std::vector<std::string> unstuffed_by_rule(std::string_view wire) {
    std::vector<std::string> found;
    std::string octets;
    for (std::size_t end = wire.find("\r\n"); end != wire.npos; end = wire.find("\r\n")) {
        std::string_view line = wire.substr(0, end + 2);
        wire.remove_prefix(end + 2);
        if (line == ".\r\n") {
            found.push_back(octets);
            octets.clear();
            continue;
        }
        if (line.front() == '.') line.remove_prefix(1);
        octets += line;
    }
    return found;
}

void check_sender(std::string_view sent, line_feeds feeds, std::uint64_t seed) {
    const std::string wire = stuffed_by_rule(sent, feeds);
    require(stuff(sent, feeds, cutter::whole(), cutter::whole()) == wire, "it is sent as the rule says");
    require(stuff(sent, feeds, cutter::single(), cutter::single()) == wire, "single octets are sent alike");
    require(stuff(sent, feeds, cutter::seeded(seed), cutter::seeded(seed + 1)) == wire, "pieces are sent alike");
    require(stuff(sent, feeds, cutter::whole(), cutter::single()) == wire, "a room of one octet is enough");

    // A reader that takes LF for a line end has just the message, one that does not has the dots behind bare LFs too.
    std::string expected;
    for (std::size_t i = 0; i != sent.size(); ++i) {
        const bool bare = sent[i] == '\n' && (i == 0 || sent[i - 1] != '\r');
        if (bare && feeds == line_feeds::as_crlf) expected += '\r';
        expected += sent[i];
    }
    if (!expected.empty() && !expected.ends_with("\r\n")) expected += "\r\n";
    const auto loose = unstuff(wire + "+OK 666 666\r\n", quirks::bare_line_feed, cutter::seeded(seed + 2));
    require(loose.size() == 2 && loose[0].octets == expected && loose[0].end == wire.size(), "the message comes back");
    const auto strict = unstuff(wire + "+OK 666 666\r\n", 0, cutter::seeded(seed + 3));
    require(strict.size() == 2 && strict[0].end == wire.size(), "a strict reader finds the same end");
    const bool dots = strict[0].bare_line_feed && expected.find("\n.") != expected.npos;
    require(dots || strict[0].octets == expected, "without bare line feeds it reads the message");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, size);
    const unsigned how = take(octets);
    const std::uint64_t seed = take(octets) * 256U;
    const std::uint64_t other = take(octets);
    const line_feeds feeds = (how & 1U) != 0 ? line_feeds::as_crlf : line_feeds::as_they_are;
    const std::uint32_t tolerated = (how >> 1U & 15U) << 2U; // bare_line_feed to unstuffed_dots

    check_sender(octets, feeds, seed + other);
    const std::vector<message> whole = unstuff(octets, tolerated, cutter::whole());
    require(unstuff(octets, tolerated, cutter::single()) == whole, "single octets give what the whole gives");
    require(unstuff(octets, tolerated, cutter::seeded(seed + other)) == whole, "pieces give what the whole gives");
    if (tolerated == 0) {
        std::vector<std::string> ended;
        for (const message& m : whole) {
            require(m.quirks == 0 && !m.may_end, "nothing is tolerated");
            if (m.ended) ended.push_back(m.octets);
        }
        require(ended == unstuffed_by_rule(octets), "messages are what the rule says");
    }
    return 0;
}
