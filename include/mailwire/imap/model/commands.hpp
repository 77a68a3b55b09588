// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/model/append.hpp"
#include "mailwire/imap/model/enable.hpp"
#include "mailwire/imap/model/fetch.hpp"
#include "mailwire/imap/model/list_command.hpp"
#include "mailwire/imap/model/mailbox_commands.hpp"
#include "mailwire/imap/model/namespace.hpp"
#include "mailwire/imap/model/search.hpp"
#include "mailwire/imap/model/selected_commands.hpp"
#include "mailwire/imap/model/session_commands.hpp"
#include "mailwire/imap/model/status_command.hpp"
#include "mailwire/imap/model/store.hpp"

// The commands of a client (RFC 9051 6). A command on messages exists twice: with message numbers and, behind "UID",
// with unique identifiers.
namespace mailwire::imap {

struct commands : extension<session_commands, enable, mailbox_commands, list_commands, namespace_command, status,
                            append, search_commands, fetch_commands, store_commands, selected_commands> {};

} // namespace mailwire::imap
