// SPDX-License-Identifier: BSL-1.0
// Runs a client session on octets that come in pieces, and keeps what it has to tell as text.

#pragma once

#include <mailwire/pop3/client.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pop3/describe.hpp"
#include "support/allocations.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {

using log = std::vector<std::string>;

// A client with its storage. In is the size of the receive buffer.
template <std::size_t In = 512> struct test_client {
    client_storage<In, 512, 8> room;
    pop3::client session;

    explicit test_client(const client_options& options = {.tls = tls_policy::optional})
        : session(room.buffers(), options) {}

    // Gives octets to the session as it has room, and takes note of its events.
    void feed(std::string_view octets, log& told) {
        tell(told);
        while (!octets.empty() && !over) {
            const std::span<char> free = session.prepare();
            ASSERT_FALSE(free.empty());
            const std::size_t n = std::min(free.size(), octets.size());
            std::copy_n(octets.begin(), n, free.begin());
            session.commit(n);
            octets.remove_prefix(n);
            tell(told);
        }
    }

    // All events up to need_input, or start_tls, which is told until it is done. Pieces of a body that follow each other
    // are one entry.
    void tell(log& told) {
        while (!over) {
            const client_event e = [&] {
                const mailwire::test::no_allocation_here guard("next");
                return session.next();
            }();
            if (e.kind == client_event_kind::need_input) return;
            if (e.kind == client_event_kind::body && in_body && !told.empty()) {
                told.back().insert(told.back().size() - 1, e.body);
            } else {
                told.push_back(describe(e));
            }
            in_body = e.kind == client_event_kind::body;
            over = e.kind == client_event_kind::closed || e.error.code >= errc::unexpected_greeting;
            if (e.kind == client_event_kind::start_tls) return;
        }
    }

    // Reads octets that a test is not about, and drops what there is to send.
    void settle(std::string_view octets) {
        log told;
        feed(octets, told);
        session.sent(session.output().size());
    }

    // Greeting and login, with these capabilities where there are any.
    void log_in(std::string_view capabilities = {}) {
        settle("+OK ready\r\n");
        if (!capabilities.empty()) {
            EXPECT_EQ(session.send(capa{}), misuse::none);
            settle("+OK\r\n" + std::string(capabilities) + ".\r\n");
        }
        enter();
    }

    // The login alone.
    void enter() {
        EXPECT_EQ(session.send(user{"mrose"}), misuse::none);
        settle("+OK\r\n");
        EXPECT_EQ(session.send(pass{"secret"}), misuse::none);
        settle("+OK\r\n");
        EXPECT_EQ(session.state(), client_state::transaction);
    }

    bool over = false;
    bool in_body = false;
};

// What a client in TRANSACTION says to octets that answer these commands: the same in every split.
template <typename... Commands>
void check_answers(std::string_view capabilities, std::string_view wire, const log& says, Commands... commands) {
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        test_client<> client;
        client.log_in(capabilities);
        for (const misuse fault : {client.session.send(commands)...}) {
            EXPECT_EQ(fault, misuse::none);
        }
        log told;
        for (const std::string_view piece : pieces) {
            client.feed(piece, told);
        }
        EXPECT_EQ(told, says) << wire << mailwire::test::describe_split(pieces);
    });
}

} // namespace mailwire::pop3::test
