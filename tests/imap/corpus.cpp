// SPDX-License-Identifier: BSL-1.0
// Judges real wire data: every unit of the corpus that is of IMAP, and the vectors of the protocol checklist.
#include "support/corpus.hpp"

#include "forms_to_come.hpp"
#include "mailwire/imap/framer.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

// Where another verdict than the data's own is right, and the text that says so.
struct decision {
    std::string_view id;
    std::string_view why;
};
constexpr decision decisions[] = {
    {"v-stalwart-00105", "RFC 9051 9: uid-expunge = \"EXPUNGE\" SP sequence-set"},
    {"v-stalwart-00107", "RFC 9051 9: uid-expunge = \"EXPUNGE\" SP sequence-set"},
    {"v-stalwart-00173", "RFC 9051 9: uid-expunge = \"EXPUNGE\" SP sequence-set"},
    {"v-stalwart-00189", "RFC 9051 9: \"UNSELECT\" stands alone in command-select"},
    {"v-stalwart-00256", "RFC 9051 9: seq-number is an nz-number, and 0 is none"},
    {"v-stalwart-00024", "RFC 9051 9: the keyword of KEYWORD is an atom"},
    {"v-cyrus-imapd-00012", "RFC 6855 3: UTF-8 stands between quotes, never in an atom"},
    {"v-cyrus-imapd-00014", "RFC 6855 3: UTF-8 stands between quotes, never in an atom"},
    {"V0687", "RFC 9051 6.3.9.6, CHILDINFO, is not read yet: any tagged-ext-val is taken"},
};

bool is_decided(std::string_view id) {
    return std::any_of(std::begin(decisions), std::end(decisions), [&](const decision& d) { return d.id == id; });
}

struct tally {
    std::map<std::string, std::size_t> counts;

    void add(const std::string& what) { ++counts[what]; }
    void print(const char* title) const {
        std::printf("%s:\n", title);
        for (const auto& [what, count] : counts)
            std::printf("  %6zu %s\n", count, what.c_str());
    }
};

side side_of(std::string_view name) { return name == "imap-command" || name == "IMAP-C" ? side::client : side::server; }

// "* PREAUTH" is a greeting, whatever else the data calls it.
verdict judge(side from, bool greeting, std::string_view octets) {
    if (from == side::client) return judge_command(octets);
    return greeting || octets.starts_with("* PREAUTH") ? judge_greeting(octets) : judge_response(octets);
}

// Units of class prefix break off: no frame of them is a whole unit. All others end where the unit ends.
void expect_frames(const corpus_unit& unit, side from) {
    const auto frames = same_frames_in_every_split(from, unit.octets);
    const auto units =
        std::count_if(frames.begin(), frames.end(), [](const framed& f) { return f.kind == imap::frame_kind::unit; });
    if (unit.class_ == "prefix") {
        EXPECT_EQ(units, 0) << unit.id;
    } else if (unit.class_ == "valid" && !is_to_come(unit.octets)) {
        EXPECT_EQ(units, 1) << unit.id << ' ' << spelled(unit.octets);
    }
}

TEST(corpus, units) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    std::size_t judged = 0;
    for (const auto& unit : read_corpus_units()) {
        if (unit.side != "imap-response" && unit.side != "imap-command") continue;
        if (unit.kind != "unit" && unit.kind != "greeting") continue;
        ++judged;
        const side from = side_of(unit.side);
        expect_frames(unit, from);
        const verdict v = judge(from, unit.kind == "greeting", unit.octets);
        const bool valid = unit.class_ == "valid";
        if (valid && v == verdict::reject) {
            EXPECT_TRUE(is_to_come(unit.octets) || is_decided(unit.id)) << unit.id << ' ' << spelled(unit.octets);
        }
        EXPECT_TRUE(unit.class_ != "prefix" || v == verdict::reject) << unit.id << ' ' << spelled(unit.octets);
        EXPECT_TRUE(unit.class_ != "invalid" || v != verdict::accept) << unit.id << ' ' << spelled(unit.octets);
        counts.add(unit.side + ' ' + unit.class_ +
                   (valid && v == verdict::reject ? is_decided(unit.id) ? ": decided otherwise" : ": form to come"
                                                  : std::string(": ") + name_of(v)));
    }
    counts.print("corpus units");
    EXPECT_GT(judged, 2000U);
}

TEST(corpus, vectors) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    std::size_t judged = 0;
    for (const auto& vector : read_protocol_vectors()) {
        if ((vector.side != "IMAP-C" && vector.side != "IMAP-S") || !vector.mode.empty()) continue;
        ++judged;
        const side from = side_of(vector.side);
        same_frames_in_every_split(from, vector.wire);
        const verdict v = judge(from, false, vector.wire);
        std::string met = name_of(v);
        if (vector.accept && v == verdict::reject) {
            met = "form to come";
            EXPECT_TRUE(is_to_come(vector.wire)) << vector.id << ' ' << spelled(vector.wire);
        } else if (!vector.accept && v == verdict::accept) {
            met = "decided otherwise";
            EXPECT_TRUE(is_decided(vector.id)) << vector.id << ' ' << spelled(vector.wire);
        }
        counts.add(vector.side + (vector.accept ? " accept: " : " reject: ") + met);
    }
    counts.print("vectors");
    EXPECT_GT(judged, 400U);
}

// Whatever is understood is written so that it is understood again.
TEST(corpus, round_trips) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    std::size_t written = 0;
    for (const auto& unit : read_corpus_units()) {
        if ((unit.side != "imap-response" && unit.side != "imap-command") || unit.kind != "unit") continue;
        const side from = side_of(unit.side);
        if (judge(from, false, unit.octets) == verdict::reject || unit.octets.starts_with("* PREAUTH")) continue;
        SCOPED_TRACE(unit.id + ' ' + spelled(unit.octets));
        from == side::client ? round_trip_command(unit.octets) : round_trip_response(unit.octets);
        ++written;
    }
    std::printf("round trips: %zu\n", written);
    EXPECT_GT(written, 1500U);
}

} // namespace
} // namespace mailwire::test
