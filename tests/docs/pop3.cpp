// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/pop3.md, as they stand there, at work with each other.
#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/pop3.hpp"

namespace pop3 = mailwire::pop3;

namespace {

// What one end has put out and the other has not read.
struct wires {
    std::string to_server;
    std::string to_client;
};

template <typename Session> void take(Session& session, std::string& octets) {
    const auto room = session.prepare();
    const std::size_t n = std::min(room.size(), octets.size());
    std::copy_n(octets.begin(), n, room.begin());
    session.commit(n);
    octets.erase(0, n);
}

class answering {
public:
    explicit answering(wires& w) : wires_(w) {
        mail.greet({.text = "POP3 server ready"});
        flush();
    }

    // Answers what has come.
    void run() {
        take(mail, wires_.to_server);
        for (;;) {
            const pop3::server_event e = mail.next();
            flush();
            if (e.kind == pop3::server_event_kind::need_output) continue;
            if (e.kind != pop3::server_event_kind::command) return;
            answer(e);
            flush();
        }
    }

    bool removed = false;

private:
    void answer(const pop3::server_event& e) {
        // The event e is a command.
        on(
            e.command,
            [&](const pop3::user& c) {
                name = c.name;
                mail.ok();
            },
            [&](const pop3::pass& c) { check(name, c.password) ? mail.ok() : mail.err("no such luck"); },
            [&](pop3::stat) { mail.send(pop3::drop_listing{.messages = 2, .octets = 320}); },
            [&](const pop3::retr& c) { begin(c.message); }, // ok(), body() until all is taken, end_of_lines()
            [&](pop3::quit) {
                mail.state() == pop3::server_state::update ? remove_marked() : void();
                mail.ok("bye");
            });
    }

    static bool check(std::string_view user, std::string_view password) {
        return user == "mrose" && password == "secret";
    }
    void begin(std::uint32_t) {
        mail.ok();
        mail.body(".dots\r\n");
        mail.end_of_lines();
    }
    void remove_marked() { removed = true; }
    void flush() {
        wires_.to_client += mail.output();
        mail.sent(mail.output().size());
    }

    wires& wires_;
    std::string name;
    pop3::server_storage<> storage = {};
    pop3::server mail{storage.buffers()};
};

class asking {
public:
    asking(wires& w, answering& server) : wires_(w), server_(server) {}

    void run() {
        pop3::client_storage<> storage;
        pop3::client mail(storage.buffers());

        for (;;) {
            while (!mail.output().empty())
                mail.sent(write_some(mail.output()));
            const pop3::client_event e = mail.next();
            switch (e.kind) {
            case pop3::client_event_kind::need_input:
                read_some(mail);
                break; // into prepare(), then commit(n); or closed()
            case pop3::client_event_kind::greeting:
                mail.send(pop3::user{"mrose"});
                break;
            case pop3::client_event_kind::reply:
                if (e.answers<pop3::user>()) mail.send(pop3::pass{"secret"});
                if (e.answers<pop3::pass>()) mail.send(pop3::retr{1});
                break;
            case pop3::client_event_kind::body:
                store(e.body);
                break;
            case pop3::client_event_kind::end_of_lines:
                mail.send(pop3::quit{});
                break;
            case pop3::client_event_kind::closed:
                return;
            default:
                break;
            }
        }
    }

    std::string stored;

private:
    std::size_t write_some(std::string_view octets) {
        wires_.to_server += octets;
        return octets.size();
    }
    void read_some(pop3::client& mail) {
        server_.run();
        if (wires_.to_client.empty()) {
            mail.closed();
        } else {
            take(mail, wires_.to_client);
        }
    }
    void store(std::string_view octets) { stored += octets; }

    wires& wires_;
    answering& server_;
};

TEST(docs_pop3, client_and_server) {
    wires w;
    answering server(w);
    asking client(w, server);
    client.run();
    EXPECT_EQ(client.stored, ".dots\r\n");
    EXPECT_TRUE(server.removed);
}

TEST(docs_pop3, a_server_greets) {
    pop3::server_storage<> storage;
    pop3::server mail(storage.buffers());
    mail.greet({.text = "POP3 server ready"});
    EXPECT_EQ(mail.output(), "+OK POP3 server ready\r\n");
}

} // namespace
