// SPDX-License-Identifier: BSL-1.0
// What a response says as a tree of names and values, in the shape in which another program has written down what it
// reads of the same octets.

#pragma once

#include "mailwire/imap/parse.hpp"

#include <nlohmann/json.hpp>

namespace mailwire::test {

// Names of attributes, types and parameters in capitals; a flag as ":Seen"; NIL as null. A member is missing where the
// library hands on no such value.
nlohmann::json tree_of(const imap::response& value);
nlohmann::json tree_of(const imap::body& value);
nlohmann::json tree_of(const imap::envelope_fields& value);
nlohmann::json tree_of(const text& value);

std::string in_capitals(std::string_view text);
std::string octets_of(const text& value);
// "\Seen" is ":Seen" in any case; a keyword stays as it is.
std::string flag_name(const text& value);

// The attributes of a message, and what stands between the brackets of a status response.
nlohmann::json attributes_of(const items<imap::slot::msg_att>& att);
nlohmann::json code_of(const item<imap::slot::resp_text_code>& code);
nlohmann::json set_of(const imap::sequence_set& set);

} // namespace mailwire::test
