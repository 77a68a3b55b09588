// SPDX-License-Identifier: BSL-1.0
// Real wire data and the vectors of the protocol checklist, where the folder with them is there.

#include "support/corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "pop3/judge.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {
namespace {

using mailwire::test::corpus_unit;
using mailwire::test::protocol_vector;

// Judges whole, in every split and octet by octet; the verdicts have to agree.
template <typename Judge> verdict judge_in_every_split(std::string_view octets, Judge judge) {
    const std::array<std::string_view, 1> whole{octets};
    const verdict result = judge(std::span<const std::string_view>(whole));
    mailwire::test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        EXPECT_EQ(judge(pieces), result) << mailwire::test::describe_split(pieces);
    });
    return result;
}

// Units where this library and the data disagree, and why.
struct disagreement {
    const char* id;
    const char* why;
};
const disagreement disagreements[] = {
    {"v-vmime-00019", "RFC 4422 3.1: the name of a SASL mechanism is in upper case"},
    {"v-vmime-00020", "RFC 4422 3.1: the same; RFC 5034 5: an initial response is in base64"},
    {"v-vmime-00022", "RFC 1939 7: the digest of APOP is 32 hexadecimal digits, not the word \"digest\""},
    {"v-MailKit-00632", "RFC 1939 4: the greeting is a positive response"},
    {"v-MailKit-00661", "RFC 6856 3.2: the answer to LANG with an argument has the language tag behind its +OK"},
};

bool disagrees(const std::string& id) {
    return std::any_of(std::begin(disagreements), std::end(disagreements), [&](const auto& d) { return d.id == id; });
}

struct tally {
    const char* what;
    int judged = 0;
    int disagreed = 0;

    ~tally() {
        std::printf("%s: %d judged, %d known disagreements\n", what, judged, disagreed);
        EXPECT_GT(judged, 0) << what;
    }
};

TEST(corpus, commands) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    tally count{"lines of POP3 clients of the corpus"};
    for (const corpus_unit& unit : mailwire::test::read_corpus_units()) {
        if (unit.side != "pop3-command") continue;
        SCOPED_TRACE(unit.id);
        const bool of_exchange = unit.kind == "sasl-response"; // its line has no verdict of an RFC but its class
        const verdict found = judge_in_every_split(
            unit.octets, [&](auto pieces) { return of_exchange ? judge_sasl_line(pieces) : judge_command(pieces); });
        const bool valid = (of_exchange ? unit.class_ == "valid" : unit.rfc == "ok") && !disagrees(unit.id);
        ++(disagrees(unit.id) ? count.disagreed : count.judged);
        EXPECT_EQ(found, valid ? verdict::accept : verdict::reject) << unit.octets;
    }
}

TEST(corpus, responses) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    tally count{"POP3 responses of the corpus"};
    for (const corpus_unit& unit : mailwire::test::read_corpus_units()) {
        if (unit.side != "pop3-response") continue;
        SCOPED_TRACE(unit.id + " to " + unit.context);
        const auto answers = context_of(unit.context);
        ASSERT_TRUE(answers);
        // "semantic-for-context" is wrong in its session, not as a line. A number that the command does not fit is
        // such.
        const bool valid = unit.rfc == "ok" && !disagrees(unit.id);
        ++(disagrees(unit.id) ? count.disagreed : count.judged);
        EXPECT_EQ(judge_in_every_split(unit.octets, [&](auto pieces) { return judge_response(pieces, *answers); }),
                  valid ? verdict::accept : verdict::reject)
            << unit.octets;
    }
}

// The contexts of the vectors.
std::optional<context> context_of_vector(const std::string& name) {
    if (name == "greeting") return context{.greeting = true};
    if (name.empty() || name == "single") return context{};
    if (name == "stat") return context{.form = answer_form::drop_listing};
    if (name == "list1") return context{.form = answer_form::scan_listing};
    if (name == "uidl1") return context{.form = answer_form::unique_id};
    if (name == "list") return context{.form = answer_form::scan_listings};
    if (name == "uidl") return context{.form = answer_form::unique_ids};
    if (name == "capa") return context{.form = answer_form::capabilities};
    if (name == "retr" || name == "top") return context{.form = answer_form::body};
    if (name == "lang") return context{.form = answer_form::languages};
    if (name == "challenge") return context{.form = answer_form::sasl};
    return std::nullopt;
}

TEST(corpus, vectors) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    tally count{"POP3 vectors"};
    for (const protocol_vector& v : mailwire::test::read_protocol_vectors()) {
        if (v.side != "POP3-C" && v.side != "POP3-S") continue;
        SCOPED_TRACE(v.id + ": " + v.note);
        parse_options options{.utf8 = v.has_mode("utf8")};
        if (v.has_mode("respcodes")) options.codes = response_codes::announced;
        if (v.side == "POP3-C") {
            const verdict found = judge_in_every_split(v.wire, [&](auto pieces) {
                return v.has_mode("authline") ? judge_sasl_line(pieces, options) : judge_command(pieces, options);
            });
            ++count.judged;
            EXPECT_EQ(found, v.accept ? verdict::accept : verdict::reject) << v.wire;
            continue;
        }
        const auto answers = context_of_vector(v.mode_value("ctx"));
        ASSERT_TRUE(answers);
        ++count.judged;
        const bool sender = v.has_mode("sender");
        EXPECT_EQ(judge_in_every_split(v.wire,
                                       [&](auto pieces) { return judge_response(pieces, *answers, options, sender); }),
                  v.accept ? verdict::accept : verdict::reject)
            << v.wire;
    }
}

} // namespace
} // namespace mailwire::pop3::test
