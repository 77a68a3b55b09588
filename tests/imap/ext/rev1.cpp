// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/rev1.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

constexpr dialect rev2_only{.forms = ~forms::rev1};

TEST(rev1, commands) {
    test::good_commands({
        {"O-1", "a1 CHECK\r\n"},
        {"O-2", "a1 LSUB \"#news.\" \"comp.mail.*\"\r\n", "a1 LSUB #news. comp.mail.*\r\n"},
        {"O-8", "a1 SEARCH NEW OLD RECENT\r\n"},
        {"O-8", "a1 SEARCH NOT new\r\n", "a1 SEARCH NOT NEW\r\n"},
        {"O-9", "a1 FETCH 1 (RFC822 RFC822.HEADER RFC822.TEXT RFC822.SIZE)\r\n"},
        {"O-10", "a1 STATUS x (RECENT)\r\n"},
    });
    test::bad_commands({
        {"O-1", "a1 CHECK x\r\n", errc::syntax, 8},
        {"O-2", "a1 LSUB x\r\n", errc::syntax, 9},
        {"O-8", "a1 SEARCH NEWS\r\n", errc::syntax, 10},
        {"O-9", "a1 FETCH 1 RFC822[]\r\n", errc::syntax, 11},
        {"O-9", "a1 FETCH 1 RFC822.PEEK\r\n", errc::syntax, 11},
    });
    test::bad_commands(
        {
            {"F4", "a1 CHECK\r\n", errc::syntax, 8},
            {"F4", "a1 LSUB \"\" *\r\n", errc::syntax, 7},
            {"F4", "a1 SEARCH NEW\r\n", errc::syntax, 13},
            {"F4", "a1 SEARCH OLD\r\n", errc::syntax, 13},
            {"F4", "a1 SEARCH RECENT\r\n", errc::syntax, 16},
            {"F4", "a1 FETCH 1 RFC822\r\n", errc::syntax, 17},
            {"F4", "a1 FETCH 1 RFC822.HEADER\r\n", errc::syntax, 24},
            {"F4", "a1 FETCH 1 RFC822.TEXT\r\n", errc::syntax, 22},
            {"F4", "a1 STATUS x (RECENT)\r\n", errc::syntax, 19},
        },
        rev2_only);
    test::good_commands({{"F4", "a1 FETCH 1 (RFC822.SIZE)\r\n"}}, rev2_only);
}

TEST(rev1, responses) {
    test::good_responses({
        {"O-4", "* 5 RECENT\r\n"},
        {"O-6", "* LSUB (\\Noselect) \".\" #news\r\n"},
        {"O-6", "* lsub () nil \"a b\"\r\n", "* LSUB () NIL \"a b\"\r\n"},
        {"O-7", "* 1 FETCH (FLAGS (\\Recent \\Seen))\r\n"},
        {"O-9", "* 1 FETCH (RFC822.HEADER {2}\r\n\r\n)\r\n"},
        {"O-9", "* 1 FETCH (RFC822 \"a\" RFC822.TEXT NIL)\r\n", "* 1 FETCH (RFC822 {1}\r\na RFC822.TEXT NIL)\r\n"},
        {"O-10", "* STATUS x (RECENT 0)\r\n"},
        {"O-11", "* OK [UNSEEN 12] Message 12 is first unseen\r\n"},
        {"O-12", "a1 NO [NEWNAME blurdybloop \"blurdybloop.new\"] renamed\r\n"},
    });
    test::bad_responses({
        {"O-6", "* LSUB () \".\"\r\n", errc::syntax, 13},
        {"O-6", "* LSUB () \".\" x (a 5)\r\n", errc::syntax, 15},
        {"P4", "* LSUB (\\Noselect \\Marked) \".\" x\r\n", errc::syntax, 19},
        {"O-9", "* 1 FETCH (RFC822 x)\r\n", errc::syntax, 18},
        {"O-9", "* 1 FETCH (RFC822[] NIL)\r\n", errc::syntax, 18},
        {"P10", "* OK [UNSEEN 0] x\r\n", errc::syntax, 13},
        {"P2", "* OK [UNSEEN] x\r\n", errc::syntax, 12},
        {"P10", "* STATUS x (RECENT 4294967296)\r\n", errc::number_too_big, 19},
    });
    test::bad_responses(
        {
            {"F4", "* LSUB () \".\" #news\r\n", errc::syntax, 6},
            {"F4", "* 1 FETCH (RFC822 {2}\r\nhi)\r\n", errc::syntax, 17},
            {"F4", "* 1 FETCH (RFC822.HEADER NIL)\r\n", errc::syntax, 24},
            {"F4", "* 1 FETCH (RFC822.TEXT NIL)\r\n", errc::syntax, 22},
            {"F4", "* STATUS x (RECENT 0)\r\n", errc::syntax, 19},
            {"F4", "* OK [UNSEEN 12] x\r\n", errc::syntax, 12},
        },
        rev2_only);
    // RFC 9051 keeps these as obsolete.
    test::good_responses(
        {{"F4", "* 5 RECENT\r\n"}, {"F1", "* SEARCH 2\r\n"}, {"O-7", "* 1 FETCH (FLAGS (\\Recent))\r\n"}}, rev2_only);
}

TEST(rev1, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value(); };
    EXPECT_TRUE(read("a CHECK\r\n").is<check>());
    EXPECT_EQ(read("a LSUB r %\r\n").get<lsub>(), (lsub{"r", "%"}));
    const auto att = read("a FETCH 1 (RFC822 RFC822.TEXT)\r\n").get<fetch>()->att;
    EXPECT_TRUE(att.get<fetch_rfc822>());
    EXPECT_TRUE(att.get<fetch_rfc822_text>());
    EXPECT_FALSE(att.get<fetch_rfc822_header>());
    EXPECT_TRUE(read("a SEARCH OLD\r\n").get<search>()->keys[0].word().is<key::old>());
    EXPECT_TRUE(read("a STATUS x (RECENT)\r\n").get<status>()->att.get<status_recent>());
    const auto data = [&tape](std::string_view wire) { return parse_response(wire, tape).value; };
    EXPECT_EQ(data("* LSUB (\\Noselect) \".\" x\r\n").as<lsub_data>(), (lsub_data{{"\\Noselect"}, ".", "x"}));
    const auto parts = data("* 1 FETCH (RFC822 \"a\" RFC822.HEADER \"b\" RFC822.TEXT NIL)\r\n").as<fetch_data>().att;
    EXPECT_EQ(parts.get<rfc822>(), rfc822{"a"});
    EXPECT_EQ(parts.get<rfc822_header>(), rfc822_header{"b"});
    EXPECT_EQ(parts.get<rfc822_text>(), rfc822_text{});
    EXPECT_EQ(data("* STATUS x (RECENT 7)\r\n").as<status_data>().values.get<recent_count>(), recent_count{7});
    EXPECT_EQ(data("* OK [UNSEEN 12] x\r\n").status().code.get<code_unseen>(), code_unseen{12});
}

TEST(rev1, refuses_what_has_no_place) {
    const auto written = [](const auto& value) {
        std::string result;
        string_sink out(result);
        return write_data(out, value) == misuse::none ? result : "refused";
    };
    EXPECT_EQ(written(lsub_data{{"\\Noselect"}, "/", "a b"}), "* LSUB (\\Noselect) \"/\" \"a b\"\r\n");
    EXPECT_EQ(written(lsub_data{{"Noselect"}, "/", "a"}), "refused");
    EXPECT_EQ(written(lsub_data{{"\\Noselect", "\\Marked"}, "/", "a"}), "refused");
    EXPECT_EQ(written(lsub_data{{}, "//", "a"}), "refused");
    EXPECT_EQ(written(lsub_data{{}, "/", text::nil()}), "refused");
    size_sink out;
    EXPECT_EQ(write_status(out, {condition::ok, code_unseen{0}, "x"}), misuse::bad_value);
}

} // namespace
} // namespace mailwire::imap
