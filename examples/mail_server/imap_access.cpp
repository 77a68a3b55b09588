// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include "mail_server/imap_commands.hpp"
#include "mailwire/version.hpp"

namespace mail_server {
void look_again(imap_context& c) {
    tell_changes(c);
    finish(c, imap::condition::ok, "done");
}

// RFC 2971: for the statistics of clients.
void run(imap_context& c, const imap::id&) {
    c.reply.add([&c] {
        const imap::id_field fields[] = {{"name", "mail_server"}, {"version", mailwire::version}};
        return progress_of(c.session.send(imap::id_data{fields}), c.session);
    });
    finish(c, imap::condition::ok, "done");
}

// RFC 5161 3.1: what cannot be switched on is passed over, and that is all there is so far.
void run(imap_context& c, const imap::enable&) {
    tell(c, imap::enabled_data{});
    finish(c, imap::condition::ok, "done");
}

// The session says BYE before the OK.
void run(imap_context& c, const imap::logout&) { finish(c, imap::condition::ok, "goodbye"); }

} // namespace mail_server
