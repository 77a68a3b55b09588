// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/imap/grammar/esearch.hpp"
#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// obsolete-search-response = "SEARCH" *(SP nz-number), and behind the numbers RFC 7162's search-sort-mod-seq
struct search_data {
    using word = mailwire::word<slot::response_data, "SEARCH">;
    using tail = grammar::obsolete_search_response;
    static constexpr std::string_view rfc = "RFC 3501 7.2.5";
    number_list numbers = {};
    std::optional<std::uint64_t> modseq = {}; // the highest of the messages found, where MODSEQ was asked for

    static search_data read(cursor& c) {
        search_data s{number_list::read(c)};
        if (!c.skip_absent() && c.more()) s.modseq = c.number();
        return s;
    }
    void write(auto& out) const {
        numbers.write(out);
        if (!modseq) return;
        out.require(!numbers.empty());
        out.raw(" (MODSEQ ").template number<grammar::mod_sequence_value>(*modseq).raw(")");
    }
    friend bool operator==(const search_data&, const search_data&) = default;
};

} // namespace mailwire::imap
