// SPDX-License-Identifier: BSL-1.0
// Very many connections that wait: a session that has nothing in hand needs no buffers of its own. All sessions of a role
// work in one set, one after the other; only the list of commands in flight is each client's, since IDLE is one.
#include "support/allocations.hpp"

#include "mailwire/imap.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iostream>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t count = 1000;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr std::size_t count = 1000;
#else
constexpr std::size_t count = 100000;
#endif
#else
constexpr std::size_t count = 100000;
#endif

// What an idle session may cost, in octets.
constexpr std::size_t most = 1024;

client_storage<> client_room;
server_storage<> server_room;

struct idle_client {
    std::array<in_flight, 4> commands = {};
    client session{
        {client_room.in, client_room.out, client_room.tape, client_room.elided, commands},
        {.secure = true},
    };

    idle_client() = default;
    idle_client(const idle_client&) = delete;
    idle_client& operator=(const idle_client&) = delete;
};

struct idle_server {
    server session{server_room.buffers(), {.secure = true}};
};

template <typename Session> void receive(Session& session, std::string_view octets) {
    std::copy(octets.begin(), octets.end(), session.prepare().begin());
    session.commit(octets.size());
}

// Whether a session has put out just these octets; they are sent.
template <typename Session> bool says(Session& session, std::string_view octets) {
    const bool same = session.output() == octets;
    session.sent(session.output().size());
    return same;
}

bool begins(client& c) {
    receive(c, "* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n");
    bool good = c.next().kind == client_event_kind::greeting;
    (void)c.send(imap::select{"INBOX"});
    good = good && says(c, "A1 SELECT INBOX\r\n");
    receive(c, "* 4 EXISTS\r\nA1 OK open\r\n");
    good = good && c.next().kind == client_event_kind::response && c.next().kind == client_event_kind::done;
    (void)c.send(idle{});
    good = good && says(c, "A2 IDLE\r\n");
    receive(c, "+ idling\r\n");
    return good && c.next().kind == client_event_kind::idling && c.next().kind == client_event_kind::need_input;
}
bool wakes(client& c) {
    receive(c, "* 5 EXISTS\r\n");
    bool good = c.next().kind == client_event_kind::response && c.mailbox().exists() == 5;
    good = c.end_idle() == misuse::none && says(c, "DONE\r\n") && good;
    receive(c, "A2 OK done\r\n");
    return good && c.next().kind == client_event_kind::done && c.next().kind == client_event_kind::need_input;
}

bool begins(server& s) {
    (void)s.greet({condition::preauth, code_capability{{"IMAP4rev2"}}, "hi"});
    bool good = says(s, "* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n");
    receive(s, "a SELECT INBOX\r\n");
    good = good && s.next().kind == server_event_kind::command;
    (void)s.send(exists{4});
    (void)s.finish({condition::ok, {}, "open"});
    good = says(s, "* 4 EXISTS\r\na OK open\r\n") && good;
    receive(s, "b IDLE\r\n");
    good = good && s.next().kind == server_event_kind::command && s.begin_idle() == misuse::none;
    return says(s, "+ idling\r\n") && good && s.next().kind == server_event_kind::need_input;
}
bool wakes(server& s) {
    bool good = s.send(exists{5}) == misuse::none && says(s, "* 5 EXISTS\r\n");
    receive(s, "DONE\r\n");
    good = good && s.next().kind == server_event_kind::done && s.finish({condition::ok, {}, "done"}) == misuse::none;
    return says(s, "b OK done\r\n") && good && s.next().kind == server_event_kind::need_input;
}

// Begins all of them, then wakes each. How many have done both as they should.
template <typename Idle> std::size_t count_good(const char* role) {
    std::cout << role << ": " << sizeof(Idle) << " octets for each of " << count << '\n';
    std::vector<Idle> all(count);
    const test::no_allocation_here guard("sessions that idle");
    std::size_t good = 0;
    for (Idle& each : all)
        good += begins(each.session) ? 1 : 0;
    for (Idle& each : all)
        good += wakes(each.session) ? 1 : 0;
    return good;
}

TEST(imap_idle_sessions, clients) {
    EXPECT_LE(sizeof(idle_client), most);
    EXPECT_EQ(count_good<idle_client>("IMAP client"), 2 * count);
}

TEST(imap_idle_sessions, servers) {
    EXPECT_LE(sizeof(idle_server), most);
    EXPECT_EQ(count_good<idle_server>("IMAP server"), 2 * count);
}

} // namespace
} // namespace mailwire::imap
