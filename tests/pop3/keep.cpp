// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/keep.hpp>

#include <mailwire/pop3/client.hpp>

#include <map>
#include <set>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

// A program that fetches mail from a maildrop, and the link between the two.
struct collection {
    client_storage<512, 512, 4> room;
    pop3::client mail{room.buffers()};
    test_server server;
    std::set<std::string> known;               // ids the program has stored
    std::map<std::uint32_t, std::string> kept; // messages of this session
    std::set<std::uint32_t> unstorable;
    bool quit_at_end = true;
    bool quit_succeeded = false;
    std::vector<std::string> asked;

    explicit collection(std::vector<stored_message> messages) : server({}, std::move(messages)) {}

    void run(fetcher& fetch) {
        ASSERT_EQ(server.session.greet(), misuse::none);
        for (int turns = 0; turns != 1000 && mail.state() != client_state::ended; ++turns) {
            send(fetch);
            if (over(fetch) && !quit_at_end) break;
            server.feed(mail.output());
            mail.sent(mail.output().size());
            receive(fetch);
        }
        asked = server.drop.told;
        server.session.closed();
        server.drop.run();
    }

private:
    static bool over(const fetcher& fetch) {
        return fetch.state() == fetch_state::done || fetch.state() == fetch_state::no_listing;
    }

    void send(fetcher& fetch) {
        if (mail.in_flight() != 0) return;
        if (mail.state() == client_state::authorization) {
            (void)mail.send(user{"mrose"});
        } else if (mail.state() == client_state::named) {
            (void)mail.send(pass{"my secret"});
        } else if (mail.state() == client_state::transaction && over(fetch)) {
            if (quit_at_end) (void)mail.send(quit{});
        } else if (mail.state() == client_state::transaction) {
            EXPECT_EQ(fetch.step(mail), misuse::none);
        }
    }

    void receive(fetcher& fetch) {
        std::string& octets = server.output;
        while (!octets.empty()) {
            const std::span<char> free = mail.prepare();
            const std::size_t n = std::min(free.size(), octets.size());
            std::copy_n(octets.begin(), n, free.begin());
            mail.commit(n);
            octets.erase(0, n);
            for (client_event e = mail.next(); e.kind != client_event_kind::need_input; e = mail.next()) {
                take(fetch, e);
            }
        }
    }

    void take(fetcher& fetch, const client_event& e) {
        if (e.kind == client_event_kind::body) kept[fetch.message()] += e.body;
        if (e.answers<quit>()) quit_succeeded = e.ok;
        fetch.take(e, [&](const unique_id& u) { return known.contains(std::string(u.id)); });
        if (fetch.state() == fetch_state::storing) {
            EXPECT_EQ(e.message, fetch.message());
            fetch.stored(!unstorable.contains(fetch.message()));
        }
    }
};

std::vector<stored_message> five() {
    return {{"a", "1\r\n"}, {"b", "2\r\n"}, {"c", "3\r\n"}, {"d", "4\r\n"}, {"e", "5\r\n"}};
}

using numbers = std::map<std::uint32_t, std::string>;

// PK-1, PK-2: fetch, store, mark; gone after QUIT.
TEST(keep, delete_mode_removes_what_was_stored) {
    for (const std::size_t room : {1U, 2U, 5U, 8U}) {
        std::vector<wanted_message> storage(room);
        fetcher fetch(fetch_mode::remove, storage);
        collection c(five());
        c.run(fetch);
        EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {2, "2\r\n"}, {3, "3\r\n"}, {4, "4\r\n"}, {5, "5\r\n"}}));
        EXPECT_TRUE(c.quit_succeeded);
        EXPECT_TRUE(fetch.complete());
        EXPECT_EQ(c.server.drop.messages().size(), 0U);
    }
}

TEST(keep, delete_mode_without_quit_removes_nothing) {
    std::vector<wanted_message> storage(5);
    fetcher fetch(fetch_mode::remove, storage);
    collection c(five());
    c.quit_at_end = false;
    c.run(fetch);
    EXPECT_EQ(c.kept.size(), 5U);
    EXPECT_EQ(c.server.drop.messages().size(), 5U);
}

// PK-2: what an earlier session has stored but could not remove is not fetched a second time.
TEST(keep, delete_mode_fetches_nothing_twice) {
    std::vector<wanted_message> storage(2);
    fetcher fetch(fetch_mode::remove, storage);
    collection c(five());
    c.known = {"b", "d"};
    c.run(fetch);
    EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {3, "3\r\n"}, {5, "5\r\n"}}));
    EXPECT_EQ(c.server.drop.messages().size(), 0U);
}

// PK-3: only what is new, and nothing is marked.
TEST(keep, keep_mode_leaves_mail_on_the_server) {
    for (const std::size_t room : {1U, 2U, 8U}) {
        std::vector<wanted_message> storage(room);
        fetcher fetch(fetch_mode::keep, storage);
        collection c(five());
        c.known = {"b", "e"};
        c.run(fetch);
        EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {3, "3\r\n"}, {4, "4\r\n"}}));
        EXPECT_TRUE(c.quit_succeeded);
        EXPECT_EQ(c.server.drop.messages().size(), 5U);
        for (const std::string& command : c.asked) {
            EXPECT_FALSE(command.starts_with("DELE")) << command;
        }
    }
}

TEST(keep, nothing_new_is_nothing_to_do) {
    std::vector<wanted_message> storage(2);
    fetcher fetch(fetch_mode::keep, storage);
    collection c(five());
    c.known = {"a", "b", "c", "d", "e"};
    c.run(fetch);
    EXPECT_TRUE(c.kept.empty());
    EXPECT_EQ(c.asked, (std::vector<std::string>{"USER [mrose]", "PASS [my secret]", "UIDL all", "QUIT", "closed"}));
    fetcher nobody(fetch_mode::remove, storage);
    collection empty({});
    empty.run(nobody);
    EXPECT_EQ(nobody.state(), fetch_state::done);
}

// PK-4: without UIDL nothing tells old mail from new; delete mode needs no such thing.
TEST(keep, without_uidl) {
    std::vector<wanted_message> storage(2);
    for (const fetch_mode mode : {fetch_mode::keep, fetch_mode::remove}) {
        fetcher fetch(mode, storage);
        collection c(five());
        c.server.drop.with_uidl = false;
        c.run(fetch);
        const bool fetched = mode == fetch_mode::remove;
        EXPECT_EQ(fetch.state(), fetched ? fetch_state::done : fetch_state::no_listing);
        EXPECT_EQ(c.kept.size(), fetched ? 5U : 0U);
        EXPECT_EQ(c.server.drop.messages().size(), fetched ? 0U : 5U);
    }
}

// PK-5: one id for two messages is two messages.
TEST(keep, equal_ids_are_different_messages) {
    std::vector<wanted_message> storage(1);
    fetcher fetch(fetch_mode::keep, storage);
    collection c({{"same", "1\r\n"}, {"same", "2\r\n"}});
    c.run(fetch);
    EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {2, "2\r\n"}}));
}

// What the program could not store stays where it is.
TEST(keep, a_message_that_was_not_stored_stays) {
    std::vector<wanted_message> storage(8);
    fetcher fetch(fetch_mode::remove, storage);
    collection c(five());
    c.unstorable = {2, 5};
    c.run(fetch);
    ASSERT_EQ(c.server.drop.messages().size(), 2U);
    EXPECT_EQ(c.server.drop.messages()[0].id, "b");
    EXPECT_EQ(c.server.drop.messages()[1].id, "e");
}

// A server that lists in any order, refuses messages, and sends bad lines: what can be fetched is fetched once.
TEST(keep, odd_servers) {
    std::vector<wanted_message> storage(2);
    fetcher fetch(fetch_mode::keep, storage);
    test_client<> mail;
    mail.log_in();
    const auto turn = [&](std::string_view sent, std::string_view answer) {
        EXPECT_EQ(fetch.step(mail.session), misuse::none);
        EXPECT_EQ(mail.session.output(), sent);
        mail.session.sent(sent.size());
        std::copy(answer.begin(), answer.end(), mail.session.prepare().begin());
        mail.session.commit(answer.size());
        for (auto e = mail.session.next(); e.kind != client_event_kind::need_input; e = mail.session.next()) {
            fetch.take(e, [](const unique_id& u) { return u.id == "old"; });
        }
    };
    turn("UIDL\r\n", "+OK\r\n4 d\r\n1 a\r\n1 a\r\n9 old\r\n3 c\r\n2 b\r\n0 x\r\n.\r\n");
    EXPECT_FALSE(fetch.complete());
    EXPECT_EQ(fetch.message(), 1U);
    turn("RETR 1\r\n", "-ERR gone\r\n");
    EXPECT_EQ(fetch.refused(), 1U);
    turn("RETR 2\r\n", "+OK \xff\r\nx\r\n.\r\n");
    EXPECT_EQ(fetch.state(), fetch_state::storing);
    turn("", "");
    fetch.stored();
    turn("UIDL\r\n", "+OK\r\n4 d\r\n2 b\r\n1 a\r\n3 c\r\n.\r\n");
    turn("RETR 3\r\n", "+OK\r\n.\r\n");
    fetch.stored();
    turn("RETR 4\r\n", "-ERR \xff\r\n");
    EXPECT_EQ(fetch.state(), fetch_state::done);
    EXPECT_EQ(fetch.refused(), 2U);
}

} // namespace
} // namespace mailwire::pop3::test
