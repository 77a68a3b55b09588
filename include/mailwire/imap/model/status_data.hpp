// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/status.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// "STATUS" SP mailbox SP "(" [status-att-list] ")"
struct status_data {
    using word = mailwire::word<slot::response_data, "STATUS">;
    using tail = grammar::detail::status_data;
    static constexpr std::string_view rfc = "RFC 9051 7.3.4";
    text mailbox = {};
    items<slot::status_att_val> values = {};

    static status_data read(cursor& c) {
        const text name = c.text();
        return {name, items<slot::status_att_val>(c.enter())};
    }
    void write(auto& out) const { out.sp().mailbox(mailbox).raw(" (").items(values).raw(")"); }
};

} // namespace mailwire::imap
