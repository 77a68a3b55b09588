// SPDX-License-Identifier: BSL-1.0
// A small IMAP server: one user, one mailbox, one message.
#include <cstddef>
#include <string_view>

#include "mailwire/imap/server.hpp"

namespace imap = mailwire::imap;
using kind = imap::server_event_kind;

// Sockets and users are no part of what is measured.
std::size_t write_some(std::string_view octets);
std::size_t read_some(char* room, std::size_t size);
bool check(const mailwire::text& user, const mailwire::text& password);

namespace {

constexpr imap::status_response done{imap::condition::ok, {}, "done"};
constexpr imap::status_response refused{imap::condition::no, {}, "not here"};

void answer(imap::server& mail, const imap::command& command) {
    const bool known = imap::on(
        command, [&](const imap::login& c) { mail.finish(check(c.user, c.password) ? done : refused); },
        [&](const imap::select&) {
            mail.send(imap::exists{1});
            mail.finish(done);
        },
        [&](const imap::fetch&) {
            mail.send(imap::fetch_data{.number = 1, .att = {imap::uid{1}, imap::rfc822_size{44827}}});
            mail.finish(done);
        },
        [&](const imap::noop&) { mail.finish(done); }, [&](const imap::logout&) { mail.finish(done); });
    if (!known) mail.finish(refused);
}

} // namespace

void serve() {
    imap::server_storage<> storage;
    imap::server mail(storage.buffers());
    mail.greet(done);
    for (;;) {
        while (!mail.output().empty())
            mail.sent(write_some(mail.output()));
        const imap::server_event e = mail.next();
        if (e.kind == kind::closed) return;
        if (e.kind == kind::command) answer(mail, e.command);
        if (e.kind == kind::literal_begin) mail.finish(refused);
        if (e.kind == kind::need_input) {
            const auto room = mail.prepare();
            const std::size_t n = read_some(room.data(), room.size());
            n != 0 ? mail.commit(n) : mail.closed();
        }
    }
}
