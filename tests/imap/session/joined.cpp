// SPDX-License-Identifier: BSL-1.0
// Client and server sessions joined by a connection, driven by programs that a seed makes up: whatever they say arrives,
// in any pieces, neither ever waits for the other for good, and both know the same in the end.
#include "mailwire/imap.hpp"
#include "mailwire/imap/session/client_table_names.hpp"
#include "mailwire/imap/session/server_table_names.hpp"

#include "imap/session/joined_connection.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace mailwire::imap {
namespace {

using test::connection;

struct totals {
    std::size_t asked = 0;
    std::size_t refused = 0;
    std::size_t denied = 0;
    std::size_t events = 0;
    std::size_t messages = 0;
    std::size_t responses = 0;
    std::size_t tls = 0;
    std::size_t compressed = 0;
    std::size_t finished = 0;
};

// MAILWIRE_SCRIPTS says how many scripts to run, MAILWIRE_FIRST_SCRIPT from which seed on; under a sanitizer fewer will do.
std::size_t number_from(const char* variable, std::size_t otherwise) {
    const char* number = std::getenv(variable);
    return number != nullptr ? std::strtoul(number, nullptr, 10) : otherwise;
}
std::size_t scripts() { return number_from("MAILWIRE_SCRIPTS", test::malloc_is_counted() ? 4000 : 150); }

server_state seen_from_the_server(client_state state) {
    switch (state) {
    case client_state::greeting:
        return server_state::greeting;
    case client_state::not_authenticated:
        return server_state::not_authenticated;
    case client_state::authenticated:
        return server_state::authenticated;
    case client_state::selected:
        return server_state::selected;
    case client_state::logged_out:
        return server_state::logged_out;
    case client_state::closed:
        return server_state::closed;
    case client_state::failed:
        break;
    }
    return server_state::failed;
}

void expect_agreement(connection& c) {
    const client& left = c.client();
    const server& right = c.server();
    if (left.state() == client_state::greeting) return;
    ASSERT_EQ(seen_from_the_server(left.state()), right.state());
    ASSERT_EQ(left.secure(), right.secure());
    if (left.state() == client_state::logged_out) return;
    ASSERT_EQ(left.modes(), right.modes());
    ASSERT_EQ(left.capabilities().known(), right.announced().known());
    ASSERT_EQ(left.capabilities().literals(), right.announced().literals());
    if (left.state() == client_state::selected) {
        ASSERT_EQ(left.mailbox().exists(), c.answering.exists);
    }
}

std::string where(connection& c) {
    std::string text = std::string(name_of(c.client().state())) + ", " + std::string(name_of(c.client().mode())) + "; ";
    text += std::string(name_of(c.server().state())) + ", " + std::string(name_of(c.server().mode())) + "\n";
    for (const auto& [number, wire] : c.asking.asked)
        text += std::to_string(number) + wire;
    for (const std::string& line : c.asking.heard)
        text += line + "\n";
    return text;
}

// What one of them has asked, and what the other one was asked.
void expect_same_questions(connection& c) {
    const auto& asked = c.asking.asked;
    for (const auto& [number, wire] : c.answering.asked) {
        const auto found = asked.find(number);
        ASSERT_NE(found, asked.end()) << number;
        if (!wire.ends_with("?")) {
            ASSERT_EQ(found->second, wire);
        }
    }
    for (const auto& [number, message] : c.answering.messages) {
        const std::string_view whole = c.asking.messages.at(number);
        ASSERT_TRUE(whole == message || (whole.starts_with(message) && number == asked.rbegin()->first)) << number;
    }
}

// One conversation, from greeting to LOGOUT or an early BYE.
void run_script(std::uint64_t seed, totals& sum) {
    connection c(seed);
    while (c.go_on() && c.asking.faults == 0) {
        if (!c.rests()) continue;
        ASSERT_NO_FATAL_FAILURE(expect_agreement(c));
    }
    ASSERT_EQ(c.asking.faults, 0U) << where(c);
    ASSERT_EQ(c.answering.faults, 0U) << where(c);
    ASSERT_TRUE(c.asking.done()) << "they wait for each other: " << where(c);
    ASSERT_NO_FATAL_FAILURE(expect_agreement(c));
    ASSERT_NO_FATAL_FAILURE(expect_same_questions(c));
    ASSERT_EQ(c.asking.heard, c.answering.said);
    ASSERT_EQ(c.asking.bodies, c.answering.bodies);
    const bool early = c.asking.answers.size() > c.answering.answers.size(); // BYE has crossed an answer
    ASSERT_TRUE(early || c.asking.answers == c.answering.answers);
    c.client().closed();
    c.server().closed();
    ASSERT_EQ(c.client().next().kind, client_event_kind::closed);
    ASSERT_EQ(c.server().next().kind, server_event_kind::closed);

    sum.asked += c.asking.asked.size();
    sum.refused += c.asking.refused;
    sum.denied += c.answering.denied;
    sum.events += c.asking.heard.size();
    sum.messages += c.answering.messages.size();
    sum.responses += c.asking.answers.size();
    sum.tls += c.client().secure() ? 1 : 0;
    sum.compressed += c.asking.compressed ? 1 : 0;
    sum.finished += c.asking.heard.back().starts_with("done") ? 1 : 0;
}

TEST(imap_joined, promise_7_random_scripts_agree_and_come_to_an_end) {
    totals sum;
    const std::size_t n = scripts();
    const std::size_t first = number_from("MAILWIRE_FIRST_SCRIPT", 0);
    for (std::uint64_t seed = first; seed != first + n; ++seed) {
        run_script(seed, sum);
        if (HasFatalFailure()) FAIL() << "seed " << seed;
    }
    std::cout << n << " scripts, " << sum.finished << " to LOGOUT, " << sum.tls << " under TLS, " << sum.compressed
              << " compressed: " << sum.asked << " commands, " << sum.refused << " refused by the client session, "
              << sum.denied << " denied by the server session, " << sum.responses << " answers to challenges, "
              << sum.messages << " messages appended, " << sum.events << " events\n";
    EXPECT_GT(sum.finished, n / 3);
    EXPECT_GT(sum.asked, n * 3);
    EXPECT_GT(sum.refused, n);
    EXPECT_GT(sum.responses, n / 2);
    EXPECT_GT(sum.tls, n / 10);
    EXPECT_GT(sum.compressed, n / 50);
}

} // namespace
} // namespace mailwire::imap
