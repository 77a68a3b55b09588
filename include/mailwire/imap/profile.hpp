// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/model/commands.hpp"
#include "mailwire/imap/model/data.hpp"
#include "mailwire/imap/model/fetch_att.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/status_att.hpp"

namespace mailwire::imap {

// The protocol itself, as far as the library speaks it.
struct rfc9051 : extension<commands, response_datas, msg_atts, fetch_atts, resp_text_codes, search_keys, status_atts> {
};

// All the library knows: what a program gets that names no profile of its own.
struct everything : profile<rfc9051> {};

} // namespace mailwire::imap
