// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

static_assert(sizeof(client) <= 512);

TEST(client, tells_the_greeting) {
    struct row {
        std::string_view wire;
        std::string says;
        client_state state;
    };
    const row rows[] = {
        {"+OK ready <a@b>\r\n", "greeting +OK [ready <a@b>] timestamp [<a@b>]", client_state::authorization},
        {"-ERR [SYS/TEMP] busy\r\n", "refused code [SYS/TEMP] [busy]", client_state::ended},
        {"+OK ready <hi>\r\n", "error syntax at 13", client_state::authorization},
        {"HTTP/1.1 400 Bad Request\r\n", "error unexpected greeting at 0", client_state::failed},
        {"+OKAY\r\n", "error unexpected greeting at 3", client_state::failed},
    };
    for (const row& r : rows) {
        mailwire::test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
            test_client<> client;
            log told;
            for (const std::string_view piece : pieces) {
                client.feed(piece, told);
            }
            EXPECT_EQ(told, log{r.says});
            EXPECT_EQ(client.session.state(), r.state);
        });
    }
}

// PS-3, PS-8: each command has its state. The output is what was sent, octet by octet.
TEST(client, sends_what_the_state_allows) {
    test_client<> client;
    auto& session = client.session;
    EXPECT_EQ(session.send(user{"mrose"}), misuse::wrong_state);
    EXPECT_EQ(session.send(quit{}), misuse::wrong_state);
    client.settle("+OK ready\r\n");
    EXPECT_EQ(session.send(stat{}), misuse::wrong_state);
    EXPECT_EQ(session.send(pass{"secret"}), misuse::wrong_state);
    EXPECT_EQ(session.output(), "");

    EXPECT_EQ(session.send(user{"mrose"}), misuse::none);
    EXPECT_EQ(session.state(), client_state::named);
    EXPECT_EQ(session.output(), "USER mrose\r\n");
    EXPECT_EQ(session.send(pass{"secret"}), misuse::busy);
    client.settle("-ERR never heard of mrose\r\n");
    EXPECT_EQ(session.state(), client_state::authorization);
    EXPECT_EQ(session.send(pass{"secret"}), misuse::wrong_state);

    EXPECT_EQ(session.send(user{"mrose"}), misuse::none);
    client.settle("+OK\r\n");
    EXPECT_EQ(session.send(capa{}), misuse::none);
    client.settle("-ERR what?\r\n");
    EXPECT_EQ(session.send(pass{"secret"}), misuse::wrong_state);

    EXPECT_EQ(session.send(user{"mrose"}), misuse::none);
    client.settle("+OK\r\n");
    EXPECT_EQ(session.send(pass{"my secret"}), misuse::none);
    EXPECT_EQ(session.state(), client_state::login);
    EXPECT_EQ(session.output(), "PASS my secret\r\n");
    EXPECT_EQ(session.send(quit{}), misuse::busy);
    client.settle("-ERR [IN-USE] maildrop already locked\r\n");
    EXPECT_EQ(session.state(), client_state::authorization);
}

TEST(client, works_and_quits) {
    test_client<> client;
    auto& session = client.session;
    client.log_in();
    EXPECT_EQ(session.send(user{"mrose"}), misuse::wrong_state);
    EXPECT_EQ(session.send(retr{1}), misuse::none);
    EXPECT_EQ(session.send(noop{}), misuse::busy);
    client.settle("+OK\r\nhalf a message");
    EXPECT_EQ(session.send(noop{}), misuse::busy);
    EXPECT_EQ(session.in_flight(), 1U);
    client.settle("\r\n.\r\n");
    EXPECT_EQ(session.in_flight(), 0U);
    EXPECT_EQ(session.send(quit{}), misuse::none);
    EXPECT_EQ(session.state(), client_state::quitting);
    EXPECT_EQ(session.send(noop{}), misuse::wrong_state);
    log told;
    client.feed("-ERR some deleted messages not removed\r\n", told);
    EXPECT_EQ(session.state(), client_state::ended);
    EXPECT_EQ(session.send(quit{}), misuse::wrong_state);
    session.closed();
    client.tell(told);
    EXPECT_EQ(told, (log{"-ERR [some deleted messages not removed]", "closed"}));
    EXPECT_EQ(session.next().kind, client_event_kind::closed);
}

// APOP only where the caller wants it and the server has a timestamp. RFC 1939 7; PS-11, PS-12.
TEST(client, uses_apop_only_where_asked_to) {
    const apop command{"mrose", "c4c9334bac560ecc979e58001b3e22fb"};
    for (const bool wanted : {false, true}) {
        for (const std::string_view greeting : {"+OK <1896.697170952@dbc.mtview.ca.us>\r\n", "+OK ready\r\n"}) {
            test_client<> client({.apop = wanted, .tls = tls_policy::optional});
            client.settle(greeting);
            const bool offered = wanted && greeting.find('@') != greeting.npos;
            EXPECT_EQ(client.session.send(command), offered ? misuse::none : misuse::not_offered);
            EXPECT_EQ(client.session.output(), offered ? "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n" : "");
        }
    }
    test_client<> tolerant({.apop = true, .tls = tls_policy::optional, .quirks = quirks::angle_bracket_in_greeting});
    tolerant.settle("+OK ready <1896.697170952>\r\n");
    EXPECT_EQ(tolerant.session.state(), client_state::authorization);
    EXPECT_EQ(tolerant.session.send(command), misuse::not_offered);
}

// PF-5, PF-6: with PIPELINING several commands are in flight, but nothing goes out behind PASS and QUIT.
TEST(client, pipelines_where_that_is_offered) {
    test_client<> client;
    auto& session = client.session;
    client.settle("+OK\r\n");
    ASSERT_EQ(session.send(capa{}), misuse::none);
    client.settle("+OK\r\nPIPELINING\r\n");
    EXPECT_FALSE(session.capabilities().pipelining) << "before the end of the listing nothing is known";
    client.settle(".\r\n");
    EXPECT_TRUE(session.capabilities().known && session.capabilities().pipelining);
    EXPECT_EQ(session.send(user{"mrose"}), misuse::none);
    EXPECT_EQ(session.send(pass{"secret"}), misuse::none);
    EXPECT_EQ(session.send(stat{}), misuse::busy);
    client.settle("+OK\r\n+OK\r\n");
    EXPECT_EQ(session.state(), client_state::transaction);
    EXPECT_EQ(session.send(retr{1}), misuse::none);
    EXPECT_EQ(session.send(dele{1}), misuse::none);
    EXPECT_EQ(session.send(list{2}), misuse::none);
    EXPECT_EQ(session.send(list{}), misuse::none);
    EXPECT_EQ(session.send(quit{}), misuse::none);
    EXPECT_EQ(session.send(noop{}), misuse::wrong_state);
    EXPECT_EQ(session.in_flight(), 5U);
    log told;
    client.feed("-ERR gone\r\n+OK\r\n+OK 2 20\r\n+OK\r\n2 20\r\n.\r\n+OK bye\r\n", told);
    EXPECT_EQ(told,
              (log{"-ERR [gone]", "+OK", "+OK message 2 20 octets", "+OK", "message 2 20 octets", "end", "+OK [bye]"}));
    EXPECT_EQ(session.state(), client_state::ended);
}

TEST(client, events_name_their_command_and_message) {
    test_client<> client;
    client.log_in("PIPELINING\r\n");
    ASSERT_EQ(client.session.send(retr{7}), misuse::none);
    ASSERT_EQ(client.session.send(stat{}), misuse::none);
    const std::string_view wire = "+OK\r\nx\r\n.\r\n+OK 1 3\r\n";
    std::copy(wire.begin(), wire.end(), client.session.prepare().begin());
    client.session.commit(wire.size());
    for (int i = 0; i != 3; ++i) {
        const client_event e = client.session.next();
        EXPECT_TRUE(e.answers<retr>());
        EXPECT_FALSE(e.answers<stat>());
        EXPECT_EQ(e.message, 7U);
    }
    const client_event e = client.session.next();
    EXPECT_TRUE(e.answers<stat>());
    EXPECT_EQ(e.message, 0U);
    EXPECT_EQ(e.reply().drop, (drop_listing{1, 3, {}}));
}

TEST(client, refuses_what_it_has_no_room_for) {
    client_storage<512, 255, 2> room;
    client session(room.buffers(), {.tls = tls_policy::optional});
    const auto feed = [&](std::string_view octets) {
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
        while (session.next().kind != client_event_kind::need_input) {
        }
    };
    feed("+OK\r\n");
    ASSERT_EQ(session.send(capa{}), misuse::none);
    feed("+OK\r\nPIPELINING\r\n.\r\n");
    const std::string name(200, 'n');
    ASSERT_EQ(session.send(user{name}), misuse::none);
    EXPECT_EQ(session.send(pass{name}), misuse::no_room) << "the output is full";
    EXPECT_EQ(session.state(), client_state::named);
    EXPECT_EQ(session.in_flight(), 1U);
    session.sent(session.output().size());
    ASSERT_EQ(session.send(pass{name}), misuse::none);
    EXPECT_EQ(session.output(), "PASS " + name + "\r\n");
    feed("+OK\r\n+OK\r\n");
    session.sent(session.output().size());
    ASSERT_EQ(session.send(noop{}), misuse::none);
    ASSERT_EQ(session.send(noop{}), misuse::none);
    EXPECT_EQ(session.send(noop{}), misuse::no_room) << "the list of commands in flight is full";
    EXPECT_EQ(session.send(user{"a b"}), misuse::wrong_state);
    EXPECT_EQ(session.output(), "NOOP\r\nNOOP\r\n");
}

// A value no line can carry leaves the session as it was.
TEST(client, F7_sends_no_bad_value) {
    test_client<> client;
    client.settle("+OK\r\n");
    for (const std::string_view name : {"a\r\nQUIT", "a b", "", "a\n"}) {
        EXPECT_EQ(client.session.send(user{name}), misuse::bad_value);
        EXPECT_EQ(client.session.state(), client_state::authorization);
        EXPECT_EQ(client.session.in_flight(), 0U);
        EXPECT_EQ(client.session.output(), "");
    }
}

} // namespace
} // namespace mailwire::pop3::test
