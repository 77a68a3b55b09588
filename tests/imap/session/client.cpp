// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;
using kind = client_event_kind;

// A session may be copied: it points into its buffers, and nothing points into it.
static_assert(std::is_trivially_copyable_v<client>);

TEST(imap_client, H5_is_small) {
    EXPECT_LE(sizeof(client), 1024U);
    client_storage<> shared;
    std::vector<client> idle(10000, client(shared.buffers()));
    for (client& each : idle)
        EXPECT_EQ(each.next().kind, kind::need_input);
    std::cout << "10000 idle client sessions: " << sizeof(client) << " octets each without buffers, "
              << idle.size() * sizeof(client) / 1024 << " KiB in all\n";
}

TEST(imap_client, what_a_program_may_ask) {
    talk_twice([](client_talk& t) {
        const client& session = t.session;
        EXPECT_EQ(session.state(), client_state::greeting);
        EXPECT_EQ(session.mode(), client_mode::lines);
        EXPECT_FALSE(session.capabilities().known());
        t.log_in("IMAP4rev1 IDLE");
        EXPECT_EQ(session.state(), client_state::authenticated);
        EXPECT_TRUE(session.capabilities().has<"IDLE">());
        EXPECT_FALSE(session.capabilities().has<"MOVE">());
        EXPECT_EQ(session.modes(), 0U);
        EXPECT_FALSE(session.secure());
        EXPECT_EQ(t.say(select{"x"}), "A1 SELECT x\r\n");
        EXPECT_EQ(session.in_flight_count(), 1U);
        (void)t.hear("* 4 EXISTS\r\nA1 OK [READ-ONLY] in\r\n");
        EXPECT_EQ(session.in_flight_count(), 0U);
        EXPECT_EQ(session.mailbox().exists(), 4U);
        EXPECT_TRUE(session.mailbox().read_only());
    });
}

// A command has its number before the server has seen it; what was not sent has none.
TEST(imap_client, commands_are_numbered) {
    talk_twice([](client_talk& t) {
        t.log_in();
        const sent_command first = t.session.send(noop{});
        const sent_command refused = t.session.send(fetch{.messages = *sequence_set::parse("1")});
        const sent_command second = t.session.send(capability{});
        EXPECT_TRUE(first && second && !refused);
        EXPECT_EQ(first.number, 1U);
        EXPECT_EQ(refused.number, 0U);
        EXPECT_EQ(second.number, 2U);
        EXPECT_EQ(t.said(), "A1 NOOP\r\nA2 CAPABILITY\r\n");
        EXPECT_EQ(t.hear("A2 OK x\r\nA1 NO y\r\n"), (lines{"done 2 A2 OK x", "done 1 A1 NO y"}));
    });
}

// A11: as many commands as there is room for; a full list is not for ever.
TEST(imap_client, G11_the_list_of_commands_is_bounded) {
    talk_twice(
        [](client_talk& t) {
            t.log_in();
            for (std::size_t round = 0; round != 100; ++round) {
                EXPECT_TRUE(t.session.send(noop{}) && t.session.send(noop{}) && t.session.send(noop{}));
                EXPECT_EQ(t.session.send(noop{}).fault, misuse::no_room);
                std::string answers;
                for (std::size_t i = 1; i != 4; ++i)
                    answers += "A" + std::to_string(round * 3 + i) + " OK x\r\n";
                (void)t.said();
                EXPECT_EQ(t.hear(answers).size(), 3U);
            }
        },
        test::in_the_clear, {.commands = 3});
}

TEST(imap_client, no_room_in_the_output_changes_nothing) {
    talk_twice(
        [](client_talk& t) {
            t.log_in();
            EXPECT_EQ(t.session.send(create{"123456789012345"}).fault, misuse::no_room);
            EXPECT_EQ(t.session.in_flight_count(), 0U);
            EXPECT_TRUE(t.session.send(create{"12345678901234"}));
            EXPECT_EQ(t.session.send(noop{}).fault, misuse::no_room);
            EXPECT_EQ(t.said(), "A1 CREATE 12345678901234\r\n");
            EXPECT_EQ(t.say(noop{}), "A2 NOOP\r\n");
        },
        test::in_the_clear, {.out = 26});
}

// Sent in pieces of any size; more than there is is cut off.
TEST(imap_client, output_goes_out_in_pieces) {
    for (std::size_t piece = 1; piece != 30; ++piece) {
        client_talk t;
        t.log_in("IMAP4rev2");
        EXPECT_TRUE(t.session.send(noop{}));
        EXPECT_TRUE(t.session.send(append{.mailbox = "x", .message = "mmm"}));
        std::string sent;
        while (!t.session.output().empty()) {
            sent += t.session.output().substr(0, piece);
            t.session.sent(piece);
        }
        EXPECT_EQ(sent, "A1 NOOP\r\nA2 APPEND x {3+}\r\nmmm\r\n");
    }
}

// What only another profile has is data that nobody knows.
TEST(imap_client, a_profile_of_less) {
    client_storage<> room;
    basic_client<rfc9051> session(room.buffers(), test::in_the_clear);
    const std::string_view wire = "* PREAUTH [CAPABILITY IMAP4rev2 QUOTA] hi\r\n* QUOTA \"\" (STORAGE 1 2)\r\n";
    (void)test::receive(session, wire, wire.size());
    EXPECT_EQ(session.next().kind, kind::greeting);
    EXPECT_TRUE(session.capabilities().has<"IMAP4rev2">());
    EXPECT_FALSE(session.capabilities().has("QUOTA"));
    const client_event e = session.next();
    EXPECT_EQ(e.kind, kind::response);
    EXPECT_FALSE(e.response.is<quota_data>());
    EXPECT_EQ(session.next().kind, kind::need_input);
    EXPECT_TRUE(session.send(noop{}));
}

} // namespace
} // namespace mailwire::imap
