// SPDX-License-Identifier: BSL-1.0
// Octets that drive the generator of sentences: a unit that is right, which has to come back from fresh values, and the
// same unit with a few octets changed, of which nothing but sense is expected.

#include "support/generate/round_trip.hpp"
#include "support/generate/sentences.hpp"

#include "mailwire/imap/explain.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/parse.hpp"

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
using imap::everything;

void require(bool condition, const char* what, std::string_view unit) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n  %s\n", what, test::spelled(unit).c_str());
    std::abort();
}

// The frames of octets that come in pieces of a size.
template <typename Language> std::vector<test::framed> frames_in_pieces(std::string_view octets, std::size_t size) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at < octets.size(); at += size)
        pieces.push_back(octets.substr(at, size));
    return test::frames_of(Language::from, pieces);
}

// Flips, inserts, removes or repeats a few octets.
std::string changed(std::string unit, test::decisions& from) {
    static const std::string_view telling = "\"\\{}()[]<>*%$+~\r\n\0 ";
    for (std::size_t n = from.below(4) + 1; n != 0 && !unit.empty(); --n) {
        const std::size_t at = from.below(unit.size());
        switch (from.below(5)) {
        case 0:
            unit[at] = static_cast<char>(from.below(256));
            break;
        case 1:
            unit.insert(at, 1, telling[from.below(telling.size())]);
            break;
        case 2:
            unit.erase(at, from.below(8) + 1);
            break;
        case 3:
            unit.insert(at, unit.substr(at, from.below(16) + 1));
            break;
        default:
            unit[at] = telling[from.below(telling.size())];
            break;
        }
    }
    return unit;
}

template <typename Rule, typename Language>
void judge_changed(std::string_view unit, const dialect& rules, std::size_t piece,
                   explanation (*explain)(std::string_view, imap::parse_options)) {
    require(frames_in_pieces<Language>(unit, piece) == frames_in_pieces<Language>(unit, unit.size()),
            "pieces give the frames of the whole", unit);
    std::vector<token> tape(unit.size() + 1);
    const auto recorded = Language::parse(unit, tape, rules);
    input_for<everything, input> judged(unit, {}, rules);
    require(run<Rule, apply_mode::nothing>(judged) == !recorded.error, "judging says what recording says", unit);
    require(judged.tape().count() == 0, "judging records nothing", unit);
    const auto why = explain(unit, {.dialect = rules});
    require(bool(why) == bool(recorded.error), "an explanation is there when an error is", unit);
    if (recorded.error) {
        require(recorded.error.code != errc::tape_full, "as many tokens as octets are enough", unit);
        require(recorded.error.offset <= unit.size(), "an error is inside its unit", unit);
        require(judged.fault().offset == recorded.error.offset, "judging fails where recording fails", unit);
        require(why.error.offset == recorded.error.offset, "an explanation is of the same octet", unit);
        return;
    }
    const cursor tokens = recorded.value.tokens();
    require(test::inside(unit, {tokens.position(), tokens.end()}), "all tokens are inside the unit", unit);
}

template <typename Rule, typename Language>
void play(test::decisions& from, explanation (*explain)(std::string_view, imap::parse_options)) {
    static test::choice_tally tally(test::rule_graph<Rule, everything>());
    static const dialect all{.from = Language::from};
    static test::sentence_maker maker(tally, all);
    const std::size_t piece = from.below(16) + 1;
    if (!maker.make(from, {600, 12})) return;
    const std::string sentence = maker.sentence();
    test::round_trip<everything, Language> trip(all);
    const auto result = trip.run(sentence);
    require(result.problem.empty(), result.problem.c_str(), sentence);
    const std::string other = changed(sentence, from);
    if (!other.empty()) judge_changed<Rule, Language>(other, all, piece, explain);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::decisions from(std::string_view(reinterpret_cast<const char*>(data), size));
    switch (from.below(8)) {
    case 0:
        play<imap::grammar::greeting, test::greeting_language<everything>>(from, &imap::explain_greeting<everything>);
        break;
    case 1:
    case 2:
    case 3:
        play<imap::grammar::command, test::command_language<everything>>(from, &imap::explain_command<everything>);
        break;
    default:
        play<imap::grammar::response, test::response_language<everything>>(from, &imap::explain_response<everything>);
        break;
    }
    return 0;
}
