// SPDX-License-Identifier: BSL-1.0
// A program that fetches mail from a maildrop, and the link between the two.

#pragma once

#include <mailwire/pop3/client.hpp>
#include <mailwire/pop3/keep.hpp>

#include <map>
#include <set>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {

struct collection {
    client_storage<512, 512, 4> room;
    pop3::client mail{room.buffers(), {.secure = true}};
    test_server server;
    std::map<std::string, wish> wishes;        // by id; what is not here is fetched
    std::map<std::uint32_t, std::string> kept; // messages of this session
    std::set<std::uint32_t> headers;           // of these only the header
    std::set<std::uint32_t> unstorable;
    std::uint32_t abandon_at = 0; // once this message is there
    bool quit_at_end = true;
    bool proceed = false;
    std::vector<std::string> asked;

    explicit collection(std::vector<stored_message> messages) : server({}, std::move(messages)) {}

    void run(fetcher& fetch) {
        ASSERT_EQ(server.session.greet(), misuse::none);
        for (int turns = 0; turns != 1000 && mail.state() != client_state::ended; ++turns) {
            send(fetch);
            if (fetch.at_rest() && !quit_at_end) break;
            server.feed(mail.output());
            mail.sent(mail.output().size());
            receive(fetch);
        }
        asked = server.drop.told;
        server.session.closed();
        server.drop.run();
    }

    // How many commands of the client began with this word.
    std::size_t count(std::string_view word) const {
        return static_cast<std::size_t>(
            std::count_if(asked.begin(), asked.end(), [&](const auto& a) { return a.starts_with(word); }));
    }

private:
    void send(fetcher& fetch) {
        if (mail.in_flight() != 0) return;
        if (mail.state() == client_state::authorization) {
            (void)mail.send(user{"mrose"});
        } else if (mail.state() == client_state::named) {
            (void)mail.send(pass{"my secret"});
        } else if (mail.state() == client_state::transaction) {
            if (proceed) fetch.proceed();
            if (!fetch.at_rest()) {
                EXPECT_EQ(fetch.step(mail), misuse::none);
            } else if (quit_at_end) {
                (void)mail.send(quit{});
            }
        }
    }

    void receive(fetcher& fetch) {
        std::string& octets = server.output;
        while (!octets.empty()) {
            const std::span<char> free = mail.prepare();
            const std::size_t n = std::min(free.size(), octets.size());
            std::copy_n(octets.begin(), n, free.begin());
            mail.commit(n);
            octets.erase(0, n);
            for (client_event e = mail.next(); e.kind != client_event_kind::need_input; e = mail.next()) {
                take(fetch, e);
            }
        }
    }

    void take(fetcher& fetch, const client_event& e) {
        if (e.kind == client_event_kind::body) kept[fetch.message()] += e.body;
        fetch.take(e, [&](const unique_id& u) {
            const auto known = wishes.find(std::string(u.id));
            return known == wishes.end() ? wish::fetch : known->second;
        });
        if (fetch.state() == fetch_state::storing) {
            EXPECT_EQ(e.message, fetch.message());
            const std::uint32_t number = fetch.message();
            if (fetch.header_only()) headers.insert(number);
            if (number == abandon_at) fetch.abandon();
            fetch.stored(!unstorable.contains(number));
        }
    }
};

inline std::vector<stored_message> five() {
    return {{"a", "1\r\n"}, {"b", "2\r\n"}, {"c", "3\r\n"}, {"d", "4\r\n"}, {"e", "5\r\n"}};
}

using numbers = std::map<std::uint32_t, std::string>;

} // namespace mailwire::pop3::test
