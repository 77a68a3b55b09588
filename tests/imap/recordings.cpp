// SPDX-License-Identifier: BSL-1.0
// Frames and judges the recorded sessions: what real clients and servers said, in the pieces in which it came.
#include "support/recordings.hpp"

#include "mailwire/imap/framer.hpp"
#include "not_covered.hpp"
#include "support/rows.hpp"
#include "support/splits.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {
namespace {

// From "COMPRESS DEFLATE" on the octets of both directions are deflated (RFC 4978): those recordings are no lines.
bool is_plain(const recorded_session& session) {
    return !session.pop3 && !session.compressed &&
           session.octets(direction::from_client).find("COMPRESS DEFLATE") == std::string::npos;
}

std::vector<std::string_view> pieces_from(const recorded_session& session, direction from) {
    std::vector<std::string_view> result;
    for (const auto& piece : session.pieces) {
        if (piece.from == from) result.push_back(piece.octets);
    }
    return result;
}

// The frames do not depend on how the octets came in, and take all of them but for a unit that never ended.
std::vector<framed> expect_same_frames(const recorded_session& session, direction from) {
    const side s = from == direction::from_client ? side::client : side::server;
    const std::string all = session.octets(from);
    const std::array<std::string_view, 1> whole{all};
    const auto expected = frames_of(s, whole);
    EXPECT_EQ(frames_of(s, pieces_from(session, from)), expected) << session.client << '/' << session.name;
    EXPECT_EQ(frames_of(s, single_octets(all)), expected) << session.client << '/' << session.name;
    EXPECT_EQ(frames_of(s, pieces_of(all, 7)), expected) << session.client << '/' << session.name;
    return expected;
}

TEST(recordings, are_framed_alike_however_they_come_in) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    std::size_t sessions = 0;
    std::size_t units = 0;
    std::size_t literals = 0;
    std::size_t pieces = 0;
    for (const auto& session : read_recorded_sessions()) {
        if (!is_plain(session)) continue;
        ++sessions;
        pieces += session.pieces.size();
        for (const direction from : {direction::from_client, direction::from_server}) {
            for (const framed& f : expect_same_frames(session, from)) {
                (f.kind == imap::frame_kind::literal ? literals : units) += 1;
                EXPECT_TRUE(f.kind == imap::frame_kind::literal || f.kind == imap::frame_kind::unit)
                    << session.client << '/' << session.name << " at " << f.offset;
            }
        }
    }
    std::printf("recorded sessions: %zu, in %zu pieces: %zu units, %zu literals\n", sessions, pieces, units, literals);
    EXPECT_GT(sessions, 50U);
    EXPECT_GT(units, 5000U);
}

// What no RFC allows a server to say, and one did.
bool is_deviation(const recorded_session& session, std::string_view unit) {
    return session.client == "courier" &&
           (unit.starts_with("* FLAGS (") || // with \Recent, which RFC 3501 7.2.6 has in FETCH alone
            unit.starts_with("* PREAUTH ")); // a greeting, but behind an untagged OK
}

// What the servers of the recordings said is understood, but for the extensions that are not covered.
TEST(recordings, of_servers_are_understood) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    std::map<std::string, std::size_t> counts;
    for (const auto& session : read_recorded_sessions()) {
        if (!is_plain(session)) continue;
        const std::string all = session.octets(direction::from_server);
        const std::array<std::string_view, 1> whole{all};
        for (const framed& f : frames_of(side::server, whole)) {
            if (f.kind != imap::frame_kind::unit) continue;
            const std::string unit = all.substr(f.offset, f.size);
            const verdict v = f.offset == 0 ? judge_greeting(unit) : judge_response(unit);
            const bool covered = extension_not_covered(unit).empty();
            ++counts[std::string(name_of(v)) + (is_deviation(session, unit) ? ": deviation"
                                                : covered                   ? ""
                                                                            : ": not covered")];
            if (is_deviation(session, unit)) continue;
            EXPECT_TRUE(covered ? v != verdict::reject : v != verdict::accept)
                << session.client << '/' << session.name << ' ' << name_of(v) << ' ' << spelled(unit);
        }
    }
    for (const auto& [what, count] : counts)
        std::printf("  %6zu %s\n", count, what.c_str());
    EXPECT_GT(counts["accept"], 5000U);
}

} // namespace
} // namespace mailwire::test
