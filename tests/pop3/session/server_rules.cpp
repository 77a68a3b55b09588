// SPDX-License-Identifier: BSL-1.0
// What the RFCs ask of a server, statement by statement, where no other file here is about it. The numbers are those of
// a checklist. Much of it is the program's own: these tests show, with the program of maildrop.hpp, that the session has
// room for it. Of what is not here:
//   PS-7 PS-8 PS-9 PS-11 PS-17 PS-18 PF-3 PF-7  server.cpp;  PS-4, PS-23: server_faults.cpp;  PS-19 to PS-21: deadlines.cpp
//   PC-9, PC-10   stls_server.cpp;  PC-13, PC-14, PC-16: sasl_server.cpp
//   PC-17         no mechanism of sasl/ has a security layer, and TLS is outside of SASL

#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

const std::string no = "-ERR command not valid in this state\r\n";
const std::string ok = "+OK\r\n";

// PS-1, PS-3, PS-6: every command has its states, and exactly one answer in either.
TEST(server_rules, PS_3_every_command_has_its_states) {
    struct row {
        std::string_view wire;
        bool before;
        bool after;
    };
    for (const row& r :
         {row{"USER u", true, false}, row{"AUTH X-Y", true, false}, row{"UTF8", true, false}, row{"STLS", true, false},
          row{"CAPA", true, true}, row{"LANG", true, true}, row{"LANG de", true, true}, row{"QUIT", true, true},
          row{"PASS p", false, false}, row{"STAT", false, true}, row{"LIST", false, true}, row{"LIST 1", false, true},
          row{"RETR 1", false, true}, row{"DELE 1", false, true}, row{"NOOP", false, true}, row{"RSET", false, true},
          row{"TOP 1 0", false, true}, row{"UIDL", false, true}, row{"UIDL 2", false, true}}) {
        for (const bool logged_in : {false, true}) {
            test_server server;
            ASSERT_EQ(server.session.greet(), misuse::none);
            if (logged_in) server.feed("USER mrose\r\nPASS my secret\r\n");
            server.send();
            server.output.clear();
            const server_state before = server.session.state();
            server.feed(std::string(r.wire) + "\r\n");
            const bool legal = logged_in ? r.after : r.before;
            EXPECT_EQ(server.output == no, !legal) << r.wire << logged_in;
            EXPECT_EQ(server.output.starts_with("+OK") || server.output.starts_with("-ERR"), true) << r.wire;
            if (!legal) {
                EXPECT_EQ(server.session.state(), before) << r.wire;
            }
        }
    }
}

// PS-2: the greeting comes first, and nothing is read before it.
TEST(server_rules, PS_2_greets_first) {
    test_server server;
    const std::string_view early = "CAPA\r\n";
    std::copy(early.begin(), early.end(), server.session.prepare().begin());
    server.session.commit(early.size());
    EXPECT_EQ(server.session.next().kind, server_event_kind::need_answer);
    EXPECT_EQ(server.session.output(), "");
    ASSERT_EQ(server.session.greet(), misuse::none);
    EXPECT_EQ(describe(server.session.next()), "CAPA");
}

// PS-5: keywords in any case; the status is in upper case.
TEST(server_rules, PS_5_case) {
    check_server("uSeR mrose\r\npAsS my secret\r\nrEtR 1\r\ntOp 1 0\r\nqUiT\r\n",
                 "+OK\r\n+OK\r\n+OK\r\none\r\n.\r\n+OK\r\none\r\n.\r\n+OK bye\r\n",
                 {"USER [mrose]", "PASS [my secret]", "RETR 1", "TOP 1 0", "QUIT", "closed"});
}

// PS-8: an unknown name may be answered +OK: the session leaves that to the program.
TEST(server_rules, PS_8_an_unknown_name) {
    check_server("USER anybody\r\nPASS x\r\n", "+OK\r\n-ERR [IN-USE] wrong\r\n", {"USER [anybody]", "PASS [x]"});
}

// PS-9: all of the line behind the one space is the password.
TEST(server_rules, PS_9_passwords_with_spaces) {
    check_server("USER u\r\nPASS  a  b \r\n", "+OK\r\n-ERR [IN-USE] wrong\r\n", {"USER [u]", "PASS [ a  b ]"});
}

// PS-10: a login that finds no lock is an -ERR with IN-USE, and may be tried again.
TEST(server_rules, PS_10_no_lock) {
    check_server("USER mrose\r\nPASS x\r\nUSER mrose\r\nPASS my secret\r\nNOOP\r\n",
                 ok + "-ERR [IN-USE] wrong\r\n" + ok + ok + ok,
                 {"USER [mrose]", "PASS [x]", "USER [mrose]", "PASS [my secret]", "NOOP"});
}

// PS-14, PS-15, PS-17: a marked message keeps its number, is in no listing and in no sum, and cannot be had.
TEST(server_rules, PS_14_PS_15_marked_messages) {
    check_transaction("DELE 1\r\nSTAT\r\nLIST\r\nUIDL\r\nLIST 2\r\nRSET\r\nLIST\r\n",
                      ok + "+OK 1 9\r\n" + ok + "2 9\r\n.\r\n" + ok + "2 b\r\n.\r\n+OK 2 9\r\n" + ok + ok +
                          "1 5\r\n2 9\r\n.\r\n",
                      {"DELE 1", "STAT", "LIST all", "UIDL all", "LIST 2", "RSET", "LIST all"});
}

// PS-16: no such message.
TEST(server_rules, PS_16_numbers_of_no_message) {
    const std::string none = "-ERR no such message\r\n";
    for (const std::string name : {"LIST", "RETR", "DELE", "UIDL", "TOP"}) {
        const std::string rest = name == "TOP" ? " 1" : "";
        check_transaction("DELE 1\r\n" + name + " 1" + rest + "\r\n" + name + " 3" + rest + "\r\nNOOP\r\n",
                          ok + none + none + ok, {"DELE 1", name + " 1" + rest, name + " 3" + rest, "NOOP"});
        check_transaction(name + " 0" + rest + "\r\nNOOP\r\n", "-ERR syntax error\r\n" + ok,
                          {"error syntax at " + std::to_string(name.size() + 1), "NOOP"});
    }
}

// PS-22: ids have 1 to 70 octets from 0x21 to 0x7e; two messages may share one.
TEST(server_rules, PS_22_ids) {
    const std::string longest(70, '~');
    test_server server({}, {{"!", "x"}, {longest, "x"}, {longest, "x"}});
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("USER mrose\r\nPASS my secret\r\nUIDL\r\n");
    EXPECT_TRUE(server.output.ends_with("1 !\r\n2 " + longest + "\r\n3 " + longest + "\r\n.\r\n"));
    for (const std::string& bad : {std::string(), std::string(71, 'x'), std::string("a b"), std::string("a\x7f"),
                                   std::string("a\r\n"), std::string("\xc3\xa9"), std::string(1, '\0')}) {
        test_server other;
        ASSERT_EQ(other.session.greet(), misuse::none);
        other.feed("USER mrose\r\nPASS my secret\r\n");
        const std::string_view wire = "UIDL 1\r\n";
        std::copy(wire.begin(), wire.end(), other.session.prepare().begin());
        other.session.commit(wire.size());
        ASSERT_EQ(other.session.next().kind, server_event_kind::command);
        EXPECT_EQ(other.session.send(unique_id{1, bad}), misuse::bad_value);
        EXPECT_EQ(other.session.output(), "");
    }
}

// PF-2: leading dots are doubled, in every line of the message, wherever the room ends.
TEST(server_rules, PF_2_dots) {
    test_server server({}, {{"a", ".\r\n..\r\n.x\r\n\r\n."}});
    ASSERT_EQ(server.session.greet(), misuse::none);
    server.feed("USER mrose\r\nPASS my secret\r\nRETR 1\r\n", 1);
    EXPECT_TRUE(server.output.ends_with("+OK\r\n..\r\n...\r\n..x\r\n\r\n..\r\n.\r\n")) << server.output;
}

// PF-8: a client that does not read what it has asked for stops the server from reading on, and nothing is lost.
TEST(server_rules, PF_8_reads_no_further_than_it_can_answer) {
    server_storage<2000, 512> room;
    pop3::server session(room.buffers());
    maildrop drop(session, {{"a", std::string(3000, 'x')}});
    ASSERT_EQ(session.greet(), misuse::none);
    std::string wire = "USER mrose\r\nPASS my secret\r\n";
    for (int i = 0; i != 40; ++i) {
        wire += i % 2 == 0 ? "RETR 1\r\n" : "XTND\r\n";
    }
    std::copy(wire.begin(), wire.end(), session.prepare().begin());
    session.commit(wire.size());
    EXPECT_TRUE(drop.run());
    EXPECT_EQ(drop.told.size(), 3U);
    std::size_t octets = 0;
    while (!session.output().empty()) {
        octets += session.output().size();
        session.sent(session.output().size());
        EXPECT_TRUE(drop.run());
    }
    EXPECT_EQ(drop.told.size(), 22U);
    EXPECT_EQ(octets, 15 + 20 * (3000 + 10) + 20 * std::string_view("-ERR unknown command\r\n").size());
}

// PC-2, PC-18: CAPA in both states, with what can be used there; SASL also behind the login.
TEST(server_rules, PC_2_PC_18_capabilities) {
    for (const bool secure : {false, true}) {
        test_server server({.secure = secure});
        server.drop.with_tls = true;
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.feed("CAPA\r\nUSER mrose\r\nPASS my secret\r\nCAPA\r\n");
        const std::string both = "+OK\r\nTOP\r\nUIDL\r\nSASL PLAIN\r\n";
        EXPECT_EQ(server.output,
                  "+OK\r\n" + both + (secure ? "" : "STLS\r\n") + ".\r\n+OK\r\n+OK\r\n" + both + ".\r\n");
    }
}

// PC-6: a text that looks like a code is no text of an answer.
TEST(server_rules, PC_6_texts_with_a_bracket) {
    test_server server;
    ASSERT_EQ(server.session.greet(), misuse::none);
    const std::string_view wire = "CAPA\r\n";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    ASSERT_EQ(server.session.next().kind, server_event_kind::command);
    EXPECT_EQ(server.session.ok("[AUTH] x"), misuse::bad_value);
    EXPECT_EQ(server.session.err("[AUTH] x"), misuse::bad_value);
    EXPECT_EQ(server.session.err(code::sys_perm, "[sic]"), misuse::none);
}

// PC-19: UTF8 before the login, once or again; then texts may be in UTF-8, and before it they may not.
TEST(server_rules, PC_19_utf8) {
    check_transaction("UTF8\r\n", no, {});
    test_server server;
    ASSERT_EQ(server.session.greet(), misuse::none);
    EXPECT_FALSE(server.session.utf8());
    const auto ask = [&](std::string_view wire) {
        server.session.sent(server.session.output().size());
        std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
        server.session.commit(wire.size());
        ASSERT_EQ(server.session.next().kind, server_event_kind::command);
    };
    ask("UTF8\r\n");
    EXPECT_EQ(server.session.err("Gr\xc3\xbc\xc3\x9f"), misuse::bad_value);
    ASSERT_EQ(server.session.err("no"), misuse::none);
    EXPECT_FALSE(server.session.utf8());
    ask("UTF8\r\n");
    ASSERT_EQ(server.session.ok(), misuse::none);
    EXPECT_TRUE(server.session.utf8());
    ask("CAPA\r\n");
    ASSERT_EQ(server.session.err("Gr\xc3\xbc\xc3\x9f"), misuse::none);
    // PC-20: a message that cannot be had without UTF8 is refused with a code; its size is the program's.
    ask("USER u\r\n");
    ASSERT_EQ(server.session.err(code::utf8, "not without UTF8"), misuse::none);
    EXPECT_EQ(server.session.output(), "-ERR [UTF8] not without UTF8\r\n");
}

// PC-21: UTF-8 in names and passwords where the capabilities have UTF8 USER.
TEST(server_rules, PC_21_names_in_utf8) {
    check_server("USER caf\xc3\xa9\r\n", "-ERR syntax error\r\n", {"error syntax at 8"});
    check_server("USER caf\xc3\xa9\r\n", ok, {"USER [caf\xc3\xa9]"}, {.utf8_user = true});
    check_server("USER caf\xc3\r\n", "-ERR syntax error\r\n", {"error syntax at 8"}, {.utf8_user = true});
}

// PC-22: a language, the server's own choice, none, and the list of them.
TEST(server_rules, PC_22_languages) {
    const std::string hello = "+OK de Gr\xc3\xbc\xc3\x9f Gott\r\n";
    for (const std::string range : {"de", "*"}) {
        check_server("LANG " + range + "\r\n", hello, {"LANG [" + range + "]"});
        check_transaction("LANG " + range + "\r\n", hello, {"LANG [" + range + "]"});
    }
    check_server("LANG fr\r\n", "-ERR no such language\r\n", {"LANG [fr]"});
    check_server("LANG\r\n", "+OK\r\nen English\r\nde Deutsch\r\n.\r\n", {"LANG all"});
}

} // namespace
} // namespace mailwire::pop3::test
