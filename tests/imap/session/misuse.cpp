// SPDX-License-Identifier: BSL-1.0
// What a program does wrong changes nothing and puts no octet out.
#include "mailwire/imap.hpp"

#include "imap/session/unchanged.hpp"

#include "mailwire/sasl/mechanisms.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_box;
using test::expect_refused;
using test::feed;
using test::flush;
using test::server_box;
using test::unchanged;

void expect_only(client& session, std::initializer_list<legal_in> legal) {
    std::size_t refused = 0;
    test::all_commands([&]<typename Command>(const Command& c) {
        for (const legal_in l : legal) {
            if (l == Command::legal) return;
        }
        expect_refused(session, misuse::wrong_state, [&] { return session.send(c); });
        ++refused;
    });
    EXPECT_GT(refused, 0U);
}

TEST(imap_misuse, G1_ST_4_to_ST_7_commands_out_of_place_leave_the_client_as_it_was) {
    client_box box;
    expect_only(box.session, {});
    (void)feed(box.session, "* OK hi\r\n");
    expect_only(box.session, {legal_in::any, legal_in::not_authenticated});
    EXPECT_TRUE(box.session.send(login{"u", "p"}));
    // As it will be when the login has succeeded.
    expect_only(box.session, {legal_in::any, legal_in::before_selection, legal_in::authenticated});
    (void)feed(box.session, "A1 OK in\r\n");
    expect_only(box.session, {legal_in::any, legal_in::before_selection, legal_in::authenticated});
    EXPECT_TRUE(box.session.send(select{"x"}));
    (void)feed(box.session, "A2 OK x\r\n");
    expect_only(box.session, {legal_in::any, legal_in::authenticated, legal_in::selected});
    (void)feed(box.session, "* BYE bye\r\n");
    expect_only(box.session, {});
    box.session.closed();
    (void)box.session.next();
    expect_only(box.session, {});
    client_box failed;
    (void)feed(failed.session, "hello\r\n");
    expect_only(failed.session, {});
}

TEST(imap_misuse, G1_E8_calls_that_cannot_be_leave_the_client_as_it_was) {
    for (const bool unsent : {false, true}) {
        client_box box({.out = 64, .commands = 2});
        client& c = box.session;
        (void)feed(c, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n");
        EXPECT_TRUE(c.send(noop{}));
        if (!unsent) (void)flush(c);
        expect_refused(c, misuse::not_offered, [&] { return c.send(login{"u", "p"}); });
        expect_refused(c, misuse::not_offered, [&] { return c.send(id{}); });
        expect_refused(
            c, misuse::busy, [&] { return c.send(starttls{}); }, misuse::not_offered);
        (void)feed(c, "* CAPABILITY IMAP4rev1\r\n");
        const std::string nul("a\0b", 3);
        expect_refused(c, misuse::bad_value, [&] { return c.send(login{"u", nul}); });
        expect_refused(c, misuse::bad_value, [&] { return c.send(login{"\xff", "p"}); });
        expect_refused(c, misuse::no_room, [&] { return c.send(login{"u", std::string(64, 'p')}); });
        expect_refused(c, misuse::no_room, [&] { return c.send(login{"u", "\r" + std::string(64, 'p')}); });
        EXPECT_TRUE(c.send(noop{}));
        expect_refused(c, misuse::no_room, [&] { return c.send(noop{}); });
        EXPECT_EQ(flush(c), unsent ? "A1 NOOP\r\nA2 NOOP\r\n" : "A2 NOOP\r\n");
        (void)feed(c, "A1 OK\r\n");
        EXPECT_TRUE(c.send(login{"u", "\r"}));
        expect_refused(
            c, misuse::no_room, [&] { return c.send(noop{}); }, misuse::busy);
        (void)flush(c);
        (void)feed(c, "A2 OK\r\n");
        expect_refused(c, misuse::busy, [&] { return c.send(noop{}); });
        expect_refused(c, misuse::wrong_state, [&] { return c.send(login{"u", "p"}); });
        const unchanged before(c);
        EXPECT_EQ(c.literal("x"), misuse::wrong_state);
        EXPECT_TRUE(before.still());
    }
}

TEST(imap_misuse, G1_E3_no_login_before_TLS_where_it_is_required) {
    client_box box({}, {.tls = tls_policy::required});
    client& c = box.session;
    (void)feed(c, "* OK [CAPABILITY IMAP4rev2 STARTTLS AUTH=PLAIN] hi\r\n");
    sasl::plain_client plain({.user = "u", .password = "p"});
    expect_refused(c, misuse::needs_tls, [&] { return c.send(login{"u", "p"}); });
    expect_refused(c, misuse::needs_tls, [&] { return c.send(authenticate{"PLAIN", "AHUAcA=="}); });
    expect_refused(c, misuse::needs_tls, [&] { return c.authenticate(plain); });
    EXPECT_FALSE(plain.complete()) << "nobody has asked it for anything";
}

TEST(imap_misuse, G1_pieces_of_a_literal_that_do_not_fit_leave_the_client_as_it_was) {
    client_box box;
    client& c = box.session;
    (void)feed(c, "* PREAUTH [CAPABILITY LITERAL+] hi\r\n");
    EXPECT_TRUE(c.send(append{.mailbox = "x", .message = text::streamed(5)}));
    const unchanged at_first(c);
    EXPECT_EQ(c.literal("123456"), misuse::literal_size);
    EXPECT_TRUE(at_first.still());
    EXPECT_EQ(c.literal("123"), misuse::none);
    const unchanged under_way(c);
    EXPECT_EQ(c.literal("4"), misuse::busy);
    EXPECT_TRUE(under_way.still());
}

TEST(imap_misuse, G1_calls_that_cannot_be_leave_the_server_as_it_was) {
    server_box box({.out = 256});
    server& s = box.session;
    const status_response ok{condition::ok, {}, "ok"};
    const std::string long_text(300, 'x');
    const auto expect_silent = [&] {
        expect_refused(s, misuse::wrong_state, [&] { return s.send(exists{1}); });
        expect_refused(s, misuse::wrong_state, [&] { return s.send(ok); });
        expect_refused(s, misuse::wrong_state, [&] { return s.finish(ok); });
        expect_refused(s, misuse::wrong_state, [&] { return s.accept_literal(); });
        expect_refused(s, misuse::wrong_state, [&] { return s.literal("x"); });
    };
    expect_silent();
    expect_refused(s, misuse::bad_value, [&] { return s.greet({condition::no, {}, "no"}); });
    expect_refused(s, misuse::bad_value, [&] { return s.greet({condition::ok, {}, "\r\n"}); });
    expect_refused(s, misuse::no_room, [&] { return s.greet({condition::ok, {}, long_text}); });
    EXPECT_EQ(s.greet({condition::preauth, {}, "hi"}), misuse::none);
    for (const bool unsent : {true, false}) {
        if (!unsent) (void)flush(s);
        expect_refused(s, misuse::wrong_state, [&] { return s.greet(ok); });
        expect_refused(s, misuse::wrong_state, [&] { return s.finish(ok); });
        expect_refused(s, misuse::wrong_state, [&] { return s.send(expunge_data{0}); });
        expect_refused(s, misuse::bad_value, [&] { return s.send(fetch_data{.number = 0}); });
        expect_refused(s, misuse::bad_value, [&] { return s.send(status_response{condition::ok, {}, "\xff"}); });
        expect_refused(s, misuse::bad_value, [&] { return s.send(status_response{condition::bye, {}, "[x"}); });
        expect_refused(s, misuse::no_room, [&] { return s.send(status_response{condition::bye, {}, long_text}); });
        expect_refused(s, misuse::no_room, [&] {
            const body_section body{.value = text::streamed(9)};
            return s.send(fetch_data{.number = 1, .att = {body, body_section{.value = long_text}}});
        });
    }
    (void)feed(s, "");
    (void)test::receive(s, "a LOGOUT\r\n", 100);
    EXPECT_EQ(s.next().kind, server_event_kind::command);
    expect_refused(s, misuse::bad_value, [&] { return s.finish({condition::bye, {}, "bye"}); });
    expect_refused(s, misuse::bad_value, [&] { return s.finish({condition::ok, {}, "\n"}); });
    expect_refused(s, misuse::no_room, [&] { return s.finish({condition::ok, {}, std::string(250, 'x')}); });
    expect_refused(s, misuse::wrong_state, [&] { return s.accept_literal(); });
    EXPECT_EQ(s.finish(ok), misuse::none);
    expect_silent();
}

TEST(imap_misuse, G1_calls_that_cannot_be_while_a_literal_is_offered_or_sent) {
    server_box box({.out = 256});
    server& s = box.session;
    (void)s.greet({condition::preauth, {}, "hi"});
    (void)test::receive(s, "a APPEND x {5}\r\n", 100);
    EXPECT_EQ(s.next().kind, server_event_kind::literal_begin);
    const body_section body{.value = text::streamed(9)};
    EXPECT_EQ(s.send(fetch_data{.number = 1, .att = {body}}), misuse::none);
    expect_refused(s, misuse::busy, [&] { return s.accept_literal(); });
    expect_refused(s, misuse::busy, [&] { return s.finish({condition::no, {}, "no"}); });
    expect_refused(s, misuse::busy, [&] { return s.send(exists{1}); });
    expect_refused(s, misuse::literal_size, [&] { return s.literal("0123456789"); });
    EXPECT_EQ(s.literal("012345678"), misuse::none);
    (void)flush(s);
    while (s.output().size() < 250)
        (void)s.send(exists{1});
    expect_refused(s, misuse::no_room, [&] { return s.accept_literal(); });
    (void)flush(s);
    EXPECT_EQ(s.accept_literal(), misuse::none);
    expect_refused(s, misuse::wrong_state, [&] { return s.accept_literal(); });
    expect_refused(s, misuse::wrong_state, [&] { return s.finish({condition::no, {}, "no"}); });
}

} // namespace
} // namespace mailwire::imap
