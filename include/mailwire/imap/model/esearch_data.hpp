// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/esearch.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

// What a SEARCH with return options has found (RFC 9051 7.3.4; 9, esearch-response).
namespace mailwire::imap {

namespace found {

// "MIN" SP nz-number and "MAX" SP nz-number
template <fixed_string Word> struct one_number {
    using word = mailwire::word<slot::search_return_data, Word>;
    using tail = grammar::seq<grammar::sp, grammar::nz_number>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    std::uint32_t value = 0;

    static one_number read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().template number<grammar::nz_number>(value); }
    friend bool operator==(const one_number&, const one_number&) = default;
};
using min = one_number<"MIN">;
using max = one_number<"MAX">;

// "ALL" SP sequence-set, without "$". The grammar has "*" here, but a server that means a message names it.
struct all {
    using word = mailwire::word<slot::search_return_data, "ALL">;
    using tail = grammar::seq<grammar::sp, grammar::detail::sent_set>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    sequence_set value = {};

    static all read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const {
        out.require(!value.is_last_result());
        value.write(out.sp());
    }
    friend bool operator==(const all&, const all&) = default;
};

// "COUNT" SP number
struct count {
    using word = mailwire::word<slot::search_return_data, "COUNT">;
    using tail = grammar::seq<grammar::sp, grammar::number>;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    std::uint32_t value = 0;

    static count read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const count&, const count&) = default;
};

} // namespace found

// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
struct esearch_data {
    using word = mailwire::word<slot::response_data, "ESEARCH">;
    using tail = grammar::esearch_response;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    text tag = text::nil(); // of the command that is answered; nil: the response names none
    bool uids = false;      // true: the numbers are unique identifiers
    items<slot::search_return_data> results = {};

    static esearch_data read(cursor& c) {
        esearch_data e;
        if (!c.skip_absent()) e.tag = c.text();
        e.uids = !c.at_absent();
        c.skip();
        e.results = items<slot::search_return_data>(c.enter());
        return e;
    }
    void write(auto& out) const {
        if (!tag.is_nil()) out.raw(" (TAG ").string(tag).raw(")");
        if (uids) out.raw(" UID");
        if (!results.empty()) out.sp().items(results);
    }
};

struct esearch_datas : extension<esearch_data, found::min, found::max, found::all, found::count> {};

} // namespace mailwire::imap
