// SPDX-License-Identifier: BSL-1.0
// Runs a server session, with the maildrop behind it, on octets that come in pieces.

#pragma once

#include "pop3/session/maildrop.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {

inline std::vector<stored_message> two_messages() { return {{"a", "one\r\n"}, {"b", ".two\r\n.\r\n"}}; }

// A server with its storage; 256 octets for what comes in, 600 for what goes out.
struct test_server {
    server_storage<256, 600> room;
    pop3::server session;
    maildrop drop;
    std::string output; // all that was sent

    explicit test_server(const server_options& options = {}, std::vector<stored_message> messages = two_messages())
        : session(room.buffers(), options), drop(session, std::move(messages)) {}

    // Takes what there is to send, `octets` at a time.
    void send(std::size_t octets = 600) {
        while (!session.output().empty()) {
            const std::string_view piece = session.output().substr(0, octets);
            output += piece;
            session.sent(piece.size());
            drop.run();
        }
    }

    void feed(std::string_view octets, std::size_t sent_at_once = 600) {
        bool going = drop.run();
        send(sent_at_once);
        while (!octets.empty() && going) {
            const std::span<char> free = session.prepare();
            const std::size_t n = std::min(free.size(), octets.size());
            std::copy_n(octets.begin(), n, free.begin());
            session.commit(n);
            octets.remove_prefix(n);
            going = drop.run();
            send(sent_at_once);
        }
    }
};

// What a server that has greeted says to a client: the same in every split and however slowly it is taken.
inline void check_server(std::string_view wire, std::string_view output, const std::vector<std::string>& told,
                         const server_options& options = {}) {
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        for (const std::size_t at_once : {1U, 600U}) {
            test_server server(options);
            ASSERT_EQ(server.session.greet(), misuse::none);
            server.session.sent(server.session.output().size());
            for (const std::string_view piece : pieces) {
                server.feed(piece, at_once);
            }
            EXPECT_EQ(server.output, output) << wire << mailwire::test::describe_split(pieces);
            EXPECT_EQ(server.drop.told, told) << wire << mailwire::test::describe_split(pieces);
        }
    });
}

// The same for a client that has logged in.
inline void check_transaction(std::string_view wire, std::string_view output, std::vector<std::string> told,
                              const server_options& options = {}) {
    told.insert(told.begin(), {"USER [mrose]", "PASS [my secret]"});
    check_server("USER mrose\r\nPASS my secret\r\n" + std::string(wire), "+OK\r\n+OK\r\n" + std::string(output), told,
                 options);
}

} // namespace mailwire::pop3::test
