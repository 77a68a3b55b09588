// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

// PS-4, PS-7: a bad line is answered, and the next one is read as if it had not been there.
TEST(server_faults, bad_lines) {
    check_transaction("RETR 0\r\nNOOP\r\n", "-ERR syntax error\r\n+OK\r\n", {"error syntax at 5", "NOOP"});
    check_transaction("\r\nNOOP\r\n", "-ERR syntax error\r\n+OK\r\n", {"error syntax at 0", "NOOP"});
    check_transaction("XTND a\r\nNOOP\r\n", "-ERR unknown command\r\n+OK\r\n", {"NOOP"});
    check_transaction("RETR 99999999999\r\nNOOP\r\n", "-ERR syntax error\r\n+OK\r\n",
                      {"error number too big at 5 (0 of 4294967295)", "NOOP"});
    check_transaction(std::string(300, 'x') + "\r\nNOOP\r\n", "-ERR line too long\r\n+OK\r\n",
                      {"error unit too long at 255 (256 of 255)", "NOOP"});
    check_transaction(std::string(3000, 'x') + "\r\nNOOP\r\n", "-ERR line too long\r\n+OK\r\n",
                      {"error unit too long at 255 (256 of 255)", "NOOP"});
}

// CVE-2025-15367 and its like: a line feed that a client let through begins no command of its own.
TEST(server_faults, F7_a_bare_line_feed_begins_no_command) {
    const std::string denied = "-ERR line feed without carriage return\r\n";
    check_transaction("NOOP\nDELE 1\r\nSTAT\r\n", denied + "+OK 2 14\r\n", {"error bare line feed at 4", "STAT"});
    check_server("USER a\nQUIT\r\nNOOP\r\n", denied + "-ERR command not valid in this state\r\n",
                 {"error bare line feed at 6"});
}

// PS-23: so many bad commands in a row, and one more is the end. A good one begins the count again.
TEST(server_faults, too_many_bad_commands) {
    server_options options;
    options.limits.bad_commands_before_login = 2;
    options.limits.bad_commands = 3;
    const std::string unknown = "-ERR unknown command\r\n";
    const std::string end = "-ERR too many bad commands\r\n";
    check_server("XTND\r\nXTND\r\nXTND\r\nNOOP\r\n", unknown + unknown + end, {"closed"}, options);
    check_server("XTND\r\nXTND\r\nCAPA\r\nXTND\r\nXTND\r\nQUIT\r\n",
                 unknown + unknown + "+OK\r\nTOP\r\nUIDL\r\n.\r\n" + unknown + unknown + "+OK bye\r\n",
                 {"CAPA", "QUIT", "closed"}, options);
    check_server("\r\n\r\n\r\nNOOP\r\n", "-ERR syntax error\r\n-ERR syntax error\r\n" + end,
                 {"error syntax at 0", "error syntax at 0", "error syntax at 0", "closed"}, options);
    check_transaction("XTND\r\nUSER a\r\nRETR 0\r\nXTND\r\nNOOP\r\n",
                      unknown + "-ERR command not valid in this state\r\n-ERR syntax error\r\n" + end,
                      {"error syntax at 5", "closed"}, options);
}

TEST(server_faults, ends_of_the_connection) {
    struct row {
        std::string_view wire;
        std::string_view says;
        server_state state;
    };
    for (const row& r : {row{"", "closed", server_state::closed}, row{"CAPA\r\n", "closed", server_state::closed},
                         row{"CAP", "error truncated at 3", server_state::failed},
                         row{"CAPA\r", "error truncated at 5", server_state::failed},
                         row{"A\nB", "error truncated at 0", server_state::failed}}) {
        test_server server;
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.feed(r.wire);
        server.session.closed();
        EXPECT_FALSE(server.drop.run());
        EXPECT_EQ(server.drop.told.back(), r.says);
        EXPECT_EQ(server.session.state(), r.state);
        EXPECT_EQ(describe(server.session.next()), r.says) << "the end is told for ever";
    }
    test_server silent;
    silent.session.closed();
    EXPECT_EQ(describe(silent.session.next()), "closed");
}

// A half-closed connection: the client has said all it wants to, and still hears the answers.
TEST(server_faults, commands_before_the_end_are_answered) {
    test_server server;
    ASSERT_EQ(server.session.greet(), misuse::none);
    const std::string_view wire = "USER mrose\r\nPASS my secret\r\nDELE 1\r\nQUIT\r\n";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    server.session.closed();
    server.feed("");
    EXPECT_EQ(server.output, "+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK bye\r\n");
    EXPECT_EQ(server.drop.messages().size(), 1U);
}

// Calls that do not fit are refused, change nothing and put nothing out.
TEST(server_faults, misuse) {
    server_storage<> room;
    server session(room.buffers());
    ASSERT_EQ(session.greet(), misuse::none);
    const auto ask = [&](std::string_view wire) {
        session.sent(session.output().size());
        std::copy(wire.begin(), wire.end(), session.prepare().begin());
        session.commit(wire.size());
        ASSERT_EQ(session.next().kind, server_event_kind::command);
    };
    EXPECT_EQ(session.ok(), misuse::wrong_state);
    EXPECT_EQ(session.err(), misuse::wrong_state);
    EXPECT_EQ(session.send(drop_listing{}), misuse::wrong_state);
    EXPECT_EQ(session.end_of_lines(), misuse::wrong_state);
    EXPECT_EQ(session.body("x"), 0U);
    ask("USER a\r\n");
    EXPECT_EQ(session.ok("[x] y"), misuse::bad_value);
    EXPECT_EQ(session.ok("x\r\n"), misuse::bad_value);
    EXPECT_EQ(session.err(response_code{"A B"}, "x"), misuse::bad_value);
    EXPECT_EQ(session.send(drop_listing{}), misuse::wrong_state);
    EXPECT_EQ(session.output(), "");
    EXPECT_EQ(session.ok(), misuse::none);
    ask("PASS b\r\n");
    EXPECT_EQ(session.ok(), misuse::none);
    ask("STAT\r\n");
    EXPECT_EQ(session.ok("2 320"), misuse::wrong_state);
    EXPECT_EQ(session.send(scan_listing{1, 1, {}}), misuse::wrong_state);
    EXPECT_EQ(session.send(drop_listing{2, 320, {}}), misuse::none);
    ask("LIST\r\n");
    EXPECT_EQ(session.send(scan_listing{1, 1, {}}), misuse::wrong_state) << "the first line has to be sent first";
    EXPECT_EQ(session.ok(), misuse::none);
    EXPECT_EQ(session.send(unique_id{1, "a"}), misuse::wrong_state);
    EXPECT_EQ(session.send(capability::top{}), misuse::wrong_state);
    EXPECT_EQ(session.send(scan_listing{0, 1, {}}), misuse::bad_value);
    EXPECT_EQ(session.err("too late"), misuse::wrong_state);
    EXPECT_EQ(session.body("x"), 0U);
    EXPECT_EQ(session.end_of_lines(), misuse::none);
    EXPECT_EQ(session.output(), "+OK\r\n.\r\n");
}

// K1: what a client says is in no diagnostic.
TEST(server_faults, secrets_are_in_no_event) {
    test_server server;
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("USER mrose\r\nPASS\tmarker\r\nmarker\r\nPASS marker\nmarker\r\n");
    for (const std::string& line : server.drop.told) {
        EXPECT_EQ(line.find("marker"), line.npos);
    }
    EXPECT_EQ(server.output.find("marker"), server.output.npos);
}

// Who hangs up before the greeting is not answered, whatever it has sent.
TEST(server_faults, gone_before_the_greeting) {
    test_server server;
    const std::string_view sent = "QUIT\r\nNOO";
    std::copy(sent.begin(), sent.end(), server.session.prepare().begin());
    server.session.commit(sent.size());
    server.session.closed();
    EXPECT_EQ(server.session.next().kind, server_event_kind::closed);
    EXPECT_EQ(server.session.state(), server_state::closed);
    EXPECT_EQ(server.session.output(), "");
    EXPECT_TRUE(server.drop.told.empty());
}

} // namespace
} // namespace mailwire::pop3::test
