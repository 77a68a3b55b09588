// SPDX-License-Identifier: BSL-1.0
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"
#include "mail_server/mailbox_list.hpp"
#include "mail_server/mailbox_name.hpp"

// LIST, RFC 9051 6.3.9, and LSUB, RFC 3501 6.3.9.
namespace mail_server {
namespace {

constexpr const char* separator = "/";

// LIST or LSUB: both are told in the same way.
template <typename Data> void tell_mailbox(imap_context& c, listed_mailbox found) {
    c.reply.add([&c, found = std::move(found)] {
        const std::vector<mailwire::text> attributes(found.attributes.begin(), found.attributes.end());
        Data data;
        data.attributes = std::span(attributes);
        data.delimiter = separator;
        data.mailbox = found.name;
        const mailwire::text options[] = {"SUBSCRIBED"};
        const imap::childinfo below{options};
        const mailwire::item<imap::slot::mbox_list_extended_item> extended[] = {below};
        if constexpr (requires { data.extended; }) {
            if (found.has_subscribed_below) {
                data.extended = extended;
            }
        }
        return progress_of(c.session.send(data), c.session);
    });
}

// The values of an extended LIST that are more than names.
struct list_options {
    list_wish wish;
    std::optional<imap::return_status> status;
    bool known = true; // all of them
};

list_options options_of(const imap::list& command) {
    list_options options;
    auto& wish = options.wish;
    if (command.selection) {
        for (const auto& each : *command.selection) {
            options.known &= on(
                each, [&](const imap::select_subscribed&) { wish.subscribed = wish.tells_subscribed = true; },
                [&](const imap::select_recursivematch&) { wish.recursive_match = true; },
                [](const imap::select_remote&) {}); // all mailboxes are here
        }
    }
    if (command.returns) {
        for (const auto& each : *command.returns) {
            options.known &= on(
                each, [&](const imap::return_subscribed&) { wish.tells_subscribed = true; },
                [](const imap::return_children&) {}, // told in any case
                [&](const imap::return_status& status) { options.status = status; });
        }
    }
    return options;
}

std::vector<std::string> patterns_of(const imap::list& command) {
    if (command.patterns.empty()) {
        return {octets_of(command.reference) + octets_of(command.pattern)};
    }
    std::vector<std::string> patterns;
    for (const auto& each : command.patterns) {
        patterns.push_back(octets_of(command.reference) + octets_of(each));
    }
    return patterns;
}

// An empty pattern asks for the separator, but not in the extended form.
bool asks_for_separator(const imap::list& command) {
    return command.patterns.empty() && command.pattern.empty() && !command.selection && !command.returns;
}

} // namespace

// All superior names of a mailbox are mailboxes here, so none that exists is \Noselect.
void run(imap_context& c, const imap::list& command) {
    if (asks_for_separator(command)) {
        tell_mailbox<imap::list_data>(c, {.name = "", .attributes = {"\\Noselect"}});
        return finish(c, imap::condition::ok, "that is the separator");
    }
    auto options = options_of(command);
    if (!options.known) {
        return finish(c, imap::condition::bad, "this server does not know the option");
    }
    options.wish.patterns = patterns_of(command);
    const auto& mail = c.shared.mail;
    for (auto& each : list_mailboxes(mail.mailboxes(c.user), mail.subscriptions(c.user), options.wish)) {
        const auto name = each.name;
        const bool has_status = options.status && each.exists;
        tell_mailbox<imap::list_data>(c, std::move(each));
        if (has_status && !tell_status(c, name, options.status->att)) {
            c.reply.forget();
            return finish(c, imap::condition::bad, "this server does not know the item");
        }
    }
    finish(c, imap::condition::ok, "these are all");
}

void run(imap_context& c, const imap::lsub& command) {
    const auto pattern = octets_of(command.reference) + octets_of(command.pattern);
    for (auto& each : list_subscriptions(c.shared.mail.subscriptions(c.user), pattern)) {
        tell_mailbox<imap::lsub_data>(c, std::move(each));
    }
    finish(c, imap::condition::ok, "these are all");
}

} // namespace mail_server
