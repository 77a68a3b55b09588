// SPDX-License-Identifier: BSL-1.0
// Literals of a client under way: RFC 9051 2.2.1, 4.3, 7.6; statements FR of docs/sessions.md.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

TEST(imap_client_literals, FR_4_FR_7_nothing_goes_out_before_the_plus) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(rename{"\xe4", "\xf6"}), "A1 RENAME {1}\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.hear("+ \r\n"), lines{});
        EXPECT_EQ(t.said(), "\xe4 {1}\r\n");
        EXPECT_EQ(t.say(noop{}), "<busy>");
        EXPECT_EQ(t.hear("+ more\r\n"), lines{});
        EXPECT_EQ(t.said(), "\xf6\r\n");
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
    });
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(append{.mailbox = "x", .message = ""}), "A1 APPEND x {0}\r\n") << "FR-4: no octets as well";
        EXPECT_EQ(t.hear("+ \r\n"), lines{});
        EXPECT_EQ(t.said(), "\r\n");
    });
}

TEST(imap_client_literals, FR_5_FR_33_a_refused_literal_is_not_sent) {
    for (const bool streamed : {false, true}) {
        talk_twice([streamed](client_talk& t) {
            t.log_in("IMAP4rev1");
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.say(append{.mailbox = "x", .message = streamed ? text::streamed(3) : text("abc")}),
                      "A2 APPEND x {3}\r\n");
            EXPECT_EQ(t.session.literal("ab"), streamed ? misuse::none : misuse::wrong_state);
            EXPECT_EQ(t.hear("* 1 EXISTS\r\nA1 OK x\r\nA2 NO [OVERQUOTA] full\r\n"),
                      (lines{"response * 1 EXISTS", "done 1 A1 OK x", "done 2 A2 NO [OVERQUOTA] full"}));
            EXPECT_EQ(t.said(), "");
            EXPECT_EQ(t.session.literal_missing(), 0U);
            EXPECT_EQ(t.session.literal("ab"), misuse::wrong_state);
            EXPECT_EQ(t.say(noop{}), "A3 NOOP\r\n");
            EXPECT_EQ(t.hear("A3 OK x\r\n"), lines{"done 3 A3 OK x"});
        });
    }
}

// The second of two literals is refused: the first one is out, and nothing more comes.
TEST(imap_client_literals, FR_5_a_later_literal_is_refused) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(rename{"\xe4", "\xf6"}), "A1 RENAME {1}\r\n");
        (void)t.hear("+ \r\n");
        EXPECT_EQ(t.said(), "\xe4 {1}\r\n");
        EXPECT_EQ(t.hear("A1 NO no\r\n"), lines{"done 1 A1 NO no"});
        EXPECT_EQ(t.said(), "");
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        EXPECT_EQ(t.hear("+ \r\n"), lines{"error unexpected continuation @0"}) << "FR-6";
    });
}

// The server counts the octets it was promised, whatever it has said meanwhile: fewer would turn the next command into
// the rest of a message.
TEST(imap_client_literals, FR_8_a_literal_under_way_is_sent_to_its_end) {
    for (const bool waits : {false, true}) {
        talk_twice([waits](client_talk& t) {
            t.log_in(waits ? "IMAP4rev1" : "IMAP4rev1 LITERAL+");
            EXPECT_EQ(t.say(append{.mailbox = "x", .message = text::streamed(6)}),
                      waits ? "A1 APPEND x {6}\r\n" : "A1 APPEND x {6+}\r\n");
            EXPECT_EQ(t.hear(waits ? "+ go\r\n" : ""), lines{});
            EXPECT_EQ(t.session.literal("abc"), misuse::none);
            EXPECT_EQ(t.said(), "abc");
            EXPECT_EQ(t.hear("A1 NO [TOOBIG] no\r\n"), lines{"done 1 A1 NO [TOOBIG] no"});
            EXPECT_EQ(t.say(noop{}), "<busy>");
            EXPECT_EQ(t.session.literal_missing(), 3U);
            EXPECT_EQ(t.session.literal("defg"), misuse::literal_size);
            EXPECT_EQ(t.session.literal("def"), misuse::none);
            EXPECT_EQ(t.said(), "def\r\n");
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        });
    }
}

// The reply comes while half of the command's first line is still to be sent.
TEST(imap_client_literals, FR_5_a_reply_before_the_header_of_the_literal) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_TRUE(t.session.send(create{"\xe4"}));
        t.session.sent(4);
        EXPECT_EQ(t.hear("A1 BAD no\r\n"), lines{"done 1 A1 BAD no"});
        EXPECT_EQ(t.said(), "REATE {1}\r\n");
        EXPECT_EQ(t.hear("* 1 EXISTS\r\n"), lines{"response * 1 EXISTS"});
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
    });
}

// A "+" before the header of the literal is out answers nothing: the server cannot have read it.
TEST(imap_client_literals, FR_6_A12_a_plus_that_is_too_early) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_TRUE(t.session.send(create{"\xe4"}));
        t.session.sent(4);
        EXPECT_EQ(t.hear("+ go\r\n"), lines{"error unexpected continuation @0"});
        EXPECT_EQ(t.said(), "REATE {1}\r\n") << "and no octet of the literal";
    });
}

// It came in the same piece as what the server said before there was a command.
TEST(imap_client_literals, A12_a_plus_from_before_the_command) {
    client_talk t;
    const std::string_view wire = "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n+ go\r\n";
    (void)test::receive(t.session, wire, wire.size());
    EXPECT_EQ(t.session.next().kind, client_event_kind::greeting);
    EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
    EXPECT_EQ(t.hear(), lines{"error unexpected continuation @0"});
    EXPECT_EQ(t.said(), "");
}

TEST(imap_client_literals, FR_6_A12_G9_a_plus_that_nothing_waits_for) {
    for (const std::string_view line : {"+ go\r\n", "+ \r\n", "+ AAAA\r\n"}) {
        talk_twice([line](client_talk& t) {
            t.log_in();
            EXPECT_EQ(t.hear(line), lines{"error unexpected continuation @0"}) << line;
        });
    }
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
        EXPECT_EQ(t.hear("+ go\r\n+ go\r\n"), lines{"error unexpected continuation @0"}) << "the second of two";
    });
}

// A "+" without its space is a deviation of some servers.
TEST(imap_client_literals, A12_a_bare_plus_is_one_where_it_is_tolerated) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
        EXPECT_EQ(t.hear("+\r\n"), lines{"error syntax @1"});
        EXPECT_EQ(t.said(), "");
        EXPECT_EQ(t.hear("+ go\r\n"), lines{});
        EXPECT_EQ(t.said(), "\xe4\r\n");
    });
    talk_twice(
        [](client_talk& t) {
            t.log_in("IMAP4rev1");
            EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
            EXPECT_EQ(t.hear("+\r\n"), lines{});
            EXPECT_EQ(t.said(), "\xe4\r\n");
            EXPECT_EQ(t.hear("+\r\n"), lines{"error unexpected continuation @0"});
        },
        {.tls = tls_policy::optional, .quirks = quirks::bare_continuation});
}

// The octets of a large message come from the program, in pieces, and are not copied.
TEST(imap_client_literals, FR_33_a_message_in_pieces) {
    for (const std::string_view capabilities : {"IMAP4rev1", "IMAP4rev2", "IMAP4rev1 LITERAL+"}) {
        talk_twice([capabilities](client_talk& t) {
            t.log_in(capabilities);
            const std::string piece(700, 'm');
            const bool waits = !capabilities.ends_with('+');
            EXPECT_EQ(t.say(append{.mailbox = "x", .message = text::streamed(7000)}),
                      waits ? "A1 APPEND x {7000}\r\n" : "A1 APPEND x {7000+}\r\n");
            EXPECT_EQ(t.hear(waits ? "+ go\r\n" : ""), lines{});
            for (std::size_t i = 0; i != 10; ++i) {
                EXPECT_EQ(t.session.literal(piece), misuse::none);
                EXPECT_EQ(t.session.output().data(), piece.data());
                EXPECT_EQ(t.session.literal(piece), misuse::busy);
                EXPECT_EQ(t.said(), i == 9 ? piece + "\r\n" : piece);
            }
            EXPECT_EQ(t.hear("A1 OK [APPENDUID 1 2] in\r\n"), lines{"done 1 A1 OK [APPENDUID 1 2] in"});
        });
    }
}

// G8: a tagged reply that cannot be read ends its command, and a literal that waits with it.
TEST(imap_client_literals, G8_a_reply_that_cannot_be_read_ends_its_command) {
    for (const std::string_view line :
         {"A1 OK [X\r\n", "A1 MAYBE\r\n", "A1\r\n", "A1 OK done\n", "A1 BYE x\r\n", "A1 OK \x01\xff\r\n",
          "A1  OK x\r\n", "A1 OK [BADCHARSET ({9999999999}\r\n", "A1 OK [UIDNEXT 0] x\r\n"}) {
        talk_twice([line](client_talk& t) {
            t.log_in("IMAP4rev1");
            EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
            const lines told = t.hear(line);
            ASSERT_EQ(told.size(), 1U) << line;
            EXPECT_TRUE(told[0].starts_with("error ") && told[0].ends_with(" ends 1")) << told[0];
            EXPECT_EQ(t.session.in_flight_count(), 0U);
            EXPECT_EQ(t.said(), "");
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        });
    }
}

TEST(imap_client_literals, G8_a_reply_that_is_too_long_ends_its_command) {
    talk_twice(
        [](client_talk& t) {
            t.log_in();
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.hear("A1 OK " + std::string(10000, 'x') + "\r\nA1 OK\r\n"),
                      (lines{"error unit too long @256 257/256 ends 1", "error unknown tag @0"}));
        },
        test::in_the_clear, {.in = 256});
    talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
        EXPECT_EQ(t.hear("A1 OK\r\n").at(0).substr(0, 12), "done 1 A1 OK") << "without text";
    });
}

} // namespace
} // namespace mailwire::imap
