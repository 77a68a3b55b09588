// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace mailwire {

// A string literal as a template argument: kw<"FETCH">.
template <std::size_t N> struct fixed_string {
    char text[N] = {};

    consteval fixed_string(const char (&literal)[N]) {
        for (std::size_t i = 0; i != N; ++i)
            text[i] = literal[i];
    }
    constexpr std::size_t size() const { return N - 1; }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

// A string literal as a function argument, and nothing else: text that stands in the program, never text that came
// from somewhere. Writers take their fixed parts as this.
class constant {
public:
    template <std::size_t N> consteval constant(const char (&literal)[N]) : view_(literal, N - 1) {}
    constexpr std::string_view view() const { return view_; }

private:
    std::string_view view_;
};

} // namespace mailwire
