// SPDX-License-Identifier: BSL-1.0
// PK-12: a server that keeps no message which was fetched (RFC 1939 8). It removes them in UPDATE and nowhere else, and
// the session says when that is.

#include <mailwire/pop3/server.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace mailwire::pop3 {
namespace {

using numbers = std::set<std::uint32_t>;

// Answers what it has to. Every message is the same.
struct draining_server {
    server_storage<256, 600> room;
    pop3::server session{room.buffers()};
    numbers fetched;
    numbers removed;

    draining_server() { EXPECT_EQ(session.greet(), misuse::none); }

    void feed(std::string_view octets) {
        ASSERT_LE(octets.size(), session.prepare().size());
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
        run();
    }

    void run() {
        for (;;) {
            session.sent(session.output().size());
            const server_event e = session.next();
            if (e.kind == server_event_kind::need_input || e.kind == server_event_kind::closed) return;
            if (e.kind == server_event_kind::error && session.state() == server_state::failed) return;
            if (e.kind == server_event_kind::command) answer(e.command);
        }
    }

    void answer(const item<slot::command>& command) {
        if (command.is<quit>() && session.state() == server_state::update) removed = fetched;
        EXPECT_EQ(session.ok(), misuse::none);
        if (!command.is<retr>()) return;
        fetched.insert(command.as<retr>().message);
        EXPECT_EQ(session.body("x\r\n"), 3U);
        EXPECT_EQ(session.end_of_lines(), misuse::none);
    }
};

constexpr std::string_view login = "USER mrose\r\nPASS secret\r\n";

TEST(server_policy, PK12_removes_in_update) {
    draining_server server;
    server.feed(login);
    server.feed("RETR 1\r\nRETR 3\r\n");
    EXPECT_EQ(server.fetched, (numbers{1, 3}));
    EXPECT_EQ(server.removed, numbers());
    server.feed("QUIT\r\n");
    EXPECT_EQ(server.removed, (numbers{1, 3}));
}

TEST(server_policy, PK12_removes_nothing_without_update) {
    const auto after = [](auto end) {
        draining_server server;
        server.session.at(0);
        server.feed(login);
        server.feed("RETR 1\r\n");
        end(server);
        server.run();
        EXPECT_EQ(server.fetched, numbers{1});
        EXPECT_NE(server.session.state(), server_state::transaction);
        return server.removed;
    };
    EXPECT_EQ(after([](auto& s) { s.session.closed(); }), numbers());
    EXPECT_EQ(after([](auto& s) {
                  s.feed("QUIT");
                  s.session.closed();
              }),
              numbers());
    EXPECT_EQ(after([](auto& s) { s.session.at(s.session.deadline()); }), numbers());
    EXPECT_EQ(after([](auto& s) {
                  for (int i = 0; i != 30 && s.session.state() == server_state::transaction; ++i) {
                      s.feed("XTND\r\n");
                  }
              }),
              numbers());
    draining_server server;
    server.feed("QUIT\r\n");
    EXPECT_EQ(server.session.state(), server_state::ended);
    EXPECT_EQ(server.removed, numbers());
}

} // namespace
} // namespace mailwire::pop3
