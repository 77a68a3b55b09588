// SPDX-License-Identifier: BSL-1.0
// Lines and literals of a client, whole and octet by octet. RFC 9051 2.2, 4.3; RFC 7888.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::lines;
using test::said_to;
using test::setting;
using test::talk;
using kind = server_event_kind;

const setting stranger{.greeting = condition::ok};

TEST(imap_server_framing, FR_2_FR_19_a_header_is_one_where_a_string_is_due) {
    EXPECT_EQ(said_to("a LOGIN \"{5}\" x\r\nb NOOP\r\n", stranger), "a OK done\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a NOOP {5}\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a CREATE x {3+}\r\nabc\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
}

TEST(imap_server_framing, FR_3_refused_at_its_header) {
    const auto big = talk("a LOGIN {4097}\r\nb NOOP\r\n", stranger);
    EXPECT_EQ(big.sent, "a BAD literal too big\r\nb OK done\r\n");
    EXPECT_EQ(big.told.front(), "error literal too big @8 4097/4096");
    const setting refusing{.answer = condition::no, .takes_literals = false};
    EXPECT_EQ(said_to("a APPEND x {10}\r\nb NOOP\r\n", refusing), "a NO done\r\nb NO done\r\n");
    EXPECT_EQ(said_to("a APPEND x {3}\r\nabc\r\nb NOOP\r\n"), "+ go ahead\r\na OK done\r\nb OK done\r\n");
}

TEST(imap_server_framing, FR_8_FR_9_refused_octets_are_passed_over_with_all_that_belongs_to_them) {
    const setting refusing{.answer = condition::no, .takes_literals = false};
    EXPECT_EQ(said_to("a APPEND x {11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n", refusing), "a NO done\r\nc NO done\r\n");
    EXPECT_EQ(said_to("a APPEND x {11+}\r\nb LOGOUT\r\n- {10+}\r\nd LOGOUT\r\n\r\nc NOOP\r\n", refusing),
              "a NO done\r\nc NO done\r\n");
    EXPECT_EQ(said_to("a CREATE {5000+}\r\n" + std::string(5000, '\n') + " {10+}\r\nd LOGOUT\r\n\r\nc NOOP\r\n"),
              "a BAD literal too big\r\nc OK done\r\n");
}

// FR-11: what is announced says how large a literal that does not wait may be.
TEST(imap_server_framing, FR_11_4096_unless_LITERAL_plus_is_announced) {
    const auto append = [](std::size_t octets) {
        return "a APPEND x {" + std::to_string(octets) + "+}\r\n" + std::string(octets, 'm') + "\r\nb NOOP\r\n";
    };
    const std::string refused = "a BAD literal too big\r\nb OK done\r\n";
    const std::string taken = "a OK done\r\nb OK done\r\n";
    for (const std::string_view capabilities : {"", "IMAP4rev2", "IMAP4rev1 LITERAL-"}) {
        EXPECT_EQ(said_to(append(4096), {.capabilities = capabilities}), taken) << capabilities;
        EXPECT_EQ(said_to(append(4097), {.capabilities = capabilities}), refused) << capabilities;
    }
    EXPECT_EQ(said_to(append(4097), {.capabilities = "IMAP4rev1 LITERAL+"}), taken);
}

// A client may know LITERAL+ from before its login: that it holds is all the harm there can be.
TEST(imap_server_framing, FR_8_FR_11_the_form_of_literals_outlives_a_login) {
    test::talking_server server({.greeting = condition::ok, .capabilities = "IMAP4rev1 LITERAL+"});
    server.feed("a LOGIN u p\r\nb APPEND x {5000+}\r\n" + std::string(5000, 'm') + "\r\n");
    EXPECT_EQ(server.sent, "a OK done\r\nb OK done\r\n");
}

// Where a server of revision 1 announces no such form, octets that do not wait are none it has agreed to.
TEST(imap_server_framing, FR_8_a_form_that_was_not_announced) {
    const std::string sent = said_to("a CREATE {11+}\r\nb LOGOUT\r\n-\r\nc NOOP\r\n", {.capabilities = "IMAP4rev1"});
    EXPECT_TRUE(sent.starts_with("a BAD "));
    EXPECT_TRUE(sent.ends_with("\r\nc OK done\r\n")) << "framed all the same";
    EXPECT_EQ(sent.find("BYE"), sent.npos);
}

TEST(imap_server_framing, FR_13_a_server_sends_no_literal_that_does_not_wait) {
    test::talking_server server({.capabilities = "IMAP4rev1 LITERAL+", .selected = true});
    EXPECT_EQ(server.session.send(list_data{.delimiter = "/", .mailbox = "a\r\nb"}), misuse::none);
    EXPECT_EQ(server.session.send(fetch_data{.number = 1, .att = {body_section{.value = text::streamed(2)}}}),
              misuse::none);
    EXPECT_EQ(server.session.literal("xy"), misuse::none);
    EXPECT_EQ(server.said(), "* LIST () \"/\" {4}\r\na\r\nb\r\n* 1 FETCH (BODY[] {2}\r\nxy)\r\n");
}

// FR-15: NUL is in no string of a command, and in none of a response but a literal8.
TEST(imap_server_framing, FR_15_A15_NUL) {
    using namespace std::string_view_literals;
    for (const std::string_view octets : {"a LOGIN \"a\0b\" x\r\n"sv, "a LOGIN a\0b x\r\n"sv, "a NOOP\0\r\n"sv}) {
        EXPECT_EQ(said_to(std::string(octets) + "b NOOP\r\n", stranger), "a BAD syntax\r\nb OK done\r\n");
    }
    EXPECT_EQ(said_to("a LOGIN {3+}\r\na\0b x\r\nb NOOP\r\n"sv, stranger), "a BAD syntax\r\nb OK done\r\n");
    test::driven server(server_state::selected);
    EXPECT_EQ(server.session.send(list_data{.delimiter = "/", .mailbox = "a\0b"sv}), misuse::bad_value);
    EXPECT_EQ(server.session.send(status_response{condition::ok, {}, "a\0b"sv}), misuse::bad_value);
    EXPECT_EQ(server.said(), "");
}

// FR-16: the form of a string is chosen by its octets, and by whether UTF-8 is agreed on.
TEST(imap_server_framing, FR_16_EN_7_strings_of_a_server) {
    const auto list_of = [](std::string_view name, std::string_view capabilities) {
        test::talking_server server({.capabilities = capabilities});
        EXPECT_EQ(server.session.send(list_data{.delimiter = "/", .mailbox = name}), misuse::none);
        const std::string all = server.said();
        EXPECT_TRUE(all.starts_with("* LIST () \"/\" "));
        return all.substr(14);
    };
    EXPECT_EQ(list_of("box", "IMAP4rev1"), "box\r\n");
    EXPECT_EQ(list_of("", "IMAP4rev1"), "\"\"\r\n");
    EXPECT_EQ(list_of("a b", "IMAP4rev1"), "\"a b\"\r\n");
    EXPECT_EQ(list_of("a\"\\", "IMAP4rev1"), "\"a\\\"\\\\\"\r\n");
    EXPECT_EQ(list_of("\xc3\xa4", "IMAP4rev1"), "{2}\r\n\xc3\xa4\r\n");
    EXPECT_EQ(list_of("\xc3\xa4", "IMAP4rev1 IMAP4rev2"), "{2}\r\n\xc3\xa4\r\n") << "before ENABLE";
    EXPECT_EQ(list_of("\xc3\xa4", "IMAP4rev2"), "\"\xc3\xa4\"\r\n");
}

TEST(imap_server_framing, FR_17_FR_18_literals_in_their_places) {
    EXPECT_EQ(said_to("a RENAME {1}\r\nx {3}\r\ny\r\n\r\n"), "+ go ahead\r\n+ go ahead\r\na OK done\r\n");
    EXPECT_EQ(said_to("a SEARCH OR SUBJECT {2+}\r\nab (FROM {3+}\r\nx\r\n TEXT {0+}\r\n)\r\n", {.selected = true}),
              "a OK done\r\n");
    EXPECT_EQ(said_to("a FETCH 1 BODY[HEADER.FIELDS ({2+}\r\nTo {4}\r\nFrom)]\r\n", {.selected = true}),
              "+ go ahead\r\na OK done\r\n");
    EXPECT_EQ(said_to("a CREATE {3+}\r\nabcd\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
    EXPECT_EQ(said_to("a SEARCH (SUBJECT {2+}\r\nab\r\nb NOOP\r\n", {.selected = true}),
              "a BAD syntax\r\nb OK done\r\n");
}

TEST(imap_server_framing, A7_literals_without_octets) {
    const auto r = talk("a LOGIN {0+}\r\n {0+}\r\n\r\nb NOOP\r\n", stranger);
    EXPECT_EQ(r.told, (lines{"command a LOGIN \"\" \"\"\r\n", "command b NOOP\r\n"}));
    EXPECT_EQ(said_to("a LOGIN {0}\r\n {0}\r\n\r\n", stranger), "+ go ahead\r\n+ go ahead\r\na OK done\r\n");
    EXPECT_EQ(talk("a APPEND x {0+}\r\n\r\n").told,
              (lines{"literal 0 of a", "literal end", "command a APPEND x {0}\r\n\r\n"}));
}

TEST(imap_server_framing, A13_headers_that_are_none) {
    for (const std::string_view header :
         {"{}", "{+}", "{ 3}", "{3 }", "{+3}", "{3", "{-1}", "{0x3}", "{3}}", "{3++}"}) {
        EXPECT_EQ(said_to("a LOGIN " + std::string(header) + "\r\nb NOOP\r\n", stranger),
                  "a BAD syntax\r\nb OK done\r\n")
            << header;
    }
}

TEST(imap_server_framing, A16_escapes_of_a_quoted_string) {
    const auto r = talk("a LOGIN \"u\\\"\" \"\\\\\\\\\"\r\n", stranger);
    EXPECT_EQ(r.told, (lines{"command a LOGIN \"u\\\"\" \"\\\\\\\\\"\r\n"}));
    for (const std::string_view bad : {"a LOGIN \"u\\1\" \"p\"\r\n", "a LOGIN \"u\\\" p\r\n", "a LOGIN u \"p\\\r\n"})
        EXPECT_EQ(said_to(std::string(bad) + "b NOOP\r\n", stranger), "a BAD syntax\r\nb OK done\r\n") << bad;
}

} // namespace
} // namespace mailwire::imap
