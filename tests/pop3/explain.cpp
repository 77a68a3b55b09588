// SPDX-License-Identifier: BSL-1.0
#include "mailwire/pop3/explain.hpp"

#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::pop3 {
namespace {

std::string sentence_of(const explanation& why) {
    std::array<char, 512> room{};
    span_sink out(room);
    {
        const test::no_allocation_here guard("writing an explanation");
        why.write(out);
    }
    return std::string(out.view());
}

TEST(explain, commands) {
    struct row {
        std::string_view line;
        std::string_view says;
    };
    const row rows[] = {
        {"RETR\r\n", "offset 4: syntax: expected SP in RETR of command (RFC 1939 5)"},
        {"RETR 0\r\n", "offset 5: syntax: expected msg in RETR of command (RFC 1939 5)"},
        {"RETR 4294967296\r\n",
         "offset 5: number too big: 4294967296, at most 4294967295 in RETR of command (RFC 1939 5)"},
        {"TOP 1 x\r\n", "offset 6: syntax: expected count in TOP of command (RFC 1939 7)"},
        {"QUIT now\r\n", "offset 4: syntax: expected CRLF in command (RFC 2449 3)"},
        {"AUTH plain\r\n", "offset 5: syntax: expected sasl-mech in AUTH of command (RFC 5034 4)"},
        {"AUTH PLAIN AHh4A\r\n", "offset 16: syntax: no base64 in AUTH of command (RFC 5034 4)"},
        {"APOP joe C4C9334BAC560ECC979E58001B3E22FB\r\n",
         "offset 9: syntax: expected digest in APOP of command (RFC 1939 7)"},
        {"AB\r\n", "offset 2: syntax: too few octets in keyword (RFC 2449 3)"},
        {"\r\n", "offset 0: syntax: expected keyword in command (RFC 2449 3)"},
    };
    for (const row& each : rows) {
        std::array<token, tokens_of_a_line> tape;
        const explanation why = explain_command(each.line);
        EXPECT_EQ(sentence_of(why), each.says) << each.line;
        EXPECT_EQ(why.error.offset, parse_command(each.line, tape).error.offset) << each.line;
    }
    EXPECT_EQ(sentence_of(explain_command("RETR 1\r\n")), "no fault");
}

TEST(explain, lines_of_a_server) {
    parse_options announced;
    announced.codes = response_codes::announced;
    EXPECT_EQ(sentence_of(explain_greeting("-ERR no\r\n")),
              "offset 0: syntax: expected \"+OK\" in greeting (RFC 2449 3)");
    EXPECT_EQ(sentence_of(explain_reply("+OKAY\r\n", answer_form::text)),
              "offset 3: syntax: expected SP or CRLF in single-line (RFC 1939 3)");
    EXPECT_EQ(sentence_of(explain_reply("+OK 2\r\n", answer_form::drop_listing)),
              "offset 5: syntax: expected SP in drop-listing (RFC 1939 3)");
    EXPECT_EQ(sentence_of(explain_reply("+OK [IN-USE x\r\n", answer_form::text, announced)),
              "offset 11: syntax: expected \"/\" or \"]\" in resp-code (RFC 1939 3)");
    EXPECT_EQ(sentence_of(explain_challenge("+OK\r\n")), "offset 1: syntax: expected SP in continue-req (RFC 5034 5)");
    EXPECT_EQ(sentence_of(explain_sasl_line("AH=4\r\n")), "offset 2: syntax: no base64 (RFC 5034 5)");
    EXPECT_EQ(sentence_of(explain_scan_listing("1 x\r\n")),
              "offset 2: syntax: expected size in scan-listing (RFC 1939 5)");
    EXPECT_EQ(sentence_of(explain_unique_id("1\r\n")),
              "offset 1: syntax: expected SP in unique-id-listing (RFC 1939 7)");
    EXPECT_EQ(sentence_of(explain_unique_id("1 " + std::string(71, 'x') + "\r\n")),
              "offset 72: syntax: too many octets in unique-id (RFC 1939 7)");
    EXPECT_EQ(sentence_of(explain_language_listing("en_US x\r\n")),
              "offset 2: syntax: expected \"-\", SP or CRLF (RFC 6856 3.2)");
    EXPECT_EQ(sentence_of(explain_mechanism_listing("plain\r\n")),
              "offset 0: syntax: expected sasl-mech (RFC 4422 3.1)");
    EXPECT_EQ(sentence_of(explain_capability("EXPIRE soon\r\n")),
              "offset 7: syntax: expected count or \"NEVER\" in EXPIRE of capability (RFC 2449 6)");
}

} // namespace
} // namespace mailwire::pop3
