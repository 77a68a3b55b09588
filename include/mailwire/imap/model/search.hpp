// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// search = "SEARCH" [search-return-opts] SP search-program, without return options
template <fixed_string Word> struct search_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::seq<grammar::sp, grammar::search_program>;
    static constexpr legal_in legal = legal_in::selected;
    text charset = text::nil();
    seq_of<search_key> keys = {};

    static search_command read(cursor& c) {
        const text name = c.text();
        return {name, seq_of<search_key>(c.enter())};
    }
    void write(auto& out) const {
        out.require(!keys.empty());
        if (!charset.is_nil()) out.raw(" CHARSET ").charset(charset);
        out.sp().joined(keys, [&out](const search_key& k) { k.write(out); });
    }
};
using search = search_command<"SEARCH">;
using uid_search = search_command<"UID SEARCH">;

struct search_commands : extension<search, uid_search> {};

} // namespace mailwire::imap
