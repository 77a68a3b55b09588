// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/fetch.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 9586: no message numbers, only unique identifiers. Once a client has enabled it, forms::message_numbers is out of
// force, and VANISHED (model/vanished_data.hpp) stands for EXPUNGE.
namespace mailwire::imap {

namespace grammar {

// uidfetch-resp = uniqueid SP "UIDFETCH" SP msg-att
// PEG: the slot takes the number and the word.
struct uidfetch_resp : seq<sp, msg_att> {
    static constexpr std::string_view rfc = "RFC 9586 3.3";
};

} // namespace grammar

// message-data =/ uidfetch-resp: what FETCH is otherwise
struct uidfetch_data {
    using word = mailwire::word<slot::message_data, "UIDFETCH">;
    using tail = grammar::uidfetch_resp;
    static constexpr std::string_view rfc = "RFC 9586 3.3";
    std::uint32_t uid = 0;
    items<slot::msg_att> att = {};

    static uidfetch_data read(cursor& c) {
        const std::uint32_t number = c.number32();
        return {number, items<slot::msg_att>(c.enter())};
    }
    void write_lead(auto& out) const {
        out.require(uid != 0);
        out.number(uid).sp();
    }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

// resp-text-code =/ "UIDREQUIRED": the command has used message numbers
using code_uidrequired = bare_word<slot::resp_text_code, "UIDREQUIRED">;

struct uidonly_extension : extension<uidfetch_data, code_uidrequired> {
    static constexpr std::string_view capability = "UIDONLY";
    static constexpr std::uint32_t enables = modes::uidonly;
};

} // namespace mailwire::imap
