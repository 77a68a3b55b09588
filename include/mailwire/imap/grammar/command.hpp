// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/dates.hpp"
#include "mailwire/imap/grammar/fetch.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/quirks.hpp"
#include "mailwire/imap/grammar/search.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"

// RFC 9051 9: what a client sends on messages, and the line of any command.
namespace mailwire::imap::grammar {

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
// PEG: the slot takes the word.
struct append : seq<sp, mailbox, maybe<seq<sp, flag_list>>, maybe<seq<sp, date_time>>, sp, literal> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.12";
};

// copy = "COPY" SP sequence-set SP mailbox
// PEG: the slot takes the word.
struct copy : seq<sp, sequence_set, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.7";
};

// move = "MOVE" SP sequence-set SP mailbox
// PEG: the slot takes the word.
struct move : seq<sp, sequence_set, sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.8";
};

// store-modifier = store-modifier-name [SP store-modif-params]
struct store_modifier : slot_rule<slot::store_modifier> {
    static constexpr std::string_view rfc = "RFC 4466 2.5";
};

// store-modifiers = SP "(" store-modifier *(SP store-modifier) ")"
struct store_modifiers : seq<sp, list_tok<seq<lp, separated<store_modifier, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 4466 2.5";
};

// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
struct store_att_flags
    : seq<maybe<tok<token_kind::raw, one_of<octets("+-")>>>, kw<"FLAGS">, maybe<tok<token_kind::raw, kw<".SILENT">>>,
          sp, sor<flag_list, list_tok<separated<flag, sp>>>> {};

// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags
// PEG: the slot takes the word.
struct store : seq<sp, sequence_set, maybe<store_modifiers>, sp, store_att_flags> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.6";
};

// uid-expunge = "EXPUNGE" SP sequence-set
// uid = "UID" SP (copy / move / fetch / search / store / uid-expunge)
// PEG: the slot takes the word and the "UID" before it, here and in the other five.
struct uid_expunge : seq<sp, sequence_set> {
    static constexpr std::string_view rfc = "RFC 9051 6.4.9";
};

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
// The four are one slot: where a command is legal is for the session to say.
struct command
    : seq<tag, sp, slot_rule<slot::command>, sor<crlf, quirk<quirks::command_trailing_space, seq<sp, crlf>>>, at_end> {
    using island = void;
};

} // namespace mailwire::imap::grammar
