// SPDX-License-Identifier: BSL-1.0
// The data cut into units, and the tape a benchmark parses them with.

#pragma once

#include "data/data_set.hpp"
#include "limits.hpp"

#include <mailwire/imap/framer.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>
#include <vector>

namespace mailwire::bench {

// Ends the program where a benchmark has not done what it says: a figure for wrong work is worth nothing.
inline void require(bool condition, std::string_view data_name, std::string_view what) {
    if (!condition) {
        std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(data_name.size()), data_name.data(),
                     static_cast<int>(what.size()), what.data());
        std::exit(1);
    }
}

// Calls use(unit) for each unit of IMAP data. Literals stay in their units. Returns the number of units.
template <typename Use> std::size_t for_each_unit(const data_set& set, Use use) {
    imap::framer framer(set.kind == data_kind::imap_commands ? side::client : side::server);
    std::size_t units = 0;
    for (std::string_view rest = set.octets; !rest.empty();) {
        const imap::frame frame = framer.scan(rest);
        if (frame.kind == imap::frame_kind::literal) {
            framer.literal_kept(frame.octets);
            continue;
        }
        require(frame.kind == imap::frame_kind::unit, set.name, "the framer finds no unit");
        use(rest.substr(0, frame.size));
        rest.remove_prefix(frame.size);
        framer.next_unit();
        ++units;
    }
    return units;
}

// The units of the data, found when they are first asked for.
inline const std::vector<std::string_view>& units_of(const data_set& set) {
    static std::map<std::string_view, std::vector<std::string_view>> all;
    std::vector<std::string_view>& units = all[set.name];
    if (units.empty()) {
        for_each_unit(set, [&units](std::string_view unit) { units.push_back(unit); });
        require(units.size() == set.units, set.name, "the framer finds other units than the generator made");
    }
    return units;
}

// What a scan for tokens finds in the data.
inline const token_counts& scanned_tokens(const data_set& set) {
    static std::map<std::string_view, token_counts> all;
    if (const auto found = all.find(set.name); found != all.end()) {
        return found->second;
    }
    return all.emplace(set.name, tok_scalar(set.octets)).first->second;
}

} // namespace mailwire::bench
