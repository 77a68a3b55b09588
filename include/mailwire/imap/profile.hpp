// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/ext/compress.hpp"
#include "mailwire/imap/ext/id.hpp"
#include "mailwire/imap/ext/preview.hpp"
#include "mailwire/imap/ext/quota.hpp"
#include "mailwire/imap/ext/rev1.hpp"
#include "mailwire/imap/ext/rfc7162.hpp"
#include "mailwire/imap/ext/uidonly.hpp"
#include "mailwire/imap/ext/unauthenticate.hpp"
#include "mailwire/imap/ext/utf8_accept.hpp"
#include "mailwire/imap/model/commands.hpp"
#include "mailwire/imap/model/data.hpp"
#include "mailwire/imap/model/esearch_data.hpp"
#include "mailwire/imap/model/fetch_att.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/vanished_data.hpp"

namespace mailwire::imap {

// IMAP4rev2 itself: what every profile begins with.
struct rfc9051 : extension<commands, response_datas, esearch_datas, vanished_data, msg_atts, fetch_atts,
                           resp_text_codes, search_keys, status_atts> {
    static constexpr std::string_view capability = "IMAP4rev2";
    static constexpr std::uint32_t enables = modes::rev2 | modes::utf8;
};

// All the library knows: what a program gets that names no profile of its own.
struct everything : profile<rfc9051, imap4rev1, preview_extension, uidonly_extension, condstore, qresync, id_extension,
                            quota_extension, compress_extension, unauthenticate_extension, utf8_accept_extension> {};

} // namespace mailwire::imap
