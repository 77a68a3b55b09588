// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: sets of message numbers and unique identifiers. A set is one token, judged here and walked on demand: a
// token a number would let a short line ask for a lot of memory.
namespace mailwire::imap::grammar {

// seq-number = nz-number / "*"
struct seq_number : sor<number_up_to<4294967295U, digit_nz>, ch<'*'>> {};

// seq-range    = seq-number ":" seq-number
// sequence-set = (seq-number / seq-range) ["," sequence-set]
// sequence-set =/ seq-last-command
// seq-last-command = "$"
// PEG: the optional second half of a range replaces the choice between number and range.
struct sequence_set
    : tok<token_kind::raw, sor<ch<'$'>, separated<seq<seq_number, opt<ch<':'>, seq_number>>, ch<','>>>> {
    using island = void;
};

// uniqueid = nz-number
struct uniqueid : nz_number {};

// uid-range = (uniqueid ":" uniqueid)
// uid-set   = (uniqueid / uid-range) *("," uid-set)
struct uid_set
    : tok<token_kind::raw,
          separated<seq<number_up_to<4294967295U, digit_nz>, opt<ch<':'>, number_up_to<4294967295U, digit_nz>>>,
                    ch<','>>> {};

// "SEARCH" *(SP nz-number): the numbers are one token as well.
struct number_list : tok<token_kind::raw, star<sp, number_up_to<4294967295U, digit_nz>>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
