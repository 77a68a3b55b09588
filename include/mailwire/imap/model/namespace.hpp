// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/namespace.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/delimiter.hpp"
#include "mailwire/imap/model/writer.hpp"

// Where mailboxes are: a user's own, those of others, and those all share (RFC 9051 6.3.10, RFC 2342).
namespace mailwire::imap {

// namespace-command = "NAMESPACE"
using namespace_command = plain_command<"NAMESPACE", legal_in::authenticated>;

// namespace-response-extension = SP string SP "(" string *(SP string) ")"
struct namespace_extension {
    text name = {};
    seq_of<text> values = {};

    static namespace_extension read(cursor& c) {
        const text name = c.text();
        return {name, seq_of<text>(c.enter())};
    }
    static void skip(cursor& c) {
        c.skip();
        c.skip();
    }
    friend bool operator==(const namespace_extension&, const namespace_extension&) = default;
};

// namespace-descr = "(" string SP (DQUOTE QUOTED-CHAR DQUOTE / nil) [namespace-response-extensions] ")"
struct namespace_descriptor {
    text prefix = {};
    text delimiter = text::nil();
    seq_of<namespace_extension> extensions = {};

    static namespace_descriptor read(cursor& c) {
        cursor in = c.enter();
        namespace_descriptor d;
        d.prefix = in.text();
        d.delimiter = in.text();
        d.extensions = seq_of<namespace_extension>(in.enter());
        return d;
    }
    void write(auto& out) const {
        write_delimiter(out.raw("(").string(prefix).sp(), delimiter);
        for (const namespace_extension& one : extensions) {
            out.require(!one.values.empty());
            out.sp().string(one.name).sp().parens(one.values, [&out](const text& value) { out.string(value); });
        }
        out.raw(")");
    }
    friend bool operator==(const namespace_descriptor&, const namespace_descriptor&) = default;
};

// namespace-response = "NAMESPACE" SP namespace SP namespace SP namespace. NIL is an empty sequence.
struct namespace_data {
    using word = mailwire::word<slot::response_data, "NAMESPACE">;
    using tail = grammar::namespace_response;
    static constexpr std::string_view rfc = "RFC 9051 7.3.2";
    seq_of<namespace_descriptor> personal = {};
    seq_of<namespace_descriptor> others = {};
    seq_of<namespace_descriptor> shared = {};

    static namespace_data read(cursor& c) {
        namespace_data n;
        for (auto* field : {&n.personal, &n.others, &n.shared}) {
            if (c.at_list()) {
                *field = seq_of<namespace_descriptor>(c.enter());
            } else {
                c.skip();
            }
        }
        return n;
    }
    void write(auto& out) const {
        for (const auto* field : {&personal, &others, &shared}) {
            out.sp();
            if (field->empty()) {
                out.raw("NIL");
                continue;
            }
            out.raw("(");
            for (const namespace_descriptor& one : *field)
                one.write(out);
            out.raw(")");
        }
    }
    friend bool operator==(const namespace_data&, const namespace_data&) = default;
};

} // namespace mailwire::imap
