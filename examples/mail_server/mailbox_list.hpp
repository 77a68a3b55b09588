// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail_server/store.hpp"

namespace mail_server {

// Which mailboxes LIST is to tell of and what, RFC 9051 6.3.9. Patterns are as they come over the wire, the reference
// in front of them.
struct list_wish {
    std::vector<std::string> patterns;
    bool subscribed = false;       // only those that are subscribed, whether or not they exist
    bool recursive_match = false;  // and those above such ones, if a pattern hides these
    bool tells_subscribed = false; // whether they are subscribed
};

struct listed_mailbox {
    std::string name; // as it goes over the wire
    std::vector<const char*> attributes;
    bool has_subscribed_below = false; // only looked for if the wish is recursive
    bool exists = true;
};

// The answer to LIST.
std::vector<listed_mailbox> list_mailboxes(const std::vector<mailbox_entry>& mailboxes,
                                           const std::vector<std::string>& subscriptions, const list_wish& wish);

// The answer to LSUB, RFC 3501 6.3.9. What a "%" at the end of the pattern hides shows as the name above it.
std::vector<listed_mailbox> list_subscriptions(const std::vector<std::string>& subscriptions, std::string_view pattern);

} // namespace mail_server
