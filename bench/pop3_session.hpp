// SPDX-License-Identifier: BSL-1.0
// A POP3 session that logs in and reads a message.

#pragma once

#include <mailwire/pop3/client.hpp>
#include <mailwire/pop3/server.hpp>

#include <string_view>

#include "session_pair.hpp"

namespace mailwire::bench {

// The client's next event, of which this kind is expected.
inline void expect(pop3::client& client, pop3::client_event_kind kind) {
    const pop3::client_event event = client.next();
    require(event.kind == kind && !event.error, "the client has met something else than expected");
}

template <typename Command, typename Answer>
void ask(pop3::client& client, pop3::server& server, const Command& command, Answer answer) {
    require(client.send(command) == misuse::none, "the client refuses to send");
    carry(client, server);
    require(server.next().kind == pop3::server_event_kind::command, "the server has received no command");
    answer();
    carry(server, client);
    expect(client, pop3::client_event_kind::reply);
}

inline void log_in_and_read(pop3::client& client, pop3::server& server) {
    require(server.greet() == misuse::none, "the server does not greet");
    carry(server, client);
    expect(client, pop3::client_event_kind::greeting);
    const auto accept = [&server] { require(server.ok() == misuse::none, "the server does not answer"); };
    ask(client, server, pop3::user{"fred"}, accept);
    ask(client, server, pop3::pass{"secret"}, accept);
    ask(client, server, pop3::retr{1}, [&server, accept] {
        constexpr std::string_view message = "Subject: hello\r\n\r\nHello\r\n";
        accept();
        require(server.body(message) == message.size(), "the server has no room");
        require(server.end_of_lines() == misuse::none, "the server does not end its answer");
    });
    expect(client, pop3::client_event_kind::body);
    expect(client, pop3::client_event_kind::end_of_lines);
    expect(client, pop3::client_event_kind::need_input);
    require(server.next().kind == pop3::server_event_kind::need_input, "the server wants more");
}

// Each role talks to sessions of the other one that are not kept.
inline void log_in_and_read(pop3::client& client) {
    static pop3::server_storage<> storage;
    pop3::server server(storage.buffers(), {.secure = true});
    log_in_and_read(client, server);
}
inline void log_in_and_read(pop3::server& server) {
    static pop3::client_storage<> storage;
    pop3::client client(storage.buffers(), {.secure = true});
    log_in_and_read(client, server);
}

} // namespace mailwire::bench
