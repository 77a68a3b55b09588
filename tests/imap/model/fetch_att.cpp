// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/fetch_att.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(fetch_att, items) {
    test::good_commands({
        {"B6-1", "a1 FETCH 1 (BODYSTRUCTURE)\r\n"},
        {"B6-1", "a1 FETCH 1 BODY\r\n", "a1 FETCH 1 (BODY)\r\n"},
        {"B6-2", "a1 FETCH 1 BODY[]\r\n", "a1 FETCH 1 (BODY[])\r\n"},
        {"B6-3", "a1 FETCH 1 (BODY[]<0.2048>)\r\n"},
        {"B6-4", "a1 FETCH 1 (body.peek[HEADER])\r\n", "a1 FETCH 1 (BODY.PEEK[HEADER])\r\n"},
        {"B6-5", "a1 FETCH 1 (BODY[3.HEADER] BODY[4.1.MIME] BODY[TEXT] BODY[4.2.2.1])\r\n"},
        {"B6-6", "a1 FETCH 1 (BODY[2.HEADER.FIELDS.NOT (Received)])\r\n"},
        {"L-23", "a1 FETCH 1 (BODY[HEADER.FIELDS (\"To\" Cc)])\r\n", "a1 FETCH 1 (BODY[HEADER.FIELDS (To Cc)])\r\n"},
        {"L-23", "a1 FETCH 1 BODY[HEADER.FIELDS ({2+}\r\nTo)]<0.1>\r\n",
         "a1 FETCH 1 (BODY[HEADER.FIELDS (To)]<0.1>)\r\n"},
        {"L-24", "a1 FETCH 1 (BODY.PEEK[1.2.MIME]<0.10>)\r\n"},
        {"B6-9", "a1 FETCH 1 (ENVELOPE FLAGS INTERNALDATE RFC822.SIZE UID)\r\n"},
        {"B9", "a1 FETCH 1 (BODY[]<9223372036854775807.1>)\r\n"},
        {"B9", "a1 FETCH 1 (BODY[]<4294967295.4294967295>)\r\n"},
        {"B6-7", "a1 FETCH 1 BINARY.PEEK[1.2]<0.10>\r\n", "a1 FETCH 1 (BINARY.PEEK[1.2]<0.10>)\r\n"},
        {"B6-7", "a1 FETCH 1 (binary[] BINARY[7])\r\n", "a1 FETCH 1 (BINARY[] BINARY[7])\r\n"},
        {"X-3516-2", "a1 FETCH 1 (BINARY[1] BINARY.SIZE[1] BINARY.SIZE[])\r\n"},
    });
    test::bad_commands({
        {"B6-3", "a1 FETCH 1 BODY<0.1>\r\n", errc::syntax, 11},
        {"B6-3", "a1 FETCH 1 BODY[]<0>\r\n", errc::syntax, 19},
        {"B6-3", "a1 FETCH 1 BODY[] <0.1>\r\n", errc::syntax, 18},
        {"B6-1", "a1 FETCH 1 BODYSTRUCTURE[]\r\n", errc::syntax, 11},
        {"B6-7", "a1 FETCH 1 BINARY\r\n", errc::syntax, 11},
        {"B6-7", "a1 FETCH 1 BINARY[1.MIME]\r\n", errc::syntax, 20},
        {"B6-7", "a1 FETCH 1 BINARY[TEXT]\r\n", errc::syntax, 18},
        {"B6-7", "a1 FETCH 1 BINARY[1]<0.0>\r\n", errc::syntax, 23},
        {"B6-8", "a1 FETCH 1 BINARY.SIZE[1]<0.5>\r\n", errc::syntax, 25},
        {"B6-8", "a1 FETCH 1 BINARY.SIZE.PEEK[1]\r\n", errc::syntax, 11},
        {"L-24", "a1 FETCH 1 BODY[MIME]\r\n", errc::syntax, 16},
        {"L-24", "a1 FETCH 1 BODY[0]\r\n", errc::syntax, 16},
        {"L-24", "a1 FETCH 1 BODY[HEADER.FIELDS ()]\r\n", errc::syntax, 31},
        {"P12", "a1 FETCH 1 (UID FLAGS ENVELOPE\r\n", errc::syntax, 30},
    });
}

TEST(fetch_att, fields) {
    token tape[64];
    const auto parsed = parse_command("a FETCH 1 (UID BODY[] BODY.PEEK[1.TEXT]<5.7>)\r\n", tape);
    ASSERT_TRUE(parsed);
    const auto att = parsed.value.value().get<fetch>()->att;
    EXPECT_EQ(att.size(), 3U);
    EXPECT_TRUE(att.get<fetch_uid>());
    EXPECT_FALSE(att.get<fetch_flags>());
    EXPECT_FALSE(att.get<fetch_body>()->partial);
    EXPECT_EQ(att.get<fetch_body>()->section, section{});
    EXPECT_EQ(att.get<fetch_body_peek>(), (fetch_body_peek{{"1", section_text::text, {}}, partial{5, 7}}));
    const auto binary = parse_command("a FETCH 1 (BINARY[] BINARY.PEEK[1.2]<5.7> BINARY.SIZE[3])\r\n", tape);
    ASSERT_TRUE(binary);
    const auto parts = binary.value.value().get<fetch>()->att;
    EXPECT_EQ(parts.get<fetch_binary>(), fetch_binary{});
    EXPECT_EQ(parts.get<fetch_binary_peek>(), (fetch_binary_peek{"1.2", partial{5, 7}}));
    EXPECT_EQ(parts.get<fetch_binary_size>(), fetch_binary_size{"3"});
}

template <typename Att> std::string written(const Att& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {});
    out.put(value);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(fetch_att, refuses_what_has_no_place) {
    EXPECT_EQ(written(fetch_envelope{}), "ENVELOPE");
    EXPECT_EQ(written(fetch_body{{"1", section_text::mime, {}}, {}}), "BODY[1.MIME]");
    EXPECT_EQ(written(fetch_body_peek{{}, partial{9223372036854775807U, 1}}), "BODY.PEEK[]<9223372036854775807.1>");
    EXPECT_EQ(written(fetch_body{{}, partial{0, 0}}), "refused");
    EXPECT_EQ(written(fetch_body{{}, partial{9223372036854775808U, 1}}), "refused");
    EXPECT_EQ(written(fetch_body{{}, partial{0, 9223372036854775808U}}), "refused");
    EXPECT_EQ(written(fetch_binary{"1.2", partial{0, 1}}), "BINARY[1.2]<0.1>");
    EXPECT_EQ(written(fetch_binary{"1.MIME", {}}), "refused");
    EXPECT_EQ(written(fetch_binary_peek{{}, partial{0, 0}}), "refused");
    EXPECT_EQ(written(fetch_binary_size{"1] FLAGS"}), "refused");
    EXPECT_EQ(written(fetch_body{{"1]<0.1>\r\n", section_text::whole, {}}, {}}), "refused");
}

} // namespace
} // namespace mailwire::imap
