// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

static_assert(sizeof(server) <= 512);

TEST(server, greets_once) {
    server_storage<> room;
    server session(room.buffers());
    EXPECT_EQ(session.next().kind, server_event_kind::need_answer);
    EXPECT_EQ(session.ok(), misuse::wrong_state);
    EXPECT_EQ(session.greet({.text = "a\r\nb"}), misuse::bad_value);
    EXPECT_EQ(session.output(), "");
    EXPECT_EQ(session.state(), server_state::greeting);
    EXPECT_EQ(session.greet({.text = "POP3 server ready"}), misuse::none);
    EXPECT_EQ(session.output(), "+OK POP3 server ready\r\n");
    EXPECT_EQ(session.state(), server_state::authorization);
    EXPECT_EQ(session.greet(), misuse::wrong_state);
    EXPECT_EQ(session.output(), "+OK POP3 server ready\r\n");
    EXPECT_EQ(session.next().kind, server_event_kind::need_input);
}

// RFC 1939 5 and 7.
TEST(server, answers_every_command) {
    check_transaction("STAT\r\n", "+OK 2 14\r\n", {"STAT"});
    check_transaction("LIST\r\n", "+OK\r\n1 5\r\n2 9\r\n.\r\n", {"LIST all"});
    check_transaction("list 2\r\n", "+OK 2 9\r\n", {"LIST 2"});
    check_transaction("LIST 3\r\n", "-ERR no such message\r\n", {"LIST 3"});
    check_transaction("RETR 1\r\n", "+OK\r\none\r\n.\r\n", {"RETR 1"});
    check_transaction("RETR 2\r\n", "+OK\r\n..two\r\n..\r\n.\r\n", {"RETR 2"});
    check_transaction("TOP 2 0\r\n", "+OK\r\n..two\r\n..\r\n.\r\n", {"TOP 2 0"});
    check_transaction("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n.\r\n", {"UIDL all"});
    check_transaction("UIDL 2\r\n", "+OK 2 b\r\n", {"UIDL 2"});
    check_transaction("NOOP\r\n", "+OK\r\n", {"NOOP"});
    check_transaction("CAPA\r\n", "+OK\r\nTOP\r\nUIDL\r\n.\r\n", {"CAPA"});
    check_transaction("DELE 1\r\nSTAT\r\nDELE 1\r\nRSET\r\nSTAT\r\n",
                      "+OK\r\n+OK 1 9\r\n-ERR no such message\r\n+OK\r\n+OK 2 14\r\n",
                      {"DELE 1", "STAT", "DELE 1", "RSET", "STAT"});
}

// PS-3, PS-8, PS-9: out of place is -ERR, and nothing but PASS follows USER.
TEST(server, keeps_commands_in_their_state) {
    const std::string denied = "-ERR command not valid in this state\r\n";
    check_server("STAT\r\n", denied, {});
    check_server("PASS my secret\r\n", denied, {});
    check_server("USER nobody\r\nPASS my secret\r\n", "-ERR\r\n" + denied, {"USER [nobody]"});
    check_server("USER mrose\r\nCAPA\r\nPASS my secret\r\n", "+OK\r\n+OK\r\nTOP\r\nUIDL\r\n.\r\n" + denied,
                 {"USER [mrose]", "CAPA"});
    check_server("USER mrose\r\nNOOP\r\nPASS my secret\r\n", "+OK\r\n" + denied + denied, {"USER [mrose]"});
    check_server("USER mrose\r\nXTND\r\nPASS my secret\r\n", "+OK\r\n-ERR unknown command\r\n" + denied,
                 {"USER [mrose]"});
    check_server("USER mrose\r\nPASS x\r\nPASS my secret\r\n", "+OK\r\n-ERR [IN-USE] wrong\r\n" + denied,
                 {"USER [mrose]", "PASS [x]"});
    check_server("USER mrose\r\nUSER mrose\r\nPASS my secret\r\nNOOP\r\n", "+OK\r\n+OK\r\n+OK\r\n+OK\r\n",
                 {"USER [mrose]", "USER [mrose]", "PASS [my secret]", "NOOP"});
    check_transaction("USER mrose\r\n", denied, {});
    check_transaction("PASS my secret\r\n", denied, {});
    check_transaction("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n", "-ERR unknown command\r\n", {});
}

// PS-11: without a timestamp there is no APOP.
TEST(server, offers_apop_with_a_timestamp_only) {
    for (const std::string_view timestamp : {"", "<1896.697170952@dbc.mtview.ca.us>"}) {
        test_server server;
        ASSERT_EQ(server.session.greet({.text = "ready", .timestamp = timestamp}), misuse::none);
        server.feed("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n");
        EXPECT_EQ(server.session.state(), timestamp.empty() ? server_state::authorization : server_state::transaction);
        EXPECT_EQ(server.output, timestamp.empty() ? "+OK ready\r\n-ERR unknown command\r\n"
                                                   : "+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n+OK\r\n");
    }
}

// PS-17 to PS-19: marked messages go with QUIT in TRANSACTION, and in no other way.
TEST(server, removes_messages_only_with_quit) {
    const auto left_after = [](std::string_view wire) {
        test_server server;
        EXPECT_EQ(server.session.greet(), misuse::none);
        server.feed("USER mrose\r\nPASS my secret\r\n" + std::string(wire));
        server.session.closed();
        EXPECT_FALSE(server.drop.run());
        return server.drop.messages().size();
    };
    EXPECT_EQ(left_after("DELE 1\r\nQUIT\r\n"), 1U);
    EXPECT_EQ(left_after("DELE 1\r\nDELE 2\r\nQUIT\r\n"), 0U);
    EXPECT_EQ(left_after("DELE 1\r\nRSET\r\nQUIT\r\n"), 2U);
    EXPECT_EQ(left_after("DELE 1\r\n"), 2U);
    EXPECT_EQ(left_after("DELE 1\r\nQUIT\r"), 2U);
    EXPECT_EQ(left_after("DELE 1\r\nQUIT\nNOOP\r\n"), 2U);
    check_server("QUIT\r\nNOOP\r\n", "+OK bye\r\n", {"QUIT", "closed"});
    check_transaction("QUIT\r\nNOOP\r\n", "+OK bye\r\n", {"QUIT", "closed"});
}

// PF-7: what is sent ahead waits until what stands before it has been answered.
TEST(server, reads_one_command_at_a_time) {
    server_storage<> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    const std::string_view wire = "USER a\r\nPASS b\r\nRETR 1\r\nQUIT\r\n";
    std::copy(wire.begin(), wire.end(), session.prepare().begin());
    session.commit(wire.size());
    EXPECT_EQ(describe(session.next()), "USER [a]");
    EXPECT_EQ(describe(session.next()), "need answer");
    ASSERT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(session.ok(), misuse::wrong_state) << "every command has one answer";
    EXPECT_EQ(describe(session.next()), "PASS [b]");
    ASSERT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(describe(session.next()), "RETR 1");
    ASSERT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(describe(session.next()), "need answer");
    EXPECT_EQ(session.body("x"), 1U);
    EXPECT_EQ(describe(session.next()), "need answer");
    ASSERT_EQ(session.end_of_lines(), misuse::none);
    EXPECT_EQ(describe(session.next()), "QUIT");
    EXPECT_EQ(session.state(), server_state::update);
    ASSERT_EQ(session.err("some deleted messages not removed"), misuse::none);
    EXPECT_EQ(describe(session.next()), "closed");
    EXPECT_EQ(session.output(), "+OK\r\n+OK\r\n+OK\r\n+OK\r\nx\r\n.\r\n-ERR some deleted messages not removed\r\n");
}

// PF-3: how a message is stored is the server's own concern.
TEST(server, sends_line_feeds_as_it_is_told_to) {
    const std::vector<stored_message> unix_lines = {{"a", "one\n.two\n"}};
    for (const line_feeds feeds : {line_feeds::as_they_are, line_feeds::as_crlf}) {
        test_server server({.feeds = feeds}, unix_lines);
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.feed("USER mrose\r\nPASS my secret\r\nRETR 1\r\n");
        const std::string before = "+OK\r\n+OK\r\n+OK\r\n+OK\r\n";
        EXPECT_EQ(server.output,
                  before + (feeds == line_feeds::as_crlf ? "one\r\n..two\r\n.\r\n" : "one\n..two\n\r\n.\r\n"));
    }
}

} // namespace
} // namespace mailwire::pop3::test
