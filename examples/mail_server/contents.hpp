// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "mail_server/store.hpp"

// What messages hold, in pieces: a content goes with the last of the messages and readers that have it. Private to the
// store.
namespace mail_server {

// All pieces of a content but its last are of this size.
inline constexpr std::size_t piece_size = 64 * 1024;

// False if there is no such message.
bool remove_message(database& in, content_holds& holds, mailbox_id mailbox, uid_number uid);
// All of them.
void remove_messages(database& in, content_holds& holds, mailbox_id mailbox);

} // namespace mail_server
