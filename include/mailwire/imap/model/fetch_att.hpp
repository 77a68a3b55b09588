// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/section.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/section.hpp"
#include "mailwire/imap/model/writer.hpp"

// What a FETCH command asks for (RFC 9051 6.4.5; 9, fetch-att).
namespace mailwire::imap {

// An item that is a word and nothing else.
template <fixed_string Word> using fetch_word = bare_word<slot::fetch_att, Word>;

using fetch_envelope = fetch_word<"ENVELOPE">;
using fetch_flags = fetch_word<"FLAGS">;
using fetch_internal_date = fetch_word<"INTERNALDATE">;
using fetch_rfc822_size = fetch_word<"RFC822.SIZE">;
using fetch_body_structure = fetch_word<"BODYSTRUCTURE">;
using fetch_body_outline = fetch_word<"BODY">;
using fetch_uid = fetch_word<"UID">;

// partial = "<" number64 "." nz-number64 ">": so many octets from an offset on (RFC 9051 6.4.5)
struct partial {
    std::uint64_t first = 0;
    std::uint64_t octets = 0;

    friend bool operator==(const partial&, const partial&) = default;
};

// "BODY" section [partial] sets \Seen, "BODY.PEEK" section [partial] does not.
template <fixed_string Word> struct fetch_section {
    using word = mailwire::word<slot::fetch_att, Word>;
    using tail = grammar::seq<grammar::section_rest, maybe<grammar::partial>>;
    imap::section section = {};
    std::optional<imap::partial> partial = {};

    static fetch_section read(cursor& c) {
        fetch_section f;
        f.section = imap::section::read(c);
        if (!c.skip_absent()) {
            const std::uint64_t first = c.number();
            f.partial = imap::partial{first, c.number()};
        }
        return f;
    }
    void write(auto& out) const {
        section.write(out);
        if (!partial) return;
        out.raw("<").number(partial->first).raw(".");
        out.template number<grammar::nz_number64>(partial->octets).raw(">");
    }
    friend bool operator==(const fetch_section&, const fetch_section&) = default;
};

using fetch_body = fetch_section<"BODY[">;
using fetch_body_peek = fetch_section<"BODY.PEEK[">;

struct fetch_atts : extension<fetch_envelope, fetch_flags, fetch_internal_date, fetch_rfc822_size, fetch_body_structure,
                              fetch_body_outline, fetch_uid, fetch_body, fetch_body_peek> {};

} // namespace mailwire::imap
