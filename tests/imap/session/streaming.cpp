// SPDX-License-Identifier: BSL-1.0
// Literals far larger than any buffer, and whole sessions, without an allocation.
#include "mailwire/imap.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "support/allocations.hpp"

namespace mailwire::imap {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__OPTIMIZE__) == 0
constexpr std::uint64_t large = 1 << 24;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr std::uint64_t large = 1 << 24;
#else
constexpr std::uint64_t large = 1ULL << 30;
#endif
#else
constexpr std::uint64_t large = 1ULL << 30;
#endif

// The octets of the literal: a block that repeats. Its length has no common factor with any buffer's.
class block {
public:
    block() {
        for (std::size_t i = 0; i != octets_.size(); ++i)
            octets_[i] = static_cast<char>('0' + i % 75);
    }
    // The octets from `at` on, as many as the block has there but not more than `most`.
    std::string_view from(std::uint64_t at, std::uint64_t most) const {
        const auto start = static_cast<std::size_t>(at % octets_.size());
        return std::string_view(octets_).substr(start, static_cast<std::size_t>(std::min<std::uint64_t>(most, 65521)));
    }
    // Whether `octets` are what stands at `at`.
    bool holds(std::uint64_t at, std::string_view octets) const {
        while (!octets.empty()) {
            const std::string_view mine = from(at, octets.size());
            if (octets.substr(0, mine.size()) != mine) return false;
            octets.remove_prefix(mine.size());
            at += mine.size();
        }
        return true;
    }

private:
    std::string octets_ = std::string(65521, ' ');
};

const block literal_octets;

// Moves what fits from one session to the other.
template <typename From, typename To> bool move(From& from, To& to) {
    const std::string_view octets = from.output();
    const auto room = to.prepare();
    const std::size_t n = std::min(octets.size(), room.size());
    std::copy_n(octets.data(), n, room.data());
    to.commit(n);
    from.sent(n);
    return n != 0;
}

// A client that logs in, appends a large message, fetches it back and logs out, and a server that answers it.
class conversation {
public:
    void run() {
        server_.greet({condition::ok, {}, "ready"});
        for (;;) {
            // What is stuck in neither direction moves on; when nothing moves any more, it is over.
            bool moved = move(client_, server_);
            moved = answer() || moved;
            moved = move(server_, client_) || moved;
            moved = ask() || moved;
            if (!moved) return;
        }
    }

    std::uint64_t appended = 0;
    std::uint64_t fetched = 0;
    bool intact = true;
    bool told_where = false;
    client_state ended() const { return client_.state(); }

private:
    bool ask() {
        if (client_.literal_missing() != 0) {
            const std::uint64_t left = client_.literal_missing();
            (void)client_.literal(literal_octets.from(large - left, left));
        }
        bool something = false;
        for (;;) {
            const client_event e = client_.next();
            if (e.kind == client_event_kind::need_input || e.kind == client_event_kind::closed) return something;
            something = true;
            if (e.kind == client_event_kind::greeting) client_.send(login{"ada", "secret"});
            if (e.kind == client_event_kind::done) next_command(e.command);
            if (e.kind == client_event_kind::literal_begin) {
                const auto where = body_literal_of(e.response);
                told_where = where && where->number == 1 && where->uid == 7U && e.octets_total == large;
            }
            if (e.kind != client_event_kind::literal_data) continue;
            intact = intact && literal_octets.holds(fetched, e.octets);
            fetched += e.octets.size();
        }
    }

    void next_command(std::uint32_t done) {
        if (done == 1) client_.send(append{.mailbox = "INBOX", .message = text::streamed(large)});
        if (done == 2) client_.send(imap::select{"INBOX"});
        if (done == 3) client_.send(fetch{.messages = 1U, .att = {fetch_uid{}, fetch_body_peek{}}});
        if (done == 4) client_.send(logout{});
    }

    bool answer() {
        if (server_.literal_missing() != 0) {
            const std::uint64_t left = server_.literal_missing();
            (void)server_.literal(literal_octets.from(large - left, left));
        }
        bool something = false;
        for (;;) {
            if (sending_ && server_.finish({condition::ok, {}, "sent"}) == misuse::none) sending_ = false;
            const server_event e = server_.next();
            switch (e.kind) {
            case server_event_kind::command:
                do_command(e.command);
                break;
            case server_event_kind::literal_begin:
                (void)server_.accept_literal();
                break;
            case server_event_kind::literal_data:
                intact = intact && literal_octets.holds(appended, e.octets);
                appended += e.octets.size();
                break;
            case server_event_kind::literal_end:
            case server_event_kind::error:
                break;
            default:
                return something;
            }
            something = true;
        }
    }

    void do_command(const command& c) {
        if (c.value().is<fetch>()) {
            const body_section body{.value = text::streamed(large)};
            (void)server_.send(fetch_data{.number = 1, .att = {uid{7}, body}});
            sending_ = true;
            return;
        }
        (void)server_.finish({condition::ok, {}, "done"});
    }

    client_storage<16384> client_room_ = {};
    server_storage<16384, 4096> server_room_ = {};
    client client_{client_room_.buffers()};
    server server_{server_room_.buffers()};
    bool sending_ = false;
};

TEST(imap_streaming, large_literals_both_ways_and_a_whole_session_of_each_role_without_an_allocation) {
    conversation talk;
    {
        const test::no_allocation_here guard("a whole session");
        talk.run();
    }
    EXPECT_EQ(talk.ended(), client_state::logged_out);
    EXPECT_EQ(talk.appended, large);
    EXPECT_EQ(talk.fetched, large);
    EXPECT_TRUE(talk.intact);
    EXPECT_TRUE(talk.told_where);
}

// Errors of both kinds, units that are too long, literals that are refused: none allocates.
TEST(imap_streaming, error_paths_without_an_allocation) {
    client_storage<1024> client_room = {};
    server_storage<1024, 1024> server_room = {};
    client asking(client_room.buffers());
    server answering(server_room.buffers());
    const std::string too_long = "* OK " + std::string(3000, 'x') + "\r\n";
    const std::string_view from_server[] = {
        "* OK hi\r\n", "* 1 FETCH (UID 0)\r\n", "* NO\n", too_long, "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", "Z9 OK\r\n"};
    const std::string_view from_client[] = {"a NOOP x\r\n", "a FETCH 1 UID\r\n", "a LOGIN {9999}\r\n", "\n"};
    const test::no_allocation_here guard("error paths");
    (void)answering.greet({condition::ok, {}, "hi"});
    const auto feed = [](auto& session, std::string_view octets) {
        int faults = 0;
        while (true) {
            session.sent(session.output().size());
            const auto e = session.next();
            using kind = decltype(e.kind);
            faults += e.kind == kind::error;
            if (e.kind == kind::error && is_fatal(e.error.code)) return faults;
            if (e.kind == kind::closed) return faults;
            if (e.kind != kind::need_input) continue;
            const auto room = session.prepare();
            const std::size_t n = std::min(octets.size(), room.size());
            if (n == 0) return faults;
            std::copy_n(octets.data(), n, room.data());
            session.commit(n);
            octets.remove_prefix(n);
        }
    };
    int faults = 0;
    for (const std::string_view octets : from_server)
        faults += feed(asking, octets);
    for (const std::string_view octets : from_client)
        faults += feed(answering, octets);
    EXPECT_EQ(faults, 8);
}

} // namespace
} // namespace mailwire::imap
