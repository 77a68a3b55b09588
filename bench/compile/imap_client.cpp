// SPDX-License-Identifier: BSL-1.0
// A small IMAP client: logs in, selects INBOX, fetches what a list of messages shows, and handles what comes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/imap/client.hpp"

namespace imap = mailwire::imap;
using kind = imap::client_event_kind;

// Sockets are no part of what is measured.
std::size_t write_some(std::string_view octets);
std::size_t read_some(char* room, std::size_t size);
void show(std::uint32_t message, std::string_view what, const mailwire::text& value);

namespace {

imap::client_event next_event(imap::client& mail) {
    for (;;) {
        while (!mail.output().empty())
            mail.sent(write_some(mail.output()));
        if (const imap::client_event e = mail.next(); e.kind != kind::need_input) return e;
        const auto room = mail.prepare();
        const std::size_t n = read_some(room.data(), room.size());
        n != 0 ? mail.commit(n) : mail.closed();
    }
}

void show_message(const imap::fetch_data& message) {
    if (const auto e = message.att.get<imap::envelope>()) show(message.number, "subject", e->subject);
    if (const auto f = message.att.get<imap::flags>()) {
        for (const mailwire::text flag : f->value)
            show(message.number, "flag", flag);
    }
}

} // namespace

bool run(std::string_view user, std::string_view password) {
    imap::client_storage<> storage;
    imap::client mail(storage.buffers(), {.tls = mailwire::tls_policy::optional});
    std::uint32_t login = 0, select = 0, fetch = 0, messages = 0;
    for (;;) {
        const imap::client_event e = next_event(mail);
        if (e.kind == kind::error || e.kind == kind::closed) break;
        if (e.kind == kind::greeting) login = mail.send(imap::login{user, password}).number;
        if (e.kind == kind::response) {
            imap::on(
                e.response, [&](const imap::exists& count) { messages = count.value; }, show_message);
        }
        if (e.kind != kind::done) continue;
        if (e.command == login) select = mail.send(imap::select{"INBOX"}).number;
        if (e.command == select) {
            const imap::seq_range newest(std::max(messages, 10U) - 9, messages);
            fetch =
                mail.send(imap::fetch{.messages = newest, .att = {imap::fetch_flags{}, imap::fetch_envelope{}}}).number;
        }
        if (e.command == fetch) mail.send(imap::logout{});
    }
    return mail.state() == imap::client_state::closed;
}
