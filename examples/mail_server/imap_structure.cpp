// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_structure.hpp"

#include <span>
#include <string>
#include <vector>

namespace mail_server {
namespace {

namespace imap = mailwire::imap;
using mailwire::text;

text to_wire(const std::optional<std::string>& from) { return from ? text(*from) : text::nil(); }

template <typename T> mailwire::seq_of<T> sequence(std::vector<T> values, keeper& room) {
    return std::span(room.keep(std::move(values)));
}

mailwire::seq_of<imap::address> to_wire(const address_list& from, keeper& room) {
    std::vector<imap::address> all;
    for (const auto& each : from) {
        all.push_back({to_wire(each.name), to_wire(each.adl), to_wire(each.mailbox), to_wire(each.host)});
    }
    return sequence(std::move(all), room);
}

mailwire::seq_of<imap::parameter> to_wire(const parameter_list& from, keeper& room) {
    std::vector<imap::parameter> all;
    for (const auto& [name, value] : from) {
        all.push_back({text(name), text(value)});
    }
    return sequence(std::move(all), room);
}

mailwire::seq_of<imap::body> to_wire(const std::vector<part>& from, structure_form form, keeper& room) {
    std::vector<imap::body> all;
    for (const auto& each : from) {
        all.push_back(to_wire(each, form, room));
    }
    return sequence(std::move(all), room);
}

void add_extension(imap::body& to, const part& from, keeper& room) {
    to.extended = true;
    to.md5 = to_wire(from.md5);
    if (from.disposition) {
        to.disposition = {text(from.disposition->type), to_wire(from.disposition->parameters, room)};
    }
    to.languages = sequence(std::vector<text>(from.languages.begin(), from.languages.end()), room);
    to.location = to_wire(from.location);
}

} // namespace

imap::envelope_fields to_wire(const envelope& from, keeper& room) {
    imap::envelope_fields to;
    to.date = to_wire(from.date);
    to.subject = to_wire(from.subject);
    to.from = to_wire(from.from, room);
    to.sender = to_wire(from.sender, room);
    to.reply_to = to_wire(from.reply_to, room);
    to.to = to_wire(from.to, room);
    to.cc = to_wire(from.cc, room);
    to.bcc = to_wire(from.bcc, room);
    to.in_reply_to = to_wire(from.in_reply_to);
    to.message_id = to_wire(from.message_id);
    return to;
}

imap::body to_wire(const part& from, structure_form form, keeper& room) {
    imap::body to;
    to.subtype = text(from.subtype);
    to.parameters = to_wire(from.parameters, room);
    if (form == structure_form::full) {
        add_extension(to, from, room);
    }
    if (from.is_multipart()) {
        to.parts = to_wire(from.children, form, room);
        return to;
    }
    to.type = text(from.type);
    to.id = to_wire(from.id);
    to.description = to_wire(from.description);
    to.encoding = text(from.encoding);
    to.octets = from.body.size;
    if (from.is_message()) {
        to.envelope = to_wire(from.message_envelope.value(), room);
        to.enclosed = to_wire(from.children, form, room);
    }
    if (from.is_text() || from.is_message()) {
        to.lines = from.lines;
    }
    return to;
}

} // namespace mail_server
