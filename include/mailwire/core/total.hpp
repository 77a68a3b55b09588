// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace mailwire::detail {

// Whether every cell of a table names an action. A cell nobody wrote is Action::missing, and its table does not compile.
template <typename Action, std::size_t Inputs, std::size_t States>
constexpr bool is_total(const Action (&table)[Inputs][States]) {
    for (const auto& row : table) {
        for (const Action cell : row) {
            if (cell == Action::missing) return false;
        }
    }
    return true;
}

} // namespace mailwire::detail
