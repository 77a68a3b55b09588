// SPDX-License-Identifier: BSL-1.0
// Literals far larger than any buffer, both ways, and whole sessions, without an allocation.
#include "mailwire/imap.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "support/allocations.hpp"

namespace mailwire::imap {
namespace {

// MAILWIRE_BIG_LITERAL says how large it is, in GiB. Without it 1 GiB, and less where that would take long.
std::uint64_t size_of_literal() {
    if (const char* number = std::getenv("MAILWIRE_BIG_LITERAL")) return std::strtoull(number, nullptr, 10) << 30U;
    if (test::malloc_is_counted()) return std::uint64_t{1} << 30U;
    return std::uint64_t{1} << 24U;
}

// The most memory the process has had so far, in octets.
long peak_of_memory() {
    rusage usage{};
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

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

// A client that logs in, appends a large message, fetches it back and logs out, and a server that answers it. Each of them
// reads less often than the other one sends, in turns: what is not read waits with its sender.
class conversation {
public:
    explicit conversation(std::uint64_t octets) : large(octets), limits_{.literal = octets} {}

    void run() {
        (void)server_.greet({condition::ok, {}, "ready"});
        unsigned idle = 0;
        for (unsigned turn = 0; idle < 8; ++turn) {
            bool moved = move(client_, server_);
            if (turn % 8 < 4 || turn % 3 == 0) moved = answer() || moved;
            moved = move(server_, client_) || moved;
            if (turn % 8 >= 4 || turn % 3 == 0) moved = ask() || moved;
            idle = moved ? 0 : idle + 1;
        }
    }

    const std::uint64_t large;
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
    limits limits_;
    client client_{client_room_.buffers(), {.limits = limits_, .tls = tls_policy::optional}};
    server server_{server_room_.buffers(), {.limits = limits_}};
    bool sending_ = false;
};

TEST(imap_big_literal, goes_both_ways_without_an_allocation) {
    const std::uint64_t large = size_of_literal();
    conversation talk(large);
    const long before = peak_of_memory();
    const auto start = std::chrono::steady_clock::now();
    {
        const test::no_allocation_here guard("a whole session");
        talk.run();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%.2f GiB each way in %.1f s: %.0f MB/s; %ld octets more of memory\n",
                static_cast<double>(large) / (1U << 30U), seconds.count(),
                2e-6 * static_cast<double>(large) / seconds.count(), peak_of_memory() - before);
    EXPECT_EQ(talk.ended(), client_state::logged_out);
    EXPECT_EQ(talk.appended, large);
    EXPECT_EQ(talk.fetched, large);
    EXPECT_TRUE(talk.intact);
    EXPECT_TRUE(talk.told_where);
}

} // namespace
} // namespace mailwire::imap
