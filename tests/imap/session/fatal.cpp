// SPDX-License-Identifier: BSL-1.0
// When the peer has broken the protocol for good, nothing that is called afterwards changes that: the same code, the same
// offset, no octet out.
#include "mailwire/imap.hpp"

#include "imap/session/server_talk.hpp"
#include "imap/session/unchanged.hpp"

#include "mailwire/sasl/mechanisms.hpp"

namespace mailwire::imap {
namespace {

using test::client_box;
using test::feed;
using test::flush;
using test::server_box;

void expect_wrong_state(misuse is) { EXPECT_EQ(is, misuse::wrong_state) << name_of(is); }

template <typename Session> void receive_anything(Session& session, test::generator& random) {
    constexpr std::string_view octets =
        "A1 OK x\r\n* 1 EXISTS\r\n+ go\r\na NOOP\r\nb X\r\nc APPEND x {3+}\r\nDONE\r\n*\r\n\n\r";
    const auto room = session.prepare();
    const std::size_t n = std::min(room.size(), random.below(30));
    for (std::size_t i = 0; i != n; ++i)
        room[i] = octets[random.below(octets.size())];
    session.commit(n);
}

void call_at_random(client& c, test::generator& random) {
    sasl::plain_client plain({.user = "u", .password = "p"});
    switch (random.below(15)) {
    case 0:
        return receive_anything(c, random);
    case 1:
        return c.closed();
    case 2:
        return c.at(random.next());
    case 3:
        return c.sent(random.below(9));
    case 4:
        return test::all_commands([&](const auto& command) { expect_wrong_state(c.send(command).fault); });
    case 5:
        return expect_wrong_state(c.send(append{.mailbox = "x", .message = text::streamed(9)}).fault);
    case 6:
        return expect_wrong_state(c.authenticate(plain).fault);
    case 7:
        return expect_wrong_state(c.answer(plain));
    case 8:
        return expect_wrong_state(c.respond("x"));
    case 9:
        return expect_wrong_state(c.cancel());
    case 10:
        return expect_wrong_state(c.end_idle());
    case 11:
        return expect_wrong_state(c.tls_started());
    case 12:
        return expect_wrong_state(c.compression_started());
    case 13:
        return expect_wrong_state(c.literal("x"));
    default:
        (void)c.prepare();
    }
}
void call_at_random(server& s, test::generator& random) {
    test::one_user users;
    std::array<char, 64> lent;
    sasl::plain_server<test::one_user> plain(users, lent);
    switch (random.below(15)) {
    case 0:
        return receive_anything(s, random);
    case 1:
        return s.closed();
    case 2:
        return s.at(random.next());
    case 3:
        return s.sent(random.below(9));
    case 4:
        return expect_wrong_state(s.send(exists{1}));
    case 5:
        return expect_wrong_state(s.greet({condition::ok, {}, "x"}));
    case 6:
        return expect_wrong_state(s.send(status_response{condition::bye, {}, "x"}));
    case 7:
        return expect_wrong_state(s.finish({condition::ok, {}, "x"}));
    case 8:
        return expect_wrong_state(s.accept_literal());
    case 9:
        return expect_wrong_state(test::fault_of(s.step(plain)));
    case 10:
        return expect_wrong_state(s.challenge("x"));
    case 11:
        return expect_wrong_state(s.begin_idle());
    case 12:
        return expect_wrong_state(s.tls_started());
    case 13:
        return expect_wrong_state(s.compression_started());
    default:
        return expect_wrong_state(s.literal("x"));
    }
}

template <typename Session> void expect_sticky(Session& session, const error& fault) {
    ASSERT_EQ(session.next().error, fault) << name_of(session.next().error.code);
    (void)flush(session);
    const auto state = session.state();
    test::generator random(fault.offset + static_cast<std::uint64_t>(fault.code));
    for (int i = 0; i != 1000; ++i) {
        call_at_random(session, random);
        const auto event = session.next();
        ASSERT_EQ(event.kind, decltype(event.kind)::error);
        ASSERT_EQ(event.error, fault);
        ASSERT_EQ(session.output(), "");
        ASSERT_EQ(session.state(), state);
        ASSERT_EQ(session.deadline(), never);
    }
}

constexpr std::uint64_t most = 9223372036854775807U;

TEST(imap_fatal, G2_what_a_server_says_at_the_wrong_time_stays_said) {
    struct row {
        std::string_view greeting;
        std::string_view octets;
        error fault;
    };
    for (const row& r : {row{"", "220 smtp.example\r\n", {errc::unexpected_greeting, 0, 0, 0}},
                         row{"", "* BAD hi\r\n", {errc::unexpected_greeting, 0, 0, 0}},
                         row{"* PREAUTH hi\r\n", "+ go\r\n", {errc::unexpected_continuation, 0, 0, 0}},
                         row{"* PREAUTH hi\r\n", "Z OK\r\n", {errc::unknown_tag, 0, 0, 0}},
                         row{"* PREAUTH hi\r\n", "* PREAUTH x\r\n", {errc::unexpected_response, 0, 0, 0}},
                         row{"* OK hi\r\n", "* X {9223372036854775808}\r\n", {errc::endless_literal, 4, 0, most}}}) {
        client_box box({}, {.tls = tls_policy::optional});
        (void)feed(box.session, r.greeting);
        (void)feed(box.session, r.octets);
        expect_sticky(box.session, r.fault);
    }
    client_box impostor({}, {.tls = tls_policy::required});
    (void)feed(impostor.session, "* PREAUTH hi\r\n");
    expect_sticky(impostor.session, {errc::login_before_tls, 0, 0, 0});
}

TEST(imap_fatal, G2_E2_the_end_the_time_and_the_proof_of_a_server) {
    const client_options open{.tls = tls_policy::optional};
    client_box cut({}, open);
    test::greet(cut.session, 1);
    (void)feed(cut.session, "* 1 FETCH (BODY[] {5000}\r\nabc");
    cut.session.closed();
    (void)cut.session.next();
    expect_sticky(cut.session, {errc::truncated, 26, 0, 0});
    client_box injected({}, open);
    (void)feed(injected.session, "* OK hi\r\n");
    EXPECT_TRUE(injected.session.send(starttls{}));
    (void)flush(injected.session);
    (void)feed(injected.session, "A1 OK x\r\n* 1 EXISTS\r\n");
    expect_sticky(injected.session, {errc::input_before_tls, 0, 0, 0});
    client_box late({}, open);
    late.session.at(0);
    late.session.at(1'000'000'000);
    expect_sticky(late.session, {errc::timed_out, 0, 0, 0});
    client_box unproven({}, open);
    (void)feed(unproven.session, "* OK hi\r\n");
    sasl::login_client login({.user = "u", .password = "p"});
    EXPECT_TRUE(unproven.session.authenticate(login));
    (void)flush(unproven.session);
    (void)feed(unproven.session, "A1 OK x\r\n");
    expect_sticky(unproven.session, {errc::unproven_server, 0, 0, 0});
}

TEST(imap_fatal, G2_E1_E10_what_ends_a_client) {
    using test::talking_server;
    talking_server endless;
    endless.feed("a NOOP {99999999999999999999}\r\n");
    expect_sticky(endless.session, {errc::endless_literal, 7, 0, most});
    talking_server cut;
    cut.feed("a NOO");
    cut.hang_up();
    expect_sticky(cut.session, {errc::truncated, 5, 0, 0});
    talking_server tls({.greeting = condition::ok, .with_layers = false});
    tls.feed("a STARTTLS\r\n");
    tls.feed("b NOOP\r\n");
    expect_sticky(tls.session, {errc::input_before_tls, 0, 0, 0});
    talking_server deflate({.with_layers = false});
    deflate.feed("a COMPRESS DEFLATE\r\n");
    deflate.feed("b NOOP\r\n");
    expect_sticky(deflate.session, {errc::input_before_compression, 0, 0, 0});
}

// A client that is late in every mode, with an answer due and without.
TEST(imap_fatal, G2_TL_24_a_client_that_is_late) {
    for (const std::string_view line : {"", "a NOO", "a LOGIN {3}\r\n", "a AUTHENTICATE X\r\n", "a STARTTLS\r\n"}) {
        for (const bool known : {false, true}) {
            if (known && line.size() > 5) continue;
            test::talking_server server({.greeting = known ? condition::preauth : condition::ok});
            server.session.at(0);
            (void)server.hear(line);
            server.session.at(1'000'000'000);
            expect_sticky(server.session, {errc::timed_out, 0, 0, 0});
        }
    }
}

} // namespace
} // namespace mailwire::imap
