// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// list-select-opt: which mailboxes (RFC 9051 6.3.9.1). RECURSIVEMATCH stands with SUBSCRIBED or another base option.
using select_subscribed = bare_word<slot::list_select_opt, "SUBSCRIBED">;
using select_remote = bare_word<slot::list_select_opt, "REMOTE">;
using select_recursivematch = bare_word<slot::list_select_opt, "RECURSIVEMATCH">;

// return-option: what to tell of them (RFC 9051 6.3.9.2)
using return_subscribed = bare_word<slot::return_option, "SUBSCRIBED">;
using return_children = bare_word<slot::return_option, "CHILDREN">;

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
struct return_status {
    using word = mailwire::word<slot::return_option, "STATUS">;
    using tail = grammar::status_option;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.8";
    items<slot::status_att> att = {};

    static return_status read(cursor& c) { return {items<slot::status_att>(c.enter())}; }
    void write(auto& out) const {
        out.require(!att.empty());
        out.raw(" (").items(att).raw(")");
    }
};

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
struct list {
    using word = mailwire::word<slot::command, "LIST">;
    using tail = grammar::list;
    static constexpr std::string_view rfc = "RFC 9051 6.3.9";
    static constexpr legal_in legal = legal_in::authenticated;
    text reference = {};
    text pattern = {};                                          // where there are no `patterns`
    seq_of<text> patterns = {};                                 // in parentheses; more than one needs LIST-EXTENDED
    std::optional<items<slot::list_select_opt>> selection = {}; // an empty list makes the command an extended one
    std::optional<items<slot::return_option>> returns = {};     // likewise

    static list read(cursor& c) {
        list l;
        if (!c.skip_absent()) l.selection = items<slot::list_select_opt>(c.enter());
        l.reference = c.text();
        if (c.at_list()) {
            l.patterns = seq_of<text>(c.enter());
        } else {
            l.pattern = c.text();
        }
        if (!c.skip_absent()) l.returns = items<slot::return_option>(c.enter());
        return l;
    }

    void write(auto& out) const {
        if (selection) {
            out.require(!is_modified_without_base());
            out.raw(" (").items(*selection).raw(")");
        }
        out.sp().mailbox(reference).sp();
        if (patterns.empty()) {
            out.list_mailbox(pattern);
        } else {
            out.require(pattern.empty() && !pattern.is_nil());
            out.parens(patterns, [&out](const text& each) { out.list_mailbox(each); });
        }
        if (returns) out.raw(" RETURN (").items(*returns).raw(")");
    }

private:
    // RFC 9051 6.3.9.1: RECURSIVEMATCH is for a base option to modify. An option that is not known may be one.
    bool is_modified_without_base() const {
        bool modified = false;
        for (const item<slot::list_select_opt> option : *selection) {
            if (option.is<select_recursivematch>()) {
                modified = true;
            } else if (!option.is<select_remote>() && !is_special_use(option)) {
                return false;
            }
        }
        return modified;
    }
    static bool is_special_use(const item<slot::list_select_opt>& option) {
        return !option.is_value() && !option.known() && option.name().equal_ignoring_case("SPECIAL-USE") &&
               option.rest().empty();
    }
};

struct list_commands : extension<list, select_subscribed, select_remote, select_recursivematch, return_subscribed,
                                 return_children, return_status> {};

} // namespace mailwire::imap
