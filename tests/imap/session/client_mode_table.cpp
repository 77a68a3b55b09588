// SPDX-License-Identifier: BSL-1.0
// The table of modes, and a session that is driven through every cell of it that octets or calls can reach.
#include "mailwire/imap/session/client_mode_table.hpp"

#include "imap/session/client_talk.hpp"
#include "mailwire/imap/session/client_table_names.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using mode = client_mode;
using input = client_mode_input;
using action = client_mode_action;

template <typename Enum> constexpr Enum nth(std::size_t n) { return static_cast<Enum>(n); }

static_assert(static_cast<std::size_t>(mode::compression) + 1 == client_modes);
static_assert(static_cast<std::size_t>(input::other) + 1 == client_mode_inputs);

constexpr mode after(mode m, input i) { return next_mode(m, action_of(m, i)); }

// RFC 9051 6.2.1, 6.2.2, 6.3.13, RFC 4978 3: each way out of lines, and back.
static_assert([] {
    return after(mode::lines, input::send_authenticate) == mode::exchange &&
           after(mode::exchange, input::continuation) == mode::challenged &&
           after(mode::challenged, input::send_response) == mode::exchange &&
           after(mode::exchange, input::agreed) == mode::lines && after(mode::exchange, input::refused) == mode::lines;
}());
static_assert([] {
    return after(mode::lines, input::send_idle) == mode::asking_idle &&
           after(mode::asking_idle, input::continuation) == mode::idling &&
           after(mode::idling, input::send_done) == mode::ending_idle &&
           after(mode::ending_idle, input::agreed) == mode::lines &&
           after(mode::asking_idle, input::refused) == mode::lines;
}());
static_assert([] {
    return after(mode::lines, input::send_starttls) == mode::asking_tls &&
           after(mode::asking_tls, input::agreed) == mode::tls && after(mode::tls, input::tls_started) == mode::lines &&
           after(mode::asking_tls, input::refused) == mode::lines &&
           after(mode::lines, input::send_compress) == mode::asking_compression &&
           after(mode::asking_compression, input::agreed) == mode::compression &&
           after(mode::compression, input::compression_started) == mode::lines &&
           after(mode::asking_compression, input::refused) == mode::lines;
}());

TEST(imap_client_mode_table, refusals_change_nothing) {
    for (const auto a : {action::refuse, action::wait, action::put, action::take, action::stray, action::never}) {
        for (std::size_t m = 0; m != client_modes; ++m)
            EXPECT_EQ(next_mode(nth<mode>(m), a), nth<mode>(m));
    }
}

bool logs_in_first(mode m) {
    return m == mode::asking_idle || m == mode::idling || m == mode::ending_idle || m == mode::asking_compression ||
           m == mode::compression;
}

// A client in a mode. What has taken the connection over is A1.
struct driven : client_talk {
    driven(mode to, bool logged_in) {
        (void)hear((logged_in ? std::string("* PREAUTH") : std::string("* OK")) +
                   " [CAPABILITY IMAP4rev2 STARTTLS COMPRESS=DEFLATE] hi\r\n");
        if (to == mode::exchange || to == mode::challenged) (void)say(imap::authenticate{"X", {}});
        if (to == mode::challenged) (void)hear("+ \r\n");
        if (to == mode::asking_idle || to == mode::idling || to == mode::ending_idle) (void)say(idle{});
        if (to == mode::idling || to == mode::ending_idle) (void)hear("+ idling\r\n");
        if (to == mode::ending_idle) (void)end_idle();
        if (to == mode::asking_tls || to == mode::tls) (void)say(starttls{});
        if (to == mode::tls) (void)hear("A1 OK go\r\n");
        if (to == mode::asking_compression || to == mode::compression) (void)say(compress{});
        if (to == mode::compression) (void)hear("A1 OK go\r\n");
        EXPECT_EQ(session.mode(), to);
    }

    misuse call(input i) {
        switch (i) {
        case input::send_command:
            return session.send(noop{}).fault;
        case input::send_authenticate:
            return session.send(imap::authenticate{"X", {}}).fault;
        case input::send_response:
            return session.respond("x");
        case input::send_idle:
            return session.send(idle{}).fault;
        case input::send_done:
            return session.end_idle();
        case input::send_starttls:
            return session.send(starttls{}).fault;
        case input::send_compress:
            return session.send(compress{}).fault;
        case input::tls_started:
            return session.tls_started();
        default:
            return session.compression_started();
        }
    }
};

// Whether the state has the command that a mode's cell is about; else it is refused before the mode is asked.
bool state_allows(mode m, input i) {
    const bool inside = logs_in_first(m);
    if (i == input::send_authenticate || i == input::send_starttls)
        return !inside && m != mode::exchange && m != mode::challenged;
    if (i == input::send_idle || i == input::send_compress)
        return inside || m == mode::exchange || m == mode::challenged;
    return true;
}

void drive_call(mode m, input i) {
    SCOPED_TRACE(std::string(name_of(m)) + ", " + std::string(name_of(i)));
    const bool inside = logs_in_first(m) || (m == mode::lines && (i == input::send_idle || i == input::send_compress));
    driven d(m, inside);
    const action a = action_of(m, i);
    misuse expected = a == action::refuse ? misuse::wrong_state : a == action::wait ? misuse::busy : misuse::none;
    if (m != mode::lines && !state_allows(m, i)) expected = misuse::wrong_state;
    EXPECT_EQ(d.call(i), expected);
    EXPECT_EQ(d.session.mode(), next_mode(m, a));
    EXPECT_TRUE(expected == misuse::none || d.said().empty());
}

TEST(imap_client_mode_table, FR_7_FR_29_PI_7_G1_every_call_in_every_mode) {
    for (std::size_t m = 0; m != client_modes; ++m) {
        for (std::size_t i = 0; i <= static_cast<std::size_t>(input::compression_started); ++i)
            drive_call(nth<mode>(m), nth<input>(i));
    }
}

void drive_line(mode m, input i) {
    SCOPED_TRACE(std::string(name_of(m)) + ", " + std::string(name_of(i)));
    const action a = action_of(m, i);
    driven d(m, logs_in_first(m));
    const std::string_view line = i == input::continuation ? "+ \r\n"
                                  : i == input::agreed     ? "A1 OK x\r\n"
                                  : i == input::refused    ? "A1 NO x\r\n"
                                                           : "* OK x\r\n";
    const lines told = d.hear(line);
    if (a == action::stray) {
        EXPECT_EQ(told, lines{"error unexpected continuation @0"});
        EXPECT_EQ(d.session.state(), client_state::failed);
        return;
    }
    EXPECT_EQ(d.session.mode(), next_mode(m, a));
    ASSERT_EQ(told.size(), 1U);
    const std::string_view first = a == action::prompt              ? "challenge"
                                   : a == action::let_idle          ? "idling 1"
                                   : a == action::agree_tls         ? "start tls 1"
                                   : a == action::agree_compression ? "start compression 1"
                                   : a == action::finish            ? "done 1 A1"
                                                                    : "response * OK";
    EXPECT_TRUE(told[0].starts_with(first)) << told[0];
}

TEST(imap_client_mode_table, A12_G2_every_line_in_every_mode) {
    std::size_t cells = 0;
    for (std::size_t m = 0; m != client_modes; ++m) {
        for (const input i : {input::continuation, input::agreed, input::refused, input::other}) {
            if (action_of(nth<mode>(m), i) == action::never) continue;
            drive_line(nth<mode>(m), i);
            ++cells;
        }
    }
    EXPECT_EQ(cells, 26U);
}

// The "+" that a literal waits for: in lines alone can one wait.
TEST(imap_client_mode_table, FR_4_the_go_ahead) {
    test::talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(action_of(mode::lines, input::go_ahead), action::go_on);
        EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
        EXPECT_EQ(t.hear("+ go\r\n"), lines{});
        EXPECT_EQ(t.said(), "\xe4\r\n");
        EXPECT_EQ(t.session.mode(), mode::lines);
    });
}

// No DONE is owed to an IDLE that was answered before it began.
TEST(imap_client_mode_table, FR_29_an_end_to_IDLE_before_it_has_begun) {
    test::talk_twice([](client_talk& t) {
        t.log_in();
        EXPECT_EQ(t.say(idle{}), "A1 IDLE\r\n");
        EXPECT_EQ(t.hear("A1 OK done already\r\n"), lines{"done 1 A1 OK done already"});
        EXPECT_EQ(t.end_idle(), "<wrong state>");
        EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
    });
}

} // namespace
} // namespace mailwire::imap
