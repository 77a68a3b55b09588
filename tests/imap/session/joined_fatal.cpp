// SPDX-License-Identifier: BSL-1.0
// Sessions that were in the middle of something when their peer broke the protocol: whatever is called then, the error
// stays what it is, and nothing more goes out.
#include "mailwire/imap.hpp"

#include "imap/session/joined_connection.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace mailwire::imap {
namespace {

using test::connection;
using test::generator;

constexpr int calls = 1000;

// One in ten of the scripts that joined.cpp runs.
std::size_t scripts() {
    if (const char* number = std::getenv("MAILWIRE_SCRIPTS")) return std::strtoul(number, nullptr, 10) / 10;
    return test::malloc_is_counted() ? 1000 : 100;
}

template <typename Session> void receive(Session& session, std::string_view octets) {
    while (!octets.empty()) {
        const std::size_t n = test::receive(session, octets, octets.size());
        if (n == 0) return;
        octets.remove_prefix(n);
    }
}

// Calls that say what is wrong with them.
misuse call(client& c, generator& random) {
    static const test::dance_client<true> mechanism(1, 9);
    test::dance_client<true> m = mechanism;
    switch (random.below(12)) {
    case 0:
        return c.send(noop{}).fault;
    case 1:
        return c.send(login{"ada", "secret"}).fault;
    case 2:
        return c.send(append{.mailbox = "a", .message = text::streamed(random.below(9))}).fault;
    case 3:
        return c.send(fetch{.messages = 1U, .macro = fetch_macro::full}).fault;
    case 4:
        return c.send(logout{}).fault;
    case 5:
        return c.authenticate(m).fault;
    case 6:
        return c.answer(m);
    case 7:
        return random.one_in(2) ? c.respond("x") : c.cancel();
    case 8:
        return c.end_idle();
    case 9:
        return c.tls_started();
    case 10:
        return c.compression_started();
    default:
        return c.literal("x");
    }
}
misuse call(server& s, generator& random) {
    test::dance_server<true> mechanism(1, 9, true);
    switch (random.below(11)) {
    case 0:
        return s.greet({condition::ok, {}, "hi"});
    case 1:
        return s.send(exists{1});
    case 2:
        return s.send({condition::bye, {}, "bye"});
    case 3:
        return s.literal("x");
    case 4:
        return s.accept_literal();
    case 5:
        return s.step(mechanism).fault == sasl::fault::none ? misuse::none : misuse::wrong_state;
    case 6:
        return s.challenge("x");
    case 7:
        return s.begin_idle();
    case 8:
        return s.finish({random.one_in(2) ? condition::ok : condition::bad, {}, "x"});
    case 9:
        return s.tls_started();
    default:
        return s.compression_started();
    }
}

template <typename Session>
void expect_nothing_but(const error& fault, Session& session, generator& random, instant now) {
    std::string out(session.output());
    for (int i = 0; i != calls; ++i) {
        switch (random.below(6)) {
        case 0:
            receive(session, test::body_octets(random.next(), random.below(40)));
            break;
        case 1:
            session.at(now + random.below(1000) * 1000);
            break;
        case 2:
            out.erase(0, random.one_in(4) ? 1 : 0);
            session.sent(session.output().size() - out.size());
            break;
        case 3:
            if (random.one_in(20)) session.closed();
            break;
        default:
            ASSERT_NE(call(session, random), misuse::none);
        }
        const auto e = session.next();
        ASSERT_EQ(e.kind, decltype(e.kind)::error);
        ASSERT_EQ(e.error, fault);
        ASSERT_EQ(session.output(), out);
        ASSERT_EQ(session.deadline(), never);
    }
}

// Breaks the protocol towards a session that waits for its peer; the error that comes of it.
error provoke(client& c, generator& random, instant now) {
    static constexpr std::string_view octets[] = {"A999999 OK none of yours\r\n", "+ go ahead\r\n",
                                                  "* PREAUTH again\r\n", "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
                                                  "* 1 EXIS"};
    const std::size_t which = random.below(6);
    if (which == 5) {
        if (!c.send(noop{})) return {};
        c.at(now);
        c.at(now + 301'000);
    } else {
        receive(c, octets[which]);
        if (which == 4) c.closed();
    }
    return c.next().error;
}
error provoke(server& s, generator& random, instant now) {
    static constexpr std::string_view octets[] = {"A1 NOOP {99999999999999999999}\r\n",
                                                  "A1 APPEND a {99999999999999999999+}\r\n", "A1 NOO"};
    const std::size_t which = random.below(4);
    if (which == 3) {
        s.at(now);
        s.at(now + 3'601'000);
    } else {
        receive(s, octets[which]);
        if (which == 2) s.closed();
    }
    return s.next().error;
}

TEST(imap_joined, ST_44_a_fatal_error_in_the_middle_of_anything_stays) {
    std::size_t failed = 0;
    const std::size_t n = scripts();
    for (std::uint64_t seed = 0; seed != n; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        connection c(seed);
        generator random(~seed);
        for (std::size_t steps = random.below(400) + 20; c.go_on() && (steps == 0 || !c.rests());)
            steps -= steps == 0 ? 0 : 1;
        const client_state state = c.client().state();
        if (!c.rests() || state == client_state::greeting || state == client_state::logged_out) continue;
        const error by_server = provoke(c.client(), random, c.now());
        const error by_client = provoke(c.server(), random, c.now());
        if (by_server) {
            ASSERT_NO_FATAL_FAILURE(expect_nothing_but(by_server, c.client(), random, c.now()));
            ++failed;
        }
        ASSERT_TRUE(by_client);
        ASSERT_NO_FATAL_FAILURE(expect_nothing_but(by_client, c.server(), random, c.now()));
    }
    EXPECT_GT(failed, n / 3);
}

} // namespace
} // namespace mailwire::imap
