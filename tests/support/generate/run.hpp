// SPDX-License-Identifier: BSL-1.0
// Many sentences of one start rule through the round trip, with a report of what they went through.

#pragma once

#include "round_trip.hpp"
#include "sentences.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// Without optimisation, or with sanitizers, a sentence takes many times as long.
constexpr bool is_slow_build() {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
    return __has_feature(address_sanitizer) || __has_feature(memory_sanitizer);
#else
    return false;
#endif
}

// How many sentences a test makes whose share of all is `percent`. MAILWIRE_SENTENCES is the number of all.
inline std::size_t number_of_sentences(std::size_t percent) {
    const char* all = std::getenv("MAILWIRE_SENTENCES");
    if (all != nullptr) return std::strtoull(all, nullptr, 10) * percent / 100;
    return (is_slow_build() ? 200U : 4000U) * percent;
}

struct sentence_report {
    std::size_t sentences = 0;
    std::size_t octets = 0;
    std::size_t longest = 0;
    std::size_t unwritable = 0;             // the writer refuses to say what was read
    std::set<std::string> unwritable_words; // the second words of those units, but of very long ones
    std::size_t given_up = 0;
    std::size_t failed = 0;

    void add(const sentence_report& other) {
        sentences += other.sentences;
        octets += other.octets;
        longest = std::max(longest, other.longest);
        unwritable += other.unwritable;
        unwritable_words.insert(other.unwritable_words.begin(), other.unwritable_words.end());
        given_up += other.given_up;
        failed += other.failed;
    }

    void print(const char* name, const choice_tally& tally) const {
        std::printf("%s: %zu sentences of %zu octets on average and %zu at most, %zu not to be written, %zu made anew, "
                    "%zu of %zu branches taken\n",
                    name, sentences, octets / (sentences == 0 ? 1 : sentences), longest, unwritable, given_up,
                    tally.branches() - tally.never_taken().size(), tally.branches());
    }
};

// The second word of a unit, in upper case.
inline std::string second_word(std::string_view unit) {
    unit.remove_prefix(unit.find(' ') + 1);
    std::string word(unit.substr(0, unit.find_first_of(" \r")));
    std::transform(word.begin(), word.end(), word.begin(), to_upper);
    return word;
}

// No quoted string is written that is longer, and in some places, as a charset, nothing else may stand.
inline constexpr std::size_t longest_quoted = 4096;

// Expects a round trip of `n` sentences of a start rule. Seeds count from `seed`; one that fails is printed.
template <typename Profile, typename Language>
sentence_report run_sentences(choice_tally& tally, const dialect& dialect_wanted, std::size_t n, std::uint64_t seed) {
    sentence_report report;
    dialect rules = dialect_wanted;
    rules.from = Language::from;
    sentence_maker maker(tally, rules);
    round_trip<Profile, Language> trip(rules);
    for (std::uint64_t s = seed; s != seed + n; ++s) {
        decisions from(s);
        // One sentence in eight is long, one in sixty-four as deep as the grammar lets it be.
        const sentence_size size{s % 8 == 0 ? 3000U : 300U, s % 64 == 0 ? 60U : s % 8 + 2};
        if (!maker.make(from, size)) {
            ADD_FAILURE() << "seed " << s << ": no sentence can be made of " << tally.graph().node(0).type;
            ++report.failed;
            continue;
        }
        const std::string& sentence = maker.sentence();
        const round_trip_result result = trip.run(sentence);
        ++report.sentences;
        report.octets += sentence.size();
        report.longest = std::max(report.longest, sentence.size());
        if (result.refused_to_write) {
            ++report.unwritable;
            if (sentence.size() < longest_quoted) report.unwritable_words.insert(second_word(sentence));
        }
        if (result.problem.empty()) {
            maker.count();
            continue;
        }
        ADD_FAILURE() << "seed " << s << ": " << result.problem << "\n  sentence " << spelled(sentence)
                      << "\n  written  " << spelled(trip.written());
        if (++report.failed == 10) break;
    }
    report.given_up = maker.given_up();
    return report;
}

} // namespace mailwire::test
