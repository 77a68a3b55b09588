// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/response_reader.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// PF-1: how long an answer is depends on the command and on its status.
TEST(responses, one_line) {
    check_answers("", "+OK\r\n", {"+OK"}, noop{});
    check_answers("", "-ERR [SYS/TEMP] later\r\n", {"-ERR code [SYS/TEMP] [later]"}, noop{});
    check_answers("", "+OK 2 320\r\n", {"+OK 2 messages 320 octets"}, stat{});
    check_answers("", "+OK 2 200\r\n", {"+OK message 2 200 octets"}, list{2});
    check_answers("", "+OK 2 QhdPYR:00WBw1Ph7x7\r\n", {"+OK message 2 id [QhdPYR:00WBw1Ph7x7]"}, uidl{2});
    check_answers("", "-ERR no\r\n", {"-ERR [no]"}, list{2});
}

TEST(responses, listings) {
    check_answers("", "+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n",
                  {"+OK [2 messages]", "message 1 120 octets", "message 2 200 octets", "end"}, list{});
    check_answers("", "+OK\r\n.\r\n", {"+OK", "end"}, list{});
    check_answers("", "-ERR no\r\n", {"-ERR [no]"}, list{});
    check_answers("", "+OK\r\n1 same\r\n2 same\r\n3 ..x\r\n.\r\n",
                  {"+OK", "message 1 id [same]", "message 2 id [same]", "message 3 id [..x]", "end"}, uidl{});
    check_answers("", "+OK\r\nTOP\r\nEXPIRE 5 USER\r\nX-Y z\r\n.\r\n",
                  {"+OK", "can TOP", "can EXPIRE 5 per user", "can unknown X-Y [z]", "end"}, capa{});
}

TEST(responses, messages) {
    check_answers("", "+OK 120 octets\r\nSubject: x\r\n\r\n..dot\r\n.\r\n",
                  {"+OK [120 octets]", "body [Subject: x\r\n\r\n.dot\r\n]", "end"}, retr{1});
    check_answers("", "+OK\r\n.\r\n", {"+OK", "end"}, top{1, 0});
    check_answers("", "-ERR no such message\r\n", {"-ERR [no such message]"}, retr{9});
    check_answers("", "+OK\r\na\nb\r\n.\r\n", {"+OK", "body [a\nb\r\n]", "end, bare line feed"}, retr{1});
}

// A bad line is one error with its offset, and the next line is read as if it had not been there.
TEST(responses, bad_lines_of_listings) {
    check_answers("", "+OK\r\n1 x\r\n2 200\r\n.\r\n", {"+OK", "error syntax at 2", "message 2 200 octets", "end"},
                  list{});
    check_answers("", "+OK\r\n.1 1\r\n.\r\n", {"+OK", "error syntax at 0", "end"}, list{});
    check_answers("", "+OK\r\n0 bad\r\n1 good\r\n.\r\n", {"+OK", "error syntax at 0", "message 1 id [good]", "end"},
                  uidl{});
    check_answers("", "+OK\r\n1 1\n.\r\n2 2\r\n.\r\n",
                  {"+OK", "error bare line feed at 3", "message 2 2 octets", "end"}, list{});
    check_answers("", "+OK\r\n" + std::string(600, '1') + "\r\n2 2\r\n.\r\n",
                  {"+OK", "error unit too long at 512 (513 of 512)", "message 2 2 octets", "end"}, list{});
    check_answers("", "+OK\r\nX.Y\r\nUIDL\r\n.\r\n", {"+OK", "error syntax at 1", "can UIDL", "end"}, capa{});
}

// The status counts even where the line is refused: what follows belongs to the answer.
TEST(responses, bad_first_lines) {
    check_answers("", "+OK 2\r\n+OK 3 4\r\n", {"error syntax at 5", "error unexpected response at 0"}, stat{});
    check_answers("", "+OK caf\xe9\r\nbody\r\n.\r\n", {"error syntax at 7", "body [body\r\n]", "end"}, retr{1});
    check_answers("", "-ERR caf\xe9\r\n", {"error syntax at 8"}, retr{1});
    check_answers("", "+OK a\nb\r\nbody\r\n.\r\n", {"error bare line feed at 5", "body [body\r\n]", "end"}, retr{1});
    check_answers("", "+OK " + std::string(600, 'x') + "\r\n1 1\r\n.\r\n",
                  {"error unit too long at 512 (513 of 512)", "message 1 1 octets", "end"}, list{});
    check_answers("RESP-CODES\r\n", "-ERR [not a code\r\n", {"error syntax at 9"}, noop{});
    check_answers("TOP\r\n", "-ERR [not a code\r\n", {"-ERR [[not a code]"}, noop{});
}

// Attack row J5: lines are not stored, and there are not more of them than the limit.
TEST(responses, J5_listings_have_a_limit) {
    client_options options{.tls = tls_policy::optional};
    options.limits.listing_lines = 2;
    for (const std::size_t lines : {2U, 3U, 1000U}) {
        test_client<> client(options);
        client.log_in();
        ASSERT_EQ(client.session.send(list{}), misuse::none);
        log told;
        client.feed("+OK\r\n", told);
        for (std::size_t i = 1; i <= lines; ++i) {
            client.feed(std::to_string(i) + " 1\r\n", told);
        }
        client.feed(".\r\n", told);
        log says = {"+OK", "message 1 1 octets", "message 2 1 octets"};
        if (lines > 2) {
            says.emplace_back("error unit too long at 0 (3 of 2)");
        }
        says.emplace_back("end");
        EXPECT_EQ(told, says);
        EXPECT_EQ(client.session.in_flight(), 0U);
    }
}

// J5: ten million lines through a buffer of 512 octets, none of them kept.
TEST(responses, J5_listing_of_ten_million_lines) {
    client_options options{.tls = tls_policy::optional};
    options.limits.listing_lines = 10'000'000;
    client_storage<512, 256, 1> room;
    client session(room.buffers(), options);
    const auto feed = [&](std::string_view octets) {
        std::copy(octets.begin(), octets.end(), session.prepare().begin());
        session.commit(octets.size());
    };
    feed("+OK\r\n");
    (void)session.next();
    ASSERT_EQ(session.send(user{"u"}), misuse::none);
    feed("+OK\r\n");
    (void)session.next();
    ASSERT_EQ(session.send(pass{"p"}), misuse::none);
    feed("+OK\r\n");
    (void)session.next();
    ASSERT_EQ(session.send(list{}), misuse::none);
    feed("+OK\r\n");
    (void)session.next();
    constexpr std::size_t lines_at_once = 50;
    std::string block;
    for (std::size_t i = 0; i != lines_at_once; ++i) {
        block += "1 2 3\r\n";
    }
    const mailwire::test::no_allocation_here guard("listing");
    std::size_t lines = 0;
    for (std::size_t i = 0; i != 10'000'000 / lines_at_once; ++i) {
        feed(block);
        for (client_event e = session.next(); e.kind != client_event_kind::need_input; e = session.next()) {
            ASSERT_EQ(e.kind, client_event_kind::scan_listing);
            ++lines;
        }
    }
    EXPECT_EQ(lines, 10'000'000U);
    feed(".\r\n");
    EXPECT_EQ(session.next().kind, client_event_kind::end_of_lines);
}

} // namespace
} // namespace mailwire::pop3::test
