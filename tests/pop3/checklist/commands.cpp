// SPDX-License-Identifier: BSL-1.0
// The commands of RFC 1939 and their answers.

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, P2_from_client) {
    from_client({
        {"P2-1", "QUIT\r\n", "QUIT"},
        {"P2-1", "quit\r\n", "QUIT"},
        {"P2-1", "QUIT now\r\n", "fault syntax at 4"},
        {"P2-2", "QUIT\r\n", "QUIT"},
        {"P2-2", "QUIT \r\n", "fault syntax at 4"},
        {"P2-3", "STAT\r\n", "STAT"},
        {"P2-3", "stat\r\n", "STAT"},
        {"P2-3", "STAT 1\r\n", "fault syntax at 4"},
        {"P2-4", "LIST\r\n", "LIST all"},
        {"P2-4", "List\r\n", "LIST all"},
        {"P2-4", "LIST \r\n", "fault syntax at 5"},
        {"P2-5", "LIST 2\r\n", "LIST 2"},
        {"P2-5", "LIST 1 2\r\n", "fault syntax at 6"},
        {"P2-5", "LIST 1:2\r\n", "fault syntax at 6"},
        {"P2-6", "RETR 1\r\n", "RETR 1"},
        {"P2-6", "retr 99\r\n", "RETR 99"},
        {"P2-6", "RETR\r\n", "fault syntax at 4"},
        {"P2-6", "RETR abc\r\n", "fault syntax at 5"},
        {"P2-7", "DELE 1\r\n", "DELE 1"},
        {"P2-7", "dele 2\r\n", "DELE 2"},
        {"P2-7", "DELE\r\n", "fault syntax at 4"},
        {"P2-7", "DELE *\r\n", "fault syntax at 5"},
        {"P2-8", "NOOP\r\n", "NOOP"},
        {"P2-8", "noop\r\n", "NOOP"},
        {"P2-8", "NOOP x\r\n", "fault syntax at 4"},
        {"P2-9", "RSET\r\n", "RSET"},
        {"P2-9", "rset\r\n", "RSET"},
        {"P2-9", "RSET 1\r\n", "fault syntax at 4"},
    });
}

TEST(checklist, P2_from_server) {
    from_server({
        {"P2-1", to_any, "+OK dewey POP3 server signing off\r\n", "+OK [dewey POP3 server signing off]"},
        {"P2-1", to_any, "+OK\r\n", "+OK"},
        {"P2-1", to_any, "BYE\r\n", "no reply"},
        {"P2-2", to_any, "-ERR some deleted messages not removed\r\n", "-ERR [some deleted messages not removed]"},
        {"P2-2", to_any, "+OK (maildrop empty)\r\n", "+OK [(maildrop empty)]"},
        {"P2-2", to_any, "* BYE\r\n", "no reply"},
        {"P2-3", to_stat, "+OK 2 320\r\n", "+OK 2 messages 320 octets"},
        {"P2-3", to_stat, "+OK 0 0 nothing here\r\n", "+OK 0 messages 0 octets [nothing here]"},
        {"P2-3", to_stat, "+OK two messages\r\n", "fault syntax at 4"},
        {"P2-3", to_stat, "+OK 2\r\n", "fault syntax at 5"},
        {"P2-4", to_list, "+OK 2 messages (320 octets)\r\n1 120\r\n2 200\r\n.\r\n",
         "+OK [2 messages (320 octets)]; message 1 120 octets; message 2 200 octets; end"},
        {"P2-4", to_list, "+OK\r\n.\r\n", "+OK; end"},
        {"P2-4", to_list, "-ERR no\r\n", "-ERR [no]"},
        {"P2-4", to_list, "+OK\r\n1\r\n2 200\r\n.\r\n", "+OK; fault syntax at 1; message 2 200 octets; end"},
        {"P2-4", to_list, "+OK\r\n1 120 extra\r\n.\r\n", "+OK; message 1 120 octets [extra]; end"},
        {"P2-5", to_list_one, "+OK 2 200\r\n", "+OK message 2 200 octets"},
        {"P2-5", to_list_one, "-ERR no such message, only 2 messages in maildrop\r\n",
         "-ERR [no such message, only 2 messages in maildrop]"},
        {"P2-5", to_list_one, "+OK 2\r\n", "fault syntax at 5"},
        {"P2-6", to_retr, "+OK 120 octets\r\nSubject: x\r\n\r\nhi\r\n.\r\n",
         "+OK [120 octets]; body [Subject: x\r\n\r\nhi\r\n]; end"},
        {"P2-6", to_retr, "+OK\r\n.\r\n", "+OK; end"},
        {"P2-6", to_retr, "-ERR no such message\r\n", "-ERR [no such message]"},
        {"P2-6", to_retr, "Subject: x\r\n", "no reply"},
        {"P2-7", to_any, "+OK message 1 deleted\r\n", "+OK [message 1 deleted]"},
        {"P2-7", to_any, "-ERR message 2 already deleted\r\n", "-ERR [message 2 already deleted]"},
        {"P2-7", to_any, "message 1 deleted\r\n", "no reply"},
        {"P2-8", to_any, "+OK\r\n", "+OK"},
        {"P2-8", to_any, "+OK \r\n", "+OK"},
        {"P2-8", to_any, "+OK\r\r\n", "fault syntax at 3"},
        {"P2-9", to_any, "+OK maildrop has 2 messages (320 octets)\r\n", "+OK [maildrop has 2 messages (320 octets)]"},
        {"P2-9", to_any, "+OK\r\n", "+OK"},
        {"P2-9", to_any, "+OKmaildrop\r\n", "no reply"},
    });
}

TEST(checklist, P3_from_client) {
    from_client({
        {"P3-1", "TOP 1 10\r\n", "TOP 1 10"},
        {"P3-1", "top 1 0\r\n", "TOP 1 0"},
        {"P3-1", "TOP 1\r\n", "fault syntax at 5"},
        {"P3-1", "TOP 1 -1\r\n", "fault syntax at 6"},
        {"P3-1", "TOP 0 1\r\n", "fault syntax at 4"},
        {"P3-1", "TOP 1 2 3\r\n", "fault syntax at 7"},
        {"P3-2", "UIDL\r\n", "UIDL all"},
        {"P3-2", "uidl\r\n", "UIDL all"},
        {"P3-2", "UIDL \r\n", "fault syntax at 5"},
        {"P3-3", "UIDL 2\r\n", "UIDL 2"},
        {"P3-3", "UIDL 2 3\r\n", "fault syntax at 6"},
        {"P3-3", "UIDL 0\r\n", "fault syntax at 5"},
        {"P3-4", "USER mrose\r\n", "USER [mrose]"},
        {"P3-4", "user m.rose@example.com\r\n", "USER [m.rose@example.com]"},
        {"P3-4", "USER\r\n", "fault syntax at 4"},
        {"P3-4", "USER m rose\r\n", "fault syntax at 6"},
        {"P3-5", "PASS my pass word\r\n", "PASS [my pass word]"},
        {"P3-5", "pass  x \r\n", "PASS [ x ]"},
        {"P3-5", "PASS\r\n", "fault syntax at 4"},
        {"P3-5", "PASS \r\n", "fault syntax at 5"},
        {"P3-5", "PASS a\x01\r\n", "fault syntax at 6"},
        {"P3-6", "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n", "APOP [mrose] [c4c9334bac560ecc979e58001b3e22fb]"},
        {"P3-6", "apop a 00000000000000000000000000000000\r\n", "APOP [a] [00000000000000000000000000000000]"},
        {"P3-6", "APOP mrose C4C9334BAC560ECC979E58001B3E22FB\r\n", "fault syntax at 11"},
        {"P3-6", "APOP mrose\r\n", "fault syntax at 10"},
        {"P3-6", "APOP mrose c4c9334bac560ecc979e58001b3e22f\r\n", "fault syntax at 42"},
    });
}

TEST(checklist, P3_from_server) {
    from_server({
        {"P3-1", to_retr, "+OK\r\nSubject: x\r\n\r\n.\r\n", "+OK; body [Subject: x\r\n\r\n]; end"},
        {"P3-1", to_retr, "-ERR no such message\r\n", "-ERR [no such message]"},
        {"P3-1", to_retr, "+Ok\r\n", "no reply"},
        {"P3-2", to_uidl, "+OK\r\n1 whqtswO00WBw418f9t5JxYwZ\r\n2 QhdPYR:00WBw1Ph7x7\r\n.\r\n",
         "+OK; message 1 id [whqtswO00WBw418f9t5JxYwZ]; message 2 id [QhdPYR:00WBw1Ph7x7]; end"},
        {"P3-2", to_uidl, "+OK\r\n.\r\n", "+OK; end"},
        {"P3-2", to_uidl, "+OK\r\n1\r\n2 b\r\n.\r\n", "+OK; fault syntax at 1; message 2 id [b]; end"},
        {"P3-3", to_uidl_one, "+OK 2 QhdPYR:00WBw1Ph7x7\r\n", "+OK message 2 id [QhdPYR:00WBw1Ph7x7]"},
        {"P3-3", to_uidl_one, "-ERR no such message\r\n", "-ERR [no such message]"},
        {"P3-3", to_uidl_one, "+OK QhdPYR:00WBw1Ph7x7\r\n", "fault syntax at 4"},
        {"P3-4", to_any, "+OK mrose is a real hoopy frood\r\n", "+OK [mrose is a real hoopy frood]"},
        {"P3-4", to_any, "-ERR sorry, no mailbox for frated here\r\n", "-ERR [sorry, no mailbox for frated here]"},
        {"P3-4", to_any, "+ \r\n", "no reply"},
        {"P3-5", to_any, "-ERR maildrop already locked\r\n", "-ERR [maildrop already locked]"},
        {"P3-5", to_any, "+OK mrose's maildrop has 2 messages\r\n", "+OK [mrose's maildrop has 2 messages]"},
        {"P3-5", to_any, "-ERRmaildrop\r\n", "no reply"},
        {"P3-6", to_any, "+OK maildrop has 1 message (369 octets)\r\n", "+OK [maildrop has 1 message (369 octets)]"},
        {"P3-6", to_any, "-ERR permission denied\r\n", "-ERR [permission denied]"},
        {"P3-6", to_any, "+OK\tx\r\n", "no reply"},
    });
}

} // namespace
} // namespace mailwire::pop3::test
