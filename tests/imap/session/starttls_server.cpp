// SPDX-License-Identifier: BSL-1.0
// A server's half of STARTTLS, whole and octet by octet. RFC 9051 6.2.1, 11.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::said_to;
using test::talking_server;
using kind = server_event_kind;

// A server that has said OK to STARTTLS and has sent it.
struct agreed : test::driven {
    agreed() : driven(server_state::not_authenticated) {
        EXPECT_EQ(hear("a STARTTLS\r\n").kind, kind::command);
        EXPECT_EQ(say(), misuse::none);
        (void)said();
    }
};

TEST(imap_starttls_server, TL_4_the_session_goes_on_without_a_login) {
    agreed tls;
    EXPECT_EQ(tls.session.next().kind, kind::start_tls);
    EXPECT_EQ(tls.session.next().kind, kind::start_tls) << "until it has begun";
    EXPECT_FALSE(tls.session.secure());
    EXPECT_EQ(tls.session.tls_started(), misuse::none);
    EXPECT_TRUE(tls.session.secure());
    EXPECT_EQ(tls.session.state(), server_state::not_authenticated);
    EXPECT_EQ(tls.session.mode(), server_mode::lines);
    EXPECT_EQ(tls.session.tls_started(), misuse::wrong_state);
    EXPECT_EQ(tls.hear("b STARTTLS\r\n").kind, kind::error);
    EXPECT_EQ(tls.said(), "b BAD unexpected command\r\n");
    EXPECT_EQ(tls.hear("c LOGIN u p\r\n").kind, kind::command);
}

// On a port with TLS from the start there is nothing to start.
TEST(imap_starttls_server, TL_4_not_where_TLS_is_there_already) {
    EXPECT_EQ(said_to("a STARTTLS\r\nb NOOP\r\n", {.greeting = condition::ok, .options = {.secure = true}}),
              "a BAD unexpected command\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a STARTTLS\r\nb NOOP\r\n", {}), "a BAD unexpected command\r\nb OK done\r\n");
}

// A server that has announced what it has, and no STARTTLS, has none.
TEST(imap_starttls_server, ST_9_not_where_it_is_not_announced) {
    EXPECT_EQ(said_to("a STARTTLS\r\n", {.greeting = condition::ok, .capabilities = "IMAP4rev2"}),
              "a BAD unknown command\r\n");
    EXPECT_EQ(said_to("a STARTTLS\r\n", {.greeting = condition::ok, .capabilities = "IMAP4rev2 STARTTLS"}),
              "a OK done\r\n");
}

TEST(imap_starttls_server, TL_5_NO_leaves_the_connection_usable) {
    for (const condition c : {condition::no, condition::bad}) {
        const std::string word(status_response::word(c));
        EXPECT_EQ(said_to("a STARTTLS\r\nb LOGIN u p\r\n", {.greeting = condition::ok, .answer = c}),
                  "a " + word + " done\r\nb " + word + " done\r\n");
    }
}

// What is behind STARTTLS in the clear is never a command, however it comes: in one piece with it, later, before or
// after the OK was sent.
TEST(imap_starttls_server, TL_1_E1_commands_in_the_clear_behind_it) {
    for (const std::string_view injected : {"b NOOP\r\n", "b", "\r\n", "b LOGIN u {3+}\r\n", "\x16\x03\x01"}) {
        const std::string octets = "a STARTTLS\r\n" + std::string(injected);
        mailwire::test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
            talking_server server({.greeting = condition::ok, .with_layers = false});
            for (const std::string_view piece : pieces)
                server.feed(piece);
            EXPECT_EQ(server.sent, "a OK done\r\n") << test::describe_split(pieces);
            EXPECT_EQ(server.told.back(), "error input before TLS @0") << test::describe_split(pieces);
        });
        mailwire::test::for_each_split(injected, [&](std::span<const std::string_view> pieces) {
            agreed late;
            for (const std::string_view piece : pieces)
                (void)test::receive(late.session, piece, piece.size());
            EXPECT_EQ(late.session.tls_started(), misuse::wrong_state);
            EXPECT_EQ(late.session.next().error, (error{errc::input_before_tls, 0, 0, 0}));
            EXPECT_EQ(late.session.state(), server_state::failed);
            EXPECT_EQ(late.said(), "");
        });
        for (const bool early : {false, true}) {
            test::driven server(server_state::not_authenticated);
            EXPECT_EQ(server.hear("a STARTTLS\r\n" + std::string(early ? injected : "")).kind, kind::command);
            if (!early) (void)test::receive(server.session, injected, injected.size());
            EXPECT_EQ(server.say(), misuse::none);
            EXPECT_EQ(server.said(), "a OK so\r\n");
            EXPECT_EQ(server.session.tls_started(), misuse::wrong_state);
            EXPECT_EQ(server.session.next().error.code, errc::input_before_tls);
            EXPECT_EQ(server.said(), "");
        }
    }
}

// Behind a NO the same octets are commands: nothing was agreed on.
TEST(imap_starttls_server, TL_5_commands_behind_a_refused_STARTTLS) {
    EXPECT_EQ(said_to("a STARTTLS\r\nb NOOP\r\n", {.greeting = condition::ok, .answer = condition::no}),
              "a NO done\r\nb NO done\r\n");
}

TEST(imap_starttls_server, TL_1_the_OK_goes_out_in_the_clear) {
    test::driven server(server_state::not_authenticated);
    (void)server.hear("a STARTTLS\r\n");
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.tls_started(), misuse::busy);
    server.session.sent(3);
    EXPECT_EQ(server.session.tls_started(), misuse::busy);
    EXPECT_EQ(server.session.output(), "K so\r\n");
    EXPECT_EQ(server.session.send(exists{1}), misuse::wrong_state);
    EXPECT_EQ(server.say(), misuse::wrong_state);
    (void)server.said();
    EXPECT_EQ(server.session.tls_started(), misuse::none);
}

// What was announced in the clear counts no more; nor does what the client has said.
TEST(imap_starttls_server, TL_4_E6_what_was_announced_is_forgotten) {
    talking_server server({.greeting = condition::ok, .capabilities = "IMAP4rev1 STARTTLS LOGINDISABLED"});
    server.feed("a LOGIN u p\r\nb STARTTLS\r\n");
    EXPECT_EQ(server.sent, "a NO [PRIVACYREQUIRED] TLS has to come first\r\nb OK done\r\n");
    EXPECT_FALSE(server.session.announced().known());
    EXPECT_EQ(server.hear("c LOGIN u p\r\n").kind, kind::command);
}

TEST(imap_starttls_server, A9_the_end_before_the_handshake) {
    agreed tls;
    EXPECT_EQ(tls.hang_up().kind, kind::closed);
    agreed cut;
    EXPECT_EQ(cut.hear("x").kind, kind::error);
    EXPECT_EQ(cut.hang_up().error.code, errc::input_before_tls);
}

} // namespace
} // namespace mailwire::imap
