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
    // What the profile does not know is a value too.
    {"AUTH\r\n", "unknown AUTH"},
    {"AUTH PLAIN AAA=\r\n", "unknown AUTH [PLAIN AAA=]"},
    {"STLS\r\n", "unknown STLS"},
    {"LANG es fr\r\n", "unknown LANG [es fr]"},
    {"UTF8\r\n", "unknown UTF8"},
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

} // namespace
} // namespace mailwire::pop3::test
