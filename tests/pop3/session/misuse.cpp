// SPDX-License-Identifier: BSL-1.0
// Calls that do not fit: every kind of misuse, and none of them changes the session or puts an octet out.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include <mailwire/sasl/mechanisms.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

#include <cstring>

namespace mailwire::pop3::test {
namespace {

template <typename Session> std::string image_of(const Session& session) {
    std::string image(sizeof session, '\0');
    std::memcpy(image.data(), static_cast<const void*>(&session), sizeof session);
    return image;
}

// Makes a call that is refused with this misuse: the object and the octets to send are the same before and after. The
// first call may move octets that wait to be sent to the front of their buffer; what a program can see stays from the
// first call on, and from the second one on every bit of the session.
template <typename Session, typename Call> void expect_refused(misuse expected, Session& session, Call call) {
    const std::string output(session.output());
    const auto state = session.state();
    const auto due = session.deadline();
    EXPECT_EQ(call(), expected);
    const std::string image = image_of(session);
    EXPECT_EQ(call(), expected);
    EXPECT_TRUE(image == image_of(session)) << name_of(expected);
    EXPECT_EQ(session.output(), output);
    EXPECT_EQ(session.state(), state);
    EXPECT_EQ(session.deadline(), due);
}

// The same without any call before it: what is judged before anything is written.
template <typename Session, typename Call> void expect_untouched(misuse expected, Session& session, Call call) {
    const std::string before = image_of(session);
    EXPECT_EQ(call(), expected);
    EXPECT_TRUE(before == image_of(session)) << name_of(expected);
    expect_refused(expected, session, call);
}

constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";

TEST(misuses, of_a_client) {
    test_client<> client;
    pop3::client& s = client.session;
    sasl::plain_client plain({.user = "u", .password = "p"});
    const auto work = [&] { return s.send(stat{}); };
    expect_untouched(misuse::wrong_state, s, work);
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(user{"u"}); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.authenticate(plain); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.answer(plain); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.respond("x"); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.cancel(); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.tls_started(); });
    expect_untouched(misuse::not_offered, s, [&] { return s.list_mechanisms(); });
    client.settle("+OK\r\n");
    expect_untouched(misuse::not_offered, s, [&] { return s.send(apop{"u", digest}); });
    expect_refused(misuse::bad_value, s, [&] { return s.send(user{"a b"}); });
    expect_refused(misuse::bad_value, s, [&] { return s.send(user{std::string(300, 'u')}); });
    expect_refused(misuse::bad_value, s, [&] { return s.send(auth{"PL AIN", {}}); });
    expect_refused(misuse::bad_value, s, [&] { return s.send(auth{"PLAIN", "AAA"}); });
    ASSERT_EQ(s.send(user{"u"}), misuse::none);
    expect_untouched(misuse::busy, s, [&] { return s.send(pass{"p"}); });
    expect_untouched(misuse::busy, s, [&] { return s.authenticate(plain); });
    expect_untouched(misuse::busy, s, [&] { return s.send(stls{}); });
    client.settle("+OK\r\n");
    ASSERT_EQ(s.send(auth{"X", {}}), misuse::none);
    for (const misuse m : {s.send(quit{}), s.send(capa{}), s.send(user{"u"}), s.send(stls{}), s.send(utf8{})}) {
        EXPECT_EQ(m, misuse::busy);
    }
    client.settle("+ \r\n");
    expect_untouched(misuse::busy, s, [&] { return s.send(quit{}); });
    expect_refused(misuse::no_room, s, [&] { return s.respond(std::string(400, 'x')); });
    EXPECT_FALSE(plain.complete()) << "nobody has asked it for anything";
}

TEST(misuses, of_a_client_in_transaction) {
    client_storage<512, 255, 3> room;
    pop3::client s(room.buffers(), {.secure = true});
    const auto hear = [&](std::string_view octets) {
        std::copy(octets.begin(), octets.end(), s.prepare().begin());
        s.commit(octets.size());
        while (s.next().kind != client_event_kind::need_input) {
        }
        s.sent(1000);
    };
    hear("+OK\r\n");
    ASSERT_EQ(s.send(capa{}), misuse::none);
    hear("+OK\r\nPIPELINING\r\n.\r\n");
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(stls{}); });
    ASSERT_EQ(s.send(user{std::string(200, 'u')}), misuse::none);
    expect_refused(misuse::no_room, s, [&] { return s.send(pass{std::string(200, 'p')}); });
    s.sent(150);
    expect_refused(misuse::no_room, s, [&] { return s.send(pass{std::string(240, 'p')}); });
    ASSERT_EQ(s.send(pass{"p"}), misuse::none);
    hear("+OK\r\n+OK\r\n");
    for (const misuse m : {s.send(noop{}), s.send(noop{}), s.send(noop{})}) {
        EXPECT_EQ(m, misuse::none);
    }
    expect_untouched(misuse::no_room, s, [&] { return s.send(noop{}); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(user{"u"}); });
    hear("+OK\r\n+OK\r\n+OK\r\n");
    for (std::uint32_t n : {0U}) {
        expect_refused(misuse::bad_value, s, [&] { return s.send(retr{n}); });
        expect_refused(misuse::bad_value, s, [&] { return s.send(dele{n}); });
        expect_refused(misuse::bad_value, s, [&] { return s.send(top{n, 1}); });
    }
}

TEST(misuses, needs_tls) {
    test_client<> client({.apop = true});
    client.settle("+OK <1@a.example>\r\n");
    pop3::client& s = client.session;
    sasl::plain_client plain({.user = "u", .password = "p"});
    expect_untouched(misuse::needs_tls, s, [&] { return s.send(user{"u"}); });
    expect_untouched(misuse::needs_tls, s, [&] { return s.send(apop{"u", digest}); });
    expect_untouched(misuse::needs_tls, s, [&] { return s.send(auth{"PLAIN", "="}); });
    expect_untouched(misuse::needs_tls, s, [&] { return s.authenticate(plain); });
}

TEST(misuses, of_a_server) {
    test_server server;
    pop3::server& s = server.session;
    expect_untouched(misuse::wrong_state, s, [&] { return s.ok(); });
    expect_refused(misuse::bad_value, s, [&] { return s.greet({.text = "a\nb"}); });
    expect_refused(misuse::bad_value, s, [&] { return s.greet({.timestamp = "<no timestamp>"}); });
    ASSERT_EQ(s.greet(), misuse::none);
    const auto hear = [&](std::string_view octets) {
        std::copy(octets.begin(), octets.end(), s.prepare().begin());
        s.commit(octets.size());
        return s.next().kind;
    };
    expect_untouched(misuse::wrong_state, s, [&] { return s.greet(); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.err(); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.tls_started(); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.challenge("x"); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.end_of_lines(); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(drop_listing{1, 1, {}}); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(capability::top{}); });
    ASSERT_EQ(hear("CAPA\r\n"), server_event_kind::command);
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(capability::top{}); });
    expect_refused(misuse::bad_value, s, [&] { return s.ok("[x]"); });
    expect_refused(misuse::bad_value, s, [&] { return s.err({"SYS/"}, "x"); });
}

TEST(misuses, no_room_of_a_server) {
    server_storage<256, 512> room;
    pop3::server s(room.buffers());
    ASSERT_EQ(s.greet({.text = std::string(400, 'x')}), misuse::none);
    const std::string_view capa_line = "CAPA\r\n";
    std::copy(capa_line.begin(), capa_line.end(), s.prepare().begin());
    s.commit(capa_line.size());
    ASSERT_EQ(s.next().kind, server_event_kind::command);
    expect_refused(misuse::no_room, s, [&] { return s.ok(std::string(200, 'x')); });
    expect_refused(misuse::no_room, s, [&] { return s.err(std::string(200, 'x')); });
    ASSERT_EQ(s.ok(std::string(80, 'x')), misuse::none);
    expect_refused(misuse::no_room, s, [&] { return s.send(capability::implementation{"a.very.long.one"}); });
    expect_refused(misuse::bad_value, s, [&] { return s.send(capability::implementation{"a\r\nb"}); });
    expect_untouched(misuse::wrong_state, s, [&] { return s.send(scan_listing{1, 1, {}}); });
    EXPECT_EQ(s.body("x"), 0U);
    s.sent(3);
    ASSERT_EQ(s.end_of_lines(), misuse::none);
}

} // namespace
} // namespace mailwire::pop3::test
