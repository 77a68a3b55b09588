// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

// Parts of a text. std::string_view::substr checks the place it is given and throws, where nobody can catch it; with these
// nothing that can be reached ends the program.
namespace mailwire {

// The first octets of a text, as many as there are.
[[nodiscard]] constexpr std::string_view head_of(std::string_view text, std::size_t octets) noexcept {
    return {text.data(), octets < text.size() ? octets : text.size()};
}

// The octets of a text from `at` on. Requires: `at` is not behind its end.
[[nodiscard]] constexpr std::string_view tail_of(std::string_view text, std::size_t at) noexcept {
    text.remove_prefix(at);
    return text;
}

} // namespace mailwire
