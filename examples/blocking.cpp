// SPDX-License-Identifier: BSL-1.0
// The subjects of the newest messages in INBOX:   blocking HOST PORT USER   (password on standard input)
#include <algorithm>
#include <iostream>
#include <string>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mailwire/imap/client.hpp>

namespace imap = mailwire::imap;
using imap::client_event;
using kind = imap::client_event_kind;

// The only input and output of the program.
static int connect_to(const char* host, const char* port) {
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, port, &hints, &found) != 0) return -1;
    const int s = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    const int result = connect(s, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return result == 0 ? s : -1;
}

// Moves octets until the session has something to tell.
static client_event next_event(imap::client& mail, int socket) {
    for (;;) {
        while (!mail.output().empty()) {
            const ssize_t n = send(socket, mail.output().data(), mail.output().size(), MSG_NOSIGNAL);
            if (n <= 0) return {.kind = kind::closed};
            mail.sent(static_cast<std::size_t>(n));
        }
        if (const client_event event = mail.next(); event.kind != kind::need_input) return event;
        const auto room = mail.prepare();
        const ssize_t n = recv(socket, room.data(), room.size(), 0);
        n > 0 ? mail.commit(static_cast<std::size_t>(n)) : mail.closed();
    }
}

static void print_subject(const imap::fetch_data& message) {
    const auto envelope = message.att.get<imap::envelope>();
    if (!envelope) return;
    std::cout << message.number << ' ';
    envelope->subject.for_each([](char octet) { std::cout.put(octet); });
    std::cout << '\n';
}

int main(int argc, char** argv) {
    std::string password;
    if (argc != 4 || !std::getline(std::cin, password)) return 2;
    const int socket = connect_to(argv[1], argv[2]);
    if (socket < 0) return 1;

    imap::client_storage<> storage; // the buffers are the program's: the session allocates nothing
    imap::client mail(storage.buffers(), {.tls = mailwire::tls_policy::optional}); // all goes in the clear
    std::uint32_t login = 0, select = 0, fetch = 0, messages = 0;
    for (;;) {
        const client_event event = next_event(mail, socket);
        if (event.kind == kind::error || event.kind == kind::closed) break;
        if (event.kind == kind::greeting) login = mail.send(imap::login{argv[3], password}).number;
        if (event.kind == kind::response) {
            imap::on(
                event.response, [&](const imap::exists& e) { messages = e.value; }, print_subject);
        }
        if (event.kind != kind::done) continue;
        if (event.response.status().condition != imap::condition::ok) mail.send(imap::logout{});
        if (event.command == login) select = mail.send(imap::examine{"INBOX"}).number;
        if (event.command == select && messages == 0) mail.send(imap::logout{});
        if (event.command == select && messages != 0) {
            const imap::seq_range newest(std::max(messages, 10U) - 9, messages);
            fetch = mail.send(imap::fetch{.messages = newest, .att = {imap::fetch_envelope{}}}).number;
        }
        if (event.command == fetch) mail.send(imap::logout{});
    }
    close(socket);
    return mail.state() == imap::client_state::closed ? 0 : 1;
}
