// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/dates.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: what a client sends. Each command's own production is the tail beside its struct in model/.
namespace mailwire::imap::grammar {

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
struct append_rest
    : seq<sp, mailbox, sor<seq<sp, flag_list>, absent_tok>, sor<seq<sp, date_time>, absent_tok>, sp, literal> {};

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
struct fetch_rest : seq<sp, sequence_set, sp,
                        sor<list_tok<seq<lp, separated<slot_rule<slot::fetch_att>, sp>, rp>>,
                            tok<token_kind::raw, sor<keyword<"ALL">, keyword<"FULL">, keyword<"FAST">>>,
                            list_tok<slot_rule<slot::fetch_att>>>> {};

// store           = "STORE" SP sequence-set SP store-att-flags
// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
struct store_rest : seq<sp, sequence_set, sp, maybe<tok<token_kind::raw, one_of<octets("+-")>>>, kw<"FLAGS">,
                        maybe<tok<token_kind::raw, kw<".SILENT">>>, sp, sor<flag_list, list_tok<separated<flag, sp>>>> {
};

// search-key = ... / sequence-set / "(" search-key *(SP search-key) ")"
// A word is asked before a set: no word begins with a digit, "*" or "$".
struct search_key
    : sor<slot_rule<slot::search_key>, sequence_set, nested<'(', list_tok<seq<lp, separated<search_key, sp>, rp>>>> {
    using island = void;
};

// The search-key of "NOT" SP search-key and of "OR": each of them is a level deeper.
struct deeper_key : deeper<search_key> {};

// search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
struct search_program
    : seq<sor<seq<keyword<"CHARSET">, sp, charset, sp>, absent_tok>, list_tok<separated<search_key, sp>>> {};

// store, copy and move take a set, then their own.
struct copy_rest : seq<sp, sequence_set, sp, mailbox> {};

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
struct command : seq<tag, sp, slot_rule<slot::command>, crlf, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar
