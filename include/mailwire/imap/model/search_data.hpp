// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// obsolete-search-response = "SEARCH" *(SP nz-number)
struct search_data {
    using word = mailwire::word<slot::response_data, "SEARCH">;
    using tail = grammar::number_list;
    number_list numbers = {};

    static search_data read(cursor& c) { return {number_list::read(c)}; }
    void write(auto& out) const { numbers.write(out); }
    friend bool operator==(const search_data&, const search_data&) = default;
};

} // namespace mailwire::imap
