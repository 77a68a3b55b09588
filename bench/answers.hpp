// SPDX-License-Identifier: BSL-1.0
// POP3 data cut into the answers it is made of, and what a reader of listings has to find in them.

#pragma once

#include "data/data_set.hpp"
#include "limits.hpp"
#include "units.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace mailwire::bench {

// A multi-line answer: all of it, and what is behind its first line, the line with the dot included.
struct answer {
    std::string_view whole;
    std::string_view lines;
};

// The answers of the data, found when they are first asked for.
inline const std::vector<answer>& answers_of(const data_set& set) {
    static std::map<std::string_view, std::vector<answer>> all;
    std::vector<answer>& answers = all[set.name];
    for (std::string_view rest = set.octets; answers.size() != set.units;) {
        constexpr std::string_view last = "\r\n.\r\n";
        const std::size_t end = rest.find(last);
        require(end != rest.npos, set.name, "an answer has no end");
        const std::string_view whole = rest.substr(0, end + last.size());
        answers.push_back({whole, whole.substr(whole.find('\n') + 1)});
        rest.remove_prefix(whole.size());
    }
    return answers;
}

// What is in the lines of LIST or UIDL.
struct listing_totals {
    std::size_t lines = 0;
    std::uint64_t number_sum = 0; // of the message numbers and the sizes
    std::size_t id_octets = 0;    // of the unique-ids

    void add(std::uint64_t message, std::uint64_t size, std::string_view id) {
        ++lines;
        number_sum += message + size;
        id_octets += id.size();
    }
    friend bool operator==(const listing_totals&, const listing_totals&) = default;
};

// What is in all lines of the data, found once, by means that have nothing to do with what is measured.
inline const listing_totals& expected_totals(const data_set& set) {
    static std::map<std::string_view, listing_totals> all;
    listing_totals& totals = all[set.name];
    if (totals.lines != 0) {
        return totals;
    }
    for (const answer& listing : answers_of(set)) {
        for (std::string_view rest = listing.lines; rest != ".\r\n"; rest.remove_prefix(rest.find('\n') + 1)) {
            const std::string_view line = rest.substr(0, rest.find('\r'));
            const std::size_t space = line.find(' ');
            const std::string_view id = set.name == "pop3_uidl" ? line.substr(space + 1) : std::string_view();
            totals.add(0, numbers_scalar(line.substr(0, line.size() - id.size())).sum, id);
        }
    }
    return totals;
}

} // namespace mailwire::bench
