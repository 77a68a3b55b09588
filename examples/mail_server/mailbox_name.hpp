// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail_server {

// Mailbox names are UTF-8 in the store and modified UTF-7 in IMAP4rev1, RFC 3501 5.1.3.

// None if it is no modified UTF-7: no mailbox has such a name.
std::optional<std::string> name_from_wire(std::string_view wire);

// Needs UTF-8, which every name in the store is.
std::string name_to_wire(std::string_view name);

} // namespace mail_server
