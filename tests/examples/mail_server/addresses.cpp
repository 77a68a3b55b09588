// SPDX-License-Identifier: BSL-1.0
#include "mail_server/addresses.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "imap_text.hpp"

namespace mail_server {
namespace {

struct address_row {
    std::string_view value;
    std::string_view list;
};

void expect_lists(std::span<const address_row> rows) {
    for (const auto& row : rows) {
        EXPECT_EQ(test::imap_text(parse_addresses(row.value)), row.list) << row.value;
    }
}

TEST(addresses, are_read) {
    const address_row rows[] = {
        {"", "NIL"},
        {"a@example.org", R"(((NIL NIL "a" "example.org")))"},
        {" <a@example.org> ", R"(((NIL NIL "a" "example.org")))"},
        {"John Doe <john@x.org>, jane@x.org", R"((("John Doe" NIL "john" "x.org")(NIL NIL "jane" "x.org")))"},
        {R"("Doe, John \"Jo\" \\" <john@x.org>)", R"((("Doe, John \"Jo\" \\" NIL "john" "x.org")))"},
        {R"("A B" C. D. <abc@x.org>)", R"((("A B C. D." NIL "abc" "x.org")))"},
        {R"("odd local"@x.org)", R"(((NIL NIL "odd local" "x.org")))"},
        {R"("" <e@x.org>)", R"(((NIL NIL "e" "x.org")))"},
        {"user@[127.0.0.1], u@[IPv6:2001:db8::1]",
         R"(((NIL NIL "user" "[127.0.0.1]")(NIL NIL "u" "[IPv6:2001:db8::1]")))"},
        {"=?utf-8?q?J=C3=B6?= <jo@x.org>", R"((("=?utf-8?q?J=C3=B6?=" NIL "jo" "x.org")))"},
        {"Jos\xc3\xa9 <\xc3\xa4@\xc3\xbc.example>", "((\"Jos\xc3\xa9\" NIL \"\xc3\xa4\" \"\xc3\xbc.example\"))"},
        {"a . b @ c . d", R"(((NIL NIL "a.b" "c.d")))"},
        {"Two\r\n Lines\r\n\t<a@b>", R"((("Two Lines" NIL "a" "b")))"},
        {"\"Two\r\n Lines\" <a@b>", R"((("Two Lines" NIL "a" "b")))"},
    };
    expect_lists(rows);
}

TEST(addresses, have_comments_and_routes) {
    const address_row rows[] = {
        {"jane@x.org (Jane Doe)", R"((("Jane Doe" NIL "jane" "x.org")))"},
        {"<jane@x.org> (Jane), b@x", R"((("Jane" NIL "jane" "x.org")(NIL NIL "b" "x")))"},
        {"J Q (comment) Public <j@x.org> (after)", R"((("J Q Public" NIL "j" "x.org")))"},
        {R"(a@b (nested (comment) \) "q"))", R"((("nested (comment) ) \"q\"" NIL "a" "b")))"},
        {"a(b)c <e@f(x).g>", R"((("a c" NIL "e" "f.g")))"},
        {"(only a comment)", "NIL"},
        {"a@b (), c@d", R"(((NIL NIL "a" "b")(NIL NIL "c" "d")))"},
        {"<@r1.org,@r2.org:route@x.org>", R"(((NIL "@r1.org,@r2.org" "route" "x.org")))"},
        {"R <@r1.org , , @r2.org : route@x.org>", R"((("R" "@r1.org,,@r2.org" "route" "x.org")))"},
    };
    expect_lists(rows);
}

TEST(addresses, are_in_groups) {
    const address_row rows[] = {
        {"undisclosed-recipients:;", R"(((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)))"},
        {"A Group: b <b@x.org>, c@x.org; , d@x.org",
         R"(((NIL NIL "A Group" NIL)("b" NIL "b" "x.org")(NIL NIL "c" "x.org")(NIL NIL NIL NIL)(NIL )"
         R"(NIL "d" "x.org")))"},
        {"\"g:\": ; a@b", R"(((NIL NIL "g:" NIL)(NIL NIL NIL NIL)(NIL NIL "a" "b")))"},
        {"open:a@b,c@d", R"(((NIL NIL "open" NIL)(NIL NIL "a" "b")(NIL NIL "c" "d")(NIL NIL NIL NIL)))"},
        {"g: h: a@b;; c@d", R"(((NIL NIL "g" NIL)(NIL NIL "a" "b")(NIL NIL NIL NIL)(NIL NIL "c" "d")))"},
        {": a@b; ;", R"(((NIL NIL "a" "b")))"},
    };
    expect_lists(rows);
}

TEST(addresses, are_made_of_what_is_there) {
    const address_row rows[] = {
        {"noat", R"(((NIL NIL "noat" "MISSING_DOMAIN")))"},
        {"Foo Bar", R"(((NIL NIL "Foo Bar" "MISSING_DOMAIN")))"},
        {"<>", R"(((NIL NIL "MISSING_MAILBOX" "MISSING_DOMAIN")))"},
        {"c@, @d, <@e>",
         R"(((NIL NIL "c" "MISSING_DOMAIN")(NIL NIL "MISSING_MAILBOX" "d")(NIL NIL "MISSING_MAILBOX" "e")))"},
        {"a@x.org b@x.org, c@d", R"(((NIL NIL "a" "x.org")(NIL NIL "c" "d")))"},
        {"joe@x.org <joe@x.org>", R"(((NIL NIL "joe" "x.org")))"},
        {"<a@b, c@d", R"(((NIL NIL "a" "b")(NIL NIL "c" "d")))"},
        {"bad <bad, good@x.org", R"((("bad" NIL "bad" "MISSING_DOMAIN")(NIL NIL "good" "x.org")))"},
        {"\"open <u@x.org>, \"v\" <v@x.org", R"((("open <u@x.org>, v" NIL "v" "x.org")))"},
        {"\"open <u@x.org>", R"((("open" NIL "u" "x.org")))"},
        {"a@b (open", R"(((NIL NIL "a" "b")))"},
        {"a@[open, c@d", R"(((NIL NIL "a" "[open")(NIL NIL "c" "d")))"},
        {",,;,", "NIL"},
        {"<@a,@b", R"(((NIL NIL "MISSING_MAILBOX" "a")(NIL NIL "MISSING_MAILBOX" "b")))"},
    };
    expect_lists(rows);
}

TEST(addresses, never_fail_and_never_take_long) {
    for (const std::string_view seed :
         {"<@,", "<@<", "\"\\\"", "(\\(", "[", "a,", ":", "<", "@", "\\", ")", "\"", "(", ">@:;"}) {
        std::string value;
        while (value.size() < 200000) {
            value += seed;
        }
        const auto list = parse_addresses(value);
        EXPECT_LE(list.size(), value.size()) << seed;
    }
}

TEST(addresses, make_an_envelope) {
    struct {
        std::string_view header;
        std::string_view envelope;
    } const rows[] = {
        {"\r\n", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"},
        {"From: a@b\r\nTo: c@d\r\nDate: Tue, 1 Apr 2025 10:00:00 +0200\r\nSubject: =?utf-8?q?x?=\r\n =?utf-8?q?y?=\r\n"
         "Message-ID: <1@b>\r\nIn-Reply-To: <2@b>\r\n <3@b>\r\n\r\n",
         R"(("Tue, 1 Apr 2025 10:00:00 +0200" "=?utf-8?q?x?= =?utf-8?q?y?=" ((NIL NIL "a" "b")) ((NIL NIL "a" "b")) )"
         R"(((NIL NIL "a" "b")) ((NIL NIL "c" "d")) NIL NIL "<2@b> <3@b>" "<1@b>"))"},
        {"From: a@b\r\nSender: s@b\r\nReply-To: r@b\r\nCc: c@b\r\nBcc: x@b\r\n",
         R"((NIL NIL ((NIL NIL "a" "b")) ((NIL NIL "s" "b")) ((NIL NIL "r" "b")) NIL ((NIL NIL "c" "b")) )"
         R"(((NIL NIL "x" "b")) NIL NIL))"},
        {"Date:\r\nSubject: \r\nFrom:\r\nSender: \r\nTo: ,\r\nMessage-ID:\r\nIn-Reply-To:\r\n\r\n",
         R"(("" "" NIL NIL NIL NIL NIL NIL "" ""))"},
        {"FROM: a@b\r\nFrom: c@d\r\nsubject: 1\r\nsubject: 2\r\nReply-To: (nobody)\r\nSender: \r\n\r\n",
         R"((NIL "1" ((NIL NIL "a" "b")(NIL NIL "c" "d")) ((NIL NIL "a" "b")(NIL NIL "c" "d")) )"
         R"(((NIL NIL "a" "b")(NIL NIL "c" "d")) NIL NIL NIL NIL NIL))"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(test::imap_text(read_envelope(row.header)), row.envelope) << row.header;
    }
}

} // namespace
} // namespace mail_server
