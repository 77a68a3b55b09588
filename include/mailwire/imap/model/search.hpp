// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/search.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// What of the messages found a SEARCH asks for (RFC 9051 6.4.4; 9, search-return-opt).
namespace search_return {

using min = bare_word<slot::search_return_opt, "MIN">;
using max = bare_word<slot::search_return_opt, "MAX">;
using all = bare_word<slot::search_return_opt, "ALL">;
using count = bare_word<slot::search_return_opt, "COUNT">;
using save = bare_word<slot::search_return_opt, "SAVE">; // RFC 9051 6.4.4.1: "$" is what was found

} // namespace search_return

// search = "SEARCH" [search-return-opts] SP search-program
// Return options that are empty are sent as RETURN (), which asks for ALL; none at all are not the same to a server of
// revision 1.
template <fixed_string Word, typename Tail> struct search_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text charset = text::nil();
    seq_of<search_key> keys = {};
    std::optional<items<slot::search_return_opt>> returns = {};

    static search_command read(cursor& c) {
        search_command s;
        if (!c.skip_absent()) s.returns = items<slot::search_return_opt>(c.enter());
        s.charset = c.text();
        s.keys = seq_of<search_key>(c.enter());
        return s;
    }
    void write(auto& out) const {
        out.require(!keys.empty());
        if (returns) out.raw(" RETURN (").items(*returns).raw(")");
        if (!charset.is_nil()) out.raw(" CHARSET ").charset(charset);
        out.sp().joined(keys, [&out](const search_key& k) { k.write(out); });
    }
};
using search = search_command<"SEARCH", form<forms::message_numbers, grammar::search>>;
using uid_search = search_command<"UID SEARCH", grammar::search>;

struct search_commands : extension<search, uid_search, search_return::min, search_return::max, search_return::all,
                                   search_return::count, search_return::save> {};

} // namespace mailwire::imap
