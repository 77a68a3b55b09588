// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/writer.hpp"

// What STATUS asks for and answers (RFC 9051 6.3.11, 7.3.4; 9, status-att and status-att-val).
namespace mailwire::imap {

// An item of the command: a word.
template <fixed_string Word> using status_word = bare_word<slot::status_att, Word>;

// An item of the response: a word and a number.
template <fixed_string Word, typename Number> struct status_number {
    using word = mailwire::word<slot::status_att_val, Word>;
    using tail = grammar::seq<grammar::sp, Number>;
    std::uint64_t value = 0;

    static status_number read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().template number<Number>(value); }
    friend bool operator==(const status_number&, const status_number&) = default;
};

using status_messages = status_word<"MESSAGES">;
using status_uidnext = status_word<"UIDNEXT">;
using status_uidvalidity = status_word<"UIDVALIDITY">;
using status_unseen = status_word<"UNSEEN">;
using status_deleted = status_word<"DELETED">;
using status_size = status_word<"SIZE">;

using messages = status_number<"MESSAGES", grammar::number>;
using uidnext = status_number<"UIDNEXT", grammar::nz_number>;
using uidvalidity = status_number<"UIDVALIDITY", grammar::nz_number>;
using unseen = status_number<"UNSEEN", grammar::number>;
using deleted = status_number<"DELETED", grammar::number>;
using mailbox_size = status_number<"SIZE", grammar::number64>; // in octets

struct status_atts : extension<status_messages, status_uidnext, status_uidvalidity, status_unseen, status_deleted,
                               status_size, messages, uidnext, uidvalidity, unseen, deleted, mailbox_size> {};

} // namespace mailwire::imap
