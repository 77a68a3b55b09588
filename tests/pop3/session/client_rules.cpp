// SPDX-License-Identifier: BSL-1.0
// What the RFCs ask of a client, statement by statement, where no other file here is about it. The numbers are those of
// a checklist. Of what is not here:
//   PS-13, PC-7, PC-8  waiting, giving up and warnings: advice.hpp; that a login may be tried again: sasl_exchange.cpp
//   PS-21              deadlines.cpp
//   PF-9               that a DELE follows a stored message only: keep.hpp
//   PC-9 to PC-12      stls_client.cpp;  PC-13 to PC-16: sasl_client.cpp
//   PC-17              no mechanism of sasl/ has a security layer, and TLS is outside of SASL

#include <mailwire/pop3/session/client.hpp>

#include "pop3/session/client_log.hpp"

namespace mailwire::pop3::test {
namespace {

// PS-1, PS-3: the commands of AUTHORIZATION, of TRANSACTION and of both.
TEST(client_rules, PS_3_every_command_has_its_states) {
    struct row {
        std::string_view name;
        misuse (*send)(pop3::client&);
        bool before;
        bool after;
    };
    static constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";
    const row rows[] = {
        {"USER", [](pop3::client& c) { return c.send(user{"u"}); }, true, false},
        {"APOP",
         [](pop3::client& c) {
             return c.send(apop{"u", digest});
         },
         true, false},
        {"AUTH",
         [](pop3::client& c) {
             return c.send(auth{"PLAIN", "="});
         },
         true, false},
        {"AUTH", [](pop3::client& c) { return c.list_mechanisms(); }, true, false},
        {"STLS", [](pop3::client& c) { return c.send(stls{}); }, true, false},
        {"UTF8", [](pop3::client& c) { return c.send(utf8{}); }, true, false},
        {"CAPA", [](pop3::client& c) { return c.send(capa{}); }, true, true},
        {"LANG", [](pop3::client& c) { return c.send(lang{"de"}); }, true, true},
        {"LANG", [](pop3::client& c) { return c.send(lang{}); }, true, true},
        {"QUIT", [](pop3::client& c) { return c.send(quit{}); }, true, true},
        {"PASS", [](pop3::client& c) { return c.send(pass{"p"}); }, false, false},
        {"STAT", [](pop3::client& c) { return c.send(stat{}); }, false, true},
        {"LIST", [](pop3::client& c) { return c.send(list{}); }, false, true},
        {"RETR", [](pop3::client& c) { return c.send(retr{1}); }, false, true},
        {"DELE", [](pop3::client& c) { return c.send(dele{1}); }, false, true},
        {"NOOP", [](pop3::client& c) { return c.send(noop{}); }, false, true},
        {"RSET", [](pop3::client& c) { return c.send(rset{}); }, false, true},
        {"TOP",
         [](pop3::client& c) {
             return c.send(top{1, 0});
         },
         false, true},
        {"UIDL", [](pop3::client& c) { return c.send(uidl{2}); }, false, true},
    };
    for (const row& r : rows) {
        for (const bool logged_in : {false, true}) {
            test_client<> client({.apop = true, .tls = tls_policy::optional, .quirks = quirks::auth_without_mechanism});
            client.settle("+OK <1@a.example>\r\n");
            if (logged_in) {
                ASSERT_EQ(client.session.send(auth{"X", "="}), misuse::none);
                client.settle("+OK\r\n");
            }
            const bool legal = logged_in ? r.after : r.before;
            EXPECT_EQ(r.send(client.session), legal ? misuse::none : misuse::wrong_state) << r.name << logged_in;
            EXPECT_EQ(client.session.output().starts_with(r.name), legal) << r.name << logged_in;
        }
    }
}

// PS-2, PS-12, attack row I3: APOP with a timestamp that is one of RFC 5322, and with nothing like it.
TEST(client_rules, PS_12_timestamps) {
    for (const std::string_view greeting : {"+OK <\xff@x>\r\n", "+OK <a b@c>\r\n", "+OK <@x>\r\n", "+OK <a@>\r\n",
                                            "+OK <a>\r\n", "+OK <>\r\n", "+OK a@b\r\n", "-ERR <a@b>\r\n"}) {
        test_client<> client({.apop = true, .tls = tls_policy::optional});
        client.settle(greeting);
        EXPECT_FALSE(client.session.apop_offered()) << greeting;
        EXPECT_NE(client.session.send(apop{"u", "c4c9334bac560ecc979e58001b3e22fb"}), misuse::none) << greeting;
    }
}

// PS-7: a response may have 512 octets, and no more where that is the limit.
TEST(client_rules, PS_7_response_lines) {
    for (const std::size_t size : {511U, 512U, 513U}) {
        test_client<1024> client({.limits = {.response_line = 512}, .tls = tls_policy::optional});
        client.log_in();
        ASSERT_EQ(client.session.send(noop{}), misuse::none);
        log told;
        client.feed("+OK " + std::string(size - 6, 'x') + "\r\n", told);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_EQ(told[0] == "error unit too long at 512 (513 of 512)", size == 513) << size;
    }
}

// PF-1: the length of an answer is that of its command, and of its status.
TEST(client_rules, PF_1_answers_of_the_extensions) {
    check_answers("", "+OK\r\nen English\r\nde Deutsch\r\n.\r\n",
                  {"+OK", "language en [English]", "language de [Deutsch]", "end"}, lang{});
    check_answers("", "+OK de Gr\xc3\xbc\xc3\x9f Gott\r\n", {"+OK language de [Gr\xc3\xbc\xc3\x9f Gott]"}, lang{"de"});
    check_answers("", "-ERR no\r\n", {"-ERR [no]"}, lang{});
    check_answers("", "-ERR no\r\n", {"-ERR [no]"}, lang{"de"});
    check_answers("PIPELINING\r\n", "+OK\r\n.\r\n-ERR x\r\n+OK\r\n1 1\r\n.\r\n+OK\r\n",
                  {"+OK", "end", "-ERR [x]", "+OK", "message 1 1 octets", "end", "+OK"}, retr{1}, top{1, 1}, list{},
                  noop{});
    test_client<> client({.tls = tls_policy::optional, .quirks = quirks::auth_without_mechanism});
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.list_mechanisms(), misuse::none);
    EXPECT_EQ(client.session.output(), "AUTH\r\n");
    log told;
    client.feed("+OK\r\nPLAIN\r\nX-Y\r\n.\r\n", told);
    EXPECT_EQ(told, (log{"+OK", "mechanism PLAIN", "mechanism X-Y", "end"}));
}

// PF-2: dots, and the five octets of the end in every piece.
TEST(client_rules, PF_2_dots) {
    check_answers("", "+OK\r\n..\r\n...\r\n..x\r\n\r\n.\r\n", {"+OK", "body [.\r\n..\r\n.x\r\n\r\n]", "end"}, retr{1});
    check_answers("", "+OK\r\n..\r\n.\r\n", {"+OK", "body [.\r\n]", "end"}, top{1, 9});
}

// PF-4: there is no call that gives an answer up. The connection may be closed; that is an end inside a unit.
TEST(client_rules, PF_4_answers_are_read_to_their_end) {
    test_client<> client;
    client.log_in();
    ASSERT_EQ(client.session.send(retr{1}), misuse::none);
    client.settle("+OK\r\nhalf");
    EXPECT_EQ(client.session.send(quit{}), misuse::busy);
    client.session.closed();
    EXPECT_EQ(client.session.next().error.code, errc::truncated);
}

// PF-6: behind AUTH nothing, whatever the capabilities say. Behind USER a PASS, and in TRANSACTION as much as there is
// room for: client.cpp.
TEST(client_rules, PF_6_nothing_behind_a_login) {
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("+OK\r\nPIPELINING\r\n.\r\n");
    ASSERT_EQ(client.session.send(user{"u"}), misuse::none);
    ASSERT_EQ(client.session.send(auth{"X", "="}), misuse::none);
    EXPECT_EQ(client.session.send(capa{}), misuse::busy);
    EXPECT_EQ(client.session.send(quit{}), misuse::busy);
    client.settle("+OK\r\n-ERR\r\n");
    EXPECT_EQ(client.session.state(), client_state::authorization);
}

// PF-8: a client that cannot send still reads.
TEST(client_rules, PF_8_reads_while_its_output_is_full) {
    test_client<> client;
    client.log_in("PIPELINING\r\n");
    ASSERT_EQ(client.session.send(noop{}), misuse::none);
    client.session.sent(100);
    std::size_t waiting = 0;
    while (client.session.send(noop{}) == misuse::none) {
        ++waiting;
    }
    EXPECT_EQ(waiting, 7U);
    EXPECT_FALSE(client.session.output().empty());
    log told;
    client.feed("+OK\r\n", told);
    EXPECT_EQ(told, log{"+OK"});
}

// PC-1: without CAPA there are the commands of RFC 1939, to be tried.
TEST(client_rules, PC_1_a_server_without_capa) {
    test_client<> client;
    EXPECT_TRUE(client.session.capabilities_due());
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    client.settle("-ERR unknown\r\n");
    EXPECT_FALSE(client.session.capabilities_due());
    EXPECT_EQ(client.session.capabilities(), capability_set());
    client.enter();
    ASSERT_EQ(client.session.send(uidl{}), misuse::none);
    EXPECT_EQ(client.session.send(top{1, 0}), misuse::busy) << "no PIPELINING";
    client.settle("-ERR unknown\r\n");
    EXPECT_EQ(client.session.send(top{1, 0}), misuse::none);
}

// PC-3: capabilities of a user, of another user, of a connection with TLS.
TEST(client_rules, PC_3_capabilities_are_due_again) {
    for (const std::string_view line : {"EXPIRE 7 USER\r\n", "LOGIN-DELAY 9 USER\r\n", "TOP\r\n"}) {
        test_client<> client;
        client.log_in(line);
        EXPECT_EQ(client.session.capabilities_due(), line != "TOP\r\n") << line;
        ASSERT_EQ(client.session.send(capa{}), misuse::none);
        client.settle("+OK\r\nEXPIRE 3\r\n.\r\n");
        EXPECT_FALSE(client.session.capabilities_due());
        EXPECT_EQ(client.session.capabilities().expire_days, 3U);
    }
}

// PC-4: what is unknown is told and changes nothing; a bad line is an error and changes nothing.
TEST(client_rules, PC_4_unknown_capabilities) {
    test_client<> client;
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(capa{}), misuse::none);
    log told;
    client.feed("+OK\r\nX-PIPELINING\r\nIMPLEMENTATION PIPELINING\r\nUIDL now\r\nTOP\r\n.\r\n", told);
    EXPECT_EQ(told.size(), 6U);
    EXPECT_FALSE(client.session.capabilities().pipelining);
    EXPECT_TRUE(client.session.capabilities().top);
}

// PC-5: a code counts where it is announced; unknown levels are cut off from the right.
TEST(client_rules, PC_5_response_codes) {
    for (const std::string_view caps : {"RESP-CODES\r\n", "AUTH-RESP-CODE\r\n"}) {
        check_answers(caps, "-ERR [SYS/TEMP/X] later\r\n", {"-ERR code [SYS/TEMP/X] [later]"}, noop{});
    }
    check_answers("TOP\r\n", "-ERR [SYS/TEMP] later\r\n", {"-ERR [[SYS/TEMP] later]"}, noop{});
    EXPECT_TRUE(response_code{"SYS/TEMP/X"}.is(code::sys_temp));
    EXPECT_TRUE(response_code{"sys/x"}.is(code::sys));
    EXPECT_FALSE(response_code{"SYS"}.is(code::sys_temp));
}

// PC-19, PC-22: texts are in UTF-8 behind the +OK to UTF8 or to LANG, and behind nothing else.
TEST(client_rules, PC_19_PC_22_texts_in_utf8) {
    const std::string_view text = "-ERR Gr\xc3\xbc\xc3\x9f\r\n";
    for (const std::string_view first : {"+OK\r\n", "-ERR\r\n"}) {
        test_client<> client;
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.send(utf8{}), misuse::none);
        client.settle(first);
        ASSERT_EQ(client.session.send(capa{}), misuse::none);
        log told;
        client.feed(text, told);
        EXPECT_EQ(told, first == "+OK\r\n" ? log{"-ERR [Gr\xc3\xbc\xc3\x9f]"} : log{"error syntax at 7"});
        client.enter();
        EXPECT_EQ(client.session.send(utf8{}), misuse::wrong_state);
    }
    check_answers("PIPELINING\r\n", "-ERR no\r\n" + std::string(text) + "+OK de x\r\n" + std::string(text),
                  {"-ERR [no]", "error syntax at 7", "+OK language de [x]", "-ERR [Gr\xc3\xbc\xc3\x9f]"}, lang{"fr"},
                  noop{}, lang{"de"}, noop{});
}

// PC-21: names and passwords in UTF-8 where the capabilities have UTF8 USER.
TEST(client_rules, PC_21_names_in_utf8) {
    for (const std::string_view line : {"UTF8\r\n", "UTF8 USER\r\n"}) {
        const bool may = line == "UTF8 USER\r\n";
        test_client<> client;
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.send(capa{}), misuse::none);
        client.settle("+OK\r\n" + std::string(line) + ".\r\n");
        EXPECT_EQ(client.session.send(user{"caf\xc3"}), misuse::bad_value) << "this is no UTF-8";
        EXPECT_EQ(client.session.send(user{"caf\xc3\xa9"}), may ? misuse::none : misuse::bad_value);
    }
}

} // namespace
} // namespace mailwire::pop3::test
