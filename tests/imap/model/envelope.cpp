// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/envelope.hpp"

#include "imap/tolerated.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

constexpr std::string_view wire = "* 1 FETCH (ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"a \\\"b\\\\\" "
                                  "((\"Terry Gray\" NIL \"gray\" \"cac.example\")) "
                                  "((NIL NIL \"s\" \"x\")(NIL NIL \"t\" \"x\")) NIL ((NIL NIL \"group\" NIL)(NIL NIL "
                                  "NIL NIL)) NIL NIL \"<r@x>\" \"<m@x>\"))\r\n";

TEST(envelope, fields) {
    token tape[64];
    const auto parsed = parse_response(wire, tape);
    ASSERT_TRUE(parsed);
    const auto e = parsed.value.as<fetch_data>().att.get<envelope>();
    ASSERT_TRUE(e);
    EXPECT_EQ(e->date, text("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)"));
    EXPECT_EQ(e->subject, text("a \"b\\"));
    ASSERT_EQ(e->from.size(), 1U);
    EXPECT_EQ(e->from[0], (address{"Terry Gray", text::nil(), "gray", "cac.example"}));
    ASSERT_EQ(e->sender.size(), 2U);
    EXPECT_EQ(e->sender[1].mailbox, text("t"));
    EXPECT_TRUE(e->reply_to.empty());
    ASSERT_EQ(e->to.size(), 2U);
    EXPECT_TRUE(e->to[0].host.is_nil());    // a group begins
    EXPECT_TRUE(e->to[1].mailbox.is_nil()); // and ends
    EXPECT_TRUE(e->cc.empty());
    EXPECT_TRUE(e->bcc.empty());
    EXPECT_EQ(e->in_reply_to, text("<r@x>"));
    EXPECT_EQ(e->message_id, text("<m@x>"));
}

TEST(envelope, units) {
    test::good_responses({
        {"B6-9", wire},
        {"B6-9", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"},
        {"B6-9", "* 1 FETCH (ENVELOPE (\"\" {3}\r\na\nb ((\"\" NIL \"\" \"\")) NIL NIL NIL NIL NIL {0}\r\n NIL))\r\n",
         "* 1 FETCH (ENVELOPE (\"\" {3}\r\na\nb ((\"\" NIL \"\" \"\")) NIL NIL NIL NIL NIL \"\" NIL))\r\n"},
        {"L-10", "* 1 FETCH (ENVELOPE (nil \"NIL\" nIl NIL NIL NIL NIL NIL NIL NIL))\r\n",
         "* 1 FETCH (ENVELOPE (NIL \"NIL\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"},
    });
    test::bad_responses({
        {"B6-9", "* 1 FETCH (ENVELOPE NIL)\r\n", errc::syntax, 20},
        {"B6-9", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n", errc::syntax, 56},
        {"B6-9", "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))\r\n", errc::syntax, 30},
        {"B6-9", "* 1 FETCH (ENVELOPE (atom NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n", errc::syntax, 21},
    });
}

// P12: a list that is empty, and spaces behind addresses, as servers send them.
TEST(envelope, tolerated_lists) {
    const std::string_view empty = "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL () NIL NIL))\r\n";
    const std::string_view spaced =
        "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"x\") (NIL NIL \"b\" \"x\")) NIL NIL "
        "((NIL NIL \"c\" \"x\") ) NIL NIL NIL NIL))\r\n";
    test::expect_tolerated(quirks::empty_list, empty);
    test::expect_tolerated(quirks::space_between_addresses, spaced);
    token tape[64];
    const parse_options options{.dialect = {.quirks = quirks::of_servers}};
    const auto none = parse_response(empty, tape, options).value.as<fetch_data>().att.get<envelope>();
    EXPECT_TRUE(none->from.empty());
    EXPECT_TRUE(none->bcc.empty());
    const auto some = parse_response(spaced, tape, options).value.as<fetch_data>().att.get<envelope>();
    ASSERT_EQ(some->from.size(), 2U);
    EXPECT_EQ(some->from[1].mailbox, text("b"));
    EXPECT_EQ(some->to.size(), 1U);
}

TEST(envelope, is_written_from_a_program) {
    const address from[] = {{"A \"B\"", text::nil(), "a", "x.example"}, {text::nil(), text::nil(), "b", "y.example"}};
    envelope value;
    value.subject = "caf\xc3\xa9";
    value.from = from;
    const item<slot::msg_att> att[] = {value};
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_data(out, fetch_data{1, items<slot::msg_att>(att)}), misuse::none);
    EXPECT_EQ(result,
              "* 1 FETCH (ENVELOPE (NIL {5}\r\ncaf\xc3\xa9 ((\"A \\\"B\\\"\" NIL \"a\" \"x.example\")(NIL NIL \"b\" "
              "\"y.example\")) NIL NIL NIL NIL NIL NIL NIL))\r\n");
    token tape[64];
    EXPECT_EQ(parse_response(result, tape).value.as<fetch_data>().att.get<envelope>(), value);
    value.message_id = "<other>";
    EXPECT_NE(parse_response(result, tape).value.as<fetch_data>().att.get<envelope>(), value);
}

} // namespace
} // namespace mailwire::imap
