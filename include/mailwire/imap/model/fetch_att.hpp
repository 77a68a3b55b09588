// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

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

    static std::optional<partial> read(cursor& c) {
        if (c.skip_absent()) return std::nullopt;
        const std::uint64_t from = c.number();
        return partial{from, c.number()};
    }
    void write(auto& out) const {
        out.raw("<").number(first).raw(".").template number<grammar::nz_number64>(octets).raw(">");
    }
    friend bool operator==(const partial&, const partial&) = default;
};

// "BODY" section [partial] sets \Seen, "BODY.PEEK" section [partial] does not.
template <fixed_string Word> struct fetch_section {
    using word = mailwire::word<slot::fetch_att, Word>;
    using tail = grammar::seq<grammar::section, maybe<grammar::partial>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    imap::section section = {};
    std::optional<imap::partial> partial = {};

    static fetch_section read(cursor& c) {
        fetch_section f;
        f.section = imap::section::read(c);
        f.partial = imap::partial::read(c);
        return f;
    }
    void write(auto& out) const {
        section.write(out);
        if (partial) partial->write(out);
    }
    friend bool operator==(const fetch_section&, const fetch_section&) = default;
};

using fetch_body = fetch_section<"BODY[">;
using fetch_body_peek = fetch_section<"BODY.PEEK[">;

// "BINARY" section-binary [partial] sets \Seen, "BINARY.PEEK" section-binary [partial] does not: the octets of a part
// without its transfer encoding.
template <fixed_string Word> struct fetch_section_binary {
    using word = mailwire::word<slot::fetch_att, Word>;
    using tail = grammar::seq<grammar::section_binary, maybe<grammar::partial>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    std::string_view part = {}; // "1.2"; empty: the message
    std::optional<imap::partial> partial = {};

    static fetch_section_binary read(cursor& c) {
        fetch_section_binary f;
        f.part = c.raw();
        f.partial = imap::partial::read(c);
        return f;
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
        if (partial) partial->write(out);
    }
    friend bool operator==(const fetch_section_binary&, const fetch_section_binary&) = default;
};

using fetch_binary = fetch_section_binary<"BINARY[">;
using fetch_binary_peek = fetch_section_binary<"BINARY.PEEK[">;

// "BINARY.SIZE" section-binary: how many octets BINARY would give
struct fetch_binary_size {
    using word = mailwire::word<slot::fetch_att, "BINARY.SIZE[">;
    using tail = grammar::section_binary;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    std::string_view part = {};

    static fetch_binary_size read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
    }
    friend bool operator==(const fetch_binary_size&, const fetch_binary_size&) = default;
};

struct fetch_atts : extension<fetch_envelope, fetch_flags, fetch_internal_date, fetch_rfc822_size, fetch_body_structure,
                              fetch_body_outline, fetch_uid, fetch_body, fetch_body_peek, fetch_binary,
                              fetch_binary_peek, fetch_binary_size> {};

} // namespace mailwire::imap
