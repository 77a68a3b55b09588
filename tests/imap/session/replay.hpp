// SPDX-License-Identifier: BSL-1.0
// What the replays of recorded sessions share: the units of both sides, and what came of them.

#pragma once

#include "imap/session/boxes.hpp"
#include "support/frames.hpp"
#include "support/recordings.hpp"
#include "support/splits.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// The octets of a session until both sides compress them (RFC 4978), or all of them.
inline std::string plain_octets(const recorded_session& session, direction from) {
    std::string all = session.octets(from);
    const std::string client = session.octets(direction::from_client);
    const auto command = client.find("COMPRESS DEFLATE\r\n");
    if (command == std::string::npos) return all;
    const auto line = client.rfind('\n', command) + 1;
    const std::string tag = "\r\n" + client.substr(line, client.find(' ', line) - line) + " ";
    if (from == direction::from_client) return all.substr(0, line);
    return all.substr(0, all.find(tag) + 2);
}

// The units of one direction.
inline std::vector<std::string_view> units_of(side from, std::string_view octets) {
    std::vector<std::string_view> units;
    const std::array<std::string_view, 1> whole{octets};
    for (const framed& f : frames_of(from, whole)) {
        if (f.kind == imap::frame_kind::unit) units.push_back(octets.substr(f.offset, f.size));
    }
    return units;
}

inline std::string_view first_word(std::string_view unit) { return unit.substr(0, unit.find_first_of(" \r")); }

// The IMAP sessions, where they are there.
inline std::vector<recorded_session> imap_sessions() {
    std::vector<recorded_session> all = read_recorded_sessions();
    std::erase_if(all, [](const recorded_session& s) { return s.pop3; });
    return all;
}

// Base64 of a line, decoded.
inline std::string octets_of_base64(std::string_view base64) {
    std::string octets(base64);
    const auto decoded = base64_decode(base64, {octets.data(), octets.size()});
    octets.resize(decoded.size);
    return octets;
}

using counts = std::map<std::string, std::size_t>;

inline void print(const char* what, const counts& all) {
    for (const auto& [name, count] : all)
        std::printf("  %6zu %s: %s\n", count, what, name.c_str());
}

} // namespace mailwire::test
