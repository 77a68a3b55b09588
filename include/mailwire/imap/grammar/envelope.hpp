// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

namespace mailwire::imap::grammar {

// addr-adl     = nstring
// addr-host    = nstring
// addr-mailbox = nstring
// addr-name    = nstring
// address      = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
struct address : list_tok<seq<lp, nstring, sp, nstring, sp, nstring, sp, nstring, rp>> {};

// env-from, env-sender, env-reply-to, env-to, env-cc and env-bcc are each "(" 1*address ")" / nil
struct address_list : sor<list_tok<seq<lp, plus<address>, rp>>, nil> {
    using island = void;
};

// env-date, env-subject, env-in-reply-to and env-message-id are each nstring.
// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
//            env-in-reply-to SP env-message-id ")"
struct envelope : list_tok<seq<lp, nstring, sp, nstring, sp, address_list, sp, address_list, sp, address_list, sp,
                               address_list, sp, address_list, sp, address_list, sp, nstring, sp, nstring, rp>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
