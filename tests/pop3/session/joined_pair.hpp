// SPDX-License-Identifier: BSL-1.0
// A client and a server session of POP3, joined by a pipe, that log in by a SASL mechanism.

#pragma once

#include <mailwire/pop3/client.hpp>
#include <mailwire/pop3/server.hpp>
#include <mailwire/sasl/mechanisms.hpp>

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pop3/describe.hpp"
#include "sasl/crypto.hpp"
#include "sasl/site.hpp"
#include "support/pipe.hpp"

namespace mailwire::pop3::test {

// What came of a login, as both sides see it.
struct login_outcome {
    std::vector<std::string> told; // by the client
    sasl::fault client = sasl::fault::none;
    sasl::fault server = sasl::fault::none; // of the last step
    std::size_t challenges = 0;
};

struct pair_sizes {
    std::size_t client_out = 2048;
    std::size_t server_in = 2048;
    std::size_t server_out = 2048;
    std::size_t piece = 100;
};

class joined_pair {
public:
    explicit joined_pair(const pair_sizes& sizes = {}, const server_options& options = {})
        : client_in_(2048, '\0'), client_out_(sizes.client_out, '\0'), server_in_(sizes.server_in, '\0'),
          server_out_(sizes.server_out, '\0'),
          client({client_in_, client_out_, in_flight_}, {.tls = tls_policy::optional}),
          server({server_in_, server_out_}, options), wire_(client, server, random_, sizes.piece) {
        EXPECT_EQ(server.greet(), misuse::none);
        run();
    }

    // Has the client ask for the capabilities. With an empty list SASL is not offered.
    void announce(std::string_view mechanisms) {
        EXPECT_EQ(client.send(capa{}), misuse::none);
        move();
        EXPECT_EQ(server.next().kind, server_event_kind::command);
        EXPECT_EQ(server.ok(), misuse::none);
        if (!mechanisms.empty()) {
            EXPECT_EQ(server.send(capability::sasl{mechanisms}), misuse::none);
        }
        EXPECT_EQ(server.send(capability::resp_codes{}), misuse::none);
        EXPECT_EQ(server.end_of_lines(), misuse::none);
        run();
    }

    // A whole exchange. `cancel_at`: the client cancels at that challenge instead of answering it.
    template <typename C, typename S>
    login_outcome log_in(C& asking, S& answering, std::size_t cancel_at = static_cast<std::size_t>(-1)) {
        login_outcome result;
        wire_.record(true);
        EXPECT_EQ(client.authenticate(asking), misuse::none);
        bool due = false;
        bool waiting = false;
        for (bool moved = true; moved;) {
            moved = wire_.move();
            if (!due) due = hear(result);
            if (due && !waiting) moved = answer(answering, result, due) || moved;
            if (!waiting) waiting = listen(result);
            if (waiting) {
                const bool over = result.challenges == cancel_at;
                waiting = (over ? client.cancel() : client.answer(asking)) == misuse::no_room;
                moved = moved || !waiting;
                if (result.client == sasl::fault::none) result.client = client.sasl_fault();
            }
        }
        EXPECT_FALSE(due) << "the server could not answer";
        EXPECT_FALSE(waiting) << "the client could not answer";
        return result;
    }

    // Moves what there is to move, and has the client take it.
    void run() {
        for (bool something = true; something;) {
            something = wire_.move();
            something = client.next().kind != client_event_kind::need_input || something;
        }
    }
    void move() {
        while (wire_.move()) {
        }
    }

    // All that the sessions were lent.
    std::array<const std::string*, 4> buffers() const { return {&client_in_, &client_out_, &server_in_, &server_out_}; }
    // What went over the wire in log_in.
    const std::string& said() const { return wire_.from_first(); }
    const std::string& answered() const { return wire_.from_second(); }

private:
    // Whether the server has something to answer.
    bool hear(login_outcome& result) {
        const server_event e = server.next();
        if (e.kind == server_event_kind::error) result.told.push_back("server: " + describe(e));
        if (e.kind == server_event_kind::cancelled) {
            EXPECT_EQ(server.err("cancelled"), misuse::none);
        }
        return e.kind == server_event_kind::command || e.kind == server_event_kind::response;
    }

    template <typename S> bool answer(S& answering, login_outcome& result, bool& due) {
        const sasl::step s = server.step(answering);
        if (s.fault == sasl::fault::no_room) return false;
        due = false;
        if (s.fault != sasl::fault::none) result.server = s.fault;
        if (s.status == sasl::status::done) {
            EXPECT_EQ(server.ok(), misuse::none);
        } else if (s.status == sasl::status::failed) {
            EXPECT_EQ(server.err(code::auth, "no"), misuse::none);
        }
        return true;
    }

    // Whether the client has a challenge to answer.
    bool listen(login_outcome& result) {
        const client_event e = client.next();
        if (e.kind == client_event_kind::need_input) return false;
        if (e.kind == client_event_kind::challenge) {
            ++result.challenges;
            return true;
        }
        result.told.push_back(describe(e));
        return false;
    }

    std::string client_in_;
    std::string client_out_;
    std::string server_in_;
    std::string server_out_;
    pending_command in_flight_[4];
    mailwire::test::generator random_{1};

public:
    pop3::client client;
    pop3::server server;

private:
    mailwire::test::pipe<pop3::client, pop3::server> wire_;
};

// What the clients of the mechanisms are given.
struct credentials_of_all {
    std::string_view user = "user";
    std::string_view password = "pencil";
    std::string_view token = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
};

// Calls fn(client, server) with a new client and a new server of each mechanism.
template <typename Fn> void each_pair(sasl::test::site& s, const credentials_of_all& who, Fn&& fn) {
    using namespace sasl;
    using sasl::test::openssl;
    using sasl::test::site;
    openssl hashes;
    const nonce ours = nonce::from_text("fyko+d2lbbFgONRv9qkxdawL");
    const nonce theirs = nonce::from_text("3rfcNHYJY1ZVvWVs7j");
    const credentials itself{who.user, who.password};
    char lent[1024];
    char kept[1024];
    const auto run = [&](auto client, auto server) {
        SCOPED_TRACE(std::string(client.name()));
        fn(client, server);
    };
    run(plain_client(itself), plain_server(s, lent));
    run(login_client(itself), login_server(s, lent));
    run(external_client(who.user), external_server(s, lent));
    run(anonymous_client(who.user), anonymous_server(s, lent));
    run(xoauth2_client({who.user, who.token}), xoauth2_server<site>(s, lent));
    run(oauthbearer_client({who.user, who.token, "server.example.com", 143}), oauthbearer_server<site>(s, lent));
    run(cram_md5_client(hashes, itself), cram_md5_server(hashes, s, theirs, "host.example", lent));
    {
        SCOPED_TRACE("SCRAM-SHA-1");
        scram_sha_1_client<openssl> client(hashes, itself, ours, kept);
        scram_sha_1_server<openssl, site> server(hashes, s, theirs, lent);
        fn(client, server);
    }
    SCOPED_TRACE("SCRAM-SHA-256");
    scram_sha_256_client<openssl> client(hashes, itself, ours, kept);
    scram_sha_256_server<openssl, site> server(hashes, s, theirs, lent);
    fn(client, server);
}

} // namespace mailwire::pop3::test
