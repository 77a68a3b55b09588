// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: sets of message numbers and unique identifiers. A set is one token, judged here and walked on demand: a
// token a number would let a short line ask for a lot of memory.
namespace mailwire::imap::grammar {

// seq-number = nz-number / "*"
struct seq_number : sor<nz_number, ch<'*'>> {};

// seq-range = seq-number ":" seq-number
struct seq_range : seq<seq_number, ch<':'>, seq_number> {};

// seq-last-command = "$"
struct seq_last_command : ch<'$'> {};

namespace detail {

// (seq-number / seq-range) ["," sequence-set]
// PEG: the range comes first, since it begins with a number.
struct seq_numbers : separated<sor<seq_range, seq_number>, ch<','>> {};

// A set a server sends: what "$" stands for is known to the client that has said it.
struct sent_set : tok<token_kind::raw, seq_numbers> {
    using island = void;
};

} // namespace detail

// sequence-set = (seq-number / seq-range) ["," sequence-set]
// sequence-set =/ seq-last-command
struct sequence_set : tok<token_kind::raw, sor<seq_last_command, detail::seq_numbers>> {
    using island = void;
};

// uniqueid = nz-number
struct uniqueid : nz_number {};

// uid-range = (uniqueid ":" uniqueid)
struct uid_range : seq<uniqueid, ch<':'>, uniqueid> {};

// uid-set = (uniqueid / uid-range) *("," uid-set)
// PEG: the range comes first, since it begins with an identifier.
struct uid_set : tok<token_kind::raw, separated<sor<uid_range, uniqueid>, ch<','>>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
