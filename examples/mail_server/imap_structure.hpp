// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mail_server/addresses.hpp"
#include "mail_server/keeper.hpp"
#include "mail_server/mime.hpp"
#include "mailwire/imap/model/body.hpp"
#include "mailwire/imap/model/envelope.hpp"

namespace mail_server {

// What the server has read of a message, as values of the library. They point into what they are made of and into the
// keeper; both have to live as long as they.

mailwire::imap::envelope_fields to_wire(const envelope& from, keeper& room);

// With the extension data, BODYSTRUCTURE, or without, BODY.
enum class structure_form { full, outline };
mailwire::imap::body to_wire(const part& from, structure_form form, keeper& room);

} // namespace mail_server
