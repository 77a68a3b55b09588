// SPDX-License-Identifier: BSL-1.0
// What lines are made of: RFC 1939 3, RFC 2449 3 and 4.

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, P1_from_client) {
    const std::string longest = "USER " + std::string(248, 'u') + "\r\n";
    const std::string says = "USER [" + std::string(248, 'u') + "]";
    const std::string too_long = "USER " + std::string(249, 'u') + "\r\n";
    const std::string longest_id = "1 " + std::string(70, 'i') + "\r\n";
    from_client({
        {"P1-1", "list 2\r\n", "LIST 2"},
        {"P1-1", "LiSt 2\r\n", "LIST 2"},
        {"P1-1", longest, says},
        {"P1-1", too_long, "fault unit too long at 255 (256 of 255)"},
        {"P1-1", "list  2\r\n", "fault syntax at 5"},
        {"P1-1", "list 2 \r\n", "fault syntax at 6"},
        {"P1-1", "LISTS 2\r\n", "fault syntax at 4"},
        {"P1-1", "LI\r\n", "fault syntax at 2"},
        {"P1-1", "XYZ a b\r\n", "unknown XYZ [a b]"},
        {"P1-2", "NOOP\r\n", "NOOP"},
        {"P1-2", "+OK\r\n", "unknown +OK"},
        {"P1-3", "RSET\r\n", "RSET"},
        {"P1-3", "RSET (320 octets)\r\n", "fault syntax at 4"},
        {"P1-4", "PASS x\r\n", "PASS [x]"},
        {"P1-4", "PASS [SYS/TEMP]\r\n", "PASS [[SYS/TEMP]]"},
        {"P1-5", "RETR 1\r\n", "RETR 1"},
        {"P1-5", ".\r\n", "fault syntax at 1"},
        {"P1-6", "DELE 12\r\n", "DELE 12"},
        {"P1-6", "DELE 4294967295\r\n", "DELE 4294967295"},
        {"P1-6", "DELE 0\r\n", "fault syntax at 5"},
        {"P1-6", "DELE +12\r\n", "fault syntax at 5"},
        {"P1-6", "DELE -1\r\n", "fault syntax at 5"},
        {"P1-6", "DELE 1.5\r\n", "fault syntax at 6"},
        {"P1-7", "UIDL 1\r\n", "UIDL 1"},
        {"P1-7", "UIDL whqtswO00WBw418f9t5JxYwZ\r\n", "fault syntax at 5"},
        {"P1-9", "dGVzdAB0ZXN0AHRlc3Q=\r\n", "response [dGVzdAB0ZXN0AHRlc3Q=]", line_of::exchange},
        {"P1-9", "*\r\n", "cancel", line_of::exchange},
        {"P1-9", "dGVzdA\r\n", "fault syntax at 6", line_of::exchange},
        {"P1-9", "+ dGVzdA==\r\n", "fault syntax at 1", line_of::exchange},
    });
}

TEST(checklist, P1_from_server) {
    const std::string longest = "+OK " + std::string(506, 't') + "\r\n";
    const std::string says = "+OK [" + std::string(506, 't') + "]";
    const std::string too_long = "+OK " + std::string(507, 't') + "\r\n";
    from_server({
        {"P1-2", to_any, "+OK\r\n", "+OK"},
        {"P1-2", to_any, "-ERR\r\n", "-ERR"},
        {"P1-2", to_any, longest, says},
        {"P1-2", to_any, too_long, "fault unit too long at 512 (513 of 512)"},
        {"P1-2", to_any, "+ok\r\n", "no reply"},
        {"P1-2", to_any, "OK\r\n", "no reply"},
        {"P1-3", to_any, "+OK maildrop has 2 messages (320 octets)\r\n", "+OK [maildrop has 2 messages (320 octets)]"},
        {"P1-3", to_any, "+OK a.b <c> d[e] /f]\r\n", "+OK [a.b <c> d[e] /f]]"},
        {"P1-3", to_any, "+OK a\tb\r\n", "fault syntax at 5"},
        {"P1-3", to_any, "+OK caf\xc3\xa9\r\n", "fault syntax at 7"},
        {"P1-4", to_any, "-ERR [SYS/TEMP] try later\r\n", "-ERR code [SYS/TEMP] [try later]", with_codes},
        {"P1-4", to_any, "-ERR [x/y/z]\r\n", "-ERR code [x/y/z]", with_codes},
        {"P1-4", to_any, "-ERR [SYS/] try later\r\n", "fault syntax at 10", with_codes},
        {"P1-4", to_any, "-ERR [a b] try later\r\n", "fault syntax at 7", with_codes},
        {"P1-5", to_retr, "+OK\r\n..dot\r\n.\r\n", "+OK; body [.dot\r\n]; end"},
        {"P1-5", to_retr, "+OK\r\n\r\n..\r\n.\r\n", "+OK; body [\r\n.\r\n]; end"},
        {"P1-5", to_list, "+OK\r\n.\r\n", "+OK; end"},
        {"P1-5", to_list, "+OK\r\n..1 120\r\n.\r\n", "+OK; fault syntax at 0; end"},
        {"P1-6", to_list_one, "+OK 12 4096\r\n", "+OK message 12 4096 octets"},
        {"P1-6", to_list_one, "+OK 4294967295 0\r\n", "+OK message 4294967295 0 octets"},
        {"P1-6", to_list_one, "+OK 0 4096\r\n", "fault syntax at 4"},
        {"P1-6", to_list_one, "+OK +1 4096\r\n", "fault syntax at 4"},
        {"P1-7", to_uidl_one, "+OK 1 whqtswO00WBw418f9t5JxYwZ\r\n", "+OK message 1 id [whqtswO00WBw418f9t5JxYwZ]"},
        {"P1-7", to_uidl_one, "+OK 1 !~\r\n", "+OK message 1 id [!~]"},
        {"P1-7", to_uidl_one, "+OK 1 whqtswO00WBw418f9t5JxYwZ more\r\n", "fault syntax at 30"},
        {"P1-7", to_uidl_one, "+OK 1 \x7f\r\n", "fault syntax at 6"},
        {"P1-8", to_nothing, "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n",
         "+OK [POP3 server ready <1896.697170952@dbc.mtview.ca.us>] timestamp [<1896.697170952@dbc.mtview.ca.us>]"},
        {"P1-8", to_nothing, "+OK [X/Y] ready\r\n", "+OK code [X/Y] [ready]"},
        {"P1-8", to_nothing, "+OK ready <1896.697170952>\r\n", "fault syntax at 25"},
        // Said by a server that closes: told, and no greeting.
        {"P1-8", to_nothing, "-ERR too busy\r\n", "-ERR [too busy]"},
        {"P1-9", to_auth, "+ \r\n", "challenge []"},
        {"P1-9", to_auth, "+ dGVzdA==\r\n+ \r\n+OK in\r\n", "challenge [dGVzdA==]; challenge []; +OK [in]"},
        {"P1-9", to_auth, "+ dGVzdA\r\n", "fault syntax at 8"},
        {"P1-9", to_auth, "+ =\r\n", "fault syntax at 2"},
    });
}

// Lines of an exchange may be longer than others.
TEST(checklist, P1_9_is_exempt_from_the_limits_of_lines) {
    const std::string token(3000, 'A');
    from_client({{"P1-9", token + "\r\n", "response [" + token + "]", line_of::exchange}});
    from_server({{"P1-9", to_auth, "+ " + token + "\r\n", "challenge [" + token + "]"}});
}

} // namespace
} // namespace mailwire::pop3::test
