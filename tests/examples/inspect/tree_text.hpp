// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sstream>
#include <string>

#include "inspect/print.hpp"
#include "inspect/unit.hpp"

namespace inspect::test {

// What print_tree prints of a unit, with a line end before it, as a raw string is best written in a table.
inline std::string tree_text(const unit& read) {
    std::ostringstream out;
    out << '\n';
    print_tree(out, read);
    return out.str();
}

} // namespace inspect::test
