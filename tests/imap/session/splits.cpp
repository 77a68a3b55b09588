// SPDX-License-Identifier: BSL-1.0
// However the network cuts what a peer sends, a session says the same: events, values, errors, offsets and answers.
#include "mailwire/imap.hpp"

#include "imap/session/units.hpp"
#include "support/splits.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using test::lines;

// What a client with some commands in flight makes of octets, up to the end of the connection.
lines client_log(std::span<const std::string_view> pieces) {
    test::client_box box(test::small_sizes, {.limits = test::small_limits, .tls = tls_policy::optional});
    test::greet(box.session, 8);
    lines log;
    for (const std::string_view piece : pieces)
        test::feed(box.session, piece, log);
    if (box.session.state() != client_state::failed) {
        box.session.closed();
        test::drain(box.session, log);
    }
    return log;
}

// What a server makes of octets, and the octets it answers with, up to the end of the connection.
lines server_log(std::span<const std::string_view> pieces) {
    test::server_box box(test::small_sizes, {.limits = test::small_limits});
    (void)box.session.greet({condition::preauth, {}, "hi"});
    lines log;
    std::string sent;
    for (const std::string_view piece : pieces)
        test::feed(box.session, piece, log, sent);
    if (box.session.state() != server_state::failed) {
        box.session.closed();
        test::drain(box.session, log, sent);
    }
    log.push_back(sent);
    return log;
}

template <typename Log> lines whole(Log log, const std::string& octets) {
    const std::string_view one(octets);
    return log(std::span<const std::string_view>(&one, 1));
}

template <typename Log> void expect_same_in_every_split(Log log, const std::string& octets) {
    const lines expected = whole(log, octets);
    test::for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        EXPECT_EQ(log(pieces), expected) << test::describe_split(pieces) << " of " << octets;
    });
}

TEST(imap_splits, FR_1_A10_M1_units_of_a_server) {
    for (const auto& units : {test::good_server_units(), test::bad_server_units()}) {
        for (const std::string& unit : units) {
            expect_same_in_every_split(client_log, unit);
            expect_same_in_every_split(client_log, "* 1 EXISTS\r\n" + unit + "A1 OK done\r\n");
        }
    }
}

TEST(imap_splits, FR_1_A10_M1_units_of_a_client) {
    for (const auto& units : {test::good_client_units(), test::bad_client_units()}) {
        for (const std::string& unit : units) {
            expect_same_in_every_split(server_log, unit);
            expect_same_in_every_split(server_log, "x NOOP\r\n" + unit + "y NOOP\r\n");
        }
    }
}

TEST(imap_splits, A4_A5_A6_A7_A8_A14_lines_that_deceive_a_framer) {
    for (const std::string_view octets :
         {"* OK hello {5}\r\n* 3 EXISTS\r\nA1 OK done\r\n", "A1 NO [ALERT] no mailbox \"x {30}\r\nA2 OK\r\n",
          "* 456 FETCH (BODY[1] \"fake {50}\" BODY[2] {5}\r\nhello)\r\n",
          "* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})\r\n", "* 1 FETCH (BODY[] {0}\r\n)\r\n",
          "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", "A1 NO x\nA2 OK\r\n", "A1 OK x\r\nA2 \r\n",
          "* 1 FETCH (BODY[] ~{3}\r\na\0b)\r\n", "* OK [BADCHARSET ({3}\r\nabc)] hm {9}\r\nA1 OK\r\n",
          "* BYE so long\r\n* 1 EXISTS\r\nA1 OK x\r\n", "A1 OK [CAPABILITY IMAP4rev2] x\r\nZ OK\r\nA2 OK x\r\n"}) {
        expect_same_in_every_split(client_log, std::string(octets));
    }
    for (const std::string_view octets :
         {"a LOGIN {0+}\r\n {0+}\r\n\r\nb NOOP\r\n", "a NOOP\r\nb NOOP\nc NOOP\r\n", "a NOOP\rb NOOP\r\n",
          "a NOOP\n\rb NOOP\r\n",
          "a LOGIN {}\r\nb LOGIN {+}\r\nc LOGIN { 3}\r\nd LOGIN {3 }\r\ne LOGIN {+3}\r\nf LOGIN {3\r\ng NOOP\r\n",
          "a NOOP {9223372036854775808}\r\nb NOOP\r\n", "a LOGOUT\r\nb NOOP\r\n",
          "a SELECT x\r\nb CREATE {3+}\r\nx\ny\r\nc CLOSE\r\n"}) {
        expect_same_in_every_split(server_log, std::string(octets));
    }
}

// A9: the end comes at any octet, and never makes a shorter unit out of a longer one.
template <typename Log> void expect_truncated(Log log, const std::string& unit) {
    for (std::size_t n = 1; n < unit.size(); ++n) {
        const lines whole_part = whole(log, unit.substr(0, n));
        bool truncated = false;
        for (const std::string& line : whole_part) {
            truncated = truncated || line.starts_with("error truncated");
            EXPECT_FALSE(line.starts_with("response") || line.starts_with("command") || line.starts_with("done"))
                << line;
        }
        EXPECT_TRUE(truncated) << unit.substr(0, n);
    }
}

TEST(imap_splits, A9_M2_the_end_inside_a_unit) {
    for (const std::string& unit : test::good_server_units())
        expect_truncated(client_log, unit);
    for (const std::string& unit : test::good_client_units()) {
        if (unit.find("{3}\r\n") == unit.npos) expect_truncated(server_log, unit);
    }
}

// Units of both kinds, cut, doubled and joined as a seed says, in pieces as it says.
template <typename Log>
void expect_same_for_mutants(Log log, const std::vector<std::string>& good, const std::vector<std::string>& bad,
                             std::uint64_t seed) {
    test::generator random(seed);
    std::string octets;
    for (std::size_t n = random.below(5) + 1; n != 0; --n) {
        std::string unit = random.one_in(2) ? good[random.below(good.size())] : bad[random.below(bad.size())];
        if (random.one_in(3)) unit.erase(random.below(unit.size()), random.below(4));
        if (random.one_in(3)) unit.insert(random.below(unit.size() + 1), 1, "\r\n{}+\"\\ ()019"[random.below(13)]);
        if (random.one_in(9) && !unit.empty()) unit[random.below(unit.size())] = static_cast<char>(random.below(256));
        octets += unit;
    }
    const lines expected = whole(log, octets);
    for (std::size_t i = 0; i != 3; ++i) {
        std::vector<std::string_view> pieces;
        for (std::size_t at = 0; at < octets.size();) {
            const std::size_t n = random.below(i == 0 ? 4 : 200) + 1;
            pieces.push_back(std::string_view(octets).substr(at, n));
            at += n;
        }
        ASSERT_EQ(log(pieces), expected) << "seed " << seed;
    }
}

TEST(imap_splits, FR_1_M5_mutants_in_any_pieces) {
    const auto good_responses = test::good_server_units();
    const auto bad_responses = test::bad_server_units();
    const auto good_commands = test::good_client_units();
    const auto bad_commands = test::bad_client_units();
    for (std::uint64_t seed = 0; seed != 4000; ++seed) {
        expect_same_for_mutants(client_log, good_responses, bad_responses, seed);
        expect_same_for_mutants(server_log, good_commands, bad_commands, seed);
        if (HasFatalFailure()) return;
    }
}

} // namespace
} // namespace mailwire::imap
