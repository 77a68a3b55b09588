// SPDX-License-Identifier: BSL-1.0
// How a client cuts what a server sends: RFC 9051 2.2, 4.3, 7.6; statements FR of docs/sessions.md, attack rows A.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/client_talk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::client_talk;
using test::lines;
using test::talk_twice;

// What a client that has sent NOOP, A1, tells of these octets: the same whole and octet by octet.
void hears(std::string_view octets, const lines& told, const client_options& options = test::in_the_clear) {
    talk_twice(
        [&](client_talk& t) {
            t.log_in();
            EXPECT_EQ(t.say(noop{}), "A1 NOOP\r\n");
            EXPECT_EQ(t.hear(octets), told) << octets;
        },
        options);
}

TEST(imap_client_framing, FR_1_A11_many_units_in_one_piece) {
    std::string octets;
    lines told;
    for (std::size_t i = 1; i != 2000; ++i) {
        octets += "* " + std::to_string(i) + " EXISTS\r\n";
        told.push_back("response * " + std::to_string(i) + " EXISTS");
    }
    hears(octets, told);
}

TEST(imap_client_framing, FR_2_A4_a_header_at_the_end_of_text_is_no_literal) {
    hears("* OK hello {5}\r\n* 3 EXISTS\r\nA1 OK done\r\n",
          {"response * OK hello {5}", "response * 3 EXISTS", "done 1 A1 OK done"});
    hears("A1 NO [ALERT] no mailbox \"x {30}\r\n", {"done 1 A1 NO [ALERT] no mailbox \"x {30}"});
    hears("* BYE {99999999999999999999}\r\n", {"response * BYE {99999999999999999999}"});
    hears("* OK [UIDNEXT 5] {5}\r\nA1 BAD {1}\r\n", {"response * OK [UIDNEXT 5] {5}", "done 1 A1 BAD {1}"});
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1");
        EXPECT_EQ(t.say(create{"\xe4"}), "A1 CREATE {1}\r\n");
        EXPECT_EQ(t.hear("+ send me {5}\r\n* 1 EXISTS\r\n"), lines{"response * 1 EXISTS"});
        EXPECT_EQ(t.said(), "\xe4\r\n");
    });
}

TEST(imap_client_framing, FR_2_A4_a_greeting_ends_in_text) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK hi {5}\r\n* 3 EXISTS\r\n"), (lines{"greeting * OK hi {5}", "response * 3 EXISTS"}));
    });
}

TEST(imap_client_framing, FR_2_A5_a_header_in_a_quoted_string_is_none) {
    hears("* LIST () \"/\" \"fake {50}\"\r\n", {"response * LIST () \"/\" \"fake {50}\""});
    hears("* LIST () \"/\" {5}\r\nhello\r\n", {"response * LIST () \"/\" hello"});
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 4 FETCH (BODY[TEXT] \"fake {50}\" BODY[1] {5}\r\nhello)\r\n"),
                  lines{"response * 4 FETCH (BODY[TEXT] {9}\r\nfake {50} BODY[1] {5}\r\nhello)"});
    });
}

TEST(imap_client_framing, A6_A7_adjacent_and_empty_literals) {
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})\r\n"),
                  lines{"response * 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})"});
        EXPECT_EQ(t.hear("* 1 FETCH (BODY[1] {0}\r\n BODY[2] {0}\r\n)\r\n"),
                  lines{"response * 1 FETCH (BODY[1] {0}\r\n BODY[2] {0}\r\n)"});
        EXPECT_EQ(t.hear("* 1 FETCH (BODY[] {0}\r\n)\r\n* 1 FETCH (BODY[] {5}\r\n\r\n)\r\n)\r\n").size(), 2U);
    });
}

// The same with literals that are handed on in pieces.
TEST(imap_client_framing, A6_A7_streamed) {
    talk_twice(
        [](client_talk& t) {
            t.select_box();
            EXPECT_EQ(t.hear("* 1 FETCH (BODY[1] {3}\r\nabc BODY[2] {3}\r\n{1})\r\n"),
                      (lines{"literal 3 of 1 [1.]", "octets abc", "literal end", "literal 3 of 1 [2.]", "octets {1}",
                             "literal end", "response * 1 FETCH (BODY[1] {3}\r\n BODY[2] {3}\r\n)"}));
            EXPECT_EQ(t.hear("* 1 FETCH (UID 5 BODY[] {0}\r\n)\r\n"),
                      lines{"response * 1 FETCH (UID 5 BODY[] {0}\r\n)"})
                << "what is empty fits any limit";
        },
        {.limits = {.inline_literal = 0}, .tls = tls_policy::optional});
}

TEST(imap_client_framing, FR_13_A14_a_server_sends_no_literal_of_a_client) {
    for (const std::string_view line : {"* LIST () \"/\" {3+}\r\nabc\r\n", "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n",
                                        "* LIST () \"/\" ~{3}\r\nabc\r\n", "* 1 FETCH (BINARY[1] ~{3+}\r\nabc)\r\n"}) {
        talk_twice([line](client_talk& t) {
            t.select_box();
            const lines told = t.hear(std::string(line) + "* 1 EXISTS\r\n");
            ASSERT_FALSE(told.empty()) << line;
            EXPECT_TRUE(told[0].starts_with("error syntax @")) << told[0];
            EXPECT_NE(t.session.state(), client_state::failed);
        });
    }
}

TEST(imap_client_framing, FR_15_A15_NUL_in_literal8_alone) {
    using namespace std::string_view_literals;
    talk_twice([](client_talk& t) {
        t.select_box();
        EXPECT_EQ(t.hear("* 1 FETCH (BINARY[1] ~{3}\r\na\0b)\r\n"sv).size(), 1U);
        for (const std::string_view line : {"* 1 FETCH (BODY[] {3}\r\na\0b)\r\n"sv, "* LIST () \"/\" \"a\0b\"\r\n"sv,
                                            "* OK a\0b\r\n"sv, "* LIST () \"/\" a\0b\r\n"sv}) {
            const lines told = t.hear(line);
            ASSERT_EQ(told.size(), 1U);
            EXPECT_TRUE(told[0].starts_with("error syntax @")) << told[0];
        }
    });
}

// FR-18: literals in lists, in codes, in what nobody knows; what stands behind them still belongs to the unit.
TEST(imap_client_framing, ST_45_what_is_not_known_is_passed_over_with_its_literals) {
    hears("* XWHATEVER it (is {3}\r\nA1 ) 5\r\n* 1 EXISTS\r\n",
          {"response * XWHATEVER it (is {3}\r\nA1 ) 5", "response * 1 EXISTS"});
    hears("* 7 XNUMBERED \"a\" {2}\r\n\r\n\r\n", {"response * 7 XNUMBERED \"a\" {2}\r\n\r\n"});
    hears("* OK [XCODE a b] text\r\n", {"response * OK [XCODE a b] text"});
    hears("* CAPABILITY IMAP4rev2 XNEW AUTH=XNEW\r\n", {"response * CAPABILITY IMAP4rev2 XNEW AUTH=XNEW"});
    hears("* LIST (\\XNew \\Marked) \"/\" x\r\n", {"response * LIST (\\XNew \\Marked) \"/\" x"});
    hears("* LIST () \"/\" x (\"XNEW\" (\"a\" {2}\r\n)( \"b\"))\r\n* 1 EXISTS\r\n",
          {"response * LIST () \"/\" x (XNEW (\"a\" {2}\r\n)( \"b\"))", "response * 1 EXISTS"});
    hears("* ESEARCH (TAG \"A1\") XNEW (1 2) COUNT 3\r\n", {"response * ESEARCH (TAG \"A1\") XNEW (1 2) COUNT 3"});
}

TEST(imap_client_framing, FR_10_F3_how_a_literal_is_sent) {
    struct row {
        std::string_view capabilities;
        std::size_t octets;
        std::string_view header;
    };
    for (const row& r :
         {row{"IMAP4rev1", 1, "{1}"}, row{"IMAP4rev1", 4096, "{4096}"}, row{"LITERAL-", 4095, "{4095+}"},
          row{"LITERAL-", 4096, "{4096+}"}, row{"LITERAL-", 4097, "{4097}"}, row{"IMAP4rev2", 4095, "{4095+}"},
          row{"IMAP4rev2", 4096, "{4096+}"}, row{"IMAP4rev2", 4097, "{4097}"}, row{"LITERAL+", 4096, "{4096+}"},
          row{"LITERAL+", 4097, "{4097+}"}, row{"LITERAL+ LITERAL-", 4097, "{4097}"}, row{"LITERAL+", 0, "{0+}"},
          row{"X", 0, "{0}"}, row{"IMAP4rev1 LITERAL+", 8000, "{8000+}"}}) {
        talk_twice(
            [&r](client_talk& t) {
                t.log_in(r.capabilities);
                const std::string message(r.octets, 'm');
                const std::string head = "A1 APPEND x " + std::string(r.header) + "\r\n";
                const bool waits = !r.header.ends_with("+}");
                EXPECT_EQ(t.say(append{.mailbox = "x", .message = message}), waits ? head : head + message + "\r\n");
                EXPECT_EQ(t.hear(waits ? "+ go\r\n" : ""), lines{});
                EXPECT_EQ(t.said(), waits ? message + "\r\n" : "");
            },
            test::in_the_clear, {.out = 8192});
    }
}

// F3: what the server said before the login, or before TLS, holds no longer: "{n}" it always takes.
TEST(imap_client_framing, F3_no_unasked_literal_by_an_old_announcement) {
    talk_twice([](client_talk& t) {
        EXPECT_EQ(t.hear("* OK [CAPABILITY IMAP4rev1 LITERAL+] hi\r\n").size(), 1U);
        EXPECT_EQ(t.say(login{"u\r", "p"}), "A1 LOGIN {2+}\r\nu\r p\r\n");
        EXPECT_EQ(t.say(create{"\xe4"}), "A2 CREATE {1}\r\n") << "a command behind the login";
        EXPECT_EQ(t.hear("A1 OK in\r\nA2 NO x\r\n").size(), 2U);
        EXPECT_EQ(t.say(create{"\xe4"}), "A3 CREATE {1}\r\n") << "nothing is announced since";
        EXPECT_EQ(t.hear("* CAPABILITY IMAP4rev1 LITERAL+\r\nA3 NO x\r\n").size(), 2U);
        EXPECT_EQ(t.say(create{"\xe4"}), "A4 CREATE {1+}\r\n\xe4\r\n");
    });
}

// FR-14: a client has no use for "~{n}": no command of these profiles takes it, with or without an announcement.
TEST(imap_client_framing, FR_14_no_literal8_from_a_client) {
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 IMAP4rev2 LITERAL+");
        EXPECT_EQ(t.say(append{.mailbox = "x", .message = text::binary({"a\0b", 3})}), "<bad value>");
        EXPECT_EQ(t.say(create{text::binary("x")}), "<bad value>");
        EXPECT_EQ(t.say(append{.mailbox = "x", .message = std::string_view("a\0b", 3)}), "<bad value>");
    });
}

// FR-16: the plainest form that a string's octets allow.
TEST(imap_client_framing, FR_16_the_form_of_a_string) {
    struct row {
        std::string_view name;
        std::string_view spelled;
    };
    talk_twice([](client_talk& t) {
        t.log_in("IMAP4rev1 IMAP4rev2 LITERAL+");
        std::uint32_t number = 0;
        for (const row& r :
             {row{"INBOX", "INBOX"}, row{"a]b", "a]b"}, row{"NIL", "NIL"}, row{"", "\"\""}, row{"a b", "\"a b\""},
              row{"a\"b\\c", "\"a\\\"b\\\\c\""}, row{"a*", "\"a*\""}, row{"a\tb", "\"a\tb\""},
              row{"a\nb", "{3+}\r\na\nb"}, row{"\xc3\xa4", "{2+}\r\n\xc3\xa4"}}) {
            EXPECT_EQ(t.say(create{r.name}),
                      "A" + std::to_string(++number) + " CREATE " + std::string(r.spelled) + "\r\n");
        }
        EXPECT_EQ(t.say(create{std::string_view("a\0b", 3)}), "<bad value>") << "FR-15: NUL has no form";
    });
}

} // namespace
} // namespace mailwire::imap
