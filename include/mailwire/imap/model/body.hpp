// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/body.hpp"
#include "mailwire/imap/model/body_extension.hpp"
#include "mailwire/imap/model/envelope.hpp"

namespace mailwire::imap {

// A parameter of a media type or disposition, as it stands in the message (RFC 2231 spellings are not undone).
struct parameter {
    text name = {};
    text value = {};

    static parameter read(cursor& c) {
        text name = c.text();
        return {name, c.text()};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const parameter&, const parameter&) = default;
};

// body-fld-dsp: a Content-Disposition. A nil type means there is none.
struct disposition {
    text type = text::nil();
    seq_of<parameter> parameters = {};

    friend bool operator==(const disposition&, const disposition&) = default;
};

// The structure of a message or a part of one (RFC 9051 7.5.2). `parts` holds the parts of a multipart and is empty
// for everything else. What only BODYSTRUCTURE gives (from md5 on) is there when `extended` is true.
struct body {
    using one_field = void;

    seq_of<body> parts = {};
    text type = text::nil(); // nil for a multipart
    text subtype = {};
    seq_of<parameter> parameters = {};
    text id = text::nil();
    text description = text::nil();
    text encoding = {};
    std::uint64_t octets = 0;
    std::optional<envelope_fields> envelope = {}; // of an enclosed message
    seq_of<body> enclosed = {};                   // its body: one element
    std::optional<std::uint64_t> lines = {};

    bool extended = false;
    text md5 = text::nil();
    imap::disposition disposition = {};
    seq_of<text> languages = {};
    text location = text::nil();
    seq_of<body_extension> extensions = {};

    bool is_multipart() const { return !parts.empty(); }

    static body read(cursor& c) {
        cursor in = c.enter();
        body b;
        if (in.at_list()) {
            b.read_multipart(in);
        } else {
            b.read_single(in);
        }
        return b;
    }

    void write(auto& out) const {
        out.raw("(");
        if (is_multipart()) {
            for (const body& part : parts)
                part.write(out);
            out.sp().string(subtype);
            if (extended) write_parameters(out.sp(), parameters);
        } else {
            write_single(out);
            if (extended) out.sp().nstring(md5);
        }
        if (extended) write_extension(out);
        out.raw(")");
    }

    friend bool operator==(const body&, const body&) = default;

private:
    void read_multipart(cursor& in) {
        const token* first = in.position();
        while (in.at_list())
            in.skip();
        parts = seq_of<body>(cursor(in.unit(), first, in.position()));
        subtype = in.text();
        if (!in.more()) return;
        extended = true;
        parameters = read_parameters(in);
        read_extension(in);
    }

    void read_single(cursor& in) {
        type = in.text();
        subtype = in.text();
        parameters = read_parameters(in);
        id = in.text();
        description = in.text();
        encoding = in.text();
        octets = in.number();
        if (in.at_list()) {
            envelope = envelope_fields::read(in);
            const token* first = in.position();
            in.skip();
            enclosed = seq_of<body>(cursor(in.unit(), first, in.position()));
        }
        if (in.kind() == token_kind::number) lines = in.number();
        if (!in.more()) return;
        extended = true;
        md5 = in.text();
        read_extension(in);
    }

    void read_extension(cursor& in) {
        if (in.at_list()) {
            cursor d = in.enter();
            disposition.type = d.text();
            disposition.parameters = read_parameters(d);
        } else {
            in.skip();
        }
        languages = read_languages(in);
        location = in.text();
        if (in.more()) extensions = seq_of<body_extension>(in);
    }

    static seq_of<parameter> read_parameters(cursor& in) {
        if (in.at_list()) return seq_of<parameter>(in.enter());
        in.skip();
        return {};
    }

    // nstring / "(" string *(SP string) ")"; a single string is a list of one.
    static seq_of<text> read_languages(cursor& in) {
        if (in.at_list()) return seq_of<text>(in.enter());
        const token* first = in.position();
        const bool one = in.more() && !in.at_nil();
        in.skip();
        return one ? seq_of<text>(cursor(in.unit(), first, in.position())) : seq_of<text>();
    }

    void write_single(auto& out) const {
        out.string(type).sp().string(subtype).sp();
        write_parameters(out, parameters);
        out.sp().nstring(id).sp().nstring(description).sp().string(encoding).sp().number(octets);
        out.require(has_fields_of_its_type());
        if (envelope) {
            envelope->write(out.sp());
            for (const body& b : enclosed)
                b.write(out.sp());
        }
        if (lines) out.sp().number(*lines);
    }

    // Lines are counted of a text and of a message; a message encloses another one, and nothing else does.
    bool has_fields_of_its_type() const {
        const bool is_message = type.equal_ignoring_case("MESSAGE") &&
                                (subtype.equal_ignoring_case("RFC822") || subtype.equal_ignoring_case("GLOBAL"));
        return envelope.has_value() == is_message && enclosed.size() == (is_message ? 1U : 0U) &&
               lines.has_value() == (is_message || type.equal_ignoring_case("TEXT"));
    }

    void write_extension(auto& out) const {
        out.sp();
        if (disposition.type.is_nil()) {
            out.raw("NIL");
        } else {
            out.raw("(").string(disposition.type).sp();
            write_parameters(out, disposition.parameters);
            out.raw(")");
        }
        out.sp();
        if (languages.empty()) {
            out.raw("NIL");
        } else {
            out.parens(languages, [&out](const text& l) { out.string(l); });
        }
        out.sp().nstring(location);
        for (const body_extension& e : extensions)
            e.write(out.sp());
    }

    static void write_parameters(auto& out, const seq_of<parameter>& all) {
        if (all.empty()) {
            out.raw("NIL");
        } else {
            out.parens(all, [&out](const parameter& p) { out.string(p.name).sp().string(p.value); });
        }
    }
};

} // namespace mailwire::imap
