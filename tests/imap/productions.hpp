// SPDX-License-Identifier: BSL-1.0
// The productions of RFC 9051 9 and of RFC 3501 9, each with the rule that is it and with texts the rule takes and
// refuses; or why there is no rule. Several files hold the table, in the order of RFC 9051.

#pragma once

#include "support/rows.hpp"
#include "support/rule_graph.hpp"

#include "mailwire/core/chars.hpp"
#include "mailwire/imap/parse.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailwire::imap::productions {

struct production {
    std::string_view name;
    // True when the rule takes the whole text, and nothing of what stands behind it. Null where there is no rule.
    bool (*takes)(const std::string& text, std::string_view behind, const dialect&) = nullptr;
    std::vector<std::string_view> good = {};
    std::vector<std::string_view> bad = {};
    std::string_view note = {}; // why there is no rule, or which rule stands for it
    std::string_view type = {}; // how the compiler spells the rule; empty where there is none or it is a class
    dialect rules = {};
    std::string_view behind = {}; // what follows each text
};

template <typename Rule> bool takes_whole(const std::string& text, std::string_view behind, const dialect& rules) {
    const std::string octets = text + std::string(behind);
    const auto result = test::match<Rule>(octets, rules);
    return result.ok && result.taken == text.size();
}

template <char_class Class> bool holds_all(const std::string& text, std::string_view, const dialect&) {
    for (const char c : text) {
        if (!Class.contains(c)) return false;
    }
    return true;
}

using texts = std::vector<std::string_view>;

// A production with a rule of its own.
template <typename Rule>
production rule(std::string_view name, texts good, texts bad, std::string_view note = {}, const dialect& rules = {},
                std::string_view behind = {}) {
    return {
        name,  &takes_whole<Rule>, std::move(good), std::move(bad), note, test::detail::plain_type_name<Rule>(), rules,
        behind};
}

// A production that is a set of octets.
template <char_class Class> production octets_of(std::string_view name, texts good, texts bad) {
    return {name, &holds_all<Class>, std::move(good), std::move(bad)};
}

// A production without a rule.
inline production none(std::string_view name, std::string_view why) { return {name, nullptr, {}, {}, why}; }

using table = std::vector<production>;
table from_sp_to_base64();
table from_body_to_charset();
table from_childinfo_to_envelope();
table from_env_bcc_to_idle();
table from_initial_resp_to_msg_att();
table from_name_component_to_quoted();
table from_rename_to_search();
table from_section_to_store();
table from_string_to_zone();
table of_rfc_3501();

} // namespace mailwire::imap::productions
