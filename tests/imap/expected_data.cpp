// SPDX-License-Identifier: BSL-1.0
// Data of a server and its status responses as trees.
#include "expected_values.hpp"

#include "mailwire/core/sink.hpp"
#include "mailwire/imap/ext/quota.hpp"
#include "mailwire/imap/ext/rev1.hpp"
#include "mailwire/imap/ext/rfc7162.hpp"
#include "mailwire/imap/ext/uidonly.hpp"
#include "mailwire/imap/write.hpp"

#include <string>

namespace mailwire::test {

using json = nlohmann::json;

namespace {

template <typename Value> std::string written(const Value& value) {
    std::string result;
    string_sink to(result);
    imap::writer out(to, {.from = side::server});
    value.write(out);
    return result;
}

json flags_of(const seq_of<text>& all) {
    json result = json::array();
    for (const text& f : all)
        result.push_back(flag_name(f));
    return result;
}

json texts_of(const seq_of<text>& all) {
    json result = json::array();
    for (const text& t : all)
        result.push_back(octets_of(t));
    return result;
}

// A value of a form nobody knows: a number, or a text of the unit.
json unknown_value(std::string_view raw) {
    if (!raw.empty() && raw.find_first_not_of("0123456789") == raw.npos) return std::stoull(std::string(raw));
    return {{"raw", raw}};
}

json status_values_of(const items<imap::slot::status_att_val>& values) {
    json result = json::object();
    for (const auto i : values) {
        const bool known = visit<imap::everything>(i, [&]<typename Alt>(const Alt& v) {
            if constexpr (requires { v.value; }) result[std::string(Alt::word::text)] = v.value;
        });
        if (!known) result[in_capitals(octets_of(i.name()))] = unknown_value(i.rest());
    }
    return result;
}

// Data with a name that nobody knows.
template <typename Slot> json unknown_data(const item<Slot>& value) {
    json tree = {{"name", in_capitals(octets_of(value.name()))}, {"data", json()}};
    if (!value.rest().empty() || value.tokens().kind() == token_kind::number) tree["data"] = {{"raw", value.rest()}};
    return tree;
}

json list_of(const seq_of<text>& attributes, const text& delimiter, const text& mailbox) {
    return {{"attr", flags_of(attributes)}, {"delim", tree_of(delimiter)}, {"name", octets_of(mailbox)}};
}

// The other program writes truth values and sizes as texts.
json truth(bool value) { return value ? "true" : "false"; }

json results_of(const items<imap::slot::search_return_data>& results) {
    json all = json::array();
    for (const auto i : results) {
        visit<imap::everything>(i, [&]<typename Alt>(const Alt& r) {
            if constexpr (requires { r.value.has_numbers_only(); }) {
                all.push_back({Alt::word::text, set_of(r.value)});
            } else {
                all.push_back({Alt::word::text, r.value});
            }
        });
    }
    return all;
}

// Data of extensions.
void add_more_data(json& tree, const imap::response& value) {
    on(
        value,
        [&](const imap::enabled_data& e) {
            tree = {{"name", "ENABLED"}, {"data", texts_of(e.capabilities)}};
        },
        [&](const imap::lsub_data& l) {
            tree = {{"name", "LSUB"}, {"data", list_of(l.attributes, l.delimiter, l.mailbox)}};
        },
        [&](const imap::esearch_data& e) {
            tree = {{"name", "ESEARCH"},
                    {"data", {{"tag", tree_of(e.tag)}, {"uid", truth(e.uids)}, {"data", results_of(e.results)}}}};
        },
        [&](const imap::vanished_data& v) {
            tree = {{"name", "VANISHED"}, {"data", {{"uids", set_of(v.uids)}, {"earlier", truth(v.earlier)}}}};
        },
        [&](const imap::uidfetch_data& f) {
            tree = {{"name", "UIDFETCH"}, {"data", {{"uid", f.uid}, {"attr", attributes_of(f.att)}}}};
        },
        [&](const imap::quota_data& q) {
            const auto first = q.resources[0];
            tree = {{"name", "QUOTA"},
                    {"data",
                     {{"mailbox", octets_of(q.root)},
                      {"usage", std::to_string(first.usage)},
                      {"quota", std::to_string(first.limit)}}}};
        },
        [&](const imap::quotaroot_data& q) {
            tree = {{"name", "QUOTAROOT"},
                    {"data", {{"mailbox", octets_of(q.mailbox)}, {"quotaroots", texts_of(q.roots)}}}};
        });
}

void add_data(json& tree, const imap::response& value) {
    on(
        value,
        [&](const imap::fetch_data& f) {
            tree = {{"name", "FETCH"}, {"data", {{"seqno", f.number}, {"attr", attributes_of(f.att)}}}};
        },
        [&](const imap::status_data& s) {
            tree = {{"name", "STATUS"},
                    {"data", {{"mailbox", octets_of(s.mailbox)}, {"attr", status_values_of(s.values)}}}};
        },
        [&](const imap::list_data& l) {
            tree = {{"name", "LIST"}, {"data", list_of(l.attributes, l.delimiter, l.mailbox)}};
        },
        [&](const imap::flags_data& f) {
            tree = {{"name", "FLAGS"}, {"data", flags_of(f.flags)}};
        },
        [&](const imap::exists& n) {
            tree = {{"name", "EXISTS"}, {"data", n.value}};
        },
        [&](const imap::recent& n) {
            tree = {{"name", "RECENT"}, {"data", n.value}};
        },
        [&](const imap::search_data& s) {
            tree = {{"name", "SEARCH"}, {"data", {{"internal", json::array()}}}};
            for (const std::uint32_t n : s.numbers)
                tree["data"]["internal"].push_back(n);
            if (s.modseq) tree["data"]["ivars"][":@modseq"] = *s.modseq;
        });
}

} // namespace

json set_of(const imap::sequence_set& set) { return {{"string", written(set)}}; }

json attributes_of(const items<imap::slot::msg_att>& att) {
    json result = json::object();
    for (const auto i : att) {
        const bool known = on(
            i, [&](const imap::flags& f) { result["FLAGS"] = flags_of(f.value); },
            [&](const imap::uid& u) { result["UID"] = u.value; },
            [&](const imap::internal_date& d) { result["INTERNALDATE"] = d.value; },
            [&](const imap::rfc822_size& s) { result["RFC822.SIZE"] = s.value; },
            [&](const imap::envelope& e) { result["ENVELOPE"] = tree_of(e); },
            [&](const imap::body_structure& b) { result["BODYSTRUCTURE"] = tree_of(b); },
            [&](const imap::body_outline& b) { result["BODY"] = tree_of(b); },
            [&](const imap::body_section& b) { result["BODY[" + written(b.section)] = tree_of(b.value); },
            [&](const imap::rfc822& r) { result["RFC822"] = tree_of(r.value); },
            [&](const imap::rfc822_header& r) { result["RFC822.HEADER"] = tree_of(r.value); },
            [&](const imap::modseq& m) { result["MODSEQ"] = m.value; });
        if (!known) result[in_capitals(octets_of(i.name()))] = unknown_value(i.rest());
    }
    return result;
}

json code_of(const item<imap::slot::resp_text_code>& code) {
    if (!code) return {};
    json result = {{"data", json()}};
    const bool known = visit<imap::everything>(code, [&]<typename Alt>(const Alt& c) {
        result["name"] = Alt::word::text;
        if constexpr (requires { c.value; }) result["data"] = c.value;
        if constexpr (std::is_same_v<Alt, imap::code_appenduid>) {
            result["data"] = {{"uidvalidity", c.uidvalidity}, {"assigned_uids", set_of(c.uids)}};
        } else if constexpr (std::is_same_v<Alt, imap::code_copyuid>) {
            result["data"] = {
                {"uidvalidity", c.uidvalidity}, {"source_uids", set_of(c.from)}, {"assigned_uids", set_of(c.to)}};
        } else if constexpr (std::is_same_v<Alt, imap::code_modified>) {
            result["data"] = set_of(c.messages);
        }
    });
    if (!known) {
        result["name"] = in_capitals(octets_of(code.name()));
        if (!code.rest().empty()) result["data"] = unknown_value(code.rest());
    }
    return result;
}

json tree_of(const imap::response& value) {
    json tree = json::object();
    if (value.kind() == imap::response_kind::continuation)
        return {{"data", {{"code", {}}, {"text", value.continuation()}}}};
    if (value.kind() == imap::response_kind::data) {
        if (value.is_unknown() && value.has_number()) return unknown_data(value.data<imap::slot::message_data>());
        if (value.is_unknown()) return unknown_data(value.data<imap::slot::response_data>());
        add_data(tree, value);
        if (tree.empty()) add_more_data(tree, value);
        return tree;
    }
    const auto status = value.status();
    if (value.kind() == imap::response_kind::tagged) tree["tag"] = value.tag();
    tree["name"] = imap::status_response::word(status.condition);
    tree["data"] = {{"code", code_of(status.code)}, {"text", status.text}};
    return tree;
}

} // namespace mailwire::test
