// SPDX-License-Identifier: BSL-1.0
// TLS (RFC 2595), SASL (RFC 5034) and the codes of logins (RFC 3206).

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, P5_stls) {
    from_client({
        {"P5-1", "STLS\r\n", "STLS"},
        {"P5-1", "stls\r\n", "STLS"},
        {"P5-1", "STLS x\r\n", "fault syntax at 4"},
        {"P5-1", "STARTTLS\r\n", "fault syntax at 4"},
        {"P5-2", "CAPA\r\n", "CAPA"},
        {"P5-2", "CAPA STLS\r\n", "fault syntax at 4"},
    });
    from_server({
        {"P5-1", to_any, "+OK Begin TLS negotiation\r\n", "+OK [Begin TLS negotiation]"},
        {"P5-1", to_any, "-ERR Command not permitted when TLS active\r\n",
         "-ERR [Command not permitted when TLS active]"},
        {"P5-1", to_any, "\x16\x03\x01\r\n", "no reply"},
        {"P5-2", to_capa, "+OK\r\nSTLS\r\n.\r\n", "+OK; STLS; end"},
        {"P5-2", to_capa, "+OK\r\nstls\r\n.\r\n", "+OK; STLS; end"},
        {"P5-2", to_capa, "+OK\r\nSTLS REQUIRED\r\n.\r\n", "+OK; fault syntax at 4; end"},
    });
}

TEST(checklist, P6_from_client) {
    from_client({
        {"P6-1", "AUTH PLAIN\r\n", "AUTH PLAIN"},
        {"P6-1", "auth SCRAM-SHA-256\r\n", "AUTH SCRAM-SHA-256"},
        {"P6-1", "AUTH plain\r\n", "fault syntax at 5"},
        {"P6-1", "AUTH X.Y\r\n", "fault syntax at 6"},
        {"P6-1", "AUTH ABCDEFGHIJKLMNOPQRSTU\r\n", "fault syntax at 25"},
        {"P6-2", "AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n", "AUTH PLAIN [dGVzdAB0ZXN0AHRlc3Q=]"},
        {"P6-2", "AUTH X AAAA\r\n", "AUTH X [AAAA]"},
        {"P6-2", "AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q\r\n", "fault syntax at 30"},
        {"P6-2", "AUTH PLAIN AAA=BBB=\r\n", "fault syntax at 15"},
        {"P6-2", "AUTH PLAIN \r\n", "fault syntax at 11"},
        {"P6-3", "AUTH EXTERNAL =\r\n", "AUTH EXTERNAL [=]"},
        {"P6-3", "AUTH EXTERNAL ==\r\n", "fault syntax at 15"},
        {"P6-3", "AUTH EXTERNAL = \r\n", "fault syntax at 15"},
        {"P6-4", "\r\n", "response []", line_of::exchange},
        {"P6-4", "cnNwYXV0aA==\r\n\r\n", "response [cnNwYXV0aA==]; response []", line_of::exchange},
        {"P6-4", "cnNwYXV0aA=\r\n", "fault syntax at 11", line_of::exchange},
        {"P6-4", "=\r\n", "fault syntax at 0", line_of::exchange},
        {"P6-5", "*\r\n", "cancel", line_of::exchange},
        {"P6-5", "**\r\n", "fault syntax at 1", line_of::exchange},
        {"P6-5", "* \r\n", "fault syntax at 1", line_of::exchange},
        {"P6-5", "AUTH PLAIN *\r\n", "fault syntax at 11"},
    });
}

TEST(checklist, P6_from_server) {
    from_server({
        {"P6-1", to_auth, "+ \r\n", "challenge []"},
        {"P6-1", to_auth, "-ERR no such mechanism\r\n", "-ERR [no such mechanism]"},
        {"P6-1", to_auth, "+\r\n", "fault syntax at 1"},
        {"P6-2", to_auth, "+OK Maildrop locked and ready\r\n", "+OK [Maildrop locked and ready]"},
        {"P6-2", to_auth, "-ERR [AUTH] wrong\r\n", "-ERR code [AUTH] [wrong]"},
        {"P6-2", to_auth, "+OKready\r\n", "no reply"},
        {"P6-3", to_auth, "+OK Maildrop locked and ready\r\n", "+OK [Maildrop locked and ready]"},
        {"P6-3", to_auth, "-ERR\r\n", "-ERR"},
        {"P6-3", to_auth, "+OK a\tb\r\n", "fault syntax at 5"},
        {"P6-4", to_auth, "+ cnNwYXV0aD0wYjk3MTQ2MmNlZjVlOGY5MzBkYjlhMzNiMDJmYzlhMA==\r\n",
         "challenge [cnNwYXV0aD0wYjk3MTQ2MmNlZjVlOGY5MzBkYjlhMzNiMDJmYzlhMA==]"},
        {"P6-4", to_auth, "+ AAAA\r\n+OK\r\n", "challenge [AAAA]; +OK"},
        {"P6-4", to_auth, "+ AAAA AAAA\r\n", "fault syntax at 6"},
        {"P6-4", to_auth, "+ hello there\r\n", "fault syntax at 7"},
        {"P6-5", to_auth, "-ERR authentication exchange cancelled\r\n", "-ERR [authentication exchange cancelled]"},
        {"P6-5", to_auth, "+ AAAA\r\n-ERR cancelled\r\n", "challenge [AAAA]; -ERR [cancelled]"},
        {"P6-5", to_auth, "*\r\n", "no reply"},
    });
}

TEST(checklist, P7_codes_of_logins) {
    from_client({
        {"P7-1", "CAPA\r\n", "CAPA"},
        {"P7-1", "CAPA AUTH-RESP-CODE\r\n", "fault syntax at 4"},
        {"P7-2", "STAT\r\n", "STAT"},
        {"P7-2", "STAT SYS\r\n", "fault syntax at 4"},
        {"P7-3", "PASS x\r\n", "PASS [x]"},
        {"P7-3", "PASS \r\n", "fault syntax at 5"},
    });
    from_server({
        {"P7-1", to_capa, "+OK\r\nAUTH-RESP-CODE\r\n.\r\n", "+OK; AUTH-RESP-CODE; end"},
        {"P7-1", to_capa, "+OK\r\nauth-resp-code\r\n.\r\n", "+OK; AUTH-RESP-CODE; end"},
        {"P7-1", to_capa, "+OK\r\nAUTH-RESP-CODE SYS\r\n.\r\n", "+OK; fault syntax at 14; end"},
        {"P7-2", to_any, "-ERR [SYS/PERM] mailbox corrupt\r\n", "-ERR code [SYS/PERM] [mailbox corrupt]", with_codes},
        {"P7-2", to_stat, "-ERR [SYS/TEMP] later\r\n", "-ERR code [SYS/TEMP] [later]", with_codes},
        {"P7-2", to_any, "-ERR [SYS/PERM mailbox corrupt\r\n", "fault syntax at 14", with_codes},
        {"P7-3", to_any, "-ERR [AUTH] invalid password\r\n", "-ERR code [AUTH] [invalid password]", with_codes},
        {"P7-3", to_auth, "-ERR [auth/x] no\r\n", "-ERR code [auth/x] [no]", with_codes},
        {"P7-3", to_any, "-ERR [AUTH ] invalid password\r\n", "fault syntax at 10", with_codes},
    });
}

} // namespace
} // namespace mailwire::pop3::test
