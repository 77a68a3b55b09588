// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using test::answer_to;
using test::feed;
using test::flush;
using test::lines;
using test::server_box;
using kind = server_event_kind;

// A server that has greeted and sent its greeting.
struct greeting_said : server_box {
    explicit greeting_said(condition how = condition::preauth, const test::sizes& s = {}) : server_box(s) {
        EXPECT_EQ(session.greet({how, {}, "hi"}), misuse::none);
        (void)flush(session);
    }
    server_event hear(std::string_view octets) {
        (void)test::receive(session, octets, octets.size());
        return session.next();
    }
};

TEST(imap_server, is_small) {
    EXPECT_LE(sizeof(server), 1024U);
    server_storage<> shared;
    std::vector<server> idle(10000, server(shared.buffers()));
    for (server& each : idle)
        EXPECT_EQ(each.greet({condition::ok, {}, "hi"}), misuse::none);
    for (server& each : idle)
        EXPECT_EQ(each.next().kind, kind::need_input);
    std::cout << "10000 idle server sessions: " << sizeof(server) << " octets each without buffers, "
              << idle.size() * sizeof(server) / 1024 << " KiB in all\n";
}

TEST(imap_server, ST_2_greets_before_it_reads) {
    server_box box;
    (void)test::receive(box.session, "a NOOP\r\n", 100);
    EXPECT_EQ(box.session.next().kind, kind::need_answer);
    EXPECT_EQ(box.session.send(exists{1}), misuse::wrong_state);
    EXPECT_EQ(box.session.greet({condition::bad, {}, "hi"}), misuse::bad_value);
    EXPECT_EQ(box.session.greet({condition::ok, {}, "a\r\nb"}), misuse::bad_value);
    EXPECT_EQ(flush(box.session), "");
    EXPECT_EQ(box.session.greet({condition::ok, {}, "hi"}), misuse::none);
    EXPECT_EQ(box.session.greet({condition::ok, {}, "hi"}), misuse::wrong_state);
    EXPECT_EQ(flush(box.session), "* OK hi\r\n");
    EXPECT_EQ(box.session.next().kind, kind::command);
}

TEST(imap_server, ST_41_ST_42_answers_with_the_tag_as_it_came) {
    EXPECT_EQ(answer_to("aB.]-1 NOOP\r\naB.]-1 NOOP\r\n"), "aB.]-1 OK done\r\naB.]-1 OK done\r\n");
    const std::string tag(64, 't');
    EXPECT_EQ(answer_to(tag + " NOOP\r\n"), tag + " OK done\r\n");
    EXPECT_EQ(answer_to(tag + "t NOOP\r\n"), "* BAD unit too long\r\n");
    EXPECT_EQ(answer_to(tag + "t LOGIN {3}\r\n"), "* BAD unit too long\r\n");
}

TEST(imap_server, ST_8_ST_9_ST_10_ST_11_what_the_session_answers_itself) {
    EXPECT_EQ(answer_to("a LOGIN u p\r\n"), "a BAD unexpected command\r\n");
    EXPECT_EQ(answer_to("a FETCH 1 FLAGS\r\n"), "a BAD unexpected command\r\n");
    EXPECT_EQ(answer_to("a XYZZY\r\n"), "a BAD unknown command\r\n");
    EXPECT_EQ(answer_to("a NOOP x\r\n"), "a BAD syntax\r\n");
    EXPECT_EQ(answer_to("a\r\n"), "a BAD syntax\r\n");
    EXPECT_EQ(answer_to("\r\n"), "* BAD syntax\r\n");
    EXPECT_EQ(answer_to("* NOOP\r\n"), "* BAD syntax\r\n");
    EXPECT_EQ(answer_to("a NOOP\n"), "a BAD bare line feed\r\n");
    EXPECT_EQ(answer_to("a SEARCH ((((\r\n"), "a BAD syntax\r\n");
}

TEST(imap_server, FR_19_spaces) {
    for (const std::string_view line : {"a  NOOP\r\n", "a NOOP \r\n", " a NOOP\r\n", "a SELECT  x\r\n", "a SELECTx\r\n",
                                        "a RENAME x  y\r\n", "a\tNOOP\r\n", "a STATUS x ( MESSAGES)\r\n"}) {
        const std::string answer = answer_to(line);
        EXPECT_TRUE(answer == "a BAD syntax\r\n" || answer == "* BAD syntax\r\n" ||
                    answer == "a BAD unknown command\r\n")
            << line << answer;
    }
}

TEST(imap_server, ST_15_ST_16_a_selection_that_fails) {
    for (const condition c : {condition::no, condition::bad}) {
        greeting_said box;
        (void)box.hear("a SELECT x\r\n");
        (void)box.session.finish({condition::ok, {}, "ok"});
        (void)box.hear("b EXAMINE y\r\n");
        EXPECT_EQ(box.session.finish({c, {}, "no"}), misuse::none);
        EXPECT_EQ(box.session.state(), c == condition::no ? server_state::authenticated : server_state::selected);
        EXPECT_EQ(box.hear("c FETCH 1 FLAGS\r\n").kind, c == condition::no ? kind::error : kind::command);
    }
}

TEST(imap_server, ST_14_ST_17_CLOSED) {
    greeting_said box;
    const status_response closed{condition::ok, code_closed{}, "gone"};
    (void)box.hear("a SELECT x\r\n");
    (void)box.session.finish({condition::ok, {}, "ok"});
    (void)box.hear("b SELECT y\r\n");
    EXPECT_EQ(box.session.send(closed), misuse::none);
    EXPECT_EQ(box.session.state(), server_state::selected);
    (void)box.session.finish({condition::ok, {}, "ok"});
    EXPECT_EQ(box.session.send(closed), misuse::none);
    EXPECT_EQ(box.session.state(), server_state::authenticated);
    EXPECT_EQ(box.session.send(closed), misuse::none);
    EXPECT_EQ(flush(box.session),
              "a OK ok\r\n* OK [CLOSED] gone\r\nb OK ok\r\n* OK [CLOSED] gone\r\n* OK [CLOSED] gone\r\n");
}

TEST(imap_server, ST_37_LOGOUT_says_bye_first) {
    EXPECT_EQ(answer_to("a LOGOUT\r\nb NOOP\r\n"), "* BYE logging out\r\na OK done\r\n");
    greeting_said box;
    (void)box.hear("a LOGOUT\r\n");
    EXPECT_EQ(box.session.finish({condition::no, {}, "stay"}), misuse::none);
    EXPECT_EQ(box.session.state(), server_state::authenticated);
}

// RFC 9051 3.4: nothing behind BYE is read, and there is always room to receive it.
TEST(imap_server, G7_octets_behind_bye_are_thrown_away) {
    greeting_said box(condition::bye, {.in = 64});
    for (int i = 0; i != 100; ++i) {
        EXPECT_EQ(box.session.next().kind, kind::closed);
        EXPECT_EQ(box.session.prepare().size(), 64U);
        box.session.commit(64);
    }
    box.session.closed();
    EXPECT_EQ(box.session.next().kind, kind::closed);
    EXPECT_EQ(flush(box.session), "");
}

TEST(imap_server, ST_46_says_bye_after_too_many_bad_commands) {
    const auto bad_lines = [](int n) {
        std::string text;
        while (n-- != 0)
            text += "a X\r\n";
        return text;
    };
    const std::string bye = "* BYE too many bad commands\r\n";
    EXPECT_FALSE(answer_to(bad_lines(2) + "b NOOP\r\n" + bad_lines(2), false).ends_with(bye));
    EXPECT_TRUE(answer_to(bad_lines(3), false).ends_with("a BAD unknown command\r\n" + bye));
    EXPECT_FALSE(answer_to(bad_lines(19) + "b NOOP\r\n" + bad_lines(19)).ends_with(bye));
    EXPECT_TRUE(answer_to(bad_lines(20) + "b NOOP\r\n").ends_with(bye));
    EXPECT_TRUE(answer_to("a LOGIN {9999}\r\na LOGIN {9999}\r\na LOGIN {9999}\r\n", false).ends_with(bye));
}

TEST(imap_server, FR_3_FR_18_each_literal_has_its_plus) {
    EXPECT_EQ(answer_to("a RENAME {1}\r\nx {3}\r\ny\r\n\r\n"), "+ go ahead\r\n+ go ahead\r\na OK done\r\n");
    greeting_said box;
    const auto before = box.hear("a RENAME {3}\r\n");
    EXPECT_EQ(before.kind, kind::need_output);
    EXPECT_EQ(flush(box.session), "+ go ahead\r\n");
    EXPECT_EQ(box.hear("a\"b {0}\r\n").kind, kind::need_output);
    EXPECT_EQ(flush(box.session), "+ go ahead\r\n");
    const auto event = box.hear("\r\n");
    ASSERT_EQ(event.kind, kind::command);
    EXPECT_TRUE(on(event.command, [](const rename& r) {
        EXPECT_EQ(r.from, text("a\"b"));
        EXPECT_EQ(r.to, text(""));
    }));
}

TEST(imap_server, FR_8_no_plus_for_a_literal_that_does_not_wait) {
    EXPECT_EQ(answer_to("a RENAME {1+}\r\nx {1+}\r\ny\r\n"), "a OK done\r\n");
    EXPECT_EQ(answer_to("a APPEND x {3+}\r\nabc\r\n"), "a OK done\r\n");
    EXPECT_EQ(answer_to("a APPEND x {3+}\r\nabc\r\n", true, {.condition = condition::no, .accept = false}),
              "a NO done\r\n");
}

TEST(imap_server, FR_17_a_literal_has_just_so_many_octets) {
    EXPECT_EQ(answer_to("a CREATE {3+}\r\nabcd\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
    EXPECT_EQ(answer_to("a CREATE {3+}\r\nab\r\nb NOOP\r\n"), "a BAD bare line feed\r\nb OK done\r\n");
    EXPECT_EQ(answer_to("a APPEND x {3+}\r\nabcd\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
    EXPECT_EQ(answer_to("a APPEND x {3+}\r\nabc x\r\nb NOOP\r\n"), "a BAD syntax\r\nb OK done\r\n");
}

TEST(imap_server, FR_11_large_literals_need_LITERAL_plus) {
    const std::string octets(5000, 'm');
    const std::string append = "a APPEND x {5000+}\r\n" + octets + "\r\nb NOOP\r\n";
    EXPECT_EQ(answer_to(append), "a BAD literal too big\r\nb OK done\r\n");
    greeting_said box;
    EXPECT_EQ(box.session.send(capability_data{{"IMAP4rev1", "LITERAL+"}}), misuse::none);
    EXPECT_EQ(feed(box.session, append), (lines{"literal 5000 of a", "octets " + octets, "literal end",
                                                "command a APPEND x {5000}\r\n\r\n", "command b NOOP\r\n"}));
}

TEST(imap_server, only_the_message_of_an_append_is_offered) {
    greeting_said box;
    EXPECT_EQ(box.hear("a APPEND {5}\r\n").kind, kind::need_output);
    EXPECT_EQ(flush(box.session), "+ go ahead\r\n");
    const auto event = box.hear("IN\r\nX (\\Seen) \" 1-Jan-2026 00:00:00 +0000\" {0}\r\n");
    ASSERT_EQ(event.kind, kind::literal_begin);
    EXPECT_EQ(event.octets_total, 0U);
    EXPECT_TRUE(on(event.command, [](const append& a) {
        EXPECT_EQ(a.mailbox, text("IN\r\nX"));
        EXPECT_EQ(a.flags, (seq_of<text>{"\\Seen"}));
        EXPECT_EQ(a.date, " 1-Jan-2026 00:00:00 +0000");
    }));
    EXPECT_EQ(box.session.next().kind, kind::need_answer);
    EXPECT_EQ(flush(box.session), "");
    EXPECT_EQ(box.session.accept_literal(), misuse::none);
    EXPECT_EQ(box.session.accept_literal(), misuse::wrong_state);
    EXPECT_EQ(flush(box.session), "+ go ahead\r\n");
    EXPECT_EQ(box.session.next().kind, kind::literal_end);
    EXPECT_EQ(box.session.next().kind, kind::need_input);
    EXPECT_EQ(box.session.finish({condition::ok, {}, "early"}), misuse::wrong_state);
    const auto done = box.hear("\r\n");
    ASSERT_EQ(done.kind, kind::command);
    EXPECT_TRUE(on(done.command, [](const append& a) {
        EXPECT_EQ(a.mailbox, text("IN\r\nX"));
        EXPECT_TRUE(a.message.is_streamed());
    }));
    EXPECT_EQ(box.session.finish({condition::ok, code_appenduid{5, 7U}, "ok"}), misuse::none);
    EXPECT_EQ(flush(box.session), "a OK [APPENDUID 5 7] ok\r\n");
}

TEST(imap_server, a_literal_that_streams_out) {
    greeting_said box;
    const body_section body{.value = text::streamed(6)};
    EXPECT_EQ(box.session.send(fetch_data{.number = 1, .att = {body}}), misuse::none);
    EXPECT_EQ(box.session.send(exists{1}), misuse::busy);
    EXPECT_EQ(box.session.send(status_response{condition::bye, {}, "bye"}), misuse::busy);
    // What the session answers itself would have to wait as well: so nothing is read.
    EXPECT_EQ(box.hear("a X\r\n").kind, kind::need_output);
    EXPECT_EQ(box.session.literal("1234567"), misuse::literal_size);
    EXPECT_EQ(box.session.literal("123"), misuse::none);
    EXPECT_EQ(box.session.literal("456"), misuse::busy);
    EXPECT_EQ(flush(box.session), "* 1 FETCH (BODY[] {6}\r\n123");
    EXPECT_EQ(box.session.next().kind, kind::need_output);
    EXPECT_EQ(box.session.literal("456"), misuse::none);
    EXPECT_EQ(flush(box.session), "456)\r\n");
    EXPECT_EQ(box.session.literal("7"), misuse::wrong_state);
    EXPECT_EQ(box.session.next().kind, kind::error);
    EXPECT_EQ(flush(box.session), "a BAD unknown command\r\n");
}

TEST(imap_server, A11_G11_PI_5_pipelined_commands_are_done_in_order_and_wait_for_their_answers) {
    std::string commands;
    std::string answers;
    for (int i = 0; i != 10000; ++i) {
        const std::string tag = "t" + std::to_string(i);
        const bool known = i % 9 != 0;
        commands += tag + (known ? " NOOP\r\n" : " X\r\n");
        answers += tag + (known ? " OK done\r\n" : " BAD unknown command\r\n");
    }
    greeting_said box(condition::preauth, {.out = 300});
    lines log;
    std::string sent;
    feed(box.session, commands, log, sent);
    EXPECT_EQ(sent, answers);
    EXPECT_EQ(log.size(), 10000U);
}

// A client that does not read its answers stops being read itself: no answer is lost, nothing grows.
TEST(imap_server, PI_6_no_command_is_read_without_room_for_its_answer) {
    greeting_said box(condition::preauth, {.in = 64, .out = 256});
    std::size_t bad = 0;
    server_event event = box.hear("aaaaaaaa X\r\naaaaaaaa X\r\naaaaaaaa X\r\naaaaaaaa X\r\n");
    for (; event.kind == kind::error; event = box.session.next())
        ++bad;
    EXPECT_EQ(event.kind, kind::need_output);
    EXPECT_EQ(box.session.next().kind, kind::need_output);
    EXPECT_EQ(bad, 3U);
    const std::string first = flush(box.session);
    while (box.session.next().kind == kind::error) {
    }
    EXPECT_EQ(first + flush(box.session), "aaaaaaaa BAD unknown command\r\naaaaaaaa BAD unknown command\r\n"
                                          "aaaaaaaa BAD unknown command\r\naaaaaaaa BAD unknown command\r\n");
}

} // namespace
} // namespace mailwire::imap
