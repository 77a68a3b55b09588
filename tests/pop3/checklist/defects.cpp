// SPDX-License-Identifier: BSL-1.0
// Where the RFCs are wrong, silent or of two minds: what this library makes of it.

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, PD_from_client) {
    const std::string longest = "PASS " + std::string(248, 'p') + "\r\n";
    const std::string says = "PASS [" + std::string(248, 'p') + "]";
    const std::string too_long = "PASS " + std::string(249, 'p') + "\r\n";
    const std::string challenged = std::string(600, 'A') + "\r\n";
    const std::string challenged_says = "response [" + std::string(600, 'A') + "]";
    const parse_options bare_auth{.quirks = quirks::auth_without_mechanism};
    from_client({
        {"P-D2", longest, says},
        {"P-D2", too_long, "fault unit too long at 255 (256 of 255)"},
        {"P-D2", challenged, challenged_says, line_of::exchange},
        {"P-D7", "PASS  two  \r\n", "PASS [ two  ]"},
        {"P-D7", "PASS x y\r\n", "PASS [x y]"},
        {"P-D7", "PASS\r\n", "fault syntax at 4"},
        {"P-D8", "USER !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\r\n", "USER [!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~]"},
        {"P-D8", "APOP a@b<c> c4c9334bac560ecc979e58001b3e22fb\r\n",
         "APOP [a@b<c>] [c4c9334bac560ecc979e58001b3e22fb]"},
        {"P-D8", "USER a b\r\n", "fault syntax at 6"},
        {"P-D8", "APOP a b c4c9334bac560ecc979e58001b3e22fb\r\n", "fault syntax at 8"},
        {"P-D11", "rEtR 1\r\n", "RETR 1"},
        {"P-D11", "RETR1\r\n", "fault syntax at 4"},
        {"P-D12", "AUTH\r\n", "fault syntax at 4"},
        {"P-D12", "AUTH \r\n", "fault syntax at 5"},
        {"P-D12", "AUTH PLAIN\r\n", "AUTH PLAIN", line_of::command, bare_auth},
        {"P-D13", "AUTH EXTERNAL =\r\n", "AUTH EXTERNAL [=]"},
        {"P-D13", "AUTH EXTERNAL\r\n", "AUTH EXTERNAL"},
        {"P-D13", "AUTH EXTERNAL =AAA\r\n", "fault syntax at 15"},
    });
}

// P-D12: on request, and told.
TEST(checklist, PD12_auth_without_argument) {
    for (const std::string_view wire : {"AUTH\r\n", "auth\r\n"}) {
        const reading heard =
            read_client(std::span(&wire, 1), false, parse_options{.quirks = quirks::auth_without_mechanism});
        EXPECT_EQ(heard.says, "AUTH ");
        EXPECT_EQ(heard.quirks, quirks::auth_without_mechanism);
    }
}

TEST(checklist, PD_from_server) {
    const std::string longest = "IMPLEMENTATION " + std::string(495, 'i') + "\r\n";
    const std::string lines = "+OK\r\n" + longest + ".\r\n";
    const std::string says = "+OK; IMPLEMENTATION [" + std::string(495, 'i') + "]; end";
    const std::string too_long = "+OK\r\nIMPLEMENTATION " + std::string(496, 'i') + "\r\nTOP\r\n.\r\n";
    const std::string challenged = "+ " + std::string(600, 'A') + "\r\n";
    const std::string challenged_says = "challenge [" + std::string(600, 'A') + "]";
    from_server({
        {"P-D1", to_any, "+OK 2 messages\r\n", "+OK [2 messages]"},
        {"P-D1", to_nothing, "+OK a b <a@b> c d\r\n", "+OK [a b <a@b> c d] timestamp [<a@b>]"},
        {"P-D1", to_any, "-ERR [IN USE] x\r\n", "fault syntax at 8", with_codes},
        {"P-D2", to_capa, lines, says},
        {"P-D2", to_capa, too_long, "+OK; fault unit too long at 512 (513 of 512); TOP; end"},
        {"P-D2", to_auth, challenged, challenged_says},
        {"P-D3", to_list, "+OK 2 320\r\n2 320\r\n.\r\n", "+OK [2 320]; message 2 320 octets; end"},
        {"P-D3", to_list_one, "+OK 2 320\r\n", "+OK message 2 320 octets"},
        {"P-D3", to_any, "+OK 2 320\r\n", "+OK [2 320]"},
        {"P-D3", to_uidl, "+OK 2 x\r\n.\r\n", "+OK [2 x]; end"},
        {"P-D3", to_uidl_one, "+OK 2 x\r\n", "+OK message 2 id [x]"},
        {"P-D3", to_lang, "+OK en x\r\n.\r\n", "+OK [en x]; end"},
        {"P-D3", to_lang_one, "+OK en x\r\n", "+OK language en [x]"},
        {"P-D4", to_list, "-ERR no\r\n", "-ERR [no]"},
        {"P-D4", to_uidl, "-ERR no\r\n", "-ERR [no]"},
        {"P-D4", to_capa, "-ERR no\r\n", "-ERR [no]"},
        {"P-D4", to_retr, "-ERR no\r\n", "-ERR [no]"},
        {"P-D4", to_lang, "-ERR no\r\n", "-ERR [no]"},
        {"P-D5", to_retr, "+OK 3 octets\r\n...\r\n..\r\n.\r\n", "+OK [3 octets]; body [..\r\n.\r\n]; end"},
        {"P-D5", to_retr, "+OK\r\na.\r\n.\r\n", "+OK; body [a.\r\n]; end"},
        {"P-D6", to_stat, "+OK 2 320 (seen 1)\r\n", "+OK 2 messages 320 octets [(seen 1)]"},
        {"P-D6", to_list, "+OK\r\n1 120 (seen)\r\n.\r\n", "+OK; message 1 120 octets [(seen)]; end"},
        {"P-D6", to_uidl, "+OK\r\n1 x (seen)\r\n.\r\n", "+OK; fault syntax at 3; end"},
        {"P-D6", to_stat, "+OK 2 320octets\r\n", "fault syntax at 9"},
        {"P-D9", to_any, "+OK [foo] bar\r\n", "+OK code [foo] [bar]"},
        {"P-D9", to_any, "+OK [foo\r\n", "fault syntax at 8", with_codes},
        {"P-D10", to_nothing, "+OK <1.2@x> hello\r\n", "+OK [<1.2@x> hello] timestamp [<1.2@x>]"},
        {"P-D10", to_nothing, "+OK hello <there>\r\n", "fault syntax at 16"},
        {"P-D10", to_nothing, "+OK <a@b> and <c@d>\r\n", "fault syntax at 14"},
        {"P-D11", to_any, "+ok\r\n", "no reply"},
        {"P-D11", to_any, "-Err x\r\n", "no reply"},
        {"P-D11", to_any, "+OK\r\n", "+OK"},
        {"P-D13", to_auth, "+ \r\n+OK\r\n", "challenge []; +OK"},
        {"P-D14", to_auth, "+ \r\n", "challenge []"},
        {"P-D14", to_auth, "+\r\n", "fault syntax at 1"},
        {"P-D14", to_auth, "+AAAA\r\n", "no reply"},
        {"P-D15", to_capa, "+OK\r\nuidl\r\nTOP\r\nEXPIRE 5\r\ntop\r\nEXPIRE 0\r\n.\r\n",
         "+OK; UIDL; TOP; EXPIRE 5; TOP; EXPIRE 0; end"},
        {"P-D15", to_capa, "+OK\r\nSASL PLAIN\r\nSASL LOGIN\r\n.\r\n", "+OK; SASL [PLAIN]; SASL [LOGIN]; end"},
        {"P-D16", to_lang_one, "+OK es Idioma\r\n", "+OK language es [Idioma]"},
        {"P-D16", to_any, "+OK es Idioma\r\n", "+OK [es Idioma]"},
        {"P-D16", to_lang_one, "+OK Idioma-cambiado\r\n", "fault syntax at 19"},
        {"P-D17", to_retr, "+OK\r\nno end.\r\n.\r\n", "+OK; body [no end.\r\n]; end"},
    });
}

// P-D9: what nobody has announced may be text. It is read, and never written.
TEST(checklist, PD9_brackets_that_are_text) {
    const auto read_any = [](auto pieces) { return read_response(pieces, to_any); };
    check_reading("+OK [foo\r\n", "+OK [[foo]", read_any);
    check_reading("+OK [foo] bar\r\n", "+OK [[foo] bar]",
                  [](auto pieces) { return read_response(pieces, to_any, without_codes); });
}

// P-D14: on request, and told.
TEST(checklist, PD14_challenge_without_space) {
    const std::string_view wire = "+\r\n";
    const reading heard = read_response(std::span(&wire, 1), to_auth, {.quirks = quirks::challenge_without_space});
    EXPECT_EQ(heard.says, "challenge []");
    EXPECT_EQ(heard.quirks, quirks::challenge_without_space);
}

// P-D17: without the dot the message is not over.
TEST(checklist, PD17_no_end) {
    check_reading("+OK\r\nno end.\r\n", "+OK; body [no end.\r\n]",
                  [](auto pieces) { return read_response(pieces, to_retr); });
}

// P-D17: who sends adds the line end.
TEST(checklist, PD17_a_last_line_without_its_end) {
    for (const auto& [message, wire] : {std::pair{"no end", "no end\r\n.\r\n"}, std::pair{"end\r\n", "end\r\n.\r\n"},
                                        std::pair{"", ".\r\n"}, std::pair{".", "..\r\n.\r\n"}}) {
        std::string out(16, '\0');
        dot_stuffer dots;
        out.resize(dots.next(message, out).written);
        EXPECT_EQ(out + std::string(dots.ending()), wire);
    }
}

} // namespace
} // namespace mailwire::pop3::test
