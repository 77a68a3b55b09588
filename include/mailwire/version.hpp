// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace mailwire {

// The version of the library, as major.minor.patch. CMake reads it from this line; it is written nowhere else.
inline constexpr std::string_view version = "0.1.0";

} // namespace mailwire
