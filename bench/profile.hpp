// SPDX-License-Identifier: BSL-1.0
// What the benchmarks speak: the protocol, and MODSEQ of RFC 7162, which the data has and the library does not know. It
// is added as a program adds an item of its own.

#pragma once

#include <mailwire/imap/profile.hpp>

#include <cstdint>

namespace mailwire::bench {

// msg-att-dynamic =/ fetch-mod-resp ; "MODSEQ" SP "(" permsg-modsequence ")"
struct modseq {
    using word = mailwire::word<imap::slot::msg_att, "MODSEQ">;
    using tail =
        imap::grammar::seq<imap::grammar::sp, imap::grammar::lp, imap::grammar::nz_number64, imap::grammar::rp>;
    std::uint64_t value = 0;

    static modseq read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.raw(" (").number(value).raw(")"); }
};
struct condstore : extension<modseq> {};

struct spoken : profile<condstore, imap::rfc9051> {};

} // namespace mailwire::bench
