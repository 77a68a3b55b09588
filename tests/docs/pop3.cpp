// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/pop3.md, as they stand there, at work with each other.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/pop3.hpp"
#include "mailwire/sasl/plain.hpp"

namespace pop3 = mailwire::pop3;
namespace sasl = mailwire::sasl;

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

struct known_users {
    bool check(std::string_view user, std::string_view password) {
        return user == "tim" && password == "tanstaaftanstaaf";
    }
    bool allows(std::string_view, std::string_view) { return false; }
};

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
            if (e.kind == pop3::server_event_kind::start_tls) {
                mail.tls_started();
                continue;
            }
            if (e.kind == pop3::server_event_kind::response) {
                step(*plain);
            } else if (e.kind == pop3::server_event_kind::command) {
                answer(e);
            } else {
                return;
            }
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
            [&](const pop3::pass& c) {
                check(name, c.password) ? mail.ok() : mail.err(pop3::code::auth, "no such luck");
            },
            [&](pop3::stat) { mail.send(pop3::drop_listing{.messages = 2, .octets = 320}); },
            [&](const pop3::retr& c) { begin(c.message); }, // ok(), body() until all is taken, end_of_lines()
            [&](pop3::stls) { mail.ok("begin TLS"); },      // then the event start_tls: flush, handshake, tls_started()
            [&](const pop3::auth& c) { c.mechanism == "PLAIN" ? step(plain.emplace(users, names)) : refuse(); },
            [&](pop3::quit) {
                mail.state() == pop3::server_state::update ? remove_marked() : void();
                mail.ok("bye");
            });
        on(
            e.command, [&](pop3::dele) { mail.ok(); },
            [&](pop3::uidl) {
                mail.ok();
                mail.send(pop3::unique_id{1, "one"});
                mail.end_of_lines();
            },
            [&](pop3::capa) {
                mail.ok();
                mail.send(pop3::capability::sasl{"PLAIN"});
                mail.end_of_lines();
            });
    }

    void step(sasl::plain_server<known_users>& mechanism) {
        const sasl::step s = mail.step(mechanism);
        if (s.status == sasl::status::done) mail.ok("welcome");
        if (s.status == sasl::status::failed) mail.err(pop3::code::auth, "no");
    }
    static bool check(std::string_view user, std::string_view word) { return user == "mrose" && word == "secret"; }
    void begin(std::uint32_t) {
        mail.ok();
        mail.body(".dots\r\n");
        mail.end_of_lines();
    }
    void remove_marked() { removed = true; }
    void refuse() { mail.err("not here"); }
    void flush() {
        wires_.to_client += mail.output();
        mail.sent(mail.output().size());
    }

    wires& wires_;
    std::string name;
    known_users users;
    std::array<char, 512> names = {};
    std::optional<sasl::plain_server<known_users>> plain;
    pop3::server_storage<> storage = {};
    pop3::server mail{storage.buffers()};
};

class asking {
public:
    asking(wires& w, answering& server) : wires_(w), server_(server) {}

    void run() {
        pop3::client_storage<> storage;
        pop3::client mail(storage.buffers(), {.secure = true}); // the connection is under TLS

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

// Begins in the clear, goes over to TLS, logs in by AUTH, fetches and removes.
class careful {
public:
    careful(wires& w, answering& server) : wires_(w), server_(server) {}

    void run() {
        pop3::client_storage<> storage;
        pop3::client mail(storage.buffers());
        while (!mail.secure() && !gave_up)
            begin(mail, next_event(mail));
        if (gave_up) return;
        while (mail.in_flight() != 0)
            next_event(mail);
        sasl::plain_client plain({.user = "tim", .password = "tanstaaftanstaaf"});
        mail.authenticate(plain);
        while (mail.in_flight() != 0) {
            if (next_event(mail).kind == pop3::client_event_kind::challenge) mail.answer(plain);
        }
        fetch(mail);
    }

    std::string stored;
    bool gave_up = false;
    std::uint32_t removed = 0;

private:
    void begin(pop3::client& mail, const pop3::client_event& e) {
        // The event e of a session that began in the clear.
        switch (e.kind) {
        case pop3::client_event_kind::greeting:
            mail.send(pop3::stls{});
            break;
        case pop3::client_event_kind::reply:
            give_up();
            break; // -ERR: no TLS here, and so no login
        case pop3::client_event_kind::start_tls:
            flush(mail);        // what output() has
            shake_hands();      // the program's TLS library
            mail.tls_started(); // all that was learnt in the clear is forgotten
            mail.send(pop3::capa{});
            break;
        default:
            break;
        }
    }

    void fetch(pop3::client& mail) {
        std::array<pop3::wanted_message, 16> room;
        pop3::fetcher fetch({.mode = pop3::fetch_mode::remove}, room, mail.capabilities());
        while (!fetch.at_rest()) {
            fetch.step(mail);
            const pop3::client_event e = next_event(mail);
            fetch.take(e, [&](const pop3::unique_id& u) { return wish_for(u.id); });
            if (e.kind == pop3::client_event_kind::body) append(e.body);
            if (fetch.state() == pop3::fetch_state::storing) fetch.stored(store());
        }
        mail.send(pop3::quit{});
        fetch.take(next_event(mail), [&](const pop3::unique_id& u) { return wish_for(u.id); });
        removed = fetch.removed();
    }

    pop3::wish wish_for(std::string_view id) { return id == "one" ? pop3::wish::fetch : pop3::wish::leave; }
    void append(std::string_view octets) { stored += octets; }
    bool store() { return true; }
    void give_up() { gave_up = true; }
    void shake_hands() {}
    void flush(pop3::client& mail) {
        wires_.to_server += mail.output();
        mail.sent(mail.output().size());
    }
    pop3::client_event next_event(pop3::client& mail) {
        for (;;) {
            flush(mail);
            const pop3::client_event e = mail.next();
            if (e.kind != pop3::client_event_kind::need_input) return e;
            server_.run();
            take(mail, wires_.to_client);
        }
    }

    wires& wires_;
    answering& server_;
};

TEST(docs_pop3, tls_auth_and_delete_mode) {
    wires w;
    answering server(w);
    careful client(w, server);
    client.run();
    EXPECT_FALSE(client.gave_up);
    EXPECT_EQ(client.stored, ".dots\r\n");
    EXPECT_EQ(client.removed, 1U);
    EXPECT_TRUE(server.removed);
}

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
