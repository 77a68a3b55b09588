// SPDX-License-Identifier: BSL-1.0
// When the peer has broken the protocol for good, nothing that is called afterwards changes that.
#include "mailwire/imap.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_box;
using test::feed;
using test::flush;
using test::server_box;

// Calls a session in any way a program can, but for greeting and the end.
void call_at_random(client& c, test::generator& random) {
    switch (random.below(7)) {
    case 0:
        (void)test::receive(c, "A1 OK x\r\n* 1 EXISTS\r\n+ go\r\n", random.below(30));
        break;
    case 1:
        EXPECT_EQ(c.send(noop{}).fault, misuse::wrong_state);
        break;
    case 2:
        EXPECT_EQ(c.send(append{.mailbox = "x", .message = text::streamed(9)}).fault, misuse::wrong_state);
        break;
    case 3:
        EXPECT_EQ(c.literal("x"), misuse::wrong_state);
        break;
    case 4:
        c.sent(random.below(9));
        break;
    case 5:
        c.closed();
        break;
    default:
        (void)c.prepare();
    }
}
void call_at_random(server& s, test::generator& random) {
    switch (random.below(7)) {
    case 0:
        (void)test::receive(s, "a NOOP\r\nb X\r\nc APPEND x {3+}\r\n", random.below(30));
        break;
    case 1:
        EXPECT_EQ(s.send(exists{1}), misuse::wrong_state);
        EXPECT_EQ(s.greet({condition::ok, {}, "x"}), misuse::wrong_state);
        break;
    case 2:
        EXPECT_EQ(s.finish({condition::ok, {}, "x"}), misuse::wrong_state);
        EXPECT_EQ(s.accept_literal(), misuse::wrong_state);
        break;
    case 3:
        EXPECT_EQ(s.literal("x"), misuse::wrong_state);
        break;
    case 4:
        s.sent(random.below(9));
        break;
    case 5:
        s.closed();
        break;
    default:
        (void)s.prepare();
    }
}

template <typename Session> void expect_sticky(Session& session, const error& fault) {
    test::generator random(fault.offset + 7);
    for (int i = 0; i != 1000; ++i) {
        call_at_random(session, random);
        const auto event = session.next();
        ASSERT_EQ(event.kind, decltype(event.kind)::error);
        ASSERT_EQ(event.error, fault);
    }
    (void)flush(session);
    EXPECT_TRUE(session.output().empty());
}

TEST(imap_fatal, G2_a_fatal_error_of_the_server_stays) {
    struct row {
        std::string_view octets;
        error fault;
    };
    for (const row& r :
         {row{"+ go\r\n", {errc::unexpected_continuation, 0, 0, 0}}, row{"Z OK\r\n", {errc::unknown_tag, 0, 0, 0}},
          row{"* PREAUTH x\r\n", {errc::unexpected_response, 0, 0, 0}},
          row{"* X {9223372036854775808}\r\n", {errc::number_too_big, 4, 0, 9223372036854775807U}}}) {
        client_box box;
        test::greet(box.session, 1);
        const auto log = feed(box.session, r.octets);
        ASSERT_EQ(log.size(), 1U) << r.octets;
        expect_sticky(box.session, r.fault);
    }
    client_box cut;
    test::greet(cut.session, 1);
    (void)feed(cut.session, "* 1 FETCH (BODY[] {5000}\r\nabc");
    cut.session.closed();
    (void)cut.session.next();
    expect_sticky(cut.session, {errc::truncated, 26, 0, 0});
    client_box stranger;
    (void)feed(stranger.session, "220 smtp.example\r\n");
    expect_sticky(stranger.session, {errc::unexpected_greeting, 0, 0, 0});
}

TEST(imap_fatal, G2_a_fatal_error_of_the_client_stays) {
    server_box box;
    (void)box.session.greet({condition::preauth, {}, "hi"});
    (void)feed(box.session, "a NOOP {99999999999999999999}\r\n");
    expect_sticky(box.session, {errc::number_too_big, 7, 0, 9223372036854775807U});
    server_box cut;
    (void)cut.session.greet({condition::preauth, {}, "hi"});
    (void)feed(cut.session, "a NOO");
    cut.session.closed();
    (void)cut.session.next();
    expect_sticky(cut.session, {errc::truncated, 5, 0, 0});
}

} // namespace
} // namespace mailwire::imap
