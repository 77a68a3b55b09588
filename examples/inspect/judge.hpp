// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/settings.hpp"
#include "inspect/unit.hpp"

namespace inspect {

// A line of an index: where in a pack a unit is, and how it is to be read.
struct index_row {
    std::string id;
    std::size_t offset = 0;
    std::size_t octets = 0;
    std::string context = {};
    std::string mode = {};
    std::string kind = {};
};

// Reads an index: lines of fields with tabs between them, the first of which names the columns. Those with the names id,
// offset and bytes have to be there, context, mode and kind may be, all others are passed over.
// Throws std::runtime_error, with the number of the line, for a line that is none and for a row outside the pack.
std::vector<index_row> read_index(std::istream& in, std::size_t octets_of_pack);

struct judgement {
    verdict judged = verdict::reject;
    std::string detail; // what it was read as, or why it was refused and at which of its octets
};

// Judges one unit. It is accepted when it is one whole unit of the protocol and nothing else; one that would have to be
// read in a way the library does not know is unknown, and the detail says so.
judgement judge(std::string_view octets, const index_row& row, settings reading);

// Prints id, verdict and detail of each unit with tabs between them.
void print_judgements(std::ostream& out, std::string_view pack, const std::vector<index_row>& rows,
                      const settings& reading);

} // namespace inspect
