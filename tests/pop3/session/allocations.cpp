// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "support/allocations.hpp"

namespace mailwire::pop3::test {
namespace {

struct link {
    client_storage<> client_room;
    server_storage<> server_room;
    pop3::client mail{client_room.buffers(), {.apop = true, .tls = tls_policy::optional}};
    pop3::server drop{server_room.buffers()};

    template <typename From, typename To> void hand_over(From& from, To& to) {
        const std::string_view octets = from.output();
        std::copy(octets.begin(), octets.end(), to.prepare().begin());
        to.commit(octets.size());
        from.sent(octets.size());
    }

    // Has the client read what came, to the end.
    void hear() {
        hand_over(drop, mail);
        while (mail.next().kind != client_event_kind::need_input) {
        }
    }

    // Asks, has `answer` answer, and hears the answer.
    template <typename Command, typename Answer> void ask(const Command& command, Answer answer) {
        ASSERT_EQ(mail.send(command), misuse::none);
        hand_over(mail, drop);
        ASSERT_EQ(drop.next().kind, server_event_kind::command);
        answer();
        hear();
    }

    // Octets of a client that is none.
    void say(std::string_view octets) {
        std::copy(octets.begin(), octets.end(), drop.prepare().begin());
        drop.commit(octets.size());
        while (drop.next().kind != server_event_kind::need_input) {
        }
        drop.sent(drop.output().size());
    }
};

void log_in(link& l) {
    ASSERT_EQ(l.drop.greet({.text = "ready", .timestamp = "<1896.697170952@dbc.mtview.ca.us>"}), misuse::none);
    l.hear();
    l.ask(capa{}, [&] {
        (void)l.drop.ok();
        (void)l.drop.send(capability::pipelining{});
        (void)l.drop.send(capability::resp_codes{});
        (void)l.drop.send(capability::sasl{"PLAIN LOGIN"});
        (void)l.drop.end_of_lines();
    });
    l.ask(apop{"mrose", "c4c9334bac560ecc979e58001b3e22fb"}, [&] { (void)l.drop.err(code::in_use, "locked"); });
    l.ask(user{"mrose"}, [&] { (void)l.drop.ok(); });
    l.ask(pass{"my secret"}, [&] { (void)l.drop.ok(); });
    ASSERT_EQ(l.mail.state(), client_state::transaction);
}

void work(link& l) {
    l.ask(stat{}, [&] { (void)l.drop.send(drop_listing{2, 320, {}}); });
    l.ask(list{}, [&] {
        (void)l.drop.ok();
        (void)l.drop.send(scan_listing{1, 120, {}});
        (void)l.drop.end_of_lines();
    });
    l.ask(uidl{2}, [&] { (void)l.drop.send(unique_id{2, "QhdPYR:00WBw1Ph7x7"}); });
    l.ask(retr{1}, [&] {
        (void)l.drop.ok("message follows");
        (void)l.drop.body("Subject: x\r\n\r\n.\r\n");
        (void)l.drop.end_of_lines();
    });
    l.ask(dele{1}, [&] { (void)l.drop.ok(); });
    ASSERT_EQ(l.mail.send(user{"a\r\nb"}), misuse::wrong_state);
    l.say("XTND a\r\nRETR 0\r\nNOOP\nQUIT\r\n");
    l.ask(quit{}, [&] { (void)l.drop.ok("bye"); });
    ASSERT_EQ(l.mail.state(), client_state::ended);
}

TEST(allocations, a_whole_session_of_each_role_makes_none) {
    const auto l = std::make_unique<link>();
    const mailwire::test::no_allocation_here guard("a session");
    log_in(*l);
    work(*l);
    EXPECT_EQ(l->drop.next().kind, server_event_kind::closed);
    l->mail.closed();
    EXPECT_EQ(l->mail.next().kind, client_event_kind::closed);
}

TEST(allocations, faults_make_none) {
    const auto l = std::make_unique<link>();
    const mailwire::test::no_allocation_here guard("faults");
    log_in(*l);
    ASSERT_EQ(l->mail.send(stat{}), misuse::none);
    constexpr std::string_view wire = "+OK 2\r\nwhat\n";
    std::copy(wire.begin(), wire.end(), l->mail.prepare().begin());
    l->mail.commit(wire.size());
    EXPECT_EQ(l->mail.next().error, (error{errc::syntax, 5, 0, 0}));
    EXPECT_EQ(l->mail.next().error, (error{errc::unexpected_response, 0, 0, 0}));
    EXPECT_EQ(l->mail.next().error, (error{errc::unexpected_response, 0, 0, 0}));
    l->drop.closed();
    EXPECT_EQ(l->drop.next().kind, server_event_kind::closed);
}

} // namespace
} // namespace mailwire::pop3::test
