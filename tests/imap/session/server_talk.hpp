// SPDX-License-Identifier: BSL-1.0
// A server session with a program behind it that does whatever the session asks for, on octets that come in pieces.

#pragma once

#include "imap/session/boxes.hpp"
#include "support/splits.hpp"

#include "mailwire/sasl/plain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailwire::test {

// One user, who acts for nobody else.
struct one_user {
    bool check(std::string_view name, std::string_view password) { return name == "mrose" && password == "my secret"; }
    bool allows(std::string_view, std::string_view) { return false; }
};

// "\0mrose\0my secret", and the same with another password.
inline constexpr std::string_view right_plain = "AG1yb3NlAG15IHNlY3JldA==";
inline constexpr std::string_view wrong_plain = "AG1yb3NlAHg=";

// Where a conversation begins, and what the program says.
struct setting {
    imap::condition greeting = imap::condition::preauth;
    std::string_view capabilities = {}; // announced in the greeting; where empty, nothing is
    bool selected = false;              // a mailbox is selected before the octets come
    imap::condition answer = imap::condition::ok;
    bool takes_literals = true;
    bool with_layers = true; // TLS and deflate begin as soon as they are agreed on
    imap::server_options options = {};
    test::sizes sizes = {};
};

// The program says `answer` to every command, PLAIN to AUTHENTICATE, and lets IDLE begin.
class talking_server : public server_box {
public:
    explicit talking_server(const setting& how = {}) : server_box(how.sizes, how.options), how_(how) {
        std::vector<text> names;
        for (std::string_view rest = how.capabilities; !rest.empty();) {
            const std::size_t size = std::min(rest.find(' '), rest.size());
            names.emplace_back(rest.substr(0, size));
            rest.remove_prefix(std::min(size + 1, rest.size()));
        }
        const imap::code_capability code{std::span<const text>(names)};
        imap::status_response greeting{how.greeting, {}, "hi"};
        if (!names.empty()) greeting.code = code;
        EXPECT_EQ(session.greet(greeting), misuse::none);
        if (how.selected) select();
        (void)flush(session);
    }

    // What the session has told the program, and what it has sent.
    lines told;
    std::string sent;

    void feed(std::string_view octets) {
        run();
        while (!octets.empty() && !over_) {
            const std::size_t n = receive(session, octets, octets.size());
            if (n == 0) return; // the program has to go on first
            octets.remove_prefix(n);
            run();
        }
    }
    void hang_up() {
        session.closed();
        run();
    }
    // Receives, and takes one event that is more than a wish to send.
    imap::server_event hear(std::string_view octets) {
        (void)receive(session, octets, octets.size());
        for (;;) {
            const imap::server_event e = session.next();
            if (e.kind != imap::server_event_kind::need_output) return e;
            sent += flush(session);
        }
    }
    // What has been sent since the last time.
    std::string said() {
        std::string all = std::exchange(sent, {});
        return all + flush(session);
    }
    misuse say(imap::condition c = imap::condition::ok) { return session.finish({c, {}, "done"}); }

private:
    using kind = imap::server_event_kind;

    void select() {
        EXPECT_EQ(hear("s SELECT x\r\n").kind, kind::command);
        EXPECT_EQ(say(), misuse::none);
    }

    void run() {
        while (!over_) {
            const imap::server_event e = session.next();
            if (e.kind == kind::need_input || e.kind == kind::need_answer) break;
            if (e.kind == kind::need_output) {
                sent += flush(session);
                continue;
            }
            if (is_layer(e.kind) && waits_) break;
            over_ = session.state() == imap::server_state::failed || e.kind == kind::closed;
            // Behind BYE the program ends the connection.
            if (session.state() == imap::server_state::logged_out && e.kind == kind::closed) break;
            note(told, e);
            go_on(e);
        }
        sent += flush(session);
    }
    static bool is_layer(kind k) { return k == kind::start_tls || k == kind::start_compression; }

    void go_on(const imap::server_event& e) {
        switch (e.kind) {
        case kind::command:
            return command(e.command);
        case kind::literal_begin:
            return answer([this] { return how_.takes_literals ? session.accept_literal() : say(how_.answer); });
        case kind::response:
            return step();
        case kind::done:
            return answer([this] { return say(how_.answer); });
        case kind::start_tls:
        case kind::start_compression:
            sent += flush(session);
            waits_ = !how_.with_layers;
            if (waits_) return;
            EXPECT_EQ(e.kind == kind::start_tls ? session.tls_started() : session.compression_started(), misuse::none);
            return;
        default:
            return;
        }
    }
    void command(const imap::command& c) {
        if (c.value().is<imap::idle>() && how_.answer == imap::condition::ok) {
            return answer([this] { return session.begin_idle(); });
        }
        if (c.value().is<imap::authenticate>()) {
            mechanism_.emplace(users_, lent_);
            return step();
        }
        answer([this] { return say(how_.answer); });
    }
    void step() {
        const sasl::step s = session.step(*mechanism_);
        if (s.status == sasl::status::more) return;
        answer([&] { return say(s.status == sasl::status::done ? imap::condition::ok : imap::condition::no); });
    }
    // An answer that finds no room is given again once there is.
    template <typename Answer> void answer(Answer say_it) {
        misuse fault = say_it();
        while (fault == misuse::no_room && !session.output().empty()) {
            sent += flush(session);
            fault = say_it();
        }
        EXPECT_EQ(fault, misuse::none);
    }

    setting how_;
    one_user users_;
    std::array<char, 64> lent_{};
    std::optional<sasl::plain_server<one_user>> mechanism_;
    bool over_ = false;
    bool waits_ = false;
};

// What a server says to a client and to its program, the same however the network cuts it.
struct conversation {
    lines told;
    std::string sent;
};
inline conversation talk(std::string_view octets, const setting& how = {}) {
    conversation first;
    for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        talking_server server(how);
        for (const std::string_view piece : pieces)
            server.feed(piece);
        if (pieces.size() == 1) first = {server.told, server.sent};
        EXPECT_EQ(server.told, first.told) << describe_split(pieces) << " of " << octets;
        EXPECT_EQ(server.sent, first.sent) << describe_split(pieces) << " of " << octets;
    });
    return first;
}
inline std::string said_to(std::string_view octets, const setting& how = {}) { return talk(octets, how).sent; }

} // namespace mailwire::test
