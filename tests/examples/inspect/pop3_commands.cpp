// SPDX-License-Identifier: BSL-1.0
#include "inspect/pop3.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "examples/inspect/tree_text.hpp"

namespace inspect::test {
namespace {

pop3_options from_client() {
    pop3_options result;
    result.from = mailwire::side::client;
    return result;
}

// A line of a client, and what is printed of it.
struct row {
    std::string_view wire;
    std::string_view tree;
};

TEST(pop3_commands, shows_commands) {
    const std::vector<row> rows{
        {"USER mrose\r\n", R"(
at 0, 12 octets: command USER
        0      0  item USER
        5      5    raw "mrose"
)"},
        {"PASS my secret pass\r\n", R"(
at 0, 21 octets: command PASS
        0      0  item PASS
        5      5    raw "my secret pass"
)"},
        {"APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n", R"(
at 0, 45 octets: command APOP
        0      0  item APOP
        5      5    raw "mrose"
       11     11    raw "c4c9334bac560ecc979e58001b3e22fb"
)"},
        {"STAT\r\n", R"(
at 0, 6 octets: command STAT
        0      0  item STAT
)"},
        {"LIST\r\n", R"(
at 0, 6 octets: command LIST
        0      0  item LIST
        4      4    absent
)"},
        {"LIST 2\r\n", R"(
at 0, 8 octets: command LIST
        0      0  item LIST
        5      5    number "2"
)"},
        {"retr 1\r\n", R"(
at 0, 8 octets: command RETR
        0      0  item RETR
        5      5    number "1"
)"},
        {"DELE 3\r\n", R"(
at 0, 8 octets: command DELE
        0      0  item DELE
        5      5    number "3"
)"},
        {"TOP 1 10\r\n", R"(
at 0, 10 octets: command TOP
        0      0  item TOP
        4      4    number "1"
        6      6    number "10"
)"},
        {"UIDL 7\r\n", R"(
at 0, 8 octets: command UIDL
        0      0  item UIDL
        5      5    number "7"
)"},
        {"CAPA\r\n", R"(
at 0, 6 octets: command CAPA
        0      0  item CAPA
)"},
        {"QUIT\r\n", R"(
at 0, 6 octets: command QUIT
        0      0  item QUIT
)"},
        {"XTND a  b\r\n", R"(
at 0, 11 octets: unknown command XTND
        0      0  item (unknown)
        0      0    atom "XTND"
        5      5    raw "a  b"
)"},
    };
    for (const row& each : rows) {
        const unit read = read_pop3_unit(each.wire, 0, from_client());
        EXPECT_EQ(tree_text(read), each.tree) << each.wire;
        EXPECT_EQ(read.octets, each.wire);
    }
}

TEST(pop3_commands, says_why_a_line_is_refused) {
    using mailwire::errc;
    struct refused {
        std::string_view wire;
        verdict judged;
        mailwire::error fault;
        std::size_t octets; // of the unit
    };
    const std::vector<refused> rows{
        {"RETR 0\r\nNOOP\r\n", verdict::reject, {errc::syntax, 5, 0, 0}, 8},
        {"RETR 4294967296\r\n", verdict::reject, {errc::number_too_big, 5, 0, 4294967295}, 17},
        {"NOOP\nDELE 1\r\nNOOP\r\n", verdict::reject, {errc::bare_line_feed, 4, 0, 0}, 13},
        {"STAT", verdict::incomplete, {errc::truncated, 4, 0, 0}, 4},
        {"XTND\r\nNOOP\r\n", verdict::unknown, {}, 6},
    };
    for (const refused& each : rows) {
        const unit read = read_pop3_unit(each.wire, 0, from_client());
        EXPECT_EQ(read.judged, each.judged) << each.wire;
        EXPECT_EQ(read.fault, each.fault) << each.wire;
        EXPECT_EQ(read.octets, each.wire.substr(0, each.octets)) << each.wire;
    }
}

// RFC 5034 4: between AUTH and its answer lines are no commands.
TEST(pop3_commands, lines_of_an_exchange) {
    pop3_options options = from_client();
    options.sasl_line = true;
    const std::vector<std::pair<std::string_view, verdict>> rows{{"dGVzdA==\r\n", verdict::accept},
                                                                 {"*\r\n", verdict::accept},
                                                                 {"\r\n", verdict::accept},
                                                                 {"dGVzdA\r\n", verdict::reject},
                                                                 {"QUIT now\r\n", verdict::reject}};
    for (const auto& [wire, judged] : rows) {
        const unit read = read_pop3_unit(wire, 0, options);
        EXPECT_EQ(read.judged, judged) << wire;
        EXPECT_EQ(read.what, "response") << wire;
    }
}

TEST(pop3_commands, answers_to_auth_and_lang) {
    const auto judge = [](std::string_view context, std::string_view wire) {
        pop3_options options;
        options.context = pop3_context_of(context).value();
        const unit read = read_pop3_unit(wire, 0, options);
        return std::pair(read.what, read.judged);
    };
    EXPECT_EQ(judge("AUTH PLAIN", "+ dGVzdA==\r\n"), std::pair(std::string("challenge"), verdict::accept));
    EXPECT_EQ(judge("challenge", "+dGVzdA==\r\n").second, verdict::reject);
    EXPECT_EQ(judge("AUTH PLAIN", "+OK in\r\n"), std::pair(std::string("answer +OK"), verdict::accept));
    EXPECT_EQ(judge("LANG es", "+OK es cambi\xc3\xb3\r\n").second, verdict::accept);
    EXPECT_EQ(judge("LANG", "+OK\r\nes espa\xc3\xb1ol\r\n.\r\n").second, verdict::accept);
    EXPECT_EQ(judge("LANG", "+OK\r\nen_US English\r\n.\r\n").second, verdict::reject);
}

} // namespace
} // namespace inspect::test
