// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/imap/grammar/dates.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/body.hpp"
#include "mailwire/imap/model/envelope.hpp"
#include "mailwire/imap/model/section.hpp"
#include "mailwire/imap/model/writer.hpp"

// What a FETCH response says of one message (RFC 9051 7.5.2; 9, msg-att-static and msg-att-dynamic).
namespace mailwire::imap {

namespace detail {

// The octets of a message: a literal, whatever they are. What was read with backslashes stays a quoted string.
void write_octets(auto& out, const text& value) {
    if (value.is_nil()) {
        out.raw("NIL");
    } else if (value.how() == spelling::escaped) {
        out.string(value);
    } else {
        out.literal(value);
    }
}

} // namespace detail

// "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
struct flags {
    using word = mailwire::word<slot::msg_att, "FLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_fetch_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    seq_of<text> value = {};

    static flags read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_fetch_text>(value); }
    friend bool operator==(const flags&, const flags&) = default;
};

// "UID" SP uniqueid
struct uid {
    using word = mailwire::word<slot::msg_att, "UID">;
    using tail = grammar::seq<grammar::sp, grammar::uniqueid>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::uint32_t value = 0;

    static uid read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const {
        out.require(value != 0);
        out.sp().number(value);
    }
    friend bool operator==(const uid&, const uid&) = default;
};

// "INTERNALDATE" SP date-time. 26 octets as they stand between the quotes: "17-Jul-1996 02:44:25 -0700".
struct internal_date {
    using word = mailwire::word<slot::msg_att, "INTERNALDATE">;
    using tail = grammar::seq<grammar::sp, grammar::date_time>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view value = {};

    static internal_date read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const { out.sp().date_time(value); }
    friend bool operator==(const internal_date&, const internal_date&) = default;
};

// "RFC822.SIZE" SP number64. In octets.
struct rfc822_size {
    using word = mailwire::word<slot::msg_att, "RFC822.SIZE">;
    using tail = grammar::seq<grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::uint64_t value = 0;

    static rfc822_size read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const rfc822_size&, const rfc822_size&) = default;
};

// "ENVELOPE" SP envelope
struct envelope : envelope_fields {
    using word = mailwire::word<slot::msg_att, "ENVELOPE">;
    using tail = grammar::seq<grammar::sp, grammar::envelope>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static envelope read(cursor& c) { return {envelope_fields::read(c)}; }
    void write(auto& out) const { envelope_fields::write(out.sp()); }
    friend bool operator==(const envelope&, const envelope&) = default;
};

// "BODYSTRUCTURE" SP body
struct body_structure : body {
    using word = mailwire::word<slot::msg_att, "BODYSTRUCTURE">;
    using tail = grammar::seq<grammar::sp, grammar::body>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static body_structure read(cursor& c) { return {body::read(c)}; }
    void write(auto& out) const { body::write(out.sp()); }
    friend bool operator==(const body_structure&, const body_structure&) = default;
};

// "BODY" SP body: the structure without its extension data
struct body_outline : body {
    using word = mailwire::word<slot::msg_att, "BODY">;
    using tail = grammar::seq<grammar::sp, grammar::body>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";

    static body_outline read(cursor& c) { return {body::read(c)}; }
    void write(auto& out) const { body::write(out.sp()); }
    friend bool operator==(const body_outline&, const body_outline&) = default;
};

// "BODY" section ["<" number ">"] SP nstring. The octets of a section; nil where the message has no such part. Of a
// literal that streams only size and index are here.
struct body_section {
    using word = mailwire::word<slot::msg_att, "BODY[">;
    using tail = grammar::seq<grammar::section, grammar::detail::origin, grammar::sp, grammar::nstring>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    imap::section section = {};
    std::optional<std::uint64_t> origin = {}; // the first octet, where only a part of the section was asked for
    text value = text::nil();

    static body_section read(cursor& c) {
        body_section b;
        b.section = imap::section::read(c);
        if (!c.skip_absent() && c.more()) b.origin = c.number();
        b.value = c.text();
        return b;
    }
    void write(auto& out) const {
        section.write(out);
        if (origin) out.raw("<").number(*origin).raw(">");
        detail::write_octets(out.sp(), value);
    }
    friend bool operator==(const body_section&, const body_section&) = default;
};

// "BINARY" section-binary ["<" number ">"] SP (nstring / literal8). The octets of a part without its transfer encoding;
// nil where the message has no such part. Of a literal that streams only size and index are here. RFC 3516 4.2 has the
// first octet of a partial answer, which the ABNF forgets (erratum 7246).
struct binary_section {
    using word = mailwire::word<slot::msg_att, "BINARY[">;
    using tail = grammar::seq<grammar::section_binary, grammar::detail::origin, grammar::sp,
                              grammar::sor<grammar::nstring, grammar::literal8>>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view part = {}; // "1.2"; empty: the message
    std::optional<std::uint64_t> origin = {};
    text value = text::nil();

    static binary_section read(cursor& c) {
        binary_section b;
        b.part = c.raw();
        if (!c.skip_absent() && c.more()) b.origin = c.number();
        b.value = c.text();
        return b;
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("]");
        if (origin) out.raw("<").number(*origin).raw(">");
        out.sp();
        if (value.is_binary() || value.spelled().find('\0') != std::string_view::npos) {
            out.literal8(value);
        } else {
            detail::write_octets(out, value);
        }
    }
    friend bool operator==(const binary_section&, const binary_section&) = default;
};

// "BINARY.SIZE" section-binary SP number: how many octets BINARY gives. Counted in 63 bits, as in BODYSTRUCTURE.
struct binary_size {
    using word = mailwire::word<slot::msg_att, "BINARY.SIZE[">;
    using tail = grammar::seq<grammar::section_binary, grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    std::string_view part = {};
    std::uint64_t value = 0;

    static binary_size read(cursor& c) {
        const std::string_view name = c.raw();
        return {name, c.number()};
    }
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        out.raw("] ").number(value);
    }
    friend bool operator==(const binary_size&, const binary_size&) = default;
};

struct msg_atts : extension<flags, uid, internal_date, rfc822_size, envelope, body_structure, body_outline,
                            body_section, binary_section, binary_size> {};

} // namespace mailwire::imap
