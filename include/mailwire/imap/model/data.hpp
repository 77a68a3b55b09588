// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/model/enable.hpp"
#include "mailwire/imap/model/fetch_data.hpp"
#include "mailwire/imap/model/list_data.hpp"
#include "mailwire/imap/model/namespace.hpp"
#include "mailwire/imap/model/search_data.hpp"
#include "mailwire/imap/model/status_data.hpp"
#include "mailwire/imap/model/writer.hpp"

// Untagged data of a server (RFC 9051 7.2 to 7.5).
namespace mailwire::imap {

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
// Which revision is in it is for the client to judge.
struct capability_data {
    using word = mailwire::word<slot::response_data, "CAPABILITY">;
    using tail = grammar::capability_data;
    static constexpr std::string_view rfc = "RFC 9051 7.2.2";
    seq_of<text> capabilities = {};

    static capability_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const capability_data&, const capability_data&) = default;
};

// "FLAGS" SP flag-list: the flags a mailbox knows
struct flags_data {
    using word = mailwire::word<slot::response_data, "FLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.5";
    seq_of<text> flags = {};

    static flags_data read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_text>(flags); }
    friend bool operator==(const flags_data&, const flags_data&) = default;
};

// number SP "EXISTS" and obsolete-recent-response = number SP "RECENT"
template <fixed_string Word> struct count_data {
    using word = mailwire::word<slot::counted_data, Word>;
    using tail = pegtl::success;
    static constexpr std::string_view rfc = "RFC 9051 7.4.1";
    std::uint32_t value = 0;

    static count_data read(cursor& c) { return {c.number32()}; }
    void write_lead(auto& out) const { out.number(value).sp(); }
    void write(auto&) const {}
    friend bool operator==(const count_data&, const count_data&) = default;
};
using exists = count_data<"EXISTS">;
using recent = count_data<"RECENT">;

// nz-number SP "EXPUNGE"
struct expunge_data {
    using word = mailwire::word<slot::message_data, "EXPUNGE">;
    using tail = pegtl::success;
    static constexpr std::string_view rfc = "RFC 9051 7.5.1";
    static constexpr bool names_by_number = true;
    std::uint32_t number = 0;

    static expunge_data read(cursor& c) { return {c.number32()}; }
    // Whether it changes the numbers of other messages: then it has its time (RFC 9051 7.5.1).
    bool renumbers() const { return true; }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto&) const {}
    friend bool operator==(const expunge_data&, const expunge_data&) = default;
};

struct response_datas : extension<capability_data, enabled_data, flags_data, list_datas, namespace_data, status_data,
                                  search_data, exists, recent, expunge_data, fetch_data> {};

} // namespace mailwire::imap
