// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/fetch.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// nz-number SP "FETCH" SP msg-att
struct fetch_data {
    using word = mailwire::word<slot::message_data, "FETCH">;
    using tail = grammar::seq<grammar::sp, grammar::msg_att>;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
    static constexpr bool names_by_number = true;
    std::uint32_t number = 0;
    items<slot::msg_att> att = {};

    static fetch_data read(cursor& c) {
        const std::uint32_t n = c.number32();
        return {n, items<slot::msg_att>(c.enter())};
    }
    void write_lead(auto& out) const {
        out.require(number != 0);
        out.number(number).sp();
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

} // namespace mailwire::imap
