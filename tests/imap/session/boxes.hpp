// SPDX-License-Identifier: BSL-1.0
// Sessions with storage of just the sizes a test wants, and ways to feed them.

#pragma once

#include "imap/session/describe.hpp"
#include "support/pipe.hpp"

#include "mailwire/imap.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

struct sizes {
    std::size_t in = 4096;
    std::size_t out = 4096;
    std::size_t tape = 2048;
    std::size_t elided = 8;
    std::size_t commands = 16;
};

// A client that has its own storage. Not copied: the session points into it.
struct client_box {
    explicit client_box(const sizes& s = {}, const imap::client_options& options = {.tls = tls_policy::optional})
        : in(s.in), out(s.out), tape(s.tape), elided(s.elided), commands(s.commands),
          session({in, out, tape, elided, commands}, options) {}
    client_box(const client_box&) = delete;
    client_box& operator=(const client_box&) = delete;

    std::vector<char> in;
    std::vector<char> out;
    std::vector<token> tape;
    std::vector<std::uint32_t> elided;
    std::vector<imap::in_flight> commands;
    imap::client session;
};

struct server_box {
    explicit server_box(const sizes& s = {}, const imap::server_options& options = {})
        : in(s.in), out(s.out), tape(s.tape), elided(s.elided), session({in, out, tape, elided}, options) {}
    server_box(const server_box&) = delete;
    server_box& operator=(const server_box&) = delete;

    std::vector<char> in;
    std::vector<char> out;
    std::vector<token> tape;
    std::vector<std::uint32_t> elided;
    imap::server session;
};

// Takes all that a session wants to send.
template <typename Session> std::string flush(Session& session) {
    std::string all;
    while (!session.output().empty()) {
        all += session.output();
        session.sent(session.output().size());
    }
    return all;
}

// Notes the events of a client until it needs input or has come to its end.
inline void drain(imap::client& session, lines& log) {
    for (;;) {
        const auto e = session.next();
        if (e.kind == imap::client_event_kind::need_input) return;
        if (e.kind == imap::client_event_kind::need_output) continue;
        note(log, e);
        if (session.state() == imap::client_state::failed || session.state() == imap::client_state::closed) return;
        // What only the program can go on with.
        if (session.mode() == imap::client_mode::challenged || session.mode() == imap::client_mode::tls) return;
        if (session.mode() == imap::client_mode::compression) return;
    }
}
inline void feed(imap::client& session, std::string_view octets, lines& log) {
    if (session.state() != imap::client_state::failed) drain(session, log);
    while (!octets.empty() && session.state() != imap::client_state::failed) {
        const std::size_t n = receive(session, octets, octets.size());
        if (n == 0) return; // the program has to go on first
        octets.remove_prefix(n);
        drain(session, log);
    }
}
inline lines feed(imap::client& session, std::string_view octets) {
    lines log;
    feed(session, octets, log);
    return log;
}

// The program behind a server in these tests: every command gets the same answer, every literal is taken or refused.
struct answers {
    imap::condition condition = imap::condition::ok;
    bool accept = true;
};

// Answers and notes the events of a server until it needs input or has come to its end; what it sends is added to
// `sent`.
inline void drain(imap::server& session, lines& log, std::string& sent, const answers& say = {}) {
    using kind = imap::server_event_kind;
    for (;;) {
        const auto e = session.next();
        const bool answers = e.kind == kind::command || e.kind == kind::response || e.kind == kind::done;
        if (answers || (e.kind == kind::literal_begin && !say.accept)) {
            note(log, e);
            while (session.finish({say.condition, {}, "done"}) == misuse::no_room)
                sent += flush(session);
        } else if (e.kind == kind::literal_begin) {
            note(log, e);
            while (session.accept_literal() == misuse::no_room)
                sent += flush(session);
        } else if (e.kind == kind::need_output) {
            sent += flush(session);
        } else if (e.kind == kind::need_input || e.kind == kind::need_answer) {
            break;
        } else if (e.kind == kind::closed && session.state() == imap::server_state::logged_out) {
            break; // it has said BYE
        } else {
            note(log, e);
            if (session.state() == imap::server_state::failed || session.state() == imap::server_state::closed) break;
            // What only the program can go on with.
            if (e.kind == kind::start_tls || e.kind == kind::start_compression) break;
        }
    }
    sent += flush(session);
}
inline void feed(imap::server& session, std::string_view octets, lines& log, std::string& sent,
                 const answers& say = {}) {
    if (session.state() != imap::server_state::failed) drain(session, log, sent, say);
    while (!octets.empty() && session.state() != imap::server_state::failed) {
        const std::size_t n = receive(session, octets, octets.size());
        if (n == 0) return; // the program has to go on first
        octets.remove_prefix(n);
        drain(session, log, sent, say);
    }
}
inline lines feed(imap::server& session, std::string_view octets, const answers& say = {}) {
    lines log;
    std::string sent;
    feed(session, octets, log, sent, say);
    return log;
}

// What a server sends to these octets of a client, in the state that follows its greeting: not authenticated, or
// authenticated where `preauth` is set.
inline std::string answer_to(std::string_view octets, bool preauth = true, const answers& say = {}) {
    server_box box;
    (void)box.session.greet({preauth ? imap::condition::preauth : imap::condition::ok, {}, "hi"});
    (void)flush(box.session);
    lines log;
    std::string sent;
    feed(box.session, octets, log, sent, say);
    return sent;
}

// A client that has been greeted and has `commands` NOOPs in flight: A1, A2 ...
inline void greet(imap::client& session, std::size_t commands, std::string_view greeting = "* PREAUTH hi\r\n") {
    (void)feed(session, greeting);
    for (std::size_t i = 0; i != commands; ++i)
        (void)session.send(imap::noop{});
    (void)flush(session);
}

} // namespace mailwire::test
