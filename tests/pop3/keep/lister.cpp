// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/keep/lister.hpp>

#include <mailwire/pop3/client.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// A client in TRANSACTION that asks what a lister wants to know.
struct asking {
    test_client<> client{{.secure = true}};
    std::vector<wanted_message> room;
    lister list;

    asking(std::size_t entries, bool sizes) : room(entries), list(room, sizes) { client.log_in(); }

    // Sends what is due, which has to be `sent`, and reads the answer to it.
    listing_step turn(std::string_view sent, std::string_view answer) {
        EXPECT_EQ(list.send(client.session), misuse::none);
        EXPECT_EQ(client.session.output(), sent);
        client.session.sent(sent.size());
        std::copy(answer.begin(), answer.end(), client.session.prepare().begin());
        client.session.commit(answer.size());
        auto wish_for = [](const unique_id& u) {
            return u.id == "old" ? wish::leave : u.id == "gone" ? wish::remove : wish::fetch;
        };
        listing_step last = listing_step::more;
        for (auto e = client.session.next(); e.kind != client_event_kind::need_input; e = client.session.next()) {
            EXPECT_EQ(last, listing_step::more);
            if (is_fatal(e.error.code)) return last;
            const mailwire::test::no_allocation_here guard("take");
            last = list.take(e, wish_for);
        }
        return last;
    }

    // The messages that are wanted, with their sizes; of those to remove the number alone.
    std::string wanted() {
        std::string all;
        for (; !list.wanted().at_end(); list.wanted().pop()) {
            const wanted_message& m = list.wanted().front();
            if (m.wish == wish::remove) {
                all += '-' + std::to_string(m.message) + ' ';
            } else {
                all += std::to_string(m.message) + ':' + (m.octets == any_size ? "?" : std::to_string(m.octets)) + ' ';
            }
        }
        return all;
    }
};

TEST(lister, by_unique_id) {
    asking a(8, false);
    EXPECT_FALSE(a.list.complete());
    EXPECT_EQ(a.turn("UIDL\r\n", "+OK\r\n3 c\r\n1 old\r\n2 gone\r\n.\r\n"), listing_step::end);
    EXPECT_TRUE(a.list.complete());
    EXPECT_EQ(a.wanted(), "-2 3:? ");
}

// PK-6: a listing counts once its end was seen and no line of it was lost.
TEST(lister, a_listing_that_is_not_complete) {
    asking cut(8, false);
    EXPECT_EQ(cut.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n"), listing_step::more);
    EXPECT_FALSE(cut.list.complete());
    asking bad(8, false);
    EXPECT_EQ(bad.turn("UIDL\r\n", "+OK\r\n1 a\r\n0 b\r\n3 c\r\n.\r\n"), listing_step::end);
    EXPECT_FALSE(bad.list.complete());
    EXPECT_EQ(bad.wanted(), "1:? 3:? ");
    asking odd(8, false);
    EXPECT_EQ(odd.turn("UIDL\r\n", "+OK \xff\r\n1 a\r\n.\r\n"), listing_step::end);
    EXPECT_TRUE(odd.list.complete());
}

// PK-8: where sizes matter they are asked for; of a message without one the worst is assumed.
TEST(lister, with_sizes) {
    asking a(8, true);
    EXPECT_EQ(a.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n3 old\r\n4 gone\r\n.\r\n"), listing_step::command);
    EXPECT_EQ(a.turn("LIST\r\n", "+OK\r\n1 10\r\n2 x\r\n3 30\r\n4 40\r\n9 90\r\n.\r\n"), listing_step::end);
    EXPECT_TRUE(a.list.complete());
    EXPECT_EQ(a.wanted(), "1:10 2:? -4 ");
    asking nothing(8, true);
    EXPECT_EQ(nothing.turn("UIDL\r\n", "+OK\r\n3 old\r\n.\r\n"), listing_step::end);
    asking refused(8, true);
    EXPECT_EQ(refused.turn("UIDL\r\n", "+OK\r\n1 a\r\n.\r\n"), listing_step::command);
    EXPECT_EQ(refused.turn("LIST\r\n", "-ERR\r\n"), listing_step::refused);
    EXPECT_FALSE(refused.list.may_do_without_ids());
}

TEST(lister, without_unique_ids) {
    asking a(2, true);
    EXPECT_EQ(a.turn("UIDL\r\n", "-ERR\r\n"), listing_step::refused);
    ASSERT_TRUE(a.list.may_do_without_ids());
    a.list.do_without_ids();
    EXPECT_FALSE(a.list.may_do_without_ids());
    EXPECT_EQ(a.turn("LIST\r\n", "+OK\r\n1 10\r\n2 20\r\n3 30\r\n.\r\n"), listing_step::end);
    EXPECT_FALSE(a.list.complete());
    EXPECT_TRUE(a.list.wanted().more());
    EXPECT_EQ(a.wanted(), "1:10 2:20 ");
    a.list.go_on();
    EXPECT_EQ(a.turn("LIST\r\n", "+OK\r\n1 10\r\n2 20\r\n3 33\r\n.\r\n"), listing_step::end);
    EXPECT_EQ(a.wanted(), "3:33 ");
}

// PK-7
TEST(lister, a_listing_that_contradicts_the_first) {
    struct {
        std::string_view second;
        listing_step says;
    } const rows[] = {
        {"+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n", listing_step::end}, {"+OK\r\n2 b\r\n3 c\r\n.\r\n", listing_step::end},
        {"+OK\r\n1 b\r\n2 c\r\n.\r\n", listing_step::changed},    {"+OK\r\n2 b\r\n.\r\n", listing_step::changed},
        {"+OK\r\n2 b\r\n3 \r\n.\r\n", listing_step::end}, // a line that cannot be read may be any
    };
    for (const auto& r : rows) {
        asking a(1, false);
        EXPECT_EQ(a.turn("UIDL\r\n", "+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n"), listing_step::end);
        a.list.marked(a.list.wanted().front());
        a.list.go_on();
        EXPECT_EQ(a.turn("UIDL\r\n", r.second), r.says) << r.second;
        EXPECT_EQ(a.list.complete(), r.says == listing_step::end && r.second.find("3 \r\n") == std::string_view::npos);
    }
}

} // namespace
} // namespace mailwire::pop3::test
