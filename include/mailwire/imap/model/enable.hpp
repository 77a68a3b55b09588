// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/session_command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// What a client and a server agree on beyond the base protocol (RFC 9051 6.3.1, RFC 5161).
namespace mailwire::imap {

// enable = "ENABLE" 1*(SP capability)
struct enable {
    using word = mailwire::word<slot::command, "ENABLE">;
    using tail = grammar::enable;
    static constexpr std::string_view rfc = "RFC 9051 6.3.1";
    static constexpr legal_in legal = legal_in::before_selection;
    seq_of<text> capabilities = {};

    static enable read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const enable&, const enable&) = default;
};

// enable-data = "ENABLED" *(SP capability): what has just been enabled
struct enabled_data {
    using word = mailwire::word<slot::response_data, "ENABLED">;
    using tail = grammar::enable_data;
    static constexpr std::string_view rfc = "RFC 9051 7.2.1";
    seq_of<text> capabilities = {};

    static enabled_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        for (const text& name : capabilities)
            out.sp().atom(name);
    }
    friend bool operator==(const enabled_data&, const enabled_data&) = default;
};

} // namespace mailwire::imap
