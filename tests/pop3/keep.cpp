// SPDX-License-Identifier: BSL-1.0
// A fetcher at work with a server that does as it should. keep_faults.cpp has the others.

#include <mailwire/pop3/keep.hpp>

#include "pop3/keep/collection.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr fetch_options keep{.mode = fetch_mode::keep};
constexpr fetch_options drain{.mode = fetch_mode::remove};

// What the maildrop still has.
std::string ids(const collection& c) {
    std::string all;
    for (const stored_message& m : c.server.drop.messages()) {
        all += m.id;
    }
    return all;
}

// PK-1, PK-2: fetch, store, mark; gone after QUIT.
TEST(keep, delete_mode_removes_what_was_stored) {
    for (const std::size_t room : {1U, 2U, 5U, 8U}) {
        std::vector<wanted_message> storage(room);
        fetcher fetch(drain, storage);
        collection c(five());
        c.run(fetch);
        EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {2, "2\r\n"}, {3, "3\r\n"}, {4, "4\r\n"}, {5, "5\r\n"}}));
        EXPECT_EQ(fetch.removed(), 5U);
        EXPECT_TRUE(fetch.complete());
        EXPECT_EQ(ids(c), "");
    }
}

// PK-1: no message is marked before the caller has stored it.
TEST(keep, delete_mode_takes_one_message_after_the_other) {
    std::vector<wanted_message> storage(5);
    fetcher fetch(drain, storage);
    collection c({{"a", "1\r\n"}, {"b", "2\r\n"}});
    c.run(fetch);
    EXPECT_EQ(c.asked, (std::vector<std::string>{"USER [mrose]", "PASS [my secret]", "UIDL all", "RETR 1", "DELE 1",
                                                 "RETR 2", "DELE 2", "QUIT", "closed"}));
}

// PK-2
TEST(keep, delete_mode_without_quit_removes_nothing) {
    std::vector<wanted_message> storage(5);
    fetcher fetch(drain, storage);
    collection c(five());
    c.quit_at_end = false;
    c.run(fetch);
    EXPECT_EQ(c.kept.size(), 5U);
    EXPECT_EQ(fetch.marked(), 5U);
    EXPECT_EQ(fetch.removed(), 0U);
    EXPECT_EQ(ids(c), "abcde");
}

// PK-2: what an earlier session has stored but could not remove is not fetched a second time.
TEST(keep, delete_mode_fetches_nothing_twice) {
    for (const std::size_t room : {1U, 2U, 8U}) {
        std::vector<wanted_message> storage(room);
        fetcher fetch(drain, storage);
        collection c(five());
        c.wishes = {{"b", wish::remove}, {"d", wish::remove}};
        c.run(fetch);
        EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {3, "3\r\n"}, {5, "5\r\n"}}));
        EXPECT_EQ(ids(c), "");
    }
}

// PK-3: only what is new, and nothing is marked.
TEST(keep, keep_mode_leaves_mail_on_the_server) {
    for (const std::size_t room : {1U, 2U, 8U}) {
        std::vector<wanted_message> storage(room);
        fetcher fetch(keep, storage);
        collection c(five());
        c.wishes = {{"b", wish::leave}, {"e", wish::leave}};
        c.run(fetch);
        EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {3, "3\r\n"}, {4, "4\r\n"}}));
        EXPECT_EQ(ids(c), "abcde");
        EXPECT_EQ(c.count("DELE"), 0U);
    }
}

// PK-3: what the caller names goes, and nothing else. In mode remove too, what it wants to leave stays.
TEST(keep, the_caller_says_what_goes) {
    for (const std::size_t room : {1U, 2U, 8U}) {
        for (const fetch_mode mode : {fetch_mode::keep, fetch_mode::remove}) {
            std::vector<wanted_message> storage(room);
            fetcher fetch({.mode = mode}, storage);
            collection c(five());
            c.wishes = {{"a", wish::remove}, {"b", wish::leave}, {"d", wish::remove}};
            c.run(fetch);
            EXPECT_EQ(c.kept, (numbers{{3, "3\r\n"}, {5, "5\r\n"}}));
            EXPECT_EQ(ids(c), mode == fetch_mode::keep ? "bce" : "b");
            EXPECT_EQ(fetch.removed(), mode == fetch_mode::keep ? 2U : 4U);
        }
    }
}

TEST(keep, nothing_new_is_nothing_to_do) {
    std::vector<wanted_message> storage(2);
    fetcher fetch(keep, storage);
    collection c({{"a", "1\r\n"}, {"b", "2\r\n"}});
    c.wishes = {{"a", wish::leave}, {"b", wish::leave}};
    c.run(fetch);
    EXPECT_TRUE(c.kept.empty());
    EXPECT_EQ(c.asked, (std::vector<std::string>{"USER [mrose]", "PASS [my secret]", "UIDL all", "QUIT", "closed"}));
    fetcher nobody({.mode = fetch_mode::remove, .largest = 1}, storage);
    collection empty({});
    empty.run(nobody);
    EXPECT_EQ(nobody.state(), fetch_state::done);
    EXPECT_EQ(empty.count("LIST"), 0U);
}

// PK-4: without UIDL nothing tells old mail from new. The caller stops, or goes on in delete mode, which needs none.
TEST(keep, without_uidl) {
    struct {
        fetch_options options;
        bool proceed;
        fetch_state end;
        bool removed;
    } const rows[] = {
        {keep, false, fetch_state::no_unique_ids, false},
        {keep, true, fetch_state::done, true},
        {drain, false, fetch_state::done, true},
    };
    for (const auto& r : rows) {
        std::vector<wanted_message> storage(2);
        fetcher fetch(r.options, storage);
        collection c(five());
        c.server.drop.with_uidl = false;
        c.proceed = r.proceed;
        c.run(fetch);
        EXPECT_EQ(fetch.state(), r.end);
        EXPECT_FALSE(fetch.complete());
        EXPECT_EQ(c.kept.size(), r.removed ? 5U : 0U);
        EXPECT_EQ(ids(c), r.removed ? "" : "abcde");
    }
}

// PK-5: one id for two messages is two messages, and letters in another case are another id.
TEST(keep, equal_ids_are_different_messages) {
    for (const std::size_t room : {1U, 8U}) {
        for (const fetch_options& options : {keep, drain}) {
            std::vector<wanted_message> storage(room);
            fetcher fetch(options, storage);
            collection c({{"same", "1\r\n"}, {"same", "2\r\n"}, {"old", "3\r\n"}, {"OLD", "4\r\n"}});
            c.wishes = {{"old", wish::leave}};
            c.run(fetch);
            EXPECT_EQ(c.kept, (numbers{{1, "1\r\n"}, {2, "2\r\n"}, {4, "4\r\n"}}));
        }
    }
}

// PK-8: what is too large stays on the server; of it nothing or the header is fetched.
TEST(keep, large_messages_stay_on_the_server) {
    for (const std::size_t room : {1U, 2U, 8U}) {
        for (const bool uidl : {true, false}) {
            for (const oversize way : {oversize::leave, oversize::header}) {
                std::vector<wanted_message> storage(room);
                fetcher fetch({.mode = fetch_mode::remove, .largest = 3, .oversize = way}, storage);
                collection c({{"a", "1\r\n"}, {"b", "22\r\n"}, {"c", "3\r\n"}, {"d", "44\r\n"}});
                c.server.drop.with_uidl = uidl;
                c.run(fetch);
                const bool header = way == oversize::header;
                EXPECT_EQ(fetch.too_large(), 2U);
                EXPECT_EQ(c.headers, header ? (std::set<std::uint32_t>{2, 4}) : std::set<std::uint32_t>());
                EXPECT_EQ(c.kept.size(), header ? 4U : 2U);
                EXPECT_EQ(c.count("RETR"), 2U);
                EXPECT_EQ(c.count("TOP"), header ? 2U : 0U);
                EXPECT_EQ(ids(c), "bd");
            }
        }
    }
}

// PK-9: RSET takes back what was marked; without marks there is nothing to take back.
TEST(keep, abandoned_half_way) {
    for (const std::size_t room : {1U, 8U}) {
        for (const std::uint32_t at : {1U, 3U}) {
            std::vector<wanted_message> storage(room);
            fetcher fetch(drain, storage);
            collection c(five());
            c.abandon_at = at;
            c.run(fetch);
            EXPECT_EQ(fetch.state(), fetch_state::done);
            EXPECT_EQ(fetch.removed(), 0U);
            EXPECT_EQ(c.kept.size(), at);
            EXPECT_EQ(c.count("RSET"), at == 1 ? 0U : 1U);
            EXPECT_EQ(ids(c), "abcde");
        }
    }
}

// PK-10: the caller hears of it before a message is fetched, and decides.
TEST(keep, a_server_that_keeps_nothing) {
    const capability_set nothing{.known = true, .expire = true, .expire_days = 0};
    const capability_set a_day{.known = true, .expire = true, .expire_days = 1};
    std::vector<wanted_message> storage(8);
    EXPECT_EQ(fetcher(keep, storage).state(), fetch_state::listing);
    EXPECT_EQ(fetcher(keep, storage, a_day).state(), fetch_state::listing);
    EXPECT_EQ(fetcher(drain, storage, nothing).state(), fetch_state::listing);
    for (const bool proceed : {false, true}) {
        fetcher fetch(keep, storage, nothing);
        EXPECT_EQ(fetch.state(), fetch_state::expires_at_once);
        collection c(five());
        c.proceed = proceed;
        c.run(fetch);
        EXPECT_EQ(fetch.state(), proceed ? fetch_state::done : fetch_state::expires_at_once);
        EXPECT_EQ(c.kept.size(), proceed ? 5U : 0U);
        EXPECT_EQ(c.count("UIDL"), proceed ? 1U : 0U);
    }
}

// What the program could not store stays where it is.
TEST(keep, a_message_that_was_not_stored_stays) {
    std::vector<wanted_message> storage(8);
    fetcher fetch(drain, storage);
    collection c(five());
    c.unstorable = {2, 5};
    c.run(fetch);
    EXPECT_EQ(ids(c), "be");
}

} // namespace
} // namespace mailwire::pop3::test
