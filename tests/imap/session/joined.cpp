// SPDX-License-Identifier: BSL-1.0
// Client and server sessions joined by a pipe, driven by programs that a seed makes up: whatever they say arrives, in
// any pieces, and neither ever waits for the other for good.
#include "mailwire/imap.hpp"

#include "imap/session/actors.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>

namespace mailwire::imap {
namespace {

using test::lines;

struct totals {
    std::size_t commands = 0;
    std::size_t refused = 0;
    std::size_t events = 0;
    std::size_t messages = 0;
    std::size_t finished = 0;
};

// MAILWIRE_SCRIPTS says how many scripts to run; under a sanitizer fewer will do.
std::size_t scripts() {
    if (const char* number = std::getenv("MAILWIRE_SCRIPTS")) return std::strtoul(number, nullptr, 10);
    return test::malloc_is_counted() ? 10000 : 500;
}

void expect_start_of(const lines& all, const lines& start, std::uint64_t seed) {
    ASSERT_LE(start.size(), all.size()) << "seed " << seed;
    for (std::size_t i = 0; i != start.size(); ++i)
        ASSERT_EQ(start[i], all[i]) << "seed " << seed << ", line " << i;
}

// One conversation, from greeting to LOGOUT or an early BYE.
void run_script(std::uint64_t seed, totals& sum) {
    constexpr std::array<std::size_t, 5> pieces{1, 3, 50, 700, 5000};
    test::generator random(seed);
    test::client_box left({.out = random.one_in(2) ? 800U : 4096U, .commands = 4}, {.inline_literal = 128});
    test::server_box right({.in = 3000, .out = random.one_in(2) ? 2000U : 8192U});
    test::asking_actor client(left.session, random.next(), random.below(20) + 2);
    test::answering_actor server(right.session, random.next());
    test::pipe wire(left.session, right.session, random, pieces[random.below(5)]);

    for (;;) {
        const bool moved = wire.move();
        const bool asked = client.act();
        const bool answered = server.act();
        if (!moved && !asked && !answered) break;
    }
    const bool early = right.session.state() == server_state::logged_out && !client.done();
    ASSERT_TRUE(client.done() || early) << "seed " << seed << ": they wait for each other";
    ASSERT_EQ(server.errors, 0U) << "seed " << seed;

    expect_start_of(client.asked, server.asked, seed);
    ASSERT_EQ(client.heard, server.said) << "seed " << seed;
    ASSERT_EQ(client.bodies, server.bodies) << "seed " << seed;
    ASSERT_TRUE(early || client.asked.size() == server.asked.size()) << "seed " << seed;
    for (std::size_t i = 0; i + (early ? 1 : 0) < server.messages.size(); ++i) {
        ASSERT_TRUE(server.messages[i] == "refused" || server.messages[i] == client.messages[i]) << "seed " << seed;
    }
    left.session.closed();
    right.session.closed();
    ASSERT_EQ(left.session.next().kind, client_event_kind::closed);
    ASSERT_EQ(right.session.next().kind, server_event_kind::closed);

    sum.commands += client.asked.size();
    sum.refused += client.refused;
    sum.events += client.heard.size();
    sum.messages += server.messages.size();
    sum.finished += early ? 0 : 1;
}

TEST(imap_joined, promise_7_random_scripts_agree_and_come_to_an_end) {
    totals sum;
    const std::size_t n = scripts();
    for (std::uint64_t seed = 0; seed != n; ++seed) {
        run_script(seed, sum);
        if (HasFatalFailure()) return;
    }
    std::cout << n << " scripts, " << sum.finished << " to LOGOUT: " << sum.commands << " commands, " << sum.refused
              << " refused by the client session, " << sum.messages << " messages appended, " << sum.events
              << " events\n";
    EXPECT_GT(sum.finished, n / 2);
    EXPECT_GT(sum.commands, n * 3);
    EXPECT_GT(sum.refused, n);
}

} // namespace
} // namespace mailwire::imap
