// SPDX-License-Identifier: BSL-1.0
// A small POP3 client: logs in and retrieves the first message.
#include <cstddef>
#include <string_view>

#include "mailwire/pop3/client.hpp"

namespace pop3 = mailwire::pop3;
using kind = pop3::client_event_kind;

// Sockets and files are no part of what is measured.
std::size_t write_some(std::string_view octets);
std::size_t read_some(char* room, std::size_t size);
void store(std::string_view octets);

bool run(std::string_view user, std::string_view password) {
    pop3::client_storage<> storage;
    pop3::client mail(storage.buffers(), {.secure = true});
    for (;;) {
        while (!mail.output().empty())
            mail.sent(write_some(mail.output()));
        const pop3::client_event e = mail.next();
        if (e.kind == kind::error || e.kind == kind::closed) return e.kind == kind::closed;
        if (e.kind == kind::need_input) {
            const auto room = mail.prepare();
            const std::size_t n = read_some(room.data(), room.size());
            n != 0 ? mail.commit(n) : mail.closed();
        }
        if (e.kind == kind::greeting) mail.send(pop3::user{user});
        if (e.kind == kind::reply) {
            if (!e.ok) mail.send(pop3::quit{});
            if (e.ok && e.answers<pop3::user>()) mail.send(pop3::pass{password});
            if (e.ok && e.answers<pop3::pass>()) mail.send(pop3::retr{1});
        }
        if (e.kind == kind::body) store(e.body);
        if (e.kind == kind::end_of_lines) mail.send(pop3::quit{});
    }
}
