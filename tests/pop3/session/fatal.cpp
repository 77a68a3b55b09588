// SPDX-License-Identifier: BSL-1.0
// A fatal error stays: whatever is called after it, next() gives the same error, nothing is put out, nothing is removed.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include <mailwire/sasl/mechanisms.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"
#include "support/pipe.hpp"

namespace mailwire::pop3::test {
namespace {

using mailwire::test::generator;

void expect_same(const auto& is, const auto& should_be) { EXPECT_EQ(is, should_be); }

void receive_anything(auto& session, generator& random) {
    constexpr std::string_view octets = "+OK\r\n-ERR\r\nQUIT\r\nDELE 1\r\n+ \r\n.\r\n\n\r*";
    const auto room = session.prepare();
    const std::size_t n = std::min(room.size(), random.below(8));
    for (std::size_t i = 0; i != n; ++i) {
        room[i] = octets[random.below(octets.size())];
    }
    session.commit(n);
}

void call_client(pop3::client& s, generator& random) {
    sasl::plain_client plain({.user = "u", .password = "p"});
    switch (random.below(14)) {
    case 0:
        return receive_anything(s, random);
    case 1:
        return s.closed();
    case 2:
        return s.at(random.next());
    case 3:
        return s.sent(random.below(10));
    case 4:
        return expect_same(s.send(user{"u"}), misuse::wrong_state);
    case 5:
        return expect_same(s.send(quit{}), misuse::wrong_state);
    case 6:
        return expect_same(s.send(retr{1}), misuse::wrong_state);
    case 7:
        return expect_same(s.authenticate(plain), misuse::wrong_state);
    case 8:
        return expect_same(s.answer(plain), misuse::wrong_state);
    case 9:
        return expect_same(s.respond("x"), misuse::wrong_state);
    case 10:
        return expect_same(s.cancel(), misuse::wrong_state);
    case 11:
        return expect_same(s.tls_started(), misuse::wrong_state);
    case 12:
        return expect_same(s.list_mechanisms(), misuse::wrong_state);
    default:
        return expect_same(s.send(stls{}), misuse::wrong_state);
    }
}

void call_server(pop3::server& s, generator& random) {
    one_user users;
    char lent[64];
    sasl::plain_server<one_user> plain(users, lent);
    switch (random.below(15)) {
    case 0:
        return receive_anything(s, random);
    case 1:
        return s.closed();
    case 2:
        return s.at(random.next());
    case 3:
        return s.sent(random.below(10));
    case 4:
        return expect_same(s.ok(), misuse::wrong_state);
    case 5:
        return expect_same(s.err(), misuse::wrong_state);
    case 6:
        return expect_same(s.send(drop_listing{1, 1, {}}), misuse::wrong_state);
    case 7:
        return expect_same(s.step(plain).status, sasl::status::failed);
    case 8:
        return expect_same(s.challenge("x"), misuse::wrong_state);
    case 9:
        return expect_same(s.tls_started(), misuse::wrong_state);
    case 10:
        return expect_same(s.body("x"), 0U);
    case 11:
        return expect_same(s.end_of_lines(), misuse::wrong_state);
    case 12:
        return expect_same(s.send(capability::top{}), misuse::wrong_state);
    case 13:
        return expect_same(s.send(language{"de", "x"}), misuse::wrong_state);
    default:
        return expect_same(s.greet(), misuse::wrong_state);
    }
}

template <typename Session, typename Call> void expect_it_stays(Session& session, errc code, Call call) {
    session.sent(session.output().size());
    const error first = session.next().error;
    const auto state = session.state();
    EXPECT_EQ(first.code, code);
    EXPECT_TRUE(is_fatal(first.code));
    generator random(static_cast<std::uint64_t>(code));
    for (int i = 0; i != 1000; ++i) {
        call(session, random);
        const auto e = session.next();
        EXPECT_EQ(name_of(e.error.code), name_of(first.code));
        EXPECT_EQ(e.error, first);
        EXPECT_EQ(session.output(), "");
        EXPECT_EQ(session.state(), state);
        EXPECT_EQ(session.deadline(), never);
    }
}

// A client that has failed for this reason.
void make_fail(test_client<>& client, errc code) {
    pop3::client& s = client.session;
    if (code == errc::unexpected_greeting) return client.settle("HTTP/1.1 200 OK\r\n");
    if (code == errc::truncated) {
        client.settle("+O");
        return s.closed();
    }
    s.at(0);
    if (code == errc::timed_out) return s.at(1'000'000);
    client.settle("+OK\r\n");
    if (code == errc::unexpected_response) return client.settle("+OK\r\n");
    if (code == errc::unproven_server) {
        sasl::login_client login({.user = "u", .password = "p"});
        EXPECT_EQ(s.authenticate(login), misuse::none);
        return client.settle("+OK\r\n");
    }
    EXPECT_EQ(s.send(stls{}), misuse::none);
    client.settle("+OK\r\n+OK\r\n");
}

TEST(fatal_errors, of_a_client_stay) {
    for (const errc code : {errc::unexpected_greeting, errc::unexpected_response, errc::truncated, errc::timed_out,
                            errc::unproven_server, errc::input_before_tls}) {
        test_client<> client({.tls = tls_policy::optional, .quirks = quirks::auth_without_mechanism});
        make_fail(client, code);
        expect_it_stays(client.session, code, call_client);
    }
}

void make_fail(test_server& server, errc code, bool logged_in) {
    EXPECT_EQ(server.session.greet(), misuse::none);
    server.session.at(0);
    if (logged_in) server.feed("USER mrose\r\nPASS my secret\r\nDELE 1\r\n");
    if (code == errc::truncated) {
        server.feed("QUIT");
        return server.session.closed();
    }
    if (code == errc::input_before_tls) return server.feed("STLS\r\nQUIT\r\n");
    server.session.at(1'000'000'000);
}

TEST(fatal_errors, of_a_server_stay) {
    for (const errc code : {errc::truncated, errc::timed_out, errc::input_before_tls}) {
        for (const bool logged_in : {false, true}) {
            if (logged_in && code == errc::input_before_tls) continue;
            test_server server;
            make_fail(server, code, logged_in);
            expect_it_stays(server.session, code, call_server);
            EXPECT_EQ(server.drop.messages().size(), 2U) << "PS-19";
        }
    }
}

// The same where an answer was due when the time was over.
TEST(fatal_errors, of_a_server_that_owes_an_answer) {
    for (const std::string_view wire : {"USER mrose\r\n", "AUTH PLAIN\r\n", "CAPA\r\n", "STLS\r\n", "LANG\r\n"}) {
        for (const bool begun : {false, true}) {
            test_server server;
            ASSERT_EQ(server.session.greet(), misuse::none);
            server.session.at(0);
            std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
            server.session.commit(wire.size());
            ASSERT_EQ(server.session.next().kind, server_event_kind::command);
            if (begun && (wire == "CAPA\r\n" || wire == "LANG\r\n")) {
                ASSERT_EQ(server.session.ok(), misuse::none);
            }
            server.session.at(1'000'000'000);
            expect_it_stays(server.session, errc::timed_out, call_server);
        }
    }
}

} // namespace
} // namespace mailwire::pop3::test
