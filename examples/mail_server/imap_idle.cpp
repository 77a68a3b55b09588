// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_commands.hpp"

// IDLE, RFC 9051 6.3.13: what happens in the selected mailbox is told as it happens.
namespace mail_server {

void run(imap_context& c, const imap::idle&) {
    c.reply.add([&c] { return progress_of(c.session.begin_idle(), c.session); });
    tell_changes(c);
}

bool has_news(const imap_context& c) {
    return c.session.mode() == imap::server_mode::idling && c.selected && c.seen_changes != c.shared.mail.changes();
}

void end_idle(imap_context& c) {
    tell_changes(c);
    finish(c, imap::condition::ok, "no longer");
}

} // namespace mail_server
