// SPDX-License-Identifier: BSL-1.0
// The tables of refused units with what is said about them.

#pragma once

#include "mailwire/core/error.hpp"
#include "mailwire/core/explanation.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/core/tape.hpp"
#include "support/allocations.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// A refused unit. The id is that of a rule, of an attack or of a line of a checklist.
struct explained_row {
    const char* id;
    std::string_view unit;
    std::string_view says;
};

inline std::string sentence_of(const explanation& why) {
    std::array<char, 512> room{};
    span_sink out(room);
    {
        const no_allocation_here guard("writing an explanation");
        why.write(out);
    }
    return std::string(out.view());
}

// Expects that a unit is explained in these words, that the fault is the one that the parse reports, and that nothing is
// taken from the heap. `explain(unit)` and `parse(unit, tape)` are to be of one kind.
template <typename Explain, typename Parse>
void expect_explained(const explained_row& row, Explain explain, Parse parse) {
    std::vector<token> tape(row.unit.size() + 16);
    const error fault = parse(row.unit, tape).error;
    explanation why;
    {
        const no_allocation_here guard("explaining");
        why = explain(row.unit);
    }
    EXPECT_EQ(sentence_of(why), row.says) << row.id << ": " << spelled(row.unit);
    EXPECT_EQ(why.error.code, fault.code) << spelled(row.unit);
    EXPECT_EQ(why.error.offset, fault.offset) << spelled(row.unit);
    EXPECT_EQ(why.error.maximum, fault.maximum) << spelled(row.unit);
}

} // namespace mailwire::test
