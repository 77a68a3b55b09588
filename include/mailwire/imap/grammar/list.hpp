// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

namespace mailwire::imap::grammar {

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val
// mbox-list-extended-item-tag = astring
struct mbox_list_extended_item : seq<astring, sp, tagged_ext_val> {};

// mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
// One token: the text is judged here and read where it is wanted.
struct mbox_list_extended : tok<token_kind::raw, seq<lp, opt<separated<mbox_list_extended_item, sp>>, rp>> {};

// mbx-list-oflag = "\Noinferiors" / child-mbox-flag / "\Subscribed" / "\Remote" / flag-extension
// mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" / "\Unmarked"
struct mbx_list_flag : tok<token_kind::atom, flag_extension> {};

// mbx-list-flags = *(mbx-list-oflag SP) mbx-list-sflag *(SP mbx-list-oflag) / mbx-list-oflag *(SP mbx-list-oflag)
struct mbx_list_flags : separated<mbx_list_flag, sp> {};

// The delimiter of mailbox-list: DQUOTE QUOTED-CHAR DQUOTE / nil
struct delimiter : sor<seq<ch<'"'>, tok<token_kind::quoted, one_of<text_char - quoted_specials>>, ch<'"'>>,
                       seq<exact<"\"\\">, tok<token_kind::quoted, one_of<quoted_specials>>, ch<'"'>>, nil> {};

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
struct mailbox_list : seq<list_tok<seq<lp, opt<mbx_list_flags>, rp>>, sp, delimiter, sp, mailbox,
                          sor<seq<sp, mbox_list_extended>, absent_tok>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
