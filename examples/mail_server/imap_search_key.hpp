// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <stdexcept>

#include "mail_server/mailbox_view.hpp"
#include "mail_server/message_source.hpp"
#include "mailwire/imap/server.hpp"

namespace mail_server {

// A message that a search looks at.
struct searched_message {
    const viewed_message& viewed;
    std::uint32_t number;
    std::uint32_t last_number; // of the mailbox: what "*" means
    uid_number last_uid;
    message_source& source;
    bool is_saved = false; // whether "$" means it
};

// A search that cannot be done: a date that does not exist, a criterion that this server does not know.
class bad_search : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Whether the message meets the criterion, RFC 9051 6.4.4. Reads no more of it than that takes; throws bad_search, and
// message_gone if the message is not there any more.
bool meets(const searched_message& message, const mailwire::imap::search_key& key);

// Whether it meets all of them.
bool meets(const searched_message& message, const mailwire::seq_of<mailwire::imap::search_key>& keys);

} // namespace mail_server
