// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"
#include "mail_server/list_pattern.hpp"
#include "mail_server/mailbox_name.hpp"

namespace mail_server {
namespace {

constexpr const char* separator = "/";

void tell_entry(imap_context& c, const std::string& name, std::string_view attribute) {
    c.reply.add([&c, name, attribute] {
        const mailwire::text attributes[] = {attribute};
        const imap::list_data data{.attributes = attributes, .delimiter = separator, .mailbox = std::string_view(name)};
        return progress_of(c.session.send(data), c.session);
    });
}

// What a wish about mailboxes came to.
void finish(imap_context& c, outcome found) {
    switch (found) {
    case outcome::ok:
        return finish(c, imap::condition::ok, "done");
    case outcome::no_such_mailbox:
        return finish(c, imap::condition::no, imap::code_nonexistent{}, "no such mailbox");
    case outcome::already_exists:
        return finish(c, imap::condition::no, imap::code_alreadyexists{}, "there is such a mailbox");
    case outcome::has_children:
        return finish(c, imap::condition::no, imap::code_haschildren{}, "there are mailboxes below it");
    case outcome::not_permitted:
        return finish(c, imap::condition::no, imap::code_cannot{}, "that cannot be done with this name");
    }
}

// The values of STATUS. Items point to values, so these must stay where they are.
class status_values {
public:
    status_values(const mailbox_info& info, std::uint64_t recent_messages)
        : messages{info.exists}, recent{recent_messages}, unseen{info.unseen}, deleted{info.deleted}, size{info.size},
          next{info.uidnext}, validity{info.uidvalidity} {}

    // False if it is an item that this server does not know.
    bool add(const mailwire::item<imap::slot::status_att>& asked) {
        return on(
            asked, [&](const imap::status_messages&) { items.push_back(messages); },
            [&](const imap::status_recent&) { items.push_back(recent); },
            [&](const imap::status_unseen&) { items.push_back(unseen); },
            [&](const imap::status_deleted&) { items.push_back(deleted); },
            [&](const imap::status_size&) { items.push_back(size); },
            [&](const imap::status_uidnext&) { items.push_back(next); },
            [&](const imap::status_uidvalidity&) { items.push_back(validity); });
    }

    std::vector<mailwire::item<imap::slot::status_att_val>> items;

private:
    imap::messages messages;
    imap::recent_count recent;
    imap::unseen unseen;
    imap::deleted deleted;
    imap::mailbox_size size;
    imap::uidnext next;
    imap::uidvalidity validity;
};

std::uint64_t count_recent(const imap_context& c, mailbox_id mailbox) {
    const auto first = c.shared.recent.first(mailbox);
    std::uint64_t count = 0;
    for (const auto& each : c.shared.mail.messages(mailbox)) {
        count += each.uid >= first ? 1 : 0;
    }
    return count;
}

} // namespace

std::optional<mailbox_id> find_mailbox(const imap_context& c, const mailwire::text& name) {
    const auto known = name_from_wire(octets_of(name));
    return known ? c.shared.mail.find(c.user, *known) : std::nullopt;
}

// RFC 9051 6.3.9. All superior names of a mailbox are mailboxes here, so none is \Noselect.
void run(imap_context& c, const imap::list& command) {
    if (command.pattern.empty()) {
        tell_entry(c, "", "\\Noselect");
        return finish(c, imap::condition::ok, "that is the separator");
    }
    const std::string pattern = octets_of(command.reference) + octets_of(command.pattern);
    for (const auto& each : c.shared.mail.mailboxes(c.user)) {
        const auto name = name_to_wire(each.name);
        if (matches_list_pattern(name, pattern)) {
            tell_entry(c, name, each.has_children ? "\\HasChildren" : "\\HasNoChildren");
        }
    }
    finish(c, imap::condition::ok, "these are all");
}

void run(imap_context& c, const imap::status& command) {
    const auto found = find_mailbox(c, command.mailbox);
    const auto info = found ? c.shared.mail.info(*found) : std::nullopt;
    if (!info) {
        return finish(c, outcome::no_such_mailbox);
    }
    const auto values = std::make_shared<status_values>(*info, count_recent(c, *found));
    for (const auto& asked : command.att) {
        if (!values->add(asked)) {
            return finish(c, imap::condition::bad, "this server does not know the item");
        }
    }
    c.reply.add([&c, name = command.mailbox, values] {
        return progress_of(c.session.send(imap::status_data{name, std::span(std::as_const(values->items))}), c.session);
    });
    finish(c, imap::condition::ok, "that is how it is");
}

void run(imap_context& c, const imap::create& command) {
    const auto name = name_from_wire(octets_of(command.mailbox));
    finish(c, name ? c.shared.mail.create(c.user, *name) : outcome::not_permitted);
}

void run(imap_context& c, const imap::delete_& command) {
    const auto name = name_from_wire(octets_of(command.mailbox));
    finish(c, name ? c.shared.mail.remove(c.user, *name) : outcome::no_such_mailbox);
}

void run(imap_context& c, const imap::rename& command) {
    const auto from = name_from_wire(octets_of(command.from));
    const auto to = name_from_wire(octets_of(command.to));
    if (!from) {
        return finish(c, outcome::no_such_mailbox);
    }
    finish(c, to ? c.shared.mail.rename(c.user, *from, *to) : outcome::not_permitted);
}

} // namespace mail_server
