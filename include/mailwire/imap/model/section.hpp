// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/section.hpp"

namespace mailwire::imap {

// What of a part is meant (RFC 9051 6.4.5.1). `whole` is the part itself, or the message where there is no part.
enum class section_text : std::uint8_t { whole, header, header_fields, header_fields_not, text, mime };

// The section between the brackets of BODY[...]. `part` is the part's path as it is written, "1.2"; empty: the message.
struct section {
    std::string_view part = {};
    section_text what = section_text::whole;
    seq_of<text> fields = {}; // of header_fields and header_fields_not

    static section read(cursor& c) {
        section s;
        s.part = c.raw();
        s.what = c.at_absent() ? section_text::whole : word_of(c.raw());
        if (s.what == section_text::whole) c.skip_absent();
        if (c.at_list()) {
            s.fields = seq_of<text>(c.enter());
        } else {
            c.skip();
        }
        return s;
    }

    // Writes the section and the closing bracket.
    void write(auto& out) const {
        if (!part.empty()) out.template judged<grammar::section_part>(part);
        if (!part.empty() && what != section_text::whole) out.raw(".");
        if (what == section_text::mime) out.require(!part.empty());
        out.wire(word(what));
        if (what == section_text::header_fields || what == section_text::header_fields_not) {
            out.require(!fields.empty());
            out.sp().parens(fields, [&out](const text& name) { out.astring(name); });
        }
        out.raw("]");
    }

    static constexpr std::string_view word(section_text what) {
        switch (what) {
        case section_text::whole:
            return "";
        case section_text::header:
            return "HEADER";
        case section_text::header_fields:
            return "HEADER.FIELDS";
        case section_text::header_fields_not:
            return "HEADER.FIELDS.NOT";
        case section_text::text:
            return "TEXT";
        case section_text::mime:
            return "MIME";
        }
        return "";
    }

    friend bool operator==(const section&, const section&) = default;

private:
    // The words differ in length but for TEXT and MIME.
    static constexpr section_text word_of(std::string_view word) {
        switch (word.size()) {
        case 6:
            return section_text::header;
        case 13:
            return section_text::header_fields;
        case 17:
            return section_text::header_fields_not;
        default:
            return to_upper(word.front()) == 'T' ? section_text::text : section_text::mime;
        }
    }
};

} // namespace mailwire::imap
