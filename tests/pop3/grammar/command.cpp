// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/grammar/command.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

std::array<token, tokens_of_a_line> tape;

const auto parse = [](std::string_view line) { return parse_command(line, tape); };
const auto text = [](const item<slot::command>& c) { return describe(c); };
const auto write = [](auto& sink, const item<slot::command>& c) { return write_command(sink, c); };

// RFC 1939 4 to 7, RFC 2449 5
const row good[] = {
    {"QUIT\r\n", "QUIT"},
    {"quit\r\n", "QUIT"},
    {"QuIt\r\n", "QUIT"},
    {"STAT\r\n", "STAT"},
    {"LIST\r\n", "LIST all"},
    {"LIST 1\r\n", "LIST 1"},
    {"list 4294967295\r\n", "LIST 4294967295"},
    {"RETR 1\r\n", "RETR 1"},
    {"DELE 12\r\n", "DELE 12"},
    {"NOOP\r\n", "NOOP"},
    {"RSET\r\n", "RSET"},
    {"TOP 1 0\r\n", "TOP 1 0"},
    {"top 1 10\r\n", "TOP 1 10"},
    {"UIDL\r\n", "UIDL all"},
    {"UIDL 2\r\n", "UIDL 2"},
    {"USER mrose\r\n", "USER [mrose]"},
    {"USER mrose@example.com\r\n", "USER [mrose@example.com]"},
    {"PASS secret\r\n", "PASS [secret]"},
    {"PASS my pass word\r\n", "PASS [my pass word]"},
    {"PASS  two before, two behind  \r\n", "PASS [ two before, two behind  ]"},
    {"PASS  \r\n", "PASS [ ]"},
    {"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n", "APOP [mrose] [c4c9334bac560ecc979e58001b3e22fb]"},
    {"CAPA\r\n", "CAPA"},
    {"capa\r\n", "CAPA"},
    {"AUTH PLAIN\r\n", "AUTH PLAIN"},
    {"auth SCRAM-SHA-256\r\n", "AUTH SCRAM-SHA-256"},
    {"AUTH X_20-CHARACTERS-LONG\r\n", "AUTH X_20-CHARACTERS-LONG"},
    {"AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q=\r\n", "AUTH PLAIN [dGVzdAB0ZXN0AHRlc3Q=]"},
    {"AUTH EXTERNAL =\r\n", "AUTH EXTERNAL [=]"},
    {"STLS\r\n", "STLS"},
    {"stls\r\n", "STLS"},
    {"UTF8\r\n", "UTF8"},
    {"LANG\r\n", "LANG all"},
    {"LANG es\r\n", "LANG [es]"},
    {"lang en-boont\r\n", "LANG [en-boont]"},
    {"LANG zh-Hant-x-12345678\r\n", "LANG [zh-Hant-x-12345678]"},
    {"LANG *\r\n", "LANG [*]"},
    // What the profile does not know is a value too.
    {"XTND XMIT\r\n", "unknown XTND [XMIT]"},
    {"GET / HTTP/1.1\r\n", "unknown GET [/ HTTP/1.1]"},
    {"X-Y!  z \r\n", "unknown X-Y! [ z ]"},
};

const row bad[] = {
    {"QUIT now\r\n", "syntax at 4"},
    {"QUIT \r\n", "syntax at 4"},
    {" QUIT\r\n", "syntax at 0"},
    {"STAT 1\r\n", "syntax at 4"},
    {"CAPA x\r\n", "syntax at 4"},
    {"LIST \r\n", "syntax at 5"},
    {"LIST 2 \r\n", "syntax at 6"},
    {"LIST 1 2\r\n", "syntax at 6"},
    {"RETR\r\n", "syntax at 4"},
    {"RETR 01\r\n", "syntax at 5"},
    {"RETR 1:3\r\n", "syntax at 6"},
    {"RETR *\r\n", "syntax at 5"},
    {"RETR +1\r\n", "syntax at 5"},
    {"RETR 4294967296\r\n", "number too big at 5 (0 of 4294967295)"},
    {"DELE\r\n", "syntax at 4"},
    {"TOP 0 1\r\n", "syntax at 4"},
    {"TOP 1  1\r\n", "syntax at 6"},
    {"UIDL 2 3\r\n", "syntax at 6"},
    {"USER\r\n", "syntax at 4"},
    {"USER \r\n", "syntax at 5"},
    {"USER a b\r\n", "syntax at 6"},
    {"USER a\tb\r\n", "syntax at 6"},
    {"USER \xd1\x8f\r\n", "syntax at 5"},
    {"PASS\r\n", "syntax at 4"},
    {"PASS \r\n", "syntax at 5"},
    {"PASS a\x7f\r\n", "syntax at 6"},
    {"APOP mrose\r\n", "syntax at 10"},
    {"APOP mrose C4C9334BAC560ECC979E58001B3E22FB\r\n", "syntax at 11"},
    {"APOP mrose c4c9334bac560ecc979e58001b3e22f\r\n", "syntax at 42"},
    {"APOP mrose c4c9334bac560ecc979e58001b3e22fb0\r\n", "syntax at 43"},
    {"APOP a b c4c9334bac560ecc979e58001b3e22fb\r\n", "syntax at 8"},
    {"AUTH\r\n", "syntax at 4"},
    {"AUTH \r\n", "syntax at 5"},
    {"AUTH plain\r\n", "syntax at 5"},
    {"AUTH PLAIN \r\n", "syntax at 11"},
    {"AUTH X.Y\r\n", "syntax at 6"},
    {"AUTH X_21-CHARACTERS-LONG-\r\n", "syntax at 25"},
    {"AUTH PLAIN AAA\r\n", "syntax at 14"},
    {"AUTH PLAIN AAA=BBB\r\n", "syntax at 15"},
    {"AUTH PLAIN AB==\r\n", "syntax at 13"},
    {"AUTH PLAIN ==\r\n", "syntax at 12"},
    {"AUTH PLAIN *\r\n", "syntax at 11"},
    {"AUTH PLAIN AAAA AAAA\r\n", "syntax at 15"},
    {"STLS x\r\n", "syntax at 4"},
    {"STLS \r\n", "syntax at 4"},
    {"UTF8 USER\r\n", "syntax at 4"},
    {"LANG \r\n", "syntax at 5"},
    {"LANG es fr\r\n", "syntax at 7"},
    {"LANG en_US\r\n", "syntax at 7"},
    {"LANG en-\r\n", "syntax at 8"},
    {"LANG en--us\r\n", "syntax at 8"},
    {"LANG 1en\r\n", "syntax at 5"},
    {"LANG abcdefghi\r\n", "syntax at 13"},
    {"LANG en-*\r\n", "syntax at 8"},
    {"LANG **\r\n", "syntax at 6"},
    {"AB\r\n", "syntax at 2"},
    {"HELLO\r\n", "syntax at 4"},
    {"XTND\tx\r\n", "syntax at 4"},
    {"\r\n", "syntax at 0"},
    {"QUIT\r\r\n", "syntax at 4"},
};

TEST(command, is_read_in_any_split) {
    for (const row& r : good) {
        check_line(r, parse, text);
    }
}

TEST(command, is_written_back) {
    for (const row& r : good) {
        check_written(r, parse, text, write);
    }
}

TEST(command, is_refused_with_its_offset) {
    for (const row& r : bad) {
        check_line(r, parse, text);
    }
}

// Attack row J7.
TEST(command, J7_numbers_are_numbers) {
    const row rows[] = {
        {"RETR 0\r\n", "syntax at 5"},
        {"RETR -1\r\n", "syntax at 5"},
        {"RETR 1x\r\n", "syntax at 6"},
        {"RETR 18446744073709551617\r\n", "number too big at 5 (0 of 4294967295)"},
        {"LIST  1\r\n", "syntax at 5"},
        {"DELE 1 2\r\n", "syntax at 6"},
        {"TOP 1\r\n", "syntax at 5"},
        {"TOP 1 -1\r\n", "syntax at 6"},
        {"TOP 1 4294967296\r\n", "number too big at 6 (0 of 4294967295)"},
    };
    for (const row& r : rows) {
        check_line(r, parse, text);
    }
}

// RFC 5034 4 and 5: the lines of a client in an exchange.
TEST(client_response, is_base64_or_a_cancel) {
    const auto parse_it = [](std::string_view line) { return parse_sasl_line(line); };
    const auto text_of = [](const sasl_line& l) { return describe(l); };
    const auto write_it = [](auto& sink, const sasl_line& l) { return write_sasl_line(sink, l); };
    const row lines[] = {
        {"\r\n", "response []"},
        {"*\r\n", "cancel"},
        {"AA==\r\n", "response [AA==]"},
        {"AAA=\r\n", "response [AAA=]"},
        {"dGVzdAB0ZXN0AHRlc3Q=\r\n", "response [dGVzdAB0ZXN0AHRlc3Q=]"},
        {"+/+/\r\n", "response [+/+/]"},
    };
    for (const row& r : lines) {
        check_line(r, parse_it, text_of);
        check_written(r, parse_it, text_of, write_it);
    }
    const row refused[] = {
        {" \r\n", "syntax at 0"},         {"=\r\n", "syntax at 0"},        {"**\r\n", "syntax at 1"},
        {"* \r\n", "syntax at 1"},        {"AAA\r\n", "syntax at 3"},      {"AAAA \r\n", "syntax at 4"},
        {"AAAA AAAA\r\n", "syntax at 4"}, {"AA=A\r\n", "syntax at 3"},     {"AB==\r\n", "syntax at 2"},
        {"AAAA====\r\n", "syntax at 4"},  {"AAAA\r\r\n", "syntax at 4"},   {"QUIT*\r\n", "syntax at 4"},
        {"A-_A\r\n", "syntax at 1"},      {"\xd1\x8f\r\n", "syntax at 0"},
    };
    for (const row& r : refused) {
        check_line(r, parse_it, text_of);
    }
}

} // namespace
} // namespace mailwire::pop3::test
