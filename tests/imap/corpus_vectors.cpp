// SPDX-License-Identifier: BSL-1.0
// Judges the vectors of the protocol checklist, each in its mode.
#include "support/corpus.hpp"

#include "corpus_judge.hpp"
#include "mailwire/imap/grammar/forms.hpp"
#include "not_covered.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

// Where another verdict than the checklist's is right, and the text that says so.
struct decision {
    std::string_view id;
    std::string_view why;
};
constexpr decision decisions[] = {
    {"V0851", "RFC 9051 7.5.2: a body of type TEXT has its number of lines"},
};

bool is_decided(std::string_view id) {
    return std::any_of(std::begin(decisions), std::end(decisions), [&](const decision& d) { return d.id == id; });
}

// The modes of the checklist as switches of the input. Without one both revisions are in force, UTF-8 and LITERAL-.
dialect rules_of(const protocol_vector& vector) {
    dialect rules;
    for (const auto& [mode, value] : vector.mode) {
        if (mode == "rev1") {
            rules.forms &= ~imap::forms::rev2;
            rules.utf8 = false;
            rules.literals = literal_form::synchronizing;
        } else if (mode == "rev2") {
            rules.forms &= ~imap::forms::rev1;
        } else if (mode == "noerrata") {
            rules.forms &= ~imap::forms::no_text;
        } else if (mode == "uidonly") {
            rules.forms &= ~imap::forms::message_numbers;
        } else if (mode == "litplus") {
            rules.literals = literal_form::plus;
        } else if (mode == "nolitplus") {
            rules.literals = literal_form::synchronizing;
        } else {
            EXPECT_EQ(mode, "utf8") << vector.id << ": no such mode";
        }
    }
    return rules;
}

verdict judge_vector(const protocol_vector& vector) {
    const dialect rules = rules_of(vector);
    return vector.side == "IMAP-C" ? judge_stream(vector.wire, rules)
                                   : judge_unit(side::server, false, vector.wire, rules).says;
}

std::string expect_verdict(const protocol_vector& vector, verdict v, tally& not_covered_vectors) {
    const auto extension = extension_not_covered(vector.wire);
    if (!extension.empty()) {
        EXPECT_NE(v, verdict::accept) << vector.id << " is of " << extension << ": " << spelled(vector.wire);
        not_covered_vectors.add(std::string(extension) + ": " + name_of(v));
        return std::string("not covered: ") + name_of(v);
    }
    const bool met = vector.accept ? v != verdict::reject : v != verdict::accept;
    if (is_decided(vector.id)) {
        EXPECT_FALSE(met) << vector.id;
        return "decided otherwise";
    }
    EXPECT_TRUE(met) << vector.id << ' ' << name_of(v) << ' ' << spelled(vector.wire) << " (" << vector.note << ')';
    return name_of(v);
}

TEST(corpus, vectors) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    tally not_covered_vectors;
    std::size_t judged = 0;
    std::size_t in_a_mode = 0;
    for (const auto& vector : read_protocol_vectors()) {
        if (vector.side != "IMAP-C" && vector.side != "IMAP-S") continue;
        ++judged;
        if (!vector.mode.empty()) ++in_a_mode;
        same_frames_in_every_split(side_of(vector.side), vector.wire);
        counts.add(vector.side + (vector.accept ? " accept: " : " reject: ") +
                   expect_verdict(vector, judge_vector(vector), not_covered_vectors));
    }
    counts.print("vectors");
    not_covered_vectors.print("vectors of extensions that are not covered");
    EXPECT_EQ(judged, 499U);
    EXPECT_EQ(in_a_mode, 8U);
}

} // namespace
} // namespace mailwire::test
