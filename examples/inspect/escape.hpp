// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace inspect {

// The octets as printable ASCII that can be turned back: \r \n \t \\ \" and, for the rest, \xHH.
std::string escaped(std::string_view octets);

// The same between quotes. Of a long text only the first `most` octets, and how many there are.
std::string quoted(std::string_view octets, std::size_t most);

} // namespace inspect
