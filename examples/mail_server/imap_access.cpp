// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include "mail_server/imap_commands.hpp"
#include "mailwire/version.hpp"

namespace mail_server {
namespace {

constexpr int most_failed_logins = 3;

// What is announced, and no more than what is there. CHILDREN: RFC 3348. LIST-EXTENDED: RFC 5258. LIST-STATUS: RFC
// 5819. SEARCHRES: RFC 5182. STATUS=SIZE: RFC 8438.
constexpr mailwire::text capabilities[] = {"IMAP4rev1", "LITERAL+",      "CHILDREN",    "ENABLE",  "ESEARCH",
                                           "ID",        "LIST-EXTENDED", "LIST-STATUS", "MOVE",    "NAMESPACE",
                                           "SEARCHRES", "STATUS=SIZE",   "UIDPLUS",     "UNSELECT"};

} // namespace

void greet(imap_context& c) {
    c.reply.add([&c] {
        const imap::code_capability code{capabilities};
        return progress_of(c.session.greet({imap::condition::ok, code, "mail_server ready"}), c.session);
    });
}

void run(imap_context& c, const imap::capability&) {
    tell(c, imap::capability_data{capabilities});
    finish(c, imap::condition::ok, "that is all");
}

void look_again(imap_context& c) {
    tell_changes(c);
    finish(c, imap::condition::ok, "done");
}

void run(imap_context& c, const imap::login& command) {
    const auto user = octets_of(command.user);
    if (c.shared.logins.check(user, octets_of(command.password))) {
        c.user = user;
        finish(c, imap::condition::ok, imap::code_capability{capabilities}, "welcome");
        return;
    }
    finish(c, imap::condition::no, imap::code_authenticationfailed{}, "wrong user or password");
    if (++c.failed_logins == most_failed_logins) {
        tell(c, imap::status_response{imap::condition::bye, {}, "too many wrong passwords"});
    }
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
