// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/search_key.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(search_key, keys) {
    test::good_commands({
        {"B7-1", "a1 SEARCH ALL ANSWERED DELETED DRAFT FLAGGED SEEN\r\n"},
        {"B7-2", "a1 SEARCH UNANSWERED UNDELETED UNDRAFT UNFLAGGED UNSEEN\r\n"},
        {"O", "a1 search new OLD Recent\r\n", "a1 SEARCH NEW OLD RECENT\r\n"},
        {"B7-3", "a1 SEARCH KEYWORD $Junk UNKEYWORD foo\r\n"},
        {"B7-4", "a1 SEARCH BCC a CC b FROM c TO d SUBJECT \"e f\" BODY g TEXT h\r\n"},
        {"B7-5", "a1 SEARCH HEADER Message-ID \"\"\r\n"},
        {"B7-6", "a1 SEARCH BEFORE 1-Feb-1994 ON 2-Feb-1994 SINCE \"3-Feb-1994\"\r\n",
         "a1 SEARCH BEFORE 1-Feb-1994 ON 2-Feb-1994 SINCE 3-Feb-1994\r\n"},
        {"B7-7", "a1 SEARCH SENTBEFORE 1-Feb-1994 SENTON 1-Feb-1994 SENTSINCE 1-Feb-1994\r\n"},
        {"B7-8", "a1 SEARCH LARGER 5000000000 SMALLER 0\r\n"},
        {"L-12", "a1 SEARCH LARGER 9223372036854775807\r\n"},
        {"B7-9", "a1 SEARCH OR (SEEN FLAGGED) NOT 1:3\r\n"},
        {"B7-9", "a1 SEARCH OR OR 1 2 NOT NOT (3)\r\n"},
        {"B7-10", "a1 UID SEARCH UID 1:* 5,7:9 $\r\n"},
        {"B4-4", "a1 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"\r\n",
         "a1 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM Smith\r\n"},
        {"B4-6", "a1 SEARCH CHARSET UTF-8 TEXT {4+}\r\n\xd0\xbc\xd0\xb0\r\n",
         "a1 SEARCH CHARSET UTF-8 TEXT \"\xd0\xbc\xd0\xb0\"\r\n"},
        {"L-21", "a1 SEARCH CHARSET \"UTF-8\" ALL\r\n", "a1 SEARCH CHARSET UTF-8 ALL\r\n"},
        {"A9", "a1 SEARCH BODY BODY CC BCC BCC CC\r\n"},
        {"A6", "a1 SEARCH TEXT NIL\r\n"},
    });
    test::bad_commands({
        {"B7-6", "a1 SEARCH BEFORE 1-Feb-94\r\n", errc::syntax, 25},
        {"B7-8", "a1 SEARCH LARGER 9223372036854775808\r\n", errc::number_too_big, 17},
        {"B7-8", "a1 SEARCH LARGER -1\r\n", errc::syntax, 17},
        {"B7-3", "a1 SEARCH KEYWORD \"a\"\r\n", errc::syntax, 18},
        {"B7-5", "a1 SEARCH HEADER Message-ID\r\n", errc::syntax, 27},
        {"A9", "a1 SEARCH ALLSEEN\r\n", errc::syntax, 10},
        {"A9", "a1 SEARCH SEEN)\r\n", errc::syntax, 14},
        {"P12", "a1 SEARCH SEEN  ALL\r\n", errc::syntax, 15},
        {"P12", "a1 SEARCH (SEEN )\r\n", errc::syntax, 16},
        {"L-14", "a1 SEARCH $,1\r\n", errc::syntax, 11},
    });
}

TEST(search_key, fields) {
    token tape[64];
    const auto parsed = parse_command("a SEARCH OR FROM x (SEEN 1:3) NOT LARGER 5 BEFORE 1-Feb-1994\r\n", tape);
    ASSERT_TRUE(parsed);
    const auto command = parsed.value.value().get<search>();
    ASSERT_TRUE(command);
    EXPECT_TRUE(command->charset.is_nil());
    ASSERT_EQ(command->keys.size(), 3U);
    const auto either = command->keys[0].word().get<key::or_>();
    ASSERT_TRUE(either);
    EXPECT_EQ(either->one.word().get<key::from>()->value, text("x"));
    ASSERT_TRUE(either->other.is_group());
    EXPECT_FALSE(either->other.is_set());
    EXPECT_TRUE(either->other.all()[0].word().is<key::seen>());
    EXPECT_TRUE(either->other.all()[1].is_set());
    EXPECT_EQ(either->other.all()[1].messages(), sequence_set("1:3"));
    EXPECT_EQ(command->keys[1].word().get<key::not_>()->value.word().get<key::larger>()->value, 5U);
    EXPECT_EQ(command->keys[2].word().get<key::before>()->value, "1-Feb-1994");
}

std::string written(const search_key& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {});
    value.write(out);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(search_key, is_written_from_a_program) {
    EXPECT_EQ(written(key::seen{}), "SEEN");
    EXPECT_EQ(written(key::text{"a b"}), "TEXT \"a b\"");
    EXPECT_EQ(written(key::header{"To", ""}), "HEADER To \"\"");
    EXPECT_EQ(written(sequence_set("1:*")), "1:*");
    const key::seen seen;
    const key::flagged flagged;
    const search_key both[] = {seen, flagged};
    const search_key group{seq_of<search_key>(both)};
    EXPECT_EQ(written(group), "(SEEN FLAGGED)");
    EXPECT_EQ(written(key::or_{group, sequence_set(7U)}), "OR (SEEN FLAGGED) 7");
    EXPECT_EQ(written(key::not_{key::on{"1-Feb-1994"}}), "NOT ON 1-Feb-1994");
}

TEST(search_key, refuses_what_has_no_place) {
    EXPECT_EQ(written(search_key{}), "refused");
    EXPECT_EQ(written(seq_of<search_key>{}), "refused");
    EXPECT_EQ(written(key::keyword{"\\Seen"}), "refused");
    EXPECT_EQ(written(key::on{"1-2-1994"}), "refused");
    EXPECT_EQ(written(key::on{"1-Feb-1994 ALL"}), "refused");
    EXPECT_EQ(written(key::larger{9223372036854775808U}), "refused");
    EXPECT_EQ(written(key::text{text::nil()}), "refused");
    EXPECT_EQ(written(key::uid{}), "refused");
    EXPECT_EQ(written(key::not_{}), "refused");
}

} // namespace
} // namespace mailwire::imap
