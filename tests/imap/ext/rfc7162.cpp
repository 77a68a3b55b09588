// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/rfc7162.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace mailwire::imap {
namespace {

TEST(rfc7162, commands) {
    test::good_commands({
        {"X-4551/7162-1", "a SELECT INBOX (CONDSTORE)\r\n"},
        {"X-4551/7162-7", "a FETCH 1:3 (MODSEQ)\r\n"},
        {"X-4551/7162-8", "a SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338\r\n"},
        {"X-4551/7162-8", "a SEARCH MODSEQ 0\r\n"},
        {"X-4551/7162-8", "a SEARCH modseq \"/FLAGS/$mdnsent\" PRIV 5 NOT MODSEQ \"/flags/\\\\Recently\" shared 7\r\n",
         "a SEARCH MODSEQ \"/flags/$mdnsent\" priv 5 NOT MODSEQ \"/flags/\\\\Recently\" shared 7\r\n"},
        {"X-4551/7162-9", "a SEARCH RETURN (ALL) MODSEQ 1234\r\n"},
        {"X-4551/7162-10", "a STATUS x (UIDNEXT MESSAGES HIGHESTMODSEQ)\r\n"},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (67890007 20050715194045000))\r\n"},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))\r\n"},
        {"X-5162/7162-2", "a SELECT INBOX (QRESYNC (67890007 90060115194045000 1:29997 (5000,7500 15000,22500)))\r\n"},
        {"X-5162/7162-2", "a SELECT INBOX (qresync (1 2 (3 4)) CONDSTORE)\r\n",
         "a SELECT INBOX (QRESYNC (1 2 (3 4)) CONDSTORE)\r\n"},
    });
    test::bad_commands({
        {"X-4551/7162-1", "a SELECT INBOX (CONDSTORE 5)\r\n", errc::syntax, 26},
        {"X-4551/7162-8", "a SEARCH MODSEQ\r\n", errc::syntax, 15},
        {"X-4551/7162-8", "a SEARCH MODSEQ \"/flags/\\\\seen\" 5\r\n", errc::syntax, 32},
        {"X-4551/7162-8", "a SEARCH MODSEQ \"/flags/\\seen\" all 5\r\n", errc::syntax, 24},
        {"P3", "a SEARCH MODSEQ \"/flags/\\\\Recent\" all 5\r\n", errc::syntax, 24},
        {"X-4551/7162-8", "a SEARCH MODSEQ \"/comment\" all 5\r\n", errc::syntax, 17},
        {"X-4551/7162-8", "a SEARCH MODSEQ /flags/x all 5\r\n", errc::syntax, 16},
        {"X-4551/7162-8", "a SEARCH MODSEQ 00\r\n", errc::syntax, 18},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC)\r\n", errc::syntax, 23},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (1))\r\n", errc::syntax, 26},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (0 1))\r\n", errc::syntax, 25},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (1 0))\r\n", errc::syntax, 28},
        {"X-5162/7162-1", "a SELECT INBOX (QRESYNC (1 1 1:*))\r\n", errc::syntax, 31},
        {"X-5162/7162-1", "a SELECT INBOX QRESYNC (1 1)\r\n", errc::syntax, 15},
        {"X-5162/7162-2", "a SELECT INBOX (QRESYNC (1 1 (2)))\r\n", errc::syntax, 31},
        {"X-5162/7162-2", "a SELECT INBOX (QRESYNC (1 1 (2 3) 4))\r\n", errc::syntax, 34},
    });
    const dialect uids_only{.forms = ~forms::message_numbers};
    test::good_commands({{"X-5162/7162-2", "a SELECT INBOX (QRESYNC (1 1 1:7))\r\n"}}, uids_only);
    test::bad_commands({{"X-5162/7162-2", "a SELECT INBOX (QRESYNC (1 1 (2 3)))\r\n", errc::syntax, 29}}, uids_only);
}

TEST(rfc7162, responses) {
    const dialect revision_1{.forms = ~forms::rev2};
    for (const dialect& rules : {dialect{}, revision_1}) {
        test::good_responses(
            {
                {"X-4551/7162-2", "* OK [HIGHESTMODSEQ 9223372036854775807] x\r\n"},
                {"X-4551/7162-3", "* OK [NOMODSEQ] Sorry\r\n"},
                {"X-4551/7162-4", "a OK [MODIFIED 7,9] Conditional STORE failed\r\n"},
                {"X-4551/7162-7", "* 1 FETCH (UID 4 MODSEQ (624140003) FLAGS (\\Seen))\r\n"},
                {"X-4551/7162-9", "* ESEARCH (TAG \"a1\") ALL 1:3,5 MODSEQ 9223372036854775807\r\n"},
                {"X-4551/7162-10", "* STATUS x (MESSAGES 231 HIGHESTMODSEQ 0)\r\n"},
                {"X-4551/7162-10", "* STATUS x (HIGHESTMODSEQ 9223372036854775807)\r\n"},
                {"X-5162/7162-5", "* OK [CLOSED] x\r\n"},
            },
            rules);
        test::bad_responses(
            {
                {"X-4551/7162-2", "* OK [HIGHESTMODSEQ 0] x\r\n", errc::syntax, 21},
                {"X-4551/7162-2", "* OK [HIGHESTMODSEQ] x\r\n", errc::syntax, 19},
                {"X-4551/7162-2", "* OK [HIGHESTMODSEQ 9223372036854775808] x\r\n", errc::number_too_big, 20},
                {"X-4551/7162-3", "* OK [NOMODSEQ 1] x\r\n", errc::syntax, 14},
                {"X-4551/7162-4", "a OK [MODIFIED] x\r\n", errc::syntax, 14},
                {"P7", "a OK [MODIFIED $] x\r\n", errc::syntax, 15},
                {"X-4551/7162-7", "* 1 FETCH (MODSEQ 624140003)\r\n", errc::syntax, 18},
                {"X-4551/7162-7", "* 1 FETCH (MODSEQ (0))\r\n", errc::syntax, 20},
                {"X-4551/7162-9", "* ESEARCH MODSEQ 0\r\n", errc::syntax, 18},
                {"X-4551/7162-9", "* ESEARCH MODSEQ (5)\r\n", errc::syntax, 17},
            },
            rules);
    }
}

TEST(rfc7162, fields) {
    token tape[64];
    const auto read = [&tape](std::string_view wire) { return parse_command(wire, tape).value.value(); };
    const auto parameters = read("a SELECT x (CONDSTORE QRESYNC (7 8 1:5 (2 3)))\r\n").get<select>()->parameters;
    EXPECT_TRUE(parameters.get<condstore_param>());
    EXPECT_EQ(parameters.get<qresync_param>(), (qresync_param{7, 8, "1:5", 2U, 3U}));
    EXPECT_EQ(read("a SELECT x (QRESYNC (7 8))\r\n").get<select>()->parameters.get<qresync_param>(),
              (qresync_param{7, 8, {}, {}, {}}));
    const auto sought = [&](std::string_view wire) {
        return read(wire).get<search>()->keys[0].word().get<key::modseq>();
    };
    EXPECT_EQ(sought("a SEARCH MODSEQ 5\r\n"), key::modseq{5});
    EXPECT_EQ(sought("a SEARCH MODSEQ \"/flags/\\\\Draft\" shared 5\r\n"),
              (key::modseq{5, "\\Draft", entry_type::shared}));
    EXPECT_EQ(sought("a SEARCH MODSEQ \"/flags/x\" PRIV 5\r\n"), (key::modseq{5, "x", entry_type::private_}));
    EXPECT_EQ(sought("a SEARCH MODSEQ \"/flags/x\" all 0\r\n"), (key::modseq{0, "x", entry_type::all}));
    EXPECT_TRUE(read("a FETCH 1 MODSEQ\r\n").get<fetch>()->att.get<fetch_modseq>());
    EXPECT_TRUE(read("a STATUS x (HIGHESTMODSEQ)\r\n").get<status>()->att.get<status_highestmodseq>());
    const auto data = [&tape](std::string_view wire) { return parse_response(wire, tape).value; };
    EXPECT_EQ(data("* OK [HIGHESTMODSEQ 5] x\r\n").status().code.get<code_highestmodseq>(), code_highestmodseq{5});
    EXPECT_TRUE(data("* OK [NOMODSEQ] x\r\n").status().code.is<code_nomodseq>());
    EXPECT_EQ(data("* OK [MODIFIED 1:3] x\r\n").status().code.get<code_modified>(), code_modified{"1:3"});
    EXPECT_EQ(data("* 1 FETCH (MODSEQ (5))\r\n").as<fetch_data>().att.get<modseq>(), modseq{5});
    EXPECT_EQ(data("* ESEARCH MODSEQ 5\r\n").as<esearch_data>().results.get<found::modseq>(), found::modseq{5});
    EXPECT_EQ(data("* STATUS x (HIGHESTMODSEQ 5)\r\n").as<status_data>().values.get<highestmodseq>(), highestmodseq{5});
    EXPECT_EQ(condstore::capability, "CONDSTORE");
    EXPECT_EQ(qresync::capability, "QRESYNC");
    EXPECT_TRUE((std::is_same_v<qresync::implies, condstore>));
}

template <typename Value> std::string written(const Value& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {});
    out.put(value);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(rfc7162, is_written_from_a_program) {
    EXPECT_EQ(written(key::modseq{0}), "MODSEQ 0");
    EXPECT_EQ(written(key::modseq{5, "\\Draft", entry_type::shared}), "MODSEQ \"/flags/\\\\Draft\" shared 5");
    EXPECT_EQ(written(key::modseq{5, "$x", entry_type::private_}), "MODSEQ \"/flags/$x\" priv 5");
    for (const std::string_view flag : {"", "\\", "\\recent", "a b", "a\"", "\\\\Seen", "\\*", "a\r\n"}) {
        EXPECT_EQ(written(key::modseq{5, flag}), "refused") << flag;
    }
    EXPECT_EQ(written(key::modseq{9223372036854775808U}), "refused");
    EXPECT_EQ(written(modseq{0}), "refused");
    EXPECT_EQ(written(changedsince{0}), "refused");
    EXPECT_EQ(written(unchangedsince{0}), "UNCHANGEDSINCE 0");
    EXPECT_EQ(written(code_highestmodseq{0}), "refused");
    EXPECT_EQ(written(highestmodseq{0}), "HIGHESTMODSEQ 0");
    EXPECT_EQ(written(code_modified{sequence_set::last_result()}), "refused");
    EXPECT_EQ(written(code_modified{}), "refused");
    EXPECT_EQ(written(qresync_param{1, 2, "3:4", {}, {}}), "QRESYNC (1 2 3:4)");
    EXPECT_EQ(written(qresync_param{1, 2, {}, 3U, 4U}), "QRESYNC (1 2 (3 4))");
    EXPECT_EQ(written(qresync_param{0, 2, {}, {}, {}}), "refused");
    EXPECT_EQ(written(qresync_param{1, 0, {}, {}, {}}), "refused");
    EXPECT_EQ(written(qresync_param{1, 2, "1:*", {}, {}}), "refused");
    EXPECT_EQ(written(qresync_param{1, 2, {}, 3U, {}}), "refused");
    EXPECT_EQ(written(qresync_param{1, 2, sequence_set::last_result(), {}, {}}), "refused");
}

} // namespace
} // namespace mailwire::imap
