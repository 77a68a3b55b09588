// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/settings.hpp"
#include "inspect/unit.hpp"

namespace inspect {

// Calls `visit` with each unit of a stream, in order, the last one maybe incomplete.
void walk(std::string_view stream, const settings& reading, const std::function<void(const unit&)>& visit);

// The same for the stream of a POP3 server that begins with its greeting, when it is known what its client has sent.
// An answer for which no command is left, or whose command the library does not know, is read as one line, and its note
// says so.
void walk_answers(std::string_view stream, std::string_view from_client, settings reading,
                  const std::function<void(const unit&)>& visit);

} // namespace inspect
