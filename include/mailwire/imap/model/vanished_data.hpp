// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

namespace grammar {

// known-uids = sequence-set ; "*" is not allowed (RFC 7162 7)
struct known_uids : detail::same_as<uid_set> {};

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids (RFC 7162 7)
// PEG: the slot takes the word.
struct expunged_resp : seq<maybe<seq<sp, tok<token_kind::raw, kw<"(EARLIER)">>>>, sp, known_uids> {
    static constexpr std::string_view rfc = "RFC 7162 3.2.10";
};

} // namespace grammar

// Messages that are gone, by unique identifier. QRESYNC and UIDONLY both send it, and a program may speak either: it is
// part of what every program reads.
struct vanished_data {
    using word = mailwire::word<slot::response_data, "VANISHED">;
    using tail = grammar::expunged_resp;
    static constexpr std::string_view rfc = "RFC 7162 3.2.10";
    sequence_set uids = {};
    bool earlier = false; // gone before the mailbox was selected: message numbers stay as they are

    static vanished_data read(cursor& c) {
        vanished_data v;
        v.earlier = !c.at_absent();
        c.skip();
        v.uids = sequence_set::read(c);
        return v;
    }
    // As for expunge_data.
    bool renumbers() const { return !earlier; }
    void write(auto& out) const {
        out.require(uids.has_numbers_only());
        if (earlier) out.raw(" (EARLIER)");
        uids.write(out.sp());
    }
    friend bool operator==(const vanished_data&, const vanished_data&) = default;
};

} // namespace mailwire::imap
