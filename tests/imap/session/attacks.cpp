// SPDX-License-Identifier: BSL-1.0
// Attacks on the sessions, each whole and octet by octet. The names hold the ids of a list of such attacks:
// A framing and smuggling, B numbers and sizes, E transport security, F injection, G state, H resources, K secrets.
#include "mailwire/imap.hpp"

#include "imap/session/boxes.hpp"
#include "support/allocations.hpp"
#include "support/splits.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_box;
using test::feed;
using test::flush;
using test::lines;
using test::server_box;
using test::sizes;

// What a server in authenticated state makes of octets, and what it sends, however they come in.
struct reaction {
    lines log;
    std::string sent;
};
reaction server_reaction(std::string_view octets, bool preauth = true, const test::answers& say = {}) {
    reaction first;
    test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        server_box box({.in = 1024});
        (void)box.session.greet({preauth ? condition::preauth : condition::ok, {}, "hi"});
        (void)flush(box.session);
        reaction r;
        for (const std::string_view piece : pieces)
            feed(box.session, piece, r.log, r.sent, say);
        if (pieces.size() == 1) first = r;
        EXPECT_EQ(r.log, first.log) << test::describe_split(pieces);
        EXPECT_EQ(r.sent, first.sent) << test::describe_split(pieces);
    });
    return first;
}
std::string answers_to(std::string_view octets, bool preauth = true, const test::answers& say = {}) {
    return server_reaction(octets, preauth, say).sent;
}

// What a client with two commands in flight makes of octets, however they come in.
lines client_reaction(std::string_view octets) {
    lines first;
    test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        client_box box({.in = 1024});
        test::greet(box.session, 2);
        lines log;
        for (const std::string_view piece : pieces)
            feed(box.session, piece, log);
        if (pieces.size() == 1) first = log;
        EXPECT_EQ(log, first) << test::describe_split(pieces);
        EXPECT_TRUE(box.session.output().empty());
    });
    return first;
}

TEST(imap_attacks, A1_FR_8_a_command_inside_the_literal_of_a_refused_command) {
    for (const std::string_view refused :
         {"a XYZZY ", "a SEARCH ))) ", "a SELECT \"x ", "a LOGIN ", "a CREATE (", "a NOOP ", "( "}) {
        const std::string octets = std::string(refused) + "{11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n";
        for (const bool preauth : {true, false}) {
            const std::string sent = answers_to(octets, preauth);
            EXPECT_TRUE(sent.starts_with(refused[0] == 'a' ? "a BAD " : "* BAD ") ||
                        (refused == "a LOGIN " && !preauth))
                << sent;
            EXPECT_TRUE(sent.ends_with("c OK done\r\n")) << sent;
            EXPECT_EQ(sent.find("BYE"), sent.npos);
            EXPECT_EQ(sent.find("b "), sent.npos);
        }
    }
}

TEST(imap_attacks, A1_a_command_inside_a_literal_of_a_line_that_is_too_long) {
    const std::string x(2000, 'x');
    for (const std::string& head : {"a CREATE " + x, "a CREATE \"" + x, "a RENAME {9+}\r\nb LOGOUT\r" + x,
                                    "a CREATE {000000000000000000000000000000000000000000005+}\r\n\nb\r\nc" + x}) {
        const reaction r = server_reaction(head + "{11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n");
        EXPECT_EQ(r.sent, "a BAD unit too long\r\nc OK done\r\n");
    }
    EXPECT_EQ(answers_to("a CREATE " + x + "{11}\r\nc NOOP\r\n"), "a BAD unit too long\r\nc OK done\r\n");
}

TEST(imap_attacks, A2_FR_9_a_literal_over_the_limit) {
    const std::string inner = "b LOGOUT\r\n" + std::string(100000, '\n');
    const std::string header = "{" + std::to_string(inner.size()) + "+}\r\n";
    EXPECT_EQ(answers_to("a LOGIN " + header + inner + " " + header + inner + "\r\nc NOOP\r\n", false),
              "a BAD literal too big\r\nc OK done\r\n");
    EXPECT_EQ(answers_to("a APPEND x " + header + inner + "\r\nc NOOP\r\n"), "a BAD literal too big\r\nc OK done\r\n");
    // None of it is ever looked at: the connection may end there.
    EXPECT_EQ(answers_to("a LOGIN {100000000+}\r\nb NOOP\r\n", false), "a BAD literal too big\r\n");
}

// The session has no way to tell octets of a client that does not wait from a new command, and RFC 9051 2.2.1 has none.
TEST(imap_attacks, A3_after_a_refused_synchronizing_literal_comes_a_command) {
    EXPECT_EQ(answers_to("a LOGIN {999999999}\r\nb DELETE x\r\n", false),
              "a BAD literal too big\r\nb BAD unexpected command\r\n");
    EXPECT_EQ(answers_to("a APPEND x {10}\r\nb NOOP\r\n", true, {.condition = condition::no, .accept = false}),
              "a NO done\r\nb NO done\r\n");
    EXPECT_EQ(answers_to("a APPEND x {10+}\r\nb NOOP\r\n\r\n\r\nc NOOP\r\n", true,
                         {.condition = condition::no, .accept = false}),
              "a NO done\r\nc NO done\r\n");
}

TEST(imap_attacks, A8_line_ends_that_are_none) {
    EXPECT_EQ(answers_to("a NOOP\nb NOOP\r\n"), "a BAD bare line feed\r\nb OK done\r\n");
    EXPECT_EQ(answers_to("a NOOP\rb NOOP\r\n"), "a BAD syntax\r\n");
    EXPECT_EQ(answers_to("a NOOP\r\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
    EXPECT_EQ(answers_to("a NOOP\n\rb NOOP\r\n"), "a BAD bare line feed\r\n* BAD syntax\r\n");
    EXPECT_EQ(answers_to("A1 NOOP\rA2 NOOP\n"), "A1 BAD bare line feed\r\n");
    EXPECT_EQ(answers_to("\r\n\r\n\n"), "* BAD syntax\r\n* BAD syntax\r\n* BAD bare line feed\r\n");
    EXPECT_EQ(client_reaction("* 1 EXISTS\n* 2 EXISTS\r\n"),
              (lines{"error bare line feed @10", "response * 2 EXISTS\r\n"}));
    EXPECT_EQ(client_reaction("* 1 EXISTS\r* 2 EXISTS\r\n")[0].substr(0, 12), "error syntax");
}

TEST(imap_attacks, A12_FR_6_a_plus_that_nobody_waits_for) {
    client_box box;
    EXPECT_EQ(feed(box.session, "* OK hi\r\n+ go\r\n"),
              (lines{"greeting * OK hi\r\n", "error unexpected continuation @0"}));
    // It was there before the literal: no answer to it.
    client_box early;
    (void)feed(early.session, "* PREAUTH hi\r\n");
    (void)test::receive(early.session, "+ go\r\n", 100);
    EXPECT_TRUE(early.session.send(create{"\xff"}));
    EXPECT_EQ(flush(early.session), "A1 CREATE {1}\r\n");
    EXPECT_EQ(feed(early.session, ""), (lines{"error unexpected continuation @0"}));
    EXPECT_EQ(flush(early.session), "");
}

TEST(imap_attacks, A12_G9_a_second_plus) {
    client_box box;
    test::greet(box.session, 0);
    EXPECT_TRUE(box.session.send(create{"\xff"}));
    (void)flush(box.session);
    EXPECT_EQ(feed(box.session, "+ go\r\n+ go\r\n"), (lines{"error unexpected continuation @0"}));
}

TEST(imap_attacks, B1_B4_numbers_of_a_literal) {
    EXPECT_EQ(answers_to("a LOGIN {4294967295}\r\nb NOOP\r\n", false), "a BAD literal too big\r\nb OK done\r\n");
    EXPECT_EQ(answers_to("a LOGIN {4294967296}\r\nb NOOP\r\n", false), "a BAD literal too big\r\nb OK done\r\n");
    EXPECT_EQ(answers_to("a LOGIN {9223372036854775807}\r\nb NOOP\r\n", false),
              "a BAD literal too big\r\nb OK done\r\n");
    for (const std::string_view n :
         {"9223372036854775808", "18446744073709551616", "99999999999999999999", "18446744073709551617+"}) {
        EXPECT_EQ(answers_to("a LOGIN {" + std::string(n) + "}\r\nb NOOP\r\n", false),
                  "a BAD endless literal\r\n* BYE no end of this literal\r\n");
        EXPECT_EQ(client_reaction("* 1 FETCH (BODY[] {" + std::string(n) + "}\r\nabc)\r\n"),
                  (lines{"error endless literal @18 0/9223372036854775807"}));
    }
    const std::string digits(1500, '1');
    EXPECT_EQ(answers_to("a LOGIN {" + digits + "}\r\nb NOOP\r\n", false),
              "a BAD unit too long\r\n* BAD endless literal\r\n* BYE no end of this literal\r\n");
}

TEST(imap_attacks, B2_nothing_is_allocated_for_an_announced_size) {
    client_box box;
    test::greet(box.session, 1);
    const std::string_view octets = "* 1 FETCH (BODY[] {9223372036854775807}\r\n* 2 FETCH (BODY[] {2147483648}\r\nxyz";
    test::no_allocation_here guard("a literal of 2^63 octets");
    (void)test::receive(box.session, octets, octets.size());
    EXPECT_EQ(box.session.next().error.code, errc::literal_too_big);
    EXPECT_EQ(box.session.next().kind, client_event_kind::need_input);
}

TEST(imap_attacks, E4_a_reply_before_its_command) {
    client_box box;
    (void)test::receive(box.session, "* OK hi\r\nA1 OK [CAPABILITY IMAP4rev2] welcome\r\n", 100);
    EXPECT_EQ(box.session.next().kind, client_event_kind::greeting);
    EXPECT_TRUE(box.session.send(login{"u", "p"}));
    (void)flush(box.session);
    EXPECT_EQ(feed(box.session, ""), (lines{"error unknown tag @0"}));
    EXPECT_EQ(box.session.in_flight_count(), 1U);
    // A reply of which one octet was there before is the same; one that came afterwards is not.
    for (const std::size_t before : {std::size_t{0}, std::size_t{1}}) {
        client_box next;
        test::greet(next.session, 0);
        const std::string_view reply = "A1 MAYBE\r\nA1 OK x\r\n";
        (void)test::receive(next.session, reply, before);
        (void)feed(next.session, "");
        EXPECT_TRUE(next.session.send(noop{}));
        EXPECT_EQ(feed(next.session, reply.substr(before))[0],
                  before == 0 ? "error syntax @3 ends 1" : "error syntax @3");
    }
}

TEST(imap_attacks, F1_octets_that_would_end_a_line) {
    for (int c = 0; c != 256; ++c) {
        for (const std::string& value :
             {std::string(1, static_cast<char>(c)) + "b", "a" + std::string(1, static_cast<char>(c)) + "b"}) {
            client_box box;
            test::greet(box.session, 0, "* PREAUTH [CAPABILITY LITERAL+] hi\r\n");
            const auto sent = box.session.send(create{value});
            EXPECT_EQ(sent.fault, c == 0 ? misuse::bad_value : misuse::none);
            const std::string wire = flush(box.session);
            if (c == 0) continue;
            EXPECT_EQ(server_reaction(wire).log.size(), 1U) << wire;
            EXPECT_EQ(answers_to(wire), "A1 OK done\r\n") << wire;
        }
    }
}

TEST(imap_attacks, F5_the_session_repeats_nothing_but_a_tag) {
    EXPECT_EQ(answers_to("<script>alert(1)</script>\r\n"), "* BAD syntax\r\n");
    EXPECT_EQ(answers_to("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
              "GET BAD syntax\r\nHost: BAD unknown command\r\n* BAD syntax\r\n");
    EXPECT_EQ(answers_to("a S3cr3t-7f1c\r\nb LOGIN u S3cr3t-7f1c x\r\n").find("S3cr3t"), std::string::npos);
}

TEST(imap_attacks, G3_G7_tags_and_states) {
    EXPECT_EQ(client_reaction("ZZZ9 OK\r\n"), (lines{"error unknown tag @0"}));
    EXPECT_EQ(client_reaction("A1 OK x\r\nA1 OK x\r\n"), (lines{"done 1 A1 OK x\r\n", "error unknown tag @0"}));
    EXPECT_EQ(client_reaction("* BYE x\r\n* 1 EXISTS\r\nA2 OK x\r\n"),
              (lines{"response * BYE x\r\n", "response * 1 EXISTS\r\n", "done 2 A2 OK x\r\n"}));
    EXPECT_EQ(answers_to("a LOGOUT\r\nb NOOP\r\nc {5+}\r\nhello\r\n"), "* BYE logging out\r\na OK done\r\n");
}

// A set is ranges and stays text: what it names is counted by nobody who does not ask.
TEST(imap_attacks, B6_a_set_of_all_there_is) {
    server_box box;
    EXPECT_EQ(box.session.greet({condition::preauth, {}, "hi"}), misuse::none);
    EXPECT_EQ(feed(box.session, "s SELECT x\r\n").size(), 1U);
    const std::string_view octets = "a FETCH 1:4294967295,1:4294967295,4294967295:1,*:1 FLAGS\r\n";
    test::no_allocation_here guard("a set of 2^34 numbers");
    (void)test::receive(box.session, octets, octets.size());
    const auto event = box.session.next();
    EXPECT_EQ(event.kind, server_event_kind::command);
    EXPECT_TRUE(on(event.command, [](const fetch& f) {
        std::size_t ranges = 0;
        for ([[maybe_unused]] const seq_range range : f.messages)
            ++ranges;
        EXPECT_EQ(ranges, 4U);
    }));
}

TEST(imap_attacks, B5_numbers_of_messages) {
    for (const std::string_view set :
         {"0", "01", "-1", "+1", "1:0", "0:*", "4294967296", "1,,2", "1,", ":1", "1:", "1 2"}) {
        EXPECT_EQ(answers_to("s SELECT x\r\na FETCH " + std::string(set) + " FLAGS\r\nb NOOP\r\n")
                      .starts_with("s OK done\r\na BAD "),
                  true)
            << set;
    }
    EXPECT_EQ(answers_to("s SELECT x\r\na FETCH *:*,4:2 FLAGS\r\n"), "s OK done\r\na OK done\r\n");
}

} // namespace
} // namespace mailwire::imap
