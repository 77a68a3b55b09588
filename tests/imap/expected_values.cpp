// SPDX-License-Identifier: BSL-1.0
// Structures of messages, addresses and strings as trees.
#include "expected_values.hpp"

#include "mailwire/core/chars.hpp"

#include <string>

namespace mailwire::test {

using json = nlohmann::json;

std::string in_capitals(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = to_upper(c);
    return result;
}

std::string octets_of(const text& value) {
    std::string result(value.spelled().size(), '\0');
    result.resize(value.copy_to(result.data()));
    return result;
}

std::string flag_name(const text& value) {
    std::string name = octets_of(value);
    if (!name.starts_with('\\')) return name;
    for (std::size_t i = 2; i < name.size(); ++i) {
        if (name[i] >= 'A' && name[i] <= 'Z') name[i] = static_cast<char>(name[i] | 0x20);
    }
    name[0] = ':';
    if (name.size() > 1) name[1] = to_upper(name[1]);
    return name;
}

json tree_of(const text& value) { return value.is_nil() ? json() : json(octets_of(value)); }

namespace {

json capitals_of(const text& value) { return value.is_nil() ? json() : json(in_capitals(octets_of(value))); }

json parameters_of(const seq_of<imap::parameter>& all) {
    if (all.empty()) return {};
    json result = json::object();
    for (const auto& p : all)
        result[in_capitals(octets_of(p.name))] = octets_of(p.value);
    return result;
}

json addresses_of(const seq_of<imap::address>& all) {
    if (all.empty()) return {};
    json result = json::array();
    for (const auto& a : all) {
        result.push_back({{"name", tree_of(a.name)},
                          {"route", tree_of(a.adl)},
                          {"mailbox", tree_of(a.mailbox)},
                          {"host", tree_of(a.host)}});
    }
    return result;
}

void add_extension(json& tree, const imap::body& b) {
    tree["disposition"] = json();
    if (!b.disposition.type.is_nil()) {
        tree["disposition"] = {{"dsp_type", capitals_of(b.disposition.type)},
                               {"param", parameters_of(b.disposition.parameters)}};
    }
    tree["language"] = json();
    for (const text& l : b.languages)
        tree["language"].push_back(capitals_of(l));
    tree["location"] = tree_of(b.location);
}

} // namespace

json tree_of(const imap::envelope_fields& e) {
    return {{"date", tree_of(e.date)},
            {"subject", tree_of(e.subject)},
            {"from", addresses_of(e.from)},
            {"sender", addresses_of(e.sender)},
            {"reply_to", addresses_of(e.reply_to)},
            {"to", addresses_of(e.to)},
            {"cc", addresses_of(e.cc)},
            {"bcc", addresses_of(e.bcc)},
            {"in_reply_to", tree_of(e.in_reply_to)},
            {"message_id", tree_of(e.message_id)}};
}

json tree_of(const imap::body& b) {
    json tree = {{"subtype", capitals_of(b.subtype)}, {"param", parameters_of(b.parameters)}};
    add_extension(tree, b);
    if (b.is_multipart()) {
        tree["media_type"] = "MULTIPART";
        for (const imap::body& part : b.parts)
            tree["parts"].push_back(tree_of(part));
        return tree;
    }
    tree["media_type"] = capitals_of(b.type);
    tree["content_id"] = tree_of(b.id);
    tree["description"] = tree_of(b.description);
    tree["encoding"] = capitals_of(b.encoding);
    tree["size"] = b.octets;
    tree["md5"] = tree_of(b.md5);
    if (b.lines) tree["lines"] = *b.lines;
    if (b.envelope) tree["envelope"] = tree_of(*b.envelope);
    for (const imap::body& inner : b.enclosed)
        tree["body"] = tree_of(inner);
    return tree;
}

} // namespace mailwire::test
