// SPDX-License-Identifier: BSL-1.0
// An IMAP session that logs in, selects a mailbox and reads a message.

#pragma once

#include <mailwire/imap/client.hpp>
#include <mailwire/imap/server.hpp>

#include <string_view>

#include "session_pair.hpp"

namespace mailwire::bench {

template <typename Command, typename Answer>
void ask(imap::client& client, imap::server& server, const Command& command, Answer answer) {
    require(static_cast<bool>(client.send(command)), "the client refuses to send");
    carry(client, server);
    require(server.next().kind == imap::server_event_kind::command, "the server has received no command");
    answer();
    require(server.finish({imap::condition::ok, {}, "done"}) == misuse::none, "the server does not answer");
    carry(server, client);
    imap::client_event event = client.next();
    while (event.kind == imap::client_event_kind::response)
        event = client.next();
    require(event.kind == imap::client_event_kind::done, "the client has met something else than expected");
}

inline void log_in_and_read(imap::client& client, imap::server& server) {
    require(server.greet({imap::condition::ok, {}, "ready"}) == misuse::none, "the server does not greet");
    carry(server, client);
    require(client.next().kind == imap::client_event_kind::greeting, "the client was not greeted");
    ask(client, server, imap::login{"fred", "secret"}, [] {});
    ask(client, server, imap::select{"INBOX"}, [&server] {
        require(server.send(imap::exists{1}) == misuse::none, "the server does not say how much there is");
    });
    ask(client, server, imap::fetch{.messages = 1U, .att = {imap::fetch_body_peek{}}}, [&server] {
        const imap::body_section body{{}, {}, "Subject: hello\r\n\r\nHello\r\n"};
        require(server.send(imap::fetch_data{.number = 1, .att = {body}}) == misuse::none, "the server has no room");
    });
    require(client.next().kind == imap::client_event_kind::need_input, "the client has more to tell");
    require(server.next().kind == imap::server_event_kind::need_input, "the server wants more");
}

// Each role talks to sessions of the other one that are not kept.
inline void log_in_and_read(imap::client& client) {
    static imap::server_storage<> storage;
    imap::server server(storage.buffers(), {.secure = true});
    log_in_and_read(client, server);
}
inline void log_in_and_read(imap::server& server) {
    static imap::client_storage<> storage;
    imap::client client(storage.buffers(), {.secure = true});
    log_in_and_read(client, server);
}

} // namespace mailwire::bench
