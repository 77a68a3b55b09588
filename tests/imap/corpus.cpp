// SPDX-License-Identifier: BSL-1.0
// Judges real wire data: every unit of the corpus that is of IMAP.
#include "support/corpus.hpp"

#include "corpus_judge.hpp"
#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/grammar/quirks.hpp"
#include "not_covered.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
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
    {"v-cyrus-imapd-00008", "RFC 9051 9: behind \"UID\" stands one of the commands of the production uid"},
    {"v-stalwart-00005", "RFC 9051 9: auth-type is an atom, and initial-resp is base64"},
    {"v-imap-codec-00134", "RFC 9208 7: resource-limit is a number64, which has 63 bits"},
    {"v-swift-nio-imap-00973", "RFC 9208 7: quota-list has a resource at least"},
    {"v-imaptest-00267", "RFC 3502, MULTIAPPEND, is not covered"},
};

// Units whose commands and parameters have names that only the test they come from knows.
constexpr std::string_view unknown_names[] = {
    "v-stalwart-00174",       "v-swift-nio-imap-00087", "v-swift-nio-imap-00088", "v-swift-nio-imap-00090",
    "v-swift-nio-imap-00378", "v-swift-nio-imap-00380", "v-swift-nio-imap-00389", "v-swift-nio-imap-00417",
    "v-swift-nio-imap-00441", "v-swift-nio-imap-00456",
};

bool is_decided(std::string_view id) {
    return std::any_of(std::begin(decisions), std::end(decisions), [&](const decision& d) { return d.id == id; });
}

bool is_unit(const corpus_unit& unit) {
    return (unit.side == "imap-response" || unit.side == "imap-command") &&
           (unit.kind == "unit" || unit.kind == "greeting" || unit.kind == "vendor-command");
}

// Units of class prefix break off: no frame of them is a whole unit. All others end where the unit ends.
void expect_frames(const corpus_unit& unit, side from) {
    const auto frames = same_frames_in_every_split(from, unit.octets);
    const auto units =
        std::count_if(frames.begin(), frames.end(), [](const framed& f) { return f.kind == imap::frame_kind::unit; });
    if (unit.class_ == "prefix") {
        EXPECT_EQ(units, 0) << unit.id;
    } else if (unit.class_ == "valid") {
        EXPECT_EQ(units, 1) << unit.id << ' ' << spelled(unit.octets);
    }
}

// What the library says of a unit whose class says what it should say.
std::string expect_verdict(const corpus_unit& unit, verdict v, tally& not_covered_units) {
    const auto extension = extension_not_covered(unit.octets);
    if (!extension.empty()) {
        EXPECT_NE(v, verdict::accept) << unit.id << " is of " << extension << ": " << spelled(unit.octets);
        not_covered_units.add(std::string(extension) + ": " + name_of(v));
        return std::string("not covered: ") + name_of(v);
    }
    if (is_decided(unit.id)) {
        EXPECT_EQ(v == verdict::reject, unit.class_ == "valid") << unit.id;
        return "decided otherwise";
    }
    if (std::find(std::begin(unknown_names), std::end(unknown_names), unit.id) != std::end(unknown_names)) {
        EXPECT_EQ(v, verdict::unknown) << unit.id;
    } else if (unit.class_ == "valid" && unit.rfc == "ok" && unit.kind != "vendor-command") {
        EXPECT_EQ(v, verdict::accept) << unit.id << ' ' << name_of(v) << ' ' << spelled(unit.octets);
    } else if (unit.class_ == "valid") {
        EXPECT_NE(v, verdict::reject) << unit.id << ' ' << unit.rfc << ' ' << spelled(unit.octets);
    } else if (unit.class_ == "prefix" || unit.class_ == "invalid") {
        EXPECT_NE(v, verdict::accept) << unit.id << ' ' << unit.rfc << ' ' << spelled(unit.octets);
    }
    return name_of(v);
}

TEST(corpus, units) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    tally not_covered_units;
    std::size_t judged = 0;
    for (const auto& unit : read_corpus_units()) {
        if (!is_unit(unit)) continue;
        ++judged;
        const side from = side_of(unit.side);
        expect_frames(unit, from);
        const verdict v = judge_unit(from, unit.kind == "greeting", unit.octets).says;
        counts.add(unit.side + ' ' + unit.class_ + ' ' + unit.rfc.substr(0, 3) + ": " +
                   expect_verdict(unit, v, not_covered_units));
    }
    counts.print("corpus units");
    not_covered_units.print("corpus units of extensions that are not covered");
    EXPECT_GT(judged, 2300U);
}

// Deviations of real programs: what is taken with all quirks on, and which of them it needed.
TEST(corpus, quirks) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    std::size_t judged = 0;
    for (const auto& unit : read_corpus_units()) {
        if (!is_unit(unit) || unit.class_ != "quirk") continue;
        ++judged;
        const side from = side_of(unit.side);
        const bool greeting = unit.kind == "greeting";
        const verdict strict = judge_unit(from, greeting, unit.octets).says;
        const auto lenient = judge_unit(from, greeting, unit.octets, {.quirks = ~0U});
        EXPECT_TRUE(strict == verdict::reject || lenient.says == strict) << unit.id << " a quirk takes something away";
        if (lenient.says != verdict::reject) {
            EXPECT_EQ(strict == verdict::reject, lenient.quirks != 0) << unit.id;
        }
        counts.add(std::string(name_of(strict)) + ", with quirks " + name_of(lenient.says));
        for (std::uint32_t bit = 1; bit != 0; bit <<= 1U) {
            if ((lenient.quirks & bit) != 0 && lenient.says != verdict::reject)
                counts.add("quirk bit " + std::to_string(bit));
        }
    }
    counts.print("corpus units of class quirk");
    EXPECT_GT(judged, 150U);
}

// Whatever is understood is written so that it is understood again.
TEST(corpus, round_trips) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    std::size_t written = 0;
    for (const auto& unit : read_corpus_units()) {
        if (!is_unit(unit) || unit.kind != "unit") continue;
        const side from = side_of(unit.side);
        if (judge_unit(from, false, unit.octets).says == verdict::reject || unit.octets.starts_with("* PREAUTH"))
            continue;
        SCOPED_TRACE(unit.id + ' ' + spelled(unit.octets));
        from == side::client ? round_trip_command(unit.octets) : round_trip_response(unit.octets);
        ++written;
    }
    std::printf("round trips: %zu\n", written);
    EXPECT_GT(written, 1800U);
}

} // namespace
} // namespace mailwire::test
