// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/fetch.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/fetch_att.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// "ALL", "FULL" and "FAST" stand for a list of items (RFC 9051 6.4.5).
enum class fetch_macro : std::uint8_t { none, all, full, fast };

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
//         [fetch-modifiers]
// Modifiers are an extension's (RFC 4466 2.4), such as CHANGEDSINCE.
template <fixed_string Word, typename Tail> struct fetch_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = Tail;
    static constexpr legal_in legal = legal_in::selected;
    static constexpr bool keeps_message_numbers = detail::is_by_number<Tail>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.5";
    sequence_set messages = {};
    items<slot::fetch_att> att = {};
    fetch_macro macro = fetch_macro::none;
    items<slot::fetch_modifier> modifiers = {};

    static fetch_command read(cursor& c) {
        fetch_command f;
        f.messages = sequence_set::read(c);
        if (c.at_list()) {
            f.att = items<slot::fetch_att>(c.enter());
        } else {
            const std::string_view name = c.raw();
            f.macro = name.size() == 3           ? fetch_macro::all
                      : to_upper(name[1]) == 'U' ? fetch_macro::full
                                                 : fetch_macro::fast;
        }
        if (!c.skip_absent()) f.modifiers = items<slot::fetch_modifier>(c.enter());
        return f;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        write_what(out);
        if (!modifiers.empty()) out.raw(" (").items(modifiers).raw(")");
    }

private:
    void write_what(auto& out) const {
        switch (macro) {
        case fetch_macro::none:
            out.require(!att.empty());
            out.raw(" (").items(att).raw(")");
            break;
        case fetch_macro::all:
            out.raw(" ALL");
            break;
        case fetch_macro::full:
            out.raw(" FULL");
            break;
        case fetch_macro::fast:
            out.raw(" FAST");
            break;
        }
    }
};
using fetch = fetch_command<"FETCH", form<forms::message_numbers, grammar::fetch>>;
using uid_fetch = fetch_command<"UID FETCH", grammar::fetch>;

struct fetch_commands : extension<fetch, uid_fetch> {};

} // namespace mailwire::imap
