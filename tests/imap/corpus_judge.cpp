// SPDX-License-Identifier: BSL-1.0
#include "corpus_judge.hpp"

#include "mailwire/core/chars.hpp"
#include "mailwire/imap/parse.hpp"

#include <algorithm>
#include <cstdio>
#include <span>
#include <vector>

namespace mailwire::test {
namespace {

bool names_nobody_knows(std::span<const token> tokens) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const token& t) { return t.kind() == token_kind::item && t.offset == unknown_id; });
}

template <typename View> judgement judgement_of(const imap::parsed<View>& result, std::string_view unit) {
    if (result.error) return {verdict::reject, result.quirks};
    const cursor all = result.value.tokens();
    const std::span tokens(all.position(), all.end());
    EXPECT_TRUE(inside(unit, tokens));
    return {names_nobody_knows(tokens) ? verdict::unknown : verdict::accept, result.quirks};
}

// Takes the line at the front of `octets` off, with its CRLF; all of it where there is none.
std::string_view take_line(std::string_view& octets) {
    const auto end = octets.find("\r\n");
    const auto line = octets.substr(0, end == octets.npos ? end : end + 2);
    octets.remove_prefix(line.size());
    return line;
}

template <typename Rule> bool takes(std::string_view line, const dialect& rules) {
    const auto result = match<Rule>(line, rules);
    return result.ok && result.taken == line.size();
}

// The lines behind AUTHENTICATE: base64, or "*", which ends the exchange (RFC 9051 6.2.2).
bool are_authentication(std::string_view octets, const dialect& rules) {
    while (!octets.empty()) {
        const auto line = take_line(octets);
        if (line == "*\r\n" && !octets.empty()) return false;
        if (!takes<imap::grammar::authenticate_line>(line, rules)) return false;
    }
    return true;
}

} // namespace

judgement judge_unit(side from, bool greeting, std::string_view unit, const dialect& rules) {
    std::vector<token> tape(unit.size() + 16);
    const imap::parse_options options{.dialect = rules};
    if (from == side::client) return judgement_of(imap::parse_command(unit, tape, options), unit);
    if (greeting || unit.starts_with("* PREAUTH")) return judgement_of(imap::parse_greeting(unit, tape, options), unit);
    return judgement_of(imap::parse_response(unit, tape, options), unit);
}

verdict judge_stream(std::string_view octets, const dialect& rules) {
    const auto first = octets.substr(0, std::min(octets.find("\r\n"), octets.size() - 2) + 2);
    const verdict says = judge_unit(side::client, false, first, rules).says;
    const auto word = first.substr(std::min(first.find(' '), first.size() - 1) + 1);
    const auto rest = octets.substr(first.size());
    if (says == verdict::reject || rest.empty()) return judge_unit(side::client, false, octets, rules).says;
    if (equal_ignoring_case(word, "IDLE\r\n")) {
        return takes<imap::grammar::idle_done>(rest, rules) ? says : verdict::reject;
    }
    if (word.size() > 13 && equal_ignoring_case(word.substr(0, 13), "AUTHENTICATE ")) {
        return are_authentication(rest, rules) ? says : verdict::reject;
    }
    return judge_unit(side::client, false, octets, rules).says;
}

void tally::print(const char* title) const {
    std::printf("%s:\n", title);
    for (const auto& [what, count] : counts_)
        std::printf("  %6zu %s\n", count, what.c_str());
}

} // namespace mailwire::test
