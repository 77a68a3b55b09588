// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/answer_writer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace mailwire::pop3 {
namespace {

struct writing {
    std::array<char, 64> storage{};
    answer_writer answer{storage, line_feeds::as_they_are};

    std::string_view output() const { return answer.out().output(); }
};

TEST(answer_writer, knows_what_is_due) {
    writing w;
    EXPECT_TRUE(w.answer.is_complete());
    EXPECT_FALSE(w.answer.is_due());
    w.answer.owe(answer_form::scan_listings);
    EXPECT_TRUE(w.answer.is_due(answer_form::scan_listings));
    EXPECT_FALSE(w.answer.is_due(answer_form::text));
    const scan_listing one{1, 20, {}};
    EXPECT_EQ(w.answer.line(answer_form::scan_listings, one), misuse::wrong_state) << "the first line comes first";
    EXPECT_EQ(w.answer.end_of_lines(), misuse::wrong_state);
    ASSERT_EQ(w.answer.reply({.ok = true}, false), misuse::none);
    EXPECT_FALSE(w.answer.is_due());
    EXPECT_FALSE(w.answer.is_complete());
    EXPECT_EQ(w.answer.line(answer_form::unique_ids, unique_id{1, "a"}), misuse::wrong_state);
    EXPECT_EQ(w.answer.line(answer_form::scan_listings, one), misuse::none);
    EXPECT_EQ(w.answer.body("x"), 0U) << "no message is due";
    EXPECT_EQ(w.answer.end_of_lines(), misuse::none);
    EXPECT_TRUE(w.answer.is_complete());
    EXPECT_EQ(w.answer.end_of_lines(), misuse::wrong_state);
    EXPECT_EQ(w.output(), "+OK\r\n1 20\r\n.\r\n");
}

// PF-1: an -ERR is one line, whatever was asked.
TEST(answer_writer, an_error_ends_any_answer) {
    for (const answer_form form :
         {answer_form::text, answer_form::body, answer_form::capabilities, answer_form::sasl}) {
        writing w;
        w.answer.owe(form);
        ASSERT_EQ(w.answer.reply({.ok = false, .text = "no"}, false), misuse::none);
        EXPECT_TRUE(w.answer.is_complete());
        EXPECT_EQ(w.output(), "-ERR no\r\n");
    }
}

// PF-2, PF-3, PF-8: a message goes out in as many pieces as the room asks for, with its dots doubled and a last CRLF.
TEST(answer_writer, a_message_piece_by_piece) {
    writing w;
    std::array<char, 7> narrow;
    answer_writer answer(narrow, line_feeds::as_they_are);
    answer.owe(answer_form::body);
    ASSERT_EQ(answer.reply({.ok = true}, false), misuse::none);
    std::string sent;
    std::string_view message = ".one\r\n..\r\nno end";
    const auto send = [&] {
        sent += answer.out().output();
        answer.out().sent(narrow.size());
    };
    while (!message.empty()) {
        message.remove_prefix(answer.body(message));
        send();
    }
    ASSERT_EQ(answer.end_of_lines(), misuse::none);
    send();
    EXPECT_EQ(sent, "+OK\r\n..one\r\n...\r\nno end\r\n.\r\n");
}

TEST(answer_writer, writes_wholly_or_not_at_all) {
    writing w;
    w.answer.owe(answer_form::text);
    EXPECT_EQ(w.answer.reply({.ok = true, .text = "a\rb"}, false), misuse::bad_value);
    EXPECT_EQ(w.answer.reply({.ok = true, .text = std::string(60, 'x')}, false), misuse::no_room);
    EXPECT_TRUE(w.answer.is_due());
    EXPECT_EQ(w.output(), "");
    EXPECT_EQ(w.answer.reply({.ok = true, .text = "caf\xc3\xa9"}, false), misuse::bad_value);
    EXPECT_EQ(w.answer.reply({.ok = true, .text = "caf\xc3\xa9"}, true), misuse::none);
    EXPECT_EQ(w.output(), "+OK caf\xc3\xa9\r\n");
}

// PC-13: "+ " and base64. What is abandoned leaves nothing, not even the two octets.
TEST(answer_writer, challenges) {
    writing w;
    w.answer.owe(answer_form::sasl);
    std::span<char> room = w.answer.room_for_challenge();
    ASSERT_EQ(room.size(), (64U - 2 - 2) / 4 * 3);
    w.answer.abandon_challenge();
    EXPECT_EQ(w.output(), "");
    EXPECT_TRUE(w.answer.is_due());
    room = w.answer.room_for_challenge();
    std::copy_n("test", 4, room.begin());
    w.answer.put_challenge(4);
    EXPECT_EQ(w.output(), "+ dGVzdA==\r\n");
    EXPECT_TRUE(w.answer.is_complete());
    w.answer.owe(answer_form::sasl);
    w.answer.room_for_challenge();
    w.answer.put_challenge(0);
    EXPECT_EQ(w.output(), "+ dGVzdA==\r\n+ \r\n");
}

TEST(answer_writer, owes_nothing_after_the_end) {
    writing w;
    w.answer.owe(answer_form::body);
    ASSERT_EQ(w.answer.reply({.ok = true}, false), misuse::none);
    w.answer.owe_nothing();
    EXPECT_EQ(w.answer.body("x"), 0U);
    EXPECT_EQ(w.answer.end_of_lines(), misuse::wrong_state);
    EXPECT_TRUE(w.answer.is_complete());
}

} // namespace
} // namespace mailwire::pop3
