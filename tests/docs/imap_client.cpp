// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/imap-client.md, as they stand there, and what goes over the wire.
#include "docs/script.hpp"

#include "mailwire/imap/client.hpp"
#include "mailwire/sasl/plain.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace imap = mailwire::imap;
namespace sasl = mailwire::sasl;
using mailwire::misuse;
using mailwire::test::script;
using mailwire::test::turn;

namespace {

using connection = script;

// Moves octets until the session has something to tell.
imap::client_event next_event(imap::client& mail, connection& server) {
    for (;;) {
        while (!mail.output().empty())
            mail.sent(server.write(mail.output()));
        const imap::client_event e = mail.next();
        if (e.kind == imap::client_event_kind::need_output) continue;
        if (e.kind != imap::client_event_kind::need_input) return e;
        const std::size_t n = server.read(mail.prepare());
        n != 0 ? mail.commit(n) : mail.closed();
    }
}

class reader {
public:
    explicit reader(connection& c) : server(c) {}

    // Goes on until a command is answered; whether the answer was OK.
    bool finish(const imap::sent_command& sent) {
        while (sent) {
            const imap::client_event e = next_event(mail, server);
            switch (e.kind) {
            case imap::client_event_kind::done:
                if (e.command == sent.number) return e.response.status().condition == imap::condition::ok;
                break;
            case imap::client_event_kind::response:
                take(e);
                break;
            case imap::client_event_kind::literal_begin:
                if (const auto where = imap::body_literal_of(e.response)) begin(where->uid, e.octets_total);
                break;
            case imap::client_event_kind::literal_data:
                store(e.octets);
                break;
            case imap::client_event_kind::error:
                if (is_fatal(e.error.code)) return false;
                if (e.command == sent.number) return false; // its answer came, and cannot be read
                break;
            case imap::client_event_kind::closed:
                return false;
            default:
                break;
            }
        }
        return false; // sent.fault says why it was not sent
    }

    void take(const imap::client_event& e) {
        if (e.violation != imap::violation::none) read_list_anew();
        on(
            e.response, [&](const imap::exists& count) { messages = count.value; },
            [&](const imap::expunge_data& gone) { forget(gone.number); }, [&](const imap::fetch_data& f) { note(f); });
    }

    bool log_in() {
        if (next_event(mail, server).kind != imap::client_event_kind::greeting) return false;
        if (!mail.capabilities().known()) finish(mail.send(imap::capability{}));

        sasl::plain_client plain({.user = "ada", .password = "secret"});
        if (mail.capabilities().mechanisms().has("PLAIN")) {
            const imap::sent_command sent = mail.authenticate(plain);
            while (sent) {
                const imap::client_event e = next_event(mail, server);
                if (e.kind == imap::client_event_kind::challenge) mail.answer(plain);
                if (e.kind == imap::client_event_kind::done) break;
                if (e.kind == imap::client_event_kind::error || e.kind == imap::client_event_kind::closed) break;
            }
            return mail.state() == imap::client_state::authenticated;
        }
        return finish(mail.send(imap::login{"ada", "secret"}));
    }

    bool open() {
        if (!mail.capabilities().known()) finish(mail.send(imap::capability{}));
        if (mail.capabilities().has<"CONDSTORE">()) mail.send(imap::enable{{"CONDSTORE"}});
        if (!finish(mail.send(imap::select{"INBOX"}))) return false; // behind ENABLE, without waiting for it
        messages = mail.mailbox().exists();
        return mail.mailbox().uid_validity() == known_validity || start_over();
    }

    void look() {
        mail.send(imap::fetch{.messages = imap::seq_range(1, messages), .att = {imap::fetch_flags{}}});
        mail.send(imap::store{.messages = 1U, .flags = {"\\Seen"}}); // numbers hold: FETCH keeps them
        const imap::sent_command copied = mail.send(imap::copy{1U, "Kept"});
        const imap::sent_command too_soon = mail.send(imap::fetch{.messages = 2U, .att = {imap::fetch_flags{}}});
        if (too_soon.fault == misuse::busy) finish(copied); // COPY may change the numbers: ask again behind it
        EXPECT_EQ(too_soon.fault, misuse::busy);
    }

    bool fetch() { return finish(mail.send(imap::uid_fetch{.messages = 23U, .att = {imap::fetch_body_peek{}}})); }

    bool append(std::string_view message) {
        const auto sent =
            mail.send(imap::append{.mailbox = "Sent", .message = mailwire::text::streamed(message.size())});
        if (sent) mail.literal(message); // not copied; waits for the server's "+" where one is needed
        return finish(sent);
    }

    // Until the server has told something; false when the connection is over.
    bool wait_for_news() {
        const imap::sent_command sent = mail.send(imap::idle{});
        while (sent) {
            mail.at(now());
            const imap::client_event e = next_event(mail, server);
            switch (e.kind) {
            case imap::client_event_kind::response: // something new
                take(e);
                mail.end_idle();
                return finish(sent);
            case imap::client_event_kind::idle_due: // IDLE has lasted as long as it should
                mail.end_idle();
                return finish(sent);
            case imap::client_event_kind::done: // NO: the server has no time
            case imap::client_event_kind::error:
            case imap::client_event_kind::closed:
                return false;
            default:
                break; // idling: it has begun
            }
        }
        return false;
    }

    bool log_out() {
        finish(mail.send(imap::logout{}));
        while (mail.state() == imap::client_state::logged_out)
            next_event(mail, server);
        return mail.state() == imap::client_state::closed;
    }

    imap::client_storage<> storage = {};
    imap::client mail{storage.buffers(), {.secure = true}};
    std::uint32_t messages = 0;
    std::string stored;
    std::string log;

private:
    static mailwire::instant now() { return 0; }
    void begin(std::optional<std::uint32_t> uid, std::uint64_t octets) {
        log += "message " + std::to_string(uid.value_or(0)) + ", " + std::to_string(octets) + " octets\n";
    }
    void store(std::string_view octets) { stored += octets; }
    void forget(std::uint32_t number) { log += "gone " + std::to_string(number) + "\n"; }
    void note(const imap::fetch_data& f) { log += "fetched " + std::to_string(f.number) + "\n"; }
    void read_list_anew() { log += "anew\n"; }
    bool start_over() {
        log += "start over\n";
        return true;
    }

    connection& server;
    std::uint32_t known_validity = 4;
};

void walk(std::size_t piece) {
    const std::string literal(5000, 'x');
    const std::string body = "* 2 FETCH (UID 23 BODY[] {5000}\r\n" + literal + ")\r\nA8 OK done\r\n";
    script server(
        {
            {"", "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 SASL-IR AUTH=PLAIN IDLE] hi\r\n"},
            {"A1 AUTHENTICATE PLAIN AGFkYQBzZWNyZXQ=\r\n", "A1 OK [CAPABILITY IMAP4rev1 IMAP4rev2 CONDSTORE] in\r\n"},
            {"A2 ENABLE CONDSTORE\r\nA3 SELECT INBOX\r\n",
             "* ENABLED CONDSTORE\r\nA2 OK on\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 24] n\r\n"
             "A3 OK [READ-WRITE] open\r\n"},
            {"A4 FETCH 1:3 (FLAGS)\r\nA5 STORE 1 FLAGS (\\Seen)\r\nA6 COPY 1 Kept\r\n",
             "* 1 FETCH (FLAGS ())\r\nA4 OK\r\n* 1 FETCH (FLAGS (\\Seen))\r\nA5 OK\r\n* 3 EXPUNGE\r\nA6 OK\r\n"},
            {"A7 NOOP\r\n", "* 9 EXPUNGE\r\n* 1 FETCH (UID 0)\r\nA7 OK still here\r\n"},
            {"A8 UID FETCH 23 (BODY.PEEK[])\r\n", body},
            {"A9 APPEND Sent {6+}\r\nabcdef\r\n", "A9 OK [APPENDUID 7 24] kept\r\n"},
            {"A10 APPEND Sent {5000}\r\n", "A10 NO [OVERQUOTA] too much\r\n"},
            {"A11 IDLE\r\n", "+ idling\r\n* 3 EXISTS\r\n"},
            {"DONE\r\n", "A11 OK\r\n"},
            {"A12 LOGOUT\r\n", "* BYE bye\r\nA12 OK bye\r\n"},
        },
        piece);
    reader program(server);
    EXPECT_TRUE(program.log_in());
    EXPECT_TRUE(program.open());
    program.look();
    EXPECT_TRUE(program.finish(program.mail.send(imap::noop{})));
    EXPECT_TRUE(program.fetch());
    EXPECT_TRUE(program.append("abcdef"));
    EXPECT_FALSE(program.append(literal));
    EXPECT_TRUE(program.wait_for_news());
    EXPECT_TRUE(program.log_out());
    server.expect_all_heard();
    EXPECT_EQ(program.stored, literal);
    EXPECT_EQ(program.messages, 3U);
    EXPECT_EQ(program.log,
              "start over\nfetched 1\nfetched 1\ngone 3\nanew\ngone 9\nmessage 23, 5000 octets\nfetched 2\n");
}

TEST(docs_imap_client, a_whole_session) {
    for (const std::size_t piece : {1U, 7U, 100000U})
        walk(piece);
}

} // namespace
