// SPDX-License-Identifier: BSL-1.0
// RFC 2449: CAPA, its capabilities and response codes.

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, P4_from_client) {
    from_client({
        {"P4-1", "CAPA\r\n", "CAPA"},
        {"P4-1", "capa\r\n", "CAPA"},
        {"P4-1", "CAPA x\r\n", "fault syntax at 4"},
        {"P4-2", "TOP 1 0\r\n", "TOP 1 0"},
        {"P4-2", "TOP\r\n", "fault syntax at 3"},
        {"P4-3", "USER a\r\n", "USER [a]"},
        {"P4-3", "USER a b\r\n", "fault syntax at 6"},
        {"P4-4", "AUTH PLAIN\r\n", "AUTH PLAIN"},
        {"P4-4", "AUTH KERBEROS_V4\r\n", "AUTH KERBEROS_V4"},
        {"P4-4", "AUTH PLAIN LOGIN\r\n", "fault syntax at 16"},
        {"P4-5", "PASS x\r\n", "PASS [x]"},
        {"P4-5", "PASS\tx\r\n", "fault syntax at 4"},
        {"P4-6", "CAPA\r\n", "CAPA"},
        {"P4-6", "CAPA LOGIN-DELAY\r\n", "fault syntax at 4"},
        {"P4-7", "CAPA\r\n", "CAPA"},
        {"P4-7", "NOOP\r\nSTAT\r\nLIST 1\r\n", "NOOP; STAT; LIST 1"},
        {"P4-7", "NOOP STAT\r\nSTAT\r\n", "fault syntax at 4; STAT"},
        {"P4-8", "CAPA\r\n", "CAPA"},
        {"P4-8", "CAPA EXPIRE\r\n", "fault syntax at 4"},
        {"P4-9", "UIDL\r\n", "UIDL all"},
        {"P4-9", "UIDL x\r\n", "fault syntax at 5"},
        {"P4-10", "CAPA\r\n", "CAPA"},
        {"P4-10", "CAPA IMPLEMENTATION\r\n", "fault syntax at 4"},
        {"P4-11", "PASS x\r\n", "PASS [x]"},
        {"P4-11", "PASS x\x7f\r\n", "fault syntax at 6"},
        {"P4-12", "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n", "APOP [mrose] [c4c9334bac560ecc979e58001b3e22fb]"},
        {"P4-12", "APOP mrose c4c9334bac560ecc979e58001b3e22fg\r\n", "fault syntax at 42"},
    });
}

TEST(checklist, P4_from_server) {
    from_server({
        {"P4-1", to_capa,
         "+OK Capability list follows\r\nTOP\r\nSASL CRAM-MD5 KERBEROS_V4\r\nLOGIN-DELAY 900 USER\r\nPIPELINING\r\n"
         "EXPIRE 60 USER\r\nUIDL\r\nIMPLEMENTATION Shlemazle-Plotz-v302\r\n.\r\n",
         "+OK [Capability list follows]; TOP; SASL [CRAM-MD5 KERBEROS_V4]; LOGIN-DELAY 900 per user; PIPELINING; "
         "EXPIRE 60 per user; UIDL; IMPLEMENTATION [Shlemazle-Plotz-v302]; end"},
        {"P4-1", to_capa, "+OK\r\n.\r\n", "+OK; end"},
        {"P4-1", to_capa, "-ERR unknown command\r\n", "-ERR [unknown command]"},
        {"P4-1", to_capa, "+OK\r\nX-MINE a b\r\nAUTH-RESP-CODES\r\nCAPA\r\n.\r\n",
         "+OK; unknown X-MINE [a b]; unknown AUTH-RESP-CODES; unknown CAPA; end"},
        {"P4-1", to_capa, "+OK\r\nX.Y\r\nTOP\r\n.\r\n", "+OK; fault syntax at 1; TOP; end"},
        {"P4-2", to_capa, "+OK\r\nTOP\r\n.\r\n", "+OK; TOP; end"},
        {"P4-2", to_capa, "+OK\r\nTOP \r\n.\r\n", "+OK; fault syntax at 3; end"},
        {"P4-3", to_capa, "+OK\r\nUSER\r\n.\r\n", "+OK; USER; end"},
        {"P4-3", to_capa, "+OK\r\nUSER mrose\r\n.\r\n", "+OK; fault syntax at 4; end"},
        {"P4-4", to_capa, "+OK\r\nSASL PLAIN DIGEST-MD5 GSSAPI ANONYMOUS\r\n.\r\n",
         "+OK; SASL [PLAIN DIGEST-MD5 GSSAPI ANONYMOUS]; end"},
        {"P4-4", to_capa, "+OK\r\nsasl PLAIN\r\n.\r\n", "+OK; SASL [PLAIN]; end"},
        {"P4-4", to_capa, "+OK\r\nSASL PLAIN  LOGIN\r\n.\r\n", "+OK; fault syntax at 11; end"},
        {"P4-5", to_capa, "+OK\r\nRESP-CODES\r\n.\r\n", "+OK; RESP-CODES; end"},
        {"P4-5", to_capa, "+OK\r\nRESP-CODES IN-USE\r\n.\r\n", "+OK; fault syntax at 10; end"},
        {"P4-5", to_any, "+OK [X] y\r\n", "+OK code [X] [y]", with_codes},
        {"P4-5", to_any, "+OK [X y\r\n", "fault syntax at 6", with_codes},
        {"P4-6", to_capa, "+OK\r\nLOGIN-DELAY 900 USER\r\n.\r\n", "+OK; LOGIN-DELAY 900 per user; end"},
        {"P4-6", to_capa, "+OK\r\nLOGIN-DELAY 0\r\n.\r\n", "+OK; LOGIN-DELAY 0; end"},
        {"P4-6", to_capa, "+OK\r\nLOGIN-DELAY\r\n.\r\n", "+OK; fault syntax at 11; end"},
        {"P4-7", to_capa, "+OK\r\nPIPELINING\r\n.\r\n", "+OK; PIPELINING; end"},
        {"P4-7", to_capa, "+OK\r\nPIPELINING 5\r\n.\r\n", "+OK; fault syntax at 10; end"},
        {"P4-8", to_capa, "+OK\r\nEXPIRE 5 USER\r\n.\r\n", "+OK; EXPIRE 5 per user; end"},
        {"P4-8", to_capa, "+OK\r\nEXPIRE NEVER\r\n.\r\n", "+OK; EXPIRE NEVER; end"},
        {"P4-8", to_capa, "+OK\r\nEXPIRE 0\r\n.\r\n", "+OK; EXPIRE 0; end"},
        {"P4-8", to_capa, "+OK\r\nEXPIRE SOON\r\n.\r\n", "+OK; fault syntax at 7; end"},
        {"P4-9", to_capa, "+OK\r\nUIDL\r\n.\r\n", "+OK; UIDL; end"},
        {"P4-9", to_capa, "+OK\r\nUIDL 1\r\n.\r\n", "+OK; fault syntax at 4; end"},
        {"P4-10", to_capa, "+OK\r\nIMPLEMENTATION BlurdyBlurp POP3 server\r\n.\r\n",
         "+OK; IMPLEMENTATION [BlurdyBlurp POP3 server]; end"},
        {"P4-10", to_capa, "+OK\r\nIMPLEMENTATION v1.0\r\n.\r\n", "+OK; IMPLEMENTATION [v1.0]; end"},
        {"P4-10", to_capa, "+OK\r\nIMPLEMENTATION a\tb\r\n.\r\n", "+OK; fault syntax at 16; end"},
        {"P4-11", to_any, "-ERR [LOGIN-DELAY] too soon\r\n", "-ERR code [LOGIN-DELAY] [too soon]", with_codes},
        {"P4-11", to_any, "-ERR [LOGIN-DELAY too soon\r\n", "fault syntax at 17", with_codes},
        {"P4-12", to_any, "-ERR [IN-USE] Do you have another POP session running?\r\n",
         "-ERR code [IN-USE] [Do you have another POP session running?]", with_codes},
        {"P4-12", to_any, "-ERR [in-use]\r\n", "-ERR code [in-use]", with_codes},
        {"P4-12", to_any, "-ERR [IN-USE/] x\r\n", "fault syntax at 13", with_codes},
    });
}

// P4-11, P4-12: in any case, and with more levels.
TEST(checklist, P4_codes_are_known) {
    const auto code_of = [](std::string_view line) {
        return parse_reply(line, answer_form::text, with_codes).value.code;
    };
    EXPECT_TRUE(code_of("-ERR [login-delay] too soon\r\n").is(code::login_delay));
    EXPECT_TRUE(code_of("-ERR [IN-USE/BY/X] locked\r\n").is(code::in_use));
    EXPECT_FALSE(code_of("-ERR [IN-USES] locked\r\n").is(code::in_use));
}

} // namespace
} // namespace mailwire::pop3::test
