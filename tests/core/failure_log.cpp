// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/failure_log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::detail {
namespace {

// What the log says of a fault, "expected" by names with a bar between each two: "SP|CRLF in fetch (RFC 1)".
std::string said(const failure_log& log, const error& fault) {
    const explanation why = log.explain(fault, "RFC 0");
    std::string result(why.wrong);
    for (const std::string_view name : why.expected.all())
        result.append(result.empty() ? "" : "|").append(name);
    if (!why.rule.empty()) result.append(" in ").append(why.rule);
    return result.append(" (").append(why.rfc).append(")");
}
std::string said(const failure_log& log, std::uint64_t offset) { return said(log, {errc::syntax, offset}); }

TEST(failure_log, the_furthest_wins) {
    failure_log log;
    EXPECT_EQ(said(log, 0), " (RFC 0)");
    log.missed("a", 3);
    EXPECT_EQ(said(log, 3), "a (RFC 0)");
    log.missed("b", 2);
    log.wrong("bad", 2);
    EXPECT_EQ(said(log, 3), "a (RFC 0)");
    log.missed("c", 3);
    log.missed("a", 3);
    EXPECT_EQ(said(log, 3), "a|c (RFC 0)");
    log.wrong("bad", 3);
    log.wrong("worse", 3);
    EXPECT_EQ(said(log, 3), "bad|a|c (RFC 0)");
    log.missed("d", 5);
    EXPECT_EQ(said(log, 5), "d (RFC 0)");
    EXPECT_EQ(said(log, 3), " (RFC 0)"); // forgotten
}

// A rule that begins where something is missing is what is missing, the outermost of them; one that was begun before is
// what it is missing in.
TEST(failure_log, rules_stand_for_what_they_begin_with) {
    failure_log log;
    const rule_frame fetch(log, {"fetch", "fetch", "RFC 1"}, 0);
    const rule_frame att(log, {"att", "att", ""}, 4);
    const rule_frame word(log, {"word", "", ""}, 4);
    const rule_frame atom(log, {"atom", "atom", ""}, 4);
    log.missed("ATOM-CHAR", 4);
    EXPECT_EQ(said(log, 4), "att in fetch (RFC 1)");
    log.missed("SP", 4, true);
    EXPECT_EQ(said(log, 4), "att|SP in fetch (RFC 1)");
    log.missed("ATOM-CHAR", 6);
    EXPECT_EQ(said(log, 6), "ATOM-CHAR in atom (RFC 1)");
}

// Rules with no name to be in, or none to be expected by, are looked through.
TEST(failure_log, rules_without_a_name) {
    failure_log log;
    const rule_frame unit(log, {}, rule_frame::before_all);
    const rule_frame fetch(log, {"fetch", "", ""}, 0);
    {
        const rule_frame crlf(log, {"", "CRLF", "RFC 9"}, 7);
        log.missed("CR", 7);
    }
    EXPECT_EQ(said(log, 7), "CRLF in fetch (RFC 0)");
    // Where the rule of the first failure has ended, others can be in the next one out that has a name.
    const rule_frame nameless(log, {}, 7);
    {
        const rule_frame uid(log, {"uid", "", ""}, 8);
        log.missed("a", 9);
        EXPECT_EQ(said(log, 9), "a in uid (RFC 0)");
    }
    log.missed("b", 9, true);
    EXPECT_EQ(said(log, 9), "a|b in fetch (RFC 0)");
}

TEST(failure_log, the_innermost_rule_that_all_have_in_common) {
    failure_log log;
    const rule_frame outer(log, {"outer", "outer", "RFC 1"}, 0);
    const rule_frame list(log, {"list", "list", "RFC 2"}, 1);
    {
        const rule_frame one(log, {"one", "one", "RFC 3"}, 2);
        log.missed("a", 5);
        EXPECT_EQ(said(log, 5), "a in one (RFC 3)");
    }
    EXPECT_EQ(said(log, 5), "a in one (RFC 3)"); // nothing else has failed there
    {
        const rule_frame two(log, {"two", "two", "RFC 4"}, 2);
        log.missed("b", 5);
        EXPECT_EQ(said(log, 5), "a|b in list (RFC 2)");
        log.missed("c", 6);
        EXPECT_EQ(said(log, 6), "c in two (RFC 4)");
        const rule_frame inside(log, {"inside", "inside", ""}, 3);
        log.missed("d", 6);
        EXPECT_EQ(said(log, 6), "c|d in two (RFC 4)");
    }
    log.missed("e", 6);
    EXPECT_EQ(said(log, 6), "c|d|e in list (RFC 2)");
}

// The tail of an alternative begins with its word: what is missing right behind the word is missing in it.
TEST(failure_log, tails) {
    failure_log log;
    EXPECT_EQ(log.begin_of(4), 4);
    log.tail_begins(4); // of nothing
    const rule_frame alternative(log, {"UID of msg-att", "", ""}, 0);
    EXPECT_EQ(log.begin_of(4), 4);
    log.tail_begins(4);
    EXPECT_EQ(log.begin_of(4), 0);
    EXPECT_EQ(log.begin_of(5), 5);
    const rule_frame tail(log, {"uid", "uid", ""}, log.begin_of(4));
    EXPECT_EQ(log.begin_of(4), 4); // what is inside the tail begins where it does
    log.missed("SP", 4);
    EXPECT_EQ(said(log, 4), "SP in uid (RFC 0)");
}

// What is only looked for ahead is no failure.
TEST(failure_log, looking_ahead) {
    failure_log log;
    log.look_ahead();
    log.look_ahead();
    log.missed("a", 3);
    log.wrong("bad", 4);
    log.stop_looking();
    log.missed("b", 5);
    log.missed_end(6);
    log.stop_looking();
    EXPECT_EQ(said(log, 5), " (RFC 0)");
    log.missed("c", 2);
    EXPECT_EQ(said(log, 2), "c (RFC 0)");
}

TEST(failure_log, what_must_not_stand_there) {
    failure_log log;
    const rule_frame unit(log, {"unit", "unit", "RFC 1"}, 0);
    log.word_begins("the end of \"NIL\"");
    {
        const rule_frame nil(log, {"nil", "nil", ""}, 3);
        log.missed_end(3);
    }
    log.word_begins({});
    EXPECT_EQ(said(log, 3), "the end of \"NIL\" in unit (RFC 1)");
    EXPECT_EQ(said(log, 9), " (RFC 0)");
    // Outside of a word it is a combination, wherever the parse says that it stopped.
    log.missed_end(5);
    EXPECT_EQ(said(log, 9), "a combination that is not allowed in unit (RFC 1)");
}

TEST(failure_log, faults_with_a_name) {
    failure_log log;
    const rule_frame unit(log, {"unit", "unit", "RFC 1"}, 0);
    {
        const rule_frame number(log, {"number", "number", "RFC 2"}, 4);
        log.missed("DIGIT", 9);
        log.named(4);
    }
    EXPECT_EQ(said(log, {errc::number_too_big, 4}), " in unit (RFC 1)");
    {
        const rule_frame body(log, {"body", "body", "RFC 3"}, 2);
        log.named(3);
        log.named(4); // is not the first there
        EXPECT_EQ(said(log, {errc::number_too_big, 4}), " in unit (RFC 1)");
        log.named(8);
    }
    EXPECT_EQ(said(log, {errc::too_deep, 8}), " in body (RFC 3)");
    EXPECT_EQ(said(log, {errc::too_deep, 4}), " (RFC 0)");
    EXPECT_EQ(said(log, 9), "DIGIT in number (RFC 2)");
    const explanation why = log.explain({errc::too_deep, 8, 65, 64}, "RFC 0");
    EXPECT_EQ(why.error, (error{errc::too_deep, 8, 65, 64}));
}

} // namespace
} // namespace mailwire::detail
