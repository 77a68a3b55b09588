// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"

// STATUS, RFC 9051 6.3.11.
namespace mail_server {
namespace {

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

bool tell_status(imap_context& c, const std::string& name, const status_items& att) {
    const auto found = find_mailbox(c, name);
    const auto info = found ? c.shared.mail.info(*found) : std::nullopt;
    const auto values =
        std::make_shared<status_values>(info.value_or(mailbox_info{}), found ? count_recent(c, *found) : 0);
    for (const auto& asked : att) {
        if (!values->add(asked)) {
            return false;
        }
    }
    if (!info) {
        return true;
    }
    c.reply.add([&c, name, values] {
        return progress_of(c.session.send(imap::status_data{name, std::span(std::as_const(values->items))}), c.session);
    });
    return true;
}

void run(imap_context& c, const imap::status& command) {
    if (!find_mailbox(c, command.mailbox)) {
        return finish(c, imap::condition::no, imap::code_nonexistent{}, "no such mailbox");
    }
    if (!tell_status(c, octets_of(command.mailbox), command.att)) {
        return finish(c, imap::condition::bad, "this server does not know the item");
    }
    finish(c, imap::condition::ok, "that is how it is");
}

} // namespace mail_server
