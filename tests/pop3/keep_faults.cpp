// SPDX-License-Identifier: BSL-1.0
// A fetcher at work with servers that do not as they should.

#include <mailwire/pop3/keep.hpp>

#include <mailwire/pop3/client.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// A session in TRANSACTION whose server says what the test lets it say.
struct script {
    std::vector<wanted_message> storage;
    fetcher fetch;
    test_client<> mail{{.secure = true}};

    script(std::size_t room, const fetch_options& options) : storage(room), fetch(options, storage) { mail.log_in(); }

    // The fetcher sends what is due, which has to be `sent`; this is answered.
    void turn(std::string_view sent, std::string_view answer) {
        EXPECT_EQ(fetch.step(mail.session), misuse::none);
        EXPECT_EQ(mail.session.output(), sent);
        mail.session.sent(sent.size());
        answered(answer);
    }
    void quit_turn(std::string_view answer) {
        EXPECT_EQ(mail.session.send(quit{}), misuse::none);
        mail.session.sent(mail.session.output().size());
        answered(answer);
    }
    void answered(std::string_view octets) {
        std::copy(octets.begin(), octets.end(), mail.session.prepare().begin());
        mail.session.commit(octets.size());
        for (auto e = mail.session.next(); e.kind != client_event_kind::need_input; e = mail.session.next()) {
            ASSERT_FALSE(is_fatal(e.error.code));
            const mailwire::test::no_allocation_here guard("take");
            fetch.take(e, [](const unique_id& u) { return u.id == "old" ? wish::leave : wish::fetch; });
        }
    }
    void stored() {
        EXPECT_EQ(fetch.state(), fetch_state::storing);
        turn("", "");
        fetch.stored();
    }
};

constexpr fetch_options keep{.mode = fetch_mode::keep};
constexpr fetch_options drain{.mode = fetch_mode::remove};

// A server that lists in any order, refuses messages, and sends bad lines: what can be fetched is fetched once.
TEST(keep_faults, odd_servers) {
    script s(2, keep);
    EXPECT_FALSE(s.fetch.complete());
    s.turn("UIDL\r\n", "+OK\r\n4 d\r\n1 a\r\n1 a\r\n9 old\r\n3 c\r\n2 b\r\n0 x\r\n.\r\n");
    EXPECT_FALSE(s.fetch.complete()); // PK-6
    EXPECT_EQ(s.fetch.message(), 1U);
    s.turn("RETR 1\r\n", "-ERR gone\r\n");
    EXPECT_EQ(s.fetch.refused(), 1U);
    s.turn("RETR 2\r\n", "+OK \xff\r\nx\r\n.\r\n");
    s.stored();
    s.turn("UIDL\r\n", "+OK\r\n4 d\r\n2 b\r\n1 a\r\n3 c\r\n.\r\n");
    s.turn("RETR 3\r\n", "+OK\r\n.\r\n");
    s.stored();
    s.turn("RETR 4\r\n", "-ERR \xff\r\n");
    EXPECT_EQ(s.fetch.state(), fetch_state::done);
    EXPECT_EQ(s.fetch.refused(), 2U);
}

// PK-2: only the +OK to QUIT removes; a mark that was refused is none.
TEST(keep_faults, removed_is_what_quit_confirms) {
    for (const bool ok : {true, false}) {
        script s(8, drain);
        s.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n.\r\n");
        s.turn("RETR 1\r\n", "+OK\r\n.\r\n");
        s.stored();
        EXPECT_EQ(s.fetch.marked(), 0U);
        s.turn("DELE 1\r\n", "+OK\r\n");
        s.turn("RETR 2\r\n", "+OK\r\n.\r\n");
        s.stored();
        s.turn("DELE 2\r\n", "-ERR read only\r\n");
        EXPECT_EQ(s.fetch.state(), fetch_state::done);
        EXPECT_EQ(s.fetch.marked(), 1U);
        EXPECT_EQ(s.fetch.removed(), 0U);
        s.quit_turn(ok ? "+OK\r\n" : "-ERR some messages not removed\r\n");
        EXPECT_EQ(s.fetch.removed(), ok ? 1U : 0U);
    }
}

// PK-6: the connection ends within the listing.
TEST(keep_faults, a_listing_that_breaks_off) {
    script s(8, keep);
    s.turn("UIDL\r\n", "+OK\r\n1 a\r\n");
    EXPECT_EQ(s.fetch.state(), fetch_state::listing);
    EXPECT_FALSE(s.fetch.complete());
    s.answered("2 b\r\n.\r\n");
    EXPECT_TRUE(s.fetch.complete());
}

// PK-7: nothing more is fetched or marked, and the marks can be taken back.
TEST(keep_faults, a_listing_that_shrinks_or_renumbers) {
    for (const std::string_view second : {"+OK\r\n2 b\r\n.\r\n", "+OK\r\n1 b\r\n2 c\r\n.\r\n"}) {
        script s(1, drain);
        s.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n");
        s.turn("RETR 1\r\n", "+OK\r\n.\r\n");
        s.stored();
        s.turn("DELE 1\r\n", "+OK\r\n");
        s.turn("UIDL\r\n", second);
        EXPECT_EQ(s.fetch.state(), fetch_state::listing_changed);
        EXPECT_TRUE(s.fetch.at_rest());
        EXPECT_FALSE(s.fetch.complete());
        s.turn("", "");
        s.fetch.abandon();
        s.turn("RSET\r\n", "+OK\r\n");
        EXPECT_EQ(s.fetch.state(), fetch_state::done);
    }
}

// PK-8: the size in the listing decides, and is not compared with what comes.
TEST(keep_faults, sizes_that_are_wrong) {
    script s(8, {.mode = fetch_mode::remove, .largest = 10});
    s.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n");
    s.turn("LIST\r\n", "+OK\r\n1 10\r\n2 11\r\n.\r\n"); // none for 3
    s.turn("RETR 1\r\n", "+OK 10 octets\r\nmore than was said\r\n.\r\n");
    s.stored();
    s.turn("DELE 1\r\n", "+OK\r\n");
    EXPECT_EQ(s.fetch.state(), fetch_state::done);
    EXPECT_EQ(s.fetch.too_large(), 2U);
    script headers(8, {.mode = fetch_mode::remove, .largest = 10, .oversize = oversize::header});
    headers.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n.\r\n");
    headers.turn("LIST\r\n", "+OK\r\n1 11\r\n2 12\r\n.\r\n");
    headers.turn("TOP 1 0\r\n", "-ERR unknown command\r\n");
    headers.turn("TOP 2 0\r\n", "+OK\r\nSubject: x\r\n\r\n.\r\n");
    EXPECT_TRUE(headers.fetch.header_only());
    headers.stored();
    EXPECT_EQ(headers.fetch.state(), fetch_state::done);
}

// PK-9: what is under way is read to its end first. A server that takes nothing back is left without QUIT.
TEST(keep_faults, abandoned_within_an_answer) {
    for (const bool ok : {true, false}) {
        script s(8, drain);
        s.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n.\r\n");
        s.turn("RETR 1\r\n", "+OK\r\n.\r\n");
        s.stored();
        s.turn("DELE 1\r\n", "+OK\r\n");
        s.turn("RETR 2\r\n", "+OK\r\nhalf of it\r\n");
        s.fetch.abandon();
        s.turn("", ".\r\n");
        s.turn("RSET\r\n", ok ? "+OK\r\n" : "-ERR\r\n");
        EXPECT_EQ(s.fetch.state(), ok ? fetch_state::done : fetch_state::reset_refused);
        s.fetch.abandon();
        EXPECT_TRUE(s.fetch.at_rest());
        EXPECT_EQ(s.fetch.marked(), ok ? 0U : 1U);
    }
}

// PK-9
TEST(keep_faults, abandoned_at_any_time) {
    script early(8, drain);
    early.fetch.abandon();
    EXPECT_EQ(early.fetch.state(), fetch_state::done);
    script listing(8, drain);
    listing.turn("UIDL\r\n", "+OK\r\n1 a\r\n");
    listing.fetch.abandon();
    listing.turn("", ".\r\n");
    EXPECT_EQ(listing.fetch.state(), fetch_state::done);
    script marking(8, drain);
    marking.turn("UIDL\r\n", "+OK\r\n1 a\r\n.\r\n");
    marking.turn("RETR 1\r\n", "+OK\r\n.\r\n");
    marking.stored();
    EXPECT_EQ(marking.fetch.step(marking.mail.session), misuse::none);
    marking.fetch.abandon();
    marking.turn("DELE 1\r\n", "+OK\r\n");
    marking.turn("RSET\r\n", "+OK\r\n");
    EXPECT_EQ(marking.fetch.state(), fetch_state::done);
    script late(8, drain);
    late.turn("UIDL\r\n", "+OK\r\n1 a\r\n.\r\n");
    late.turn("RETR 1\r\n", "+OK\r\n.\r\n");
    late.stored();
    late.turn("DELE 1\r\n", "+OK\r\n");
    EXPECT_EQ(late.fetch.state(), fetch_state::done);
    late.fetch.abandon();
    late.turn("RSET\r\n", "+OK\r\n");
    EXPECT_EQ(late.fetch.state(), fetch_state::done);
}

TEST(keep_faults, no_listing) {
    script s(1, drain);
    s.turn("UIDL\r\n", "-ERR\r\n");
    s.turn("LIST\r\n", "-ERR\r\n");
    EXPECT_EQ(s.fetch.state(), fetch_state::no_listing);
    s.turn("", "");
    // PK-4: ids that were there and are no more do not make old mail new.
    script later(1, drain);
    later.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 old\r\n3 c\r\n.\r\n");
    later.turn("RETR 1\r\n", "-ERR\r\n");
    later.turn("UIDL\r\n", "-ERR\r\n");
    EXPECT_EQ(later.fetch.state(), fetch_state::no_listing);
}

} // namespace
} // namespace mailwire::pop3::test
