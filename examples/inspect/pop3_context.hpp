// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mailwire/pop3/model/command.hpp"

namespace inspect {

// What a line of a POP3 server answers: it decides how many lines the answer has and what stands in them.
struct pop3_context {
    bool greeting = false;
    mailwire::pop3::answer_form form = mailwire::pop3::answer_form::text;
};

// The context that words name: a command as it was sent, "LIST 2", or its keyword alone; "greeting"; "single", "list1",
// "uidl1" and "challenge", which are answers of one line. None: a command the library does not know, so neither does it know the
// form of its answer. No words are "single".
std::optional<pop3_context> pop3_context_of(std::string_view words);

} // namespace inspect
