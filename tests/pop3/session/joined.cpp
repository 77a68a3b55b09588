// SPDX-License-Identifier: BSL-1.0
// Client and server sessions joined by a pipe, driven by programs that a seed makes up: whatever they say arrives, in
// any pieces and after any delay, and neither ever waits for the other for good. PS-6, PF-5, PF-8.

#include <mailwire/pop3.hpp>

#include "pop3/session/answering_actor.hpp"
#include "pop3/session/asking_actor.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

namespace mailwire::pop3::test {
namespace {

struct totals {
    std::size_t commands = 0;
    std::size_t refused = 0;
    std::size_t denied = 0;
    std::size_t logins = 0;
    std::size_t exchanges = 0;
    std::size_t handshakes = 0;
    std::size_t finished = 0;
};

// MAILWIRE_SCRIPTS says how many scripts to run; under a sanitizer fewer will do.
std::size_t scripts() {
    if (const char* number = std::getenv("MAILWIRE_SCRIPTS")) return std::strtoul(number, nullptr, 10);
    return mailwire::test::malloc_is_counted() ? 10000 : 500;
}

// Two sessions with storage of random sizes and random options.
class conversation {
public:
    explicit conversation(std::uint64_t seed)
        : seed_(seed), random_(seed), client_in_(one_of({160, 512, 2048}), '\0'), client_out_(one_of({255, 600}), '\0'),
          in_flight_(one_of({1, 3, 16})), server_in_(one_of({255, 600}), '\0'),
          server_out_(one_of({128, 512, 4096}), '\0'),
          left_({client_in_, client_out_, in_flight_},
                {.apop = true, .tls = policy(), .quirks = quirks::auth_without_mechanism}),
          right_({server_in_, server_out_},
                 {.tls = policy(), .utf8_user = true, .quirks = quirks::auth_without_mechanism}),
          client_(left_, random_.next(), random_.below(20) + 2), server_(right_, random_.next()),
          wire_(left_, right_, random_, one_of({1, 3, 50, 700, 5000})) {}

    void run() {
        std::size_t idle = 0;
        for (std::size_t rounds = 0; !client_.over || !server_.over; ++rounds) {
            ASSERT_LT(rounds, 1'000'000U) << "seed " << seed_;
            ASSERT_LT(idle, 200U) << "seed " << seed_ << ": they wait for each other";
            idle = go_on() ? 0 : idle + 1;
        }
    }

    void compare(totals& sum) const {
        const bool whole = right_.state() == server_state::ended && !client_.vanished && answered_quit();
        if (!client_.vanished) {
            ASSERT_EQ(client_.errors, std::vector<std::string>()) << "seed " << seed_;
            ASSERT_EQ(server_.errors, std::vector<std::string>()) << "seed " << seed_;
        }
        const std::vector<exchange> heard = handed_on(client_.exchanges);
        const std::vector<exchange>& said = server_.exchanges;
        ASSERT_TRUE(whole ? said.size() == heard.size() : said.size() <= heard.size()) << "seed " << seed_;
        // A client that has gone does not know what has become of its last commands; some may have been denied.
        const std::size_t heard_of = client_.vanished ? std::min(said.size(), unanswered()) : said.size();
        for (std::size_t i = 0; i != heard_of; ++i) {
            ASSERT_EQ(said[i].asked, heard[i].asked) << "seed " << seed_ << ", command " << i;
            ASSERT_EQ(said[i].said, heard[i].said) << "seed " << seed_ << ", command " << i;
        }
        count(sum, said.size(), whole);
    }

private:
    std::size_t one_of(std::initializer_list<std::size_t> sizes) {
        return *(sizes.begin() + random_.below(sizes.size()));
    }
    tls_policy policy() { return random_.one_in(5) ? tls_policy::required : tls_policy::optional; }

    bool go_on() {
        const bool moved = !random_.one_in(4) && !client_.vanished && wire_.move();
        const bool asked = !random_.one_in(4) && client_.act();
        const bool answered = !random_.one_in(4) && server_.act();
        const bool shook_hands = shake_hands();
        const bool closed = close();
        return shook_hands || closed || moved || asked || answered;
    }

    // What TLS would do: all that was said before it has arrived.
    bool shake_hands() {
        if (!client_.tls_due || !server_.tls_due) return false;
        server_.tls_started();
        client_.tls_started();
        ++handshakes_;
        return true;
    }

    // A server that has ended closes, and a client that has gone takes nothing more.
    bool close() {
        if (right_.state() == server_state::ended && right_.output().empty()) left_.closed();
        if (!client_.vanished) return false;
        if (!client_.over) {
            left_.closed();
            right_.closed();
            return client_.act();
        }
        const std::size_t octets = right_.output().size();
        right_.sent(octets);
        return octets != 0;
    }

    bool answered_quit() const { return !server_.exchanges.empty() && server_.exchanges.back().asked == "QUIT"; }
    // The first command that a client which has gone has not heard all of.
    std::size_t unanswered() const { return handed_on(client_.exchanges).size() - left_.in_flight(); }

    void count(totals& sum, std::size_t handed, bool whole) const {
        sum.commands += client_.exchanges.size();
        sum.refused += client_.refused;
        sum.denied += handed_on(client_.exchanges).size() < client_.exchanges.size();
        sum.exchanges += handed;
        sum.handshakes += handshakes_;
        sum.finished += whole;
        for (const exchange& e : server_.exchanges)
            sum.logins += e.asked == "STAT" || e.asked == "NOOP";
    }

    std::uint64_t seed_;
    mailwire::test::generator random_;
    std::string client_in_;
    std::string client_out_;
    std::vector<pending_command> in_flight_;
    std::string server_in_;
    std::string server_out_;
    pop3::client left_;
    pop3::server right_;
    asking_actor client_;
    answering_actor server_;
    mailwire::test::pipe<pop3::client, pop3::server> wire_;
    std::size_t handshakes_ = 0;
};

TEST(pop3_joined, promise_7_random_scripts_agree_and_come_to_an_end) {
    totals sum;
    const std::size_t n = scripts();
    for (std::uint64_t seed = 0; seed != n; ++seed) {
        conversation talk(seed);
        talk.run();
        if (HasFatalFailure()) return;
        talk.compare(sum);
        if (HasFatalFailure()) return;
    }
    std::cout << n << " scripts, " << sum.finished << " to QUIT: " << sum.commands << " commands, " << sum.exchanges
              << " handed on, " << sum.refused << " refused by the client session, " << sum.denied
              << " scripts with denials of the server session, " << sum.handshakes << " handshakes, " << sum.logins
              << " STAT and NOOP\n";
    EXPECT_GT(sum.finished, n / 2);
    EXPECT_GT(sum.commands, n * 3);
    EXPECT_GT(sum.refused, n);
    EXPECT_GT(sum.denied, n / 50);
    EXPECT_GT(sum.handshakes, n / 20);
    EXPECT_GT(sum.logins, n / 10);
}

} // namespace
} // namespace mailwire::pop3::test
