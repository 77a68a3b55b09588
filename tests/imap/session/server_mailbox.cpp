// SPDX-License-Identifier: BSL-1.0
// What a server may say of the mailbox that is selected, and when. RFC 9051 5.2, 7.1, 7.5.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::driven;
using kind = server_event_kind;

// A server with a mailbox of so many messages selected.
struct mailbox_of : driven {
    explicit mailbox_of(std::uint32_t messages) : driven(server_state::authenticated) {
        EXPECT_EQ(hear("s SELECT x\r\n").kind, kind::command);
        EXPECT_EQ(session.send(exists{messages}), misuse::none);
        EXPECT_EQ(say(), misuse::none);
        (void)said();
    }
    void ask(std::string_view line) { EXPECT_NE(hear(line).kind, kind::error) << line; }
    misuse expunge(std::uint32_t n) { return session.send(expunge_data{n}); }
    misuse vanish(std::string_view uids) { return session.send(vanished_data{.uids = *sequence_set::parse(uids)}); }
};

TEST(imap_server_mailbox, MB_3_EXISTS_never_shrinks) {
    mailbox_of box(5);
    EXPECT_EQ(box.session.send(exists{4}), misuse::bad_value);
    EXPECT_EQ(box.session.send(exists{5}), misuse::none);
    EXPECT_EQ(box.session.send(exists{7}), misuse::none);
    box.ask("a NOOP\r\n");
    EXPECT_EQ(box.expunge(8), misuse::bad_value) << "there is none";
    EXPECT_EQ(box.expunge(7), misuse::none);
    EXPECT_EQ(box.session.send(exists{5}), misuse::bad_value);
    EXPECT_EQ(box.session.send(exists{6}), misuse::none);
    EXPECT_EQ(box.said(), "* 5 EXISTS\r\n* 7 EXISTS\r\n* 7 EXPUNGE\r\n* 6 EXISTS\r\n");
}

TEST(imap_server_mailbox, MB_6_two_orders_of_the_same_EXPUNGE) {
    for (const bool downwards : {true, false}) {
        mailbox_of box(9);
        box.ask("a EXPUNGE\r\n");
        for (std::uint32_t n = 9; n != 4; --n)
            EXPECT_EQ(box.expunge(downwards ? n : 5), misuse::none);
        EXPECT_EQ(box.expunge(5), misuse::bad_value);
        EXPECT_EQ(box.session.send(exists{4}), misuse::none);
        EXPECT_EQ(box.session.send(exists{3}), misuse::bad_value);
    }
}

// Not while no command is under way, nor while one is that keeps the numbers.
TEST(imap_server_mailbox, MB_7_EXPUNGE_in_its_place) {
    mailbox_of box(9);
    EXPECT_EQ(box.expunge(1), misuse::wrong_state);
    EXPECT_EQ(box.vanish("1"), misuse::wrong_state);
    for (const std::string_view line : {"a FETCH 1 FLAGS\r\n", "a STORE 1 FLAGS ()\r\n", "a SEARCH ALL\r\n"}) {
        box.ask(line);
        EXPECT_EQ(box.expunge(1), misuse::wrong_state) << line;
        EXPECT_EQ(box.vanish("1"), misuse::wrong_state) << line;
        EXPECT_EQ(box.session.send(exists{9}), misuse::none);
        EXPECT_EQ(box.say(), misuse::none);
    }
    for (const std::string_view line : {"a NOOP\r\n", "a UID FETCH 1 FLAGS\r\n", "a UID STORE 1 FLAGS ()\r\n",
                                        "a COPY 1 x\r\n", "a CHECK\r\n", "a EXPUNGE\r\n", "a CREATE x\r\n"}) {
        box.ask(line);
        EXPECT_EQ(box.expunge(1), misuse::none) << line;
        EXPECT_EQ(box.say(), misuse::none);
        EXPECT_EQ(box.expunge(1), misuse::wrong_state) << "it is answered";
    }
}

// MB-8: a command is under way when it has come whole.
TEST(imap_server_mailbox, MB_8_no_EXPUNGE_between_a_literal_and_the_end_of_its_command) {
    mailbox_of box(9);
    box.ask("a APPEND x {3}\r\n");
    EXPECT_EQ(box.expunge(1), misuse::wrong_state);
    EXPECT_EQ(box.vanish("1"), misuse::wrong_state);
    EXPECT_EQ(box.session.send(exists{9}), misuse::none);
    EXPECT_EQ(box.session.accept_literal(), misuse::none);
    (void)box.said();
    box.ask("ab");
    EXPECT_EQ(box.expunge(1), misuse::wrong_state);
    box.ask("c");
    EXPECT_EQ(box.session.next().kind, kind::literal_end);
    EXPECT_EQ(box.expunge(1), misuse::wrong_state);
    EXPECT_EQ(box.hear("\r\n").kind, kind::command);
    EXPECT_EQ(box.expunge(1), misuse::none);
    // A literal that stays in the buffer is no other.
    EXPECT_EQ(box.say(), misuse::none);
    (void)box.said();
    EXPECT_EQ(box.hear("b CREATE {3}\r\n").kind, kind::need_output);
    (void)box.said();
    EXPECT_EQ(box.expunge(1), misuse::wrong_state);
    EXPECT_EQ(box.hear("xyz\r\n").kind, kind::command);
    EXPECT_EQ(box.expunge(1), misuse::none);
}

TEST(imap_server_mailbox, MB_13_VANISHED_EARLIER_counts_nothing) {
    mailbox_of box(2);
    box.ask("a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 9 VANISHED)\r\n");
    EXPECT_EQ(box.session.send(vanished_data{.uids = *sequence_set::parse("1:300"), .earlier = true}), misuse::none);
    EXPECT_EQ(box.session.send(exists{1}), misuse::bad_value);
    EXPECT_EQ(box.vanish("1:3"), misuse::bad_value) << "there are two";
    EXPECT_EQ(box.vanish("1,9"), misuse::none);
    EXPECT_EQ(box.said(), "* VANISHED (EARLIER) 1:300\r\n* VANISHED 1,9\r\n");
}

// While a mailbox opens, its numbers are no fault of the one before it. ST-17.
TEST(imap_server_mailbox, ST_17_another_mailbox_has_other_numbers) {
    mailbox_of box(9);
    box.ask("a SELECT y\r\n");
    EXPECT_EQ(box.session.send(status_response{condition::ok, code_closed{}, "gone"}), misuse::none);
    EXPECT_EQ(box.session.send(exists{3}), misuse::none);
    EXPECT_EQ(box.say(), misuse::none);
    EXPECT_EQ(box.session.send(exists{2}), misuse::bad_value);
    box.ask("b SELECT z\r\n");
    EXPECT_EQ(box.session.send(exists{1}), misuse::none) << "a server of revision 1 says no CLOSED";
    EXPECT_EQ(box.say(), misuse::none);
    EXPECT_EQ(box.session.send(exists{1}), misuse::none);
}

// A mailbox that is left is forgotten. ST-14.
TEST(imap_server_mailbox, ST_14_ST_19_no_mailbox_no_count) {
    for (const std::string_view line : {"a CLOSE\r\n", "a UNSELECT\r\n"}) {
        mailbox_of box(9);
        box.ask(line);
        EXPECT_EQ(box.say(), misuse::none);
        EXPECT_EQ(box.session.state(), server_state::authenticated);
        box.ask("b NOOP\r\n");
        EXPECT_EQ(box.expunge(1), misuse::bad_value);
        EXPECT_EQ(box.said(), "a OK so\r\n") << "without CLOSED";
    }
    mailbox_of closed(9);
    EXPECT_EQ(closed.session.send(status_response{condition::ok, code_closed{}, "gone"}), misuse::none);
    closed.ask("b NOOP\r\n");
    EXPECT_EQ(closed.expunge(1), misuse::bad_value);
}

// ST-30: STATUS of the selected mailbox is a command like any other.
TEST(imap_server_mailbox, ST_30_ST_31_STATUS_while_a_mailbox_is_selected) {
    mailbox_of box(9);
    box.ask("a STATUS x (MESSAGES)\r\n");
    EXPECT_EQ(box.session.send(status_data{"x", {messages{9}}}), misuse::none);
    EXPECT_EQ(box.say(), misuse::none);
    EXPECT_EQ(box.session.state(), server_state::selected);
    EXPECT_EQ(box.said(), "* STATUS x (MESSAGES 9)\r\na OK so\r\n");
}

// A number that is none is not put out, whatever the state. B5.
TEST(imap_server_mailbox, B5_F5_numbers_that_are_none) {
    mailbox_of box(9);
    box.ask("a NOOP\r\n");
    EXPECT_EQ(box.expunge(0), misuse::bad_value);
    EXPECT_EQ(box.session.send(fetch_data{.number = 0, .att = {uid{7}}}), misuse::bad_value);
    EXPECT_EQ(box.session.send(fetch_data{.number = 1, .att = {uid{0}}}), misuse::bad_value);
    EXPECT_EQ(box.said(), "");
}

} // namespace
} // namespace mailwire::imap
