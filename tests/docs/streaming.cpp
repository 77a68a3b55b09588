// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/streaming.md, as they stand there, at work with each other: a message goes to a server whose disk
// is slow, and comes back.
#include "mailwire/imap.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace imap = mailwire::imap;
using mailwire::misuse;
using mailwire::text;

namespace {

// A message on the way out, and how far it has got.
struct message_file {
    std::string_view octets;

    std::string_view piece() const { return octets.substr(0, 4096); }
    void took(std::size_t n) { octets.remove_prefix(n); }
};

// Takes a few octets at a time.
struct slow_disk {
    std::string octets;
    std::size_t room = 0;

    std::size_t write(std::string_view piece) {
        const std::size_t n = std::min(piece.size(), room);
        octets += piece.substr(0, n);
        room -= n;
        return n;
    }
};

template <typename From, typename To> void move(From& from, To& to) {
    const auto room = to.prepare();
    const std::size_t n = std::min(room.size(), from.output().size());
    std::copy_n(from.output().data(), n, room.data());
    from.sent(n);
    to.commit(n);
}

class archive {
public:
    archive() { mail.greet({imap::condition::preauth, {}, "ready"}); }

    // Goes on until there is nothing to do; false while the disk is full. Nothing is received then either.
    bool run() {
        for (;;) {
            waiting.remove_prefix(disk.write(waiting));
            if (!waiting.empty()) return false; // the view holds: nothing has been asked of the session since
            if (mail.literal(file.piece()) == misuse::none) file.took(file.piece().size());
            const imap::server_event e = mail.next();
            switch (e.kind) {
            case imap::server_event_kind::literal_begin:
                e.octets_total <= largest ? mail.accept_literal() : mail.finish({imap::condition::no, {}, "too large"});
                break;
            case imap::server_event_kind::literal_data:
                waiting = e.octets;
                break;
            case imap::server_event_kind::command:
                answer(e.command);
                break;
            case imap::server_event_kind::need_answer:
                if (mail.finish({imap::condition::ok, {}, "done"}) == misuse::busy) return true; // the literal first
                break;
            case imap::server_event_kind::literal_end:
            case imap::server_event_kind::need_output:
                break;
            default:
                return true;
            }
        }
    }

    slow_disk disk;
    imap::server_storage<> storage = {};
    imap::server mail{storage.buffers()};

private:
    void answer(const imap::command& command) {
        if (on(command, [&](const imap::fetch&) { give(disk.octets); })) return;
        mail.finish({imap::condition::ok, {}, "done"});
    }
    void give(std::string_view message) {
        const imap::body_section body{.value = text::streamed(message.size())};
        mail.send(imap::fetch_data{.number = 1, .att = {imap::uid{7}, body}});
        file = {message}; // handed over piece by piece; then finish()
    }

    std::uint64_t largest = 1000000;
    std::string_view waiting;
    message_file file = {};
};

class sender {
public:
    // Goes on until the server has to say something.
    void run() {
        for (;;) {
            if (mail.literal(file.piece()) == misuse::none) file.took(file.piece().size());
            const imap::client_event e = mail.next();
            switch (e.kind) {
            case imap::client_event_kind::done:
                last = e.response.status().condition;
                break;
            case imap::client_event_kind::literal_begin:
                if (const auto where = imap::body_literal_of(e.response); where && where->uid == 7U) {
                    size = e.octets_total;
                    fetched.reserve(size);
                }
                break;
            case imap::client_event_kind::literal_data:
                fetched += e.octets;
                break;
            case imap::client_event_kind::response:
                on(e.response, [&](const imap::fetch_data& f) {
                    const auto body = f.att.get<imap::body_section>();
                    complete = body && body->value.is_streamed() && body->value.size() == fetched.size();
                });
                break;
            case imap::client_event_kind::need_input:
            case imap::client_event_kind::closed:
            case imap::client_event_kind::error:
                return;
            default:
                break;
            }
        }
    }

    bool append(std::string_view message) {
        file = {message};
        return bool(mail.send(imap::append{.mailbox = "Sent", .message = text::streamed(message.size())}));
    }

    imap::client_storage<> storage = {};
    imap::client mail{storage.buffers(), {.secure = true}};
    std::optional<imap::condition> last;
    std::string fetched;
    std::uint64_t size = 0;
    bool complete = false;

private:
    message_file file = {};
};

// Moves octets until the client has its answer.
void converse(sender& client, archive& server) {
    client.last.reset();
    bool ready = true;
    for (int turn = 0; turn != 10000 && !client.last; ++turn) {
        server.disk.room = 1000;
        client.run();
        if (ready) move(client.mail, server.mail);
        ready = server.run();
        if (ready) move(server.mail, client.mail);
    }
}

TEST(docs_streaming, a_message_goes_to_a_slow_disk_and_comes_back) {
    std::string message;
    while (message.size() < 200000)
        message += "line " + std::to_string(message.size()) + "\r\n";
    sender client;
    archive server;
    move(server.mail, client.mail);
    client.run();
    ASSERT_EQ(client.mail.state(), imap::client_state::authenticated);
    ASSERT_TRUE(client.append(message));
    converse(client, server);
    EXPECT_EQ(client.last, imap::condition::ok);
    EXPECT_EQ(server.disk.octets, message);

    const std::string too_large(1000001, 'x');
    ASSERT_TRUE(client.append(too_large)); // refused before an octet of it is out
    converse(client, server);
    EXPECT_EQ(client.last, imap::condition::no);
    EXPECT_EQ(server.disk.octets, message);

    ASSERT_TRUE(client.mail.send(imap::select{"INBOX"}));
    converse(client, server);
    ASSERT_TRUE(client.mail.send(imap::fetch{.messages = 1U, .att = {imap::fetch_uid{}, imap::fetch_body_peek{}}}));
    converse(client, server);
    EXPECT_EQ(client.last, imap::condition::ok);
    EXPECT_EQ(client.size, message.size());
    EXPECT_EQ(client.fetched, message);
    EXPECT_TRUE(client.complete);
}

} // namespace
