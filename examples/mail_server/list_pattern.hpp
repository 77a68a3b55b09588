// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace mail_server {

// Whether a mailbox name is one that the LIST pattern means, RFC 9051 6.3.9: "*" stands for anything, "%" for anything
// without the separator '/'. INBOX is met in any case of its letters, also where other mailboxes are below it.
// The time it takes grows with the product of both lengths and no faster.
bool matches_list_pattern(std::string_view name, std::string_view pattern);

} // namespace mail_server
