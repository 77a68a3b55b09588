// SPDX-License-Identifier: BSL-1.0
// What a tape holds, for tests that compare, and octets for a message of a test that failed.

#pragma once

#include "mailwire/core/tape.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mailwire::test {

// True when all tokens point into the unit, and lists hold no more than there is.
[[nodiscard]] bool inside(std::string_view unit, std::span<const token> tokens);

// True when two tapes hold the same fields, whether a string is an atom, quoted or a literal.
[[nodiscard]] bool same_fields(std::string_view unit, std::span<const token> tokens, std::string_view other_unit,
                               std::span<const token> other_tokens);

// Octets as a C string literal would spell them, shortened in the middle where there are many.
[[nodiscard]] std::string spelled(std::string_view octets);

} // namespace mailwire::test
