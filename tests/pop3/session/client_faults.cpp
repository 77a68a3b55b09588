// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// Attack row J9: a reply that answers nothing ends the session. PS-6.
TEST(client_faults, J9_surplus_replies) {
    check_answers("", "+OK\r\n+OK\r\n", {"+OK", "error unexpected response at 0"}, noop{});
    check_answers("", "-ERR no\r\n.\r\n", {"-ERR [no]", "error unexpected response at 0"}, list{});
    check_answers("PIPELINING\r\n", "+OK\r\n+OK\r\n+OK\r\n", {"+OK", "+OK", "error unexpected response at 0"}, noop{},
                  noop{});
    check_answers("", "+OK bye\r\nmore", {"+OK [bye]", "error unexpected response at 0"}, quit{});
    test_client<> client;
    log told;
    client.feed("+OK\r\n+OK\r\n", told);
    EXPECT_EQ(told, (log{"greeting +OK", "error unexpected response at 0"}));
}

// Attack row J8: one line where lines are due, and the other way round.
TEST(client_faults, J8_answers_of_the_wrong_length) {
    check_answers("", "+OK\r\n1 120\r\n.\r\n", {"error syntax at 3", "error unexpected response at 0"}, list{1});
    check_answers("", "+OK 2 messages\r\n1 120\r\n.\r\n", {"error syntax at 6", "error unexpected response at 0"},
                  list{2});
    check_answers("", "+OK\r\n1 x\r\n.\r\n", {"error syntax at 3", "error unexpected response at 0"}, uidl{1});
    check_answers("", "+OK 1 120\r\n+OK\r\n.\r\n", {"+OK [1 120]", "error syntax at 0", "end"}, list{});
}

// Attack row J4: a line that is no reply ends the session.
TEST(client_faults, J4_lines_that_are_no_reply) {
    check_answers("", "+OKAY\r\n+OK\r\n", {"error unexpected response at 3"}, noop{});
    check_answers("", "+ok\r\n", {"error unexpected response at 0"}, noop{});
    check_answers("", "-ERRX\r\n", {"error unexpected response at 4"}, noop{});
    check_answers("", "\r\n", {"error unexpected response at 0"}, noop{});
    check_answers("", "1 120\r\n", {"error unexpected response at 0"}, retr{1});
    check_answers("", "junk\n+OK\r\n", {"error unexpected response at 4"}, noop{});
    check_answers("", "+ dGVzdA==\r\n", {"error unexpected response at 0"}, noop{});
}

TEST(client_faults, stay) {
    test_client<> client;
    client.log_in();
    client.settle("+OK\r\n");
    const error first = client.session.next().error;
    EXPECT_EQ(first, (error{errc::unexpected_response, 0, 0, 0}));
    for (int i = 0; i != 100; ++i) {
        std::span<char> room = client.session.prepare();
        client.session.commit(std::min<std::size_t>(room.size(), 3));
        EXPECT_EQ(client.session.send(noop{}), misuse::wrong_state);
        EXPECT_EQ(client.session.send(quit{}), misuse::wrong_state);
        client.session.closed();
        EXPECT_EQ(client.session.next().error, first);
        EXPECT_EQ(client.session.state(), client_state::failed);
        EXPECT_EQ(client.session.output(), "");
    }
}

// The end of the connection: in peace between units, and truncated inside one. What came before is told first.
TEST(client_faults, ends_of_the_connection) {
    struct row {
        std::string_view wire;
        log says;
    };
    const row rows[] = {
        {"", {"closed"}},
        {"+OK", {"error truncated at 3"}},
        {"+OK\r", {"error truncated at 4"}},
        {"+OK\r\n", {"+OK", "error truncated at 0"}},
        {"+OK\r\nbody", {"+OK", "body [body]", "error truncated at 0"}},
        {"+OK\r\n.\r", {"+OK", "error truncated at 0"}},
        {"+OK\r\n.\r\n", {"+OK", "end", "closed"}},
        {"-ERR no\r\n", {"-ERR [no]", "closed"}},
        {"-ERR a\nb", {"error bare line feed at 6", "error truncated at 0"}},
    };
    for (const row& r : rows) {
        mailwire::test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
            test_client<> client;
            client.log_in();
            ASSERT_EQ(client.session.send(retr{1}), misuse::none);
            log told;
            for (const std::string_view piece : pieces) {
                client.feed(piece, told);
            }
            client.session.closed();
            client.tell(told);
            EXPECT_EQ(told, r.says) << r.wire << mailwire::test::describe_split(pieces);
        });
    }
    test_client<> silent;
    silent.session.closed();
    EXPECT_EQ(describe(silent.session.next()), "closed");
    EXPECT_EQ(silent.session.state(), client_state::closed);
}

// M2: every proper prefix of an answer leaves its command in flight.
TEST(client_faults, a_prefix_answers_nothing) {
    const std::string_view wire = "+OK\r\n1 120\r\n2 200\r\n.\r\n";
    for (std::size_t n = 0; n != wire.size(); ++n) {
        test_client<> client;
        client.log_in();
        ASSERT_EQ(client.session.send(list{}), misuse::none);
        client.settle(wire.substr(0, n));
        EXPECT_EQ(client.session.in_flight(), 1U) << n;
    }
}

// A line never outgrows the buffer, however small that is, and there is always room for more.
TEST(client_faults, small_buffers) {
    test_client<16> client;
    client.log_in();
    ASSERT_EQ(client.session.send(list{}), misuse::none);
    log told;
    client.feed("+OK\r\n1 1234567890\r\n1 12345678901\r\n1 123456789012 and so on\r\n2 2\r\n.\r\n", told);
    EXPECT_EQ(told, (log{"+OK", "message 1 1234567890 octets", "message 1 12345678901 octets",
                         "error unit too long at 16 (17 of 16)", "message 2 2 octets", "end"}));
}

} // namespace
} // namespace mailwire::pop3::test
