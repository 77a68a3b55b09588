// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/model/fetch_att.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

// The commands of a client (RFC 9051 6). A command on messages exists twice: with message numbers and, behind "UID",
// with unique identifiers.
namespace mailwire::imap {

// Where a command is legal (RFC 9051 6: command-any, command-nonauth, command-auth, command-select).
enum class legal_in : std::uint8_t { any, not_authenticated, authenticated, selected };

// What the tagged OK to a command does to the session (RFC 9051 3).
enum class command_effect : std::uint8_t { none, logs_in, selects, deselects, logs_out };

// A command without arguments.
template <fixed_string Word, legal_in Where, command_effect Effect = command_effect::none> struct plain_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = pegtl::success;
    static constexpr legal_in legal = Where;
    static constexpr command_effect effect = Effect;

    static plain_command read(cursor&) { return {}; }
    void write(auto&) const {}
};

using capability = plain_command<"CAPABILITY", legal_in::any>;
using noop = plain_command<"NOOP", legal_in::any>;
using logout = plain_command<"LOGOUT", legal_in::any, command_effect::logs_out>;
using close = plain_command<"CLOSE", legal_in::selected, command_effect::deselects>;
using unselect = plain_command<"UNSELECT", legal_in::selected, command_effect::deselects>;
using expunge = plain_command<"EXPUNGE", legal_in::selected>;

// login = "LOGIN" SP userid SP password
struct login {
    using word = mailwire::word<slot::command, "LOGIN">;
    using tail = grammar::seq<grammar::sp, grammar::astring, grammar::sp, grammar::astring>;
    static constexpr legal_in legal = legal_in::not_authenticated;
    static constexpr command_effect effect = command_effect::logs_in;
    text user = {};
    text password = {};

    static login read(cursor& c) {
        const text name = c.text();
        return {name, c.text()};
    }
    void write(auto& out) const { out.sp().astring(user).sp().astring(password); }
};

// A command on one mailbox: select, examine, create, delete.
template <fixed_string Word, command_effect Effect = command_effect::none> struct mailbox_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::seq<grammar::sp, grammar::mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = Effect;
    text mailbox = {};

    static mailbox_command read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
};

using select = mailbox_command<"SELECT", command_effect::selects>;
using examine = mailbox_command<"EXAMINE", command_effect::selects>;
using create = mailbox_command<"CREATE">;
using delete_ = mailbox_command<"DELETE">;

// rename = "RENAME" SP mailbox SP mailbox
struct rename {
    using word = mailwire::word<slot::command, "RENAME">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox, grammar::sp, grammar::mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    text from = {};
    text to = {};

    static rename read(cursor& c) {
        const text old_name = c.text();
        return {old_name, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(from).sp().mailbox(to); }
};

// list = "LIST" SP mailbox SP list-mailbox, the form of RFC 3501
struct list {
    using word = mailwire::word<slot::command, "LIST">;
    using tail = grammar::seq<grammar::sp, grammar::mailbox, grammar::sp, grammar::list_mailbox>;
    static constexpr legal_in legal = legal_in::authenticated;
    text reference = {};
    text pattern = {};

    static list read(cursor& c) {
        const text root = c.text();
        return {root, c.text()};
    }
    void write(auto& out) const { out.sp().mailbox(reference).sp().list_mailbox(pattern); }
};

// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"
struct status {
    using word = mailwire::word<slot::command, "STATUS">;
    using tail = grammar::seq<
        grammar::sp, grammar::mailbox, grammar::sp,
        list_tok<grammar::seq<grammar::lp, separated<slot_rule<slot::status_att>, grammar::sp>, grammar::rp>>>;
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

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
// The message is text::streamed(octets) where its octets follow through the session.
struct append {
    using word = mailwire::word<slot::command, "APPEND">;
    using tail = grammar::append_rest;
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};
    seq_of<text> flags = {};
    std::string_view date = {}; // empty: the server's own; else as internal_date::value
    text message = {};

    static append read(cursor& c) {
        append a;
        a.mailbox = c.text();
        if (!c.skip_absent()) a.flags = seq_of<text>(c.enter());
        if (!c.skip_absent()) a.date = c.raw();
        a.message = c.text();
        return a;
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        if (!flags.empty()) out.sp().template flags<grammar::flag_text>(flags);
        if (!date.empty()) out.sp().date_time(date);
        out.sp().literal(message);
    }
};

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

// "ALL", "FULL" and "FAST" stand for a list of items (RFC 9051 6.4.5).
enum class fetch_macro : std::uint8_t { none, all, full, fast };

// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
template <fixed_string Word> struct fetch_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::fetch_rest;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};
    items<slot::fetch_att> att = {};
    fetch_macro macro = fetch_macro::none;

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
        return f;
    }
    void write(auto& out) const {
        messages.write(out.sp());
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
using fetch = fetch_command<"FETCH">;
using uid_fetch = fetch_command<"UID FETCH">;

// What a STORE does with its flags (RFC 9051 6.4.6).
enum class store_action : std::uint8_t { replace, add, remove };

// store = "STORE" SP sequence-set SP store-att-flags
template <fixed_string Word> struct store_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::store_rest;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};
    store_action action = store_action::replace;
    bool silent = false;
    seq_of<text> flags = {};

    static store_command read(cursor& c) {
        store_command s;
        s.messages = sequence_set::read(c);
        if (!c.skip_absent()) s.action = c.raw() == "+" ? store_action::add : store_action::remove;
        s.silent = !c.at_absent();
        c.skip();
        s.flags = seq_of<text>(c.enter());
        return s;
    }
    void write(auto& out) const {
        messages.write(out.sp());
        out.sp();
        if (action == store_action::add) out.raw("+");
        if (action == store_action::remove) out.raw("-");
        out.raw("FLAGS");
        if (silent) out.raw(".SILENT");
        out.sp().template flags<grammar::flag_text>(flags);
    }
};
using store = store_command<"STORE">;
using uid_store = store_command<"UID STORE">;

// copy = "COPY" SP sequence-set SP mailbox and move = "MOVE" SP sequence-set SP mailbox
template <fixed_string Word> struct copy_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::copy_rest;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};
    text mailbox = {};

    static copy_command read(cursor& c) {
        const sequence_set set = sequence_set::read(c);
        return {set, c.text()};
    }
    void write(auto& out) const {
        messages.write(out.sp());
        out.sp().mailbox(mailbox);
    }
};
using copy = copy_command<"COPY">;
using uid_copy = copy_command<"UID COPY">;
using move = copy_command<"MOVE">;
using uid_move = copy_command<"UID MOVE">;

// uid-expunge = "EXPUNGE" SP sequence-set
struct uid_expunge {
    using word = mailwire::word<slot::command, "UID EXPUNGE">;
    using tail = grammar::seq<grammar::sp, grammar::sequence_set>;
    static constexpr legal_in legal = legal_in::selected;
    sequence_set messages = {};

    static uid_expunge read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { messages.write(out.sp()); }
};

struct commands
    : extension<extension<capability, noop, logout, close, unselect, expunge, login, select, examine, create, delete_,
                          rename, list, status, append>,
                search, uid_search, fetch, uid_fetch, store, uid_store, copy, uid_copy, move, uid_move, uid_expunge> {};

// The effect of a command that names none is none.
template <typename Command> constexpr command_effect effect_of() {
    if constexpr (requires { Command::effect; }) {
        return Command::effect;
    } else {
        return command_effect::none;
    }
}

} // namespace mailwire::imap
