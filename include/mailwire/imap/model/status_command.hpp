// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/status.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
struct status {
    using word = mailwire::word<slot::command, "STATUS">;
    using tail = grammar::status;
    static constexpr std::string_view rfc = "RFC 9051 6.3.11";
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};
    items<slot::status_att> att = {};

    static status read(cursor& c) {
        const text name = c.text();
        return {name, items<slot::status_att>(c.enter())};
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.sp().mailbox(mailbox).raw(" (").items(att).raw(")");
    }
};

} // namespace mailwire::imap
