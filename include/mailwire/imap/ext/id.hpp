// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 2971, IMAP4 ID extension: who the two programs are, for statistics and for reports of faults. Nothing is to
// depend on it.
namespace mailwire::imap {
namespace grammar {

// id_params_list = "(" #(string SPACE nstring) ")" / nil ; # is a list with a space between each two
struct id_params_list : when_next<'(', list_tok<seq<lp, opt<separated<seq<string, sp, nstring>, sp>>, rp>>, nil> {
    static constexpr std::string_view rfc = "RFC 2971 4";
};

// id = "ID" SPACE id_params_list
// PEG: the slot takes the word.
struct id : seq<sp, id_params_list> {
    static constexpr std::string_view rfc = "RFC 2971 3.1";
};

// id_response = "ID" SPACE id_params_list
// PEG: the slot takes the word.
struct id_response : seq<sp, id_params_list> {
    static constexpr std::string_view rfc = "RFC 2971 3.2";
};

} // namespace grammar

// A field such as name, version, vendor, os or support-url, and its value; nil where there is none to tell.
struct id_field {
    text name = {};
    text value = text::nil();

    static id_field read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const id_field&, const id_field&) = default;
};

namespace detail {

inline seq_of<id_field> read_id_fields(cursor& c) {
    if (c.at_list()) return seq_of<id_field>(c.enter());
    c.skip();
    return {};
}

// RFC 2971 3.3: no more than 30 fields, each once, names of up to 30 and values of up to 1024 octets.
void write_id_fields(auto& out, const seq_of<id_field>& fields) {
    if (fields.empty()) {
        out.raw(" NIL");
        return;
    }
    std::size_t count = 0;
    out.sp().parens(fields, [&](const id_field& field) {
        if (!out.require(++count <= 30 && field.name.size() <= 30 && field.value.size() <= 1024)) return;
        std::size_t same = 0;
        for (const id_field& other : fields)
            same += field.name.equal_ignoring_case(other.name) ? 1U : 0U;
        out.require(same == 1);
        out.string(field.name).sp().nstring(field.value);
    });
}

} // namespace detail

// id = "ID" SP id_params_list. No fields, which is NIL on the wire, ask without telling.
struct id {
    using word = mailwire::word<slot::command, "ID">;
    using tail = grammar::id;
    static constexpr std::string_view rfc = "RFC 2971 3.1";
    static constexpr legal_in legal = legal_in::any;
    seq_of<id_field> fields = {};

    static id read(cursor& c) { return {detail::read_id_fields(c)}; }
    void write(auto& out) const { detail::write_id_fields(out, fields); }
    friend bool operator==(const id&, const id&) = default;
};

// id_response = "ID" SP id_params_list
struct id_data {
    using word = mailwire::word<slot::response_data, "ID">;
    using tail = grammar::id_response;
    static constexpr std::string_view rfc = "RFC 2971 3.2";
    seq_of<id_field> fields = {};

    static id_data read(cursor& c) { return {detail::read_id_fields(c)}; }
    void write(auto& out) const { detail::write_id_fields(out, fields); }
    friend bool operator==(const id_data&, const id_data&) = default;
};

struct id_extension : extension<id, id_data> {
    static constexpr std::string_view capability = "ID";
};

} // namespace mailwire::imap
