// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_commands.hpp"
#include "mail_server/mailbox_name.hpp"

// What makes and names mailboxes, RFC 9051 6.3.4 to 6.3.8.
namespace mail_server {
namespace {

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

} // namespace

std::optional<mailbox_id> find_mailbox(const imap_context& c, const mailwire::text& name) {
    const auto known = name_from_wire(octets_of(name));
    return known ? c.shared.mail.find(c.user, *known) : std::nullopt;
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

void run(imap_context& c, const imap::subscribe& command) {
    const auto name = name_from_wire(octets_of(command.mailbox));
    finish(c, name ? c.shared.mail.subscribe(c.user, *name) : outcome::no_such_mailbox);
}

void run(imap_context& c, const imap::unsubscribe& command) {
    const auto name = name_from_wire(octets_of(command.mailbox));
    finish(c, name ? c.shared.mail.unsubscribe(c.user, *name) : outcome::no_such_mailbox);
}

// RFC 9051 6.3.10: all mailboxes are the user's own.
void run(imap_context& c, const imap::namespace_command&) {
    c.reply.add([&c] {
        const imap::namespace_descriptor own[] = {{.prefix = "", .delimiter = "/"}};
        return progress_of(c.session.send(imap::namespace_data{.personal = own}), c.session);
    });
    finish(c, imap::condition::ok, "done");
}

} // namespace mail_server
