// SPDX-License-Identifier: BSL-1.0
// The data all benchmarks run on: invented mail as wire octets, the same on every machine for the same seed and size.

#pragma once

#include "data/data_set.hpp"
#include "data/imap_commands.hpp"
#include "data/imap_responses.hpp"
#include "data/pop3.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string_view>
#include <utility>

namespace mailwire::bench {

inline constexpr std::uint64_t default_seed = 9051;

// A generator makes whole units until there are at least `octets` octets.
struct generator {
    std::string_view name;
    data_kind kind;
    data_set (*make)(std::size_t octets, std::uint64_t seed);
};

inline constexpr std::array generators = {
    generator{"fetch_flags", data_kind::imap_responses, fetch_flags},
    generator{"fetch_flags_base", data_kind::imap_responses, fetch_flags_base},
    generator{"fetch_envelope", data_kind::imap_responses, fetch_envelope},
    generator{"fetch_body", data_kind::imap_responses, fetch_body},
    generator{"list_status", data_kind::imap_responses, list_status},
    generator{"search", data_kind::imap_responses, search},
    generator{"commands", data_kind::imap_commands, commands},
    generator{"pop3_retr", data_kind::pop3_messages, pop3_retr},
    generator{"pop3_retr_dots", data_kind::pop3_messages, pop3_retr_dots},
    generator{"pop3_list", data_kind::pop3_listings, pop3_list},
    generator{"pop3_uidl", data_kind::pop3_listings, pop3_uidl},
};

// The data set of that name with its lines counted; a name that no generator has gives an empty set.
inline data_set make_data(std::string_view name, std::size_t octets, std::uint64_t seed = default_seed) {
    for (const generator& candidate : generators) {
        if (candidate.name == name) {
            data_set set = candidate.make(octets, seed);
            set.lines = static_cast<std::size_t>(std::count(set.octets.begin(), set.octets.end(), '\n'));
            return set;
        }
    }
    return {};
}

// How large a data set is: 8 MB, or what the environment variable MAILWIRE_BENCH_OCTETS says. Programs that simulate
// the processor, as callgrind does, want less.
inline std::size_t data_octets() {
    std::size_t octets = 8'000'000;
    if (const char* const text = std::getenv("MAILWIRE_BENCH_OCTETS"); text != nullptr) {
        const std::string_view digits = text;
        std::from_chars(digits.data(), digits.data() + digits.size(), octets);
    }
    return octets;
}

// The data set of that name in the size of data_octets(), made when it is first asked for. Not for several threads.
inline const data_set& shared_data(std::string_view name) {
    static std::map<std::string_view, data_set> sets;
    if (const auto found = sets.find(name); found != sets.end()) {
        return found->second;
    }
    data_set set = make_data(name, data_octets());
    return sets.emplace(set.name, std::move(set)).first->second;
}

} // namespace mailwire::bench
